"""What the rules of a session need to know of a bed now: vital signs, cuff pressures, alarms. Values only."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from nurse_station.alarms.bearing import AIRWAY, stops_a_raise
from nurse_station.alarms.changes import AlarmChange, Entry
from nurse_station.alarms.lifecycle import Event
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Priority
from nurse_station.sessions.seen import PresentAlarm, Pressure, Seen, Vital
from nurse_station.station.history import History
from nurse_station.station.snapshots import Age, BedAlarms, Numeric
from nurse_station.vitals.parameters import PARAMETERS

PRESSURES_S = 1800.0
"""Cuff pressures of the last half hour are told."""
LATER_S = 60.0
"""The diastolic value of a measurement stands so near its systolic one."""
VITAL = ("hr", "pr", "spo2", "rr_co2", "rr_imp")
"""With one of these a patient is monitored."""


class BedSight:
    """Remembers since when no vital sign is known."""

    def __init__(self, now: float) -> None:
        self._known_at = now

    def seen(
        self, now: float, offset: float, numerics: Mapping[str, Numeric], history: History,
        alarms: BedAlarms, log: Sequence[Entry],
    ) -> Seen:  # fmt: skip
        """This moment, in seconds of the session's clock (monotonic + offset)."""
        current = {key: row for key, row in numerics.items() if _current(row)}
        if any(key in current for key in VITAL):
            self._known_at = now
        return Seen(
            at=now + offset,
            vitals=MappingProxyType({key: _vital(row, offset) for key, row in current.items()}),
            pressures=_with_shown(pressures(history, now, offset), current, now, offset),
            alarms=tuple(_alarm(each) for each in alarms.present if stops_a_raise(each)),
            airway_alarms=tuple(at + offset for at in _airway(log)),
            unmonitored_s=max(0.0, now - self._known_at),
        )


def _current(row: Numeric) -> bool:
    """A cuff's value counts by its time; everything else only while it is current."""
    if row.value is None or (PARAMETERS[row.parameter].episodic and row.measured_at is None):
        return False  # of a cuff's value that was there before us nobody knows how old it is
    return row.age is Age.CURRENT or (row.age is Age.OLD and PARAMETERS[row.parameter].episodic)


def _vital(row: Numeric, offset: float) -> Vital:
    at = row.at if row.measured_at is None else row.measured_at
    return Vital(value=float(row.value or 0.0), at=at + offset)


def pressures(history: History, now: float, offset: float) -> tuple[Pressure, ...]:
    """The cuff's measurements of the last half hour that have both values, oldest first."""
    systolic_track, diastolic_track = history.numeric("nibp_sys"), history.numeric("nibp_dia")
    if systolic_track is None or diastolic_track is None:
        return ()
    seconds, _, systolic = systolic_track.between(now - PRESSURES_S, now + 1)
    others, _, diastolic = diastolic_track.between(now - PRESSURES_S - LATER_S, now + 1 + LATER_S)
    found = []
    for at, sys in zip(seconds, systolic, strict=True):
        near = [(abs(other - at), dia) for other, dia in zip(others, diastolic, strict=True)]
        apart, dia = min(near, default=(LATER_S + 1, 0.0))
        if apart <= LATER_S:
            found.append(Pressure(at=float(at) + offset, sys=float(sys), dia=float(dia)))
    return tuple(found)


def _with_shown(
    kept: tuple[Pressure, ...], current: Mapping[str, Numeric], now: float, offset: float
) -> tuple[Pressure, ...]:
    """With the one that the screen shows, where it was measured before the history began."""
    upper, lower = current.get("nibp_sys"), current.get("nibp_dia")
    if upper is None or lower is None or upper.measured_at is None:
        return kept
    at = upper.measured_at
    if now - at > PRESSURES_S or any(abs(each.at - offset - at) <= LATER_S for each in kept):
        return kept
    shown = Pressure(at=at + offset, sys=float(upper.value or 0.0), dia=float(lower.value or 0.0))
    return tuple(sorted((*kept, shown), key=lambda pressure: pressure.at))


def _alarm(status: AlarmStatus) -> PresentAlarm:
    label = status.condition.replace("_", " ").replace("spo2", "SpO₂").replace("nibp", "blood pressure")
    value = "" if status.value is None else f" {status.value:.0f}"
    limit = "" if status.limit is None else f" (limit {status.limit:.0f})"
    return PresentAlarm(condition=status.condition, words=f"{label}{value}{limit}",
                        high=status.priority is Priority.HIGH)  # fmt: skip


def _airway(log: Sequence[Entry]) -> Iterable[float]:
    """When alarms of breathing or oxygen became active lately; the newest fifty entries are enough."""
    for entry in log[-50:]:
        begun = isinstance(entry, AlarmChange) and entry.event is Event.DELAY_ELAPSED
        if begun and entry.condition in AIRWAY:
            yield entry.at

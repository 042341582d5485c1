"""What the rules need to know besides the journal: alarms and vital signs now. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from nurse_station.sessions.deeds import Measured
from nurse_station.sessions.session import Session

HAND_HOLDS_S = 300.0
"""A value that a nurse measured by hand says something of now for so long: a default."""
PRESSURES_S = 1800.0
"""So far back cuff measurements are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vital:
    """A value that is current, and when it was measured, seconds of the session's clock."""

    value: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """One cuff measurement, mmHg."""

    at: float
    sys: float
    dia: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentAlarm:
    """An alarm that is present or held: its condition, its words, and whether it is HIGH (else MEDIUM)."""

    condition: str
    words: str
    high: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The moment in which something is decided.

    Attributes:
        at: Seconds of the session's clock.
        vitals: Parameter -> its current value; what is not known is not there.
        pressures: Cuff measurements of the last half hour, oldest first.
        alarms: HIGH and MEDIUM alarms that are present or latched, of any kind.
        airway_alarms: When alarms of breathing or oxygen became active, in this session.
        unmonitored_s: For how long no vital sign has been valid; 0: there are some.
    """

    at: float
    vitals: Mapping[str, Vital] = field(default_factory=lambda: MappingProxyType({}))
    pressures: tuple[Pressure, ...] = ()
    alarms: tuple[PresentAlarm, ...] = ()
    airway_alarms: tuple[float, ...] = ()
    unmonitored_s: float = 0.0

    def value(self, *parameters: str) -> float | None:
        """The first of the parameters that is known; None: none is."""
        return next((self.vitals[key].value for key in parameters if key in self.vitals), None)

    @property
    def pressure(self) -> Pressure | None:
        """The newest; None: none of the last half hour."""
        return self.pressures[-1] if self.pressures else None


def seen_at(seen: Seen, at: float) -> Seen:
    """The same at an earlier second: what was measured since is left out, an alarm that is present stays."""
    return replace(
        seen,
        at=at,
        pressures=tuple(each for each in seen.pressures if each.at <= at),
        airway_alarms=tuple(each for each in seen.airway_alarms if each <= at),
    )


def with_hands(seen: Seen, session: Session) -> Seen:
    """The same, with what nurses measured by hand where a monitor measures nothing."""
    by_hand: dict[str, Vital] = {}
    pressures = set(seen.pressures)
    for at, measured in session.of(Measured):
        values = measured.values
        if seen.at - at <= HAND_HOLDS_S:
            by_hand |= {key: Vital(value=value, at=at) for key, value in values.items()}
        if seen.at - at <= PRESSURES_S and {"nibp_sys", "nibp_dia"} <= values.keys():
            pressures.add(Pressure(at=at, sys=values["nibp_sys"], dia=values["nibp_dia"]))
    return replace(
        seen,
        vitals=MappingProxyType(by_hand | dict(seen.vitals)),
        pressures=tuple(sorted(pressures, key=lambda pressure: pressure.at)),
    )

"""What a bed's alarms must still know after the program was started again. Pauses, acknowledgements and
switched-off alarms are left behind on purpose: whatever is present sounds again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from nurse_station.alarms.bedside import Care
from nurse_station.alarms.limits import NO_NUMBERS, Limits, Numbers
from nurse_station.alarms.track import Track
from nurse_station.alarms.words import Phase, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAlarm:
    """An alarm that was present, or had ended and nobody had seen it.

    Attributes:
        condition: Key of its condition.
        levels: Those that were present; none: it had ended.
        value, limit, detail: What was measured last.
        light, sound: The priorities that had latched.
    """

    condition: str
    levels: tuple[str, ...]
    value: float | None = None
    limit: float | None = None
    detail: tuple[str, ...] = ()
    light: Priority = Priority.NONE
    sound: Priority = Priority.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmMemory:
    """All of it. Plain numbers and words, so that a record can keep it.

    Attributes:
        protocol, patient: What was set differently from the clinic's limits.
        phase: See Phase.
        moaas, rass: The last scores; None: not assessed.
        check_due_in_s: Seconds until the next check, negative when overdue; None: none was due.
        cuff_interval_s: See SetCuffInterval.
        held: The alarms that were present or latched.
    """

    protocol: Numbers = field(default_factory=lambda: NO_NUMBERS)
    patient: Numbers = field(default_factory=lambda: NO_NUMBERS)
    phase: Phase = Phase.IDLE
    moaas: int | None = None
    rass: int | None = None
    check_due_in_s: float | None = None
    cuff_interval_s: float | None = None
    held: tuple[HeldAlarm, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `from_json` takes it."""
        return {
            "protocol": dict(self.protocol),
            "patient": dict(self.patient),
            "phase": self.phase.value,
            "moaas": self.moaas,
            "rass": self.rass,
            "check_due_in_s": self.check_due_in_s,
            "cuff_interval_s": self.cuff_interval_s,
            "held": [asdict(each) for each in self.held],
        }

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "AlarmMemory":
        """What `as_json` gave. Raises KeyError, TypeError or ValueError for anything else."""
        held = tuple(_held_from(each) for each in body["held"])
        words = {
            **body,
            "protocol": MappingProxyType(body["protocol"]),
            "patient": MappingProxyType(body["patient"]),
            "phase": Phase(body["phase"]),
            "held": held,
        }
        return cls(**words)


def _held_from(body: dict[str, Any]) -> HeldAlarm:
    latched = {name: Priority(body.get(name, Priority.NONE)) for name in ("light", "sound")}
    return HeldAlarm(**{**body, **latched, "levels": tuple(body["levels"]), "detail": tuple(body["detail"])})


def remembered(limits: Limits, care: Care, tracks: Iterable[Track], now: float) -> AlarmMemory:
    """What to keep of a bed at monotonic second `now`."""
    return AlarmMemory(
        protocol=limits.protocol,
        patient=limits.patient,
        phase=care.phase,
        moaas=care.moaas,
        rass=care.rass,
        check_due_in_s=None if care.check_due_at is None else care.check_due_at - now,
        cuff_interval_s=care.cuff_interval_s,
        held=tuple(
            HeldAlarm(condition=track.row.key, levels=track.levels_present, value=track.found.value,
                      limit=track.found.limit, detail=track.found.detail,
                      light=track.latched_light, sound=track.latched_sound)
            for track in tracks if track.shown is not Priority.NONE
        ),
    )  # fmt: skip


def care_of(memory: AlarmMemory, now: float, gap_s: float) -> Care:
    """The care as it stands after `gap_s` seconds without the program."""
    due = memory.check_due_in_s
    return Care(
        phase=memory.phase,
        moaas=memory.moaas,
        rass=memory.rass,
        check_due_at=None if due is None else now + due - gap_s,
        cuff_interval_s=memory.cuff_interval_s,
        cuff_since=now,
    )

"""How alarms flash: a table, and one question. No widget has a clock of its own, so all flash in phase.

The rates are inside the windows of IEC 60601-1-8 table 2 (HIGH 1.4-2.8 Hz, MEDIUM 0.4-0.8 Hz, 20-60 % of
the time lit; LOW constant), as RespiraWorks RW-SYS-101 to 103 and two manuals quote them; not assessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.alarms.words import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """A rhythm.

    Attributes:
        hz: Flashes a second.
        duty: The part of the time that it is lit, 0 to 1.
    """

    hz: float
    duty: float


FLASHES: Mapping[Priority, Flash] = MappingProxyType({
    Priority.HIGH: Flash(hz=2.0, duty=0.5),
    Priority.MEDIUM: Flash(hz=0.6, duty=0.5),
})  # fmt: skip
"""A priority that is not here does not flash."""


def lit(priority: Priority, now: float) -> bool:
    """Whether what flashes with `priority` is lit at monotonic second `now`; LOW always is, NONE never."""
    flash = FLASHES.get(priority)
    if flash is None:
        return priority is not Priority.NONE
    return now * flash.hz % 1.0 < flash.duty


def lights(now: float) -> frozenset[Priority]:
    """Every priority that is lit at monotonic second `now`."""
    return frozenset(priority for priority in Priority if lit(priority, now))

"""Inside what a burst has to stay, as data. Modelled on IEC 60601-1-8; not assessed against it.

The figures come from makers who publish theirs (Welch Allyn Connex CS, Edan, RespiraWorks, IncuNest, PUI);
the text of the standard was not seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.alarms.words import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The smallest and the largest allowed, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value is inside."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstWindows:
    """What one priority allows.

    Attributes:
        pulses: The allowed numbers of pulses.
        pulse_s: Length of a pulse, seconds.
        spacing_s: Silence from a pulse to the next, seconds.
        gap_s: Silence from the fifth pulse to the sixth, seconds; None: the burst has no such gap.
        interburst_s: Silence from a burst to the next, seconds.
    """

    pulses: tuple[int, ...]
    pulse_s: Window
    spacing_s: Window
    gap_s: Window | None
    interburst_s: Window


WINDOWS: Mapping[Priority, BurstWindows] = MappingProxyType({
    Priority.HIGH: BurstWindows(
        pulses=(10,), pulse_s=Window(low=0.075, high=0.200), spacing_s=Window(low=0.050, high=0.125),
        gap_s=Window(low=0.35, high=1.30), interburst_s=Window(low=2.5, high=15.0),
    ),
    Priority.MEDIUM: BurstWindows(
        pulses=(3,), pulse_s=Window(low=0.125, high=0.250), spacing_s=Window(low=0.125, high=0.250),
        gap_s=None, interburst_s=Window(low=2.5, high=30.0),
    ),
    # No upper end: a low burst need not be repeated at all.
    Priority.LOW: BurstWindows(
        pulses=(1, 2), pulse_s=Window(low=0.125, high=0.250), spacing_s=Window(low=0.125, high=0.250),
        gap_s=None, interburst_s=Window(low=15.0, high=float("inf")),
    ),
})  # fmt: skip

# For every priority. A share is of the pulse's length.
RISE_SHARE = Window(low=0.10, high=0.20)
FUNDAMENTAL_HZ = Window(low=150.0, high=1000.0)
HARMONIC_HZ = Window(low=300.0, high=4000.0)
HARMONICS_AT_LEAST = 4
HARMONIC_DB = Window(low=-15.0, high=15.0)
"""Level of a harmonic against the fundamental."""

"""The bursts, one a priority, and whether they fit their windows. A table and rules; it plays nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.alarms.words import Priority
from nurse_station.audio.windows import (
    FUNDAMENTAL_HZ,
    HARMONIC_DB,
    HARMONIC_HZ,
    HARMONICS_AT_LEAST,
    RISE_SHARE,
    WINDOWS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """How one priority sounds.

    Attributes:
        priority: For which.
        pulses: How many.
        pulse_s: Length of a pulse from the start of its rise to the end of its fall, seconds.
        rise_s, fall_s: From nothing to full and back, seconds.
        spacing_s: Silence from a pulse to the next, seconds.
        gap_s: Silence between the two halves of a burst of ten, seconds; None: it has no halves.
        interburst_s: Silence from the end of a burst to the next one, seconds.
        fundamental_hz: The pitch.
        harmonics_db: Levels of the 2nd, 3rd, ... harmonic against the fundamental.
        peak: Largest amplitude at full volume, above 0 to 1.
    """

    priority: Priority
    pulses: int
    pulse_s: float
    rise_s: float
    fall_s: float
    spacing_s: float
    gap_s: float | None
    interburst_s: float
    fundamental_hz: float
    harmonics_db: tuple[float, ...]
    peak: float

    @property
    def silences_s(self) -> tuple[float, ...]:
        """The silence after each pulse but the last, seconds. Ten: x, x, 2x + pulse, x, gap, and again."""
        if self.gap_s is None:
            return (self.spacing_s,) * (self.pulses - 1)
        x = self.spacing_s
        half = (x, x, 2 * x + self.pulse_s, x)
        return (*half, self.gap_s, *half)

    @property
    def length_s(self) -> float:
        """From the first pulse's start to the last one's end, seconds."""
        return self.pulses * self.pulse_s + sum(self.silences_s)


# The lengths lie so that they fit whether a pulse is measured over all or from 90 % to 90 % of its height.
# The pitches (E5, C5, G4) leave five harmonics below 4 kHz, and differ on a loudspeaker that garbles rhythm.
_FULL = (-2.0, -3.0, -5.0, -7.0, -9.0)

BURSTS: Mapping[Priority, Burst] = MappingProxyType({
    Priority.HIGH: Burst(
        priority=Priority.HIGH, pulses=10, pulse_s=0.150, rise_s=0.020, fall_s=0.020, spacing_s=0.080,
        gap_s=0.600, interburst_s=6.0, fundamental_hz=659.26, harmonics_db=_FULL, peak=0.95,
    ),
    Priority.MEDIUM: Burst(
        priority=Priority.MEDIUM, pulses=3, pulse_s=0.200, rise_s=0.028, fall_s=0.028, spacing_s=0.180,
        gap_s=None, interburst_s=15.0, fundamental_hz=523.25, harmonics_db=_FULL, peak=0.80,
    ),
    Priority.LOW: Burst(
        priority=Priority.LOW, pulses=2, pulse_s=0.200, rise_s=0.028, fall_s=0.028, spacing_s=0.190,
        gap_s=None, interburst_s=30.0, fundamental_hz=392.00, harmonics_db=_FULL, peak=0.65,
    ),
})  # fmt: skip

SELF_TEST = Burst(
    priority=Priority.NONE, pulses=1, pulse_s=0.120, rise_s=0.020, fall_s=0.060, spacing_s=0.120,
    gap_s=None, interburst_s=0.0, fundamental_hz=783.99, harmonics_db=(-12.0,), peak=0.40,
)  # fmt: skip
"""Says that the sound works. One soft pulse, so that nobody takes it for an alarm."""


def departures(burst: Burst) -> tuple[str, ...]:
    """Names of the windows that the burst leaves; empty: it fits. Raises KeyError: its priority has none."""
    allowed = WINDOWS[burst.priority]
    fits = {
        "pulses": burst.pulses in allowed.pulses,
        "pulse_s": allowed.pulse_s.holds(burst.pulse_s),
        "spacing_s": allowed.spacing_s.holds(burst.spacing_s),
        "gap_s": _gap_fits(burst),
        "interburst_s": allowed.interburst_s.holds(burst.interburst_s),
        "rise_s": RISE_SHARE.holds(burst.rise_s / burst.pulse_s),
        "fall_s": burst.rise_s + burst.fall_s <= burst.spacing_s,
        "fundamental_hz": FUNDAMENTAL_HZ.holds(burst.fundamental_hz),
        "harmonics_db": heard_harmonics(burst) >= HARMONICS_AT_LEAST,
        "peak": 0.0 < burst.peak <= 1.0,
    }
    return tuple(name for name, inside in fits.items() if not inside)


def heard_harmonics(burst: Burst) -> int:
    """How many harmonics, without the fundamental, lie in their band and near enough to it in level."""
    return sum(
        HARMONIC_HZ.holds(number * burst.fundamental_hz) and HARMONIC_DB.holds(level)
        for number, level in enumerate(burst.harmonics_db, start=2)
    )


def _gap_fits(burst: Burst) -> bool:
    allowed = WINDOWS[burst.priority].gap_s
    if allowed is None or burst.gap_s is None:
        return allowed is None and burst.gap_s is None
    return allowed.holds(burst.gap_s)

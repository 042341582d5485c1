"""What a bed has seen: a day of numerics and minutes of waves, in memory that does not grow.

The station's thread writes; the screen's thread reads. Both only ever see whole values: samples are
written before the counter that shows them, and a reader that was overtaken by the writer says so.
"""

import math

import numpy as np
from numpy.typing import NDArray

DAY_S = 24 * 3600
WAVE_SECONDS = 120

Floats = NDArray[np.float64]
Samples = NDArray[np.float32]


def _nothing(size: int) -> Samples:
    return np.full(size, np.nan, dtype=np.float32)


def _moved(old: Samples, drop: int, size: int) -> Samples:
    """The values without the first `drop`, in an array of another size."""
    new, kept = _nothing(size), old[drop:]
    new[: len(kept)] = kept[:size]
    return new


class NumericTrack:
    """One parameter, one value a second, for the last day.

    A second that holds several readings keeps the lowest and the highest of them, so that a dip of
    one reading is never lost. Memory: two float32 a second, taken as it is needed.
    """

    GROW = 3600

    def __init__(self, start_s: int, keep_s: int = DAY_S) -> None:
        self._keep = keep_s
        # One value, so that a reader never sees parts of two states.
        self._held = (start_s, _nothing(self.GROW), _nothing(self.GROW))
        self._end = start_s  # one past the last second written

    def add(self, at: float, value: float) -> None:
        """Keep `value`, measured at monotonic second `at`. Older than what is kept: ignored."""
        self.extend(np.array([at]), np.array([value]))

    def extend(self, at: Floats, values: Floats) -> None:
        """Keep values measured at monotonic seconds `at`, in any order; shape (n,) each."""
        if not len(at):
            return
        seconds = np.floor(at).astype(np.int64)
        start, low, high = self._with_room(int(seconds.max()))
        index = seconds - start
        held = index >= 0
        np.fmin.at(low, index[held], values[held].astype(np.float32))
        np.fmax.at(high, index[held], values[held].astype(np.float32))
        self._end = max(self._end, int(seconds.max()) + 1)

    def _with_room(self, second: int) -> tuple[int, Samples, Samples]:
        start, low, high = self._held
        index = second - start
        if index < len(low):
            return self._held
        drop = max(0, index + 1 - self._keep)
        if drop:  # drop a further hour at once, so that it happens once an hour
            drop = min(drop + self.GROW, index)
        needed = index + 1 - drop
        size = max(needed, min(max(needed + self.GROW, 2 * (len(low) - drop)), self._keep + self.GROW))
        self._held = (start + drop, _moved(low, drop, size), _moved(high, drop, size))
        return self._held

    def between(self, start: float, end: float) -> tuple[Floats, Samples, Samples]:
        """Seconds, lowest and highest value of each second in [start, end) that holds a value.

        Returns:
            Three arrays of equal length, shape (n,): monotonic seconds, low, high.
        """
        base, low, high = self._held
        first = max(0, math.floor(start) - base)
        last = max(first, min(math.ceil(end) - base, self._end - base, len(low)))
        held = ~np.isnan(low[first:last])
        seconds = np.arange(base + first, base + last, dtype=np.float64)[held]
        return seconds, low[first:last][held], high[first:last][held]

    @property
    def end(self) -> int:
        """One past the last second that holds a value (changes when, and only when, there is news)."""
        return self._end


class WaveTrack:
    """One wave: its last two minutes, each sample with the time at which it was measured.

    Packets come with jitter and in lumps, and a device's clock may be a percent off; the times laid
    on the samples follow the packets' arrival slowly (a phase-locked line), so that the drawn wave
    moves evenly. A packet that is late by more than half a second starts the line anew: a gap.
    """

    GAP_S = 0.5
    FOLLOW = 0.1
    STRETCH = 0.05
    """A packet is laid over so much more or less than its nominal time at most."""

    def __init__(self, wave: str, rate_hz: float, keep_s: float = WAVE_SECONDS) -> None:
        self.wave = wave
        self.rate_hz = rate_hz
        self._size = max(1, round(rate_hz * keep_s))
        self._times = np.zeros(self._size, dtype=np.float64)
        self._samples = np.full(self._size, np.nan, dtype=np.float32)
        self._count = 0
        self._next: float | None = None  # time of the sample after the last one

    @property
    def count(self) -> int:
        """Samples ever written. The screen draws from the count that it drew up to."""
        return self._count

    @property
    def end(self) -> float | None:
        """Time of the sample that would come next, monotonic seconds; None: nothing yet."""
        return self._next

    def add(self, samples: Samples, at: float) -> None:
        """Keep a packet whose last byte arrived at monotonic second `at`."""
        n = len(samples)
        if n == 0:
            return
        span = self._span(n, at)
        if span is None:
            return
        start, end = span
        kept = min(n, self._size)
        times = (start + np.arange(n - kept, n) * ((end - start) / n)).astype(np.float64)
        self._write(self._count + n - kept, samples[n - kept :], times)
        self._next = end
        self._count += n

    def _span(self, n: int, at: float) -> tuple[float, float] | None:
        """From when to when a packet of `n` samples is laid. Time on a track only grows.

        None: packets that waited somewhere come all at once; laid one after another they would reach
        into the future and go on moving after the monitor is dead. The record has them.
        """
        nominal = n / self.rate_hz
        if self._next is None:
            return at - nominal, at
        late = at - (self._next + nominal)
        if late < -self.GAP_S:
            return None
        if late > self.GAP_S:
            start = max(at - nominal, self._next)
            return start, start + nominal
        most = self.STRETCH * nominal
        return self._next, self._next + nominal + min(max(self.FOLLOW * late, -most), most)

    def _write(self, number: int, samples: Samples, times: Floats) -> None:
        first = number % self._size
        head = min(len(samples), self._size - first)
        self._samples[first : first + head] = samples[:head]
        self._times[first : first + head] = times[:head]
        self._samples[: len(samples) - head] = samples[head:]
        self._times[: len(samples) - head] = times[head:]

    def since(self, count: int) -> tuple[int, Floats, Samples]:
        """The samples written after the first `count` ever written, as far as they are still kept.

        Returns:
            The count up to which this answer reaches, the samples' times (monotonic seconds) and
            the samples, each of shape (n,).
        """
        total = self._count
        first = max(count, total - self._size, 0)
        index = np.arange(first, total) % self._size
        times, samples = self._times[index], self._samples[index]
        overtaken = self._count - self._size - first
        if overtaken > 0:  # the writer came round while we copied: the oldest are not ours
            times, samples = times[overtaken:], samples[overtaken:]
        return total, times, samples


class History:
    """All tracks of one bed."""

    def __init__(self, start: float) -> None:
        self._start = math.floor(start)
        self._numerics: dict[str, NumericTrack] = {}
        self._waves: dict[str, WaveTrack] = {}

    @property
    def start(self) -> int:
        """The first second that can be asked for, monotonic."""
        return self._start

    def add_numeric(self, parameter: str, at: float, value: float) -> None:
        self.add_numerics(parameter, np.array([at]), np.array([value]))

    def add_numerics(self, parameter: str, at: Floats, values: Floats) -> None:
        """Many values at once; shape (n,) each."""
        track = self._numerics.get(parameter)
        if track is None:
            track = self._numerics[parameter] = NumericTrack(self._start)
        track.extend(at, values)

    def add_wave(self, wave: str, samples: Samples, rate_hz: float, at: float) -> None:
        track = self._waves.get(wave)
        if track is None or track.rate_hz != rate_hz:
            track = self._waves[wave] = WaveTrack(wave, rate_hz)
        track.add(samples, at)

    def numeric(self, parameter: str) -> NumericTrack | None:
        """None: that parameter was never measured here."""
        return self._numerics.get(parameter)

    def wave(self, wave: str) -> WaveTrack | None:
        """None: that wave never arrived here."""
        return self._waves.get(wave)

"""What a bed has seen: a day of numerics and minutes of waves, in memory that does not grow.

The station's thread writes; the screen's thread reads. Both only ever see whole values: samples are
written before the counter that shows them, and a reader that was overtaken by the writer says so.
"""

import math
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DAY_S = 24 * 3600
HOUR_S = 3600
WAVE_SECONDS = 120

Floats = NDArray[np.float64]
Samples = NDArray[np.float32]


Hour = bytes | tuple[Samples, Samples]
"""Lowest and highest value of each second of an hour, shape (3600,), NaN: none; packed, or being written."""


def _new_hour() -> tuple[Samples, Samples]:
    return np.full(HOUR_S, np.nan, dtype=np.float32), np.full(HOUR_S, np.nan, dtype=np.float32)


def _packed(hour: Hour) -> bytes:
    """About a sixth of its size; nothing is lost."""
    return hour if isinstance(hour, bytes) else zlib.compress(np.stack(hour).tobytes(), 1)


@lru_cache(maxsize=256)  # a day of one bed: a ribbon asks for the same hours every second
def _unpacked(packed: bytes) -> tuple[Samples, Samples]:
    low, high = np.frombuffer(zlib.decompress(packed), dtype=np.float32).reshape(2, HOUR_S)
    return low, high


def _values(hour: Hour) -> tuple[Samples, Samples]:
    return _unpacked(hour) if isinstance(hour, bytes) else hour


EMPTY = _packed(_new_hour())


class NumericTrack:
    """One parameter, one value a second, for the last day and up to an hour more.

    A second that holds several readings keeps the lowest and the highest of them, so that a dip of
    one reading is never lost. Memory: two float32 a second for the last two hours, which are written;
    those before are packed.
    """

    def __init__(self, start_s: int, keep_s: int = DAY_S) -> None:
        self._keep = math.ceil(keep_s / HOUR_S)
        # One value, so that a reader never sees parts of two states: the first second, and the hours from it.
        self._held: tuple[int, tuple[Hour, ...]] = (start_s, (_new_hour(),))
        self._end = start_s  # one past the last second written

    def add(self, at: float, value: float) -> None:
        """Keep `value`, measured at monotonic second `at`. Older than what is kept: ignored."""
        second = math.floor(at)
        written = self._hour_of(second)
        if written is not None and not math.isnan(value):
            (low, high), index = written
            kept = np.float32(value)
            if not low[index] <= kept:  # also where there is none yet
                low[index] = kept
            if not high[index] >= kept:
                high[index] = kept
        self._end = max(self._end, second + 1)

    def extend(self, at: Floats, values: Floats) -> None:
        """Keep values measured at monotonic seconds `at`, in any order; shape (n,) each."""
        seconds = np.floor(at).astype(np.int64)
        order = np.argsort(seconds, kind="stable")
        seconds, kept = seconds[order], values[order].astype(np.float32)
        hours = (seconds - self._held[0]) // HOUR_S
        for part in np.split(np.arange(len(seconds)), np.flatnonzero(np.diff(hours)) + 1):
            if len(part):
                self._extend_hour(seconds[part], kept[part])

    def _extend_hour(self, seconds: NDArray[np.int64], values: Samples) -> None:
        """Keep values of seconds that lie in one hour of the track."""
        written = self._hour_of(int(seconds[0]))
        if written is not None:
            (low, high), first = written
            index = first + (seconds - seconds[0])
            np.fmin.at(low, index, values)
            np.fmax.at(high, index, values)
        self._end = max(self._end, int(seconds[-1]) + 1)

    def _hour_of(self, second: int) -> tuple[tuple[Samples, Samples], int] | None:
        """The hour that a second lies in, to be written, and its place there; None: it is not kept."""
        start, hours = self._held
        number, index = divmod(second - start, HOUR_S)
        if number < 0:
            return None
        if number >= len(hours):
            self._begin_hour(number)
            return self._hour_of(second)
        hour = hours[number]
        if isinstance(hour, bytes):  # it came very late
            low, high = _unpacked(hour)
            hour = low.copy(), high.copy()
            self._held = (start, (*hours[:number], hour, *hours[number + 1 :]))
        return hour, index

    def _begin_hour(self, number: int) -> None:
        """Begin hour `number` from the first; hours before the last two are packed, beyond a day dropped."""
        start, hours = self._held
        dropped = max(0, number - self._keep)
        between = (EMPTY,) * min(number - len(hours), self._keep)
        packed = tuple(_packed(hour) for hour in hours[:-1])
        held = (*packed, *hours[-1:], *between, _new_hour())[-(self._keep + 1) :]
        self._held = (start + dropped * HOUR_S, held)

    def between(self, start: float, end: float) -> tuple[Floats, Samples, Samples]:
        """Seconds, lowest and highest value of each second in [start, end) that holds a value.

        Returns:
            Three arrays of equal length, shape (n,): monotonic seconds, low, high.
        """
        base, hours = self._held
        last = min(math.ceil(end), self._end) - base
        first = max(0, math.floor(start) - base)
        skipped = first // HOUR_S
        asked = [_values(hour) for hour in hours[skipped : -(-last // HOUR_S)]] if first < last else []
        if not asked:
            return np.zeros(0), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
        part = slice(first - skipped * HOUR_S, last - skipped * HOUR_S)
        low, high = (np.concatenate(each)[part] for each in zip(*asked, strict=True))
        held = ~np.isnan(low)
        seconds = np.arange(base + first, base + first + len(low), dtype=np.float64)[held]
        return seconds, low[held], high[held]

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
        self._track(parameter).add(at, value)

    def add_numerics(self, parameter: str, at: Floats, values: Floats) -> None:
        """Many values at once; shape (n,) each."""
        self._track(parameter).extend(at, values)

    def _track(self, parameter: str) -> NumericTrack:
        track = self._numerics.get(parameter)
        if track is None:
            track = self._numerics[parameter] = NumericTrack(self._start)
        return track

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

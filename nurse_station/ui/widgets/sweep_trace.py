"""One trace of a sweep: the samples it may have to draw again, and the range they are drawn in. No Qt."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.station.history import WaveTrack

Floats = NDArray[np.float64]
Samples = NDArray[np.float32]

GAP_PERIODS = 1.5
"""Samples further apart than this are not joined: a gap is drawn as a gap."""
FIT_S = 8.0
"""An unknown range is fitted to so many of the last seconds."""
FIT_MARGIN = 0.12
TOO_WIDE = 2.2
"""A fitted range is narrowed when the signal fills less than 1 part in so many of it."""
LEAST_SPAN = 1e-3
EXTRA_S = 3.0


class Trace:
    """Follows one track; keeps a lap and a little of its samples."""

    def __init__(self, shown: tuple[float, float] | None) -> None:
        self._fixed = shown
        self.shown = shown or (0.0, 1.0)
        self._fitted = shown is not None
        self._track: WaveTrack | None = None
        self._count = 0
        self._times: Floats = np.empty(0)
        self._samples: Samples = np.empty(0, dtype=np.float32)

    def follow(self, track: WaveTrack | None) -> None:
        """Draw another track from now on; None: nothing."""
        self._track = track
        self._count = 0
        self._times, self._samples = np.empty(0), np.empty(0, dtype=np.float32)
        self._fitted = self._fixed is not None
        self.shown = self._fixed or (0.0, 1.0)

    @property
    def last(self) -> float | None:
        """Moment of the newest sample; None: there is none."""
        return float(self._times[-1]) if len(self._times) else None

    def take(self, keep_s: float) -> bool:
        """Fetch what came. Returns whether the range was fitted anew, so that all must be drawn again."""
        track = self._track
        if track is None or track.count == self._count:
            return False
        self._count, times, samples = track.since(self._count)
        self._times = np.concatenate((self._times, times))
        self._samples = np.concatenate((self._samples, samples))
        if len(self._times):
            old = int(np.searchsorted(self._times, self._times[-1] - keep_s - EXTRA_S))
            self._times, self._samples = self._times[old:], self._samples[old:]
        return self._fixed is None and self._fit()

    def between(self, start: float, end: float) -> tuple[Floats, Samples]:
        """Samples in [start, end], and one more before them so that a stroke can come in from the left."""
        first = max(0, int(np.searchsorted(self._times, start, side="left")) - 1)
        last = int(np.searchsorted(self._times, end, side="right"))
        return self._times[first:last], self._samples[first:last]

    def newest_until(self, moment: float) -> float | None:
        """Moment of the last sample not after `moment`; None: there is none."""
        index = int(np.searchsorted(self._times, moment, side="right")) - 1
        return float(self._times[index]) if index >= 0 else None

    def strokes(self, times: Floats, samples: Samples) -> list[tuple[Floats, Samples]]:
        """Cut where samples are missing: no stroke crosses a gap."""
        if not len(times) or self._track is None:
            return []
        held = ~np.isnan(samples)
        apart = np.diff(times) > GAP_PERIODS / self._track.rate_hz
        cut = np.flatnonzero(apart | (held[1:] != held[:-1])) + 1
        return [
            (t, s)
            for t, s in zip(np.split(times, cut), np.split(samples, cut), strict=True)
            if len(s) > 1 and not np.isnan(s[0])
        ]

    def _fit(self) -> bool:
        recent = self._samples[int(np.searchsorted(self._times, self._times[-1] - FIT_S)) :]
        recent = recent[~np.isnan(recent)]
        if not len(recent):
            return False
        low, high = float(recent.min()), float(recent.max())
        span = max(high - low, LEAST_SPAN)
        now_low, now_high = self.shown
        fits = now_low <= low and high <= now_high and span * TOO_WIDE >= now_high - now_low
        if self._fitted and fits:
            return False
        self._fitted = True
        self.shown = (low - FIT_MARGIN * span, low + (1 + FIT_MARGIN) * span)
        return True

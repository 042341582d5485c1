"""One trace of a sweep: the samples it may have to draw again, and the range they are drawn in. No Qt."""

import math

import numpy as np
from numpy.typing import NDArray

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.sweep_range import Range, fitted

Floats = NDArray[np.float64]
Samples = NDArray[np.float32]

GAP_PERIODS = 1.5
"""Samples further apart than this are not joined: a gap is drawn as a gap."""
FIT_S = 6.0
"""An unknown range is fitted to what is seen, and to so many of the last seconds at least,"""
FIT_EVERY_S = 1.0
"""and not oftener than this."""
EXTRA_S = 3.0
"""Samples are kept for so much longer than they are asked for."""
ALL = -math.inf


class Trace:
    """Follows one track; keeps what one lap needs of it, and the range."""

    def __init__(self, shown: Range | None) -> None:
        self._fixed = shown
        self.follow(None)

    def follow(self, track: WaveTrack | None) -> None:
        """Draw another track from now on; None: nothing."""
        self._track = track
        self._count = 0
        self._asked_s = 0.0
        self._times: Floats = np.empty(0)
        self._samples: Samples = np.empty(0, dtype=np.float32)
        self._fit_at = ALL
        self.shown: Range | None = self._fixed
        """Lowest and highest value drawn; None: nothing has come that a range could be fitted to."""
        self.last: float | None = None
        """Moment of the newest valid sample; None: there is none."""

    @property
    def track(self) -> WaveTrack | None:
        """The one that is followed."""
        return self._track

    def take(self, keep_s: float) -> float | None:
        """Fetch what came.

        Returns:
            The moment from which on the picture changes; ALL where the range changed; None: nothing came.
        """
        if keep_s > self._asked_s:  # wider than before: what was let go of is fetched again
            self.follow(self._track)
            self._asked_s = keep_s
        track = self._track
        if track is None or track.count == self._count:
            return None
        self._count, times, samples = track.since(self._count)
        joint = float(self._times[-1]) if len(self._times) else ALL
        self._keep(times, samples, keep_s + EXTRA_S)
        return ALL if self._fit(max(FIT_S, keep_s)) else joint

    def _keep(self, times: Floats, samples: Samples, keep_s: float) -> None:
        valid = np.flatnonzero(np.isfinite(samples))
        if len(valid):
            self.last = float(times[valid[-1]])
        times = np.concatenate((self._times, times))
        samples = np.concatenate((self._samples, samples))
        old = int(np.searchsorted(times, times[-1] - keep_s))
        self._times, self._samples = times[old:], samples[old:]

    def _fit(self, fit_s: float) -> bool:
        """Fit an unknown range to the last seconds: whether it had to be changed."""
        if self._fixed is not None or self._times[-1] < self._fit_at:
            return False
        self._fit_at = self._times[-1] + FIT_EVERY_S
        recent = self._samples[int(np.searchsorted(self._times, self._times[-1] - fit_s)) :]
        recent = recent[np.isfinite(recent)]
        if not len(recent):
            return False
        before, self.shown = self.shown, fitted(self.shown, float(recent.min()), float(recent.max()))
        return self.shown != before

    def between(self, start: float, end: float) -> tuple[Floats, Samples]:
        """Samples from `start` to `end`, and one more on each side: strokes come in and go out."""
        first = max(0, int(self._times.searchsorted(start, side="left")) - 1)
        last = int(self._times.searchsorted(end, side="right")) + 1
        return self._times[first:last], self._samples[first:last]

    def strokes(self, times: Floats, samples: Samples) -> list[tuple[Floats, Samples]]:
        """Cut where samples are missing: no stroke crosses a gap."""
        if self._track is None or not len(times):
            return []
        held = np.isfinite(samples)
        apart = times[1:] - times[:-1] > GAP_PERIODS / self._track.rate_hz
        if held.all() and not apart.any():
            return [(times, samples)]
        cuts = np.flatnonzero(apart | (held[1:] != held[:-1])) + 1
        ends = [0, *cuts.tolist(), len(times)]
        return [
            (times[first:last], samples[first:last])
            for first, last in zip(ends, ends[1:], strict=False)
            if held[first]
        ]

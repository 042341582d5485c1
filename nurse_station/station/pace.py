"""How often a monitor speaks, learned from the line, and from when on its silence means something."""

from collections import deque
from statistics import median

LEARNED_FROM = 9
"""Intervals."""
TIMES = 3.0
"""A value that did not come three times in a row is not late but missing."""
LONGEST_S = 30.0


class Pace:
    """The typical interval between arrivals, in monotonic seconds."""

    def __init__(self) -> None:
        self._intervals: deque[float] = deque(maxlen=LEARNED_FROM)
        self._typical = 0.0
        self.last: float | None = None

    def heard(self, at: float) -> None:
        """Something arrived. What arrives together counts once."""
        if self.last is not None and at > self.last:
            self._intervals.append(at - self.last)
            self._typical = median(self._intervals)
        if self.last is None or at > self.last:
            self.last = at

    def silent_after(self, least: float) -> float:
        """Seconds without arrival after which it is silent: three intervals, within [least, 30 s]."""
        if not self._intervals:
            return least
        return min(max(least, TIMES * self._typical), LONGEST_S)

    def is_silent(self, now: float, least: float) -> bool:
        """Whether nothing came for too long, or nothing ever came."""
        return self.last is None or now - self.last > self.silent_after(least)

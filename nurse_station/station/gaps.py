"""Notices that the program did not run for a while: from the monotonic clock, else from the time of day."""

import sys
import time
from datetime import datetime

GAP_S = 10.0
"""When the thread was away for longer (the computer slept), that is a gap and is written down."""
GOES_ON_IN_SLEEP = hasattr(time, "CLOCK_BOOTTIME") or sys.platform == "win32"
"""Whether monotonic seconds go on while the computer sleeps. There a step of the time of day is no gap:
someone, or a time server, has set the clock."""


class GapWatch:
    """Looks at both clocks at every step of the station."""

    def __init__(self, now: float, wall: datetime, *, goes_on_in_sleep: bool = GOES_ON_IN_SLEEP) -> None:
        self._now, self._wall = now, wall
        self._goes_on_in_sleep = goes_on_in_sleep

    def step(self, now: float, wall: datetime) -> tuple[float, float]:
        """Take both clocks.

        Returns:
            (seconds of a gap that the monotonic clock did not count; 0: none,
             seconds by which the time of day was set; 0: it was not).
        """
        passed, by_day = now - self._now, (wall - self._wall).total_seconds()
        self._now, self._wall = now, wall
        stepped = by_day - passed
        if abs(stepped) <= GAP_S:
            return 0.0, 0.0
        if self._goes_on_in_sleep or stepped < 0:
            return 0.0, stepped
        return stepped, 0.0

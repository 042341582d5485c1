"""How many frames of waves a busy computer draws: fewer before anything else gives way. No Qt, no clock."""

import math

FRAMES_A_SECOND = 30
SHARE = 0.5
"""Of a frame's time, how much the waves may take: the rest is for alarms, keys and everything else."""
FEWEST = 5
"""Every fifth frame is drawn at least: six a second."""
FOLLOW = 0.1
"""How much a new cost counts against those before."""
EASE = 0.7
"""More frames are drawn again only when they would cost so much less than they may."""


class FrameBudget:
    """Says which frames are to be drawn, from what the last ones cost."""

    def __init__(self) -> None:
        self._cost_s = 0.0
        self._frames = 0
        self._every = 1

    @property
    def every(self) -> int:
        """Every so manieth frame is drawn; 1: all are."""
        return self._every

    @property
    def words(self) -> str:
        """What is said where not all frames are drawn; else empty."""
        if self._every == 1:
            return ""
        return f"▲ waves at {FRAMES_A_SECOND / self._every:.0f} frames a second: this computer is busy"

    def due(self) -> bool:
        """Whether the frame that is due now is to be drawn."""
        self._frames += 1
        return self._frames % self._every == 0

    def spent(self, cost_s: float) -> None:
        """A drawn frame took so many seconds."""
        self._cost_s += FOLLOW * (cost_s - self._cost_s)
        needed = self._needed(self._cost_s)
        if needed > self._every or self._needed(self._cost_s / EASE) < self._every:
            self._every = needed

    def _needed(self, cost_s: float) -> int:
        return min(max(math.ceil(cost_s * FRAMES_A_SECOND / SHARE), 1), FEWEST)

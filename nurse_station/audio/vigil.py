"""When the watchdog sounds: beats, sleeps and farewells -> what is wrong. A rule with a memory; no sound.

A part that sleeps with the whole computer is given its time anew, but only once before it beats again:
a computer that is too slow for its watchdog is no reason for silence.
"""

from datetime import datetime

STATION = "station"
"""The thread that takes the monitors' values."""
SCREEN = "screen"
"""The loop that draws the window."""
PARTS = (STATION, SCREEN)
FAREWELL = "farewell"

LATE_S = 3.0
"""A part that was heard once and then not for longer has stopped."""
SOUND_S = 120.0
"""So long it sounds when the program is gone; a program that is there but stands still, until it goes on."""
SLEPT_S = 1.5
"""Whoever looks ten times a second and finds so much time gone has slept."""

GONE = "The nurse station ended without being asked to. Look at the bedside monitors, and start it again."
STANDS_STILL = {
    STATION: "The nurse station takes no values. Look at the bedside monitors, and start it again.",
    SCREEN: "The nurse station's screen stands still. Look at the bedside monitors, and start it again.",
}


class Vigil:
    """What the watchdog knows. Give it everything in the order of time.

    Attributes:
        over: There is nothing more to watch over: asked to end, or sounded long enough for one that is gone.
    """

    def __init__(self, now: float, wall: datetime, sound_s: float = SOUND_S) -> None:
        """Begin at monotonic second `now`; nothing is expected before it was heard once."""
        self._beaten: dict[str, float] = {}
        self._stepped, self._wall, self._now = now, wall, now
        self._sound_s = sound_s
        self._gone_at: float | None = None
        self._heard_since_sleep = True
        self.over = False

    def hear(self, word: str, now: float) -> None:
        """A part's name, or FAREWELL. Anything else is nothing."""
        if word == FAREWELL:
            self.over = True
        elif word in PARTS:
            self._beaten[word] = now
            self._heard_since_sleep = True

    def desert(self, now: float) -> None:
        """Nobody is left who could speak."""
        if self._gone_at is None:
            self._gone_at = now

    def relieve(self) -> None:
        """Another station runs in the place of the one that is gone. One that is there cannot be relieved."""
        self.over = self.over or self._gone_at is not None

    def step(self, now: float, wall: datetime) -> None:
        """Tell what time it is, several times a second."""
        slept = max(now - self._stepped, (wall - self._wall).total_seconds())
        self._stepped, self._wall, self._now = now, wall, now
        if slept > SLEPT_S and self._heard_since_sleep:
            self._heard_since_sleep = False
            self._beaten = dict.fromkeys(self._beaten, now)
        if self._gone_at is not None and now - self._gone_at >= self._sound_s:
            self.over = True

    @property
    def trouble(self) -> str:
        """Why it sounds, one sentence; empty: it does not."""
        if self.over:
            return ""
        if self._gone_at is not None:
            return GONE
        return next((STANDS_STILL[part] for part in PARTS if self._late(part)), "")

    def _late(self, part: str) -> bool:
        return self._now - self._beaten.get(part, self._now) > LATE_S

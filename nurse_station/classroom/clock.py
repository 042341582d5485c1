"""The clock of a lesson, over a real one: paused, faster, its time of day turned back. It never goes back."""

import threading
from datetime import UTC, datetime, timedelta

from nurse_station.training.day import EPOCH
from nurse_station.vitals.clock import Clock

BEGINS_S = 1e6
"""Monotonic seconds at second 0 of a lesson: whatever was before it still has a positive time."""
AHEAD_S = 1.5
"""So far, in its own seconds, the clock goes on beyond what was lived: a lesson that cannot keep up goes
slower, and its screen does not call the station stopped."""
HUNG_AFTER_S = 2.0
"""With nothing lived for so long in real seconds the lesson hangs ..."""
HUNG_AHEAD_S = 4.0
"""... and the clock goes so far beyond: now the screen says that the station has stopped."""


class PracticeClock:
    """Satisfies `vitals.clock.Clock`; any thread may ask. Only the lesson's thread moves it.

    A lesson begins at second 0, standing.
    """

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._lock = threading.Lock()
        self._lived = self._newest = BEGINS_S
        self._lived_real = real.now()
        self._base = BEGINS_S
        self._speed = 0.0

    def now(self) -> float:
        """See `Clock.now`: seconds of the lesson; they go on after a rewinding."""
        with self._lock:
            return self._now(self._real.now())

    def wall(self) -> datetime:
        """See `Clock.wall`: the day of practice, `EPOCH` at second 0 of the run."""
        with self._lock:
            second = self._now(self._real.now()) - self._base
        return datetime.fromtimestamp(EPOCH, UTC) + timedelta(seconds=second)

    def second(self) -> float:
        """The second of the run."""
        return self.second_at(self.now())

    def second_at(self, now: float) -> float:
        """The second of the run at monotonic second `now`."""
        return now - self._base

    def lived(self) -> float:
        """All until now has been lived, or is about to be; the monotonic seconds of it."""
        with self._lock:
            real = self._real.now()
            self._lived, self._lived_real = self._now(real), real
            return self._lived

    def go(self, speed: float) -> None:
        """From now on so many times as fast as life; 0: stand still."""
        if speed != self._speed:
            self.lived()
            with self._lock:
                self._speed = speed

    def turn_to(self, second: float) -> None:
        """The time of day is that of a second of the run; monotonic seconds stay."""
        now = self.lived()
        with self._lock:
            self._base = now - second

    def _now(self, real: float) -> float:
        passed = max(0.0, real - self._lived_real)
        ahead = AHEAD_S if passed < HUNG_AFTER_S else HUNG_AHEAD_S
        self._newest = max(self._newest, self._lived + min(passed * self._speed, ahead))
        return self._newest

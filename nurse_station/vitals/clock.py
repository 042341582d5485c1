"""The clock that is passed in. The one file that reads the computer's time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, twice: for decisions and for people."""

    def now(self) -> float:
        """Monotonic seconds. Every decision uses these; only differences mean anything."""

    def wall(self) -> datetime:
        """The time of day, aware, in UTC. For display and for the record only."""


# On Linux the ordinary monotonic clock stands still while the computer sleeps: values from before the
# sleep would look current after it.
_GOES_ON_IN_SLEEP = getattr(time, "CLOCK_BOOTTIME", None)


class SystemClock:
    """The computer's own clock. Its monotonic seconds go on while the computer sleeps."""

    def now(self) -> float:
        return time.monotonic() if _GOES_ON_IN_SLEEP is None else time.clock_gettime(_GOES_ON_IN_SLEEP)

    def wall(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock moved by hand: tests, replays and simulated days run on it as fast as they can."""

    def __init__(self, now: float = 0.0, wall: datetime | None = None) -> None:
        self._now = now
        self._wall = wall or datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def now(self) -> float:
        return self._now

    def wall(self) -> datetime:
        return self._wall

    def advance(self, seconds: float) -> None:
        """Move both times forward. Raises ValueError for a negative step: time never goes back."""
        if seconds < 0:
            msg = f"a clock cannot go back ({seconds} s)"
            raise ValueError(msg)
        self._now += seconds
        self._wall += timedelta(seconds=seconds)

    def set_wall(self, wall: datetime) -> None:
        """Set the time of day alone, as a person or a time server would."""
        self._wall = wall


class FollowingClock:
    """A clock that a recording moves: now is as far as the recording has been played."""

    def __init__(self, position: Callable[[], float], wall: datetime) -> None:
        """Store what tells the seconds played so far, and the time of day of the recording's start."""
        self._position = position
        self._start = wall

    def now(self) -> float:
        return self._position()

    def wall(self) -> datetime:
        return self._start + timedelta(seconds=self._position())

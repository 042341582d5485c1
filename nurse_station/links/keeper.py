"""Keeps one line open by itself: opens it, and opens it anew when it was lost. No thread, no clock."""

from collections.abc import Callable
from enum import StrEnum

from nurse_station.links.link import Link, LinkError

BACK_OFF_S = (0.25, 0.5, 1.0, 2.0)


class KeptState(StrEnum):
    """The life of a line that is kept open."""

    OPENING = "opening"
    """Not tried yet."""
    OPEN = "open"
    LOST = "lost"
    """Cannot be opened, or went away, or was silent: tried again by itself."""
    ENDED = "ended"
    """A capture that was played to its end."""
    CLOSED = "closed"
    """Closed on purpose: not tried again."""


class KeptLink:
    """One line that comes back by itself when it was unplugged, renumbered or silent.

    Attributes:
        link: The open line; None: there is none now.
        trouble: Why there is none, or why it was opened anew, one sentence; empty once bytes came.
        retry_at: When the next try is due, monotonic seconds; None: none is planned.
        reconnections: How often bytes came again after the line had been lost.
    """

    def __init__(self, make: Callable[[], Link]) -> None:
        """Store how a line is made: called for each try, so that a port's new number is found."""
        self._make = make
        self._tries = 0
        self._closed = False
        self._has_delivered = False
        self.link: Link | None = None
        self.trouble = ""
        self.retry_at: float | None = None
        self.reconnections = 0

    @property
    def state(self) -> KeptState:
        """Where the line is in its life."""
        if self._closed:
            return KeptState.CLOSED
        if self.link is not None:
            return KeptState.ENDED if self.link.ended else KeptState.OPEN
        return KeptState.LOST if self.trouble else KeptState.OPENING

    def step(self, now: float) -> bool | None:
        """Try to open the line if that is due at monotonic second `now`.

        Returns:
            True: it has just been opened; False: it was tried in vain; None: nothing was due.
        """
        if self._closed or self.link is not None or (self.retry_at is not None and now < self.retry_at):
            return None
        try:
            link = self._make()
            link.open()
        except LinkError as error:
            self._plan(now, str(error))
            return False
        self.link, self.retry_at = link, None
        return True

    def delivered(self) -> None:
        """Bytes came: the line is well, and a next loss is mended fast. Call it for each arrival."""
        if self.trouble and self._has_delivered:
            self.reconnections += 1
        self._has_delivered, self._tries, self.trouble = True, 0, ""

    def lost(self, now: float, error: LinkError) -> None:
        """The line failed: close it and plan to open it anew."""
        self._hang_up()
        self._plan(now, str(error))

    def silent(self, now: float) -> None:
        """Nothing came for too long: close the line and plan to open it anew."""
        if self.link is not None:
            self.lost(now, LinkError(f"{self.link.name} was silent for too long and is opened anew"))

    def close(self) -> None:
        """Close the line for good."""
        self._hang_up()
        self._closed, self.retry_at = True, None

    def _hang_up(self) -> None:
        link, self.link = self.link, None
        if link is not None:
            link.close()

    def _plan(self, now: float, trouble: str) -> None:
        self.trouble = trouble
        self.retry_at = now + BACK_OFF_S[min(self._tries, len(BACK_OFF_S) - 1)]
        self._tries += 1

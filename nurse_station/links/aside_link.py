"""A link that is opened and closed in a thread of its own: for ways that wait, such as rfc2217://.

The station's one thread serves every bed; a serial server that does not answer must not hold it up.
"""

import threading
from collections.abc import Callable

from nurse_station.links.link import Link, LinkError

POLL_S = 0.05
MOST_UNSENT = 4096


class _Opening:
    """One attempt. The opened link is handed over once, or closed when nobody wants it any more."""

    def __init__(self, make: Callable[[], Link]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._wanted = True
        self._link: Link | None = None
        self.error: LinkError | None = None
        threading.Thread(target=self._run, name="opening a line", daemon=True).start()

    def _run(self) -> None:
        link = self._make()
        try:
            link.open()
        except LinkError as error:
            self.error = error
            return
        with self._lock:
            if self._wanted:
                self._link = link
                return
        link.close()

    def result(self) -> Link | None:
        """The open link; None: not yet."""
        return self._link

    def abandon(self) -> Link | None:
        """Nobody wants it any more. Returns the link when it was opened already."""
        with self._lock:
            self._wanted = False
            return self._link


class AsideLink:
    """Opens and closes another link aside. Between the two it is that link."""

    ended = False

    def __init__(self, name: str, make: Callable[[], Link]) -> None:
        """Store its name and how the link is made."""
        self.name = name
        self._make = make
        self._opening: _Opening | None = None
        self._link: Link | None = None
        self._unsent = b""
        self._read_at: float | None = None

    def open(self) -> None:
        """Begin to open; `read` tells if it failed. Raises nothing."""
        self.close()
        self._opening = _Opening(self._make)

    def fileno(self) -> int | None:
        """None: it is asked again and again, see next_due."""
        return None

    def next_due(self, now: float) -> float | None:
        if self._link is not None:
            return self._link.next_due(now)
        if self._opening is None:
            return None
        return now if self._read_at is None else self._read_at + POLL_S

    def read(self, now: float) -> bytes:
        """What has come; b"" while it is still being opened. Raises LinkError when it failed or was lost."""
        self._read_at = now
        link = self._take_over()
        return b"" if link is None else link.read(now)

    def write(self, data: bytes) -> None:
        """Send, or keep until it is open. Raises LinkError."""
        link = self._take_over()
        if link is not None:
            link.write(data)
            return
        self._unsent = (self._unsent + data)[-MOST_UNSENT:]

    def close(self) -> None:
        """Give the line back, aside."""
        opening, self._opening = self._opening, None
        link, self._link = self._link, None
        self._unsent, self._read_at = b"", None
        if opening is not None:
            link = opening.abandon()
        if link is not None:
            threading.Thread(target=link.close, name="closing a line", daemon=True).start()

    def _take_over(self) -> Link | None:
        opening = self._opening
        if self._link is not None:
            return self._link
        if opening is None:
            msg = f"{self.name} is not open"
            raise LinkError(msg)
        if opening.error is not None:
            self._opening = None
            raise opening.error
        self._link = opening.result()
        if self._link is not None:
            self._opening = None
            unsent, self._unsent = self._unsent, b""
            if unsent:
                self._link.write(unsent)
        return self._link

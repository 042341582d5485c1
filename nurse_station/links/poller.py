"""One loop over all lines: waits until one of them has something. Its owner's thread does the waiting."""

import contextlib
import selectors
import socket
import sys
from dataclasses import dataclass

from nurse_station.links.link import Link, LinkError

# Both are told the descriptors anew at each wait, so that one that was closed and given out again
# cannot be mistaken; macOS' poll does not know serial ports, and Windows has none.
_Selector = selectors.PollSelector if sys.platform == "linux" else selectors.SelectSelector


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What one line gave.

    Attributes:
        link: The line.
        data: Bytes; b"" when it was lost or ended without a last word.
        error: Why it was lost; None: it was not.
    """

    link: Link
    data: bytes = b""
    error: LinkError | None = None


class Poller:
    """Waits for many lines at once. A line that was lost or has ended is told once and then left out."""

    def __init__(self) -> None:
        self._selector = _Selector()
        self._links: dict[Link, int | None] = {}  # with the descriptor that is watched
        self._bell, self._bell_button = socket.socketpair()
        self._bell.setblocking(False)
        self._bell_button.setblocking(False)
        self._selector.register(self._bell, selectors.EVENT_READ)

    def add(self, link: Link) -> None:
        """Watch an open line until it is lost, ended or removed. Adding it twice does nothing."""
        self._links.setdefault(link, None)

    def remove(self, link: Link) -> None:
        """Watch a line no longer; one that is not watched is no error."""
        descriptor = self._links.pop(link, None)
        if descriptor is not None:
            self._selector.unregister(descriptor)

    def wake(self) -> None:
        """End a wait that another thread is in, or the next one. From any thread, at any time."""
        with contextlib.suppress(OSError):  # full: it will wake anyhow; closed: nobody waits
            self._bell_button.send(b"!")

    def wait(self, now: float, timeout: float) -> list[Arrival]:
        """What the lines gave: at once if some are due, else after `timeout` seconds at the latest.

        Args:
            now: Monotonic seconds as the wait begins; lines without a descriptor are read by it.
                What comes during the wait is later than `now`: the owner looks at the clock again.
            timeout: Seconds; at most so long.
        """
        self._watch_descriptors()
        dues = {link: link.next_due(now) for link in self._links}
        waits = {link: due - now for link, due in dues.items() if due is not None}
        ready = [link for link, seconds in waits.items() if seconds <= 0]
        pause = 0.0 if ready else max(0.0, min([timeout, *waits.values()]))
        ready += [link for link in self._select(pause) if link not in ready]
        return [arrival for link in ready if (arrival := self._read(link, now))]

    def _watch_descriptors(self) -> None:
        """Follow lines that were opened, closed or given another descriptor since the last wait."""
        changed = [(link, old) for link, old in self._links.items() if link.fileno() != old]
        for _, old in changed:
            if old is not None:
                self._selector.unregister(old)
        for link, _ in changed:
            descriptor = self._links[link] = link.fileno()
            if descriptor is None:  # closed by its owner
                del self._links[link]
            else:
                self._selector.register(descriptor, selectors.EVENT_READ, link)

    def _select(self, pause: float) -> list[Link]:
        ready = [key.data for key, _ in self._selector.select(pause)]
        if None in ready:
            with contextlib.suppress(BlockingIOError):
                self._bell.recv(4096)
        return [link for link in ready if link is not None]

    def _read(self, link: Link, now: float) -> Arrival | None:
        try:
            data = link.read(now)
        except LinkError as error:
            self.remove(link)
            return Arrival(link=link, error=error)
        if link.ended:
            self.remove(link)
        return Arrival(link=link, data=data) if data or link.ended else None

    def close(self) -> None:
        """Give the poller's own descriptors back; the lines stay as they are."""
        self._selector.close()
        self._bell.close()
        self._bell_button.close()

"""Two connected ends in memory: what one writes, the other reads. No port, no thread of its own."""

import math
from collections.abc import Callable

from nurse_station.links.link import LinkError

MOST_UNREAD = 1 << 20


class MemoryLink:
    """One end. An end may be given a device that lives on it (see attach)."""

    ended = False

    def __init__(self, name: str) -> None:
        self.name = name
        self._other: MemoryLink = self
        self._inbox = bytearray()
        self._is_open = False
        self._hung_up = False
        self._device: Callable[[float], None] | None = None
        self._device_period_s = 0.0
        self._device_due = -math.inf

    def _join(self, other: "MemoryLink") -> None:
        self._other = other

    def attach(self, device: Callable[[float], None], *, period_s: float = 0.02) -> None:
        """Let `device(now)` live on this end: the other end's `read(now)` calls it to do its work.

        Args:
            device: Reads and writes this end; is called with monotonic seconds.
            period_s: At most so often.
        """
        self._device, self._device_period_s = device, period_s

    def open(self) -> None:
        """Open this end, empty if it was closed. Raises LinkError when the other end has been closed."""
        if self._other._hung_up:
            raise self._no_one_there()
        if self._hung_up:
            self._inbox.clear()
        self._is_open, self._hung_up = True, False

    def fileno(self) -> None:
        """None: there is no descriptor (see next_due)."""

    def read(self, now: float) -> bytes:
        """What the other end has written. Raises LinkError once all is read and the other end is closed."""
        self._require_open()
        self._other._live(now)
        data = bytes(self._inbox)
        self._inbox.clear()
        if not data and self._other._hung_up:
            raise self._no_one_there()
        return data

    def _live(self, now: float) -> None:
        if self._device is not None and now >= self._device_due and not self._hung_up:
            self._device_due = now + self._device_period_s
            self._device(now)

    def write(self, data: bytes) -> None:
        """Give bytes to the other end. Raises LinkError when it is closed or has 1 MiB unread."""
        self._require_open()
        if self._other._hung_up:
            raise self._no_one_there()
        if len(self._other._inbox) + len(data) > MOST_UNREAD:
            msg = f"{self.name}: the other end does not read"
            raise LinkError(msg)
        self._other._inbox += data

    def next_due(self, now: float) -> float | None:
        """Now while bytes wait; else when the device at the other end works next; None: not known."""
        if not self._is_open:
            return None
        if self._inbox or self._other._hung_up:
            return now
        return max(now, self._other._device_due) if self._other._device is not None else None

    def close(self) -> None:
        """Hang up: the other end reads what is left, then loses its line."""
        if self._is_open:
            self._is_open, self._hung_up = False, True

    def _require_open(self) -> None:
        if not self._is_open:
            msg = f"{self.name} is not open"
            raise LinkError(msg)

    def _no_one_there(self) -> LinkError:
        return LinkError(f"{self.name} was lost: the other end was closed")


def memory_pair(name: str) -> tuple[MemoryLink, MemoryLink]:
    """Two connected ends, both still to be opened. Bytes written before the other end opens wait for it."""
    near, far = MemoryLink(name), MemoryLink(name)
    near._join(far)
    far._join(near)
    return near, far

"""Plays recorded bytes with their recorded timing, at any speed. Sends nothing."""

import math
from collections.abc import Sequence

from nurse_station.links.link import LinkError

MOST_MERGED = 4096


class CaptureLink:
    """A line that once was. A read gives what came at one recorded time, so that times stay true."""

    def __init__(self, name: str, chunks: Sequence[tuple[float, bytes]], *, speed: float = 1.0) -> None:
        """Store the recording.

        Args:
            name: What a person calls it, e.g. the file's name.
            chunks: (seconds from the start, bytes), in the order in which they came.
            speed: How many times as fast as it was recorded; inf: each read gives the next bytes at once.

        Raises:
            ValueError: speed is not above 0.
        """
        if not speed > 0:
            msg = f"a recording is played at a speed above 0, not {speed}"
            raise ValueError(msg)
        self.name = name
        self._chunks = chunks
        self._speed = speed
        self._next = 0
        self._started_at: float | None = None
        self._is_open = False
        self._position_s = 0.0

    @property
    def position_s(self) -> float:
        """Recorded time of the bytes given last, seconds from the start."""
        return self._position_s

    @property
    def ended(self) -> bool:
        """Whether all was played. Turns true with the read that gives the last bytes."""
        return self._started_at is not None and self._next >= len(self._chunks)

    def open(self) -> None:
        """Wind back to the start. The first read starts the play."""
        self._next, self._position_s, self._started_at = 0, 0.0, None
        self._is_open = True

    def fileno(self) -> None:
        """None: there is no descriptor (see next_due)."""

    def read(self, now: float) -> bytes:
        """The next recorded bytes if their time has come, else b"". Raises LinkError when not open."""
        self._require_open()
        if self._started_at is None:
            self._started_at = now
        due = self.next_due(now)
        return b"" if due is None or due > now else self._take()

    def _take(self) -> bytes:
        self._position_s, data = self._chunks[self._next]
        self._next += 1
        while self._next < len(self._chunks) and self._chunks[self._next][0] == self._position_s:
            more = self._chunks[self._next][1]
            if len(data) + len(more) > MOST_MERGED:
                break
            data += more
            self._next += 1
        return data

    def write(self, data: bytes) -> None:
        """Accept and forget: the monitor of a recording cannot be asked. Raises LinkError when not open."""
        self._require_open()

    def next_due(self, now: float) -> float | None:
        """When the next recorded bytes are due; None: there are none, or it is not open."""
        if not self._is_open or self.ended:
            return None
        if self._started_at is None or math.isinf(self._speed):
            return now
        return self._started_at + self._chunks[self._next][0] / self._speed

    def close(self) -> None:
        """Stop playing."""
        self._is_open = False

    def _require_open(self) -> None:
        if not self._is_open:
            msg = f"{self.name} is not open"
            raise LinkError(msg)

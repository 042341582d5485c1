"""What is not yet on the disk: a queue with a bound. No database, no thread, no clock."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice

from nurse_station.records.rows import Row

KEEP_BATCHES = 4 * 3600 + 1800
"""Batches of one second that are held while the disk fails: four hours and a half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row that is never given up: a session, a journal entry, a layout, a wave kind.

    Attributes:
        row: To be inserted.
        saved: Told the row's id once it is on the disk; None: nobody asked.
    """

    row: Row
    saved: Future[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The vitals of all beds of about one second.

    Attributes:
        rows: To be inserted.
        seconds: How long it took to gather.
    """

    rows: tuple[Row, ...]
    seconds: float


@dataclass(slots=True)
class Backlog:
    """Entries and batches in the order in which they came; the oldest batch goes when there are too many.

    Attributes:
        keep: Most batches held.
        dropped_s: Seconds of vitals given up.
    """

    keep: int = KEEP_BATCHES
    dropped_s: float = 0.0
    _entries: deque[Entry] = field(default_factory=deque)
    _batches: deque[Batch] = field(default_factory=deque)

    def add(self, entries: Sequence[Entry], batch: Batch | None = None) -> None:
        """Put at the end; may drop the oldest batch."""
        self._entries.extend(entries)
        if batch is not None:
            self._batches.append(batch)
        while len(self._batches) > self.keep:
            self.dropped_s += self._batches.popleft().seconds

    def front(self, batches: int) -> tuple[list[Entry], list[Batch]]:
        """All entries, and the oldest `batches` batches; they stay until `remove`."""
        return list(self._entries), list(islice(self._batches, batches))

    def remove(self, entries: Sequence[Entry], batches: Sequence[Batch]) -> None:
        """They are on the disk."""
        for _ in entries:
            self._entries.popleft()
        for _ in batches:
            self._batches.popleft()

    @property
    def waiting_s(self) -> float:
        """Seconds of vitals held."""
        return sum(batch.seconds for batch in self._batches)

    @property
    def entries(self) -> int:
        return len(self._entries)

    @property
    def batches(self) -> int:
        return len(self._batches)

"""The folder of raw bytes: complete files are compressed beside the work, old ones deleted and written down.

Raw bytes are a second copy: what goes wrong here is logged and holds nothing up.
"""

import logging
import queue
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from nurse_station.links.link import LinkError
from nurse_station.links.recorder import GZIPPED, compress
from nurse_station.records.words import STATION
from nurse_station.records.writer import RecordWriter

log = logging.getLogger(__name__)

PLAIN = ".line"
DELETED = "raw_bytes_deleted"
"""Kind of the room's entry; body: files, days, left (files that could not be deleted)."""


class RawBytes:
    """The files in `folder`. `complete` may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._complete: queue.Queue[Path | None] = queue.Queue()
        self._leave = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, record: RecordWriter, wall: datetime, days: float) -> None:
        """Delete what is older than `days` at `wall`, then compress, in a thread, what was left plain."""
        gone, left = delete_old(self._folder, wall - timedelta(days=days))
        if gone or left:
            record.journal(None, DELETED, {"files": gone, "days": days, "left": left}, STATION)
        for path in sorted(self._folder.glob(f"*{PLAIN}")):
            self._complete.put(path)
        self._thread = threading.Thread(target=self._work, name="raw bytes", daemon=True)
        self._thread.start()

    def complete(self, path: Path) -> None:
        """Nobody writes this file any more."""
        self._complete.put(path)

    @property
    def waiting(self) -> bool:
        """Whether files are still to be compressed."""
        return self._complete.unfinished_tasks > 0

    def close(self) -> None:
        """Leave off after the file in hand; what is still plain is compressed at the next start."""
        self._leave.set()
        self._complete.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (path := self._complete.get()) is not None and not self._leave.is_set():
            try:
                if path.exists():  # a silent line leaves no file
                    compress(path)
            except LinkError as error:
                log.warning("%s", error)
            self._complete.task_done()


def delete_old(folder: Path, before: datetime) -> tuple[list[str], list[str]]:
    """Delete the raw bytes that were last written before `before`, aware.

    Returns:
        The names of the files that are gone, and of those that could not be deleted.
    """
    gone: list[str] = []
    left: list[str] = []
    for path in _older(folder, before):
        try:
            path.unlink()
            gone.append(path.name)
        except OSError as error:
            log.warning("%s cannot be deleted: %s", path, error.strerror)
            left.append(path.name)
    return gone, left


def _older(folder: Path, before: datetime) -> Iterator[Path]:
    for path in sorted(folder.glob(f"*{PLAIN}*")):
        kept = path.name.endswith((PLAIN, PLAIN + GZIPPED, f"{PLAIN}{GZIPPED}.part"))
        try:
            if kept and path.stat().st_mtime < before.timestamp():
                yield path
        except OSError as error:
            log.warning("%s cannot be looked at: %s", path, error.strerror)

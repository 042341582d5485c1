"""One station per data directory: a lock that the system itself releases when its holder dies."""

import os
import sys
from pathlib import Path
from typing import IO

from nurse_station.records.state import RecordError

LOCK_FILE = "record.lock"

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading a locked byte: lock one far behind the text.
    _FAR = 1 << 30

    def _hold(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class DirectoryLock:
    """Held by the one program that writes in `folder`. The file stays; only its lock comes and goes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock. Raises RecordError when another program has it, or the folder takes no file."""
        try:
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            msg = f"The folder {self._path.parent} cannot be written ({error.strerror})."
            raise RecordError(msg) from error
        try:
            _hold(file)
        except OSError as error:
            holder = self._holder()
            file.close()
            msg = (
                f"The record in {self._path.parent} is open in another nurse station{holder}. "
                "Close that one, or choose another data directory."
            )
            raise RecordError(msg) from error
        self._sign(file)
        self._file = file

    def release(self) -> None:
        """Give the lock back; without effect when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _holder(self) -> str:
        try:
            words = self._path.read_text(encoding="utf-8").strip()
        except OSError:
            return ""
        return f" (process {words})" if words else ""

    @staticmethod
    def _sign(file: IO[str]) -> None:
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()

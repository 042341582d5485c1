"""One station per data directory: a lock that the system itself releases when its holder dies.

Whoever only asks signs nothing; what it cannot find out it takes for held.
"""

import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from nurse_station.records.state import RecordError

log = logging.getLogger(__name__)

LOCK_FILE = "record.lock"
TRIES, AGAIN_S = 3, 0.05
"""Whoever asks holds a lock for some microseconds: one that is taken is tried again, so often, so soon."""
_BYTES: int = getattr(os, "O_BINARY", 0)
"""Windows alone tells them from text."""

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading a locked byte: lock one far behind the text.
    _FAR = 1 << 30

    def take(file: int, *, shared: bool = False) -> None:
        """Take the lock of an open file at once. Raises OSError. There is no shared one here."""
        del shared
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def take(file: int, *, shared: bool = False) -> None:
        """Take the lock of an open file at once, closing gives it back. Raises OSError: another has it."""
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def take_patiently(file: int, *, shared: bool = False) -> None:
    """As `take`, beside programs that only ask: tried for a tenth of a second. Raises OSError."""
    for _ in range(TRIES - 1):
        try:
            take(file, shared=shared)
        except OSError:
            time.sleep(AGAIN_S)
        else:
            return
    take(file, shared=shared)


class DirectoryLock:
    """Held by the one program that writes in `folder`. The file stays; only its lock comes and goes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock. Raises RecordError when another program has it, or the folder takes no file."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | _BYTES, 0o666)
        except OSError as error:
            msg = f"The folder {self._path.parent} cannot be written ({error.strerror})."
            raise RecordError(msg) from error
        try:
            take_patiently(file)
        except OSError as error:
            os.close(file)
            msg = (
                f"The record in {self._path.parent} is open in another nurse station{self._holder()}. "
                "Close that one, or choose another data directory."
            )
            raise RecordError(msg) from error
        self._sign(file)
        self._file = file

    def release(self) -> None:
        """Give the lock back; without effect when it is not held."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def held(self) -> bool:
        """Whether a program has the lock, this one too; True where that cannot be found out.

        Makes and changes no file.
        """
        try:
            file = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        except OSError:  # e.g. another user's, who let nobody read it
            return True
        try:
            take(file, shared=True)
        except OSError:
            return True
        finally:
            os.close(file)
        return False

    def _holder(self) -> str:
        try:
            words = self._path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return f" (process {words})" if words else ""

    def _sign(self, file: int) -> None:
        """Write who holds it, over who did: a full disk takes that too.

        A lock that cannot be signed is a lock all the same: what fails is logged, and patients are watched.
        """
        name = f"{os.getpid()}\n".encode()
        try:
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, name)
            os.ftruncate(file, len(name))
        except OSError as error:
            log.warning("%s cannot be signed (%s); it is held all the same", self._path, error.strerror)
            with suppress(OSError):
                os.ftruncate(file, 0)  # rather nobody's name than another's

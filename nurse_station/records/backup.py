"""A whole copy of the record in a second folder, made while it is written (SQLite's own backup).

Never leaves half a copy in the place of a whole one, and never lays it over another record.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from nurse_station.records.reader import open_record
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.store import sentence

PART = f"{RECORD_FILE}.part"
PAGES = 1000
"""Pages (of 4 KiB) copied between two looks at whether to go on."""

Go = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that is whole and on its disk.

    Attributes:
        path: The file, a record in its own right: `--data-dir` takes its folder.
        size: Bytes.
    """

    path: Path
    size: int


class _LeftOffError(Exception):
    """The station is closing."""


def copy_record(folder: Path, to: Path, go: Go = lambda: True) -> Copy | None:
    """Copy the record in `folder` as it is at this moment into the folder `to`, replacing an older copy.

    Args:
        folder: The data directory.
        to: Made where it is not there; must be another folder.
        go: Asked after every 4 MB; False: leave off, and the older copy stays.

    Returns:
        The copy; None: left off.

    Raises:
        RecordError: It could not be made, or is not whole; the older copy stays.
    """
    path, part = to / RECORD_FILE, to / PART
    try:
        _make_place(folder, to)
        _belongs(folder / RECORD_FILE, path)
        _copy(folder / RECORD_FILE, part, go)
        _look_through(part)
        _into_place(part, path)
        return Copy(path=path, size=path.stat().st_size)
    except _LeftOffError:
        return None
    except (sqlite3.Error, OSError) as error:
        msg = f"The copy of the record was not made. {sentence(error, path)}"
        raise RecordError(msg) from error
    finally:
        for leftover in (part, to / f"{PART}-wal", to / f"{PART}-shm", to / f"{PART}-journal"):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _make_place(folder: Path, to: Path) -> None:
    if not (folder / RECORD_FILE).exists():
        msg = f"There is no record in {folder}."
        raise RecordError(msg)
    to.mkdir(parents=True, exist_ok=True)
    if to.resolve() == folder.resolve():
        msg = f"The copy needs another folder than the record's own ({folder})."
        raise RecordError(msg)


def _belongs(source: Path, older: Path) -> None:
    """Raises RecordError where the older file is not a copy of this record."""
    if older.exists() and _uuid(source) != _uuid(older):
        msg = f"Another record lies in the place of the copy ({older}); choose another folder."
        raise RecordError(msg)


def _uuid(path: Path) -> str:
    with closing(open_record(path)) as connection:
        return str(connection.execute("SELECT uuid FROM record").fetchone()[0])


def _copy(source: Path, part: Path, go: Go) -> None:
    def look(_status: int, _left: int, _pages: int) -> None:
        if not go():
            raise _LeftOffError

    part.unlink(missing_ok=True)
    with closing(open_record(source)) as record, closing(sqlite3.connect(part)) as copy:
        record.execute("BEGIN")  # one moment of the record: without it each commit would start the copy anew
        record.execute("SELECT count(*) FROM record")
        record.backup(copy, pages=PAGES, progress=look)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _look_through(part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        msg = f"The copy of the record is not whole ({found}); the older copy was left in its place."
        raise RecordError(msg)


def _into_place(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)

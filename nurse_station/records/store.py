"""The record's file, open for writing. Writes rows in one transaction, or says in a sentence why not.

Never creates a second record where one has gone: a folder that was unplugged is waited for.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from nurse_station.records.migrations import migrate, steps
from nurse_station.records.rows import Catalogue, Row
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.wave_rows import WaveKind

BUSY_S = 0.25
"""How long a write waits for another program that holds the record."""

_SENTENCES = {
    "SQLITE_FULL": "The disk is full",
    "SQLITE_BUSY": "Another program holds the record",
    "SQLITE_LOCKED": "Another program holds the record",
    "SQLITE_READONLY": "The record's folder can only be read",
    "SQLITE_CANTOPEN": "The record's file cannot be opened",
    "SQLITE_CORRUPT": "The record's file is damaged",
    "SQLITE_NOTADB": "The record's file is not a record",
}


def sentence(error: sqlite3.Error | OSError, place: Path) -> str:
    """What went wrong and where, for a person."""
    if isinstance(error, OSError):
        return f"The record cannot be reached: {error.strerror or error} ({place})."
    name = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])
    words = _SENTENCES.get(family, f"The record cannot be written: {error} [{name or 'no code'}]")
    return f"{words} ({place})."


class RecordStore:
    """One connection to the record. Only the thread that opened it may use it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD_FILE
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._uuid: str | None = None
        self.refused_rows = 0

    def open(self) -> None:
        """Create the record or bring it to the present form. Raises RecordError."""
        with self._trouble_said():
            self._connect()

    def write(self, groups: Sequence[Sequence[Row]]) -> list[int]:
        """Insert all rows in one transaction, on the disk when it returns.

        Returns:
            The id of each row of the first group.

        Raises:
            RecordError: Nothing was written. The next call tries again from the opening on.
        """
        with self._trouble_said():
            return self._commit(self._ready(), groups)

    def size(self) -> int:
        """Bytes of the record, with what is still in its write-ahead log. Raises RecordError."""
        with self._trouble_said():
            connection = self._ready()
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            return int(pages * connection.execute("PRAGMA page_size").fetchone()[0])

    def catalogue(self) -> Catalogue:
        """The layouts and wave kinds that the record knows already. Raises RecordError."""
        with self._trouble_said():
            connection = self._ready()
            layouts = {text: number for number, text in connection.execute("SELECT id, columns FROM layouts")}
            kinds = {
                WaveKind(wave=wave, unit=unit, rate_hz=rate, resolution=resolution, source=source): number
                for number, wave, unit, rate, resolution, source in connection.execute(
                    "SELECT id, wave, unit, rate_hz, resolution, source FROM wave_kinds"
                )
            }
            return Catalogue(layouts, kinds)

    def sessions(self) -> dict[str, int]:
        """Name -> number of every session. Raises RecordError."""
        with self._trouble_said():
            return dict(self._ready().execute("SELECT name, id FROM sessions").fetchall())

    def tidy(self) -> None:
        """Bring the write-ahead log into the record's file, as far as no reader is in the way."""
        if self._connection is not None:
            with suppress(sqlite3.Error):  # the log stays beside the record, whole and read by all
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connection; without effect when there is none."""
        if self._connection is not None:
            with suppress(sqlite3.Error):  # what was committed is on the disk already
                self._connection.close()
            self._connection = None

    @contextmanager
    def _trouble_said(self) -> Iterator[None]:
        """Whatever fails closes the connection: the next call starts from the opening."""
        try:
            yield
        except RecordError:
            self.close()
            raise
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise RecordError(sentence(error, self._path)) from error

    def _ready(self) -> sqlite3.Connection:
        """The connection, to the file that was opened: SQLite would write on into one that is gone."""
        found = os.stat(self._path)
        if self._connection is None or (found.st_dev, found.st_ino) != self._file:
            self.close()
            self._connect()
        assert self._connection is not None
        return self._connection

    def _connect(self) -> None:
        connection = sqlite3.connect(self._path, timeout=BUSY_S, isolation_level=None)
        self._connection = connection
        self._prepare(connection)
        migrate(connection, steps())
        self._recognise(connection)
        found = os.stat(self._path)
        self._file = found.st_dev, found.st_ino

    def _prepare(self, connection: sqlite3.Connection) -> None:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            msg = f"The folder {self._path.parent} cannot hold a record; choose one on a local disk."
            raise RecordError(msg)
        # FULL: a committed second survives the power going. It costs 0.2 % of a core for 16 beds.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_size_limit = 16777216")

    def _recognise(self, connection: sqlite3.Connection) -> None:
        (uuid,) = connection.execute("SELECT uuid FROM record").fetchone()
        if self._uuid not in (None, uuid):
            msg = f"Another record lies in the place of this one ({self._path})."
            raise RecordError(msg)
        self._uuid = uuid

    def _commit(self, connection: sqlite3.Connection, groups: Sequence[Sequence[Row]]) -> list[int]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            ids = [[self._insert(connection, row) for row in group] for group in groups]
            connection.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                connection.execute("ROLLBACK")
            raise
        return ids[0]

    def _insert(self, connection: sqlite3.Connection, row: Row) -> int:
        try:
            return connection.execute(*row).lastrowid or 0
        except sqlite3.IntegrityError:
            # A fault of ours in one row must not hold up all that comes after it.
            self.refused_rows += 1
            return 0

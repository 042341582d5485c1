"""The record's file, open for writing. Writes rows in one transaction, or says in a sentence why not.

Never creates a second record where one has gone: a folder that was unplugged is waited for.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

from nurse_station.records import chain
from nurse_station.records.chain import Head
from nurse_station.records.migrations import migrate, steps, version
from nurse_station.records.rows import CHAIN, CHECKPOINT, JOURNAL, KEY, VITALS, Catalogue, Row
from nurse_station.records.seals import SEAL, digest_of_seals, new_seal
from nurse_station.records.signing import Signer
from nurse_station.records.state import RECORD_FILE, RecordError, WrongKindError
from nurse_station.records.wave_rows import WaveKind

T = TypeVar("T")

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

    def __init__(self, folder: Path, *, practice: bool | None = None) -> None:
        """The record in `folder`, of practice or of patients; None: whichever it is, and patients if new."""
        self._path = folder / RECORD_FILE
        self._practice = practice
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._uuid: str | None = None
        self._head = Head(number=0, link=b"")
        self._unsealed: set[int] = set()
        self.refused_rows = 0

    def open(self) -> None:
        """Create the record or bring it to the present form. Raises RecordError, WrongKindError."""
        with self._trouble_said():
            self._connect()

    def write(self, groups: Sequence[Sequence[Row]]) -> list[int]:
        """Insert all rows in one transaction, on the disk when it returns.

        Returns:
            The id of each row of the first group.

        Raises:
            RecordError: Nothing was written. The next call tries again from the opening on.
        """

        def insert_all(connection: sqlite3.Connection) -> list[int]:
            return [[self.insert(connection, row) for row in group] for group in groups][0]

        return self.transact(insert_all)

    def transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do all of `work` in one transaction, on the disk when it returns; or nothing of it.

        Raises:
            RecordError: Nothing was written. The next call tries again from the opening on.
        """
        with self._trouble_said():
            return self._commit(self._ready(), work)

    def seal(self, signer: Signer, wall_us: int) -> int:
        """Sign the chain's end as it is now, and a seal over all vitals since; on the disk when it returns.

        Returns:
            Id of the last entry that is under a signature now; 0: there is none yet.

        Raises:
            RecordError: Nothing was written.
        """
        with self._trouble_said():
            self._unsealed -= self._commit(self._ready(), lambda record: self._sign(record, signer, wall_us))
            return self._head.number

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
        if self._uuid is not None and version(connection) == 0:
            self._refuse_stranger()
        self._prepare(connection)
        migrate(connection, steps(), practice=bool(self._practice))
        self._recognise(connection)
        self._refuse_other_kind(connection)
        self._head = _head(connection)
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
            self._refuse_stranger()
        self._uuid = uuid

    def _refuse_other_kind(self, connection: sqlite3.Connection) -> None:
        practice = is_practice(connection)
        if self._practice not in (None, practice):
            own, other = ("practice", "patients") if practice else ("patients", "simulations")
            msg = (f"The record in {self._path.parent} is of {own}; {other} are kept apart from it. "
                   "Choose another data directory.")  # fmt: skip
            raise WrongKindError(msg)

    def _refuse_stranger(self) -> NoReturn:
        msg = f"Another record lies in the place of this one ({self._path})."
        raise RecordError(msg)

    def _commit(self, connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        before = self._head
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = work(connection)
            connection.execute("COMMIT")
        except (sqlite3.Error, RecordError):
            self._head = before
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                connection.execute("ROLLBACK")
            raise
        return done

    def _sign(self, connection: sqlite3.Connection, signer: Signer, wall_us: int) -> set[int]:
        """Insert a checkpoint. Returns the sessions of which nothing is left to be sealed."""
        number = _first(connection, "SELECT coalesce(max(id), 0) + 1 FROM checkpoints")
        key = _first(connection, "SELECT id FROM keys WHERE public = ?", signer.public)
        if not key:
            key = _first(connection, "SELECT coalesce(max(id), 0) + 1 FROM keys")
            connection.execute(KEY, (key, signer.public))
        done = self._seal_vitals(connection, number)
        sealed, head = digest_of_seals(connection, number), self._head
        said = chain.statement(self._uuid or "", number, head, wall_us, sealed)
        connection.execute(
            CHECKPOINT, (number, wall_us, head.number, head.link, key, signer.sign(said), sealed)
        )
        return done

    def _seal_vitals(self, connection: sqlite3.Connection, checkpoint: int) -> set[int]:
        """Seal what was written of each session since its seal before."""
        done: set[int] = set()
        for session in sorted(self._unsealed):
            seal = new_seal(connection, session)
            if seal is not None:
                spans, digest, _ = seal
                connection.execute(SEAL, (None, checkpoint, session, spans, digest))
            if seal is None or not seal[2]:
                done.add(session)
        return done

    def insert(self, connection: sqlite3.Connection, row: Row) -> int:
        """Insert a row within `transact`; a journal entry is chained. Returns its id, 0: it was refused."""
        try:
            if row[0] == JOURNAL:
                return self._chain_on(connection, row[1])
            if row[0] in VITALS:
                self._unsealed.add(int(str(row[1][0])))
            return connection.execute(*row).lastrowid or 0
        except (sqlite3.IntegrityError, OverflowError, ValueError):
            # A fault of ours in one row must not hold up all that comes after it.
            self.refused_rows += 1
            return 0

    def _chain_on(self, connection: sqlite3.Connection, values: Sequence[object]) -> int:
        """Insert a journal entry under the next number, and bind it to the one before."""
        number = self._head.number + 1
        entry = (number, *values[1:])
        digest = chain.entry_digest(entry)
        connection.execute(JOURNAL, entry)
        link = chain.link(self._head.link, digest)
        connection.execute(CHAIN, (number, digest, link))
        self._head = Head(number=number, link=link)
        return number


def is_practice(connection: sqlite3.Connection) -> bool:
    """Whether the record is of practice; else it is of patients."""
    return bool(connection.execute("SELECT practice FROM kind").fetchone()[0])


def _first(connection: sqlite3.Connection, sql: str, *values: object) -> int:
    """The one number that a query gives; 0: it gives none."""
    found = connection.execute(sql, values).fetchone()
    return int(found[0]) if found else 0


def _head(connection: sqlite3.Connection) -> Head:
    """Where the next entry is to be bound. Past every number that was ever used, though entries be gone:
    whoever verifies must see the gap."""
    number = max(
        _first(connection, f"SELECT coalesce(max({column}), 0) FROM {table}")
        for table, column in (("journal", "id"), ("chain", "id"), ("checkpoints", "last"))
    )
    last = connection.execute("SELECT link FROM chain ORDER BY id DESC LIMIT 1").fetchone()
    if last is not None:
        return Head(number=number, link=bytes(last[0]))
    uuid, later = connection.execute("SELECT r.uuid, s.chained_later FROM record r, chain_start s").fetchone()
    return Head(number=number, link=chain.genesis(uuid, later))

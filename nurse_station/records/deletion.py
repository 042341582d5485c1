"""Takes one session out of the record for good, and says so in the record. Refuses what is still to be kept.

What is deleted: the session's vitals, waves, conditions, frames and journal entries, and the files with its
raw bytes. What stays: its row (name, bed, beginning), the digests of its entries in the chain, a tombstone,
and an entry of the room with who, why, how many rows, and the SHA-256 of all of them, so that a copy found
later can be recognised.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nurse_station.records import chain, seals
from nurse_station.records.lock import DirectoryLock
from nurse_station.records.reader import RecordReader, SessionSummary
from nurse_station.records.rows import JOURNAL, plain
from nurse_station.records.seals import readable
from nurse_station.records.signing import load_signer
from nurse_station.records.state import RecordError
from nurse_station.records.store import RecordStore
from nurse_station.records.words import SESSION_DELETED, microseconds
from nurse_station.vitals.clock import Clock

LINES = "lines"
"""Folder beside the record where the station keeps raw bytes, <session>-<monitor>.line."""
TABLES = ("journal", *seals.TABLES)
TOMBSTONE = "INSERT INTO tombstones VALUES (?, ?, ?, ?)"
YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """What was asked for.

    Attributes:
        session: Its name.
        who, why: Who deletes it, for what reason; neither may be empty.
        keep_years: A patient's session is not deleted earlier than so many years after its end.
    """

    session: str
    who: str
    why: str
    keep_years: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What was done.

    Attributes:
        digest: SHA-256 of all rows, hexadecimal.
        rows: How many there were of each table.
        files: How many files of raw bytes went.
        left: Files that could not be deleted, with the reason; empty: none.
    """

    digest: str
    rows: dict[str, int]
    files: int
    left: tuple[str, ...]


def deletable(sessions: Iterable[SessionSummary], keep_years: float, clock: Clock) -> list[SessionSummary]:
    """Those that need not be kept any longer: ended, and long enough ago, or simulated."""
    return [session for session in sessions if not _held(session, keep_years, clock)]


def delete_session(folder: Path, asked: Deletion, clock: Clock) -> Deleted:
    """Delete a session. Copies of the record elsewhere keep it.

    Raises:
        RecordError: It is not there, runs, is still to be kept, or a station is open on the record.
    """
    if not asked.who.strip() or not asked.why.strip():
        msg = "A deletion needs a name and a reason."
        raise RecordError(msg)
    _may_go(folder, asked, clock)
    lock, store = DirectoryLock(folder), RecordStore(folder)
    lock.acquire()
    try:
        store.open()
        tapes = sorted((folder / LINES).glob(f"{asked.session}-*.line*"))  # compressed ones too
        digests = {tape.name: _sha256(tape) for tape in tapes}
        digest, rows = store.transact(lambda record: _delete(store, record, asked, clock, digests))
        with suppress(RecordError):  # without a key the chain holds all the same
            store.seal(load_signer(folder), microseconds(clock.wall()))
        store.tidy()
    except OSError as error:
        msg = f"A file of raw bytes cannot be read ({error.strerror}); nothing was deleted."
        raise RecordError(msg) from error
    finally:
        store.close()
        lock.release()
    left = tuple(filter(None, map(_unlinked, tapes)))
    return Deleted(digest=digest, rows=rows, files=len(tapes) - len(left), left=left)


def _sha256(tape: Path) -> str:
    with tape.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unlinked(tape: Path) -> str:
    """Delete a file. Returns why it could not be deleted, or nothing."""
    try:
        tape.unlink()
    except OSError as error:
        return f"{tape} ({error.strerror})"
    return ""


def _may_go(folder: Path, asked: Deletion, clock: Clock) -> None:
    with RecordReader(folder) as reader:
        reader.journal(asked.session)  # says in words if it is not there, or no longer
        session = next(each for each in reader.sessions() if each.name == asked.session)
    held = _held(session, asked.keep_years, clock)
    if held:
        raise RecordError(held)


def _held(session: SessionSummary, keep_years: float, clock: Clock) -> str:
    """Why a session is still to be kept, one sentence; empty: it may go."""
    if session.ended is None:
        return f"The session {session.name} was not ended: end it first."
    until = session.ended + keep_years * YEAR
    if session.simulated or clock.wall() >= until:
        return ""
    return f"The session {session.name} is to be kept until {until:%Y-%m-%d} (keep_years in the settings)."


def _delete(
    store: RecordStore, connection: sqlite3.Connection, asked: Deletion, clock: Clock, tapes: dict[str, str]
) -> tuple[str, dict[str, int]]:
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only let go
    number, uuid = connection.execute(
        "SELECT id, uuid FROM sessions WHERE name = ?", (asked.session,)
    ).fetchone()
    entries = [row[0] for row in connection.execute("SELECT id FROM journal WHERE session = ?", (number,))]
    digest, rows = digest_of(connection, number)
    body = {
        "session": asked.session, "uuid": uuid, "digest": digest.hex(), "rows": rows,
        "entries": spans(entries), "lines": tapes,
    }  # fmt: skip
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    when = (microseconds(clock.wall()), float(clock.now()))
    said = (JOURNAL, (None, None, *when, plain(asked.who), SESSION_DELETED, text, None, plain(asked.why)))
    entry = store.insert(connection, said)
    if not store.insert(connection, (TOMBSTONE, (number, entry, when[0], digest))) or not entry:
        msg = f"The session {asked.session} could not be deleted: its tombstone was refused."
        raise RecordError(msg)
    for table in TABLES:
        connection.execute(f"DELETE FROM {table} WHERE session = ?", (number,))
    return digest.hex(), rows


def digest_of(connection: sqlite3.Connection, session: int) -> tuple[bytes, dict[str, int]]:
    """SHA-256 of all rows of a session as canonical JSON (bytes as hexadecimal), table by table, by id."""
    whole, counts = hashlib.sha256(), {}
    for table in TABLES:
        counts[table] = 0
        for row in connection.execute(f"SELECT * FROM {table} WHERE session = ? ORDER BY id", (session,)):
            whole.update(chain.canonical((table, *map(readable, row))))
            counts[table] += 1
    return whole.digest(), counts


def spans(numbers: Sequence[int]) -> list[list[int]]:
    """First and last of each run of consecutive numbers, ascending."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found

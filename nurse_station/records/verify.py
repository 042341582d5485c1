"""Whether the record is as it was written: walks the chain and its signatures. Repairs nothing."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nurse_station.records import chain
from nurse_station.records.chain import Head
from nurse_station.records.reader import RecordReader, open_record
from nurse_station.records.seals import first_broken_seal
from nurse_station.records.signing import signed_by
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.store import sentence
from nurse_station.records.words import SESSION_DELETED

CHUNK = 500
_ENTRY = ", ".join(f"j.{name}" for name in chain.COLUMNS.split(", "))
_WALK = f"""
SELECT c.id, c.digest, c.link, j.id IS NOT NULL, {_ENTRY}
FROM chain c LEFT JOIN journal j ON j.id = c.id WHERE c.id > ? ORDER BY c.id LIMIT {CHUNK}
"""
_UNCHAINED = "SELECT min(id) FROM journal WHERE id NOT IN (SELECT id FROM chain)"
_SIGNED = """
SELECT p.id, p.wall_us, p.last, p.link, k.public, p.signature, p.seals
FROM checkpoints p LEFT JOIN keys k ON k.id = p.key ORDER BY p.id
"""
_TEXTS = (4, 5, 6, 8)
Go = Callable[[], bool]
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a walk over the chain found.

    Attributes:
        trouble: The first row that is wrong, one sentence; empty: nothing is wrong.
        row: The journal entry it is about; None: it is about none.
        entries: Entries walked, those of deleted sessions among them.
        deleted: Entries that went with a session deleted in words.
        checkpoints: Signatures that hold.
        sealed: Id of the last entry under a signature; what came after could be cut off unseen.
        chained_later: Entries up to this id are older than the chain.
        publics: Keys that signed.
    """

    trouble: str = ""
    row: int | None = None
    entries: int = 0
    deleted: int = 0
    checkpoints: int = 0
    sealed: int = 0
    chained_later: int = 0
    publics: frozenset[bytes] = frozenset()


class _WrongError(Exception):
    """The first row that is wrong."""

    def __init__(self, trouble: str, row: int | None = None) -> None:
        super().__init__(trouble)
        self.row = row


@dataclass(slots=True)
class _Walk:
    """How far a walk has come."""

    entries: int = 0
    deleted: int = 0
    checkpoints: int = 0
    sealed: int = 0
    chained_later: int = 0
    publics: set[bytes] = field(default_factory=set)
    links: dict[int, bytes] = field(default_factory=dict)

    def verdict(self, trouble: str = "", row: int | None = None) -> Verdict:
        return Verdict(
            trouble=trouble, row=row, entries=self.entries, deleted=self.deleted,
            checkpoints=self.checkpoints, sealed=self.sealed, chained_later=self.chained_later,
            publics=frozenset(self.publics),
        )  # fmt: skip


def verify(folder: Path, go: Go = lambda: True) -> Verdict:
    """Walk the whole chain of the record in `folder`.

    Args:
        folder: The data directory.
        go: Asked after every few hundred entries; False: leave off, with what was found so far.

    Raises:
        RecordError: The record cannot be read.
    """
    path = folder / RECORD_FILE
    if not path.exists():
        msg = f"There is no record in {folder}."
        raise RecordError(msg)
    try:
        connection = open_record(path)
        try:
            return verify_connection(connection, go)
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        raise RecordError(sentence(error, path)) from error


def verify_vitals(folder: Path, session: str) -> tuple[str, int]:
    """Whether what the monitors of a session said is as it was sealed; `verify` sees to the signatures.

    Returns:
        What the first seal that does not hold covers, one sentence (empty: all hold), and how many hold.

    Raises:
        RecordError: The record cannot be read, or has no such session.
    """
    with RecordReader(folder) as reader:
        number = reader.number(session)
    try:
        connection = open_record(folder / RECORD_FILE)
        # A changed bit may leave no UTF-8: then the digest differs, and that is the finding.
        connection.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
        try:
            return first_broken_seal(connection, number)
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        raise RecordError(sentence(error, folder / RECORD_FILE)) from error


def verify_connection(connection: sqlite3.Connection, go: Go = lambda: True) -> Verdict:
    """The same for an open record. Raises sqlite3.Error where the file itself is damaged."""
    connection.execute("BEGIN")  # one moment of the record, though it is being written
    connection.text_factory = bytes  # a changed bit may leave no UTF-8: that is a finding, not an accident
    walk = _Walk()
    try:
        _walk_all(connection, walk, go)
    except _WrongError as wrong:
        return walk.verdict(str(wrong), wrong.row)
    finally:
        connection.execute("ROLLBACK")
    return walk.verdict()


def _walk_all(connection: sqlite3.Connection, walk: _Walk, go: Go) -> None:
    head = _start(connection, walk)
    gone = _deleted_entries(connection)
    wanted = {last for (last,) in connection.execute("SELECT last FROM checkpoints")}
    walk.links = {head.number: head.link}
    for rows in _chunks(connection):
        for row in rows:
            head = _step(head, row, gone, walk)
            if head.number in wanted:
                walk.links[head.number] = head.link
        if not go():
            return
    _nothing_beside(connection, head)
    _signatures(connection, walk, head)
    _sessions_as_told(connection)


def _start(connection: sqlite3.Connection, walk: _Walk) -> Head:
    found = connection.execute("SELECT r.uuid, s.chained_later FROM record r, chain_start s").fetchall()
    uuid = _text(found[0][0]) if len(found) == 1 else None
    if uuid is None:
        msg = "The chain has lost its beginning: the rows record and chain_start are not as they were made."
        raise _WrongError(msg)
    walk.chained_later = found[0][1]
    return Head(number=0, link=chain.genesis(uuid, found[0][1]))


def _chunks(connection: sqlite3.Connection) -> Iterator[list[tuple[object, ...]]]:
    last: object = -(2**63)
    while rows := connection.execute(_WALK, (last,)).fetchall():
        yield rows
        last = rows[-1][0]


def _step(head: Head, row: Sequence[object], gone: Spans, walk: _Walk) -> Head:
    """One entry further. Raises _WrongError for an entry that is not the one that was written."""
    number, digest, link, there, *entry = row
    expected = head.number + 1
    if number != expected:
        raise _WrongError(f"Entry {expected} of the journal is gone.", expected)
    if there:
        if _digest(entry) != digest:
            raise _WrongError(f"Entry {expected} of the journal was changed.", expected)
    elif not any(first <= expected <= last for first, last in gone):
        raise _WrongError(f"Entry {expected} of the journal is gone.", expected)
    else:
        walk.deleted += 1
    if not isinstance(digest, bytes) or chain.link(head.link, digest) != link:
        raise _WrongError(f"Entry {expected} of the journal does not follow from the one before.", expected)
    walk.entries += 1
    return Head(number=expected, link=link)


def _digest(entry: Sequence[object]) -> bytes | None:
    """An entry's digest; None: its columns are not what a station writes."""
    texts = [_text(each) if place in _TEXTS else each for place, each in enumerate(entry)]
    try:
        return chain.entry_digest(texts)
    except (TypeError, ValueError):
        return None


def _text(stored: object) -> str | None:
    try:
        return stored.decode("utf-8") if isinstance(stored, bytes) else None
    except UnicodeDecodeError:
        return None


def _deleted_entries(connection: sqlite3.Connection) -> Spans:
    """First and last of the entries of deleted sessions; the entries that say so are in the chain."""
    gone: list[tuple[int, int]] = []
    for (body,) in connection.execute("SELECT body FROM journal WHERE kind = ?", (SESSION_DELETED,)):
        try:
            gone += [(int(first), int(last)) for first, last in json.loads(body)["entries"]]
        except (ValueError, TypeError, KeyError):  # then the walk finds the entry that was changed
            continue
    return gone


def _nothing_beside(connection: sqlite3.Connection, head: Head) -> None:
    """Entries past the chain's end, or under no number of it, were put in by another hand."""
    (number,) = connection.execute(_UNCHAINED).fetchone()
    if number is not None:
        raise _WrongError(f"Entry {number} of the journal is not in the chain.", number)
    (last,) = connection.execute("SELECT max(last) FROM checkpoints").fetchone()
    if last is not None and last > head.number:
        msg = f"The journal's end is gone: entry {last} was signed, the last one there is {head.number}."
        raise _WrongError(msg, head.number + 1)


def _signatures(connection: sqlite3.Connection, walk: _Walk, head: Head) -> None:
    uuid = _text(connection.execute("SELECT uuid FROM record").fetchone()[0]) or ""
    signed = connection.execute(_SIGNED)
    for expected, (number, wall_us, last, link, public, signature, seals) in enumerate(signed, start=1):
        if number != expected:
            raise _WrongError(f"Checkpoint {expected} is gone.")
        if walk.links.get(last) != link:
            raise _WrongError(f"Checkpoint {number} does not fit entry {last} of the journal.", last)
        whole = isinstance(wall_us, int) and isinstance(public, bytes) and isinstance(seals, bytes | None)
        if not whole:
            raise _WrongError(f"Checkpoint {number} was changed.", last)
        said = chain.statement(uuid, number, Head(number=last, link=link), wall_us, seals)
        if not signed_by(public, signature, said):
            raise _WrongError(f"The signature of checkpoint {number} is not of its key.", last)
        walk.checkpoints, walk.sealed = number, last
        walk.publics.add(public)


def _sessions_as_told(connection: sqlite3.Connection) -> None:
    """A session's row says what its first entry, which is in the chain, says."""
    rows = connection.execute(
        "SELECT s.name, s.uuid, s.bed, s.bed_name, s.simulated, j.body, j.id FROM sessions s"
        " JOIN journal j ON j.session = s.id AND j.kind = 'session_started' ORDER BY s.id"
    )
    for name, uuid, bed, bed_name, simulated, body, number in rows:
        told = json.loads(body)
        row = {"name": _text(name), "uuid": _text(uuid), "bed": _text(bed), "bed_name": _text(bed_name),
               "simulated": bool(simulated)}  # fmt: skip
        differs = [word for word, value in row.items() if word in told and told[word] != value]
        if differs:
            msg = f"Session {row['name']} is not what entry {number} began: its {differs[0]} was changed."
            raise _WrongError(msg, number)

"""Where a session's last entry stands in the record's chain. Reads; judging is `nurse-station verify`."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from nurse_station.records.reader import open_record
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.store import sentence

_LAST = """
SELECT c.id, c.link FROM chain c JOIN journal j ON j.id = c.id JOIN sessions s ON s.id = j.session
WHERE s.name = ? ORDER BY c.id DESC LIMIT 1
"""
_SEALED = "SELECT 1 FROM checkpoints WHERE last >= ? LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """The end of a session's chain.

    Attributes:
        entry: Number of its last entry.
        link: SHA-256 that binds it to every entry before, hexadecimal.
        signed: A signed checkpoint covers it.
    """

    entry: int
    link: str
    signed: bool


def chain_end(folder: Path, session: str) -> ChainEnd | None:
    """Of a session of the record in `folder`; None: it is not chained. Raises RecordError."""
    path = folder / RECORD_FILE
    try:
        connection = open_record(path)
        try:
            return _found(connection, session)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise RecordError(sentence(error, path)) from error


def _found(connection: sqlite3.Connection, session: str) -> ChainEnd | None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"chain", "checkpoints"} <= tables:
        return None
    row = connection.execute(_LAST, (session,)).fetchone()
    if row is None:
        return None
    signed = connection.execute(_SEALED, (row[0],)).fetchone() is not None
    return ChainEnd(entry=row[0], link=bytes(row[1]).hex(), signed=signed)

"""Seals over what the monitors said: digests of a session's rows, made at each signature and checked later.

A seal covers, of each table of vitals, the session's rows after the last one that its seal before covers.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping

from nurse_station.records import chain

TABLES = ("numerics", "waves", "conditions", "lines", "refused_frames")
MOST_ROWS = 5000
"""Of one table in one seal: catching up after a failing disk must not hold the writing up."""

SEAL = "INSERT INTO seals VALUES (?, ?, ?, ?, ?)"
Spans = dict[str, list[int]]


def new_seal(connection: sqlite3.Connection, session: int) -> tuple[str, bytes, bool] | None:
    """Spans (JSON), digest, and whether more is left for the next one; None: there is nothing to seal."""
    before, spans = _sealed(connection, session), Spans()
    for table in TABLES:
        after = before.get(table, 0)
        last, count = connection.execute(
            f"SELECT max(id), count(*) FROM (SELECT id FROM {table} WHERE session = ? AND id > ?"
            f" ORDER BY id LIMIT {MOST_ROWS})",
            (session, after),
        ).fetchone()
        if count:
            spans[table] = [after, last, count]
    if not spans:
        return None
    left = any(count == MOST_ROWS for _, _, count in spans.values())
    return json.dumps(spans, sort_keys=True), digest_of(connection, session, spans), left


def digest_of(connection: sqlite3.Connection, session: int, spans: Mapping[str, list[int]]) -> bytes:
    """SHA-256 of the rows of the spans as canonical JSON, bytes as hexadecimal."""
    whole = hashlib.sha256()
    for table, (after, last, _) in sorted(spans.items()):
        if table not in TABLES:
            continue
        sql = f"SELECT * FROM {table} WHERE session = ? AND id > ? AND id <= ? ORDER BY id"
        for row in connection.execute(sql, (session, after, last)):
            whole.update(chain.canonical((table, *map(readable, row))))
    return whole.digest()


def digest_of_seals(connection: sqlite3.Connection, checkpoint: int) -> bytes:
    """What the checkpoint signs of its seals."""
    sql = "SELECT id, session, spans, digest FROM seals WHERE checkpoint = ? ORDER BY id"
    rows = [list(map(readable, row)) for row in connection.execute(sql, (checkpoint,))]
    return hashlib.sha256(chain.canonical(rows)).digest()


def readable(value: object) -> object:
    """A stored value as canonical JSON has it."""
    return value.hex() if isinstance(value, bytes) else value


def first_broken_seal(connection: sqlite3.Connection, session: int) -> tuple[str, int]:
    """Whether a session's vitals are as they were sealed. The checkpoints' signatures are not looked at here.

    Returns:
        What the first seal that does not hold covers, one sentence (empty: all hold), and how many hold.
    """
    ends: dict[str, int] = {}
    held = 0
    sql = "SELECT s.id, s.checkpoint, s.spans, s.digest, p.seals FROM seals s LEFT JOIN checkpoints p"
    for number, checkpoint, text, digest, signed in connection.execute(
        f"{sql} ON p.id = s.checkpoint WHERE s.session = ? ORDER BY s.id", (session,)
    ).fetchall():
        if digest_of_seals(connection, checkpoint) != signed:
            return f"Seal {number} is not the one that checkpoint {checkpoint} signed.", held
        spans: Spans = json.loads(text)
        if any(after != ends.get(table, 0) for table, (after, _, _) in spans.items()):
            return f"A seal before seal {number} is gone.", held
        if digest_of(connection, session, spans) != digest:
            rows = ", ".join(f"{table} {after + 1} to {last}" for table, (after, last, _) in spans.items())
            return (
                f"Seal {number} is broken: of its rows ({rows}) one was changed, put in or taken out.",
                held,
            )
        ends |= {table: last for table, (_, last, _) in spans.items()}
        held += 1
    return "", held


def _sealed(connection: sqlite3.Connection, session: int) -> dict[str, int]:
    """Table -> id of the last row that is under a seal."""
    found: dict[str, int] = {}
    for (text,) in connection.execute("SELECT spans FROM seals WHERE session = ? ORDER BY id", (session,)):
        found |= {table: last for table, (_, last, _) in json.loads(text).items()}
    return found

"""The steps that bring a record to the form this program knows. Refuses a record that is newer.

A step is a plain SQL file, `schema/NNNN_words.sql`, numbered from 1 without a gap, and never edited once
released. It runs in one transaction with its own version number (`PRAGMA user_version`), so that a
record is always exactly one version. A step may call `entry_digest` and `chain_link` (chain.py), and
`for_practice`: whether a record that holds nothing yet is to be one of practice.
"""

import sqlite3
from collections.abc import Sequence
from importlib.resources import files

from nurse_station.records import chain
from nurse_station.records.state import RecordError


def steps() -> tuple[str, ...]:
    """The SQL of every step, in order; step 1 comes first."""
    folder = files("nurse_station.records") / "schema"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)
    return tuple(entry.read_text(encoding="utf-8") for entry in found)


def version(connection: sqlite3.Connection) -> int:
    """The version that the record is at; 0: an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, script: Sequence[str], *, practice: bool = False) -> None:
    """Bring the record from its version to the last of `script`.

    Args:
        connection: To the record.
        script: The SQL of every step, in order.
        practice: A record that is new is one of practice.

    Raises:
        RecordError: The record is newer than the script.
        sqlite3.Error: A step failed; the record stays as the step before left it.
    """
    at = version(connection)
    if at > len(script):
        msg = (
            f"The record was written by a newer nurse station (form {at}; this one knows up to "
            f"{len(script)}). Install the newer program; this one can only read it."
        )
        raise RecordError(msg)
    if at < len(script):
        _lend_functions(connection)
        connection.create_function("for_practice", 0, lambda: practice)
    for number, sql in enumerate(script[at:], start=at + 1):
        _take(connection, number, sql)


def _lend_functions(connection: sqlite3.Connection) -> None:
    """What the steps call: the chain of the entries that were written before there was one."""
    old = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name = 'journal'")}
    last = connection.execute("SELECT max(id) FROM journal").fetchone()[0] if old else None
    uuid = connection.execute("SELECT uuid FROM record").fetchone()[0] if old else ""
    digest, link = chain.running(chain.genesis(uuid, last or 0))
    connection.create_function("entry_digest", 9, digest, deterministic=True)
    connection.create_function("chain_link", 1, link)


def _take(connection: sqlite3.Connection, number: int, sql: str) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        if version(connection) < number:  # else another program took the step in this very moment
            raise

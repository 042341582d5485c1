"""The record's form: every step from every version, nothing ever changed, a newer one refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from nurse_station.records.migrations import migrate, steps, version
from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.store import is_practice
from nurse_station.records.verify import verify_connection
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock

LATEST = len(steps())
KIND_STEP = 5
ROWS = {
    "record": "SELECT 1",
    "sessions": "INSERT INTO sessions VALUES (1, '2026-01-05-001', 'u', 'chair-1', 'One', 0, 0.0, 0, '0')",
    "journal": "INSERT INTO journal VALUES (1, 1, 0, 0.0, 'nurse', 'note', '{}', NULL, '')",
    "layouts": "INSERT INTO layouts VALUES (1, '[]')",
    "numerics": "INSERT INTO numerics VALUES (1, 1, 0, 0.0, NULL, 1, x'00', NULL)",
    "wave_kinds": "INSERT INTO wave_kinds VALUES (1, 'ecg1', 'mV', 300, 0.001, 'ge-s5-dri')",
    "waves": "INSERT INTO waves VALUES (1, 1, 0, 0.0, x'00')",
    "conditions": "INSERT INTO conditions VALUES (1, 1, 0, 0.0, 'ge-s5-dri', 'leads_off', 1, '')",
    "kind": "SELECT 1",
    "lines": "INSERT INTO lines VALUES (1, 1, 0, 0.0, 1, 1, '{}', 0)",
    "tombstones": "INSERT INTO tombstones VALUES (9, 1, 0, zeroblob(32))",
    "chain_start": "SELECT 1",
    "chain": "INSERT INTO chain VALUES (1, zeroblob(32), zeroblob(32))",
    "keys": "INSERT INTO keys VALUES (1, zeroblob(32))",
    "checkpoints": "INSERT INTO checkpoints VALUES (1, 0, 1, x'00', 1, x'00', NULL)",
    "seals": "INSERT INTO seals VALUES (1, 1, 1, '{}', zeroblob(32))",
    "refused_frames": "INSERT INTO refused_frames VALUES (1, 1, 0, 0.0, 'checksum', 3, x'00')",
}


@contextmanager
def fresh(until: int = LATEST) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, steps()[:until])
        yield connection


@pytest.fixture
def record() -> Iterator[sqlite3.Connection]:
    with fresh() as connection:
        for sql in ROWS.values():
            connection.execute(sql)
        yield connection


def form(connection: sqlite3.Connection) -> list[str]:
    return sorted(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master") if sql)


def test_every_table_is_in_the_tests(record: sqlite3.Connection) -> None:
    tables = {name for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == set(ROWS)


@pytest.mark.parametrize("table", ROWS)
@pytest.mark.hazard("H-11")
def test_a_row_cannot_be_deleted(record: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"append-only: nothing in {table} is deleted"):
        record.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ROWS)
@pytest.mark.hazard("H-11")
def test_no_column_of_a_row_can_be_changed(record: sqlite3.Connection, table: str) -> None:
    for _, column, *_ in record.execute(f"PRAGMA table_info({table})").fetchall():
        with pytest.raises(sqlite3.IntegrityError, match=f"append-only: nothing in {table} is changed"):
            record.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", ROWS)
def test_a_row_cannot_be_replaced(record: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"append-only: nothing in {table} is replaced"):
        record.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_session_of_the_same_name_replaces_nothing(record: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        record.execute(
            "INSERT OR REPLACE INTO sessions VALUES (2, '2026-01-05-001', 'v', 'b', 'B', 0, 0.0, 0, '0')"
        )


@pytest.mark.parametrize("earlier", range(LATEST + 1))
def test_every_earlier_version_becomes_the_present_one(earlier: int) -> None:
    with fresh(earlier) as old, fresh() as new:
        migrate(old, steps())
        assert (version(old), form(old)) == (LATEST, form(new))


OF_A_PATIENT = "INSERT INTO sessions VALUES (7, 's', 'u', 'b', 'B', 0, 0.0, 0, '0')"
SIMULATED = "INSERT INTO sessions VALUES (8, 't', 'v', 'b', 'B', 0, 0.0, 1, '0')"
AN_ENTRY = "INSERT INTO journal VALUES (1, NULL, 0, 0.0, '', 'x', '', NULL, '')"


@pytest.mark.hazard("H-17")
@pytest.mark.parametrize("practice", [False, True])
def test_the_database_itself_refuses_a_session_of_the_other_kind(practice: bool) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as record:
        migrate(record, steps(), practice=practice)
        own, other = (SIMULATED, OF_A_PATIENT) if practice else (OF_A_PATIENT, SIMULATED)
        record.execute(own)
        with pytest.raises(sqlite3.IntegrityError, match="of one kind"):
            record.execute(other)


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize("earlier", range(1, KIND_STEP))
@pytest.mark.parametrize("held", [OF_A_PATIENT, SIMULATED, AN_ENTRY])
def test_whatever_holds_something_from_before_is_of_patients(practice: bool, earlier: int, held: str) -> None:
    with fresh(earlier) as old:
        old.execute(held)
        migrate(old, steps(), practice=practice)
        assert not is_practice(old)


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize("earlier", range(KIND_STEP))
def test_what_holds_nothing_yet_becomes_what_it_was_made_for(practice: bool, earlier: int) -> None:
    with fresh(earlier) as begun:
        migrate(begun, steps(), practice=practice)
        assert is_practice(begun) is practice


@pytest.mark.parametrize("entries", [0, 1, 700])
def test_entries_older_than_the_chain_are_chained_and_marked_as_such(entries: int) -> None:
    with fresh(1) as old:
        old.executemany(
            "INSERT INTO journal VALUES (?, NULL, 7, 0.5, 'Ann', 'note', '{}', NULL, '')",
            [(number,) for number in range(1, entries + 1)],
        )
        migrate(old, steps())
        verdict = verify_connection(old)
    assert (verdict.trouble, verdict.entries, verdict.chained_later) == ("", entries, entries)


def test_a_step_that_fails_leaves_the_record_as_it_was() -> None:
    with fresh() as record:
        before = form(record)
        with pytest.raises(sqlite3.Error):
            migrate(record, (*steps(), "CREATE TABLE half (id); CREATE TABLE half (id);"))
        assert (version(record), form(record)) == (LATEST, before)


def test_a_newer_record_is_refused_for_writing_in_words(tmp_path: Path, clock: ManualClock) -> None:
    make_newer(tmp_path, clock)
    with pytest.raises(RecordError, match="written by a newer nurse station"):
        RecordWriter(tmp_path, clock).start()


def test_a_newer_record_is_read(tmp_path: Path, clock: ManualClock) -> None:
    make_newer(tmp_path, clock)
    with RecordReader(tmp_path) as reader:
        assert len(reader.sessions()) == 1


def test_a_file_that_is_no_record_is_refused_in_words(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / RECORD_FILE).write_bytes(b"something else " * 100)
    with pytest.raises(RecordError, match="is not a record"):
        RecordWriter(tmp_path, clock).start()


def make_newer(folder: Path, clock: ManualClock) -> None:
    writer = RecordWriter(folder, clock)
    writer.start()
    writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.close()
    connection = sqlite3.connect(folder / RECORD_FILE)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()

"""A session goes for good, and only it: the rest of the record stays append-only and whole."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.records.deletion import Deletion, deletable, delete_session, digest_of, spans
from nurse_station.records.reader import RecordReader
from nurse_station.records.signing import key_file
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.verify import verify
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock
from nurse_station.vitals.readings import DeviceCondition, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock
from tests.records.older import begin_beside

SECRET = "Berg, Anna, 070 123 456"


@pytest.fixture
def folder(tmp_path: Path, clock: ManualClock) -> Path:
    """An older record, rows in every table: of a patient, 001, and simulated, 002; a third session runs."""
    writer = RecordWriter(tmp_path / "record", clock)
    writer.start()
    for simulated in (False, True):
        name = begin_beside(writer, tmp_path / "record", simulated=simulated)
        writer.write(name, vitals(), at=clock.now())
        first = writer.journal(name, "note", {"text": SECRET}, "Ann").result(5)
        writer.journal(name, "note", {"text": "corrected"}, "Ann", replaces=first, why="slip")
        writer.flush()
        writer.end_session(name, "Ann").result(5)
    begin_beside(writer, tmp_path / "record", simulated=True)
    writer.close()
    return tmp_path / "record"


def vitals() -> list[Reading | WaveBlock | DeviceCondition | FrameRefused]:
    return [
        Reading(parameter="hr", value=61.0, at=1000.0, source="ge-s5-dri"),
        WaveBlock(wave="ecg1", samples=np.arange(9, dtype=np.float32), rate_hz=300, resolution=1.0, at=1000.0,
                  source="ge-s5-dri"),
        DeviceCondition(key="leads_off", active=True, at=1000.0, source="ge-s5-dri", detail=SECRET),
        FrameRefused(reason="checksum", frame=SECRET.encode(), at=1000.0, size=40),
    ]  # fmt: skip


PATIENT, SIMULATED, RUNNING = "2026-01-05-001", "2026-01-05-002", "2026-01-05-003"


def ask(session: str, keep_years: float = 0.0, who: str = "Ruth", why: str = "the patient asked") -> Deletion:
    return Deletion(session=session, who=who, why=why, keep_years=keep_years)


def rows(folder: Path, session: int) -> dict[str, int]:
    with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
        return digest_of(record, session)[1]


def test_all_of_a_session_goes_and_nothing_else(folder: Path, clock: ManualClock) -> None:
    other = rows(folder, 2)
    done = delete_session(folder, ask(PATIENT), clock)
    assert min(done.rows.values()) > 0
    assert set(rows(folder, 1).values()) == {0}
    assert rows(folder, 2) == other
    with RecordReader(folder) as reader:
        assert [session.name for session in reader.sessions()] == [SIMULATED, RUNNING]


def test_not_a_word_of_it_is_left_in_any_file(folder: Path, clock: ManualClock) -> None:
    delete_session(folder, ask(PATIENT), clock)
    delete_session(folder, ask(SIMULATED), clock)
    assert [path.name for path in folder.iterdir() if SECRET.encode() in path.read_bytes()] == []


def test_the_raw_bytes_of_its_lines_go_and_no_other_s(folder: Path, clock: ManualClock) -> None:
    lines = folder / "lines"
    lines.mkdir()
    mine = [f"{PATIENT}-ge-s5-dri.line", f"{PATIENT}-ge-s5-dri-2.line.gz"]
    others = [f"{SIMULATED}-ge-s5-dri.line", f"{PATIENT}0-ge-s5-dri.line", "notes.txt"]
    for name in (*mine, *others):
        (lines / name).write_bytes(b"abc")
    done = delete_session(folder, ask(PATIENT), clock)
    assert (done.files, done.left) == (2, ())
    assert sorted(path.name for path in lines.iterdir()) == sorted(others)
    with RecordReader(folder) as reader:
        digests = reader.journal(None)[0].body["lines"]
    assert digests == dict.fromkeys(mine, hashlib.sha256(b"abc").hexdigest())


def test_the_chain_holds_over_what_was_deleted(folder: Path, clock: ManualClock) -> None:
    delete_session(folder, ask(PATIENT), clock)
    verdict = verify(folder)
    assert (verdict.trouble, verdict.deleted, verdict.entries) == ("", 4, 10)
    with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
        assert record.execute("PRAGMA foreign_key_check").fetchall() == []
        assert record.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_room_s_journal_says_who_why_and_what(folder: Path, clock: ManualClock) -> None:
    with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
        digest, counts = digest_of(record, 1)
    delete_session(folder, ask(PATIENT), clock)
    with RecordReader(folder) as reader:
        (entry,) = reader.journal(None)
    assert (entry.kind, entry.who, entry.why) == ("session_deleted", "Ruth", "the patient asked")
    assert (entry.body["session"], entry.body["digest"]) == (PATIENT, digest.hex())
    assert (entry.body["rows"], entry.body["entries"]) == (counts, [[1, 4]])
    with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
        assert record.execute("SELECT session, entry, digest FROM tombstones").fetchall() == [
            (1, entry.number, digest)
        ]


def test_what_was_deleted_is_said_in_words_when_asked_for(folder: Path, clock: ManualClock) -> None:
    delete_session(folder, ask(PATIENT), clock)
    with RecordReader(folder) as reader, pytest.raises(RecordError, match="was deleted"):
        reader.journal(PATIENT)
    with pytest.raises(RecordError, match="was deleted"):
        delete_session(folder, ask(PATIENT), clock)


def test_a_deletion_is_signed(folder: Path, clock: ManualClock) -> None:
    delete_session(folder, ask(PATIENT), clock)
    verdict = verify(folder)
    assert verdict.sealed == verdict.entries


def test_without_a_key_it_is_deleted_all_the_same(folder: Path, clock: ManualClock) -> None:
    key_file(folder).write_text("no key")
    delete_session(folder, ask(PATIENT), clock)
    assert verify(folder).trouble == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (ask(PATIENT, keep_years=1), "is to be kept until 2027-01-05"),
        (ask(RUNNING), "was not ended"),
        (ask("2020-01-01-001"), "There is no session"),
        (ask(PATIENT, who=" "), "a name and a reason"),
        (ask(PATIENT, why=""), "a name and a reason"),
    ],
)
def test_what_may_not_go_is_refused_in_words(
    folder: Path, clock: ManualClock, asked: Deletion, words: str
) -> None:
    with pytest.raises(RecordError, match=words):
        delete_session(folder, asked, clock)
    assert min(rows(folder, 1).values()) > 0


def test_nothing_is_deleted_beside_a_station_that_runs(folder: Path, clock: ManualClock) -> None:
    writer = RecordWriter(folder, clock)
    writer.start()
    with pytest.raises(RecordError, match="open in another nurse station"):
        delete_session(folder, ask(PATIENT), clock)
    writer.close()


def test_a_patient_s_session_may_go_when_its_years_are_over(folder: Path, clock: ManualClock) -> None:
    with RecordReader(folder) as reader:
        sessions = reader.sessions()
    assert [each.name for each in deletable(sessions, 10, clock)] == [SIMULATED]
    clock.set_wall(clock.wall() + timedelta(days=3653))
    assert [each.name for each in deletable(sessions, 10, clock)] == [PATIENT, SIMULATED]


def test_the_triggers_hold_for_every_other_row(folder: Path, clock: ManualClock) -> None:
    delete_session(folder, ask(PATIENT), clock)
    with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
        for table in ("numerics", "waves", "conditions", "lines", "refused_frames", "journal"):
            for where in ("session = 2", "session IS NULL OR session = 2"):
                with pytest.raises(sqlite3.IntegrityError, match=f"nothing in {table} is deleted"):
                    record.execute(f"DELETE FROM {table} WHERE {where}")


def test_entries_cut_out_without_a_deletion_in_words_are_found(folder: Path) -> None:
    with closing(sqlite3.connect(folder / RECORD_FILE, isolation_level=None)) as record:
        record.execute("INSERT INTO tombstones VALUES (1, 1, 0, zeroblob(32))")
        record.execute("DELETE FROM journal WHERE session = 1")
    assert verify(folder).trouble == "Entry 1 of the journal is gone."


def test_a_record_goes_on_after_a_deletion(folder: Path, clock: ManualClock) -> None:
    delete_session(folder, ask(PATIENT), clock)
    writer = RecordWriter(folder, clock)
    writer.start()
    assert writer.begin_session("chair-1", "Chair 1", simulated=False) == "2026-01-05-004"
    writer.close()
    assert verify(folder).trouble == ""


@given(st.sets(st.integers(1, 60)))
def test_spans_hold_the_same_numbers(numbers: set[int]) -> None:
    made: Sequence[Sequence[int]] = spans(list(numbers))
    assert [n for first, last in made for n in range(first, last + 1)] == sorted(numbers)
    assert all(b[0] - a[1] > 1 for a, b in zip(made, made[1:], strict=False))
    assert json.loads(json.dumps(made)) == made

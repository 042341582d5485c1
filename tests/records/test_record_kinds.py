"""Patients and what is simulated have a record each, and neither is ever written into the other's."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nurse_station.records.backup import copy_record
from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RECORD_FILE, WrongKindError
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock
from tests.records.older import begin_beside

both_kinds = pytest.mark.parametrize("practice", [False, True], ids=["patients", "practice"])


def made(folder: Path, *, practice: bool, sessions: int = 0) -> Path:
    """A record of that kind, closed again."""
    writer = RecordWriter(folder, ManualClock(now=1000.0), practice=practice)
    writer.start()
    for _ in range(sessions):
        writer.begin_session("chair-1", "Chair 1", simulated=practice)
    writer.close()
    return folder


@pytest.mark.hazard("H-17")
@both_kinds
def test_a_session_of_the_other_kind_is_never_begun(tmp_path: Path, practice: bool) -> None:
    writer = RecordWriter(tmp_path, ManualClock(), practice=practice)
    writer.start()
    with pytest.raises(WrongKindError, match="of practice: no patient" if practice else "nothing simulated"):
        writer.begin_session("chair-1", "Chair 1", simulated=not practice)
    writer.close()
    with RecordReader(tmp_path) as reader:
        assert reader.sessions() == []


@pytest.mark.hazard("H-17")
@both_kinds
@pytest.mark.parametrize("sessions", [0, 1])
def test_a_record_of_the_other_kind_is_not_opened_for_writing(
    tmp_path: Path, practice: bool, sessions: int
) -> None:
    made(tmp_path, practice=practice, sessions=sessions)
    whose = "is of practice; patients are kept apart" if practice else "is of patients; simulations are kept"
    with pytest.raises(WrongKindError, match=whose):
        RecordWriter(tmp_path, ManualClock(), practice=not practice).start()


@both_kinds
def test_a_record_stays_of_its_kind(tmp_path: Path, practice: bool) -> None:
    made(tmp_path, practice=practice)
    made(tmp_path, practice=practice, sessions=2)
    with RecordReader(tmp_path) as reader:
        assert reader.practice is practice
        assert [session.simulated for session in reader.sessions()] == [practice, practice]


@both_kinds
def test_a_copy_is_of_the_kind_of_what_was_copied(tmp_path: Path, practice: bool) -> None:
    copy_record(made(tmp_path / "own", practice=practice), tmp_path / "copy")
    with RecordReader(tmp_path / "copy") as reader:
        assert reader.practice is practice


def test_simulated_sessions_of_an_older_record_stay_readable_beside_its_patients(tmp_path: Path) -> None:
    writer = RecordWriter(tmp_path, ManualClock(now=1000.0))
    writer.start()
    names = [begin_beside(writer, tmp_path, simulated=simulated) for simulated in (False, True)]
    writer.close()
    with closing(sqlite3.connect(tmp_path / RECORD_FILE)) as record:
        record.executescript("DROP TABLE kind; PRAGMA user_version = 4;")
    made(tmp_path, practice=False, sessions=1)
    with RecordReader(tmp_path) as reader:
        assert [session.simulated for session in reader.sessions()] == [False, True, False]
        assert [entry.kind for entry in reader.journal(names[1])] == ["session_started"]
        assert not reader.practice

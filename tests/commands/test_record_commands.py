"""`verify`, `backup` and `delete-session`, as a person runs them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.records.state import RECORD_FILE
from nurse_station.records.writer import RecordWriter
from nurse_station.settings.paths import settings_file
from nurse_station.vitals.clock import ManualClock
from tests.records.older import begin_beside


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("keep_years = 100\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An older record of one simulated session and one of a patient, both ended, of three entries each."""
    writer = RecordWriter(tmp_path / "record", ManualClock(now=1000.0))
    writer.start()
    for simulated in (True, False):
        name = begin_beside(writer, tmp_path / "record", simulated=simulated)
        writer.journal(name, "note", {"text": "secret"}, "Ann")
        writer.end_session(name, "Ann").result(5)
    writer.close()
    return tmp_path / "record"


def tamper(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / RECORD_FILE, isolation_level=None)) as record:
        record.execute("DROP TRIGGER journal_unchanged")
        record.execute(sql)


def test_verify_says_that_a_record_is_as_it_was_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "2026-01-05-001", "--data-dir", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "is as it was written" in said
    assert "Its vitals and waves are as they were sealed (0 seals)." in said
    assert "Journal entries: 6." in said
    assert "Of the session: 3 entries.\n" in said


def test_verify_names_the_first_entry_that_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(folder, "UPDATE journal SET who = 'Eve' WHERE id >= 5")
    assert main(["verify", "2026-01-05-002", "--data-dir", str(folder)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Entry 5 of the journal was changed.\n")
    assert "Of the session: 3 entries, 1 of them before the fault." in said


def test_verify_tells_of_a_strange_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.with_name("record.key").write_text("11" * 32)
    assert main(["verify", "--data-dir", str(folder)]) == 0
    assert "another key" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["verify"], ["verify", "2020-01-01-001"], ["backup", "x"]])
def test_what_is_not_there_is_said_in_a_sentence(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--data-dir", str(tmp_path / "none")]) == 2
    assert "There is no record" in capsys.readouterr().err


def test_backup_makes_a_copy_that_can_be_used_as_it_is(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "second"), "--data-dir", str(folder)]) == 0
    assert "whole" in capsys.readouterr().out
    assert main(["verify", "--data-dir", str(tmp_path / "second")]) == 0


DELETE = ["delete-session", "2026-01-05-001", "--who", "Ruth", "--why", "training"]


def test_a_deletion_is_asked_for_twice(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for answers in (["no"], ["yes", "yes"], ["yes", "2026-01-05-002"], []):
        said = iter(answers)

        def answer(_question: str, said: Iterator[str] = said) -> str:
            try:
                return next(said)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        assert main([*DELETE, "--data-dir", str(folder)]) == 2
        assert "nothing was deleted" in capsys.readouterr().err
    both = iter(["yes", "2026-01-05-001"])
    monkeypatch.setattr("builtins.input", lambda _question: next(both))
    assert main([*DELETE, "--data-dir", str(folder)]) == 0
    assert "is deleted: 3 rows, 0 files, SHA-256" in capsys.readouterr().out


def test_yes_said_twice_is_not_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DELETE, "--yes", "--yes", "--data-dir", str(folder)]) == 0
    assert main(["verify", "--data-dir", str(folder)]) == 0
    assert "Of deleted sessions: 3; their digests hold." in capsys.readouterr().out


def test_a_patient_s_session_is_kept_for_the_clinic_s_years(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["delete-session", "2026-01-05-002", "--who", "Ruth", "--why", "x", "--yes", "--yes"]
    assert main([*words, "--data-dir", str(folder)]) == 2
    assert "is to be kept until 2126-01-0" in capsys.readouterr().err


def test_what_may_be_deleted_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete-session", "--data-dir", str(folder)]) == 0
    assert capsys.readouterr().out == "2026-01-05-001\n"


def test_a_deletion_without_a_reason_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete-session", "2026-01-05-001", "--yes", "--yes", "--data-dir", str(folder)]) == 2
    assert "--why" in capsys.readouterr().err

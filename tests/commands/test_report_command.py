"""`report` writes paper, says where it is, and replaces nothing."""

from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.records.writer import RecordWriter
from nurse_station.settings.paths import settings_file
from nurse_station.vitals.clock import ManualClock


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('clinic = "Riverside"\n')


@pytest.fixture
def session(tmp_path: Path) -> str:
    writer = RecordWriter(tmp_path, ManualClock())
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.end_session(name, "Nurse Lind").result(5)
    assert writer.close()
    return name


@pytest.mark.parametrize("more", [(), ("--paper", "letter"), ("--patient",)])
def test_a_session_becomes_paper(
    session: str, more: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "session.pdf"
    assert main(["report", session, "--output", str(output), "--data-dir", str(tmp_path), *more]) == 0
    assert output.read_bytes().startswith(b"%PDF-")
    assert str(output) in capsys.readouterr().out


def test_a_file_that_is_there_is_not_replaced(
    session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "session.pdf"
    output.write_text("mine")
    assert main(["report", session, "--output", str(output), "--data-dir", str(tmp_path)]) == 2
    assert output.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_a_session_that_is_not_there_is_one_sentence(
    tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "session.pdf"
    assert main(["report", "1999-01-01-001", "--output", str(output), "--data-dir", str(tmp_path)]) == 2
    assert "There is no session 1999-01-01-001 in the record." in capsys.readouterr().err

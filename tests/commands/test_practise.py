"""`practise` on the command line: what it refuses, whether it is heard, and that it leaves patients alone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.commands import practise
from nurse_station.commands.hushed import Ears
from nurse_station.commands.parser import parse
from nurse_station.commands.trouble import UserError
from nurse_station.records.lock import LOCK_FILE, DirectoryLock
from nurse_station.settings.model import Settings
from nurse_station.ui.practice import openers
from nurse_station.ui.practice.openers import Choices
from nurse_station.vitals.clock import ManualClock

ROOT = Path(__file__).parents[2]
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of whoever runs it."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Choices]:
    """What the windows were opened with; they are not shown."""
    found: list[Choices] = []

    def open_practice(classroom: object, settings: object, choices: Choices) -> int:
        found.append(choices)
        return 0

    monkeypatch.setattr(openers, "open_practice", open_practice)
    return found


@pytest.fixture
def patients(tmp_path: Path) -> Iterator[Path]:
    """A data folder in which a station watches patients."""
    folder = tmp_path / "data"
    folder.mkdir()
    lock = DirectoryLock(folder)
    lock.acquire()
    yield folder
    lock.release()


def practised(folder: Path, *words: str) -> int:
    return main(["practise", *words, "--data-dir", str(folder)])


def test_the_words_of_the_command_reach_the_windows(tmp_path: Path, opened: list[Choices]) -> None:
    assert practised(tmp_path, "laryngospasm", "--trainee", "M. Ruiz", "--seed", "7", "--no-hints",
                     "--instructor", "--fullscreen", "--no-sound") == 0  # fmt: skip
    [choices] = opened
    assert (choices.scenario, choices.trainee, choices.seed) == ("laryngospasm", "M. Ruiz", 7)
    assert (choices.hints, choices.instructor, choices.fullscreen) == (False, True, True)
    assert choices.notice() == practise.NO_SOUND
    assert choices.monitors["ge-s5-dri"]


def test_without_words_a_trainee_chooses(tmp_path: Path, opened: list[Choices]) -> None:
    assert practised(tmp_path) == 0
    [choices] = opened
    assert (choices.scenario, choices.trainee, choices.seed, choices.hints) == ("", "", None, True)
    assert choices.notice() == ""


def test_it_writes_in_a_folder_of_its_own_alone(tmp_path: Path, opened: list[Choices]) -> None:
    practised(tmp_path / "data", "--no-sound")
    assert [path.name for path in (tmp_path / "data").iterdir()] == [practise.FOLDER]


def test_an_unknown_scenario_is_refused_with_those_there_are(
    tmp_path: Path, opened: list[Choices], capsys: pytest.CaptureFixture[str]
) -> None:
    assert practised(tmp_path, "laringospasm") == 2
    assert "there is no scenario 'laringospasm'; there is: quiet_day" in capsys.readouterr().err
    assert not opened


@pytest.mark.parametrize("seed", ["0", "-1", "x", "1000000"])
def test_a_number_that_is_no_patient_is_refused(seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["practise", "--seed", seed])
    assert "no number of a patient" in capsys.readouterr().err


def test_two_practices_at_once_are_refused_in_words(
    tmp_path: Path, opened: list[Choices], capsys: pytest.CaptureFixture[str]
) -> None:
    with practise.one_at_a_time(tmp_path / practise.FOLDER):
        assert practised(tmp_path) == 2
    said = capsys.readouterr().err
    assert f"practice is open already (process {os.getpid()}): close that one" in said
    assert practised(tmp_path) == 0, "after the first one is closed"


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be made"), practise.one_at_a_time(tmp_path / "file"):
        pass


def test_beside_a_station_that_watches_practice_is_not_heard(patients: Path) -> None:
    assert practise.silence(patients, no_sound=False) == practise.WATCHED


def test_practice_says_where_to_look_though_it_was_muted_by_hand(patients: Path) -> None:
    said = practise.silence(patients, no_sound=True)
    assert said == f"{practise.LOOK_THERE} {practise.NO_SOUND}"
    assert practise.LOOK_THERE in practise.WATCHED


def test_without_sound_no_output_is_opened(tmp_path: Path) -> None:
    ears = Ears(lambda: "")
    speaker = practise.made_speaker(Settings(), ManualClock(), ears, no_sound=True)
    assert isinstance(speaker, SilentSpeaker)
    assert speaker.status(0.0).trouble == practise.NO_SOUND


def test_to_ask_leaves_the_stations_lock_as_it_is(patients: Path) -> None:
    before = (patients / LOCK_FILE).read_bytes()
    assert practise.watched(patients)
    assert (patients / LOCK_FILE).read_bytes() == before


def test_nobody_watches_a_folder_without_a_station(tmp_path: Path) -> None:
    assert not practise.watched(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
def test_practice_steps_back_for_a_station() -> None:
    words = "import os; from nurse_station.commands.practise import *; step_back(); print(os.nice(0))"
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True, cwd=ROOT, text=True)
    assert int(said.stdout) == min(19, os.nice(0) + practise.NICE)


def test_without_a_screen_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(practise, "has_screen", lambda: False)
    assert practised(tmp_path) == 2
    assert "practice needs a screen" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_a_polite_end_of_the_process_lets_practice_go(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "nurse_station", "practise", "quiet_day", "--trainee", "T", "--seed", "1",
             "--no-sound", "--data-dir", str(tmp_path)]  # fmt: skip
    with subprocess.Popen(words, cwd=ROOT, env=OFFSCREEN, stderr=subprocess.DEVNULL) as process:
        try:
            lessons = tmp_path / "practice" / "lessons"
            for _ in range(300):
                if lessons.exists() and list(lessons.glob("*/*/record.sqlite3")):
                    break
                time.sleep(0.1)
            time.sleep(0.5)
            process.terminate()
            assert process.wait(20) == 0
        finally:
            process.kill()
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("XDG")] == ["practice"]
    assert not list(tmp_path.rglob("*.sqlite3-wal"))

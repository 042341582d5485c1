"""What is simulated or replayed has a folder of its own; the verbs read it when they are told to."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RECORD_FILE
from nurse_station.records.writer import RecordWriter
from nurse_station.settings.paths import settings_file, simulation_folder
from nurse_station.vitals.clock import ManualClock
from tests.devices.test_every_driver import stream_of

ROOT = Path(__file__).parents[2]
GE = "ge-s5-dri"
SIMULATED, PATIENT = "2026-01-05-001", "2026-01-06-001"
"""Recorded on two days, lest they have one name."""
ONE_SESSION = (
    ["readings"], ["lines"], ["verify"], ["export", "--format", "csv"], ["report"],
    ["delete-session", "--yes", "--yes", "--who", "Ann", "--why", "done"],
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("keep_years = 0\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a patient's session and a simulated one."""
    place = tmp_path / "data"
    for practice, day in ((True, 0), (False, 1)):
        clock = ManualClock(now=1000.0)
        clock.advance(day * 86400)
        writer = RecordWriter(simulation_folder(place) if practice else place, clock, practice=practice)
        writer.start()
        writer.end_session(writer.begin_session("chair-1", "Chair 1", simulated=practice), "Ann").result(5)
        writer.close()
    return place


def asked(words: list[str], session: str, folder: Path, *more: str) -> int:
    output = ["--output", str(folder.parent / "out")] if words[0] in ("export", "report") else []
    return main([words[0], session, *words[1:], *output, "--data-dir", str(folder), *more])


def files(folder: Path) -> set[str]:
    """What lies in a data folder besides what is kept apart, and the key that signs that."""
    own = {"simulation", "simulation.key", "simulation.key.part"}  # the last: ended while the key was written
    return {path.name for path in folder.iterdir()} - own


def station(pattern: str, *words: object) -> str:
    """Run a station without a window until it has printed such a line. Returns what it said on stderr."""
    command = [sys.executable, "-m", "nurse_station", "--headless", "--no-sound", *map(str, words)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert any(re.search(pattern, line) for line in run.stdout)
        run.send_signal(signal.SIGTERM)
        return run.communicate(timeout=20)[1]


@pytest.mark.hazard("H-17")
@pytest.mark.parametrize("speed", ["max", "60"])
def test_what_is_replayed_never_touches_the_record_of_patients(
    tmp_path: Path, speed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capture, data = tmp_path / "line.raw", tmp_path / "data"
    capture.write_bytes(stream_of(DRIVERS[GE], 20.0))
    pattern = "--simulation" if speed == "max" else "ended"
    station(pattern, "--replay", capture, "--monitor", GE, "--speed", speed, "--data-dir", data)
    assert files(data) == set()
    with RecordReader(simulation_folder(data)) as reader:
        assert [session.simulated for session in reader.sessions()] == [True]
    assert main(["sessions", "--data-dir", str(data)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Kept apart: 1 simulated or replayed;")


@pytest.mark.hazard("H-17")
def test_what_is_simulated_never_touches_the_record_of_patients(folder: Path) -> None:
    before = (folder / RECORD_FILE).read_bytes()
    station(r"HR \d", "--simulate", "--data-dir", folder)
    assert (folder / RECORD_FILE).read_bytes() == before
    assert not {"log", "lines", "watchdog"} & files(folder)
    assert {"log", "lines", "record.lock"} <= files(simulation_folder(folder))
    with RecordReader(simulation_folder(folder)) as reader:
        assert all(session.simulated for session in reader.sessions())


@pytest.mark.parametrize("words", ONE_SESSION, ids=lambda words: words[0])
def test_a_verb_reads_the_record_that_it_is_told_to(
    folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(words, SIMULATED, folder, "--simulation") == 0
    (folder.parent / "out").unlink(missing_ok=True)
    assert asked(words, PATIENT, folder) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", ONE_SESSION, ids=lambda words: words[0])
def test_a_session_that_only_the_other_record_has_is_said(
    folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(words, SIMULATED, folder) == 2
    assert "add --simulation" in capsys.readouterr().err
    assert asked(words, PATIENT, folder, "--simulation") == 2
    assert "leave --simulation out" in capsys.readouterr().err


def test_a_session_that_neither_has_is_said_without_a_hint(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(["readings"], "2020-01-01-001", folder) == 2
    assert "--simulation" not in capsys.readouterr().err


def test_the_list_says_how_many_are_kept_apart(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "--data-dir", str(folder)]) == 0
    _, own, last = capsys.readouterr().out.splitlines()
    assert own.split()[0] == PATIENT
    assert last == "Kept apart: 1 simulated or replayed; add --simulation to list them."
    assert main(["sessions", "--simulation", "--data-dir", str(folder)]) == 0
    _, simulated = capsys.readouterr().out.splitlines()
    assert simulated.split()[0] == SIMULATED


def test_a_copy_is_of_the_record_that_was_named(folder: Path, tmp_path: Path) -> None:
    assert main(["backup", str(tmp_path / "copy"), "--simulation", "--data-dir", str(folder)]) == 0
    with RecordReader(tmp_path / "copy") as reader:
        assert reader.practice


def test_settings_that_give_a_bed_a_simulator_are_told_what_to_do(tmp_path: Path) -> None:
    settings = tmp_path / "own.toml"
    bed = '[[beds]]\nkey = "chair-1"\nname = "Chair 1"\n'
    settings.write_text(f'{bed}[[beds.monitors]]\ndriver = "{GE}"\nkind = "simulator"\n')
    err = station("No monitor is connected", "--settings", settings, "--data-dir", tmp_path / "data")
    assert f"{settings} gives Chair 1 a simulator" in err
    assert "Chair 1: This station is for patients" in err
    with RecordReader(tmp_path / "data") as reader:
        assert reader.sessions() == []

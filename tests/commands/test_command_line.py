"""The command line, run as a person runs it."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.commands.parser import parse
from nurse_station.devices.registry import DRIVERS
from tests.devices.test_every_driver import stream_of

ROOT = Path(__file__).parents[2]
GE = "ge-s5-dri"
NO_SCREEN = {
    k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
}


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Twenty seconds of an emulated monitor, raw, one frame of it damaged."""
    stream = bytearray(stream_of(DRIVERS[GE], 20.0))
    stream[900] ^= 0x40
    path = tmp_path / "line.raw"
    path.write_bytes(stream)
    return path


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of whoever runs it."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def told(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_the_summary_counts_frames_and_readings(capture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = json.loads(told(capsys, "decode", "--monitor", GE, capture, "--format", "summary"))
    assert summary.keys() == {"frames_accepted", "frames_refused", "duration_s", "numerics", "waves"}
    assert summary["frames_refused"] == {"checksum": 1}
    assert summary["frames_accepted"] > 30
    hr = summary["numerics"]["hr"]
    assert {"count", "missing", "min", "max", "first", "last", "unit"} <= hr.keys()
    assert (hr["first"], hr["unit"]) == (71, "/min")
    assert summary["waves"]["pleth"]["rate_hz"] == 100
    assert summary["waves"]["pleth"]["unit"] == "%"


def test_jsonl_and_csv_hold_the_same_readings(capture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    as_json = [json.loads(line) for line in told(capsys, "decode", "--monitor", GE, capture).splitlines()]
    text = told(capsys, "decode", "--monitor", GE, capture, "--format", "csv")
    as_csv = list(csv.DictReader(text.splitlines()))
    assert list(as_csv[0]) == ["t_s", "parameter", "value", "unit", "quality", "source"]
    assert len(as_csv) == len(as_json)
    for a, b in zip(as_csv, as_json, strict=True):
        assert a["parameter"] == b["parameter"]
        assert (float(a["value"]) if a["value"] else None) == b["value"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["decode", "--monitor", "acme", "{capture}"], "no monitor family 'acme'; there is: ge-s5-dri"),
        (["decode", "--monitor", GE, "no-such-file"], "no-such-file is no file"),
        (["--replay", "{capture}", "--headless"], "--replay needs --monitor KEY"),
        (["--port", "COM4"], "--port needs --monitor KEY"),
        (["emulate", "acme", "--pty"], "no monitor family 'acme'"),
        (["emulate", GE, "--port", "/no/such/port"], "/no/such/port"),
        (["readings", "2020-01-01-001", "--data-dir", "{empty}"], "There is no record"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    words: list[str], part: str, capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [word.format(capture=capture, empty=tmp_path / "empty") for word in words]
    assert main(filled) == 2
    captured = capsys.readouterr()
    assert part in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize(
    "words",
    [["--speed", "fast"], ["--speed", "0"], ["--beds", "65"], ["--simulate", "--port", "x"], ["emulate", GE]],
)
def test_words_it_does_not_have_are_refused_with_exit_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(words)
    assert exit_.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_help_shows_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    text = capsys.readouterr().out
    for word in ("--simulate", "decode", "emulate", "primary alarm"):
        assert word in text


def test_monitors_names_the_line_settings(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "monitors")
    assert GE in text
    assert "19200 8E1, RTS/CTS" in text


def test_ports_says_so_when_there_are_none_or_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "ports").strip()


def test_sessions_of_an_empty_folder_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No session" in told(capsys, "sessions", "--data-dir", tmp_path)


def test_the_folder_may_be_named_before_the_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert str(tmp_path) in told(capsys, "--data-dir", tmp_path, "sessions")


def replayed(capture: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    words = ("--replay", capture, "--monitor", GE, "--headless", "--speed", "max", "--data-dir", folder)
    return told(capsys, *words)


def test_a_replay_leaves_a_session_whose_readings_equal_the_decode(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = re.search(r"session (\S+)", replayed(capture, tmp_path / "data", capsys))
    assert session is not None
    kept = told(capsys, "readings", session[1], "--simulation", "--data-dir", tmp_path / "data")
    assert unmarked(kept) == told(capsys, "decode", "--monitor", GE, capture)


def unmarked(lines: str) -> str:
    """Readings of what is simulated without the mark, which each of them must have."""
    mark = ', "mark": "SIMULATION"}'
    assert all(line.endswith(mark) for line in lines.splitlines())
    return lines.replace(mark, "}")


def test_what_is_read_out_of_a_simulation_says_so_in_every_form(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = re.search(r"session (\S+)", replayed(capture, tmp_path, capsys))
    assert session is not None
    words = ("readings", session[1], "--simulation", "--data-dir", tmp_path, "--format")
    assert json.loads(told(capsys, *words, "summary"))["mark"] == "SIMULATION"
    header, *rows = told(capsys, *words, "csv").splitlines()
    assert header.endswith(",source,mark")
    assert rows
    assert all(row.endswith(",SIMULATION") for row in rows)


def test_a_real_capture_replayed_equals_its_decode(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capture = shared / "captures/ge_s5_dri/db02.raw"
    session = re.search(r"session (\S+)", replayed(capture, tmp_path, capsys))
    assert session is not None
    kept = told(capsys, "readings", session[1], "--simulation", "--data-dir", tmp_path)
    assert unmarked(kept) == told(capsys, "decode", "--monitor", GE, capture)
    assert len(kept.splitlines()) == 1712


def test_the_recorded_line_of_a_session_can_be_replayed_with_its_timing(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replayed(capture, tmp_path / "a", capsys)
    [line] = (tmp_path / "a" / "simulation" / "lines").iterdir()
    assert told(capsys, "decode", "--monitor", GE, line) == told(capsys, "decode", "--monitor", GE, capture)


def test_sessions_lists_what_was_recorded(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replayed(capture, tmp_path / "data", capsys)
    text = told(capsys, "sessions", "--simulation", "--data-dir", tmp_path / "data")
    assert re.search(r"\d{4}-\d\d-\d\d-001 +Chair 1 .*ended, simulated", text)


@contextmanager
def running(*words: object, **more: object) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "nurse_station", "--no-sound", *map(str, words)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=NO_SCREEN, **more,  # type: ignore[call-overload]
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], pattern: str, within_s: float = 20.0) -> str:
    """The next line of stdout that matches; fails when none comes in time."""
    assert process.stdout is not None
    begin = time.perf_counter()
    for line in process.stdout:
        if re.search(pattern, line):
            return line
        assert time.perf_counter() - begin < within_s, f"no line with {pattern}"
    pytest.fail(f"it ended without a line with {pattern}: {process.stderr and process.stderr.read()}")


def test_without_a_screen_it_says_so_and_prints_vitals(tmp_path: Path) -> None:
    with running("--simulate", "--data-dir", tmp_path) as process:
        line = line_with(process, r"HR \d")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert re.search(r"Chair 1 .*SpO₂ \d+ %.*SIMULATION", line)
    assert err.count("no screen here") == 1
    assert process.returncode == 0


def test_a_second_station_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with running("--simulate", "--headless", "--data-dir", tmp_path) as first:
        line_with(first, "Chair 1")
        with running("--simulate", "--headless", "--data-dir", tmp_path) as second:
            _, err = second.communicate(timeout=20)
    assert second.returncode == 2
    assert "another" in err.lower()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_an_emulated_monitor_says_that_it_is_recorded_as_a_patient() -> None:
    with running("emulate", GE, "--pty") as monitor:
        line_with(monitor, "/dev/")
        assert monitor.stderr is not None
        _, said = monitor.stderr.readline(), monitor.stderr.readline()
    assert said.startswith("SIMULATION: ")
    assert "as a patient's" in said
    assert "--data-dir" in said


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_the_station_survives_its_monitor_being_killed_three_times(tmp_path: Path) -> None:
    port = tmp_path / "monitor"
    words = ("--port", port, "--monitor", GE, "--headless", "--data-dir", tmp_path / "data")
    with running(*words) as station:
        for _ in range(4):
            with running("emulate", GE, "--pty", "--link", port) as monitor:
                line_with(monitor, "/dev/")
                line_with(station, r"HR \d")
                monitor.kill()
                killed = time.perf_counter()
                line_with(station, r"HR ---.*SpO₂ ---")
                assert time.perf_counter() - killed < 5.0


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_station_that_was_killed_goes_on_with_its_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port, folder = tmp_path / "monitor", tmp_path / "data"
    words = ("--port", port, "--monitor", GE, "--headless", "--data-dir", folder)
    with running("emulate", GE, "--pty", "--link", port) as monitor:
        line_with(monitor, "/dev/")
        with running(*words) as station:
            for _ in range(4):
                line_with(station, r"HR \d")
            station.kill()
        began = time.perf_counter()
        with running(*words) as station:
            line_with(station, r"HR \d")
            assert time.perf_counter() - began < 10.0
            station.send_signal(signal.SIGTERM)
            station.communicate(timeout=20)
    [header, session] = told(capsys, "sessions", "--data-dir", folder).splitlines()
    assert header.startswith("SESSION")
    assert re.search(r"-001 .* open ", session)
    readings = told(capsys, "readings", session.split()[0], "--data-dir", folder).splitlines()
    assert sum(json.loads(line)["parameter"] == "hr" for line in readings) >= 4
    assert not any("SIMULATION" in line for line in readings), "a station cannot know it of a port"

"""`sound-test`, as an engineer runs it, on fake outputs and on a computer without any."""

import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.audio.outputs import OutputError, Outputs
from nurse_station.audio.player import MiniaudioSpeaker
from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.commands.sound_test import EXIT_NO_SOUND, list_outputs, play
from nurse_station.vitals.clock import ManualClock
from tests.audio.fake_outputs import HEADSET, SPEAKERS, FakeOutputs

RATE = 48_000


def taking(outputs: FakeOutputs, clock: ManualClock) -> Callable[[float], None]:
    """A sleep in which the newest stream takes what it should."""

    def sleep(seconds: float) -> None:
        for _ in range(round(seconds / 0.05)):
            clock.advance(0.05)
            outputs.newest.take(round(0.05 * RATE))

    return sleep


def opened(outputs: FakeOutputs, clock: ManualClock) -> MiniaudioSpeaker:
    """A speaker whose watch is stepped once, without its thread."""
    speaker = MiniaudioSpeaker(clock, find=outputs.find)
    speaker._kept.step(clock.now())
    return speaker


def test_each_priority_is_played_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    outputs, clock = FakeOutputs(), ManualClock()
    assert play(opened(outputs, clock), clock, taking(outputs, clock)) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "output: Speakers"
    assert said[1:4] == ["LOW: 2 pulses, taken", "MEDIUM: 3 pulses, taken", "HIGH: 10 pulses, taken"]


def test_an_output_that_dies_meanwhile_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    outputs, clock = FakeOutputs(), ManualClock()
    speaker = opened(outputs, clock)
    outputs.newest.take()
    clock.advance(0.3)
    outputs.newest.take()
    assert play(speaker, clock, clock.advance) == EXIT_NO_SOUND
    captured = capsys.readouterr()
    assert "LOW burst was not taken" in captured.err
    assert "taken" not in captured.out


def test_no_sound_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    clock = ManualClock()
    assert play(SilentSpeaker("There is no sound card."), clock, clock.advance) == EXIT_NO_SOUND
    assert capsys.readouterr().err == "nurse-station: There is no sound card.\n"


def test_the_list_marks_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert list_outputs(FakeOutputs(there=[HEADSET, SPEAKERS]).find) == 0
    assert capsys.readouterr().out == "  Headset\n* Speakers\n"


def test_an_empty_list_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert list_outputs(FakeOutputs(there=[]).find) == EXIT_NO_SOUND
    assert "no sound output" in capsys.readouterr().err


def test_a_list_without_a_library_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def find() -> Outputs:
        msg = "The sound library is missing."
        raise OutputError(msg)

    assert list_outputs(find) == EXIT_NO_SOUND
    assert capsys.readouterr().err == "nurse-station: The sound library is missing.\n"


@pytest.mark.parametrize("words", [(), ("--list",), ("--output", "Headset")])
def test_a_computer_without_an_output_ends_with_one_sentence_and_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("nurse_station.commands.sound_test.system_outputs", FakeOutputs(there=[]).find)
    monkeypatch.setattr("nurse_station.commands.sound_test.OPENING_S", 0.2)
    assert main(["sound-test", *words]) == EXIT_NO_SOUND
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_a_wanted_output_that_is_missing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    outputs, clock = FakeOutputs(), ManualClock()
    speaker = MiniaudioSpeaker(clock, output="Headset", find=outputs.find)
    speaker._kept.step(clock.now())
    assert play(speaker, clock, taking(outputs, clock)) == 0
    assert "Headset is missing" in capsys.readouterr().out


def test_the_sounds_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sound-test", "--write", str(tmp_path / "sounds")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    for name in ("high", "medium", "low"):
        with wave.open(str(tmp_path / "sounds" / f"{name}.wav"), "rb") as file:
            assert file.getnframes() > RATE / 2


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["sound-test", "--write", str(tmp_path / "file")]) == 2
    assert "cannot be written" in capsys.readouterr().err

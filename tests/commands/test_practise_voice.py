"""The patient's voice on the command line: when it speaks, and that it is let go. Nothing is heard."""

from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.audio.speech import Mute, found
from nurse_station.commands import practise
from nurse_station.commands.hushed import Ears, HushedVoice
from nurse_station.ui.practice import openers
from nurse_station.ui.practice.openers import Choices

WATCHED = "A station watches."


class FakeVoice(Mute):
    """Keeps what it is asked."""

    name = "peer"

    def __init__(self) -> None:
        super().__init__("")
        self.asked: list[str] = []

    def say(self, text: str, *, woman: bool | None = None) -> None:
        self.asked.append(text)

    def hush(self) -> None:
        self.asked.append("hush")

    def close(self) -> None:
        self.asked.append("close")


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeVoice:
    """What this computer speaks by."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    made = FakeVoice()
    monkeypatch.setattr(practise, "found", lambda: made)
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Choices]:
    """What the windows were opened with; there the patient says one word."""
    kept: list[Choices] = []

    def open_practice(classroom: object, settings: object, choices: Choices) -> int:
        kept.append(choices)
        choices.voice.say("Yes.")
        return 0

    monkeypatch.setattr(openers, "open_practice", open_practice)
    return kept


def practised(folder: Path, *words: str) -> None:
    assert main(["practise", *words, "--data-dir", str(folder)]) == 0


def test_the_patient_is_heard_and_the_voice_is_closed_at_the_end(
    tmp_path: Path, voice: FakeVoice, opened: list[Choices]
) -> None:
    practised(tmp_path)
    [choices] = opened
    assert choices.speaks
    assert voice.asked == ["Yes.", "close"]


def test_no_voice_is_silent_until_it_is_switched_on(
    tmp_path: Path, voice: FakeVoice, opened: list[Choices]
) -> None:
    practised(tmp_path, "--no-voice")
    [choices] = opened
    assert not choices.speaks
    assert not choices.voice.trouble


def test_without_sound_no_program_is_looked_for(
    tmp_path: Path, voice: FakeVoice, opened: list[Choices]
) -> None:
    practised(tmp_path, "--no-sound")
    [choices] = opened
    assert choices.voice.trouble == practise.NO_SPEECH
    assert voice.asked == []


def test_a_station_that_begins_to_watch_silences_the_patient_at_once() -> None:
    real, why = FakeVoice(), [""]
    hushed = HushedVoice(real, Ears(lambda: why[0]))
    hushed.say("one")
    why[0] = WATCHED
    hushed.say("two")
    why[0] = ""
    hushed.say("three")
    assert real.asked == ["one", "hush", "three"]
    assert (hushed.name, hushed.trouble) == ("peer", "")


def test_to_look_for_a_voice_starts_nothing() -> None:
    voice = found(which=lambda name: f"/nowhere/{name}")
    voice.close()
    assert not voice.trouble

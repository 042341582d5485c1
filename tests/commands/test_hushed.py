"""Practice beside a station: what it plays, what it holds, and how soon it lets go. Nothing is heard."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.audio.speech import Mute
from nurse_station.commands import hushed, practise
from nurse_station.commands.hushed import LOOK_S, Ears, HushedSpeaker, HushedVoice
from nurse_station.records.lock import DirectoryLock
from nurse_station.settings.model import Settings
from nurse_station.vitals.clock import ManualClock

APNOEA = AudioSignal(condition="apnoea", priority=Priority.HIGH, repeats=True, began=0.0)
WATCHED = practise.WATCHED


class Output(SilentSpeaker):
    """A real speaker's peer: keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("peer")
        self.told: list[AudioSignal | None] = []
        self.volumes: list[float] = []
        self.tests = 0
        self.closed = threading.Event()

    def sound(self, signal: AudioSignal | None) -> None:
        self.told.append(signal)

    def set_volume(self, share: float) -> None:
        self.volumes.append(share)

    def test(self) -> None:
        self.tests += 1

    def close(self) -> None:
        self.closed.set()


class Beside:
    """A computer where a station comes and goes, and practice.

    Attributes:
        why: Why practice is not heard there.
        outputs: Those that practice opened, the first first.
    """

    def __init__(self, why: str = "") -> None:
        self.why = why
        self.outputs: list[Output] = []
        self.ears = Ears(lambda: self.why)

    def opened(self) -> Output:
        self.outputs.append(Output())
        return self.outputs[-1]

    def speaker(self) -> HushedSpeaker:
        return HushedSpeaker(self.opened, self.ears, 0.5)

    def becomes(self, why: str) -> None:
        self.why = why
        self.ears.look()


class Speech(Mute):
    """A voice's peer: keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__("")
        self.asked: list[str] = []
        self.hushed = threading.Event()

    def say(self, text: str, *, woman: bool | None = None) -> None:
        self.asked.append(text)

    def hush(self) -> None:
        self.asked.append("hush")
        self.hushed.set()


@pytest.mark.hazard("H-06")
def test_beside_a_station_no_output_is_opened_and_no_tone_played() -> None:
    beside = Beside(WATCHED)
    speaker = beside.speaker()
    speaker.sound(APNOEA)
    speaker.test()
    speaker.set_volume(0.7)
    beside.ears.look()
    assert not beside.outputs
    assert speaker.status(0.0).trouble == WATCHED
    assert (speaker.status(0.0).usable, speaker.first_sample_at) == (False, None)
    speaker.close()


@pytest.mark.hazard("H-06")
def test_a_station_that_begins_takes_the_output_in_the_middle_of_a_burst() -> None:
    beside = Beside()
    speaker = beside.speaker()
    speaker.sound(APNOEA)
    [output] = beside.outputs
    assert output.told == [None, APNOEA]
    beside.becomes(WATCHED)
    assert output.closed.is_set()
    speaker.sound(APNOEA)
    assert output.told == [None, APNOEA]
    assert speaker.status(0.0).trouble == WATCHED


def test_after_the_station_practice_is_heard_again_as_loud_and_as_it_is_now() -> None:
    beside = Beside()
    speaker = beside.speaker()
    beside.becomes(WATCHED)
    speaker.set_volume(0.8)
    speaker.sound(APNOEA)
    beside.becomes("")
    beside.becomes("")
    _, output = beside.outputs
    assert (output.told, output.volumes) == ([APNOEA], [0.8])
    assert speaker.status(0.0).trouble == "peer"
    speaker.test()
    assert output.tests == 1


def test_no_answer_that_is_old_opens_an_output() -> None:
    beside = Beside(WATCHED)
    speaker = beside.speaker()
    speaker._told("")
    assert not beside.outputs


def test_no_self_test_beside_a_station_that_began_a_moment_ago() -> None:
    beside = Beside()
    speaker = beside.speaker()
    beside.why = WATCHED
    speaker.test()
    assert beside.outputs[0].tests == 0


def test_a_closed_speaker_never_opens_again() -> None:
    beside = Beside()
    speaker = beside.speaker()
    speaker.close()
    speaker.close()
    beside.ears.look()
    speaker._told("")
    [output] = beside.outputs
    assert output.closed.is_set()
    assert not speaker.status(0.0).usable


def test_an_output_that_closes_slowly_holds_no_lesson_up() -> None:
    beside, closing, closed = Beside(), threading.Event(), threading.Event()

    class Slow(Output):
        def close(self) -> None:
            closing.set()
            closed.wait(10)

    speaker = HushedSpeaker(Slow, beside.ears, 0.5)
    beside.why = WATCHED
    looking = threading.Thread(target=beside.ears.look)
    looking.start()
    assert closing.wait(10)
    speaker.sound(APNOEA)
    assert speaker.status(0.0).trouble == WATCHED
    closed.set()
    looking.join()


def test_a_station_that_begins_silences_the_patient_in_the_middle_of_a_word() -> None:
    beside, speech = Beside(), Speech()
    voice = HushedVoice(speech, beside.ears)
    voice.say("My arm hurts.")
    beside.ears.look()
    assert speech.asked == ["My arm hurts."]
    beside.becomes(WATCHED)
    voice.say("Nurse!")
    assert speech.asked == ["My arm hurts.", "hush", "hush"]
    voice.close()
    speech.asked.clear()
    beside.ears.look()
    assert not speech.asked


@pytest.fixture
def looks_often(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hushed, "LOOK_S", 0.01)
    yield
    assert not [thread for thread in threading.enumerate() if thread.name == "ears"]


def test_it_is_looked_each_second() -> None:
    assert LOOK_S <= 1.0


@pytest.mark.usefixtures("looks_often")
def test_a_lesson_that_stands_lets_go_as_well() -> None:
    """Nobody calls the speaker, nobody speaks: the ears ask by themselves."""
    beside, speech = Beside(), Speech()
    speaker, voice = beside.speaker(), HushedVoice(speech, beside.ears)
    with beside.ears:
        beside.why = WATCHED
        assert beside.outputs[0].closed.wait(10)
        assert speech.hushed.wait(10)
    speaker.close()
    voice.close()


@pytest.mark.usefixtures("looks_often")
def test_a_fault_in_telling_is_logged_and_deafens_nobody(caplog: pytest.LogCaptureFixture) -> None:
    beside, twice = Beside(), threading.Event()
    told: list[str] = []

    def broken(why: str) -> None:
        told.append(why)
        if len(told) == 2:
            twice.set()
        raise ValueError(why)

    beside.ears.tell(broken)
    with beside.ears:
        assert twice.wait(10)
    assert "could not be told" in caplog.text


@pytest.mark.parametrize("watched", [True, False])
def test_the_speaker_of_a_lesson_is_opened_only_where_nobody_watches(
    watched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(practise.MiniaudioSpeaker, "open", lambda speaker: opened.append("self-test"))
    lock = DirectoryLock(tmp_path)
    if watched:
        lock.acquire()
    ears = Ears(lambda: practise.silence(tmp_path, no_sound=False))
    speaker = practise.made_speaker(Settings(), ManualClock(), ears, no_sound=False)
    assert opened == ([] if watched else ["self-test"])
    speaker.close()
    lock.release()

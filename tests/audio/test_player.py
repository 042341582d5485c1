"""The speaker with its thread, on fake outputs and on the sound library's null output."""

import sys
import threading
import time
from collections.abc import Callable, Iterator

import miniaudio
import numpy as np
import pytest

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.kept_output import NO_OUTPUT, PROOF_S, SILENT_S
from nurse_station.audio.miniaudio_outputs import REAL_BACKENDS, MiniaudioOutputs
from nurse_station.audio.mixer import VOLUME_FLOOR
from nurse_station.audio.outputs import Output, OutputError
from nurse_station.audio.player import TEST_S, MiniaudioSpeaker, system_outputs
from nurse_station.audio.speaker import SilentSpeaker, Speaker
from nurse_station.vitals.clock import ManualClock, SystemClock
from tests.audio.fake_outputs import HEADSET, SPEAKERS, FakeOutputs

APNOEA = AudioSignal(condition="apnoea", priority=Priority.HIGH, repeats=True, began=0.0)
CHECK = AudioSignal(condition="check_overdue", priority=Priority.LOW, repeats=True, began=0.0)


def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for what another thread will do."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it did not come true"
        time.sleep(0.005)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(100.0)


@pytest.fixture
def outputs() -> Iterator[FakeOutputs]:
    fake = FakeOutputs()
    yield fake
    for stream in fake.streams:
        stream.may_close.set()


@pytest.fixture
def speaker(clock: ManualClock, outputs: FakeOutputs) -> Iterator[MiniaudioSpeaker]:
    """Open, and past its self-test."""
    with MiniaudioSpeaker(clock, find=outputs.find) as speaker:
        until(lambda: outputs.streams and speaker.status(clock.now()).device)
        outputs.newest.take(48_000)
        prove(outputs, clock)
        yield speaker


def prove(outputs: FakeOutputs, clock: ManualClock) -> None:
    """Take samples for so long that the output is believed."""
    outputs.newest.take()
    clock.advance(PROOF_S)
    outputs.newest.take()


def usable(speaker: Speaker, clock: ManualClock) -> bool:
    return speaker.status(clock.now()).usable


def test_a_speaker_that_was_not_opened_is_unusable(clock: ManualClock, outputs: FakeOutputs) -> None:
    speaker = MiniaudioSpeaker(clock, find=outputs.find)
    status = speaker.status(clock.now())
    assert (status.usable, status.taken_at, status.device) == (False, None, "")
    assert status.trouble
    speaker.close()


def test_an_output_that_was_opened_but_takes_nothing_is_unusable(
    clock: ManualClock, outputs: FakeOutputs
) -> None:
    with MiniaudioSpeaker(clock, find=outputs.find) as speaker:
        until(lambda: outputs.streams and speaker.status(clock.now()).device)
        status = speaker.status(clock.now())
        assert not status.usable
        assert "takes no samples" in status.trouble


def test_an_output_that_takes_samples_is_usable(speaker: MiniaudioSpeaker, clock: ManualClock) -> None:
    status = speaker.status(clock.now())
    assert (status.usable, status.trouble, status.device) == (True, "", "Speakers")
    assert status.taken_at == clock.now()


def test_opening_plays_a_self_test(clock: ManualClock, outputs: FakeOutputs) -> None:
    with MiniaudioSpeaker(clock, find=outputs.find) as speaker:
        until(lambda: outputs.streams and speaker.status(clock.now()).device)
        assert np.any(outputs.newest.take())


@pytest.mark.hazard("H-06")
def test_an_output_that_stops_taking_samples_is_known_within_two_seconds(
    speaker: MiniaudioSpeaker, clock: ManualClock
) -> None:
    clock.advance(SILENT_S)
    assert usable(speaker, clock)
    clock.advance(0.01)
    status = speaker.status(clock.now())
    assert not status.usable
    assert status.trouble
    assert SILENT_S + 0.01 < 2.0


def test_a_dead_output_is_opened_anew_by_itself(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    clock.advance(SILENT_S + 0.1)
    until(lambda: len(outputs.streams) == 2 and speaker.status(clock.now()).device)
    outputs.newest.take()
    assert not usable(speaker, clock)
    prove(outputs, clock)
    assert usable(speaker, clock)


@pytest.mark.hazard("H-06")
def test_an_alarm_goes_on_from_its_start_on_the_output_that_returns(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    speaker.sound(APNOEA)
    whole = outputs.newest.take(48_000)
    clock.advance(SILENT_S + 0.1)
    until(lambda: len(outputs.streams) == 2 and speaker.status(clock.now()).device)
    assert np.array_equal(outputs.newest.take(48_000), whole)


@pytest.mark.parametrize(("away_s", "heard"), [(2.0, True), (60.0, False)])
def test_a_condition_that_went_while_there_was_no_sound_is_heard_only_if_it_was_just_now(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs, away_s: float, heard: bool
) -> None:
    speaker.sound(APNOEA)
    speaker.sound(None)
    clock.advance(away_s)
    until(lambda: len(outputs.streams) == 2 and speaker.status(clock.now()).device)
    assert np.any(outputs.newest.take(48_000)) == heard


def test_a_new_default_is_followed(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    outputs.there = [HEADSET]
    for _ in range(30):
        outputs.newest.take()
        clock.advance(0.1)
    until(lambda: speaker.status(clock.now()).device == "Headset")
    prove(outputs, clock)
    assert usable(speaker, clock)


def test_no_output_is_said_and_one_that_comes_is_used(clock: ManualClock) -> None:
    outputs = FakeOutputs(there=[])
    with MiniaudioSpeaker(clock, find=outputs.find) as speaker:
        until(lambda: speaker.status(clock.now()).trouble == NO_OUTPUT)
        assert not usable(speaker, clock)
        outputs.there = [SPEAKERS]
        clock.advance(2.0)
        until(lambda: outputs.streams and speaker.status(clock.now()).device)
        prove(outputs, clock)
        assert usable(speaker, clock)


def test_an_output_that_takes_seconds_to_open_blocks_nobody(clock: ManualClock, outputs: FakeOutputs) -> None:
    may_open, opening = threading.Event(), threading.Event()
    listed = outputs.listed

    def slow() -> tuple[Output, ...]:
        opening.set()
        assert may_open.wait(timeout=10)
        return listed()

    outputs.listed = slow  # type: ignore[method-assign]
    with MiniaudioSpeaker(clock, find=outputs.find) as speaker:
        assert opening.wait(timeout=10)
        speaker.sound(APNOEA)
        speaker.test()
        speaker.set_volume(0.5)
        assert not usable(speaker, clock)
        may_open.set()


def test_the_first_sample_of_a_signal_is_told(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    at = clock.now()
    assert speaker.first_sample_at is None
    speaker.sound(APNOEA)
    assert speaker.first_sample_at is None
    clock.advance(0.02)
    outputs.newest.take()
    clock.advance(0.02)
    outputs.newest.take()
    assert speaker.first_sample_at == pytest.approx(at + 0.02)


def test_a_new_signal_has_a_first_sample_of_its_own(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    at = clock.now()
    speaker.sound(CHECK)
    outputs.newest.take()
    speaker.sound(APNOEA)
    assert speaker.first_sample_at is None
    clock.advance(0.5)
    outputs.newest.take()
    assert speaker.first_sample_at == pytest.approx(at + 0.5)


def test_silence_keeps_the_first_sample_of_the_newest_signal(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    at = clock.now()
    speaker.sound(APNOEA)
    outputs.newest.take()
    clock.advance(0.5)
    speaker.sound(None)
    outputs.newest.take()
    assert speaker.first_sample_at == pytest.approx(at)


def test_a_self_test_that_is_not_taken_to_its_end_makes_the_speaker_unusable(
    speaker: MiniaudioSpeaker, clock: ManualClock, outputs: FakeOutputs
) -> None:
    asked_at = clock.now()
    speaker.test()
    for _ in range(35):
        # An output that wants a few samples now and then: not dead, but no sound either.
        outputs.newest.take(10)
        clock.advance(0.1)
    assert clock.now() - asked_at > TEST_S
    status = speaker.status(clock.now())
    assert not status.usable
    assert "takes no samples" in status.trouble
    outputs.newest.take(48_000)
    assert usable(speaker, clock)


def test_the_volume_is_told_and_keeps_its_floor(speaker: MiniaudioSpeaker, clock: ManualClock) -> None:
    speaker.set_volume(0.0)
    assert speaker.status(clock.now()).volume == VOLUME_FLOOR


def test_a_closed_speaker_is_unusable(clock: ManualClock, outputs: FakeOutputs) -> None:
    with MiniaudioSpeaker(clock, find=outputs.find) as speaker:
        until(lambda: outputs.streams and speaker.status(clock.now()).device)
        prove(outputs, clock)
        assert usable(speaker, clock)
    assert not usable(speaker, clock)
    assert outputs.newest.closed.is_set()


@pytest.mark.hazard("H-06")
def test_a_station_without_sound_never_says_that_it_is_well() -> None:
    with SilentSpeaker() as speaker:
        speaker.sound(APNOEA)
        speaker.test()
        speaker.set_volume(1.0)
        status = speaker.status(0.0)
    assert not status.usable
    assert status.trouble
    assert (speaker.first_sample_at, status.taken_at) == (None, None)


def test_a_missing_library_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nurse_station.audio.miniaudio_outputs", raising=False)
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(OutputError, match="miniaudio cannot be loaded"):
        system_outputs()


@pytest.mark.hazard("H-06")
def test_the_librarys_null_output_is_never_taken_for_a_real_one() -> None:
    assert miniaudio.Backend.NULL not in REAL_BACKENDS
    assert all("NULL" not in output.name for output in MiniaudioOutputs().listed())


def null_outputs() -> MiniaudioOutputs:
    return MiniaudioOutputs([miniaudio.Backend.NULL])


def test_the_null_output_is_listed_the_same_each_time() -> None:
    outputs = null_outputs()
    assert outputs.listed() == outputs.listed()
    assert len(outputs.listed()) == 1


def test_an_output_that_is_not_there_is_a_sentence() -> None:
    outputs = MiniaudioOutputs([miniaudio.Backend.JACK])
    with pytest.raises(OutputError, match="sound system does not answer"):
        outputs.listed()
    with pytest.raises(OutputError, match="Speakers cannot be opened"):
        outputs.open(
            Output(key="00" * 256, name="Speakers", is_default=True), lambda frames: bytes(4 * frames)
        )


def test_an_alarm_is_taken_by_a_stream_of_the_library() -> None:
    clock = SystemClock()
    with MiniaudioSpeaker(clock, find=null_outputs) as speaker:
        until(lambda: speaker.status(clock.now()).usable)
        began = clock.now()
        speaker.sound(APNOEA)
        until(lambda: speaker.first_sample_at is not None)
        assert speaker.first_sample_at is not None
        assert speaker.first_sample_at >= began
        taken_at = speaker.status(clock.now()).taken_at
        until(lambda: speaker.status(clock.now()).taken_at != taken_at)
    assert not speaker.status(clock.now()).usable


def test_streams_of_the_library_come_and_go_without_trace() -> None:
    before = threading.active_count()
    for _ in range(5):
        outputs = null_outputs()
        taken = threading.Event()

        def take(frames: int, taken: threading.Event = taken) -> bytes:
            taken.set()
            return bytes(4 * frames)

        stream = outputs.open(outputs.listed()[0], take)
        assert taken.wait(timeout=10)
        stream.close()
        stream.close()
    until(lambda: threading.active_count() <= before)

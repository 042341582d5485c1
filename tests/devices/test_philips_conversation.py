"""The dialogue with an IntelliVue monitor: association, polls, keep-alive, and coming back."""

import json
from pathlib import Path

import pytest

from nurse_station.devices.contract import Driver
from nurse_station.devices.philips_intellivue import DRIVER, layout
from nurse_station.devices.philips_intellivue.answers import ABORT, REFUSE, acceptance
from nurse_station.devices.philips_intellivue.conversation import IntellivueConversation
from nurse_station.devices.philips_intellivue.decoder import IntellivueDecoder
from nurse_station.devices.philips_intellivue.emulator import IntellivueEmulator
from nurse_station.devices.philips_intellivue.framing import FrameSplitter, frame
from nurse_station.devices.philips_intellivue.messages import (
    Confirmed,
    MdsCreated,
    Message,
    PollRequest,
    PollResult,
    SessionWord,
    parse,
)
from nurse_station.devices.philips_intellivue.requests import extended_poll, single_poll
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, Reading
from nurse_station.vitals.waves import WaveBlock
from tests.devices.bedside import NOT_ATTACHED, STEADY, Bedside, SteadyPatient
from tests.devices.philips_messages import NUMERICS, created, told, value


def messages(said: bytes) -> list[Message]:
    found = [parse(raw.message) for raw in FrameSplitter().feed(said)]
    assert not [one for one in found if isinstance(one, str)]
    return [one for one in found if not isinstance(one, str)]


def bedside(driver: Driver = DRIVER) -> Bedside:
    return Bedside(driver, SteadyPatient(dict(STEADY)))


def associated() -> tuple[IntellivueDecoder, IntellivueConversation]:
    """A conversation whose monitor has accepted at 1.0 and presented itself at 1.5."""
    decoder = IntellivueDecoder()
    conversation = IntellivueConversation(decoder)
    conversation.opened(0.5)
    decoder.feed(frame(acceptance()), 1.0)
    decoder.feed(created([], invoke_id=9), 1.5)
    return decoder, conversation


def test_the_first_word_is_the_association_request(shared: Path) -> None:
    vectors = json.loads((shared / "captures/vectors/test_vectors.json").read_text())["philips_intellivue"]
    asked = next(v["mib_rs232_frame"] for k, v in vectors.items() if k.startswith("association_request"))
    assert IntellivueConversation(IntellivueDecoder()).opened(0.0) == bytes.fromhex(asked)


def test_nothing_is_polled_before_the_monitor_presents_itself() -> None:
    decoder = IntellivueDecoder()
    conversation = IntellivueConversation(decoder)
    conversation.opened(0.0)
    assert conversation.tick(0.25, None) == b""
    decoder.feed(frame(acceptance()), 0.5)
    assert conversation.tick(0.5, 0.5) == b""


def test_the_presentation_is_confirmed_with_its_number_and_then_come_the_polls() -> None:
    _, conversation = associated()
    assert messages(conversation.tick(1.5, 1.5)) == [Confirmed(9)]
    assert conversation.tick(1.55, 1.5) == b""
    polls = messages(conversation.tick(1.75, 1.5))
    assert [(p.object_class, p.group, bool(p.active)) for p in polls if isinstance(p, PollRequest)] == [
        (NUMERICS, 0x0803, True), (layout.ALARMS, 0x0801, True), (layout.WAVE, 0, True),
    ]  # fmt: skip


def test_each_repetition_of_the_presentation_is_confirmed_again() -> None:
    decoder, conversation = associated()
    conversation.tick(1.5, 1.5)
    decoder.feed(created([], invoke_id=10), 4.5)
    assert messages(conversation.tick(4.5, 4.5)) == [Confirmed(10)]


def test_a_lost_acceptance_is_made_good_by_the_presentation() -> None:
    decoder = IntellivueDecoder()
    conversation = IntellivueConversation(decoder)
    conversation.opened(0.0)
    decoder.feed(created([]), 0.5)
    assert messages(conversation.tick(0.5, 0.5)) == [Confirmed(9)]


@pytest.mark.parametrize("end", [REFUSE, ABORT], ids=["refused", "aborted"])
def test_an_association_that_ended_is_asked_for_again(end: bytes) -> None:
    decoder, conversation = associated()
    conversation.tick(1.5, 1.5)
    decoder.feed(frame(end), 20.0)
    assert messages(conversation.tick(20.0, 20.0)) == [SessionWord(layout.ASSOCIATE)]
    assert conversation.tick(22.0, 20.0) == b""
    assert messages(conversation.tick(23.0, 20.0)) == [SessionWord(layout.ASSOCIATE)]


def test_a_monitor_that_accepts_and_does_not_present_itself_is_asked_anew() -> None:
    decoder = IntellivueDecoder()
    conversation = IntellivueConversation(decoder)
    conversation.opened(0.0)
    for at in range(1, 10):
        decoder.feed(frame(acceptance()), float(at))
        assert conversation.tick(float(at), float(at)) == b""
    assert messages(conversation.tick(10.0, 9.0)) == [SessionWord(layout.ASSOCIATE)]


def test_silence_is_answered_with_a_new_association() -> None:
    decoder, conversation = associated()
    conversation.tick(1.5, 1.5)
    decoder.feed(told(NUMERICS, value(16770, 72, 2720)), 8.0)
    assert SessionWord(layout.ASSOCIATE) not in messages(conversation.tick(10.75, 8.0))
    assert messages(conversation.tick(11.0, 8.0)) == [SessionWord(layout.ASSOCIATE)]


def test_results_that_stay_away_are_asked_for_again() -> None:
    decoder, conversation = associated()
    conversation.tick(1.5, 1.5)
    asked: list[float] = []
    for quarter in range(8, 80):
        now = quarter / 4
        decoder.feed(told(layout.MDS, []), now)
        polls = messages(conversation.tick(now, now))
        asked += [now for p in polls if isinstance(p, PollRequest) and p.object_class == NUMERICS]
    assert asked == [2.0, 8.0, 14.0]


def test_the_monitor_is_never_asked_more_than_it_takes() -> None:
    """At most four frames in 128 ms, and one poll a second of each class."""
    side = bedside().open()
    said: list[tuple[float, Message]] = []
    for _ in range(1200):
        before = len(side.sent)
        side.run(0.05, step=0.05)
        said += [(side.now, one) for sent in side.sent[before:] for one in messages(sent)]
    times = [at for at, _ in said]
    assert all(later - at > 0.12 for at, later in zip(times, times[4:], strict=False))
    for number in (layout.NUMERIC, layout.WAVE, layout.ALARMS, layout.DEMOGRAPHICS, layout.MDS):
        polled = [at for at, one in said if isinstance(one, PollRequest) and one.object_class == number]
        assert polled
        assert all(b - a > 0.9 for a, b in zip(polled, polled[1:], strict=False))


def test_the_association_is_kept_for_ten_minutes_and_the_streams_have_no_gap() -> None:
    side = bedside().open()
    events = side.run(600, step=1.0)
    assert sum(isinstance(one, SessionWord) for said in side.sent for one in messages(said)) == 1
    at = sorted({e.at for e in events if isinstance(e, Reading)})
    assert max(b - a for a, b in zip(at, at[1:], strict=False)) <= 2.0
    samples = sum(len(e.samples) for e in events if isinstance(e, WaveBlock) and e.wave == "pleth")
    assert samples / 125 == pytest.approx(600, abs=5)


def test_release_ends_the_association_and_is_answered() -> None:
    side = bedside().open()
    side.run(5)
    side.close()
    assert messages(side.monitor.emit(side.now))[-1] == SessionWord(layout.RELEASED)
    assert side.monitor.emit(side.now + 60) == b""


def test_only_polls_and_words_of_the_session_are_ever_sent() -> None:
    side = bedside().open()
    side.run(120)
    side.restart_monitor()
    side.run(30)
    side.close()
    kinds = {type(one) for said in side.sent for one in messages(said)}
    assert kinds == {SessionWord, Confirmed, PollRequest}


def test_a_decoder_of_another_family_is_asked_to_associate_and_nothing_else() -> None:
    other = type("Other", (), {"feed": lambda *_: [], "finish": lambda *_: []})()
    conversation = IntellivueConversation(other)
    conversation.opened(0.0)
    said = [conversation.tick(at / 4, None) for at in range(1, 60)]
    assert {type(one) for each in said for one in messages(each)} == {SessionWord}


# The emulator


def emulator(values: dict[str, float | None] | None = None) -> IntellivueEmulator:
    """A monitor that is associated and confirmed."""
    monitor = IntellivueEmulator(SteadyPatient(values or STEADY), 1)
    monitor.receive(IntellivueConversation(IntellivueDecoder()).opened(0.0), 0.0)
    (_, presented) = messages(monitor.emit(0.0))
    decoder = IntellivueDecoder()
    conversation = IntellivueConversation(decoder)
    conversation.opened(0.0)
    assert isinstance(presented, MdsCreated)
    decoder.feed(created([], invoke_id=presented.invoke_id), 0.0)
    monitor.receive(conversation.tick(0.0, 0.0), 0.0)
    return monitor


def test_a_monitor_that_is_not_confirmed_presents_itself_again_and_gives_up() -> None:
    monitor = IntellivueEmulator(SteadyPatient(), 1)
    monitor.receive(IntellivueConversation(IntellivueDecoder()).opened(0.0), 0.0)
    said = [type(one) for one in messages(monitor.emit(60.0))]
    assert said == [SessionWord, MdsCreated, MdsCreated, MdsCreated, MdsCreated, SessionWord]


def test_a_monitor_that_hears_nothing_for_ten_seconds_takes_the_association_back() -> None:
    monitor = emulator()
    monitor.receive(frame(extended_poll(1, 6, 0x0803, active_s=60, invoke_id=1)), 1.0)
    said = messages(monitor.emit(100.0))
    assert said[-1] == SessionWord(layout.ABORT)
    assert len([one for one in said if isinstance(one, PollResult)]) == 10  # an answer and nine results


def test_a_poll_ends_when_its_time_is_over() -> None:
    monitor = emulator()
    monitor.receive(frame(extended_poll(1, 6, 0x0803, active_s=3, invoke_id=1)), 1.0)
    said = [one for one in messages(monitor.emit(9.0)) if isinstance(one, PollResult)]
    assert [one.sequence for one in said] == [0, 1, 2, 3]


def test_what_is_long_is_sent_in_linked_parts_and_an_empty_last_one() -> None:
    monitor = emulator()
    monitor.receive(frame(extended_poll(1, 9, 0, active_s=3, invoke_id=1)), 0.0)
    said = [one for one in messages(monitor.emit(0.256)) if isinstance(one, PollResult)][1:]
    assert [one.link for one in said] == [layout.LINK_FIRST, layout.LINK_LAST, 0]
    assert said[-1].objects == ()


def test_no_message_is_longer_than_the_line_carries() -> None:
    side = bedside().open()
    side.run(20)
    frames = [raw for _, said in side.heard for raw in FrameSplitter().feed(said)]
    assert max(len(raw.message) for raw in frames) <= 1000


def test_the_same_patient_and_seed_give_the_same_bytes() -> None:
    streams = []
    for _ in range(2):
        side = bedside().open()
        side.run(10)
        streams.append(b"".join(said for _, said in side.heard))
    assert streams[0] == streams[1]


def test_sensors_that_are_off_are_technical_alarms() -> None:
    side = Bedside(DRIVER, SteadyPatient(NOT_ATTACHED)).open()
    said = {e.key: e for e in side.run(5) if isinstance(e, DeviceCondition) and e.active}
    assert {"spo2_off", "ecg_leads_off", "monitor_alarm", "patient_identity"} == said.keys()
    assert "SENSOR OFF" in said["monitor_alarm"].detail


def test_a_single_poll_is_answered_once() -> None:
    monitor = emulator()
    monitor.receive(frame(single_poll(5, 42, 0x0807, invoke_id=2)), 1.0)
    (said,) = messages(monitor.emit(5.0))
    assert isinstance(said, PollResult)
    assert (said.poll_number, said.object_class) == (5, layout.DEMOGRAPHICS)


@pytest.mark.parametrize("number", [5, 61, 999])
def test_a_poll_of_an_unknown_class_is_answered_with_nothing(number: int) -> None:
    monitor = emulator()
    monitor.receive(frame(single_poll(5, number, 0, invoke_id=2)), 1.0)
    monitor.receive(frame(extended_poll(5, number, 0, active_s=9, invoke_id=2)), 1.0)
    assert [one.objects for one in messages(monitor.emit(5.0)) if isinstance(one, PollResult)] == [()]


def test_the_cuff_measures_every_five_minutes_and_says_when() -> None:
    side = bedside().open()
    events = side.run(400, step=1.0)
    times = {e.measured_at for e in events if isinstance(e, Reading) and e.parameter == "nibp_sys"}
    assert len([at for at in times if at is not None]) == 2
    said = [e.active for e in events if isinstance(e, DeviceCondition) and e.key == "nibp_measuring"]
    assert said == [False, True, False]


def test_every_frame_is_accepted() -> None:
    events = bedside().open().run(20)
    assert len([e for e in events if isinstance(e, FrameAccepted)]) > 100

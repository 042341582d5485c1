"""IntelliVue messages: numbers, lengths that lie, linked parts, and what is skipped."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.devices.philips_intellivue.answers import ABORT, REFUSE, RELEASED, acceptance
from nurse_station.devices.philips_intellivue.clock import MonitorClock, bcd, ticks_between, time_of_day
from nurse_station.devices.philips_intellivue.cursor import float_word, number
from nurse_station.devices.philips_intellivue.framing import FrameSplitter, frame
from nurse_station.devices.philips_intellivue.messages import PollResult, Unread, parse
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Missing
from tests.devices.philips_messages import (
    BPM,
    MMHG,
    NUMERICS,
    PERCENT,
    alarm,
    counted,
    heard,
    observed,
    readings,
    reply,
    result,
    told,
    value,
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        (0xFD007D00, 32.0),
        (0x01000140, 3200.0),
        (0x00000048, 72.0),
        (0xFF00016F, 36.7),
        (0x00FFFFFF, -1.0),
        (0xFFFFFFF6, -1.0),
        (0x007FFFFF, Missing.INVALID),
        (0x00800000, Missing.INVALID),
        (0x007FFFFE, Missing.OVER_RANGE),
        (0x00800002, Missing.UNDER_RANGE),
        (0xFE7FFFFF, Missing.INVALID),
        (0x7F7FFFFD, 8388605e127),
        (0x80000001, 1e-128),
    ],
)
def test_a_float_word_means(word: int, meant: float | Missing) -> None:
    assert number(word) == (pytest.approx(meant) if isinstance(meant, float) else meant)


@given(st.integers(-8_000_000, 8_000_000), st.integers(0, 4))
def test_a_value_comes_back_from_its_word(mantissa: int, decimals: int) -> None:
    value = mantissa / 10**decimals
    assert number(float_word(value, decimals)) == value


def test_no_value_has_the_word_not_a_number() -> None:
    assert number(float_word(None)) is Missing.INVALID
    with pytest.raises(ValueError, match="mantissa"):
        float_word(1e9)


def test_the_two_clocks_are_joined_and_the_count_may_turn_over() -> None:
    clock = MonitorClock()
    assert clock.unix(5) is None
    clock.told(bcd(1_700_000_000.25), 2**32 - 8000)
    assert clock.unix(8000) == pytest.approx(1_700_000_002.25)
    assert ticks_between(8000, 2**32 - 8000) == -16000
    assert clock.age_s(8000, ticks=0, stamp=None) == 1.0
    assert clock.age_s(8000, ticks=None, stamp=bcd(1_700_000_000.0)) == pytest.approx(2.25)
    assert clock.age_s(8000, ticks=None, stamp=bcd(1_600_000_000.0)) is None
    assert clock.age_s(8000, ticks=None, stamp=None) is None


@pytest.mark.parametrize("stamp", ["ff" * 8, "00" * 8, "2026133112000000", "20261131250000aa", "202611"])
def test_what_is_no_date_is_none(stamp: str) -> None:
    assert time_of_day(bytes.fromhex(stamp)) is None


def test_a_date_is_read_and_written() -> None:
    assert time_of_day(bytes.fromhex("2026112211241950")) == 1795346659.5
    assert bcd(1795346659.5).hex() == "2026112211241950"


TWO = [value(16770, 72, BPM), value(19384, 97, PERCENT)]
LIKE_LIFE = result(reply(NUMERICS, list(enumerate([*TWO, [(0x094B, counted(
    observed(18949, 124, MMHG), observed(18950, 78, MMHG), observed(18951, 93, MMHG)))]]))))  # fmt: skip
ALARMING = result(reply(54, [(1, [(0x0902, counted(alarm(16770, 3076, words="ASYSTOLE")))])]))


@pytest.mark.parametrize("message", [LIKE_LIFE, ALARMING], ids=["numerics", "alarms"])
def test_every_shortened_message_is_refused_whole(message: bytes) -> None:
    for size in range(len(message)):
        events = heard(frame(message[:size]))
        assert [type(event) for event in events] == [FrameRefused], size


def test_every_length_that_lies_upwards_is_refused_whole() -> None:
    """Each u16 of the message in its turn becomes larger than what holds it."""
    refused = 0
    for at in range(4, len(LIKE_LIFE) - 1, 2):
        lying = LIKE_LIFE[:at] + b"\xff\xf0" + LIKE_LIFE[at + 2 :]
        events = heard(frame(lying))
        if isinstance(events[0], FrameRefused):
            assert len(events) == 1
            assert events[0].reason == "bounds"
            refused += 1
    assert refused >= 15, "operation, result, reply, three levels of lists, attributes"


def test_linked_results_give_all_their_values() -> None:
    parts = [
        result(reply(NUMERICS, [(1, TWO[0])], extended=True), extended=True, link=(1, 1)),
        result(reply(NUMERICS, [(2, TWO[1])], extended=True), extended=True, link=(2, 2)),
        result(reply(NUMERICS, [(3, value(20490, 14, 2784))], extended=True), extended=True, link=(3, 3)),
        result(reply(NUMERICS, [], extended=True), extended=True),
    ]
    heard_values = {key: r.value for key, r in readings(*map(frame, parts)).items()}
    assert heard_values == {"hr": 72, "spo2": 97, "rr_imp": 14}


def test_a_lost_part_leaves_the_others_their_values() -> None:
    first = frame(result(reply(NUMERICS, [(1, TWO[0])]), link=(1, 1)))
    middle = frame(result(reply(NUMERICS, [(2, TWO[1])]), link=(2, 2)))
    last = frame(result(reply(NUMERICS, [(3, value(20490, 14, 2784))])))
    assert set(readings(first, middle[:-4] + b"\1" + middle[-3:], last)) == {"hr", "rr_imp"}


def test_unknown_attributes_are_skipped_by_their_length() -> None:
    listed = [(0x0921, b"\x01"), (0xF008, bytes(range(50))), *TWO[0], (0x0996, b""), (0xFFFF, b"\0" * 7)]
    assert readings(told(NUMERICS, listed))["hr"].value == 72


@pytest.mark.parametrize("object_class", [2, 5, 35, 41, 61, 0xFFFF])
def test_values_of_other_classes_are_nobodys(object_class: int) -> None:
    events = heard(told(object_class, TWO[0]))
    assert [type(event) for event in events] == [FrameAccepted]


def test_the_same_class_number_in_another_partition_is_another_thing() -> None:
    assert readings(told(NUMERICS, TWO[0], partition=2)) == {}


def test_an_empty_list_may_lack_its_length() -> None:
    message = result(reply(NUMERICS, [])[:-2])
    assert isinstance(parse(message), PollResult)


def test_the_answer_of_a_real_monitor_to_a_new_poll_is_read() -> None:
    """As published in the tests of intellipy: an extended poll of values, confirmed and still empty."""
    sent = "e10000020002002a03eb00070024002100000000f13b001a000000000d617300" + "ff" * 8
    message = parse(bytes.fromhex(sent + "00010006000000000000"))
    assert isinstance(message, PollResult)
    assert (message.sequence, message.relative_time, message.objects) == (0, 0x0D617300, ())


@pytest.mark.parametrize("message", [acceptance(), RELEASED, ABORT, REFUSE, b"\x19\x2e\x11"])
def test_words_of_the_session_are_known_by_their_first_byte(message: bytes) -> None:
    assert [type(e) for e in heard(frame(message)) if not hasattr(e, "key")] == [FrameAccepted]


@pytest.mark.parametrize("body", [b"", b"\x00\x01", b"\x42" * 40])
def test_a_message_of_no_known_kind_is_refused(body: bytes) -> None:
    (event,) = heard(frame(body))
    assert isinstance(event, FrameRefused)
    assert event.reason == ("unknown" if body else "bounds")


def test_an_error_result_is_a_good_frame_that_says_nothing() -> None:
    error = b"\xe1\x00\x00\x02" + struct.pack(">HHHHH", 3, 6, 7, 9, 0)
    assert parse(error) == Unread()


@given(st.binary(max_size=200))
def test_no_message_raises(data: bytes) -> None:
    parse(b"\xe1\x00\x00\x02" + data)
    parse(data)


@given(st.data())
def test_no_mutated_message_raises_or_gives_a_value_from_a_refused_frame(data: st.DataObject) -> None:
    message = bytearray(data.draw(st.sampled_from([LIKE_LIFE, ALARMING])))
    for _ in range(data.draw(st.integers(1, 5))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    events = heard(frame(bytes(message)))
    assert len(FrameSplitter().feed(frame(bytes(message)))) == 1
    if isinstance(events[0], FrameRefused):
        assert len(events) == 1

"""Nonin DF1 and DF8: frames without a checksum, and how far they are believed."""

import json
import random
from pathlib import Path

import pytest

from nurse_station.devices.contract import Event
from nurse_station.devices.nonin.layout import DF1, DF8, ShortFormat
from nurse_station.devices.nonin.short_decoder import ShortDecoder
from nurse_station.devices.nonin.short_frames import short_frame
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)

both = pytest.mark.parametrize("form", [DF1, DF8], ids=lambda form: form.key)


def sent(form: ShortFormat, *frames: tuple[int, int], status: int = 0, status_2: int = 0) -> bytes:
    """Frames of (pulse rate, saturation)."""
    return b"".join(short_frame(form, status, pr, spo2, status_2) for pr, spo2 in frames)


def heard(data: bytes, form: ShortFormat = DF1) -> list[Event]:
    decoder = ShortDecoder(form)
    return decoder.feed(data, 1.0) + decoder.finish(1.0)


def values(events: list[Event]) -> list[tuple[float | None, float | None]]:
    """(pulse rate, saturation) of each frame that was given."""
    found = [e.value for e in events if isinstance(e, Reading)]
    return [(pr, spo2) for spo2, pr in zip(found[::2], found[1::2], strict=True)]


def active(events: list[Event]) -> dict[str, str]:
    said = {e.key: (e.active, e.detail) for e in events if isinstance(e, DeviceCondition)}
    return {key: detail for key, (now, detail) in said.items() if now}


def refused(events: list[Event]) -> list[str]:
    return [e.reason for e in events if isinstance(e, FrameRefused)]


@pytest.fixture(scope="module")
def vectors(shared: Path) -> dict[str, bytes]:
    found = json.loads((shared / "captures/vectors/test_vectors.json").read_text(encoding="utf-8"))["nonin"]
    return {name: bytes.fromhex(words) for name, words in found.items() if "_DF1_" in name}


@pytest.mark.parametrize(
    ("word", "frame", "status", "expected"),
    [
        ("HR72", (72, 97), 0, (72.0, 97.0)),
        ("HR150", (150, 88), 0, (150.0, 88.0)),
        ("missing", (511, 127), 0x40, (None, None)),
    ],
)
def test_every_vector_is_produced_and_decodes(
    vectors: dict[str, bytes],
    word: str,
    frame: tuple[int, int],
    status: int,
    expected: tuple[float | None, float | None],
) -> None:
    assert len(vectors) == 3
    data = next(data for name, data in vectors.items() if word in name)
    assert sent(DF1, frame, status=status) == data
    assert values(heard(data)) == [expected]


def test_all_vectors_in_a_row_decode(vectors: dict[str, bytes]) -> None:
    found = values(heard(b"".join(vectors.values())))
    assert found == [(72, 97), (150, 88), (None, None)]


@both
@pytest.mark.parametrize("pr", [1, 72, 127, 128, 150, 255, 256, 300, 350])
def test_a_pulse_rate_of_nine_bits_is_read(form: ShortFormat, pr: int) -> None:
    assert values(heard(sent(form, (pr, 97)), form)) == [(pr, 97)]


@both
def test_a_frame_is_given_when_the_next_begins_and_keeps_its_own_time(form: ShortFormat) -> None:
    decoder = ShortDecoder(form)
    for second in range(3):
        decoder.feed(sent(form, (70 + second, 97)), float(second))
    begun = decoder.feed(sent(form, (73, 97))[:1], 3.0)
    assert values(begun) == [(72, 97)]
    assert {e.at for e in begun} == {2.0}


@both
@pytest.mark.parametrize("cut", range(4))
def test_a_stream_that_begins_inside_of_a_frame_is_read_from_the_next(form: ShortFormat, cut: int) -> None:
    events = heard(sent(form, (71, 97), (72, 97), (73, 97))[cut:], form)
    assert values(events) == [(71, 97), (72, 97), (73, 97)][(cut + form.size - 1) // form.size :]
    assert not refused(events)


@both
@pytest.mark.parametrize("length", range(1, 8))
def test_lost_bytes_never_make_another_number(form: ShortFormat, length: int) -> None:
    stream = sent(form, *[(72, 97)] * 8)
    for at in range(len(stream) - length):
        assert set(values(heard(stream[:at] + stream[at + length :], form))) <= {(72.0, 97.0)}, at


@both
def test_added_bytes_never_make_another_number(form: ShortFormat) -> None:
    stream = sent(form, *[(72, 97)] * 8)
    for at in range(1, len(stream)):
        assert set(values(heard(stream[:at] + b"\x55" + stream[at:], form))) <= {(72.0, 97.0)}, at


@both
def test_values_are_back_three_seconds_after_damage(form: ShortFormat) -> None:
    stream = sent(form, *[(72, 97)] * 4) + b"\x55" + sent(form, *[(73, 97)] * 3)
    decoder = ShortDecoder(form)
    assert values(decoder.feed(stream, 1.0))[-1] == (73, 97)


@both
def test_after_damage_two_frames_must_agree(form: ShortFormat) -> None:
    damage = sent(form, (72, 97)) + b"\x55\x55"
    events = heard(damage + sent(form, (30, 40), (72, 97), (73, 97), (74, 98)), form)
    assert values(events) == [(72, 97), (73, 97), (74, 98)]
    assert "unconfirmed" in refused(events)


@both
def test_noise_before_a_stream_gives_no_number(form: ShortFormat) -> None:
    chance = random.Random(11)
    for _ in range(50):
        noise = b"\x55" * 5 + chance.randbytes(120)
        assert set(values(heard(noise + sent(form, *[(72, 97)] * 4), form))) <= {(72.0, 97.0)}


@pytest.mark.parametrize(
    ("form", "data", "reason"),
    [
        (DF1, sent(DF8, (72, 97), (72, 97), (72, 97)), "long"),
        (DF8, sent(DF1, (72, 97), (72, 97), (72, 97)), "short"),
        (DF1, b"SPO2=097 HR=072\r\n" * 9, "start"),
        (DF1, b"\x80\x48\x66" * 3, "range"),
        (DF1, b"\x82\x7f\x61" * 3, "range"),
        (DF1, b"\x80\x00\x61" * 3, "range"),
    ],
)
def test_what_is_no_frame_is_told(form: ShortFormat, data: bytes, reason: str) -> None:
    events = heard(data, form)
    assert reason in refused(events)
    assert not values(events)


def test_a_df2_line_gives_no_number() -> None:
    frames = b"\x01\x81\x48\x61\x2b" + b"\x01\x80\x48\x61\x2a" * 24
    assert values(heard(frames * 9)) == []


@both
@pytest.mark.parametrize(
    ("status", "keys", "quality"),
    [
        (0x00, set(), Quality.GOOD),
        (0x40, {"spo2_off", "spo2_no_sensor"}, Quality.MISSING),
        (0x20, {"spo2_out_of_track"}, Quality.QUESTIONABLE),
        (0x10, {"spo2_low_perfusion"}, Quality.QUESTIONABLE),
        (0x08, {"spo2_weak"}, Quality.GOOD),
        (0x04, {"spo2_artefact"}, Quality.QUESTIONABLE),
    ],
)
def test_a_status_bit_is_what_it_stands_for(
    form: ShortFormat, status: int, keys: set[str], quality: Quality
) -> None:
    events = heard(sent(form, (72, 97), status=status), form)
    assert active(events).keys() == keys
    assert {e.quality for e in events if isinstance(e, Reading)} == {quality}


def test_digits_beside_a_disconnected_sensor_are_no_value() -> None:
    events = heard(sent(DF1, (72, 97), status=0x40))
    assert {(e.value, e.why) for e in events if isinstance(e, Reading)} == {(None, Missing.OFF)}


def test_the_codes_are_no_value() -> None:
    events = heard(sent(DF1, (511, 127)))
    assert {(e.value, e.why) for e in events if isinstance(e, Reading)} == {(None, Missing.INVALID)}


def test_the_second_status_of_df8_is_shown_as_it_was_sent() -> None:
    assert active(heard(sent(DF8, (72, 97), status_2=0x05), DF8)) == {"monitor_status": "status 2: 05"}
    assert active(heard(sent(DF8, (72, 97)), DF8)) == {}


def test_another_second_status_is_told_anew() -> None:
    stream = sent(DF8, (72, 97), status_2=1) + sent(DF8, (72, 97), status_2=2) + sent(DF8, (72, 97))
    told = [(e.active, e.detail) for e in heard(stream, DF8) if isinstance(e, DeviceCondition)
            and e.key == "monitor_status"]  # fmt: skip
    assert told == [(True, "status 2: 01"), (True, "status 2: 02"), (False, "")]


@both
def test_a_last_frame_that_nothing_speaks_for_is_stale(form: ShortFormat) -> None:
    events = heard(sent(form, (72, 97), (72, 97), (150, 60)), form)
    assert [e.quality for e in events if isinstance(e, Reading)][-2:] == [Quality.STALE] * 2


@both
@pytest.mark.parametrize(("pr", "spo2", "given"), [
    (87, 93, Quality.GOOD), (88, 97, Quality.QUESTIONABLE), (72, 92, Quality.QUESTIONABLE),
    (511, 96, Quality.GOOD), (72, 127, Quality.GOOD), (8, 97, Quality.QUESTIONABLE),
])  # fmt: skip
def test_a_jump_carries_a_question_mark(form: ShortFormat, pr: int, spo2: int, given: Quality) -> None:
    events = heard(sent(form, (72, 97), (pr, spo2), (pr, spo2), (pr, spo2)), form)
    told = [e.quality for e in events if isinstance(e, Reading)]
    assert set(told[2:4]) - {Quality.MISSING} == {given}
    assert set(told[4:]) - {Quality.MISSING} == {Quality.GOOD}


@both
def test_the_last_frame_before_damage_is_not_given_at_the_end(form: ShortFormat) -> None:
    events = heard(b"\x55" * 8 + sent(form, (72, 97)), form)
    assert not [e for e in events if isinstance(e, FrameAccepted)]

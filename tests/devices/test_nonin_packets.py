"""Nonin DF2 and DF7: packets of vectors, damaged packets, and what each bit becomes."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.devices.contract import Event
from nurse_station.devices.nonin.emulator import float_bytes
from nurse_station.devices.nonin.layout import DF2, DF7, FRAMES, PacketFormat
from nurse_station.devices.nonin.packet_decoder import PacketDecoder
from nurse_station.devices.nonin.packets import packet
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock

both = pytest.mark.parametrize("form", [DF2, DF7], ids=lambda form: form.key)
SAMPLES = tuple(range(10, 10 + FRAMES))


def sent(
    form: PacketFormat = DF2,
    pr: int = 72,
    spo2: int = 97,
    *,
    status: int = 0,
    status_2: int = 0,
    statuses: Sequence[int] | None = None,
    samples: Sequence[int] = SAMPLES,
) -> bytes:
    floats = float_bytes(pr, spo2, status_2=status_2)
    return packet(form, statuses or [status] * FRAMES, samples, floats)


def heard(data: bytes, form: PacketFormat = DF2) -> list[Event]:
    decoder = PacketDecoder(form)
    return decoder.feed(data, 1.0) + decoder.finish(1.0)


def numbers(events: list[Event]) -> list[tuple[str, float | None]]:
    return [(e.parameter, e.value) for e in events if isinstance(e, Reading)]


def readings(events: list[Event]) -> dict[str, Reading]:
    return {e.parameter: e for e in events if isinstance(e, Reading)}


def active(events: list[Event]) -> set[str]:
    said = {e.key: e.active for e in events if isinstance(e, DeviceCondition)}
    return {key for key, now in said.items() if now}


def refused(events: list[Event]) -> list[str]:
    return [e.reason for e in events if isinstance(e, FrameRefused)]


@pytest.fixture(scope="module")
def vectors(shared: Path) -> dict[str, bytes]:
    found = json.loads((shared / "captures/vectors/test_vectors.json").read_text(encoding="utf-8"))["nonin"]
    return {name: bytes.fromhex(words) for name, words in found.items() if "_DF2_" in name}


def vector(vectors: dict[str, bytes], word: str) -> bytes:
    return next(data for name, data in vectors.items() if word in name)


@pytest.mark.parametrize(
    ("word", "pr", "spo2", "status"),
    [("HR72", 72, 97, 0), ("HR150", 150, 88, 0), ("disconnected", 511, 127, 0x40)],
)
def test_every_vector_is_produced_to_the_byte(
    vectors: dict[str, bytes], word: str, pr: int, spo2: int, status: int
) -> None:
    assert sent(pr=pr, spo2=spo2, status=status, samples=[1] * FRAMES) == vector(vectors, word)


@pytest.mark.parametrize(
    ("word", "pr", "spo2"), [("HR72", 72, 97), ("HR150", 150, 88), ("disconnected", None, None)]
)
def test_every_vector_decodes_as_its_name_says(
    vectors: dict[str, bytes], word: str, pr: float | None, spo2: float | None
) -> None:
    assert dict(numbers(heard(vector(vectors, word)))) == {"spo2": spo2, "pr": pr}


def test_no_vector_is_left_out(vectors: dict[str, bytes]) -> None:
    assert len(vectors) == 3


def test_the_published_packet_decodes(shared: Path) -> None:
    words = (shared / "captures/nonin/df2_packet_pufferfish_synthetic.hex").read_text(encoding="ascii")
    events = heard(bytes.fromhex(words))
    assert numbers(events) == [("spo2", 97), ("pr", 72)]
    assert not refused(events)


@both
@given(pr=st.integers(1, 350), spo2=st.integers(1, 100))
@settings(max_examples=40, deadline=None)
def test_every_number_that_an_oximeter_sends_is_read(form: PacketFormat, pr: int, spo2: int) -> None:
    events = heard(sent(form, pr, spo2), form)
    assert numbers(events) == [("spo2", spo2), ("pr", pr)]


@both
@pytest.mark.parametrize("cut", range(0, 125, 3))
def test_a_stream_that_begins_inside_of_a_packet_is_read_from_the_next_packet_on(
    form: PacketFormat, cut: int
) -> None:
    stream = sent(form, 71) + sent(form, 72) + sent(form, 73)
    whole = [71.0, 72.0, 73.0] if cut == 0 else [72.0, 73.0]
    assert [value for key, value in numbers(heard(stream[cut:], form)) if key == "pr"] == whole


@both
def test_a_packet_is_given_with_its_last_byte(form: PacketFormat) -> None:
    decoder, data = PacketDecoder(form), sent(form)
    assert decoder.feed(data[:-1], 1.0) == []
    assert isinstance(decoder.feed(data[-1:], 2.0)[0], FrameAccepted)


@both
@pytest.mark.parametrize("lost", range(0, 125, 2))
def test_a_lost_byte_costs_its_packet_and_gives_no_other_number(form: PacketFormat, lost: int) -> None:
    stream = sent(form, 71) + sent(form, 171, 60) + sent(form, 73)
    events = heard(stream[: 125 + lost] + stream[125 + lost + 1 :], form)
    assert numbers(events) == [("spo2", 97), ("pr", 71), ("spo2", 97), ("pr", 73)]
    assert refused(events)


@both
@pytest.mark.parametrize("frame", range(FRAMES))
def test_one_bad_checksum_refuses_the_packet(form: PacketFormat, frame: int) -> None:
    damaged = bytearray(sent(form))
    damaged[5 * frame + 4] ^= 0x10
    events = heard(sent(form, 71) + bytes(damaged) + sent(form, 73), form)
    assert [value for key, value in numbers(events) if key == "pr"] == [71, 73]
    assert refused(events) == ["checksum"]
    assert sum(isinstance(e, WaveBlock) for e in events) == 2


@pytest.mark.parametrize("frame", range(1, FRAMES))
def test_a_status_without_its_fixed_bit_refuses_the_packet(frame: int) -> None:
    damaged = bytearray(sent())
    damaged[5 * frame + 1] &= 0x7F
    damaged[5 * frame + 4] ^= 0x80  # as if it had been sent so
    events = heard(bytes(damaged))
    assert (numbers(events), refused(events)) == ([], ["status"])


def test_a_first_frame_without_its_fixed_bit_is_no_begin() -> None:
    damaged = bytearray(sent())
    damaged[1] &= 0x7F
    damaged[4] ^= 0x80
    events = heard(bytes(damaged))
    assert (numbers(events), refused(events)) == ([], ["start"])


@both
@pytest.mark.parametrize("frames", range(1, FRAMES))
def test_a_packet_that_was_cut_short_is_refused(form: PacketFormat, frames: int) -> None:
    events = heard(sent(form, 171)[: 5 * frames] + sent(form, 72), form)
    assert numbers(events) == [("spo2", 97), ("pr", 72)]
    assert refused(events) == ["sync"]


@both
def test_a_packet_with_a_second_first_frame_is_refused(form: PacketFormat) -> None:
    statuses = [0] * FRAMES
    statuses[9] = 1
    assert refused(heard(sent(form, statuses=statuses), form)) == ["sync"]


def test_half_a_packet_is_forgotten_when_the_line_ends() -> None:
    decoder = PacketDecoder(DF2)
    assert decoder.feed(sent()[:60], 1.0) + decoder.finish(1.0) == []
    assert numbers(decoder.feed(sent()[60:], 2.0)) == []


def test_a_line_without_packets_is_told() -> None:
    events = heard(b"SPO2=097 HR=072\r\n" * 40)
    assert set(refused(events)) == {"start"}
    assert not numbers(events)


@both
def test_the_other_format_is_refused(form: PacketFormat) -> None:
    other = DF7 if form is DF2 else DF2
    stream = b"".join(
        sent(other, pr, samples=[300 % (other.full_scale + 1)] * FRAMES) for pr in range(60, 72)
    )
    events = heard(stream, form)
    assert refused(events)
    assert not numbers(events)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (511, Missing.INVALID),
        (0, Missing.IMPLAUSIBLE),
        (351, Missing.IMPLAUSIBLE),
        (510, Missing.IMPLAUSIBLE),
    ],
)
def test_a_pulse_rate_that_is_none(raw: int, why: Missing) -> None:
    found = readings(heard(sent(pr=raw)))["pr"]
    assert (found.value, found.why, found.quality) == (None, why, Quality.MISSING)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (127, Missing.INVALID),
        (0, Missing.IMPLAUSIBLE),
        (101, Missing.IMPLAUSIBLE),
        (126, Missing.IMPLAUSIBLE),
    ],
)
def test_a_saturation_that_is_none(raw: int, why: Missing) -> None:
    found = readings(heard(sent(spo2=raw)))["spo2"]
    assert (found.value, found.why, found.quality) == (None, why, Quality.MISSING)


@both
@pytest.mark.parametrize(
    ("status", "keys", "quality"),
    [
        (0x00, set(), Quality.GOOD),
        (0x40, {"spo2_off", "spo2_no_sensor"}, Quality.MISSING),
        (0x20, {"spo2_artefact"}, Quality.QUESTIONABLE),
        (0x10, {"spo2_out_of_track"}, Quality.QUESTIONABLE),
        (0x08, {"spo2_off"}, Quality.MISSING),
        (0x04, {"spo2_low_perfusion"}, Quality.QUESTIONABLE),
        (0x06, {"spo2_weak"}, Quality.GOOD),
        (0x02, set(), Quality.GOOD),
        (0x30, {"spo2_artefact", "spo2_out_of_track"}, Quality.QUESTIONABLE),
    ],
)
@pytest.mark.parametrize("place", [0, 12, 24])
def test_a_status_bit_in_any_frame_is_what_it_stands_for(
    form: PacketFormat, status: int, keys: set[str], quality: Quality, place: int
) -> None:
    statuses = [0] * FRAMES
    statuses[place] = status
    events = heard(sent(form, statuses=statuses), form)
    assert active(events) == keys
    assert {e.quality for e in events if isinstance(e, Reading)} == {quality}
    assert [e.leads_off for e in events if isinstance(e, WaveBlock)] == ["spo2_off" in keys]


@pytest.mark.parametrize("status", [0x40, 0x08])
def test_digits_beside_a_sensor_that_is_off_are_no_value(status: int) -> None:
    found = readings(heard(sent(pr=72, spo2=97, status=status)))
    assert {(e.value, e.why) for e in found.values()} == {(None, Missing.OFF)}


@pytest.mark.parametrize(("status_2", "key"), [(0x01, "battery_low"), (0x20, "spo2_smartpoint")])
def test_the_second_status_is_read(status_2: int, key: str) -> None:
    assert active(heard(sent(status_2=status_2))) == {key}


def test_the_colour_of_a_pulse_stands_until_the_next_pulse() -> None:
    decoder = PacketDecoder(DF2)
    decoder.feed(sent(status=0x04), 1.0)
    assert readings(decoder.feed(sent(status=0), 1.3))["spo2"].quality is Quality.QUESTIONABLE
    green = decoder.feed(sent(status=0x02), 1.6)
    assert readings(green)["spo2"].quality is Quality.GOOD
    assert [(e.key, e.active) for e in green if isinstance(e, DeviceCondition)] == [
        ("spo2_low_perfusion", False)
    ]


def test_the_colour_of_a_pulse_goes_with_the_finger() -> None:
    decoder = PacketDecoder(DF2)
    decoder.feed(sent(status=0x04), 1.0)
    assert "spo2_low_perfusion" not in active(decoder.feed(sent(status=0x08), 1.3))
    assert readings(decoder.feed(sent(), 1.6))["spo2"].quality is Quality.GOOD


def test_the_values_for_display_are_never_used() -> None:
    floats = bytearray(float_bytes(511, 127))
    floats[8] = floats[16] = 97
    floats[19:23] = bytes((0, 72, 0, 72))
    events = heard(packet(DF2, [0] * FRAMES, SAMPLES, bytes(floats)))
    assert numbers(events) == [("spo2", None), ("pr", None)]


def test_frames_that_stand_in_each_others_places_are_refused() -> None:
    """Two losses that leave 25 good frames: the second of one packet, and the first of the next."""
    packets = sent() + sent()
    left = packets[:5] + packets[10:125] + packets[130:135]
    events = heard(left + sent())
    assert numbers(events) == [("spo2", 97), ("pr", 72)]
    assert refused(events)[0] == "places"


@pytest.mark.parametrize(
    ("places", "value", "expected"),
    [
        ((8, 9, 10, 15, 16), 86, []),
        ((8, 9, 10, 15, 16), 87, [97]),
        ((8, 9, 10, 15), 40, [97]),
        ((8, 9, 10, 15, 16), 127, [97]),
        ((8, 9, 10, 15, 16), 0, [97]),
    ],
)
def test_a_saturation_that_every_other_average_contradicts_is_none(
    places: tuple[int, ...], value: int, expected: list[float]
) -> None:
    floats = bytearray(float_bytes(72, 97))
    for place in places:
        floats[place] = value
    events = heard(packet(DF2, [0] * FRAMES, SAMPLES, bytes(floats)))
    assert [found for key, found in numbers(events) if key == "spo2"] == expected


def test_reserved_bits_of_the_upper_half_are_left_out() -> None:
    floats = bytearray(float_bytes(150, 88))
    floats[0] |= 0x7C
    assert readings(heard(packet(DF2, [0] * FRAMES, SAMPLES, bytes(floats))))["pr"].value == 150


@both
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_the_pleth_gives_the_oximeters_own_integers_back(form: PacketFormat, data: st.DataObject) -> None:
    counts = data.draw(st.lists(st.integers(0, form.full_scale), min_size=FRAMES, max_size=FRAMES))
    block = next(e for e in heard(sent(form, samples=counts), form) if isinstance(e, WaveBlock))
    assert np.rint(block.samples / block.resolution).astype(int).tolist() == counts
    assert (block.wave, block.rate_hz) == ("pleth", 75.0)


def test_the_whole_of_the_pleth_is_a_hundred_percent() -> None:
    block = next(e for e in heard(sent(samples=[0, 255] + [128] * 23)) if isinstance(e, WaveBlock))
    assert (block.samples[0], block.samples[1]) == (0.0, 100.0)


@pytest.mark.parametrize("key", ["nonin-df1", "nonin-df2", "nonin-df7", "nonin-df8"])
def test_the_station_says_nothing_to_a_nonin(key: str) -> None:
    driver = DRIVERS[key]
    conversation = driver.conversation(driver.decoder())
    said = conversation.opened(0.0) + conversation.tick(60.0, None) + conversation.closing()
    assert said == b""


@pytest.mark.parametrize("key", ["nonin-df2", "nonin-df7"])
def test_three_packets_a_second_are_sent(key: str) -> None:
    class Nobody:
        def numerics(self, at: float) -> dict[str, float | None]:
            return {"pr": None, "spo2": None}

        def wave(self, _key: str, start: float, count: int, rate_hz: float) -> np.ndarray:
            return np.full(count, np.nan, np.float32)

    monitor = DRIVERS[key].emulator(Nobody(), 1)
    monitor.emit(0.0)
    assert len(b"".join(monitor.emit(tick / 10) for tick in range(101))) == 30 * 125

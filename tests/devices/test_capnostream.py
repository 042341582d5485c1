"""What the frames, bits and values of a Capnostream become."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.devices.capnostream import DRIVER, layout
from nurse_station.devices.capnostream.decoder import CapnostreamDecoder
from nurse_station.devices.capnostream.framing import FrameSplitter, frame
from nurse_station.devices.capnostream.requests import DISABLE, ENABLE, LINK_IS_ACTIVE, START, STOP
from nurse_station.devices.contract import Event
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock

# Places in the payload of the numerics.
ETCO2, FICO2, RR, SPO2, PR, SLOW, CO2_ALARMS, SPO2_ALARMS, UNIT, EXTENDED = 4, 5, 6, 7, 8, 9, 13, 14, 25, 26
QUIET = bytes((0, 0, 0, 77, 41, 1, 13, 96, 64, 0, 0, 0, 0, 0, 0, 0,
               55, 20, 28, 6, 7, 99, 88, 140, 50, layout.MMHG, 0))  # fmt: skip
CO2 = {"etco2", "fico2", "rr_co2"}
OXIMETER = {"spo2", "pr"}


def numerics(changed: dict[int, int] | None = None, more: bytes = b"") -> bytes:
    """A numerics frame of a quiet monitor with some bytes changed."""
    payload = bytearray(QUIET)
    for at, byte in (changed or {}).items():
        payload[at] = byte
    return frame(layout.NUMERICS, bytes(payload) + more)


def wave(status: int = 0, whole: int = 30, fraction: int = 64, number: int = 1) -> bytes:
    return frame(layout.CO2_WAVE, bytes((number, whole, fraction, status)))


def decoded(*frames: bytes) -> list[Event]:
    return CapnostreamDecoder().feed(b"".join(frames), 1.0)


def readings(*frames: bytes) -> dict[str, Reading]:
    return {event.parameter: event for event in decoded(*frames) if isinstance(event, Reading)}


def active(*frames: bytes) -> dict[str, str]:
    """The conditions that hold after the frames, with their details."""
    found: dict[str, str] = {}
    for event in decoded(*frames):
        if isinstance(event, DeviceCondition):
            found.pop(event.key, None)
            if event.active:
                found[event.key] = event.detail
    return found


def refusals(*chunks: bytes) -> list[str]:
    return [event.reason for event in decoded(*chunks) if isinstance(event, FrameRefused)]


@pytest.fixture
def vectors(shared: Path) -> dict[str, bytes]:
    path = shared / "captures/vectors/test_vectors.json"
    if not path.is_file():
        pytest.skip(f"no computed frames at {path}")
    return {name: bytes.fromhex(text) for name, text in json.loads(path.read_text())["capnostream"].items()}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("EnableComm", ENABLE),
        ("DisableComm", DISABLE),
        ("StartRTComm", START),
        ("StopRTComm", STOP),
        ("LinkIsActive", LINK_IS_ACTIVE),
        ("InquireNumeric_SpO2", frame(3, b"\x04")),
        ("InquireProtocolRev", frame(9)),
        ("Setup_CommIntIndication=2", frame(60, b"\x04\x02")),
    ],
)
def test_a_request_equals_the_computed_frame(vectors: dict[str, bytes], name: str, made: bytes) -> None:
    assert made == vectors[name]


def test_the_computed_numerics_hold_what_their_name_says(vectors: dict[str, bytes]) -> None:
    (name,) = (name for name in vectors if name.startswith("SYNTH_numerics"))
    words = name.split()[1:]
    keys = {"EtCO2": "etco2", "FiCO2": "fico2", "RR": "rr_co2", "SpO2": "spo2", "PR": "pr"}
    said = {keys[word]: float(value) for word, value in zip(words[::2], words[1::2], strict=True)}
    heard = readings(vectors[name])
    assert {key: reading.value for key, reading in heard.items()} == said
    assert {reading.quality for reading in heard.values()} == {Quality.GOOD}


def test_the_computed_wave_samples_hold_what_their_names_say(vectors: dict[str, bytes]) -> None:
    good, invalid = (vectors[name] for name in vectors if name.startswith("SYNTH_co2wave"))
    blocks = [event for event in decoded(good, invalid) if isinstance(event, WaveBlock)]
    assert blocks[0].samples.tolist() == [38.5]
    assert math.isnan(blocks[1].samples[0])
    assert not refusals(good, invalid)


def test_every_computed_frame_is_made_or_read_here(vectors: dict[str, bytes]) -> None:
    assert len([name for name in vectors if not name.startswith("SYNTH")]) == 8
    assert len([name for name in vectors if name.startswith("SYNTH")]) == 3


@given(code=st.integers(0, 255), payload=st.binary(max_size=254))
def test_a_frame_comes_out_as_it_went_in(code: int, payload: bytes) -> None:
    (heard,) = FrameSplitter().feed(frame(code, payload))
    assert (heard.code, heard.payload, heard.refused) == (code, payload, "")


@given(payload=st.binary(max_size=40))
def test_after_the_header_no_byte_looks_like_one(payload: bytes) -> None:
    assert frame(1, payload).count(b"\x85") == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"\x85\x01\x04\x06", "checksum"),
        (b"\x85\x00\x00", "length"),
        (b"\x85\x05\x00\x80\x33\x00", "escape"),
        (numerics()[:-4] + numerics(), "short"),
        (numerics() + b"abc" + numerics(), "stray"),
        (frame(layout.NUMERICS, QUIET[:-1]), "short"),
        (frame(layout.CO2_WAVE, b"\x01\x02\x03"), "short"),
        *[(request, "echo") for request in (ENABLE, DISABLE, START, STOP, LINK_IS_ACTIVE)],
        (b"\xf8" * 600, "stray"),
    ],
)
def test_what_is_no_frame_is_refused_for_its_reason(line: bytes, reason: str) -> None:
    assert refusals(line) == [reason]


def test_the_rest_of_a_frame_that_began_before_the_line_was_opened_is_nobodys_fault() -> None:
    events = decoded(numerics()[5:], numerics())
    assert not [event for event in events if isinstance(event, FrameRefused)]
    assert len([event for event in events if isinstance(event, FrameAccepted)]) == 1


def test_a_lost_header_costs_one_frame() -> None:
    events = decoded(numerics(), numerics()[1:], numerics())
    assert len([event for event in events if isinstance(event, FrameAccepted)]) == 2


def test_one_more_zero_before_the_checksum_of_a_wave_is_taken() -> None:
    padded = wave()[:-1] + b"\x00" + wave()[-1:]
    assert [event.samples.tolist() for event in decoded(padded) if isinstance(event, WaveBlock)] == [[30.25]]
    assert not refusals(padded + wave())


def test_one_more_zero_before_the_checksum_of_values_is_not_taken() -> None:
    padded = numerics()[:-1] + b"\x00" + numerics()[-1:]
    assert refusals(padded) == ["checksum"]
    assert not readings(padded)


@pytest.mark.parametrize(
    ("parameter", "value", "origin"),
    [("etco2", 41, ""), ("fico2", 1, ""), ("rr_co2", 13, "CO2"), ("spo2", 96, ""), ("pr", 64, "pleth")],
)
def test_a_value_comes_out_in_its_unit(parameter: str, value: float, origin: str) -> None:
    reading = readings(numerics())[parameter]
    assert (reading.value, reading.origin, reading.quality) == (value, origin, Quality.GOOD)
    assert reading.device_time == 77


def test_more_bytes_than_are_known_change_nothing() -> None:
    assert readings(numerics(more=b"\x01\x02\x85")) == readings(numerics())


@pytest.mark.parametrize(
    ("place", "parameter"), [(ETCO2, "etco2"), (FICO2, "fico2"), (RR, "rr_co2"), (SPO2, "spo2"), (PR, "pr")]
)
def test_255_is_no_value(place: int, parameter: str) -> None:
    reading = readings(numerics({place: 0xFF}))[parameter]
    assert (reading.value, reading.why) == (None, Missing.INVALID)


@pytest.mark.parametrize(
    ("unit", "sent", "mmhg", "quality"),
    [
        (layout.MMHG, 38, 38.0, Quality.GOOD),
        (layout.KPA, 51, 38.25, Quality.GOOD),
        (layout.VOLUME_PERCENT, 50, 38.0, Quality.QUESTIONABLE),
    ],
)
def test_co2_comes_out_in_mmhg(unit: int, sent: int, mmhg: float, quality: Quality) -> None:
    heard = readings(numerics({UNIT: unit, ETCO2: sent}))
    assert heard["etco2"].value == pytest.approx(mmhg, abs=0.01)
    assert heard["etco2"].quality is quality
    assert heard["rr_co2"].quality is Quality.GOOD
    assert ("co2_sea_level" in active(numerics({UNIT: unit}))) == (unit == layout.VOLUME_PERCENT)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({UNIT: 0}, "unit"),
        ({UNIT: 4}, "unit"),
        ({SPO2: 101}, "range"),
        ({16: 20, 17: 55}, "range"),
        ({23: 50, 24: 140}, "range"),
    ],
)
def test_a_message_that_no_monitor_sends_is_refused_whole(changed: dict[int, int], reason: str) -> None:
    assert refusals(numerics(changed)) == [reason]
    assert not readings(numerics(changed))


def test_a_limit_that_is_switched_off_is_no_reason_to_refuse() -> None:
    assert not refusals(numerics({16: 0xFF, 17: 0xFF, 19: 0xFF, 21: 0xFF}))


@pytest.mark.parametrize(("place", "byte", "parameter"), [(RR, 200, "rr_co2"), (SPO2, 0, "spo2")])
def test_a_number_that_no_patient_can_have_is_no_value(place: int, byte: int, parameter: str) -> None:
    reading = readings(numerics({place: byte}))[parameter]
    assert (reading.value, reading.why) == (None, Missing.IMPLAUSIBLE)


@pytest.mark.parametrize(
    ("place", "bit", "key", "detail"),
    [
        (SLOW, 0x01, "neonatal", ""),
        (SLOW, 0x02, "alarms_silenced", ""),
        (SLOW, 0x04, "alarms_off", ""),
        (SLOW, 0x08, "monitor_alarm", "high-priority alarm sounds"),
        (SLOW, 0x10, "monitor_alarm", "low-priority alarm sounds"),
        (SLOW, 0x20, "monitor_alarm", "advisory sounds"),
        (SLOW, 0x40, "beeps_off", ""),
        (SLOW, 0x80, "spo2_masimo", ""),
        (CO2_ALARMS, 0x01, "apnoea", ""),
        (CO2_ALARMS, 0x02, "monitor_alarm", "EtCO₂ high"),
        (CO2_ALARMS, 0x04, "monitor_alarm", "EtCO₂ low"),
        (CO2_ALARMS, 0x08, "monitor_alarm", "RR high"),
        (CO2_ALARMS, 0x10, "monitor_alarm", "RR low"),
        (CO2_ALARMS, 0x20, "monitor_alarm", "FiCO₂ high"),
        (CO2_ALARMS, 0x40, "monitor_status", "40 00 00"),
        (CO2_ALARMS, 0x80, "monitor_status", "80 00 00"),
        (SPO2_ALARMS, 0x01, "spo2_searching", ""),
        (SPO2_ALARMS, 0x02, "monitor_alarm", "SpO₂ high"),
        (SPO2_ALARMS, 0x04, "monitor_alarm", "SpO₂ low"),
        (SPO2_ALARMS, 0x08, "monitor_alarm", "PR high"),
        (SPO2_ALARMS, 0x10, "monitor_alarm", "PR low"),
        (SPO2_ALARMS, 0x20, "spo2_off", ""),
        (SPO2_ALARMS, 0x40, "spo2_no_sensor", ""),
        (SPO2_ALARMS, 0x80, "monitor_status", "00 80 00"),
        (EXTENDED, 0x01, "co2_check_calibration", ""),
        (EXTENDED, 0x02, "co2_check_flow", ""),
        (EXTENDED, 0x04, "co2_pump_off", ""),
        (EXTENDED, 0x08, "monitor_status", "00 00 08"),
        (EXTENDED, 0x10, "monitor_status", "00 00 10"),
        (EXTENDED, 0x20, "monitor_status", "00 00 20"),
        (EXTENDED, 0x40, "monitor_status", "00 00 40"),
        (EXTENDED, 0x80, "battery_low", ""),
    ],
)
def test_each_bit_of_the_numerics_says_one_thing(place: int, bit: int, key: str, detail: str) -> None:
    assert active(numerics({place: bit})) == {key: detail}
    assert key in DRIVER.conditions


@pytest.mark.parametrize(("bit", "key"), layout.WAVE_STATUS.conditions.items())
def test_each_bit_of_the_wave_status_says_one_thing_and_takes_the_sample(bit: int, key: str) -> None:
    assert active(wave(bit)) == {key: ""}
    (block,) = (event for event in decoded(wave(bit)) if isinstance(event, WaveBlock))
    assert math.isnan(block.samples[0])
    assert block.leads_off == (key == "co2_cannula_off")


def test_two_alarms_stand_in_one_detail() -> None:
    frames = numerics({CO2_ALARMS: 0x04, SPO2_ALARMS: 0x04})
    assert active(frames) == {"monitor_alarm": "EtCO₂ low, SpO₂ low"}


def test_a_quiet_monitor_says_of_every_condition_that_it_is_not_so() -> None:
    said = [event for event in decoded(wave(), numerics()) if isinstance(event, DeviceCondition)]
    assert {event.key for event in said} == set(DRIVER.conditions)
    assert not any(event.active for event in said)


@pytest.mark.parametrize(
    ("frames", "gone", "why"),
    [
        (numerics({SPO2_ALARMS: 0x20}), OXIMETER, Missing.OFF),
        (numerics({SPO2_ALARMS: 0x40}), OXIMETER, Missing.OFF),
        (numerics({EXTENDED: 0x04}), CO2, Missing.OFF),
        (wave(0x40) + numerics(), CO2, Missing.OFF),
        (wave(0x02) + numerics(), CO2, Missing.INVALID),
        (wave(0x04) + numerics(), CO2, Missing.INVALID),
        (wave(0x20) + numerics(), CO2, Missing.INVALID),
        (wave(0x80) + numerics(), CO2, Missing.INVALID),
        (wave(0x01) + numerics(), set(), None),
    ],
)
def test_without_a_sensor_there_is_no_value_whatever_digits_stand_there(
    frames: bytes, gone: set[str], why: Missing | None
) -> None:
    heard = readings(frames)
    assert {key for key, reading in heard.items() if reading.value is None} == gone
    assert {heard[key].why for key in gone} <= {why}


@pytest.mark.parametrize(
    ("frames", "doubted"),
    [
        (numerics({SPO2_ALARMS: 0x01}), OXIMETER),
        (numerics({EXTENDED: 0x01}), CO2),
        (numerics({EXTENDED: 0x02}), CO2),
        (wave(0x10) + numerics(), CO2),
        (numerics({SPO2_ALARMS: 0x04, CO2_ALARMS: 0x01}), set()),
    ],
)
def test_what_the_monitor_doubts_is_questionable(frames: bytes, doubted: set[str]) -> None:
    heard = readings(frames)
    assert {key for key, reading in heard.items() if reading.quality is Quality.QUESTIONABLE} == doubted


def test_what_the_wave_said_holds_no_longer_when_the_wave_is_gone() -> None:
    frames = [wave(0x40), *[numerics()] * 6]
    assert readings(*frames[:-1])["etco2"].value is None
    assert readings(*frames)["etco2"].value == 41
    assert active(*frames) == {}


def test_breaths_are_seen_for_half_a_minute_after_the_last_one() -> None:
    breath, still = wave(layout.END_OF_BREATH), wave()
    assert active(still) == {}
    assert active(breath, *[still] * 500) == {layout.BREATHING: ""}
    assert active(breath, *[still] * 620) == {}


def test_an_end_of_breath_keeps_its_sample() -> None:
    blocks = [event for event in decoded(wave(layout.END_OF_BREATH)) if isinstance(event, WaveBlock)]
    assert [block.samples.tolist() for block in blocks] == [[30.25]]


def test_a_line_opened_anew_hears_every_condition_again() -> None:
    decoder = CapnostreamDecoder()
    first = decoder.feed(wave(0x40) + numerics(), 1.0)
    assert decoder.finish(2.0) == []
    assert decoder.feed(wave(0x40) + numerics(), 1.0) == first


@pytest.mark.parametrize("code", [2, 3, 4, 9, 10, 12, 21, 22, 55, 56, 57, 58, 60, 200])
def test_other_good_messages_are_counted_and_not_read(code: int) -> None:
    (event,) = decoded(frame(code, QUIET))
    assert isinstance(event, FrameAccepted)

"""What the lines of Masimo ASCII 1 become, and which lines are none."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nurse_station.devices.contract import Event
from nurse_station.devices.masimo_ascii1 import DRIVER
from nurse_station.devices.masimo_ascii1.decoder import MasimoDecoder
from nurse_station.devices.masimo_ascii1.emulator import MasimoEmulator
from nurse_station.devices.masimo_ascii1.fields import Fields, read_fields
from nurse_station.devices.masimo_ascii1.status import EXCEPTIONS
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from tests.devices.bedside import SteadyPatient

STAMP = "07/04/21 05:06:07"


def line(*, stamp: str = STAMP, **changed: str | None) -> str:
    """A quiet line with some fields changed; None: without it."""
    fields: dict[str, str | None] = {
        "SN": "0000000012", "SPO2": "096%", "BPM": "064", "PI": "02.10%", "SPCO": "--.-%", "SPMET": "--.-%",
        "DESAT": "--", "PIDELTA": "+--", "ALARM": "0000", "EXC": "000800",
    }  # fmt: skip
    fields |= changed
    return " ".join([stamp, *(f"{key}={value}" for key, value in fields.items() if value is not None)])


def decoded(*lines: str, end: str = "\r\n") -> list[Event]:
    return MasimoDecoder().feed("".join(each + end for each in lines).encode("latin-1"), 1.0)


def readings(*lines: str) -> dict[str, Reading]:
    return {event.parameter: event for event in decoded(*lines) if isinstance(event, Reading)}


def values(*lines: str) -> dict[str, float | None]:
    return {key: reading.value for key, reading in readings(*lines).items()}


def active(*lines: str) -> dict[str, str]:
    """The conditions that hold after the lines, with their details."""
    found: dict[str, str] = {}
    for event in decoded(*lines):
        if isinstance(event, DeviceCondition):
            found.pop(event.key, None)
            if event.active:
                found[event.key] = event.detail
    return found


def refusals(*lines: str) -> list[str]:
    return [event.reason for event in decoded(*lines) if isinstance(event, FrameRefused)]


@pytest.fixture
def published(shared: Path) -> list[str]:
    """The example lines of the protocol notes."""
    path = shared / "facts/protocols/masimo-ascii1.md"
    if not path.is_file():
        pytest.skip(f"no protocol notes at {path}")
    return re.findall(r"^\d\d/\d\d/\d\d .*SPO2=.*$", path.read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("together", [False, True])
def test_published_lines_decode_as_their_text_says(published: list[str], *, together: bool) -> None:
    assert len(published) == 3
    decoder = MasimoDecoder()
    for text in published:
        events = (decoder if together else MasimoDecoder()).feed(text.encode() + b"\r\n", 1.0)
        assert not [event for event in events if isinstance(event, FrameRefused)]
        for event in events:
            if isinstance(event, Reading):
                key = {"spo2": "SPO2", "pr": "BPM"}[event.parameter]
                digits = re.search(rf" {key}=(\d+)", text)
                assert event.value == (float(digits[1]) if digits else None)


def test_a_line_gives_both_values() -> None:
    heard = readings(line())
    assert {key: reading.value for key, reading in heard.items()} == {"spo2": 96, "pr": 64}
    assert {reading.quality for reading in heard.values()} == {Quality.GOOD}
    assert heard["pr"].origin == "pleth"


def test_the_time_of_the_monitor_is_kept() -> None:
    told = datetime(2021, 7, 4, 5, 6, 7, tzinfo=UTC).timestamp()
    assert readings(line())["spo2"].device_time == told
    (accepted,) = (event for event in decoded(line()) if isinstance(event, FrameAccepted))
    assert accepted.device_time == told


@pytest.mark.parametrize(
    "text",
    [
        f"{STAMP} SPO2=096% BPM=064 PI=11.82% ALARM=20 EXC=800",
        f"{STAMP} EXC=000800 BPM=064 PVI=--- SPO2=096",
        f"{STAMP} SPO2=096% BPM=064%",
        f"{STAMP} SPO2=96% BPM=64",
        f"{STAMP} SN= SPO2=096% BPM=064 PVI=",
        f"{STAMP} SPO2= 96% BPM= 64 PIDELTA= 02",
        f"{STAMP} SN=---------- SPO2=096% BPM=064 NEW=%$! PIDELTA=-02 EXC=0000C00 EXC1=00000000",
        f"{STAMP} SPO2=096%  BPM=064 DESAT=-- # PIDELTA=+-- EXC=000800  ",
        f"{STAMP}\tSPO2=096%\tBPM=064",
        f"{STAMP} SPO2=096% BPM=064 PI=? EXC=------",
    ],
)
def test_keys_orders_and_widths_may_vary(text: str) -> None:
    assert values(text) == {"spo2": 96, "pr": 64}
    assert refusals(text) == []


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\n\r", "\r\n\r\n"])
def test_a_line_ends_as_the_monitor_ends_it(end: str) -> None:
    events = decoded(line(), line(), end=end)
    assert len([event for event in events if isinstance(event, FrameAccepted)]) == 2
    assert not [event for event in events if isinstance(event, FrameRefused)]


def test_a_line_without_its_end_is_not_read() -> None:
    decoder = MasimoDecoder()
    assert decoder.feed(line().encode(), 1.0) == []
    assert decoder.finish(2.0) == []
    assert decoder.feed(b"\r\n", 3.0) == []


@pytest.mark.parametrize("dashes", ["---", "---%", "--", "--%", "--.-%"])
def test_dashes_are_no_value(dashes: str) -> None:
    heard = readings(line(SPO2=dashes, BPM=dashes))
    assert [(reading.value, reading.why) for reading in heard.values()] == [(None, Missing.INVALID)] * 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SPO2=096% BPM=064", "date"),
        (line(stamp="02/30/21 05:06:07"), "date"),
        (line(stamp="07/04/21 24:06:07"), "date"),
        (line(stamp="7/04/21 05:06:07"), "date"),
        (line()[1:], "date"),
        (line() + line(), "field"),
        (line().replace("BPM=", "BPM"), "field"),
        (line().replace("BPM", "bPM"), "field"),
        (line().replace("096%", "096="), "field"),
        (line(SPO2=""), "value"),
        (line(BPM=""), "value"),
        (line(EXC=""), "value"),
        (f"{line()} SPO2=097%", "twice"),
        (line(BPM=None), "keys"),
        (line(SPO2=None), "keys"),
        (line(SPO2="0a6%"), "value"),
        (line(BPM="0-4"), "value"),
        (line(EXC="00080G"), "value"),
        (line(EXC="000800800"), "value"),
        (line(SPO2="09%"), "width"),
        (line(SPO2="096%", BPM="04"), "width"),
        (line(SPO2="101%"), "range"),
        (line(SPO2="-96%"), "value"),
        (line(SPO2="96.5%"), "value"),
        (line(BPM="122.10%"), "value"),
        (line(BPM="0064"), "value"),
        (line(BPM="351"), "range"),
        (line(SPO2="09\x00%"), "characters"),
        (line(SPO2="09\xb6%"), "characters"),
        ("x" * 500, "overlong"),
    ],
)
def test_what_no_monitor_writes_is_refused_for_its_reason(text: str, reason: str) -> None:
    assert refusals(text) == [reason]
    assert not readings(text)


@pytest.mark.parametrize("short", [{"SPO2": "10%", "BPM": "123"}, {"SPO2": "100%", "BPM": "12"}])
def test_a_digit_that_was_lost_gives_no_value(short: dict[str, str]) -> None:
    assert refusals(line(), line(**short)) == ["width"]
    assert values(line(), line(**short)) == {"spo2": 96, "pr": 64}


@pytest.mark.parametrize("changed", [{"EXC": "00080"}, {"ALARM": "000"}, {"EXC": "0000800"}])
def test_a_status_word_of_another_width_is_refused(changed: dict[str, str]) -> None:
    assert refusals(line(), line(**changed), line()) == ["width"]


def test_a_monitor_that_writes_another_way_from_now_on_is_heard_from_its_second_line() -> None:
    short = line(SPO2="99%", BPM="61")
    assert refusals(line(), short, short, short) == ["width"]
    assert values(line(), short, short) == {"spo2": 99, "pr": 61}


def test_a_monitor_that_lost_its_sensor_writes_in_the_same_way() -> None:
    assert refusals(line(), line(SPO2="---%", BPM="---", EXC="000820"), line(SPO2="100%", BPM="101")) == []


def test_a_monitor_that_never_fills_up_is_heard() -> None:
    plain = line(SPO2="100%", BPM="64"), line(SPO2="---%", BPM="---"), line(SPO2="98%", BPM="64")
    assert refusals(*plain) == []
    assert values(*plain) == {"spo2": 98, "pr": 64}


def test_another_monitor_on_the_same_line_may_write_another_way() -> None:
    other = f"{STAMP} SPO2=98% BPM=70 EXC=800"
    assert refusals(line(), other) == []
    assert values(line(), other) == {"spo2": 98, "pr": 70}


@pytest.mark.parametrize(("bit", "key"), EXCEPTIONS.items())
def test_each_exception_bit_says_one_thing(bit: int, key: str) -> None:
    assert active(line(EXC=f"{bit:06X}")) == {key: ""}
    assert key in DRIVER.conditions


def test_every_condition_is_told_at_the_start() -> None:
    said = {event.key for event in decoded(line()) if isinstance(event, DeviceCondition)}
    assert said == set(DRIVER.conditions)


@pytest.mark.parametrize(
    ("words", "detail"),
    [
        ({"ALARM": "0010"}, "ALARM=0010"),
        ({"EXC": "001900"}, "EXC=001900"),
        ({"EXC": "000200", "ALARM": "3f"}, "ALARM=3f EXC=000200"),
        ({"EXC1": "80000000"}, "EXC1=80000000"),
    ],
)
def test_bits_of_unknown_meaning_are_shown_as_they_were_sent(words: dict[str, str], detail: str) -> None:
    assert active(line(**words))["monitor_status"] == detail


@pytest.mark.parametrize(
    ("exceptions", "why"),
    [
        ("000001", Missing.OFF),
        ("000820", Missing.OFF),
        ("000824", Missing.OFF),
        ("000802", Missing.INVALID),
        ("000880", Missing.INVALID),
    ],
)
def test_without_a_sensor_there_is_no_value_whatever_digits_stand_there(
    exceptions: str, why: Missing
) -> None:
    heard = readings(line(EXC=exceptions))
    assert [(reading.value, reading.why) for reading in heard.values()] == [(None, why)] * 2


@pytest.mark.parametrize("exceptions", ["000804", "000808", "000810", "000840", "000C00", "0000C00", "c00"])
def test_what_the_monitor_doubts_is_questionable(exceptions: str) -> None:
    heard = readings(line(EXC=exceptions))
    assert [(reading.value, reading.quality) for reading in heard.values()] == [
        (96, Quality.QUESTIONABLE),
        (64, Quality.QUESTIONABLE),
    ]


@pytest.mark.parametrize("exceptions", ["000000", "000800", "800", "001000"])
def test_masimo_set_is_no_fault(exceptions: str) -> None:
    assert {reading.quality for reading in readings(line(EXC=exceptions)).values()} == {Quality.GOOD}


def test_no_condition_of_a_sensor_rests_on_the_alarm_word() -> None:
    assert active(line(ALARM="FFFF")) == {"masimo_set": "", "monitor_status": "ALARM=FFFF"}
    assert values(line(ALARM="FFFF")) == {"spo2": 96, "pr": 64}


def test_a_line_that_lost_its_exceptions_is_doubted() -> None:
    heard = readings(line(), line(EXC=None))
    assert {reading.quality for reading in heard.values()} == {Quality.QUESTIONABLE}


def test_a_sensor_that_is_off_stays_off_until_the_monitor_says_otherwise() -> None:
    assert values(line(EXC="000820"), line(EXC=None)) == {"spo2": None, "pr": None}
    assert values(line(EXC="000820"), line(EXC=None), line()) == {"spo2": 96, "pr": 64}


def test_a_model_without_exceptions_is_believed() -> None:
    heard = readings(line(EXC=None), line(EXC=None))
    assert {reading.quality for reading in heard.values()} == {Quality.GOOD}


def test_a_saturation_of_nought_is_no_value() -> None:
    reading = readings(line(SPO2="000%"))["spo2"]
    assert (reading.value, reading.why) == (None, Missing.IMPLAUSIBLE)


def test_further_measurements_are_read_though_nobody_shows_them() -> None:
    fields = read_fields(line(PI="02.10%", PVI="027", SPHB="12.3", PIDELTA="-02", SPCO="--.-%"))
    assert isinstance(fields, Fields)
    assert fields.numbers == {
        "SPO2": 96, "BPM": 64, "PI": 2.1, "PVI": 27, "SPHB": 12.3, "PIDELTA": -2, "SPCO": None,
        "SPMET": None, "DESAT": None,
    }  # fmt: skip


def test_a_line_opened_anew_hears_every_condition_again() -> None:
    decoder = MasimoDecoder()
    first = decoder.feed(line(EXC="000820").encode() + b"\r\n", 1.0)
    assert decoder.finish(2.0) == []
    assert decoder.feed(line(EXC="000820").encode() + b"\r\n", 1.0) == first


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_lost_bytes_never_give_another_value_once_the_monitor_is_known(count: int) -> None:
    whole = line(SPO2="100%", BPM="123") + "\r\n"
    known = line(SPO2="100%", BPM="064") + "\r\n"
    for at in range(len(whole)):
        hurt = known + whole[:at] + whole[at + count :] + whole
        events = MasimoDecoder().feed(hurt.encode(), 1.0)
        said = {(event.parameter, event.value) for event in events if isinstance(event, Reading)}
        assert said <= {("spo2", 100), ("pr", 64), ("pr", 123)}, at


@pytest.mark.parametrize("bit", range(8))
def test_one_wrong_bit_outside_of_the_digits_gives_no_other_value(bit: int) -> None:
    """One digit that became another is what nobody can tell without a checksum."""
    text = line().encode() + b"\r\n"
    for at in (at for at, byte in enumerate(text) if not chr(byte).isdigit()):
        hurt = bytearray(text)
        hurt[at] ^= 1 << bit
        events = MasimoDecoder().feed(bytes(hurt) + text, 1.0)
        said = {(event.parameter, event.value) for event in events if isinstance(event, Reading)}
        assert said <= {("spo2", 96), ("pr", 64)}, at


def test_a_capture_takes_the_time_of_its_stamps_and_a_second_where_they_cannot_be_true() -> None:
    stamps = ("05:06:07", "05:06:09", "04:06:10", "lost", "04:06:11", "06:00:00")
    capture = "".join(line(stamp=f"07/04/21 {stamp}") + "\r\n" for stamp in stamps).encode()
    assert [seconds for seconds, _ in DRIVER.pace(capture)] == [0, 2, 3, 3, 4, 5]


def test_the_monitor_speaks_once_a_second_whoever_listens() -> None:
    monitor = MasimoEmulator(SteadyPatient(), 7)
    monitor.receive(b"anything", 50.0)
    assert monitor.emit(60.0).count(b"\r\n") == 10


def test_the_same_patient_seed_and_times_give_the_same_bytes() -> None:
    one, other = MasimoEmulator(SteadyPatient(), 7), MasimoEmulator(SteadyPatient(), 7)
    assert one.emit(0.0) + one.emit(9.0) == b"".join(other.emit(tick / 4) for tick in range(37))


@pytest.mark.parametrize(
    ("has", "key"),
    [
        ({"spo2": None, "pr": None}, "spo2_off"),
        ({"spo2": 97.0, "pr": None}, "spo2_searching"),
        ({"spo2": None, "pr": 71.0}, "spo2_searching"),
    ],
)
def test_the_monitor_says_why_there_is_no_value(has: dict[str, float | None], key: str) -> None:
    monitor = MasimoEmulator(SteadyPatient(has), 7)
    monitor.emit(0.0)
    text = monitor.emit(1.0).decode().strip()
    assert values(text) == has
    assert active(text) == {"masimo_set": "", key: ""}

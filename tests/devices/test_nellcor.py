"""Nellcor ASCII: lines of manuals and monitors, damaged lines, and what each code becomes."""

import random
import re
from pathlib import Path

import pytest

from nurse_station.devices.contract import Event
from nurse_station.devices.nellcor_ascii.conversation import NellcorConversation
from nurse_station.devices.nellcor_ascii.decoder import NellcorDecoder
from nurse_station.devices.nellcor_ascii.emulator import NellcorEmulator
from nurse_station.devices.nellcor_ascii.layout import CODES
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from tests.devices.bedside import SteadyPatient

NELLCOR = DRIVERS["nellcor-ascii"]
LIVE = "NPB-290   VERSION 1.0.0.1    CRC: 1A2B   SpO2 Limit: 85-100%    PR Limit: 40-170BPM"
TREND = "NPB-290   VERSION 1.0.0.1    TREND   SpO2 Limit: 85-100%    PR Limit: 40-170BPM"
COLUMNS = "TIME                  %SPO2   BPM   PA   Status"
TREND_COLUMNS = "TIME                  %SPO2   BPM   PA"
LINE = "03-MAY-21 10:20:30      97     72   50"
# The wider columns of an N-560, its months, and its codes in columns of their own.
N560 = (
    "N-560    VERSION 1.61.00    CRC:XXXX  SpO2 Limit: 90-100%    PR Limit: 50-130BPM",
    "                             ADULT           25SAT-S ",
    "TIME                 %SpO2   BPM     PA     Status",
    "07-Feb-05 08:01:02    98      91      88                   AO",
    "07-Feb-05 08:01:04   100     101      36    MO             AO",
    "07-Feb-05 08:01:06    99      99     104    MO             AO",
)


def heard(*lines: str, end: str = "\r\n") -> list[Event]:
    """What a decoder gives that heard a line's end before these lines."""
    return NellcorDecoder().feed(("\r\n" + "".join(line + end for line in lines)).encode("latin-1"), 1.0)


def with_codes(*codes: str) -> str:
    return LINE + "".join(f"   {code}" for code in codes)


def values(events: list[Event]) -> list[tuple[float | None, float | None]]:
    """(saturation, pulse rate) of each line that was given."""
    found = [e.value for e in events if isinstance(e, Reading)]
    return list(zip(found[::2], found[1::2], strict=True))


def quality(events: list[Event]) -> set[Quality]:
    return {e.quality for e in events if isinstance(e, Reading)}


def active(events: list[Event]) -> dict[str, str]:
    said = {e.key: (e.active, e.detail) for e in events if isinstance(e, DeviceCondition)}
    return {key: detail for key, (now, detail) in said.items() if now}


def refused(events: list[Event]) -> list[str]:
    return [e.reason for e in events if isinstance(e, FrameRefused)]


def test_the_example_lines_of_the_protocols_paper_decode(shared: Path) -> None:
    paper = (shared / "facts/protocols/nellcor-ascii.md").read_text(encoding="utf-8")
    block = paper.split("```")[1].strip("\n").splitlines()
    lines = [re.sub(r"\s{4,}\(.*\)$", "", line) for line in block]
    events = heard(*lines)
    assert values(events) == [(100, 120), (84, 120), (None, None)]
    assert not refused(events)
    assert sum(isinstance(e, FrameAccepted) for e in events) == len(lines) == 6
    assert active(events).keys() == {"spo2_off", "spo2_no_sensor"}


def test_lines_in_the_columns_of_an_n560_decode() -> None:
    events = heard(*N560)
    assert values(events) == [(98, 91), (100, 101), (99, 99)]
    assert not refused(events)
    assert active(events).keys() == {"monitor_alarm_off", "spo2_interference"}


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\n\r", "\r\r\n"])
def test_any_line_end_will_do(end: str) -> None:
    assert values(heard(LIVE, COLUMNS, LINE, LINE, end=end)) == [(97, 72), (97, 72)]


def test_the_monitors_clock_is_kept_beside_the_values() -> None:
    found = [e for e in heard(LINE) if isinstance(e, Reading)]
    assert {e.device_time for e in found} == {1620037230.0}
    assert [e.origin for e in found] == ["", "pleth"]


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        ("12-NOV-97", 879292800.0),
        ("07-Jan-04", 1073433600.0),
        ("31-dec-69", 3155673600.0),
        (" 1-OCT-26", 1790812800.0),
    ],
)
def test_a_date_is_read_in_english_whatever_its_case(date: str, clock: float) -> None:
    events = heard(LINE.replace("03-MAY-21 10:20:30", f"{date} 00:00:00"))
    assert {e.device_time for e in events if isinstance(e, Reading)} == {clock}


@pytest.mark.parametrize(
    "date", ["31-FEB-21 10:20:30", "03-OKT-21 10:20:30", "03-MAY-21 25:20:30", "00-MAY-21 10:20:30"]
)
def test_a_date_that_does_not_exist_refuses_the_line(date: str) -> None:
    events = heard(LINE.replace("03-MAY-21 10:20:30", date))
    assert (values(events), refused(events)) == ([], ["date"])


@pytest.mark.parametrize(
    ("code", "keys", "given"),
    [
        ("AO", {"monitor_alarm_off": ""}, Quality.GOOD),
        ("AS", {"monitor_alarm_silenced": ""}, Quality.GOOD),
        ("LB", {"battery_low": ""}, Quality.GOOD),
        ("LM", {"pulse_lost": "", "spo2_interference": ""}, Quality.MISSING),
        ("LP", {"pulse_lost": ""}, Quality.MISSING),
        ("MO", {"spo2_interference": ""}, Quality.QUESTIONABLE),
        ("PH", {"monitor_alarm": "PR high"}, Quality.GOOD),
        ("PL", {"monitor_alarm": "PR low"}, Quality.GOOD),
        ("PS", {"spo2_searching": ""}, Quality.QUESTIONABLE),
        ("SH", {"monitor_alarm": "SpO₂ high"}, Quality.GOOD),
        ("SL", {"monitor_alarm": "SpO₂ low"}, Quality.GOOD),
        ("SD", {"spo2_off": "", "spo2_no_sensor": ""}, Quality.MISSING),
        ("SO", {"spo2_off": ""}, Quality.MISSING),
        ("QX", {"monitor_status": "QX"}, Quality.QUESTIONABLE),
    ],
)
def test_a_code_is_what_it_stands_for(code: str, keys: dict[str, str], given: Quality) -> None:
    events = heard(with_codes(code))
    assert active(events) == keys
    assert quality(events) == {given}


def test_no_code_of_the_manuals_is_without_a_meaning() -> None:
    assert set(CODES) == {*("AO", "AS", "LB", "LM", "LP", "MO", "PH", "PL", "PS", "SH", "SL", "SD", "SO")}


def test_any_number_of_codes_may_stand_in_a_line() -> None:
    events = heard(with_codes("SL", "PH", "AS", "LB", "MO"))
    assert active(events) == {"monitor_alarm": "SpO₂ low, PR high", "monitor_alarm_silenced": "",
                              "battery_low": "", "spo2_interference": ""}  # fmt: skip


def test_a_star_is_a_broken_limit_and_the_number_is_read() -> None:
    events = heard("03-MAY-21 10:20:30      84*   172*  50")
    assert values(events) == [(84, 172)]
    assert active(events) == {"monitor_alarm": "SpO₂ beyond its limit, PR beyond its limit"}
    assert active(heard("03-MAY-21 10:20:30      84*    72   50   SL")) == {"monitor_alarm": "SpO₂ low"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("03-MAY-21 10:20:30     ---    ---   --   SD", Missing.OFF),
        ("03-MAY-21 10:20:30     ---    ---   --", Missing.INVALID),
        ("03-MAY-21 10:20:30       0      0    0", Missing.INVALID),
        ("03-MAY-21 10:20:30      97     72   50   SO", Missing.OFF),
        ("03-MAY-21 10:20:30      97     72   50   LP", Missing.NOT_UPDATED),
    ],
)
def test_what_is_no_value(line: str, why: Missing) -> None:
    events = heard(line)
    assert values(events) == [(None, None)]
    assert {e.why for e in events if isinstance(e, Reading)} == {why}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("03-MAY-21 10:20:30     101     72   50", "range"),
        ("03-MAY-21 10:20:30      97    351   50", "range"),
        ("03-MAY-21 10:20:30      97     72", "shape"),
        ("03-MAY-21 10:20:30      9x     72   50", "shape"),
        ("03-MAY-21 10:20:30      97     72   50   SLAS", "shape"),
        ("03-MAY-21 10:20:30      97     72   50   s", "shape"),
        ("03-MAY-21 10:20:3       97     72   50", "shape"),
        ("\x8303-MAY-21 10:20:30      97     72   50", "shape"),
        ("03-MAY-21 10:20:30      9\x00     72   50", "shape"),
        ("03-MAY-21 10:20:30    1 97     72   50", "shape"),
        ("03-MAY-21 10:20:30      97     72   5003-MAY-21 10:20:32      97     72   50", "shape"),
        ("    Command?", "interactive"),
        ("NPB-595   Interactive Mode", "interactive"),
        ("    3) Dump Trend", "interactive"),
    ],
)
def test_a_line_that_is_refused(line: str, reason: str) -> None:
    events = heard(line)
    assert (values(events), refused(events)) == ([], [reason])


@pytest.mark.parametrize(("spo2", "pr"), [(100, 120), (97, 102), (84, 99)])
def test_a_lost_byte_never_makes_another_number(spo2: int, pr: int) -> None:
    def line(second: int, pulse: int) -> str:
        return f"03-MAY-21 10:20:{second:02}{spo2:>8}{pulse:>7}   50   AO"

    whole = line(2, pr)
    truth = {(float(spo2), float(pr)), (float(spo2), float(pr + 1))}
    for at in range(len(whole)):
        for length in (1, 2, 3):
            damaged = whole[:at] + whole[at + length :]
            found = values(heard(LIVE, COLUMNS, line(0, pr + 1), damaged, line(4, pr)))
            assert set(found) <= truth, damaged
            assert found[-1] == (spo2, pr)


def test_lines_that_stand_elsewhere_twice_are_a_new_layout() -> None:
    moved = LINE.replace("      97     72", " 97 72")
    events = heard(LINE, moved, moved, moved)
    assert values(events) == [(97, 72)] * 3
    assert refused(events) == ["columns"]


def test_another_model_may_print_in_other_columns_at_once() -> None:
    events = heard(LIVE, COLUMNS, LINE, *N560)
    assert values(events)[:2] == [(97, 72), (98, 91)]
    assert not refused(events)


def test_numbers_may_stand_at_the_left_of_their_columns() -> None:
    lines = [f"03-MAY-21 10:20:{2 * n:02}   {spo2:<8}{pr:<8}{pa:<6}" for n, (spo2, pr, pa) in
             enumerate([(100, 99, 9), (98, 101, 104), (7, 100, 88), (97, 72, 50)])]  # fmt: skip
    assert not refused(heard(*lines))


def test_trends_are_never_taken_for_the_patients_now() -> None:
    events = heard(
        LIVE, COLUMNS, LINE, TREND, TREND_COLUMNS, *[LINE] * 30, "Output Complete", LIVE, COLUMNS, LINE
    )
    assert values(events) == [(97, 72), (None, None), (97, 72)]
    told = [e.active for e in events if isinstance(e, DeviceCondition) and e.key == "trend_printout"]
    assert told == [False, True, False]


@pytest.mark.parametrize("heading", [(TREND,), (TREND_COLUMNS,)])
def test_one_line_of_a_trend_heading_is_enough(heading: tuple[str, ...]) -> None:
    assert values(heard(*heading, LINE, LINE)) == [(None, None)]


def test_a_line_with_a_code_is_no_trend() -> None:
    events = heard(TREND_COLUMNS, LINE, with_codes("AO"), LINE)
    assert values(events) == [(None, None), (97, 72), (97, 72)]
    assert "trend_printout" not in active(events)


@pytest.mark.parametrize("cut", range(1, len(LINE)))
def test_a_stream_that_begins_inside_of_a_line_is_read_from_the_next(cut: int) -> None:
    events = NellcorDecoder().feed(f"{LINE}\r\n{LINE}\r\n"[cut:].encode(), 1.0)
    assert values(events) == [(97, 72)]
    assert not refused(events)


def test_a_stream_may_begin_with_a_whole_line() -> None:
    assert values(NellcorDecoder().feed(f"{LINE}\r\n".encode(), 1.0)) == [(97, 72)]


def test_half_a_line_is_forgotten_when_the_line_ends() -> None:
    decoder = NellcorDecoder()
    assert decoder.feed(LINE.encode(), 1.0) + decoder.finish(1.0) == []
    assert decoder.feed(b"   SO\r\n", 2.0) == []


def test_flow_control_between_the_bytes_is_passed_over() -> None:
    data = f"\r\n{LINE}\r\n".encode().replace(b"9", b"\x139\x11")
    assert values(NellcorDecoder().feed(data, 1.0)) == [(97, 72)]


def test_bytes_without_an_end_are_told_and_what_is_left_of_them_is_no_line() -> None:
    events = heard("\xa5" * 450 + LINE, LINE)
    assert refused(events) == ["overlong", "overlong"]
    assert values(events) == [(97, 72)]


def test_conditions_are_told_when_they_change() -> None:
    decoder = NellcorDecoder()
    decoder.feed(f"{with_codes('LB')}\r\n".encode(), 1.0)
    assert not [
        e for e in decoder.feed(f"{with_codes('LB')}\r\n".encode(), 3.0) if isinstance(e, DeviceCondition)
    ]
    gone = [e for e in decoder.feed(f"{LINE}\r\n".encode(), 5.0) if isinstance(e, DeviceCondition)]
    assert [(e.key, e.active) for e in gone] == [("battery_low", False)]


def test_a_silent_monitor_is_told_to_go_on_and_nothing_else() -> None:
    conversation = NellcorConversation(NellcorDecoder())
    assert conversation.opened(100.0) == b""
    said = {now: conversation.tick(float(now), 102.0) for now in range(101, 121)}
    assert {now for now, byte in said.items() if byte} == {108, 114, 120}
    assert set(said.values()) == {b"", b"\x11"}
    assert conversation.closing() == b""


def test_an_emulated_monitor_that_was_held_goes_on_with_what_is_now() -> None:
    monitor = NellcorEmulator(SteadyPatient(), 1)
    monitor.emit(0.0)
    monitor.receive(b"\x13", 1.0)
    assert monitor.emit(20.0) == b""
    monitor.receive(b"\x11", 21.0)
    assert monitor.emit(24.0).count(b"\r\n") == 2


@pytest.mark.parametrize(
    ("has", "codes"),
    [({"spo2": 80, "pr": 72}, ["SL"]), ({"spo2": 97, "pr": 180}, ["PH"]), ({"spo2": 97, "pr": 30}, ["PL"]),
     ({"spo2": None, "pr": None}, ["SO"]), ({"spo2": None, "pr": 72}, [])],
)  # fmt: skip
def test_an_emulated_monitor_prints_its_codes(has: dict[str, float | None], codes: list[str]) -> None:
    monitor = NellcorEmulator(SteadyPatient(has), 1)
    monitor.emit(0.0)
    assert monitor.emit(2.0).decode().splitlines()[-1].split()[5:] == codes


def test_an_emulated_monitor_prints_a_heading_every_25_lines() -> None:
    monitor = NellcorEmulator(SteadyPatient(), 1)
    monitor.emit(0.0)
    lines = monitor.emit(102.0).decode().splitlines()
    assert [at for at, line in enumerate(lines) if "VERSION" in line] == [0, 27, 54]


def test_the_pace_of_a_capture_follows_the_monitors_clock() -> None:
    lines = [
        LINE,
        LINE.replace(":30", ":32"),
        "noise",
        LINE.replace(":30", ":40"),
        LINE.replace("10:", "08:"),
    ]
    capture = "".join(f"{line}\r\n" for line in lines).encode()
    assert [at for at, _ in NELLCOR.pace(capture)] == [0, 2, 2, 10, 10]


def test_damaged_streams_are_mostly_refused_and_never_give_a_sensor_that_is_off_a_value() -> None:
    chance, patient = random.Random(3), SteadyPatient({"spo2": None, "pr": None})
    monitor = NellcorEmulator(patient, 1)
    monitor.emit(0.0)
    stream = monitor.emit(120.0)
    for _ in range(200):
        at = chance.randrange(len(stream))
        hurt = stream[:at] + chance.randbytes(1) + stream[at + 1 :]
        given = [e for e in NellcorDecoder().feed(hurt, 1.0) if isinstance(e, Reading)]
        assert not [e for e in given if e.value is not None]

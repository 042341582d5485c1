"""Ivy 450C: messages as the documents describe them, and what no document promises."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.devices.contract import Event
from nurse_station.devices.ivy_450c import DRIVER
from nurse_station.devices.ivy_450c.layout import HEADER
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Missing, Reading
from nurse_station.vitals.waves import WaveBlock

# The lines of the protocol notes, as a monitor sent them.
DOCUMENTED = (
    "HR=1;80;ECG-II-DIAG;",
    "RR=1;35;APNEA: 20 SEC;",
    "ETCO2=1;;;",
    "SPO2=1;100;PR=80 ;",
    "NIBP=4;121;75;92;80;;",
)
WAVES = bytes([150] * 200 + [7] * 50 + [96] * 50 + [80] * 50 + [251] * 50)


def message(*lines: str, waves: bytes = WAVES, tail: bytes = b"") -> bytes:
    return HEADER + waves + "".join(line + "\r" for line in lines).encode("latin-1") + tail + b"\xfe"


def with_line(name: str, line: str) -> bytes:
    return message(*(line if old.startswith(name + "=") else old for old in DOCUMENTED))


def decoded(data: bytes, at: float = 1.0) -> list[Event]:
    return DRIVER.decoder().feed(data, at)


def values(events: Sequence[Event]) -> dict[str, float | None]:
    return {event.parameter: event.value for event in events if isinstance(event, Reading)}


def reasons(events: Sequence[Event]) -> list[str]:
    return [event.reason for event in events if isinstance(event, FrameRefused)]


def conditions(events: Sequence[Event]) -> dict[str, tuple[bool, str]]:
    return {e.key: (e.active, e.detail) for e in events if isinstance(e, DeviceCondition)}


def test_the_documented_lines_decode_as_their_text_says() -> None:
    assert values(decoded(message(*DOCUMENTED))) == {
        "hr": 80, "rr_imp": 35, "etco2": None, "spo2": 100, "pr": 80,
        "nibp_sys": 121, "nibp_dia": 75, "nibp_mean": 92,
    }  # fmt: skip


def test_lines_that_also_end_with_a_line_feed_decode_alike() -> None:
    lines = "".join(line + "\r\n" for line in DOCUMENTED).encode()
    assert values(decoded(HEADER + WAVES + lines + b"\xfe")) == values(decoded(message(*DOCUMENTED)))


def test_a_byte_between_the_last_line_and_the_end_is_let_be() -> None:
    assert not reasons(decoded(message(*DOCUMENTED, tail=b"\x9c")))


@pytest.mark.parametrize(
    "line", ["ST=1;0.2;;", "V 1.2", "TIME=12:30", "ST-II=;;;;;;;", "T1=1;37.1;", "P1=;;;"]
)
def test_a_line_that_is_not_known_is_passed_over(line: str) -> None:
    assert values(decoded(message(*DOCUMENTED, line))) == values(decoded(message(*DOCUMENTED)))


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("HR", "HR=0;;ECG-II-DIAG;", {"hr": None}),
        ("HR", "HR=1;  64 ;ECG-II-DIAG;", {"hr": 64}),
        ("HR", "HR=1;---;ECG-II-DIAG;", {"hr": None}),
        ("HR", "HR=1;8O;ECG-II-DIAG;", {"hr": None}),
        ("HR", "HR=1;999;ECG-II-DIAG;", {"hr": None}),
        ("SPO2", "SPO2=1;97;;", {"spo2": 97, "pr": None}),
        ("SPO2", "SPO2=1;0;PR=;", {"spo2": None, "pr": None}),
        ("SPO2", "SPO2=1;97;PR= 61;", {"spo2": 97, "pr": 61}),
        ("ETCO2", "ETCO2=1;38;;", {"etco2": 38, "rr_co2": 35}),
        ("ETCO2", "ETCO2=1;5;KPA;", {"etco2": None}),
        ("NIBP", "NIBP=4;;;;;;", {"nibp_sys": None, "nibp_dia": None, "nibp_mean": None}),
        ("NIBP", "NIBP=4;75;121;92;80;;", {"nibp_sys": None, "nibp_dia": None, "nibp_mean": None}),
        ("ETCO2", "P1=1;120;70;88;ART;", {"p1_sys": 120, "p1_dia": 70, "p1_mean": 88}),
        ("ETCO2", "P2=1;-2;-6;-4;CVP;", {"p2_sys": -2, "p2_dia": -6, "p2_mean": -4}),
        ("ETCO2", "T1=1;36.7;;", {"temp1": 36.7}),
        ("ETCO2", "T2=1;98.6;;", {"temp2": None}),
    ],
)
def test_fields_become_values(name: str, line: str, expected: dict[str, float | None]) -> None:
    found = values(decoded(with_line(name, line)))
    assert {key: found[key] for key in expected} == expected


def test_a_setting_that_speaks_of_apnoea_is_no_apnoea() -> None:
    said = conditions(decoded(message(*DOCUMENTED)))
    assert said["apnoea"] == (False, "")
    assert said["monitor_alarm"] == (False, "")


@pytest.mark.parametrize(
    ("name", "line", "condition"),
    [
        ("HR", "HR=1;0;ECG-II-DIAG;ASYSTOLE", "asystole"),
        ("HR", "HR=1;;ECG-II-DIAG;LEAD OFF", "ecg_leads_off"),
        ("RR", "RR=1;0;APNEA: 20 SEC;APNEA", "apnoea"),
    ],
)
def test_an_alarm_is_told_by_its_name_and_in_the_monitors_words(name: str, line: str, condition: str) -> None:
    said = conditions(decoded(with_line(name, line)))
    assert said[condition][0]
    assert said["monitor_alarm"] == (True, f"{name}: {line.split(';')[-1]}")


def test_any_alarm_text_is_told_in_the_monitors_words_and_ends() -> None:
    decoder = DRIVER.decoder()
    begun = decoder.feed(with_line("SPO2", "SPO2=1;84;PR=80 ;LOW"), 1.0)
    assert conditions(begun)["monitor_alarm"] == (True, "SPO2: LOW")
    assert conditions(decoder.feed(message(*DOCUMENTED), 2.0)) == {"monitor_alarm": (False, "")}


def test_the_state_numbers_are_shown_as_sent() -> None:
    said = conditions(decoded(message(*DOCUMENTED)))
    assert said["monitor_status"] == (True, "HR=1 RR=1 ETCO2=1 SPO2=1 NIBP=4")


def test_waves_come_at_their_rate_and_scale() -> None:
    blocks = {e.wave: e for e in decoded(message(*DOCUMENTED)) if isinstance(e, WaveBlock)}
    assert {wave: (len(b.samples), b.rate_hz) for wave, b in blocks.items()} == {
        "ecg1": (200, 200.0), "resp": (50, 50.0), "pleth": (50, 50.0),
    }  # fmt: skip
    assert np.allclose(blocks["ecg1"].samples, 1.0)  # (150 - 100) x 0.02 mV
    assert np.allclose(blocks["pleth"].samples, 10.0)


def test_waves_may_hold_the_start_and_the_end_byte() -> None:
    waves = (b"\xff\xfe" * 200)[:400]
    assert values(decoded(message(*DOCUMENTED, waves=waves)))["hr"] == 80


def test_the_respiration_wave_is_not_shown_while_it_may_be_a_capnogram() -> None:
    events = decoded(with_line("ETCO2", "ETCO2=1;38;;"))
    assert "resp" not in {e.wave for e in events if isinstance(e, WaveBlock)}


@pytest.mark.parametrize("lost", range(1, 30))
def test_bytes_lost_from_the_waves_refuse_the_message(lost: int) -> None:
    whole = message(*DOCUMENTED)
    events = decoded(whole[:50] + whole[50 + lost :])
    assert not values(events) or "hr" not in values(events)
    if lost < len(DOCUMENTED[0]):
        assert reasons(events) == ["line"]


@pytest.mark.parametrize("added", [b"A", b"7", b"x;", b"\r", b"HR=1;99;ECG;\r"])
def test_bytes_added_to_the_waves_give_no_value_of_them(added: bytes) -> None:
    whole = message(*DOCUMENTED, waves=b"Q" * 400)
    events = decoded(whole[:50] + added + whole[50:])
    assert values(events).get("hr") in (None, 80)
    assert 99 not in values(events).values()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (message(*DOCUMENTED)[:430] + message(*DOCUMENTED), "cut"),
        (message(*DOCUMENTED)[:200] + message(*DOCUMENTED), "cut"),
        (message(*DOCUMENTED)[:-1] + b"." * 2048, "overlong"),
        (b"\x55" * 2048, "noise"),
        (message("HR=1;8\x00;ECG-II-DIAG;"), "text"),
        (message("HR=1;80;ECG-II-DIAG;RR=1;35;APNEA: 20 SEC;"), "line"),
        (message("HR=1;80;ECG-II-DIAG;", "HR=1;81;ECG-II-DIAG;"), "line"),
        (message(), "line"),
    ],
)
def test_a_damaged_message_is_refused_for_a_reason(data: bytes, reason: str) -> None:
    assert reasons(decoded(data))[:1] == [reason]


def test_after_a_refused_message_the_next_is_heard() -> None:
    events = decoded(message(*DOCUMENTED)[:430] + message(*DOCUMENTED))
    assert values(events)["hr"] == 80
    assert sum(isinstance(e, FrameAccepted) for e in events) == 1


def test_a_module_that_fell_silent_is_told_once() -> None:
    decoder = DRIVER.decoder()
    decoder.feed(message(*DOCUMENTED, "T1=1;36.7;;"), 1.0)
    gone = [e for e in decoder.feed(message(*DOCUMENTED), 2.0) if isinstance(e, Reading)]
    assert [(e.value, e.why) for e in gone if e.parameter == "temp1"] == [(None, Missing.OFF)]
    assert "temp1" not in values(decoder.feed(message(*DOCUMENTED), 3.0))


def cuff_times(*shown: tuple[float, str]) -> list[float | None]:
    decoder = DRIVER.decoder()
    events = [e for at, line in shown for e in decoder.feed(with_line("NIBP", line), at)]
    return [e.measured_at for e in events if isinstance(e, Reading) and e.parameter == "nibp_sys"]


def test_a_cuff_pressure_has_the_time_at_which_it_changed() -> None:
    old, new = "NIBP=4;121;75;92;80;;", "NIBP=4;118;70;88;80;;"
    assert cuff_times((1, old), (2, new), (3, new)) == [None, 2, 2]


def test_a_cuff_pressure_that_changed_while_nobody_listened_has_no_time() -> None:
    old, new = "NIBP=4;121;75;92;80;;", "NIBP=4;118;70;88;80;;"
    assert cuff_times((1, old), (2, new), (90, old)) == [None, 2, None]


@given(st.lists(st.integers(0, 4000), max_size=12), st.binary(max_size=3000))
def test_any_split_of_messages_and_noise_gives_the_same_events(cuts: list[int], noise: bytes) -> None:
    stream = message(*DOCUMENTED)[:500] + noise + message(*DOCUMENTED) + noise[:600] + message(*DOCUMENTED)
    at = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    decoder = DRIVER.decoder()
    pieces = [decoder.feed(stream[a:b], 1.0) for a, b in zip(at, at[1:], strict=False)]
    assert [event for piece in pieces for event in piece] == decoded(stream)

"""Every alarm has its words, and what they say is true."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room import HIGH, LOW, MEDIUM, alarm, desaturation, slow_breath

from nurse_station.alarms.bedside import SENSORS
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.rules import AIRWAY_PARTS
from nurse_station.alarms.words import Fault, Kind, Priority
from nurse_station.ui import alarm_texts
from nurse_station.ui.models import alarm_words, words
from nurse_station.ui.models.alarm_words import HOLDS, compared, line, part, spoken
from nurse_station.ui.models.units import KPA, Scale, Units

WHOLE = Scale(unit="%", precision=0)


@pytest.mark.parametrize("row", CONDITIONS.values(), ids=lambda row: row.key)
def test_every_condition_has_words(row: Any) -> None:
    text = alarm_texts.ALARMS[row.text]
    assert text.name
    assert 0 < len(text.short) <= 16
    assert text.advice.endswith((".", "e."))


def test_no_words_are_left_of_a_condition_that_is_gone() -> None:
    assert {row.text for row in CONDITIONS.values()} == alarm_texts.ALARMS.keys()


def test_a_condition_without_words_is_named_by_its_key() -> None:
    assert alarm_texts.alarm_text("alarm.oxygen_empty").name == "Oxygen empty"


PARTS = {*AIRWAY_PARTS, *SENSORS, *(fault.value for fault in Fault), "apnoea_impedance", "moaas", "rass"}


@pytest.mark.parametrize("key", sorted(PARTS))
def test_every_part_that_an_alarm_may_name_has_words(key: str) -> None:
    assert key in alarm_texts.PARTS


def test_a_part_that_is_a_parameter_is_named_by_its_label() -> None:
    assert (part("rr_co2"), part("nibp_sys"), part("strange_part")) == ("RR", "NIBP sys", "strange part")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (desaturation(), "*** SpO₂ 84 < 85"),
        (slow_breath(), "** RR 9 < 10"),
        (alarm("hr_high", MEDIUM, value=131.0, limit=120.0, detail=("pr",)), "** PR 131 > 120"),
        (alarm("nibp_sys_high", HIGH, value=204.0, limit=200.0, detail=("nibp_sys",)),
         "*** NIBP sys 204 > 200"),
        (alarm("nibp_map", HIGH, value=58.0, limit=60.0, detail=("nibp_mean",)), "*** NIBP mean 58 < 60"),
        (alarm("nibp_map", HIGH, value=131.0, limit=130.0, detail=("nibp_mean",)), "*** NIBP mean 131 > 130"),
        (alarm("apnoea", HIGH, value=23.4, limit=20.0), "*** No breath 0:23"),
        (alarm("apnoea", HIGH, detail=("apnoea",)), "*** Apnoea · reported by the monitor (CO₂)"),
        (alarm("asystole", HIGH, detail=("asystole",)), "*** Asystole: reported by the monitor"),
        (alarm("oversedated", HIGH, value=2.0, limit=2.0, detail=("moaas",)),
         "*** Oversedated · MOAA/S 2 ≤ 2"),
        (alarm("oversedated", HIGH, value=-4.0, limit=-4.0, detail=("rass",)),
         "*** Oversedated · RASS −4 ≤ −4"),
        (alarm("agitated", MEDIUM, value=2.0, limit=2.0, detail=("rass",)), "** Agitated · RASS 2 ≥ 2"),
        (alarm("check_overdue", LOW, value=84.0, limit=0.0), "* MOAA/S overdue 1:24"),
        (alarm("link_lost", HIGH, value=12.0, limit=5.0), "!!! No data 0:12"),
        (alarm("link_lost", HIGH, value=0.1, limit=5.0, detail=("line_lost",)),
         "!!! No data: one monitor of several is lost"),
        (alarm("link_lost", HIGH, value=0.1, limit=5.0, detail=("line_lost@Capnostream",)),
         "!!! No data: Capnostream is lost"),
        (alarm("source_fallback", LOW, detail=("etco2,rr_co2@GE", "nibp_sys@Philips")),
         "! Other monitor: EtCO₂, RR from GE + NIBP from Philips"),
        (alarm("contradiction", LOW, detail=("hr@GE", "pr@Masimo")),
         "! Disagree: HR from GE + PR from Masimo"),
        (alarm("sensor_off", MEDIUM, detail=("spo2", "co2")), "!! Sensor off: SpO₂ + CO₂"),
        (alarm("line_errors", LOW, value=7.3, limit=5.0), "! Line errors 7 > 5"),
        (alarm("no_audio", MEDIUM, detail=("audio_unusable",)), "!! Alarms cannot be heard"),
        (alarm("record_altered", LOW, detail=("record_altered",)), "! Record altered: its chain is broken"),
        (alarm("not_recording", LOW, detail=("disk_low",)), "! Not recording: less than 1 GB of disk left"),
        (alarm("airway_pattern", HIGH, detail=("rr_low", "spo2_low")),
         "*** Airway at risk: RR low + SpO₂ low"),
        (alarm("monitoring_gap", MEDIUM), "!! Nobody was watching for a while"),
        (alarm("nibp_overdue", LOW, value=150.0, limit=120.0), "! NIBP overdue 2:30"),
    ],
)  # fmt: skip
def test_an_alarm_says_what_is_wrong_and_how_far(status: Any, said: str) -> None:
    assert line(status) == said


def test_an_alarm_in_kilopascal_compares_in_kilopascal() -> None:
    status = alarm("etco2_high", MEDIUM, value=60.0, limit=50.0, detail=("etco2",))
    assert line(status, Units(co2="kPa")) == "** EtCO₂ 8.0 > 6.7"


def test_a_latched_alarm_says_that_it_was() -> None:
    assert line(desaturation(state=State.LATCHED, value=97.0)) == "*** was: Desaturation"


def test_an_unresolved_alarm_says_that_its_data_are_lost_and_shows_no_number() -> None:
    said = line(desaturation(state=State.UNRESOLVED, value=None))
    assert said == "*** Desaturation · data lost"
    assert not re.search(r"\d", said)


def test_a_value_that_came_back_to_its_limit_is_not_written_as_beyond_it() -> None:
    assert line(desaturation(value=85.0)) == "*** SpO₂ 85 (< 85)"


def test_a_value_just_beyond_its_limit_gets_the_digits_that_make_it_true() -> None:
    assert line(desaturation(value=84.6)) == "*** SpO₂ 84.6 < 85"


@given(
    value=st.floats(0, 300), limit=st.floats(0, 300), sign=st.sampled_from(["<", ">", ""]),
    scale=st.sampled_from([WHOLE, KPA]),
)  # fmt: skip
def test_no_comparison_is_written_that_is_false(value: float, limit: float, sign: str, scale: Scale) -> None:
    said = compared(value, sign, limit, scale)
    found = re.fullmatch(r"([\d.]+) ([<>]) ([\d.]+)", said)
    if found:
        written = float(found[1]), float(found[3])
        assert HOLDS[found[2]](*written)
        assert HOLDS[found[2]](value, limit)
    else:
        assert "(" in said


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("priority", [LOW, MEDIUM, HIGH])
def test_as_many_marks_as_the_priority_has(kind: Kind, priority: Priority) -> None:
    marks = alarm_texts.marks(kind, priority)
    assert marks == ("!" if kind is Kind.TECHNICAL else "*") * int(priority)


@pytest.mark.parametrize("key", sorted(CONDITIONS))
@pytest.mark.parametrize("state", [State.ACTIVE, State.UNRESOLVED, State.LATCHED])
@pytest.mark.parametrize("detail", [(), ("spo2",), ("something_new",)])
def test_every_alarm_can_be_said_in_every_state(key: str, state: State, detail: tuple[str, ...]) -> None:
    for value, limit in ((None, None), (3.0, None), (3.0, 2.0)):
        said = alarm_words.statement(alarm(key, HIGH, state=state, detail=detail, value=value, limit=limit))
        assert said
        assert "None" not in said


def test_a_screen_reader_hears_the_priority_in_words() -> None:
    assert spoken(desaturation()) == "high priority, Desaturation, SpO₂ 84 below 85"


@pytest.mark.parametrize(
    ("seconds", "said"), [(-3, "0:00"), (0, "0:00"), (7.9, "0:07"), (84, "1:24"), (3725, "1:02:05")]
)
def test_a_running_time_is_written_in_minutes_and_seconds(seconds: float, said: str) -> None:
    assert words.minutes(seconds) == said

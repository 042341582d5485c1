"""What the value blocks say."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room import START, bed, empty_bed, line, numeric, numerics, told

from nurse_station.station.snapshots import Age, BedSnapshot, LineState, Numeric, Rival
from nurse_station.ui.models import words
from nurse_station.ui.models.numerics import Moment, NumericBlock, blocks
from nurse_station.ui.models.units import Units
from nurse_station.vitals.readings import Missing, Quality

MOMENT = Moment(now=START, wall=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))


def bed_with(changes: dict[str, Numeric | None], **more: Any) -> BedSnapshot:
    """A good bed with some numerics changed; None takes one away."""
    values = {key: value for key, value in (numerics() | changes).items() if value is not None}
    return bed(numerics=MappingProxyType(values), **more)


def block(one: BedSnapshot, key: str, moment: Moment = MOMENT) -> NumericBlock:
    return {b.key: b for b in blocks(one, moment)}[key]


@pytest.mark.parametrize(
    ("value", "precision", "written"),
    [(None, 0, "---"), (None, 1, "---"), (82.4, 0, "82"), (36.62, 1, "36.6"), (-4.0, 0, "−4"),
     (-0.2, 0, "0"), (0.0, 0, "0"), (100.0, 0, "100")],
)  # fmt: skip
def test_a_number_is_written_as_a_ward_does(value: float | None, precision: int, written: str) -> None:
    assert words.number(value, precision) == written


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-3, "just now"), (0.4, "just now"), (40, "40 s ago"), (240, "4 min ago"), (7500, "2 h 05 min ago"),
     (3 * 86400, "3 days ago")],
)  # fmt: skip
def test_an_age_is_said_as_a_person_does(seconds: float, said: str) -> None:
    assert words.ago(seconds) == said


@given(st.floats(min_value=-400, max_value=400, allow_nan=False), st.integers(0, 2))
def test_a_number_reads_back_as_what_it_was(value: float, precision: int) -> None:
    written = words.number(value, precision).replace("−", "-")
    assert abs(float(written) - value) <= 0.5 * 10**-precision + 1e-9


def test_a_good_bed_shows_its_values() -> None:
    shown = {b.key: b.value for b in blocks(bed(), MOMENT)}
    assert shown == {"hr": "82", "spo2": "98", "rr": "14", "etco2": "38", "nibp": "128/76"}


def test_the_mean_pressure_stands_in_brackets_with_its_time_and_the_next_one() -> None:
    nibp = block(bed(), "nibp")
    assert nibp.beside == "(93)"
    at, then = (words.clock_time(MOMENT.wall_at(START + s)) for s in (-240, 60))
    assert nibp.note == f"{at} · 4 min ago · next {then}"


def test_a_cuff_that_measures_says_so() -> None:
    assert block(bed(nibp_measuring=True), "nibp").note.endswith("measuring…")


def test_a_cuff_pressure_of_unknown_age_never_looks_current() -> None:
    old = numeric("nibp_sys", 120.0, START, age=Age.OLD)
    shown = block(bed_with({"nibp_sys": old}, nibp_next_at=None), "nibp")
    assert (shown.note, shown.faded) == ("time unknown", True)


def test_a_mean_pressure_alone_is_shown_as_such() -> None:
    shown = block(bed_with({"p2_mean": numeric("p2_mean", 8.0, origin="CVP")}), "p2")
    assert (shown.label, shown.value) == ("CVP mean", "8")


def test_a_doubtful_value_has_its_mark() -> None:
    doubted = numeric("spo2", 88.0, quality=Quality.QUESTIONABLE)
    assert block(bed_with({"spo2": doubted}), "spo2").mark == "?"


def test_no_value_has_no_mark() -> None:
    missing = numeric("spo2", None, quality=Quality.QUESTIONABLE)
    assert block(bed_with({"spo2": missing}), "spo2").mark == ""


def test_an_old_value_is_faded_and_says_how_old_it_is() -> None:
    old = block(bed_with({"hr": numeric("hr", 80.0, START - 90, age=Age.OLD)}), "hr")
    assert (old.faded, old.note) == (True, "1 min ago")


@pytest.mark.parametrize("why", list(Missing))
def test_a_missing_value_says_why(why: Missing) -> None:
    missing = block(bed_with({"hr": numeric("hr", None, why=why)}), "hr")
    assert missing.value == "---"
    assert missing.note


def test_a_condition_says_better_why_there_is_no_value() -> None:
    one = bed_with(
        {"etco2": numeric("etco2", None)}, conditions=MappingProxyType({"co2_occlusion": told("Occluded")})
    )
    assert block(one, "etco2").note == "line occluded"


def test_an_expired_value_says_for_how_long_there_was_none() -> None:
    gone = numeric("hr", None, START - 12, age=Age.EXPIRED)
    assert block(bed_with({"hr": gone}), "hr").note == "none for 12 s"


@pytest.mark.parametrize(
    ("lines", "note"),
    [((line(),), "not sent"), ((line(LineState.LISTENING),), "waiting for data"),
     ((line(LineState.LOST),), "line lost"), ((), "no monitor")],
)  # fmt: skip
def test_a_value_that_never_came_is_explained_by_the_line(lines: tuple[Any, ...], note: str) -> None:
    assert block(replace(empty_bed(), lines=lines), "hr").note == note


@pytest.mark.parametrize(
    ("from_co2", "from_chest", "value", "origin"),
    [(numeric("rr_co2", 14.0), numeric("rr_imp", 16.0), "14", "CO₂"),
     (numeric("rr_co2", None), numeric("rr_imp", 16.0), "16", "impedance"),
     (None, numeric("rr_imp", 16.0), "16", "impedance"),
     (numeric("rr_co2", None), numeric("rr_imp", None, why=Missing.ABSENT), "---", "CO₂"),
     (numeric("rr_co2", None, why=Missing.ABSENT), numeric("rr_imp", None), "---", "impedance"),
     (None, None, "---", "")],
)  # fmt: skip
def test_the_breath_rate_comes_from_what_measures_it(
    from_co2: Numeric | None, from_chest: Numeric | None, value: str, origin: str
) -> None:
    shown = block(bed_with({"rr_co2": from_co2, "rr_imp": from_chest}), "rr")
    assert (shown.value, shown.origin) == (value, origin)


def test_the_pulse_rate_stands_with_the_saturation() -> None:
    assert block(bed(), "spo2").aside == "PR 81"


@pytest.mark.parametrize(("key", "parameter"), [("temp1", "temp1"), ("p1", "p1_sys"), ("etco2", "etco2")])
def test_a_module_that_is_not_there_has_no_block(key: str, parameter: str) -> None:
    absent = numeric(parameter, None, why=Missing.ABSENT)
    assert key not in {b.key for b in blocks(bed_with({parameter: absent}), MOMENT)}


def test_temperatures_are_shown_when_they_are_sent() -> None:
    warm = block(bed_with({"temp1": numeric("temp1", 36.64)}), "temp1")
    assert (warm.value, warm.unit) == ("36.6", "°C")


@pytest.mark.parametrize(
    ("units", "key", "value", "unit"),
    [(Units(co2="kPa"), "etco2", "5.1", "kPa"), (Units(temperature="degF"), "temp1", "98.6", "°F"),
     (Units(), "etco2", "38", "mmHg")],
)  # fmt: skip
def test_values_are_shown_in_the_clinics_units(units: Units, key: str, value: str, unit: str) -> None:
    one = bed_with({"temp1": numeric("temp1", 37.0)})
    shown = block(one, key, replace(MOMENT, units=units))
    assert (shown.value, shown.unit) == (value, unit)


@pytest.mark.parametrize(
    ("key", "parameter", "origin"),
    [("hr", "hr", "ECG · GE"), ("spo2", "spo2", "GE"), ("rr", "rr_co2", "GE"), ("nibp", "nibp_sys", "GE")],
)
def test_where_a_bed_has_several_monitors_a_value_names_its_own(
    key: str, parameter: str, origin: str
) -> None:
    named = replace(numerics()[parameter], monitor="GE")
    shown = block(bed_with({parameter: named}), key)
    assert (shown.origin, shown.monitor) == (origin, "GE")
    assert "from GE" in shown.spoken


def test_what_stands_in_for_a_lost_monitor_says_so() -> None:
    spo2 = numeric("spo2", 97.0, monitor="GE", instead_of="Masimo")
    etco2 = numeric("etco2", 37.0, monitor="GE", instead_of="Capnostream")
    shown = bed_with({"spo2": spo2, "etco2": etco2})
    assert block(shown, "spo2").note == "stands in for Masimo"
    assert block(shown, "etco2").origin == "GE stands in"


def test_a_contradicted_value_shows_the_other() -> None:
    hr = numeric("hr", 72.0, monitor="GE", against=Rival(parameter="pr", value=96.0, monitor="Masimo"))
    spo2 = numeric("spo2", 98.0, monitor="GE", against=Rival(parameter="spo2", value=88.0, monitor="Masimo"))
    shown = bed_with({"hr": hr, "spo2": spo2})
    assert block(shown, "hr").note == "≠ PR 96 Masimo"
    assert block(shown, "spo2").note == "≠ 88 Masimo"


def test_a_pulse_rate_of_another_monitor_than_the_saturation_names_it() -> None:
    shown = bed_with(
        {"spo2": numeric("spo2", 97.0, monitor="GE"), "pr": numeric("pr", 70.0, monitor="Masimo")}
    )
    assert block(shown, "spo2").aside == "PR 70 Masimo"


def test_a_screen_reader_hears_value_and_unit() -> None:
    assert block(bed(), "hr").spoken == "HR 82 /min"
    assert block(bed_with({"hr": numeric("hr", None)}), "hr").spoken == "HR no value, not measured"

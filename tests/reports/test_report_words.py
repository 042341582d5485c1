"""How paper writes times, lengths of time and values."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from nurse_station.reports.observations import initials
from nurse_station.reports.words import Times, label, lasting, listed, vital

WINTER = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9), "JST")


def test_a_time_names_the_zone_of_the_paper() -> None:
    times = Times.of(WINTER, TOKYO)
    assert times.second(WINTER.timestamp()) == "17:00:00"
    assert times.name == "JST (UTC+09:00)"


def test_utc_is_named_once() -> None:
    assert Times.of(WINTER, UTC).name == "UTC"


def test_a_time_of_the_next_day_says_so() -> None:
    times = Times.of(WINTER, TOKYO)
    assert times.minute((WINTER + timedelta(hours=8)).timestamp()) == "01:00 (+1 d)"


def test_a_change_to_winter_time_repeats_no_hour() -> None:
    before = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)  # 02:30 in summer time
    times = Times.of(before, ZoneInfo("Europe/Berlin"))
    said = [times.minute((before + timedelta(minutes=30 * n)).timestamp()) for n in range(5)]
    assert said == ["02:30", "03:00", "03:30", "04:00", "04:30"]
    assert times.first == date(2025, 10, 26)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0, "0 s"), (59.4, "59 s"), (60.0, "1:00 min"), (725.0, "12:05 min"), (14410.0, "4:00:10 h")],
)
def test_a_length_of_time_keeps_its_seconds(seconds: float, said: str) -> None:
    assert lasting(seconds) == said


def test_what_was_not_measured_is_dashes() -> None:
    assert vital("spo2", None) == "---"


def test_a_value_has_its_parameters_digits() -> None:
    assert (vital("temp1", 36.64), vital("spo2", 97.0), vital("unheard_of", 1.25)) == ("36.6", "97", "1.25")


def test_units_stand_beside_values() -> None:
    assert listed({"hr": 72.0, "unheard_of": 3.0}) == "HR 72 /min, unheard_of 3"
    assert label("nibp_sys") == "NIBP sys mmHg"


def test_two_nurses_with_the_same_initials_are_told_apart() -> None:
    codes = initials(["Nurse Lind", "N. Lund", "Nurse Lind", "Ek"])
    assert codes == {"Nurse Lind": "NL", "N. Lund": "NL2", "Ek": "E"}

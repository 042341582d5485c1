"""NEWS2 beside the checks: whole only with everything, and never a number that looks whole."""

from typing import Any

import pytest
from room import care, may_raise, scored

from nurse_station.sessions import deeds
from nurse_station.sessions.seen import Vital
from nurse_station.ui.models.care_news import news

WELL = {"spo2": 98.0, "rr_co2": 14.0, "hr": 72.0}
WARM = ((2, deeds.Measured(values={"temp1": 36.8})),)


def shown(*more: Any, vitals: dict[str, float] | None = None) -> Any:
    values = {key: Vital(value=value, at=0) for key, value in (WELL if vitals is None else vitals).items()}
    return news(care((*may_raise(), *more), seen={"vitals": values}))


def test_without_a_temperature_it_is_incomplete_and_no_number() -> None:
    assert shown().words == "incomplete, without temperature"


def test_with_a_temperature_it_is_a_score() -> None:
    assert shown(*WARM).words == "0"


def test_a_temperature_of_the_morning_is_too_old() -> None:
    old = ((300, deeds.Measured(values={"temp1": 36.8})),)
    assert news(care((*old, *may_raise()), seen={"vitals": {}})).words.endswith("temperature")


@pytest.mark.parametrize(
    ("vitals", "words", "pressing"),
    [(WELL | {"rr_co2": 9.0}, "1 (1-4)", False), (WELL | {"rr_co2": 7.0}, "3 (3 in one)", True),
     (WELL | {"spo2": 91.0, "hr": 115.0}, "5 (5-6)", True)],
)  # fmt: skip
def test_the_bands_are_those_of_the_college(vitals: dict[str, float], words: str, pressing: bool) -> None:
    found = shown(*WARM, vitals=vitals)
    assert (found.words, found.pressing) == (words, pressing)


def test_who_answers_only_a_loud_name_is_not_alert() -> None:
    assert shown(*WARM, *scored(1, moaas=3)).words == "3 (3 in one)"


def test_oxygen_that_was_given_counts() -> None:
    given = (1, deeds.Intervened(what="Oxygen by nasal cannula"))
    assert shown(*WARM, given).words == "2 (1-4)"


def test_it_says_that_it_is_blind_to_high_pressures_and_whose_it_is() -> None:
    tip = shown().tip
    assert "180 mmHg scores 0" in tip
    assert "Royal College of Physicians" in tip

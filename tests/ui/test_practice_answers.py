"""What comes of a deed that nobody answers, and ward words for what the palette calls otherwise."""

from dataclasses import replace

import pytest
from practice_room import line, snapshot
from room import care

from nurse_station.classroom.view import PumpShown
from nurse_station.training.actions import Group
from nurse_station.training.log import What
from nurse_station.ui.models import practice
from nurse_station.ui.models.practice import Kind
from nurse_station.ui.models.practice_answers import COMES, comes_of, compared
from nurse_station.ui.models.practice_words import DRUG_WORDS, WARD

ROWS = {row.key: row for _, rows in practice.groups() for row in rows}


@pytest.mark.parametrize("key", [row.key for row in dict(practice.groups())[Group.CALL]])
def test_a_call_says_who_comes(key: str) -> None:
    shown = snapshot(log=(line(12, What.DONE, key, ""),))
    said = practice.heard(shown, comes_of(shown, None, {}))
    assert [(each.at, each.kind, each.words) for each in said] == [(12, Kind.ROOM, COMES[key])]


def test_the_pump_is_compared_with_record_and_order() -> None:
    said = compared(PumpShown(ml_h=245.0, runs=True), care())
    assert said.startswith("Compare pump and order: The pump shows 245 mL/h. Recorded: ")
    assert "Ordered: at most " in said
    assert compared(PumpShown(ml_h=0.0, runs=False), None).endswith("The pump shows 0 mL/h, STOPPED.")


def test_what_the_pump_showed_then_stays_said() -> None:
    looked = line(12, What.DONE, "check_pump", "")
    shown = snapshot(log=(looked,), pump=PumpShown(ml_h=245.0, runs=True))
    first = comes_of(shown, None, {})
    later = comes_of(replace(shown, at=60.0, pump=PumpShown(ml_h=24.5, runs=True)), None, first)
    assert later == first
    assert "245 mL/h" in later[looked]


def test_what_was_compared_in_another_past_is_forgotten() -> None:
    looked = line(12, What.DONE, "check_pump", "")
    first = comes_of(snapshot(log=(looked,)), None, {})
    assert comes_of(snapshot(log=()), None, first) == {}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("doctor", "call_prescriber"), ("physician", "call_prescriber"), ("prescriber", "call_prescriber"),
     ("blood pressure", "repeat_pressure"), ("bp", "repeat_pressure"), ("nibp", "repeat_pressure"),
     ("vomit", "suction"), ("recovery position", "sit_up"), ("antidote", "give"), ("naloxone", "give"),
     ("narcan", "give"), ("breathe", "ventilate"), ("ventilate", "ventilate"), ("ambu", "ventilate"),
     ("bag", "ventilate"), ("chin", "jaw_thrust"), ("snoring", "jaw_thrust"), ("o2", "oxygen"),
     ("O₂", "oxygen"), ("stop", "stop_pump"), ("code", "call_emergency"), ("nurse", "call_help"),
     ("wake", "call_name"), ("ecg", "leads_on"), ("spo2", "probe_on"), ("capno", "cannula_on"),
     ("swollen", "check_arm"), ("venflon", "resite"), ("walk", "stand_up"), ("speed", "set_pump"),
     ("supine", "lay_flat"), ("help", "call_help"), ("saline", "give")],
)  # fmt: skip
def test_a_ward_word_finds_what_is_meant(typed: str, first: str) -> None:
    assert first in practice.found(typed)


@pytest.mark.parametrize("word", sorted({word for words in WARD.values() for word in words.split()}))
def test_each_word_of_the_table_finds_something(word: str) -> None:
    assert practice.found(word)


def test_the_table_names_what_the_palette_has_and_drugs_that_there_are() -> None:
    assert set(WARD) <= set(ROWS)
    assert all(practice.drug_typed(word) == drug for word, drug in DRUG_WORDS.items())


def test_ward_words_add_nothing_where_the_palettes_own_find_something() -> None:
    assert practice.found("stop") == {"stop_pump"}
    assert practice.found("oxygen") == {"oxygen", "oxygen_high", "oxygen_off"}


def test_what_nobody_says_finds_nothing() -> None:
    assert practice.found("xylophone") == frozenset()

"""Limits as rows: named, complete, set in an order that is accepted, taken back, fitted to a baseline."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Limits, LimitsError, Scope
from nurse_station.station.snapshots import Age
from nurse_station.ui.models.limit_rows import (
    back_to_clinic,
    conditions,
    from_baseline,
    group_of,
    parsed,
    plan,
    range_words,
    resting,
    undoing,
)
from nurse_station.ui.models.limit_words import GROUPS, limit_name, plain
from nurse_station.vitals.readings import Quality
from tests.alarms.bed import FACTORY
from tests.ui.room import bed, numeric

CLINIC = Limits(factory=FACTORY.factory, clinic={"hr_low.medium": 48.0})
PATIENT = CLINIC.set(Scope.PATIENT, "hr_low.medium", 44, "Ana")[0]


def test_every_condition_stands_under_one_heading() -> None:
    held = [condition for _, conditions in GROUPS.values() for condition in conditions]
    assert sorted(held) == sorted(CONDITIONS)


def test_every_limit_can_be_reached_once() -> None:
    keys = [
        key
        for group in GROUPS
        for condition in conditions(group)
        for level in condition.levels
        for key in level.keys
    ]
    assert sorted(keys) == sorted(LIMIT_ROWS)


@pytest.mark.parametrize("key", LIMIT_ROWS)
def test_every_limit_has_a_name_and_a_range_in_words(key: str) -> None:
    assert "_" not in limit_name(key)
    assert " to " in range_words(key)


@pytest.mark.parametrize("key", LIMIT_ROWS)
@pytest.mark.parametrize("number", [-1000.0, 100_000.0])
def test_a_refusal_has_no_keys_in_it(key: str, number: float) -> None:
    refused = plan(FACTORY, Scope.PATIENT, {key: number}).refused
    assert "_" not in refused[key]
    assert limit_name(key).casefold() in refused[key].casefold()


def test_limits_that_meet_are_refused_by_their_names() -> None:
    refused = plan(FACTORY, Scope.PATIENT, {"hr_low.medium": 70, "hr_high.medium": 90, "hr_low.high": 60})
    assert refused.refused == {}
    met = plan(FACTORY, Scope.PATIENT, {"spo2_low.high": 95}).refused["spo2_low.high"]
    assert met.startswith("SpO₂ low, HIGH (95) must stay at least 1 below SpO₂ low, MEDIUM (92)")


def test_a_high_limit_makes_room_for_the_medium_one() -> None:
    made = plan(FACTORY, Scope.PATIENT, {"hr_high.medium": 145, "hr_high.high": 160})
    assert made.steps == (("hr_high.high", 160), ("hr_high.medium", 145))


KEYS = st.sampled_from(sorted(LIMIT_ROWS))


@given(st.dictionaries(KEYS, st.floats(0, 220), max_size=6), st.sampled_from([Scope.PATIENT, Scope.CLINIC]))
def test_steps_are_accepted_in_their_order_and_refusals_are_true(
    wanted: Mapping[str, float], scope: Scope
) -> None:
    made = plan(PATIENT, scope, wanted)
    limits = PATIENT
    for key, number in made.steps:
        limits = limits.set(scope, key, number, "Ana")[0]
    assert limits == made.limits
    assert {key for key, _ in made.steps} | made.refused.keys() == wanted.keys()
    for key in made.refused:
        with pytest.raises(LimitsError):
            limits.set(scope, key, wanted[key], "Ana")


def test_back_to_the_clinics_is_what_differs() -> None:
    assert back_to_clinic(PATIENT) == {"hr_low.medium": 48}
    assert back_to_clinic(CLINIC) == {}


@given(st.dictionaries(KEYS, st.floats(0, 220), max_size=6))
def test_undoing_gives_the_numbers_before(wanted: Mapping[str, float]) -> None:
    made = plan(PATIENT, Scope.PATIENT, wanted)
    back = plan(made.limits, Scope.PATIENT, undoing(PATIENT, made.limits, Scope.PATIENT, wanted))
    assert back.refused == {}
    assert back.limits.effective == PATIENT.effective


ABOUT = [
    ("spo2", "spo2"), ("nibp", "nibp"), ("nibp_sys", "nibp"), ("apnoea", "rr"), ("link_lost", "equipment"),
    ("", "hr"), ("temp1", "hr"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "group"), ABOUT)
def test_what_was_pressed_opens_its_heading(about: str, group: str) -> None:
    assert group_of(about) == group


@pytest.mark.parametrize(("text", "number"), [("50", 50), (" 0,8 ", 0.8), ("fifty", None), ("", None)])
def test_a_number_is_read_as_a_ward_writes_it(text: str, number: float | None) -> None:
    assert parsed(text) == number


def test_a_sentence_without_keys_stays() -> None:
    assert plain("the sound is paused for 120 s.") == "The sound is paused for 120 s."


# Baseline


def test_only_good_and_current_values_are_proposed_as_a_baseline() -> None:
    assert resting(bed(1)) == {"hr": 82, "nibp_sys": 128}
    doubtful = {"hr": numeric("hr", 82, quality=Quality.QUESTIONABLE), "nibp_sys": numeric("nibp_sys", None)}
    assert resting(bed(1, numerics=doubtful)) == {}
    gone = {"hr": numeric("hr", None, age=Age.EXPIRED)}
    assert resting(bed(1, numerics=gone)) == {}


def test_a_baseline_proposes_and_changes_nothing() -> None:
    found = from_baseline(FACTORY, {"hr": 55.0, "nibp_sys": 140.0})
    assert [(each.key, each.old, each.new) for each in found.proposals] == [
        ("hr_low.medium", 50, 44),
        ("nibp_sys_high.medium", 160, 175),
    ]
    assert found.trouble == ""


@pytest.mark.parametrize(
    ("value", "sentence"), [(None, "Write a number"), (900.0, "cannot be; give 0 to 350")]
)
def test_a_value_that_cannot_be_is_refused_in_words(value: float | None, sentence: str) -> None:
    assert sentence in from_baseline(FACTORY, {"hr": value}).refused["hr"]

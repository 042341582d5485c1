"""Sessions of the record in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room import HIGH, MEDIUM, PATIENT, past_day

from nurse_station.alarms.words import Priority
from nurse_station.ui.models.review import (
    Sought,
    band_words,
    facts,
    record_lines,
    relative,
    relative_ticks,
    rows,
    zeros,
)


def test_a_row_says_who_when_where_and_what_alarmed() -> None:
    (row,) = rows([past_day().summary])
    assert row.title == "Berg, Anna · born 1980-04-02 · no. 4417"
    assert "Chair 1 · day 3 of 5 · 1 h 30 min" in row.facts
    assert row.facts.endswith("*** 1")


def test_a_session_without_a_patient_says_so() -> None:
    (row,) = rows([past_day(patient=None).summary])
    assert row.title == "No patient was bound"
    assert row.course == ""


def test_a_simulation_is_named_in_list_and_band() -> None:
    past = past_day(simulated=True).summary
    assert "SIMULATION" in rows([past])[0].title
    assert "SIMULATION" in band_words(past)


def test_the_band_says_review_and_not_live_before_all_else() -> None:
    assert band_words(past_day().summary).startswith("REVIEW · not live · Berg, Anna")


@pytest.mark.parametrize(("running", "said"), [(True, "runs now"), (False, "not ended")])
def test_a_session_that_was_not_ended_says_so(running: bool, said: str) -> None:
    assert said in facts(past_day(ended=None).summary, running=running)


@pytest.mark.parametrize(
    ("sought", "there"),
    [
        (Sought(), True),
        (Sought(text="berg"), True),
        (Sought(text="BERG chair 1"), True),
        (Sought(text="4417"), True),
        (Sought(text="day 3"), True),
        (Sought(text="day 2"), False),
        (Sought(text="okonkwo"), False),
        (Sought(least=HIGH), True),
        (Sought(least=MEDIUM), True),
        (Sought(patients_only=True), True),
    ],
)
def test_a_search_finds_what_it_names(sought: Sought, there: bool) -> None:
    past = past_day().summary
    assert sought.has(past, rows([past])[0]) is there


def test_simulations_can_be_left_out() -> None:
    past = past_day(simulated=True).summary
    assert not Sought(patients_only=True).has(past, rows([past])[0])


def test_the_date_can_be_searched_for() -> None:
    past = past_day().summary
    date = past.started.astimezone().strftime("%Y-%m-%d")
    assert Sought(text=date, least=Priority.NONE).has(past, rows([past])[0])


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (4500, "+1:15"), (-1800, "−0:30"), (90, "+0:01:30"), (36000, "+10:00")],
)
def test_time_from_a_zero_is_signed(seconds: float, said: str) -> None:
    assert relative(seconds) == said


@given(zero=st.floats(1.6e9, 2e9), start=st.floats(-9000, 9000), width=st.floats(30, 20000))
def test_ticks_lie_within_and_count_from_the_zero(zero: float, start: float, width: float) -> None:
    for at, _ in relative_ticks(zero + start, zero + start + width, 900, zero):
        assert zero + start - 1e-3 <= at <= zero + start + width
        steps = (at - zero) / 900
        assert steps == pytest.approx(round(steps), abs=1e-6)


def test_two_days_count_from_the_start_of_their_infusions() -> None:
    first, second = past_day(infused_from=100.0), past_day(infused_from=900.0)
    assert zeros(first, second) == (100.0, 900.0)


def test_where_one_day_has_no_infusion_both_count_from_their_records() -> None:
    first, second = past_day(infused_from=None), past_day()
    assert zeros(first, second) == tuple(each.summary.started.timestamp() for each in (first, second))


def test_the_record_has_the_day_s_entries_with_who() -> None:
    lines = record_lines(past_day())
    assert len(lines) == len(past_day().care)
    assert any(PATIENT.name in line.words for line in lines)

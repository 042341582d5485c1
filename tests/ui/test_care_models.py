"""The care of a patient in words: infusion, acts, record and what the pump shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room import (
    NURSE,
    ORDER,
    PATIENT,
    before_infusion,
    care,
    care_of,
    day_entries,
    empty_bed,
    infusing,
    may_raise,
    scored,
)
from room import bed as bed_with

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override
from nurse_station.sessions.states import State
from nurse_station.ui.models import care as words
from nurse_station.ui.models import care_acts, rooms
from nurse_station.ui.models.care_rate import RateMode, prefilled, rate
from nurse_station.ui.models.care_record import DayRecord, merged
from nurse_station.ui.models.numerics import Moment

PAUSED = (*may_raise(), (3, deeds.Paused(why="toilet")))
READY = before_infusion()


def test_the_infusion_is_told_in_all_units() -> None:
    shown = words.infusion(care())
    assert (shown.dose, shown.rate, shown.rates) == ("0.1", "7 mL/h", "7 mg/h\n1.67 µg/kg/min")


def test_what_was_given_stands_beside_what_the_order_allows() -> None:
    shown = words.infusion(care())
    assert shown.given == "Given 4.0 mg · 4.0 mL · 0.06 mg/kg"
    assert shown.allowed == "Order at most 0.35 mg/kg/h · 24.5 mg/h (24.5 mL/h) · 100 mg"
    assert shown.share == pytest.approx(4 / 100, rel=0.02)


def test_the_next_raise_is_offered_when_nothing_stops_it() -> None:
    shown = words.infusion(care())
    assert (shown.next, shown.why_not) == ("Next 0.2 mg/kg/h (14 mL/h) now", "")


def test_a_raise_that_is_not_allowed_says_why() -> None:
    shown = words.infusion(care((*may_raise(), *scored(1, moaas=3))))
    assert shown.why_not.startswith("Not now: ")
    assert "MOAA/S is 3" in shown.why_not


def test_a_raise_that_is_not_due_counts_down() -> None:
    shown = words.infusion(care(infusing(ago=20)))
    assert shown.next == "Next 0.2 mg/kg/h (14 mL/h) in 10:00"


def test_a_pause_gives_nothing_and_remembers_the_rate() -> None:
    shown = words.infusion(care(PAUSED))
    assert (shown.dose, shown.rate) == ("0", "0 mL/h (was 7)")


def test_without_an_order_no_dose_is_known() -> None:
    shown = words.infusion(care(((5, deeds.PatientBound(patient=PATIENT)),)))
    assert (shown.dose, shown.drug, shown.given) == ("---", "", "")


def test_what_the_start_waits_for_is_said() -> None:
    waiting = tuple(done for done in READY if not isinstance(done[1], deeds.SecondCheck))
    assert any("No second nurse" in sentence for sentence in words.infusion(care(waiting)).waits)


@pytest.mark.parametrize(
    ("ago", "said"),
    [(10, "responsiveness check in 5 min"), (15.5, "● responsiveness check due now"),
     (19, "▲ responsiveness check 4 min late")],
)  # fmt: skip
def test_what_is_due_is_told_by_sign_and_words(ago: float, said: str) -> None:
    done = (*infusing(ago=45), *scored(ago, moaas=5, pain=4, nausea=0, hallucination=0))
    assert words.due_words(words.check(care(done).summary, "responsiveness")) == said


def test_an_old_score_is_not_shown_as_if_it_were_of_now() -> None:
    last = words.last_score(care((*infusing(), *scored(20, moaas=4))), "moaas")
    assert last is not None
    assert (last.score, last.age, last.current) == (4, "20 min ago", False)


def test_a_tile_names_patient_day_and_what_is_due() -> None:
    seat = bed_with(1, care=care())
    tile = rooms.tile(seat, 1, Moment(now=50_000.0, wall=words.wall(0)))
    assert (tile.patient, tile.day) == ("Berg, Anna", "infusing 0.1 mg/kg/h")
    assert tile.brief == "check in 11 min · 0.1 mg/kg/h"
    assert all(part in tile.spoken for part in (tile.patient, tile.day, tile.due))


def test_a_tile_asks_for_a_patient_who_is_not_sure() -> None:
    seat = bed_with(1, care=care(unconfirmed="Another monitor was connected."))
    tile = rooms.tile(seat, 1, Moment(now=50_000.0, wall=words.wall(0)))
    assert tile.due == "▲ confirm the patient"
    assert tile.pressing


# Acts


@pytest.mark.parametrize("state", State)
def test_no_key_does_two_things_in_one_state(state: State) -> None:
    keys = [act.keys for act in care_acts.acts(state)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("state", [State.INFUSING, State.HOLD, State.PAUSED])
def test_a_stop_is_always_offered_while_drug_may_run(state: State) -> None:
    assert "stop" in {act.key for act in care_acts.acts(state)}


def test_the_as_needed_drugs_of_the_order_come_first() -> None:
    assert [words for words, _ in care_acts.action_choices(care())][: len(ORDER.as_needed)] == [
        drug.what for drug in ORDER.as_needed
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [("128/76", {"nibp_sys": 128.0, "nibp_dia": 76.0}), (" 128 76 ", {"nibp_sys": 128.0, "nibp_dia": 76.0}),
     ("128/76 82", {"nibp_sys": 128.0, "nibp_dia": 76.0, "pr": 82.0})],
)  # fmt: skip
def test_a_pressure_is_read_as_it_is_written(text: str, values: dict[str, float]) -> None:
    read = care_acts.measured(text)
    assert isinstance(read, deeds.Measured)
    assert dict(read.values) == values


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_pressure_or_none(text: str) -> None:
    assert isinstance(care_acts.measured(text), deeds.Measured | None)


def test_a_low_score_proposes_a_hold_that_one_button_enters() -> None:
    shown = care_acts.prompt(care((*may_raise(), *scored(1, moaas=3))).summary.prompts[0])
    assert shown.button == "Hold the rate"
    assert isinstance(shown.deed, deeds.Held)


def test_the_planned_end_is_a_complete_stop() -> None:
    over = (*infusing(ago=241), *scored(1, moaas=5))
    shown = care_acts.prompt(care(over).summary.prompts[0])
    assert isinstance(shown.deed, deeds.Stopped)
    assert shown.deed.reason is deeds.StopReason.COMPLETE


# The record


def corrected(entries: tuple[Entry, ...], number: int, deed: Deed) -> tuple[Entry, ...]:
    last = entries[-1]
    return (
        *entries,
        replace(last, number=last.number + 1, deed=deed, corrects=number, why="slip", overrides=()),
    )


def test_a_correction_stands_beneath_what_it_corrects() -> None:
    entries = day_entries(may_raise())
    pain = next(each.number for each in entries if each.deed == deeds.Scored(scale="pain", score=4))
    lines = DayRecord().lines(corrected(entries, pain, deeds.Scored(scale="pain", score=5)))
    place = next(at for at, line in enumerate(lines) if line.number == pain)
    assert lines[place].struck
    assert lines[place + 1].correction
    assert "(slip): Pain 5" in lines[place + 1].words


def test_a_correction_of_a_correction_stands_there_too() -> None:
    entries = corrected(day_entries(may_raise()), 1, deeds.PatientBound(patient=PATIENT))
    twice = corrected(entries, entries[-1].number, deeds.PatientBound(patient=PATIENT))
    lines = DayRecord().lines(twice)
    assert [line.struck for line in lines[:3]] == [True, True, False]


def test_a_day_that_grows_is_worded_as_one_that_is_read_at_once() -> None:
    entries, record = day_entries(may_raise()), DayRecord()
    for number in range(1, len(entries) + 1):
        grown = record.lines(entries[:number])
    assert grown == DayRecord().lines(entries)


def test_another_patients_day_is_worded_anew() -> None:
    record, other = DayRecord(), replace(PATIENT, name="Ek, Olle")
    record.lines(day_entries(may_raise()))
    lines = record.lines(day_entries(before_infusion(other)))
    assert "Ek, Olle" in lines[0].words


def test_the_newest_line_is_the_first() -> None:
    seat = bed_with(1, care=care())
    assert seat.care is not None
    lines = merged(DayRecord().lines(seat.care.entries), seat)
    assert lines[0].number == len(seat.care.entries)


def test_an_empty_bed_has_no_line() -> None:
    assert merged(DayRecord().lines(()), empty_bed(1)) == ()


# What the pump shows


@pytest.mark.parametrize(
    ("done", "mode", "dose"),
    [(READY, RateMode.START, "0.1"), (may_raise(), RateMode.RAISE, "0.2"), (PAUSED, RateMode.RESUME, "0.1"),
     (may_raise(), RateMode.LOWER, "")],
)  # fmt: skip
def test_the_plans_dose_is_filled_in(done: tuple[tuple[float, Deed], ...], mode: RateMode, dose: str) -> None:
    assert prefilled(care(done), mode) == dose


def test_what_agrees_is_allowed() -> None:
    shown = rate(care(), RateMode.RAISE, "0.2", "14", (), NURSE)
    assert shown.allowed
    assert shown.deed == deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14.0)
    assert shown.gives == "0.2 mg/kg/h · 14 mg/h · 3.33 µg/kg/min · 14 mL/h"


@pytest.mark.parametrize("typed", ["", "abc", "-", "1e", "14 15"])
def test_what_is_no_number_is_not_allowed(typed: str) -> None:
    shown = rate(care(), RateMode.RAISE, "0.2", typed, (), NURSE)
    assert shown.deed is None
    assert not shown.allowed
    assert ("pump_ml_h" in shown.beside) is bool(typed)


@pytest.mark.parametrize("typed", ["0", "-3", "inf", "nan", "1e300"])
def test_an_impossible_rate_is_refused(typed: str) -> None:
    assert not rate(care(), RateMode.RAISE, "0.2", typed, (), NURSE).allowed


@pytest.mark.parametrize(("meant", "pump"), [("0.2", "140"), ("2", "140"), ("2", "14")])
def test_a_tenfold_error_has_three_lines_of_its_own(meant: str, pump: str) -> None:
    shown = rate(care(), RateMode.RAISE, meant, pump, (), NURSE)
    limit = 3 if pump == "140" else 2
    assert len({finding.key for finding in shown.blocked}) >= limit
    assert not shown.allowed


def test_only_all_lines_let_pass_by_name_let_a_rate_pass() -> None:
    blocked = rate(care(), RateMode.RAISE, "0.2", "140", (), NURSE).blocked
    passed = [Override(rule=finding.key, by="Dr Okafor", why="as decided") for finding in blocked]
    for left_out in range(len(passed)):
        some = passed[:left_out] + passed[left_out + 1 :]
        assert not rate(care(), RateMode.RAISE, "0.2", "140", some, NURSE).allowed
    assert rate(care(), RateMode.RAISE, "0.2", "140", passed, NURSE).allowed


@given(st.text(alphabet="0123456789.,-e ", max_size=8), st.text(alphabet="0123456789.,-e ", max_size=8))
def test_nothing_that_is_typed_fails(meant: str, pump: str) -> None:
    shown = rate(CARE, RateMode.RAISE, meant, pump, (), NURSE)
    assert shown.allowed <= (shown.deed is not None)


def test_how_long_the_bag_lasts_is_said() -> None:
    said = rate(care(), RateMode.RAISE, "0.2", "14", (), NURSE).lasts
    assert said.split()[5] in words.WEEKDAYS


def test_a_bag_that_lasts_into_another_day_names_the_day() -> None:
    said = words.infusion(care()).ends.partition("bag lasts until ")[2]
    assert said.split()[0] in words.WEEKDAYS


def test_without_an_order_no_bag_is_spoken_of() -> None:
    nobody = care_of(())
    assert rate(nobody, RateMode.RAISE, "0.2", "14", (), NURSE).lasts == ""


CARE = care()


@pytest.mark.parametrize(
    ("text", "values"),
    [("36.8", {"temp1": 36.8}), ("36,8", {"temp1": 36.8}), ("98.6", {"temp1": 37.0}),
     ("128/76 82 36.8", {"nibp_sys": 128.0, "nibp_dia": 76.0, "pr": 82.0, "temp1": 36.8}),
     ("128/76 101.3", {"nibp_sys": 128.0, "nibp_dia": 76.0, "temp1": 38.5})],
)  # fmt: skip
def test_a_temperature_has_a_digit_after_the_point(text: str, values: dict[str, float]) -> None:
    read = care_acts.measured(text)
    assert isinstance(read, deeds.Measured)
    assert dict(read.values) == values


@pytest.mark.parametrize("text", ["", "36.8 37.1", "36", "128/76 82 12", "128/76 x", "36.85"])
def test_what_cannot_be_read_as_measured_is_nothing(text: str) -> None:
    assert care_acts.measured(text) is None

"""The words and judgements of the day's forms: patients, courses, orders, baselines, going home."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room import ORDER, PATIENT, PROTOCOL, START, care, infusing

from nurse_station.infusion.order import DrugForm, Order, Step
from nurse_station.sessions import deeds
from nurse_station.sessions.course import Day
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.seen import Pressure
from nurse_station.sessions.states import State
from nurse_station.station.view import PatientDay
from nurse_station.ui.models import day_baseline, day_courses, day_home, day_order
from nurse_station.ui.models.day_patient import PatientTyped, date_of, judged, known, weight_kg
from nurse_station.ui.models.day_ribbon import drug, words_at
from nurse_station.ui.models.day_steps import next_form, proposed

TODAY = date(2026, 1, 5)
WRITTEN = {"name": "Berg, Anna", "born": "1980-04-02", "weight_kg": "70", "number": "", "allergies": "",
           "diagnosis": ""}  # fmt: skip
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def typed(**fields: str) -> PatientTyped:
    return PatientTyped(fields=WRITTEN | fields, name_agrees=True, born_agrees=True)


def past(
    days_ago: int, *, who: Patient = PATIENT, day: int = 1, course: str = "1", **more: Any
) -> PatientDay:
    started = NOW - timedelta(days=days_ago)
    outcome = Day(day=day, on=started.date(), pain_before=8, pain_after=7, benefit=False, given_mg=71.2,
                  stopped_early=False)  # fmt: skip
    fields = {
        "session": f"s{days_ago}", "patient": who, "course": course, "day": day, "days": 5,
        "started": started, "bed": "Chair 1", "state": State.DISCHARGED, "outcome": outcome,
    } | more  # fmt: skip
    return PatientDay(**fields)


# Patient


@pytest.mark.parametrize("text", ["1980-04-28", "28.4.1980", "28 Apr 1980", "28 April 1980", " 19800428 "])
def test_a_date_of_birth_may_be_written_in_ways_that_mean_one_day(text: str) -> None:
    assert date_of(text) == date(1980, 4, 28)


@pytest.mark.parametrize("text", ["03/04/1980", "1980", "yesterday", "", "1980-02-30"])
def test_a_date_that_could_be_two_or_none_is_no_date(text: str) -> None:
    assert date_of(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "kg"), [("68", "kg", 68), ("150 lb", "kg", 68), ("150", "lb", 68), ("68,5", "kg", 68.5),
                             ("68 kg", "lb", 68), ("x", "kg", None), ("", "lb", None)]  # fmt: skip
)  # fmt: skip
def test_a_weight_says_its_unit(text: str, unit: str, kg: float | None) -> None:
    assert weight_kg(text, unit) == kg


@given(st.floats(80, 390))
def test_pounds_are_kilograms_to_a_tenth(pounds: float) -> None:
    kg = weight_kg(f"{pounds:.1f}", "lb")
    assert kg is not None
    assert abs(kg / 0.45359237 - pounds) < 0.2


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [("weight_kg", "680", "A weight of 680 kg cannot be"), ("born", "2031-04-28", "in the future"),
     ("born", "1880-01-01", "years old"), ("name", "", "Ask for the name"),
     ("name", "2031-04-28", "is no name"), ("weight_kg", "nan", "cannot be")],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(field: str, text: str, said: str) -> None:
    found = judged(typed(**{field: text}), TODAY)
    assert found.patient is None
    assert said in found.wrong[field]


def test_both_identifiers_must_be_confirmed() -> None:
    found = judged(replace(typed(), name_agrees=False, born_agrees=False), TODAY)
    assert found.patient is None
    assert list(found.wrong) == ["name_agrees", "born_agrees"]


def test_a_whole_form_is_a_patient() -> None:
    assert judged(typed(), TODAY).patient == replace(PATIENT, number="")


def test_a_weight_far_from_the_last_one_is_asked_about() -> None:
    told = judged(typed(weight_kg="90"), TODAY, past(3)).told["weight_kg"]
    assert "▲ it was 70 kg" in told


def test_known_patients_are_found_by_parts_of_name_and_number_once_each() -> None:
    other = replace(PATIENT, name="Bergmann, Ute", number="9")
    days = (past(3), past(2), past(1, who=other), past(4, who=replace(other, name="Sim"), simulated=True))
    assert [day.patient.name for day in known(days, "berg")] == ["Bergmann, Ute", "Berg, Anna"]
    assert [day.session for day in known(days, "anna berg")] == ["s2"]
    assert [day.patient.name for day in known(days, "4417")] == ["Berg, Anna"]
    assert known(days, "b") == known(days, "sim") == ()


# Which step, which day


def test_the_next_form_follows_the_day() -> None:
    assert next_form(None) == "patient"
    assert next_form(care(())) == "patient" or care(()).summary.state is State.DRAFT
    assert next_form(care(infusing())) == ""


COURSES = [
    ((), ("1", 1)),
    ((past(1, day=2),), ("1", 3)),
    ((past(2, day=4), past(1, day=5)), ("2", 1)),
    ((past(200, day=2),), ("2", 1)),
    ((past(1, day=1, outcome=None),), ("1", 1)),
]


@pytest.mark.parametrize(("days", "course_day"), COURSES)
def test_the_day_of_the_course_is_proposed(days: tuple[PatientDay, ...], course_day: tuple[str, int]) -> None:
    found = proposed(days, TODAY, 5)
    assert (found.course, found.day) == course_day


# Order


def fields(**changed: str) -> dict[str, str]:
    signed = {"lot": "L1", "expiry": "2099-01-01", "prescriber": "Dr Stone"}
    return day_order.fields_of(day_order.proposal(PROTOCOL, 1, 70)) | signed | changed


def order_of(written: dict[str, str]) -> day_order.OrderJudged:
    return day_order.judged(written, DrugForm.RACEMIC, day_order.proposal(PROTOCOL, 1, 70), 70, NOW)


def test_an_order_survives_the_form() -> None:
    found = order_of(fields())
    assert not found.wrong
    assert found.order == PROTOCOL.order(day=1, weight_kg=70, bag=replace(ORDER.bag, lot="L1"),
                                         expiry=date(2099, 1, 1), prescriber="Dr Stone")  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text"),
    [("concentration_mg_ml", "0"), ("bag_ml", "x"), ("start_mg_kg_h", "3.5"), ("steps", "0.2 at 30"),
     ("expiry", "2020-01"), ("lot", " "), ("prescriber", ""), ("max_total_mg", "5"), ("duration_min", "nan")],
)  # fmt: skip
def test_a_wrong_field_of_the_order_is_named(field: str, text: str) -> None:
    assert field in order_of(fields(**{field: text})).wrong


def test_every_missing_field_is_named_at_once() -> None:
    assert set(order_of(fields(lot="", expiry="", prescriber="")).wrong) == {"lot", "expiry", "prescriber"}


def test_a_month_of_expiry_is_its_last_day() -> None:
    assert day_order.expiry_of("2027-02") == date(2027, 2, 28)


def test_steps_are_dose_at_minutes() -> None:
    assert day_order.steps_of("0,2 @ 30; 0.3@60") == (
        Step(after_min=30, mg_kg_h=0.2),
        Step(after_min=60, mg_kg_h=0.3),
    )
    assert day_order.steps_of("") == ()


def test_a_drug_keeps_when_it_is_given() -> None:
    [drug_a, drug_b] = day_order.drugs_of("ondansetron 4 mg IV (nausea grade 2); midazolam")
    assert (drug_a.what, drug_a.when, drug_b.what) == ("ondansetron 4 mg IV", "nausea grade 2", "midazolam")


def test_the_planned_day_ends_with_what_it_gives() -> None:
    order: Order = order_of(fields()).order or ORDER
    rows = day_order.plan_rows(order, 70)
    assert rows[0][:5] == ("start", "0.1", "1.67", "7", "7")
    assert rows[-1][0] == "+4:00 h"
    assert rows[-1][-1].startswith(f"{float(order.planned_mg(70)):.1f} mg")


# Baseline


def test_a_cuff_measurement_counts_for_one_set_only() -> None:
    now = care(())
    fresh = day_baseline.measured(now)
    assert fresh["nibp_sys"] == 130
    at = now.seen.at
    taken = replace(now, session=replace(now.session, baseline_sets=((at, fresh),)))
    assert "nibp_sys" not in day_baseline.measured(taken)
    assert "blood pressure" in day_baseline.set_now(taken, {}).missing


def test_an_old_cuff_measurement_is_not_of_now() -> None:
    now = care(())
    old = replace(now.seen, pressures=(Pressure(at=now.seen.at - 600, sys=120, dia=70),))
    assert "nibp_sys" not in day_baseline.measured(replace(now, seen=old))


def test_what_is_typed_goes_before_what_is_measured() -> None:
    found = day_baseline.set_now(care(()), {"nibp_sys": "121", "nibp_dia": "71", "hr": "66"})
    assert (found.values["nibp_sys"], found.values["hr"], found.values["spo2"]) == (121, 66, 98)
    assert not found.missing


def test_a_value_that_cannot_be_is_refused() -> None:
    assert "cannot be" in day_baseline.set_now(care(()), {"spo2": "300"}).wrong["spo2"]


# Going home


def test_five_points_make_a_score() -> None:
    session, points, deed = care(infusing()).session, {}, None
    for item in ("activity", "respiration", "circulation", "consciousness"):
        points, deed = day_home.scored(session, f"aldrete.{item}", "2", START, points)  # type: ignore[assignment]
        assert deed is None
    _, deed = day_home.scored(session, "aldrete.oxygen", "1", START, points)
    assert isinstance(deed, deeds.Questioned)
    assert sum(deed.answers.values()) == 9


def test_an_escort_without_a_name_is_asked_for() -> None:
    session = replace(care(infusing()).session, escort=None)
    assert isinstance(day_home.deed_of("escort", "Y", session, "", ""), str)
    found = day_home.deed_of("escort", "Y", session, "Carl", "1")
    assert found == deeds.EscortNoted(name="Carl", phone="1", present=True)


# Patients and courses


def test_a_course_says_what_its_days_ask_for() -> None:
    [found] = day_courses.patients((past(2), past(1, day=2)), "berg 2026-01", {PROTOCOL.key: PROTOCOL})
    [course] = found.courses
    assert "No benefit by day 2" in course.advice[0]
    assert course.days[0][1:] == ("discharged", "71.2 mg", "8 → 7", "no")


def test_nobody_is_found_by_another_name() -> None:
    assert day_courses.patients((past(1),), "smith", {}) == ()


# Ribbon


def test_the_ribbon_has_rate_plan_prediction_checks_and_deeds() -> None:
    found = drug(care((*infusing(), (3, deeds.Scored(scale="moaas", score=4)))))
    assert found is not None
    assert found.done[0][1] == pytest.approx(0.1)
    assert found.planned[-1][1] == 0
    assert found.at[0] == pytest.approx(found.done[0][0])
    assert [cell.score for cell in found.cells][-1] == 4
    assert "started" in [mark.words for mark in found.marks]
    said = words_at(found, START, 600)
    assert "model" in said
    assert "MOAA/S 4 lethargic" in said


def test_without_an_order_there_is_nothing_to_draw() -> None:
    assert drug(care(((5, deeds.PatientBound(patient=PATIENT)),))) is None


@pytest.mark.parametrize(("kg", "asked"), [("84", False), ("84.1", True), ("56", False), ("55.9", True)])
def test_a_weight_more_than_a_fifth_from_the_last_one_is_asked_about(kg: str, asked: bool) -> None:
    found = judged(typed(weight_kg=kg), NOW.date(), past(7, who=replace(PATIENT, weight_kg=70)))
    assert ("weight_agrees" in found.wrong) is asked
    assert (found.patient is None) is asked

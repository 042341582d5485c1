"""What the screen is given of a day: words, numbers, the next thing due, and the curves."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace

import pytest
from days_of_care import (
    BAG,
    MINUTE,
    ORDER,
    PROTOCOL,
    T0,
    Day,
    arrived,
    declined,
    discharge_ready,
    discharged,
    emergency,
    in_baseline,
    in_screening,
    infusing,
    may_raise,
    on_hold,
    override,
    paused,
    rated,
    ready,
    recovering,
    scored,
    transferred,
)

from nurse_station.assessments.checks import Stage
from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.models import MODELS
from nurse_station.infusion.order import DrugForm
from nurse_station.sessions import deeds
from nurse_station.sessions.curves import DayCurves, curves
from nurse_station.sessions.day import DaySummary, Reached, summary, usual

D, N, C, S = Reached.DONE, Reached.NOW, Reached.COMING, Reached.SKIPPED


def shown(day: Day) -> DaySummary:
    return summary(day.session, day.now, PROTOCOL)


STEPS: list[tuple[Callable[[], Day], str, tuple[Reached, ...]]] = [
    (arrived, "arrived", (N, C, C, C, C, C, C)),
    (in_screening, "screening", (D, N, C, C, C, C, C)),
    (in_baseline, "baseline", (D, D, N, C, C, C, C)),
    (ready, "ready", (D, D, D, N, C, C, C)),
    (infusing, "infusing", (D, D, D, D, N, C, C)),
    (on_hold, "on hold", (D, D, D, D, N, C, C)),
    (paused, "paused", (D, D, D, D, N, C, C)),
    (recovering, "recovery", (D, D, D, D, D, N, C)),
    (discharge_ready, "ready to go home", (D, D, D, D, D, D, N)),
    (discharged, "discharged", (D, D, D, D, D, D, D)),
    (declined, "no infusion today", (D, D, C, C, C, C, C, N)),
    (emergency, "EMERGENCY", (D, D, D, D, D, C, C, N)),
    (transferred, "transferred", (D, D, D, D, D, C, C, N)),
    (lambda: arrived().do(deeds.EmergencyCalled(), deeds.EmergencyOver()), "recovery",
     (D, S, S, S, S, N, C)),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words", "steps"), STEPS, ids=[row[1] for row in STEPS])
def test_the_header_says_where_the_day_is(
    make: Callable[[], Day], words: str, steps: tuple[Reached, ...]
) -> None:
    day = shown(make())
    assert day.words == words
    assert tuple(step.reached for step in day.steps) == steps


@pytest.mark.parametrize(("make", "says"), [
    (Day, "Nobody knows yet who sits here."),
    (in_screening, "16 questions are not answered yet."),
    (in_baseline, "The baseline has 0 of 3 complete sets of vital signs."),
    (lambda: ready().do(deeds.PresenceNoted(name="Dr Okafor", present=False)),
     "No licensed prescriber is noted as present in the facility."),
    (recovering, "Recovery has lasted 0 min; it must last 60 min."),
    (lambda: discharge_ready().do(deeds.EscortNoted(name="Sven")), "The escort is not here."),
])  # fmt: skip
def test_what_the_day_waits_for_is_said(make: Callable[[], Day], says: str) -> None:
    assert shown(make()).waits_for[0].sentence == says


@pytest.mark.parametrize("make", [arrived, ready, infusing, paused, discharge_ready, discharged])
def test_where_all_is_done_the_day_waits_for_nothing(make: Callable[[], Day]) -> None:
    assert shown(make()).waits_for == ()


def test_before_an_order_nothing_is_made_up() -> None:
    day = shown(arrived())
    assert (day.running, day.given, day.limits, day.next_raise, day.due) == (None,) * 5
    assert (day.started_at, day.ends_at, day.bag_empty_at, day.stopped_at) == (None,) * 4


def test_what_runs_is_told_in_four_units_with_what_was_given_and_what_is_allowed() -> None:
    day = infusing()
    day.at += 60 * MINUTE
    now = shown(day)
    assert now.running is not None
    assert [float(x) for x in (now.running.mg_kg_h, now.running.mg_h, now.running.ml_h)] == [0.1, 7, 7]
    assert float(now.running.ug_kg_min) == pytest.approx(1.6667, abs=1e-4)
    assert now.given is not None
    assert (now.given.mg, now.given.ml, now.given.mg_kg) == (7, 7, 0.1)
    assert now.limits is not None
    assert (now.limits.mg_kg_h, now.limits.mg_h, now.limits.ml_h, now.limits.total_mg) == (
        0.35,
        24.5,
        24.5,
        100,
    )
    assert now.started_at is not None
    assert now.ends_at == now.started_at + 240 * MINUTE
    assert now.bag_empty_at == pytest.approx(now.started_at + 500 / 7 * 3600)


def test_in_a_pause_nothing_runs_and_the_pump_keeps_its_rate() -> None:
    now = shown(paused())
    assert now.running is not None
    assert (now.running.mg_h, now.set_ml_h, now.next_raise) == (0, 7, None)


def test_the_next_raise_says_why_it_is_not_allowed_yet() -> None:
    day = infusing()
    day.at += 10 * MINUTE
    step = shown(day).next_raise
    assert step is not None
    assert (step.mg_kg_h, step.mg_h, step.ml_h, step.due_at) == (0.2, 14, 14, day.at + 20 * MINUTE)
    assert step.stopped_by is not None
    assert step.stopped_by.whole == (
        "The last change was 10 min ago; 30 min must lie between. Raise in 20 min."
    )


def test_the_next_raise_that_is_allowed_is_stopped_by_nothing() -> None:
    step = shown(may_raise()).next_raise
    assert step is not None
    assert step.stopped_by is None


def test_from_a_stronger_bag_the_next_raise_is_fewer_millilitres() -> None:
    let = [override(key) for key in ("R5:bag_strength", "R5:pump_disagrees", "R5:above_plan", "R6:interval")]
    day = may_raise().do(deeds.BagChanged(bag=replace(BAG, mg_ml=2)), overrides=let)
    day.do(deeds.RateSet(mg_kg_h=0.1, pump_ml_h=3.5))
    step, limits = shown(day).next_raise, shown(day).limits
    assert step is not None
    assert limits is not None
    assert (step.ml_h, limits.ml_h) == (7, 12.2)


DUE: list[tuple[float, str, Stage, float]] = [
    (0, "in 5 min", Stage.COMING, 300), (4.9, "in 1 min", Stage.COMING, 6), (5, "due now", Stage.DUE, 0),
    (6.9, "due now", Stage.DUE, -114), (7, "2 min late", Stage.LATE, -120),
    (17.5, "12 min late", Stage.LATE, -750),
]  # fmt: skip


@pytest.mark.parametrize(("minutes", "when", "stage", "seconds"), DUE)
def test_the_next_thing_due_counts_down_and_then_is_late(
    minutes: float, when: str, stage: Stage, seconds: float
) -> None:
    day = infusing()
    day.at += minutes * MINUTE
    due = next(each for each in shown(day).checks if each.kind == "responsiveness")
    assert (due.when, due.stage, due.words, due.why) == (when, stage, "responsiveness check", "raise")
    assert due.seconds == pytest.approx(seconds)


def test_of_all_checks_the_soonest_is_next() -> None:
    day = infusing().do(*scored(moaas=5), after_min=6)
    now = shown(day)
    assert now.due is not None
    assert now.due == min(now.checks, key=lambda each: each.seconds)
    assert {each.kind for each in now.checks} == {"responsiveness", "nibp", "symptoms", "iv_site"}


def test_a_summary_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        shown(arrived()).words = "x"  # type: ignore[misc]


@pytest.mark.parametrize("scale", SCALES)
def test_one_key_enters_the_usual_score_of_every_scale(scale: str) -> None:
    day = infusing().do(usual(scale))
    last = day.session.last(scale)
    assert last is not None
    assert last.score == SCALES[scale].usual
    assert usual("moaas") == deeds.Scored(scale="moaas", score=5)


def drawn(day: Day) -> DayCurves:
    found = curves(day.session, day.at, every_s=300)
    assert found is not None
    return found


def test_without_an_order_there_is_nothing_to_draw() -> None:
    assert curves(arrived().session, T0) is None


def test_before_the_start_the_plan_is_drawn_from_now() -> None:
    day = ready()
    found = drawn(day)
    assert (found.planned[0].at, found.planned[-1].at) == (day.at, day.at + 240 * MINUTE)
    assert [round(stair.mg_kg_h, 3) for stair in found.planned] == [0.1, 0.2, 0.3, 0.35, 0]
    assert (found.done, found.predicted) == ((), None)


def test_both_staircases_and_the_prediction_share_one_axis() -> None:
    day = may_raise().do(rated(0.2), after_min=5)
    day.at += 20 * MINUTE
    found, began = drawn(day), shown(day).started_at
    assert began is not None
    assert [(stair.at - began, stair.mg_h) for stair in found.done] == [(0, 7), (35 * MINUTE, 14)]
    assert found.planned[1].at == began + 30 * MINUTE
    assert found.predicted is not None
    assert found.predicted.at[0] == began
    assert found.predicted.at[-1] >= began + 300 * MINUTE
    assert found.predicted.plasma_ng_ml[0] == 0
    assert found.predicted.plasma_ng_ml.max() > 100
    assert found.predicted.plasma_ng_ml[-1] < found.predicted.plasma_ng_ml.max()
    assert "not measured" in found.note


def test_a_model_that_is_not_for_this_form_is_not_used() -> None:
    order = replace(ORDER, form=DrugForm.S_KETAMINE)
    day = arrived().do(deeds.OrderWritten(order=order))
    found = curves(day.session, day.at, model=MODELS["domino"])
    assert found is not None
    assert found.model == MODELS["kamp"].name

"""The plan's staircase beside the one that was done, and when the next step is due."""

import pytest
from infusions import BAG, HOUR, MINUTE, TITRATED, act, ordered, rate

from nurse_station.infusion.delivery import Act, Change, Delivery
from nurse_station.infusion.plan import (
    deviation,
    done_stairs,
    ends_at,
    forecast_rates,
    given_by,
    next_step,
    planned_mg_kg_h,
    planned_stairs,
    rate_of,
)


def delivery(*changes: Change) -> Delivery:
    return Delivery.of(BAG, changes)


def test_the_plan_is_a_stair_for_each_step_and_one_for_the_end() -> None:
    stairs = planned_stairs(TITRATED, 70, started_at=100)
    assert [(stair.at, stair.mg_h) for stair in stairs] == [
        (100, 7), (1900, 14), (3700, 21), (5500, 24.5), (14500, 0)
    ]  # fmt: skip
    assert [stair.mg_kg_h for stair in stairs] == [0.1, 0.2, 0.3, 0.35, 0]


def test_the_plan_of_a_heavy_patient_ends_at_the_cap() -> None:
    assert [stair.mg_h for stair in planned_stairs(TITRATED, 100, 0)] == [10, 20, 25, 25, 0]


def test_the_plan_gives_what_the_order_counts() -> None:
    stairs = planned_stairs(TITRATED, 70, 0)
    assert given_by(stairs, ends_at(TITRATED, 0)) == pytest.approx(float(TITRATED.planned_mg(70)))
    assert given_by(stairs, 99 * HOUR) == pytest.approx(82.25)
    assert given_by(stairs, 45 * MINUTE) == pytest.approx(3.5 + 3.5)


def test_nothing_runs_before_the_first_stair() -> None:
    stairs = planned_stairs(TITRATED, 70, 100)
    assert (rate_of(stairs, 99), given_by(stairs, 99)) == (0, 0)


def test_what_was_done_is_a_stair_for_each_change() -> None:
    done = done_stairs(delivery(rate("1", 0, 7), act("2", 600, Act.PAUSE), act("3", 900, Act.RESUME)), 70)
    assert [(stair.at, stair.mg_h, stair.mg_kg_h) for stair in done] == [
        (0, 7, 0.1),
        (600, 0, 0),
        (900, 7, 0.1),
    ]


def test_a_deviation_is_what_was_done_less_what_was_planned() -> None:
    late = delivery(rate("1", 0, 7), rate("2", HOUR, 14))
    difference = deviation(TITRATED, 70, late, HOUR)
    assert (difference.mg_h, difference.mg) == (-7, pytest.approx(-3.5))


def test_before_the_start_nothing_deviates() -> None:
    none = deviation(TITRATED, 70, delivery(), HOUR)
    assert (none.mg_h, none.mg) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "now", "dose", "due_min"),
    [
        ((rate("1", 0, 7),), 5, 0.2, 30),
        ((rate("1", 0, 7),), 45, 0.2, 30),
        # Raised late: half an hour from then, though the plan says sooner.
        ((rate("1", 0, 7), rate("2", 50 * MINUTE, 14)), 55, 0.3, 80),
        # Raised early: not before the plan.
        ((rate("1", 0, 7), rate("2", 20 * MINUTE, 14)), 25, 0.3, 60),
        # After a pause half an hour from its end.
        ((rate("1", 0, 7), act("2", 600, Act.PAUSE), act("3", 1200, Act.RESUME)), 25, 0.2, 50),
        # Rounded by the pump, a stair is still that stair.
        ((rate("1", 0, 6.9),), 5, 0.2, 30),
        # Lowered: the next stair above comes again.
        ((rate("1", 0, 7), rate("2", 1800, 14), rate("3", 2400, 7)), 45, 0.2, 70),
    ],
)
def test_the_next_step_is_due_by_plan_and_by_interval(
    changes: tuple[Change, ...], now: float, dose: float, due_min: float
) -> None:
    step = next_step(TITRATED, 70, delivery(*changes), now * MINUTE)
    assert step is not None
    assert (step.mg_kg_h, step.due_at / MINUTE) == (dose, due_min)
    assert step.mg_h == pytest.approx(dose * 70)


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (rate("1", 0, 7), act("2", 600, Act.PAUSE)),
        (rate("1", 0, 7), act("2", 600, Act.STOP)),
        (rate("1", 0, 24.5),),
        (rate("1", 0, 24.4),),
        (rate("1", 0, 7), rate("2", 211 * MINUTE, 14)),
        (rate("1", 5 * HOUR, 7),),
    ],
    ids=[
        "not started",
        "paused",
        "stopped",
        "at the top",
        "rounded top",
        "the end is first",
        "in the future",
    ],
)
def test_no_step_is_due(changes: tuple[Change, ...]) -> None:
    assert next_step(TITRATED, 70, delivery(*changes), 220 * MINUTE) is None


def test_a_steady_plan_has_no_next_step() -> None:
    assert next_step(ordered(steps=()), 70, delivery(rate("1", 0, 7)), 600) is None


@pytest.mark.parametrize(
    ("running", "planned"), [(0, 0.1), (0.0986, 0.2), (0.1, 0.2), (0.25, 0.3), (0.35, 0.35), (0.348, 0.35)]
)
def test_the_plan_goes_one_stair_at_a_time(running: float, planned: float) -> None:
    assert planned_mg_kg_h(TITRATED, running) == planned


def test_the_forecast_follows_the_plan_from_here() -> None:
    late = delivery(rate("1", 0, 7), rate("2", 50 * MINUTE, 14))
    forecast = forecast_rates(TITRATED, 70, late, 55 * MINUTE)
    assert [(at / MINUTE, mg_h) for at, mg_h in forecast] == [
        (0, 7), (50, 14), (80, 21), (110, 24.5), (240, 0)
    ]  # fmt: skip


def test_a_step_that_is_overdue_is_forecast_for_now() -> None:
    forecast = forecast_rates(TITRATED, 70, delivery(rate("1", 0, 7)), 40 * MINUTE)
    assert forecast[1] == (40 * MINUTE, 14)


@pytest.mark.parametrize("what", [Act.PAUSE, Act.STOP])
def test_nothing_is_forecast_to_start_by_itself(what: Act) -> None:
    halted = delivery(rate("1", 0, 7), act("2", 600, what))
    assert forecast_rates(TITRATED, 70, halted, 900) == ((0, 7), (600, 0))
    assert forecast_rates(TITRATED, 70, delivery(), 900) == ()


def test_a_forecast_over_the_end_stops_now() -> None:
    assert forecast_rates(TITRATED, 70, delivery(rate("1", 0, 24.5)), 5 * HOUR) == ((0, 24.5), (5 * HOUR, 0))

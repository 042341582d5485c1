"""A planned dose within the order's limits: one function, for every screen and paper."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from infusions import ordered, rate

from nurse_station.infusion.delivery import Delivery
from nurse_station.infusion.plan import next_step, planned_stairs
from nurse_station.infusion.units import dose, exact


def test_a_heavy_patient_gets_what_the_order_allows_and_is_told_why() -> None:
    planned = ordered().planned_dose(0.2, 150)
    assert dose(planned.mg_kg_h) == "0.167"
    assert planned.mg_h == 25
    assert planned.why == "0.2 mg/kg/h would be 30 mg/h; the order allows at most 25 mg/h"


def test_a_dose_within_the_limits_is_as_it_was_planned() -> None:
    planned = ordered().planned_dose(0.2, 70)
    assert (planned.mg_kg_h, planned.mg_h, planned.why) == (Fraction(1, 5), 14, "")


def test_a_dose_above_the_orders_maximum_says_the_maximum() -> None:
    assert "at most 0.35 mg/kg/h, 14 mg/h" in ordered().planned_dose(3.5, 40).why


@given(st.floats(0.01, 5), st.floats(35, 180))
def test_no_planned_dose_is_above_the_order(asked: float, weight: float) -> None:
    order = ordered()
    planned = order.planned_dose(asked, weight)
    assert planned.mg_h <= order.limit_mg_h(weight)
    assert bool(planned.why) is (planned.mg_kg_h < exact(asked))
    assert planned.mg_kg_h <= exact(asked)


def test_the_next_step_and_the_stairs_say_the_same_dose() -> None:
    order = ordered(concentration_mg_ml=10)
    delivery = Delivery.of(order.bag, [rate("1", 0.0, 1.5)])
    step = next_step(order, 150, delivery, 60.0)
    assert step is not None
    assert step.mg_kg_h == pytest.approx(25 / 150)
    assert step.mg_kg_h == planned_stairs(order, 150, 0.0)[1].mg_kg_h
    assert "25 mg/h" in step.why

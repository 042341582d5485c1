"""Drug and fluid move a pressure by what is too much or too little: a high one falls, a low one rises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.simulator.circulation import filled, relieved
from nurse_station.simulator.drugs import acting

BOLUS = 300.0
"""Five minutes after it was given."""
pressures = st.floats(30, 250)


def after_labetalol(mg: float, systolic: float, diastolic: float) -> tuple[float, float]:
    return relieved(systolic, diastolic, acting([(0.0, "labetalol", mg)], BOLUS).dilation)


def after_fluid(ml: float, systolic: float) -> float:
    return filled(systolic, 0.6 * systolic, acting([(0.0, "fluid", ml)], BOLUS * 3).filling)[0]


def test_20_mg_of_labetalol_take_about_11_over_10_mmhg_from_a_high_pressure() -> None:
    systolic, diastolic = after_labetalol(20, 190, 110)
    assert 190 - systolic == pytest.approx(11, abs=2)
    assert 110 - diastolic == pytest.approx(10, abs=2)


def test_20_mg_of_labetalol_hardly_move_a_normal_pressure() -> None:
    assert 120 - after_labetalol(20, 120, 75)[0] < 3


def test_500_ml_bring_a_low_pressure_up_by_5_to_8_mmhg() -> None:
    assert 5 <= after_fluid(500, 80) - 80 <= 8


def test_two_litres_hardly_move_a_normal_pressure() -> None:
    assert after_fluid(2000, 120) - 120 < 3


@given(pressures, st.floats(0, 2000))
def test_labetalol_never_makes_a_high_pressure_low(systolic: float, mg: float) -> None:
    assert min(systolic, 110) <= after_labetalol(mg, systolic, 60)[0] <= systolic


@given(pressures, st.floats(0, 2000), st.floats(0, 2000))
def test_more_fluid_never_lowers_and_never_brings_more_than_10_mmhg(
    low: float, some: float, more: float
) -> None:
    first, second = after_fluid(some, low), after_fluid(some + more, low)
    assert low <= first <= second + 1e-9 <= low + 10 + 1e-6

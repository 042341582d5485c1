"""Dose arithmetic: exact, in four units, and never rounded above an order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.infusion import units
from nurse_station.infusion.units import exact

decimals = st.decimals(min_value="0.001", max_value="999", places=3).map(float)
weights = st.decimals(min_value=35, max_value=180, places=1).map(float)
strengths = st.sampled_from([0.5, 1.0, 2.0, 10.0])

# mg/kg/h, ug/kg/min, mg/h at 70 kg, mL/h at 1, 2 and 10 mg/mL: computed by hand from the definitions.
DOSES = [
    (0.05, 0.833, 3.5, 3.5, 1.75, 0.35),
    (0.10, 1.667, 7.0, 7.0, 3.5, 0.70),
    (0.20, 3.333, 14.0, 14.0, 7.0, 1.40),
    (0.30, 5.000, 21.0, 21.0, 10.5, 2.10),
    (0.35, 5.833, 24.5, 24.5, 12.25, 2.45),
    (0.50, 8.333, 35.0, 35.0, 17.5, 3.5),
    (0.75, 12.5, 52.5, 52.5, 26.25, 5.25),
]


@pytest.mark.parametrize(("dose", "micrograms", "mg_h", "at_1", "at_2", "at_10"), DOSES)
def test_the_dose_table_is_reproduced(
    dose: float, micrograms: float, mg_h: float, at_1: float, at_2: float, at_10: float
) -> None:
    for strength, ml_h in ((1, at_1), (2, at_2), (10, at_10)):
        rate = units.of_mg_kg_h(dose, weight_kg=70, mg_ml=strength)
        assert (rate.mg_h, rate.ml_h) == (exact(mg_h), exact(ml_h))
        assert float(rate.ug_kg_min) == pytest.approx(micrograms, abs=5e-4)


def test_s_ketamine_in_micrograms_is_5_to_30_mg_an_hour() -> None:
    low, high = (units.mg_h(units.mg_kg_h_of_ug_kg_min(dose), 70) for dose in (1.2, 7.2))
    assert (float(low), float(high)) == (pytest.approx(5.04), pytest.approx(30.24))


@given(decimals, weights, strengths)
def test_every_way_round_the_four_units_comes_back(dose: float, weight: float, strength: float) -> None:
    rate = units.of_mg_kg_h(dose, weight_kg=weight, mg_ml=strength)
    assert units.of_ml_h(rate.ml_h, weight_kg=weight, mg_ml=strength) == rate
    assert units.of_mg_h(rate.mg_h, weight_kg=weight, mg_ml=strength) == rate
    assert units.mg_kg_h_of_ug_kg_min(rate.ug_kg_min) == exact(dose)


@given(decimals)
def test_a_number_is_taken_as_it_is_written(number: float) -> None:
    assert exact(number) == Fraction(str(number))


def test_a_dose_at_its_limit_is_not_above_it() -> None:
    assert 0.35 * 38 < 13.3
    assert units.mg_h(0.35, 38) == exact(13.3)


@given(st.decimals(min_value="0.01", max_value=300, places=4).map(float))
def test_what_is_set_on_the_pump_is_never_above_the_dose(rate: float) -> None:
    setting = units.pump_setting(rate)
    assert setting <= exact(rate) < setting + (Fraction(1, 100) if rate < 10 else Fraction(1, 10))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_not_calculated_with(number: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        exact(number)


@pytest.mark.parametrize("nothing", [0, -1.0])
def test_nothing_is_divided_by_a_weight_or_concentration_of_nothing(nothing: float) -> None:
    with pytest.raises(ValueError, match="a weight of"):
        units.mg_kg_h_of_mg_h(1, nothing)
    with pytest.raises(ValueError, match="a concentration of"):
        units.ml_h(1, nothing)


@pytest.mark.parametrize(
    ("number", "text"),
    [(24.5, "24.5"), (25.0, "25"), (0, "0"), (0.1, "0.1"), (100, "100"), (0.0042, "0.0042"), (-1.5, "-1.5"),
     (Fraction(35, 6), "5.83"), (float("nan"), "nan")],
)  # fmt: skip
def test_numbers_are_shown_as_a_ward_writes_them(number: float, text: str) -> None:
    assert units.shown(number) == text


@pytest.mark.parametrize(
    ("mg_kg_h", "words"),
    [(0.175, "0.175"), (0.2625, "0.2625"), (0.2, "0.2"), (0.35, "0.35"), (1, "1"), (0, "0"),
     (Fraction(143, 700), "0.204"), (0.00042, "0.00042")],
)  # fmt: skip
def test_a_dose_reads_alike_everywhere_and_tells_the_steps_of_a_protocol_apart(
    mg_kg_h: units.Number, words: str
) -> None:
    assert units.dose(mg_kg_h) == words

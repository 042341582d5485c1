"""Predicted concentrations: the reference figures, and the laws that any linear system keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from infusions import HOUR, MINUTE

from nurse_station.infusion.concentration import KE0_APART, Compartments, Kinetics
from nurse_station.infusion.models import (
    DEFAULT_MODEL,
    KE0_CIRCULATION_PER_MIN,
    MODELS,
    Model,
    models_for,
)
from nurse_station.infusion.order import DrugForm

Rates = list[tuple[float, float]]

FLAT: Rates = [(0, 24.5), (4 * HOUR, 0)]
STEPS: Rates = [(0, 7), (0.5 * HOUR, 14), (HOUR, 21), (1.5 * HOUR, 24.5), (4 * HOUR, 0)]
SHORT: Rates = [(0, 52.5), (40 * MINUTE, 0)]
TOTAL_200: Rates = [(0, 50), (4 * HOUR, 0)]
HIGH: Rates = [(0, 70), (4 * HOUR, 0)]
TENFOLD: Rates = [(0, 245)]

# Plasma of 70 kg in ng/mL, (minute, Kamp, Domino), computed apart from this program by numerical
# integration of the same parameters.
REFERENCE = [
    ("0.35 mg/kg/h, 4 h", FLAT,
     [(30, 106, 106), (60, 137, 124), (120, 176, 150), (240, 220, 182), (270, 121, 81), (300, 97, 67)]),
    ("titrated, 4 h", STEPS,
     [(30, 30, 30), (60, 70, 65), (120, 150, 133), (240, 208, 173), (270, 110, 74), (300, 88, 61)]),
    ("0.5 mg/kg, 40 min", SHORT,
     [(30, 228, 226), (40, 253, 240), (60, 96, 55), (120, 50, 36), (240, 26, 17)]),
    ("200 mg, 4 h", TOTAL_200,
     [(30, 217, 216), (60, 280, 252), (120, 359, 307), (240, 448, 371), (270, 247, 165), (300, 198, 137)]),
    ("1 mg/kg/h, 4 h", HIGH,
     [(30, 304, 302), (60, 392, 353), (120, 502, 429), (240, 628, 519), (270, 346, 231), (300, 277, 192)]),
    ("tenfold", TENFOLD, [(5, 511, 725)]),
]  # fmt: skip
FIGURES = [
    pytest.param(rates, minute, key, expected, id=f"{name}, {minute} min, {key}")
    for name, rates, figures in REFERENCE
    for minute, kamp, domino in figures
    for key, expected in (("kamp", kamp), ("domino", domino))
]


def plasma(rates: Rates, minute: float, model: Model = DEFAULT_MODEL, weight: float = 70) -> float:
    return float(Kinetics(weight_kg=weight, model=model).curve(rates, [minute * MINUTE]).plasma_ng_ml[0])


@pytest.mark.parametrize(("rates", "minute", "key", "expected"), FIGURES)
def test_the_reference_figures_are_reproduced(rates: Rates, minute: float, key: str, expected: float) -> None:
    # Within 2 %; a figure of two digits is itself known to half a unit only.
    assert plasma(rates, minute, MODELS[key]) == pytest.approx(expected, rel=0.02, abs=0.5)


def test_an_hour_after_four_hours_44_percent_is_left() -> None:
    end, half, hour = (plasma(FLAT, minute) for minute in (240, 270, 300))
    assert half / end == pytest.approx(0.55, abs=0.01)
    assert hour / end == pytest.approx(0.44, abs=0.01)


models = st.sampled_from(list(MODELS.values()))
weights = st.floats(min_value=35, max_value=180)
mg_hs = st.floats(min_value=0, max_value=300)
seconds = st.floats(min_value=0, max_value=20_000)
states = st.builds(
    Compartments,
    central_mg=st.floats(0, 50), fast_mg=st.floats(0, 50), slow_mg=st.floats(0, 100),
    effect_ng_ml=st.floats(0, 1000),
)  # fmt: skip


def same(one: Compartments, other: Compartments) -> bool:
    return bool(np.allclose(parts(one), parts(other), rtol=1e-7, atol=1e-7))


def parts(state: Compartments) -> list[float]:
    return [state.central_mg, state.fast_mg, state.slow_mg, state.effect_ng_ml]


def kinetics(model: Model = DEFAULT_MODEL) -> Kinetics:
    return Kinetics(weight_kg=70, model=model)


@given(models, states, seconds, seconds, mg_hs)
def test_two_steps_are_one_long_step(
    model: Model, state: Compartments, a: float, b: float, mg_h: float
) -> None:
    own = kinetics(model)
    assert same(own.advanced(own.advanced(state, a, mg_h), b, mg_h), own.advanced(state, a + b, mg_h))


@given(models, seconds, seconds, mg_hs, mg_hs)
def test_the_state_and_the_curve_say_the_same(
    model: Model, a: float, b: float, one: float, two: float
) -> None:
    own = kinetics(model)
    state = own.advanced(own.advanced(Compartments(), a, one), b, two)
    curve = own.curve([(0, one), (a, two)], [a + b])
    assert curve.plasma_ng_ml[0] == pytest.approx(own.plasma_ng_ml(state), rel=1e-7, abs=1e-7)
    assert curve.effect_ng_ml[0] == pytest.approx(state.effect_ng_ml, rel=1e-7, abs=1e-7)


@given(models, states, seconds, mg_hs, st.floats(min_value=0.1, max_value=10))
def test_so_many_times_the_drug_is_so_many_times_the_concentration(
    model: Model, state: Compartments, time: float, mg_h: float, times: float
) -> None:
    own = kinetics(model)
    more = Compartments(
        central_mg=state.central_mg * times, fast_mg=state.fast_mg * times,
        slow_mg=state.slow_mg * times, effect_ng_ml=state.effect_ng_ml * times,
    )  # fmt: skip
    grown = own.advanced(more, time, mg_h * times)
    assert np.allclose(
        parts(grown), np.array(parts(own.advanced(state, time, mg_h))) * times, rtol=1e-6, atol=1e-6
    )


@given(models, states, seconds)
def test_drug_is_lost_and_never_made(model: Model, state: Compartments, time: float) -> None:
    left = kinetics(model).advanced(state, time, 0)
    assert sum(parts(left)[:3]) <= sum(parts(state)[:3]) + 1e-7
    assert min(parts(left)) >= 0


@given(weights, st.lists(st.floats(0, 14_400), min_size=1, max_size=5, unique=True).map(sorted), st.data())
def test_nobody_s_curve_is_below_nothing(weight: float, whens: list[float], data: st.DataObject) -> None:
    rates = [(at, data.draw(mg_hs)) for at in whens]
    curve = Kinetics(weight_kg=weight).curve(rates, np.arange(0, 20_000, 100.0))
    assert np.all(curve.plasma_ng_ml >= 0)
    assert np.all(curve.effect_ng_ml >= 0)
    assert np.all(np.isfinite(curve.effect_ng_ml))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_exponentials_agree_with_small_steps(model: Model) -> None:
    own = kinetics(model)
    state, step = np.zeros(4), 0.5
    ke0 = 0.114
    for number in range(int(HOUR / step)):
        central, fast, slow, effect = state
        rate = 24.5 / 60 if number * step < 0.5 * HOUR else 0.0
        change = np.array([
            rate - (model.k10 + model.k12 + model.k13) * central + model.k21 * fast + model.k31 * slow,
            model.k12 * central - model.k21 * fast,
            model.k13 * central - model.k31 * slow,
            ke0 * (central / own.v1_l * 1000 - effect),
        ])  # fmt: skip
        state = state + change * step / 60
    exact = own.advanced(own.advanced(Compartments(), 0.5 * HOUR, 24.5), 0.5 * HOUR, 0)
    assert parts(exact) == pytest.approx(state.tolist(), rel=0.01)


def test_in_the_long_run_what_flows_in_is_cleared() -> None:
    month = kinetics().advanced(Compartments(), 30 * 24 * HOUR, 24.5)
    assert kinetics().plasma_ng_ml(month) == pytest.approx(24.5 / 84 * 1000, rel=1e-6)
    assert month.effect_ng_ml == pytest.approx(24.5 / 84 * 1000, rel=1e-6)


def test_twice_the_weight_is_half_the_concentration() -> None:
    assert plasma(FLAT, 240, weight=140) == pytest.approx(plasma(FLAT, 240) / 2)


def test_who_clears_more_has_less_and_in_the_beginning_the_same() -> None:
    fast = Kinetics(weight_kg=70, clearance=1.2).curve(FLAT, [1.0, 4 * HOUR]).plasma_ng_ml
    assert fast[0] == pytest.approx(plasma(FLAT, 1 / 60), rel=1e-3)
    assert fast[1] < 0.93 * plasma(FLAT, 240)


def test_the_effect_comes_after_the_plasma() -> None:
    times = np.arange(0, 2 * HOUR, 1.0)
    mind = Kinetics(weight_kg=70).curve(SHORT, times)
    circulation = Kinetics(weight_kg=70, ke0_per_min=KE0_CIRCULATION_PER_MIN).curve(SHORT, times)
    peaks = [
        times[np.argmax(each)] for each in (mind.plasma_ng_ml, circulation.effect_ng_ml, mind.effect_ng_ml)
    ]
    assert peaks[0] == 40 * MINUTE
    assert peaks[0] < peaks[1] < peaks[2]


def test_a_bolus_is_in_the_plasma_at_once() -> None:
    given = kinetics().with_bolus(Compartments(), 25)
    assert kinetics().plasma_ng_ml(given) == pytest.approx(1000)
    assert given.effect_ng_ml == 0


def test_before_the_first_rate_nothing_moves() -> None:
    start = Compartments(central_mg=2.5, effect_ng_ml=40)
    curve = kinetics().curve([(100, 0)], [0, 50, 100], start)
    assert curve.plasma_ng_ml == pytest.approx([100, 100, 100])
    assert curve.effect_ng_ml == pytest.approx([40, 40, 40])


def test_without_any_rate_there_is_no_drug() -> None:
    assert kinetics().curve([], [0, 60]).plasma_ng_ml.tolist() == [0, 0]
    assert kinetics().curve(FLAT, []).at.size == 0


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
@pytest.mark.parametrize("off", [0.0, KE0_APART / 2, -KE0_APART / 2, 2 * KE0_APART])
def test_an_effect_as_fast_as_the_plasma_is_calculated_too(model: Model, off: float) -> None:
    own_rates = Kinetics(weight_kg=70, model=model)._rates
    for ke0 in [-rate * 60 for rate in own_rates if rate < -1e-9]:
        near = Kinetics(weight_kg=70, model=model, ke0_per_min=ke0 * (1 + off))
        apart = Kinetics(weight_kg=70, model=model, ke0_per_min=ke0 * 1.001)
        both = [own.curve(SHORT, [HOUR]).effect_ng_ml[0] for own in (near, apart)]
        assert both[0] == pytest.approx(both[1], rel=5e-3)


@pytest.mark.parametrize("wrong", [{"weight_kg": 0}, {"ke0_per_min": 0}, {"clearance": -1}])
def test_a_patient_of_nothing_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Kinetics(**{"weight_kg": 70, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize("time", [-1.0, float("nan")])
def test_time_does_not_go_back(time: float) -> None:
    with pytest.raises(ValueError, match="back in time"):
        kinetics().advanced(Compartments(), time, 1)


def test_s_ketamine_has_the_model_that_was_made_of_both() -> None:
    assert [model.key for model in models_for(DrugForm.S_KETAMINE)] == ["kamp"]
    assert [model.key for model in models_for(DrugForm.RACEMIC)] == ["kamp", "domino", "clements"]


def test_the_default_model_sums_to_its_published_totals() -> None:
    own = MODELS["kamp"]
    volume = 70 * own.v1_l_kg * (1 + own.k12 / own.k21 + own.k13 / own.k31)
    assert volume == pytest.approx(238)
    assert own.k10 * 60 * own.v1_l_kg * 70 == pytest.approx(84)
    assert volume == pytest.approx(252, rel=0.07)
    assert own.k10 * 60 * own.v1_l_kg * 70 == pytest.approx(79, rel=0.07)

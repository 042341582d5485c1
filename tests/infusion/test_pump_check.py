"""A tenfold error meets three warnings or more; what is right meets none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from infusions import BAG, HOUR, MINUTE, NOW, PROTOCOLS, TITRATED, act, rate

from nurse_station.infusion.delivery import Act, Change, Delivery
from nurse_station.infusion.order import Order
from nurse_station.infusion.plan import planned_mg_kg_h
from nurse_station.infusion.pump_check import WARNING_KEYS, PumpEntry, entry_at, pump_warnings
from nurse_station.infusion.units import pump_setting

weights = st.integers(min_value=35, max_value=180).map(float)

RIGHT = PumpEntry(
    order=TITRATED,
    weight_kg=70,
    meant_mg_kg_h=0.35,
    shown_ml_h=24.5,
    running_mg_kg_h=0.3,
    planned_mg_kg_h=0.35,
    bag_mg_ml=1,
    bag_left_ml=480,
    given_mg=20,
    left_min=150,
)


def keys(entry: PumpEntry) -> set[str]:
    return {warning.key for warning in pump_warnings(entry)}


@st.composite
def stairs(draw: st.DrawFn) -> PumpEntry:
    """A planned stair of a protocol of this program, entered rightly."""
    protocol = PROTOCOLS[draw(st.sampled_from(sorted(PROTOCOLS)))]
    weight, day = draw(weights), draw(st.integers(1, protocol.course.days))
    strength = draw(st.sampled_from(protocol.drug.concentrations_mg_ml))
    order = protocol.order(
        day=day, weight_kg=weight, bag=replace(BAG, mg_ml=strength), expiry=NOW.date(), prescriber="Dr Okafor"
    )
    place = draw(st.integers(0, len(order.stairs) - 1))
    dose = order.stairs[place].mg_kg_h
    running = order.stairs[place - 1].mg_kg_h if place else 0.0
    return PumpEntry(
        order=order, weight_kg=weight, meant_mg_kg_h=dose,
        shown_ml_h=float(pump_setting(order.rate_ml_h(dose, weight))),
        running_mg_kg_h=running, planned_mg_kg_h=planned_mg_kg_h(order, running), bag_mg_ml=strength,
        bag_left_ml=order.bag_ml - 20, given_mg=0,
        left_min=order.duration_min - order.stairs[place].after_min,
    )  # fmt: skip


@given(stairs())
def test_what_a_protocol_plans_meets_no_warning(entry: PumpEntry) -> None:
    assert pump_warnings(entry) == ()


@given(stairs())
def test_a_pump_set_ten_times_too_high_meets_three_warnings(entry: PumpEntry) -> None:
    assert len(keys(replace(entry, shown_ml_h=round(entry.shown_ml_h * 10, 2)))) >= 3


@given(stairs())
def test_a_dose_typed_ten_times_too_high_meets_three_warnings_though_the_pump_agrees(
    entry: PumpEntry,
) -> None:
    order = entry.order
    typed = entry.meant_mg_kg_h * 10
    shown = round(typed * entry.weight_kg / order.concentration_mg_ml, 1)
    found = keys(replace(entry, meant_mg_kg_h=typed, shown_ml_h=shown))
    assert len(found - {"pump_disagrees"}) >= 3


@given(stairs(), st.floats(min_value=1.0, max_value=100.0))
def test_no_rate_above_the_order_passes_in_silence(entry: PumpEntry, times: float) -> None:
    shown = round(entry.shown_ml_h * times, 2)
    if shown * entry.bag_mg_ml > float(entry.order.limit_mg_h(entry.weight_kg)) + 1e-9:
        assert keys(replace(entry, shown_ml_h=shown)) & {"above_max_mg_kg_h", "above_max_mg_h"}


def test_245_instead_of_24_5_ml_an_hour() -> None:
    found = keys(replace(RIGHT, shown_ml_h=245))
    assert found == set(WARNING_KEYS)


def test_3_5_instead_of_0_35_mg_kg_h() -> None:
    found = pump_warnings(replace(RIGHT, meant_mg_kg_h=3.5, shown_ml_h=245))
    assert {warning.key for warning in found} == set(WARNING_KEYS) - {"pump_disagrees"}
    assert found[0] == (
        "tenfold", "3.5 mg/kg/h is about ten times what is planned, 0.35 mg/kg/h: look at the decimal point."
    )  # fmt: skip


def test_an_order_with_wide_limits_still_gives_three_warnings() -> None:
    wide = replace(TITRATED, max_mg_kg_h=2, max_mg_h=150, max_total_mg=500, start_mg_kg_h=0.05)
    start = replace(
        RIGHT, order=wide, meant_mg_kg_h=0.5, shown_ml_h=35, running_mg_kg_h=0, planned_mg_kg_h=0.05
    )
    assert keys(start) == {"tenfold", "step_too_large", "above_plan"}


def test_a_tenth_is_seen_as_well() -> None:
    assert keys(replace(RIGHT, shown_ml_h=2.45)) == {"tenfold", "pump_disagrees"}


@pytest.mark.parametrize(
    ("changed", "key", "says"),
    [
        ({"shown_ml_h": 25.4}, "pump_disagrees", "The pump shows 25.4 mL/h; 0.35 mg/kg/h for 70 kg"),
        ({"shown_ml_h": 24.6}, "above_max_mg_kg_h", "above the order's maximum of 0.35 mg/kg/h"),
        ({"shown_ml_h": 25.1}, "above_max_mg_h", "25.1 mg/h is above the order's maximum of 25 mg/h"),
        ({"running_mg_kg_h": 0.2}, "step_too_large", "is a raise of 0.15"),
        ({"planned_mg_kg_h": 0.3}, "above_plan", "above the plan, which is 0.3 mg/kg/h now"),
        ({"given_mg": 50}, "total_exceeded", "the total is 111.2 mg at the planned end"),
        ({"given_mg": 100, "left_min": 0}, "total_exceeded", "the order allows 100 mg"),
        ({"bag_left_ml": 40}, "bag_empty_early", "empty in 98 min; the infusion is planned for 150 min"),
        ({"bag_left_ml": -3}, "bag_empty_early", "The bag is empty in 0 min"),
        ({"bag_mg_ml": 2}, "pump_disagrees", "from 2 mg/mL is 12.25 mL/h"),
    ],
)  # fmt: skip
def test_each_warning_says_what_does_not_fit(changed: dict[str, float], key: str, says: str) -> None:
    entry = replace(RIGHT, **changed)  # type: ignore[arg-type]
    said = {warning.key: warning.sentence for warning in pump_warnings(entry)}
    assert says in said[key]


def test_lowering_the_rate_needs_no_word() -> None:
    for dose in (0.3, 0.1, 0.035):
        lower = replace(RIGHT, meant_mg_kg_h=dose, shown_ml_h=dose * 70, running_mg_kg_h=0.35)
        assert keys(lower) == set()


def test_a_pump_at_nothing_is_compared_with_what_was_meant() -> None:
    assert keys(replace(RIGHT, shown_ml_h=0)) == {"pump_disagrees"}


@pytest.mark.parametrize("wrong", [{"weight_kg": 0}, {"bag_mg_ml": 0}, {"shown_ml_h": float("nan")}])
def test_what_cannot_be_calculated_is_not_called_right(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="nothing to divide|no number"):
        pump_warnings(replace(RIGHT, **wrong))  # type: ignore[arg-type]


def test_a_heavy_patient_gets_what_the_cap_allows() -> None:
    heavy: Order = TITRATED
    entry = replace(
        RIGHT, order=heavy, weight_kg=100, running_mg_kg_h=0.2, planned_mg_kg_h=0.3, meant_mg_kg_h=0.3
    )
    assert keys(replace(entry, shown_ml_h=25)) == set()


def entered(dose: float, ml_h: float, now: float, *changes: Change) -> PumpEntry:
    return entry_at(
        order=TITRATED, weight_kg=70, delivery=Delivery.of(BAG, changes), now=now, meant_mg_kg_h=dose,
        shown_ml_h=ml_h,
    )  # fmt: skip


def test_the_start_has_the_whole_bag_and_the_whole_day() -> None:
    start = entered(0.1, 7, 100)
    assert (start.running_mg_kg_h, start.planned_mg_kg_h, start.left_min) == (0, 0.1, 240)
    assert (start.bag_left_ml, start.given_mg, start.bag_mg_ml) == (500, 0, 1)
    assert keys(start) == set()


def test_a_raise_is_compared_with_what_ran_and_what_is_left() -> None:
    step = entered(0.2, 14, HOUR, rate("1", 0, 7))
    assert (step.running_mg_kg_h, step.planned_mg_kg_h, step.left_min) == (0.1, 0.2, 180)
    assert (step.bag_left_ml, step.given_mg) == (493, 7)
    assert keys(step) == set()
    assert len(keys(replace(step, shown_ml_h=140))) >= 3


def test_what_resumes_is_no_raise() -> None:
    day = (rate("1", 0, 7), rate("2", 30 * MINUTE, 14), act("3", 40 * MINUTE, Act.PAUSE))
    assert keys(entered(0.2, 14, 50 * MINUTE, *day)) == set()


def test_another_bag_counts_with_its_own_strength() -> None:
    strong = Change(entry="2", at=60, act=Act.BAG, bag=replace(BAG, mg_ml=2))
    assert entered(0.2, 7, 60, rate("1", 0, 7), strong).running_mg_kg_h == 0.2
    assert keys(entered(0.2, 14, 60, rate("1", 0, 7), strong)) >= {"pump_disagrees", "above_plan"}


def test_after_the_planned_end_no_minute_is_left() -> None:
    assert entered(0.1, 7, 5 * HOUR, rate("1", 0, 7)).left_min == 0


def test_a_digit_of_the_pump_is_not_above_the_plan() -> None:
    entry = replace(RIGHT, meant_mg_kg_h=0.3, planned_mg_kg_h=0.3, bag_mg_ml=2)
    assert [keys(replace(entry, shown_ml_h=shown)) for shown in (10.5, 10.6)] == [set(), set()]
    assert keys(replace(entry, shown_ml_h=10.7)) == {"pump_disagrees", "above_plan"}


def test_a_bag_that_lasts_just_to_the_end_is_enough() -> None:
    entry = replace(RIGHT, left_min=120)
    assert keys(replace(entry, bag_left_ml=49)) == set()
    assert keys(replace(entry, bag_left_ml=48.9)) == {"bag_empty_early"}

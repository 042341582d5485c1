"""An order: everything that is wrong with it has a field and a sentence."""

from datetime import date
from typing import Any

import pytest
from infusions import BAG, NOW, PROTOCOLS, TITRATED, ordered

from nurse_station.infusion.order import OrderedDrug, Step
from nurse_station.infusion.units import exact


def test_the_order_itself_has_no_problem() -> None:
    assert TITRATED.problems(70, NOW) == ()


@pytest.mark.parametrize(
    ("field", "changed", "says"),
    [
        ("concentration_mg_ml", {"concentration_mg_ml": 0}, "A concentration of 0 mg/mL cannot be"),
        ("concentration_mg_ml", {"concentration_mg_ml": 100}, "enter 0.1 to 10 mg/mL"),
        ("concentration_mg_ml", {"concentration_mg_ml": float("nan")}, "cannot be"),
        ("bag_ml", {"bag_ml": -1}, "A bag of -1 mL"),
        ("lot", {"lot": "  "}, "The lot is empty"),
        ("expiry", {"expiry": date(2026, 1, 4)}, "expired on 2026-01-04"),
        ("prescriber", {"prescriber": ""}, "The prescriber is empty"),
        ("start_mg_kg_h", {"start_mg_kg_h": 3.5}, "A start of 3.5 mg/kg/h cannot be"),
        ("start_mg_kg_h", {"start_mg_kg_h": 0.36, "steps": ()}, "above the maximum of 0.35"),
        ("steps", {"steps": (Step(after_min=30, mg_kg_h=3.5),)}, "A step of 3.5 mg/kg/h cannot be"),
        ("steps", {"steps": (Step(after_min=0, mg_kg_h=0.2),)}, "A step of 0 min after the start"),
        ("steps", {"max_mg_kg_h": 0.3}, "Step 3 of 0.35 mg/kg/h is above"),
        ("steps", {"steps": (Step(after_min=30, mg_kg_h=0.3),)}, "raises the dose by 0.2 mg/kg/h"),
        ("steps", {"steps": (Step(after_min=30, mg_kg_h=0.1),)}, "does not raise the dose"),
        ("steps", {"steps": (Step(after_min=20, mg_kg_h=0.2),)}, "20 min after the one before"),
        ("max_mg_kg_h", {"max_mg_kg_h": 3.5}, "A maximum of 3.5 mg/kg/h cannot be"),
        ("max_mg_h", {"max_mg_h": 0}, "A maximum of 0 mg/h cannot be"),
        ("max_total_mg", {"max_total_mg": 1000}, "A total of 1000 mg cannot be"),
        ("max_total_mg", {"max_total_mg": 80}, "The plan gives 82.2 mg, the order allows 80 mg"),
        ("duration_min", {"duration_min": 5}, "A duration of 5 min cannot be"),
        ("duration_min", {"duration_min": 90}, "The last step comes after the end"),
        ("premedication", {"premedication": (OrderedDrug(what=" "),)}, "A drug has no name"),
        ("as_needed", {"as_needed": (OrderedDrug(what=""),)}, "A drug has no name"),
        ("step_every_min", {"step_every_min": 0}, "A step interval of 0 min"),
    ],
)
def test_each_mistake_is_said_beside_its_field(field: str, changed: dict[str, Any], says: str) -> None:
    problems = ordered(**changed).problems(70, NOW)
    assert [problem.field for problem in problems] == [field]
    assert says in problems[0].sentence
    assert problems[0].sentence.endswith(".")


@pytest.mark.parametrize("weight", [680, 0, -70, 34.9, 180.1, float("nan")])
def test_a_weight_that_cannot_be_is_refused(weight: float) -> None:
    problems = TITRATED.problems(weight, NOW)
    assert [problem.field for problem in problems] == ["weight_kg"]
    assert "enter 35 to 180 kg" in problems[0].sentence


def test_every_mistake_is_said_at_once() -> None:
    wrong = ordered(concentration_mg_ml=0, lot="", prescriber="", expiry=date(2020, 1, 1))
    fields = [problem.field for problem in wrong.problems(680, NOW)]
    assert fields == ["weight_kg", "concentration_mg_ml", "lot", "expiry", "prescriber"]


def test_the_drug_may_be_used_on_the_day_of_its_expiry() -> None:
    assert ordered(expiry=NOW.date()).problems(70, NOW) == ()


@pytest.mark.parametrize(("weight", "limit"), [(70, 24.5), (71.4, 24.99), (71.5, 25), (120, 25)])
def test_a_heavy_patient_meets_the_limit_in_mg_an_hour_first(weight: float, limit: float) -> None:
    assert TITRATED.limit_mg_h(weight) == exact(limit)


def test_a_rate_is_never_above_the_limit() -> None:
    assert TITRATED.rate_mg_h(3.5, 70) == exact(24.5)
    assert TITRATED.rate_ml_h(0.35, 100) == 25


@pytest.mark.parametrize("weight", [35, 50, 70, 71.5, 90, 120, 180])
@pytest.mark.parametrize("key", PROTOCOLS)
def test_no_protocol_proposes_an_order_with_a_problem(key: str, weight: float) -> None:
    protocol = PROTOCOLS[key]
    for day in range(1, protocol.course.days + 1):
        order = protocol.order(day=day, weight_kg=weight, bag=BAG, expiry=NOW.date(), prescriber="Dr Okafor")
        assert order.problems(weight, NOW) == ()


def test_the_first_bag_is_the_ordered_one() -> None:
    assert TITRATED.bag == BAG

"""What harms most is read first; the strength of a bag is asked by name where it is not the usual one."""

from dataclasses import replace

import pytest
from days_of_care import BAG, keys, may_raise, override, ready

from nurse_station.sessions import deeds
from nurse_station.sessions.findings import block
from nurse_station.sessions.rules_rank import RANKS, rank, worst_first


def test_a_tenfold_dose_is_first_said_to_be_above_the_order() -> None:
    decision = may_raise().asked(deeds.RateSet(mg_kg_h=3.5, pump_ml_h=245.0))
    ordered = [rank(each.key) for each in worst_first(decision.open)]
    assert ordered == sorted(ordered)
    assert worst_first(decision.open)[0].key == "R5:above_max_mg_kg_h"


@pytest.mark.parametrize(("worse", "better"), [
    ("R5:above_max_mg_h", "R5:tenfold"), ("R5:tenfold", "R6:moaas"), ("R5:pump_disagrees", "R6:interval"),
    ("R6:moaas_age", "R6:interval"), ("R6:alarm:spo2", "R6:pressure_age"), ("R6:nausea", "R13:end"),
])  # fmt: skip
def test_limits_come_before_checks_and_checks_before_times(worse: str, better: str) -> None:
    assert rank(worse) < rank(better)


def test_an_unknown_line_comes_last_and_stays() -> None:
    found = (block("X1", "Of another kind.", ""), block("R5:tenfold", "Ten times.", ""))
    assert [each.key for each in worst_first(found)] == ["R5:tenfold", "X1"]
    assert rank("X1") == len(RANKS)


def test_a_tenfold_bag_is_asked_by_name() -> None:
    deed = deeds.BagChanged(bag=replace(BAG, mg_ml=10))
    day = may_raise()
    stops = keys(day.asked(deed).open)
    assert {"R5:usual_strength", "R5:bag_strength"} <= set(stops)
    others = [override(key) for key in stops if key != "R5:usual_strength"]
    assert not day.asked(deed, others).allowed


def test_an_order_of_an_unusual_strength_is_asked_by_name() -> None:
    day = ready()
    order = next(entry.deed.order for entry in day.entries if isinstance(entry.deed, deeds.OrderWritten))
    assert day.asked(deeds.OrderWritten(order=order)).allowed
    decision = day.asked(deeds.OrderWritten(order=replace(order, concentration_mg_ml=10)))
    assert keys(decision.open) == {"R5:usual_strength"}
    assert "10 mg/mL is not the usual strength of 1 or 2 mg/mL" in decision.open[0].sentence


@pytest.mark.parametrize(("by", "why"), [("3", "as decided"), ("Dr Okafor", "aa"), ("Dr 0", "as decided")])
def test_no_digit_and_no_syllable_lets_anything_pass(by: str, why: str) -> None:
    day = ready()
    order = next(entry.deed.order for entry in day.entries if isinstance(entry.deed, deeds.OrderWritten))
    deed = deeds.OrderWritten(order=replace(order, concentration_mg_ml=10))
    assert not day.asked(deed, [override("R5:usual_strength", by=by, why=why)]).allowed

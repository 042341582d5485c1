"""Care by another hand or in another order passes; care that is taken back, or only begun, does not.

Each row of a table is one run of a shipped scenario.
"""

from dataclasses import replace

import pytest

from nurse_station.training.policy import parse
from nurse_station.training.score import Score, score
from tests.training.wards_of_practice import SCENARIOS, run_of

PASSES = (
    ("pressor_response", "shown.nibp_sys >= 155", "enter_hold, ask_pressure_symptoms, measure_by_hand"),
    (
        "emergence",
        "seen.agitated",
        "protect, reassure, disconnect_line, call_prescriber, give midazolam 2, look",
    ),
    ("vasovagal", "second >= 34", "lay_flat"),
    ("vasovagal", "seen.pale", "lay_flat, shake, call_prescriber, repeat_pressure, give fluid 250"),
    ("infiltration", "second >= 110", "call_prescriber, disconnect_line, check_arm, enter_stop"),
)
"""Scenario, when, and what is done, 6 s apart."""
FAILS = (
    ("pressor_response", "shown.nibp_sys >= 155",
     "repeat_pressure, ask_pressure_symptoms, enter_hold, stop_pump", "stopped_blindly"),
    ("pressor_response", "shown.nibp_sys >= 155",
     "repeat_pressure, ask_pressure_symptoms, enter_hold, enter_release", "released"),
    ("emergence", "seen.agitated",
     "reassure, protect, stop_pump, set_pump 6.6, call_prescriber, give midazolam 2, look", "ran_again"),
    ("vasovagal", "seen.pale", "lay_flat, recline, call_prescriber", "legs_down"),
    ("vasovagal", "seen.pale", "shake, lay_flat", "shook"),
    ("infiltration", "second >= 110",
     "check_arm, stop_pump, disconnect_line, call_prescriber, resite, set_pump 24.5", "caught_up"),
)  # fmt: skip
"""The same, and what she is named for."""


def scored(scenario: str, when: str, does: str, lasts_min: float = 60.0) -> Score:
    """What comes of a nurse with one rule; `lasts_min`: of the scenario, at most so much."""
    quoted = ", ".join(f'"{each.strip()}"' for each in does.split(","))
    nurse = parse(f"""
key = "other"
name = "In another order"
scenario = "{scenario}"
kind = "own"
[[rule]]
when = "{when}"
do = [{quoted}]
after_s = 4
each_s = 6
""")
    row = SCENARIOS[scenario]
    run = run_of(replace(row, lasts_min=min(row.lasts_min, lasts_min)), nurse)
    return score(run.scenario, run.log, run.day.all_checks(run.now), run.now)


@pytest.mark.parametrize(("scenario", "when", "does"), PASSES)
def test_care_in_another_order_passes(scenario: str, when: str, does: str) -> None:
    came = scored(scenario, when, does)
    assert came.passed, came.verdict


@pytest.mark.parametrize(("scenario", "when", "does", "name"), FAILS)
def test_care_that_is_taken_back_does_not_pass(scenario: str, when: str, does: str, name: str) -> None:
    came = scored(scenario, when, does, 6.0)
    assert not came.passed
    assert name in came.named


def test_to_pause_while_no_vital_sign_arrives_is_not_to_stop_for_a_probe() -> None:
    rule = (
        "look, measure_by_hand, check_arm, check_arm, check_arm, check_arm, check_arm, stop_pump, enter_pause"
    )
    assert "stopped_for_artefact" not in scored("technical_trio", "alarm.link_lost", rule).named


def test_to_stop_the_pump_for_a_probe_is_named() -> None:
    assert "stopped_for_artefact" in scored("technical_trio", "seen.probe_off", "look, stop_pump", 1.5).named

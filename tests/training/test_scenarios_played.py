"""Every shipped scenario, played by its nurses: the right one passes, the idle and the tempted one do not.

Three seeds each; NURSE_STATION_SEEDS=200 plays so many, and the quiet day to its end.
"""

from dataclasses import replace

import pytest

from nurse_station.training.policy import Kind
from nurse_station.training.policy import parse as parse_policy
from nurse_station.training.score import Outcome
from tests.training.wards_of_practice import (
    MANY,
    POLICIES,
    QUIET,
    SCENARIOS,
    SEEDS,
    policy_of,
    practised,
    run_of,
)

ALL = pytest.mark.parametrize("scenario", SCENARIOS)
NEEDS_ACTION = pytest.mark.parametrize("scenario", [key for key in SCENARIOS if key != QUIET])
SEEDED = pytest.mark.parametrize("seed", SEEDS)


def test_there_are_the_eleven_scenarios() -> None:
    assert len(SCENARIOS) == 11


@ALL
@SEEDED
def test_who_does_everything_right_passes(scenario: str, seed: int) -> None:
    played = practised(scenario, Kind.RIGHT, seed)
    assert played.score.passed, played.score.verdict


@NEEDS_ACTION
@SEEDED
def test_who_does_nothing_does_not_pass_where_action_is_needed(scenario: str, seed: int) -> None:
    assert not practised(scenario, Kind.NOTHING, seed).score.passed


@SEEDED
def test_who_does_nothing_on_a_quiet_day_passes_only_with_late_checks(seed: int) -> None:
    score = practised(QUIET, Kind.NOTHING, seed).score
    assert score.passed
    assert score.late_checks
    assert "late check" in score.verdict


@ALL
@SEEDED
def test_who_is_tempted_is_named_for_what_she_did(scenario: str, seed: int) -> None:
    score = practised(scenario, Kind.TEMPTING, seed).score
    assert not score.passed
    assert set(policy_of(scenario, Kind.TEMPTING).named) <= score.named


@ALL
def test_the_right_nurse_does_nothing_that_counts_against_her(scenario: str) -> None:
    assert not practised(scenario, Kind.RIGHT, 1).score.named


@ALL
def test_the_right_nurse_leaves_nothing_undocumented(scenario: str) -> None:
    score = practised(scenario, Kind.RIGHT, 1).score
    assert score.recorded == score.to_record


@pytest.mark.parametrize("scenario", ["laryngospasm", "technical_trio"])
def test_a_run_is_the_same_twice(scenario: str) -> None:
    kind = Kind.TEMPTING
    again = run_of(SCENARIOS[scenario], policy_of(scenario, kind))
    assert tuple(again.log) == practised(scenario, kind, 1).log


@pytest.mark.skipif(
    not MANY, reason="the whole quiet day takes half a minute; NURSE_STATION_SEEDS=1 plays it"
)
def test_the_right_nurse_brings_the_quiet_day_home() -> None:
    score = practised(QUIET, Kind.RIGHT, 1).score
    assert {result.outcome for result in score.results} == {Outcome.DONE}


@pytest.mark.parametrize("scenario", ["airway_obstruction", "pump_tenfold", "laryngospasm"])
def test_apnoea_alarms_before_the_oxygen_alarm(scenario: str) -> None:
    margin = practised(scenario, Kind.NOTHING, 1).score.margin_s
    assert margin is not None
    assert margin >= 10


def test_on_oxygen_apnoea_alarms_long_before_the_oxygen_alarm() -> None:
    row = SCENARIOS["airway_obstruction"]
    on_oxygen = replace(row, begins=replace(row.begins, oxygen_l_min=4))
    run = run_of(on_oxygen, POLICIES["nothing"])
    alarms = {line.key: line.at for line in reversed(run.log) if line.what.value == "alarm"}
    oxygen_at = min((alarms[key] for key in ("spo2_low", "spo2_desaturation") if key in alarms), default=9e9)
    assert oxygen_at - alarms["apnoea"] > 60


def test_the_alarm_of_apnoea_comes_about_20_s_after_the_last_breath() -> None:
    run = run_of(SCENARIOS["pump_tenfold"], POLICIES["nothing"])
    stopped = run.happened["stops_breathing"]
    alarm = next(line.at for line in run.log if line.what.value == "alarm" and line.key == "apnoea")
    assert 14 <= alarm - stopped <= 27


def test_who_reads_the_pump_in_time_has_no_apnoea_to_treat() -> None:
    early = parse_policy("""
key = "early"
name = "Reads the pump"
scenario = "pump_tenfold"
kind = "own"
[[rule]]
when = "pump.off_order"
do = ["check_pump", "stop_pump", "enter_pause", "call_prescriber", "enter_dose"]
""")
    run = run_of(SCENARIOS["pump_tenfold"], early)
    assert "stops_breathing" not in run.happened

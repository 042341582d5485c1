"""A run: the monitors' bytes, what the rules let a nurse do, what is due, the hidden curve, the commands."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nurse_station.commands.parser import parse as command_line
from nurse_station.devices.registry import DRIVERS
from nurse_station.simulator import acts
from nurse_station.training import actions, doing
from nurse_station.training.actions import ACTIONS, Takes
from nurse_station.training.care import born_at
from nurse_station.training.day import EPOCH
from nurse_station.training.debrief import untouched_margin
from nurse_station.training.events import Deed
from nurse_station.training.headless import headless, rewound
from nurse_station.training.log import What
from nurse_station.training.nurse import ScriptedNurse
from nurse_station.training.policy import Kind
from nurse_station.training.run import Run
from nurse_station.training.scenario import Scenario
from nurse_station.training.scenario_files import factory_folder
from tests.training.wards_of_practice import LIMITS, POLICIES, PROTOCOLS, SCENARIOS, practised, run_of

QUIET = replace(SCENARIOS["quiet_day"], lasts_min=1)
IDLE = ScriptedNurse(POLICIES["nothing"], 1)
SAYS = {Takes.NOTHING: "", Takes.NUMBER: " 5", Takes.DRUG: " ondansetron 4", Takes.ANYWAY: " anyway"}


def begun(scenario: Scenario = QUIET, seconds: int = 20, *, waves: bool = False) -> Run:
    run = headless(scenario, 1, PROTOCOLS[scenario.protocol], LIMITS, waves=waves)
    for _ in range(seconds):
        run.step(IDLE)
    return run


def do(run: Run, text: str) -> str:
    return doing.do(run, actions.parse(text))


@pytest.mark.parametrize("family", DRIVERS)
def test_every_family_shows_its_values_by_its_own_bytes(family: str) -> None:
    run = begun(replace(QUIET, monitors=(family,)))
    shown = [key for key in ("spo2", "hr", "etco2") if run.desk.value(key, run.now) is not None]
    assert shown
    for key in shown:
        assert run.desk.value(key, run.now) == pytest.approx(run.body_numerics()[key], abs=4)


def test_values_with_and_without_waves_are_the_same() -> None:
    alone, both = begun(), begun(waves=True)
    assert alone.desk.value("spo2", alone.now) == both.desk.value("spo2", both.now)


def test_a_pulled_cable_empties_the_screen_and_alarms() -> None:
    run = begun()
    run.bedside.lines[0].pull_cable()
    for _ in range(15):
        run.step(IDLE)
    assert run.desk.value("spo2", run.now) is None
    assert run.look("alarm.link_lost") == 1
    do(run, "check_cable")
    for _ in range(8):
        run.step(IDLE)
    assert run.desk.value("spo2", run.now) is not None


@pytest.mark.parametrize("key", ACTIONS)
def test_every_action_is_done_or_refused_with_a_sentence(key: str) -> None:
    run = begun(seconds=3)
    refused = do(run, key + SAYS[ACTIONS[key].takes])
    last = run.log[-1]
    assert last.what is (What.REFUSED if refused else What.DONE) or last.what is What.AGAINST
    assert last.words


def test_a_raise_that_the_rules_refuse_changes_no_pump() -> None:
    run = begun()
    before = run.pump_ml_h
    assert "30 min must lie between" in do(run, "raise_rate")
    assert run.pump_ml_h == before
    assert not do(run, "raise_rate anyway")
    assert run.pump_ml_h > before
    assert run.look("pump.off_order") == 1


def test_the_pump_set_above_what_ran_is_a_raise_and_below_it_is_none() -> None:
    run = begun()
    ran = run.pump_ml_h
    assert not do(run, f"set_pump {ran / 2:g}")
    assert "raise_rate" not in run.counts
    assert not do(run, f"set_pump {ran:g}")
    assert run.counts["raise_rate"] == 1


def test_a_pump_that_is_set_to_nothing_is_stopped() -> None:
    run = begun()
    assert not do(run, "set_pump 0")
    assert run.counts == {"set_pump": 1, "stop_pump": 1}


def test_a_check_that_was_due_before_the_run_is_not_this_nurses() -> None:
    run = begun(SCENARIOS["airway_obstruction"])
    assert not [check for check in run.day.all_checks(run.now) if check.due_at < 0]


def test_what_is_given_reaches_the_body_and_the_journal() -> None:
    run = begun(replace(QUIET, ordered={"ondansetron": 4.0}))
    assert not do(run, "give ondansetron 4")
    assert run.counts == {"give_ondansetron": 1}
    assert run.log[-2].what is What.ENTERED
    assert not [line for line in run.log if line.what is What.AGAINST]


def test_a_dose_beyond_the_order_counts_against() -> None:
    run = begun(replace(QUIET, ordered={"midazolam": 2.0}))
    do(run, "give midazolam 5")
    assert "not_ordered" in [line.key for line in run.log if line.what is What.AGAINST]


def test_doses_that_together_are_beyond_the_order_count_against() -> None:
    run = begun(replace(QUIET, ordered={"midazolam": 2.0}))
    do(run, "give midazolam 2")
    assert not [line for line in run.log if line.what is What.AGAINST]
    do(run, "give midazolam 2")
    assert [line.key for line in run.log if line.what is What.AGAINST] == ["not_ordered"]


def test_an_order_may_be_given_in_parts() -> None:
    run = begun(replace(QUIET, ordered={"clonidine": 0.3}))
    for _ in range(3):
        do(run, "give clonidine 0.1")
    assert not [line for line in run.log if line.what is What.AGAINST]


def test_by_hand_the_breaths_are_counted_too() -> None:
    run = begun()
    do(run, "measure_by_hand")
    entered = next(line.words for line in run.log if line.what is What.ENTERED)
    assert {"HR", "RR", "SpO₂"} <= set(entered.replace(",", "").split())


def test_nobody_enters_the_pain_of_one_who_does_not_answer() -> None:
    run = begun()
    run.act(acts.Befall(what="deep_apnoea"))
    for _ in range(20):
        run.step(IDLE)
    assert "cannot be asked" in do(run, "assess_symptoms")
    assert not [line for line in run.log if line.what is What.ENTERED]


def test_what_was_given_before_the_run_is_in_the_body() -> None:
    run = begun(replace(QUIET, begins=replace(QUIET.begins, minutes_in=35)), seconds=1)
    delivery = run.day.session.delivery
    assert delivery is not None
    assert run.hidden.given_mg == pytest.approx(delivery.mg(run.now + EPOCH), rel=0.01)
    assert run.hidden.plasma > 10


@pytest.mark.parametrize("key", ["laryngospasm", "pressor_crisis"])
def test_the_date_of_birth_is_that_of_the_patients_age(key: str) -> None:
    run = begun(SCENARIOS[key], seconds=1)
    patient, age = run.day.session.patient, SCENARIOS[key].patient.age
    assert patient is not None
    assert age is not None
    assert (date(2001, 1, 1) - patient.born).days // 365.25 == age


def test_a_patient_whose_age_is_drawn_was_born_as_drawn() -> None:
    run = begun(replace(QUIET, patient=replace(QUIET.patient, age=None)), seconds=1)
    assert run.day.session.patient is not None
    assert run.day.session.patient.born == born_at(run.bedside.body.person.age)


def test_a_pump_that_is_set_is_told_with_its_rate() -> None:
    assert Deed(kind="pump", numbers={"ml_h": 245.0}).words == "the pump is set to 245 mL/h"


def test_an_event_that_is_triggered_by_hand_happens_once() -> None:
    run = begun(SCENARIOS["laryngospasm"], seconds=5)
    shuts = next(each for each in run.scenario.happens if each.name == "shuts")
    run.trigger(shuts)
    for _ in range(60):
        run.step(IDLE)
    assert [line.key for line in run.log if line.what is What.EVENT].count("shuts") == 1


def test_a_run_can_be_rewound_to_before_and_after_what_was_done() -> None:
    run = begun(SCENARIOS["laryngospasm"], seconds=30)
    run.trigger(run.scenario.happens[1])
    do(run, "stop_pump")
    log = list(run.log)
    for _ in range(30):
        run.step(IDLE)
    assert rewound(run, 30, LIMITS).pump_ml_h == 0
    assert rewound(run, 29, LIMITS).pump_ml_h > 0
    assert rewound(run, 30, LIMITS).happened == {"shuts": 30.0}
    assert sorted(map(str, rewound(run, 30, LIMITS).log)) == sorted(map(str, log))


def test_the_debrief_has_the_curve_that_nobody_saw() -> None:
    played = practised("airway_obstruction", Kind.NOTHING, 1)
    stores = [point.alveolar_o2 for point in played.curve]
    assert len(stores) == played.lasted_s // 5
    assert min(stores) < 45 < 90 < max(stores)


@pytest.mark.parametrize(("oxygen_l_min", "least"), [(0, 10), (4, 60)])
def test_the_debrief_tells_what_the_apnoea_alarm_won(oxygen_l_min: float, least: float) -> None:
    row = SCENARIOS["airway_obstruction"]
    on_oxygen = replace(row, begins=replace(row.begins, oxygen_l_min=oxygen_l_min))
    margin = untouched_margin(run_of(on_oxygen, POLICIES["airway_obstruction_right"]), LIMITS)
    assert margin is not None
    assert margin >= least


def test_an_open_check_is_counted_late_at_the_end() -> None:
    run = run_of(replace(SCENARIOS["quiet_day"], lasts_min=18), POLICIES["nothing"])
    late = [check for check in run.day.all_checks(run.now) if check.late]
    assert [check.kind for check in late] == ["responsiveness"]
    assert late[0].done_at is None


def test_train_prints_the_debrief_and_fails_who_did_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    options = command_line(["train", "laryngospasm", "--policy", "nothing", "--seed", "2", "--json"])
    assert options.run(options) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["mark"] == "SIMULATION"
    assert told["score"]["passed"] is False
    assert "waited" in told["score"]["named"]


def test_train_passes_who_does_right(capsys: pytest.CaptureFixture[str]) -> None:
    options = command_line(["train", "laryngospasm", "--policy", "laryngospasm_right", "--speed", "max"])
    assert options.run(options) == 0
    assert "Passed" in capsys.readouterr().out


def test_scenario_check_prints_the_storyboard(capsys: pytest.CaptureFixture[str]) -> None:
    path = factory_folder() / "05_laryngospasm.toml"
    options = command_line(["scenario", "check", str(path), "--json"])
    assert options.run(options) == 0
    assert json.loads(capsys.readouterr().out)["key"] == "laryngospasm"


def test_scenario_check_names_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("key = 1\n")
    options = command_line(["scenario", "check", str(path)])
    assert options.run(options) == 1
    assert "mine.toml: key is 1; write a text" in capsys.readouterr().out


def test_scenario_actions_lists_every_action(capsys: pytest.CaptureFixture[str]) -> None:
    options = command_line(["scenario", "actions"])
    assert options.run(options) == 0
    told = capsys.readouterr().out
    assert all(key in told for key in ACTIONS)


@pytest.mark.parametrize("family", DRIVERS)
def test_a_copied_monitor_goes_on_as_the_first_and_apart_from_it(family: str) -> None:
    run = begun(replace(QUIET, monitors=(family,)), seconds=5, waves=True)
    again = run.bedside.copied()
    [first], [second] = run.bedside.lines, again.lines
    second.pull_cable()
    second.plug_in()
    sent = [first.emit(5.0 + second_on) for second_on in range(1, 5)]
    assert [second.emit(5.0 + second_on) for second_on in range(1, 5)] == sent
    assert any(sent)


def test_a_copied_run_is_led_another_way() -> None:
    run = begun(seconds=3)
    again = run.copied(run.desk)
    again.bedside.act(acts.StopPump(), again.now)
    again.note(What.REPLY, "says", "there")
    assert (again.pump_ml_h, len(again.log)) == (0, len(run.log) + 1)
    assert run.pump_ml_h > 0


def test_a_withheld_event_waits() -> None:
    run = begun(SCENARIOS["laryngospasm"], seconds=5)
    run.withheld.add("crows")
    for _ in range(45):
        run.step(IDLE)
    assert "crows" not in run.happened
    run.withheld.clear()
    run.step(IDLE)
    assert run.happened["crows"] == run.now

"""Practice as a screen shows it: words from values, without a window."""

from dataclasses import replace

import pytest
from practice_room import AIRWAY, LOG, SCENARIOS, kept, line, score, snapshot

from nurse_station.classroom.view import PumpShown, Stage
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.person import History, Sex
from nurse_station.training.actions import ACTIONS, HELD, NO_CARE, Group
from nurse_station.training.log import What
from nurse_station.training.scenario import Begins, Patient
from nurse_station.training.score import Outcome, Result
from nurse_station.ui.models import practice
from nurse_station.ui.models.practice import Kind


def test_a_patient_is_told_in_a_nurses_words() -> None:
    told = practice.person(AIRWAY.patient)
    assert told == "Man of 54, 92 kg, ASA 3, sleep apnoea, anxious"


def test_what_the_seed_draws_is_not_told() -> None:
    assert practice.person(Patient(name="X", history=History(day=2))) == (
        "Adult, 70 kg, ASA 1, day 2 of the course"
    )


def test_a_woman_is_called_so() -> None:
    assert practice.person(Patient(name="X", sex=Sex.FEMALE, history=History())).startswith("Woman,")


@pytest.mark.parametrize(
    ("begins", "words"),
    [(Begins(minutes_in=12), "The infusion has run for 12 min."),
     (Begins(), "The infusion has run for less than a minute."),
     (Begins(minutes_in=15, recovering_min=10), "The infusion ended 10 min ago.")],
)  # fmt: skip
def test_where_the_day_is_at_the_beginning(begins: Begins, words: str) -> None:
    assert practice.situation(begins) == words


@pytest.mark.parametrize("key", SCENARIOS)
def test_what_a_trainee_reads_before_gives_no_event_away(key: str) -> None:
    scenario = SCENARIOS[key]
    told = " ".join([practice.person(scenario.patient), practice.situation(scenario.begins),
                     practice.ordered(scenario), practice.preparing(scenario)])  # fmt: skip
    assert scenario.summary not in told
    assert not [event for event in scenario.happens if event.say and event.say in told]


@pytest.mark.parametrize("key", SCENARIOS)
def test_every_window_of_a_scenario_says_simulation_first(key: str) -> None:
    assert practice.band_words(SCENARIOS[key]).startswith("SIMULATION")
    assert practice.title(SCENARIOS[key]).startswith("SIMULATION")


def test_the_newest_run_of_this_trainee_stands_beside_a_scenario() -> None:
    runs = (kept(day=1), kept(day=2, passed=False), kept(day=3, trainee="Other"))
    last = practice.last_runs(runs, " m.  ruiz ")
    assert practice.result(last[AIRWAY.key]) == "✗ not passed on 2026-01-02"


def test_who_was_asked_for_nothing_has_passed_nothing() -> None:
    run = kept(day=1)
    asked = Result(name="a", words="a", needed=True, record=False, outcome=Outcome.NOT_ASKED, after_s=None,
                   within_s=30)  # fmt: skip
    early = replace(run, debrief=replace(run.debrief, score=score(results=(asked,))))
    assert practice.result(early) == "ended before anything was asked on 2026-01-01"


def test_who_prevented_what_was_to_be_treated_has_passed_and_who_was_broken_off_has_not() -> None:
    run = kept(day=1)
    row = Result(name="a", words="a", needed=True, record=False, outcome=Outcome.NOT_ASKED, after_s=None,
                 within_s=30)  # fmt: skip
    prevented = replace(score(results=(row,)), prevented=True)
    open_ = replace(score(results=(replace(row, outcome=Outcome.OPEN),)), passed=False)
    said = [practice.result(replace(run, debrief=replace(run.debrief, score=each)))
            for each in (prevented, open_)]  # fmt: skip
    assert said == ["✓ passed on 2026-01-01", "ended too early to tell on 2026-01-01"]


def test_who_never_practised_it_has_no_result() -> None:
    assert practice.result(None) == ""


def test_the_shortest_that_was_not_passed_is_tried_first() -> None:
    scenarios = [SCENARIOS[key] for key in ("quiet_day", "vasovagal", "airway_obstruction", "laryngospasm")]
    assert practice.first_to_try(scenarios, (), "A") == "airway_obstruction"
    runs = [kept(each, trainee="A", passed=each.key != "vasovagal") for each in scenarios[1:]]
    assert practice.first_to_try(scenarios, runs, " a") == "vasovagal"
    assert practice.first_to_try(scenarios, runs[:2], "A") == "laryngospasm"
    assert practice.first_to_try(scenarios, runs, "B") == "airway_obstruction"


def test_who_has_passed_all_is_offered_the_shortest_again() -> None:
    scenarios = list(SCENARIOS.values())
    runs = [kept(each, trainee="A") for each in scenarios]
    assert practice.first_to_try(scenarios, runs, "A") == "airway_obstruction"
    assert practice.first_to_try((), runs, "A") == ""


def test_the_palette_has_all_that_is_done_at_the_bed_and_no_entry() -> None:
    offered = {row.key for _, rows in practice.groups() for row in rows}
    done_there = {key for key, row in ACTIONS.items() if row.group not in NO_CARE}
    assert offered | set(HELD.values()) == done_there
    assert Group.RECORD not in dict(practice.groups())
    assert Group.STATION not in dict(practice.groups())


@pytest.mark.parametrize(
    ("typed", "key"),
    [("jaw", "jaw_thrust"), ("CALL na", "call_name"), ("co2", "cannula_on"), ("stop p", "stop_pump"),
     ("ondan", "give"), ("oxy 15", "oxygen_high"), ("set_pump", "set_pump")],
)  # fmt: skip
def test_what_is_typed_finds_its_row(typed: str, key: str) -> None:
    assert practice.fits(ACTIONS[key], typed)


def test_what_does_not_begin_a_word_finds_nothing() -> None:
    assert not [key for key, row in ACTIONS.items() if practice.fits(row, "hrust")]


@pytest.mark.parametrize(("typed", "drug"), [("give midaz", "midazolam"), ("efed", ""), ("eph", "ephedrine")])
def test_a_typed_drug_is_known_by_its_beginning(typed: str, drug: str) -> None:
    assert practice.drug_typed(typed) == drug


def test_hands_hold_until_they_let_go() -> None:
    hold, go = line(1, What.DONE, "jaw_thrust"), line(9, What.DONE, "release_jaw")
    assert practice.held((hold,)) == {"jaw_thrust"}
    assert practice.held((hold, go)) == frozenset()
    assert practice.held((hold, go, line(12, What.DONE, "jaw_thrust"))) == {"jaw_thrust"}


@pytest.mark.parametrize(("flow", "key"), [(0.0, "oxygen_off"), (4.0, "oxygen"), (2.0, "")])
def test_the_oxygen_of_the_beginning_is_shown_until_it_is_changed(flow: float, key: str) -> None:
    begins = Begins(oxygen_l_min=flow)
    assert practice.oxygen((), begins) == key
    assert practice.oxygen((line(1, What.DONE, "oxygen_high"),), begins) == "oxygen_high"


@pytest.mark.parametrize(
    ("pump", "words"),
    [
        (PumpShown(ml_h=24.5, runs=True), "24.5 mL/h · runs"),
        (PumpShown(ml_h=0, runs=False), "0.0 mL/h · STOPPED"),
    ],
)
def test_the_pumps_face_says_whether_it_runs(pump: PumpShown, words: str) -> None:
    assert practice.pump(pump) == words


def test_every_dose_of_an_order_bears_its_unit() -> None:
    for scenario in SCENARIOS.values():
        told = practice.ordered(scenario)
        for drug in scenario.ordered:
            assert f"{DRUGS[drug].name} up to {scenario.ordered[drug]:g} {DRUGS[drug].unit}" in told


def test_the_strip_tells_who_spoke_and_what_was_seen() -> None:
    heard = practice.heard(snapshot(log=LOG))
    assert [(each.kind, each.words, each.seen) for each in heard] == [
        (Kind.ROOM, "A colleague gave midazolam 4 mg for anxiety, as ordered by telephone.", ""),
        (Kind.PATIENT, "“Mm... yes.”", "answers slowly, eyes half open; snores"),
        (Kind.HINT, "Look at the capnogram, and listen: does air move?", ""),
        (Kind.REFUSED, "Raise the rate as planned: An alarm of the airway stops a raise.", ""),
    ]


def test_the_strip_never_tells_what_an_event_does() -> None:
    for each in practice.heard(snapshot(log=LOG)):
        assert "bstruction" not in each.sentence
        assert "size" not in each.sentence


def test_who_says_nothing_is_only_seen() -> None:
    [said] = practice.heard(snapshot(log=(line(3, What.REPLY, "name", "(does not answer the voice)"),)))
    assert (said.words, said.seen) == ("", "does not answer the voice")


def test_without_hints_none_is_heard() -> None:
    kinds = {each.kind for each in practice.heard(snapshot(log=LOG, hints=False))}
    assert Kind.HINT not in kinds


def test_a_lesson_that_an_alarm_slows_says_so() -> None:
    slowed = snapshot(speed=1.0, wanted=10.0)
    assert practice.stage_words(slowed) == "at 1× while an alarm is seen"
    assert practice.stage_words(snapshot(stage=Stage.PAUSED)) == "PAUSED"
    assert practice.stage_words(snapshot()) == ""


def test_the_preparation_says_how_long_the_patient_has_lived() -> None:
    assert practice.preparing(AIRWAY) == "Living the 12 min before"
    assert practice.preparing(SCENARIOS["quiet_day"]) == "Preparing the patient"

"""The score of a log: done, late, missed, wrong; what counts against; times; the margin. Made-up logs."""

from dataclasses import replace

import pytest

from nurse_station.training import conditions
from nurse_station.training.log import Check, Line, What
from nurse_station.training.scenario import Against, Expected, Scenario
from nurse_station.training.score import Outcome, Score, margin, score
from tests.training.wards_of_practice import SCENARIOS

ROW = Expected(name="jaw", words="Jaw thrust", do=("jaw_thrust",), after="closes", within_s=30, late_s=90)
AGAINST = (
    Against(name="shook", words="Shook", do=("shake",), fails=False),
    Against(name="let", words="Let it come", when=conditions.parse("hidden.sao2 < 80")),
)


def scenario(*rows: Expected) -> Scenario:
    return replace(SCENARIOS["airway_obstruction"], expected=rows or (ROW,), against=AGAINST)


def line(at: float, what: What, key: str) -> Line:
    return Line(at=at, what=what, key=key)


def event(at: float) -> Line:
    return line(at, What.EVENT, "closes")


def did(at: float, key: str = "jaw_thrust") -> Line:
    return line(at, What.DONE, key)


def scored(*lines: Line, rows: tuple[Expected, ...] = (), ended: float = 600) -> Score:
    return score(scenario(*rows), lines, (), ended)


@pytest.mark.parametrize(("lines", "outcome"), [
    ([event(100), did(130)], Outcome.DONE),
    ([event(100), did(131)], Outcome.LATE),
    ([event(100), did(190)], Outcome.LATE),
    ([event(100), did(191)], Outcome.MISSED),
    ([event(100)], Outcome.MISSED),
    ([did(50), event(100)], Outcome.MISSED),
    ([did(50), event(100), did(120)], Outcome.DONE),
    ([did(50)], Outcome.NOT_ASKED),
    ([event(590)], Outcome.NOT_ASKED),
])  # fmt: skip
def test_an_expected_action_comes_out_by_its_time(lines: list[Line], outcome: Outcome) -> None:
    assert scored(*lines).results[0].outcome is outcome


def test_who_saw_it_coming_has_done_it() -> None:
    foresaw = replace(ROW, early="snores")
    snores = line(60, What.EVENT, "snores")
    result = scored(snores, did(80), event(100), rows=(foresaw,)).results[0]
    assert (result.outcome, result.after_s) == (Outcome.DONE, 0)
    assert scored(did(50), snores, event(100), rows=(foresaw,)).results[0].outcome is Outcome.MISSED


def test_what_had_to_come_first_and_came_second_is_wrong() -> None:
    first = replace(ROW, before=("call_prescriber",))
    assert (
        scored(event(100), did(105, "call_prescriber"), did(110), rows=(first,)).results[0].outcome
        is Outcome.WRONG
    )
    assert scored(event(100), did(105), did(110, "call_prescriber"), rows=(first,)).passed


@pytest.mark.parametrize("lines", [[event(100)], [event(100), did(150)]])
def test_a_needed_action_that_is_late_or_missed_fails(lines: list[Line]) -> None:
    assert not scored(*lines).passed
    assert scored(*lines, rows=(replace(ROW, needed=False),)).passed


def test_what_counts_against_fails_unless_it_only_is_named() -> None:
    harmless, bad = line(9, What.AGAINST, "shook"), line(9, What.AGAINST, "let")
    calm = (replace(ROW, needed=False),)
    assert scored(harmless, rows=calm).passed
    assert not scored(bad, rows=calm).passed
    assert scored(harmless, bad, harmless, rows=calm).named == {"shook", "let"}
    assert scored(harmless, harmless, rows=calm).against[0].times == 2


def test_a_drug_that_nobody_ordered_fails() -> None:
    assert not scored(line(9, What.AGAINST, "not_ordered"), rows=(replace(ROW, needed=False),)).passed


def test_an_alarm_is_timed_to_its_acknowledgement_and_to_what_was_done() -> None:
    times = scored(line(100, What.ALARM, "apnoea"), line(105, What.ACKNOWLEDGED, "apnoea"),
                   did(105, "acknowledge"), did(106, "enter_pause"), did(112)).alarms  # fmt: skip
    assert [(each.acknowledged_s, each.action_s) for each in times] == [(5, 12)]


def test_to_silence_and_to_write_is_not_to_act() -> None:
    times = scored(line(100, What.ALARM, "apnoea"), did(105, "acknowledge"), did(106, "enter_pause")).alarms
    assert times[0].action_s is None


def test_the_margin_runs_from_the_first_apnoea_alarm_to_the_first_oxygen_alarm() -> None:
    apnoea, low = line(120, What.ALARM, "apnoea"), line(155, What.ALARM, "spo2_low")
    assert margin([apnoea, low, line(170, What.ALARM, "spo2_desaturation")]) == 35
    assert margin([apnoea]) is None
    assert margin([line(90, What.ALARM, "spo2_low"), apnoea]) is None


def test_documentation_counts_entries_in_time() -> None:
    rows = (replace(ROW, record=True), replace(ROW, name="b", do=("enter_pause",), record=True))
    told = scored(event(100), did(110), did(150, "enter_pause"), rows=rows)
    assert (told.recorded, told.to_record) == (1, 2)


def test_late_checks_are_told_and_fail_nothing() -> None:
    late = Check(kind="nibp", due_at=10, done_at=None, late=True)
    told = score(scenario(replace(ROW, needed=False)), [], [late], 600)
    assert told.passed
    assert told.verdict == "Passed, with 1 late check."


def test_a_run_that_was_broken_off_before_anything_was_asked_is_not_passed() -> None:
    broken_off = score(scenario(), [event(590)], (), 600, whole=False)
    assert not broken_off.passed
    assert broken_off.verdict == "Ended too early to pass: Jaw thrust was still to come."
    assert score(scenario(), [event(590)], (), 600).passed


def test_a_run_that_was_broken_off_after_all_that_was_needed_is_passed() -> None:
    assert score(scenario(), [event(100), did(110)], (), 600, whole=False).passed


def test_a_word_that_is_no_action_is_no_care() -> None:
    assert not scored(event(100), did(105, "sang a song")).passed

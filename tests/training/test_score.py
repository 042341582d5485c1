"""The score of a log: done, late, missed, wrong; what counts against; times; the margin. Made-up logs."""

from dataclasses import replace

import pytest

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.training import conditions
from nurse_station.training.actions import DONE_KEYS
from nurse_station.training.answers import answers_to
from nurse_station.training.log import Check, Line, What
from nurse_station.training.scenario import Against, Expected, Scenario
from nurse_station.training.score import UNASKED, Outcome, Score, margin, score
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
    ([event(590)], Outcome.OPEN),
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


def alarm(at: float, key: str = "apnoea") -> Line:
    return line(at, What.ALARM, key)


def seen(at: float, key: str = "apnoea") -> Line:
    return line(at, What.ACKNOWLEDGED, key)


def over(at: float, key: str = "apnoea") -> Line:
    return line(at, What.ALARM_ENDED, key)


def test_one_press_acknowledges_of_each_alarm_its_own_time() -> None:
    log = (alarm(100), over(110), alarm(150), alarm(160, "spo2_low"), seen(170), seen(170, "spo2_low"))
    assert [each.acknowledged_s for each in scored(*log).alarms] == [None, 20, 10]


def test_an_acknowledgement_belongs_to_the_newest_alarm_of_its_kind() -> None:
    log = (alarm(100), seen(105), over(110), alarm(150))
    assert [each.acknowledged_s for each in scored(*log).alarms] == [5, None]


def test_an_alarm_that_was_over_when_it_was_acknowledged_says_so() -> None:
    (times,) = scored(alarm(148), over(178), seen(216)).alarms
    assert (times.ended_s, times.acknowledged_s) == (30, 68)
    assert scored(alarm(148)).alarms[0].ended_s is None


@pytest.mark.parametrize(("condition", "deed", "answers"), [
    ("apnoea", "jaw_thrust", True), ("apnoea", "call_name", True), ("apnoea", "shake", True),
    ("apnoea", "give_naloxone", True), ("apnoea", "call_emergency", True), ("apnoea", "stop_pump", True),
    ("apnoea", "probe_on", False), ("apnoea", "look", False), ("apnoea", "reassure", False),
    ("apnoea", "check_pump", False), ("apnoea", "enter_pause", False), ("apnoea", "acknowledge", False),
    ("apnoea", "release_jaw", False), ("apnoea", "raise_rate", False), ("apnoea", "bolus", False),
    ("sensor_off", "probe_on", True), ("sensor_off", "check_cable", True), ("sensor_off", "look", False),
    ("sensor_off", "jaw_thrust", False), ("link_lost", "measure_by_hand", True),
    ("nibp_sys_high", "repeat_pressure", True), ("nibp_sys_high", "call_name", False),
    ("check_overdue", "assess_responsiveness", True), ("check_overdue", "jaw_thrust", False),
    ("agitated", "reassure", True), ("no_audio", "check_cable", False), ("of_tomorrow", "jaw_thrust", False),
])  # fmt: skip
def test_an_alarm_is_answered_by_what_is_care_for_it(condition: str, deed: str, *, answers: bool) -> None:
    (times,) = scored(alarm(100, condition), did(112, deed)).alarms
    assert times.action_s == (12 if answers else None)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_answers_an_alarm_is_something_that_can_be_done(condition: str) -> None:
    assert answers_to(condition) <= DONE_KEYS


def test_what_the_scenario_expects_by_then_is_care() -> None:
    stay = (replace(ROW, do=("reassure",), early="snores"),)
    log = (alarm(100, "hr_high"), did(103, "reassure"))
    assert scored(*log, rows=stay).alarms[0].action_s is None
    assert scored(event(90), *log, rows=stay).alarms[0].action_s == 3
    assert scored(line(90, What.EVENT, "snores"), *log, rows=stay).alarms[0].action_s == 3


def test_what_counts_against_at_that_moment_answers_nothing() -> None:
    log = (alarm(100), line(104, What.AGAINST, "shook"), did(104, "shake"), did(109, "shake"))
    assert scored(*log).alarms[0].action_s == 9


def test_what_counts_against_in_every_scenario_answers_nothing() -> None:
    given = (alarm(100), line(104, What.AGAINST, "not_ordered"), did(104, "give_naloxone"))
    asked = (alarm(100), line(104, What.AGAINST, UNASKED), did(104, "assess_responsiveness"))
    assert [scored(*log).alarms[0].action_s for log in (given, asked)] == [None, None]


def test_a_state_that_came_in_the_same_second_takes_no_deed_away() -> None:
    assert scored(alarm(100), line(104, What.AGAINST, "let"), did(104, "shake")).alarms[0].action_s == 4


def test_to_set_the_pump_higher_answers_nothing() -> None:
    log = (alarm(100), did(104, "set_pump"), line(104, What.AGAINST, "let"), did(104, "raise_rate"))
    assert scored(*log).alarms[0].action_s is None
    assert scored(alarm(100), did(104, "set_pump"), did(109, "raise_rate")).alarms[0].action_s == 4


def test_who_holds_the_jaw_already_has_answered_an_alarm_of_breathing() -> None:
    assert scored(did(90), alarm(100), did(150)).alarms[0].action_s == 0
    assert scored(did(90), did(95, "release_jaw"), alarm(100), did(150)).alarms[0].action_s == 50
    assert scored(did(90), alarm(100, "nibp_sys_high"), did(150)).alarms[0].action_s == 50


def test_what_the_cuff_measured_by_itself_is_no_check_of_the_nurse() -> None:
    cuff = Check(kind="nibp", due_at=10, done_at=12, late=False, by_cuff=True)
    own = Check(kind="responsiveness", due_at=10, done_at=None, late=True)
    told = score(scenario(), [], [cuff, cuff, own], 600)
    assert (told.checks, told.late_checks) == (1, 1)


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


def test_what_a_broken_off_run_never_came_to_is_not_told_item_by_item() -> None:
    broken_off = score(scenario(), [], (), 600, whole=False)
    assert broken_off.verdict == "Ended too early to pass: it had not come to all that is needed."


def test_a_run_that_ended_before_the_time_of_what_is_needed_was_up_is_not_passed() -> None:
    whole = scored(event(590))
    assert not whole.passed
    assert whole.verdict == "Ended too early to pass: Jaw thrust was still to come."
    assert scored(event(590), rows=(replace(ROW, needed=False), replace(ROW, after=""))).passed is False


def test_what_may_be_done_and_was_still_to_come_bars_no_pass_and_is_no_missing_entry() -> None:
    done = replace(ROW, name="call", do=("call_name",), after="")
    told = scored(did(3, "call_name"), event(590), rows=(done, replace(ROW, needed=False, record=True)))
    assert told.passed
    assert told.to_record == 0


def test_what_was_still_to_come_is_told_beside_what_failed() -> None:
    told = scored(event(590), Line(at=20, what=What.AGAINST, key="let", words="Let it come"))
    assert told.verdict == "Not passed: Jaw thrust (still to come); Let it come."


def test_who_was_asked_for_nothing_that_is_needed_has_not_passed() -> None:
    idle = scored()
    assert not idle.passed
    assert idle.verdict == "Not passed: nothing that is needed was asked for in this run."
    assert not scored(did(50), ended=60 * scenario().lasts_min).passed


def test_who_prevented_what_was_to_be_treated_has_passed() -> None:
    told = scored(did(50, "stop_pump"), ended=300)
    assert (told.passed, told.prevented) == (True, True)
    assert told.verdict == "Passed. It never came to what was to be treated."
    assert not scored(did(50, "acknowledge"), ended=300).passed
    assert not score(scenario(), [did(50, "stop_pump")], (), 300, whole=False).passed


def test_where_nothing_is_needed_who_was_asked_for_nothing_has_passed() -> None:
    assert scored(rows=(replace(ROW, needed=False),)).passed


def test_a_run_that_was_broken_off_after_all_that_was_needed_is_passed() -> None:
    assert score(scenario(), [event(100), did(110)], (), 600, whole=False).passed


def test_a_word_that_is_no_action_is_no_care() -> None:
    assert not scored(event(100), did(105, "sang a song")).passed

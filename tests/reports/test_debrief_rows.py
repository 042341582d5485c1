"""A debrief in rows: every line in words, every outcome with its seconds, margins, the runs before."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.reports import debrief_lanes, debrief_rows, debrief_words
from nurse_station.reports.alarm_names import NAMES
from nurse_station.reports.debrief_rows import BAD, GOOD, THIS_RUN
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import Line, Point, What
from nurse_station.training.policy import Kind
from nurse_station.training.score import AlarmTimes, Outcome
from tests.training.wards_of_practice import practised

WRONG = practised("laryngospasm", Kind.TEMPTING, 1)
RIGHT = practised("laryngospasm", Kind.RIGHT, 1)
AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Kept:
    at: datetime
    debrief: Debrief


def line(at: float, what: What, key: str = "", words: str = "") -> Line:
    return Line(at=at, what=what, key=key, words=words)


def logged(*lines: Line, margin_s: float | None = None, untouched: float | None = None) -> Debrief:
    score = replace(RIGHT.score, margin_s=margin_s)
    return replace(RIGHT, log=lines, score=score, untouched_margin_s=untouched)


def alarm(at: float, key: str) -> Line:
    return line(at, What.ALARM, key, "HIGH")


@pytest.mark.parametrize(("seconds", "said"), [
    (0, "0:00"), (7.4, "0:07"), (725, "12:05"), (3725, "1:02:05"), (-120, "−2:00"), (-0.2, "0:00"),
    (3599.7, "1:00:00"),
])  # fmt: skip
def test_a_second_of_the_run_is_minutes_and_seconds(seconds: float, said: str) -> None:
    assert debrief_words.clock(seconds) == said


@pytest.mark.parametrize(("key", "words", "said"), [
    ("closes", "Obstruction begins (size 1, lasts_s 270)", "Obstruction begins (size 1, for 270 s)"),
    ("tenfold", "the pump is set to mL/h (ml_h 245); A colleague has raised the rate.",
     "The pump is set to 245 mL/h. A colleague has raised the rate."),
    ("same_arm", "the cuff is on the arm of the probe (every_s 60, in_s 20)",
     "The cuff is on the arm of the probe (every 60 s, in 20 s)"),
    ("cuff_shows", "cuff_shows", "Cuff shows"),
    ("treated", "", "Treated"),
    ("asks", "The patient asks (quietly) for water.", "The patient asks (quietly) for water."),
])  # fmt: skip
def test_an_event_is_told_in_words(key: str, words: str, said: str) -> None:
    assert debrief_words.event(key, words) == said


@pytest.mark.parametrize(("condition", "priority", "said"), [
    ("apnoea", "HIGH", "*** Apnoea"), ("sensor_off", "MEDIUM", "!! Sensor off or searching"),
    ("check_overdue", "LOW", "* Responsiveness check overdue"), ("of_tomorrow", "LOUD", "Of tomorrow"),
])  # fmt: skip
def test_an_alarm_has_its_marks_and_its_name(condition: str, priority: str, said: str) -> None:
    assert debrief_words.alarm(condition, priority) == said


@pytest.mark.parametrize("what", What)
def test_every_kind_of_line_has_a_word_and_says_something(what: What) -> None:
    (row,) = debrief_rows.timeline(logged(line(61, what, "apnoea"))).rows
    assert row.cells[0] == "1:01"
    assert row.cells[2] == debrief_words.WHAT[what]
    assert row.cells[3]


def test_no_line_of_a_run_is_left_out() -> None:
    rows = debrief_rows.timeline(WRONG).rows
    together = [row.cells[3].count(", ") for row in rows if row.cells[2] in ("Acknowledged", "Alarm over")]
    assert len(rows) + sum(together) == len(WRONG.log)
    assert [row.at for row in rows] == sorted(row.at or 0.0 for row in rows)


def test_what_is_acknowledged_at_once_stands_in_one_row() -> None:
    log = (line(5, What.ACKNOWLEDGED, "apnoea"), line(5, What.ACKNOWLEDGED, "rr_low"),
           line(6, What.ACKNOWLEDGED, "spo2_low"))  # fmt: skip
    rows = debrief_rows.timeline(logged(*log)).rows
    assert [row.cells[3] for row in rows] == [f"{NAMES['apnoea']}, {NAMES['rr_low']}", NAMES["spo2_low"]]


def test_events_have_letters_and_deeds_have_numbers() -> None:
    log = [
        line(1, What.EVENT),
        line(2, What.DONE),
        line(3, What.HINT),
        line(4, What.EVENT),
        line(5, What.DONE),
    ]
    assert debrief_rows.marks_of(log) == ("A", "1", "", "B", "2")


def test_more_events_than_letters_have_two() -> None:
    marks = debrief_rows.marks_of([line(1, What.EVENT)] * 54)
    assert marks[25:28] == ("Z", "AA", "AB")
    assert marks[52:] == ("BA", "BB")
    assert len(set(marks)) == 54


def test_what_counts_against_is_marked_in_the_timeline() -> None:
    rows = debrief_rows.timeline(WRONG).rows
    assert {row.tone for row in rows if row.cells[2] == "Against"} == {BAD}


@pytest.mark.parametrize(("outcome", "after", "cells", "tone"), [
    (Outcome.DONE, 27.0, ("✓ Done", "27 s"), GOOD), (Outcome.LATE, 95.0, ("▲ Late", "1:35 min"), BAD),
    (Outcome.MISSED, None, ("✗ Missed", "---"), BAD), (Outcome.WRONG, 12.0, ("✗ Wrong", "12 s"), BAD),
    (Outcome.NOT_ASKED, None, ("Not asked", "---"), ""),
    (Outcome.OPEN, None, ("○ Still to come", "---"), BAD),
])  # fmt: skip
def test_what_was_expected_has_its_outcome_and_its_seconds(
    outcome: Outcome, after: float | None, cells: tuple[str, str], tone: str
) -> None:
    result = replace(RIGHT.score.results[0], outcome=outcome, after_s=after, within_s=30.0)
    (row,) = debrief_rows.expected(replace(RIGHT.score, results=(result,))).rows
    assert (row.cells[0], row.cells[2], row.tone) == (*cells, tone)
    assert row.cells[1] == result.words
    assert row.cells[3] == "30 s"


def test_what_counts_against_says_how_often_and_whether_it_fails() -> None:
    rows = debrief_rows.against(WRONG.score).rows
    assert rows[0].cells == ("0:52", "Put a catheter into the throat of a spasm", "twice", "fails the run")


def test_every_alarm_has_its_priority_and_both_times() -> None:
    rows = debrief_rows.alarms(WRONG).rows
    assert len(rows) == len(WRONG.score.alarms)
    assert rows[0].cells[1:] == ("*** Apnoea", "HIGH", "to the end", "never", "never")
    assert rows[0].tone == BAD


def test_an_alarm_says_how_long_it_lasted_and_whether_it_was_over_when_it_was_acknowledged() -> None:
    times = AlarmTimes(condition="apnoea", high=True, began=100.0, acknowledged_s=68.0, action_s=5.0)
    (row,) = alarm_rows(replace(times, ended_s=30.0))
    assert row[3:] == ("30 s", "1:08 min, over by then", "5 s")
    assert alarm_rows(replace(times, ended_s=80.0))[0][3:] == ("1:20 min", "1:08 min", "5 s")
    assert alarm_rows(times)[0][3:] == ("to the end", "1:08 min", "5 s")


def test_a_debrief_of_before_has_an_alarms_end_in_its_log() -> None:
    times = AlarmTimes(condition="apnoea", high=True, began=100.0, acknowledged_s=68.0, action_s=5.0)
    ended = line(130, What.ALARM_ENDED, "apnoea")
    assert alarm_rows(times, alarm(100, "apnoea"), ended)[0][3] == "30 s"
    assert alarm_rows(times, alarm(100, "apnoea"), alarm(120, "apnoea"), ended)[0][3] == "to the end"


def alarm_rows(times: AlarmTimes, *log: Line) -> list[tuple[str, ...]]:
    """The table's cells of one alarm."""
    told = replace(logged(*log), score=replace(RIGHT.score, alarms=(times,)))
    return [row.cells for row in debrief_rows.alarms(told).rows]


def test_what_may_be_done_and_was_still_to_come_is_not_marked() -> None:
    result = replace(RIGHT.score.results[0], outcome=Outcome.OPEN, needed=False)
    assert debrief_rows.expected(replace(RIGHT.score, results=(result,))).rows[0].tone == ""


def test_checks_say_whether_they_were_late_and_which_the_cuff_did() -> None:
    rows = debrief_rows.checks(WRONG).rows
    said = {True: "▲ late", False: "by the cuff"}
    assert [row.cells[3] for row in rows] == [said[each.late] for each in WRONG.checks]
    own = tuple(replace(each, late=False, by_cuff=False) for each in WRONG.checks)
    assert {row.cells[3] for row in debrief_rows.checks(replace(WRONG, checks=own)).rows} == {"✓ on time"}
    assert "never" in [row.cells[2] for row in rows]


def test_checks_and_documentation_are_summed_up() -> None:
    score = replace(WRONG.score, checks=4, late_checks=1, recorded=1, to_record=2)
    assert debrief_rows.sums(score) == ("Checks on time: 3 of 4.", "Documentation in time: 1 of 2.")
    none = replace(score, checks=0, late_checks=0, recorded=0, to_record=0)
    assert debrief_rows.sums(none) == (
        "No check of the nurse's became due.",
        "No entry was asked for until the end.",
    )


@pytest.mark.parametrize(("log", "margin_s", "untouched", "said"), [
    ((), None, None, ["There was no apnoea alarm in this run."]),
    ((alarm(9, "spo2_low"),), None, 3.0, ["There was no apnoea alarm in this run."]),
    ((alarm(9, "apnoea"), alarm(50, "spo2_low")), 41.0, None,
     ["The apnoea alarm came 41 s before the SpO₂ alarm."]),
    ((alarm(9, "apnoea"),), None, 52.0,
     ["After the apnoea alarm, SpO₂ never alarmed.",
      "Had nobody acted, SpO₂ would have alarmed 52 s after the apnoea alarm."]),
    ((alarm(5, "spo2_desaturation"), alarm(9, "apnoea")), None, None,
     ["SpO₂ had alarmed before the apnoea alarm came."]),
])  # fmt: skip
def test_the_margin_is_told(
    log: tuple[Line, ...], margin_s: float | None, untouched: float | None, said: list[str]
) -> None:
    assert list(debrief_rows.margins(logged(*log, margin_s=margin_s, untouched=untouched))) == said


@pytest.mark.parametrize(("sentence", "passed", "headline", "why"), [
    ("Passed.", True, "✓ Passed", ""), ("Passed, with 1 late check.", True, "✓ Passed", "With 1 late check."),
    ("Not passed: jaw thrust (late).", False, "✗ Not passed", "Jaw thrust (late)."),
])  # fmt: skip
def test_the_verdict_is_two_words_and_why(sentence: str, passed: bool, headline: str, why: str) -> None:
    said = debrief_rows.verdict(replace(RIGHT.score, verdict=sentence, passed=passed))
    assert (said.headline, said.why) == (headline, why)


# The runs before


def test_the_runs_of_a_trainee_are_in_order_and_this_one_is_the_last_and_once() -> None:
    this = replace(RIGHT, trainee="Lind, Anna")
    past = [Kept(at=AT + timedelta(days=2), debrief=replace(WRONG, trainee="lind,  ANNA", name="second")),
            Kept(at=AT, debrief=replace(WRONG, trainee="Lind, Anna", name="first")),
            Kept(at=AT, debrief=replace(WRONG, trainee="Ek, Bo")),
            Kept(at=AT + timedelta(days=3), debrief=this)]  # fmt: skip
    runs = debrief_rows.attempts(this, past, UTC)
    assert [run.scenario for run in runs] == ["first", "second", this.name]
    assert [run.when for run in runs] == ["2026-01-05 10:00", "2026-01-07 10:00", THIS_RUN]


@pytest.mark.parametrize(("alarms", "said"), [
    ((), "no alarm"),
    (((False, 3.0), (True, 40.0)), "40 s"),
    (((False, 3.0),), "3 s"),
    (((True, None), (True, 5.0)), "nothing done"),
])  # fmt: skip
def test_the_first_high_alarm_tells_how_soon_something_was_done(
    alarms: tuple[tuple[bool, float | None], ...], said: str
) -> None:
    times = tuple(AlarmTimes(condition="apnoea", high=high, began=9.0, acknowledged_s=None, action_s=action)
                  for high, action in alarms)  # fmt: skip
    debrief = replace(RIGHT, score=replace(RIGHT.score, alarms=times))
    (row,) = debrief_rows.progress(debrief_rows.attempts(debrief, ())).rows
    assert row.cells[4] == said
    assert row.cells[:4] == ("1", THIS_RUN, RIGHT.name, "✓ Passed")


# The lanes


def test_a_lane_that_has_nothing_to_show_is_left_out() -> None:
    assert debrief_lanes.lanes_of(RIGHT.curve) == debrief_lanes.LANES
    assert debrief_lanes.lanes_of(()) == debrief_lanes.LANES
    bare = tuple(replace(point, hr=None, nibp_sys=None, nibp_dia=None) for point in RIGHT.curve)
    left = [lane.curves[0] for lane in debrief_lanes.lanes_of(bare)]
    assert left == ["plasma", "alveolar_o2", "sao2", "ventilation", "rr", "pump_mg_h"]


@given(st.lists(st.floats(-50, 1e12), max_size=20), st.sampled_from(debrief_lanes.LANES), st.integers(0, 9))
def test_a_scale_holds_every_value_between_its_heights(
    shown: list[float], lane: debrief_lanes.Lane, most: int
) -> None:
    scale = debrief_lanes.scale_of(lane, shown, 10.0, 60.0, most)
    assert all(9.9 <= scale.y(value) <= 60.1 for value in [*shown, lane.low, lane.high])
    assert len(scale.lines) <= max(most, 1) + 1
    assert (scale.y(scale.lines[0]), scale.y(scale.lines[-1])) == pytest.approx((60.0, 10.0))


def point(at: float, shown: float | None = 97.0, pump: float = 7.0) -> Point:
    return Point(at=at, plasma=20, mind=10, alveolar_o2=100, sao2=97, shown_spo2=shown, patency=0.4,
                 ventilation=1.1, moaas=5, pump_mg_h=pump)  # fmt: skip


def test_a_curve_is_broken_where_nothing_was_shown() -> None:
    points = [point(5), point(10), point(15, None), point(20, None), point(25)]
    assert debrief_lanes.lines(points, "shown_spo2") == (((5, 97), (10, 97)), ((25, 97),))


def test_the_pump_is_drawn_in_stairs() -> None:
    assert debrief_lanes.lines([point(5), point(10, pump=0)], "pump_mg_h") == (((5, 7), (10, 7), (10, 0)),)


def test_shares_are_drawn_in_per_cent() -> None:
    assert debrief_lanes.value(point(5), "patency") == pytest.approx(40)


def test_an_alarm_lasts_until_it_ends_or_until_the_run_does() -> None:
    log = (alarm(10, "apnoea"), alarm(12, "spo2_low"), line(30, What.ALARM_ENDED, "apnoea"))
    marks = debrief_lanes.marks(replace(logged(*log), lasted_s=90.0))
    assert [(mark.at, mark.end) for mark in marks] == [(10, 30), (12, 90)]


@pytest.mark.parametrize("length_s", [60.0, 241.0, 1800.0, 18_000.0])
def test_there_are_some_lines_of_time_and_not_too_many(length_s: float) -> None:
    found = list(debrief_lanes.ticks(length_s, 12))
    assert 3 <= len(found) <= 13
    assert found[0] == 0.0
    assert found[-1] <= length_s


def test_a_run_of_no_length_has_an_axis() -> None:
    assert debrief_lanes.length(replace(logged(), lasted_s=0.0)) == debrief_lanes.LEAST_S

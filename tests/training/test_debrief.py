"""A debrief's checks are the nurse's, and its text tells every alarm and what was refused."""

from dataclasses import replace

import pytest

from nurse_station.training.debrief import Debrief, as_text, checks_of
from nurse_station.training.headless import headless
from nurse_station.training.log import Check, Line, What
from nurse_station.training.policy import Kind
from nurse_station.training.run import Run
from tests.training.wards_of_practice import LIMITS, PROTOCOLS, SCENARIOS, practised


def fresh() -> Run:
    row = SCENARIOS["pump_tenfold"]
    return headless(row, 1, PROTOCOLS[row.protocol], LIMITS)


def overdue(run: Run, began: float, ended: float | None, now: float) -> tuple[Check, ...]:
    """The checks of a run in which the station said so from when to when."""
    run.now = now
    run.log = [Line(at=began, what=What.ALARM, key="check_overdue")]
    if ended is not None:
        run.log.append(Line(at=ended, what=What.ALARM_ENDED, key="check_overdue"))
    return checks_of(run)


def test_the_cuffs_own_readings_are_told_and_not_counted() -> None:
    idle = practised("vomiting", Kind.NOTHING, 1)
    assert {check.kind for check in idle.checks if check.by_cuff} == {"nibp"}
    assert idle.score.checks == 0
    assert "Checks: none became due" in list(as_text(idle))


def test_a_pressure_that_the_nurse_measured_is_her_check() -> None:
    own = [check for check in practised("pressor_response", Kind.RIGHT, 1).checks if not check.by_cuff]
    assert [check.kind for check in own] == ["nibp"]


@pytest.mark.parametrize(("ended", "now", "late"), [
    (219.0, 400.0, 0), (220.0, 400.0, 1), (None, 219.0, 0), (None, 220.0, 1),
])  # fmt: skip
def test_a_check_that_the_station_said_was_overdue_and_nobody_did_is_late(
    ended: float | None, now: float, late: int
) -> None:
    found = overdue(fresh(), 100.0, ended, now)
    assert found == (Check(kind="responsiveness", due_at=100.0, done_at=None, late=True),) * late


@pytest.mark.parametrize("done_at", [None, 240.0])
def test_an_overdue_check_that_the_day_knows_is_counted_once(done_at: float | None) -> None:
    run = fresh()
    known = Check(kind="responsiveness", due_at=99.0, done_at=done_at, late=True)
    run.day.checks.append(known)
    assert overdue(run, 100.0, 240.0, 400.0) == (known,)


def test_a_check_of_before_does_not_excuse_from_one_that_was_let_go() -> None:
    run = fresh()
    run.day.checks.append(Check(kind="responsiveness", due_at=50.0, done_at=60.0, late=False))
    assert [check.late for check in overdue(run, 100.0, 240.0, 400.0)] == [False, True]


def with_line(debrief: Debrief, line: Line) -> Debrief:
    return replace(debrief, log=(*debrief.log, line))


def test_the_text_tells_every_alarm_with_its_seconds() -> None:
    text = list(as_text(practised("technical_trio", Kind.RIGHT, 1)))
    assert (
        "  alarm         sensor_off at 52 s: over after 23 s, not acknowledged, answered after 16 s" in text
    )
    high = "  alarm         link_lost (HIGH) at 321 s: over after 38 s, acknowledged after 49 s, "
    assert high + "answered after 26 s" in text


def test_the_text_tells_what_was_refused() -> None:
    line = Line(
        at=31.0, what=What.REFUSED, key="enter_release", words="Enter: the hold is over: nothing is held."
    )
    told = list(as_text(with_line(practised("vomiting", Kind.NOTHING, 1), line)))
    assert "  refused       at 31 s, Enter: the hold is over: nothing is held." in told


def test_the_curve_as_json_has_what_was_shown() -> None:
    body = practised("vomiting", Kind.NOTHING, 1).as_json()
    assert {"hr", "rr", "etco2", "nibp_sys", "nibp_dia"} <= body["curve"][0].keys()
    assert all(point["hr"] is not None for point in body["curve"][2:])

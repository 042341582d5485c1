"""Alarms in the log of a run: what ends or is acknowledged has begun there; what was hidden comes out."""

from dataclasses import replace

import pytest

from nurse_station.alarms.changes import AlarmChange
from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.commands import AlarmCommand
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Kind, Priority
from nurse_station.sessions.deeds import Deed
from nurse_station.training.care import PractisedDay
from nurse_station.training.headless import begun
from nurse_station.training.log import What
from nurse_station.training.policy import Kind as Policy
from nurse_station.training.run import Run, SameAgain
from tests.training.wards_of_practice import PROTOCOLS, SCENARIOS, practised

SCENARIO = SCENARIOS["vasovagal"]
NOBODY = SameAgain(())


class Told:
    """A desk whose alarms are told by the test. Satisfies `training.desk.Desk`."""

    who = "Trainee"

    def __init__(self, day: PractisedDay) -> None:
        self.day = day
        self.alarms: tuple[AlarmStatus, ...] = ()
        self.entries: list[AlarmEntry] = []
        self.values: dict[str, float] = {}

    def value(self, parameter: str, now: float) -> float | None:
        del now
        return self.values.get(parameter)

    def enter(self, deed: Deed, now: float) -> tuple[str, str]:
        del deed, now
        return "no", ""

    def command(self, command: AlarmCommand, now: float) -> str:
        del command, now
        return "no"

    def step(self, now: float) -> None:
        del now

    def news(self) -> list[AlarmEntry]:
        found, self.entries = self.entries, []
        return found


CHANGE = AlarmChange(
    number=1, at=0.0, condition="rr_low", kind=Kind.PHYSIOLOGICAL, event=Event.DELAY_ELAPSED,
    before=State.PENDING, after=State.ACTIVE, priority=Priority.HIGH, acknowledged=False, value=4.0,
    limit=8.0, delay_s=0.0, detail=(), onset=0.0,
)  # fmt: skip
STATUS = AlarmStatus(
    condition="rr_low", kind=Kind.PHYSIOLOGICAL, priority=Priority.HIGH, state=State.ACTIVE, since=0.0,
    onset=0.0, value=4.0, limit=8.0, acknowledged=False, hidden_by="", off=False, why_off="", text="rr_low",
    detail=(), repeat_at=None,
)  # fmt: skip
HIDDEN = replace(CHANGE, hidden_by="apnoea")
ENDED = replace(CHANGE, event=Event.ENDED, before=State.ACTIVE, after=State.INACTIVE)
LATCHED = replace(CHANGE, event=Event.ENDED_UNSEEN, before=State.ACTIVE, after=State.LATCHED)
SEEN = replace(CHANGE, event=Event.ACKNOWLEDGED, before=State.ACTIVE)
SEEN_LATE = replace(SEEN, before=State.LATCHED, after=State.INACTIVE)


@pytest.fixture
def run() -> Run:
    bedside, day = begun(SCENARIO, 1, PROTOCOLS[SCENARIO.protocol])
    return Run(SCENARIO, 1, bedside, Told(day))


def logged(run: Run, *seconds: tuple[AlarmChange, ...], shown: tuple[AlarmStatus, ...] = ()) -> list[What]:
    """What the log says of alarms after these changes, a second each; `shown`: in the last second."""
    desk = run.desk
    assert isinstance(desk, Told)
    for number, changes in enumerate(seconds, 1):
        desk.entries = list(changes)
        desk.alarms = shown if number == len(seconds) else ()
        run.step(NOBODY)
    kinds = (What.ALARM, What.ALARM_ENDED, What.ACKNOWLEDGED)
    return [line.what for line in run.log if line.what in kinds]


@pytest.mark.parametrize(("changes", "lines"), [
    ((CHANGE, SEEN, ENDED), [What.ALARM, What.ACKNOWLEDGED, What.ALARM_ENDED]),
    ((CHANGE, LATCHED, SEEN_LATE), [What.ALARM, What.ALARM_ENDED, What.ACKNOWLEDGED]),
    ((ENDED,), []),  # its delay ran, and it never alarmed
    ((SEEN,), []),
    ((CHANGE, ENDED, ENDED), [What.ALARM, What.ALARM_ENDED]),
    ((HIDDEN, SEEN, LATCHED, SEEN_LATE), []),
    ((CHANGE, replace(ENDED, hidden_by="apnoea")), [What.ALARM, What.ALARM_ENDED]),
    ((CHANGE, LATCHED, HIDDEN, ENDED), [What.ALARM, What.ALARM_ENDED]),
])  # fmt: skip
def test_what_ends_or_is_acknowledged_has_begun_in_the_log(
    run: Run, changes: tuple[AlarmChange, ...], lines: list[What]
) -> None:
    assert logged(run, *((each,) for each in changes)) == lines


def test_an_alarm_begins_when_it_comes_out_of_hiding(run: Run) -> None:
    assert logged(run, (HIDDEN,), (), shown=(STATUS,)) == [What.ALARM]
    assert run.log[-1].at == 2.0
    assert logged(run, (ENDED,)) == [What.ALARM, What.ALARM_ENDED]


@pytest.mark.parametrize(
    "status", [replace(STATUS, hidden_by="apnoea"), replace(STATUS, state=State.LATCHED)]
)
def test_what_is_hidden_or_was_over_in_hiding_does_not_begin(run: Run, status: AlarmStatus) -> None:
    assert logged(run, (HIDDEN,), (), shown=(status,)) == []


def test_a_run_that_is_led_another_way_knows_which_alarms_had_begun(run: Run) -> None:
    logged(run, (CHANGE,))
    again = run.copied(run.desk)
    assert logged(run, (ENDED,)) == [What.ALARM, What.ALARM_ENDED]
    assert logged(again, (ENDED,)) == [What.ALARM, What.ALARM_ENDED]


@pytest.mark.parametrize(("scenario", "kind"), [
    ("pump_tenfold", Policy.TEMPTING), ("laryngospasm", Policy.NOTHING), ("laryngospasm", Policy.TEMPTING),
])  # fmt: skip
def test_no_alarm_ends_in_a_log_that_did_not_begin_there(scenario: str, kind: Policy) -> None:
    there: set[str] = set()
    for line in practised(scenario, kind, 1).log:
        if line.what is What.ALARM:
            there.add(line.key)
        elif line.what is What.ALARM_ENDED:
            assert line.key in there
            there.remove(line.key)


def test_the_curve_has_what_was_shown(run: Run) -> None:
    desk = run.desk
    assert isinstance(desk, Told)
    desk.values = {"pr": 71.0, "rr_imp": 12.0, "etco2": 38.0, "nibp_sys": 120.0, "nibp_dia": 70.0}
    for _ in range(5):
        run.step(NOBODY)
    point = run.points[-1]
    assert (point.hr, point.rr, point.etco2, point.nibp_sys, point.nibp_dia) == (71, 12, 38, 120, 70)
    desk.values = {"hr": 70.0, "pr": 71.0, "rr_co2": 11.0, "rr_imp": 12.0}
    for _ in range(5):
        run.step(NOBODY)
    point = run.points[-1]
    assert (point.hr, point.rr, point.etco2, point.nibp_sys) == (70, 11, None, None)

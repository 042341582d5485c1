"""The marks of alarms in the ribbon: where they begin, end and lie."""

import math

import numpy as np
import pytest
from room import HIGH, LOW, MEDIUM, START

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.words import Priority
from nurse_station.ui.widgets.ribbon_alarms import marks_of, strokes, words_at
from nurse_station.ui.widgets.ribbon_span import Span


def change(
    condition: str, priority: Priority, at: float, after: State = State.ACTIVE, *,
    detail: tuple[str, ...] = (), hidden_by: str = "",
) -> AlarmChange:  # fmt: skip
    """One line of a log."""
    return AlarmChange(
        number=1, at=at, condition=condition, kind=CONDITIONS[condition].kind, event=Event.DELAY_ELAPSED,
        before=State.PENDING, after=after, priority=priority, acknowledged=False, value=None, limit=None,
        delay_s=0.0, detail=detail, onset=at, hidden_by=hidden_by,
    )  # fmt: skip


def test_an_alarm_is_marked_from_its_signal_to_its_end() -> None:
    states = [(5.0, State.PENDING), (20.0, State.ACTIVE), (30.0, State.UNRESOLVED), (40.0, State.INACTIVE)]
    log = [change("spo2_low", MEDIUM, at, after) for at, after in states]
    assert [(m.start, m.end, m.lane) for m in marks_of(log)] == [(20.0, 40.0, 1)]


def test_an_alarm_that_rises_is_two_marks() -> None:
    log = [
        change("rr_low", MEDIUM, 10.0),
        change("rr_low", HIGH, 20.0),
        change("rr_low", HIGH, 30.0, State.LATCHED),
    ]
    assert [(m.start, m.end, m.priority) for m in marks_of(log)] == [(10.0, 20.0, MEDIUM), (20.0, 30.0, HIGH)]


def test_an_alarm_that_is_still_there_has_no_end_yet() -> None:
    assert marks_of([change("apnoea", HIGH, 10.0)])[0].end == math.inf


def test_what_a_stronger_alarm_hides_is_not_marked() -> None:
    assert marks_of([change("rr_low", MEDIUM, 10.0, hidden_by="apnoea")]) == []


def test_acts_are_no_alarms() -> None:
    assert marks_of([ActTaken(number=1, at=1.0, act=Act.AUDIO_PAUSED, who="nurse")]) == []


@pytest.mark.parametrize(
    ("condition", "detail", "lane"),
    [("asystole", (), 0), ("sensor_off", ("spo2",), 1), ("apnoea", (), 2), ("etco2_high", (), 3),
     ("nibp_map", (), 4), ("link_lost", (), 0)],
)  # fmt: skip
def test_a_mark_lies_in_the_lane_of_its_value(condition: str, detail: tuple[str, ...], lane: int) -> None:
    assert marks_of([change(condition, HIGH, 1.0, detail=detail)])[0].lane == lane


def test_only_what_lies_in_the_picture_is_drawn_and_no_further_than_now() -> None:
    marks = marks_of([change("spo2_low", HIGH, 10.0), change("spo2_low", HIGH, 20.0, State.INACTIVE),
                      change("rr_low", LOW, 90.0), change("hr_low", HIGH, 95.0)])  # fmt: skip
    x, y = strokes(marks, HIGH, Span(start=50.0, end=101.0), 100.0)
    assert list(x) == [95.0, 100.0]
    assert np.allclose(y, -0.06)


def test_what_alarmed_at_a_moment_is_said_the_most_urgent_first() -> None:
    marks = marks_of([change("sensor_off", LOW, START), change("spo2_low", HIGH, START + 1)])
    assert words_at(marks, START + 2) == "*** SpO₂ low   ! Sensor off or searching"
    assert words_at(marks, START - 1) == ""

"""Which looks were due: late and missing ones stay in the grid, and no score is lost from it."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_days import MINUTE, T0, PaperDay, order

from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.reports.grid import Row, looks, rows
from nurse_station.sessions import deeds
from nurse_station.sessions.session import Session, fold

PROTOCOL = load_all(factory_folder())["crps_4h_titrated"]
PATIENT = deeds.Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70)


def day(minutes: Sequence[float] = (), stop: float = 60.0, **scales: int) -> PaperDay:
    """An infusion from minute 0 to `stop`, looked at in these minutes."""
    own = PaperDay()
    own.do(-60, deeds.PatientBound(patient=PATIENT))
    for deed in (
        deeds.ScreeningBegun(),
        deeds.Screened(),
        deeds.BaselineSet(),
        deeds.OrderWritten(order=order()),
    ):
        own.do(-50, deed)
    own.do(0, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0))
    for minute in minutes:
        own.do(minute * MINUTE, deeds.Scored(scale="moaas", score=5))
    own.do(stop * MINUTE, deeds.Stopped(reason=deeds.StopReason.COMPLETE))
    return own


def grid(own: PaperDay, until: float = 60.0) -> tuple[Row, ...]:
    return rows(fold(own.entries), PROTOCOL, T0 + until * MINUTE)


def minutes(found: Sequence[Row]) -> list[float]:
    return [round((row.at - T0) / MINUTE, 1) for row in found]


def test_a_row_is_due_at_each_interval_of_the_protocol() -> None:
    assert minutes(grid(day(minutes=(15, 30, 45, 60)))) == [15, 30, 45, 60]


def test_a_look_that_was_not_made_keeps_its_row() -> None:
    missing = [row for row in grid(day(minutes=(15, 45, 60))) if row.missing]
    assert minutes(missing) == [30]


def test_a_look_in_time_is_not_late() -> None:
    assert [row.late_s for row in grid(day(minutes=(14, 31.9, 45, 60)))] == [0, 0, 0, 0]


def test_a_late_look_says_by_how_much() -> None:
    late = [row for row in grid(day(minutes=(15, 36, 45, 60))) if row.late_s]
    assert [(row.late_s, row.due) for row in late] == [(360.0, T0 + 30 * MINUTE)]


def test_a_look_that_nothing_asked_for_has_a_row_of_its_own() -> None:
    found = grid(day(minutes=(15, 20, 30, 45, 60)))
    assert [row.due is None for row in found] == [False, True, False, False, False]


def test_a_look_without_responsiveness_does_no_due_one() -> None:
    own = day(minutes=(15, 45, 60))
    own.do(30 * MINUTE, deeds.Scored(scale="pain", score=3))
    found = [row for row in grid(own) if row.at == T0 + 30 * MINUTE]
    assert [row.missing for row in found] == [True, False]


def test_recovery_is_looked_at_from_the_stop_on() -> None:
    found = grid(day(minutes=(15, 30, 40, 55), stop=40.0), until=71.0)
    assert minutes(found) == [15, 30, 40, 55, 70]
    assert [row.missing for row in found] == [False, False, False, False, True]


def test_without_an_infusion_nothing_is_due() -> None:
    assert grid(PaperDay()) == ()
    assert rows(Session(), None, T0) == ()


def test_without_a_known_protocol_a_row_is_due_every_quarter_of_an_hour() -> None:
    assert minutes(rows(fold(day().entries), None, T0 + 31 * MINUTE)) == [15, 30, 45, 60]


def test_what_was_found_within_two_minutes_is_one_look_and_a_repetition_is_another() -> None:
    own = PaperDay()
    for at, scale in ((0, "moaas"), (60, "pain"), (119, "pain"), (200, "moaas"), (321, "rass")):
        own.do(at, deeds.Scored(scale=scale, score=1))
    found = [[timed.deed.scale for timed in look] for look in looks(fold(own.entries).stands)]
    assert found == [["moaas", "pain"], ["pain", "moaas"], ["rass"]]


@pytest.mark.parametrize("stop", [14.0, 60.0])
@given(st.lists(st.floats(0, 90).map(lambda minute: round(minute, 2)), max_size=30))
def test_no_score_is_lost_and_none_stands_twice(stop: float, found: list[float]) -> None:
    own = day(minutes=found, stop=stop)
    own.entries.sort(key=lambda entry: entry.at)
    in_grid = [timed.number for row in grid(own, until=91) for timed in row.found]
    scored = [entry.number for entry in own.entries if isinstance(entry.deed, deeds.Scored)]
    assert sorted(in_grid) == sorted(scored)

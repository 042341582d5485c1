"""Undo: a slip at once, a dose only with a reason, nothing of another nurse and nothing old."""

from dataclasses import replace

import pytest
from room import NURSE, care, day_entries, may_raise
from room import care_of as care_from

from nurse_station.sessions import deeds
from nurse_station.ui.models.care_undo import undo

FRESH = (1, deeds.Scored(scale="pain", score=6))


def test_a_fresh_score_is_taken_back_at_once() -> None:
    day = care((*may_raise(), FRESH))
    found = undo(day, NURSE)
    assert (found.numbers, found.asks, found.refused) == ((len(day.entries),), "", "")


def test_findings_of_one_press_are_taken_back_together() -> None:
    day = care((*may_raise(), (1, deeds.Noted(text="round")), *((1, deeds.Scored(scale=scale, score=0))
                for scale in ("pain", "nausea", "anxiety"))))  # fmt: skip
    last = len(day.entries)
    assert undo(day, NURSE).numbers == (last, last - 1, last - 2)


def test_an_entry_of_another_nurse_is_not_taken_back() -> None:
    assert "no entry of your own" in undo(care((*may_raise(), FRESH)), "L. Chen").refused


def test_what_is_older_than_two_minutes_is_no_slip() -> None:
    found = undo(care((*may_raise(), (2.1, deeds.Noted(text="sleeps")))), NURSE)
    assert found.numbers == ()
    assert "2 min old: sleeps" in found.refused


def test_a_second_undo_takes_back_nothing_and_says_what_the_first_did() -> None:
    entries = day_entries((*may_raise(), (1, deeds.Noted(text="sleeps")), FRESH))
    last = entries[-1]
    back = replace(last, number=last.number + 1, deed=deeds.Withdrawn(), corrects=last.number, why="slip")
    found = undo(care_from((*entries, back)), NURSE)
    assert found.numbers == ()
    assert "took back: Pain 6" in found.refused
    assert "corrected in the record" in found.refused


@pytest.mark.parametrize("deed", [
    deeds.Stopped(reason=deeds.StopReason.COMPLETE), deeds.Paused(why="toilet"), deeds.Held(why="x"),
    deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14),
])  # fmt: skip
def test_what_moves_state_or_dose_says_what_would_count_again(deed: deeds.Deed) -> None:
    day = care((*may_raise(), (1, deed)))
    found = undo(day, NURSE)
    assert found.numbers == (len(day.entries),)
    assert "The record would say: infusing 0.1 mg/kg/h, 7 mL/h. What does the pump show?" in found.asks


@pytest.mark.parametrize("deed", [deeds.EmergencyCalled(), deeds.Transferred(to="hospital")])
def test_an_emergency_is_left_to_the_form(deed: deeds.Deed) -> None:
    found = undo(care((*may_raise(), (1.5, deeds.EmergencyCalled()), (1, deed))), NURSE)
    assert (found.numbers, found.asks) == ((), "")
    assert "choose it in the record" in found.refused

"""The course of days: what a day brought, and what is talked about next (R15, R17)."""

from datetime import date
from typing import Any

import pytest
from days_of_care import PROTOCOL, discharged, infusing, ready, scored

from nurse_station.sessions import deeds
from nurse_station.sessions.course import Day, advice, day_of, months_after

MONDAY = date(2026, 1, 5)


def a_day(number: int = 1, **told: Any) -> Day:
    row: dict[str, Any] = {"pain_before": 7, "pain_after": 7, "benefit": None, "given_mg": 50.0}
    return Day(day=number, on=MONDAY, stopped_early=False, **(row | told))


@pytest.mark.parametrize(("before", "after", "noted", "relieved"), [
    (7, 5, None, True), (7, 6, None, False), (3, 2, None, True), (4, 3, None, False), (0, 0, None, False),
    (7, None, None, None), (None, None, None, None), (7, 7, True, True), (7, 2, False, False),
])  # fmt: skip
def test_relief_is_two_points_or_30_percent_or_what_was_noted(
    before: int | None, after: int | None, noted: bool | None, relieved: bool | None
) -> None:
    assert a_day(pain_before=before, pain_after=after, benefit=noted).relieved(PROTOCOL) is relieved


def test_a_day_of_the_course_is_read_from_its_session() -> None:
    day = infusing().do(*scored(pain=4), after_min=60)
    day.do(deeds.Stopped(reason=deeds.StopReason.ADVERSE), deeds.OutcomeNoted(benefit=True))
    found = day_of(day.session, MONDAY, day.at)
    assert found == Day(day=1, on=MONDAY, pain_before=7, pain_after=4, benefit=True, given_mg=7,
                        stopped_early=True)  # fmt: skip


def test_one_pain_score_is_no_change() -> None:
    day = ready()
    found = day_of(day.session, MONDAY, day.at)
    assert (found.pain_before, found.pain_after, found.given_mg) == (7, None, 0)


def test_a_complete_day_was_not_stopped_early() -> None:
    day = discharged()
    assert not day_of(day.session, MONDAY, day.at).stopped_early


ADVICE: list[tuple[list[Day], int, tuple[str, ...]]] = [
    ([a_day(1)], 1, ()),
    ([a_day(1), a_day(2)], 1, ("No benefit by day 2: talk with patient and prescriber about stopping.",)),
    ([a_day(1), a_day(2, pain_after=4)], 1, ()),
    ([a_day(1), a_day(2, pain_after=None)], 1, ()),
    ([a_day(5, pain_after=2)], 1, ("The course is complete: review on 2026-04-05 and 2026-07-05.",)),
    ([a_day(1)], 2, ("Course 2: liver tests are due.",)),
]


@pytest.mark.parametrize(("days", "courses", "says"), ADVICE)
def test_what_is_talked_about_next(days: list[Day], courses: int, says: tuple[str, ...]) -> None:
    assert advice(days, courses, PROTOCOL) == says


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2027, 11, 30), 3, date(2028, 2, 29)), (date(2026, 1, 5), 3, date(2026, 4, 5)),
    (date(2026, 12, 1), 12, date(2027, 12, 1)),
])  # fmt: skip
def test_a_review_is_on_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then

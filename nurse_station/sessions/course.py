"""The course of days: outcomes, what is asked next, when a review is due (R15 to R17). Pure; no clock."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions import deeds
from nurse_station.sessions.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a course, as it ended.

    Attributes:
        day: From 1.
        on: The date.
        pain_before, pain_after: The first and the last pain score; None: not asked.
        benefit: What was noted; None: not asked.
        given_mg: Ketamine given.
        stopped_early: It ended for another reason than being complete.
    """

    day: int
    on: date
    pain_before: int | None
    pain_after: int | None
    benefit: bool | None
    given_mg: float
    stopped_early: bool

    def relieved(self, protocol: Protocol) -> bool | None:
        """Whether the pain fell by as much as counts; what was noted counts before that. None: not known."""
        if self.benefit is not None:
            return self.benefit
        if self.pain_before is None or self.pain_after is None:
            return None
        fell = self.pain_before - self.pain_after
        percent = 100 * fell / self.pain_before if self.pain_before else 0.0
        return fell >= protocol.course.benefit_points or percent >= protocol.course.benefit_percent


def day_of(session: Session, on: date, at: float) -> Day:
    """The day that a session was, with what was given until `at`."""
    pains = session.scores.get("pain", ())
    outcomes = session.of(deeds.OutcomeNoted)
    stops = session.of(deeds.Stopped)
    delivery = session.delivery
    return Day(
        day=session.day, on=on,
        pain_before=pains[0].score if pains else None, pain_after=pains[-1].score if len(pains) > 1 else None,
        benefit=outcomes[-1][1].benefit if outcomes else None,
        given_mg=delivery.mg(at) if delivery is not None else 0.0,
        stopped_early=any(stop.reason is not deeds.StopReason.COMPLETE for _, stop in stops),
    )  # fmt: skip


def advice(days: Sequence[Day], courses: int, protocol: Protocol) -> tuple[str, ...]:
    """What is to be talked about or planned after these days of the course number `courses`."""
    return tuple(_advice(days, courses, protocol))


def _advice(days: Sequence[Day], courses: int, protocol: Protocol) -> Iterator[str]:
    rows = protocol.course
    known = [day.relieved(protocol) for day in days]
    if len(days) >= rows.no_benefit_days and all(each is False for each in known[: rows.no_benefit_days]):
        yield f"No benefit by day {rows.no_benefit_days}: talk with patient and prescriber about stopping."
    if days and days[-1].day >= rows.days:
        dates = [f"{months_after(days[-1].on, months):%Y-%m-%d}" for months in rows.review_months]
        yield f"The course is complete: review on {' and '.join(dates)}."
    if courses >= rows.liver_tests_from_course:
        yield f"Course {courses}: liver tests are due."


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

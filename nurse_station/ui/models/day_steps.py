"""Which form of the day comes next, and which day of which course it is. Opens and enters nothing; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.states import ENDED, State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.view import PatientDay

NEW_COURSE_DAYS = 30
"""After so many days without an infusion another course begins: a default."""
NOT_APPROVED = "not yet approved by a medical director"


def next_form(care: CareSnapshot | None) -> str:
    """Key of the form that leads on (`bed_actions.OPENERS`); empty: the care panel leads now."""
    if care is None:
        return "patient"
    state, session = care.summary.state, care.session
    if state in (State.DRAFT, State.SCREENING):
        return "screening"
    if state in (State.BASELINE, State.READY) and session.order is None:
        return "order"
    if state is State.BASELINE:
        return "baseline"
    if state is State.READY:
        return "ready"
    if state in (State.RECOVERY, State.DISCHARGE_READY) or state in ENDED:
        return "discharge"
    return ""


def protocol_words(protocol: Protocol) -> str:
    """`CRPS, 4 h titrated, 5 days · version 1 · not yet approved by a medical director`."""
    approved = f"approved by {protocol.approved_by}" if protocol.approved_by.strip() else f"▲ {NOT_APPROVED}"
    return f"{protocol.name} · version {protocol.version} · {approved}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDay:
    """Day n of N of a course; `why` says from what it was proposed."""

    course: str
    day: int
    days: int
    why: str


def of_patient(days: Sequence[PatientDay], patient: Patient) -> tuple[PatientDay, ...]:
    """The days of one patient, by both identifiers, the oldest first."""
    who = (patient.name.casefold(), patient.born)
    own = [day for day in days if (day.patient.name.casefold(), day.patient.born) == who]
    return tuple(sorted(own, key=lambda day: day.started))


def proposed(past: Sequence[PatientDay], today: date, usual_days: int) -> CourseDay:
    """Which day this is, after the days of the same patient (oldest first) on which drug was given."""
    given = [day for day in past if day.outcome is not None]
    courses = list(dict.fromkeys(day.course for day in given))
    if not given:
        return CourseDay(
            course="1", day=1, days=usual_days, why="No infusion of this patient is in the record."
        )
    last = given[-1]
    on = last.started.astimezone().date()
    said = f"Last infusion {on:%Y-%m-%d}: day {last.day} of {last.days}"
    if last.day >= last.days or (today - on).days > NEW_COURSE_DAYS:
        return CourseDay(
            course=_after(courses), day=1, days=usual_days, why=f"{said}; another course begins."
        )
    return CourseDay(course=last.course, day=last.day + 1, days=last.days, why=f"{said}.")


def _after(courses: Sequence[str]) -> str:
    """A name for the next course that none has: its number."""
    number = len(courses) + 1
    while str(number) in courses:
        number += 1
    return str(number)

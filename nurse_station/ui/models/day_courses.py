"""Patients, their courses and days, from the record's list of days; search by name, number, date. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.course import advice
from nurse_station.sessions.states import WORDS
from nurse_station.station.view import PatientDay
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.care import identifiers

EMPTY = "No patient is in the record yet. Confirm one at a bed: Ctrl+D."
NOBODY = "No patient has this name, number or date."
HEADINGS = ("Patient, course, day", "State", "Given", "Pain", "Benefit")
BENEFIT = {True: "yes", False: "no", None: texts.NOT_MEASURED}


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseShown:
    """One course: its days as rows of `HEADINGS`, and what is to be planned."""

    title: str
    days: tuple[tuple[str, ...], ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientShown:
    """One patient with courses, the newest first; `known_by`: date of birth, number, diagnosis."""

    title: str
    known_by: str
    courses: tuple[CourseShown, ...]


def patients(
    days: Sequence[PatientDay], search: str, protocols: Mapping[str, Protocol]
) -> tuple[PatientShown, ...]:
    """Everybody who fits the search, whoever was here last first; a simulated day says so."""
    groups: dict[tuple[str, object], list[PatientDay]] = {}
    for day in sorted(days, key=lambda day: day.started, reverse=True):
        groups.setdefault((day.patient.name.casefold(), day.patient.born), []).append(day)
    wanted = search.casefold().split()
    return tuple(
        _patient(own, protocols) for own in groups.values() if all(_fits(own, word) for word in wanted)
    )


def _fits(days: Sequence[PatientDay], word: str) -> bool:
    who = days[0].patient
    dates = (f"{day.started.astimezone():%Y-%m-%d}" for day in days)
    return word in " ".join((who.name.casefold(), who.number.casefold(), f"{who.born:%Y-%m-%d}", *dates))


def _patient(days: Sequence[PatientDay], protocols: Mapping[str, Protocol]) -> PatientShown:
    oldest_first = tuple(reversed(days))
    names = list(dict.fromkeys(day.course for day in oldest_first))
    courses = [
        _course(name, number, [day for day in oldest_first if day.course == name], protocols)
        for number, name in enumerate(names, start=1)
    ]
    who = days[0].patient
    name, *others = identifiers(who)
    return PatientShown(
        title=name, known_by=words.joined(*others, who.diagnosis), courses=tuple(reversed(courses))
    )


def _course(
    name: str, number: int, days: Sequence[PatientDay], protocols: Mapping[str, Protocol]
) -> CourseShown:
    title = f"Course {name}" if name else "No course"
    protocol = _protocol(days, protocols)
    ended = [day.outcome for day in days if day.outcome is not None]
    said = advice(ended, number, protocol) if protocol is not None and ended else ()
    return CourseShown(title=title, days=tuple(_day(day) for day in days), advice=said)


def _protocol(days: Sequence[PatientDay], protocols: Mapping[str, Protocol]) -> Protocol | None:
    """The one that the newest day names; of a day that names none, the clinic's with as many days."""
    named = [protocols[day.protocol] for day in days if day.protocol in protocols]
    if named:
        return named[-1]
    as_long = (each for each in protocols.values() if each.course.days == days[-1].days)
    return next(as_long, next(iter(protocols.values()), None))


def _day(day: PatientDay) -> tuple[str, ...]:
    outcome = day.outcome
    simulated = " · SIMULATION" if day.simulated else ""
    title = f"{day.started.astimezone():%Y-%m-%d} · day {day.day} of {day.days} · {day.bed}{simulated}"
    state = WORDS[day.state]
    if outcome is None:
        return (title, state, texts.NOT_MEASURED, texts.NOT_MEASURED, texts.NOT_MEASURED)
    early = " (early)" if outcome.stopped_early else ""
    pain = f"{_score(outcome.pain_before)} → {_score(outcome.pain_after)}"
    return (title, f"{state}{early}", f"{outcome.given_mg:.1f} mg", pain, BENEFIT[outcome.benefit])


def _score(score: int | None) -> str:
    return texts.NOT_MEASURED if score is None else str(score)

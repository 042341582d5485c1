"""Sessions of the record in words: list, search, the head of a review, two days side by side. No Qt."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nurse_station.alarms.words import Kind, Priority
from nurse_station.station.past import PastSession, PastSummary
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui import alarm_texts
from nurse_station.ui.models import words
from nurse_station.ui.models.care import identifiers
from nurse_station.ui.models.care_record import DayRecord, RecordLine, merged

NO_PATIENT = "No patient was bound"
RUNNING = "runs now"
NOT_ENDED = "not ended"
WAVES_S = (5.0, 10.0, 20.0, 30.0)
"""So many seconds of waves may be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One line of the list.

    Attributes:
        session: Its name.
        title: `Berg, Anna · born 1980-04-02 · no. 4417`.
        facts: `2026-01-05 09:02 · Chair 1 · day 3 of 5 · 5 h 00 min · *** 5 · ** 10`.
        simulated: It is not a patient.
        course: What makes two days comparable: patient and course; empty: nothing.
    """

    session: str
    title: str
    facts: str
    simulated: bool
    course: str

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        return words.joined(self.title, self.facts)


def rows(sessions: Sequence[PastSummary], running: frozenset[str] = frozenset()) -> list[SessionRow]:
    """The lines of the list; `running`: sessions that a bed is in now."""
    return [
        SessionRow(
            session=each.session, title=_title(each), facts=facts(each, running=each.session in running),
            simulated=each.simulated, course=_course(each),
        )
        for each in sessions
    ]  # fmt: skip


def _title(past: PastSummary) -> str:
    who = " · ".join(identifiers(past.patient)) if past.patient is not None else NO_PATIENT
    return words.joined(who, "SIMULATION" if past.simulated else "")


def _course(past: PastSummary) -> str:
    if past.patient is None:
        return ""
    return "|".join((*identifiers(past.patient), past.course))


def facts(past: PastSummary, *, running: bool = False) -> str:
    """When, where, which day, how long, what alarmed."""
    state = RUNNING if running else NOT_ENDED if past.ended is None else ""
    return words.joined(date_time(past.started), past.bed_name, day_words(past),
                        words.lasting(past.seconds), state, alarm_words(past))  # fmt: skip


def date_time(moment: datetime) -> str:
    """`2026-01-05 09:02`, in this computer's own time zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def day_words(past: PastSummary) -> str:
    """`day 3 of 5`; nothing where no day was begun."""
    return f"day {past.day} of {past.days}" if past.day else ""


def alarm_words(past: PastSummary) -> str:
    """`*** 5 · ** 10`; `no alarms`."""
    told = [
        f"{alarm_texts.marks(Kind.PHYSIOLOGICAL, priority)} {past.alarms[priority]}"
        for priority in (Priority.HIGH, Priority.MEDIUM, Priority.LOW)
        if past.alarms.get(priority)
    ]
    return " · ".join(told) or "no alarms"


def whose(past: PastSummary) -> str:
    """`Berg, Anna · 2026-01-05 · day 3 of 5`."""
    who = past.patient.name if past.patient is not None else NO_PATIENT
    return words.joined(who, past.started.astimezone().strftime("%Y-%m-%d"), day_words(past))


def date_first(past: PastSummary) -> str:
    """`2026-01-05 · day 3 of 5 · Berg, Anna`: two days of one patient differ at the beginning of the line."""
    who = past.patient.name if past.patient is not None else NO_PATIENT
    return words.joined(past.started.astimezone().strftime("%Y-%m-%d"), day_words(past), who)


def band_words(past: PastSummary) -> str:
    """`REVIEW · not live · ...`; the word comes before what a narrow band cuts."""
    return words.joined("REVIEW", "not live", _simulated(past), whose(past), past.bed_name)


def compare_words(first: PastSummary, second: PastSummary) -> str:
    """`REVIEW · not live · Berg, Anna · 2026-01-05 · day 2 of 5 ⇄ 2026-01-06 · day 3 of 5`."""
    date = second.started.astimezone().strftime("%Y-%m-%d")
    days = f"{whose(first)} ⇄ {words.joined(date, day_words(second))}"
    return words.joined("REVIEW", "not live", _simulated(first, second), days)


def _simulated(*pasts: PastSummary) -> str:
    return "SIMULATION · not a patient" if any(past.simulated for past in pasts) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is searched for.

    Attributes:
        text: Each of its words must be somewhere in the line: name, number, date, bed, `day 3`.
        least: The session has an alarm of this priority or a higher one; NONE: it need have none.
        patients_only: Without simulations.
    """

    text: str = ""
    least: Priority = Priority.NONE
    patients_only: bool = False

    def has(self, past: PastSummary, row: SessionRow) -> bool:
        """Whether the session is to be listed."""
        if self.patients_only and past.simulated:
            return False
        if self.least and not any(past.alarms.get(each) for each in Priority if each >= self.least):
            return False
        line = f"{row.title} {row.facts} {row.session} {past.course} day {past.day}".casefold()
        return all(word in line for word in _parts(self.text))


def _parts(text: str) -> list[str]:
    """The words; `day 3` is one."""
    found: list[str] = []
    for word in text.casefold().split():
        if found and found[-1] == "day" and word.isdigit():
            found[-1] = f"day {word}"
        else:
            found.append(word)
    return found


def record_lines(past: PastSession) -> tuple[RecordLine, ...]:
    """Everything that was entered or happened, the newest first; corrections beneath what they correct."""
    bed = BedSnapshot(bed=past.summary.bed, name=past.summary.bed_name, entries=past.entries)
    return merged(DayRecord().lines(past.care), bed)


def zeros(first: PastSession, second: PastSession) -> tuple[float, float]:
    """From which second each of two days counts: the infusion's start where both have one, else their own."""
    if first.infused_from is not None and second.infused_from is not None:
        return first.infused_from, second.infused_from
    return first.summary.started.timestamp(), second.summary.started.timestamp()


def axis_words(first: PastSession, second: PastSession) -> str:
    """What the time axis of two days counts from."""
    both = first.infused_from is not None and second.infused_from is not None
    return "Time since the infusion began" if both else "Time since the record began"


def relative_ticks(start: float, end: float, step: int, zero: float) -> Iterator[tuple[float, str]]:
    """Where the time since `zero` is a multiple of `step` seconds, and it in words: `−0:30`, `+1:15`."""
    number = math.ceil((start - zero) / step)
    while (at := zero + number * step) < end:
        yield at, relative(number * step)
        number += 1


def relative(seconds: float) -> str:
    """`−0:30`, `0:00`, `+1:15`: hours and minutes; with seconds where there are any."""
    whole = round(abs(seconds))
    sign = "" if whole == 0 else "+" if seconds > 0 else "−"
    rest = f":{whole % 60:02d}" if whole % 60 else ""
    return f"{sign}{whole // 3600}:{whole % 3600 // 60:02d}{rest}"


def moment_words(at: float) -> str:
    """`10:42:16`, of a unix second."""
    return words.clock_seconds(datetime.fromtimestamp(at, UTC))

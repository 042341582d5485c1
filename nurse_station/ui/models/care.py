"""A patient's day as care panel, header and tile say it. Formats what the station knows; no Qt."""

from dataclasses import dataclass
from datetime import UTC, datetime

from nurse_station.assessments.checks import Stage
from nurse_station.infusion.units import FourUnits, dose, exact, of_ml_h, shown
from nurse_station.sessions.day import DaySummary, NextDue, NextRaise, Reached
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.dues import RESPONSIVENESS
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import ENDED, RUNNING, State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import words

MOST_WAITED_FOR = 4
LONG_S = 12 * 3600.0
FRESH_S = 900.0
"""Where no check is due, a score says something of now for so long."""
SIGNS = {Stage.COMING: "", Stage.DUE: "● ", Stage.LATE: "▲ "}
"""What is due is told by a sign as well as by words."""


def wall(at: float) -> datetime:
    """The time of day of a second of the session's clock."""
    return datetime.fromtimestamp(at, UTC)


def clock(at: float) -> str:
    """`10:40`, in this computer's own time zone."""
    return words.clock_time(wall(at))


def identifiers(patient: Patient) -> tuple[str, ...]:
    """Name, date of birth, and the number where there is one."""
    number = f"no. {patient.number}" if patient.number.strip() else ""
    return tuple(each for each in (patient.name, f"born {patient.born:%Y-%m-%d}", number) if each)


def day_words(day: DaySummary) -> str:
    """`Day 3 of 5 · 68 kg · Dr Okafor here`."""
    weight = f"{shown(day.patient.weight_kg)} kg" if day.patient is not None else ""
    prescriber = f"{day.prescriber} here" if day.prescriber else "no prescriber noted"
    return words.joined(f"Day {day.day} of {day.days}", weight, prescriber)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """One step of the day: its words with the sign of how far it is, and whether it is the present one."""

    words: str
    reached: Reached


STEP_SIGNS = {Reached.DONE: "✓ ", Reached.NOW: "▸ ", Reached.COMING: "", Reached.SKIPPED: "– "}


def steps(day: DaySummary) -> tuple[StepShown, ...]:
    """The steps of the header."""
    return tuple(
        StepShown(words=f"{STEP_SIGNS[step.reached]}{step.words}", reached=step.reached) for step in day.steps
    )


def running_words(day: DaySummary) -> str:
    """`infusing 0.2 mg/kg/h`; in other states the state alone."""
    if day.state in RUNNING and day.running is not None:
        return f"{day.words} {dose(day.running.mg_kg_h)} mg/kg/h"
    return day.words


SHORT_NAMES = {"responsiveness": "check", "nibp": "BP", "symptoms": "symptoms"}
"""A kind of check in one word, for the tile."""


def brief(day: DaySummary) -> str:
    """`check in 4 min · 0.2 mg/kg/h`, `BP in 2 min · recovery`: the day in one short line."""
    state = day.words
    if day.state is State.INFUSING and day.running is not None:
        state = f"{dose(day.running.mg_kg_h)} mg/kg/h"
    return words.joined(due_short(day.due), state)


def due_short(due: NextDue | None) -> str:
    """`check in 4 min`, `▲ BP 2 min late`; empty: nothing is due."""
    return (
        "" if due is None else f"{SIGNS.get(due.stage, '')}{SHORT_NAMES.get(due.kind, due.words)} {due.when}"
    )


def due_words(due: NextDue | None) -> str:
    """`responsiveness check in 4 min`, `▲ blood pressure 2 min late`; empty: nothing is due."""
    return "" if due is None else f"{SIGNS.get(due.stage, '')}{due.words} {due.when}"


def check(day: DaySummary, kind: str) -> NextDue | None:
    """When one kind of check is due; None: it is not in this state."""
    return next((due for due in day.checks if due.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionShown:
    """The infusion in words; empty: not known or not now.

    Attributes:
        state: "Infusing", "Paused since 10:31".
        drug: "racemic ketamine 2 mg/mL".
        dose: mg/kg/h, the large number; `---` where none can be known.
        rate: On the pump, mL/h.
        rates: mg/h and µg/kg/min, a line each.
        given, allowed, ends: A line each.
        share: Of the total that the order allows, how much was given; None: not known.
        next, why_not: The next raise with its countdown, and why it may not be done now.
        waits: What the next move waits for, whole sentences.
    """

    state: str
    drug: str = ""
    dose: str = texts.NOT_MEASURED
    rate: str = ""
    rates: str = ""
    given: str = ""
    allowed: str = ""
    ends: str = ""
    share: float | None = None
    next: str = ""
    why_not: str = ""
    waits: tuple[str, ...] = ()


def infusion(care: CareSnapshot) -> InfusionShown:
    """Everything of the infusion, now."""
    day, order = care.summary, care.session.order
    drug = f"{order.form.value} ketamine {shown(care.session.strength)} mg/mL" if order is not None else ""
    waits = tuple(finding.whole for finding in day.waits_for[:MOST_WAITED_FOR])
    return InfusionShown(
        state=_state(day), drug=drug, waits=waits, rate=_rate(day), given=_given(day), allowed=_allowed(day),
        dose=texts.NOT_MEASURED if day.running is None else dose(day.running.mg_kg_h),
        rates="" if day.running is None else _rates(day.running), ends=_ends(day), share=_share(day),
        next=_next(day), why_not=_why_not(day.next_raise),
    )  # fmt: skip


def _state(day: DaySummary) -> str:
    said = day.words[0].upper() + day.words[1:]
    if day.since is None or day.state in ENDED:
        return said
    if day.state is State.EMERGENCY:  # here every second counts
        return f"{said} · {words.minutes(day.at - day.since)}"
    return f"{said} since {clock(day.since)}"


def _rate(day: DaySummary) -> str:
    if day.state is State.PAUSED and day.set_ml_h is not None:
        return f"0 mL/h (was {shown(day.set_ml_h)})"
    return "" if day.running is None else f"{shown(day.running.ml_h)} mL/h"


def _rates(units: FourUnits) -> str:
    return f"{shown(units.mg_h)} mg/h\n{shown(units.ug_kg_min)} µg/kg/min"


def _given(day: DaySummary) -> str:
    given = day.given
    if given is None:
        return ""
    return f"Given {given.mg:.1f} mg · {given.ml:.1f} mL · {given.mg_kg:.2f} mg/kg"


def _share(day: DaySummary) -> float | None:
    if day.given is None or day.limits is None or day.limits.total_mg <= 0:
        return None
    return day.given.mg / day.limits.total_mg


def _allowed(day: DaySummary) -> str:
    limits = day.limits
    if limits is None:
        return ""
    return (f"Order at most {dose(limits.mg_kg_h)} mg/kg/h · {shown(limits.mg_h)} mg/h "
            f"({shown(limits.ml_h)} mL/h) · {shown(limits.total_mg)} mg")  # fmt: skip


def _ends(day: DaySummary) -> str:
    if day.stopped_at is not None:
        return f"Stopped {clock(day.stopped_at)}"
    end = "" if day.ends_at is None else f"Planned end {clock(day.ends_at)}{_in(day.ends_at - day.at)}"
    return words.joined(end, _bag(day))


def _bag(day: DaySummary) -> str:
    if day.bag_empty_at is None:
        return ""
    lasts = day.bag_empty_at - day.at
    if lasts > LONG_S:  # a time of day would be another day's
        return f"bag lasts {words.lasting(lasts)}"
    return f"bag empty {clock(day.bag_empty_at)}"


def _in(seconds: float) -> str:
    return f" (in {words.lasting(seconds)})" if seconds > 0 else f" ({words.lasting(-seconds)} ago)"


def _next(day: DaySummary) -> str:
    step = day.next_raise
    if step is None:
        return "No further raise is planned" if day.state in RUNNING else ""
    left = step.due_at - day.at
    when = f"in {words.minutes(left)}" if left > 0 else "may be due now" if step.stopped_by else "now"
    return f"Next {dose(step.mg_kg_h)} mg/kg/h ({shown(step.ml_h)} mL/h) {when}"


def _why_not(step: NextRaise | None) -> str:
    return "" if step is None or step.stopped_by is None else f"Not now: {step.stopped_by.whole}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastScore:
    """The newest score of a scale: which, how old, and whether it still says something of now."""

    score: int
    age: str
    current: bool


def last_score(care: CareSnapshot, scale: str) -> LastScore | None:
    """None: never scored today. A score is current until its next check is due."""
    last = care.session.last(scale)
    if last is None:
        return None
    due = check(care.summary, CHECK_OF.get(scale, "symptoms"))
    young = care.summary.at - last.at < FRESH_S
    current = young if due is None else due.stage is Stage.COMING
    return LastScore(score=last.score, age=words.ago(care.summary.at - last.at), current=current)


CHECK_OF = {**dict.fromkeys(RESPONSIVENESS, "responsiveness"), "iv_site": "iv_site"}
"""Scale -> the check that it belongs to; all others are of the symptoms."""


def rates_of(session: Session, ml_h: float) -> FourUnits | None:
    """What a pump that shows `ml_h` gives; None: patient or order are not known."""
    if session.patient is None or session.strength <= 0:
        return None
    return of_ml_h(exact(ml_h), weight_kg=session.patient.weight_kg, mg_ml=session.strength)

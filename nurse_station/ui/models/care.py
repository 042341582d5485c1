"""A patient's day as care panel, header and tile say it. Formats what the station knows; no Qt."""

from dataclasses import dataclass
from datetime import UTC, datetime

from nurse_station.assessments.checks import Stage
from nurse_station.infusion.units import FourUnits, dose, exact, of_ml_h, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.day import DaySummary, NextDue, NextRaise, Reached
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.dues import RESPONSIVENESS
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import ENDED, RUNNING, State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import words

MOST_WAITED_FOR = 4
A_MINUTE_S = 60.0
INTERVAL = "R6:interval"
ABOVE = "above the order"
ROUNDING = 1e-6
AT_PUMP = (deeds.Started, deeds.RateSet, deeds.Resumed, deeds.BagChanged)
LONG_S = 12 * 3600.0
FRESH_S = 900.0
"""Where no check is due, a score says something of now for so long."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SIGNS = {Stage.COMING: "", Stage.DUE: "● ", Stage.LATE: "▲ "}
"""What is due is told by a sign as well as by words."""


def wall(at: float) -> datetime:
    """The time of day of a second of the session's clock."""
    return datetime.fromtimestamp(at, UTC)


def clock(at: float) -> str:
    """`10:40`, in this computer's own time zone."""
    return words.clock_time(wall(at))


def clock_of_day(at: float, now: float) -> str:
    """`10:40`; on another day `Wednesday 10:40`, a week away or more with its date."""
    moment, today = wall(at).astimezone(), wall(now).astimezone()
    days = (moment.date() - today.date()).days
    if days == 0:
        return f"{moment:%H:%M}"
    return f"{WEEKDAYS[moment.weekday()]} {moment:%H:%M}" if 0 < days < 7 else f"{moment:%Y-%m-%d %H:%M}"


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
    return emergency(day) or day.words


def emergency(day: DaySummary) -> str:
    """`EMERGENCY 0:42`, the time since it was called; empty: there is none."""
    if day.state is not State.EMERGENCY or day.since is None:
        return ""
    return f"EMERGENCY {words.minutes(day.at - day.since)}"


def above_order(care: CareSnapshot) -> str:
    """`above the order, let pass by Dr Stone`, as long as more runs than the order allows; else empty."""
    running, limits = care.summary.running, care.summary.limits
    if running is None or limits is None or float(running.mg_h) <= limits.mg_h * (1 + ROUNDING):
        return ""
    passed = [override.by for timed in care.session.stands if isinstance(timed.deed, AT_PUMP)
              for override in timed.overrides]  # fmt: skip
    return ", ".join([ABOVE, *(f"let pass by {by}" for by in passed[-1:])])


SHORT_NAMES = {"responsiveness": "check", "nibp": "BP", "symptoms": "symptoms"}
"""A kind of check in one word, for the tile."""


def brief(day: DaySummary) -> str:
    """`check in 4 min · 0.2 mg/kg/h`, `BP in 2 min · recovery`: the day in one short line."""
    state = emergency(day) or day.words
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
        above: That more runs than the order allows, and who let it pass.
        emergency: "EMERGENCY 0:42"; what is to be done stands in `first`, a line each.
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
    above: str = ""
    emergency: str = ""
    first: tuple[str, ...] = ()


def infusion(care: CareSnapshot) -> InfusionShown:
    """Everything of the infusion, now."""
    day, order = care.summary, care.session.order
    drug = f"{order.form.value} ketamine {shown(care.session.strength)} mg/mL" if order is not None else ""
    waits = tuple(finding.whole for finding in day.waits_for[:MOST_WAITED_FOR])
    return InfusionShown(
        state=_state(day), drug=drug, waits=waits, rate=_rate(day), given=_given(day), allowed=_allowed(day),
        dose=texts.NOT_MEASURED if day.running is None else dose(day.running.mg_kg_h),
        rates="" if day.running is None else _rates(day.running), ends=_ends(day), share=_share(day),
        next=_next(care), why_not=_why_not(day.next_raise), above=above_order(care),
        emergency=emergency(day), first=_first(day),
    )  # fmt: skip


def _state(day: DaySummary) -> str:
    said = day.words[0].upper() + day.words[1:]
    if day.since is None or day.state in ENDED:
        return said
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
    if day.state is State.EMERGENCY and day.stopped_at is not None:
        return f"Off by the record since {clock(day.stopped_at)}: look at the pump"
    if day.stopped_at is not None:
        return f"Stopped {clock(day.stopped_at)}"
    end = "" if day.ends_at is None else f"Planned end {clock(day.ends_at)}{_in(day.ends_at - day.at)}"
    return words.joined(end, _bag(day))


def _bag(day: DaySummary) -> str:
    if day.bag_empty_at is None:
        return ""
    lasts = day.bag_empty_at - day.at
    if lasts > LONG_S:  # a time of day would be another day's
        return f"bag lasts until {clock_of_day(day.bag_empty_at, day.at)}"
    return f"bag empty {clock(day.bag_empty_at)}"


def _in(seconds: float) -> str:
    return f" (in {words.lasting(seconds)})" if seconds > 0 else f" ({words.lasting(-seconds)} ago)"


def _next(care: CareSnapshot) -> str:
    """The plan's next raise; where an early one went before, also when the order allows another."""
    day = care.summary
    step = day.next_raise
    if step is None:
        return "No further raise is planned" if day.state in RUNNING else ""
    left, soonest = step.due_at - day.at, _allowed_in(care)
    when = f"in {words.minutes(left)}" if left > 0 else "may be due now" if step.stopped_by else "now"
    said = f"Next {dose(step.mg_kg_h)} mg/kg/h ({shown(step.ml_h)} mL/h) {when}"
    if step.why:  # a heavy patient gets less than the plan has
        said = f"{said}; {step.why.rpartition('; ')[2]}"
    if left - soonest < A_MINUTE_S:
        return said
    allowed = f"in {words.minutes(soonest)}" if soonest > 0 else "now"
    return f"{said} by the plan; the order allows it {allowed}"


def _allowed_in(care: CareSnapshot) -> float:
    """Seconds until the order's interval since the last change has passed; below 0: it has."""
    changed, order = care.session.changed_at, care.session.order
    if changed is None or order is None:
        return 0.0
    return changed + order.step_every_min * 60 - care.summary.at


def _why_not(step: NextRaise | None) -> str:
    """What stops it besides the time, which stands in the line above."""
    if step is None or step.stopped_by is None or step.stopped_by.key == INTERVAL:
        return ""
    return f"Not now: {step.stopped_by.whole}"


def _first(day: DaySummary) -> tuple[str, ...]:
    """What is to be done first in an emergency: the program drives no pump and calls nobody."""
    if day.state is not State.EMERGENCY:
        return ()
    whom = f" and {day.prescriber}" if day.prescriber else ""
    return ("Switch the pump off now.", f"Call for help{whom}.")


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

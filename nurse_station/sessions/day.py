"""One patient's day as a screen shows it: a frozen summary in words and numbers. Decides and enters nothing.

All times are seconds of the session's clock; what is not known is None.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nurse_station.assessments.checks import Due, Stage, soonest
from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.plan import ends_at, next_step
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.units import FourUnits, ml_h, of_ml_h, pump_setting
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.dues import NAMES, dues
from nurse_station.sessions.findings import Finding, Level
from nurse_station.sessions.prompts import Prompt, prompts
from nurse_station.sessions.rules_before import baseline_set, identified, screened, started
from nurse_station.sessions.rules_home import fit, may_go
from nurse_station.sessions.rules_rate import resumed
from nurse_station.sessions.seen import Seen, with_hands
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import RUNNING, WORDS, State


class Reached(StrEnum):
    """How far a step of the day is."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"
    SKIPPED = "skipped"
    """The day went on without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStep:
    """One step of the day for the header."""

    words: str
    reached: Reached


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """The next check.

    Attributes:
        kind: Which (`protocol.CHECK_KINDS`).
        words: The same as a nurse says it.
        when: "in 4 min", "due now" or "2 min late".
        stage: COMING, DUE or LATE.
        seconds: Until it is due; below 0: overdue for so long.
        why: "interval", "raise", "alarm" or "recheck".
    """

    kind: str
    words: str
    when: str
    stage: Stage
    seconds: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Given so far: mg, mL, mg/kg."""

    mg: float
    ml: float
    mg_kg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLimits:
    """What the order allows: mg/kg/h, mg/h (for this patient: the lower of both), mg in all, mL/h as set."""

    mg_kg_h: float
    mg_h: float
    total_mg: float
    ml_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRaise:
    """The raise that the plan has next.

    Attributes:
        mg_kg_h, mg_h: To which dose.
        ml_h: What to set on the pump, from the present bag.
        due_at: When, by plan and interval.
        stopped_by: The first line that fails if it were done now; None: none does.
        why: What makes the dose less than the plan has it; empty: nothing does.
    """

    mg_kg_h: float
    mg_h: float
    ml_h: float
    due_at: float
    stopped_by: Finding | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """One day, now.

    Attributes:
        at: This moment.
        state, words: Where the day is, and the same in words.
        since: Since when it is there.
        patient, prescriber, escort: Who; None or empty: not noted.
        day, days: Day n of N of the course.
        steps: For the header, in their order.
        waits_for: What the next move still waits for, most important first; empty: nothing, or no rule asks.
        due: The next check; None: none is due in this state.
        checks: Every kind of check that is due now or later.
        prompts: What is proposed now, the most urgent first.
        running: What runs, in four units; None: no order or patient. 0 while nothing runs.
        set_ml_h: What the pump is set to, also during a pause, mL/h; None: never, or stopped.
        given: None: nothing can be known of it yet.
        limits: None: there is no order.
        next_raise: None: nothing runs, or the plan is at its top or end.
        started_at, ends_at: The start and the planned end; None: not started.
        bag_empty_at: None: at this rate never.
        stopped_at: When the infusion ended; None: it has not.
    """

    at: float
    state: State
    words: str
    since: float | None
    patient: deeds.Patient | None
    prescriber: str
    escort: deeds.EscortNoted | None
    day: int
    days: int
    steps: tuple[DayStep, ...]
    waits_for: tuple[Finding, ...]
    due: NextDue | None
    checks: tuple[NextDue, ...]
    prompts: tuple[Prompt, ...]
    running: FourUnits | None
    set_ml_h: float | None
    given: Given | None
    limits: OrderLimits | None
    next_raise: NextRaise | None
    started_at: float | None
    ends_at: float | None
    bag_empty_at: float | None
    stopped_at: float | None


def summary(session: Session, seen: Seen, protocol: Protocol) -> DaySummary:
    """The day as it is to be shown at `seen.at`."""
    scheduled = dues(session, with_hands(seen, session), protocol)
    first, delivery, order = soonest(scheduled), session.delivery, session.order
    began = delivery.started_at() if delivery is not None else None
    segment = delivery.segment_at(seen.at) if delivery is not None else None
    return DaySummary(
        at=seen.at, state=session.state, words=WORDS[session.state], since=session.since,
        patient=session.patient, prescriber=session.prescriber, escort=session.escort,
        day=session.day, days=session.days, steps=steps(session),
        waits_for=waits_for(session, with_hands(seen, session), protocol),
        due=None if first is None else _next_due(first, seen.at),
        checks=tuple(_next_due(due, seen.at) for due in scheduled.values()),
        prompts=prompts(session, seen, protocol),
        running=_running(session, seen.at), set_ml_h=None if segment is None else segment.set_ml_h,
        given=_given(session, seen.at), limits=_limits(session),
        next_raise=_next_raise(session, seen, protocol),
        started_at=began, ends_at=None if began is None or order is None else ends_at(order, began),
        bag_empty_at=delivery.bag_empty_at() if delivery is not None and segment is not None else None,
        stopped_at=session.stopped_at,
    )  # fmt: skip


def usual(scale: str) -> deeds.Scored:
    """What one key enters: the score of a calm, comfortable patient. Raises KeyError for no scale."""
    return deeds.Scored(scale=scale, score=SCALES[scale].usual)


_STEPS: tuple[tuple[str, frozenset[State], tuple[type[deeds.Deed], ...]], ...] = (
    ("Arrival", frozenset({State.DRAFT}), (deeds.PatientBound,)),
    ("Screening", frozenset({State.SCREENING}), (deeds.ScreeningBegun,)),
    ("Baseline", frozenset({State.BASELINE}), (deeds.Screened,)),
    ("Ready", frozenset({State.READY}), (deeds.BaselineSet,)),
    ("Infusion", RUNNING | {State.PAUSED}, (deeds.Started,)),
    ("Recovery", frozenset({State.STOPPED, State.RECOVERY}), (deeds.Stopped, deeds.EmergencyOver)),
    ("Discharge", frozenset({State.DISCHARGE_READY, State.DISCHARGED}), (deeds.ReadyToGo,)),
)
"""Words, states, and the deeds of which one leads there."""


def steps(session: Session) -> tuple[DayStep, ...]:
    """The steps of the day; one that is none of the usual (an emergency) stands at the end."""
    here = next((place for place, row in enumerate(_STEPS) if session.state in row[1]), None)
    found = [
        DayStep(words=words, reached=_reached(session, place, here, kinds))
        for place, (words, _, kinds) in enumerate(_STEPS)
    ]
    if here is None:
        found.append(DayStep(words=WORDS[session.state].capitalize(), reached=Reached.NOW))
    return tuple(found)


def _reached(session: Session, place: int, here: int | None, kinds: tuple[type[deeds.Deed], ...]) -> Reached:
    if place == here:
        return Reached.DONE if session.state is State.DISCHARGED else Reached.NOW
    if here is not None and place > here:
        return Reached.COMING
    if any(session.of(kind) for kind in kinds):
        return Reached.DONE
    return Reached.COMING if here is None else Reached.SKIPPED


def waits_for(session: Session, seen: Seen, protocol: Protocol) -> tuple[Finding, ...]:
    """What the next move still waits for; where a name may let it pass, that is named too."""
    found = tuple(_waits_for(session, seen, protocol))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.level]))


_ORDER: Mapping[Level, int] = MappingProxyType({Level.REFUSE: 0, Level.BLOCK: 1, Level.WARN: 2})


def _waits_for(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    match session.state:
        case State.DRAFT:
            yield from identified(session)
        case State.SCREENING:
            yield from screened(session)
        case State.BASELINE:
            yield from baseline_set(session, protocol)
        case State.READY:
            yield from started(session, seen, protocol)
            yield from resumed(session, seen, protocol)
        case State.PAUSED:
            yield from resumed(session, seen, protocol)
        case State.RECOVERY:
            yield from fit(session, seen, protocol)
        case State.DISCHARGE_READY:
            yield from may_go(session, seen, protocol)
        case _:
            pass


def _next_due(due: Due, now: float) -> NextDue:
    seconds = (due.at if due.at is not None else now) - now
    stage = due.stage(now)
    minutes = abs(seconds) / 60
    when = {Stage.COMING: f"in {max(1, round(minutes))} min", Stage.LATE: f"{int(minutes)} min late"}
    return NextDue(
        kind=due.kind, words=NAMES.get(due.kind, due.kind), when=when.get(stage, "due now"), stage=stage,
        seconds=seconds, why=due.why,
    )  # fmt: skip


def _running(session: Session, at: float) -> FourUnits | None:
    delivery, patient = session.delivery, session.patient
    if delivery is None or patient is None:
        return None
    return of_ml_h(delivery.ml_h(at), weight_kg=patient.weight_kg, mg_ml=session.strength)


def _given(session: Session, at: float) -> Given | None:
    delivery, patient = session.delivery, session.patient
    if delivery is None or patient is None:
        return None
    return Given(mg=delivery.mg(at), ml=delivery.ml(at), mg_kg=delivery.mg_kg(at, patient.weight_kg))


def _limits(session: Session) -> OrderLimits | None:
    order, patient = session.order, session.patient
    if order is None or patient is None:
        return None
    highest = order.limit_mg_h(patient.weight_kg)
    return OrderLimits(
        mg_kg_h=order.max_mg_kg_h, mg_h=float(highest), total_mg=order.max_total_mg,
        ml_h=float(pump_setting(ml_h(highest, session.strength))),
    )  # fmt: skip


def _next_raise(session: Session, seen: Seen, protocol: Protocol) -> NextRaise | None:
    order, patient, delivery = session.order, session.patient, session.delivery
    if order is None or patient is None or delivery is None or session.state not in RUNNING:
        return None
    step = next_step(order, patient.weight_kg, delivery, seen.at)
    if step is None:
        return None
    rate = float(pump_setting(ml_h(step.mg_h, session.strength)))
    deed = deeds.RateSet(mg_kg_h=step.mg_kg_h, pump_ml_h=rate)
    stops = decide(session, deed, seen, protocol).open
    return NextRaise(mg_kg_h=step.mg_kg_h, mg_h=step.mg_h, ml_h=rate, due_at=step.due_at,
                     stopped_by=stops[0] if stops else None, why=step.why)  # fmt: skip

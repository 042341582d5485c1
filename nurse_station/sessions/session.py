"""One patient's day as its journal tells it: entries -> a frozen session. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import median
from types import MappingProxyType
from typing import TypeVar

from nurse_station.infusion.delivery import Act, Change, Delivery
from nurse_station.infusion.order import Order
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override, Patient
from nurse_station.sessions.states import Move, State, after

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A deed that stands, with its time and who did it."""

    number: int
    at: float
    who: str
    deed: Deed
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score and when it was found."""

    score: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One day. Times are seconds of the session's clock.

    Attributes:
        state: Where it is.
        since: Since when it is there; None: nothing has happened yet.
        patient: Who; None: not bound yet.
        order: Today's; None: not written yet.
        stands: What stands, corrections applied, in the order of the entries.
        refused: Numbers of entries whose move could not be made (only a corrected journal has any).
        answers: Question -> the last reply.
        baseline_sets: (at, values) of each.
        baseline: Parameter -> value at rest; empty: not set yet.
        course, day, days: Which course, day n of N.
        prescriber: Who is in the facility; empty: nobody is.
        second_nurse: Who checked with the nurse; empty: nobody yet.
        second_checked_at: When; None: not yet.
        escort: Who takes the patient home; None: not noted.
        scores: Scale -> the scores, oldest first.
        totals: Questionnaire -> (at, answers), the last one.
        raises: When the rate was raised.
        changed_at: When the rate last changed; None: never.
        stopped_at: When the infusion ended; None: it has not.
        line_out, instructed: Done.
        steady: How the patient walks; None: not seen.
    """

    state: State = State.DRAFT
    since: float | None = None
    patient: Patient | None = None
    order: Order | None = None
    stands: tuple[Timed, ...] = ()
    refused: tuple[int, ...] = ()
    answers: Mapping[str, deeds.Answered] = field(default_factory=lambda: MappingProxyType({}))
    baseline_sets: tuple[tuple[float, Mapping[str, float]], ...] = ()
    baseline: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    course: str = ""
    day: int = 1
    days: int = 5
    prescriber: str = ""
    second_nurse: str = ""
    second_checked_at: float | None = None
    escort: deeds.EscortNoted | None = None
    scores: Mapping[str, tuple[Score, ...]] = field(default_factory=lambda: MappingProxyType({}))
    totals: Mapping[str, tuple[float, Mapping[str, int]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    raises: tuple[float, ...] = ()
    changed_at: float | None = None
    stopped_at: float | None = None
    line_out: bool = False
    instructed: bool = False
    steady: bool | None = None
    _changes: tuple[Change, ...] = ()

    @property
    def delivery(self) -> Delivery | None:
        """Everything that was given; None: no order, so no bag."""
        return None if self.order is None else Delivery.of(self.order.bag, self._changes)

    @property
    def rest(self) -> Mapping[str, float]:
        """The median of the baseline sets so far: what the baseline would be now."""
        return medians(self.baseline_sets)

    @property
    def strength(self) -> float:
        """Concentration in the present bag, mg/mL; 0: there is no order."""
        delivery = self.delivery
        if delivery is not None and delivery.segments:
            return delivery.segments[-1].bag.mg_ml
        return self.order.concentration_mg_ml if self.order is not None else 0.0

    def last(self, scale: str) -> Score | None:
        """The newest score of a scale; None: never scored."""
        scores = self.scores.get(scale, ())
        return scores[-1] if scores else None

    def of(self, kind: type) -> tuple[Timed, ...]:
        """Every standing deed of a kind, oldest first."""
        return tuple(timed for timed in self.stands if isinstance(timed.deed, kind))


MOVED_BY: Mapping[type, Move] = MappingProxyType({
    deeds.ScreeningBegun: Move.BEGIN, deeds.Screened: Move.SCREENED, deeds.Declined: Move.DECLINE,
    deeds.BaselineSet: Move.BASELINE_SET, deeds.Started: Move.START, deeds.Held: Move.HOLD,
    deeds.Released: Move.RELEASE, deeds.Paused: Move.PAUSE, deeds.Resumed: Move.RESUME,
    deeds.Stopped: Move.STOP, deeds.EmergencyCalled: Move.EMERGENCY, deeds.EmergencyOver: Move.OVER,
    deeds.Transferred: Move.TRANSFER, deeds.ReadyToGo: Move.READY_TO_GO, deeds.NotYet: Move.NOT_YET,
    deeds.Discharged: Move.DISCHARGE,
})  # fmt: skip
"""Kind of deed -> the move that it is; what is not here moves nothing."""


def fold(entries: Iterable[Entry]) -> Session:
    """The day that the entries tell, in the order of their numbers."""
    session = Session()
    for timed in standing(entries):
        session = _with(session, timed)
    return session


def standing(entries: Iterable[Entry]) -> tuple[Timed, ...]:
    """The deeds that stand: a correction takes the place and the time of what it corrects.

    The last correction counts; one that corrects an entry that is not there stands by itself, so that
    nothing that was entered is lost.
    """
    first: dict[int, int] = {}
    kept: dict[int, Timed] = {}
    for entry in entries:
        corrects = entry.corrects
        place = entry.number if corrects is None else first.get(corrects, entry.number)
        first[entry.number] = place
        at = entry.at if place == entry.number else kept[place].at
        kept[place] = Timed(
            number=entry.number, at=at, who=entry.who, deed=entry.deed, overrides=entry.overrides
        )
    return tuple(timed for timed in kept.values() if not isinstance(timed.deed, deeds.Withdrawn))


def _with(session: Session, timed: Timed) -> Session:
    """The session after one more deed. A deed whose move cannot be made is kept and changes no state."""
    move = MOVED_BY.get(type(timed.deed))
    kept = replace(session, stands=(*session.stands, timed))
    if move is not None:
        state = after(session.state, move)
        if state is None:
            return replace(kept, refused=(*session.refused, timed.number))
        kept = replace(kept, state=state, since=timed.at)
        if move in (Move.STOP, Move.EMERGENCY) and kept.stopped_at is None:
            kept = replace(kept, stopped_at=timed.at)
        if state is State.STOPPED:  # recovery begins at once: its clock runs from the stop
            kept = replace(kept, state=State.RECOVERY)
    elif session.since is None:
        kept = replace(kept, since=timed.at)
    return _meaning(kept, timed)


def _meaning(session: Session, timed: Timed) -> Session:  # noqa: PLR0911, C901 - one case a kind of deed
    """What a deed changes besides the state."""
    match timed.deed:
        case deeds.PatientBound(patient=patient):
            return replace(session, patient=patient)
        case deeds.ScreeningBegun(course=course, day=day, days=days):
            return replace(session, course=course, day=day, days=days)
        case deeds.Answered() as answered:
            return replace(session, answers=_put(session.answers, answered.question, answered))
        case deeds.OrderWritten(order=order):
            return replace(session, order=order)
        case deeds.BaselineTaken(values=values):
            return replace(session, baseline_sets=(*session.baseline_sets, (timed.at, values)))
        case deeds.BaselineSet():
            return replace(session, baseline=medians(session.baseline_sets))
        case deeds.PresenceNoted(name=name, present=present):
            return replace(session, prescriber=name if present else "")
        case deeds.SecondCheck(nurse=nurse):
            return replace(session, second_nurse=nurse, second_checked_at=timed.at)
        case deeds.EscortNoted() as escort:
            return replace(session, escort=escort)
        case deeds.Scored(scale=scale, score=score):
            scores = (*session.scores.get(scale, ()), Score(score=score, at=timed.at))
            return replace(session, scores=_put(session.scores, scale, scores))
        case deeds.Questioned(key=key, answers=answers):
            return replace(session, totals=_put(session.totals, key, (timed.at, answers)))
        case deeds.LineOut():
            return replace(session, line_out=True)
        case deeds.Walked(steady=steady):
            return replace(session, steady=steady)
        case deeds.Instructed():
            return replace(session, instructed=True)
        case _:
            return _pumped(session, timed)


def _pumped(session: Session, timed: Timed) -> Session:
    """What a deed changes at the pump."""
    change = _change(timed)
    if change is None or session.order is None:
        return session
    before = session.delivery
    changed = replace(session, _changes=(*session._changes, change))
    now = changed.delivery
    if before is None or now is None:  # not so: there is an order
        return changed
    if now.mg_h(timed.at) > before.mg_h(timed.at):
        changed = replace(changed, raises=(*session.raises, timed.at))
    if now.mg_h(timed.at) != before.mg_h(timed.at):
        changed = replace(changed, changed_at=timed.at)
    return changed


def _change(timed: Timed) -> Change | None:
    """What the deed is for the pump; None: nothing."""
    entry = str(timed.number)
    match timed.deed:
        case deeds.Started(pump_ml_h=rate) | deeds.RateSet(pump_ml_h=rate) | deeds.Resumed(pump_ml_h=rate):
            return Change(entry=entry, at=timed.at, act=Act.SET, ml_h=rate)
        case deeds.Held():
            return Change(entry=entry, at=timed.at, act=Act.HOLD)
        case deeds.Paused():
            return Change(entry=entry, at=timed.at, act=Act.PAUSE)
        case deeds.BagChanged(bag=bag):
            return Change(entry=entry, at=timed.at, act=Act.BAG, bag=bag)
        case deeds.Stopped() | deeds.EmergencyCalled():
            return Change(entry=entry, at=timed.at, act=Act.STOP)
        case _:
            return None


def medians(sets: Iterable[tuple[float, Mapping[str, float]]]) -> Mapping[str, float]:
    """Parameter -> the median of the sets that have it."""
    values: dict[str, list[float]] = {}
    for _, found in sets:
        for key, value in found.items():
            values.setdefault(key, []).append(value)
    return MappingProxyType({key: median(each) for key, each in values.items()})


def _put(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    return MappingProxyType({**mapping, key: value})

"""One patient's day as its journal tells it: entries -> a frozen session. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from statistics import median
from types import MappingProxyType
from typing import TypeVar

from nurse_station.infusion.delivery import Act, Change, Delivery
from nurse_station.infusion.order import Order
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override, Patient
from nurse_station.sessions.states import RUNNING, Move, State, after

V = TypeVar("V")
D = TypeVar("D", bound=Deed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A deed that stands, with its time and who did it.

    Attributes:
        number: Of the entry, or of the last correction.
        place: Of the entry that was made first.
        entered: When that one was entered, if later than it was done; None: at once.
    """

    number: int
    place: int
    at: float
    who: str
    deed: Deed
    overrides: tuple[Override, ...] = ()
    entered: float | None = None


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
        stands: What stands, corrections applied, in the order in which it was done.
        refused: Numbers of entries that could not be done as they stand (only a damaged journal has any).
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
        recovering_since: From when recovery counts: the stop, or the end of the last emergency.
        delivery: Everything that was given; None: no order, so no bag.
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
    recovering_since: float | None = None
    delivery: Delivery | None = None
    line_out: bool = False
    instructed: bool = False
    steady: bool | None = None
    _changes: tuple[Change, ...] = ()

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

    def of(self, kind: type[D]) -> tuple[tuple[float, D], ...]:
        """(when, what) of every standing deed of a kind, oldest first."""
        return tuple((timed.at, timed.deed) for timed in self.stands if isinstance(timed.deed, kind))

    @property
    def passed(self) -> frozenset[str]:
        """What was let pass by name until now: keys of findings."""
        return frozenset(override.rule for timed in self.stands for override in timed.overrides)


MOVED_BY: Mapping[type, Move] = MappingProxyType({
    deeds.ScreeningBegun: Move.BEGIN, deeds.Screened: Move.SCREENED, deeds.Declined: Move.DECLINE,
    deeds.BaselineSet: Move.BASELINE_SET, deeds.Started: Move.START, deeds.Held: Move.HOLD,
    deeds.Released: Move.RELEASE, deeds.Paused: Move.PAUSE, deeds.Resumed: Move.RESUME,
    deeds.Stopped: Move.STOP, deeds.EmergencyCalled: Move.EMERGENCY, deeds.EmergencyOver: Move.OVER,
    deeds.Transferred: Move.TRANSFER, deeds.ReadyToGo: Move.READY_TO_GO, deeds.NotYet: Move.NOT_YET,
    deeds.Discharged: Move.DISCHARGE,
})  # fmt: skip
"""Kind of deed -> the move that it is; what is not here moves nothing."""

AT_THE_PUMP: Mapping[type, frozenset[State]] = MappingProxyType({
    deeds.RateSet: RUNNING, deeds.BagChanged: RUNNING | {State.PAUSED},
})  # fmt: skip
"""Deeds that move no state and need one: without it nothing is changed at the pump."""


def fold(entries: Iterable[Entry]) -> Session:
    """The day that the entries tell, in the order in which it was done; at one time in that of entry."""
    return _folded(standing(entries))


def fold_before(entries: Iterable[Entry], number: int) -> Session:
    """The day until an entry was done, later corrections of what came before it included."""
    own = next((_turn(timed) for timed in _all(entries) if timed.number == number), None)
    return _folded(timed for timed in standing(entries) if own is None or _turn(timed) < own)


def session_until(session: Session, at: float) -> Session:
    """The day as it was at that second, by all that is known of it now."""
    return _folded(timed for timed in session.stands if timed.at <= at)


def without(session: Session, number: int) -> Session:
    """The day as it would be if an entry (its number, or that of its last correction) were taken back."""
    return _folded(timed for timed in session.stands if timed.number != number)


def extended(session: Session, entry: Entry) -> Session:
    """The same as `fold` of one more entry. Raises ValueError for a correction: that needs a fold."""
    if entry.corrects is not None or isinstance(entry.deed, deeds.Withdrawn):
        msg = f"entry {entry.number} corrects another; fold the whole journal"
        raise ValueError(msg)
    timed = _timed(entry, _own(entry))
    if session.stands and _turn(timed) < _turn(session.stands[-1]):  # entered late: what followed comes again
        return _folded(sorted((*session.stands, timed), key=_turn))
    return _with(session, timed)


def _folded(stands: Iterable[Timed]) -> Session:
    session = Session()
    for timed in stands:
        session = _with(session, timed)
    return session


def standing(entries: Iterable[Entry]) -> tuple[Timed, ...]:
    """The deeds that stand: a correction takes the place and the time of what it corrects.

    The last correction counts; one that corrects an entry that is not there stands by itself, so that
    nothing that was entered is lost.
    """
    kept = {timed.place: timed for timed in _all(entries)}
    stands = (timed for timed in kept.values() if not isinstance(timed.deed, deeds.Withdrawn))
    return tuple(sorted(stands, key=_turn))


def _turn(timed: Timed) -> tuple[float, int]:
    """Its place in the day: by when it was done, not by when it was entered."""
    return timed.at, timed.place


def _all(entries: Iterable[Entry]) -> Iterator[Timed]:
    """Every entry with the place and the times of what it corrects, in the order of entry."""
    first: dict[int, _Place] = {}
    for entry in entries:
        own = _own(entry)
        first[entry.number] = own if entry.corrects is None else first.get(entry.corrects, own)
        yield _timed(entry, first[entry.number])


_Place = tuple[int, float, float | None]
"""Number of the first entry, when it was done, when it was entered if later."""


def _own(entry: Entry) -> _Place:
    return entry.number, entry.at, entry.entered


def _timed(entry: Entry, first: _Place) -> Timed:
    place, at, entered = first
    return Timed(number=entry.number, place=place, at=at, who=entry.who, deed=entry.deed,
                 overrides=entry.overrides, entered=entered)  # fmt: skip


def _with(session: Session, timed: Timed) -> Session:
    """The session after one more deed. A deed that cannot be done is kept and changes nothing else."""
    kept = replace(session, stands=(*session.stands, timed))
    move = MOVED_BY.get(type(timed.deed))
    if session.state not in AT_THE_PUMP.get(type(timed.deed), State):
        return replace(kept, refused=(*session.refused, timed.number))
    if move is None:
        return _meaning(replace(kept, since=timed.at) if session.since is None else kept, timed)
    state = after(session.state, move)
    if state is None:
        return replace(kept, refused=(*session.refused, timed.number))
    return _meaning(_moved(kept, move, state, timed.at), timed)


def _moved(session: Session, move: Move, state: State, at: float) -> Session:
    """The session in its next state. A second call for help leaves the clock of the first running."""
    if state is session.state:
        return session
    moved = replace(session, state=state, since=at)
    if move in (Move.STOP, Move.EMERGENCY) and session.stopped_at is None:
        moved = replace(moved, stopped_at=at)
    if move in (Move.STOP, Move.OVER):
        moved = replace(moved, recovering_since=at)
    if state is State.STOPPED:  # recovery begins at once: its clock runs from the stop
        moved = replace(moved, state=State.RECOVERY)
    return moved


def _meaning(session: Session, timed: Timed) -> Session:  # noqa: PLR0911, C901 - one case a kind of deed
    """What a deed changes besides the state."""
    match timed.deed:
        case deeds.PatientBound(patient=patient):
            # Bound again it is the same patient: a correction of the first entry is to count.
            return replace(session, patient=session.patient or patient)
        case deeds.ScreeningBegun(course=course, day=day, days=days):
            return replace(session, course=course, day=day, days=days)
        case deeds.Answered() as answered:
            return replace(session, answers=_put(session.answers, answered.question, answered))
        case deeds.OrderWritten(order=order):
            return replace(session, order=order, delivery=Delivery.of(order.bag, session._changes))
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
    change, before = _change(timed), session.delivery
    if change is None:
        return session
    changes = (*session._changes, change)
    if session.order is None or before is None:  # an order that was lost may come back by a correction
        return replace(session, _changes=changes)
    now = Delivery.of(session.order.bag, changes)
    was, is_now = before.mg_h(timed.at), now.mg_h(timed.at)
    return replace(
        session,
        _changes=changes,
        delivery=now,
        raises=(*session.raises, timed.at) if is_now > was else session.raises,
        changed_at=timed.at if is_now != was else session.changed_at,
    )


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

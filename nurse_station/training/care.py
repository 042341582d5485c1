"""The day of a practice patient as the rules of sessions see it: entries, what is due, what alarms are told.

These entries are never a patient's: they live in memory, under a name that says SIMULATION.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from nurse_station.alarms.commands import AlarmCommand
from nurse_station.assessments.checks import Due, Stage
from nurse_station.infusion.order import Bag, Order
from nurse_station.infusion.plan import NextStep, ends_at, next_step
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.units import pump_setting
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.deeds import Deed, Entry
from nurse_station.sessions.dues import dues
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session, extended
from nurse_station.sessions.told import NOTHING_TOLD, commands, told
from nurse_station.training.log import Check
from nurse_station.training.scenario import Begins, Patient

EPOCH = datetime(2001, 1, 1, 8, tzinfo=UTC).timestamp()
"""The session's clock at second 0 of every run: a day on which nobody was treated by this program."""
NURSE, SECOND_NURSE, PRESCRIBER = "Trainee", "Second nurse (simulated)", "Dr Sim"
SIMULATION = "SIMULATION"
_BEFORE_MIN = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """An entry of a practice day. A type of its own: no journal, no export and no report takes it."""

    entry: Entry


class PractisedDay:
    """One day, its journal in memory.

    Attributes:
        session: As the journal tells it.
        entries: The journal.
        protocol, order, weight_kg: What the patient is treated by.
    """

    def __init__(self, patient: Patient, protocol: Protocol) -> None:
        self.protocol, self.weight_kg = protocol, patient.weight_kg
        self.session = Session()
        self.entries: list[Practised] = []
        self.order = _order(protocol, patient)
        self._patient = patient
        self._told = NOTHING_TOLD
        self._open: dict[str, Due] = {}
        self.checks: list[Check] = []

    def lead_in(self, begins: Begins, rest: Mapping[str, float]) -> None:
        """Enter what came before second 0, as a nurse would have."""
        started = -60.0 * (begins.minutes_in + (begins.recovering_min or 0.0))
        for deed, at in _before(self._patient, self.order, rest, started):
            self._write(deed, at)
        dose = self.order.start_mg_kg_h
        self._write(deeds.Started(mg_kg_h=dose, pump_ml_h=self.ml_h(dose)), started)
        for step in self.order.steps:
            if step.after_min * 60.0 + started < 0 and step.after_min < begins.minutes_in:
                self._write(self.set_to(step.mg_kg_h), started + 60.0 * step.after_min)
        if begins.recovering_min is not None:
            stopped = deeds.Stopped(reason=deeds.StopReason.COMPLETE)
            self._write(stopped, -60.0 * begins.recovering_min)
        for scale, score in (("moaas", 5), ("pain", 5), ("nausea", 0), ("hallucination", 0), ("iv_site", 0)):
            self._write(deeds.Scored(scale=scale, score=score), -30.0)
        self._write(deeds.Measured(values=dict(rest)), -30.0)

    def set_to(self, mg_kg_h: float) -> deeds.RateSet:
        """A rate of the plan."""
        return deeds.RateSet(mg_kg_h=mg_kg_h, pump_ml_h=self.ml_h(mg_kg_h))

    def ml_h(self, mg_kg_h: float) -> float:
        """What is set on the pump for a dose, within the order's limits, as fine as a pump."""
        return float(pump_setting(self.order.rate_ml_h(mg_kg_h, self.weight_kg)))

    def running_ml_h(self, now: float) -> float:
        """What the journal says that the pump runs at."""
        return 0.0 if self.session.delivery is None else self.session.delivery.ml_h(now + EPOCH)

    def next_raise(self, now: float) -> NextStep | None:
        """The raise of the plan that comes next; None: none does."""
        if self.session.delivery is None:
            return None
        return next_step(self.order, self.weight_kg, self.session.delivery, now + EPOCH)

    def planned_end(self) -> float | None:
        """Seconds of the run; None: nothing was started."""
        began = None if self.session.delivery is None else self.session.delivery.started_at()
        return None if began is None else ends_at(self.order, began) - EPOCH

    def enter(self, deed: Deed, seen: Seen) -> str:
        """Enter a deed now; or the sentences that refuse it."""
        decision = decide(self.session, deed, seen, self.protocol, who=NURSE)
        if not decision.allowed:
            return " ".join(dict.fromkeys(finding.whole for finding in decision.open))
        self._write(deed, seen.at - EPOCH)
        return ""

    def tell(self, seen: Seen) -> tuple[AlarmCommand, ...]:
        """What the alarms must be told now; counts the checks as well."""
        due = dues(self.session, seen, self.protocol)
        self._count(due, seen.at)
        news = told(self.session, seen, self.protocol, due)
        differ = commands(self._told, news, NURSE, session_ahead_s=EPOCH)
        self._told = news
        return differ

    @property
    def dues(self) -> Mapping[str, Due]:
        """What is due, as last told."""
        return self._open

    def all_checks(self, now: float) -> tuple[Check, ...]:
        """Every check that was done, and those that are late and still open."""
        late = [_check(due, None, now + EPOCH) for due in self._open.values()]
        return (*self.checks, *(check for check in late if check.late))

    def _count(self, due: Mapping[str, Due], now: float) -> None:
        """A check whose next time has moved on was done."""
        for kind, before in self._open.items():
            after = due.get(kind)
            if before.at is not None and after is not None and (after.at or 0.0) > before.at:
                self.checks.append(_check(before, now, now))
        self._open = dict(due)

    def _write(self, deed: Deed, at: float) -> None:
        entry = Entry(number=len(self.entries) + 1, at=at + EPOCH, who=NURSE, deed=deed)
        self.entries.append(Practised(entry=entry))
        self.session = extended(self.session, entry)


def _check(due: Due, done: float | None, now: float) -> Check:
    return Check(
        kind=due.kind, due_at=(due.at or 0.0) - EPOCH, late=due.stage(now) is Stage.LATE,
        done_at=None if done is None else done - EPOCH,
    )  # fmt: skip


def _order(protocol: Protocol, patient: Patient) -> Order:
    bag = Bag(ml=protocol.drug.bag_ml, mg_ml=protocol.drug.concentrations_mg_ml[0], lot=SIMULATION)
    return protocol.order(day=patient.history.day, weight_kg=patient.weight_kg, bag=bag,
                          expiry=date(2001, 12, 31), prescriber=PRESCRIBER)  # fmt: skip


def _before(
    patient: Patient, order: Order, rest: Mapping[str, float], started: float
) -> Iterator[tuple[Deed, float]]:
    """Everything before the start, with its seconds."""
    at = started - 60.0 * _BEFORE_MIN
    who = deeds.Patient(
        name=f"{SIMULATION} {patient.name}", born=date(1960, 1, 1), weight_kg=patient.weight_kg
    )
    yield deeds.PatientBound(patient=who), at
    yield deeds.ScreeningBegun(course=SIMULATION, day=patient.history.day, days=5), at
    for question in QUESTIONS:
        yield deeds.Answered(question=question, reply=deeds.Reply.NO), at
    yield deeds.Screened(), at
    for minutes in (0.0, 3.0, 6.0):
        yield deeds.BaselineTaken(values=dict(rest)), at + 60.0 * (minutes + 1)
    yield deeds.BaselineSet(), at + 600
    yield deeds.OrderWritten(order=order), at + 600
    yield deeds.PresenceNoted(name=PRESCRIBER, present=True), at + 600
    yield deeds.EscortNoted(name="Escort (simulated)", present=True), at + 600
    yield deeds.SecondCheck(nurse=SECOND_NURSE), started - 60
    for scale, score in (("moaas", 5), ("pain", 7)):
        yield deeds.Scored(scale=scale, score=score), started - 30

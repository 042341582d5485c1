"""The day of a practice patient as the rules of sessions see it: entries, what is due, what alarms are told.

These entries are never a patient's: they live in memory, under a name that says SIMULATION.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from nurse_station.alarms.commands import AlarmCommand
from nurse_station.infusion.order import Order
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.deeds import Deed, Entry
from nurse_station.sessions.dues import dues
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import extended
from nurse_station.sessions.told import NOTHING_TOLD, commands, told
from nurse_station.training.day import EPOCH, PRESCRIBER, SIMULATION, Day
from nurse_station.training.scenario import Begins, Patient

NURSE, SECOND_NURSE = "Trainee", "Second nurse (simulated)"
_BEFORE_MIN = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """An entry of a practice day. A type of its own: no journal, no export and no report takes it."""

    entry: Entry


class PractisedDay(Day):
    """One day, its journal in memory.

    Attributes:
        entries: The journal.
        who: Who enters.
    """

    def __init__(self, patient: Patient, protocol: Protocol, who: str = NURSE) -> None:
        super().__init__(patient, protocol)
        self.entries: list[Practised] = []
        self.who = who
        self._patient = patient
        self._told = NOTHING_TOLD

    def lead_in(self, begins: Begins, rest: Mapping[str, float], age: int) -> None:
        """Enter what came before second 0, as a nurse would have; `age`: the patient's, years."""
        started = -60.0 * (begins.minutes_in + (begins.recovering_min or 0.0))
        for deed, at in _before(self._patient, age, self.order, rest, started):
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

    def enter(self, deed: Deed, seen: Seen) -> str:
        """Enter a deed now; or the sentences that refuse it."""
        decision = decide(self.session, deed, seen, self.protocol, who=self.who)
        if not decision.allowed:
            return " ".join(dict.fromkeys(finding.whole for finding in decision.open))
        self._write(deed, seen.at - EPOCH)
        return ""

    def tell(self, seen: Seen) -> tuple[AlarmCommand, ...]:
        """What the alarms must be told now; counts the checks as well."""
        due = dues(self.session, seen, self.protocol)
        self.count(due, seen.at)
        news = told(self.session, seen, self.protocol, due)
        differ = commands(self._told, news, self.who, session_ahead_s=EPOCH)
        self._told = news
        return differ

    def _write(self, deed: Deed, at: float) -> None:
        entry = Entry(number=len(self.entries) + 1, at=at + EPOCH, who=self.who, deed=deed)
        self.entries.append(Practised(entry=entry))
        self.session = extended(self.session, entry)


def born_at(age: int) -> date:
    """When somebody who is so many years old on the practised day was born: half a year from a birthday."""
    return date(datetime.fromtimestamp(EPOCH, UTC).year - 1 - age, 7, 1)


def _before(
    patient: Patient, age: int, order: Order, rest: Mapping[str, float], started: float
) -> Iterator[tuple[Deed, float]]:
    """Everything before the start, with its seconds."""
    at = started - 60.0 * _BEFORE_MIN
    who = deeds.Patient(name=f"{SIMULATION} {patient.name}", born=born_at(age), weight_kg=patient.weight_kg)
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

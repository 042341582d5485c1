"""A patient's day that the tests of sessions share: whole journals, built through the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from nurse_station.infusion.order import Bag, Order
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import Decision, decide, decide_correction
from nurse_station.sessions.deeds import Deed, Entry, Override, Patient, Reply
from nurse_station.sessions.findings import Finding
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.seen import Pressure, Seen, Vital
from nurse_station.sessions.session import Session, extended, fold

T0 = datetime(2026, 1, 5, 8, 0, tzinfo=UTC).timestamp()
MINUTE = 60.0
PROTOCOL = load_all(factory_folder())["crps_4h_titrated"]
PATIENT = Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70)
BAG = Bag(ml=500, mg_ml=1, lot="A123")
ORDER: Order = PROTOCOL.order(day=1, weight_kg=70, bag=BAG, expiry=date(2027, 1, 31), prescriber="Dr Okafor")
REST = {"nibp_sys": 128.0, "nibp_dia": 78.0, "spo2": 98.0, "hr": 72.0}
ALDRETE = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), 2)
PADSS = dict.fromkeys(("vitals", "activity", "comfort", "iv_site", "intake"), 2)


def override(key: str, by: str = "Dr Okafor", why: str = "seen and decided") -> Override:
    return Override(rule=key, by=by, why=why)


@dataclass
class Day:
    """A journal that grows through `decide`, with a clock and a calm patient."""

    at: float = T0
    entries: list[Entry] = field(default_factory=list)
    seen: Seen = field(default_factory=lambda: Seen(at=T0))
    calm: bool = True
    session: Session = field(default_factory=Session)

    @property
    def now(self) -> Seen:
        """Who is calm has a pressure of a minute ago, and a monitor."""
        if not self.calm:
            return replace(self.seen, at=self.at)
        vitals = {"spo2": Vital(value=98, at=self.at), "rr_co2": Vital(value=14, at=self.at)}
        pressure = Pressure(at=self.at - MINUTE, sys=130, dia=80)
        return replace(self.seen, at=self.at, vitals=vitals, pressures=(pressure,))

    def asked(self, deed: Deed, overrides: Sequence[Override] = (), seen: Seen | None = None) -> Decision:
        return decide(self.session, deed, seen or self.now, PROTOCOL, overrides, who="Nurse Lind")

    def do(self, *done: Deed, overrides: Sequence[Override] = (), after_min: float = 0) -> "Day":
        """Each deed now; fails if one is not allowed."""
        self.at += after_min * MINUTE
        for deed in done:
            decision = self.asked(deed, overrides)
            assert decision.allowed, [each.whole for each in decision.open]
            self.write(deed, decision.used)
        return self

    def write(
        self, deed: Deed, used: Sequence[Override] = (), corrects: int | None = None, why: str = ""
    ) -> Entry:
        entry = Entry(number=len(self.entries) + 1, at=self.at, who="Nurse Lind", deed=deed,
                      overrides=tuple(used), corrects=corrects, why=why)  # fmt: skip
        self.entries.append(entry)
        self.session = extended(self.session, entry) if corrects is None else fold(self.entries)
        return entry

    def corrected(
        self, number: int, deed: Deed, why: str = "slip of the finger", overrides: Sequence[Override] = ()
    ) -> Decision:
        """Corrects an entry if that is allowed."""
        decision = decide_correction(self.entries, number, deed, why, self.now, PROTOCOL, overrides)
        if decision.allowed:
            self.write(deed, decision.used, corrects=number, why=why)
        return decision

    def number(self, kind: type) -> int:
        """Of the newest entry of a kind."""
        return max(entry.number for entry in self.entries if isinstance(entry.deed, kind))


def keys(findings: Sequence[Finding]) -> set[str]:
    return {finding.key for finding in findings}


def scored(**scores: int) -> tuple[deeds.Scored, ...]:
    return tuple(deeds.Scored(scale=scale, score=score) for scale, score in scores.items())


def rated(dose: float, ml_h: float | None = None) -> deeds.RateSet:
    """To a dose of the 70 kg patient from 1 mg/mL."""
    return deeds.RateSet(mg_kg_h=dose, pump_ml_h=round(dose * 70, 2) if ml_h is None else ml_h)


def arrived() -> Day:
    return Day().do(deeds.PatientBound(patient=PATIENT))


def in_screening(day: int = 1) -> Day:
    return arrived().do(deeds.ScreeningBegun(course="C1", day=day, days=5))


def answered(day: int = 1, **replies: Reply) -> Day:
    begun = in_screening(day)
    return begun.do(*(deeds.Answered(question=key, reply=replies.get(key, Reply.NO)) for key in QUESTIONS))


def in_baseline() -> Day:
    return answered().do(deeds.Screened())


def measured(values: dict[str, float] | None = None, apart_min: float = 3, sets: int = 3) -> Day:
    day = in_baseline()
    for _ in range(sets):
        day.do(deeds.BaselineTaken(values=values or REST), after_min=apart_min)
    return day


def ready() -> Day:
    day = measured().do(deeds.BaselineSet(), deeds.OrderWritten(order=ORDER))
    return day.do(
        deeds.PresenceNoted(name="Dr Okafor", present=True),
        deeds.EscortNoted(name="Sven Berg", phone="070 1"),
        deeds.SecondCheck(nurse="Nurse Ek"),
        *scored(pain=7, moaas=5),
    )


def infusing() -> Day:
    return ready().do(deeds.Started(mg_kg_h=0.1, pump_ml_h=7))


def may_raise() -> Day:
    """30 min after the start, everything as R6 wants it."""
    return infusing().do(*scored(moaas=5, hallucination=0, nausea=0), after_min=30)


def on_hold() -> Day:
    return infusing().do(deeds.Held(why="pressure"))


def paused() -> Day:
    return infusing().do(deeds.Paused(why="toilet"), after_min=10)


def recovering() -> Day:
    return infusing().do(deeds.Stopped(reason=deeds.StopReason.COMPLETE), after_min=240)


def may_leave() -> Day:
    """An hour after the stop, everything as R14 wants it."""
    day = recovering().do(deeds.LineOut(), deeds.Walked(steady=True), deeds.Instructed(), after_min=60)
    day.do(deeds.EscortNoted(name="Sven Berg", present=True), *scored(moaas=5, nausea=0, hallucination=0))
    return day.do(
        deeds.Questioned(key="aldrete", answers=ALDRETE), deeds.Questioned(key="padss", answers=PADSS)
    )


def discharge_ready() -> Day:
    return may_leave().do(deeds.ReadyToGo())


def discharged() -> Day:
    return discharge_ready().do(deeds.Discharged())


def declined() -> Day:
    return answered().do(deeds.Declined(why="fever"))


def emergency() -> Day:
    return infusing().do(deeds.EmergencyCalled(), after_min=20)


def transferred() -> Day:
    return emergency().do(deeds.Transferred(to="hospital"))

"""A whole day at one bed as deeds, and a station that lives it: run as a program, it can be killed."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from nurse_station.infusion.order import Bag
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.records import writer
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Override, Patient, Reply, StopReason
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.station.commands import DoDeed
from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import opened

MORNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
NURSE = "Nora Field"
ANNA = Patient(name="Berg, Anna", born=date(1984, 3, 2), weight_kg=70)
REST = {"hr": 72.0, "spo2": 98.0, "rr_imp": 14.0, "nibp_sys": 120.0, "nibp_dia": 70.0}
NO_MONITOR = Override(rule="R18", by="Dr Stone", why="measured by hand today")
PROTOCOL = load_all(factory_folder())["crps_4h_titrated"]
ORDER = PROTOCOL.order(day=1, weight_kg=70, bag=Bag(ml=500, mg_ml=1, lot="L1"), expiry=date(2099, 1, 1),
                       prescriber="Dr Stone")  # fmt: skip
WELL = {"activity": 2, "respiration": 2, "circulation": 2, "consciousness": 2, "oxygen": 2}
HOME = {"vitals": 2, "activity": 2, "comfort": 2, "iv_site": 2, "intake": 2}

Line = tuple[float, Deed]
"""(minutes after the one before, what is done)."""


def day() -> Iterator[Line]:
    """Screening, baseline, four steps, a hold for a pressure, a MOAA/S of 3, stop, recovery, discharge."""
    yield from _before()
    yield 1, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0)
    for dose, rate in ((0.2, 14.0), (0.3, 21.0)):
        yield from _round(5)
        yield from _round(24)
        yield 1, deeds.RateSet(mg_kg_h=dose, pump_ml_h=rate)
    yield 5, deeds.Measured(values={"nibp_sys": 168.0, "nibp_dia": 96.0, "spo2": 97.0})
    yield 0, deeds.Held(why="blood pressure 168/96")
    yield from _round(5)
    yield 0, deeds.Released()
    yield from _round(20)
    yield 1, deeds.RateSet(mg_kg_h=0.35, pump_ml_h=24.5)
    yield 5, deeds.Scored(scale="moaas", score=3)
    yield 0, deeds.Paused(why="MOAA/S 3")
    yield from _round(5)
    yield 1, deeds.Resumed(mg_kg_h=0.2, pump_ml_h=14.0)
    yield from _round(15)
    yield 10, deeds.Stopped(reason=StopReason.COMPLETE)
    yield 1, deeds.WasteNoted(ml=420, witness="Ben Moss")
    yield from _home()


def _before() -> Iterator[Line]:
    yield 0, deeds.PatientBound(patient=ANNA)
    yield 1, deeds.ScreeningBegun(course="2026-1", day=1, days=5)
    for key in QUESTIONS:
        yield 0.1, deeds.Answered(question=key, reply=Reply.NO)
    yield 1, deeds.Screened()
    for _ in range(3):
        yield 3, deeds.BaselineTaken(values=REST)
    yield 0, deeds.BaselineSet()
    yield 1, deeds.OrderWritten(order=ORDER)
    yield 1, deeds.PresenceNoted(name="Dr Stone", present=True)
    yield 1, deeds.EscortNoted(name="Carl Berg", phone="555-0100")
    yield 0, deeds.Measured(values=REST)
    yield 1, deeds.SecondCheck(nurse="Ben Moss")


def _round(minutes: float) -> Iterator[Line]:
    """What is asked again and again."""
    yield minutes, deeds.Measured(values=REST)
    yield 0, deeds.Scored(scale="moaas", score=5)
    for scale in ("pain", "nausea", "hallucination"):
        yield 0, deeds.Scored(scale=scale, score=0)


def _home() -> Iterator[Line]:
    for _ in range(4):
        yield from _round(15)
    yield 1, deeds.Questioned(key="aldrete", answers=WELL)
    yield 0, deeds.Questioned(key="padss", answers=HOME)
    yield 1, deeds.LineOut()
    yield 1, deeds.Walked(steady=True)
    yield 0, deeds.Instructed()
    yield 0, deeds.EscortNoted(name="Carl Berg", phone="555-0100", present=True)
    yield 0, deeds.ReadyToGo()
    yield 1, deeds.OutcomeNoted(benefit=True, plan="day 2 tomorrow")
    yield 0, deeds.Discharged()


def live(station: Station, clock: ManualClock) -> Iterator[str]:
    """Do the whole day; gives the sentence of each answer. Raises AssertionError for a refusal."""
    for minutes, deed in day():
        for _ in range(round(minutes * 60 / 5)):
            clock.advance(5)
            station.step()
        station.answers()
        station.send(DoDeed(bed="chair-1", deed=deed, who=NURSE, overrides=(NO_MONITOR,)))
        station.step()
        [answer] = station.answers()
        assert answer.done, answer.sentence
        yield answer.sentence


def main() -> None:
    """Live the day in a folder; a line a deed: how many are done, and the time of day."""
    writer.STUCK_S = 1e9  # minutes pass here in milliseconds: any disk would seem to stand still
    clock = ManualClock(1000.0, MORNING)
    with opened(Path(sys.argv[1]), clock, practice=False) as station:
        for number, _ in enumerate(live(station, clock), start=1):
            station.record.flush()
            print(number, clock.wall().isoformat(), flush=True)


if __name__ == "__main__":
    main()

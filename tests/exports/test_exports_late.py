"""What was entered later than it was done, as other tools read it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nurse_station.exports.content import content_of
from nurse_station.infusion.order import Bag
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.records.reader import RecordReader
from nurse_station.records.writer import RecordWriter
from nurse_station.sessions import deeds
from nurse_station.sessions.codec import as_json
from nurse_station.sessions.deeds import Deed, Entry
from nurse_station.vitals.clock import ManualClock

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ORDER = load_all(factory_folder())["crps_4h_titrated"].order(
    day=1, weight_kg=70, bag=Bag(ml=500, mg_ml=1, lot="L1"), expiry=date(2027, 1, 1), prescriber="Dr Okafor"
)
PATIENT = deeds.Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70)
DAY: tuple[tuple[float, float, Deed], ...] = (
    (1, 1, deeds.PatientBound(patient=PATIENT)), (1, 1, deeds.ScreeningBegun()), (1, 1, deeds.Screened()),
    (1, 1, deeds.BaselineSet()), (1, 1, deeds.OrderWritten(order=ORDER)),
    (1, 1, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0)), (1801, 1801, deeds.Noted(text="asleep")),
    (601, 1900, deeds.RateSet(mg_kg_h=0.05, pump_ml_h=3.5)),
    (2401, 2401, deeds.Stopped(reason=deeds.StopReason.COMPLETE)),
)  # fmt: skip
"""(done, entered, what), seconds."""


def recorded(folder: Path) -> str:
    clock = ManualClock(now=0.0, wall=START)
    writer = RecordWriter(folder, clock)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    for number, (done, entered, deed) in enumerate(DAY, start=1):
        clock.advance(entered - clock.now())
        wall = START.timestamp()
        late = None if done == entered else wall + entered
        entry = Entry(number=number, at=wall + done, who="Nurse Lind", deed=deed, entered=late)
        writer.journal(name, "session", as_json(entry), "Nurse Lind", durable=False)
    writer.end_session(name, "Nurse Lind").result(20)
    assert writer.close()
    return name


def test_an_event_entered_late_and_its_dose_stand_where_they_were_done(tmp_path: Path) -> None:
    name = recorded(tmp_path)
    with RecordReader(tmp_path) as reader:
        content = content_of(reader, name)
        events = [event for event in content.events if event.kind == "session"]
    assert [event.t for event in events] == sorted(event.t for event in events)
    assert next(event.t for event in events if event.name == "RateSet") == pytest.approx(601, abs=0.01)
    given = [(round(dose.t), dose.mg_h, dose.mg) for dose in content.doses if dose.mg]
    assert given == [(1, 7.0, pytest.approx(7 / 6)), (601, 3.5, pytest.approx(1.75))]

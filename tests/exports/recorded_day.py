"""A day that nurses entered, and a record of it with what a monitor said."""

from datetime import UTC, date, datetime
from pathlib import Path

from nurse_station.devices.contract import Event as DeviceEvent
from nurse_station.infusion.order import DrugForm, Order
from nurse_station.records.writer import RecordWriter
from nurse_station.sessions import deeds
from nurse_station.sessions.codec import as_json
from nurse_station.vitals.clock import ManualClock

START = datetime(2026, 1, 5, 8, 0, 0, 250_000, tzinfo=UTC)
T0 = START.timestamp()
PATIENT = deeds.Patient(name="Berg, Anna Lova", born=date(1931, 4, 2), weight_kg=70, number="MRN-4711",
                        female=True, diagnosis="CRPS", allergies="penicillin")  # fmt: skip
ORDER = Order(
    form=DrugForm.RACEMIC, concentration_mg_ml=1.0, bag_ml=500.0, lot="LOT-A123", expiry=date(2027, 1, 31),
    start_mg_kg_h=0.1, max_mg_kg_h=0.35, max_mg_h=24.5, max_total_mg=98.0, duration_min=240.0,
    prescriber="Dr Okafor",
)  # fmt: skip
DAY: tuple[tuple[float, deeds.Deed], ...] = (
    (1, deeds.PatientBound(patient=PATIENT)),
    (2, deeds.ScreeningBegun(course="C1", day=2)),
    (3, deeds.Screened()),
    (4, deeds.BaselineTaken(values={"spo2": 96.0, "nibp_sys": 93.0})),
    (5, deeds.BaselineSet()),
    (6, deeds.OrderWritten(order=ORDER)),
    (10, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0)),
    (40, deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14.0)),
    (50, deeds.Noted(text="Berg says: call 070 123 456")),
    (60, deeds.Scored(scale="pain", score=4, note="as Anna says")),
    (70, deeds.Stopped(reason=deeds.StopReason.COMPLETE, why="Berg wants home")),
)
SECRETS = (
    "Berg", "Anna", "MRN", "1931-", "Okafor", "A123", "070 123", "Chair", "2026-", "Lind",
    "Sven", "penicillin", "CRPS",
)  # fmt: skip
"""What must not be found in a de-identified export."""


def recorded(folder: Path, events: list[DeviceEvent], *, simulated: bool = False) -> str:
    clock = ManualClock(now=500.0, wall=START)
    writer = RecordWriter(folder, clock, practice=simulated)
    writer.start()
    name = writer.begin_session("chair-1", "Chair by the window", simulated=simulated)
    begun = clock.now()
    for number, (after, deed) in enumerate(DAY, start=1):
        entry = deeds.Entry(number=number, at=T0 + after, who="Nurse Lind", deed=deed)
        writer.journal(name, "session", as_json(entry), "Nurse Lind", durable=False)
    alarm = {"condition": "spo2_low", "event": "delay_elapsed", "priority": "high", "value": 88.0,
             "limit": 90.0, "detail": ["spo2"], "who": ""}  # fmt: skip
    writer.journal(name, "alarm", alarm, "station", durable=False)
    writer.journal(
        name, "unheard_of", {"text": "of a later program: Sven"}, "=cmd|' /C calc'!A0", durable=False
    )
    for event in events:
        moved = type(event)(**{**{s: getattr(event, s) for s in event.__slots__}, "at": begun + event.at})
        clock.advance(max(moved.at - clock.now(), 0.0))
        writer.write(name, [moved], at=moved.at)
    clock.advance(begun + 200.0 - clock.now())
    writer.end_session(name, "Nurse Lind").result(5)
    assert writer.close()
    return name

"""A station made by hand, for tests of screens: a clock, a room, sine waves. No line, no thread."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np

from nurse_station.alarms.changes import Entry
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.limit_files import factory_file, load
from nurse_station.alarms.limits import Limits
from nurse_station.alarms.signals import AlarmStatus, Pause
from nurse_station.alarms.words import Priority
from nurse_station.infusion.order import Bag
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.sessions import deeds
from nurse_station.sessions.day import summary
from nurse_station.sessions.deeds import Deed, Patient
from nurse_station.sessions.deeds import Entry as DayEntry
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.seen import Pressure, Seen, Vital
from nurse_station.sessions.session import fold
from nurse_station.station.commands import Command
from nurse_station.station.history import History
from nurse_station.station.past import PastError, PastSession, PastSummary, PastWave, PastWaves
from nurse_station.station.snapshots import (
    Age,
    AudioSnapshot,
    BedAlarms,
    BedSnapshot,
    CareSnapshot,
    ConditionSnapshot,
    LineSnapshot,
    LineState,
    Numeric,
    RecordSnapshot,
    RecordState,
    RoomSnapshot,
)
from nurse_station.station.view import (
    Answer,
    LineChoice,
    MonitorChoice,
    PatientDay,
    PortChoice,
    RecognitionSnapshot,
)
from nurse_station.vitals.clock import Clock, ManualClock
from nurse_station.vitals.readings import Missing, Quality

WAVE_RATES = {"ecg2": 250.0, "pleth": 100.0, "co2": 25.0}
START = 50_000.0
VALUES: Mapping[str, float] = MappingProxyType({
    "hr": 82.0, "pr": 81.0, "spo2": 98.0, "rr_co2": 14.0, "etco2": 38.0, "fico2": 0.0,
    "nibp_sys": 128.0, "nibp_dia": 76.0, "nibp_mean": 93.0,
})  # fmt: skip
ORIGINS = {"hr": "ECG", "pr": "pleth"}


class FakeRecognition:
    """A recognition whose picture is set by hand."""

    def __init__(self, port: str) -> None:
        self.shown = RecognitionSnapshot(port=port, steps=12)
        self.stopped = False

    def picture(self) -> RecognitionSnapshot:
        return self.shown

    def stop(self) -> None:
        self.stopped = True


class FakeStation:
    """A peer of the real station: what it shows is set by hand, what it is asked for is kept."""

    def __init__(
        self, room: RoomSnapshot, clock: Clock, histories: Mapping[str, History] | None = None
    ) -> None:
        self.clock = clock
        self.room = room
        self.histories = dict(histories or {})
        self.sent: list[Command] = []
        self.waiting: list[Answer] = []
        self.past_days: tuple[PatientDay, ...] = ()
        self.kept: dict[str, PastSession] = {}
        self.alarm_logs: dict[str, list[Entry]] = {}
        self.recognitions: list[FakeRecognition] = []

    def snapshot(self) -> RoomSnapshot:
        return self.room

    def history(self, bed: str) -> History:
        if bed not in {b.bed for b in self.room.beds}:
            raise KeyError(bed)
        return self.histories.setdefault(bed, History(START - 6 * 3600))

    def alarm_log(self, bed: str) -> list[Entry]:
        return self.alarm_logs.setdefault(bed, [])

    def protocols(self) -> Mapping[str, Protocol]:
        return load_all(factory_folder())

    def days(self) -> tuple[PatientDay, ...]:
        return self.past_days

    def past_sessions(self) -> tuple[PastSummary, ...]:
        return tuple(each.summary for each in self.kept.values())

    def past(self, session: str) -> PastSession:
        if session not in self.kept:
            msg = f"There is no session {session} in the record."
            raise PastError(msg)
        return self.kept[session]

    def past_waves(self, session: str, at: float, seconds: float) -> PastWaves:
        start, end = at - seconds / 2, at + seconds / 2
        pieces = [
            PastWave(wave=wave, rate_hz=rate, times=times, samples=SHAPES[wave](times).astype(np.float32))
            for wave, rate in WAVE_RATES.items()
            if len(times := np.arange(round(start * rate), round(end * rate)) / rate)
        ]
        return PastWaves(session=session, start=start, end=end, waves=tuple(pieces))

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def answers(self) -> list[Answer]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def monitors(self) -> tuple[MonitorChoice, ...]:
        return (
            MonitorChoice(
                key="ge-s5-dri", name="GE CARESCAPE", models=("B450", "B650"), line="19200 8E1, RTS/CTS",
                notes="Null-modem cable to the monitor's serial port.",
                lines=(LineChoice(baud_rate=19200, words="19200 8E1, RTS/CTS"),
                       LineChoice(baud_rate=115200, words="115200 8E1, RTS/CTS")),
            ),
            MonitorChoice(key="ivy-450c", name="Ivy 450C", models=("450C",), line="9600 8N1",
                          lines=(LineChoice(baud_rate=9600, words="9600 8N1"),)),
        )  # fmt: skip

    def ports(self) -> tuple[PortChoice, ...]:
        return (PortChoice(path="/dev/ttyUSB0", name="FTDI USB serial adaptor", serial_number="A1"),)

    def identify(self, port: str) -> "FakeRecognition":
        self.recognitions.append(FakeRecognition(port))
        return self.recognitions[-1]


def numeric(parameter: str, value: float | None, at: float = START, **more: Any) -> Numeric:
    """A good, current value; with None, one that is missing."""
    quality = Quality.GOOD if value is not None else Quality.MISSING
    settings: dict[str, Any] = {"quality": quality, "age": Age.CURRENT, "source": "ge-s5-dri",
                                "origin": ORIGINS.get(parameter, "")} | more  # fmt: skip
    if value is None and "why" not in settings and settings["age"] is not Age.EXPIRED:
        settings["why"] = Missing.OFF
    return Numeric(parameter=parameter, value=value, at=at, **settings)


def numerics(values: Mapping[str, float | None] = VALUES, at: float = START) -> dict[str, Numeric]:
    """Good values; those of the cuff four minutes old."""
    return {
        key: numeric(key, value, at, measured_at=at - 240 if key.startswith("nibp") else None)
        for key, value in values.items()
    }


def line(state: LineState = LineState.RECEIVING, **more: Any) -> LineSnapshot:
    """A line to a monitor on COM4."""
    settings: dict[str, Any] = {
        "source": "ge-s5-dri", "monitor": "GE CARESCAPE", "port": "COM4", "settings": "19200 8E1, RTS/CTS",
        "bytes_in": 812_345, "frames_accepted": 12_345, "last_byte_at": START, "last_frame_at": START,
    } | more  # fmt: skip
    return LineSnapshot(state=state, **settings)


HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
SPEAKER = AudioSnapshot(usable=True, device="Speaker")
MUTE = AudioSnapshot(usable=False, trouble="No sound output is connected.")


def alarm(condition: str = "spo2_low", priority: Priority = HIGH, **more: Any) -> AlarmStatus:
    """An alarm that has been active for 84 s."""
    settings: dict[str, Any] = {
        "state": State.ACTIVE, "since": START - 84, "onset": START - 94, "value": None, "limit": None,
        "acknowledged": False, "hidden_by": "", "off": False, "why_off": "", "detail": (), "repeat_at": None,
    } | more  # fmt: skip
    row = CONDITIONS[condition]
    return AlarmStatus(condition=condition, kind=row.kind, priority=priority, text=row.text, **settings)


def desaturation(priority: Priority = HIGH, value: float | None = 84.0, **more: Any) -> AlarmStatus:
    """SpO₂ below its limit."""
    settings: dict[str, Any] = {"limit": 85.0, "detail": ("spo2",)} | more
    return alarm("spo2_desaturation", priority, value=value, **settings)


def slow_breath(value: float | None = 9.0, **more: Any) -> AlarmStatus:
    """A respiratory rate below its limit, MEDIUM."""
    settings: dict[str, Any] = {"limit": 10.0, "detail": ("rr_co2",)} | more
    return alarm("rr_low", MEDIUM, value=value, **settings)


def alarmed(number: int, *present: AlarmStatus, pause_s: float = 0.0, **more: Any) -> BedSnapshot:
    """A bed with these alarms and the factory's limits; the values are those that the alarms say."""
    values = dict(VALUES)
    for status in present:
        if status.detail and status.detail[0] in values:
            values[status.detail[0]] = status.value  # type: ignore[assignment]
    pause = Pause(began=START - 8, until=START + pause_s, over=HIGH, who="nurse") if pause_s else None
    settings: dict[str, Any] = {"limits": Limits(factory=load(factory_file()))} | more.pop("alarms", {})
    alarms = BedAlarms(present=present, pause=pause, **settings)
    return bed(number, **{"numerics": MappingProxyType(numerics(values)), "alarms": alarms} | more)


def told(words: str, *, ordinary: bool = False, detail: str = "") -> ConditionSnapshot:
    """What a monitor says of itself."""
    return ConditionSnapshot(words=words, detail=detail, ordinary=ordinary, source="ge-s5-dri")


def bed(number: int = 1, **more: Any) -> BedSnapshot:
    """A bed with a monitor whose values are good."""
    settings: dict[str, Any] = {
        "bed": f"chair-{number}", "name": f"Chair {number}", "session": f"20260105-0{number}",
        "session_started": datetime.fromisoformat("2026-01-05T07:02:00+00:00"),
        "lines": (line(port=f"COM{number}"),), "numerics": MappingProxyType(numerics()),
        "waves": tuple(WAVE_RATES), "nibp_next_at": START + 60,
    } | more  # fmt: skip
    return BedSnapshot(**settings)


def empty_bed(number: int = 1) -> BedSnapshot:
    """A bed without a monitor."""
    return BedSnapshot(bed=f"chair-{number}", name=f"Chair {number}")


def room(*beds: BedSnapshot, clock: Clock | None = None, **more: Any) -> RoomSnapshot:
    """A room whose record is being written."""
    clock = clock or ManualClock(START)
    wall = clock.wall()
    record = RecordSnapshot(
        state=RecordState.WRITING, place="records", saved=wall - timedelta(seconds=1), disk_hours=42.4
    )
    settings: dict[str, Any] = {"clinic": "Infusion clinic", "record": record, "audio": SPEAKER} | more
    return RoomSnapshot(at=clock.now(), wall=wall, beds=beds, **settings)


def station(*beds: BedSnapshot, **more: Any) -> FakeStation:
    """A station with those beds, on a clock that stands still until it is moved."""
    clock = ManualClock(START)
    return FakeStation(room(*beds, clock=clock, **more), clock)


def age_of(snapshot: RoomSnapshot, clock: Clock) -> RoomSnapshot:
    """The same room, seen now."""
    return replace(snapshot, at=clock.now(), wall=clock.wall())


def fill(history: History, end: float, *, minutes: int = 100, wave_seconds: float = 20.0) -> None:
    """A past to look at: slow numerics for `minutes`, waves for the last seconds before `end`."""
    times = np.arange(max(end - minutes * 60, history.start), end)
    for key, value in VALUES.items():
        step = 300 if key.startswith("nibp") else 1
        for at in times[::step]:
            history.add_numeric(key, float(at), value + 4 * np.sin(at / 300) + 1.5 * np.sin(at / 17))
    start = end - wave_seconds
    while start < end - 0.1:
        feed_waves(history, start, start + 0.25)
        start += 0.25


def feed_waves(history: History, start: float, end: float) -> None:
    """Beats and breaths between two times, as one packet a wave."""
    for wave, rate in WAVE_RATES.items():
        at = np.arange(round(start * rate), round(end * rate)) / rate
        if len(at):
            history.add_wave(wave, SHAPES[wave](at).astype(np.float32), rate, end)


def _ecg(at: np.ndarray) -> np.ndarray:
    phase = (at * 82 / 60) % 1.0
    bumps = (
        (0.16, 0.03, 0.13),
        (0.28, 0.008, -0.12),
        (0.30, 0.009, 1.15),
        (0.325, 0.009, -0.25),
        (0.55, 0.05, 0.3),
    )
    return np.asarray(sum(h * np.exp(-(((phase - c) / w) ** 2)) for c, w, h in bumps))


def _pleth(at: np.ndarray) -> np.ndarray:
    phase = (at * 82 / 60) % 1.0
    return 50 + 40 * np.exp(-(((phase - 0.3) / 0.12) ** 2)) + 14 * np.exp(-(((phase - 0.6) / 0.1) ** 2))


def _co2(at: np.ndarray) -> np.ndarray:
    phase = (at * 14 / 60) % 1.0
    out = (phase < 0.45) * np.clip(phase / 0.05, 0, 1) * (33 + 5 * phase / 0.45)
    return np.where(phase < 0.45, out, np.clip(1 - (phase - 0.45) / 0.04, 0, 1) * 38)


SHAPES = {"ecg2": _ecg, "pleth": _pleth, "co2": _co2}


PATIENT = Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70, number="4417")
PROTOCOL = load_all(factory_folder())["crps_4h_titrated"]
ORDER = PROTOCOL.order(
    day=3,
    weight_kg=70,
    bag=Bag(ml=500, mg_ml=1, lot="A123"),
    expiry=date(2027, 1, 31),
    prescriber="Dr Okafor",
)
NURSE = "M. Ruiz"
Done = tuple[float, Deed]
"""(minutes ago, what)"""


def scored(ago: float, **scores: int) -> tuple[Done, ...]:
    return tuple((ago, deeds.Scored(scale=scale, score=score)) for scale, score in scores.items())


def before_infusion(patient: Patient = PATIENT, ago: float = 60) -> tuple[Done, ...]:
    """Arrival, screening, baseline, order and checks: ready to start."""
    rest = {"nibp_sys": 128.0, "nibp_dia": 78.0, "spo2": 98.0, "hr": 72.0}
    return (
        (ago, deeds.PatientBound(patient=patient)), (ago, deeds.ScreeningBegun(course="C1", day=3)),
        *((ago, deeds.Answered(question=key, reply=deeds.Reply.NO)) for key in QUESTIONS),
        (ago, deeds.Scored(scale="nightmare", score=0)), (ago, deeds.Screened()),
        *((ago - apart, deeds.BaselineTaken(values=rest)) for apart in (0, 3, 6)),
        (ago - 6, deeds.BaselineSet()), (ago - 6, deeds.OrderWritten(order=ORDER)),
        (ago - 6, deeds.PresenceNoted(name="Dr Okafor", present=True)),
        (ago - 6, deeds.EscortNoted(name="Sven Berg", phone="070 1")),
        (ago - 6, deeds.SecondCheck(nurse="L. Chen")), *scored(ago - 6, pain=7, moaas=5),
    )  # fmt: skip


def infusing(patient: Patient = PATIENT, ago: float = 34) -> tuple[Done, ...]:
    """Started so many minutes ago at 0.1 mg/kg/h, nothing found since."""
    return (*before_infusion(patient, ago + 10), (ago, deeds.Started(mg_kg_h=0.1, pump_ml_h=7)))


def may_raise() -> tuple[Done, ...]:
    """34 minutes after the start, everything as a raise needs it."""
    return (*infusing(), *scored(4, moaas=5, pain=4, nausea=0, hallucination=0, iv_site=0))


def day_entries(done: tuple[Done, ...], clock: Clock | None = None) -> tuple[DayEntry, ...]:
    now = (clock or ManualClock(START)).wall().timestamp()
    return tuple(
        DayEntry(number=number, at=now - ago * 60, who=NURSE, deed=deed)
        for number, (ago, deed) in enumerate(done, start=1)
    )


def care_of(entries: tuple[DayEntry, ...], clock: Clock | None = None, **more: Any) -> CareSnapshot:
    """The day that these entries tell, of a calm patient with a pressure of a minute ago."""
    clock = clock or ManualClock(START)
    at = clock.wall().timestamp()
    vitals = {"spo2": Vital(value=98, at=at), "rr_co2": Vital(value=14, at=at)}
    seen = Seen(
        at=at,
        vitals=vitals,
        pressures=tuple(Pressure(at=at - 60 * ago, sys=130, dia=80) for ago in range(29, 0, -4)),
    )
    seen = replace(seen, **more.pop("seen", {}))
    session = fold(entries)
    told = summary(session, seen, PROTOCOL)
    return CareSnapshot(session=session, entries=entries, seen=seen, protocol=PROTOCOL, summary=told,
                        offset=at - clock.now(), **more)  # fmt: skip


def care(done: tuple[Done, ...] | None = None, **more: Any) -> CareSnapshot:
    """A day from what was done; by default one that may be raised."""
    return care_of(day_entries(may_raise() if done is None else done), **more)


def past_day(
    session: str = "20260104-01",
    *,
    patient: Patient | None = PATIENT,
    day: int = 3,
    minutes: int = 90,
    **more: Any,
) -> PastSession:
    """A session that ended at `START` on the wall's axis, with values, entries and one alarm."""
    until = ManualClock(START).wall().timestamp() - more.pop("ago_s", 24 * 3600)
    began = until - minutes * 60
    history = History(began - 1)
    fill_numerics(history, began, until)
    care = () if patient is None else tuple(
        DayEntry(number=number, at=began + 60 * number, who=NURSE, deed=deed)
        for number, (_, deed) in enumerate(infusing(patient), start=1)
    )  # fmt: skip
    summary = PastSummary(
        session=session,
        bed="chair-1",
        bed_name="Chair 1",
        started=datetime.fromtimestamp(began, UTC),
        ended=more.pop("ended", datetime.fromtimestamp(until, UTC)),
        seconds=minutes * 60,
        patient=patient,
        course="C1",
        day=day,
        days=5,
        alarms=MappingProxyType({HIGH: 1}),
        simulated=more.pop("simulated", False),
    )
    settings: dict[str, Any] = {"entries": (), "alarms": (), "infused_from": began + 1800} | more
    return PastSession(
        summary=summary, history=history, care=care, until=until, waves=tuple(WAVE_RATES), **settings
    )


def fill_numerics(history: History, start: float, end: float) -> None:
    """A value a second, a cuff every five minutes."""
    at = np.arange(start, end)
    for key, value in VALUES.items():
        times = at[::300] if key.startswith("nibp") else at
        history.add_numerics(key, times, value + 4 * np.sin(times / 300))

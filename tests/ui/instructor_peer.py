"""A lesson made by hand, for tests of the instructor's window: its picture is set, its wishes are kept."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from room import FakeStation, bed, numerics, station

from nurse_station.classroom.view import (
    Bookmark,
    EventShown,
    LessonSnapshot,
    PumpShown,
    Stage,
    Waiting,
    Wish,
)
from nurse_station.simulator.hidden import COLUMNS, Hidden
from nurse_station.training.log import Line, Point, What
from nurse_station.training.scenario import Scenario
from nurse_station.training.scenario_files import factory_folder, load_all

SCENARIOS = load_all(factory_folder())
AIRWAY = SCENARIOS["airway_obstruction"]
AT_REST = MappingProxyType({
    "pump_mg_h": 12.5, "given_mg": 30.4, "plasma": 84.0, "mind": 71.0, "circulation": 80.0, "arousal": 0.2,
    "moaas": 4.0, "dissociation": 1.4, "drive": 0.9, "patency": 1.0, "ventilation": 0.8, "fio2": 0.21,
    "pao2": 96.0, "paco2": 42.0, "sao2": 97.0, "heart_rate": 84.0, "systolic": 138.0, "diastolic": 82.0,
    "perfusion": 0.9, "temperature": 36.7, "probe": 1.0, "leads": 1.0, "cannula": 1.0, "finger": 97.0,
    "pulse_s": 600.0, "pain": 6.0,
})  # fmt: skip
LOG = (
    Line(at=5, what=What.EVENT, key="midazolam", words="Midazolam is given by another (dose 4)"),
    Line(at=60, what=What.EVENT, key="snores", words="Airway obstruction begins (size 0.6)"),
    Line(at=90, what=What.EVENT, key="closes", words="Airway obstruction begins (size 1)"),
    Line(at=112, what=What.ALARM, key="apnoea", words="HIGH", high=True),
    Line(at=118, what=What.DONE, key="call_name", words="Call the name"),
    Line(at=119, what=What.REPLY, key="call_name", words="does not answer the voice; snores"),
    Line(at=126, what=What.AGAINST, key="moved_the_probe",
         words="Looked for the fault at the probe while no air moved"),
    Line(at=128, what=What.DONE, key="jaw_thrust", words="Head tilt, chin lift, jaw thrust"),
)  # fmt: skip


def hidden(at: float = 0.0, *, befallen: tuple[str, ...] = (), **more: float) -> Hidden:
    """A body at rest, but for `more`."""
    values = dict.fromkeys(COLUMNS, 0.0) | dict(AT_REST) | more
    return Hidden(at=at, befallen=frozenset(befallen), **values)


def point(at: float, **more: Any) -> Point:
    """A moment at rest, but for `more`."""
    rest: dict[str, Any] = {
        "plasma": 84.0, "mind": 71.0, "alveolar_o2": 96.0, "sao2": 97.0, "shown_spo2": 97.0, "patency": 1.0,
        "ventilation": 0.8, "moaas": 4.0, "pump_mg_h": 12.5,
    } | more  # fmt: skip
    return Point(at=at, **rest)


def falling(until: float = 130.0) -> tuple[Point, ...]:
    """Points of an airway that closes at second 90; the monitor is 20 s behind."""

    def blood(at: float) -> float:
        return 97.0 - max(0.0, at - 100.0) * 0.4

    return tuple(
        point(at, sao2=blood(at), shown_spo2=blood(at - 20), alveolar_o2=96.0 - max(0.0, at - 90) * 1.2,
              ventilation=0.8 if at <= 90 else 0.0, patency=1.0 if at <= 90 else 0.0)
        for at in range(5, int(until) + 1, 5)
    )  # fmt: skip


def events(scenario: Scenario = AIRWAY, **happened: float) -> tuple[EventShown, ...]:
    """The timeline of a scenario; those named have happened then."""
    return tuple(
        EventShown(name=row.name, words="; ".join(deed.words for deed in row.deeds) or row.say,
                   when=row.when.text, state=Waiting.HAPPENED if row.name in happened else Waiting.WAITING,
                   at=happened.get(row.name))
        for row in scenario.happens
    )  # fmt: skip


def lesson(scenario: Scenario = AIRWAY, **more: Any) -> LessonSnapshot:
    """A lesson that runs, 130 s into an obstructed airway."""
    settings: dict[str, Any] = {
        "trainee": "Ana Lima", "seed": 7, "stage": Stage.RUNNING, "at": 130.0,
        "lasts_s": 60.0 * scenario.lasts_min, "pump": PumpShown(ml_h=12.5, runs=True), "log": LOG,
        "points": falling(), "events": events(scenario, midazolam=5.0, snores=60.0),
        "hidden": hidden(befallen=("obstruction",), pao2=48.0, sao2=85.0, finger=91.0, patency=0.0,
                         ventilation=0.0, paco2=52.0),
        "bookmarks": (Bookmark(number=0, at=0.0, words="the beginning"),
                      Bookmark(number=1, at=85.0, words="before it closes")),
    } | more  # fmt: skip
    return LessonSnapshot(scenario=scenario, **settings)


class FakeLesson:
    """A LessonView: its picture is set by hand, its wishes are kept."""

    def __init__(self, shown: LessonSnapshot | None = None, peer: FakeStation | None = None) -> None:
        shows = {"hr": 84.0, "spo2": 93.0, "rr_co2": 0.0, "etco2": None, "nibp_sys": 138.0, "nibp_dia": 82.0,
                 "temp1": 36.7}  # fmt: skip
        seat = replace(bed(simulated=True), bed="practice", numerics=MappingProxyType(numerics(shows)))
        self.station = peer or station(seat)
        self.shown = shown or lesson()
        self.wishes: list[Wish] = []
        self.waiting: list[str] = []
        self.closed = False

    def show(self, **more: Any) -> None:
        """Another picture."""
        self.shown = replace(self.shown, **more)

    def snapshot(self) -> LessonSnapshot:
        return self.shown

    def send(self, wish: Wish) -> None:
        self.wishes.append(wish)

    def refusals(self) -> list[str]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def close(self) -> None:
        self.closed = True

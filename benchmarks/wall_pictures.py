"""Pictures of a room with 1, 4, 8, 16 and 40 beds in alarm, to be looked at. Measures and judges nothing.

A real station of practice whose clock is moved by hand, the real window without a screen: the wall and the
bed view, light and dark, on a large and on a small screen. Nobody in the pictures is a patient.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from benchmarks.measure import at_least_one, progress
from nurse_station.alarms.words import Priority
from nurse_station.audio.speaker import SilentSpeaker, SpeakerStatus
from nurse_station.devices.contract import Driver, Emulator, Patient
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.sessions.deeds import Entry, PatientBound
from nurse_station.settings.model import BedSettings, Settings
from nurse_station.simulator.acts import Act, Befall, Sensor, Wear
from nurse_station.simulator.body import Body
from nurse_station.simulator.person import Person
from nurse_station.station.begun import BegunDay
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.equipment import Equipment
from nurse_station.station.history import History
from nurse_station.station.station import Station
from nurse_station.training.care import PractisedDay
from nurse_station.training.day import EPOCH
from nurse_station.training.headless import begun
from nurse_station.training.scenario_files import factory_folder as scenario_folder
from nurse_station.training.scenario_files import load_all as load_scenarios
from nurse_station.ui.dress import dress
from nurse_station.ui.models.flash import lights
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock

BEDS = (1, 4, 8, 16, 40)
SIZES = ((1920, 1080), (1280, 800))
THEMES = ("dark", "light")
FAMILY, PROTOCOL, SCENARIO, NURSE = "ge-s5-dri", "crps_4h_titrated", "quiet_day", "M. Ruiz"
BEGINS = datetime.fromtimestamp(EPOCH, UTC)
LIVED_S, STEP_S = 90.0, 0.1
PULLED_S = 55.0
EVERY_LIGHT = frozenset(Priority) - {Priority.NONE}
"""When the cable of a bed in `PULLED` comes off."""
ILL: Mapping[int, tuple[tuple[float, Act], ...]] = MappingProxyType({
    1: ((5.0, Befall(what="bradycardia", size=46.0)),),
    2: ((10.0, Befall(what="deep_apnoea")),),
    4: ((4.0, Befall(what="apnoea", lasts_s=28.0)),),  # over by now: its alarm is latched
    7: ((30.0, Wear(sensor=Sensor.PROBE, on=False)),),
    38: ((10.0, Befall(what="tachycardia", size=150.0)),),
})  # fmt: skip
"""Bed -> what befalls its patient, and at which second."""
PULLED, EMPTY, NOBODY = frozenset({6}), frozenset({5, 13}), frozenset({3, 12})
"""Beds whose monitor falls silent, that have none, and where nobody is known to sit."""
NAMES = ("Berg, Anna", "Osei, Kwame", "Lind, Per", "Featherstonehaugh-Cholmondeley, Maximiliana Alexandra",
         "Novak, Eva", "Haddad, Rami", "Moreau, Claire", "Ito, Ken")  # fmt: skip


class Taken(SilentSpeaker):
    """A speaker whose bursts a picture cannot show."""

    def status(self, now: float) -> SpeakerStatus:
        """See `Speaker.status`: it is well."""
        return SpeakerStatus(usable=True, trouble="", device="none", volume=0.5, taken_at=now)


class Pulled:
    """A monitor whose cable comes off."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._began: float | None = None

    def receive(self, chunk: bytes, now: float) -> None:
        """See `Emulator.receive`."""
        self._emulator.receive(chunk, now)

    def emit(self, now: float) -> bytes:
        """See `Emulator.emit`."""
        self._began = now if self._began is None else self._began
        sent = self._emulator.emit(now)
        return sent if now - self._began < PULLED_S else b""


def patient_of(seed: int) -> Patient:
    """The patient at bed `seed`, with what is to befall."""
    body = Body(Person.drawn(seed), seed)
    for at, act in ILL.get(seed, ()):
        body.act(act, at)
    return body


def driver() -> Driver:
    """The monitor family, in whose hands some cables are loose."""
    family = DRIVERS[FAMILY]

    def emulator(patient: Patient, seed: int) -> Emulator:
        made = family.emulator(patient, seed)
        return Pulled(made) if seed in PULLED else made

    return replace(family, emulator=emulator)


@contextmanager
def lived(folder: Path, beds: int) -> Iterator[Station]:
    """A station of practice after a minute with those beds."""
    clock = ManualClock(1e6, BEGINS)
    station = Station(Equipment(
        clock=clock, drivers={FAMILY: driver()}, patient=patient_of, data_dir=folder, practice=True,
        clinic="Infusion clinic", speaker=Taken(),
        beds=[(f"chair-{number}", f"Chair {number}") for number in range(1, beds + 1)],
    ))  # fmt: skip
    station.open()
    for number in range(1, beds + 1):
        if number not in EMPTY:
            occupy(station, clock, number)
    try:
        for _ in range(round(LIVED_S / STEP_S)):
            clock.advance(STEP_S)
            station.step()
        yield station
    finally:
        station.stop()


def occupy(station: Station, clock: ManualClock, number: int) -> None:
    """Connect a monitor; where the patient is known, the infusion has run for a while."""
    bed = f"chair-{number}"
    station.do(ConnectMonitor(bed=bed, driver=FAMILY, kind=PortKind.SIMULATOR, seed=number))
    if number in NOBODY:
        return
    entries = tuple(named(each.entry) for each in day_of(number).entries)
    day = BegunDay(at=EPOCH, entries=entries, protocol=PROTOCOL, history=History(clock.now() - 3600))
    station.begin_day(bed, day, lambda at: clock.set_wall(datetime.fromtimestamp(at, UTC)))


def named(entry: Entry) -> Entry:
    """An entry whose patient is called as in a clinic: that it is a picture stands across the window."""
    if not isinstance(entry.deed, PatientBound):
        return entry
    patient = replace(entry.deed.patient, name=entry.deed.patient.name.removeprefix("SIMULATION "))
    return replace(entry, deed=replace(entry.deed, patient=patient))


def day_of(number: int) -> PractisedDay:
    """The day of the patient at a bed until now."""
    scenario = load_scenarios(scenario_folder())[SCENARIO]
    patient = replace(scenario.patient, name=NAMES[(number - 1) % len(NAMES)])
    begins = replace(scenario.begins, minutes_in=10.0 + 7 * number % 100)
    protocol = load_all(factory_folder())[PROTOCOL]
    return begun(replace(scenario, patient=patient, begins=begins), number, protocol, NURSE)[1]


@contextmanager
def shown(station: Station, theme: str, size: tuple[int, int]) -> Iterator[MainWindow]:
    """The station's window in a theme and size."""
    beds = tuple(BedSettings(key=bed.bed, name=bed.name) for bed in station.snapshot().beds)
    settings = Settings(beds=beds, theme=theme)
    dress(settings)
    window = MainWindow(station, settings, lambda _settings: None)
    window.resize(*size)
    window.show()
    try:
        yield window
    finally:
        window.bridge.stop()
        window.hide()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def grab(station: Station, clock: ManualClock, window: MainWindow, path: Path) -> None:
    """Let the window draw what the station shows, and keep it: lit, though alarms flash."""
    while lights(clock.now()) != EVERY_LIGHT:
        clock.advance(STEP_S)
        station.step()
    for _ in range(3):
        window.bridge.look()
        window.screens.show_time(clock.wall())
        window.screens.advance(clock.now())
        QApplication.processEvents()
    window.grab().save(str(path))


def take(folder: Path, beds: int) -> list[Path]:
    """Every picture of a room with so many beds."""
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as data, lived(Path(data) / "record", beds) as station:
        for theme in THEMES:
            for size in SIZES:
                taken += _both(station, theme, size, folder / f"{{}}-{beds}-{theme}-{size[0]}.png")
    return taken


def _both(station: Station, theme: str, size: tuple[int, int], path: Path) -> list[Path]:
    bed, wall = (path.with_name(path.name.format(view)) for view in ("bed", "wall"))
    clock = station.clock
    assert isinstance(clock, ManualClock)
    with shown(station, theme, size) as window:
        window.choose_place(min(1, len(station.snapshot().beds) - 1))
        window.room_view.bed_view.make_ribbon()
        grab(station, clock, window, bed)
        window.show_wall()
        grab(station, clock, window, wall)
    return [bed, wall]


def main(argv: Sequence[str]) -> int:
    """Take the pictures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="where the pictures are put")
    parser.add_argument("--beds", type=at_least_one, action="append", metavar="N",
                        help=f"only so many beds; may be given again (default {BEDS})")  # fmt: skip
    options = parser.parse_args(argv)
    options.folder.mkdir(parents=True, exist_ok=True)
    QApplication.instance() or QApplication([])
    for beds in options.beds or BEDS:
        progress(f"{beds} beds")
        for path in take(options.folder, beds):
            print(path)
    progress("")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

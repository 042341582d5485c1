"""The room that a soak lives in: cheap patients with one dip, station and window, and what went wrong there.

Measures no time; `soak` does.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from numpy.typing import NDArray

from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from nurse_station.commands.patients import simulated_patient
from nurse_station.devices.contract import Patient
from nurse_station.devices.registry import DRIVERS
from nurse_station.settings.model import BedSettings, Settings
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.equipment import Equipment
from nurse_station.station.station import Station
from nurse_station.ui.dress import dress
from nurse_station.ui.faults import faults_logged
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.ribbon_lanes import LANES, heights
from nurse_station.ui.widgets.ribbon_plot import RibbonPlot
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import Clock

SIZE = (1920, 1080)
DIP_PCT = 82.0
"""Of the one second; the limit is higher, its delay is longer."""
WELL_LEAST_PCT = 90.0
"""No other SpO2 of these patients is below."""
MINUTE_S = 60
WALL_EVERY = 10
NEAR_S, NEAR_PX = 5.0, 3
"""Since when a monitor counts its seconds is not known to the second, nor the column to the pixel."""
SPO2_LANE = next(number for number, lane in enumerate(LANES) if "spo2" in lane.parameters)


class Dweller:
    """An adult at rest, made cheap: the waves of one minute over and over, each moment's values asked once.

    `dip_s`: when the SpO2 falls, for a second; None: never.
    """

    def __init__(self, patient: Patient, dip_s: float | None) -> None:
        self._patient, self._dip_s = patient, dip_s
        self._minutes: dict[tuple[str, float], NDArray[np.float32]] = {}
        self._values = lru_cache(maxsize=4)(patient.numerics)

    def numerics(self, at: float) -> dict[str, float | None]:
        dips = self._dip_s is not None and self._dip_s <= at < self._dip_s + 1
        return {**self._values(at), "spo2": DIP_PCT} if dips else self._values(at)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        minute = self._minutes.get((key, rate_hz))
        if minute is None:
            minute = self._patient.wave(key, 0.0, round(MINUTE_S * rate_hz), rate_hz)
            self._minutes[key, rate_hz] = minute
        return minute.take(np.arange(count) + round(start * rate_hz), mode="wrap")


def patient_of(dip_s: float, seed: int) -> Patient:
    return Dweller(simulated_patient(seed), dip_s if seed == 1 else None)


class Faults(logging.Handler):
    """Counts what is logged as an error, and keeps the first few."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count, self.first = 0, list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        if len(self.first) < 5:
            self.first.append(record.getMessage())


@contextmanager
def faults_counted() -> Iterator[Faults]:
    faults, root = Faults(), logging.getLogger()
    root.addHandler(faults)
    try:
        with faults_logged():
            yield faults
    finally:
        root.removeHandler(faults)


def resident_mb() -> float:
    """Memory of this process that is in use now; where the system does not say so, its most so far."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1e-6 if sys.platform == "darwin" else 1e-3)


class NothingArrivesError(Exception):
    """A room without waves is no measurement."""


def see_waves(station: Station) -> None:
    """Raises NothingArrivesError where a bed has none."""
    if not all(bed.waves for bed in station.snapshot().beds):
        raise NothingArrivesError([answer.sentence for answer in station.answers()])


@contextmanager
def room(folder: Path, clock: Clock, beds: int, dip_s: float) -> Iterator[tuple[Station, MainWindow]]:
    """A station with a simulated monitor at each bed, and its window."""
    keys = [(f"chair-{number}", f"Chair {number}") for number in range(1, beds + 1)]
    station = Station(Equipment(clock=clock, drivers=DRIVERS, patient=partial(patient_of, dip_s),
                                data_dir=folder, beds=keys, practice=True))  # fmt: skip
    station.open()
    settings = Settings(beds=tuple(BedSettings(key=key, name=name) for key, name in keys))
    for number, (key, _) in enumerate(keys, 1):
        station.send(ConnectMonitor(bed=key, driver="ge-s5-dri", kind=PortKind.SIMULATOR, seed=number))
    dress(settings)
    window = MainWindow(station, settings, lambda _settings: None)
    window.resize(*SIZE)
    window.show()
    try:
        yield station, window
    finally:
        window.bridge.stop()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        station.stop()


def show_minute(window: MainWindow, minute: int, beds: int) -> None:
    """Beds take turns on the screen; every tenth minute the wall has it."""
    wall = minute % WALL_EVERY == WALL_EVERY - 1
    if wall != (window.screens.wall is not None):
        window.show_wall()
    if not wall:
        window.choose_place(minute % beds)


def dip_on_ribbon(window: MainWindow, at: float, picture: str = "") -> bool:
    """Whether the first bed's ribbon, showing all of the day, has the dip where it was, and only there."""
    if window.screens.wall is not None:
        window.show_wall()
    window.choose_place(0)
    window.room_view.bed_view.make_ribbon()
    ribbon = window.room_view.bed_view.ribbon
    assert ribbon is not None
    ribbon.show_width(None)
    window.bridge.look()
    QApplication.processEvents()
    if picture:
        window.grab().save(picture)
    plot = ribbon.findChild(RibbonPlot)
    assert plot is not None
    a_pixel_s = plot.span.width / plot.width()
    apart = [abs(plot.span.start + column * a_pixel_s - at) for column in low_columns(plot)]
    return bool(apart) and max(apart) <= NEAR_S + NEAR_PX * a_pixel_s


def low_columns(plot: RibbonPlot) -> list[int]:
    """The columns of the plot that have a pixel of SpO2 between the dip and what is well."""
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ends = heights(np.array([WELL_LEAST_PCT, DIP_PCT]), LANES[SPO2_LANE].scale, SPO2_LANE)
    top, bottom = (round(-height / len(LANES) * image.height()) for height in ends)
    wanted = current().colour(LANES[SPO2_LANE].colour).rgb()
    return [
        round(x / image.devicePixelRatio())
        for x in range(image.width())
        if any(image.pixel(x, y) == wanted for y in range(top + 2, bottom - 1))
    ]

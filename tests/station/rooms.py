"""Stations for tests: real record, real decoders, a clock moved by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nurse_station.commands.patients import simulated_patient
from nurse_station.devices.registry import DRIVERS
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.equipment import Equipment
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.station import Station
from nurse_station.vitals.clock import Clock, ManualClock

GE = "ge-s5-dri"
TWO_BEDS = (("chair-1", "Chair 1"), ("chair-2", "Chair 2"))


@contextmanager
def opened(folder: Path, clock: Clock, **equipment: object) -> Iterator[Station]:
    """A station of two beds that is open and not running: the test steps it. For practice unless said."""
    words: dict[str, object] = {
        "beds": TWO_BEDS, "patient": simulated_patient, "practice": True, **equipment
    }  # fmt: skip
    station = Station(
        Equipment(clock=clock, drivers=DRIVERS, data_dir=folder, **words)  # type: ignore[arg-type]
    )
    station.open()
    try:
        yield station
    finally:
        station.stop()


def run(station: Station, clock: ManualClock, seconds: float, step: float = 0.05) -> None:
    """Let so much time pass."""
    for _ in range(round(seconds / step)):
        clock.advance(step)
        station.step()


def simulator(bed: str = "chair-1", seed: int = 1) -> ConnectMonitor:
    return ConnectMonitor(bed=bed, driver=GE, kind=PortKind.SIMULATOR, seed=seed)


def serial(port: str, bed: str = "chair-1") -> ConnectMonitor:
    return ConnectMonitor(bed=bed, driver=GE, kind=PortKind.SERIAL, port=port)


def bed_of(station: Station, bed: str = "chair-1") -> BedSnapshot:
    [found] = [each for each in station.snapshot().beds if each.bed == bed]
    return found

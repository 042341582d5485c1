"""From a bedside and its day to a station that watches it: what was before is lived, written and shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nurse_station.alarms.limits import Limits
from nurse_station.audio.speaker import Speaker
from nurse_station.classroom.clock import PracticeClock
from nurse_station.classroom.desk import BED, BED_NAME
from nurse_station.classroom.lines import drivers_for
from nurse_station.classroom.sound import PracticeSpeaker
from nurse_station.devices.contract import Driver
from nurse_station.infusion.protocol import Protocol
from nurse_station.station.begun import BegunDay
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.equipment import Equipment
from nurse_station.station.history import History
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.station import Station
from nurse_station.training.bedside import Bedside
from nurse_station.training.day import EPOCH
from nurse_station.vitals.clock import Clock

CLINIC = "SIMULATION"
SAMPLED_S = 5.0
"""Of what was before second 0 a value each so often is shown."""
CUFF_S = 300.0
CUFF_BEFORE_S = 30.0
"""The last cuff of the lead-in, with the values that the nurse entered then."""
CONTINUOUS = ("hr", "pr", "spo2", "rr_co2", "etco2")
CUFF = ("nibp_sys", "nibp_dia", "nibp_mean")
_LIVED_AT_ONCE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What lessons are built from.

    Attributes:
        folder: Of practice; nothing of a patient is in it.
        clock: The real one.
        speaker: Makes what alarms are heard from; closed by the lesson.
        limits: The alarm limits that a patient starts with.
        protocols: By key.
        drivers: The monitor families, by key.
    """

    folder: Path
    clock: Clock
    speaker: Callable[[], Speaker]
    limits: Limits
    protocols: Mapping[str, Protocol]
    drivers: Mapping[str, Driver]


def lived(bedside: Bedside, history: History, begins_at: float) -> Iterator[float]:
    """Live what was before second 0, and keep its vital signs. `begins_at`: monotonic seconds of second 0.

    Yields:
        The share that is done, now and then.
    """
    times = np.arange(-bedside.lead_s, 0.0, SAMPLED_S)
    kept: dict[str, list[tuple[float, float]]] = {}
    for at in times:
        values = bedside.numerics(float(at))
        cuff = (at + CUFF_BEFORE_S) % CUFF_S < SAMPLED_S
        for key in (*CONTINUOUS, *(CUFF if cuff else ())):
            value = values.get(key)
            if value is not None:
                kept.setdefault(key, []).append((float(at) + begins_at, float(round(value))))
        if at % _LIVED_AT_ONCE_S < SAMPLED_S:
            yield 1.0 + float(at) / bedside.lead_s
    for key, rows in kept.items():
        seconds, values_of = np.array(rows).T
        history.add_numerics(key, seconds, values_of)
    yield 1.0


def opened(
    place: Place, folder: Path, bedside: Bedside, keys: tuple[str, ...], speaker: Speaker,
    clock: PracticeClock, day: BegunDay,
) -> Station:  # fmt: skip
    """A station on a fresh folder that goes on with a day, its monitors connected. The clock stands.

    Raises:
        RecordError: The folder cannot be written.
    """
    lines = dict(zip(keys, bedside.lines, strict=True))
    clock.turn_to(day.at - EPOCH)  # the station takes the time of day as it begins
    limits = LimitBook()
    limits.limits = place.limits
    station = Station(Equipment(
        clock=clock, drivers=drivers_for(lines, place.drivers, clock.second_at),
        patient=lambda seed: bedside.patient, data_dir=folder, clinic=CLINIC, beds=((BED, BED_NAME),),
        speaker=PracticeSpeaker(speaker, place.clock), limits=limits, protocols=place.protocols,
        practice=True,
    ))  # fmt: skip
    try:
        station.open()
        for key in keys:
            station.do(ConnectMonitor(bed=BED, driver=key, kind=PortKind.SIMULATOR))
        station.begin_day(BED, day, lambda at: clock.turn_to(at - EPOCH))
    except BaseException:  # whatever it is: no thread of a station that nobody has stays behind
        station.stop()
        raise
    return station

"""What tests of alarms at the station need: patients who can be made ill, an ear, a journal read back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nurse_station.alarms.changes import Entry, entry_from_json
from nurse_station.alarms.commands import AlarmCommand
from nurse_station.alarms.signals import AlarmStatus, AudioSignal
from nurse_station.audio.speaker import SpeakerStatus
from nurse_station.commands.patients import simulated_patient
from nurse_station.devices.contract import Patient
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.reader import RecordReader
from nurse_station.station.commands import AskAlarms, Command
from nurse_station.station.journal import ACTS, ALARM
from nurse_station.station.line import MonitorLine
from nurse_station.station.opening import opening_for
from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import GE, bed_of, run, simulator


class Ill:
    """An adult at rest whose numbers a test may set, while the monitor measures."""

    def __init__(self, seed: int, **values: float | None) -> None:
        self.values = values
        self._well = simulated_patient(seed)

    def numerics(self, at: float) -> dict[str, float | None]:
        return {**self._well.numerics(at), **self.values}

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        return self._well.wave(key, start, count, rate_hz)


class Ward:
    """The patients of a room by their seed."""

    def __init__(self) -> None:
        self.patients: dict[int, Ill] = {}

    def patient(self, seed: int) -> Patient:
        return self.patients.setdefault(seed, Ill(seed))

    def set(self, seed: int, **values: float | None) -> None:
        self.patients[seed].values.update(values)


class Ear:
    """A speaker that a test listens to. `usable` may be taken away."""

    first_sample_at = None

    def __init__(self) -> None:
        self.usable = True
        self.signal: AudioSignal | None = None
        self.tests = 0
        self.volume = 0.8
        self.closed = False

    def sound(self, signal: AudioSignal | None) -> None:
        self.signal = signal

    def status(self, now: float) -> SpeakerStatus:
        trouble = "" if self.usable else "The output takes nothing."
        return SpeakerStatus(
            usable=self.usable, trouble=trouble, device="ear", volume=self.volume, taken_at=now
        )

    def test(self) -> None:
        self.tests += 1

    def set_volume(self, share: float) -> None:
        self.volume = share

    def close(self) -> None:
        self.closed = True


def alarm_at(station: Station, condition: str, bed: str = "chair-1") -> AlarmStatus | None:
    """The alarm of a bed as the screen sees it; None: it is not there."""
    return next((s for s in bed_of(station, bed).alarms.present if s.condition == condition), None)


def ask(station: Station, command: AlarmCommand, bed: str = "chair-1") -> tuple[bool, str]:
    return told(station, AskAlarms(bed=bed, command=command))


def told(station: Station, command: Command) -> tuple[bool, str]:
    """What the station answers to a command."""
    station.answers()
    station.send(command)
    station.step()
    [found] = station.answers()
    return found.done, found.sentence


def until(
    station: Station, clock: ManualClock, condition: str, within_s: float, bed: str = "chair-1"
) -> float:
    """Let time pass until an alarm is there. Returns the seconds that it took."""
    began = clock.now()
    while clock.now() - began < within_s:
        if alarm_at(station, condition, bed) is not None:
            return clock.now() - began
        run(station, clock, 0.1)
    msg = f"no {condition} within {within_s} s: {bed_of(station, bed).alarms.present}"
    raise AssertionError(msg)


def kept(folder: Path, session: str | None) -> list[Entry]:
    """The entries of the alarms in the journal of a session; None: of the room, each with its bed."""
    with RecordReader(folder) as reader:
        found = [entry for entry in reader.journal(session) if entry.kind == ALARM or entry.kind in ACTS]
    bodies = [{key: value for key, value in entry.body.items() if key != "bed"} for entry in found]
    return [entry_from_json(body) for body in bodies]


def real_line(patient: Patient) -> MonitorLine:
    """A line that is not a simulation for the record: a session on it goes on after a restart."""
    opening = opening_for(simulator(), DRIVERS[GE], lambda seed: patient)
    return MonitorLine(DRIVERS[GE], replace(opening, simulated=False))

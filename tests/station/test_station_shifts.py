"""Whatever a shift brings: no bed meets a fault, the loudest sounds, each entry is kept once and in order."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_station.alarms.changes import Entry
from nurse_station.alarms.commands import (
    Acknowledge,
    AlarmCommand,
    CancelPause,
    EnterResponsiveness,
    PauseAudio,
    SetBaseline,
    SetCheckDue,
    SetLimit,
    SetPhase,
    SwitchOff,
)
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Scope
from nurse_station.alarms.words import Phase
from nurse_station.links.link import LinkError
from nurse_station.station.commands import AskAlarms, Command, DisconnectMonitor, EndSession, PauseRoom
from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import GE, opened, simulator
from tests.station.wards import Ear, Ward, kept

BEDS = ("chair-1", "chair-2")
STEPS = 120


class Shift:
    """Random things that happen in a room of two beds."""

    def __init__(self, station: Station, clock: ManualClock, ward: Ward, ear: Ear, seed: int) -> None:
        self.station, self.clock, self.ward, self.ear = station, clock, ward, ear
        self.chance = random.Random(seed)
        self.logs: dict[str, list[Entry]] = {}

    def happens(self) -> None:
        """One thing, and some time after it."""
        things: list[tuple[float, Callable[[str], None]]] = [
            (8, self._patient_changes), (4, self._asked), (3, self._connected), (1, self._ended),
            (1, self._disconnected), (1, self._paused), (1, self._line_lost), (1, self._output_changes),
            (0.3, self._slept),
        ]  # fmt: skip
        [(_, thing)] = self.chance.choices(things, weights=[weight for weight, _ in things])
        thing(self.chance.choice(BEDS))
        for _ in range(self.chance.randint(1, 30)):
            self.clock.advance(0.1)
            self.station.step()
            self._look()

    def _look(self) -> None:
        for bed in self.station._reception.beds.values():
            if bed.session is not None:
                self.logs.setdefault(bed.session, bed.alarms.log)
        assert not self.station._reception.faulty
        sounds = [bed.alarms.sound for bed in self.station.snapshot().beds if bed.alarms.sound is not None]
        loudest = max((sound.priority for sound in sounds), default=None)
        assert (self.ear.signal.priority if self.ear.signal else None) == loudest

    def _send(self, command: Command) -> None:
        self.station.send(command)

    def _patient_changes(self, bed: str) -> None:
        if int(bed[-1]) in self.ward.patients:
            values = {"spo2": (97.0, 90.0, 84.0, None), "hr": (70.0, 45.0, 140.0), "rr_co2": (14.0, 7.0, 0.0)}
            self.ward.set(int(bed[-1]), **{key: self.chance.choice(these) for key, these in values.items()})

    def _asked(self, bed: str) -> None:
        self._send(AskAlarms(bed=bed, command=self.chance.choice(self._commands())))

    def _commands(self) -> list[AlarmCommand]:
        row = LIMIT_ROWS[self.chance.choice(list(LIMIT_ROWS))]
        number = self.chance.uniform(row.low, row.high)
        limits = [SetLimit(key=row.key, number=number, who="x", scope=scope) for scope in Scope]
        return [
            *limits, Acknowledge(who="x"), PauseAudio(who=""), CancelPause(who="x"),
            SwitchOff(condition=self.chance.choice(list(CONDITIONS)), why="asked", who="x"),
            SetPhase(phase=self.chance.choice(list(Phase)), who="x"), EnterResponsiveness(who="x", moaas=1),
            SetCheckDue(at=self.clock.now() + 10, who="x"), SetBaseline(baseline={"hr": 60.0}, who="x"),
        ]  # fmt: skip

    def _connected(self, bed: str) -> None:
        self._send(simulator(bed, seed=int(bed[-1])))

    def _ended(self, bed: str) -> None:
        self._send(EndSession(bed=bed, who="x"))

    def _disconnected(self, bed: str) -> None:
        self._send(DisconnectMonitor(bed=bed, source=GE))

    def _paused(self, bed: str) -> None:
        self._send(PauseRoom())

    def _line_lost(self, bed: str) -> None:
        for line in self.station._reception.beds[bed].lines:
            line.lost(LinkError("the cable was pulled"), self.clock.now())

    def _output_changes(self, bed: str) -> None:
        self.ear.usable = not self.ear.usable

    def _slept(self, bed: str) -> None:
        self.clock.advance(15)


@pytest.mark.parametrize("seed", [1, 2])
def test_over_a_random_shift_every_entry_is_kept_once_and_what_is_loudest_sounds(
    tmp_path: Path, seed: int
) -> None:
    clock, ward, ear = ManualClock(10.0), Ward(), Ear()
    with opened(tmp_path, clock, patient=ward.patient, speaker=ear) as station:
        shift = Shift(station, clock, ward, ear, seed)
        for _ in range(STEPS):
            shift.happens()
    assert len(shift.logs) > 1
    for session, log in shift.logs.items():
        assert [entry.number for entry in log] == list(range(1, len(log) + 1))
        in_journal = kept(tmp_path, session)
        before_it_began = len(log) - len(in_journal)
        assert before_it_began >= 0
        assert log[before_it_began:] == in_journal

"""Answers commands: what is asked for is done, or refused in a sentence. For the station's thread alone."""

import logging
import os
from typing import Protocol

from nurse_station.alarms.words import Phase
from nurse_station.station.alarm_desk import AlarmDesk, Room
from nurse_station.station.bed import BedMonitor, Place
from nurse_station.station.commands import (
    AddNote,
    ArrangeBeds,
    AskAlarms,
    Command,
    ConnectMonitor,
    CorrectDeed,
    DisconnectMonitor,
    DoDeed,
    EndSession,
    PauseRoom,
    PortKind,
    RenameBed,
    SetVolume,
    TestSound,
    why_apart,
)
from nurse_station.station.equipment import Equipment
from nurse_station.station.line import MonitorLine
from nurse_station.station.opening import opening_for
from nurse_station.station.view import Answer

log = logging.getLogger(__name__)

RoomCommand = ArrangeBeds | PauseRoom | TestSound | SetVolume
"""Commands that are for no one bed."""


class Station(Place, Room, Protocol):
    """What the reception needs of the station around it."""


class Reception:
    """The beds, and what may be done with them.

    Attributes:
        beds: By key, in the clinic's order; replaced as a whole, for other threads look at it.
        clinic: The clinic's name.
        faulty: Keys of beds at which the program met a fault of its own.
    """

    def __init__(self, equipment: Equipment, place: Station) -> None:
        self.beds = {key: BedMonitor(key, name, place) for key, name in equipment.beds}
        self.clinic = equipment.clinic
        self.faulty: set[str] = set()
        self._equipment = equipment
        self._place = place
        self._desk = AlarmDesk(place, equipment.volume_set)
        self._connected: dict[str, dict[str, ConnectMonitor]] = {}

    def answer(self, command: Command) -> Answer:
        """Do what is asked, and say what became of it."""
        if isinstance(command, RoomCommand):
            return self._answer_for_room(command)
        bed = self.beds.get(command.bed)
        if bed is None:
            return Answer(done=False, sentence=f"There is no bed {command.bed}.", bed=command.bed)
        match command:
            case ConnectMonitor():
                return self._connect(bed, command)
            case DisconnectMonitor():
                return self._disconnect(bed, command)
            case EndSession():
                return self._end_session(bed, command)
            case RenameBed():
                return self._rename(bed, command)
            case AddNote():
                return self._note(bed, command)
            case AskAlarms():
                return self._desk.ask(bed, self.beds, command)
            case DoDeed() | CorrectDeed():
                done, sentence = bed.do(command)
                return Answer(done=done, sentence=f"{bed.name}: {sentence}", bed=bed.bed)

    def _answer_for_room(self, command: RoomCommand) -> Answer:
        match command:
            case ArrangeBeds():
                return self._arrange(command)
            case PauseRoom():
                return self._desk.pause_room(self.beds, command)
            case TestSound():
                return self._desk.test_sound(command)
            case SetVolume():
                return self._desk.set_volume(command)

    def _connect(self, bed: BedMonitor, command: ConnectMonitor) -> Answer:
        refusal = self._why_not_connect(bed, command)
        if refusal:
            return Answer(done=False, sentence=refusal, bed=bed.bed)
        driver = self._equipment.drivers[command.driver]
        opening = opening_for(command, driver, self._equipment.patient)
        self.faulty.discard(bed.bed)
        bed.connect(MonitorLine(driver, opening))
        log.info("bed %s: connecting %s on %s", bed.bed, driver.key, opening.port)
        self._connected.setdefault(bed.bed, {})[driver.key] = command
        self._remember(bed.bed)
        return Answer(done=True, sentence=f"{bed.name}: connecting {driver.name} on {opening.port}.",
                      bed=bed.bed)  # fmt: skip

    def _why_not_connect(self, bed: BedMonitor, command: ConnectMonitor) -> str:
        if command.driver not in self._equipment.drivers:
            known = ", ".join(self._equipment.drivers)
            return f"There is no monitor family {command.driver}; known are {known}."
        apart = why_apart(command.kind, practice=self._equipment.practice)
        if apart:
            return f"{bed.name}: {apart}"
        if command.kind is not PortKind.SERIAL:
            return ""
        for other, monitors in self._connected.items():
            for source, held in monitors.items():
                mine = other == bed.bed and source == command.driver
                if held.kind is PortKind.SERIAL and _same(held.port, command.port) and not mine:
                    return (f"{command.port} is already used by {self.beds[other].name}: one port is "
                            "one patient's. Disconnect it there first.")  # fmt: skip
        return ""

    def _disconnect(self, bed: BedMonitor, command: DisconnectMonitor) -> Answer:
        if bed.alarms.phase is Phase.INFUSING:
            return Answer(done=False, sentence=f"{bed.name}: a monitor cannot be disconnected while the "
                          "infusion runs; stop the infusion first.", bed=bed.bed)  # fmt: skip
        done = bed.disconnect(command.source)
        self._connected.get(bed.bed, {}).pop(command.source, None)
        self._remember(bed.bed)
        sentence = "disconnected." if done else "no such monitor is connected."
        return Answer(done=done, sentence=f"{bed.name}: {sentence}", bed=bed.bed)

    def _end_session(self, bed: BedMonitor, command: EndSession) -> Answer:
        if bed.alarms.phase is Phase.INFUSING:
            sentence = (f"{bed.name}: the session cannot be ended while the infusion runs, for its alarms "
                        "end with it; stop the infusion first.")  # fmt: skip
            return Answer(done=False, sentence=sentence, bed=bed.bed)
        done = bed.end_session(command.who or "nurse")
        self.faulty.discard(bed.bed)
        log.info("bed %s: session ended", bed.bed)
        self._connected.pop(bed.bed, None)
        sentence = "the session is ended and kept." if done else "no session is running."
        return Answer(done=done, sentence=f"{bed.name}: {sentence}", bed=bed.bed)

    def _rename(self, bed: BedMonitor, command: RenameBed) -> Answer:
        old = bed.name
        if any(other.name == command.name for other in self.beds.values() if other is not bed):
            sentence = (
                f"{old} cannot be called {command.name}: another bed is, and alarms must name one patient."
            )
            return Answer(done=False, sentence=sentence, bed=bed.bed)
        self._give_name(bed, command.name, command.who or "nurse")
        self._equipment.renamed(bed.bed, bed.name)
        return Answer(done=True, sentence=f"{old} is now called {bed.name}.", bed=bed.bed)

    def _give_name(self, bed: BedMonitor, name: str, who: str) -> None:
        if name != bed.name:
            old, bed.name = bed.name, name
            bed.note("bed_renamed", {"bed": bed.bed, "old": old, "new": name}, who)

    def _note(self, bed: BedMonitor, command: AddNote) -> Answer:
        if bed.session is None:
            return Answer(done=False, sentence=f"{bed.name}: no session is running to write into.",
                          bed=bed.bed)  # fmt: skip
        bed.note("note", {"text": command.text}, command.who or "nurse")
        return Answer(done=True, sentence=f"{bed.name}: noted.", bed=bed.bed)

    def _arrange(self, command: ArrangeBeds) -> Answer:
        wanted = dict(command.beds)
        if len(set(wanted.values())) < len(command.beds):
            sentence = "Two beds cannot have one key or one name: alarms must name one patient."
            return Answer(done=False, sentence=sentence)
        busy = [
            bed.name for key, bed in self.beds.items() if key not in wanted and (bed.lines or bed.session)
        ]
        if busy:
            return Answer(done=False, sentence=f"{', '.join(busy)} cannot be removed while in use: "
                          "end the session and disconnect the monitor first.")  # fmt: skip
        beds = {}
        for key, name in command.beds:
            beds[key] = self.beds.get(key) or BedMonitor(key, name, self._place)
            self._give_name(beds[key], name, "nurse")
        self.beds = beds
        self.clinic = command.clinic
        return Answer(done=True, sentence="The settings are in use.")

    def _remember(self, bed: str) -> None:
        monitors = self._connected.get(bed, {}).values()
        self._equipment.remember(bed, tuple(m for m in monitors if m.kind is PortKind.SERIAL))


def _same(port: str, other: str) -> bool:
    """Whether two names are of one port: a link to it is it."""
    return port == other or os.path.realpath(port) == os.path.realpath(other)


def bed_of(command: Command) -> str:
    """Key of the bed that a command is for; empty: the whole room."""
    return "" if isinstance(command, RoomCommand) else command.bed

"""The station: owns every bed, does what it is told, publishes snapshots. One thread, or a test, steps it."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nurse_station.devices.contract import Driver, Patient
from nurse_station.links.link import Link, LinkError
from nurse_station.links.poller import Arrival, Poller
from nurse_station.links.ports import list_ports
from nurse_station.records.writer import RecordWriter
from nurse_station.station.bed import STATION, BedMonitor
from nurse_station.station.commands import (
    AddNote,
    ArrangeBeds,
    Command,
    ConnectMonitor,
    DisconnectMonitor,
    EndSession,
    PortKind,
    RenameBed,
)
from nurse_station.station.history import History
from nurse_station.station.line import MonitorLine
from nurse_station.station.opening import opening_for
from nurse_station.station.resume import resume_sessions
from nurse_station.station.snapshots import RecordSnapshot, RecordState, RoomSnapshot
from nurse_station.station.view import Answer, MonitorChoice, PortChoice
from nurse_station.vitals.clock import Clock

log = logging.getLogger(__name__)

TICK_S = 0.1
"""Snapshots are made so often at the least."""
PUBLISH_S = 0.02
"""And not oftener than so, however many frames come."""
FLUSH_S = 1.0
GAP_S = 10.0
"""When the thread was away for longer (the computer slept), that is a gap and is written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What a station is built from.

    Attributes:
        clock: Passed to everything.
        drivers: The monitor families, by key.
        patient: Makes the simulated patient with a seed.
        data_dir: Where the record is.
        clinic: The clinic's name; may be empty.
        beds: (key, name) of each bed in the clinic's order.
        remember: Told when the serial monitors of a bed changed, so that they are connected next time.
    """

    clock: Clock
    drivers: Mapping[str, Driver]
    patient: Callable[[int], Patient]
    data_dir: Path
    clinic: str = ""
    beds: Sequence[tuple[str, str]] = (("chair-1", "Chair 1"),)
    remember: Callable[[str, tuple[ConnectMonitor, ...]], None] = lambda bed, monitors: None


class Station:
    """The room. `station.view.StationView` for a screen; `step` for whoever drives it."""

    def __init__(self, equipment: Equipment) -> None:
        self.clock = equipment.clock
        self.record = RecordWriter(equipment.data_dir, equipment.clock)
        self.lines_folder = equipment.data_dir / "lines"
        self._equipment = equipment
        self._clinic = equipment.clinic
        self._beds = {key: BedMonitor(key, name, self) for key, name in equipment.beds}
        self._connected: dict[str, dict[str, ConnectMonitor]] = {}
        self._poller = Poller()
        self._watched: dict[Link, tuple[BedMonitor, MonitorLine]] = {}
        self._commands: deque[Command] = deque()
        self._answers: deque[Answer] = deque(maxlen=100)
        now = self.clock.now()
        self._next_tick, self._next_flush, self._last_step = now, now + FLUSH_S, now
        self._published = now
        self._snapshot = self._picture(now)
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    # For a screen, from any thread

    def snapshot(self) -> RoomSnapshot:
        """See `StationView.snapshot`."""
        return self._snapshot

    def history(self, bed: str) -> History:
        """See `StationView.history`."""
        return self._beds[bed].history

    def send(self, command: Command) -> None:
        """See `StationView.send`."""
        self._commands.append(command)
        self._poller.wake()

    def answers(self) -> list[Answer]:
        """See `StationView.answers`."""
        found: list[Answer] = []
        with contextlib.suppress(IndexError):
            while True:
                found.append(self._answers.popleft())
        return found

    def monitors(self) -> tuple[MonitorChoice, ...]:
        """See `StationView.monitors`."""
        return tuple(
            MonitorChoice(key=d.key, name=d.name, models=d.models, line=str(d.line), notes=d.notes)
            for d in self._equipment.drivers.values()
        )

    def ports(self) -> tuple[PortChoice, ...]:
        """See `StationView.ports`."""
        names = {bed.bed: bed.name for bed in self._snapshot.beds}
        used = {
            command.port: names.get(bed, bed)
            for bed, monitors in self._connected.copy().items()
            for command in monitors.copy().values()
            if command.kind is PortKind.SERIAL
        }
        return tuple(
            PortChoice(path=port.path, name=port.description, serial_number=port.serial_number,
                       used_by=used.get(port.path, ""))
            for port in list_ports()
        )  # fmt: skip

    # For whoever drives it

    def links(self) -> tuple[Link, ...]:
        """The lines that are open now."""
        return tuple(self._watched)

    def open(self) -> None:
        """Open the record and go on with sessions that were not ended. Raises RecordError."""
        self.record.start()
        resume_sessions(self._beds, self._equipment.data_dir, self.record, self.clock)
        self._snapshot = self._picture(self.clock.now())

    def start(self) -> None:
        """Run in a thread of its own until `stop`."""
        self._thread = threading.Thread(target=self._run, name="station", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread if there is one, close lines and record. Sessions stay open."""
        self._stopping.set()
        self._poller.wake()
        if self._thread is not None:
            self._thread.join()
        for bed in self._beds.values():
            bed.close()
        self.record.close()
        self._poller.close()

    def step(self, timeout: float = 0.0) -> None:
        """Wait up to `timeout` seconds for bytes, take what came, do what is due."""
        started = self.clock.now()
        due = max(0.0, min(timeout, self._next_tick - started))
        for arrival in self._poller.wait(started, 0.0 if self._commands else due):
            self._arrived(arrival)
        news = self._obey()
        now = self.clock.now()
        self._notice_gap(now)
        if now >= self._next_tick:
            self._tick(now)
        if news or now - self._published >= PUBLISH_S:
            self._published = now
            self._snapshot = self._picture(now)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.step(TICK_S)
            except Exception:  # noqa: BLE001 - a fault of ours at one bed must not blind the room
                log.exception("a step of the station failed")
                self._answers.append(Answer(done=False, sentence="The station met a fault of its own; "
                                            "look at the bedside monitors and at the log file."))  # fmt: skip
                self._stopping.wait(TICK_S)

    def _tick(self, now: float) -> None:
        self._next_tick = now + TICK_S
        for bed in tuple(self._beds.values()):
            bed.tick(now)
        self._watch()
        if now >= self._next_flush:
            self._next_flush = now + FLUSH_S
            for bed in self._beds.values():
                bed.flush()

    def _watch(self) -> None:
        """Give the poller the lines that were opened or closed since."""
        open_now = {
            line.link: (bed, line)
            for bed in self._beds.values()
            for line in bed.lines
            if line.link is not None and not line.ended
        }
        for link in self._watched.keys() - open_now.keys():
            self._poller.remove(link)
        for link in open_now.keys() - self._watched.keys():
            self._poller.add(link)
        self._watched = open_now

    def _arrived(self, arrival: Arrival) -> None:
        found = self._watched.get(arrival.link)
        if found is None:
            return  # closed a moment ago
        bed, line = found
        now = self.clock.now()
        if arrival.error is not None:
            bed.lost(line, arrival.error, now)
        else:
            bed.receive(line, arrival.data, now)
        self._published = min(self._published, now - PUBLISH_S)

    def _notice_gap(self, now: float) -> None:
        gap = now - self._last_step
        self._last_step = now
        if gap > GAP_S and self._thread is not None:
            for bed in self._beds.values():
                if bed.session is not None:
                    bed.note("monitoring_gap", {"seconds": round(gap, 1)}, STATION)

    def _picture(self, now: float) -> RoomSnapshot:
        return RoomSnapshot(
            at=now,
            wall=self.clock.wall(),
            clinic=self._clinic,
            beds=tuple(bed.snapshot(now) for bed in self._beds.values()),
            record=self._record_snapshot(),
        )

    def _record_snapshot(self) -> RecordSnapshot:
        status = self.record.snapshot()
        tapes = "; ".join(trouble for bed in self._beds.values() for trouble in bed.tape_troubles())
        return RecordSnapshot(
            state=RecordState(status.state.value),
            place=status.place,
            saved=status.saved,
            trouble=status.trouble or tapes,
            waiting_s=status.waiting_s,
            disk_hours=status.disk_hours,
        )

    # Commands

    def _obey(self) -> bool:
        obeyed = bool(self._commands)
        while self._commands:
            command = self._commands.popleft()
            try:
                self._answers.append(self._answer(command))
            except LinkError as error:
                self._answers.append(Answer(done=False, sentence=str(error), bed=_bed_of(command)))
        self._watch()
        return obeyed

    def _answer(self, command: Command) -> Answer:
        if isinstance(command, ArrangeBeds):
            return self._arrange(command)
        bed = self._beds.get(command.bed)
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

    def _connect(self, bed: BedMonitor, command: ConnectMonitor) -> Answer:
        refusal = self._why_not_connect(bed, command)
        if refusal:
            return Answer(done=False, sentence=refusal, bed=bed.bed)
        driver = self._equipment.drivers[command.driver]
        opening = opening_for(command, driver, self._equipment.patient)
        if bed.session is not None and bed.session_simulated != opening.simulated:
            kind = "a simulation" if bed.session_simulated else "not a simulation"
            sentence = (f"The session of {bed.name} is {kind}: end it first, so that nothing simulated "
                        "enters a patient's record.")  # fmt: skip
            return Answer(done=False, sentence=sentence, bed=bed.bed)
        bed.connect(MonitorLine(driver, opening))
        self._connected.setdefault(bed.bed, {})[driver.key] = command
        self._remember(bed.bed)
        return Answer(done=True, sentence=f"{bed.name}: connecting {driver.name} on {opening.port}.",
                      bed=bed.bed)  # fmt: skip

    def _why_not_connect(self, bed: BedMonitor, command: ConnectMonitor) -> str:
        if command.driver not in self._equipment.drivers:
            known = ", ".join(self._equipment.drivers)
            return f"There is no monitor family {command.driver}; known are {known}."
        if command.kind is not PortKind.SERIAL:
            return ""
        for other, monitors in self._connected.items():
            for source, held in monitors.items():
                mine = other == bed.bed and source == command.driver
                if held.kind is PortKind.SERIAL and held.port == command.port and not mine:
                    return (f"{command.port} is already used by {self._beds[other].name}: one port is "
                            "one patient's. Disconnect it there first.")  # fmt: skip
        return ""

    def _disconnect(self, bed: BedMonitor, command: DisconnectMonitor) -> Answer:
        done = bed.disconnect(command.source)
        self._connected.get(bed.bed, {}).pop(command.source, None)
        self._remember(bed.bed)
        sentence = "disconnected." if done else "no such monitor is connected."
        return Answer(done=done, sentence=f"{bed.name}: {sentence}", bed=bed.bed)

    def _end_session(self, bed: BedMonitor, command: EndSession) -> Answer:
        done = bed.end_session(command.who or "nurse")
        self._connected.pop(bed.bed, None)
        sentence = "the session is ended and kept." if done else "no session is running."
        return Answer(done=done, sentence=f"{bed.name}: {sentence}", bed=bed.bed)

    def _rename(self, bed: BedMonitor, command: RenameBed) -> Answer:
        old, bed.name = bed.name, command.name
        body = {"bed": bed.bed, "old": old, "new": bed.name}
        bed.note("bed_renamed", body, command.who or "nurse")
        return Answer(done=True, sentence=f"{old} is now called {bed.name}.", bed=bed.bed)

    def _note(self, bed: BedMonitor, command: AddNote) -> Answer:
        if bed.session is None:
            return Answer(done=False, sentence=f"{bed.name}: no session is running to write into.",
                          bed=bed.bed)  # fmt: skip
        bed.note("note", {"text": command.text}, command.who or "nurse")
        return Answer(done=True, sentence=f"{bed.name}: noted.", bed=bed.bed)

    def _arrange(self, command: ArrangeBeds) -> Answer:
        wanted = dict(command.beds)
        busy = [
            bed.name for key, bed in self._beds.items() if key not in wanted and (bed.lines or bed.session)
        ]
        if busy:
            return Answer(done=False, sentence=f"{', '.join(busy)} cannot be removed while in use: "
                          "end the session and disconnect the monitor first.")  # fmt: skip
        beds = {}
        for key, name in command.beds:
            beds[key] = self._beds.get(key) or BedMonitor(key, name, self)
            beds[key].name = name
        self._beds = beds
        self._clinic = command.clinic
        return Answer(done=True, sentence=f"The room has {len(beds)} beds.")

    def _remember(self, bed: str) -> None:
        monitors = self._connected.get(bed, {}).values()
        self._equipment.remember(bed, tuple(m for m in monitors if m.kind is PortKind.SERIAL))


def _bed_of(command: Command) -> str:
    return "" if isinstance(command, ArrangeBeds) else command.bed

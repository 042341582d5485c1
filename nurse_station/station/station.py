"""The station: owns every bed, does what it is told, publishes snapshots. One thread, or a test, steps it."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from nurse_station.alarms.changes import Entry
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.devices.identify import lines_of
from nurse_station.infusion.protocol import Protocol as InfusionProtocol
from nurse_station.links.link import Link, LinkError
from nurse_station.links.poller import Arrival, Poller
from nurse_station.records.words import STATION
from nurse_station.records.writer import RecordWriter
from nurse_station.station.bed import BedMonitor
from nurse_station.station.begun import BegunDay, begin_day
from nurse_station.station.commands import Command
from nurse_station.station.days import read_days
from nurse_station.station.equipment import Equipment
from nurse_station.station.faults import faults_of_room
from nurse_station.station.gaps import GAP_S, GapWatch
from nurse_station.station.history import History
from nurse_station.station.line import MonitorLine
from nurse_station.station.past import PastSession, PastSummary, PastWaves
from nurse_station.station.past_reader import MOST_WAVES_S, read_past, read_past_sessions, read_past_waves
from nurse_station.station.port_desk import PortDesk
from nurse_station.station.raw_bytes import RawBytes
from nurse_station.station.reception import Reception, bed_of
from nurse_station.station.resume import resume_sessions
from nurse_station.station.snapshots import BedSnapshot, RecordSnapshot, RecordState, RoomSnapshot
from nurse_station.station.view import Answer, LineChoice, MonitorChoice, PatientDay, PortChoice, Recognition
from nurse_station.station.voice import Voice

log = logging.getLogger(__name__)

TICK_S = 0.1
"""Snapshots are made so often at the least."""
PUBLISH_S = 0.02
"""And not oftener than so, however many frames come."""
FLUSH_S = 1.0
FAULT = "{}: the program met a fault of its own there. Look at the bedside monitor; connect it anew."


class Station:
    """The room. `station.view.StationView` for a screen; `step` for whoever drives it."""

    def __init__(self, equipment: Equipment) -> None:
        self.clock = equipment.clock
        self.record = RecordWriter(
            equipment.data_dir, equipment.clock, backup=equipment.backup, practice=equipment.practice
        )
        self.lines_folder = equipment.data_dir / "lines"
        self.raw = RawBytes(self.lines_folder)
        self.limits = equipment.limits
        self.preferences = equipment.preferences
        self.voice = Voice(equipment.speaker)
        self._equipment = equipment
        self._reception = Reception(equipment, self)
        self._poller = Poller()
        self._port_desk = PortDesk(equipment.drivers, equipment.clock, self.snapshot)
        self._watched: dict[Link, tuple[BedMonitor, MonitorLine]] = {}
        self._commands: deque[Command] = deque()
        self._answers: deque[Answer] = deque(maxlen=100)
        now = self.clock.now()
        self._next_tick, self._next_flush, self._last_step = now, now + FLUSH_S, now
        self._gaps = GapWatch(now, self.clock.wall())
        self._published = now
        self._unwatched = ""
        self._alarms: list[tuple[AlarmStatus, ...]] = []
        self._call: Callable[[], None] = lambda: None
        self._pictures: dict[str, BedSnapshot] = {}
        self._changed: set[str] = set()
        self._snapshot = self._picture(now)
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    # For a screen, from any thread

    def snapshot(self) -> RoomSnapshot:
        """See `StationView.snapshot`."""
        return self._snapshot

    def history(self, bed: str) -> History:
        """See `StationView.history`."""
        return self._reception.beds[bed].history

    def alarm_log(self, bed: str) -> Sequence[Entry]:
        """See `StationView.alarm_log`."""
        return self._reception.beds[bed].alarms.log

    def call_at_alarms(self, call: Callable[[], None]) -> None:
        """Call `call`, from the station's thread, whenever a picture has other alarms than the one before."""
        self._call = call

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

    def protocols(self) -> Mapping[str, InfusionProtocol]:
        """See `StationView.protocols`."""
        return self._equipment.protocols

    def days(self) -> tuple[PatientDay, ...]:
        """See `StationView.days`."""
        return read_days(self._equipment.data_dir)

    def past_sessions(self) -> tuple[PastSummary, ...]:
        """See `StationView.past_sessions`."""
        return read_past_sessions(self._equipment.data_dir)

    def past(self, session: str) -> PastSession:
        """See `StationView.past`."""
        return read_past(self._equipment.data_dir, session)

    def past_waves(self, session: str, at: float, seconds: float) -> PastWaves:
        """See `StationView.past_waves`."""
        return read_past_waves(self._equipment.data_dir, session, at, min(seconds, MOST_WAVES_S))

    def monitors(self) -> tuple[MonitorChoice, ...]:
        """See `StationView.monitors`."""
        return tuple(
            MonitorChoice(
                key=d.key, name=d.name, models=d.models, line=str(d.line), notes=d.notes,
                lines=tuple(LineChoice(baud_rate=each.baud_rate, words=str(each)) for each in lines_of(d)),
            )
            for d in self._equipment.drivers.values()
        )  # fmt: skip

    def ports(self) -> tuple[PortChoice, ...]:
        """See `StationView.ports`."""
        return self._port_desk.choices()

    def identify(self, port: str) -> Recognition:
        """See `StationView.identify`."""
        return self._port_desk.identify(port)

    # For whoever drives it

    def do(self, command: Command) -> Answer:
        """Do it now, and show it in the next picture, which is made at once. For whoever calls `step`."""
        answer = self._answer(command)
        self._changed |= self._reception.beds.keys()
        self._watch()
        self._publish(self.clock.now())
        return answer

    def begin_day(self, bed: str, day: BegunDay, turn: Callable[[float], None]) -> None:
        """Go on with a practised day at a bed without a session; see `begun.begin_day`."""
        begin_day(self._reception.beds[bed], day, self.record, self.clock, turn)
        self._changed.add(bed)
        self._publish(self.clock.now())

    def alarm_memory(self, bed: str) -> AlarmMemory:
        """What the alarms of a bed know now, so that practice can go back to this moment."""
        return self._reception.beds[bed].alarms.memory

    def links(self) -> tuple[Link, ...]:
        """The lines that are open now."""
        return tuple(self._watched)

    def open(self) -> None:
        """Open the record and go on with sessions that were not ended. Raises RecordError."""
        self.record.start()
        self._changed |= self._reception.beds.keys()
        if self.limits.trouble:
            self._answers.append(Answer(done=False, sentence=self.limits.trouble))
        self.raw.open(self.record, self.clock.wall(), self._equipment.raw_days)
        resume_sessions(self._reception.beds, self._equipment.data_dir, self.record, self.clock)
        self._snapshot = self._picture(self.clock.now())

    def start(self) -> None:
        """Run in a thread of its own until `stop`."""
        self._thread = threading.Thread(target=self._run, name="station", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread if there is one, close lines and record. Sessions stay open."""
        self._stopping.set()
        self._port_desk.close()
        self._poller.wake()
        if self._thread is not None:
            self._thread.join()
        with contextlib.ExitStack() as parts:  # the last first; a fault of one leaves no other open
            parts.callback(self._poller.close)
            parts.callback(self.record.close)
            parts.callback(self.voice.close)
            for bed in self._reception.beds.values():
                parts.callback(bed.close)
            parts.callback(self.raw.close)

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
            self._publish(now)
        self._equipment.beat()

    def _publish(self, now: float) -> None:
        self._published = now
        self._snapshot = self._picture(now)
        self._sound()
        self._call_screen()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.step(TICK_S)
            except Exception:  # noqa: BLE001 - a fault of ours at one bed must not blind the room
                log.exception("a step of the station failed")
                self._answers.append(Answer(done=False, sentence="The station met a fault of its own; "
                                            "look at the bedside monitors and at the log file."))  # fmt: skip
                self.voice.cry(self.clock.now())
                self._stopping.wait(TICK_S)

    def _tick(self, now: float) -> None:
        self._next_tick = now + TICK_S
        faults = faults_of_room(self.voice.status(now), self.record.snapshot())
        for bed in tuple(self._reception.beds.values()):
            self._changed.add(bed.bed)
            self._apart(bed, partial(bed.tick, now))
            self._apart(bed, partial(bed.watch, now, faults))
        self._watch()
        self._tell_unwatched()
        if now >= self._next_flush:
            self._next_flush = now + FLUSH_S
            for bed in self._reception.beds.values():
                bed.flush()

    def _tell_unwatched(self) -> None:
        """Say it when nothing would sound if the station stopped."""
        before, self._unwatched = self._unwatched, self._equipment.unwatched()
        if self._unwatched and self._unwatched != before:
            self._answers.append(Answer(done=False, sentence=self._unwatched))

    def _apart(self, bed: BedMonitor, act: Callable[[], None]) -> None:
        """Do something for one bed. A fault of ours there must not blind the others: that bed goes dark."""
        try:
            act()
        except Exception:  # noqa: BLE001 - logged, said, and shown as a bed without values
            if bed.bed not in self._reception.faulty:
                log.exception("bed %s met a fault of the program", bed.bed)
                self._answers.append(Answer(done=False, sentence=FAULT.format(bed.name), bed=bed.bed))
            self._reception.faulty.add(bed.bed)
            bed.met_fault(self.clock.now())

    def _watch(self) -> None:
        """Give the poller the lines that were opened or closed since."""
        open_now = {
            line.link: (bed, line)
            for bed in self._reception.beds.values()
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
        self._changed.add(bed.bed)
        now, known = self.clock.now(), len(bed.alarms.log)
        error = arrival.error
        if error is not None:
            self._apart(bed, lambda: bed.lost(line, error, now))
        else:
            self._apart(bed, lambda: bed.receive(line, arrival.data, now))
        if len(bed.alarms.log) != known:
            self._publish(now)  # an alarm waits neither for the other lines nor for the tick of all beds
        self._published = min(self._published, now - PUBLISH_S)

    def _notice_gap(self, now: float) -> None:
        """A gap in monotonic seconds the alarms notice and write down themselves."""
        away, self._last_step = now - self._last_step, now
        if away > GAP_S and self._thread is not None:
            log.warning("nothing was watched for %.0f s", away)
        gap, clock_set = self._gaps.step(now, self.clock.wall())
        if gap and self._thread is not None:
            log.warning("nothing was watched for %.0f s, by the time of day", gap)
            for bed in tuple(self._reception.beds.values()):
                self._apart(bed, partial(bed.alarms.gap, gap, "the computer slept", now))
        if clock_set:
            self.record.journal(None, "clock_set", {"seconds": round(clock_set, 1)}, STATION)

    def _sound(self) -> None:
        """What sounds is what the newest picture shows."""
        audio = self._snapshot.audio
        self.voice.say(None if audio is None else audio.signal)

    def _call_screen(self) -> None:
        """A screen looks thirty times a second; at an alarm it is not to wait for its next look."""
        before, self._alarms = self._alarms, [bed.alarms.present for bed in self._snapshot.beds]
        if self._alarms != before:
            self._call()

    def _picture(self, now: float) -> RoomSnapshot:
        """The room; a bed at which nothing happened since the last tick is as it was."""
        self._pictures = {
            key: self._bed_picture(bed, now) if key in self._changed or key not in self._pictures
            else self._pictures[key]
            for key, bed in self._reception.beds.items()
        }  # fmt: skip
        self._changed.clear()
        beds = tuple(self._pictures.values())
        return RoomSnapshot(
            at=now,
            wall=self.clock.wall(),
            clinic=self._reception.clinic,
            beds=beds,
            record=self._record_snapshot(),
            practice=self._equipment.practice,
            audio=self.voice.picture(beds, now),
        )

    def _bed_picture(self, bed: BedMonitor, now: float) -> BedSnapshot:
        pictures: list[BedSnapshot] = []
        if bed.bed not in self._reception.faulty:
            self._apart(bed, lambda: pictures.append(bed.snapshot(now)))
        return pictures[0] if pictures else bed.dark()

    def _record_snapshot(self) -> RecordSnapshot:
        status = self.record.snapshot()
        tapes = "; ".join(trouble for bed in self._reception.beds.values() for trouble in bed.tape_troubles())
        return RecordSnapshot(
            state=RecordState(status.state.value),
            place=status.place,
            saved=status.saved,
            signing=status.signing,
            trouble=status.trouble or status.chain or status.copy_trouble or tapes,
            waiting_s=status.waiting_s,
            disk_hours=status.disk_hours,
        )

    def _obey(self) -> bool:
        obeyed = bool(self._commands)
        while self._commands:
            self._answers.append(self._answer(self._commands.popleft()))
        if obeyed:
            self._changed |= self._reception.beds.keys()
        self._watch()
        return obeyed

    def _answer(self, command: Command) -> Answer:
        try:
            return self._reception.answer(command)
        except LinkError as error:
            return Answer(done=False, sentence=str(error), bed=bed_of(command))

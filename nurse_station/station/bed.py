"""One bed: its monitors, what they say, its alarms, its session. The station's thread alone calls it."""

import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from nurse_station.alarms.words import Fault
from nurse_station.devices.contract import Event
from nurse_station.infusion.protocol import Protocol as InfusionProtocol
from nurse_station.links.link import LinkError
from nurse_station.records.words import STATION
from nurse_station.records.writer import RecordWriter
from nurse_station.sessions.seen import Seen
from nurse_station.station.bed_alarms import AlarmKeeper, unknown_alarms
from nurse_station.station.bed_care import BedCare
from nurse_station.station.bed_sight import BedSight
from nurse_station.station.commands import CorrectDeed, DoDeed
from nurse_station.station.faults import Faults
from nurse_station.station.held import HeldVitals
from nurse_station.station.history import History
from nurse_station.station.identity import Identities
from nurse_station.station.journal import BedJournal
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.line import MonitorLine
from nurse_station.station.line_report import LineReports
from nurse_station.station.preferences import Preferences
from nurse_station.station.raw_bytes import RawBytes
from nurse_station.station.returns import Returns
from nurse_station.station.snapshots import (
    BedAlarms,
    BedSnapshot,
    EntrySnapshot,
    LineSnapshot,
    LineState,
)
from nurse_station.station.source_faults import WHY, faults_between
from nurse_station.station.sources import Sources, conditions_of
from nurse_station.station.tape import Tape
from nurse_station.vitals.clock import Clock
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, Reading
from nurse_station.vitals.waves import WAVES, WaveBlock

CUFF_LATE_S = 60.0
"""A cuff that is later than this is not "next" any more."""
SILENT_AFTER_S = 5.0
"""What is allowed to a monitor that is not connected yet."""


class Place(Protocol):
    """What a bed needs of the station around it."""

    clock: Clock
    record: RecordWriter
    lines_folder: Path
    raw: RawBytes
    limits: LimitBook
    preferences: Preferences

    def protocols(self) -> Mapping[str, InfusionProtocol]:
        """The clinic's infusion protocols, by key."""


class BedMonitor:
    """Receives a bed's bytes and makes its snapshot: line -> alarms -> board -> history -> record."""

    def __init__(self, bed: str, name: str, place: Place) -> None:
        self.bed = bed
        self.name = name
        self.history = History(place.clock.now())
        self.session_simulated = False
        self.journal = BedJournal(bed, place.record, place.clock)
        self.alarms = AlarmKeeper(self.journal, lambda: place.limits.limits)
        self._reports = LineReports(self.journal)
        self._sight = BedSight(place.clock.now())
        self.care = BedCare(self.journal, self.alarms, place.clock, place.protocols(), self._seen)
        self._session_started = place.clock.wall()
        self._place = place
        self._lines: dict[str, MonitorLine] = {}
        self._tapes: dict[str, Tape] = {}
        self._waves: dict[str, int] = {}
        self._sources = Sources(place.preferences, self._note_move)
        self._identities = Identities()
        self._held = HeldVitals()
        self._returns = Returns()
        self._expected: frozenset[str] = frozenset()
        self._faulty_since: float | None = None

    @property
    def session(self) -> str | None:
        """The running session; None: nothing is being recorded."""
        return self.journal.session

    @property
    def lines(self) -> tuple[MonitorLine, ...]:
        """The lines to the bed's monitors."""
        return tuple(self._lines.values())

    @property
    def simulated(self) -> bool:
        """Whether any value here is not of a patient in the chair."""
        return self._place.record.practice or any(line.opening.simulated for line in self._lines.values())

    def connect(self, line: MonitorLine, who: str = STATION) -> None:
        """Add a monitor; one of the same family at this bed is replaced."""
        self._close(line.driver.key, who)
        source = line.driver.key
        self._lines[source] = line
        self._tapes[source] = Tape(self._place.lines_folder, source, self._place.raw.complete)
        self._faulty_since = None
        self.care.monitors_changed(f"{line.driver.name} on {line.port} was connected")
        if not line.compressed:
            self.alarms.watch(self._place.clock.now())
        if self.session is not None:
            self._tapes[source].begin(self.session)
            self.note("monitor_connected", self._words(line), who)
        self._expect(who)

    def disconnect(self, source: str, who: str = STATION) -> bool:
        """Close the line to a monitor. False: there is none of that family here."""
        if not self._close(source, who):
            return False
        self._expect(who)
        if not self._lines and self.session is None:
            self.alarms.new_patient(who, self._place.clock.now())
            self.alarms.rest()
        return True

    def _close(self, source: str, who: str) -> bool:
        line = self._lines.pop(source, None)
        if line is None:
            return False
        self._returns.forget(source)
        line.close()
        self._tapes.pop(source).close()
        now = self._place.clock.now()
        self.alarms.hear(self._sources.left(source, self._counting_lines(), now), now)
        if self.session is not None:
            self._reports.write((line,), now)
            self.note("monitor_disconnected", self._words(line), who)
        if not self._lines:
            self._waves.clear()
        return True

    def receive(self, line: MonitorLine, data: bytes, now: float) -> None:
        """Bytes came on a line."""
        self._tapes[line.driver.key].write(now, data)
        events = line.receive(data, now)
        doubt = self._returns.doubt(line, now)
        if doubt:
            self.care.monitors_changed(doubt)
        self._take(line, events, now)

    def lost(self, line: MonitorLine, error: LinkError, now: float) -> None:
        """A line failed."""
        self._take(line, line.lost(error, now), now)
        if self.session is not None:
            self.note("line_lost", {**self._words(line), "trouble": str(error)}, STATION)

    def tick(self, now: float) -> None:
        """Several times a second: open, ask, notice silence."""
        for line in self.lines:
            self._take(line, line.tick(now), now)
            self._note_silence(line, now)
        self.alarms.hear(self._sources.step(self._counting_lines(), now), now)
        self._expect(STATION)

    def watch(self, now: float, faults: Faults) -> None:
        """Several times a second: tell the alarms what is wrong with the station, and let their time pass."""
        between = faults_between(self._sources, self._watched_lines(), now)
        whys = {fault: WHY[fault] for fault in between}
        self.alarms.tell({**faults, **self._own_faults(), **whys}, now, between)
        self.alarms.tick(now)
        self.care.tick(now)

    def do(self, command: DoDeed | CorrectDeed) -> tuple[bool, str]:
        """Something was done for the patient: (whether it stands, the sentence)."""
        if isinstance(command, CorrectDeed):
            return self.care.correct(command)
        if self.session is None:
            self.begin_session()  # the day begins before a monitor is connected
            self.alarms.watch(self._place.clock.now())
        return self.care.do(command)

    def _seen(self, now: float, offset: float) -> Seen:
        numerics = self._sources.numerics(self._counting_lines(), now)
        return self._sight.seen(now, offset, numerics, self.history, self.alarms.picture(), self.alarms.log)

    def _watched_lines(self) -> tuple[MonitorLine, ...]:
        return tuple(line for line in self._lines.values() if not line.compressed)

    def _counting_lines(self) -> tuple[MonitorLine, ...]:
        """Those whose values count: what is played as fast as it goes gives way to what is live."""
        return self._watched_lines() or self.lines

    def _own_faults(self) -> Faults:
        found: Faults = {}
        if self._faulty_since is not None:
            found[Fault.PROGRAM_FAULT] = "the program met a fault of its own at this bed"
        if self._identities.changed:
            found[Fault.IDENTITY_CHANGED] = self._identities.changed
        return found

    def _expect(self, who: str) -> None:
        """Tell the alarms which monitors are to be heard, when that is another than before."""
        live = [line for line in self._watched_lines() if not line.ended]
        expected = frozenset(line.driver.key for line in live)
        if expected != self._expected:
            self._expected = expected
            silent_after = max((line.driver.silence_after_s for line in live), default=SILENT_AFTER_S)
            keeps = [key for line in live for key in line.board.valued]
            self.alarms.expect(bool(live), silent_after, who, self._place.clock.now(), keeps)

    def _note_silence(self, line: MonitorLine, now: float) -> None:
        """Silence and its end are in the journal, not only on the screen of that moment."""
        changed = self._returns.changed(line, now)
        if changed and self.session is not None:
            self.note(f"line_{changed}", self._words(line), STATION)

    def flush(self) -> None:
        """Once a second."""
        for tape in self._tapes.values():
            tape.flush()
        self._reports.write_due(self.lines, self._place.clock.now())

    def resume(
        self, session: str, started: datetime, history: History, entries: tuple[EntrySnapshot, ...] = ()
    ) -> None:
        """Go on with a session that the program left without ending it."""
        self.journal.resume(session, entries)
        self._session_started, self.history = started, history
        self.session_simulated = False
        for tape in self._tapes.values():
            tape.begin(session)

    def expect_again(self) -> None:
        """A monitor was connected before the program was gone, and has to be heard again."""
        self.alarms.expect(True, SILENT_AFTER_S, STATION, self._place.clock.now())

    def end_session(self, who: str, why: str = "") -> bool:
        """End the session and close the lines: whoever comes next is another patient. False: none runs."""
        running = self.session is not None
        if running:
            self.alarms.new_patient(who, self._place.clock.now())
        for source in tuple(self._lines):
            self.disconnect(source, who)
        self._faulty_since = None
        self._identities = Identities()
        if not running:
            return False
        self._held.write_apart(self._place.record, self.bed, self.name, who, self.care.unconfirmed)
        self.journal.end(who, why)
        self.care.end()
        self.alarms.rest()
        self.history = History(self._place.clock.now())
        self._waves.clear()
        return True

    def tape_troubles(self) -> list[str]:
        """Why raw bytes of a line are not being kept."""
        return [tape.trouble for tape in self._tapes.values() if tape.trouble]

    def close(self) -> None:
        """The program ends; the session stays open, to be resumed or ended later."""
        self._reports.write(self.lines, self._place.clock.now())
        for line in self.lines:
            line.close()
        for tape in self._tapes.values():
            tape.close()

    def met_fault(self, now: float) -> None:
        """The program met a fault of its own here: from now on nobody watches this bed, and it alarms."""
        self._faulty_since = now if self._faulty_since is None else self._faulty_since

    def dark(self) -> BedSnapshot:
        """The bed when nothing can be said of it: its name, its alarms, and that its values are not known."""
        return BedSnapshot(
            bed=self.bed,
            name=self.name,
            session=self.session,
            alarms=self._alarms_in_the_dark(),
            lines=tuple(
                LineSnapshot(source=line.driver.key, monitor=line.driver.name, port=line.opening.port,
                             state=LineState.LOST, trouble="the program met a fault of its own here")
                for line in self.lines
            ),
        )  # fmt: skip

    def _alarms_in_the_dark(self) -> BedAlarms:
        """The engine's, once it says that the bed is lost; until then, or when it failed itself, ours."""
        since = self._faulty_since
        try:
            picture = self.alarms.picture()
        except Exception:  # noqa: BLE001 - the fault was logged where it was met first
            return unknown_alarms(self._place.clock.now() if since is None else since)
        known = since is None or any(status.condition == "link_lost" for status in picture.present)
        return picture if known else unknown_alarms(since or 0.0)

    def snapshot(self, now: float) -> BedSnapshot:
        """The bed as it is now."""
        conditions = conditions_of(self.lines, now)
        return BedSnapshot(
            bed=self.bed,
            name=self.name,
            simulated=self.simulated or (self.session is not None and self.session_simulated),
            session=self.session,
            session_started=self._session_started if self.session is not None else None,
            lines=tuple(line.snapshot(now) for line in self.lines),
            numerics=MappingProxyType(self._sources.numerics(self._counting_lines(), now)),
            conditions=MappingProxyType(conditions),
            waves=tuple(sorted(self._waves, key=self._waves.__getitem__)),
            nibp_measuring="nibp_measuring" in conditions,
            nibp_next_at=self._next_cuff(now),
            entries=self.journal.entries,
            alarms=self.alarms.picture(),
            care=self.care.picture(),
        )

    def _next_cuff(self, now: float) -> float | None:
        dues = [due for line in self.lines if _repeats(line) and (due := line.board.next_episode())]
        return min((due for due in dues if due > now - CUFF_LATE_S), default=None)

    def _take(self, line: MonitorLine, events: list[Event], now: float) -> None:
        if not events:
            return
        if self.session is None and any(isinstance(event, FrameAccepted) for event in events):
            self.begin_session()
        news = [event for event in events if isinstance(event, Reading) and line.board.add(event)]
        counting = self._counting_lines()
        try:
            counted = self._sources.heard(line, events, counting, now) if line in counting else []
            if not line.compressed:  # alarms first: nothing else can hold one back
                self.alarms.hear(counted, now)
        finally:
            self._record(events, now)
        self._show(line, counted, news)
        for event in events:
            if isinstance(event, DeviceCondition) and self._identities.hear(event):
                self.note("patient_changed", {"source": event.source, "identity": event.detail}, STATION)
                self.care.monitors_changed(f"the monitor now names another patient: {event.detail}")

    def _record(self, events: list[Event], now: float) -> None:
        """Into the patient's record; while nobody knows whether it is theirs, it waits."""
        if self.session is None:
            return
        if self.care.unconfirmed:
            self._held.add(events, now)
            return
        self._held.write(self._place.record, self.session)
        self._place.record.write(self.session, events, now)

    def _show(self, line: MonitorLine, counted: list[Event], news: list[Reading]) -> None:
        """Into the history goes what counted, once."""
        for event in counted:
            if isinstance(event, WaveBlock):
                self._waves.setdefault(event.wave, WAVES[event.wave].order)
                speed = line.opening.speed
                if math.isfinite(speed):  # at no speed that can be shown, waves are recorded only
                    self.history.add_wave(event.wave, event.samples, event.rate_hz * speed, event.at)
        for reading in news:
            if reading.value is not None and self._sources.counts(reading):
                at = reading.measured_at or reading.at
                self.history.add_numeric(reading.parameter, at, reading.value)

    def _note_move(self, parameter: str, old: str, new: str) -> None:
        if self.session is not None:
            self.note("source_changed", {"parameter": parameter, "old": old, "new": new}, STATION)

    def begin_session(self) -> None:
        """The record begins by itself with the first good frame: nobody can forget it."""
        self._session_started = self._place.clock.wall()
        self.session_simulated = self.simulated
        self.journal.begin(self.name, simulated=self.simulated)
        for source, line in self._lines.items():
            self._tapes[source].begin(self.session or "")
            self.note("monitor_connected", self._words(line), STATION)

    def note(self, kind: str, body: Mapping[str, object], who: str, why: str = "") -> None:
        """Write an entry into the journal of the running session, or of the room where none runs."""
        self.journal.note(kind, body, who, why)

    @staticmethod
    def _words(line: MonitorLine) -> dict[str, object]:
        return {"monitor": line.driver.key, "port": line.port, "settings": line.opening.settings}


def _repeats(line: MonitorLine) -> bool:
    """Whether the cuff measures by itself, as far as the monitor tells."""
    return "nibp_auto" not in line.driver.conditions or "nibp_auto" in line.conditions

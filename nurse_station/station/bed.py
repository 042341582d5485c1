"""One bed: its monitors, what they say, its session. The station's thread alone calls it."""

import math
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from nurse_station.devices.contract import Event
from nurse_station.links.link import LinkError
from nurse_station.records.words import SESSION_STARTED
from nurse_station.records.writer import RecordWriter
from nurse_station.station.history import History
from nurse_station.station.line import MonitorLine
from nurse_station.station.snapshots import BedSnapshot, EntrySnapshot, LineSnapshot, LineState, Numeric
from nurse_station.station.tape import Tape
from nurse_station.vitals.clock import Clock
from nurse_station.vitals.readings import FrameAccepted, Reading
from nurse_station.vitals.waves import WAVES, WaveBlock

CUFF_LATE_S = 60.0
"""A cuff that is later than this is not "next" any more."""
ENTRIES = 50
"""So many of the journal's newest entries are held for the screen."""
STATION = "station"
"""Who decided what no person did."""


class Place(Protocol):
    """What a bed needs of the station around it."""

    clock: Clock
    record: RecordWriter
    lines_folder: Path


class BedMonitor:
    """Receives a bed's bytes and makes its snapshot: line -> board -> history -> record."""

    def __init__(self, bed: str, name: str, place: Place) -> None:
        self.bed = bed
        self.name = name
        self.history = History(place.clock.now())
        self.session: str | None = None
        self.session_simulated = False
        self._session_started = place.clock.wall()
        self._place = place
        self._lines: dict[str, MonitorLine] = {}
        self._tapes: dict[str, Tape] = {}
        self._waves: dict[str, int] = {}
        self._silent: set[str] = set()
        self._entries: deque[EntrySnapshot] = deque(maxlen=ENTRIES)

    @property
    def lines(self) -> tuple[MonitorLine, ...]:
        """The lines to the bed's monitors."""
        return tuple(self._lines.values())

    @property
    def simulated(self) -> bool:
        """Whether any value here is not of a patient in the chair."""
        return any(line.opening.simulated for line in self._lines.values())

    def connect(self, line: MonitorLine, who: str = STATION) -> None:
        """Add a monitor; one of the same family at this bed is replaced."""
        self.disconnect(line.driver.key)
        source = line.driver.key
        self._lines[source] = line
        self._tapes[source] = Tape(self._place.lines_folder, source)
        if self.session is not None:
            self._tapes[source].begin(self.session)
            self.note("monitor_connected", self._words(line), who)

    def disconnect(self, source: str, who: str = STATION) -> bool:
        """Close the line to a monitor. False: there is none of that family here."""
        line = self._lines.pop(source, None)
        if line is None:
            return False
        self._silent.discard(source)
        line.close()
        self._tapes.pop(source).close()
        if self.session is not None:
            self.note("monitor_disconnected", self._words(line), who)
        if not self._lines:
            self._waves.clear()
        return True

    def receive(self, line: MonitorLine, data: bytes, now: float) -> None:
        """Bytes came on a line."""
        self._tapes[line.driver.key].write(now, data)
        self._take(line, line.receive(data, now), now)

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

    def _note_silence(self, line: MonitorLine, now: float) -> None:
        """Silence and its end are in the journal, not only on the screen of that moment."""
        silent = line.state(now) in (LineState.SILENT, LineState.LOST)
        if silent == (line.driver.key in self._silent) or self.session is None:
            return
        (self._silent.add if silent else self._silent.discard)(line.driver.key)
        self.note("line_silent" if silent else "line_back", self._words(line), STATION)

    def flush(self) -> None:
        """Once a second."""
        for tape in self._tapes.values():
            tape.flush()

    def resume(
        self, session: str, started: datetime, history: History, entries: Iterable[EntrySnapshot] = ()
    ) -> None:
        """Go on with a session that the program left without ending it."""
        self.session, self._session_started, self.history = session, started, history
        self._entries.extend(entries)
        self.session_simulated = False
        for tape in self._tapes.values():
            tape.begin(session)

    def end_session(self, who: str, why: str = "") -> bool:
        """End the session and close the lines: whoever comes next is another patient. False: none runs."""
        for source in tuple(self._lines):
            self.disconnect(source, who)
        if self.session is None:
            return False
        self._place.record.end_session(self.session, who, why)
        self.session = None
        self.history = History(self._place.clock.now())
        self._waves.clear()
        self._entries.clear()
        return True

    def tape_troubles(self) -> list[str]:
        """Why raw bytes of a line are not being kept."""
        return [tape.trouble for tape in self._tapes.values() if tape.trouble]

    def close(self) -> None:
        """The program ends; the session stays open, to be resumed or ended later."""
        for line in self.lines:
            line.close()
        for tape in self._tapes.values():
            tape.close()

    def dark(self) -> BedSnapshot:
        """The bed when nothing can be said of it: its name, and that its values are not known."""
        return BedSnapshot(bed=self.bed, name=self.name, session=self.session, lines=tuple(
            LineSnapshot(source=line.driver.key, monitor=line.driver.name, port=line.opening.port,
                         state=LineState.LOST, trouble="the program met a fault of its own here")
            for line in self.lines
        ))  # fmt: skip

    def snapshot(self, now: float) -> BedSnapshot:
        """The bed as it is now."""
        conditions: dict[str, str] = {}
        for line in self.lines:
            conditions |= line.conditions_at(now)
        return BedSnapshot(
            bed=self.bed,
            name=self.name,
            simulated=self.simulated or (self.session is not None and self.session_simulated),
            session=self.session,
            session_started=self._session_started if self.session is not None else None,
            lines=tuple(line.snapshot(now) for line in self.lines),
            numerics=MappingProxyType(self._numerics(now)),
            conditions=MappingProxyType(conditions),
            waves=tuple(sorted(self._waves, key=self._waves.__getitem__)),
            nibp_measuring="nibp_measuring" in conditions,
            nibp_next_at=self._next_cuff(now),
            entries=tuple(self._entries),
        )

    def _numerics(self, now: float) -> dict[str, Numeric]:
        """The first monitor that has a value is shown."""
        shown: dict[str, Numeric] = {}
        for line in self.lines:
            for key, numeric in line.board.numerics(now, receiving=line.receiving(now)).items():
                if key not in shown or shown[key].value is None:
                    shown[key] = numeric
        return shown

    def _next_cuff(self, now: float) -> float | None:
        dues = [due for line in self.lines if _repeats(line) and (due := line.board.next_episode())]
        return min((due for due in dues if due > now - CUFF_LATE_S), default=None)

    def _take(self, line: MonitorLine, events: list[Event], now: float) -> None:
        if not events:
            return
        if self.session is None and any(isinstance(event, FrameAccepted) for event in events):
            self._begin_session()
        if self.session is not None:
            self._place.record.write(self.session, events, now)
        for event in events:
            self._remember(line, event)

    def _remember(self, line: MonitorLine, event: Event) -> None:
        if isinstance(event, Reading):
            if line.board.add(event) and event.value is not None:
                self.history.add_numeric(event.parameter, event.measured_at or event.at, event.value)
        elif isinstance(event, WaveBlock):
            self._waves.setdefault(event.wave, WAVES[event.wave].order)
            speed = line.opening.speed
            if math.isfinite(speed):  # at no speed that can be shown, waves are recorded only
                self.history.add_wave(event.wave, event.samples, event.rate_hz * speed, event.at)

    def _begin_session(self) -> None:
        """The record begins by itself with the first good frame: nobody can forget it."""
        self._session_started = self._place.clock.wall()
        self.session_simulated = self.simulated
        self.session = self._place.record.begin_session(self.bed, self.name, simulated=self.simulated)
        self._remember_entry(SESSION_STARTED, {"simulated": self.simulated}, STATION)
        for source, line in self._lines.items():
            self._tapes[source].begin(self.session)
            self.note("monitor_connected", self._words(line), STATION)

    def note(self, kind: str, body: Mapping[str, object], who: str, why: str = "") -> None:
        """Write an entry into the journal of the running session, or of the room where none runs."""
        self._place.record.journal(self.session, kind, body, who, why)
        if self.session is not None:
            self._remember_entry(kind, body, who)

    def _remember_entry(self, kind: str, body: Mapping[str, object], who: str) -> None:
        wall = self._place.clock.wall()
        self._entries.append(EntrySnapshot(wall=wall, kind=kind, who=who, body=MappingProxyType(dict(body))))

    @staticmethod
    def _words(line: MonitorLine) -> dict[str, object]:
        return {"monitor": line.driver.key, "port": line.port, "settings": line.opening.settings}


def _repeats(line: MonitorLine) -> bool:
    """Whether the cuff measures by itself, as far as the monitor tells."""
    return "nibp_auto" not in line.driver.conditions or "nibp_auto" in line.conditions

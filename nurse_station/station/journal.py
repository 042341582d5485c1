"""What is written of one bed: the journal of its session, and its newest entries for the screen."""

from collections import deque
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, Entry
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.records.words import SESSION_STARTED, STATION
from nurse_station.records.writer import RecordWriter
from nurse_station.station.snapshots import EntrySnapshot
from nurse_station.vitals.clock import Clock

ENTRIES = 50
"""So many of the journal's newest entries are held for the screen."""
ALARM = "alarm"
"""Kind of an entry that is a transition of an alarm (`AlarmChange.as_json`); an act has its own word."""
ALARM_MEMORY = "alarm_memory"
"""Kind of an entry that a restart needs (`AlarmMemory.as_json`); the last one of a session counts."""
LINE_HEALTH = "line_health"
"""Kind of an entry that tells how a line did (`line_report.report_of`)."""
NOT_FOR_NURSES = frozenset({ALARM_MEMORY, LINE_HEALTH})
DEED = "session"
"""Kind of an entry that is a deed of the day (`sessions.codec.as_json`)."""
ACTS = frozenset(Act)
TOLD_ACTS = frozenset({
    Act.AUDIO_PAUSED, Act.AUDIO_PAUSE_ENDED, Act.SWITCHED_OFF, Act.SWITCHED_ON, Act.LIMIT_SET, Act.PHASE_SET,
    Act.FOUND, Act.GAP,
})  # fmt: skip
TOLD_EVENTS = frozenset({
    Event.DELAY_ELAPSED, Event.ESCALATED, Event.ACKNOWLEDGED, Event.ENDED, Event.ENDED_UNSEEN, Event.RESTORED,
})  # fmt: skip


def told(entry: Entry) -> bool:
    """Whether a nurse wants to read it in the record as it grows: nothing pending, nothing merged."""
    if isinstance(entry, ActTaken):
        return entry.act in TOLD_ACTS
    over_before_it_began = entry.before is State.PENDING and entry.event is Event.ENDED
    return entry.event in TOLD_EVENTS and not entry.hidden_by and not over_before_it_began


def kind_of(entry: Entry) -> str:
    """The journal's word for an entry of the alarms."""
    return ALARM if isinstance(entry, AlarmChange) else entry.act.value


class BedJournal:
    """Writes what happens at one bed.

    Attributes:
        session: Name of the running session; None: none runs, and entries are the room's.
    """

    def __init__(self, bed: str, record: RecordWriter, clock: Clock) -> None:
        self.session: str | None = None
        self._bed = bed
        self._record = record
        self._clock = clock
        self._entries: deque[EntrySnapshot] = deque(maxlen=ENTRIES)

    @property
    def entries(self) -> tuple[EntrySnapshot, ...]:
        """The newest entries of the session, oldest first."""
        return tuple(self._entries)

    def begin(self, bed_name: str, *, simulated: bool) -> None:
        """Begin a session."""
        self.session = self._record.begin_session(self._bed, bed_name, simulated=simulated)
        self._show(SESSION_STARTED, {"simulated": simulated}, STATION)

    def resume(self, session: str, entries: Iterable[EntrySnapshot]) -> None:
        """Go on with a session that the program left without ending it."""
        self.session = session
        self._entries.extend(entries)

    def end(self, who: str, why: str = "") -> None:
        """End the session, if one runs."""
        if self.session is not None:
            self._record.end_session(self.session, who, why)
        self.session = None
        self._entries.clear()

    def note(
        self, kind: str, body: Mapping[str, object], who: str, why: str = "", *, shown: bool = True
    ) -> None:
        """Write an entry into the journal of the session, or of the room where none runs."""
        if self.session is None:
            self._record.journal(None, kind, {"bed": self._bed, **body}, who, why)
            return
        self._record.journal(self.session, kind, body, who, why)
        if shown:
            self._show(kind, body, who)

    def alarm(self, entry: Entry) -> None:
        """Write what the alarms gave."""
        who = entry.who or STATION
        why = entry.why if isinstance(entry, ActTaken) else ""
        self.note(kind_of(entry), entry.as_json(), who, why, shown=told(entry))

    def _show(self, kind: str, body: Mapping[str, object], who: str) -> None:
        wall = self._clock.wall()
        self._entries.append(EntrySnapshot(wall=wall, kind=kind, who=who, body=MappingProxyType(dict(body))))

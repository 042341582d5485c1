"""What a screen may see: frozen pictures of the room, made ten times a second or oftener."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from nurse_station.alarms.limits import Limits
from nurse_station.alarms.signals import AlarmStatus, AudioSignal, Pause
from nurse_station.alarms.words import Phase
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.day import DaySummary
from nurse_station.sessions.deeds import Entry
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session
from nurse_station.vitals.readings import Missing, Quality

NOT_HEARD = "This practice runs without sound."
"""What the trouble of a sound output in practice begins with, where nobody hears it."""
NO_WORDS: Mapping[str, str] = MappingProxyType({})
NOTHING: Mapping[str, int] = MappingProxyType({})


class LineState(StrEnum):
    """The life of a line to a monitor."""

    OPENING = "opening"
    """The port is being opened for the first time."""
    LISTENING = "listening"
    """Open; no good frame yet."""
    RECEIVING = "receiving"
    SILENT = "silent"
    """Open, but no good frame for longer than the family allows."""
    LOST = "lost"
    """The port went away or cannot be opened; tried again by itself."""
    ENDED = "ended"
    """A capture file was played to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHealth:
    """How well a line did since it was asked for; the time after a recording's end does not count.

    Attributes:
        watched_s: Seconds since then.
        receiving_s: Seconds of them in which good frames came.
        silences: How often it fell silent or was lost, or never spoke.
        silent_s: Seconds of silence, each from the last good frame on.
    """

    watched_s: float = 0.0
    receiving_s: float = 0.0
    silences: int = 0
    silent_s: float = 0.0

    @property
    def share(self) -> float | None:
        """Of the time, how much it received: 0 to 1; None: no time has passed."""
        return self.receiving_s / self.watched_s if self.watched_s > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSnapshot:
    """The state of the line to one monitor.

    Attributes:
        source: Which monitor of the bed: the driver's key.
        monitor: The driver's name, as a nurse reads it.
        port: Where it is plugged in, e.g. "COM4" or "/dev/ttyUSB0".
        settings: Line settings in an engineer's words; empty where there is no serial line.
        state: See LineState.
        trouble: Why it is LOST, one sentence; else empty.
        bytes_in: Bytes received since the line was asked for.
        frames_accepted, frames_refused: Counts; refused ones by reason.
        refusals: Reason -> a sentence an engineer can act on, for every reason of this family.
        reconnections: How often the line came back.
        last_byte_at, last_frame_at: Monotonic seconds; None: never.
        retry_at: When the next try to open is due, monotonic seconds; None: none planned.
        serial_number: Of the USB adaptor that the line needs; empty: any at that port.
        raw: The last bytes that came, at most 128, for whoever looks for a fault.
        health: See LineHealth.
    """

    source: str
    monitor: str
    port: str
    settings: str = ""
    state: LineState = LineState.OPENING
    trouble: str = ""
    bytes_in: int = 0
    frames_accepted: int = 0
    frames_refused: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    refusals: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    reconnections: int = 0
    last_byte_at: float | None = None
    last_frame_at: float | None = None
    retry_at: float | None = None
    serial_number: str = ""
    raw: bytes = b""
    health: LineHealth = LineHealth()

    @property
    def refused(self) -> int:
        """All refused frames."""
        return sum(self.frames_refused.values())


class Age(StrEnum):
    """How current a value is."""

    CURRENT = "current"
    OLD = "old"
    """Still shown, greyed, with its age: an episodic value past its period."""
    EXPIRED = "expired"
    """No longer shown: `---`. The value is None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A value of another monitor that contradicts one that is shown.

    Attributes:
        parameter: Key of the parameter.
        value: In the parameter's unit; None: it has just gone.
        monitor: Whose it is, in one word.
    """

    parameter: str
    value: float | None
    monitor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """One parameter as it is to be shown now.

    Attributes:
        parameter: Key of the parameter.
        value: In the parameter's unit; None: show `---`.
        quality: GOOD, QUESTIONABLE (`?`) or MISSING.
        why: Why there is no value; None when there is one or when it merely expired.
        age: CURRENT, OLD or EXPIRED.
        at: Monotonic seconds at which the reading arrived.
        measured_at: When an episodic value was measured, monotonic seconds; None: unknown or not episodic.
        source: Which monitor.
        origin: What the monitor measured it from: "ECG", "pleth".
        monitor: Which monitor, in one word, where the bed has several; else empty.
        instead_of: The preferred monitor, in one word, that has no value while this one stands in for it;
            else empty.
        against: The value of another monitor that contradicts this one; None: none does.
    """

    parameter: str
    value: float | None
    quality: Quality
    age: Age
    at: float
    source: str
    why: Missing | None = None
    measured_at: float | None = None
    origin: str = ""
    monitor: str = ""
    instead_of: str = ""
    against: Rival | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySnapshot:
    """One entry of the session's journal, as it was written.

    Attributes:
        wall: When, UTC.
        kind: What happened, one word of the journal.
        who: Who did it; "station" for what no person did.
        body: What belongs to it.
    """

    wall: datetime
    kind: str
    who: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSnapshot:
    """Something that a monitor says of itself or of its sensors, now.

    Attributes:
        words: What it is, in the family's words.
        detail: What the monitor adds; may be empty.
        ordinary: It only informs: no sign of trouble.
        source: Which monitor says so.
    """

    words: str
    detail: str = ""
    ordinary: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedAlarms:
    """The alarms of one bed as they are now.

    Attributes:
        present: Every alarm that is there or latched, hidden ones too, most urgent first.
        off: Condition -> why it is switched off for this patient.
        pause: The audio pause that runs; None: none.
        sound: What this bed would sound now; None: nothing.
        phase: Where the patient is in the treatment, as far as alarms care.
        limits: What is set for this bed; None: nothing is watched here.
        check_due_at: When the next responsiveness check is due, monotonic seconds; None: none is.
    """

    present: tuple[AlarmStatus, ...] = ()
    off: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    pause: Pause | None = None
    sound: AudioSignal | None = None
    phase: Phase = Phase.IDLE
    limits: Limits | None = None
    check_due_at: float | None = None

    @property
    def visible(self) -> tuple[AlarmStatus, ...]:
        """Those that give a visual signal by themselves, most urgent first."""
        return tuple(status for status in self.present if status.visible)


NO_ALARMS = BedAlarms()


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSnapshot:
    """Whether alarms can be heard.

    Attributes:
        usable: The output takes samples.
        trouble: Why not and what to do, one sentence; else empty.
        device: The output's name; empty: none.
        volume: 0 to 1, never 0.
        bed: Key of the bed that sounds now; empty: none does.
        signal: What sounds; None: nothing.
    """

    usable: bool
    trouble: str = ""
    device: str = ""
    volume: float = 1.0
    bed: str = ""
    signal: AudioSignal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSnapshot:
    """One patient's day at this bed, as its journal tells it.

    Session seconds are UTC seconds that never step back.

    Attributes:
        session: The fold of the entries.
        entries: The journal of the day, oldest first.
        seen: What the rules know of this moment; with it a form can ask `sessions.decide` by itself.
        protocol: Which protocol's rules hold.
        summary: The day in words and numbers.
        offset: Session seconds = monotonic seconds + offset.
        unconfirmed: Why the patient must be confirmed again before anything is recorded under the name
            (a monitor was replaced or plugged in again, the program was gone); empty: confirmed.
    """

    session: Session
    entries: tuple[Entry, ...]
    seen: Seen
    protocol: Protocol
    summary: DaySummary
    offset: float
    unconfirmed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedSnapshot:
    """One bed as it is now.

    Attributes:
        bed: Key of the bed, e.g. "chair-1".
        name: The clinic's name for it, e.g. "Chair 1".
        simulated: Its values are not a patient's.
        session: Identifier of the running session; None: nothing is being recorded.
        session_started: When it began; None: no session.
        lines: One for each monitor connected to the bed; empty: none.
        numerics: By parameter key; only parameters that a monitor has sent.
        conditions: Key -> the device conditions that are active now.
        waves: Keys of the waves that are arriving or arrived lately, in screen order.
        nibp_measuring: A cuff is measuring right now.
        entries: The newest entries of the session's journal, oldest first, at most 50.
        alarms: Its alarms.
        care: The patient's day; None: nobody was bound to this bed yet.
        nibp_next_at: When the next automatic cuff measurement is expected, monotonic seconds; None: unknown.
    """

    bed: str
    name: str
    simulated: bool = False
    session: str | None = None
    session_started: datetime | None = None
    lines: tuple[LineSnapshot, ...] = ()
    numerics: Mapping[str, Numeric] = field(default_factory=lambda: MappingProxyType({}))
    conditions: Mapping[str, ConditionSnapshot] = field(default_factory=lambda: MappingProxyType({}))
    waves: tuple[str, ...] = ()
    nibp_measuring: bool = False
    nibp_next_at: float | None = None
    entries: tuple[EntrySnapshot, ...] = ()
    alarms: BedAlarms = NO_ALARMS
    care: CareSnapshot | None = None


class RecordState(StrEnum):
    """Whether what happens is being kept."""

    WRITING = "writing"
    IDLE = "idle"
    """Open, and nothing to write yet."""
    FAILING = "failing"
    """The last write failed; what was not written is held in memory and tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSnapshot:
    """The state of the record.

    Attributes:
        state: See RecordState.
        place: The folder it is in.
        saved: Time of the last complete write, UTC; None: none yet.
        trouble: What failed, one sentence; else empty.
        waiting_s: Seconds of vitals held in memory because they could not be written.
        disk_hours: Hours that the disk will last at the present rate; None: not known yet.
        signing: Why nothing is signed, or what is unsafe about the key, one sentence; else empty.
    """

    state: RecordState
    place: str
    saved: datetime | None = None
    trouble: str = ""
    signing: str = ""
    waiting_s: float = 0.0
    disk_hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSnapshot:
    """The whole room as it is now.

    Attributes:
        at: Monotonic seconds at which the picture was taken: a screen that finds it old says so.
        wall: The time of day, UTC.
        clinic: The clinic's name; may be empty.
        beds: In the clinic's order.
        record: The state of the record.
        practice: All here is simulated, and kept apart from patients; else nothing is.
        audio: Whether alarms can be heard; None: a screen without a station.
    """

    at: float
    wall: datetime
    clinic: str
    beds: tuple[BedSnapshot, ...]
    record: RecordSnapshot
    practice: bool = False
    audio: AudioSnapshot | None = None

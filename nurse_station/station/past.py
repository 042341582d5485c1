"""What a screen may see of a session in the record: frozen values. Opens nothing, reads nothing.

All times are unix seconds: the one clock that all runs of the program share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.words import Priority
from nurse_station.sessions.deeds import Entry, Patient
from nurse_station.station.history import Floats, History, Samples
from nurse_station.station.snapshots import EntrySnapshot


class PastError(Exception):
    """The record cannot be read, or has no such session. The text is one sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSummary:
    """One line of the list of sessions.

    Attributes:
        session: Its name.
        bed, bed_name: Key of the bed, and its name at the beginning.
        started: UTC.
        ended: UTC; None: it runs, or was never ended.
        seconds: From its beginning to its end, or to the last thing known of it.
        patient: Who; None: nobody was bound.
        course: May be empty.
        day, days: Day n of N; 0: not known.
        alarms: How many of each priority there were that signalled by themselves.
        simulated: Its values are not a patient's.
    """

    session: str
    bed: str
    bed_name: str
    started: datetime
    ended: datetime | None
    seconds: float
    patient: Patient | None = None
    course: str = ""
    day: int = 0
    days: int = 0
    alarms: Mapping[Priority, int] = field(default_factory=lambda: MappingProxyType({}))
    simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastSession:
    """All of a session but its waves.

    Attributes:
        summary: Its line in the list.
        history: Its numerics; no waves.
        entries: What the journal tells a nurse, oldest first; deeds of the day are in `care`.
        alarms: Every transition of an alarm and every act on it, oldest first.
        care: The day's entries, in the order of entry.
        until: The end, or the last thing known of it.
        infused_from: When the infusion began; None: it did not.
        waves: Keys of the waves that it has, in screen order.
    """

    summary: PastSummary
    history: History
    entries: tuple[EntrySnapshot, ...]
    alarms: tuple[AlarmEntry, ...]
    care: tuple[Entry, ...]
    until: float
    infused_from: float | None
    waves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastWave:
    """A piece of one wave.

    Attributes:
        wave: Its key.
        rate_hz: Nominal samples a second.
        times, samples: Each of shape (n,); NaN where the monitor said that it has none.
    """

    wave: str
    rate_hz: float
    times: Floats
    samples: Samples


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastWaves:
    """The waves around a moment, from `start` to `end`; empty where none were recorded there."""

    session: str
    start: float
    end: float
    waves: tuple[PastWave, ...]

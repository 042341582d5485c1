"""One session as the record has it, read once for paper. What cannot be read is counted, never hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, entry_from_json, moved
from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.infusion.protocol import Protocol
from nurse_station.records.reader import JournalEntry, RecordReader, SessionSummary
from nurse_station.records.state import RecordError
from nurse_station.reports.chain_end import ChainEnd, chain_end
from nurse_station.reports.cuffs import Cuff, cuffs
from nurse_station.reports.words import Times
from nurse_station.sessions import codec
from nurse_station.sessions.deeds import Entry, Measured
from nurse_station.sessions.session import Session, Timed, fold

Floats = NDArray[np.float64]
DEED, ALARM = "session", "alarm"
ACTS = frozenset(Act)
CURVES = ("hr", "pr", "spo2", "rr_co2", "rr_imp", "etco2")
"""Parameters that are drawn and stand in the grid."""
OF_THE_RECORD = ("vitals_lost", "rows_refused", "record_restarted")
"""Entries of the room that concern every session of their time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one parameter in the order of time: unix seconds, and value; only valid ones."""

    at: Floats
    value: Floats

    def newest(self, at: float, within_s: float) -> float | None:
        """The last value that is not older than `within_s`; None: there is none."""
        place = int(np.searchsorted(self.at, at, side="right")) - 1
        if place < 0 or at - self.at[place] > within_s:
            return None
        return float(self.value[place])


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One session.

    Attributes:
        summary: Its line in the list of sessions.
        journal: Its entries, and those of the record's own troubles in its time.
        entries: What nurses entered, in the order of entry.
        said: Entry number -> the sentence that was shown when it was entered.
        written: Entry number -> when it was written, unix seconds.
        unread: Numbers of journal entries that this program cannot read.
        day: The entries, folded.
        protocol_key, protocol: The protocol; None: this program has none of that key.
        alarms: What the alarms gave; times are unix seconds.
        curves: Parameter -> its valid values; what was never measured is not there.
        cuffs: By monitor and by hand, oldest first.
        until: The end, or the last thing known of it, unix seconds.
        chain: None: not chained.
        times: How its times are written.
        printed: When this paper is made, unix seconds.
        clinic: Its name; may be empty.
    """

    summary: SessionSummary
    journal: tuple[JournalEntry, ...]
    entries: tuple[Entry, ...]
    said: Mapping[int, str]
    written: Mapping[int, float]
    unread: tuple[int, ...]
    day: Session
    protocol_key: str
    protocol: Protocol | None
    alarms: tuple[AlarmEntry, ...]
    curves: Mapping[str, Series]
    cuffs: tuple[Cuff, ...]
    until: float
    chain: ChainEnd | None
    times: Times
    printed: float
    clinic: str = ""

    @property
    def started(self) -> float:
        """When the record of this session began, unix seconds."""
        return self.summary.started.timestamp()


@dataclass(slots=True)
class _Read:
    """What a journal gives."""

    entries: list[Entry] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    written: dict[int, float] = field(default_factory=dict)
    alarms: list[AlarmEntry] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    protocol: str = ""


def read_session(
    folder: Path, session: str, *, protocols: Mapping[str, Protocol], printed: datetime,
    zone: tzinfo | None = None, clinic: str = "",
) -> Recorded:  # fmt: skip
    """Everything that paper needs of a session.

    Args:
        folder: The data directory.
        session: Its name.
        protocols: By key.
        printed: Now, aware.
        zone: Of the paper's times; None: the computer's.
        clinic: The clinic's name.

    Raises:
        RecordError: There is no such session, or the record cannot be read.
    """
    with RecordReader(folder) as reader:
        summary = next((row for row in reader.sessions() if row.name == session), None)
        if summary is None:
            msg = f"There is no session {session} in the record."
            raise RecordError(msg)
        own = reader.journal(session)
        read, curves = _read(own), _curves(reader, session)
        measured = _cuffs(reader, session)
        until = _until(summary, own)
        journal = (*own, *_of_the_record(reader.journal(None), summary.started.timestamp(), until))
    day = fold(read.entries)
    return Recorded(
        summary=summary, journal=journal, entries=tuple(read.entries),
        said=MappingProxyType(read.said), written=MappingProxyType(read.written),
        unread=tuple(read.unread), day=day,
        protocol_key=read.protocol, protocol=protocols.get(read.protocol),
        alarms=tuple(read.alarms), curves=curves, cuffs=_with_hands(measured, day), until=until,
        chain=chain_end(folder, session), times=Times.of(summary.started, zone),
        printed=printed.timestamp(), clinic=clinic,
    )  # fmt: skip


def _read(journal: Iterable[JournalEntry]) -> _Read:
    read = _Read()
    for entry in journal:
        try:
            _take(read, entry)
        except (codec.CodecError, KeyError, TypeError, ValueError):
            read.unread.append(entry.number)
    return read


def _take(read: _Read, entry: JournalEntry) -> None:
    wall = entry.wall.timestamp()
    if entry.kind == DEED:
        deed = codec.from_json(entry.body)
        read.entries.append(deed)
        read.said[deed.number] = str(entry.body.get("said", ""))
        read.written[deed.number] = wall
        read.protocol = str(entry.body.get("protocol", read.protocol))
    elif entry.kind == ALARM or entry.kind in ACTS:
        # Each run of the program counts from another zero: the time of day is common to all.
        read.alarms.append(moved(entry_from_json(entry.body), wall - entry.mono))


def _curves(reader: RecordReader, session: str) -> Mapping[str, Series]:
    found = {}
    for parameter in CURVES:
        at, value = reader.numeric_series(session, parameter)
        valid = ~np.isnan(value)
        if valid.any():
            order = np.argsort(at[valid], kind="stable")
            found[parameter] = Series(at=at[valid][order], value=value[valid][order])
    return MappingProxyType(found)


def _cuffs(reader: RecordReader, session: str) -> tuple[Cuff, ...]:
    if not reader.numeric_series(session, "nibp_sys")[0].size:
        return ()
    return cuffs(reader.timed_readings(session))


def _with_hands(measured: Sequence[Cuff], day: Session) -> tuple[Cuff, ...]:
    by_hand = [
        Cuff(at=timed.at, sys=timed.deed.values.get("nibp_sys"), dia=timed.deed.values.get("nibp_dia"),
             mean=timed.deed.values.get("nibp_mean"), by=timed.who)
        for timed in day.stands
        if isinstance(timed.deed, Measured) and {"nibp_sys", "nibp_dia"} & timed.deed.values.keys()
    ]  # fmt: skip
    return tuple(sorted((*measured, *by_hand), key=lambda cuff: cuff.at))


def _until(summary: SessionSummary, journal: Sequence[JournalEntry]) -> float:
    if summary.ended is not None:
        return summary.ended.timestamp()
    known = [entry.wall for entry in journal] + [summary.started]
    return max([*known, *([summary.last] if summary.last else [])]).timestamp()


def _of_the_record(room: Iterable[JournalEntry], start: float, end: float) -> list[JournalEntry]:
    return [entry for entry in room if entry.kind in OF_THE_RECORD and start <= entry.wall.timestamp() <= end]


def entered_late(recorded: Recorded, timed: Timed) -> str:
    """`entered 14:20` beside what was done earlier than it was entered; else empty."""
    return "" if timed.entered is None else f"entered {recorded.times.minute(timed.entered)}"


def changes(recorded: Recorded) -> tuple[AlarmChange, ...]:
    """The transitions of the alarms."""
    return tuple(entry for entry in recorded.alarms if isinstance(entry, AlarmChange))


def acts(recorded: Recorded) -> tuple[ActTaken, ...]:
    """What was done to the alarms."""
    return tuple(entry for entry in recorded.alarms if isinstance(entry, ActTaken))

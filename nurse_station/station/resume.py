"""After the program was gone: go on with the sessions it was in, and say how long nobody looked."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from nurse_station.alarms.changes import Entry, entry_from_json, moved
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.records.reader import JournalEntry, RecordReader, SessionSummary
from nurse_station.records.series import Series
from nurse_station.records.words import STATION
from nurse_station.records.writer import RecordWriter
from nurse_station.station.bed import BedMonitor
from nurse_station.station.bed_care import read_day
from nurse_station.station.history import History
from nurse_station.station.journal import ACTS, ALARM, ALARM_MEMORY, DEED, NOT_FOR_NURSES, told
from nurse_station.station.returns import MOVED_S
from nurse_station.station.snapshots import EntrySnapshot
from nurse_station.vitals.clock import Clock
from nurse_station.vitals.parameters import PARAMETERS

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]

RESUMED_WITHIN = timedelta(minutes=30)
"""After longer, another patient may sit there: their values must not go into this record."""


def resume_sessions(
    beds: Mapping[str, BedMonitor], folder: Path, record: RecordWriter, clock: Clock
) -> list[str]:
    """Go on with each open session of a bed that still is; end what cannot be gone on with.

    Returns:
        The names of the sessions that go on.
    """
    resumed: list[str] = []
    with RecordReader(folder) as reader:
        for session in reader.open_sessions():
            reason = _why_not(session, beds, clock, last_sign(session, reader))
            if reason:
                record.end_session(session.name, STATION, reason)
                continue
            _resume(session, beds[session.bed], reader, record, clock)
            resumed.append(session.name)
    return resumed


def last_sign(session: SessionSummary, reader: RecordReader) -> datetime:
    """When the program was last seen in this session: its last vitals or its last entry."""
    entries = reader.journal(session.name)
    said = entries[-1].wall if entries else session.started
    return max(said, session.last or session.started)


def _why_not(session: SessionSummary, beds: Mapping[str, BedMonitor], clock: Clock, last: datetime) -> str:
    if session.simulated:
        return "a simulation ends with the program"
    if session.bed not in beds or beds[session.bed].session is not None:
        return f"there is no free bed {session.bed} any more"
    # A clock that was put back meanwhile is no reason to forget a patient's alarms and limits.
    if abs(clock.wall() - last) > RESUMED_WITHIN:
        return "the program was gone for too long to go on"
    return ""


def _resume(
    session: SessionSummary, bed: BedMonitor, reader: RecordReader, record: RecordWriter, clock: Clock
) -> None:
    away = (clock.wall() - last_sign(session, reader)).total_seconds()
    gap = max(0.0, away)
    log.info("session %s goes on after %.0f s", session.name, away)
    record.resume_session(session.name)
    journal = reader.journal(session.name)
    bed.resume(session.name, session.started, read_history(session, reader, clock), shown(journal))
    _resume_alarms(bed, journal, session.last, clock, round(gap, 1))
    bed.care.resume(*read_day([entry.body for entry in journal if entry.kind == DEED]))
    if away < 0:
        bed.care.monitors_changed("the program was gone, and the clock was put back meanwhile")
    elif gap > MOVED_S:
        bed.care.monitors_changed(f"the program was gone for {gap:.0f} s")
    if _monitored(journal):
        bed.expect_again()


def _resume_alarms(
    bed: BedMonitor, journal: list[JournalEntry], last: datetime | None, clock: Clock, gap_s: float
) -> None:
    """What cannot be read is left out: a session goes on without its limits rather than not at all."""
    entries = read_log(journal, clock)
    try:
        bed.alarms.resume(memory_of(journal, last), clock.now(), gap_s, entries)
    except (KeyError, TypeError, ValueError):
        log.exception("what the alarms of %s remembered cannot be read; they begin anew", bed.bed)
        bed.alarms.resume(AlarmMemory(), clock.now(), gap_s, entries)


def shown(journal: Iterable[JournalEntry]) -> tuple[EntrySnapshot, ...]:
    """The entries that a nurse reads in the record."""
    return tuple(
        EntrySnapshot(wall=entry.wall, kind=entry.kind, who=entry.who, body=MappingProxyType(entry.body))
        for entry in journal
        if entry.kind not in NOT_FOR_NURSES and ((alarm := _alarm(entry)) is None or told(alarm))
    )


def read_log(journal: Iterable[JournalEntry], clock: Clock) -> list[Entry]:
    """What the alarms gave before, laid on this run's monotonic seconds."""
    return alarms_from(journal, clock.now() - clock.wall().timestamp())


def alarms_from(journal: Iterable[JournalEntry], shift: float) -> list[Entry]:
    """What the alarms gave, `shift` seconds after its unix time."""
    return [moved(alarm, entry.wall.timestamp() + shift - entry.mono)
            for entry in journal if (alarm := _alarm(entry)) is not None]  # fmt: skip


def memory_of(journal: Iterable[JournalEntry], last: datetime | None) -> AlarmMemory:
    """What the alarms knew last, as it stood when the last vitals came; nothing when nothing was kept.

    Raises KeyError, TypeError or ValueError for what is no memory.
    """
    kept = [entry for entry in journal if entry.kind == ALARM_MEMORY]
    if not kept:
        return AlarmMemory()
    memory = AlarmMemory.from_json(kept[-1].body)
    if memory.check_due_in_s is None or last is None:
        return memory
    passed = (last - kept[-1].wall).total_seconds()
    return replace(memory, check_due_in_s=memory.check_due_in_s - passed)


def _alarm(entry: JournalEntry) -> Entry | None:
    """The entry of the alarms in a journal's entry; None: it is of something else, or of an older program."""
    if entry.kind != ALARM and entry.kind not in ACTS:
        return None
    try:
        return entry_from_json(entry.body)
    except (KeyError, TypeError, ValueError):
        return None


def _monitored(journal: Iterable[JournalEntry]) -> bool:
    """Whether a monitor was connected when the program was left."""
    connected: set[object] = set()
    for entry in journal:
        if entry.kind == "monitor_connected":
            connected.add(entry.body.get("monitor"))
        elif entry.kind == "monitor_disconnected":
            connected.discard(entry.body.get("monitor"))
    return bool(connected)


def read_history(session: SessionSummary, reader: RecordReader, clock: Clock) -> History:
    """What the session saw before, laid on this run's monotonic seconds."""
    to_monotonic = clock.now() - clock.wall().timestamp()
    start = min(session.started.timestamp() + to_monotonic, clock.now()) - 1
    return history_from(reader.all_series(session.name), start, to_monotonic)


def history_from(series: Mapping[str, Series], start: float, shift: float) -> History:
    """A session's values from second `start` on, `shift` seconds after their unix time."""
    history = History(start)
    for key, parameter in PARAMETERS.items():
        if key in series:
            at, values = (
                _measurements(series[key]) if parameter.episodic else (series[key].at, series[key].value)
            )
            _add(history, key, at + shift, values)
    return history


def _measurements(series: Series) -> tuple[Floats, Floats]:
    """Cuff pressures at the time they were measured: a monitor repeats them each second, and one whose
    time is not known has no place on a time axis."""
    said = ~np.isnan(series.measured) & ~np.isnan(series.value)
    seconds, first = np.unique(np.floor(series.measured[said]), return_index=True)
    return seconds, series.value[said][first]


def _add(history: History, parameter: str, at: Floats, values: Floats) -> None:
    # Where the time of day was put back within the session, what was written before must not lie after.
    at = np.minimum.accumulate(at[::-1])[::-1]
    held = ~np.isnan(values)
    history.add_numerics(parameter, at[held], values[held])

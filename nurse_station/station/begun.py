"""A practised day that began before its station did. For a record of practice only: no patient begins so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.records.words import STATION
from nurse_station.records.writer import RecordWriter
from nurse_station.sessions import codec
from nurse_station.sessions.deeds import Entry
from nurse_station.sessions.session import fold
from nurse_station.sessions.words import note
from nurse_station.station.bed import SILENT_AFTER_S, BedMonitor
from nurse_station.station.history import History
from nurse_station.station.journal import DEED
from nurse_station.vitals.clock import Clock
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Reading

MADE_UP = "lead-in"
"""The source of readings that no monitor sent."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BegunDay:
    """What a bed has behind it.

    Attributes:
        at: Session second of the present.
        entries: The journal of the day, oldest first; at least one.
        protocol: Key of the protocol.
        history: The numerics until now, in the clock's monotonic seconds; the bed goes on in it.
        alarms: What the alarms gave until now, in the same seconds.
        memory: What they knew; None: they begin.
    """

    at: float
    entries: tuple[Entry, ...]
    protocol: str
    history: History
    alarms: tuple[AlarmEntry, ...] = ()
    memory: AlarmMemory | None = None


def begin_day(
    bed: BedMonitor, day: BegunDay, record: RecordWriter, clock: Clock, turn: Callable[[float], None]
) -> None:
    """Begin the bed's session with a day that has gone so far.

    Args:
        bed: Without a session; its monitors are connected already.
        day: What was before.
        record: The station's.
        clock: The station's.
        turn: Turns the clock's time of day to a session second: each entry is written at its own, and at
            last the clock is at `day.at`.

    Raises:
        ValueError: The record is one of patients.
    """
    if not record.practice:
        msg = f"bed {bed.bed}: only practice begins with a day that has begun"
        raise ValueError(msg)
    turn(day.entries[0].at)
    bed.history = day.history
    bed.begin_session()
    for number, entry in enumerate(day.entries):
        turn(entry.at)
        said = note(entry, fold(day.entries[:number]))
        body = {**codec.as_json(entry), "said": said, "protocol": day.protocol}
        bed.journal.note(DEED, body, entry.who, entry.why)
    turn(day.at)
    _resume_alarms(bed, day, clock.now())
    bed.care.resume(day.entries, day.protocol)
    record.write(bed.session or "", tuple(_readings(day.history, clock.now())), clock.now())


def _resume_alarms(bed: BedMonitor, day: BegunDay, now: float) -> None:
    if day.memory is None:
        bed.alarms.watch(now)
        return
    bed.alarms.resume(day.memory, now, None, day.alarms)
    silent_after_s = max((line.driver.silence_after_s for line in bed.lines), default=SILENT_AFTER_S)
    bed.alarms.expect(bool(bed.lines), silent_after_s, STATION, now)


def _readings(history: History, until: float) -> Iterator[Reading]:
    """What the history holds, as the record keeps it, oldest first."""
    found: list[Reading] = []
    for key, parameter in PARAMETERS.items():
        track = history.numeric(key)
        if track is None:
            continue
        for at, low, _ in zip(*track.between(history.start, until), strict=True):
            measured = float(at) if parameter.episodic else None
            found.append(Reading(parameter=key, value=float(low), at=float(at), source=MADE_UP,
                                 measured_at=measured))  # fmt: skip
    yield from sorted(found, key=lambda reading: reading.at)

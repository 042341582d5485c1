"""What an export is made of: one session, read once, its times in seconds from its beginning. Writes nothing.

Entries of a kind that is not known here go through as they are: kind and body.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from nurse_station.records.reader import JournalEntry, RecordReader
from nurse_station.records.state import RecordError
from nurse_station.sessions.codec import CodecError, from_json
from nurse_station.sessions.session import Session, fold
from nurse_station.vitals.readings import DeviceCondition, Reading
from nurse_station.vitals.waves import WaveBlock

SESSION_KIND = "session"
"""Kind of a journal entry that holds a deed of the session (`sessions.codec`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, of a nurse, the station or a monitor.

    Attributes:
        t: Seconds from the session's beginning.
        kind: The journal's word; "condition" for what a monitor said of itself.
        name: What kind of it, e.g. the deed or the alarm's condition; may be empty.
        who: Who did it; may be empty.
        body: What belongs to it, plain values.
    """

    t: float
    kind: str
    name: str
    who: str = ""
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """A time in which the pump did not change.

    Attributes:
        t, end: Seconds from the session's beginning; end None: not known.
        ml_h, mg_h: What ran; 0 while paused.
        mg: What it gave; None: its end is not known.
    """

    t: float
    end: float | None
    ml_h: float
    mg_h: float
    mg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One session.

    Attributes:
        identity: Its name and its uuid; of a de-identified export, a random one twice.
        start: Wall time (UTC) that counts as second 0; None: de-identified.
        seconds: To the last thing that happened.
        ended: Whether the session is over.
        simulated: Its values are not a patient's.
        bed: The clinic's name of the place; empty: de-identified.
        readings, waves: Made anew at each call: (seconds, what), in the order of writing.
        events: In the order of time.
        session: What the nurses entered, folded; None: nothing, or de-identified.
        doses: What was given, in the order of time; zero rates among them.
    """

    identity: tuple[str, str]
    start: datetime | None
    seconds: float
    ended: bool
    simulated: bool
    bed: str
    readings: Callable[[], Iterator[tuple[float, Reading]]]
    waves: Callable[[], Iterator[tuple[float, WaveBlock]]]
    events: tuple[Event, ...]
    session: Session | None = None
    doses: tuple[Dose, ...] = ()

    def time(self, t: float) -> datetime | None:
        """The wall time (UTC) at second `t`; None: de-identified."""
        return None if self.start is None else self.start + timedelta(seconds=t)


def content_of(reader: RecordReader, session: str) -> Content:
    """The session of that name. Raises RecordError where there is none."""
    summary = next((row for row in reader.sessions() if row.name == session), None)
    if summary is None:
        msg = f"There is no session {session} in the record."
        raise RecordError(msg)
    zero = summary.started.timestamp()
    entries = reader.journal(session)
    folded = _folded(entries)
    events = [_event(entry, zero) for entry in entries]
    events += [_condition(wall - zero, said) for wall, said in reader.timed_conditions(session)]
    events.sort(key=lambda event: event.t)
    last = summary.started if summary.last is None else summary.last
    seconds = max([(last - summary.started).total_seconds(), *(event.t for event in events)], default=0.0)
    return Content(
        identity=(summary.name, summary.uuid), start=summary.started, seconds=seconds,
        ended=summary.ended is not None, simulated=summary.simulated, bed=summary.bed_name,
        readings=lambda: ((wall - zero, each) for wall, each in reader.timed_readings(session)),
        waves=lambda: ((wall - zero, each) for wall, each in reader.timed_waves(session)),
        events=tuple(events), session=folded, doses=_doses(folded, zero),
    )  # fmt: skip


def _event(entry: JournalEntry, zero: float) -> Event:
    body, t = entry.body, entry.wall.timestamp() - zero
    if entry.kind == SESSION_KIND:
        done = body.get("at") if isinstance(body.get("entered"), int | float) else None
        at = done - zero if isinstance(done, int | float) else t  # entered late: it stands where it was done
        return Event(t=at, kind=entry.kind, name=str(body.get("deed", "")), who=entry.who, body=body)
    name = body.get("condition") or body.get("act") or ""
    return Event(t=t, kind=entry.kind, name=str(name), who=entry.who, body=body)


def _condition(t: float, said: DeviceCondition) -> Event:
    body = {"active": said.active, "source": said.source, "detail": said.detail}
    return Event(t=t, kind="condition", name=said.key, who=said.source, body=body)


def _folded(entries: Sequence[JournalEntry]) -> Session | None:
    """The day as the nurses entered it. An entry that this program cannot read stays an event only."""
    found = []
    for entry in entries:
        if entry.kind == SESSION_KIND:
            try:
                found.append(from_json(entry.body))
            except CodecError:
                continue
    return fold(found) if found else None


def _doses(session: Session | None, zero: float) -> tuple[Dose, ...]:
    if session is None or session.delivery is None:
        return ()
    segments = session.delivery.segments
    ends = [segment.at for segment in segments[1:]] + [session.stopped_at]
    return tuple(
        Dose(
            t=segment.at - zero, end=None if end is None else max(end, segment.at) - zero,
            ml_h=segment.ml_h, mg_h=float(segment.mg_h),
            mg=None if end is None else float(segment.mg_until(max(end, segment.at))),
        )
        for segment, end in zip(segments, ends, strict=True)
    )  # fmt: skip

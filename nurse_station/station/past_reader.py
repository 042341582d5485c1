"""Sessions of the record, for a screen to look back on. Changes nothing; not for the station's thread."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from nurse_station.alarms.lifecycle import Event
from nurse_station.alarms.words import Priority
from nurse_station.records.reader import JournalEntry, RecordReader, SessionSummary
from nurse_station.records.state import RecordError
from nurse_station.sessions.deeds import Entry, ScreeningBegun
from nurse_station.sessions.session import Session, fold
from nurse_station.station.bed_care import read_day
from nurse_station.station.history import History
from nurse_station.station.journal import ALARM, DEED
from nurse_station.station.past import PastError, PastSession, PastSummary, PastWave, PastWaves
from nurse_station.station.resume import alarms_from, history_from, shown
from nurse_station.vitals.waves import WAVES

WAVES_LATE_S = 2.0
"""So much later than its samples a block may arrive."""
MOST_WAVES_S = 60.0
"""A longer piece is no picture of waves."""
PRIORITIES: Mapping[str, Priority] = MappingProxyType({each.name.lower(): each for each in Priority})


def read_past_sessions(folder: Path) -> tuple[PastSummary, ...]:
    """Every session, newest first. Raises PastError."""
    try:
        with RecordReader(folder) as reader:
            rows = [
                _summary(row, fold(_day(reader.of_kind(row.name, DEED))), _alarms(reader, row))
                for row in reader.sessions()
            ]
    except RecordError as error:
        raise PastError(str(error)) from error
    return tuple(sorted(rows, key=lambda row: row.started, reverse=True))


def read_past(folder: Path, session: str) -> PastSession:
    """One session. Raises PastError."""
    try:
        with RecordReader(folder) as reader:
            return _past(reader, _row(reader, session))
    except RecordError as error:
        raise PastError(str(error)) from error


def read_past_waves(folder: Path, session: str, at: float, seconds: float) -> PastWaves:
    """The waves of `seconds` around unix second `at`. Raises PastError."""
    start, end = at - seconds / 2, at + seconds / 2
    laid = History(start)
    try:
        with RecordReader(folder) as reader:
            for wall, block in reader.timed_waves(session, None, start - WAVES_LATE_S, end + WAVES_LATE_S):
                laid.add_wave(block.wave, block.samples, block.rate_hz, wall)
    except RecordError as error:
        raise PastError(str(error)) from error
    waves = tuple(piece for key in WAVES if (piece := _piece(laid, key, start, end)) is not None)
    return PastWaves(session=session, start=start, end=end, waves=waves)


def _piece(laid: History, key: str, start: float, end: float) -> PastWave | None:
    track = laid.wave(key)
    if track is None:
        return None
    _, times, samples = track.since(0)
    inside = (times >= start) & (times < end)
    if not inside.any():
        return None
    return PastWave(wave=key, rate_hz=track.rate_hz, times=times[inside], samples=samples[inside])


def _row(reader: RecordReader, session: str) -> SessionSummary:
    reader.number(session)  # says in words that there is none, or that it was deleted
    return next(row for row in reader.sessions() if row.name == session)


def _past(reader: RecordReader, row: SessionSummary) -> PastSession:
    journal = reader.journal(row.name)
    care = _day([entry for entry in journal if entry.kind == DEED])
    day = fold(care)
    series = reader.all_series(row.name)
    known = [float(each.at[0]) for each in series.values() if len(each.at)]
    start = min([row.started.timestamp(), *known]) - 1
    summary = _summary(row, day, _alarms(reader, row))
    return PastSession(
        summary=summary, history=history_from(series, start, 0.0),
        entries=tuple(entry for entry in shown(journal) if entry.kind != DEED),
        alarms=tuple(alarms_from(journal, 0.0)), care=care,
        until=max([row.started.timestamp() + summary.seconds, *(each.wall.timestamp() for each in journal)]),
        infused_from=day.delivery.started_at() if day.delivery is not None else None,
        waves=_waves(reader, row),
    )  # fmt: skip


def _day(journal: Sequence[JournalEntry]) -> tuple[Entry, ...]:
    return tuple(read_day([entry.body for entry in journal])[0])


def _waves(reader: RecordReader, row: SessionSummary) -> tuple[str, ...]:
    """Of the whole session, as far as its first and last blocks tell."""
    if not row.waves or row.last is None:
        return ()
    last = row.last.timestamp()
    found = {block.wave for block in reader.waves(row.name, None, last - 60, last + 1)}
    return tuple(key for key in WAVES if key in found)


def _summary(row: SessionSummary, day: Session, alarms: Mapping[Priority, int]) -> PastSummary:
    last = row.ended or row.last or row.started
    numbers = (day.day, day.days) if day.of(ScreeningBegun) else (0, 0)
    return PastSummary(
        session=row.name, bed=row.bed, bed_name=row.bed_name, started=row.started, ended=row.ended,
        seconds=max(0.0, (last - row.started).total_seconds()), patient=day.patient, course=day.course,
        day=numbers[0], days=numbers[1], alarms=alarms, simulated=row.simulated,
    )  # fmt: skip


def _alarms(reader: RecordReader, row: SessionSummary) -> Mapping[Priority, int]:
    """Those that became active and were told by themselves."""
    wanted = {"event": Event.DELAY_ELAPSED.value, "hidden_by": ""}
    found = reader.tally(row.name, ALARM, "priority", wanted)
    return MappingProxyType({PRIORITIES[word]: count for word, count in found.items() if word in PRIORITIES})

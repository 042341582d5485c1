"""The days of patients in the record, for the list of patients and courses. Reads; changes nothing."""

from datetime import UTC, datetime
from pathlib import Path

from nurse_station.records.reader import RecordReader, SessionSummary
from nurse_station.records.state import RecordError
from nurse_station.sessions.course import Day, day_of
from nurse_station.sessions.session import Session, fold
from nurse_station.station.bed_care import read_day
from nurse_station.station.journal import DEED
from nurse_station.station.view import PatientDay


def read_days(folder: Path) -> tuple[PatientDay, ...]:
    """Every day that has a patient, newest first; none where there is no record yet."""
    try:
        with RecordReader(folder) as reader:
            found = [_day(reader, row) for row in reader.sessions()]
    except RecordError:
        return ()
    days = [day for day in found if day is not None]
    return tuple(sorted(days, key=lambda day: day.started, reverse=True))


def _day(reader: RecordReader, row: SessionSummary) -> PatientDay | None:
    bodies = [entry.body for entry in reader.journal(row.name) if entry.kind == DEED]
    entries, protocol = read_day(bodies)
    session = fold(entries)
    if session.patient is None:
        return None
    return PatientDay(
        session=row.name, patient=session.patient, course=session.course, day=session.day, days=session.days,
        started=row.started, bed=row.bed_name, state=session.state, outcome=_outcome(session, row),
        simulated=row.simulated, ended=row.ended is not None,
        protocol=protocol,
    )  # fmt: skip


def _outcome(session: Session, row: SessionSummary) -> Day | None:
    began = session.delivery.started_at() if session.delivery is not None else None
    if began is None:
        return None
    last = row.ended or row.last or row.started
    return day_of(session, datetime.fromtimestamp(began, UTC).astimezone().date(), last.timestamp())

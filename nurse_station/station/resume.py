"""After the program was gone: go on with the sessions it was in, and say how long nobody looked."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import numpy as np

from nurse_station.records.reader import RecordReader, SessionSummary
from nurse_station.records.writer import RecordWriter
from nurse_station.station.bed import STATION, BedMonitor
from nurse_station.station.history import History
from nurse_station.vitals.clock import Clock
from nurse_station.vitals.parameters import PARAMETERS

log = logging.getLogger(__name__)

RESUMED_WITHIN = timedelta(hours=12)
"""A session left open for longer is not the patient's who sits there now."""


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
            reason = _why_not(session, beds, clock)
            if reason:
                record.end_session(session.name, STATION, reason)
                continue
            _resume(session, beds[session.bed], reader, record, clock)
            resumed.append(session.name)
    return resumed


def _why_not(session: SessionSummary, beds: Mapping[str, BedMonitor], clock: Clock) -> str:
    if session.simulated:
        return "a simulation ends with the program"
    if session.bed not in beds or beds[session.bed].session is not None:
        return f"there is no free bed {session.bed} any more"
    if clock.wall() - (session.last or session.started) > RESUMED_WITHIN:
        return "the program was gone for too long to go on"
    return ""


def _resume(
    session: SessionSummary, bed: BedMonitor, reader: RecordReader, record: RecordWriter, clock: Clock
) -> None:
    gap = (clock.wall() - (session.last or session.started)).total_seconds()
    log.info("session %s goes on after %.0f s", session.name, gap)
    record.resume_session(session.name)
    record.journal(session.name, "monitoring_gap", {"seconds": round(gap, 1)}, STATION,
                   "the program was restarted")  # fmt: skip
    bed.resume(session.name, session.started, read_history(session, reader, clock))


def read_history(session: SessionSummary, reader: RecordReader, clock: Clock) -> History:
    """What the session saw before, laid on this run's monotonic seconds."""
    to_monotonic = clock.now() - clock.wall().timestamp()
    history = History(session.started.timestamp() + to_monotonic - 1)
    for key, parameter in PARAMETERS.items():
        seconds, values = reader.numeric_series(session.name, key)
        held = ~np.isnan(values)
        if parameter.episodic and len(values):  # repeated each second; new where it changes
            held &= np.concatenate(([True], values[1:] != values[:-1]))
        for at, value in zip(seconds[held] + to_monotonic, values[held], strict=True):
            history.add_numeric(key, float(at), float(value))
    return history

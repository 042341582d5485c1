"""Records from before practice was kept apart: what is simulated beside patients."""

import sqlite3
from contextlib import closing
from pathlib import Path

from nurse_station.records.state import RECORD_FILE
from nurse_station.records.writer import RecordWriter


def begin_beside(writer: RecordWriter, folder: Path, *, simulated: bool) -> str:
    """Begin a session at Chair 1, of either kind, as programs did that kept both in one record."""
    with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
        record.execute("DROP TRIGGER IF EXISTS sessions_of_one_kind")
    writer.practice = simulated
    return writer.begin_session("chair-1", "Chair 1", simulated=simulated)

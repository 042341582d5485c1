"""`sessions`: what is in the record."""

import argparse

from nurse_station.commands.choices import data_dir
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.records.reader import RecordReader, SessionSummary
from nurse_station.records.state import RECORD_FILE

HEADER = ("SESSION", "BED", "BEGAN", "LENGTH", "STATE", "READINGS")


def run(options: argparse.Namespace) -> int:
    """Print one line a session, oldest first; says so when there are none."""
    folder = data_dir(options)
    if not (folder / RECORD_FILE).exists():
        print(f"No session was recorded in {folder}.")
        return 0
    with in_one_sentence(), RecordReader(folder) as reader:
        rows = [HEADER, *(_row(session) for session in reader.sessions())]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADER))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _row(session: SessionSummary) -> tuple[str, ...]:
    state = "open" if session.ended is None else "ended"
    return (
        session.name,
        session.bed_name,
        session.started.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z"),
        _length(session.seconds),
        f"{state}, simulated" if session.simulated else state,
        str(session.numerics),
    )


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"

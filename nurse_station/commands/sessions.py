"""`sessions`: what is in the record, of patients or of what was simulated."""

import argparse
from pathlib import Path

from nurse_station.commands.choices import data_dir, is_practice
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.records.reader import RecordReader, SessionSummary
from nurse_station.records.state import RECORD_FILE
from nurse_station.settings.paths import simulation_folder

HEADER = ("SESSION", "BED", "BEGAN", "LENGTH", "STATE", "READINGS")


def run(options: argparse.Namespace) -> int:
    """Print one line a session, oldest first; says so when there are none, and which are kept apart."""
    folder = data_dir(options)
    with in_one_sentence():
        sessions = _sessions(folder)
        apart = () if is_practice(options) else _sessions(simulation_folder(folder))
    for line in _table(sessions) if sessions is not None else [f"No session was recorded in {folder}."]:
        print(line)
    if apart:
        print(f"Kept apart: {len(apart)} simulated or replayed; add --simulation to list them.")
    return 0


def _sessions(folder: Path) -> list[SessionSummary] | None:
    """Those of the record in a folder; None: there is no record."""
    if not (folder / RECORD_FILE).exists():
        return None
    with RecordReader(folder) as reader:
        return reader.sessions()


def _table(sessions: list[SessionSummary]) -> list[str]:
    rows = [HEADER, *map(_row, sessions)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADER))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows]  # fmt: skip


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

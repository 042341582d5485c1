"""`readings`: what a session's monitors said, from the record, in the form that `decode` prints.

Of what is simulated each line, and the summary, says so: what leaves the record may be taken for a patient's.
"""

import argparse
import json

from nurse_station.commands.choices import session_folder
from nurse_station.commands.long_format import MARK, SIMULATION, Summary, lines, row
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.records.reader import RecordReader


def run(options: argparse.Namespace) -> int:
    """Print them. Seconds count from the session's first reading."""
    with in_one_sentence(), RecordReader(session_folder(options)) as reader:
        if options.format == "summary":
            summary = _summary(reader, options.session).as_json()
            mark = {MARK: SIMULATION} if _simulated(reader, options.session) else {}
            print(json.dumps({**mark, **summary}, indent=2))
            return 0
        simulated = _simulated(reader, options.session)
        start = next((reading.at for reading in reader.readings(options.session)), 0.0)
        told = reader.readings(options.session)
        rows = (row(reading, start, simulated=simulated) for reading in told)
        for line in lines(rows, options.format, simulated=simulated):
            print(line)
    return 0


def _simulated(reader: RecordReader, session: str) -> bool:
    return any(each.simulated for each in reader.sessions() if each.name == session)


def _summary(reader: RecordReader, session: str) -> Summary:
    summary = Summary()
    first = last = None
    for reading in reader.readings(session):
        summary.add(reading)
        first = reading.at if first is None else first
        last = reading.at
    frames = reader.frame_counts(session)
    summary.accepted, summary.refused = frames.accepted, dict(frames.refused)
    summary.duration_s = (last or 0.0) - (first or 0.0)
    return summary

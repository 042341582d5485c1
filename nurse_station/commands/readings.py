"""`readings`: what a session's monitors said, from the record, in the form that `decode` prints."""

import argparse
import json

from nurse_station.commands.choices import session_folder
from nurse_station.commands.long_format import Summary, lines, row
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.records.reader import RecordReader


def run(options: argparse.Namespace) -> int:
    """Print them. Seconds count from the session's first reading."""
    with in_one_sentence(), RecordReader(session_folder(options)) as reader:
        if options.format == "summary":
            print(json.dumps(_summary(reader, options.session).as_json(), indent=2))
            return 0
        start = next((reading.at for reading in reader.readings(options.session)), 0.0)
        rows = (row(reading, start) for reading in reader.readings(options.session))
        for line in lines(rows, options.format):
            print(line)
    return 0


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

"""`decode`: recorded bytes -> readings, one a line, or a summary. The decoder is the station's own."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from nurse_station.commands.choices import driver_called, file_called
from nurse_station.commands.long_format import Summary, lines, row
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.devices.contract import Driver, Event
from nurse_station.station.opening import read_capture
from nurse_station.vitals.readings import Reading


def run(options: argparse.Namespace) -> int:
    """Print what the file says."""
    driver = driver_called(options.monitor)
    path = file_called(options.file)
    with in_one_sentence():
        chunks = read_capture(path, driver)
    events = decoded(driver, chunks)
    if options.format == "summary":
        summary = Summary(duration_s=chunks[-1][0] - chunks[0][0] if chunks else 0.0)
        for event in events:
            summary.add(event)
        print(json.dumps(summary.as_json(), indent=2))
        if not summary.accepted:
            print(f"nurse-station: no frame of {driver.name} in {path}: another monitor's?", file=sys.stderr)
        return 0
    rows = (row(event) for event in events if isinstance(event, Reading))
    for line in lines(rows, options.format):
        sys.stdout.write(line + "\n")
    return 0


def decoded(driver: Driver, chunks: Sequence[tuple[float, bytes]]) -> Iterator[Event]:
    """All events of recorded bytes, each at its recorded time (seconds from the start)."""
    decoder = driver.decoder()
    at = 0.0
    for at, data in chunks:
        yield from decoder.feed(data, at)
    yield from decoder.finish(at)

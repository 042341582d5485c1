"""A session as one long table: a row a reading, an entry or a condition, with its unit. No waves."""

import csv
import json
from collections.abc import Iterator
from heapq import merge
from typing import TextIO

from nurse_station.exports.content import Content, Event
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Reading

COLUMNS = (
    "t_s", "time_utc", "kind", "name", "value", "unit", "quality", "why", "source", "origin", "who", "detail",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[object, ...]


def write_csv(content: Content, file: TextIO) -> None:
    """Write the table, UTF-8 with a header; an empty cell is no value. Units are UCUM codes."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    rows = merge(_readings(content), _events(content), _rates(content), key=lambda row: float(str(row[0])))
    table.writerows(rows)


def _when(content: Content, t: float) -> tuple[str, str]:
    time = content.time(t)
    return f"{t:.3f}", "" if time is None else time.isoformat(timespec="milliseconds")


def _readings(content: Content) -> Iterator[Row]:
    for t, reading in content.readings():
        yield (*_when(content, t), *_reading(reading))


def _reading(reading: Reading) -> Row:
    known = PARAMETERS.get(reading.parameter)
    value = "" if reading.value is None else reading.value
    why = "" if reading.why is None else reading.why.value
    return ("reading", reading.parameter, value, known.unit if known else "", reading.quality.value, why,
            reading.source, _text(reading.origin), "", "")  # fmt: skip


def _events(content: Content) -> Iterator[Row]:
    for event in content.events:
        yield (*_when(content, event.t), *_event(event))


def _rates(content: Content) -> Iterator[Row]:
    for dose in content.doses:
        yield (*_when(content, dose.t), "rate", "ketamine", round(dose.mg_h, 6), "mg/h", *[""] * 6)


def _event(event: Event) -> Row:
    detail = json.dumps(event.body, ensure_ascii=False, sort_keys=True) if event.body else ""
    return (_text(event.kind), _text(event.name), "", "", "", "", "", "", _text(event.who), detail)


def _text(words: str) -> str:
    """What a spreadsheet would take for a formula is marked as text."""
    return f"'{words}" if words.startswith(_FORMULA) else words

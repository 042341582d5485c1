"""A session as EDF+ (Kemp and Olivan 2003, "EDF+C"): waves, numbers at 1 Hz, annotations of what happened.

The format is plain: a header of fixed fields in ASCII, then records of 16-bit samples. Times of a
de-identified session count from 1 January 1985, which EDF+ reserves for unknown dates.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from nurse_station import __version__
from nurse_station.exports.content import Content, Event
from nurse_station.exports.edf_signals import (
    LARGEST,
    NOTHING,
    EdfError,
    Signal,
    filled,
    numeric_signals,
    record_seconds,
    records_needed,
    wave_signals,
)

UNKNOWN_DATE = datetime(1985, 1, 1, tzinfo=UTC)
LONGEST_NOTE = 400
"""Characters of an annotation; the CSV has all of it."""

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LEGEND = "No value is written as the lowest number of a signal"


def write_edf(content: Content, file: BinaryIO) -> None:
    """Write the file. The start is the local time of this computer, in whole seconds, as EDF has it.

    Raises EdfError: the session holds nothing that EDF can hold.
    """
    waves = wave_signals(content.waves())
    span = max(content.seconds, 1.0)
    signals = [*waves, *numeric_signals(content.readings(), int(span) + 1)]
    if not signals:
        msg = "The session holds no values: there is nothing to be written as EDF."
        raise EdfError(msg)
    seconds = record_seconds(signals)
    records = records_needed(signals, seconds, span)
    notes = _annotations(content, records, seconds)
    file.write(_header(content, signals, records, seconds, len(notes[0]) // 2))
    rows = [filled(signal, records, seconds).astype("<i2") for signal in signals]
    for number in range(records):
        file.write(b"".join(row[number].tobytes() for row in rows) + notes[number])


# The header


def _header(content: Content, signals: Sequence[Signal], records: int, seconds: int, words: int) -> bytes:
    count = len(signals) + 1
    start = content.start.astimezone() if content.start is not None else UNKNOWN_DATE
    head = (
        _field("0", 8) + _field(_patient(content), 80) + _field(_recording(content), 80)
        + _field(start.strftime("%d.%m.%y"), 8) + _field(start.strftime("%H.%M.%S"), 8)
        + _field(str(256 * (count + 1)), 8) + _field("EDF+C", 44) + _field(str(records), 8)
        + _field(str(seconds), 8) + _field(str(count), 4)
    )  # fmt: skip
    columns = (
        ([*(s.label for s in signals), "EDF Annotations"], 16),
        ([*(s.source for s in signals), ""], 80),
        ([*(s.unit for s in signals), ""], 8),
        ([*(_number(s.low) for s in signals), "-1"], 8),
        ([*(_number(s.high) for s in signals), "1"], 8),
        ([str(NOTHING)] * count, 8),
        ([str(LARGEST)] * count, 8),
        ([""] * count, 80),
        ([*(str(int(s.rate_hz * seconds)) for s in signals), str(words)], 8),
        ([""] * count, 32),
    )
    return head + b"".join(_field(text, width) for texts, width in columns for text in texts)


def _field(text: str, width: int) -> bytes:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
    return bytes(byte if 32 <= byte < 127 else 95 for byte in plain)[:width].ljust(width)


def _number(value: float) -> str:
    """A number in at most eight characters, as exact as they allow."""
    for digits in range(12, 0, -1):
        text = f"{value:.{digits}g}"
        if len(text) <= 8 and "e" not in text:
            return text
    return f"{value:.0f}"[:8]


def _patient(content: Content) -> str:
    patient = content.session.patient if content.session is not None else None
    if patient is None:
        return "X X X X"
    sex = {True: "F", False: "M", None: "X"}[patient.female]
    born = f"{patient.born.day:02d}-{MONTHS[patient.born.month - 1]}-{patient.born.year}"
    return " ".join(_subfield(each) for each in (patient.number, sex, born, patient.name))


def _recording(content: Content) -> str:
    equipment = f"nurse-station_{__version__}" + ("_SIMULATED" if content.simulated else "")
    if content.start is None:
        return f"Startdate X {_subfield(content.identity[0])} X {equipment}"
    day = content.start.astimezone()
    date = f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"
    return f"Startdate {date} {_subfield(content.identity[0])} X {equipment}"


def _subfield(text: str) -> str:
    return "_".join(text.split()) or "X"


# Annotations: time-stamped lists, "+onset" 0x14 text 0x14 0x00, in a signal of their own


def _annotations(content: Content, records: int, seconds: int) -> list[bytes]:
    """The annotation bytes of each record, of one even length. The first of each tells the record's time."""
    late = 0.0 if content.start is None else content.start.microsecond / 1e6  # the header has whole seconds
    said = [(0.0, _LEGEND), *((event.t, _note(event)) for event in content.events)]
    said += [(dose.t, f"rate {dose.mg_h:g} mg/h") for dose in content.doses]
    notes = [_list(max(t, 0.0) + late, text) for t, text in sorted(said, key=lambda note: note[0])]
    stamps = [_list(number * seconds + late, "") for number in range(records)]
    longest = max(len(note) for note in notes)
    room = len(stamps[-1]) + max(longest, -(-sum(map(len, notes)) // records) + longest)
    room += room % 2
    return list(_dealt(notes, stamps, room))


def _dealt(notes: list[bytes], stamps: list[bytes], room: int) -> Iterator[bytes]:
    waiting = iter(notes)
    note = next(waiting, None)
    for stamp in stamps:
        record = stamp
        while note is not None and len(record) + len(note) <= room:
            record += note
            note = next(waiting, None)
        yield record.ljust(room, b"\x00")


def _list(t: float, text: str) -> bytes:
    plain = "".join(letter if letter >= " " else " " for letter in text)[:LONGEST_NOTE]
    onset = f"{t:.6f}".rstrip("0").rstrip(".")
    return f"+{onset}\x14{plain}\x14\x00".encode()


def _note(event: Event) -> str:
    words = " ".join(word for word in (event.kind, event.name) if word)
    body = json.dumps(event.body, ensure_ascii=False, sort_keys=True) if event.body else ""
    return f"{words} {body}".strip()

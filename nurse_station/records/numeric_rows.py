"""Readings of one frame <-> one row of `numerics`. Pure: bytes and readings, no database.

`vitals` holds, for n columns of the row's layout, little-endian and without padding:

    mask     ceil(n / 8) bytes, bit i set: column i is a whole number of hundredths
    values   one per column: int32 hundredths (-2^31: None) where the bit is set, else float64
    states   one byte per column: quality in the low four bits, why in the high four

A value is stored as hundredths only when hundredths / 100 gives the very same float, so nothing is
ever rounded. `measured` lists (uint16 column, float64 monotonic second) for readings with a
`measured_at`, and is NULL when there is none. `at` and `device_time` are those of the whole row.
"""

import json
import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing, Quality, Reading

# The codes are part of the record: a new word takes a new number, a number is never used again.
QUALITY_CODES = {Quality.GOOD: 0, Quality.QUESTIONABLE: 1, Quality.STALE: 2, Quality.MISSING: 3}
WHY_CODES = {
    None: 0, Missing.ABSENT: 1, Missing.OFF: 2, Missing.INVALID: 3, Missing.NOT_UPDATED: 4,
    Missing.DISCONTINUITY: 5, Missing.UNDER_RANGE: 6, Missing.OVER_RANGE: 7,
    Missing.NOT_CALIBRATED: 8, Missing.IMPLAUSIBLE: 9,
}  # fmt: skip
_QUALITIES = {code: quality for quality, code in QUALITY_CODES.items()}
_WHYS = {code: why for why, code in WHY_CODES.items()}

NOTHING = -(2**31)
_LARGEST = 2**31 - 1
_MEASURED = struct.Struct("<Hd")

Column = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericRow:
    """One row of `numerics`, but for its session, wall time and the number of its layout.

    Attributes:
        columns: JSON text of the layout.
        mono: `at` of all its readings.
        device_time: Of all its readings.
        vitals, measured: As the module describes.
    """

    columns: str
    mono: float
    device_time: float | None
    vitals: bytes
    measured: bytes | None


def frames(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Cut readings into rows: where a time changes, or where a parameter of a source comes again."""
    row: list[Reading] = []
    seen: set[tuple[str, str]] = set()
    for reading in readings:
        what = (reading.parameter, reading.source)
        if row and (what in seen or (reading.at, reading.device_time) != (row[0].at, row[0].device_time)):
            yield row
            row, seen = [], set()
        row.append(reading)
        seen.add(what)
    if row:
        yield row


def encode(frame: Sequence[Reading]) -> NumericRow:
    """One row for readings that share `at` and `device_time`."""
    return NumericRow(
        columns=json.dumps([_column(reading) for reading in frame], separators=(",", ":")),
        mono=frame[0].at,
        device_time=frame[0].device_time,
        vitals=_encode_vitals(frame),
        measured=_encode_measured(frame),
    )


def _column(reading: Reading) -> Column:
    known = PARAMETERS.get(reading.parameter)
    return reading.parameter, reading.source, reading.origin, known.unit if known else ""


def _hundredths(value: float | None) -> int | None:
    if value is None:
        return NOTHING
    if not math.isfinite(value) or abs(value) > _LARGEST / 100 - 1:
        return None
    whole = round(value * 100)
    return whole if whole / 100 == value else None


def _encode_vitals(frame: Sequence[Reading]) -> bytes:
    mask, form, values = 0, "", []
    for place, reading in enumerate(frame):
        whole = _hundredths(reading.value)
        mask |= (whole is not None) << place
        form += "d" if whole is None else "i"
        values.append(reading.value if whole is None else whole)
    states = bytes(QUALITY_CODES[reading.quality] | WHY_CODES[reading.why] << 4 for reading in frame)
    return mask.to_bytes(_mask_size(len(frame)), "little") + struct.pack("<" + form, *values) + states


def _encode_measured(frame: Sequence[Reading]) -> bytes | None:
    packed = b"".join(
        _MEASURED.pack(place, reading.measured_at)
        for place, reading in enumerate(frame)
        if reading.measured_at is not None
    )
    return packed or None


def _mask_size(columns: int) -> int:
    return (columns + 7) // 8


def _form(mask: bytes, columns: int) -> str:
    bits = int.from_bytes(mask, "little")
    return "".join("i" if bits >> place & 1 else "d" for place in range(columns))


def read_columns(text: str) -> list[Column]:
    """The columns of a layout from its JSON text."""
    return [(row[0], row[1], row[2], row[3]) for row in json.loads(text)]


def decode(
    columns: Sequence[Column], mono: float, device_time: float | None, vitals: bytes, measured: bytes | None
) -> list[Reading]:
    """The readings of one row, equal to those that were encoded."""
    count, start = len(columns), _mask_size(len(columns))
    form = _form(vitals[:start], count)
    values = struct.unpack_from("<" + form, vitals, start)
    states = vitals[-count:]
    times: dict[int, float] = dict(_MEASURED.iter_unpack(measured or b""))
    return [
        Reading(
            parameter=parameter, source=source, origin=origin, at=mono, device_time=device_time,
            value=_value(values[place], form[place]),
            quality=_QUALITIES[states[place] & 15], why=_WHYS[states[place] >> 4],
            measured_at=times.get(place),
        )
        for place, (parameter, source, origin, _) in enumerate(columns)
    ]  # fmt: skip


def _value(stored: float, form: str) -> float | None:
    if form == "d":
        return stored
    return None if stored == NOTHING else stored / 100


def layout_mask(columns: int, vitals: bytes) -> bytes:
    """The bytes that, with the layout, tell how long and how laid out `vitals` is."""
    return vitals[: _mask_size(columns)]


def column_values(columns: int, place: int, rows: Sequence[bytes]) -> NDArray[np.float64]:
    """One column of many rows with the same layout and the same mask.

    Returns:
        Shape (len(rows),); NaN where there is no value, and where the device sent an old one as new.
    """
    start = _mask_size(columns)
    form = _form(rows[0][:start], columns)
    table = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), -1)
    first = start + struct.calcsize("<" + form[:place])
    kind = np.dtype("<i4" if form[place] == "i" else "<f8")
    raw = table[:, first : first + kind.itemsize].copy().view(kind)[:, 0]
    values = raw.astype(np.float64)
    if form[place] == "i":
        values = np.where(raw == NOTHING, np.nan, values / 100)
    states = table[:, table.shape[1] - columns + place] & 15
    values[states == QUALITY_CODES[Quality.STALE]] = np.nan
    return values

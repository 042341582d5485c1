"""Every parameter of a session in one pass over its rows, as arrays. Pure: rows in, no database."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.records import numeric_rows
from nurse_station.records.numeric_rows import Column

Floats = NDArray[np.float64]
Row = tuple[int, int, float, bytes, bytes | None]
"""layout, wall_us, mono, vitals, measured."""
_MEASURED = struct.Struct("<Hd")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One parameter of all its sources, in the order of writing; each of shape (n,).

    Attributes:
        at: When it arrived, unix seconds.
        value: NaN where there was none, or an old one was sent as new.
        measured: When it was measured, unix seconds; NaN where the monitor did not say.
    """

    at: Floats
    value: Floats
    measured: Floats


@dataclass(slots=True)
class _Alike:
    """Rows of one layout and one mask."""

    places: list[int]
    rows: list[Row]


def series_of(layouts: Mapping[int, Sequence[Column]], rows: Iterable[Row]) -> dict[str, Series]:
    """Parameter -> its values; what no row has is not there."""
    found: dict[str, list[tuple[NDArray[np.int64], Series]]] = {}
    for layout, alike in _alike(layouts, rows):
        columns = layouts[layout]
        vitals = [row[3] for row in alike.rows]
        wall = np.array([row[1] for row in alike.rows], dtype=np.float64) / 1e6
        where = np.array(alike.places, dtype=np.int64)
        for place, column in enumerate(columns):
            values = numeric_rows.column_values(len(columns), place, vitals)
            measured = _measured(alike.rows, place, wall)
            found.setdefault(column[0], []).append((where, Series(at=wall, value=values, measured=measured)))
    return {parameter: _joined(parts) for parameter, parts in found.items()}


def _alike(layouts: Mapping[int, Sequence[Column]], rows: Iterable[Row]) -> Iterable[tuple[int, _Alike]]:
    groups: dict[tuple[int, bytes], _Alike] = {}
    for place, row in enumerate(rows):
        key = row[0], numeric_rows.layout_mask(len(layouts[row[0]]), row[3])
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Alike([], [])
        group.places.append(place)
        group.rows.append(row)
    return ((layout, group) for (layout, _), group in groups.items())


def _measured(rows: Sequence[Row], place: int, wall: Floats) -> Floats:
    """A monitor repeats the same measurement each second: each time is unpacked once."""
    known: dict[bytes, float] = {}
    mono = np.array([row[2] for row in rows])
    said = np.full(len(rows), np.nan)
    for number, row in enumerate(rows):
        if (packed := row[4]) is not None:
            if packed not in known:
                known[packed] = dict(_MEASURED.iter_unpack(packed)).get(place, np.nan)
            said[number] = known[packed]
    measured: Floats = wall - (mono - said)
    return measured


def _joined(parts: list[tuple[NDArray[np.int64], Series]]) -> Series:
    order = np.argsort(np.concatenate([where for where, _ in parts]), kind="stable")
    each = [series for _, series in parts]
    return Series(
        at=np.concatenate([series.at for series in each])[order],
        value=np.concatenate([series.value for series in each])[order],
        measured=np.concatenate([series.measured for series in each])[order],
    )

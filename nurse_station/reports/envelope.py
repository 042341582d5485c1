"""A long series as the few points that paper can show: lowest and highest of each column. Hides no dip."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nurse_station.reports.recorded import Floats, Series

COLUMNS = 640
"""Of a line of 158 mm: four a millimetre, finer than a copier."""
BREAK_S = 15.0
"""A curve is broken where there was no value for longer, and for longer than two columns."""
Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time that is drawn: unix seconds, start before end."""

    start: float
    end: float

    @property
    def column_s(self) -> float:
        """Seconds of one column."""
        return (self.end - self.start) / COLUMNS


def envelope(series: Series, span: Span) -> tuple[Line, ...]:
    """The lines of a curve: (unix seconds, value), each line without a gap, in the order of time.

    Each column's lowest and highest value are among them, at the time at which they were.
    """
    keep = (series.at >= span.start) & (series.at <= span.end)
    at, value = series.at[keep], series.value[keep]
    if not at.size:
        return ()
    column = np.minimum(((at - span.start) / span.column_s).astype(np.int64), COLUMNS - 1)
    points = np.unique(np.concatenate(list(_extremes(column, value))))
    broken = np.flatnonzero(_gaps(at, points) > max(BREAK_S, 2 * span.column_s)) + 1
    return tuple(
        tuple(zip(at[line].tolist(), value[line].tolist(), strict=True)) for line in np.split(points, broken)
    )


def _extremes(column: np.ndarray, value: Floats) -> Iterator[np.ndarray]:
    """Places of the first, lowest, highest and last value of each column."""
    begins = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
    ends = np.r_[begins[1:], column.size]
    yield begins
    yield ends - 1
    pairs = list(zip(begins.tolist(), ends.tolist(), strict=True))
    yield np.array([begin + int(np.argmin(value[begin:end])) for begin, end in pairs])
    yield np.array([begin + int(np.argmax(value[begin:end])) for begin, end in pairs])


def _gaps(at: Floats, points: np.ndarray) -> Floats:
    """Before each point but the first: the longest time without a value since the point before."""
    steps = np.diff(at, prepend=at[0])
    return np.array([steps[a + 1 : b + 1].max() for a, b in zip(points[:-1], points[1:], strict=True)])

"""Seconds of a vital sign as the points of a line one pixel wide. NumPy only: no Qt, no colour.

Each pixel column shows the lowest and the highest value of its seconds, so that one bad second in a
day stays visible. Columns lie on multiples of their own width, so that a moving picture does not shimmer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAP_S = 10.0
"""A curve is broken where there is no value for longer than this."""

Floats = NDArray[np.float64]
Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """The points of a curve.

    Attributes:
        x: Monotonic seconds, shape (n,).
        y: Values, shape (n,).
        joined: Whether a point is joined to the next, shape (n,), 0 or 1.
    """

    x: Floats
    y: Floats
    joined: NDArray[np.int32]

    def same(self, other: "Line | None") -> bool:
        """Whether it would be drawn the same."""
        return (
            other is not None
            and np.array_equal(self.x, other.x)
            and np.array_equal(self.y, other.y)
            and np.array_equal(self.joined, other.joined)
        )


NOTHING = Line(x=np.zeros(0), y=np.zeros(0), joined=np.zeros(0, dtype=np.int32))


def column_of(per_pixel: float) -> float:
    """Seconds of a column: those of a pixel, and at least one."""
    return max(per_pixel, 1.0)


def line_of(seconds: Floats, low: Values, high: Values, per_pixel: float) -> Line:
    """The curve of values of which each holds for the second that it begins.

    Args:
        seconds: Monotonic seconds that hold a value, growing, shape (n,).
        low: Lowest value of each, shape (n,).
        high: Highest value of each, shape (n,).
        per_pixel: Seconds that a pixel column covers.
    """
    if not len(seconds):
        return NOTHING
    column = column_of(per_pixel)
    number = np.floor(seconds / column)
    first = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
    last = np.append(first[1:], len(seconds)) - 1
    y = np.empty(2 * len(first))
    y[0::2] = np.minimum.reduceat(low, first)
    y[1::2] = np.maximum.reduceat(high, first)
    x = np.empty(2 * len(first))
    x[0::2] = number[first] * column
    x[1::2] = (number[first] + 1) * column
    return Line(x=x, y=y, joined=_joined(seconds[first], seconds[last]))


def _joined(first: Floats, last: Floats) -> NDArray[np.int32]:
    """Each column's two points are joined; a column to the next unless there is a gap between them."""
    joined = np.ones(2 * len(first), dtype=np.int32)
    joined[1:-1:2] = (first[1:] - last[:-1]) <= GAP_S
    joined[-1] = 0
    return joined


def whiskers_of(times: Floats, systolic: Values, diastolic: Values, mean: Floats, cap: float) -> Line:
    """A bar from diastolic to systolic for each cuff measurement, with caps and a mark at the mean.

    Args:
        times: Monotonic seconds, shape (n,).
        systolic: Shape (n,).
        diastolic: Shape (n,).
        mean: NaN where the monitor gave none, shape (n,).
        cap: Half the width of a cap, in seconds.
    """
    left, right = times - cap, times + cap
    x = np.stack([times, times, left, right, left, right, left, right], axis=1)
    y = np.stack([diastolic, systolic, diastolic, diastolic, systolic, systolic, mean, mean], axis=1)
    there = ~np.isnan(y)
    x, y = x[there].astype(np.float64), y[there].astype(np.float64)
    joined = np.zeros(len(x), dtype=np.int32)
    joined[0::2] = 1
    return Line(x=x, y=y, joined=joined)

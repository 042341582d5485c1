"""The range in which a wave of unknown height is drawn: it follows the signal, slowly and in steps. No Qt."""

import math

Range = tuple[float, float]

STEPS = (1.0, 1.4, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)
"""A range is one of these wide, times a power of ten: it changes seldom, and its ends are round."""
ROOM = 1.2
"""A new range is at least so many times the signal."""
TOO_WIDE = 0.35
"""A range of which the signal fills less than this is given up."""
LEAST_PART = 1e-3
"""No range is narrower than this part of its own height: a flat line stays flat."""
LEAST = 1e-6


def fitted(present: Range | None, low: float, high: float) -> Range:
    """The range for a signal between `low` and `high`; the present one while it still does."""
    if present is not None and _does(present, low, high):
        return present
    return _around(low, high)


def _does(present: Range, low: float, high: float) -> bool:
    bottom, top = present
    if low < bottom or high > top:
        return False
    return high - low >= TOO_WIDE * (top - bottom) or present == _around(low, high)


def _around(low: float, high: float) -> Range:
    least = max(abs(low), abs(high)) * LEAST_PART
    span = _step(max((high - low) * ROOM, least, LEAST))
    grid = span / 20
    bottom = round(((low + high) / 2 - span / 2) / grid) * grid
    if bottom < 0 <= low:  # what is never below zero gets no room there
        bottom = 0.0
    return bottom, bottom + span


def _step(needed: float) -> float:
    power = 10.0 ** math.floor(math.log10(needed))
    return next((step * power for step in STEPS if step * power >= needed), 10.0 * power)

"""When each cycle begins, in any minute of any day. Refuses to count from the first cycle.

A rhythm is a phase: a function of time that rises by one with each cycle (the integral of its rate).
Cycle n begins where the phase passes n, so the hundred-thousandth is as near as the first.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Phase = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_MINUTE_S = 60
_GRID = np.linspace(0.0, _MINUTE_S, 20 * _MINUTE_S + 1)
_KEPT_MINUTES = 6


class Rhythm:
    """The beginnings of a phase's cycles, found a minute at a time; the last few minutes are kept."""

    MARGIN_S = 20.0

    def __init__(self, phase: Phase) -> None:
        self._phase = phase
        self._kept = lru_cache(maxsize=_KEPT_MINUTES)(self._found)

    def around(self, start: float, stop: float) -> NDArray[np.float64]:
        """Ascending times (seconds) of all cycles from `start` to `stop` and at least 20 s to either side."""
        first = int((start - self.MARGIN_S) // _MINUTE_S)
        last = int((stop + self.MARGIN_S) // _MINUTE_S)
        return np.concatenate([self._kept(minute) for minute in range(first, last + 1)])

    def _found(self, minute: int) -> NDArray[np.float64]:
        times = _GRID + _MINUTE_S * minute
        # Each border is asked for alone, so that two neighbours agree on it to the last bit.
        cycles = np.arange(self._first_of(minute), self._first_of(minute + 1))
        return np.interp(cycles, self._phase(times), times)

    def _first_of(self, minute: int) -> int:
        return int(np.ceil(self._phase(np.array([float(_MINUTE_S * minute)]))[0]))


def rate_per_minute(begun: NDArray[np.float64], at: float, over_s: float) -> float | None:
    """What a monitor shows: the mean rate of the last `over_s` seconds' cycles; None: fewer than two."""
    counted = begun[(begun > at - over_s) & (begun <= at)]
    return None if counted.size < 2 else float(60.0 * (counted.size - 1) / (counted[-1] - counted[0]))

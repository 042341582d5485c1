"""Breaths -> CO2 at the nose, phases I to IV. Knows no patient; refuses breaths that overlap."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.breaths import INSPIRED_SHARE, Breaths

DEAD_SPACE_S = 0.12
"""Phase I: the first air out held no CO2."""
_UPSTROKE_S = 0.15
"""Phase II, from a tenth to nine tenths."""
_PLATEAU_RISE = 0.08
"""Phase III: how far below its end the plateau begins, as a part of it."""
_WASHOUT_S = 0.07
"""Phase IV: time constant of the fall as fresh air comes in."""

# A logistic curve goes from a tenth to nine tenths in 4.4 of its units.
_UPSTROKE_UNIT_S = _UPSTROKE_S / 4.4


_STILL_S = 1.2
"""How fast the CO2 at the nose is gone once nothing more comes out: time constant."""
_FIN = 14.0
"""How many times longer the upstroke takes through an airway that is nearly closed: the shark fin."""
_CLOSED = 0.12
"""Below this part no gas reaches the nose."""


def capnogram(times: NDArray[np.float64], breaths: Breaths) -> NDArray[np.float64]:
    """mmHg at each time; at least one breath must stand before the first."""
    row = breaths.of(times)
    into = times - breaths.begin[row]
    ended = breaths.etco2[row - 1] * _reaching(breaths, row - 1) * _stale(breaths, row)
    washed = ended * np.exp(-into / _WASHOUT_S)
    inspired = 0.0 if breaths.fico2 is None else breaths.fico2[row]
    return np.maximum(washed + _expired(into, breaths, row), inspired)


def _reaching(breaths: Breaths, row: NDArray[np.intp]) -> NDArray[np.float64]:
    """The part of a breath's CO2 that reaches the nose: all, until the airway is nearly closed."""
    if breaths.air is None:
        return np.ones(row.size)
    return np.clip((breaths.air[row] - _CLOSED) / (2.0 * _CLOSED), 0.0, 1.0)


def _stale(breaths: Breaths, row: NDArray[np.intp]) -> NDArray[np.float64]:
    """What a pause before a breath has left of the CO2 of the breath before it."""
    pause = breaths.begin[row] - breaths.begin[row - 1] - breaths.length[row - 1]
    return np.exp(-np.maximum(pause, 0.0) / _STILL_S)


def _expired(into: NDArray[np.float64], breaths: Breaths, row: NDArray[np.intp]) -> NDArray[np.float64]:
    length, etco2 = breaths.length[row], breaths.etco2[row]
    slower = 1.0 if breaths.air is None else 1.0 + _FIN * (1.0 - breaths.air[row]) ** 2
    upstroke = INSPIRED_SHARE * length + DEAD_SPACE_S + slower * _UPSTROKE_S / 2.0
    risen = 1.0 / (1.0 + np.exp(np.minimum((upstroke - into) / (slower * _UPSTROKE_UNIT_S), 50.0)))
    to_go = (length - into) / np.maximum(length - upstroke, 0.1)
    plateau = etco2 * (1.0 - _PLATEAU_RISE * np.clip(to_go, 0.0, 1.0)) * risen
    return plateau * _reaching(breaths, row) * np.exp(-np.maximum(into - length, 0.0) / _STILL_S)


def at_nose(breaths: Breaths) -> NDArray[np.float64]:
    """What each breath ends with at the nose, mmHg: 0 through a closed airway."""
    return breaths.etco2 * _reaching(breaths, np.arange(breaths.begin.size))

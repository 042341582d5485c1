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


def capnogram(times: NDArray[np.float64], breaths: Breaths) -> NDArray[np.float64]:
    """mmHg at each time; at least one breath must stand before the first."""
    row = breaths.of(times)
    into = times - breaths.begin[row]
    return _washout(into, breaths.etco2[row - 1]) + _expired(into, breaths.length[row], breaths.etco2[row])


def _washout(into: NDArray[np.float64], etco2_before: NDArray[np.float64]) -> NDArray[np.float64]:
    return etco2_before * np.exp(-into / _WASHOUT_S)


def _expired(
    into: NDArray[np.float64], length: NDArray[np.float64], etco2: NDArray[np.float64]
) -> NDArray[np.float64]:
    upstroke = INSPIRED_SHARE * length + DEAD_SPACE_S + _UPSTROKE_S / 2.0
    risen = 1.0 / (1.0 + np.exp((upstroke - into) / _UPSTROKE_UNIT_S))
    to_go = (length - into) / (length - upstroke)
    return etco2 * (1.0 - _PLATEAU_RISE * np.clip(to_go, 0.0, 1.0)) * risen

"""Beats -> the pulse where it arrives: the pleth of a finger, the pressure of an artery. Knows no patient."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.beats import Beats

FINGER_DELAY_S = 0.2
"""From the R peak to the foot of the pulse at the finger."""
ARTERY_DELAY_S = 0.14
"""From the R peak to the foot of the pulse at the wrist."""

LONGEST_PULSE_S = 1.6
"""After so long the blood has run off, however late the next beat is."""


def _contour(systolic: float, dicrotic: float) -> NDArray[np.float64]:
    """One pulse from foot to foot, 0 to 1: a steep systolic bell and a lower dicrotic one that runs off."""
    share = np.linspace(0.0, 1.0, 257)
    # The bells of the pulse before and of the next reach in, so that the ends meet without a step.
    turns = share + np.array([[-1.0], [0.0], [1.0]])
    raw: NDArray[np.float64] = _bell(turns, 0.20, 0.07, systolic) + dicrotic * _bell(turns, 0.46, 0.09, 0.20)
    summed = raw.sum(axis=0)[:-1]
    from_foot = np.roll(summed, -int(summed.argmin()))
    low, high = float(from_foot.min()), float(from_foot.max())
    return (np.append(from_foot, low) - low) / (high - low)


def _bell(turns: NDArray[np.float64], centre: float, rising: float, falling: float) -> NDArray[np.float64]:
    width = np.where(turns < centre, rising, falling)
    return np.exp(-0.5 * ((turns - centre) / width) ** 2)


_FINGER = _contour(systolic=0.095, dicrotic=0.43)
_ARTERY = _contour(systolic=0.090, dicrotic=0.47)
_PLACES = np.linspace(0.0, 1.0, _FINGER.size)

FINGER_MEAN = float(_FINGER[:-1].mean())
ARTERY_MEAN = float(_ARTERY[:-1].mean())
"""Where the mean lies between diastolic (0) and systolic (1)."""


def finger_pulse(times: NDArray[np.float64], beats: Beats) -> NDArray[np.float64]:
    """The volume of blood in the finger at each time: 0 at the foot, 1 at the peak of every pulse."""
    return np.interp(_share(times, beats.later(FINGER_DELAY_S)), _PLACES, _FINGER)


def arterial_pulse(times: NDArray[np.float64], beats: Beats) -> NDArray[np.float64]:
    """The pressure in the wrist's artery at each time: 0 is diastolic, 1 is systolic."""
    return np.interp(_share(times, beats.later(ARTERY_DELAY_S)), _PLACES, _ARTERY)


def _share(times: NDArray[np.float64], arrived: Beats) -> NDArray[np.float64]:
    """How far each time is from its pulse's foot to the next, [0, 1]; 1 where the next is late."""
    after = np.searchsorted(arrived.at, times, side="right")
    into = (times - arrived.at[after - 1]) / np.minimum(arrived.interval[after], LONGEST_PULSE_S)
    return np.minimum(into, 1.0)

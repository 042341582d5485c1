"""Breaths and beats -> the impedance across the chest. Knows no patient."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.beats import Beats
from nurse_station.simulator.breaths import Breaths
from nurse_station.simulator.pulse import arterial_pulse

BREATH_OHM = 1.2
"""What one usual breath adds."""
BEAT_OHM = 0.04
"""What the blood of one beat takes away."""


def impedance(times: NDArray[np.float64], breaths: Breaths, beats: Beats) -> NDArray[np.float64]:
    """Ohm at each time, around 0: it rises as air comes in and dips a little with every beat."""
    return BREATH_OHM * (breaths.volume(times) - 0.5) - BEAT_OHM * arterial_pulse(times, beats)

"""When the samples of a wave are taken. Refuses rates that are none."""

import numpy as np
from numpy.typing import NDArray

# Times are taken to whole ticks, so that the rounding of start + k / rate, which depends on where a window
# began, is gone from the samples. Every rate that monitors use divides the ticks whole, and no time that
# people write lies on the border between two.
_TICKS_HZ = 192_000
_TICK_BORDER = 0.377


def sample_times(start: float, count: int, rate_hz: float) -> NDArray[np.float64]:
    """Seconds of samples from `start` on, to the nearest 1/192000 s. Raises ValueError for no rate."""
    if not rate_hz > 0:
        msg = f"a wave cannot be sampled at {rate_hz} samples a second"
        raise ValueError(msg)
    asked = start + np.arange(count, dtype=np.float64) / rate_hz
    ticks: NDArray[np.float64] = np.floor(asked * _TICKS_HZ + _TICK_BORDER)
    return ticks / _TICKS_HZ

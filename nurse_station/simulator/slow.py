"""What wanders in a body over seconds to hours, a minute at a time. Knows no physiology."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.tape import STEP_S, STEPS_A_SECOND
from nurse_station.simulator.wander import Wander

_SPANS_S = {
    "heart": (40, 1500), "mayer": (8.5, 12.5), "systolic": (90, 3600), "diastolic": (90, 3600),
    "rate": (60, 1200), "depth": (11, 90), "perfusion": (20, 600), "temperature": (3600, 6 * 3600),
}  # fmt: skip
_MINUTE = 60 * STEPS_A_SECOND


class Slow:
    """Curves from `start` (seconds) on, step by step, each within -1 and 1."""

    def __init__(self, seed: int, start: float) -> None:
        self._start = start
        self._curves = {word: Wander(seed, f"body {word}", *span) for word, span in _SPANS_S.items()}
        self._minute = -1
        self._values: dict[str, list[float]] = {}

    def at(self, step: int) -> dict[str, float]:
        """Every curve at a step."""
        minute, place = divmod(step, _MINUTE)
        if minute != self._minute:
            steps = np.arange(_MINUTE, dtype=np.float64) + minute * _MINUTE
            times: NDArray[np.float64] = self._start + steps * STEP_S
            self._values = {word: curve.at(times).tolist() for word, curve in self._curves.items()}
            self._minute = minute
        return {word: values[place] for word, values in self._values.items()}

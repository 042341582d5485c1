"""Slow change that never leaves [-1, 1]: a few sines whose periods share no measure. Knows no physiology."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.chance import Stream


class Wander:
    """A smooth curve over all time, named by a seed and a word. Typically 0.3 from 0, never beyond 1."""

    _PARTS = 6

    def __init__(self, seed: int, word: str, shortest_s: float, longest_s: float) -> None:
        parts = np.arange(self._PARTS)
        luck = Stream(seed, word)
        share = (parts + luck.uniform(parts)) / self._PARTS
        periods = shortest_s * (longest_s / shortest_s) ** share
        self._pace = tuple((2.0 * np.pi / periods).tolist())
        self._shift = tuple((2.0 * np.pi * luck.uniform(parts + self._PARTS)).tolist())

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """The curve at any times (seconds), each within [-1, 1]."""
        # Part after part, not one matrix: a sum over a matrix may round by the number of its columns.
        total = np.zeros_like(times)
        for pace, shift in zip(self._pace, self._shift, strict=True):
            total += np.sin(pace * times + shift)
        return total / self._PARTS

    def area(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """A curve whose slope is `at`: seconds gained by a clock that the wander makes fast or slow."""
        total = np.zeros_like(times)
        for pace, shift in zip(self._pace, self._shift, strict=True):
            total -= np.cos(pace * times + shift) / pace
        return total / self._PARTS

"""Numbers drawn by a seed and a place in a stream. Refuses to have a state: nothing is used up by asking.

SplitMix64's finaliser over a counter (Steele, Lea, Flood 2014): whole-number arithmetic only, so the same
numbers on every machine and with every NumPy, in any order, a day into a session as in its first second.
"""

import hashlib
import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


class Stream:
    """One endless row of numbers, named by a seed and a word."""

    def __init__(self, seed: int, word: str) -> None:
        digest = hashlib.blake2b(f"{seed}/{word}".encode(), digest_size=8).digest()
        self._key = np.uint64(int.from_bytes(digest, "little"))

    def uniform(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Evenly spread in [0, 1), one for each place (any whole numbers, shape (n,))."""
        bits = places.astype(np.uint64) * _STEP + self._key
        bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
        bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
        bits ^= bits >> np.uint64(31)
        return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def between(self, low: float, high: float) -> float:
        """The stream's first number, evenly spread in [low, high)."""
        return low + (high - low) * self._first()

    def normal(self, mean: float, sd: float, low: float, high: float) -> float:
        """The stream's first number, normally spread about `mean` and cut off at [low, high]."""
        bell = NormalDist(mean, sd)
        lowest, highest = bell.cdf(low), bell.cdf(high)
        return bell.inv_cdf(lowest + (highest - lowest) * (0.001 + 0.998 * self._first()))

    def _first(self) -> float:
        return float(self.uniform(np.zeros(1, dtype=np.int64))[0])


class Noise:
    """A sensor's noise as a function of time: mean 0, standard deviation about 1, never beyond 1.8."""

    GRID_HZ = 500.0

    def __init__(self, seed: int, word: str) -> None:
        self._stream = Stream(seed, word)

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """At any times (seconds). A straight line between grid points, so that every rate sees one noise."""
        place = times * self.GRID_HZ
        whole = np.floor(place)
        before = self._stream.uniform(whole.astype(np.int64))
        after = self._stream.uniform(whole.astype(np.int64) + 1)
        return math.sqrt(3.0) * (2.0 * (before + (after - before) * (place - whole)) - 1.0)

"""The breaths of an adult at rest, and how full the lungs are. Refuses apnoea, which is another sequence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.person import Person
from nurse_station.simulator.rhythm import Rhythm
from nurse_station.simulator.wander import Wander

INSPIRED_SHARE = 0.38
"""The part of a breath that is inspiration: 1 : 1.6 at rest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Breaths:
    """Consecutive breaths, one row each; a breath ends where the next begins, or a pause does.

    Attributes:
        begin: Beginning of inspiration, seconds.
        length: Seconds from its begin to its end.
        depth: How far the chest moves, 1: this person's usual tidal volume.
        etco2: CO2 at the end of expiration, mmHg.
        air: The part of the movement that moves air: 1 an open airway, 0 a closed one; None: all are open.
        fico2: CO2 that is breathed in, mmHg; None: none.
    """

    begin: NDArray[np.float64]
    length: NDArray[np.float64]
    depth: NDArray[np.float64]
    etco2: NDArray[np.float64]
    air: NDArray[np.float64] | None = None
    fico2: NDArray[np.float64] | None = None

    @property
    def exhaled(self) -> NDArray[np.float64]:
        """When each expiration begins, seconds."""
        return self.begin + INSPIRED_SHARE * self.length

    def of(self, times: NDArray[np.float64]) -> NDArray[np.intp]:
        """The row of the breath that each time falls into."""
        return np.searchsorted(self.begin, times, side="right") - 1

    def volume(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Air in the lungs above rest: 0 at the end of expiration, about 1 at the end of inspiration."""
        row = self.of(times)
        share = np.minimum((times - self.begin[row]) / self.length[row], 1.0)
        filling = 0.5 * share / INSPIRED_SHARE
        # Expiration at rest is passive: fast at first, then slower and slower.
        emptying = 0.5 + 0.5 * (np.maximum(share - INSPIRED_SHARE, 0.0) / (1.0 - INSPIRED_SHARE)) ** 0.7
        turn = np.where(share < INSPIRED_SHARE, filling, emptying)
        return self.depth[row] * (0.5 - 0.5 * np.cos(2.0 * np.pi * turn))


class RestingBreathing:
    """Quiet breathing: the rate drifts over minutes and differs a little from breath to breath."""

    def __init__(self, person: Person, seed: int) -> None:
        self._person = person
        self._drift = Wander(seed, "breathing drift", 60, 1200)
        self._unevenness = Wander(seed, "breathing unevenness", 9, 40)
        self._depth = Wander(seed, "tidal volume", 11, 90)
        self._etco2 = Wander(seed, "etco2", 20, 1500)
        self._rhythm = Rhythm(self.phase)

    def phase(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Breaths since time 0; a breath begins at each whole number."""
        gained = 0.10 * self._drift.area(times) + 0.12 * self._unevenness.area(times)
        return self._person.respiratory_rate / 60.0 * (times + gained)

    def around(self, start: float, stop: float) -> Breaths:
        """The breaths from `start` to `stop` (seconds), and at least two to either side."""
        marks = self._rhythm.around(start, stop)
        begin, end = marks[:-1], marks[1:]
        return Breaths(
            begin=begin,
            length=end - begin,
            depth=1.0 + 0.25 * self._depth.at(begin),
            etco2=self._person.etco2 + 2.0 * self._etco2.at(end),
        )

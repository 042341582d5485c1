"""The beats of a heart at rest: sinus rhythm. Refuses every other rhythm, which is another sequence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.breaths import RestingBreathing
from nurse_station.simulator.person import Person
from nurse_station.simulator.rhythm import Rhythm
from nurse_station.simulator.wander import Wander


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beats:
    """Consecutive beats, one row each.

    Attributes:
        at: The R peak, seconds.
        interval: Seconds since the beat before.
        ventricular: Whether it arose in a ventricle: early, wide, without a P; None: none did.
    """

    at: NDArray[np.float64]
    interval: NDArray[np.float64]
    ventricular: NDArray[np.bool_] | None = None

    def later(self, delay_s: float) -> "Beats":
        """The same beats as a place sees them that they reach `delay_s` later."""
        return Beats(at=self.at + delay_s, interval=self.interval, ventricular=self.ventricular)


class SinusRhythm:
    """Sinus rhythm: a slow wander, Mayer waves of about 0.1 Hz, and faster with each inspiration."""

    def __init__(self, person: Person, seed: int, breathing: RestingBreathing) -> None:
        self._person = person
        self._breathing = breathing
        self._drift = Wander(seed, "heart drift", 40, 1500)
        self._mayer = Wander(seed, "mayer waves", 8.5, 12.5)
        self._rhythm = Rhythm(self.phase)

    def phase(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Beats since time 0; an R peak stands at each whole number."""
        gained = 0.07 * self._drift.area(times) + 0.035 * self._mayer.area(times)
        breath = 2.0 * np.pi * self._breathing.phase(times)
        breathed = self._person.sinus_arrhythmia * np.cos(breath) / self._breath_pace
        return self._person.heart_rate / 60.0 * (times + gained - breathed)

    def around(self, start: float, stop: float) -> Beats:
        """The beats from `start` to `stop` (seconds), and at least ten seconds to either side."""
        marks = self._rhythm.around(start, stop)
        return Beats(at=marks[1:], interval=np.diff(marks))

    @property
    def _breath_pace(self) -> float:
        return 2.0 * np.pi * self._person.respiratory_rate / 60.0

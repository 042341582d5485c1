"""The breaths of a body, one begun after the other. Each is settled as it begins; nothing later alters it."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from nurse_station.simulator.breaths import INSPIRED_SHARE, Breaths
from nurse_station.simulator.chance import Stream
from nurse_station.simulator.person import Person

_UNEVEN_RATE, _UNEVEN_DEPTH = 0.09, 0.13
_MARGIN_S = 30.0
DEAD_SPACE = 0.3
"""Of a usual tidal volume."""
_ALL_ALVEOLAR = 0.05
"""So much more than the dead space, and the breath ends with what the alveoli hold."""


@dataclass(slots=True, kw_only=True)
class Effort:
    """What the body would do with a breath that begins now.

    Attributes:
        rate: /min; 0: it does not breathe.
        depth: Movement of the chest, 1: the usual.
        air: The part of it that moves air.
        etco2: What a full breath ends with, mmHg.
        fico2: CO2 that is breathed in, mmHg.
    """

    rate: float
    depth: float
    air: float
    etco2: float
    fico2: float


class Breathing:
    """Breaths from `start` (seconds) on."""

    def __init__(self, person: Person, seed: int, start: float) -> None:
        self._luck = Stream(seed, "breaths")
        self._number = 0
        length = 60.0 / person.respiratory_rate
        self._rows = [
            (start - (8 - n) * length, length, 1.0, person.etco2, 1.0, 0.0) for n in range(8)
        ]  # fmt: skip

    @property
    def ends(self) -> float:
        """When the last breath that has begun ends, seconds."""
        return self._rows[-1][0] + self._rows[-1][1]

    def advance(self, now: float, until: float, effort: Effort) -> None:
        """Begin every breath that is due before `until`."""
        while effort.rate > 0 and max(self.ends, now) < until:
            self._begin(max(self.ends, now), effort)

    def moved(self, now: float) -> tuple[float, float, float]:
        """Of the breath at `now`: /min, depth, part that moves air; nothing in a pause."""
        begin, length, depth, _, air, _ = self._rows[-1]
        return (60.0 / length, depth, air) if begin <= now < begin + length else (0.0, 0.0, 0.0)

    def last(self) -> tuple[float, float, float]:
        """As `moved`, of the breath that began last, be it over."""
        _, length, depth, _, air, _ = self._rows[-1]
        return 60.0 / length, depth, air

    def fullness(self, now: float) -> float:
        """How far the chest is filled, roughly: 0 to 1."""
        begin, length, _, _, _, _ = self._rows[-1]
        share = min((now - begin) / length, 1.0)
        return share / INSPIRED_SHARE if share < INSPIRED_SHARE else (1.0 - share) / (1.0 - INSPIRED_SHARE)

    def around(self, start: float, stop: float) -> Breaths:
        """The breaths that have begun by `stop`, from two or more before `start` on."""
        first = max(0, bisect_left(self._rows, (start - _MARGIN_S,)) - 3)
        rows = np.array(self._rows[first : max(bisect_left(self._rows, (stop + 1e-9,)), first + 3)])
        begin, length, depth, etco2, air, fico2 = rows.T
        return Breaths(begin=begin, length=length, depth=depth, etco2=etco2, air=air, fico2=fico2)

    def forget(self, before: float) -> None:
        """Drop what began earlier, but for a few."""
        del self._rows[: max(0, bisect_left(self._rows, (before,)) - 4)]

    def _begin(self, at: float, effort: Effort) -> None:
        longer, deeper = 2.0 * self._luck.uniform(np.array([2 * self._number, 2 * self._number + 1])) - 1.0
        self._number += 1
        length = 60.0 / effort.rate * (1.0 + _UNEVEN_RATE * float(longer))
        depth = effort.depth * (1.0 + _UNEVEN_DEPTH * float(deeper))
        # A shallow breath hardly washes the dead space: its end is not alveolar.
        full = min(1.0, max(0.0, (depth - 0.1) / 0.5))
        # And what moves no more than the dead space brings nothing from the alveoli at all.
        alveolar = min(1.0, max(0.0, (depth * effort.air - DEAD_SPACE) / _ALL_ALVEOLAR))
        self._rows.append((at, length, depth, effort.etco2 * full * alveolar, effort.air, effort.fico2))

"""The beats of a heart, each settled at the beat before it. Knows no drug: it is told a rate."""

from bisect import bisect_left

import numpy as np

from nurse_station.simulator.beats import Beats
from nurse_station.simulator.chance import Stream

_COUPLING, _COMPENSATION = 0.62, 1.38
_AFTER_ARREST_S = 0.8
_NEVER_S = 1e6
_MARGIN_S = 12.0


class Heart:
    """Beats from `start` (seconds) on."""

    def __init__(self, seed: int, start: float, rate: float) -> None:
        self._luck = Stream(seed, "ectopic beats")
        self._number = 0
        # (R peak, seconds since the one before, whether ventricular); the last is yet to come.
        self._rows = [(start + (n - 20) * 60.0 / rate, 60.0 / rate, 0.0) for n in range(21)]
        self._stopped = False

    def advance(self, until: float, rate: float, ectopic_per_min: float, arrest: bool) -> None:
        """Settle beats up to the first after `until` (seconds), at `rate` /min."""
        if self._stopped and not arrest:
            self._append(max(until, self._rows[-1][0]) + _AFTER_ARREST_S, 0.0)
            self._stopped = False
        while not self._stopped and self._rows[-1][0] <= until:
            self._stopped = arrest
            if not arrest:
                self._settle(60.0 / rate, ectopic_per_min / rate)

    def around(self, start: float, stop: float) -> Beats:
        """The beats from well before `start` to the first after `stop`."""
        first = max(0, bisect_left(self._rows, (start - _MARGIN_S,)) - 2)
        rows = np.array([*self._rows[first : bisect_left(self._rows, (stop,)) + 2], self._none()])
        at, interval, ventricular = rows.T
        return Beats(at=at, interval=interval, ventricular=ventricular > 0 if ventricular.any() else None)

    def forget(self, before: float) -> None:
        """Drop what was earlier, but for a few."""
        del self._rows[: max(0, bisect_left(self._rows, (before,)) - 4)]

    def _settle(self, interval: float, ectopic_share: float) -> None:
        before, _, was_ectopic = self._rows[-1]
        ectopic = not was_ectopic and ectopic_share > 0 and self._drawn() < ectopic_share
        share = _COUPLING if ectopic else _COMPENSATION if was_ectopic else 1.0
        self._append(before + share * interval, float(ectopic))

    def _append(self, at: float, ectopic: float) -> None:
        self._rows.append((at, at - self._rows[-1][0], ectopic))

    def _drawn(self) -> float:
        self._number += 1
        return float(self._luck.uniform(np.array([self._number]))[0])

    def _none(self) -> tuple[float, float, float]:
        """Stands for the beat that is not known yet: so late that nothing of it shows."""
        return (self._rows[-1][0] + _NEVER_S, _NEVER_S, 0.0)

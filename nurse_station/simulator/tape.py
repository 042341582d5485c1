"""What a body remembers: every step of the last minutes, one a second before that. No physiology."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.hidden import COLUMNS

STEPS_A_SECOND = 4
STEP_S = 1.0 / STEPS_A_SECOND
_BLOCK = 60 * STEPS_A_SECOND
KEPT_MINUTES = 15
"""For so long every step is kept, and with it the waves."""

Rows = NDArray[np.float64]


class ForgottenError(LookupError):
    """A time was asked for that lies before the patient's beginning, or longer ago than it is remembered."""


class Tape:
    """Rows of `COLUMNS`, one a step from step 0 on."""

    def __init__(self) -> None:
        self._blocks: list[Rows] = []
        self._words: list[tuple[int, frozenset[str]]] = []
        self.steps = 0

    def __deepcopy__(self, memo: dict[int, object]) -> "Tape":
        """The minutes that are written no more are shared: a body's bookmark is small."""
        again = Tape()
        again._blocks = [*self._blocks[:-1], *(block.copy() for block in self._blocks[-1:])]
        again._words, again.steps = list(self._words), self.steps
        memo[id(self)] = again
        return again

    def append(self, row: tuple[float, ...], words: frozenset[str]) -> None:
        """Keep the next step."""
        block, place = divmod(self.steps, _BLOCK)
        if place == 0:
            self._blocks.append(np.empty((_BLOCK, len(COLUMNS))))
            self._thin(block - KEPT_MINUTES)
        self._blocks[block][place] = row
        if not self._words or self._words[-1][1] != words:
            self._words.append((self.steps, words))
        self.steps += 1

    def row(self, step: int) -> Rows:
        """One step; of long ago that of its second's beginning. Raises ForgottenError."""
        self._check(step)
        block, place = divmod(step, _BLOCK)
        rows = self._blocks[block]
        row: Rows = rows[place * len(rows) // _BLOCK]
        return row

    def rows(self, first: int, last: int) -> Rows:
        """Steps `first` to `last`, both among them. Raises ForgottenError."""
        self._check(first)
        self._check(last)
        low, high = first // _BLOCK, last // _BLOCK
        blocks = self._blocks[low : high + 1]
        if len(blocks[0]) < _BLOCK:
            msg = f"step {first} is kept no longer with every step"
            raise ForgottenError(msg)
        joined = blocks[0] if len(blocks) == 1 else np.concatenate(blocks)
        return joined[first - low * _BLOCK : last - low * _BLOCK + 1]

    def words(self, step: int) -> frozenset[str]:
        """What had befallen at a step."""
        low, high = 0, len(self._words)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._words[middle][0] <= step else (low, middle)
        return self._words[low][1]

    def _thin(self, block: int) -> None:
        if block >= 0:
            self._blocks[block] = self._blocks[block][::STEPS_A_SECOND].copy()

    def _check(self, step: int) -> None:
        if not 0 <= step < self.steps:
            msg = f"step {step} of {self.steps} is not on the tape"
            raise ForgottenError(msg)

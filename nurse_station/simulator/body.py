"""A body that answers: acts in, numbers and samples out. Deterministic by seed, however fast it is asked.

It advances in steps of a quarter of a second, as far as it was asked for and no further. What is done at a
time works from the first step at or after it; what is done later than the body was already shown works from
there on, so that nothing that was seen is ever altered. No clock, no thread, no bytes.
"""

import copy
import math
from bisect import insort
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.acts import Act
from nurse_station.simulator.flesh import Flesh
from nurse_station.simulator.hidden import COLUMNS, Hidden
from nurse_station.simulator.person import Person
from nurse_station.simulator.replies import Question, Reply, reply
from nurse_station.simulator.response import Response
from nurse_station.simulator.sensors import Sensors
from nurse_station.simulator.tape import KEPT_MINUTES, STEP_S, Tape

WARM_UP_S = 60.0
"""A body has lived for so long at its second 0, so that averages and waves stand from the first on."""
_FORGET_EVERY = 240


@dataclass(frozen=True, slots=True)
class _Due:
    step: int
    number: int
    act: Act


class Body:
    """One person in the bed; satisfies `devices.contract.Patient`.

    Args:
        person: Who it is.
        seed: Which hours of that person's.
        response: How far the body answers; None: as the seed draws it.
    """

    def __init__(self, person: Person, seed: int, response: Response | None = None) -> None:
        self.person = person
        self.response = Response.drawn(seed) if response is None else response
        self._flesh = Flesh(person, seed, self.response, -WARM_UP_S)
        self._tape = Tape()
        self._sensors = Sensors(person, seed, self._tape, self._flesh)
        self._due: list[_Due] = []
        self._acts = 0
        self._keep()

    @property
    def shown_until(self) -> float:
        """Up to when this patient is settled, seconds."""
        return (self._tape.steps - 1) * STEP_S - WARM_UP_S

    def act(self, act: Act, at: float) -> float:
        """Something is done at `at` (seconds).

        Returns:
            From when it works, seconds: the step at or after `at`, or where the body was already shown to.
        """
        step = max(_step_after(at), self._tape.steps - 1)
        insort(self._due, _Due(step, self._acts, act), key=_order)
        self._acts += 1
        return step * STEP_S - WARM_UP_S

    def numerics(self, at: float) -> dict[str, float | None]:
        """See `devices.contract.Patient.numerics`; kept for `KEPT_MINUTES`, ForgottenError after that."""
        self._advance(_step_after(at))
        step = _step_before(at)
        self._tape.rows(step, step)
        return self._sensors.numerics(at, step)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        """See `devices.contract.Patient.wave`; kept for `KEPT_MINUTES`.

        Raises:
            KeyError: `key` is no wave.
            ValueError: The rate is not above 0.
            ForgottenError: It is too long ago.
        """
        if count > 0 and rate_hz > 0:
            self._advance(_step_after(start + (count - 1) / rate_hz))
        return self._sensors.wave(key, start, count, rate_hz, WARM_UP_S)

    def hidden(self, at: float) -> Hidden:
        """What is true at `at` (seconds); of the whole time since second 0, older than minutes by seconds."""
        self._advance(_step_after(at))
        step = _step_before(at)
        values = dict(zip(COLUMNS, self._tape.row(step).tolist(), strict=True))
        return Hidden(at=at, befallen=self._tape.words(step), **values)

    def reply(self, question: Question, at: float) -> Reply:
        """What the patient says and does when spoken to at `at`; asking is no act: it rouses nobody."""
        return reply(question, self.hidden(at))

    def copied(self) -> "Body":
        """The same patient at the same moment, to be led another way from here: a bookmark."""
        return copy.deepcopy(self)

    def _advance(self, step: int) -> None:
        while self._tape.steps <= step:
            self._step()

    def _step(self) -> None:
        now = self._tape.steps - 1
        while self._due and self._due[0].step <= now:
            self._flesh.act(self._due.pop(0).act)
        self._flesh.advance()
        self._keep()
        if now % _FORGET_EVERY == 0:
            self._flesh.forget(self._flesh.now - 60.0 * (KEPT_MINUTES + 1))

    def _keep(self) -> None:
        self._tape.append(self._flesh.row(), self._flesh.befallen.words)


def _order(due: _Due) -> tuple[int, int]:
    return due.step, due.number


def _step_before(at: float) -> int:
    return math.floor((at + WARM_UP_S) / STEP_S)


def _step_after(at: float) -> int:
    return math.ceil((at + WARM_UP_S) / STEP_S)

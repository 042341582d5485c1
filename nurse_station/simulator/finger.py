"""What an oximeter and a cuff on the same arm make of the blood: late, averaged, and lost at times."""

from collections import deque

from nurse_station.simulator.acts import CuffOnProbeArm
from nurse_station.simulator.tape import STEP_S, STEPS_A_SECOND

DELAY_S, AVERAGE_S = 20.0, 8.0
"""From the artery to the finger; time constant of the averaging."""
_BRIDGED_S = 6.0
_WEAKEST_PULSE, _MOST_MOVEMENT = 0.12, 0.75


class Finger:
    """The probe of one patient.

    Attributes:
        worn: Whether it is on.
        cuff: 1 while a cuff closes its arm.
        shown: Saturation, %, late and averaged.
        pulse_s: For how long it has had a pulse, seconds; a loss of under 6 s is bridged.
    """

    def __init__(self, sao2: float) -> None:
        self._way = deque([sao2] * int(DELAY_S * STEPS_A_SECOND))
        self._schedule: CuffOnProbeArm | None = None
        self._lost_s = 0.0
        self.worn, self.cuff, self.shown, self.pulse_s = True, 0.0, sao2, 0.0

    def follow(self, schedule: CuffOnProbeArm) -> None:
        """A cuff comes onto this arm, or leaves it."""
        self._schedule = schedule if schedule.on else None

    def advance(self, now: float, sao2: float, perfusion: float, movement: float) -> None:
        """Let a step pass."""
        self._way.append(sao2)
        self.shown += (self._way.popleft() - self.shown) * STEP_S / AVERAGE_S
        self.cuff = float(self._schedule is not None and _inflated(self._schedule, now))
        felt = self.worn and perfusion * (1.0 - self.cuff) > _WEAKEST_PULSE and movement < _MOST_MOVEMENT
        self._lost_s = 0.0 if felt else self._lost_s + STEP_S
        self.pulse_s += STEP_S
        if not self.worn or self._lost_s > _BRIDGED_S:
            self.pulse_s = 0.0


def _inflated(schedule: CuffOnProbeArm, now: float) -> bool:
    since = now - schedule.first_s
    return since >= 0 and since % schedule.every_s < schedule.lasts_s

"""How open the airway is, and what opens it. Knows no gas and no drug."""

import math

from nurse_station.simulator.befallen import Befallen

_THRUST_S = 3.0
# A firm jaw thrust held for so long ends a laryngospasm; pressure by mask and oxygen shorten it.
_SPASM_ENDS_S = 25.0
_ROUSED_HELPS = 0.85
# Of each band of MOAA/S below 4, what it narrows the throat of one with sleep apnoea.
_SLEEPER_NARROWS = 0.25


class Airway:
    """One patient's.

    Attributes:
        thrust: How far a jaw thrust has come, 0 to 1.
        held: Whether somebody holds it.
        bagged: Whether somebody ventilates by bag and mask.
        soiled: Whether there is vomit in the mouth.
        patency: 1 open, 0 closed.
    """

    def __init__(self, *, sleep_apnoea: bool = False) -> None:
        self._sleep_apnoea = sleep_apnoea
        self.held = self.bagged = self.soiled = False
        self.thrust, self.patency = 0.0, 1.0
        self._treated_s = 0.0

    def advance(
        self, now: float, seconds: float, befallen: Befallen, *, roused: float, moaas: int, upright: bool
    ) -> None:
        """Let a time pass; a laryngospasm that was treated long enough ends."""
        aim = 1.0 if self.held else 0.0
        self.thrust += (aim - self.thrust) * -math.expm1(-seconds / _THRUST_S)
        self._treat(now, seconds, befallen)
        relief = max(self.thrust, _ROUSED_HELPS * roused, 0.25 if upright else 0.0)
        slack = _SLEEPER_NARROWS * max(0, 4 - moaas) if self._sleep_apnoea else 0.0
        narrowed = min(1.0, max(slack, befallen.level("obstruction"))) * (1.0 - relief)
        soiled = 0.4 if self.soiled and not upright and roused < 0.3 else 0.0
        self.patency = max(0.0, 1.0 - max(narrowed, soiled)) * (1.0 - befallen.level("laryngospasm"))

    def _treat(self, now: float, seconds: float, befallen: Befallen) -> None:
        if not befallen.level("laryngospasm"):
            self._treated_s = 0.0
        elif self.held or self.bagged:
            self._treated_s += seconds * (1.0 + (self.held and self.bagged))
        if self._treated_s >= _SPASM_ENDS_S:
            befallen.end("laryngospasm", now)

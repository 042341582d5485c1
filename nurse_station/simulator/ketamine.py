"""Ketamine in one body: what the pump gave, where it is, and the two sites where it acts. No physiology."""

import math

from nurse_station.infusion.concentration import Compartments, Kinetics
from nurse_station.infusion.models import KE0_CIRCULATION_PER_MIN, KE0_MIND_PER_MIN

# How fast what ran beside the vein is taken up: a default without a source.
_DEPOT_PER_S = math.log(2.0) / 1800.0


class Ketamine:
    """Kamp's model twice, once with each effect site.

    Attributes:
        mg_h: What the pump is set to.
        given_mg: What it has given, boluses with it.
        depot_mg: What of that lies beside the vein.
        plasma, mind, circulation: Concentrations, ng/mL.
    """

    def __init__(self, weight_kg: float, clearance: float) -> None:
        self._of_mind = Kinetics(weight_kg=weight_kg, ke0_per_min=KE0_MIND_PER_MIN, clearance=clearance)
        self._of_circulation = Kinetics(
            weight_kg=weight_kg, ke0_per_min=KE0_CIRCULATION_PER_MIN, clearance=clearance
        )
        self._mind = self._circulation = Compartments()
        self._arriving_mg = self._bolus_mg = 0.0
        self.mg_h = self.given_mg = self.depot_mg = 0.0
        self.plasma = self.mind = self.circulation = 0.0

    def bolus(self, mg: float, beside: float) -> None:
        """A dose at once, the part `beside` of it beside the vein."""
        self.given_mg += mg
        self.depot_mg += mg * beside
        self._bolus_mg += mg * (1.0 - beside)

    def pump(self, seconds: float, beside: float) -> None:
        """The pump runs for a time, the part `beside` of it beside the vein."""
        mg = self.mg_h * seconds / 3600.0
        self.given_mg += mg
        taken_up = self.depot_mg * -math.expm1(-_DEPOT_PER_S * seconds)
        self.depot_mg += mg * beside - taken_up
        self._arriving_mg += mg * (1.0 - beside) + taken_up

    def spread(self, seconds: float) -> None:
        """What has arrived in the last `seconds` spreads: exact for an even flow."""
        rate, bolus = self._arriving_mg * 3600.0 / seconds, self._bolus_mg
        self._arriving_mg = self._bolus_mg = 0.0
        if not (rate or bolus or self.plasma or self.mind):
            return
        self._mind = _after(self._of_mind, self._mind, seconds, rate, bolus)
        self._circulation = _after(self._of_circulation, self._circulation, seconds, rate, bolus)
        self.plasma = self._of_mind.plasma_ng_ml(self._mind)
        self.mind = self._mind.effect_ng_ml
        self.circulation = self._circulation.effect_ng_ml


def _after(
    kinetics: Kinetics, state: Compartments, seconds: float, mg_h: float, bolus: float
) -> Compartments:
    return kinetics.advanced(kinetics.with_bolus(state, bolus), seconds, mg_h)

"""How awake, troubled and sick one patient is: what `mind` makes of what is in the blood, step by step."""

import math

from nurse_station.simulator import mind
from nurse_station.simulator.befallen import Befallen
from nurse_station.simulator.drugs import Acting
from nurse_station.simulator.person import Person
from nurse_station.simulator.response import Response

# How far a stimulus rouses, by MOAA/S from 0 to 5.
BY_VOICE = (0.0, 0.05, 0.3, 0.9, 1.0, 0.5)
BY_HAND = (0.2, 0.6, 1.0, 1.0, 1.0, 0.5)
BY_JAW = (0.2, 0.6, 0.7, 0.7, 0.7, 0.5)
_ROUSED_S, _REASSURED_S = 25.0, 300.0
_ON_BOARD_BANDS = 0.4
# Below this saturation the brain is hurt: a minute of nothing takes all five bands, and they come back with
# this time constant once there is oxygen. Defaults.
_HURTS_BELOW, _MOST_HURT, _HURT_PER_S, _HEALS_S = 50.0, 5.0, 1 / 12, 180.0
_DEEP_BANDS = 4.0
"""Bands of MOAA/S of one who neither breathes nor can be roused."""


class Consciousness:
    """One patient's.

    Attributes:
        arousal: What is left of the last stimulus, 0 to 1.
        sedation: Bands of MOAA/S that drugs other than ketamine take.
        moaas, dissociation, agitation, nausea, pain: As in `hidden.Hidden`.
    """

    def __init__(self, person: Person, response: Response) -> None:
        self._history, self._response = person.history, response
        self.arousal = self._reassured = self.sedation = 0.0
        self.moaas, self.dissociation, self.agitation, self.nausea = 5, 0.0, 0.0, 0.0
        self.pain = self._history.pain
        self._hurt = 0.0

    def stimulate(self, by_moaas: tuple[float, ...]) -> None:
        """A voice or a hand rouses as far as it can."""
        self.arousal = max(self.arousal, by_moaas[self.moaas])

    def reassure(self) -> None:
        """Somebody stays and speaks quietly."""
        self._reassured = 1.0

    def advance(
        self,
        seconds: float,
        ketamine_ng_ml: float,
        drugs: Acting,
        befallen: Befallen,
        *,
        sao2: float,
        systolic: float,
    ) -> None:
        """Let a time pass with so much ketamine at the effect site of the mind, oxygen and pressure."""
        felt, history = ketamine_ng_ml * self._response.mind, self._history
        self.arousal *= math.exp(-seconds / _ROUSED_S)
        self._reassured *= math.exp(-seconds / _REASSURED_S)
        on_board = _ON_BOARD_BANDS if history.benzodiazepine else 0.0
        self.sedation = (drugs.sedation + on_board) * (1.0 - drugs.benzodiazepine_relief)
        starved = max(
            mind.starved(sao2, systolic), self._hurt_by(seconds, sao2)
        ) + _DEEP_BANDS * befallen.level("deep_apnoea")
        self.moaas = mind.moaas(felt, self.sedation + starved, self.arousal if starved < 1 else 0.0)
        self.dissociation = mind.dissociation(felt)
        self.agitation = befallen.level("emergence") * (1.0 - drugs.calm) * (1.0 - 0.35 * self._reassured)
        sick = max(mind.nausea(self._response.nausea, felt), befallen.level("nausea"))
        self.nausea = max(sick * (1.0 - drugs.antiemesis), befallen.level("vomiting"))
        self.pain = mind.pain(history.pain, history.day, history.responder, felt)

    def _hurt_by(self, seconds: float, sao2: float) -> float:
        """Bands that a want of oxygen has taken and that come back only in minutes."""
        if sao2 < _HURTS_BELOW:
            want = (_HURTS_BELOW - sao2) / _HURTS_BELOW
            self._hurt = min(_MOST_HURT, self._hurt + _HURT_PER_S * want * seconds)
        else:
            self._hurt *= math.exp(-seconds / _HEALS_S)
        return self._hurt

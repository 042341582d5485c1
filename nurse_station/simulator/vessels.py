"""Heart rate, pressures and finger's pulse of one patient, step by step. Settles no beat."""

import math
from collections.abc import Mapping

from nurse_station.simulator import circulation
from nurse_station.simulator.befallen import Befallen
from nurse_station.simulator.circulation import towards
from nurse_station.simulator.drugs import Acting
from nurse_station.simulator.person import Person
from nurse_station.simulator.response import Response

_HEART_S, _PRESSURE_S = 3.0, 7.0
_FAINT = (40.0, 78.0, 50.0)
_ARREST = (18.0, 12.0)
# Of a pressor response's systolic rise, what diastolic pressure takes part in.
_DIASTOLIC_SHARE = 0.58
_LOWEST_PULSE_MMHG = 45.0
# The heart is starved from this saturation (%) downward, stands still after a minute below the second, and
# beats again when its blood holds as much as the third. Defaults: no source gives them.
_STARVED, _STOPS, _BEATS_AGAIN, _STOPS_AFTER_S = 50.0, 15.0, 50.0, 60.0
_LEFT = 0.2
# How much of a vasovagal reaction is left lying flat, reclined, upright.
_LYING = {-1.0: 0.3, 0.0: 1.0, 1.0: 1.0}


class Vessels:
    """One patient's.

    Attributes:
        rate: The heart's, /min, before breathing moves it.
        systolic, diastolic: mmHg.
        arrested: Whether the heart stands still.
        perfusion: The finger's pulse, 1: at rest.
    """

    def __init__(self, person: Person, response: Response) -> None:
        self._person, self._response = person, response
        self.rate, self.systolic, self.diastolic = circulation.resting(person)
        self._usual_pulse = self.systolic - self.diastolic
        self.arrested, self.perfusion = False, 1.0
        self.faint = 0.0
        self._starved_s, self._stopped = 0.0, False

    @property
    def output(self) -> float:
        """Cardiac output as a part of the usual."""
        return min(1.0, max(0.0, (self.systolic - 30.0) / 50.0))

    def advance(
        self,
        seconds: float,
        ketamine_ng_ml: float,
        drugs: Acting,
        befallen: Befallen,
        slow: Mapping[str, float],
        *,
        position: float,
        agitation: float,
        co2_above: float,
        sao2: float,
    ) -> None:
        """Let a time pass with so much ketamine at the effect site of the circulation."""
        rate, systolic, diastolic = circulation.with_ketamine(self._person, self._response, ketamine_ng_ml)
        hurry = 0.3 * max(0.0, co2_above)
        rate = rate * (1.0 + 0.07 * slow["heart"] + 0.035 * slow["mayer"])
        rate += drugs.heart_rate + 12.0 * agitation + hurry
        raised = befallen.level("pressor") + 6.0 * agitation + hurry
        systolic += 8.0 * slow["systolic"] + drugs.systolic + raised
        diastolic += 5.0 * slow["diastolic"] + 0.5 * drugs.systolic + _DIASTOLIC_SHARE * raised
        systolic, diastolic = circulation.relieved(systolic, diastolic, drugs.dilation)
        for what in ("tachycardia", "bradycardia"):
            rate = towards(rate, befallen.size(what), befallen.share(what))
        self.faint = befallen.level("vasovagal") * _LYING[position]
        # What was given against it acts on what is left of the pressure.
        rate = towards(rate, _FAINT[0] + max(0.0, drugs.heart_rate), self.faint)
        systolic = towards(systolic, _FAINT[1] + max(0.0, drugs.systolic), self.faint)
        diastolic = towards(diastolic, _FAINT[2] + 0.5 * max(0.0, drugs.systolic), self.faint)
        systolic, diastolic = circulation.filled(systolic, diastolic, drugs.filling)
        systolic, diastolic = (each * _strength(sao2) for each in (systolic, diastolic))
        self.arrested = befallen.level("asystole") > 0.5 or self._stops(seconds, sao2)
        if self.arrested:
            systolic, diastolic = _ARREST
        self._approach(seconds, circulation.under_hypoxia(rate, sao2), systolic, diastolic)
        self._perfuse(befallen, slow)

    def _stops(self, seconds: float, sao2: float) -> bool:
        """Whether want of oxygen has stopped the heart."""
        self._starved_s = self._starved_s + seconds if sao2 < _STOPS else 0.0
        self._stopped = self._starved_s >= _STOPS_AFTER_S or (self._stopped and sao2 < _BEATS_AGAIN)
        return self._stopped

    def _approach(self, seconds: float, rate: float, systolic: float, diastolic: float) -> None:
        quick, calm = (-math.expm1(-seconds / pace) for pace in (_HEART_S, _PRESSURE_S))
        self.rate = towards(self.rate, min(max(rate, 20.0), 220.0), quick)
        self.systolic = towards(self.systolic, min(max(systolic, 15.0), 280.0), calm)
        self.diastolic = towards(self.diastolic, min(max(diastolic, 10.0), 0.85 * systolic), calm)

    def _perfuse(self, befallen: Befallen, slow: Mapping[str, float]) -> None:
        pulse = max(0.0, self.systolic - self.diastolic) / self._usual_pulse
        cold = (1.0 - befallen.level("low_perfusion")) * (1.0 - 0.75 * self.faint)
        beats = self.systolic > _LOWEST_PULSE_MMHG and not self.arrested
        self.perfusion = beats * min(1.5, pulse**0.5) * cold * (1.0 + 0.2 * slow["perfusion"])


def _strength(sao2: float) -> float:
    """The part of the pressures that a heart holds at a saturation: all, but for a starved one."""
    return min(1.0, max(_LEFT, sao2 / _STARVED))

"""Heart rate and pressures that ketamine makes, and what else moves them: functions. No baroreflex.

Emax form, concentrations in µg/mL at the effect site of the circulation. HR and SBP as BioGears has them;
DBP raised from 0.10 to 0.40, for +8.49 mmHg (6.9 to 10.1) over 2,252 treatments (Front Psychiatry 2021,
549080): there SBP rose by 12.61 (10.4 to 14.8) and HR by 4.09 (0.6 to 7.6).
"""

import math

from nurse_station.simulator.person import Person
from nurse_station.simulator.response import Response

HEART_EMAX, SYSTOLIC_EMAX, DIASTOLIC_EMAX = 0.25, 0.40, 0.40
EC50_UG_ML = 0.75
# Age and hypertension predicted severe rises in 2,342 infusions. That it is half as much again is a default;
# the two are set so that all together rise as the 2,252 did.
_INCLINED_PRESSOR, _OTHERS_PRESSOR, _OLD = 1.32, 0.88, 60
_HYPERTENSIVE_SYSTOLIC, _HYPERTENSIVE_DIASTOLIC = 16.0, 8.0
_ANXIOUS_PER_POINT = 0.8
_NORMAL_SYSTOLIC, _RELIEF_DIASTOLIC = 110.0, 0.9
# 500 mL bring a systolic pressure of 80 up by about 7 mmHg; what a litre and more adds is little. Defaults.
_FILLED_MOST, _FILLED_ML, _NEED_OVER, _NEED_LEAST = 10.0, 400.0, 25.0, 0.1


def resting(person: Person) -> tuple[float, float, float]:
    """Heart rate /min, systolic and diastolic mmHg before any drug."""
    history, anxious = person.history, _ANXIOUS_PER_POINT * person.history.anxiety
    return (
        person.heart_rate + anxious,
        person.systolic + anxious + (_HYPERTENSIVE_SYSTOLIC if history.hypertension else 0.0),
        person.diastolic + 0.5 * anxious + (_HYPERTENSIVE_DIASTOLIC if history.hypertension else 0.0),
    )


def with_ketamine(person: Person, response: Response, circulation_ng_ml: float) -> tuple[float, float, float]:
    """Heart rate /min, systolic and diastolic mmHg at a concentration at the effect site."""
    heart, systolic, diastolic = resting(person)
    drug = circulation_ng_ml / 1000.0
    effect = drug / (EC50_UG_ML + drug)
    inclined = person.age > _OLD or person.history.hypertension
    pressor = effect * response.pressor * (_INCLINED_PRESSOR if inclined else _OTHERS_PRESSOR)
    return (
        heart * (1.0 + HEART_EMAX * effect * response.heart),
        systolic * (1.0 + SYSTOLIC_EMAX * pressor),
        diastolic * (1.0 + DIASTOLIC_EMAX * pressor),
    )


def relieved(systolic: float, diastolic: float, dilation: float) -> tuple[float, float]:
    """Pressures with vessels that give way: the more, the higher the systolic is; never below a normal one.

    Labetalol 20 mg takes 11/10 mmHg within five minutes of a hypertensive's (its label); a form by default.
    """
    fall = max(0.0, systolic - _NORMAL_SYSTOLIC) * -math.expm1(-dilation)
    return systolic - fall, diastolic - _RELIEF_DIASTOLIC * fall


def filled(systolic: float, diastolic: float, filling_ml: float) -> tuple[float, float]:
    """Pressures with so much more in the vessels: a low one gains, less and less; a normal one hardly."""
    need = min(1.0, max(_NEED_LEAST, (_NORMAL_SYSTOLIC - systolic) / _NEED_OVER))
    gain = _FILLED_MOST * need * -math.expm1(-filling_ml / _FILLED_ML)
    return systolic + gain, diastolic + 0.5 * gain


def towards(value: float, aim: float, part: float) -> float:
    """The value, a part of the way to an aim."""
    return value + (aim - value) * part


def under_hypoxia(heart: float, sao2: float) -> float:
    """Heart rate: quicker as saturation falls below 90 %, slower and slower below 60."""
    if sao2 >= 90:
        return heart
    if sao2 >= 60:
        return heart * (1.0 + 0.25 * (90 - sao2) / 30)
    return heart * max(0.35, 1.25 - 0.9 * (60 - sao2) / 35)

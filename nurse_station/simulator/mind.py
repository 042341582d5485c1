"""What ketamine, midazolam and a voice make of consciousness, perception and pain: functions and figures.

The bands of MOAA/S by effect site are a design default; dissociation rises in a straight line from 50 to
200 ng/mL (Bowdle 1998); pain between days has a half-time of 10.9 days (Dahan 2011).
"""

import math
from bisect import bisect_right

# ng/mL at the effect site, of which each takes one band of MOAA/S: 5 below the first.
BANDS_NG_ML = (150.0, 350.0, 600.0, 900.0, 1500.0)
PAIN_HALF_TIME_DAYS = 10.9
_PAIN_MOST_GONE = 0.9
# BioGears: 0.6, with half of it at 0.2 µg/mL.
_PAIN_RELIEF, _PAIN_HALF_NG_ML = 0.6, 200.0
FAINT_MMHG = 85.0
"""Systolic pressure below which somebody feels faint. A default."""
_FAINT_BANDS = 0.6
_NAUSEA_FROM_NG_ML, _NAUSEA_PER_NG_ML = 60.0, 1 / 60.0


def moaas(mind_ng_ml: float, bands_down: float, roused: float) -> int:
    """MOAA/S, 0 to 5.

    Args:
        mind_ng_ml: At the effect site, as it acts in this patient.
        bands_down: By other drugs; half a band counts as one.
        roused: 0 to 1; full, it lifts by a band and a half for as long as it lasts.
    """
    down = bisect_right(BANDS_NG_ML, mind_ng_ml) + math.floor(bands_down - 1.5 * roused + 0.5)
    return max(0, min(5, 5 - down))


def starved(sao2: float, systolic: float) -> float:
    """Bands of MOAA/S that want of oxygen or of blood takes: from 65 % or 75 mmHg downward. A default.

    Who feels faint has lost one, and a voice still rouses.
    """
    faint = _FAINT_BANDS if systolic < FAINT_MMHG else 0.0
    return min(5.0, max(faint, (65.0 - sao2) / 6.0, (75.0 - systolic) / 6.0))


def dissociation(mind_ng_ml: float) -> float:
    """The global item, 0 to 4."""
    return min(4.0, max(0.0, mind_ng_ml / 75.0 - 0.4))


def pain(first_day: float, day: int, responder: bool, mind_ng_ml: float) -> float:
    """0 to 10: less from day to day in who responds, and a little less while the drug acts."""
    gone = _PAIN_MOST_GONE * (1.0 - 2.0 ** (-(day - 1) / PAIN_HALF_TIME_DAYS)) if responder else 0.0
    acting = _PAIN_RELIEF * mind_ng_ml / (_PAIN_HALF_NG_ML + mind_ng_ml)
    return max(0.0, first_day * (1.0 - gone) * (1.0 - acting))


def nausea(inclined: float, mind_ng_ml: float) -> float:
    """Grade 0 to 2 by ketamine, in who is inclined to it (0 to 1)."""
    return inclined * min(2.0, max(0.0, (mind_ng_ml - _NAUSEA_FROM_NG_ML) * _NAUSEA_PER_NG_ML))

"""Beats -> the electrocardiogram of three leads: a sum of bells a beat, after ECGSYN. Knows no patient.

McSharry et al., IEEE Trans Biomed Eng 2003; 50:289. A bell sits at an angle of the beat's circle; its place
and width shrink with the square root of the interval and its root, so that QT shortens as the heart quickens.
The QRS and the T are narrower than the published ones, which give a QRS of 130 ms and a QTc of 480 ms.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.beats import Beats


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """One deflection of a beat.

    Attributes:
        degrees: Its place on the beat's circle; R is at 0.
        width: Standard deviation, radians.
        rate_power: How its place in seconds grows with the interval.
        mv: Its height in leads I, II and V5, mV.
        ventricular: How much taller and how much wider it is in a beat that arose in a ventricle.
    """

    degrees: float
    width: float
    rate_power: float
    mv: tuple[float, float, float]
    ventricular: tuple[float, float]


# The T is two bells: it climbs more slowly than it falls.
_BELLS = (
    Bell(degrees=-66, width=0.17, rate_power=0.75, mv=(0.09, 0.15, 0.08), ventricular=(0.0, 1.0)),
    Bell(degrees=-12, width=0.07, rate_power=0.50, mv=(-0.06, -0.09, -0.10), ventricular=(0.0, 1.0)),
    Bell(degrees=0, width=0.07, rate_power=0.50, mv=(0.62, 1.02, 1.24), ventricular=(1.2, 2.6)),
    Bell(degrees=12, width=0.07, rate_power=0.50, mv=(-0.10, -0.17, -0.30), ventricular=(0.0, 1.0)),
    Bell(degrees=82, width=0.36, rate_power=0.75, mv=(0.08, 0.14, 0.17), ventricular=(-1.6, 1.0)),
    Bell(degrees=100, width=0.24, rate_power=0.75, mv=(0.12, 0.20, 0.24), ventricular=(-1.6, 1.0)),
)  # fmt: skip

LEADS = ("ecg1", "ecg2", "ecg3")
"""Wave keys of leads I, II and V5."""


def _column(values: list[float]) -> NDArray[np.float64]:
    return np.array(values)[:, np.newaxis]


_TURN = _column([bell.degrees / 360.0 for bell in _BELLS])
_POWER = _column([bell.rate_power for bell in _BELLS])
_WIDTH = _column([bell.width / (2.0 * np.pi) for bell in _BELLS])
_MV = {lead: [bell.mv[column] for bell in _BELLS] for column, lead in enumerate(LEADS)}
_TALLER, _WIDER = (_column([bell.ventricular[which] for bell in _BELLS]) for which in (0, 1))

LONGEST_S = 1.6
"""A beat after a longer pause has the shape of one after this."""


def ecg(times: NDArray[np.float64], beats: Beats, lead: str) -> NDArray[np.float64]:
    """mV of one of `LEADS` at each time; at least one beat must stand before the first and after the last."""
    after = np.searchsorted(beats.at, times, side="right")
    # A beat's bells reach into the interval on either side of it and no further.
    return _beat(times, beats, after - 1, lead) + _beat(times, beats, after, lead)


def _beat(times: NDArray[np.float64], beats: Beats, row: NDArray[np.intp], lead: str) -> NDArray[np.float64]:
    interval = np.minimum(beats.interval[row], LONGEST_S)
    width = _WIDTH * np.sqrt(interval)
    wide = None if beats.ventricular is None else beats.ventricular[row]
    if wide is not None:
        width = np.where(wide, _WIDER * width, width)
    away = (times - beats.at[row] - _TURN * interval**_POWER) / width
    bells = np.exp(-0.5 * away * away)
    if wide is not None:
        bells *= np.where(wide, _TALLER, 1.0)
    total = np.zeros_like(times)
    for height, bell in zip(_MV[lead], bells, strict=True):
        total += height * bell
    return total

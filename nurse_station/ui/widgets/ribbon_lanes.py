"""The lanes of the ribbon: which vital signs, on which scale, and what a history holds of them. No Qt."""

import math
from dataclasses import dataclass

import numpy as np

from nurse_station.station.history import History
from nurse_station.ui.widgets.ribbon_curve import (
    NOTHING,
    Floats,
    Line,
    Values,
    column_of,
    line_of,
    whiskers_of,
)
from nurse_station.ui.widgets.ribbon_span import Span

CAP_PX = 3.0
SHARE = 0.76
"""Part of a lane's height that its scale covers."""

Track = tuple[Floats, Values, Values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One strip of the ribbon.

    Attributes:
        label: The word beside it.
        parameters: Keys; the first that has a value in a second is drawn. For a cuff: systolic,
            diastolic, mean.
        scale: Lowest and highest value that it always shows, in the parameters' unit.
        step: It grows by multiples of this when values lie outside.
        colour: Name of the colour token.
        cuff: Drawn as whiskers.
    """

    label: str
    parameters: tuple[str, ...]
    scale: tuple[float, float]
    step: float
    colour: str
    cuff: bool = False


LANES: tuple[Lane, ...] = (
    Lane(label="HR", parameters=("hr",), scale=(40, 140), step=20, colour="hr"),
    Lane(label="SpO₂", parameters=("spo2",), scale=(80, 100), step=10, colour="spo2"),
    Lane(label="RR", parameters=("rr_co2", "rr_imp"), scale=(0, 30), step=10, colour="co2"),
    Lane(label="EtCO₂", parameters=("etco2",), scale=(0, 60), step=20, colour="co2"),
    Lane(label="BP", parameters=("nibp_sys", "nibp_dia", "nibp_mean"), scale=(40, 180),
         step=20, colour="nibp", cuff=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePicture:
    """What is drawn in a lane: a line in the lane's unit, and the scale that holds all of it."""

    line: Line
    scale: tuple[float, float]


def picture_of(lane: Lane, history: History, span: Span, per_pixel: float) -> LanePicture:
    """What `lane` shows of `span`; `per_pixel` is in seconds."""
    line = line_between(lane, history, span, per_pixel)
    return LanePicture(line=line, scale=scale_of(lane, line))


def line_between(lane: Lane, history: History, span: Span, per_pixel: float) -> Line:
    """The lane's line over `span`; `per_pixel` is in seconds."""
    # A column more on either side: lines run out of the picture instead of ending at its edge.
    margin = column_of(per_pixel) + 10.0
    wider = Span(start=span.start - margin, end=span.end + margin)
    return (_whiskers if lane.cuff else _curve)(lane, history, wider, per_pixel)


def scale_of(lane: Lane, line: Line) -> tuple[float, float]:
    """The lane's scale, grown in steps until all of `line` lies within."""
    low, high = lane.scale
    if len(line.y):
        low = min(low, math.floor(line.y.min() / lane.step) * lane.step)
        high = max(high, math.ceil(line.y.max() / lane.step) * lane.step)
    return low, high


def heights(values: Floats, scale: tuple[float, float], lane: int) -> Floats:
    """Values as heights in the plot, where lane number `lane` lies between -lane - 1 and -lane."""
    low, high = scale
    return (values - low) / (high - low) * SHARE + (1 - SHARE) / 2 - lane - 1


def first_second(history: History) -> float | None:
    """The first second of which any lane has a value; None: nothing was measured yet."""
    found = [
        seconds[0]
        for key in [key for lane in LANES for key in lane.parameters]
        if len(seconds := values_between(history, key, history.start, math.inf)[0])
    ]
    return float(min(found)) if found else None


def values_between(history: History, parameter: str, start: float, end: float) -> Track:
    """Seconds, lowest and highest values in [start, end) of one parameter; empty when never measured."""
    track = history.numeric(parameter)
    if track is None:
        return np.zeros(0), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
    return track.between(start, min(end, track.end))


def first_choice(lane: Lane, history: History, start: float, end: float) -> Track:
    """The lane's values, each second's from the first of its parameters that has one."""
    seconds, low, high = values_between(history, lane.parameters[0], start, end)
    for parameter in lane.parameters[1:]:
        others, other_low, other_high = values_between(history, parameter, start, end)
        new = ~np.isin(others, seconds)
        if new.any():
            seconds = np.concatenate([seconds, others[new]])
            order = np.argsort(seconds, kind="stable")
            seconds = seconds[order]
            low = np.concatenate([low, other_low[new]])[order]
            high = np.concatenate([high, other_high[new]])[order]
    return seconds, low, high


def _curve(lane: Lane, history: History, span: Span, per_pixel: float) -> Line:
    return line_of(*first_choice(lane, history, span.start, span.end), per_pixel)


def cuff_between(lane: Lane, history: History, start: float, end: float) -> tuple[Floats, Floats]:
    """Times of cuff measurements in [start, end), shape (n,), and systolic, diastolic, mean, shape (n, 3).

    A measurement is shown only when it has both pressures; a mean that is missing is NaN.
    """
    systolic, diastolic, mean = (values_between(history, key, start, end) for key in lane.parameters)
    times = np.intersect1d(systolic[0], diastolic[0])
    values = np.full((len(times), 3), np.nan)
    values[:, 0] = systolic[2][np.isin(systolic[0], times)]
    values[:, 1] = diastolic[1][np.isin(diastolic[0], times)]
    values[np.isin(times, mean[0]), 2] = mean[2][np.isin(mean[0], times)]
    return times, values


def _whiskers(lane: Lane, history: History, span: Span, per_pixel: float) -> Line:
    times, values = cuff_between(lane, history, span.start, span.end)
    if not len(times):
        return NOTHING
    # Half of the narrowest distance at most, so that neighbours stay apart on a long picture.
    room = float(np.diff(times).min()) / 3 if len(times) > 1 else math.inf
    cap = min(CAP_PX * per_pixel, max(room, per_pixel))
    return whiskers_of(
        times, values[:, 0].astype(np.float32), values[:, 1].astype(np.float32), values[:, 2], cap
    )

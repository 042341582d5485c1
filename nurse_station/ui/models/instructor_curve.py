"""The curve of what cannot be seen, as lanes over one time axis. NumPy only: no Qt, no colour."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.training.log import Point
from nurse_station.ui.models import words
from nurse_station.ui.models.instructor_body import EDGE_PAO2

Floats = NDArray[np.float64]
SHARE = 0.8
"""Part of a lane's height that its scale covers."""
SHORTEST_S = 60.0
"""A run that has just begun is drawn on a time axis as long as this."""
STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
SPANS: tuple[tuple[str, float | None], ...] = (("2 min", 120.0), ("5 min", 300.0), ("15 min", 900.0),
                                               ("All", None))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One curve: its word, its column of `training.log.Point`, its colour token, and whether it is dashed."""

    label: str
    column: str
    token: str
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One strip.

    Attributes:
        unit: Of all its traces.
        traces: What is drawn in it.
        scale: What it always shows; it grows by multiples of `step` when values lie outside.
        mark: A value with a line across; None: there is none.
    """

    unit: str
    traces: tuple[Trace, ...]
    scale: tuple[float, float]
    step: float
    mark: float | None = None


LANES: tuple[Lane, ...] = (
    Lane(unit="mmHg", scale=(0, 120), step=120, mark=EDGE_PAO2,
         traces=(Trace(label="PAO₂", column="alveolar_o2", token="accent"),)),
    Lane(unit="%", scale=(80, 100), step=10, mark=90.0, traces=(
        Trace(label="SaO₂", column="sao2", token="hr"),
        Trace(label="SpO₂ shown", column="shown_spo2", token="spo2", dashed=True))),
    Lane(unit="of rest", scale=(0, 1.2), step=0.6, traces=(
        Trace(label="Ventilation", column="ventilation", token="co2"),
        Trace(label="Patency", column="patency", token="resp", dashed=True))),
    Lane(unit="ng/mL", scale=(0, 120), step=60, traces=(
        Trace(label="Effect site", column="mind", token="concentration"),
        Trace(label="Plasma", column="plasma", token="drug", dashed=True))),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LanePicture:
    """What is drawn in a lane: its scale, and each trace as heights in the plot (NaN: no value)."""

    scale: tuple[float, float]
    heights: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """All lanes between two seconds of the run; `x`: the seconds of the points."""

    start: float
    end: float
    x: Floats
    lanes: tuple[LanePicture, ...]


def span_of(at: float, width: float | None) -> tuple[float, float]:
    """From which second to which is drawn: the last `width` seconds, or the whole run."""
    end = max(at, SHORTEST_S)
    return (0.0 if width is None else max(0.0, end - width)), end


def picture(points: Sequence[Point], at: float, width: float | None) -> Picture:
    """What is drawn at second `at`; `width` None: from the beginning."""
    start, end = span_of(at, width)
    # A point more at the left, so that curves run out of the picture instead of ending within it.
    first = max(0, sum(point.at < start for point in points) - 1)
    seen = points[first:]
    x = np.array([point.at for point in seen], dtype=np.float64)
    return Picture(start=start, end=end, x=x,
                   lanes=tuple(_lane(lane, number, seen) for number, lane in enumerate(LANES)))  # fmt: skip


def _lane(lane: Lane, number: int, points: Sequence[Point]) -> LanePicture:
    columns = [_values(points, trace.column) for trace in lane.traces]
    scale = scale_of(lane, columns)
    return LanePicture(scale=scale, heights=tuple(heights(each, scale, number) for each in columns))


def _values(points: Sequence[Point], column: str) -> Floats:
    found = (getattr(point, column) for point in points)
    return np.array([math.nan if value is None else value for value in found], dtype=np.float64)


def scale_of(lane: Lane, columns: Sequence[Floats]) -> tuple[float, float]:
    """The lane's scale, grown in steps until every value lies within."""
    low, high = lane.scale
    for values in columns:
        real = values[np.isfinite(values)]
        if len(real):
            low = min(low, math.floor(real.min() / lane.step) * lane.step)
            high = max(high, math.ceil(real.max() / lane.step) * lane.step)
    return low, high


def heights(values: Floats, scale: tuple[float, float], lane: int) -> Floats:
    """Values as heights in the plot, where lane number `lane` lies between -lane - 1 and -lane."""
    low, high = scale
    return (values - low) / (high - low) * SHARE + (1 - SHARE) / 2 - lane - 1


def ticks(start: float, end: float, most: int) -> Iterator[tuple[float, str]]:
    """At most about `most` seconds of the run for the time axis, and their words."""
    step = next((each for each in STEPS_S if (end - start) / each <= max(most, 1)), STEPS_S[-1])
    number = math.ceil(start / step)
    while (at := number * step) <= end:
        yield float(at), words.minutes(at)
        number += 1

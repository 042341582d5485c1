"""The lanes of paper's graph: which curves, on which scale. Tables and arithmetic; draws nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from nurse_station.reports.envelope import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One lane.

    Attributes:
        title: Left of it.
        height: mm.
        low, high: The scale, wherever values are within; it widens for values beyond.
        step: From one line of the scale to the next.
        curves: Parameter, and the one that is drawn where the first has no value.
    """

    title: str
    height: float
    low: float
    high: float
    step: float
    curves: tuple[str, ...]


LANES = (
    Lane(title="HR /min\nBP mmHg", height=52, low=40, high=180, step=20, curves=("hr", "pr")),
    Lane(title="SpO₂ %", height=24, low=85, high=100, step=5, curves=("spo2",)),
    Lane(title="RR /min", height=18, low=0, high=30, step=10, curves=("rr_co2", "rr_imp")),
    Lane(title="EtCO₂\nmmHg", height=18, low=0, high=60, step=20, curves=("etco2",)),
)
RATE = Lane(title="Ketamine\nmg/h", height=16, low=0, high=10, step=5, curves=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A lane's scale: values `low` to `high` on the heights `bottom` to `top` (mm from above)."""

    low: float
    high: float
    step: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """The height of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    @property
    def lines(self) -> tuple[float, ...]:
        """The values at which a line is drawn."""
        count = round((self.high - self.low) / self.step)
        return tuple(self.low + number * self.step for number in range(count + 1))


def scale_of(lane: Lane, values: Iterable[float], top: float) -> Scale:
    """The scale that holds every value, with at most eight lines."""
    own = list(values)
    step = lane.step
    low, high = min([lane.low, *own]), max([lane.high, *own])
    while (high - low) / step > 8:
        step *= 2
    low, high = step * (low // step), -step * (-high // step)
    return Scale(low=low, high=high, step=step, top=top, bottom=top + lane.height)


def uncovered(line: Iterable[Line], by: Iterable[Line], apart_s: float) -> tuple[Line, ...]:
    """The parts of a curve at which another one has nothing within `apart_s`."""
    spans = [(other[0][0] - apart_s, other[-1][0] + apart_s) for other in by]
    found: list[Line] = []
    for each in line:
        own: list[tuple[float, float]] = []
        for point in each:
            if any(start <= point[0] <= end for start, end in spans):
                if own:
                    found.append(tuple(own))
                own = []
            else:
                own.append(point)
        if own:
            found.append(tuple(own))
    return tuple(found)

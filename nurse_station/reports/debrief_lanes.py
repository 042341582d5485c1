"""What could be seen and what could not as lanes over one time axis, and the marks on it. Draws nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.reports.debrief_rows import marks_of
from nurse_station.reports.debrief_words import said
from nurse_station.reports.lanes import Lane, Scale
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import Line, Point, What

LANES = (
    Lane(title="Ketamine\nng/mL", height=27, low=0, high=40, step=20, curves=("plasma", "mind")),
    Lane(title="Oxygen store\nPAO₂ mmHg", height=18, low=0, high=120, step=40, curves=("alveolar_o2",)),
    Lane(title="Saturation\n%", height=24, low=80, high=100, step=10, curves=("sao2", "shown_spo2")),
    Lane(title="Breathing\n% of rest", height=21, low=0, high=100, step=50,
         curves=("ventilation", "patency")),
    Lane(title="HR /min\nBP mmHg", height=24, low=40, high=160, step=40,
         curves=("hr", "nibp_sys", "nibp_dia")),
    Lane(title="RR /min\nEtCO₂ mmHg", height=18, low=0, high=60, step=20, curves=("rr", "etco2")),
    Lane(title="Pump\nmg/h", height=13, low=0, high=10, step=10, curves=("pump_mg_h",)),
)  # fmt: skip
"""Curves are attributes of `training.log.Point`; all but a lane's first are dashed. Heights: mm of paper."""
NAMES: Mapping[str, str] = MappingProxyType({
    "plasma": "plasma", "mind": "effect site", "alveolar_o2": "oxygen store", "sao2": "SaO₂, true",
    "shown_spo2": "SpO₂, as shown", "ventilation": "ventilation", "patency": "airway open",
    "hr": "HR, as shown", "nibp_sys": "NIBP systolic", "nibp_dia": "NIBP diastolic", "rr": "RR, as shown",
    "etco2": "EtCO₂, as shown", "pump_mg_h": "pump",
})  # fmt: skip
PER_CENT = frozenset({"ventilation", "patency"})
STAIRS = frozenset({"pump_mg_h", "nibp_sys", "nibp_dia"})
"""What changes at once is drawn in stairs."""
MARK_ROWS: Mapping[What, str] = MappingProxyType({
    What.EVENT: "Events", What.ALARM: "Alarms", What.DONE: "Done", What.AGAINST: "Against",
})  # fmt: skip
"""Kind of mark -> what stands left of its row."""
STEPS_S = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
LEAST_S = 60.0
"""No axis is shorter: the first seconds are no smear."""
MOST_STEPS = 64
"""Of a lane's own size; beyond, the step grows."""
Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark on the time axis.

    Attributes:
        what: Its kind, a key of MARK_ROWS.
        at, end: Seconds of the run; an alarm lasts, all else is a moment.
        sign: A, B ... or 1, 2 ...; empty: none.
        words: What it says.
        high: A HIGH alarm.
    """

    what: What
    at: float
    end: float
    sign: str
    words: str
    high: bool = False


def value(point: Point, curve: str) -> float | None:
    """A curve's value at a point, in its lane's unit; None: there was none."""
    found: float | None = getattr(point, curve)
    return None if found is None else found * (100.0 if curve in PER_CENT else 1.0)


def lanes_of(points: Sequence[Point]) -> tuple[Lane, ...]:
    """The lanes that have something to show: a debrief of before has nothing of what was shown but SpO₂."""
    return tuple(lane for lane in LANES if not points or _has_values(points, lane))


def _has_values(points: Iterable[Point], lane: Lane) -> bool:
    return any(value(point, curve) is not None for point in points for curve in lane.curves)


def values(points: Iterable[Point], lane: Lane) -> tuple[float, ...]:
    """Every value of a lane."""
    found = (value(point, curve) for point in points for curve in lane.curves)
    return tuple(each for each in found if each is not None)


def scale_of(lane: Lane, shown: Iterable[float], top: float, bottom: float, most: int) -> Scale:
    """The scale that holds every value between two heights, in `most` equal steps at most."""
    own, step = list(shown), lane.step
    while max([lane.high, *own]) - min([lane.low, *own]) > MOST_STEPS * step:
        step *= 2
    low = step * (min([lane.low, *own]) // step)
    high = -step * (-max([lane.high, *own]) // step)
    count = round((high - low) / step)
    many = next(each for each in range(1, count + 1) if count % each == 0 and count // each <= max(most, 1))
    return Scale(low=low, high=high, step=step * many, top=top, bottom=bottom)


def lines(points: Sequence[Point], curve: str) -> tuple[Curve, ...]:
    """The pieces of a curve, (second, value): it is broken where there was no value."""
    found: list[list[tuple[float, float]]] = [[]]
    for point in points:
        here = value(point, curve)
        if here is None:
            found.append([])
        else:
            if curve in STAIRS and found[-1]:
                found[-1].append((point.at, found[-1][-1][1]))
            found[-1].append((point.at, here))
    return tuple(tuple(each) for each in found if each)


def marks(debrief: Debrief) -> tuple[Mark, ...]:
    """Every mark, in order."""
    return tuple(_marks(debrief.log, debrief.lasted_s))


def _marks(log: Sequence[Line], until: float) -> Iterator[Mark]:
    for place, (line, sign) in enumerate(zip(log, marks_of(log), strict=True)):
        if line.what in MARK_ROWS:
            end = _ended(log[place + 1 :], line.key, until) if line.what is What.ALARM else line.at
            yield Mark(what=line.what, at=line.at, end=end, sign=sign, words=said(line), high=line.high)


def _ended(after: Sequence[Line], key: str, until: float) -> float:
    ended = (line.at for line in after if line.what is What.ALARM_ENDED and line.key == key)
    return next(ended, until)


def length(debrief: Debrief) -> float:
    """How long the time axis is, seconds."""
    last = max((line.at for line in debrief.log), default=0.0)
    return max(debrief.lasted_s, last, LEAST_S)


def ticks(length_s: float, most: int) -> Iterator[float]:
    """The seconds at which a line of time stands, at most about `most`."""
    step = next((each for each in STEPS_S if each * most >= length_s), STEPS_S[-1])
    at = 0.0
    while at <= length_s:
        yield at
        at += step

"""The ribbon's words: the time axis in local time, the state, the values at a moment. No Qt.

Positions are monotonic seconds; the time of day comes from a function that is passed in, because
somebody may set the computer's clock in the middle of a session.
"""

import math
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import numpy as np

from nurse_station.station.history import History
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.units import WARD, Scale, Units
from nurse_station.ui.widgets.ribbon_lanes import LANES, Lane, cuff_between, values_between
from nurse_station.ui.widgets.ribbon_span import Gaze, Reach, Span

WallOf = Callable[[float], datetime]

STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200)
CUFF_LOOKS_BACK_S = 3600.0
SOURCES = {"rr_co2": "CO₂", "rr_imp": "impedance"}


def step_for(width_s: float, labels: float) -> int:
    """Seconds between two labels, so that there are at most about `labels` in `width_s` seconds."""
    return next((step for step in STEPS_S if step * labels >= width_s), STEPS_S[-1])


def ticks(span: Span, step: int, wall_of: WallOf) -> Iterator[tuple[float, str]]:
    """Where the local time of day is a multiple of `step` seconds, and that time in words.

    Goes from tick to tick by asking what time it is there: where the clock was set, it starts anew.
    """
    at = span.start
    while at < span.end:
        over = _second_of_day(wall_of(at)) % step
        if min(over, step - over) < 0.01:
            yield at, clock_text(wall_of(at), seconds=step < 60)
            over = 0.0
        at += step - over


def _second_of_day(wall: datetime) -> float:
    local = wall.astimezone()
    return local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6


def clock_text(wall: datetime, *, seconds: bool = False) -> str:
    """Local time of day; 10:29:59.9999 is 10:30."""
    moment = wall + timedelta(milliseconds=5)
    return words.clock_seconds(moment) if seconds else words.clock_time(moment)


def state_text(gaze: Gaze, span: Span, reach: Reach, wall_of: WallOf) -> str:
    """Whether the picture is of now or of the past, and of which time."""
    start = clock_text(wall_of(max(span.start, reach.first)))
    if gaze.following:
        return f"Following · {start} – now"
    end = min(span.end, reach.now)
    return f"Reviewing {start} – {clock_text(wall_of(end))} · ends {words.ago(reach.now - end)}"


def reading_text(history: History, at: float, per_pixel: float, wall_of: WallOf, units: Units = WARD) -> str:
    """All values at the second `at`; where a pixel covers more than a second, their range in that pixel."""
    start = math.floor(at)
    end = start + max(1.0, per_pixel)
    lanes = [_lane_text(lane, history, start, end, wall_of, units) for lane in LANES]
    return "   ".join([clock_text(wall_of(start), seconds=True), *lanes])


def _lane_text(lane: Lane, history: History, start: float, end: float, wall_of: WallOf, units: Units) -> str:
    if lane.cuff:
        return f"{lane.label} {_cuff_text(lane, history, end, wall_of)}"
    for key in lane.parameters:
        _, low, high = values_between(history, key, start, end)
        if len(low):
            source = f" ({SOURCES[key]})" if key in SOURCES else ""
            return f"{lane.label} {_range(low.min(), high.max(), units.of(key))}{source}"
    return f"{lane.label} {texts.NOT_MEASURED}"


def _range(low: float, high: float, unit: Scale) -> str:
    first, last = (words.number(unit.shown(float(value)), unit.precision) for value in (low, high))
    shown = "" if unit.unit == "/min" else f" {unit.unit}"
    return f"{first}{shown}" if first == last else f"{first}–{last}{shown}"


def _cuff_text(lane: Lane, history: History, end: float, wall_of: WallOf) -> str:
    times, values = cuff_between(lane, history, end - CUFF_LOOKS_BACK_S, end)
    if not len(times):
        return texts.NOT_MEASURED
    systolic, diastolic, mean = values[-1]
    middle = "" if np.isnan(mean) else f" ({mean:.0f})"
    return f"{systolic:.0f}/{diastolic:.0f}{middle} at {clock_text(wall_of(float(times[-1])))}"

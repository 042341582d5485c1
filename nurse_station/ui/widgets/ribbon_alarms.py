"""The marks of alarms in the ribbon: from a log to stretches of time in a lane. No Qt, decides no alarm."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nurse_station.alarms.changes import AlarmChange, Entry
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.words import Kind, Priority
from nurse_station.ui import alarm_texts
from nurse_station.ui.models.alarms import blocks_of
from nurse_station.ui.widgets.ribbon_curve import Floats
from nurse_station.ui.widgets.ribbon_span import Span

PRESENT = frozenset({State.ACTIVE, State.UNRESOLVED})
LANE_OF: Mapping[str, int] = MappingProxyType({"hr": 0, "spo2": 1, "rr": 2, "etco2": 3, "nibp": 4})
"""Value block -> the lane that shows the same."""
WIDTHS: Mapping[Priority, float] = MappingProxyType({
    Priority.LOW: 2.0, Priority.MEDIUM: 4.0, Priority.HIGH: 7.0,
})  # fmt: skip
"""Pixels: told apart also without colour."""
BELOW_TOP = 0.06
"""How far under the upper edge of its lane a mark lies, in lanes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmMark:
    """One alarm at one priority.

    Attributes:
        start, end: Monotonic seconds; end is infinite while it is still present.
        priority, kind, condition: Which alarm.
        lane: The number of the lane it lies in; what is about no value lies in the first.
    """

    start: float
    end: float
    priority: Priority
    kind: Kind
    condition: str
    lane: int

    @property
    def words(self) -> str:
        """`*** SpO₂ low`."""
        name = alarm_texts.alarm_text(f"alarm.{self.condition}").name
        return f"{alarm_texts.marks(self.kind, self.priority)} {name}"


def marks_of(log: Iterable[Entry]) -> list[AlarmMark]:
    """The stretches in which an alarm was present and not hidden by a stronger one, a new one a priority."""
    open_ones: dict[str, AlarmMark] = {}
    marks: list[AlarmMark] = []
    for entry in log:
        if not isinstance(entry, AlarmChange):
            continue
        mark = _mark(entry) if entry.after in PRESENT and not entry.hidden_by else None
        before = open_ones.get(entry.condition)
        if before is not None and (mark is None or mark.priority is not before.priority):
            marks.append(_ended(open_ones.pop(entry.condition), entry.at))
        if mark is not None:
            open_ones.setdefault(entry.condition, mark)
    return marks + list(open_ones.values())


def _mark(entry: AlarmChange) -> AlarmMark:
    lanes = [LANE_OF[block] for block in blocks_of(entry.condition, entry.detail) if block in LANE_OF]
    return AlarmMark(start=entry.at, end=math.inf, priority=entry.priority, kind=entry.kind,
                     condition=entry.condition, lane=next(iter(lanes), 0))  # fmt: skip


def _ended(mark: AlarmMark, at: float) -> AlarmMark:
    return AlarmMark(start=mark.start, end=at, priority=mark.priority, kind=mark.kind,
                     condition=mark.condition, lane=mark.lane)  # fmt: skip


def strokes(marks: Sequence[AlarmMark], priority: Priority, span: Span, now: float) -> tuple[Floats, Floats]:
    """(x, y) of the marks of one priority in `span`, two points a mark; y in lanes, downwards negative."""
    seen = [m for m in marks if m.priority is priority and m.start <= span.end and m.end >= span.start]
    x = [at for mark in seen for at in (mark.start, min(mark.end, now))]
    y = [-mark.lane - BELOW_TOP for mark in seen for _ in range(2)]
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def words_at(marks: Sequence[AlarmMark], at: float) -> str:
    """What alarmed at that second, the most urgent first."""
    there = sorted((m for m in marks if m.start <= at <= m.end), key=lambda m: -m.priority)
    return "   ".join(mark.words for mark in there)

"""The lanes' pictures, remembered from one second to the next: only the newest columns are made anew. No Qt.

A day is 86 400 values a lane. While the picture stands still, what came lies in its last columns, and the
columns before are as they were.
"""

import math
from dataclasses import dataclass

import numpy as np

from nurse_station.station.history import History
from nurse_station.ui.widgets.ribbon_curve import Line, column_of
from nurse_station.ui.widgets.ribbon_lanes import LANES, Lane, LanePicture, line_between, scale_of
from nurse_station.ui.widgets.ribbon_span import Span

LATE_S = 60.0
"""A value later than this is drawn when the picture next moves,"""
WHOLE_EVERY_S = 15.0
"""or so many seconds later: all columns are made anew so often, in case a history was filled from behind."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """What stands still while only the newest columns change.

    Attributes:
        history: Of the bed; another one is another picture.
        span: The edges.
        now: The second that the picture was moved up to.
        per_pixel: Seconds that a pixel column covers.
    """

    history: History
    span: Span
    now: float
    per_pixel: float

    def same(self, other: "Still | None") -> bool:
        return (
            other is not None
            and self.history is other.history
            and (self.span, self.now, self.per_pixel) == (other.span, other.now, other.per_pixel)
        )

    @property
    def tail(self) -> float:
        """The left edge of the first column that is made anew each second."""
        column = column_of(self.per_pixel)
        return math.floor((self.now - LATE_S) / column) * column


class Pictures:
    """Gives each second's pictures of all lanes."""

    def __init__(self) -> None:
        self._still: Still | None = None
        self._whole_at = -math.inf
        self._lines: list[Line] = []

    def of(self, still: Still, now: float) -> list[LanePicture]:
        """What the lanes show, as of monotonic second `now`."""
        if not still.same(self._still) or not 0 <= now - self._whole_at < WHOLE_EVERY_S:
            self._still, self._whole_at = still, now
            self._lines = [line_between(lane, still.history, still.span, still.per_pixel) for lane in LANES]
        else:
            self._lines = [_renewed(*both, still) for both in zip(LANES, self._lines, strict=True)]
        return [
            LanePicture(line=line, scale=scale_of(lane, line))
            for lane, line in zip(LANES, self._lines, strict=True)
        ]


def _renewed(lane: Lane, old: Line, still: Still) -> Line:
    """A lane's line with its last columns made anew; a cuff's few whiskers are all made anew."""
    start = still.tail
    if lane.cuff or start <= still.span.start:
        return line_between(lane, still.history, still.span, still.per_pixel)
    last = Span(start=start, end=max(start, still.span.end))
    new = line_between(lane, still.history, last, still.per_pixel)
    kept, first = (2 * int(np.searchsorted(line.x[0::2], start)) for line in (old, new))
    return Line(
        x=np.concatenate((old.x[:kept], new.x[first:])),
        y=np.concatenate((old.y[:kept], new.y[first:])),
        joined=np.concatenate((old.joined[:kept], new.joined[first:])),
    )

"""Which part of a session is looked at: following now, or a stretch of the past. Pure arithmetic, no Qt."""

import math
from dataclasses import dataclass, replace

SHORTEST_S = 30.0
LONGEST_S = 26 * 3600.0
LEAST_ALL_S = 300.0
"""`All` of a session that has just begun is this long, so that the first minutes are not a smear."""
AHEAD = 0.015
"""Part of the width that is kept free to the right of now."""
AHEAD_PLANNED = 0.15
"""The same where a plan lies ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Monotonic seconds at the left and the right edge."""

    start: float
    end: float

    @property
    def width(self) -> float:
        return self.end - self.start

    def holds(self, at: float) -> bool:
        return self.start <= at <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one can look: from the first value to now, monotonic seconds.

    Attributes:
        ahead: Part of the width that is kept free to the right of now.
    """

    first: float
    now: float
    ahead: float = AHEAD

    def right(self, width: float) -> float:
        """The rightmost edge for a picture `width` seconds wide."""
        return self.now + self.ahead * width


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaze:
    """What was asked for.

    Attributes:
        width: Seconds; None: all that there is.
        end: Right edge, monotonic seconds; None: follows now.
    """

    width: float | None = 3600.0
    end: float | None = None

    @property
    def following(self) -> bool:
        return self.end is None


def span_of(gaze: Gaze, reach: Reach) -> Span:
    """The edges of what is looked at."""
    width = _all(reach) if gaze.width is None else gaze.width
    end = reach.right(width) if gaze.end is None else gaze.end
    return Span(start=end - width, end=end)


def _all(reach: Reach) -> float:
    """The whole session, in steps of a sixteenth: a picture that grew each second would never stand still."""
    width = max(reach.now - reach.first, LEAST_ALL_S) / (1 - reach.ahead)
    step = 2.0 ** math.floor(math.log2(width)) / 16
    return math.ceil(width / step) * step


def snapped(reach: Reach, per_pixel: float) -> Reach:
    """The reach with now at a whole pixel, so that a picture stands still until it has to move by one."""
    return replace(reach, now=math.floor(reach.now / per_pixel) * per_pixel)


def panned(gaze: Gaze, reach: Reach, seconds: float) -> Gaze:
    """Moved by `seconds` to the future; at its end it follows again."""
    span = span_of(gaze, reach)
    return _gaze(span.width, span.end + seconds, reach)


def zoomed(gaze: Gaze, reach: Reach, factor: float, at: float) -> Gaze:
    """`factor` times as wide, with the moment `at` (now, if that is earlier) staying where it is."""
    span = span_of(gaze, reach)
    at = min(at, reach.now)
    width = min(max(span.width * factor, SHORTEST_S), LONGEST_S)
    share = (at - span.start) / span.width
    return _gaze(width, at + (1 - share) * width, reach)


def from_start(gaze: Gaze, reach: Reach) -> Gaze:
    """The beginning of the session at the left edge."""
    width = span_of(gaze, reach).width
    return _gaze(width, reach.first + width, reach)


def _gaze(width: float, end: float, reach: Reach) -> Gaze:
    """Within reach: never wholly before the first value, and following where the right edge meets now."""
    right = reach.right(width)
    if end >= right - 1e-6 * width:
        return Gaze(width=width)
    return Gaze(width=width, end=max(end, min(reach.first + width, right)))

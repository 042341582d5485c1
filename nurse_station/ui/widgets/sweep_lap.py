"""Where a moment lies on a sweep: the arithmetic of laps. No Qt, no samples.

The sweep is a strip of `width` whole device pixels that is written again and again from left to right.
A moment has one absolute position, and so one place: what is drawn bit by bit and what is drawn at
once come out the same.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one lap: absolute position = lap_start + place.

    Attributes:
        lap_start: Absolute position of the lap's left edge, device pixels.
        left, right: Places within the strip, 0 <= left < right <= width.
    """

    lap_start: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Laps:
    """The strip and its speed.

    Attributes:
        width: Device pixels, at least 1.
        pixels_a_second: Device pixels.
        origin: The moment at absolute position 0, monotonic seconds.
    """

    width: int
    pixels_a_second: float
    origin: float

    @property
    def span_s(self) -> float:
        """Seconds that one lap shows."""
        return self.width / self.pixels_a_second

    def position(self, moment: float) -> float:
        """Absolute position of a moment (monotonic seconds), device pixels."""
        return (moment - self.origin) * self.pixels_a_second

    def moment(self, position: float) -> float:
        """The moment at an absolute position."""
        return self.origin + position / self.pixels_a_second

    def pieces(self, start: float, end: float) -> Iterator[Piece]:
        """The stretch from `start` to `end` in whole pixels, cut where a lap ends."""
        first, last = math.floor(start), math.ceil(end)
        while first < last:
            lap_start = first // self.width * self.width
            right = min(last, lap_start + self.width)
            yield Piece(lap_start, first - lap_start, right - lap_start)
            first = right

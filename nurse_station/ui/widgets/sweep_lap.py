"""Where a moment lies on a sweep: the arithmetic of laps. No Qt, no samples.

The sweep is a strip of `width` whole device pixels that is written again and again from left to right. A
moment has one absolute position, and so one place, whenever it is drawn: what is drawn bit by bit and
what is drawn at once come out the same.
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
        bar: Width of the erase bar ahead of the cursor, device pixels, less than `width`.
    """

    width: int
    pixels_a_second: float
    bar: int = 0

    @property
    def span_s(self) -> float:
        """Seconds that one lap shows."""
        return self.width / self.pixels_a_second

    def position(self, moment: float) -> float:
        """Absolute position of a moment (monotonic seconds), device pixels."""
        return moment * self.pixels_a_second

    def place(self, moment: float) -> float:
        """Where the moment is drawn: 0 <= place < width."""
        place = self.position(moment) % self.width
        return 0.0 if place >= self.width else place  # just below a lap's start, rounding ends on it

    def moment(self, position: float) -> float:
        """The moment at an absolute position."""
        return position / self.pixels_a_second

    def cursor(self, moment: float) -> int:
        """The first whole pixel that is not drawn yet, as an absolute position."""
        return math.ceil(self.position(moment))

    def oldest(self, cursor: int) -> int:
        """The oldest pixel that the erase bar has left standing, as an absolute position."""
        return cursor - self.width + self.bar

    def pieces(self, first: int, last: int) -> Iterator[Piece]:
        """The pixels from `first` to before `last`, cut where a lap ends."""
        while first < last:
            lap_start = first // self.width * self.width
            right = min(last, lap_start + self.width)
            yield Piece(lap_start, first - lap_start, right - lap_start)
            first = right

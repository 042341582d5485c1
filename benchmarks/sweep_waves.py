"""What every screen of the sweep benchmark shows: the same waves, in the same places, at the same moment.

Time is played, not waited for: a frame is a thirtieth of a second later than the one before. Paints nothing.
"""

import numpy as np
from numpy.typing import NDArray

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 1920, 1080
RATE_HZ = 250
SPAN_S = 10.0
POINTS = round(SPAN_S * RATE_HZ)
FRAMES_A_SECOND = 30
STROKE = 2
ERASED = 24
"""Samples of the gap ahead of the newest one."""
IN_ONE_COLUMN = 8
COLUMNS = 4
COLOURS = ("lime", "deepskyblue", "gold", "violet")
SHOWN = (-0.7, 1.4)
PERIOD = 4 * POINTS


def wave(number: int, times: Floats) -> Floats:
    """An ECG or a pleth, each of another heart."""
    beat = (times * (1.0 + 0.03 * number)) % 1.0
    if number % 2:
        return np.sin(np.pi * np.minimum(beat / 0.35, 1.0)) ** 2 + 0.25 * np.exp(
            -(((beat - 0.5) / 0.08) ** 2)
        )
    bumps = ((0.18, 0.025, 0.12), (0.272, 0.008, -0.15), (0.3, 0.011, 1.15), (0.33, 0.009, -0.3),
             (0.55, 0.05, 0.28))  # fmt: skip
    return sum((tall * np.exp(-(((beat - at) / wide) ** 2)) for at, wide, tall in bumps), np.zeros_like(beat))


def waves(count: int) -> Floats:
    """So many waves of 40 s, which begin anew; shape (count, PERIOD). No screen pays for making them."""
    times = np.arange(PERIOD) / RATE_HZ
    return np.array([wave(number, times) for number in range(count)])


def cells(count: int) -> list[QRect]:
    """Where each column of waves stands. Wave n is in column n modulo their number."""
    columns = 1 if count <= IN_ONE_COLUMN else COLUMNS
    return [QRect(WIDTH * n // columns, 0, WIDTH // columns, HEIGHT) for n in range(columns)]


def background(width: int = WIDTH, height: int = HEIGHT) -> QWidget:
    window = QWidget()
    window.resize(width, height)
    return window


class Sweeps:
    """The samples as a peer draws them: by place on the screen, the erase bar a gap of NaN.

    A peer pays for the newest samples only, not for laying a lap anew each frame.

    Attributes:
        x: Seconds from a column's left edge, shape (POINTS,).
        y: Values, shape (count, POINTS).
        cursor: The place of the next sample, 0 to POINTS - 1.
        columns, rows: How the waves stand.
    """

    def __init__(self, count: int) -> None:
        self.count, self.columns = count, len(cells(count))
        self.rows = -(-count // self.columns)
        self.x = np.arange(POINTS) / RATE_HZ
        self.y = np.full((count, POINTS), np.nan)
        self._waves = waves(count)
        self._played = 0.0
        self._newest = 0
        self.cursor = 0
        self.advance(SPAN_S)

    def advance(self, seconds: float = 1 / FRAMES_A_SECOND) -> NDArray[np.int64]:
        """Write what came in so many seconds. Returns the places that were written."""
        self._played += seconds * RATE_HZ
        new = np.arange(self._newest, int(self._played))
        self._newest = int(self._played)
        places = new % POINTS
        self.y[:, places] = self._waves[:, new % PERIOD]
        self.cursor = self._newest % POINTS
        self.y[:, (self.cursor + np.arange(ERASED)) % POINTS] = np.nan
        return places

    def column(self, number: int) -> int:
        return number % self.columns

    def row(self, number: int) -> int:
        return number // self.columns

    def on_one_sheet(self, number: int) -> tuple[float, float, float]:
        """Where a wave stands on one sheet, SPAN_S x columns wide and 1 a row high, y upwards.

        Returns:
            Right shift, and lift and factor of the values.
        """
        low, high = SHOWN
        factor = 1 / (high - low)
        lift = self.rows - 1 - self.row(number) - low * factor
        return SPAN_S * self.column(number), lift, factor

    def pieces(self) -> tuple[slice, slice]:
        """The places left of the erase bar, and those right of it."""
        right = min(self.cursor + ERASED, POINTS)
        left = max(0, self.cursor + ERASED - POINTS)
        return slice(left, self.cursor), slice(right, POINTS)

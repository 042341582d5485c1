"""The waves by matplotlib in Qt's canvas, by blitting: the ground copied back, each line drawn, all shown.

One axes for all waves, without ticks: an axes a wave costs more.
"""

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from benchmarks.sweep_waves import COLOURS, HEIGHT, SPAN_S, STROKE, WIDTH, Sweeps

DPI = 100


class CountedCanvas(FigureCanvasQTAgg):  # type: ignore[misc]  # untyped here
    """A canvas that counts its paint events."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)


class Blit:
    """One figure, a line a wave; the erase bar is a gap of NaN."""

    def __init__(self, count: int) -> None:
        mpl.rcParams["path.simplify"] = True
        self._sweeps = Sweeps(count)
        self._canvas = CountedCanvas(Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor="black"))
        self._canvas.resize(WIDTH, HEIGHT)
        axes = self._canvas.figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, SPAN_S * self._sweeps.columns)
        axes.set_ylim(0, self._sweeps.rows)
        self._axes = axes
        self._lines = [self._line(number) for number in range(count)]
        self._canvas.show()
        self._canvas.draw()
        self._ground = self._canvas.copy_from_bbox(self._canvas.figure.bbox)
        QApplication.processEvents()

    def _line(self, number: int) -> Line2D:
        shift, _, _ = self._sweeps.on_one_sheet(number)
        line = Line2D(
            self._sweeps.x + shift, np.full_like(self._sweeps.x, np.nan), linewidth=STROKE * 72 / DPI,
            color=COLOURS[number % len(COLOURS)].replace("lime", "#00ff00"), antialiased=True, animated=True,
        )  # fmt: skip
        self._axes.add_line(line)
        return line

    def frame(self) -> None:
        """Draw and paint the next frame."""
        self._sweeps.advance()
        self._canvas.restore_region(self._ground)
        for number, line in enumerate(self._lines):
            _, lift, factor = self._sweeps.on_one_sheet(number)
            line.set_ydata(self._sweeps.y[number] * factor + lift)
            self._axes.draw_artist(line)
        self._canvas.blit(self._canvas.figure.bbox)
        QApplication.processEvents()

    @property
    def painted(self) -> int:
        return self._canvas.painted

"""The ribbon by matplotlib in Qt's canvas: drawn anew when time moves, the reading line by blitting."""

import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from PySide6.QtWidgets import QApplication, QLabel

from benchmarks.ribbon_day import COLOURS, HEIGHT, LANES, SCALES, START, WIDTH, Day
from benchmarks.ribbon_screens import Paints

DPI = 100


class Lanes:
    """An axes a lane, without ticks but for the lowest."""

    def __init__(self, hours: float) -> None:
        self._days = [Day(hours, seed) for seed in (1, 2)]
        self._shown = 1
        figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor="black")
        self._canvas = FigureCanvasQTAgg(figure)
        self._canvas.resize(WIDTH, HEIGHT)
        self._axes = figure.subplots(len(LANES), 1, sharex=True)
        self._curves = [axes.plot([], [], color=COLOURS[n], lw=0.72, antialiased=False)[0]
                        for n, axes in enumerate(self._axes[:-1])]  # fmt: skip
        self._cuff = LineCollection([], colors=COLOURS[-1], linewidths=0.72, antialiaseds=False)
        self._axes[-1].add_collection(self._cuff)
        self._cursors = [axes.axvline(START, color="white", lw=0.72, animated=True) for axes in self._axes]
        for axes, scale in zip(self._axes, SCALES, strict=True):
            axes.set_facecolor("black")
            axes.set_ylim(*scale)
        self._reading = QLabel()
        self._reading.show()
        self._paints = Paints()
        self._canvas.installEventFilter(self._paints)
        self._canvas.show()
        self.another_bed()

    @property
    def painted(self) -> int:
        """How often the canvas was painted."""
        return self._paints.count

    def another_bed(self) -> None:
        """The other bed's whole day, painted."""
        self._shown = 1 - self._shown
        self._draw()

    def second(self) -> None:
        """A second's values come, and what changed is painted."""
        self._days[self._shown].advance()
        self._draw()

    def _draw(self) -> None:
        day = self._days[self._shown]
        for keys, curve in zip(LANES, self._curves, strict=False):
            curve.set_data(*day.known(keys[0]))
        known = [day.known(key) for key in LANES[-1]]
        ends = [np.stack([seconds, values], axis=1) for seconds, values in known]
        self._cuff.set_segments(np.stack(ends, axis=1))
        self._axes[-1].set_xlim(START, day.now)
        self._canvas.draw()
        self._ground = self._canvas.copy_from_bbox(self._canvas.figure.bbox)
        QApplication.processEvents()

    def hover(self, share: float) -> None:
        """The pointer is over that share of the width: a line, and the values as words."""
        day = self._days[self._shown]
        at = START + share * (day.now - START)
        self._canvas.restore_region(self._ground)
        for axes, cursor in zip(self._axes, self._cursors, strict=True):
            cursor.set_xdata([at, at])
            axes.draw_artist(cursor)
        self._canvas.blit(self._canvas.figure.bbox)
        self._reading.setText("   ".join(day.at(at)))
        QApplication.processEvents()

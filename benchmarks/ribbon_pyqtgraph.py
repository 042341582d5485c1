"""The ribbon by pyqtgraph: as its manual shows, and with what it offers for many points."""

from typing import Any

import numpy as np

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from benchmarks.ribbon_day import COLOURS, HEIGHT, LANES, SCALES, START, WIDTH, Day
from benchmarks.ribbon_screens import Paints


class Plain:
    """A plot a lane over one time axis; all points are set each second."""

    tuned = False

    def __init__(self, hours: float) -> None:
        self._days = [Day(hours, seed) for seed in (1, 2)]
        self._shown = 1
        self._window = QWidget()
        self._window.resize(WIDTH, HEIGHT)
        self._reading = QLabel()
        self._lanes = pg.GraphicsLayoutWidget()
        column = QVBoxLayout(self._window)
        column.addWidget(self._reading)
        column.addWidget(self._lanes)
        self._plots = [self._plot(number) for number in range(len(LANES))]
        self._curves = [self._curve(number) for number in range(len(LANES))]
        self._cursors = [pg.InfiniteLine(angle=90) for _ in self._plots]
        for plot, cursor in zip(self._plots, self._cursors, strict=True):
            plot.addItem(cursor, ignoreBounds=True)
        self._paints = Paints()
        self._lanes.viewport().installEventFilter(self._paints)
        self._window.show()
        self.another_bed()

    def _plot(self, number: int) -> Any:
        plot = self._lanes.addPlot(row=number, col=0)  # type: ignore[attr-defined]  # made at run time
        plot.setYRange(*SCALES[number])
        plot.disableAutoRange()
        if self.tuned:
            plot.setDownsampling(auto=True, mode="peak")
            plot.setClipToView(True)
        if number < len(LANES) - 1:
            plot.hideAxis("bottom")
        return plot

    def _curve(self, number: int) -> Any:
        pen = pg.mkPen(COLOURS[number], width=1)
        if len(LANES[number]) == 1:
            return self._plots[number].plot(pen=pen, antialias=False, skipFiniteCheck=self.tuned)
        cuff = pg.PlotCurveItem(pen=pen, antialias=False, connect="pairs", skipFiniteCheck=self.tuned)
        self._plots[number].addItem(cuff)
        return cuff

    @property
    def painted(self) -> int:
        """How often the lanes were painted, in part or in whole."""
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
        for plot in self._plots:
            plot.setXRange(START, day.now, padding=0)
        for keys, curve in zip(LANES, self._curves, strict=True):
            known = [day.known(key) for key in keys]
            if len(known) == 1:
                curve.setData(*known[0])
            else:
                curve.setData(
                    np.repeat(known[0][0], 2), np.stack([each for _, each in known], axis=1).ravel()
                )
        QApplication.processEvents()

    def hover(self, share: float) -> None:
        """The pointer is over that share of the width: a line, and the values as words."""
        day = self._days[self._shown]
        at = START + share * (day.now - START)
        for cursor in self._cursors:
            cursor.setPos(at)
        self._reading.setText("   ".join(day.at(at)))
        QApplication.processEvents()


class Tuned(Plain):
    """With peak downsampling and clipping to the view, set where they take effect: on the plot."""

    tuned = True

"""The waves by pyqtgraph, in four ways: as its manual shows, the same made cheap, tuned, and in pieces."""

import numpy as np

import pyqtgraph as pg
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from benchmarks.sweep_waves import (
    COLOURS,
    ERASED,
    HEIGHT,
    POINTS,
    RATE_HZ,
    SHOWN,
    SPAN_S,
    STROKE,
    WIDTH,
    Sweeps,
    background,
    cells,
)


class CountedPlot(pg.PlotWidget):
    """A plain plot of pyqtgraph, counting its paint events."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)  # type: ignore[no-untyped-call]


class CountedView(pg.GraphicsView):
    """An empty view of pyqtgraph, counting its paint events."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)  # type: ignore[no-untyped-call]


class Plain:
    """A PlotWidget a wave, setData each frame, a gap of NaN for the erase bar; the same look as ours."""

    antialias, stroke = True, STROKE

    def __init__(self, count: int) -> None:
        self._sweeps = Sweeps(count)
        self._window = background()
        self._plots: list[CountedPlot] = []
        self._curves: list[pg.PlotDataItem] = []
        for number in range(count):
            self._add_plot(number)
        self._window.show()
        self.frame()

    def _add_plot(self, number: int) -> None:
        sweeps = self._sweeps
        column, row = cells(sweeps.count)[sweeps.column(number)], sweeps.row(number)
        top, bottom = HEIGHT * row // sweeps.rows, HEIGHT * (row + 1) // sweeps.rows
        plot = CountedPlot(self._window, background="black")  # type: ignore[no-untyped-call]
        plot.setGeometry(column.left(), top, column.width(), bottom - top)
        plot.plotItem.setRange(xRange=(0, SPAN_S), yRange=SHOWN, padding=0)  # type: ignore[union-attr]
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        self._plots.append(plot)
        self._curves.append(plot.plot(pen=_pen(number, self.stroke), antialias=self.antialias))

    def frame(self) -> None:
        """Draw and paint the next frame."""
        self._sweeps.advance()
        for curve, y in zip(self._curves, self._sweeps.y, strict=True):
            curve.setData(self._sweeps.x, y)
        QApplication.processEvents()

    @property
    def painted(self) -> int:
        """Paint events, of the plot that has the fewest."""
        return min(plot.painted for plot in self._plots)


class Cheap(Plain):
    """The same without antialiasing and 1 px wide: no monitor looks so."""

    antialias, stroke = False, 1


class Sheet:
    """One view for all waves, without axes, on one sheet."""

    def __init__(self, count: int) -> None:
        self._sweeps = Sweeps(count)
        self._view = CountedView(useOpenGL=False, background="black")  # type: ignore[no-untyped-call]
        self._view.resize(WIDTH, HEIGHT)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._box.disableAutoRange()
        self._box.setRange(
            xRange=(0, SPAN_S * self._sweeps.columns), yRange=(0, self._sweeps.rows), padding=0
        )
        self._view.setCentralItem(self._box)  # type: ignore[no-untyped-call]

    def _curve(self, number: int) -> pg.PlotCurveItem:
        """A line without NaN, drawn as single segments: by far the cheapest where it is antialiased."""
        curve = pg.PlotCurveItem(
            pen=_pen(number, STROKE), antialias=True, skipFiniteCheck=True, connect="all"
        )
        curve.setSegmentedLineMode("on")
        self._box.addItem(curve, ignoreBounds=True)
        return curve

    @property
    def painted(self) -> int:
        return self._view.painted


class Tuned(Sheet):
    """A curve left of the erase bar and one right of it, for each wave.

    clipToView and autoDownsample change nothing here: all points are in view, no more than five a pixel.
    """

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._curves = [(self._curve(number), self._curve(number)) for number in range(count)]
        self._view.show()
        self.frame()

    def frame(self) -> None:
        """Draw and paint the next frame."""
        self._sweeps.advance()
        pieces = self._sweeps.pieces()
        for number, curves in enumerate(self._curves):
            shift, lift, factor = self._sweeps.on_one_sheet(number)
            x, y = self._sweeps.x + shift, self._sweeps.y[number] * factor + lift
            for curve, piece in zip(curves, pieces, strict=True):
                curve.setData(x[piece], y[piece])
        QApplication.processEvents()


class Pieces(Sheet):
    """A curve a second of each wave; only those are given new points that the cursor or the bar touches."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._seconds = round(SPAN_S)
        self._curves = [[self._curve(number) for _ in range(self._seconds)] for number in range(count)]
        self._view.show()
        self._draw(range(self._seconds))
        QApplication.processEvents()

    def frame(self) -> None:
        """Draw and paint the next frame."""
        new = self._sweeps.advance()
        touched = np.concatenate((new, (self._sweeps.cursor + np.arange(ERASED)) % POINTS)) // RATE_HZ
        self._draw(np.unique(touched).tolist())
        QApplication.processEvents()

    def _draw(self, seconds: "range | list[int]") -> None:
        for number, curves in enumerate(self._curves):
            shift, lift, factor = self._sweeps.on_one_sheet(number)
            for second in seconds:
                first = second * RATE_HZ
                last = min(first + RATE_HZ + 1, POINTS)  # the next second's first, so that they join
                y = self._sweeps.y[number, first:last]
                there = ~np.isnan(y)
                curves[second].setData(self._sweeps.x[first:last][there] + shift, y[there] * factor + lift)


def _pen(number: int, width: int) -> object:
    return pg.mkPen(COLOURS[number % len(COLOURS)], width=width)

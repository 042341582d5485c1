"""The waves by QtCharts: one chart without axes on show, two line series a wave, replaced each frame."""

import numpy as np

from PySide6.QtCharts import QChart, QChartView, QLineSeries, QValueAxis
from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication

from benchmarks.sweep_waves import COLOURS, HEIGHT, SPAN_S, STROKE, WIDTH, Sweeps


class CountedView(QChartView):  # type: ignore[misc]  # untyped here
    """A view that counts its paint events."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)


class Charts:
    """A series left of the erase bar and one right of it, for each wave."""

    def __init__(self, count: int) -> None:
        self._sweeps = Sweeps(count)
        self._chart = QChart()
        self._chart.legend().hide()
        self._chart.setBackgroundBrush(QColor("black"))
        self._chart.setMargins(QMargins(0, 0, 0, 0))
        self._axes = [_axis(SPAN_S * self._sweeps.columns), _axis(self._sweeps.rows)]
        self._chart.addAxis(self._axes[0], Qt.AlignmentFlag.AlignBottom)
        self._chart.addAxis(self._axes[1], Qt.AlignmentFlag.AlignLeft)
        self._series = [(self._add(number), self._add(number)) for number in range(count)]
        self._view = CountedView(self._chart)
        self._view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._view.resize(WIDTH, HEIGHT)
        self._view.show()
        self.frame()

    def _add(self, number: int) -> QLineSeries:
        series = QLineSeries()
        series.setPen(QPen(QColor(COLOURS[number % len(COLOURS)]), STROKE))
        self._chart.addSeries(series)
        for axis in self._axes:
            series.attachAxis(axis)
        return series

    def frame(self) -> None:
        """Draw and paint the next frame."""
        self._sweeps.advance()
        pieces = self._sweeps.pieces()
        for number, both in enumerate(self._series):
            shift, lift, factor = self._sweeps.on_one_sheet(number)
            x, y = self._sweeps.x + shift, self._sweeps.y[number] * factor + lift
            for series, piece in zip(both, pieces, strict=True):
                series.replaceNp(np.ascontiguousarray(x[piece]), np.ascontiguousarray(y[piece]))
        QApplication.processEvents()

    @property
    def painted(self) -> int:
        return self._view.painted


def _axis(end: float) -> QValueAxis:
    axis = QValueAxis()
    axis.setRange(0, end)
    axis.setVisible(False)
    return axis

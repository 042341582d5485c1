"""The curve of what cannot be seen: four lanes over one time axis. Items are made once and given new points.

pyqtgraph is imported here: whoever opens the instructor's window has long painted the first one.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nurse_station.training.log import Point
from nurse_station.ui.models.instructor_curve import (
    LANES,
    SHARE,
    SPANS,
    Lane,
    Picture,
    heights,
    picture,
    ticks,
)
from nurse_station.ui.practice.instructor_parts import panel, push
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.drawing import draw_elided
from nurse_station.ui.widgets.labels import ElidedLabel

NAMES_PX, LABEL_PX, AXIS_PX, LOWEST_PX = 138, 64, 18, 128
USUAL_SPAN = 1


def _pen(token: str, width: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(current().colour(token), width, style)
    pen.setCosmetic(True)
    return pen


class LanesView(pg.GraphicsView):
    """The plot. Lane number i lies between the heights -i - 1 and -i."""

    def __init__(self) -> None:
        super().__init__(None, useOpenGL=False, background=None)  # type: ignore[no-untyped-call]
        self.setBackgroundBrush(current().colour("background"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Curve of what cannot be seen")
        box = self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        box.disableAutoRange()
        box.setYRange(-len(LANES), 0, padding=0)
        self.setCentralItem(box)  # type: ignore[no-untyped-call]
        self.grid = self._item("line", style=Qt.PenStyle.DotLine, connect="pairs")
        self.marks = self._item("dim", style=Qt.PenStyle.DashLine, connect="pairs")
        self.events = self._item("doubtful", connect="pairs")
        self.curves = [[self._item(trace.token, 1 if trace.dashed else 2,
                                   Qt.PenStyle.DashLine if trace.dashed else Qt.PenStyle.SolidLine,
                                   "finite") for trace in lane.traces] for lane in LANES]  # fmt: skip
        for number in range(1, len(LANES)):  # between lanes
            box.addItem(pg.InfiniteLine(pos=-number, angle=0, pen=_pen("line")), ignoreBounds=True)

    def sizeHint(self) -> QSize:
        return QSize(current().size(240), current().size(LOWEST_PX))

    def _item(self, token: str, width: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine,
              connect: str = "all") -> pg.PlotCurveItem:  # fmt: skip
        item = pg.PlotCurveItem(pen=_pen(token, width, style), connect=connect)
        self._box.addItem(item, ignoreBounds=True)
        return item

    def show_picture(self, shown: Picture, grid: Sequence[float], events: Sequence[float]) -> None:
        """Draw; `grid` and `events` are seconds of the run with a line from top to bottom."""
        self._box.setXRange(shown.start, shown.end, padding=0)
        self.grid.setData(*_uprights(grid))
        self.events.setData(*_uprights(events))
        self.marks.setData(*_across(shown))
        for lane, curves in zip(shown.lanes, self.curves, strict=True):
            for values, curve in zip(lane.heights, curves, strict=True):
                curve.setData(shown.x, values)


def _uprights(seconds: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(np.asarray(seconds, dtype=np.float64), 2), np.tile(
        [-float(len(LANES)), 0.0], len(seconds)
    )


def _across(shown: Picture) -> tuple[np.ndarray, np.ndarray]:
    """The lanes' marks, each from edge to edge."""
    marked = [(number, lane.mark) for number, lane in enumerate(LANES) if lane.mark is not None]
    y = [heights(np.array([mark]), shown.lanes[number].scale, number)[0] for number, mark in marked]
    return np.tile([shown.start, shown.end], len(marked)), np.repeat(y, 2)


class LaneNames(QWidget):
    """Each lane's traces in their colours, its unit, and the ends of its scale."""

    def __init__(self) -> None:
        super().__init__()
        self._scales = tuple(lane.scale for lane in LANES)
        self.setFixedWidth(current().size(NAMES_PX))

    def show_scales(self, scales: tuple[tuple[float, float], ...]) -> None:
        if scales != self._scales:
            self._scales = scales
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        height = self.height() / len(LANES)
        for number, lane in enumerate(LANES):
            box = QRectF(0, number * height, self.width() - current().size(4), height)
            self._paint_names(painter, lane, box)
            self._paint_scale(painter, self._scales[number], box)
        painter.end()

    def _paint_names(self, painter: QPainter, lane: Lane, box: QRectF) -> None:
        style = current()
        line = min(style.size(15), box.height() / 3)
        unit = f" {lane.unit}"
        for place, trace in enumerate(lane.traces):
            row = QRectF(box.left(), box.top() + place * line, box.width() - style.size(28), line)
            painter.setPen(_pen(trace.token, 1 if trace.dashed else 2,
                                Qt.PenStyle.DashLine if trace.dashed else Qt.PenStyle.SolidLine))  # fmt: skip
            middle = row.center().y()
            painter.drawLine(row.left(), middle, row.left() + style.size(16), middle)  # type: ignore[call-overload]
            painter.setFont(style.font(11))
            painter.setPen(style.colour(trace.token))
            draw_elided(painter, row.adjusted(style.size(20), 0, 0, 0), trace.label)
        painter.setPen(style.colour("dim"))
        below = QRectF(box.left() + style.size(16), box.top() + len(lane.traces) * line, box.width(), line)
        draw_elided(painter, below, unit)

    def _paint_scale(self, painter: QPainter, scale: tuple[float, float], box: QRectF) -> None:
        style = current()
        painter.setFont(style.font(10))
        painter.setPen(style.colour("dim"))
        edge = box.height() * (1 - SHARE) / 2
        for value, y in ((scale[1], box.top() + edge), (scale[0], box.bottom() - edge)):
            line = QRectF(box.left(), y - style.size(7), box.width(), style.size(14))
            draw_elided(painter, line, f"{value:g}", right=True)


class RunTime(QWidget):
    """The seconds of the run beneath the plot."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks: list[tuple[float, str]] = []
        self.setFixedHeight(current().size(AXIS_PX))

    def show_ticks(self, at: list[tuple[float, str]]) -> None:
        """Part of the width, and the words."""
        if at != self._ticks:
            self._ticks = at
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, style = QPainter(self), current()
        painter.setFont(style.font(10))
        painter.setPen(style.colour("dim"))
        half, left = style.size(LABEL_PX) / 2, style.size(NAMES_PX)
        for part, words in self._ticks:
            x = left + part * (self.width() - left)
            box = QRectF(min(x - half, self.width() - 2 * half), 0, 2 * half, self.height())
            side = Qt.AlignmentFlag.AlignRight if x + half > self.width() else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(box, side | Qt.AlignmentFlag.AlignTop, words)
        painter.end()


class CurvePanel(QWidget):
    """The last minutes, or the whole run."""

    def __init__(self) -> None:
        super().__init__()
        self.view, self.names, self.time = LanesView(), LaneNames(), RunTime()
        self.spans = [push(words, partial(self.show_width, width), f"Show {words}")
                      for words, width in SPANS]  # fmt: skip
        self._width = SPANS[USUAL_SPAN][1]
        self._shown: tuple[tuple[Point, ...], float, tuple[float, ...]] = ((), 0.0, ())
        inside, column = panel()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)
        column.addLayout(self._head())
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.addWidget(self.names, 0, 0)
        grid.addWidget(self.view, 0, 1)
        grid.addWidget(self.time, 1, 0, 1, 2)
        column.addLayout(grid, 1)
        self.view.setMinimumHeight(current().size(LOWEST_PX))
        self._mark_spans()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(ElidedLabel("heading", "What cannot be seen"))
        row.addWidget(ElidedLabel("small", "upright lines: events"), 1)
        for button in self.spans:
            row.addWidget(button)
        return row

    def _mark_spans(self) -> None:
        for button, (words, width) in zip(self.spans, SPANS, strict=True):
            set_look(button, "act_first" if width == self._width else "act")
            button.setAccessibleName(f"Curve: {words}")

    def show_width(self, width: float | None) -> None:
        """The last `width` seconds; None: the whole run."""
        self._width = width
        self._mark_spans()
        self._draw()

    def show_points(self, points: tuple[Point, ...], at: float, events: tuple[float, ...]) -> None:
        """The curve until second `at`, and when events happened."""
        if (points, at, events) != self._shown:
            self._shown = (points, at, events)
            self._draw()

    def _draw(self) -> None:
        points, at, events = self._shown
        shown = picture(points, at, self._width)
        room = max(1, self.view.width() // current().size(LABEL_PX))
        marks = list(ticks(shown.start, shown.end, room))
        seen = [each for each in events if shown.start <= each <= shown.end]
        self.view.show_picture(shown, [second for second, _ in marks], seen)
        self.names.show_scales(tuple(lane.scale for lane in shown.lanes))
        width = shown.end - shown.start
        self.time.show_ticks([((second - shown.start) / width, words) for second, words in marks])

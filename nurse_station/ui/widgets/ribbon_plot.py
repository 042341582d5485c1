"""The ribbon's plot: curves made once and given new points, and the mouse over them. Knows no history."""

from collections.abc import Sequence

import numpy as np

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QWidget

from nurse_station.ui import theme
from nurse_station.ui.widgets.alarm_paint import FILLS
from nurse_station.ui.widgets.ribbon_alarms import WIDTHS, AlarmMark, strokes
from nurse_station.ui.widgets.ribbon_curve import NOTHING, Floats, Line
from nurse_station.ui.widgets.ribbon_lanes import LANES, LanePicture, heights
from nurse_station.ui.widgets.ribbon_span import Span

ZOOM_A_NOTCH = 0.8
PULLED_PX = 4.0
"""A hand that moves less has pressed, not pulled."""
_SEPARATOR_PX = 4


def _pen(token: str, width: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(theme.current().colour(token), width, style)
    pen.setCosmetic(True)
    return pen


def _wall_pen() -> QPen:
    """Lanes are panels with the ground between them; where both are black, a line parts them."""
    style = theme.current()
    apart = style.colour("background") != style.colour("panel")
    return _pen("background", _SEPARATOR_PX) if apart else _pen("line")


class RibbonPlot(pg.GraphicsView):
    """All lanes over one time axis. Lane number i lies between the heights -i - 1 and -i."""

    dragged = Signal(float)
    """The picture was pulled to the right by so many seconds."""
    zoomed = Signal(float, float)
    """The wheel asks for a picture so many times as wide, about that monotonic second."""
    hovered = Signal(object)
    """The pointer is over this monotonic second; None: it left."""
    pressed = Signal(float)
    """The left button was pressed and let go over this monotonic second, without pulling."""
    resized = Signal()

    _empty: QLabel | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)  # type: ignore[no-untyped-call]
        self._lines = [NOTHING] * len(LANES)
        self._span = Span(start=0.0, end=1.0)
        self._grid_at: list[float] = []
        self._pressed: QPointF | None = None
        self._pulled = 0.0
        self._build()
        self._empty = QLabel("Nothing measured yet", self)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_look(self._empty, "dim")
        self.restyle()

    def _build(self) -> None:
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._box.disableAutoRange()
        self._box.setYRange(-len(LANES), 0, padding=0)
        self.setCentralItem(self._box)  # type: ignore[no-untyped-call]
        self._grid = pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True)
        self._curves = [pg.PlotCurveItem(skipFiniteCheck=True) for _ in LANES]
        self._walls = [pg.InfiniteLine(pos=-number, angle=0) for number in range(1, len(LANES))]
        self._now = pg.InfiniteLine(pos=0, angle=90)
        self._cursor = pg.InfiniteLine(pos=0, angle=90)
        self._alarms = {
            priority: pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True) for priority in WIDTHS
        }
        self._marks: tuple[object, ...] = ()
        alarms = self._alarms.values()
        for item in (self._grid, *self._curves, *alarms, *self._walls, self._now, self._cursor):
            self._box.addItem(item, ignoreBounds=True)
        for line in (self._now, self._cursor):
            line.setZValue(-1)  # beneath the curves: what is read is never hidden by the reading
        self._cursor.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def restyle(self) -> None:
        """Take the colours of the theme in use."""
        self.setBackgroundBrush(theme.current().colour("panel"))
        self._grid.setPen(_pen("line", 1, Qt.PenStyle.DotLine))
        for lane, curve in zip(LANES, self._curves, strict=True):
            # A whisker is a few short lines: it may be as wide as it must be to be seen.
            curve.setPen(_pen(lane.colour, 2 if lane.cuff else 1))
        for priority, curve in self._alarms.items():
            curve.setPen(_pen(f"{FILLS[priority]}_edge", WIDTHS[priority]))
        for wall in self._walls:
            wall.setPen(_wall_pen())
        self._now.setPen(_pen("dim"))
        self._cursor.setPen(_pen("text"))

    @property
    def span(self) -> Span:
        """What is shown."""
        return self._span

    def show_span(self, span: Span, grid: Sequence[float], now: float) -> bool:
        """Look at `span`, with lines at the seconds in `grid` and at `now`. Returns whether that is news."""
        news = span != self._span or list(grid) != self._grid_at or now != self._now.value()
        if news:
            self._span, self._grid_at = span, list(grid)
            self._box.setXRange(span.start, span.end, padding=0)
            x = np.repeat(np.asarray(grid, dtype=np.float64), 2)
            self._grid.setData(x=x, y=np.tile([-float(len(LANES)), 0.0], len(grid)))
            self._now.setPos(now)
        return news

    def show_lanes(self, pictures: Sequence[LanePicture]) -> bool:
        """Draw those of which a pixel differs from what is drawn. Returns whether any did."""
        lines = [self._in_pixels(number, picture) for number, picture in enumerate(pictures)]
        news = [number for number, line in enumerate(lines) if not line.same(self._lines[number])]
        for number in news:
            line = self._lines[number] = lines[number]
            connect = line.joined if len(line.x) else NOTHING.joined
            self._curves[number].setData(x=line.x, y=line.y, connect=connect)
        return bool(news)

    def _in_pixels(self, number: int, picture: LanePicture) -> Line:
        """The lane's line in the plot, each point in the middle of a device pixel's row."""
        line = picture.line
        row = len(LANES) / max(1.0, self.height() * self.devicePixelRatioF())
        y: Floats = (np.floor(heights(line.y, picture.scale, number) / row) + 0.5) * row
        return Line(x=line.x, y=y, joined=line.joined)

    def show_alarms(self, marks: Sequence[AlarmMark], span: Span, now: float) -> bool:
        """Draw the marks of `span`, those still present up to `now`. Returns whether that is news."""
        state = (tuple(marks), span, now if any(mark.end > now for mark in marks) else None)
        if state == self._marks:
            return False
        self._marks = state
        for priority, curve in self._alarms.items():
            x, y = strokes(marks, priority, span, now)
            curve.setData(x=x, y=y)
        return True

    def show_empty(self, empty: bool) -> None:
        """Say that nothing was measured yet, or no longer."""
        if self._empty is not None:
            self._empty.setVisible(empty)

    def show_cursor(self, at: float | None) -> None:
        """A line at the moment that is being read; None: none."""
        self._cursor.setVisible(at is not None)
        if at is not None:
            self._cursor.setPos(at)

    def second_at(self, x: float) -> float:
        """The monotonic second at `x` pixels from the left."""
        return self._span.start + x / max(1, self.width()) * self._span.width

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._pulled = event.position(), 0.0
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            pulled = event.position().x() - self._pressed.x()
            self._pressed = event.position()
            self._pulled += abs(pulled)
            self.dragged.emit(pulled / max(1, self.width()) * self._span.width)
        self.hovered.emit(self.second_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._pulled < PULLED_PX:
            self.pressed.emit(self.second_at(event.position().x()))
        self._pressed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoomed.emit(ZOOM_A_NOTCH**notches, self.second_at(event.position().x()))
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)  # type: ignore[no-untyped-call]
        if self._empty is not None:  # pyqtgraph resizes a view while it is being made
            self._empty.setGeometry(self.rect())
            self.resized.emit()

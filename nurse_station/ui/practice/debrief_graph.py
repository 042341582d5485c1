"""The run over one time axis: what the trainee could not see, and marks of what happened. Decides nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.reports.debrief_lanes import (
    MARK_ROWS,
    NAMES,
    Mark,
    lanes_of,
    length,
    lines,
    marks,
    scale_of,
    ticks,
    values,
)
from nurse_station.reports.debrief_words import clock
from nurse_station.reports.lanes import Lane, Scale
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import What
from nurse_station.ui.models.debrief import NEAR_S, TOKENS, Reading, next_stop, reading
from nurse_station.ui.theme import current, notifier

LEFT_PX, RIGHT_PX, GAP_PX, ROW_PX, AXIS_PX = 96, 18, 19, 19, 20
LEAST_PX = (360, 330)
NEAR_PX, LINE_APART_PX, SIGN_APART_PX, TICK_APART_PX = 3, 22, 20, 64
POINT_S, FAR_S = 5.0, 60.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
KEYS_TOLD = "Left, Right: 5 s · Ctrl+Left, Ctrl+Right: what happened before, after · Home, End"


class DebriefGraph(QWidget):
    """Lanes, marks and a cursor that pointer and keys move.

    Signals:
        moved: The cursor stands at another second of the run.
    """

    moved = Signal(float)

    def __init__(self, debrief: Debrief) -> None:
        super().__init__()
        self._debrief, self._marks = debrief, marks(debrief)
        self._lanes = lanes_of(debrief.curve)
        self._picture: QPixmap | None = None
        self._length_s = length(debrief)
        self._stops = sorted({mark.at for mark in self._marks})
        self.at = self._stops[0] if self._stops else 0.0
        self.setAccessibleName("The run over time")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setToolTip(KEYS_TOLD)
        self.setMinimumSize(*(current().size(each) for each in LEAST_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(self.reading.spoken)
        notifier().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @property
    def reading(self) -> Reading:
        """What the cursor stands at, in words."""
        near_s = max(NEAR_S, NEAR_PX * self._length_s / max(self._plot().width(), 1.0))
        return reading(self._debrief, self._marks, self.at, near_s)

    def show_at(self, at: float) -> None:
        """Put the cursor there."""
        at = min(max(at, 0.0), self._length_s)
        if at != self.at:
            self.at = at
            self.setAccessibleDescription(self.reading.spoken)
            self.update()
            self.moved.emit(at)

    # The hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Left:
                self.show_at(next_stop(self._stops, self.at, -1) if far else self.at - POINT_S)
            case Qt.Key.Key_Right:
                self.show_at(next_stop(self._stops, self.at, 1) if far else self.at + POINT_S)
            case Qt.Key.Key_PageUp:
                self.show_at(self.at - FAR_S)
            case Qt.Key.Key_PageDown:
                self.show_at(self.at + FAR_S)
            case Qt.Key.Key_Home:
                self.show_at(0.0)
            case Qt.Key.Key_End:
                self.show_at(self._length_s)
            case _:
                super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot = self._plot()
        share = (event.position().x() - plot.left()) / max(plot.width(), 1.0)
        if 0.0 <= share <= 1.0:
            self.show_at(share * self._length_s)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Where things are

    def _plot(self) -> QRectF:
        """The lanes' place, gaps included."""
        size = current().size
        below = size(ROW_PX) * len(MARK_ROWS) + size(AXIS_PX)
        return QRectF(size(LEFT_PX), 0, self.width() - size(LEFT_PX) - size(RIGHT_PX), self.height() - below)

    def _x(self, at: float) -> float:
        plot = self._plot()
        return plot.left() + min(max(at, 0.0), self._length_s) / self._length_s * plot.width()

    def _places(self) -> list[tuple[Lane, QRectF]]:
        """Each lane's box, a gap for its legend above it."""
        plot, gap = self._plot(), current().size(GAP_PX)
        share = (plot.height() - gap * len(self._lanes)) / sum(lane.height for lane in self._lanes)
        top, found = plot.top(), []
        for lane in self._lanes:
            box = QRectF(plot.left(), top + gap, plot.width(), max(share * lane.height, 12.0))
            found.append((lane, box))
            top = box.bottom()
        return found

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._picture is None:
            self._picture = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cursor(painter)
        painter.end()

    def _painted(self) -> QPixmap:
        """All but the cursor, which moves alone: a run of five hours has thirty thousand points."""
        picture = QPixmap(self.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(current().colour("panel"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_time(painter)
        for lane, box in self._places():
            self._paint_lane(painter, lane, box)
        self._paint_marks(painter)
        painter.end()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = None

    def _restyle(self) -> None:
        self._picture = None
        self.update()

    def _pen(self, token: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(current().colour(token), width, style)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _words(self, painter: QPainter, box: QRectF, words: str, token: str, how: Qt.AlignmentFlag = _LEFT,
               pixels: int = 11) -> None:  # fmt: skip
        painter.setFont(current().font(pixels))
        painter.setPen(current().colour(token))
        painter.drawText(box, how, words)

    def _paint_time(self, painter: QPainter) -> None:
        size, plot = current().size, self._plot()
        bottom = self.height() - size(AXIS_PX)
        for at in ticks(self._length_s, max(2, int(plot.width() / size(TICK_APART_PX)))):
            x = self._x(at)
            painter.setPen(self._pen("line", 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, plot.top() + size(GAP_PX)), QPointF(x, bottom))
            self._words(painter, QRectF(x - 40, bottom, 80, size(AXIS_PX)), clock(at), "dim", _MIDDLE)
        painter.setPen(self._pen("dim", 1, Qt.PenStyle.DashLine))
        for mark in self._marks:
            if mark.what is What.EVENT:
                x = self._x(mark.at)
                painter.drawLine(QPointF(x, plot.top() + size(GAP_PX)), QPointF(x, plot.bottom()))

    def _paint_lane(self, painter: QPainter, lane: Lane, box: QRectF) -> None:
        steps = max(1, int(box.height() / current().size(LINE_APART_PX)))
        scale = scale_of(lane, values(self._debrief.curve, lane), box.top() + 2, box.bottom() - 2, steps)
        self._paint_scale(painter, lane, box, scale)
        for place, curve in enumerate(lane.curves):
            style = Qt.PenStyle.DashLine if place else Qt.PenStyle.SolidLine
            painter.setPen(self._pen(TOKENS[curve], 1.6, style))
            for piece in lines(self._debrief.curve, curve):
                points = [QPointF(self._x(at), scale.y(height)) for at, height in piece]
                painter.drawPolyline(QPolygonF(points))
        self._paint_legend(painter, lane, box)

    def _paint_scale(self, painter: QPainter, lane: Lane, box: QRectF, scale: Scale) -> None:
        size = current().size
        for value in scale.lines:
            y = scale.y(value)
            painter.setPen(self._pen("line", 0.6))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            place = QRectF(box.left() - size(60), y - size(7), size(55), size(14))
            self._words(painter, place, f"{value:g}", "dim", _RIGHT, 10)
        painter.setPen(self._pen("line"))
        painter.drawRect(box)
        title = lane.title.replace("\n", "  ")
        painter.setFont(current().font(11))
        width = painter.fontMetrics().horizontalAdvance(title) + size(4)
        place = QRectF(size(4), box.top() - size(GAP_PX) + 1, width, size(13))
        painter.fillRect(place, current().colour("panel"))  # no line of time runs through it
        self._words(painter, place, title, "text")

    def _paint_legend(self, painter: QPainter, lane: Lane, box: QRectF) -> None:
        """Above the lane, from the right: which line is which."""
        size, x = current().size, box.right()
        painter.setFont(current().font(11))
        for place, curve in reversed(list(enumerate(lane.curves))):
            width = painter.fontMetrics().horizontalAdvance(NAMES[curve]) + 2
            line = QRectF(x - width, box.top() - size(GAP_PX), width, size(GAP_PX))
            painter.fillRect(line.adjusted(-size(34), 2, 0, -2), current().colour("panel"))
            self._words(painter, line, NAMES[curve], TOKENS[curve])
            style = Qt.PenStyle.DashLine if place else Qt.PenStyle.SolidLine
            painter.setPen(self._pen(TOKENS[curve], 1.6, style))
            y = line.center().y()
            painter.drawLine(QPointF(line.left() - size(30), y), QPointF(line.left() - size(5), y))
            x = line.left() - size(44)

    def _paint_marks(self, painter: QPainter) -> None:
        size, plot = current().size, self._plot()
        for place, (what, title) in enumerate(MARK_ROWS.items()):
            row = QRectF(plot.left(), plot.bottom() + place * size(ROW_PX), plot.width(), size(ROW_PX))
            self._words(painter, QRectF(size(4), row.top(), row.left(), row.height()), title, "text")
            painter.setPen(self._pen("line", 0.6))
            painter.drawLine(row.bottomLeft(), row.bottomRight())
            own = [mark for mark in self._marks if mark.what is what]
            if what is What.ALARM:
                self._paint_alarms(painter, own, row)
            else:
                self._paint_signs(painter, own, row, "doubtful" if what is What.AGAINST else "text")

    def _paint_alarms(self, painter: QPainter, own: Sequence[Mark], row: QRectF) -> None:
        """HIGH ones tall and last: none is hidden by another."""
        for mark in sorted(own, key=lambda each: each.high):
            x, height = self._x(mark.at), row.height() * (0.8 if mark.high else 0.4)
            bar = QRectF(x, row.bottom() - height, max(self._x(mark.end) - x, 2.0), height)
            painter.fillRect(bar, current().colour("alarm_high_edge" if mark.high else "alarm_medium_edge"))
            painter.setPen(self._pen("panel"))
            painter.drawLine(bar.topLeft(), bar.bottomLeft())

    def _paint_signs(self, painter: QPainter, own: Sequence[Mark], row: QRectF, token: str) -> None:
        last, apart = -1e9, current().size(SIGN_APART_PX)
        for mark in own:
            x = self._x(mark.at)
            painter.setPen(self._pen(token, 2))
            painter.drawLine(QPointF(x, row.bottom() - row.height() * 0.28), QPointF(x, row.bottom()))
            if x - last >= apart:
                box = QRectF(x - apart, row.top(), 2 * apart, row.height() * 0.78)
                self._words(painter, box, mark.sign or "✗", token, _MIDDLE, 10)
                last = x

    def _paint_cursor(self, painter: QPainter) -> None:
        x, size = self._x(self.at), current().size
        painter.setPen(self._pen("accent", 2 if self.hasFocus() else 1))
        painter.drawLine(QPointF(x, size(GAP_PX)), QPointF(x, self.height() - size(AXIS_PX)))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

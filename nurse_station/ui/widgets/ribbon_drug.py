"""The ribbon's strip of the drug: rate done and planned, prediction, checks, deeds. Reads no record.

It is painted beneath the plot on the same time axis. A prediction is dotted and says "model".
"""

from collections.abc import Sequence

import numpy as np

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from nurse_station.infusion.units import dose, shown
from nurse_station.sessions.deeds import Entry
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui import theme
from nurse_station.ui.models.day_ribbon import CheckCell, DeedMark, DrugShown, drug, words_at
from nurse_station.ui.widgets.ribbon_scales import NAMES_WIDTH
from nurse_station.ui.widgets.ribbon_span import Span

RENEWED_EVERY_S = 60.0
"""Without a new entry the prediction is made anew so often: only its border between past and plan moves."""
LANE_PX, CELLS_PX = 58, 20
NEAR_PX = 6
SCORE_TOKENS = {5: "good", 4: "accent", 3: "doubtful", 2: "doubtful", 1: "doubtful", 0: "doubtful"}
FILLED_FROM = 3
"""At this score and below a cell is filled: told apart also without colour."""


class DrugStrip(QWidget):
    """Names at the left, the drug and the checks beside them.

    Signals:
        dragged, zoomed, hovered: As of the plot above.
    """

    dragged = Signal(float)
    zoomed = Signal(float, float)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ribbon_drug")
        self.setAccessibleName("Drug: rate, planned rate, predicted concentration, responsiveness checks")
        self.setMouseTracking(True)
        self._span, self._now = Span(start=0.0, end=1.0), 0.0
        self._cursor: float | None = None
        self._pressed: QPointF | None = None
        self._care: CareSnapshot | None = None
        self._entries: Sequence[Entry] = ()
        self._made_at = -RENEWED_EVERY_S
        self.drug: DrugShown | None = None
        self.made = 0
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """Take the sizes and colours of the theme in use."""
        self.setFixedHeight(theme.current().size(LANE_PX) + theme.current().size(CELLS_PX))
        self.update()

    # What is shown

    def show_care(self, care: CareSnapshot | None) -> None:
        """The day as it is now; None: nobody is bound. Reckoned anew with each entry, else each minute."""
        self._care = care
        if care is None:
            self.drug, self._entries = None, ()
            self.hide()
            return
        if care.entries != self._entries or care.seen.at - self._made_at >= RENEWED_EVERY_S:
            self._entries, self._made_at = care.entries, care.seen.at
            self.drug = drug(care)
            self.made += 1
            self.update()
        self.setVisible(self.drug is not None)

    def show_span(self, span: Span, now: float) -> None:
        """Look at `span`, in monotonic seconds."""
        if (span, now) != (self._span, self._now):
            self._span, self._now = span, now
            self.update()

    def show_cursor(self, at: float | None) -> None:
        """A line at the moment that is being read; None: none."""
        if at != self._cursor:
            self._cursor = at
            self.update()

    def words_at(self, at: float) -> str:
        """What is known of the drug at that second; empty: nothing."""
        if self.drug is None:
            return ""
        return words_at(self.drug, at, NEAR_PX * self._span.width / max(1.0, self._field.width()))

    @property
    def ahead(self) -> bool:
        """Whether something planned lies ahead of now."""
        return self.drug is not None and self.drug.ahead

    # Painting

    @property
    def _field(self) -> QRectF:
        left = theme.current().size(NAMES_WIDTH)
        return QRectF(left, 2, max(1, self.width() - left), self.height() - 2)

    def _x(self, at: float) -> float:
        field = self._field
        return field.left() + (at - self._span.start) / self._span.width * field.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown_day = self.drug
        if shown_day is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style, field = theme.current(), self._field
        lane = QRectF(field.left(), field.top(), field.width(), field.height() - style.size(CELLS_PX))
        painter.fillRect(field, style.colour("panel"))
        self._paint_names(painter, shown_day, lane)
        painter.setClipRect(field)
        self._paint_curve(painter, lane, shown_day.at, shown_day.plasma, shown_day.most, 1.6)
        self._paint_curve(painter, lane, shown_day.at, shown_day.effect, shown_day.most, 1.0)
        self._paint_stairs(painter, lane, shown_day.planned, shown_day.top, dashed=True)
        done = [each for each in shown_day.done if each[0] <= self._now]
        self._paint_stairs(painter, lane, (*done, (self._now, done[-1][1])) if done else (), shown_day.top)
        if shown_day.above and shown_day.limit is not None:
            self._paint_limit(painter, lane, _y(lane, shown_day.limit / shown_day.top))
        for mark in shown_day.marks:
            self._paint_mark(painter, lane, mark)
        for cell in shown_day.cells:
            self._paint_cell(painter, field, cell)
        for at, token in ((self._now, "dim"), (self._cursor, "text")):
            if at is not None:
                painter.setPen(QPen(style.colour(token), 1))
                painter.drawLine(QPointF(self._x(at), field.top()), QPointF(self._x(at), field.bottom()))
        painter.end()

    def _paint_names(self, painter: QPainter, shown_day: DrugShown, lane: QRectF) -> None:
        style = theme.current()
        words = (
            ("Drug", "drug", 12, True, 0), (f"≤ {dose(shown_day.top)} mg/kg/h", "dim", 9, False, 15),
            ("model", "concentration", 9, True, 28),
            (f"≤ {shown(shown_day.most, 0)} ng/mL", "dim", 9, False, 39),
        )  # fmt: skip
        width = style.size(NAMES_WIDTH)
        for said, token, pixels, bold, top in words:
            painter.setFont(style.font(pixels, bold=bold))
            painter.setPen(style.colour(token))
            painter.drawText(QPointF(0, lane.top() + style.size(top) + style.size(pixels)), said)
        painter.setFont(style.font(11, bold=True))
        painter.setPen(style.colour("text"))
        cells = QRectF(0, lane.bottom(), width, self.height() - lane.bottom())
        painter.drawText(cells, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "MOAA/S")

    def _paint_curve(
        self, painter: QPainter, lane: QRectF, at: np.ndarray, curve: np.ndarray, most: float, width: float
    ) -> None:
        there = (at >= self._span.start - 120) & (at <= self._span.end + 120)
        if not there.any():
            return
        path = QPainterPath()
        for place, (x, y) in enumerate(zip(at[there], curve[there], strict=True)):
            point = QPointF(self._x(float(x)), _y(lane, float(y) / most))
            if place:
                path.lineTo(point)
            else:
                path.moveTo(point)
        pen = QPen(theme.current().colour("concentration"), width, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawPath(path)

    def _paint_stairs(
        self, painter: QPainter, lane: QRectF, stairs: Sequence[tuple[float, float]], top: float, *,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        if not stairs:
            return
        path = QPainterPath(QPointF(self._x(stairs[0][0]), _y(lane, 0.0)))
        before = 0.0
        for at, rate in stairs:
            path.lineTo(QPointF(self._x(at), _y(lane, before / top)))
            path.lineTo(QPointF(self._x(at), _y(lane, rate / top)))
            before = rate
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.current().colour("drug"), 1.0 if dashed else 2.0, style))
        painter.drawPath(path)

    def _paint_limit(self, painter: QPainter, lane: QRectF, y: float) -> None:
        """The order's highest rate, once more than it ran: what lies above the line was let pass."""
        style = theme.current()
        painter.setPen(QPen(style.colour("doubtful"), 2))
        painter.drawLine(QPointF(lane.left(), y), QPointF(lane.right(), y))
        painter.setFont(style.font(9, bold=True))
        painter.drawText(QPointF(lane.left() + style.size(4), y - style.size(2)), "above the order")

    def _paint_mark(self, painter: QPainter, lane: QRectF, mark: DeedMark) -> None:
        x, style = self._x(mark.at), theme.current()
        painter.setFont(style.font(10, bold=True))
        painter.setPen(style.colour("text"))
        box = QRectF(x - style.size(8), lane.top(), style.size(16), style.size(12))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.sign)

    def _paint_cell(self, painter: QPainter, field: QRectF, cell: CheckCell) -> None:
        style = theme.current()
        side = style.size(CELLS_PX) - 4
        box = QRectF(self._x(cell.at) - side / 2, field.bottom() - side - 2, side, side)
        colour = style.colour(SCORE_TOKENS[cell.score])
        filled = cell.score <= FILLED_FROM
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if filled else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(style.colour("background" if filled else "text"))
        painter.setFont(style.font(11, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(cell.score))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # The pointer

    def _at(self, x: float) -> float:
        field = self._field
        return self._span.start + (x - field.left()) / field.width() * self._span.width

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            pulled = event.position().x() - self._pressed.x()
            self._pressed = event.position()
            self.dragged.emit(pulled / self._field.width() * self._span.width)
        self.hovered.emit(self._at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoomed.emit(0.8**notches, self._at(event.position().x()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)


def _y(lane: QRectF, share: float) -> float:
    """The height of a share of the lane's scale, 0 to 1; room is left for the marks above."""
    return lane.bottom() - 3 - share * (lane.height() - theme.current().size(14) - 3)

"""The list of alarms on the screen: two lines a row, its shape before it. Stands still while rows come."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from nurse_station.alarms.words import Priority
from nurse_station.ui import theme
from nurse_station.ui.dialogs.alarm_model import FACTS_ROLE, PLACE_ROLE, ROW_ROLE, TIME_ROLE, AlarmListModel
from nurse_station.ui.models.alarm_list import Row
from nurse_station.ui.models.words import joined
from nurse_station.ui.widgets.alarm_paint import SHAPES, edge, paint_sign
from nurse_station.ui.widgets.drawing import draw_elided, width_of

Index = QModelIndex | QPersistentModelIndex
TITLE_PX, FACTS_PX, SIGN_PX = 14, 12, 20
HEIGHT_PX, EDGE_PX, LEAST_ROWS = 46, 10, 4


class AlarmDelegate(QStyledItemDelegate):
    """Shape and marks tell the priority; a bold title says that it is present or nobody has seen it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.current().size(200), theme.current().size(HEIGHT_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        style, row = theme.current(), index.data(ROW_ROLE)
        box = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, style.colour("accent_fill"))
        painter.setPen(QPen(style.colour("line")))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        _paint_sign(painter, style, row, box, chosen=chosen)
        _paint_words(painter, style, index, row, box, chosen=chosen)
        painter.restore()


def _paint_sign(painter: QPainter, style: theme.Theme, row: Row, box: QRect, *, chosen: bool) -> None:
    if row.priority is Priority.NONE:
        return
    side, left = style.size(SIGN_PX), box.left() + style.size(EDGE_PX)
    place = QRectF(left, box.center().y() - side / 2, side, side)
    colour = style.colour("text_on_accent") if chosen else edge(style, row.priority)
    paint_sign(painter, SHAPES[row.priority], colour, place)


def _paint_words(
    painter: QPainter, style: theme.Theme, index: Index, row: Row, box: QRect, *, chosen: bool
) -> None:
    left = box.left() + style.size(2 * EDGE_PX + SIGN_PX)
    inside = QRectF(left, box.top(), box.right() - left - style.size(EDGE_PX), box.height())
    half = inside.height() / 2
    above = inside.adjusted(0, style.size(3), 0, -half + style.size(1))
    below = inside.adjusted(0, half - style.size(1), 0, -style.size(3))
    plain = style.colour("text_on_accent" if chosen else "text")
    painter.setPen(plain)
    time = index.data(TIME_ROLE)
    small = style.font(FACTS_PX)
    painter.setFont(small)
    room = width_of(time, small) + style.size(EDGE_PX)
    draw_right(painter, above, time)
    painter.setFont(style.font(TITLE_PX, bold=row.runs or row.unacknowledged))
    title = joined(index.data(PLACE_ROLE), f"{row.marks} {row.title}".strip())
    draw_elided(painter, above.adjusted(0, 0, -room, 0), title)
    painter.setFont(small)
    painter.setPen(plain if chosen else style.colour("dim"))
    draw_elided(painter, below, index.data(FACTS_ROLE))


def draw_right(painter: QPainter, box: QRectF, text: str) -> None:
    """Write one line at the right of the box."""
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


class AlarmListView(QListView):
    """Rows may come above what one reads: it stays where it is, and so does the selection.

    Signals:
        row_opened: A Row was double-clicked, or Enter pressed on it.
    """

    row_opened = Signal(object)

    def __init__(self, model: AlarmListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(AlarmDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Alarms and acts, newest first")
        self.setMinimumHeight(theme.current().size(LEAST_ROWS * HEIGHT_PX))
        self.doubleClicked.connect(self._open)

    def sizeHint(self) -> QSize:
        """No more than it needs: it grows into the room that there is."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def while_standing(self, change: Callable[[], object]) -> None:
        """Do `change` to the rows; what is at the top, and what is chosen, stays there.

        At its very top the list shows what is new.
        """
        bar = self.verticalScrollBar()
        top = self.indexAt(QPoint(2, 2)) if bar.value() > 0 else QModelIndex()
        first = self._rows.row_at(top.row()) if top.isValid() else None
        gone = -self.visualRect(top).top() if top.isValid() else 0
        chosen = self.currentIndex()
        kept = self._rows.row_at(chosen.row()) if chosen.isValid() else None
        change()
        if first is not None and (line := self._rows.line_of(first)) >= 0:
            self.scrollTo(self._rows.index(line), QAbstractItemView.ScrollHint.PositionAtTop)
            bar.setValue(bar.value() + gone)
        if kept is not None and not self.currentIndex().isValid() and (line := self._rows.line_of(kept)) >= 0:
            place, before = self._rows.index(line), bar.value()
            self.setCurrentIndex(place)
            bar.setValue(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        self.row_opened.emit(index.data(ROW_ROLE))

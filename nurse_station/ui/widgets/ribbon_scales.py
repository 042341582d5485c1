"""What stands around the plot: lanes' names and scales to the left, the time of day beneath."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nurse_station.ui import theme
from nurse_station.ui.models import words
from nurse_station.ui.models.units import WARD, Scale, Units
from nurse_station.ui.widgets.ribbon_lanes import LANES, SHARE

NAMES_WIDTH = 72
AXIS_HEIGHT = 20
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class LaneNames(QWidget):
    """Name, unit and scale of each lane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scales: tuple[tuple[float, float], ...] = tuple(lane.scale for lane in LANES)
        self._units = WARD
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(theme.current().size(NAMES_WIDTH))
        self.update()

    def show_scales(self, scales: tuple[tuple[float, float], ...], units: Units) -> None:
        """`scales`: lowest and highest value of each lane, in the station's units; shown in `units`."""
        if (scales, units) != (self._scales, self._units):
            self._scales, self._units = scales, units
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self.height() / len(LANES)
        for number in range(len(LANES)):
            self._paint_lane(painter, number, QRectF(0, number * height, self.width() - 6, height))
        painter.end()

    def _paint_lane(self, painter: QPainter, number: int, box: QRectF) -> None:
        lane, style = LANES[number], theme.current()
        painter.setFont(style.font(12, bold=True))
        painter.setPen(style.colour(lane.colour))
        painter.drawText(box.adjusted(0, 2, 0, 0), _LEFT, lane.label)
        painter.setFont(style.font(10))
        painter.setPen(style.colour("dim"))
        unit = self._units.of(lane.parameters[0])
        painter.drawText(box.adjusted(0, style.size(15) + 2, 0, 0), _LEFT, unit.unit)
        low, high = self._scales[number]
        edge = box.height() * (1 - SHARE) / 2
        for value, y in ((high, box.top() + edge), (low, box.bottom() - edge)):
            line = QRectF(box.left(), y - style.size(7), box.width(), style.size(14))
            painter.drawText(line, _RIGHT, _edge_words(unit, value))


def _edge_words(unit: Scale, value: float) -> str:
    """An edge of a scale: whole in the station's units, with the unit's digits where it was converted."""
    return words.number(unit.shown(value), 0 if unit.factor == 1 else unit.precision)


class TimeAxis(QWidget):
    """The time of day beneath the plot. It begins under the names, so that the first word has room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: list[tuple[float, str]] = []
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme.current().size(AXIS_HEIGHT))
        self.update()

    def show_ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """`ticks`: share of the width (0 to 1) and the words there."""
        if list(ticks) != self._ticks:
            self._ticks = list(ticks)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        style = theme.current()
        painter = QPainter(self)
        painter.setFont(style.font(11))
        painter.setPen(style.colour("dim"))
        left = style.size(NAMES_WIDTH)
        for share, label in self._ticks:
            x = left + share * (self.width() - left)
            half = painter.fontMetrics().horizontalAdvance(label) / 2 + 1
            if x + half <= self.width():
                painter.drawText(QRectF(x - half, 2, 2 * half, self.height() - 2), _CENTRE, label)
        painter.end()

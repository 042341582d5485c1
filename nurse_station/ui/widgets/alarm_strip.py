"""All alarms of the shown bed in one line, the most urgent first; `+2` for what does not fit. Paints only."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.ui.models import words
from nurse_station.ui.models.alarms import AlarmShown
from nurse_station.ui.theme import Theme, current
from nurse_station.ui.widgets.alarm_paint import Flashing, ink, paint_ground, paint_shape
from nurse_station.ui.widgets.drawing import draw_elided, width_of

FONT_PX = 14
PAD_PX = 8
GAP_PX = 6
WIDEST_PX = 440
"""At the everyday size of the text."""
REST_PX = 34
"""Room that is kept for `+2`."""


class AlarmStrip(Flashing):
    """Chips: shape, marks, what is wrong, for how long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarms: tuple[AlarmShown, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> tuple[str, ...]:
        """What is said, a line an alarm."""
        return tuple(_said(alarm) for alarm in self._alarms)

    def show_alarms(self, alarms: Sequence[AlarmShown]) -> None:
        if tuple(alarms) == self._alarms:
            return
        self._alarms = tuple(alarms)
        self.updateGeometry()
        self.show_flashing(alarms)
        self.setAccessibleName("\n".join(alarm.spoken for alarm in alarms))
        self.setToolTip("\n".join(words.joined(_said(alarm), alarm.advice) for alarm in alarms))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().size(300), current().size(FONT_PX + 12))

    def minimumSizeHint(self) -> QSize:
        """As wide as two chips, where there is room for them: the line's counts give way."""
        theme = current()
        two = sum(self._width(theme, alarm) + theme.size(GAP_PX) for alarm in self._alarms[:2])
        rest = theme.size(REST_PX) if len(self._alarms) > 2 else 0
        widest = WIDEST_PX / theme.text_scale  # large letters leave it less of the screen
        return QSize(min(round(two) + rest, round(widest)), theme.size(FONT_PX + 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        theme = current()
        painter.setFont(theme.font(FONT_PX, bold=True))
        left = 0.0
        for number, alarm in enumerate(self._alarms):
            last = number == len(self._alarms) - 1
            room = self.width() - left - (0 if last else theme.size(REST_PX))
            width = min(self._width(theme, alarm), room)
            if number and width < self._width(theme, alarm):
                self._paint_rest(painter, theme, left, len(self._alarms) - number)
                break
            self._paint_chip(painter, theme, alarm, QRectF(left, 0, width, self.height()))
            left += width + theme.size(GAP_PX)
        painter.end()

    def _width(self, theme: Theme, alarm: AlarmShown) -> float:
        text = width_of(_said(alarm), theme.font(FONT_PX, bold=True))
        return text + 2 * theme.size(PAD_PX) + self.height() + 2

    def _paint_chip(self, painter: QPainter, theme: Theme, alarm: AlarmShown, box: QRectF) -> None:
        paint_ground(painter, theme, box, alarm, self._lights, theme.size(5))
        pad = theme.size(PAD_PX)
        shape = QRectF(box.left() + pad, box.top() + 5, box.height() - 10, box.height() - 10)
        paint_shape(painter, theme, alarm, self._lights, shape)
        painter.setPen(ink(theme, alarm, self._lights))
        draw_elided(painter, box.adjusted(pad + box.height() - 4, 0, -pad, 0), _said(alarm))

    def _paint_rest(self, painter: QPainter, theme: Theme, left: float, count: int) -> None:
        painter.setPen(theme.colour("text"))
        draw_elided(painter, QRectF(left, 0, self.width() - left, self.height()), f"+{count}")


def _said(alarm: AlarmShown) -> str:
    return f"{alarm.marks} {words.joined(alarm.statement, alarm.lasting)}"

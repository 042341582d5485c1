"""The frame around the shown bed in the colour of its most urgent alarm: four strips. Takes no mouse."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nurse_station.ui.models.alarms import AlarmShown, Look
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.alarm_paint import BROKEN_LINE, FILLS, Flashing, Lights, edge, is_filled

WIDTH_PX = 5
THIN_PX = 1.5


class FrameSide(Flashing):
    """One side. Only it is painted anew when the alarm goes on or out, never what it stands around."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._alarm: AlarmShown | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_alarm(self, alarm: AlarmShown | None) -> None:
        self.setVisible(alarm is not None)
        look = (alarm.priority, alarm.look) if alarm is not None else None
        before = (self._alarm.priority, self._alarm.look) if self._alarm is not None else None
        self._alarm = alarm
        self.show_flashing([alarm])
        if look != before:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._alarm is None:
            return
        painter = QPainter(self)
        theme, alarm = current(), self._alarm
        filled = is_filled(alarm, self._lights)
        colour = theme.colour(FILLS[alarm.priority]) if filled else edge(theme, alarm.priority)
        across = min(self.width(), self.height())
        pen = QPen(colour, across if filled or alarm.look is Look.LATCHED else THIN_PX)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if alarm.look is Look.LATCHED:
            pen.setDashPattern(BROKEN_LINE)
        painter.setPen(pen)
        if filled:
            painter.fillRect(self.rect(), colour)
            painter.setPen(edge(theme, alarm.priority))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()
            return
        middle, end = self.rect().center(), across // 2  # where two sides meet, neither goes beyond
        if self.width() > self.height():
            painter.drawLine(end, middle.y(), self.width() - end, middle.y())
        else:
            painter.drawLine(middle.x(), end, middle.x(), self.height() - end)
        painter.end()


class AlarmFrame:
    """Four sides inside of `parent`, above what it holds."""

    def __init__(self, parent: QWidget) -> None:
        self.sides = tuple(FrameSide(parent) for _ in range(4))

    def place(self, box: QRect) -> None:
        """Stand along the inside of `box`."""
        wide = current().size(WIDTH_PX)
        for side, (x, y, width, height) in zip(self.sides, (
            (box.left(), box.top(), box.width(), wide),
            (box.left(), box.bottom() - wide + 1, box.width(), wide),
            (box.left(), box.top(), wide, box.height()),
            (box.right() - wide + 1, box.top(), wide, box.height()),
        ), strict=True):  # fmt: skip
            side.setGeometry(x, y, width, height)
            side.raise_()

    def show_alarm(self, alarm: AlarmShown | None) -> None:
        """The most urgent alarm of the bed; None: no frame."""
        for side in self.sides:
            side.show_alarm(alarm)

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        for side in self.sides:
            side.flash(lights)

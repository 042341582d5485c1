"""The most urgent alarm in the top bar, and the banner of a station that cannot be heard. Paints only."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from nurse_station.alarms.words import Priority
from nurse_station.ui.models import words
from nurse_station.ui.models.alarm_marks import SilentBanner
from nurse_station.ui.models.alarms import AlarmShown
from nurse_station.ui.theme import Theme, current
from nurse_station.ui.widgets.alarm_paint import (
    ALL_LIT,
    Flashing,
    Lights,
    edge,
    flashing,
    ink,
    paint_ground,
    paint_shape,
    paint_sign,
)
from nurse_station.ui.widgets.drawing import draw_elided, fitted, width_of

HEIGHT_PX = 46
SENTENCE_PX = 21
SMALLEST_PX = 13
MORE_PX = 14
NAME_KEEPS = 0.4
"""The part of the room for words that a bed's name may take when all does not fit."""


class AlarmBar(QAbstractButton):
    """Shape, marks, bed, what is wrong, for how long, and how many more. Pressed by tap or Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarm: AlarmShown | None = None
        self._more = 0
        self._alone = False
        self._lights: Lights = ALL_LIT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def of_one_bed(self) -> None:
        """There is one bed for good: its name goes wherever it would cut what is wrong there."""
        self._alone = True

    @property
    def alarm(self) -> AlarmShown | None:
        """What is shown now."""
        return self._alarm

    @property
    def lights(self) -> Lights:
        """The priorities that are lit here now."""
        return self._lights

    @property
    def more(self) -> int:
        """How many more alarms and notices there are."""
        return self._more

    @property
    def words(self) -> str:
        """All that it says."""
        return words.joined(self._alarm.sentence, self._more_words) if self._alarm is not None else ""

    @property
    def _more_words(self) -> str:
        return f"+{self._more} more" if self._more else ""

    def show_alarm(self, alarm: AlarmShown | None, more: int = 0, detail: str = "") -> None:
        """Show an alarm, how many more there are, and all of them in the tooltip."""
        self.setVisible(alarm is not None)
        if (alarm, more) == (self._alarm, self._more):
            return
        self._alarm, self._more = alarm, more
        if alarm is not None:
            self.setAccessibleName(words.joined(alarm.spoken, self._more_words))
            self.setToolTip(detail)
        self.update()

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        changed = (lights ^ self._lights) & flashing([self._alarm])
        self._lights = lights
        if changed:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().size(520), current().size(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().size(280), current().size(HEIGHT_PX))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click is not another answer."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._alarm is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        theme, alarm = current(), self._alarm
        box = QRectF(self.rect())
        paint_ground(painter, theme, box, alarm, self._lights, theme.size(6))
        pad = theme.size(14)
        side = box.height() - theme.size(16)
        inner = box.adjusted(pad, 0, -pad, 0)
        paint_shape(painter, theme, alarm, self._lights, QRectF(inner.left(), box.top(), side, box.height()))
        painter.setPen(ink(theme, alarm, self._lights))
        right = self._paint_more(painter, theme, inner)
        left = inner.left() + side + theme.size(10)
        self._paint_sentence(painter, theme, alarm, QRectF(left, box.top(), right - left, box.height()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(5, 5, -5, -5), theme.size(4), theme.size(4))
        painter.end()

    def _paint_more(self, painter: QPainter, theme: Theme, box: QRectF) -> float:
        """How many more, at the right; gives where it begins."""
        if not self._more:
            return box.right()
        font = theme.font(MORE_PX, bold=True)
        painter.setFont(font)
        draw_elided(painter, box, self._more_words, right=True)
        return box.right() - width_of(self._more_words, font) - theme.size(12)

    def _paint_sentence(self, painter: QPainter, theme: Theme, alarm: AlarmShown, box: QRectF) -> None:
        """The bed's name gives way first, then the size of the letters: what is wrong is read whole."""
        rest = words.joined(alarm.statement, alarm.lasting)
        font = theme.font(SENTENCE_PX, bold=True)
        place = alarm.place
        full = f"{alarm.marks} {words.joined(place, rest)}"
        if place and width_of(full, font) > box.width():
            without = width_of(f"{alarm.marks}  · {rest}", font)
            room = max(box.width() - without, box.width() * NAME_KEEPS)
            painter.setFont(font)
            short = painter.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, int(room))
            place = "" if self._alone else short
        sentence = f"{alarm.marks} {words.joined(place, rest)}"
        painter.setFont(fitted(font, sentence, box.width(), theme.size(SMALLEST_PX)))
        draw_elided(painter, box, sentence)


class SilentBar(Flashing):
    """Across the whole window: alarms cannot be heard.

    Signals:
        clicked: It was pressed: somebody has seen it.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banner: SilentBanner | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """What is said; empty: alarms can be heard."""
        return self._banner.words if self._banner is not None else ""

    def show_banner(self, banner: SilentBanner | None) -> None:
        self.setVisible(banner is not None)
        if banner == self._banner:
            return
        self._banner = banner
        self._flashing = (
            frozenset({Priority.MEDIUM}) if banner is not None and banner.flashes else frozenset()
        )
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(400, current().size(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._banner is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        theme = current()
        filled = Priority.MEDIUM not in self._flashing or Priority.MEDIUM in self._lights
        painter.fillRect(self.rect(), theme.colour("alarm_medium" if filled else "panel"))
        colour = theme.colour("text_on_alarm_medium" if filled else "text")
        if not filled:
            painter.setPen(edge(theme, Priority.MEDIUM))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._paint_words(painter, theme, colour)
        painter.end()

    def _paint_words(self, painter: QPainter, theme: Theme, colour: QColor) -> None:
        side, gap = theme.size(24), theme.size(10)
        edge_px = theme.size(16)
        room = self.width() - 2 * edge_px - side - gap
        font = fitted(theme.font(17, bold=True), self.words, room, theme.size(SMALLEST_PX))
        wide = min(width_of(self.words, font), room)
        left = (self.width() - wide - side - gap) / 2
        paint_sign(painter, "bell_off", colour, QRectF(left, 0, side, self.height()))
        painter.setFont(font)
        painter.setPen(colour)
        draw_elided(painter, QRectF(left + side + gap, 0, wide + 2, self.height()), self.words)

"""One bed in the rail: name, line or alarm, four numerics. Click, Enter or its number chooses it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from nurse_station.ui import assets, texts
from nurse_station.ui.models.alarms import AlarmShown, Look
from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.models.rooms import Tile, Weight
from nurse_station.ui.theme import Theme, current
from nurse_station.ui.widgets.alarm_paint import (
    ALL_LIT,
    BROKEN_LINE,
    FILLS,
    Lights,
    edge,
    flashing,
    ink,
    is_filled,
    paint_ground,
    paint_shape,
    paint_sign,
)
from nurse_station.ui.widgets.drawing import draw_elided, fitted, width_of

PAD = 12
FRAME_PX = 4.0
ROOMY_PX = 84
"""A tile so high inside has a line of its own for what is due."""
KEYBOARD = frozenset({
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
})  # fmt: skip
SHARES = {"hr": 1.0, "spo2": 1.0, "rr": 0.9, "nibp": 1.75}
"""How the width is shared among the values."""


class BedTile(QAbstractButton):
    """Paints a Tile; repaints only when what it says has changed, or an alarm of it goes on or out."""

    connect_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile: Tile | None = None
        self._lights: Lights = ALL_LIT
        self._keyed = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._connect_button = QPushButton(texts.CONNECT, self)
        self._connect_button.setIcon(assets.icon("add", current().colour("text")))
        self._connect_button.setIconSize(QSize(current().size(14), current().size(14)))
        self._connect_button.clicked.connect(self._ask_for_monitor)
        self._connect_button.hide()

    @property
    def tile(self) -> Tile | None:
        """What is shown now."""
        return self._tile

    def show_tile(self, tile: Tile) -> None:
        if tile == self._tile:
            return
        self._tile = tile
        self.setAccessibleName(tile.spoken)
        said = [tile.name, tile.emergency, tile.patient, tile.day, tile.above, tile.due,
                f"{tile.place} {tile.state}",
                tile.alarm.line if tile.alarm is not None else "",
                *(f"Alarm off: {each}" for each in tile.off)]  # fmt: skip
        self.setToolTip("\n".join(each for each in said if each))
        self._connect_button.setAccessibleName(f"{texts.CONNECT} to {tile.name}")
        self._connect_button.setVisible(not tile.connected)
        self.updateGeometry()
        self.update()

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        shown = [self._tile.alarm, *self._tile.by_block.values()] if self._tile is not None else []
        changed = (lights ^ self._lights) & flashing(shown)
        self._lights = lights
        if changed:
            self.update()

    @property
    def _alarm(self) -> AlarmShown | None:
        return self._tile.alarm if self._tile is not None else None

    def sizeHint(self) -> QSize:
        return QSize(current().size(240), current().size(106 if self._connected else 92))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().size(120), current().size(86 if self._connected else 92))

    @property
    def _connected(self) -> bool:
        return self._tile is not None and self._tile.connected

    def _ask_for_monitor(self) -> None:
        if self._tile is not None:
            self.connect_asked.emit(self._tile.bed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The mark of the keyboard is for those who came by keyboard."""
        self._keyed = event.reason() in KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keyed = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        pad, height = current().size(PAD), current().size(34)
        width = min(self._connect_button.sizeHint().width(), self.width() - 2 * pad)
        self._connect_button.setGeometry(pad, self.height() - height - pad + 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        theme = current()
        self._paint_ground(painter, theme)
        if self._tile is not None:
            pad = theme.size(PAD)
            inner = QRectF(self.rect()).adjusted(pad, pad * 0.7, -pad, -pad * 0.6)
            top = self._paint_head(painter, theme, self._tile, inner)
            if self._tile.day and inner.height() > theme.size(ROOMY_PX):
                inner = self._paint_due(painter, theme, self._tile, inner)
            if self._tile.values:
                box = inner.adjusted(0, top - inner.top(), 0, 0)
                _paint_values(painter, theme, self._tile, box, self._lights)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        radius = theme.size(8)
        chosen = self.isChecked()
        painter.setBrush(theme.colour("raised" if chosen or self.underMouse() else "panel"))
        painter.setPen(self._frame_pen(theme))
        inset = max(1.0, painter.pen().widthF() / 2)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        if self._alarm is not None and is_filled(self._alarm, self._lights):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(edge(theme, self._alarm.priority), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.isChecked() and self._alarm is not None:  # chosen is seen inside of the alarm's frame
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -6.5), radius - 3, radius - 3
            )
        if self._keyed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(4.5, 4.5, -4.5, -4.5), radius - 3, radius - 3
            )

    @property
    def _troubled(self) -> bool:
        return self._tile is not None and self._tile.weight > Weight.CALM

    def _frame_pen(self, theme: Theme) -> QPen:
        """In alarm the frame is thick, and thin in its colour while it is out."""
        alarm = self._alarm
        if alarm is None:
            return QPen(self._frame(theme), 2 if self.isChecked() or self._troubled else 1)
        filled = is_filled(alarm, self._lights)
        colour = theme.colour(FILLS[alarm.priority]) if filled else edge(theme, alarm.priority)
        pen = QPen(colour, FRAME_PX if filled or alarm.look is Look.LATCHED else 1.5)
        if alarm.look is Look.LATCHED:
            pen.setDashPattern(BROKEN_LINE)
        return pen

    def _frame(self, theme: Theme) -> QColor:
        if self._troubled:
            return theme.colour("doubtful")
        return theme.colour("accent" if self.isChecked() else "line")

    def _paint_head(self, painter: QPainter, theme: Theme, tile: Tile, inner: QRectF) -> float:
        """Name, place in the rail and state; gives where the values may begin."""
        name = theme.font(15, bold=True)
        height = QFontMetricsF(name).height()
        right = self._paint_number(painter, theme, tile, inner, height)
        right = self._paint_bells(
            painter, theme, tile, QRectF(inner.left(), inner.top(), right - inner.left(), height)
        )
        if tile.simulated:
            line = QRectF(inner.left(), inner.top(), right - inner.left(), height)
            right = _paint_badge(painter, theme, line, width_of(tile.name, name))
        if tile.emergency:
            line = QRectF(inner.left(), inner.top(), right - inner.left(), height)
            right = _paint_emergency(painter, theme, line, tile.emergency)
        painter.setFont(name)
        painter.setPen(theme.colour("text" if tile.connected else "dim"))
        line = QRectF(inner.left(), inner.top(), right - inner.left(), height)
        draw_elided(painter, line, tile.name)
        if tile.patient and not tile.emergency:
            _paint_patient(painter, theme, tile.patient, line.adjusted(width_of(tile.name, name), 0, 0, 0))
        state = theme.font(12, bold=self._troubled or tile.alarm is not None)
        below = QFontMetricsF(state).height()
        if tile.alarm is not None:
            painter.setFont(state)
            strip = QRectF(inner.left(), inner.top() + height, inner.width(), below)
            self._paint_alarm(painter, theme, tile.alarm, strip)
            return strip.bottom()
        painter.setFont(state)
        painter.setPen(theme.colour("doubtful" if self._troubled else "dim"))
        box = QRectF(inner.left(), inner.top() + height, inner.width(), below)
        if tile.day and not self._troubled:
            self._paint_day(painter, theme, tile, box, alone=inner.height() > theme.size(ROOMY_PX))
        else:
            self._paint_state(painter, tile, box)
        return box.bottom()

    def _paint_day(self, painter: QPainter, theme: Theme, tile: Tile, box: QRectF, *, alone: bool) -> None:
        """Where the day is; on a low tile what presses has the line, else what is due stands beside it."""
        if tile.pressing and not alone:
            painter.setFont(theme.font(12, bold=True))
            painter.setPen(theme.colour("doubtful"))
            draw_elided(painter, box, tile.due_short)
            return
        painter.setPen(theme.colour("doubtful" if tile.above else "drug"))
        # The clock of an emergency stands above, where else the name is.
        draw_elided(painter, box, tile.patient if tile.emergency else tile.day if alone else tile.brief)

    def _paint_due(self, painter: QPainter, theme: Theme, tile: Tile, inner: QRectF) -> QRectF:
        """The next thing due on the tile's last line; gives what is left above it."""
        font = theme.font(12, bold=tile.pressing)
        height = QFontMetricsF(font).height()
        painter.setFont(font)
        painter.setPen(theme.colour("doubtful" if tile.pressing else "dim"))
        box = QRectF(inner.left(), inner.bottom() - height, inner.width(), height)
        draw_elided(painter, box, tile.due or "nothing due")
        return inner.adjusted(0, 0, 0, -height)

    def _paint_state(self, painter: QPainter, tile: Tile, box: QRectF) -> None:
        """The place gives way when both do not fit: how the line does must be read."""
        end = f" · {tile.state}" if tile.place else tile.state
        place = f"▲ {tile.place}" if self._troubled else tile.place
        metrics = painter.fontMetrics()
        room = box.width() - metrics.horizontalAdvance(end) - 1
        place = metrics.elidedText(place, Qt.TextElideMode.ElideRight, int(room))
        draw_elided(painter, box, place + end)

    def _paint_alarm(self, painter: QPainter, theme: Theme, alarm: AlarmShown, box: QRectF) -> None:
        """What is wrong, in the place of the line's state; on a ground of its own where no value bears it."""
        side, gap = box.height(), theme.size(4)
        colour = theme.colour("text")
        if not alarm.blocks:
            paint_ground(painter, theme, box.adjusted(-gap, -1, gap, 1), alarm, self._lights, theme.size(3))
            colour = ink(theme, alarm, self._lights)
            paint_shape(painter, theme, alarm, self._lights, QRectF(box.left() + gap, box.top(), side, side))
        else:
            paint_sign(painter, FILLS[alarm.priority], edge(theme, alarm.priority),
                       QRectF(box.left(), box.top(), side, side))  # fmt: skip
        painter.setPen(colour)
        left = side + 2 * gap
        draw_elided(painter, box.adjusted(left, 0, 0, 0), alarm.line)

    def _paint_bells(self, painter: QPainter, theme: Theme, tile: Tile, line: QRectF) -> float:
        """Crossed bells at the right of the name: an alarm off, the sound paused and for how long."""
        right, side = line.right(), min(line.height(), theme.size(15))
        font = theme.font(12, bold=True)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        for name, said in (("bell_off", "" if tile.off else None), ("bell_paused", tile.paused or None)):
            if said is None:
                continue
            width = width_of(said, font)
            draw_elided(painter, QRectF(right - width - 1, line.top(), width + 1, line.height()), said)
            right -= width + side + theme.size(3)
            paint_sign(painter, name, theme.colour("text"), QRectF(right, line.top(), side, line.height()))
            right -= theme.size(6)
        return right

    def _paint_number(
        self, painter: QPainter, theme: Theme, tile: Tile, inner: QRectF, height: float
    ) -> float:
        """The key that chooses the bed; gives where it begins."""
        if tile.number > 9:
            return inner.right()
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("dim"))
        box = QRectF(inner.left(), inner.top(), inner.width(), height)
        draw_elided(painter, box, str(tile.number), right=True)
        return inner.right() - theme.size(16)


def _paint_badge(painter: QPainter, theme: Theme, line: QRectF, name_width: float) -> float:
    """The word at the line's right end, shortened before the bed's name is; gives where it begins."""
    font, gap = theme.font(10, bold=True), theme.size(6)
    fits = name_width + gap + width_of(texts.SIMULATION, font) + theme.size(10) <= line.width()
    word = texts.SIMULATION if fits else texts.SIMULATION_SHORT
    width = width_of(word, font) + theme.size(10)
    box = QRectF(line.right() - width, line.top() + 2, width, line.height() - 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("simulation"))
    painter.drawRoundedRect(box, theme.size(3), theme.size(3))
    painter.setFont(font)
    painter.setPen(theme.colour("text_on_simulation"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    return box.left() - gap


def _paint_emergency(painter: QPainter, theme: Theme, line: QRectF, said: str) -> float:
    """Steady and red at the right of the bed's name; gives where it begins."""
    font, gap = theme.font(12, bold=True), theme.size(6)
    width = width_of(said, font) + theme.size(12)
    box = QRectF(line.right() - width, line.top(), width, line.height())
    painter.setPen(QPen(theme.colour("alarm_high_edge"), 1))
    painter.setBrush(theme.colour("alarm_high"))
    painter.drawRoundedRect(box, theme.size(3), theme.size(3))
    painter.setFont(font)
    painter.setPen(theme.colour("text_on_alarm_high"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
    return box.left() - gap


def _paint_patient(painter: QPainter, theme: Theme, patient: str, room: QRectF) -> None:
    """Who sits there, beside the bed's name, as far as there is room."""
    gap = theme.size(8)
    if room.width() > 3 * gap:
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text"))
        draw_elided(painter, room.adjusted(gap, 0, -gap / 2, 0), patient, right=True)


def _paint_values(painter: QPainter, theme: Theme, tile: Tile, box: QRectF, lights: Lights) -> None:
    """Labels on one line, values on one baseline; what is in alarm on the ground of its alarm."""
    values = tile.values
    label, large = theme.font(11), theme.font(21, bold=True)
    gap = theme.size(6)
    spare = box.height() - QFontMetricsF(label).height() - large.pixelSize() * 0.95
    top = box.top() + max(spare, 0) * 0.5
    baseline = round(top + QFontMetricsF(label).height() + large.pixelSize() * 0.88)
    unit = (box.width() - gap * (len(values) - 1)) / sum(SHARES[value.key] for value in values)
    left = box.left()
    for value in values:
        width = SHARES[value.key] * unit
        alarm = tile.by_block.get(value.key)
        words, number = _colours(theme, value, alarm, lights)
        if alarm is not None:
            edges = theme.size(5)  # no outline through a figure
            cell = QRectF(left - edges, top - 1, width + edges - 1, baseline + theme.size(6) - top)
            paint_ground(painter, theme, cell, alarm, lights, theme.size(4))
        painter.setFont(fitted(label, value.label, width))
        painter.setPen(words)
        draw_elided(painter, QRectF(left, top, width + 2, QFontMetricsF(label).height()), value.label)
        shown = value.value + value.mark
        painter.setFont(fitted(large, shown, width))
        painter.setPen(number)
        painter.drawText(round(left), baseline, shown)
        left += width + gap


def _colours(
    theme: Theme, value: NumericBlock, alarm: AlarmShown | None, lights: Lights
) -> tuple[QColor, QColor]:
    """Of the label and of the value."""
    if alarm is not None and is_filled(alarm, lights):
        return ink(theme, alarm, lights), ink(theme, alarm, lights)
    quiet = value.faded or value.value == texts.NOT_MEASURED
    return theme.colour("dim"), theme.colour("dim" if quiet else value.token)

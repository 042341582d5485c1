"""One bed in the rail: name, line, four numerics. A button: click, Enter or its number chooses it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from nurse_station.ui import assets, texts
from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.models.rooms import Tile, Weight
from nurse_station.ui.theme import Theme, current
from nurse_station.ui.widgets.drawing import draw_elided, fitted, width_of

PAD = 12
KEYBOARD = frozenset({
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
})  # fmt: skip
SHARES = {"hr": 1.0, "spo2": 1.0, "rr": 0.9, "nibp": 1.75}
"""How the width is shared among the values."""


class BedTile(QAbstractButton):
    """Paints a Tile; repaints only when what it says has changed."""

    connect_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile: Tile | None = None
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
        self.setToolTip(f"{tile.name}\n{tile.place} {tile.state}")
        self._connect_button.setAccessibleName(f"{texts.CONNECT} to {tile.name}")
        self._connect_button.setVisible(not tile.connected)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().size(240), current().size(106 if self._connected else 92))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().size(120), current().size(84 if self._connected else 92))

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
            if self._tile.values:
                _paint_values(painter, theme, self._tile.values, inner.adjusted(0, top - inner.top(), 0, 0))
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        radius = theme.size(8)
        chosen = self.isChecked()
        painter.setBrush(theme.colour("raised" if chosen or self.underMouse() else "panel"))
        painter.setPen(QPen(self._frame(theme), 2 if chosen or self._troubled else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        if self._keyed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(4.5, 4.5, -4.5, -4.5), radius - 3, radius - 3
            )

    @property
    def _troubled(self) -> bool:
        return self._tile is not None and self._tile.weight > Weight.CALM

    def _frame(self, theme: Theme) -> QColor:
        if self._troubled:
            return theme.colour("doubtful")
        return theme.colour("accent" if self.isChecked() else "line")

    def _paint_head(self, painter: QPainter, theme: Theme, tile: Tile, inner: QRectF) -> float:
        """Name, place in the rail and state; gives where the values may begin."""
        name = theme.font(15, bold=True)
        height = QFontMetricsF(name).height()
        right = self._paint_number(painter, theme, tile, inner, height)
        if tile.simulated:
            line = QRectF(inner.left(), inner.top(), right - inner.left(), height)
            right = _paint_badge(painter, theme, line, width_of(tile.name, name))
        painter.setFont(name)
        painter.setPen(theme.colour("text" if tile.connected else "dim"))
        draw_elided(painter, QRectF(inner.left(), inner.top(), right - inner.left(), height), tile.name)
        state = theme.font(12, bold=self._troubled)
        below = QFontMetricsF(state).height()
        painter.setFont(state)
        painter.setPen(theme.colour("doubtful" if self._troubled else "dim"))
        box = QRectF(inner.left(), inner.top() + height, inner.width(), below)
        self._paint_state(painter, tile, box)
        return box.bottom()

    def _paint_state(self, painter: QPainter, tile: Tile, box: QRectF) -> None:
        """The place gives way when both do not fit: how the line does must be read."""
        end = f" · {tile.state}" if tile.place else tile.state
        place = f"▲ {tile.place}" if self._troubled else tile.place
        metrics = painter.fontMetrics()
        room = box.width() - metrics.horizontalAdvance(end) - 1
        place = metrics.elidedText(place, Qt.TextElideMode.ElideRight, int(room))
        draw_elided(painter, box, place + end)

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


def _paint_values(painter: QPainter, theme: Theme, values: tuple[NumericBlock, ...], box: QRectF) -> None:
    """Labels on one line, values on one baseline."""
    label, large = theme.font(11), theme.font(21, bold=True)
    gap = theme.size(6)
    spare = box.height() - QFontMetricsF(label).height() - large.pixelSize() * 0.95
    top = box.top() + max(spare, 0) * 0.5
    baseline = round(top + QFontMetricsF(label).height() + large.pixelSize() * 0.88)
    unit = (box.width() - gap * (len(values) - 1)) / sum(SHARES[value.key] for value in values)
    left = box.left()
    for value in values:
        width = SHARES[value.key] * unit
        painter.setFont(fitted(label, value.label, width))
        painter.setPen(theme.colour("dim"))
        draw_elided(painter, QRectF(left, top, width + 2, QFontMetricsF(label).height()), value.label)
        shown = value.value + value.mark
        painter.setFont(fitted(large, shown, width))
        quiet = value.faded or value.value == texts.NOT_MEASURED
        painter.setPen(theme.colour("dim" if quiet else value.token))
        painter.drawText(round(left), baseline, shown)
        left += width + gap

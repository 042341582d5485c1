"""One vital sign, large: value, unit, source, and why there is none. Knows no limits, no history."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.theme import Theme, current
from nurse_station.ui.widgets.drawing import (
    DIGIT_EM,
    digits_of_height,
    draw_elided,
    fitted,
    plain_font,
    width_of,
)

PRIMARY_MM = 20.0
"""Legible from four metres."""
SECONDARY_MM = 10.0
"""Legible from two metres."""
SECONDARY_WANTED_MM = 14.0
"""What is taken where there is room."""
WIDEST = {
    "hr": "000", "spo2": "100", "rr": "00", "etco2": "00", "nibp": "000/000",
    **{f"p{channel}": "000/000" for channel in range(1, 7)},
    **{f"temp{number}": "00.0" for number in range(1, 5)},
}  # fmt: skip
"""The value that must fit, so that the size of the digits does not jump with the number of them."""
PAD = 12
NOTE_PX = 12
BESIDE = 0.42
"""Size of what stands beside the value, as a part of it."""


class NumericBlockWidget(QWidget):
    """Paints a NumericBlock; repaints only when what it says has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: NumericBlock | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def block(self) -> NumericBlock | None:
        """What is shown now."""
        return self._block

    def show_numeric(self, block: NumericBlock) -> None:
        if block == self._block:
            return
        self._block = block
        self.setAccessibleName(block.spoken)
        self.setToolTip(_tooltip(block))
        self.update()

    def sizeHint(self) -> QSize:
        primary = self._block is not None and self._block.primary
        digits = DIGIT_EM * digits_of_height(PRIMARY_MM if primary else SECONDARY_WANTED_MM, self)
        return QSize(160, round(digits) + current().size(2 * PAD + NOTE_PX + 8))

    def minimumSizeHint(self) -> QSize:
        block = self._block
        least = 88 if block is not None and block.primary else 58 if block is not None and block.minor else 76
        return QSize(80, current().size(least))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        theme = current()
        painter.setPen(theme.colour("panel"))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.size(6), theme.size(6)
        )
        if self._block is not None:
            self._paint_block(painter, theme, self._block)
        painter.end()

    def _paint_block(self, painter: QPainter, theme: Theme, block: NumericBlock) -> None:
        pad = theme.size(PAD)
        inner = QRectF(self.rect()).adjusted(pad, pad * 0.75, -pad, -pad * 0.75)
        foot = theme.size(NOTE_PX + 6)
        self._paint_foot(painter, theme, block, inner.adjusted(0, inner.height() - foot, 0, 0))
        below = foot if block.note or not block.wide else 0
        if block.wide:
            left = self._paint_head(painter, theme, block, inner)
            box = inner.adjusted(left, 0, 0, -below)
        else:
            top = self._paint_narrow_head(painter, theme, block, inner)
            box = inner.adjusted(0, top, 0, -below)
        self._paint_value(painter, theme, block, box)

    def _paint_narrow_head(
        self, painter: QPainter, theme: Theme, block: NumericBlock, inner: QRectF
    ) -> float:
        """Label and unit on one line above the value; gives the height they take."""
        label = theme.font(15, bold=True)
        line = QRectF(inner.left(), inner.top(), inner.width(), QFontMetricsF(label).height())
        painter.setFont(label)
        painter.setPen(theme.colour(block.token))
        draw_elided(painter, line, block.label)
        small = theme.font(NOTE_PX)
        if width_of(block.label, label) + width_of(block.unit, small) < inner.width():
            painter.setFont(small)
            painter.setPen(theme.colour("dim"))
            draw_elided(painter, line, block.unit, right=True)
        return line.height()

    def _paint_head(self, painter: QPainter, theme: Theme, block: NumericBlock, inner: QRectF) -> float:
        """Label, unit and origin at the left; gives the width they take."""
        label = theme.font(15, bold=True)
        small = theme.font(NOTE_PX)
        lines = [(block.label, label, theme.colour(block.token)), (block.unit, small, theme.colour("dim")),
                 (block.origin, small, theme.colour("dim"))]  # fmt: skip
        top, widest = inner.top(), 0.0
        for text, font, colour in lines:
            height = QFontMetricsF(font).height()
            if not text or top + height > inner.bottom() + 1:
                continue
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QRectF(inner.left(), top, inner.width(), height), text)
            top += height + theme.size(1)
            widest = max(widest, width_of(text, font))
        return widest + theme.size(6)

    def _paint_foot(self, painter: QPainter, theme: Theme, block: NumericBlock, box: QRectF) -> None:
        aside = 0.0
        if block.origin and not block.wide and block.value != texts.NOT_MEASURED:
            painter.setFont(theme.font(NOTE_PX))
            painter.setPen(theme.colour("dim"))
            draw_elided(painter, box, block.origin)
            aside = width_of(block.origin, theme.font(NOTE_PX)) + theme.size(8)
        elif block.aside and (block.wide or block.value != texts.NOT_MEASURED):
            font = theme.font(14, bold=True)
            painter.setFont(font)
            painter.setPen(theme.colour(block.token))
            draw_elided(painter, box, block.aside)
            aside = width_of(block.aside, font) + theme.size(8)
        painter.setFont(theme.font(NOTE_PX))
        painter.setPen(theme.colour("text" if block.value == texts.NOT_MEASURED else "dim"))
        draw_elided(painter, box.adjusted(aside, 0, 0, 0), block.note, right=True)

    def _paint_value(self, painter: QPainter, theme: Theme, block: NumericBlock, box: QRectF) -> None:
        font = self._value_font(theme, block, box)
        beside = plain_font(theme, max(font.pixelSize() * BESIDE, theme.size(13)), bold=True)
        gap = font.pixelSize() * 0.12
        after = f"{block.mark} {block.beside}".strip()
        tail = width_of(after, beside) + gap if after else 0.0
        baseline = round(box.center().y() + font.pixelSize() * DIGIT_EM / 2)
        painter.setPen(_value_colour(theme, block))
        painter.setFont(font)
        start = box.right() - tail - width_of(block.value, font)
        painter.drawText(round(start), baseline, block.value)
        if after:
            painter.setFont(beside)
            painter.drawText(round(box.right() - tail + gap), baseline, after)

    def _value_font(self, theme: Theme, block: NumericBlock, box: QRectF) -> QFont:
        """As high as the distance asks, as far as the block has room for it."""
        height = PRIMARY_MM if block.primary else SECONDARY_MM if block.minor else SECONDARY_WANTED_MM
        wanted = digits_of_height(height, self)
        font = plain_font(theme, min(wanted, (box.height() - 2) / DIGIT_EM), bold=True)
        widest = WIDEST.get(block.key, block.value)
        text = max(widest, block.value, key=lambda t: width_of(t, font))
        tail = " (000)" if "/" in widest else block.mark
        needed = width_of(text, font) + (BESIDE * width_of(tail, font) if tail else 0)
        return fitted(font, text, box.width() * width_of(text, font) / max(needed, 1))


def _value_colour(theme: Theme, block: NumericBlock) -> QColor:
    return theme.colour("dim" if block.faded or block.value == texts.NOT_MEASURED else block.token)


def _tooltip(block: NumericBlock) -> str:
    measured_from = f"from {block.origin}" if block.origin else ""
    doubt = "The monitor doubts this value." if block.mark else ""
    head = words.joined(f"{block.label} {block.value} {block.unit} {block.beside}".strip(), measured_from)
    return "\n".join(line for line in (head, block.aside, block.note, doubt) if line)

"""One vital sign, large: value, unit, limits, alarm, and why there is no value. Decides no alarm."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.alarms.words import Priority
from nurse_station.ui import alarm_texts, texts
from nurse_station.ui.models import words
from nurse_station.ui.models.alarm_marks import NO_SIGNS, WIDER, WIDER_WORDS, BlockSigns
from nurse_station.ui.models.alarms import Look
from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.theme import Theme, current
from nurse_station.ui.widgets.alarm_paint import Flashing, edge, ink, is_filled, paint_ground, paint_sign
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
LIMIT_PX = 13
BESIDE = 0.42
"""Size of what stands beside the value, as a part of it."""


class NumericBlockWidget(Flashing):
    """Paints a NumericBlock; repaints only when what it says has changed, or its alarm goes on or out.

    Signals:
        limits_asked: The key of the block was pressed: its limits are to be opened.
    """

    limits_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: NumericBlock | None = None
        self._signs = NO_SIGNS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def block(self) -> NumericBlock | None:
        """What is shown now."""
        return self._block

    @property
    def signs(self) -> BlockSigns:
        """What stands beside the value now."""
        return self._signs

    def show_numeric(self, block: NumericBlock, signs: BlockSigns = NO_SIGNS) -> None:
        block = _explained(block, signs)
        if (block, signs) == (self._block, self._signs):
            return
        self._block, self._signs = block, signs
        self.show_flashing([signs.alarm])
        self.setAccessibleName(", ".join(said for said in (block.spoken, signs.spoken) if said))
        self.setToolTip(_tooltip(block, signs))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._block is not None and event.button() == Qt.MouseButton.LeftButton:
            self.limits_asked.emit(self._block.key)

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
        self._paint_ground(painter, theme)
        if self._block is not None:
            self._paint_block(painter, theme, self._block)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        box, radius, alarm = QRectF(self.rect()), theme.size(6), self._signs.alarm
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(box, radius, radius)
        if alarm is not None:
            paint_ground(painter, theme, box, alarm, self._lights, radius)
        elif self._signs.beyond:  # its alarm's delay may still run
            painter.setPen(QPen(edge(theme, Priority.MEDIUM), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def _ink(self, theme: Theme, token: str) -> QColor:
        """On the ground of an alarm every word has the colour that can be read there."""
        alarm = self._signs.alarm
        filled = alarm is not None and is_filled(alarm, self._lights)
        return ink(theme, alarm, self._lights) if alarm is not None and filled else theme.colour(token)

    def _paint_block(self, painter: QPainter, theme: Theme, block: NumericBlock) -> None:
        pad = theme.size(PAD)
        inner = QRectF(self.rect()).adjusted(pad, pad * 0.75, -pad, -pad * 0.75)
        foot = theme.size(NOTE_PX + 6)
        self._paint_foot(painter, theme, block, inner.adjusted(0, inner.height() - foot, 0, 0))
        below = foot if block.note or not block.wide else 0
        limits_end = foot if block.note or block.aside or not block.wide else 0
        if block.wide:
            left, top = self._paint_head(painter, theme, block, inner)
            beside = inner.adjusted(0, top - inner.top(), 0, -limits_end)
            left = max(left, self._paint_limits(painter, theme, beside))
            box = inner.adjusted(left, 0, 0, -below)
        else:
            top = self._paint_narrow_head(painter, theme, block, inner)
            left = self._paint_limits(painter, theme, inner.adjusted(0, top, 0, -limits_end))
            box = inner.adjusted(left, top, 0, -below)
        self._paint_value(painter, theme, block, box)

    @property
    def _marks(self) -> str:
        """The marks of its alarm: they stand where the unit stands else."""
        alarm = self._signs.alarm
        if alarm is None:
            return ""
        return f"{alarm_texts.WAS} {alarm.marks}" if alarm.look is Look.LATCHED else alarm.marks

    def _paint_narrow_head(
        self, painter: QPainter, theme: Theme, block: NumericBlock, inner: QRectF
    ) -> float:
        """Label and unit on one line above the value; gives the height they take."""
        label = theme.font(15, bold=True)
        line = QRectF(inner.left(), inner.top(), inner.width(), QFontMetricsF(label).height())
        painter.setFont(label)
        painter.setPen(self._ink(theme, block.token))
        draw_elided(painter, line, block.label)
        left = self._paint_bell(painter, theme, line, width_of(block.label, label))
        small = label if self._marks else theme.font(NOTE_PX)
        said = self._marks or block.unit
        if left + width_of(said, small) < inner.width():
            painter.setFont(small)
            painter.setPen(self._ink(theme, "text" if self._marks else "dim"))
            draw_elided(painter, line, said, right=True)
        return line.height()

    def _paint_bell(self, painter: QPainter, theme: Theme, line: QRectF, after: float) -> float:
        """The crossed bell after the label where an alarm is switched off; gives where it ends."""
        if not self._signs.off:
            return after
        side = min(line.height(), theme.size(16))
        box = QRectF(line.left() + after + theme.size(5), line.top(), side, line.height())
        paint_sign(painter, "bell_off", self._ink(theme, "text"), box)
        return after + theme.size(5) + side

    def _paint_head(
        self, painter: QPainter, theme: Theme, block: NumericBlock, inner: QRectF
    ) -> tuple[float, float]:
        """Label, unit or marks, and origin at the left; gives the width they take and where they end."""
        label = theme.font(15, bold=True)
        small = theme.font(NOTE_PX)
        second = (self._marks, label, "text") if self._marks else (block.unit, small, "dim")
        top, widest = inner.top(), 0.0
        for text, font, token in [(block.label, label, block.token), second, (block.origin, small, "dim")]:
            height = QFontMetricsF(font).height()
            if not text or top + height > inner.bottom() + 1:
                continue
            line = QRectF(inner.left(), top, inner.width(), height)
            painter.setFont(font)
            painter.setPen(self._ink(theme, token))
            painter.drawText(line, text)
            end = width_of(text, font)
            widest = max(widest, self._paint_bell(painter, theme, line, end) if text == block.label else end)
            top += height + theme.size(1)
        return widest + theme.size(6), top

    def _paint_limits(self, painter: QPainter, theme: Theme, box: QRectF) -> float:
        """High above low at the lower left, in one line where two do not fit; gives the width they take."""
        height = QFontMetricsF(theme.font(LIMIT_PX)).height()
        room = int((box.height() + 1) // height)
        lines = limit_lines(self._signs, room)
        widest = 0.0
        for number, (text, marked, bold) in enumerate(lines):
            font = theme.font(LIMIT_PX, bold=bold)
            line = QRectF(box.left(), box.bottom() - height * (len(lines) - number), box.width(), height)
            painter.setFont(font)
            painter.setPen(self._ink(theme, "text" if marked else "dim"))
            painter.drawText(line, text)
            widest = max(widest, width_of(text, font) + theme.size(6))
        return widest

    def _paint_foot(self, painter: QPainter, theme: Theme, block: NumericBlock, box: QRectF) -> None:
        aside = 0.0
        if block.origin and not block.wide and block.value != texts.NOT_MEASURED:
            painter.setFont(theme.font(NOTE_PX))
            painter.setPen(self._ink(theme, "dim"))
            draw_elided(painter, box, block.origin)
            aside = width_of(block.origin, theme.font(NOTE_PX)) + theme.size(8)
        elif block.aside and (block.wide or block.value != texts.NOT_MEASURED):
            font = theme.font(14, bold=True)
            painter.setFont(font)
            painter.setPen(self._ink(theme, block.token))
            draw_elided(painter, box, block.aside)
            aside = width_of(block.aside, font) + theme.size(8)
        painter.setFont(theme.font(NOTE_PX))
        painter.setPen(self._ink(theme, "text" if block.value == texts.NOT_MEASURED else "dim"))
        draw_elided(painter, box.adjusted(aside, 0, 0, 0), block.note, right=True)

    def _paint_value(self, painter: QPainter, theme: Theme, block: NumericBlock, box: QRectF) -> None:
        font = self._value_font(theme, block, box)
        beside = plain_font(theme, max(font.pixelSize() * BESIDE, theme.size(13)), bold=True)
        gap = font.pixelSize() * 0.12
        after = f"{block.mark} {block.beside}".strip()
        tail = width_of(after, beside) + gap if after else 0.0
        baseline = round(box.center().y() + font.pixelSize() * DIGIT_EM / 2)
        quiet = block.faded or block.value == texts.NOT_MEASURED
        painter.setPen(self._ink(theme, "dim" if quiet else block.token))
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


def _explained(block: NumericBlock, signs: BlockSigns) -> NumericBlock:
    """Where an alarm of the patient has no value to show, the note says what is held."""
    if signs.alarm is None or not signs.alarm.unresolved:
        return block
    return replace(block, note=signs.alarm.statement)


def limit_lines(signs: BlockSigns, room: int) -> list[tuple[str, bool, bool]]:
    """(words, marked, bold) of the limits in at most `room` lines."""
    sides = [(side, text) for side, text in (("high", signs.high), ("low", signs.low)) if text]
    marked = {*signs.wider, signs.beyond}
    lines = [
        (f"{text} {WIDER}" if side in signs.wider else text, side in marked, side == signs.beyond)
        for side, text in sides
    ]
    if len(lines) <= room:
        return lines
    if room < 1:
        return []
    both = f"{signs.low}–{signs.high}" + (f" {WIDER}" if signs.wider else "")
    return [(both, bool(signs.wider or signs.beyond), bool(signs.beyond))]


def _tooltip(block: NumericBlock, signs: BlockSigns) -> str:
    measured_from = f"from {block.origin}" if block.origin else ""
    doubt = "The monitor doubts this value." if block.mark else ""
    head = words.joined(f"{block.label} {block.value} {block.unit} {block.beside}".strip(), measured_from)
    alarm = words.joined(signs.alarm.line, signs.alarm.advice) if signs.alarm is not None else ""
    limits = f"Limits: {signs.low or 'none'} to {signs.high or 'none'}" if signs.low or signs.high else ""
    wider = f"{WIDER} {WIDER_WORDS}" if signs.wider else ""
    off = [f"Alarm off: {each}" for each in signs.off]
    facts = (head, alarm, block.aside, block.note, doubt, limits, wider, *off)
    return "\n".join(line for line in facts if line)

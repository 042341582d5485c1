"""Where the rows of a sweep stand, and the words and marks round them. Device pixels; draws no sample."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter

from nurse_station.ui.widgets.sweep_canvas import STROKE
from nurse_station.ui.widgets.sweep_range import Range
from nurse_station.ui.widgets.sweep_spec import SweepColours, TraceSpec

SMALL = 0.85
"""Size of the scale's numbers, of the font's."""
EDGE = 8
"""Logical pixels between a word and the widget's edge."""
FOOT = 4
"""Logical pixels between a stroke at the foot of its row and the next row's line."""
NARROW = 260
"""A narrower column, logical pixels, has no room for marks,"""
LOW_ROW = 2.5
"""nor a row lower than so many lines for words."""


@dataclass(frozen=True)
class Place:
    """Where a row stands.

    Attributes:
        band: The line of words above; empty where the row is too low for words.
        box: What is swept.
        marks: The calibration mark or the ends of the range, right of the box; may be empty.
        first: Whether it is the highest of its column.
    """

    band: QRect
    box: QRect
    marks: QRect
    first: bool


class SweepWords:
    """The sizes of words, and how they are drawn."""

    def __init__(self, font: QFont, scale: float, colours: SweepColours) -> None:
        """Store what to write with: the widget's font, and device pixels a logical pixel."""
        self._plain = _in_pixels(font, scale)
        self._bold = QFont(self._plain)
        self._bold.setBold(True)
        self._small = _in_pixels(font, scale * SMALL)
        self._scale = scale
        self._colours = colours

    def places(
        self,
        specs: tuple[TraceSpec, ...],
        columns: int,
        width: int,
        height: int,
        aligned: tuple[TraceSpec, ...] = (),
    ) -> list[Place]:
        """Lay the rows, column by column. All boxes are of one width, as if `aligned` were rows as well."""
        rows = -(-len(specs) // columns)
        line = QFontMetrics(self._bold).height() + self._pixels(4)
        band = line if height / rows >= LOW_ROW * line else 0
        foot = self._pixels(FOOT) if band else 0
        wide = width // columns
        marks = self._width_of_marks(specs + aligned) if wide >= self._pixels(NARROW) else 0
        found = []
        for number in range(len(specs)):
            column, row = divmod(number, rows)
            left, top, end = column * wide, row * height // rows, (row + 1) * height // rows
            box = QRect(left, top + band, wide - marks, max(1, end - top - band - foot))
            beside = QRect(box.right() + 1, box.top(), marks, box.height())
            found.append(Place(QRect(left, top, wide, band), box, beside, row == 0))
        return found

    def _width_of_marks(self, specs: tuple[TraceSpec, ...]) -> int:
        if any(spec.numbered for spec in specs):
            return QFontMetrics(self._small).horizontalAdvance("−000") + self._pixels(EDGE)
        return self._pixels(2 * EDGE) if any(spec.calibration for spec in specs) else 0

    def draw_band(self, painter: QPainter, place: Place, spec: TraceSpec, speed: str) -> None:
        """The name at the left, the scale and the speed at the right."""
        painter.fillRect(place.band, self._colours.background)
        if place.band.isEmpty():
            return
        if not place.first:
            painter.fillRect(
                place.band.adjusted(0, 0, 0, self._pixels(1) - place.band.height()), self._colours.line
            )
        inner = place.band.adjusted(self._pixels(EDGE), 0, -self._pixels(EDGE), 0)
        painter.setFont(self._bold)
        painter.setPen(spec.colour)
        painter.drawText(inner, _LEFT, spec.label)
        inner.setLeft(
            inner.left() + QFontMetrics(self._bold).horizontalAdvance(spec.label) + self._pixels(EDGE)
        )
        painter.setFont(self._plain)
        painter.setPen(self._colours.text)
        words = "  ·  ".join(word for word in (spec.scale, speed) if word)
        elided = Qt.TextElideMode.ElideLeft
        painter.drawText(inner, _RIGHT, QFontMetrics(self._plain).elidedText(words, elided, inner.width()))

    def draw_marks(self, painter: QPainter, place: Place, spec: TraceSpec, shown: Range | None) -> None:
        """The calibration mark, or the ends of the range."""
        painter.fillRect(place.marks, self._colours.background)
        if place.marks.isEmpty() or shown is None:
            return
        if spec.calibration:
            self._draw_calibration(painter, place, spec.calibration, shown)
        elif spec.numbered:
            painter.setFont(self._small)
            painter.setPen(self._colours.text)
            inner = place.marks.adjusted(0, 0, -self._pixels(EDGE), 0)
            painter.drawText(inner, _RIGHT_TOP, figure(shown[1]))
            painter.drawText(inner, _RIGHT_BOTTOM, figure(shown[0]))

    def _draw_calibration(self, painter: QPainter, place: Place, height: float, shown: Range) -> None:
        low, high = shown
        half = STROKE * self._scale / 2
        a_unit = (place.box.height() - 2 * half) / (high - low)
        base = 0.0 if low <= 0 <= high - height else low
        foot = round(place.box.bottom() + 1 - half - (base - low) * a_unit)
        tall, thick, wide = round(height * a_unit), self._pixels(1), self._pixels(6)
        left = place.marks.left() + self._pixels(4)
        for rect in (
            QRect(left + wide - thick, foot - tall, thick, tall),
            QRect(left, foot - tall, wide, thick),
            QRect(left, foot - thick, wide, thick),
        ):
            painter.fillRect(rect.intersected(place.marks), self._colours.text)

    def draw_notice(self, painter: QPainter, place: Place, words: str) -> None:
        """A dim sentence in the middle of the row, on a ground of its own."""
        painter.setFont(self._plain)
        box = QFontMetrics(self._plain).boundingRect(words)
        box = box.adjusted(-self._pixels(EDGE), -self._pixels(2), self._pixels(EDGE), self._pixels(2))
        box.moveCenter(place.box.center())
        painter.fillRect(box, self._colours.background)
        painter.setPen(self._colours.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _pixels(self, logical: float) -> int:
        return max(1, round(logical * self._scale))


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_RIGHT_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
_RIGHT_BOTTOM = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight


def figure(value: float) -> str:
    """A number of a scale, at most three digits."""
    written = f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return written.replace("-", "−") if float(written) else "0"


def _in_pixels(font: QFont, scale: float) -> QFont:
    font = QFont(font)
    font.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * scale)))
    return font

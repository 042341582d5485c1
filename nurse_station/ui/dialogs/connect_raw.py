"""The last bytes of a line as hex and text, in columns. Paints; reads no line.

Each byte has a cell of its own, so that the columns stand in any font: a clinic's computer may have no
font with letters of one width.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.ui import theme

ROWS = 4
FONT_PX = 12
HEX_CELL, TEXT_CELL, BETWEEN, ROW = 21, 11, 12, 17
EDGE = 8
BYTES_A_ROW = (16, 8, 4)
NO_BYTE = "no byte yet"
UNSEEN = "·"


def rows_of(data: bytes, width: int) -> list[tuple[list[str], list[str]]]:
    """The last bytes as rows of hex pairs and of signs, `width` to a row, the newest at the end."""
    shown = data[-ROWS * width :]
    rows = [shown[at : at + width] for at in range(0, len(shown), width)]
    return [([f"{byte:02X}" for byte in row], [_sign(byte) for byte in row]) for row in rows]


def _sign(byte: int) -> str:
    return chr(byte) if 0x20 < byte < 0x7F else UNSEEN


class RawView(QWidget):
    """Shows what came last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Raw bytes of the line")

    def show_bytes(self, data: bytes) -> None:
        """Show the end of `data`."""
        if data != self._data:
            self._data = data
            self.update()

    @property
    def words(self) -> str:
        """What is shown, a row a line."""
        rows = rows_of(self._data, self._width_in_bytes())
        return "\n".join(f"{' '.join(pairs)}  {''.join(signs)}" for pairs, signs in rows) or NO_BYTE

    def sizeHint(self) -> QSize:
        size = theme.current().size
        return QSize(_width(BYTES_A_ROW[-1]), size(ROWS * ROW) + 2 * size(EDGE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _width_in_bytes(self) -> int:
        return next((count for count in BYTES_A_ROW if self.width() >= _width(count)), BYTES_A_ROW[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), theme.current()
        painter.setPen(now.colour("line"))
        painter.setBrush(now.colour("panel"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setFont(now.font(FONT_PX))
        if not self._data:
            painter.setPen(now.colour("dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, NO_BYTE)
            return
        for number, (pairs, signs) in enumerate(rows_of(self._data, self._width_in_bytes())):
            self._paint_row(painter, number, pairs, signs)

    def _paint_row(self, painter: QPainter, number: int, pairs: list[str], signs: list[str]) -> None:
        now, size = theme.current(), theme.current().size
        top = size(EDGE) + number * size(ROW)
        text_from = size(EDGE) + self._width_in_bytes() * size(HEX_CELL) + size(BETWEEN)
        for place, (pair, sign) in enumerate(zip(pairs, signs, strict=True)):
            cell = QRect(size(EDGE) + place * size(HEX_CELL), top, size(HEX_CELL), size(ROW))
            painter.setPen(now.colour("text"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, pair)
            cell = QRect(text_from + place * size(TEXT_CELL), top, size(TEXT_CELL), size(ROW))
            painter.setPen(now.colour("dim" if sign == UNSEEN else "text"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, sign)


def _width(bytes_a_row: int) -> int:
    size = theme.current().size
    return bytes_a_row * (size(HEX_CELL) + size(TEXT_CELL)) + size(BETWEEN) + 2 * size(EDGE)

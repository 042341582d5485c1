"""The band across a review: hatched, with words, so that no old value passes for a current one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.ui.theme import current

HEIGHT_PX, TEXT_PX, APART_PX = 34, 16, 14


class ReviewBand(QWidget):
    """Says of which session it is the review."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, current().size(HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        style, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), style.colour("accent_fill"))
        self._hatch(painter)
        font = style.font(TEXT_PX, bold=True)
        metrics = QFontMetricsF(font)
        said = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - style.size(24))
        width = min(metrics.horizontalAdvance(said) + style.size(40), self.width())
        box = QRectF((self.width() - width) / 2, 0, width, self.height())
        painter.fillRect(box, style.colour("accent_fill"))
        painter.setFont(font)
        painter.setPen(style.colour("text_on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
        painter.end()

    def _hatch(self, painter: QPainter) -> None:
        style = current()
        painter.setPen(QPen(style.colour("text_on_accent"), style.size(2)))
        height, step = self.height(), style.size(APART_PX)
        for left in range(-height, self.width() + step, step):
            painter.drawLine(left, height, left + height, 0)

"""The button that names who enters. It knows no name of its own, and changes none."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nurse_station.ui.theme import current

KEY, AROUND_PX = "  W", 16


class WhoButton(QPushButton):
    """Who enters: of a long name the beginning is read, and its key stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""

    def show_words(self, words: str) -> None:
        self._words = words
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.ensurePolished()
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(KEY) - current().size(AROUND_PX)
        text = f"{metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0))}{KEY}"
        if text != self.text():
            self.setText(text)

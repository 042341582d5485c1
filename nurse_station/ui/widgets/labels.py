"""Labels that are set only when their words change, and that cut what does not fit with `…`."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nurse_station.ui.theme import current, set_look


class WordsLabel(QLabel):
    """A line of words with a look of the style sheet."""

    def __init__(self, look: str = "", words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if look:
            set_look(self, look)

    def show_words(self, words: str) -> None:
        if words != self.text():
            self.setText(words)


class ElidedLabel(WordsLabel):
    """A line that gives way: what does not fit ends in `…` and is read whole in the tooltip.

    It keeps at least `keep` pixels of the drawing board, if it has so many words.
    """

    def __init__(
        self, look: str = "", words: str = "", *, keep: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent=parent)
        self._words = ""
        self._keep = keep
        self._tip = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_words(words)

    @property
    def words(self) -> str:
        """The whole line."""
        return self._words

    def show_words(self, words: str, tip: str = "") -> None:
        if (words, tip) == (self._words, self._tip):
            return
        self._words, self._tip = words, tip
        self.setAccessibleName(words)
        self.setText("")  # Qt measures a label anew only when its text changes, not when its look does
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        edges = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(
            self.fontMetrics().horizontalAdvance(self._words) + edges + 1, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(
            min(self.sizeHint().width(), current().size(self._keep)) if self._keep else 0,
            super().minimumSizeHint().height(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.contentsRect().width() - 2 * self.margin()
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._tip or (self._words if shown != self._words else ""))

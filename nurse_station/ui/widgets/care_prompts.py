"""What is proposed now: a calm line each, with a button that does it. Proposes nothing by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nurse_station.ui.models.care_acts import PromptShown
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import WordsLabel

MOST = 3
KEY = "F10"


class CarePrompts(QWidget):
    """At most three lines; the first one's button has a key.

    Signals:
        taken: The PromptShown whose button was pressed.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PromptShown, ...] = ()
        self._lines: list[QFrame] = []
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().size(4))
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What is proposed."""
        return tuple(prompt.words for prompt in self._shown)

    def show_prompts(self, prompts: Sequence[PromptShown]) -> None:
        """Lines that stay are left alone, so that no button moves under a finger."""
        shown = tuple(prompts[:MOST])
        if shown == self._shown:
            return
        self._shown = shown
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.buttons = [], []
        for prompt in shown:
            self._add(prompt)
        self.setVisible(bool(shown))

    def _add(self, prompt: PromptShown) -> None:
        line, words = QFrame(), WordsLabel("proposal", prompt.words)
        set_look(line, "prompt")
        words.setWordWrap(True)
        column = QVBoxLayout(line)
        edge = current().size(6)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(words)
        if prompt.button:
            key = "" if self.buttons else f"  {KEY}"
            button = QPushButton(f"{prompt.button}{key}")
            button.setAccessibleName(f"{prompt.button}: {prompt.words}")
            button.setToolTip(prompt.words)
            button.setAutoDefault(True)
            button.clicked.connect(lambda: self.taken.emit(prompt))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(button)
            column.addLayout(row)
            self.buttons.append(button)
        self._lines.append(line)
        self._column.addWidget(line)

    def take_first(self) -> None:
        """Do what the first line with a button proposes, if there is one."""
        if self.buttons:
            self.buttons[0].click()

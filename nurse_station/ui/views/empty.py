"""What stands in the place of a bed that has nothing to show: a sentence, and the way on."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel


class EmptyView(QWidget):
    """No bed, a bed without a monitor, or a station that has stopped.

    Signals:
        pressed: The way on was taken.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "panel")
        self._title = ElidedLabel("title")
        self._sentence = WordsLabel("dim")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        set_look(self.button, "primary")
        self.button.clicked.connect(self.pressed)
        rows = QVBoxLayout(self)
        rows.setSpacing(current().size(16))
        rows.addStretch(2)
        rows.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._sentence)
        rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)

    def show_no_monitor(self, name: str, *, simulated: bool) -> None:
        """Nothing is connected; in practice nothing but what is simulated can be."""
        remedy = texts.NO_SIMULATION_REMEDY if simulated else texts.NO_MONITOR_REMEDY
        self._show(f"{name} · {texts.NO_MONITOR}", remedy, f"{texts.CONNECT}…  Ctrl+N")

    def show_no_beds(self) -> None:
        self._show(texts.NO_BEDS, texts.NO_BEDS_REMEDY, "Settings…  Ctrl+,")

    def show_stopped(self, wall: datetime) -> None:
        """The station makes no pictures any more: nothing of what it showed may be taken for the patient."""
        last = f"Nothing newer than {words.clock_seconds(wall)} is known. Start it again if it stays so."
        self._show(texts.STOPPED, last, "")

    def _show(self, title: str, sentence: str, action: str) -> None:
        self._title.show_words(title)
        self._sentence.show_words(sentence)
        self.button.setVisible(bool(action))
        if self.button.text() != action:
            self.button.setText(action)

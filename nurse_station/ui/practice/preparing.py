"""What is waited for before a lesson: the time that the patient has lived until then. Decides nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from nurse_station.classroom.view import LessonSnapshot
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models import practice
from nurse_station.ui.theme import current

WIDE_PX = 520
EXPLAINED = "The drug, the values and the record of that time will be there when you come to the bed."


class PreparingPage(QWidget):
    """A page of the chooser.

    Signals:
        cancelled: It is not waited for.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        size = current().size
        self._name, self._doing = label_with_look("title"), label_with_look("heading")
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.cancel_button = button("&Cancel", lambda: self.cancelled.emit(), "Cancel the preparation")
        inside = QWidget()
        inside.setFixedWidth(size(WIDE_PX))
        column = QVBoxLayout(inside)
        column.setSpacing(size(14))
        for part in (self._name, self._doing, self.progress, label_with_look("dim", EXPLAINED)):
            column.addWidget(part)
        column.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows = QVBoxLayout(self)
        rows.addWidget(inside, 0, Qt.AlignmentFlag.AlignCenter)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.cancelled.emit)

    @property
    def doing(self) -> str:
        """What is said of it."""
        return self._doing.text()

    def take_focus(self) -> None:
        self.cancel_button.setFocus()

    def show_lesson(self, shown: LessonSnapshot) -> None:
        """How far it is."""
        self._name.setText(shown.scenario.name)
        self._doing.setText(practice.preparing(shown.scenario))
        self.progress.setAccessibleName(practice.preparing(shown.scenario))
        self.progress.setValue(round(100 * shown.share))

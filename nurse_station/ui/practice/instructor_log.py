"""Everything that happened, newest first, narrowed to a kind if wanted. Grows at its top; enters nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nurse_station.classroom.view import LessonSnapshot
from nurse_station.training.log import Line
from nurse_station.ui.models.instructor import FILTERS, LogRow, Weight, log_rows
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.labels import WordsLabel

NOTHING = "Nothing has happened yet."
TOKENS = {Weight.PLAIN: "text", Weight.DIM: "dim", Weight.ALARM: "accent", Weight.BAD: "doubtful"}


class LogPanel(QWidget):
    """A list that is made anew only after a rewinding, or when another kind is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._log: tuple[Line, ...] = ()
        self._generation: int | None = None
        self.filter = QComboBox()
        for name in FILTERS:
            self.filter.addItem(name)
        self.filter.setAccessibleName("Show of the log")
        self.filter.currentIndexChanged.connect(lambda _: self._show_all())
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName("Log, newest first")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setSpacing(current().size(1))
        self.empty = WordsLabel("dim", NOTHING)
        self._arrange()

    def _arrange(self) -> None:
        size = current().size
        head = QHBoxLayout()
        head.addWidget(self.filter)
        head.addWidget(self.empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, size(6), 0, 0)
        column.setSpacing(size(6))
        column.addLayout(head)
        column.addWidget(self.list, 1)

    @property
    def words(self) -> tuple[str, ...]:
        """What is written, from the top."""
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def show_lesson(self, lesson: LessonSnapshot) -> None:
        """Add what is new; after a rewinding all is another."""
        known, log = len(self._log), lesson.log
        again = lesson.generation != self._generation or len(log) < known
        again = again or (known > 0 and log[known - 1] != self._log[-1])
        self._log, self._generation = log, lesson.generation
        if again:
            self._show_all()
        elif len(log) > known:
            self._add(log_rows(log[known:], FILTERS[self.filter.currentText()]))

    def _show_all(self) -> None:
        self.list.clear()
        self._add(log_rows(self._log, FILTERS[self.filter.currentText()]))

    def _add(self, rows: tuple[LogRow, ...]) -> None:
        for place, row in enumerate(rows):
            self.list.insertItem(place, _item(row))
        self.empty.setVisible(self.list.count() == 0)
        self.empty.show_words("Nothing of this kind yet." if self._log else NOTHING)


def _item(row: LogRow) -> QListWidgetItem:
    item = QListWidgetItem(row.text)
    font = current().font(12, bold=row.weight in (Weight.ALARM, Weight.BAD))
    item.setFont(font)
    item.setForeground(current().colour(TOKENS[row.weight]))
    return item

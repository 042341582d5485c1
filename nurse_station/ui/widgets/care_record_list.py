"""The record as it grows: choose an entry to correct it, take back the last. Corrects nothing by itself."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.models.care_record import DayRecord, RecordLine, merged
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel

NUMBER = Qt.ItemDataRole.UserRole


class CareRecord(QWidget):
    """Newest first; what was corrected stays, struck through, with the correction beneath it.

    Signals:
        correct_asked: Number of the entry.
        undo_asked: The last entry was a slip.
    """

    correct_asked = Signal(int)
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "panel")
        self._day = DayRecord()
        self._lines: tuple[RecordLine, ...] = ()
        self._told: tuple[object, object] = ((), None)
        self.list = QListWidget()
        self.list.setMinimumHeight(current().size(28))
        self.list.setWordWrap(True)
        self.list.setSpacing(current().size(1))
        self.list.setAccessibleName("Record")
        self.list.setToolTip("Choose an entry to correct it; Enter opens it")
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.correct_button = self._button("Correct…", self._ask)
        self.correct_button.setEnabled(False)
        self._arrange()
        self.list.currentItemChanged.connect(lambda *_: self._mark())
        self.list.itemActivated.connect(lambda _: self._ask())

    def _button(self, words: str, act: object) -> QPushButton:
        made = QPushButton(words)
        set_look(made, "act")
        made.setToolTip("Correct the chosen entry; the old one stays readable")
        made.clicked.connect(act)
        return made

    def _arrange(self) -> None:
        size = current().size
        head = QHBoxLayout()
        head.addWidget(ElidedLabel("small", "Choose an entry to correct it"), 1)
        head.addWidget(self.correct_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(size(10), size(8), size(6), size(8))
        column.setSpacing(size(6))
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, current().size(80))

    def show_bed(self, bed: BedSnapshot) -> None:
        """The day's entries, alarms and the station's own among them."""
        entries = bed.care.entries if bed.care is not None else ()
        if (entries, bed.entries) == self._told:
            return
        self._told = (entries, bed.entries)
        lines = merged(self._day.lines(entries), bed)
        if lines == self._lines:
            return
        chosen = self._number()
        self._lines = lines
        self.list.clear()
        for line in lines:
            self.list.addItem(_item(line))
            if line.number is not None and line.number == chosen:
                self.list.setCurrentRow(self.list.count() - 1)
        self._mark()

    @property
    def words(self) -> tuple[str, ...]:
        """All that is written, the newest first."""
        return tuple(line.text for line in self._lines)

    def _number(self) -> int | None:
        item = self.list.currentItem()
        number = item.data(NUMBER) if item is not None else None
        return number if isinstance(number, int) else None

    def _mark(self) -> None:
        self.correct_button.setEnabled(self._number() is not None)

    def _ask(self) -> None:
        number = self._number()
        if number is not None:
            self.correct_asked.emit(number)


def _item(line: RecordLine) -> QListWidgetItem:
    item = QListWidgetItem(line.text)
    font = current().font(12)
    font.setStrikeOut(line.struck)
    item.setFont(font)
    item.setForeground(current().colour("dim" if line.number is None or line.struck else "text"))
    item.setData(NUMBER, None if line.struck else line.number)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
    return item

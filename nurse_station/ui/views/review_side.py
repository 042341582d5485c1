"""The lists beside a review: alarms, and the record to correct while its session runs. Corrects nothing."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nurse_station.station.past import PastSession
from nurse_station.ui.dialogs.alarm_list import NO_ALARMS
from nurse_station.ui.dialogs.alarm_model import AlarmListModel
from nurse_station.ui.dialogs.alarm_view import AlarmListView
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models.care_record import RecordLine
from nurse_station.ui.models.review import record_lines
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.theme import current

NUMBER = Qt.ItemDataRole.UserRole
AT = NUMBER + 1
RUNS = "The session runs: choose an entry of the day to correct it, with a reason."
OVER = "The session is over: its record is closed."
NOTHING_WRITTEN = "Nothing was entered in this session."


class PastAlarms(QWidget):
    """The session's alarms and acts; the same rows as the live list's.

    Signals:
        moment_chosen: The unix second of a row that was opened.
    """

    moment_chosen = Signal(float)

    def __init__(self, past: PastSession, units: Units = WARD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        model = AlarmListModel(units)
        self.list = AlarmListView(model)
        key, wall_of = past.summary.session, lambda at: datetime.fromtimestamp(at, UTC)
        while model.show_logs({key: past.alarms}, {key: ""}, past.until, wall_of):
            pass  # it takes a part at a time, as the live list must
        self.list.row_opened.connect(lambda row: self.moment_chosen.emit(row.at))
        column = QVBoxLayout(self)
        if not model.rowCount():
            column.addWidget(label_with_look("dim", NO_ALARMS))
        column.addWidget(self.list, 1)


class PastRecord(QWidget):
    """The day's entries, the newest first, corrections beneath what they correct.

    Signals:
        correct_asked: Number of an entry of the day.
        moment_chosen: The unix second of a line that was opened and cannot be corrected.
    """

    correct_asked = Signal(int)
    moment_chosen = Signal(float)

    def __init__(self, past: PastSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName("Record, newest first")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = record_lines(past)
        for line in lines:
            self.list.addItem(_item(line))
        self.correct_button: QPushButton = button("&Correct…", self.correct, "Correct the chosen entry")
        self._said = label_with_look("small", "")
        column = QVBoxLayout(self)
        if not lines:
            column.addWidget(label_with_look("dim", NOTHING_WRITTEN))
        column.addWidget(self.list, 1)
        column.addWidget(self._said)
        column.addWidget(self.correct_button)
        self.list.currentItemChanged.connect(lambda *_: self._mark())
        self.list.itemActivated.connect(lambda item: self.moment_chosen.emit(float(item.data(AT))))
        self.show_running(False)

    def show_running(self, running: bool) -> None:
        """Whether the session runs at a bed now: only then can it be corrected."""
        self._running = running
        self._said.setText(RUNS if running else OVER)
        self.correct_button.setVisible(running)
        self._mark()

    def _number(self) -> int | None:
        item = self.list.currentItem()
        number = item.data(NUMBER) if item is not None else None
        return number if isinstance(number, int) else None

    def _mark(self) -> None:
        self.correct_button.setEnabled(self._running and self._number() is not None)

    def correct(self) -> None:
        """Ask for the form of the chosen entry."""
        number = self._number()
        if self._running and number is not None:
            self.correct_asked.emit(number)


def _item(line: RecordLine) -> QListWidgetItem:
    item = QListWidgetItem(line.text)
    font = current().font(12)
    font.setStrikeOut(line.struck)
    item.setFont(font)
    item.setData(NUMBER, None if line.struck else line.number)
    item.setData(AT, line.wall.timestamp())
    item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
    return item

"""The list of sessions: search it, review one, compare two days of a course, print one. Changes nothing."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)

from nurse_station.alarms.words import Priority
from nurse_station.station.past import PastError, PastSummary
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look, toggle
from nurse_station.ui.errand import Errand
from nurse_station.ui.models.review import SessionRow, Sought, rows
from nurse_station.ui.models.words import count

SESSION = Qt.ItemDataRole.UserRole
MARKED = SESSION + 1
WISH_PX = 560
HERE = Qt.ShortcutContext.WidgetShortcut
READING, NONE_YET, NONE_MATCH = "Reading the record …", "No session is in the record yet.", "Nothing matches."
LEAST: tuple[tuple[str, Priority], ...] = (
    ("Any alarms or none", Priority.NONE), ("With a high alarm", Priority.HIGH),
    ("High or medium", Priority.MEDIUM), ("With any alarm", Priority.LOW),
)  # fmt: skip
TWO = "Mark two days of one patient's course (space bar) to compare them."
ANOTHER_COURSE = "These are not two days of one patient's course."


class SessionsDialog(SideDialog):
    """Reads the record in a thread of its own when it opens.

    Signals:
        review_asked: Name of a session.
        compare_asked: Names of two, the earlier first.
        print_asked: Name of a session.
    """

    review_asked = Signal(str)
    compare_asked = Signal(str, str)
    print_asked = Signal(str)
    reaches_down = True

    def __init__(self, view: StationView, parent: QWidget | None = None) -> None:
        super().__init__("Sessions of the record", parent)
        self._view = view
        self._sessions: tuple[PastSummary, ...] = ()
        self._rows: dict[str, SessionRow] = {}
        self.search = QLineEdit()
        self.alarms = QComboBox()
        self.patients = toggle("&Without simulations", "Only sessions of patients")
        self._count, self._said = label_with_look("small"), label_with_look("dim", READING)
        self._progress = QProgressBar()
        self.list = QListWidget()
        self.review_button = button("&Review", self.review, "Review the chosen session", primary=True)
        self.compare_button = button("&Compare", self.compare, "Compare the two marked days")
        self.mark_button = button("&Mark", self.mark, "Mark the chosen day to compare it")
        self.print_button = button("&Print…", self.print_it, "Print the chosen session")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search.setPlaceholderText("Name, number, date, bed, day 3 …")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search the sessions")
        self.alarms.setAccessibleName("Alarms in the session")
        for words, _ in LEAST:
            self.alarms.addItem(words)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(READING)
        self.list.setAccessibleName("Sessions, newest first")
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.current().size(3))
        self.list.setMinimumHeight(theme.current().size(240))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addItem(QSpacerItem(theme.current().size(WISH_PX), 0, QSizePolicy.Policy.Preferred))
        for part in (self.search, self.alarms, self.patients, self._count, self._progress, self._said):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(label_with_look("small", TWO))
        self.add_buttons(self.review_button, self.mark_button, self.compare_button)
        self.add_buttons(self.print_button, button("C&lose", self.reject))
        self.search.setFocus()

    def _connect(self) -> None:
        self.search.textChanged.connect(self.show_rows)
        self.alarms.currentIndexChanged.connect(self.show_rows)
        self.patients.toggled.connect(self.show_rows)
        self.list.currentItemChanged.connect(lambda *_: self._mark())
        QShortcut(QKeySequence(Qt.Key.Key_Space), self.list, self.mark, context=HERE)
        self.list.itemActivated.connect(lambda _: self.review())
        self.search.returnPressed.connect(self.list.setFocus)
        self._errand = Errand(self._view.past_sessions, (PastError,), self)
        self._errand.done.connect(self._take)
        self._errand.failed.connect(self._fail)
        self._mark()

    @Slot(object)
    def _take(self, sessions: tuple[PastSummary, ...]) -> None:
        running = frozenset(bed.session for bed in self._view.snapshot().beds if bed.session is not None)
        self._sessions = sessions
        self._rows = {row.session: row for row in rows(sessions, running)}
        self._progress.hide()
        self.show_rows()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._progress.hide()
        theme.set_look(self._said, "doubtful")
        self._said.setText(sentence)

    def sought(self) -> Sought:
        """What is searched for."""
        return Sought(text=self.search.text(), least=LEAST[self.alarms.currentIndex()][1],
                      patients_only=self.patients.isChecked())  # fmt: skip

    @Slot()
    def show_rows(self) -> None:
        """List what is searched for; what is marked stays marked."""
        if self._errand.running:
            return
        chosen, marked, sought = self.chosen, set(self.marked), self.sought()
        found = [each for each in self._sessions if sought.has(each, self._rows[each.session])]
        self.list.clear()
        for each in found:
            self.list.addItem(_item(self._rows[each.session], marked=each.session in marked))
        names = [each.session for each in found]
        if names:
            self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self._count.setText(f"{count(len(found))} of {count(len(self._sessions))}, newest first")
        self._said.setText("" if found else NONE_MATCH if self._sessions else NONE_YET)
        self._said.setVisible(not found)
        self._mark()

    @property
    def chosen(self) -> str:
        """The chosen session; empty: none."""
        item = self.list.currentItem()
        return str(item.data(SESSION)) if item is not None else ""

    @property
    def marked(self) -> tuple[str, ...]:
        """The sessions that are marked, the earliest first."""
        items = [self.list.item(number) for number in range(self.list.count())]
        ticked = [item for item in items if item.data(MARKED)]
        return tuple(str(item.data(SESSION)) for item in reversed(ticked))

    def mark(self) -> None:
        """Mark the chosen session, or no longer."""
        item = self.list.currentItem()
        if item is not None:
            _dress(item, self._rows[self.chosen], marked=not item.data(MARKED))
            self._mark()

    def _mark(self) -> None:
        marked = self.marked
        courses = {self._rows[name].course for name in marked}
        one = len(courses) == 1 and "" not in courses
        for each in (self.review_button, self.print_button, self.mark_button):
            each.setEnabled(bool(self.chosen))
        self.compare_button.setEnabled(len(marked) == 2 and one)
        self.compare_button.setToolTip(ANOTHER_COURSE if len(marked) == 2 and not one else TWO)

    def review(self) -> None:
        """Ask for the chosen session."""
        if self.chosen:
            self.review_asked.emit(self.chosen)

    def compare(self) -> None:
        """Ask for the two that are marked."""
        if self.compare_button.isEnabled():
            self.compare_asked.emit(*self.marked)

    def print_it(self) -> None:
        """Ask for the paper of the chosen session."""
        if self.chosen:
            self.print_asked.emit(self.chosen)


def _item(row: SessionRow, *, marked: bool) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(SESSION, row.session)
    _dress(item, row, marked=marked)
    return item


def _dress(item: QListWidgetItem, row: SessionRow, *, marked: bool) -> None:
    item.setText(f"{'✓ ' if marked else ''}{row.title}\n{row.facts}")
    item.setData(MARKED, marked)
    spoken = f"{row.spoken}{', marked' if marked else ''}"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

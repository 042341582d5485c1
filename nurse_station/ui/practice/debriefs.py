"""The kept debriefs, newest first: a page of the chooser, to open or delete one. It shows none itself."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nurse_station.classroom.view import ClassroomError, ClassroomView, KeptRun
from nurse_station.training.debrief import folded
from nurse_station.ui.bed_actions import agrees
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models import debriefs, practice
from nurse_station.ui.practice.debrief_tables import RowsTable
from nurse_station.ui.theme import current

HEADING = "Debriefs that are kept"
EXPLAINED = ("What came of the lessons on this computer. They stay until they are deleted here. Open one to "
             "read it again, to save it as PDF, or to practise on the same patient once more.")  # fmt: skip
LONGEST_LETTERS = 28
"""So wide is the choice of a trainee at least; a longer name is cut there, and whole in the table."""
HERE = Qt.ShortcutContext.WidgetShortcut


class DebriefsPage(QWidget):
    """Of all trainees, or of one.

    Signals:
        open_asked: A KeptRun, whose debrief is to be shown.
        left: Back to the scenarios.
    """

    open_asked = Signal(object)
    left = Signal()

    def __init__(self, classroom: ClassroomView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classroom = classroom
        self._all: Sequence[KeptRun] = ()
        self._runs: Sequence[KeptRun] = ()
        self.who = QComboBox()
        nothing = debriefs.listed(())
        self.table = RowsTable("Debriefs, newest first; Enter opens one", nothing, debriefs.SCENARIO)
        self._count, self._empty = label_with_look("dim"), label_with_look("heading")
        self._trouble = label_with_look("trouble")
        self.open_button = button("&Open", self.open, "Open the chosen debrief", primary=True)
        self.delete_button = button("&Delete…", self.delete, "Delete the chosen debrief")
        self.back_button = button("&Back", self.left.emit, "Back to the scenarios")
        self._build()
        self._connect()

    # How it stands

    def _build(self) -> None:
        size = current().size
        rows = QVBoxLayout(self)
        rows.setContentsMargins(size(20), size(14), size(20), size(16))
        rows.setSpacing(size(10))
        for part in (label_with_look("title", HEADING), label_with_look("dim", EXPLAINED), self._trouble):
            rows.addWidget(part)
        rows.addLayout(self._sieve())
        rows.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(self.table, 1)
        rows.addLayout(self._foot())

    def _sieve(self) -> QHBoxLayout:
        self.who.setAccessibleName("Whose debriefs")
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who.setMinimumContentsLength(LONGEST_LETTERS)
        label = QLabel("&Whose")
        label.setBuddy(self.who)
        row = QHBoxLayout()
        row.setSpacing(current().size(12))
        row.addWidget(label)
        row.addWidget(self.who)
        row.addWidget(self._count, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        row.addWidget(self.open_button)
        return row

    def _connect(self) -> None:
        self.who.currentIndexChanged.connect(lambda _: self._list())
        self.table.activated.connect(lambda _: self.open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self.delete, context=HERE)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)

    # What is shown

    @property
    def chosen(self) -> KeptRun | None:
        """The chosen run; None: there is none."""
        place = self.table.currentIndex().row()
        return self._runs[place] if 0 <= place < len(self._runs) else None

    @property
    def runs(self) -> Sequence[KeptRun]:
        """All that are kept, oldest first, as they were when it was last looked."""
        return self._all

    @property
    def words(self) -> str:
        """What is said instead of a list; empty: there is a list."""
        return self._empty.text()

    @property
    def trouble(self) -> str:
        """What is wrong, in words; empty: nothing is."""
        return self._trouble.text()

    def show_of(self, trainee: str) -> None:
        """List this trainee's debriefs; empty: everybody's."""
        self._fill(trainee)
        self._look()
        self.take_focus()

    def refresh(self) -> None:
        """Look anew; who is chosen, and which run, stay chosen where they can."""
        self._fill(str(self.who.currentData() or ""))
        self._look()
        self.take_focus()

    def take_focus(self) -> None:
        (self.table if self._runs else self.back_button).setFocus()

    def _fill(self, trainee: str) -> None:
        """Who can be chosen: whoever has practised, and whoever is named now."""
        names = list(self._classroom.trainees())
        known = [folded(name) for name in names]
        if trainee and folded(trainee) not in known:
            names.insert(0, trainee)
            known.insert(0, folded(trainee))
        with QSignalBlocker(self.who):
            self.who.clear()
            self.who.addItem(debriefs.EVERYBODY, "")
            for name in names:
                self.who.addItem(name, name)
            self.who.setCurrentIndex(known.index(folded(trainee)) + 1 if trainee else 0)

    def _look(self) -> None:
        self._all = tuple(self._classroom.runs())
        self.show_trouble("\n".join(self._classroom.unreadable()))
        self._list()

    def _list(self) -> None:
        """The runs of whoever is chosen."""
        chosen, place, trainee = self.chosen, self.table.currentIndex().row(), str(self.who.currentData())
        self._runs = debriefs.newest_first(self._all, trainee)
        self.table.show_rows(debriefs.listed(self._runs))
        self._choose("" if chosen is None else chosen.name, place)
        self._say_how_many(trainee)
        self._enable()

    def _choose(self, name: str, place: int) -> None:
        """The run that was chosen; where it is gone, the one that took its place."""
        names = [run.name for run in self._runs]
        if names:
            self.table.selectRow(names.index(name) if name in names else min(max(place, 0), len(names) - 1))

    def _say_how_many(self, trainee: str) -> None:
        nothing = debriefs.NOT_YET.format(trainee=trainee) if self._all else debriefs.NOBODY_YET
        self._empty.setText("" if self._runs else nothing)
        self._empty.setVisible(not self._runs)
        self.table.setVisible(bool(self._runs))
        self._count.setText(debriefs.kept_count(len(self._runs), len(self._all)) if self._all else "")

    def _enable(self) -> None:
        for each in (self.open_button, self.delete_button):
            each.setEnabled(self.chosen is not None)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    # What is asked

    def open(self) -> None:
        """Ask for the chosen debrief."""
        if self.chosen is not None:
            self.open_asked.emit(self.chosen)

    def delete(self) -> None:
        """Delete the chosen debrief, if whoever is asked agrees; what hinders it is said."""
        run = self.chosen
        title = practice.title(what="debriefs")
        if run is None or not agrees(self, title, debriefs.delete_question(run), "&Delete"):
            return
        trouble = ""
        try:
            self._classroom.forget(run.name)
        except ClassroomError as error:
            trouble = str(error)
        self.refresh()
        if trouble:
            self.show_trouble("\n".join(each for each in (trouble, self.trouble) if each))

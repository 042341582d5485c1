"""Which scenario, who practises, which patient: a window from which a lesson begins. Gives no solution away.

What a scenario is about stands behind "Instructor's notes"; a trainee sees who lies there, and with what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nurse_station.classroom.view import ClassroomView, KeptRun, LessonSnapshot
from nurse_station.training.scenario import Scenario
from nurse_station.ui import assets
from nurse_station.ui.dialogs.care_who import NAME_LENGTH
from nurse_station.ui.dialogs.side import button, label_with_look, toggle
from nurse_station.ui.models import practice, words
from nurse_station.ui.practice.band import PracticeBand
from nurse_station.ui.practice.debriefs import DebriefsPage
from nurse_station.ui.practice.preparing import PreparingPage
from nurse_station.ui.practice.told import ScenarioTold
from nurse_station.ui.theme import current, set_look

KEY = Qt.ItemDataRole.UserRole
LARGEST_SEED = 999_999
SIZE, SMALLEST = (1120, 760), (860, 560)
HEADING = "Choose a patient to practise on"
EXPLAINED = ("The patient answers to what you do, on the screens of every day. "
             "Everything is simulated, and kept apart from the patients' record.")  # fmt: skip
NAMELESS = "Say who practises: the debrief is kept under this name."
WRONG_SEED = f"The patient's number is a whole number from 1 to {LARGEST_SEED}."
NO_SCENARIOS = ("There is no scenario to practise. They come with the program in resources/scenarios: "
                "install it anew, or put one of your own into the clinic's folder.")  # fmt: skip
VOICE = "The patient's words are spoken too. In the lesson Ctrl+Shift+V turns it off and on."
ANOTHER = "Another person, another hour. The same number brings the same patient again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was chosen: a scenario's key, who practises, which patient, and what stands beside."""

    scenario: str
    trainee: str
    seed: int
    hints: bool = True
    instructor: bool = False
    speaks: bool = False


class ChooserWindow(QWidget):
    """Opens nothing itself.

    Signals:
        begin_asked: A Wanted.
        another_asked: Another seed is to be thrown.
        debrief_asked: A KeptRun, to be opened again.
        cancelled: The preparation is not waited for.
        closed: The window was closed.
    """

    begin_asked = Signal(object)
    another_asked = Signal()
    debrief_asked = Signal(object)
    cancelled = Signal()
    closed = Signal()

    def __init__(
        self, classroom: ClassroomView, monitors: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        """`monitors`: key of a monitor family -> its name as a nurse reads it."""
        super().__init__(parent)
        self._classroom = classroom
        self._scenarios: dict[str, Scenario] = {each.key: each for each in classroom.scenarios()}
        self._runs: Sequence[KeptRun] = ()
        self.list = QListWidget()
        self.who, self.seed = QComboBox(), QLineEdit("1")
        self.dice = button("&Another patient", lambda: self.another_asked.emit(), "Another patient")
        self.hints = toggle("&Hints", "A word of help where a trainee is stuck", on=True)
        self.instructor = toggle("Ins&tructor's window", "For whoever leads the lesson, on another screen")
        self.speaks = toggle("&Voice", VOICE)
        self.told = ScenarioTold(monitors)
        self.notes_button = self.told.notes_button
        self.start_button = button("&Start", self.start, "Start the lesson", primary=True)
        self.preparing, self.debriefs = PreparingPage(), DebriefsPage(classroom)
        self.debriefs_button = button("&Debriefs…", self.show_debriefs, "Debriefs that are kept")
        self._trouble, self._notice = label_with_look("trouble"), label_with_look("doubtful")
        self._build()
        self._connect()
        self.refresh()

    # How it stands

    def _build(self) -> None:
        self.setWindowTitle(practice.title())
        self.setWindowIcon(assets.icon("station"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "ground")
        self.setMinimumSize(*SMALLEST)
        self.resize(*(current().size(side) for side in SIZE))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._chooser())
        self._pages.addWidget(self.preparing)
        self._pages.addWidget(self.debriefs)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.band = PracticeBand()
        rows.addWidget(self.band)
        rows.addWidget(self._pages, 1)

    def _chooser(self) -> QWidget:
        size = current().size
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(size(20), size(14), size(20), size(16))
        rows.setSpacing(size(10))
        head = QHBoxLayout()
        head.addWidget(label_with_look("title", HEADING), 1)
        head.addWidget(self.debriefs_button)
        rows.addLayout(head)
        for part in (label_with_look("dim", EXPLAINED), self._notice, self._trouble):
            rows.addWidget(part)
        middle = QHBoxLayout()
        middle.setSpacing(size(16))
        self._fit_list()
        middle.addWidget(self.list, 5)
        middle.addWidget(self._right(), 4)
        rows.addLayout(middle, 1)
        self._notice.hide()
        self._trouble.hide()
        return page

    def _fit_list(self) -> None:
        self.list.setAccessibleName("Scenarios; Enter starts the chosen one")
        self.list.setWordWrap(True)
        self.list.setSpacing(current().size(3))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _right(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().size(8))
        column.addWidget(self.told, 1)
        for words_, part in (("&Who practises", self.who), ("&Patient number", self._seed_row())):
            label = QLabel(words_)
            label.setBuddy(part if part is self.who else self.seed)
            column.addWidget(label)
            column.addWidget(part)
        row = QHBoxLayout()
        for part in (self.hints, self.instructor, self.speaks):
            part.setMinimumWidth(0)  # as wide as its words: none of the three may be cut
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.start_button)
        return made

    def _seed_row(self) -> QWidget:
        self.who.setEditable(True)
        self.who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.who.setAccessibleName("Who practises")
        line = self.who.lineEdit()
        assert line is not None
        line.setMaxLength(NAME_LENGTH)
        line.setPlaceholderText("Your name or initials")
        line.setAccessibleName("Who practises")
        self.seed.setAccessibleName("Number of the patient")
        self.seed.setToolTip(ANOTHER)
        self.seed.setMaxLength(len(str(LARGEST_SEED)))
        self.seed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.dice.setToolTip(ANOTHER)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.seed, 1)
        row.addWidget(self.dice)
        return made

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.list.itemActivated.connect(lambda _: self.start())
        self.who.currentTextChanged.connect(lambda _: self._show_results())
        line = self.who.lineEdit()
        assert line is not None
        line.returnPressed.connect(self.start)
        self.seed.returnPressed.connect(self.start)
        for part in (self.hints, self.instructor, self.speaks, self.notes_button):
            part.toggled.connect(partial(_tick, part, part.text()))
            _tick(part, part.text(), on=part.isChecked())
        self.preparing.cancelled.connect(self.cancelled)
        self.debriefs.open_asked.connect(self.debrief_asked)
        self.debriefs.left.connect(self.show_chooser)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.start)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)

    # What is shown

    @property
    def chosen(self) -> Scenario | None:
        """The chosen scenario; None: there is none."""
        item = self.list.currentItem()
        return self._scenarios.get(str(item.data(KEY))) if item is not None else None

    @property
    def trainee(self) -> str:
        """Who practises; empty: nobody was named."""
        return " ".join(self.who.currentText().split())

    @property
    def trouble(self) -> str:
        """What is wrong, in words; empty: nothing is."""
        return self._trouble.text() if self._trouble.isVisibleTo(self) else ""

    @property
    def notice(self) -> str:
        """What holds for every lesson; empty: nothing in particular."""
        return self._notice.text()

    @property
    def words(self) -> tuple[str, ...]:
        """What is told of the chosen scenario."""
        return self.told.words

    def refresh(self) -> None:
        """Look anew at scenarios, names and kept runs; what is chosen stays chosen."""
        chosen = self.chosen
        self._runs = tuple(self._classroom.runs())
        self._scenarios = {each.key: each for each in self._classroom.scenarios()}
        self._fill_names()
        with QSignalBlocker(self.list):
            self.list.clear()
            for scenario in self._scenarios.values():
                item = QListWidgetItem()
                item.setData(KEY, scenario.key)
                self.list.addItem(item)
        stays = "" if chosen is None else chosen.key
        self.choose(stays if stays in self._scenarios else self._first_to_try())
        self._show_results()
        self._show_chosen()
        self._show_faults()
        self.list.setFocus()

    def _first_to_try(self) -> str:
        """A whole day stands first in the list: a new trainee shall not start it by mistake."""
        return practice.first_to_try(tuple(self._scenarios.values()), self._runs, self.trainee)

    def _fill_names(self) -> None:
        names, typed = self._classroom.trainees(), self.who.currentText()
        with QSignalBlocker(self.who):
            self.who.clear()
            self.who.addItems(list(names))
            self.who.setEditText(typed or next(iter(names), ""))

    def choose(self, key: str) -> None:
        """Choose a scenario; an unknown one changes nothing."""
        if key in self._scenarios:
            self.list.setCurrentRow(list(self._scenarios).index(key))

    def set_options(self, *, trainee: str = "", seed: int = 1, hints: bool = True,
                    instructor: bool = False, speaks: bool = False) -> None:  # fmt: skip
        """What was said on the command line, or thrown."""
        if trainee:
            self.who.setEditText(trainee)
            self.choose(self._first_to_try())
        self.show_seed(seed)
        self.hints.setChecked(hints)
        self.instructor.setChecked(instructor)
        self.speaks.setChecked(speaks)

    def show_seed(self, seed: int) -> None:
        """Which patient will lie there."""
        self.seed.setText(str(seed))

    def _show_results(self) -> None:
        """Each scenario with the last result of whoever is named now."""
        last = practice.last_runs(self._runs, self.trainee)
        for place, scenario in enumerate(self._scenarios.values()):
            facts = words.joined(practice.lasts(scenario), practice.person(scenario.patient))
            result = practice.result(last.get(scenario.key))
            item = self.list.item(place)
            item.setText("\n".join(part for part in (scenario.name, facts, result) if part))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.joined(scenario.name, facts, result))

    def _show_chosen(self) -> None:
        self.start_button.setEnabled(self.chosen is not None)
        self.told.show_scenario(self.chosen)

    def _show_faults(self) -> None:
        faults = list(self._classroom.faults())
        self.show_trouble("\n".join(faults if self._scenarios else [NO_SCENARIOS, *faults]))

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def show_notice(self, sentence: str) -> None:
        """Say what holds for every lesson now, e.g. that it is not heard; empty: nothing."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def show_voiceless(self, why: str) -> None:
        """Why the patient's words cannot be spoken, one sentence; empty: they can."""
        self.speaks.setEnabled(not why)
        self.speaks.setToolTip(why or VOICE)
        if why:
            self.speaks.setChecked(False)

    def show_chooser(self) -> None:
        """Back from the preparation or from a lesson."""
        self._pages.setCurrentIndex(0)
        self.refresh()

    def show_debriefs(self) -> None:
        """The kept debriefs of whoever is named now."""
        if self._pages.currentIndex() == 0:
            self._pages.setCurrentWidget(self.debriefs)
            self.debriefs.show_of(self.trainee)

    def show_preparing(self, shown: LessonSnapshot) -> None:
        """How far the preparation of a lesson is."""
        self.preparing.show_lesson(shown)
        if self._pages.currentIndex() != 1:
            self._pages.setCurrentIndex(1)
            self.preparing.take_focus()

    # What is asked

    def start(self) -> None:
        """Ask for the lesson; what is missing is said, and the keyboard goes there."""
        scenario, typed = self.chosen, self.seed.text().strip()
        if scenario is None or self._pages.currentIndex() != 0:
            return
        if not self.trainee:
            self.show_trouble(NAMELESS)
            self.who.setFocus()
        elif not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= LARGEST_SEED):
            self.show_trouble(WRONG_SEED)
            self.seed.setFocus()
        else:
            self.show_trouble("")
            self.begin_asked.emit(self.wanted(scenario.key, self.trainee, int(typed)))

    def wanted(self, scenario: str, trainee: str, seed: int) -> Wanted:
        """That patient for that trainee, with what is chosen beside."""
        return Wanted(scenario=scenario, trainee=trainee, seed=seed, hints=self.hints.isChecked(),
                      instructor=self.instructor.isChecked(), speaks=self.speaks.isChecked())  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts from what is chosen beside as well; Space switches it."""
        beside = (self.hints, self.instructor, self.speaks)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() in beside:
            self.start()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()


def _tick(part: QPushButton, said: str, on: bool) -> None:  # noqa: FBT001 - a slot of a signal
    """What is on has a tick as well: a filled button alone would tell it by colour."""
    part.setText(f"✓ {said}" if on else said)

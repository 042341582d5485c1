"""The second of two taps, in place: a choice of reasons, or a line to write. Enters nothing by itself."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nurse_station.sessions.deeds import Deed
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.care_when import WhenField
from nurse_station.ui.widgets.labels import WordsLabel

Deeds = tuple[Deed, ...]
Reading = Callable[[str], Deeds | str]
"""What was written -> what it enters, or the sentence why it cannot be."""
Judging = Callable[[Deeds, float | None], str]
"""What would be entered, and when it was done -> the sentence why it cannot be; empty: it can."""
COLUMNS = 2
AROUND = 36
"""Edges of the question and the gap between two choices."""
BOLD = 1.1
"""So much wider are the words of what has the focus."""
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
GO_TO_ONE = "Go to one with the arrow keys"
OR_WRITE = f"{GO_TO_ONE}, or write it below"
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class CareQuestion(QFrame):
    """Stands where it was asked, until it is answered, cancelled with Esc, or the patient is another.

    Signals:
        answered: The deeds that were chosen or written, a tuple, and when it was done; None: now.
        closed: It is gone, answered or not.
    """

    answered = Signal(object, object)
    closed = Signal()

    def __init__(self, judged: Judging, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "question")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._reading: Reading | None = None
        self._judged = judged
        self._took: Callable[[str], str] | None = None
        self._care: CareSnapshot | None = None
        self.when = WhenField()
        self.asked = ""
        self._title = WordsLabel("heading")
        self._title.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout()
        self.field = QLineEdit()
        self.field.setMaxLength(200)
        self.field.returnPressed.connect(self.write)
        self._trouble = WordsLabel("doubtful")
        self._trouble.setWordWrap(True)
        self.when.changed.connect(self._retimed)
        self.when.field.returnPressed.connect(self._timed)
        self.confirm = self._button("Enter", self.write)
        self._cancel = self._button("Cancel  Esc", self.close_question)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        size = current().size
        column = QVBoxLayout(self)
        column.setContentsMargins(size(10), size(8), size(10), size(8))
        column.setSpacing(size(6))
        self._grid.setSpacing(size(6))
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.field, 1)
        foot.addWidget(self.confirm)
        foot.addWidget(self._cancel)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self._trouble)
        column.addLayout(foot)
        column.addWidget(self.when)

    def ask(
        self, asked: str, title: str, choices: Sequence[tuple[str, Deed]], reading: Reading | None = None,
        hint: str = "", *, chosen: bool = True,
    ) -> None:  # fmt: skip
        """Ask; `reading` makes a deed of what is written, without it only a choice is offered.

        `chosen`: whether Enter takes the first choice; where not, one has to be gone to first.
        """
        self.asked, self._reading, self._took = asked, reading, None
        self._title.show_words(title)
        self._clear()
        self.buttons += [self._button(words, partial(self._answer, (deed,))) for words, deed in choices]
        self._place_buttons()
        for part in (self.field, self.confirm):
            part.setVisible(reading is not None)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint or title)
        self.field.setToolTip(hint)
        self._say("")
        self.when.forget()
        self.when.show()
        self.setAccessibleName(title)
        self.when.show_care(self._care)
        self.show()
        first = self if not chosen else self.buttons[0] if self.buttons else self.field
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_why(self, asked: str, title: str, hint: str, took: Callable[[str], str]) -> None:
        """Ask for a reason; `took` takes it, and says why it cannot: empty, it did."""
        self.ask(asked, title, (), lambda _text: (), hint)
        self._took = took
        self.when.hide()

    def _place_buttons(self) -> None:
        """Two in a row where both have room, else one over the whole width: no choice is cut."""
        around = self.parentWidget()
        half = 0.0 if around is None else (around.width() - current().size(AROUND)) / COLUMNS
        row = column = 0
        for button in self.buttons:
            button.ensurePolished()
            wide = button.sizeHint().width() * BOLD > half
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(button, row, column, 1, COLUMNS if wide else 1)
            column = 0 if wide else (column + 1) % COLUMNS
            row += column == 0

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(words)
        set_look(made, "act")
        made.setAutoDefault(True)  # so that Enter presses what has the focus
        made.setToolTip(words)
        made.clicked.connect(lambda: act())
        return made

    def _clear(self) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()
        self.field.clear()

    def _say(self, words: str) -> None:
        self._trouble.show_words(words)
        self._trouble.setVisible(bool(words))
        set_look(self.field, "wrong" if words else "")

    def write(self) -> None:
        """Take what is written; what it cannot be is refused beside the field."""
        if self._took is not None:
            self._give(self._took)
            return
        if self._reading is None:
            return
        read = self._reading(self.field.text())
        at = self.when.read(self._care)
        if isinstance(read, str):
            self._say(read)
        elif not isinstance(at, str):
            self._enter(read, at, self._judged(read, at))

    def _give(self, took: Callable[[str], str]) -> None:
        """Close first, so that what follows may ask anew."""
        refused = took(" ".join(self.field.text().split()))
        if refused:
            self._say(refused)
        else:
            self.close_question()

    def _answer(self, chosen: Deeds) -> None:
        """What was tapped for now goes at once; the rules are asked first where another time is meant."""
        if not self.when.written:
            self._enter(chosen, None)
            return
        at = self.when.read(self._care)
        if not isinstance(at, str):
            self._enter(chosen, at, self._judged(chosen, at))

    def _enter(self, done: Deeds, at: float | None, refused: str = "") -> None:
        if refused:
            self._say(refused)
            return
        self.close_question()
        self.answered.emit(done, at)

    def _timed(self) -> None:
        """Enter behind the time: what is written goes with it, else a choice follows."""
        if self.buttons and not self.field.text().strip():
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.write()

    def _retimed(self) -> None:
        self.when.refuse("")
        self.when.show_care(self._care)

    def show_care(self, care: CareSnapshot | None) -> None:
        """The day as it is now, by which a time is read."""
        self._care = care
        if not self.isHidden():
            self.when.show_care(care)

    def close_question(self) -> None:
        """Nothing is asked any more."""
        if self.isHidden():
            return
        self.asked = ""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels; arrows walk through the choices."""
        here = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
        elif here is not None and event.key() in STEPS:
            step = STEPS[Qt.Key(event.key())]
            self.buttons[(here + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.hasFocus() and self.buttons and event.key() in STEPS:
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.hasFocus() and event.key() in ENTERS:
            self._say(f"Nothing is chosen yet. {GO_TO_ONE if self._reading is None else OR_WRITE}.")
        else:
            super().keyPressEvent(event)

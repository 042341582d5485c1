"""What needs a number at the bed: the pump's little face, a drug with its dose, a bolus. Asks; does nothing.

An empty or impossible number is refused in words beside the field; how much is right, the trainee must know.
A dose that the order does not have is asked about once, and then given: a mistake can be made here.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nurse_station.classroom.view import PumpShown
from nurse_station.simulator.drugs import DRUGS
from nurse_station.training.actions import Action, ActionError, parse
from nurse_station.training.events import NUMBERS
from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.models import practice
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import WordsLabel

MOST_ML_H = NUMBERS["ml_h"][1]
NO_NUMBER = "Write a number above 0."
TOO_FAST = f"This pump goes to {MOST_ML_H:g} mL/h."
NO_DRUG = "Choose a drug of the list."
GIVE_IT, LEAVE_IT = "Give it all the same", "Leave it  Esc"


def number_in(text: str) -> float | None:
    """What was written, with a point or a comma; None: no number above 0."""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None


class Form(QFrame):
    """A small form of the palette.

    Signals:
        asked: An Action that is to be done.
    """

    asked = Signal(object)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words)
        set_look(self, "prompt")
        size = current().size
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(size(8), size(6), size(6), size(6))
        self.column.setSpacing(size(4))
        self.field = QLineEdit()
        self.field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field.returnPressed.connect(self.do)
        self.button = QPushButton()
        set_look(self.button, "act")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(lambda: self.do())
        self._trouble = label_with_look("doubtful")
        self._trouble.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._trouble.hide()

    def add_row(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(current().size(6))
        for part in parts:
            row.addWidget(part, 1 if part is self.field else 0)
        self.column.addLayout(row)

    @property
    def trouble(self) -> str:
        """Why it was not asked for; empty: nothing is wrong."""
        return self._trouble.text() if self._trouble.isVisibleTo(self) else ""

    def show_trouble(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        set_look(self.field, "wrong" if sentence else "")

    def text_of(self, number: float) -> str:
        """The action's text. Raises ActionError: it is none."""
        raise ActionError(f"{number:g}")

    def do(self) -> None:
        """Ask for it; what cannot be is refused beside the field."""
        number = number_in(self.field.text())
        if number is None:
            self.show_trouble(NO_NUMBER)
            self.field.setFocus()
            return
        try:
            action: Action = parse(self.text_of(number))
        except ActionError as error:
            self.show_trouble(str(error))
            return
        self.show_trouble("")
        self.settle(action)

    def settle(self, action: Action) -> None:
        """It can be done: ask for it."""
        self.asked.emit(action)
        self.done()

    def done(self) -> None:
        """It was asked for: the same again must be written again."""
        self.field.clear()

    def take_focus(self) -> None:
        """To where the first thing is missing."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()


class Doubt(QFrame):
    """Asks once whether it is meant. Enter at once, and Esc, leave it: to give it takes a way to the button.

    Signals:
        agreed: The Action that was asked about.
        left: It is left.
    """

    agreed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about: Action | None = None
        self._sentence = label_with_look("doubtful")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.no, self.yes = self._button(LEAVE_IT, self.leave), self._button(GIVE_IT, self._agree)
        set_look(self.yes, "act_last")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().size(4))
        for part in (self._sentence, self.no, self.yes):
            column.addWidget(part)
        self.hide()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(words)
        made.setAccessibleName(words.removesuffix("  Esc"))
        set_look(made, "act")
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setAutoDefault(True)
        made.clicked.connect(lambda: act())
        return made

    @property
    def sentence(self) -> str:
        """What is asked; empty: nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def ask(self, sentence: str, about: Action) -> None:
        self._about = about
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.hide()
        self.left.emit()

    def _agree(self) -> None:
        self.hide()
        if self._about is not None:
            self.agreed.emit(self._about)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


class PumpFace(Form):
    """What the pump shows, its field, and set or start. It stops by the button that says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The pump", parent)
        self.face = WordsLabel("rate")
        self._ran = 0.0
        self.field.setAccessibleName("Rate of the pump, mL/h")
        self.column.addWidget(self.face)
        self.add_row(self.field, WordsLabel("small", "mL/h"), self.button)
        self.column.addWidget(self._trouble)

    def show_pump(self, pump: PumpShown) -> None:
        """The pump as it is now; what it ran at stands in the field of a pump that was stopped."""
        self.face.show_words(practice.pump(pump))
        if pump.runs:
            self._ran = pump.ml_h
        words = "Set" if pump.runs else "Start"
        if words != self.button.text():
            self.button.setText(words)
            self.button.setAccessibleName(f"{words} the pump")
        self.field.setPlaceholderText(f"{self._ran:.1f}" if self._ran else "rate")

    def text_of(self, number: float) -> str:
        if number > MOST_ML_H:
            raise ActionError(TOO_FAST)
        return f"set_pump {number:.1f}"


class BolusForm(Form):
    """Ketamine at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Give a bolus of ketamine", parent)
        self.field.setAccessibleName("Bolus of ketamine, mg")
        self.button.setText("Give")
        self.button.setAccessibleName("Give the bolus")
        self.column.addWidget(WordsLabel("", "Bolus of ketamine"))
        self.add_row(self.field, WordsLabel("small", "mg"), self.button)
        self.column.addWidget(self._trouble)

    def text_of(self, number: float) -> str:
        return f"bolus {number:g}"


class GiveForm(Form):
    """A drug and its dose; the order stands above, as on the sheet at the bed, and of the drug beside it."""

    def __init__(self, order: str, ordered: Mapping[str, float], parent: QWidget | None = None) -> None:
        """`order` as the sheet has it; `ordered`: drug -> highest dose of the order."""
        super().__init__("Give a drug", parent)
        self._ordered = ordered
        self.drug = QComboBox()
        self.drug.setEditable(True)
        self.drug.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.drug.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.drug.setAccessibleName("Drug")
        self._unit = WordsLabel("small")
        self._fill(tuple(DRUGS))
        self.field.setAccessibleName("Dose")
        self.button.setText("Give")
        self.button.setAccessibleName("Give the drug")
        asked = label_with_look("small", order)
        asked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._of_drug = WordsLabel("proposal")
        self._of_drug.hide()
        for part in (WordsLabel("", "Give a drug"), asked, self.drug, self._of_drug):
            self.column.addWidget(part)
        self.add_row(self.field, self._unit, self.button)
        self.column.addWidget(self._trouble)
        self.doubt = Doubt()
        self.doubt.agreed.connect(super().settle)
        self.doubt.left.connect(self.take_focus)
        self.field.textChanged.connect(lambda _: self.doubt.hide())
        self.column.addWidget(self.doubt)

    def settle(self, action: Action) -> None:
        question = practice.beyond(action.drug, action.number or 0.0, self._ordered)
        if question:
            self.doubt.ask(question, action)
        else:
            super().settle(action)

    def _fill(self, drugs: Sequence[str]) -> None:
        for key in drugs:
            self.drug.addItem(DRUGS[key].name, key)
        self.drug.setCurrentIndex(-1)
        self.drug.currentTextChanged.connect(lambda _: self._show_unit())
        line = self.drug.lineEdit()
        assert line is not None
        line.setPlaceholderText("Drug")
        line.setAccessibleName("Drug")
        line.returnPressed.connect(lambda: self.field.setFocus(Qt.FocusReason.OtherFocusReason))

    @property
    def chosen(self) -> str:
        """Key of the drug that is named; empty: none."""
        place = self.drug.findText(self.drug.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return str(self.drug.itemData(place)) if place >= 0 else ""

    def choose(self, drug: str) -> None:
        """Name a drug; what was written for another is no dose of it."""
        place = self.drug.findData(drug)
        if place >= 0 and drug != self.chosen:
            self.drug.setCurrentIndex(place)
            self.field.clear()

    def _show_unit(self) -> None:
        self.doubt.hide()
        self._unit.show_words(DRUGS[self.chosen].unit if self.chosen else "")
        self._of_drug.setVisible(bool(self.chosen))
        if self.chosen:
            self._of_drug.show_words(practice.ordered_of(self.chosen, self._ordered))

    def text_of(self, number: float) -> str:
        if not self.chosen:
            raise ActionError(NO_DRUG)
        return f"give {self.chosen} {number:g}"

    def done(self) -> None:
        super().done()
        self.drug.setCurrentIndex(-1)
        self.drug.clearEditText()

    def take_focus(self) -> None:
        if self.chosen:
            super().take_focus()
        else:
            self.drug.setFocus(Qt.FocusReason.ShortcutFocusReason)

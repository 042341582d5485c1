"""A form for what is not on the timeline. What cannot be is refused beside its field, and nothing is sent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nurse_station.classroom.view import LetHappen, PatientSays
from nurse_station.ui.models import instructor_deeds as deeds
from nurse_station.ui.models.instructor_deeds import LONGEST_SAYING, NOTHING_SAID, NumberField
from nurse_station.ui.practice.instructor_parts import push, scrolling, wrapped
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import WordsLabel

MOST_FIELDS = 2
FIELD_PX = 60


class NumberCell(QWidget):
    """Words, a field, its range; beneath it why it is refused. Takes the place of another number."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.range = WordsLabel("dim"), wrapped("small")
        self.field = QLineEdit()
        self.field.setMaxLength(12)
        self.field.setMinimumWidth(current().size(FIELD_PX))
        self.beside = wrapped("doubtful")
        self._row: NumberField | None = None
        row = QHBoxLayout()
        row.addWidget(self.name)
        row.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().size(2))
        column.addLayout(row)
        column.addWidget(self.range)
        column.addWidget(self.beside)
        column.addStretch(1)

    def show_row(self, row: NumberField | None) -> None:
        """Another number is asked for; None: none."""
        if row == self._row and row is not None:
            return
        self._row = row
        self.field.clear()
        self.refuse("")
        self.setVisible(row is not None)
        if row is not None:
            self.name.show_words(row.words)
            self.range.show_words(row.range)
            self.field.setAccessibleName(f"{row.words}, {row.range}")
            self.field.setPlaceholderText("" if row.usual is None or row.needed else f"{row.usual:g}")

    @property
    def key(self) -> str:
        """Of the number that is asked for; empty: none."""
        return self._row.key if self._row is not None else ""

    def refuse(self, why: str) -> None:
        self.beside.show_words(why)
        self.beside.setVisible(bool(why))
        set_look(self.field, "wrong" if why else "")


class HappenForm(QWidget):
    """What, of what, how much, for how long.

    Signals:
        wished: LetHappen.
    """

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.what = self._choice("What happens"), self._choice("Of what")
        for key, words in deeds.kinds():
            self.kind.addItem(words, key)
        self.send = push("Let it happen", self.submit, "Now, besides the timeline", "act_first")
        self.trouble = wrapped("doubtful")
        self.trouble.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, current().size(6), current().size(6), 0)
        column.setSpacing(current().size(6))
        choices, cells = QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self.kind, 1)
        choices.addWidget(self.what, 1)
        self.numbers = [NumberCell() for _ in range(MOST_FIELDS)]
        for cell in self.numbers:
            cells.addWidget(cell, 1)
        column.addLayout(choices)
        column.addLayout(cells)
        foot = QHBoxLayout()
        foot.addWidget(self.trouble, 1)
        foot.addStretch(1)
        foot.addWidget(self.send)
        column.addLayout(foot)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside, "Let something happen"))
        self._connect()

    def _choice(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setMinimumContentsLength(12)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return made

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _: self._show_kind())
        self.what.currentIndexChanged.connect(lambda _: self._show_numbers())
        for line in self.numbers:
            line.field.returnPressed.connect(self.submit)
            line.field.textEdited.connect(lambda _: self._forgive())
        self._show_kind()

    def _show_kind(self) -> None:
        self.what.blockSignals(True)  # noqa: FBT003
        self.what.clear()
        known = deeds.whats(str(self.kind.currentData()))
        for key, words in known:
            self.what.addItem(words, key)
        self.what.setVisible(bool(known))
        self.what.blockSignals(False)  # noqa: FBT003
        self._show_numbers()

    def _show_numbers(self) -> None:
        rows = deeds.fields(str(self.kind.currentData()), self._what)
        for place, line in enumerate(self.numbers):
            line.show_row(rows[place] if place < len(rows) else None)
        self._forgive()

    @property
    def _what(self) -> str:
        data = self.what.currentData()
        return str(data) if data is not None else ""

    def _forgive(self) -> None:
        """What is typed anew was not refused yet."""
        for line in self.numbers:
            line.refuse("")
        self.trouble.hide()

    def submit(self) -> None:
        """Let it happen; or say beside the fields why it cannot."""
        typed = {line.key: line.field.text() for line in self.numbers if line.key}
        read = deeds.read(str(self.kind.currentData()), self._what, typed)
        for line in self.numbers:
            line.refuse(read.wrong.get(line.key, "") if line.key else "")
        self.trouble.show_words(read.wrong.get("", ""))
        self.trouble.setVisible("" in read.wrong)
        if read.deed is None:
            self._go_to_wrong()
            return
        for line in self.numbers:
            line.field.clear()
        self.wished.emit(LetHappen(deed=read.deed))

    def _go_to_wrong(self) -> None:
        wrong = next((line for line in self.numbers if line.beside.text()), None)
        if wrong is not None:
            wrong.field.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.field.selectAll()


class SayLine(QWidget):
    """The instructor speaks as the patient.

    Signals:
        wished: PatientSays.
    """

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_SAYING)
        self.field.setPlaceholderText("Words of the patient, or of anybody at the bedside")
        self.field.setAccessibleName("The patient says")
        self.field.returnPressed.connect(self.submit)
        self.field.textEdited.connect(lambda _: self._refuse(""))
        self.send = push("Say", self.submit, "The trainee reads and hears it")
        self.beside = WordsLabel("doubtful")
        self.beside.hide()
        row = QHBoxLayout()
        row.addWidget(WordsLabel("dim", "Patient says"))
        row.addWidget(self.field, 1)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().size(2))
        column.addLayout(row)
        column.addWidget(self.beside)

    def _refuse(self, why: str) -> None:
        self.beside.show_words(why)
        self.beside.setVisible(bool(why))
        set_look(self.field, "wrong" if why else "")

    def submit(self) -> None:
        """Say it; nothing is not said."""
        text = " ".join(self.field.text().split())
        self._refuse("" if text else NOTHING_SAID)
        if text:
            self.field.clear()
            self.wished.emit(PatientSays(text=text))

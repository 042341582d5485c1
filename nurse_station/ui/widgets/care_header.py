"""Whose bed this is: two identifiers, the day, its steps, and the question who sits here. Binds nobody."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nurse_station.sessions.day import Reached
from nurse_station.sessions.deeds import PatientBound
from nurse_station.sessions.states import ENDED
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.bed_actions import OPENERS
from nurse_station.ui.models import words
from nurse_station.ui.models.care import StepShown, day_words, identifiers, steps
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

NOBODY = "Nobody is known to sit here: values are recorded without a name."
LOOKS = {Reached.NOW: "step_now", Reached.DONE: "step_done"}
WIDE_PX = 1120
TIGHT_PX = 640
"""Narrower than this the date of birth stands on the line below the name."""


class StepsRow(QWidget):
    """The steps of the day; where it is narrow, the present one and how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[WordsLabel] = []
        self._steps: tuple[StepShown, ...] = ()
        self._short = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().size(4))

    def show_steps(self, shown: tuple[StepShown, ...], *, short: bool) -> None:
        if (shown, short) == (self._steps, self._short):
            return
        self._steps, self._short = shown, short
        while len(self._labels) < len(shown):
            self._labels.append(WordsLabel("step"))
            self._row.addWidget(self._labels[-1])
        for place, label in enumerate(self._labels):
            step = shown[place] if place < len(shown) else None
            now = step is not None and step.reached is Reached.NOW
            label.setVisible(step is not None and (now or not short))
            if step is not None:
                label.show_words(f"{step.words} {place + 1}/{len(shown)}" if short else step.words)
                set_look(label, LOOKS.get(step.reached, "step"))
        self.setToolTip("\n".join(step.words for step in shown))
        self.setAccessibleName(", ".join(f"{step.words} {step.reached.value}" for step in shown))


class PatientStrip(QWidget):
    """The patient of the shown bed. `name` and `born` stand where the header puts them.

    Signals:
        care_asked: Key of the bed, "deeds", and the deed that confirms the same patient again.
        asked: "patient" or "end", and nothing.
    """

    care_asked = Signal(str, str, object)
    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bed: BedSnapshot | None = None
        self.name, self.born = ElidedLabel("heading", keep=60), WordsLabel("heading")
        self._day = ElidedLabel("dim")
        self._steps = StepsRow()
        self.find_button = self._button("Confirm the patient…", lambda: self.asked.emit("patient", ""))
        self.correct_button = self._button("Correct…", lambda: self.asked.emit("patient", ""))
        self.correct_button.setToolTip("Correct the patient's data: weight, name, date of birth")
        self.correct_button.setAccessibleName("Correct the patient's data")
        set_look(self.correct_button, "act")
        self.banner = QFrame()
        self._born_again = WordsLabel("heading")
        self._doubt, self._who = ElidedLabel("proposal", keep=80), ElidedLabel("heading", keep=80)
        self.confirm = self._button("Yes, it is", self.confirm_again)
        self.another = self._button("Another patient…", lambda: self.asked.emit("end", ""))
        self._arrange()

    def _button(self, said: str, act: object) -> QPushButton:
        made = QPushButton(said)
        made.setAutoDefault(True)
        made.setToolTip(said.rstrip("…"))
        made.clicked.connect(act)
        return made

    def _arrange(self) -> None:
        size = current().size
        set_look(self.banner, "prompt")
        inside = QVBoxLayout(self.banner)
        inside.setContentsMargins(size(8), size(6), size(8), size(6))
        asked, known = QHBoxLayout(), QHBoxLayout()
        asked.addWidget(self._doubt, 1)
        known.addWidget(self._who)
        known.addWidget(self._born_again)
        known.addStretch(1)
        for button in (self.confirm, self.another):
            set_look(button, "act")
            known.addWidget(button)
        inside.addLayout(asked)
        inside.addLayout(known)
        row = QHBoxLayout()
        row.setSpacing(size(10))
        row.addWidget(self._day)
        row.addWidget(self.correct_button)
        row.addWidget(self.find_button)
        row.addStretch(1)
        row.addWidget(self._steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(4))
        column.addLayout(row)
        column.addWidget(self.banner)
        for part in (self.find_button, self.correct_button, self.banner, self._steps):
            part.hide()  # until a bed says that it is needed

    def show_bed(self, bed: BedSnapshot) -> None:
        self._bed = bed
        care = bed.care
        patient = care.summary.patient if care is not None else None
        self.find_button.setVisible(patient is None and "patient" in OPENERS)
        self._steps.setVisible(care is not None)
        known = care is not None and patient is not None and care.session.state not in ENDED
        self.correct_button.setVisible(known and "patient" in OPENERS)
        if care is None or patient is None:
            self.name.show_words("")
            self.born.show_words("")
            self._day.show_words(NOBODY)
            self.banner.hide()
            return
        name, *others = identifiers(patient)
        whose = words.joined(name, *others)
        tight = self.width() < current().size(TIGHT_PX)
        self.name.show_words(name)
        self.born.show_words(others[0])
        self.born.setVisible(not tight)
        self._day.show_words(words.joined(*others[0 if tight else 1 :], day_words(care.summary)))
        self._steps.show_steps(steps(care.summary), short=self.width() < current().size(WIDE_PX))
        self._doubt.show_words(f"{care.unconfirmed} Ask for name and date of birth.")
        self._who.show_words(f"Is this {name},")
        self._born_again.show_words(f"{others[0]}?")
        self.confirm.setAccessibleName(f"Yes, it is {whose}")
        self.banner.setVisible(bool(care.unconfirmed))

    def confirm_again(self) -> None:
        """The same patient sits here: both identifiers stand beside the button."""
        care = self._bed.care if self._bed is not None else None
        if self._bed is not None and care is not None and care.summary.patient is not None:
            done = (PatientBound(patient=care.summary.patient),)
            self.care_asked.emit(self._bed.bed, "deeds", done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._bed is not None:
            self.show_bed(self._bed)

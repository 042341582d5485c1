"""Limits from a patient's values at rest: proposed, shown, confirmed by a person. Sends nothing."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from nurse_station.alarms.baseline import Proposal
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Limits
from nurse_station.alarms.words import Phase
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models.limit_rows import (
    BASELINE,
    BaselineAnswer,
    from_baseline,
    parsed,
    resting,
    written,
)
from nurse_station.ui.models.limit_words import limit_name
from nurse_station.vitals.parameters import PARAMETERS

EXPLAINED = "Values of this patient at rest, before the infusion. Correct them where they are not."
INFUSING = "The infusion runs: the values of now are not those at rest. Write them in yourself."
FIELD_PX = 70


class BaselinePart(QWidget):
    """Fields for the values, what they would change, one button to confirm it.

    Signals:
        confirmed: The values (parameter -> value) whose proposals were shown.
    """

    confirmed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.fields = {key: self._field(key) for key in BASELINE}
        self._limits: Limits | None = None
        self._bed: BedSnapshot | None = None
        self._filled: set[str] = set()
        self._explained = label_with_look("small", EXPLAINED)
        self._proposed, self._refused = label_with_look(""), label_with_look("doubtful")
        self._take = button("Ta&ke the values of now", self.take_current)
        self._confirm = button("Con&firm these limits", self._agree)
        self._arrange()

    def _field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(f"{PARAMETERS[key].label} at rest, {PARAMETERS[key].unit_shown}")
        field.setToolTip("At rest, before the infusion; empty: it moves no limit")
        field.setFixedWidth(theme.current().size(FIELD_PX))
        field.textChanged.connect(self._propose)
        field.textEdited.connect(lambda _: self._filled.add(key))
        return field

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label_with_look("heading", "From baseline"), 0, 0, 1, 4)
        grid.addWidget(self._explained, 1, 0, 1, 4)
        for line, (key, field) in enumerate(self.fields.items(), 2):
            name = label_with_look("", PARAMETERS[key].label)
            name.setBuddy(field)
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
            grid.addWidget(label_with_look("dim", PARAMETERS[key].unit_shown), line, 2)
        grid.addWidget(self._take, 2, 3)
        grid.addWidget(self._confirm, 3, 3)
        last = 2 + len(self.fields)
        grid.addWidget(self._proposed, last, 0, 1, 4)
        grid.addWidget(self._refused, last + 1, 0, 1, 4)
        grid.setColumnStretch(3, 1)

    def show_bed(self, bed: BedSnapshot) -> None:
        """The bed as it is now. Its values are taken once, and never while the infusion runs."""
        self._bed = bed
        changed = bed.alarms.limits is not self._limits
        self._limits = bed.alarms.limits
        infusing = bed.alarms.phase is not Phase.IDLE
        self._explained.setText(INFUSING if infusing else EXPLAINED)
        theme.set_look(self._explained, "doubtful" if infusing else "small")
        if not infusing:
            self._fill(resting(bed).keys() - self._filled)
        if changed:
            self._propose()

    def forget(self) -> None:
        """Another patient."""
        self._filled.clear()
        for field in self.fields.values():
            field.clear()

    @Slot()
    def take_current(self) -> None:
        """Fill in the values of now; one that is not measured now is left as it is."""
        self._fill(self.fields.keys())

    def _fill(self, keys: Iterable[str]) -> None:
        values = resting(self._bed) if self._bed is not None else {}
        for key in keys:
            if key in values:
                self._filled.add(key)
                self.fields[key].setText(written(round(values[key])))

    def baseline(self) -> Mapping[str, float | None]:
        """What is written; None: no number. What is left empty is not in it."""
        return {key: parsed(field.text()) for key, field in self.fields.items() if field.text().strip()}

    @Slot()
    def _propose(self) -> None:
        if self._limits is None:
            return
        typed = self.baseline()
        found = from_baseline(self._limits, typed)
        for key, field in self.fields.items():
            theme.set_look(field, "wrong" if key in found.refused else "")
        told = [f"{PARAMETERS[key].label}: {sentence}" for key, sentence in found.refused.items()]
        self._refused.setText(" ".join([*told, found.trouble]).strip())
        self._refused.setVisible(bool(self._refused.text()))
        self._proposed.setText(_words(self._limits, found, typed))
        self._confirm.setEnabled(bool(found.proposals) and not found.trouble)

    @Slot()
    def _agree(self) -> None:
        if self._limits is None:
            return
        values = {key: value for key, value in self.baseline().items() if value is not None}
        if from_baseline(self._limits, self.baseline()).proposals:
            self.confirmed.emit(values)


def _words(limits: Limits, found: BaselineAnswer, typed: Mapping[str, float | None]) -> str:
    if found.refused or not typed:
        return ""
    if not found.proposals:
        return "The clinic's limits fit these values: nothing to change."
    return "\n".join(_line(limits, each) for each in found.proposals)


def _line(limits: Limits, each: Proposal) -> str:
    """`Heart rate low, MEDIUM: 50 → 44 /min`; the old number is the one that counts now."""
    now = limits.effective[each.key]
    done = " (set already)" if now == each.new else ""
    clinic = f" (clinic {written(each.old)})" if now != each.old else ""
    moved = f"{written(now)} → {written(each.new)} {LIMIT_ROWS[each.key].unit}"
    return f"{limit_name(each.key)}: {moved}{clinic}{done}"

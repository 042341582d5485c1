"""Correct one entry of the day: other words or numbers of its kind, or that it never was. Loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from nurse_station.assessments.scales import SCALES
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide_correction
from nurse_station.sessions.deeds import Deed, Entry, StopReason
from nurse_station.sessions.findings import Finding, Level
from nurse_station.sessions.session import fold_before
from nurse_station.sessions.words import sentence
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look, toggle
from nurse_station.ui.models.care_names import prescribers
from nurse_station.ui.models.limit_rows import parsed
from nurse_station.vitals.parameters import PARAMETERS

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

WORDED = (deeds.Held, deeds.Paused, deeds.Noted, deeds.Intervened, deeds.Stopped, deeds.Scored,
          deeds.Measured, deeds.Started, deeds.RateSet, deeds.Resumed)  # fmt: skip
"""Kinds whose fields are corrected here; any other is withdrawn and entered anew in its own form."""
NAMES: Mapping[str, str] = MappingProxyType({
    "why": "Why", "text": "Text", "what": "What", "note": "Note", "reason": "Reason", "score": "Score",
    "mg_kg_h": "Meant, mg/kg/h", "pump_ml_h": "The pump showed, mL/h",
})  # fmt: skip
GONE = "This entry is no longer there, or another patient's day began. Close this panel."
ONLY_WITHDRAWN = "This kind of entry is withdrawn here, and entered anew where it was made."


class CorrectDialog(SideDialog):
    """The entry, its fields, and a reason without which nothing is corrected."""

    def __init__(
        self, view: StationView, desk: CareDesk, bed: str, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Correct entry {number}", parent)
        self._view, self._desk, self._bed, self._number = view, desk, bed, number
        care = self._care()
        self._entry = next((each for each in care.entries if each.number == number), None) if care else None
        self._inputs: dict[str, QLineEdit | QComboBox] = {}
        self.withdraw = toggle("It &never happened", "Withdraw the entry; it stays readable, struck through")
        self.why = QLineEdit()
        self._findings = label_with_look("doubtful")
        self.findings = FindingRows()
        self.agree_button = button("&Correct", self.agree, primary=True)
        self._build(care)
        self.withdraw.toggled.connect(self.judge)
        self.why.textChanged.connect(self.judge)
        self.findings.changed.connect(self.judge)
        self.judge()

    def _build(self, care: CareSnapshot | None) -> None:
        if care is not None and self._entry is not None:
            before = fold_before(care.entries, self._number)
            self.body.addWidget(label_with_look("", sentence(self._entry.deed, before)))
            self._add_fields(self._entry)
        self.body.addWidget(self.withdraw)
        self.why.setPlaceholderText("Reason for the correction")
        self.why.setAccessibleName("Reason for the correction")
        self.why.setToolTip("Recorded with the correction")
        self.body.addWidget(self.why)
        self.body.addWidget(self._findings)
        self.body.addWidget(self.findings)
        self.body.addStretch(1)
        self.add_buttons(self.agree_button, button("C&lose", self.reject))
        first = next(iter(self._inputs.values()), self.why)
        first.setFocus()

    def _add_fields(self, entry: Entry) -> None:
        grid = QGridLayout()
        for key, value in _parts(entry.deed).items():
            name, made = QLabel(_name(key)), _input(entry.deed, key, value)
            name.setBuddy(made)
            made.setAccessibleName(_name(key))
            signal = made.currentIndexChanged if isinstance(made, QComboBox) else made.textChanged
            signal.connect(lambda *_: self.judge())
            self._inputs[key] = made
            grid.addWidget(name, len(self._inputs), 0)
            grid.addWidget(made, len(self._inputs), 1)
        self.body.addLayout(grid)
        if not self._inputs:
            self.body.addWidget(label_with_look("dim", ONLY_WITHDRAWN))
            self.withdraw.setChecked(True)

    def _care(self) -> CareSnapshot | None:
        beds = self._view.snapshot().beds
        return next((bed.care for bed in beds if bed.bed == self._bed), None)

    def deed(self) -> Deed | None:
        """What it is to be instead; None: a number is no number, or nothing is changed."""
        if self.withdraw.isChecked():
            return deeds.Withdrawn()
        if self._entry is None:
            return None
        values = {key: _value(made) for key, made in self._inputs.items()}
        made = _with(self._entry.deed, values)
        return None if made == self._entry.deed else made

    @Slot()
    def judge(self) -> None:
        """Say beside the fields what stands against it."""
        for made in self._inputs.values():
            made.setEnabled(not self.withdraw.isChecked())
        care, deed = self._care(), self.deed()
        same = care is not None and self._entry is not None and self._entry in care.entries
        said, allowed = "" if same else GONE, False
        blocks: list[Finding] = []
        if same and care is not None and deed is not None:
            self.findings.offer(prescribers(care.session, self._desk.who), self._desk.who)
            decision = decide_correction(
                care.entries, self._number, deed, self.why.text(), care.seen, care.protocol,
                self.findings.overrides, who=self._desk.who,
            )  # fmt: skip
            blocks = [each for each in decision.findings if each.level is Level.BLOCK]
            said = "\n".join(each.whole for each in decision.findings if each.level is Level.REFUSE)
            allowed = decision.allowed
        self.findings.show_findings(blocks)
        self._findings.setText(said)
        self._findings.setVisible(bool(said))
        self.agree_button.setEnabled(deed is not None and allowed)

    @Slot()
    def agree(self) -> None:
        """Send the correction, if nothing stands against it now."""
        self.judge()
        deed = self.deed()
        if self.agree_button.isEnabled() and deed is not None:
            self._desk.correct(
                self._bed, self._number, deed, self.why.text().strip(), self.findings.overrides
            )
            self.accept()


def _name(key: str) -> str:
    row = PARAMETERS.get(key)
    return NAMES.get(key, f"{row.label}, {row.unit_shown}" if row is not None else key)


def _parts(deed: Deed) -> Mapping[str, Any]:
    """The fields that can be corrected, with their values."""
    if not isinstance(deed, WORDED):
        return {}
    if isinstance(deed, deeds.Measured):
        return dict(deed.values)
    return {field.name: getattr(deed, field.name) for field in fields(deed) if field.name in NAMES}


def _input(deed: Deed, key: str, value: object) -> QLineEdit | QComboBox:
    if isinstance(deed, deeds.Scored) and key == "score":
        levels = SCALES[deed.scale].levels
        return _choice([(f"{level.score}  {level.words}", level.score) for level in levels], value)
    if isinstance(value, StopReason):
        return _choice([(reason.value, reason) for reason in StopReason], value)
    made = QLineEdit(f"{value:g}" if isinstance(value, float) else str(value))
    made.setProperty("number", isinstance(value, float))
    return made


def _choice(rows: list[tuple[str, Any]], value: object) -> QComboBox:
    made = QComboBox()
    made.setMinimumWidth(theme.current().size(160))
    for words, data in rows:
        made.addItem(words, data)
    made.setCurrentIndex(next((at for at, row in enumerate(rows) if row[1] == value), 0))
    return made


def _value(made: QLineEdit | QComboBox) -> object:
    if isinstance(made, QComboBox):
        return made.currentData()
    return parsed(made.text()) if made.property("number") else made.text()


def _with(deed: Deed, values: Mapping[str, Any]) -> Deed | None:
    """The deed with other values; None: a number is missing."""
    if any(value is None for value in values.values()):
        return None
    if isinstance(deed, deeds.Measured):
        return replace(deed, values=MappingProxyType(dict(values)))
    if "reason" in values:
        values = {**values, "reason": StopReason(values["reason"])}
    return replace(deed, **values)

"""What the rules say to a rate, each with the fields to let it pass by name. Decides nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nurse_station.sessions.deeds import Override
from nurse_station.sessions.findings import Finding
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import label_with_look

BY, WHY = "Prescriber who lets it pass", "Reason"
PASSED, STOPPED = "✓ let pass", "▲ stops"


class FindingRow(QFrame):
    """One sentence, and who lets it pass and why."""

    changed = Signal()

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = finding.key
        self.sentence = label_with_look("doubtful")
        self.by, self.why = QLineEdit(), QLineEdit()
        theme.set_look(self, "panel")
        column = QVBoxLayout(self)
        edge = theme.current().size(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.sentence)
        fields = QHBoxLayout()
        for field, words in ((self.by, BY), (self.why, WHY)):
            field.setPlaceholderText(words)
            field.setToolTip(f"{words}; printed with the entry")
            field.textChanged.connect(self.changed)
            fields.addWidget(field, 1)
        column.addLayout(fields)
        self.show_finding(finding)

    def show_finding(self, finding: Finding) -> None:
        """The sentence as it is now, and whether it still stops."""
        passed = self.override is not None
        said = f"{PASSED if passed else STOPPED}: {finding.whole}"
        if self.sentence.text() != said:
            self.sentence.setText(said)
            self.sentence.setAccessibleName(said)
        theme.set_look(self.sentence, "good" if passed else "doubtful")
        self.by.setAccessibleName(f"{BY}: {finding.sentence}")
        self.why.setAccessibleName(f"{WHY}: {finding.sentence}")

    @property
    def override(self) -> Override | None:
        """None: not both a name and a reason yet."""
        by, why = self.by.text().strip(), self.why.text().strip()
        return Override(rule=self.key, by=by, why=why) if by and why else None


class FindingRows(QWidget):
    """All that stops. A row that is still needed keeps what was typed into it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FindingRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What is let pass, with name and reason."""
        return tuple(row.override for row in self.rows.values() if row.override is not None)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these and no others."""
        wanted = {finding.key: finding for finding in findings}
        for key in [key for key in self.rows if key not in wanted]:
            row = self.rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for key, finding in wanted.items():
            if key not in self.rows:
                self.rows[key] = FindingRow(finding)
                self.rows[key].changed.connect(self.changed)
                self._column.addWidget(self.rows[key])
            self.rows[key].show_finding(finding)

    def forget(self) -> None:
        """Other numbers are typed: nobody has let those pass."""
        for row in self.rows.values():
            for field in (row.by, row.why):
                field.blockSignals(True)
                field.clear()
                field.blockSignals(False)

"""What the rules say to a rate, each with the fields to let it pass by name. Decides nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nurse_station.sessions.deeds import Override
from nurse_station.sessions.findings import Finding
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models.care_names import refusal

BY, WHY = "Prescriber who lets it pass", "Reason"
PASSED, STOPPED = "✓ let pass", "▲ stops"
EXPLAINED = "A licensed prescriber may let it pass, by name and with a reason. Both are printed."
MOST_OFFERED = 3


class NameField(QLineEdit):
    """Free text; the down key writes the names that are offered, one after the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()

    def offer(self, names: Sequence[str]) -> None:
        """These are written by the down key, and completed while they are typed."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        completer = QCompleter(list(names), self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setPlaceholderText(f"{BY} (↓ {names[0]})" if names else BY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._names:
            here = self._names.index(self.text()) + 1 if self.text() in self._names else 0
            self.setText(self._names[here % len(self._names)])
        else:
            super().keyPressEvent(event)


class FindingRow(QFrame):
    """One sentence, and who lets it pass and why."""

    changed = Signal()

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = finding.key
        self._finding, self._who = finding, ""
        self.sentence, self._own = label_with_look("doubtful"), label_with_look("doubtful")
        self.by, self.why = NameField(), QLineEdit()
        self._offered = [self._offer_button() for _ in range(MOST_OFFERED)]
        theme.set_look(self, "panel")
        column = QVBoxLayout(self)
        edge = theme.current().size(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.sentence)
        fields, names = QHBoxLayout(), QHBoxLayout()
        for field, words in ((self.by, BY), (self.why, WHY)):
            field.setPlaceholderText(words)
            field.setToolTip(f"{words}; printed with the entry")
            field.textChanged.connect(self.changed)
            fields.addWidget(field, 1)
        for each in self._offered:
            names.addWidget(each)
        names.addStretch(1)
        column.addLayout(fields)
        column.addLayout(names)
        column.addWidget(self._own)
        self._own.hide()
        self.show_finding(finding)

    def _offer_button(self) -> QPushButton:
        made = button("", lambda: self.by.setText(made.text()))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has the down key in the field
        theme.set_look(made, "score")
        made.hide()
        return made

    def offer(self, names: Sequence[str], who: str) -> None:
        """Names to choose from; `who` enters, and can let nothing pass."""
        self._who = who
        self.by.offer(names[:MOST_OFFERED])
        for place, made in enumerate(self._offered):
            name = names[place] if place < len(names) else ""
            made.setText(name)
            made.setAccessibleName(f"{BY}: {name}")
            made.setToolTip(f"{name} lets it pass; the reason is still to be written")
            made.setVisible(bool(name) and self.by.text() != name)
        self.show_finding(self._finding)

    def show_finding(self, finding: Finding) -> None:
        """The sentence as it is now, and whether it still stops."""
        self._finding = finding
        passed = self.override is not None
        said = f"{PASSED if passed else STOPPED}: {finding.whole}"
        if self.sentence.text() != said:
            self.sentence.setText(said)
            self.sentence.setAccessibleName(said)
        own = refusal(self.by.text(), self._who)
        self._own.setText(own)
        self._own.setVisible(bool(own))
        theme.set_look(self.by, "wrong" if own else "")
        theme.set_look(self.sentence, "good" if passed else "doubtful")
        self.by.setAccessibleName(f"{BY}: {finding.sentence}")
        self.why.setAccessibleName(f"{WHY}: {finding.sentence}")

    def focus_open(self) -> None:
        """Go to what is still to be written."""
        named = self.by.text().strip() and not refusal(self.by.text(), self._who)
        (self.why if named else self.by).setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.reveal)  # it has a place only after the next layout

    def reveal(self) -> None:
        """Scroll to it."""
        place = self.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is not None:
            place.ensureWidgetVisible(self, 0, theme.current().size(8))

    @property
    def override(self) -> Override | None:
        """None: not both a name and a reason yet, or the name of who enters."""
        by, why = self.by.text().strip(), self.why.text().strip()
        if not by or not why or refusal(by, self._who):
            return None
        return Override(rule=self.key, by=by, why=why)


class FindingRows(QWidget):
    """All that stops. A row that is still needed keeps what was typed into it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FindingRow] = {}
        self._names: tuple[str, ...] = ()
        self._who = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._explained = label_with_look("small", EXPLAINED)
        self._explained.hide()
        self._column.addWidget(self._explained)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What is let pass, with name and reason."""
        return tuple(row.override for row in self.rows.values() if row.override is not None)

    def offer(self, names: Sequence[str], who: str) -> None:
        """Prescribers that may be asked, and who enters and can let nothing pass."""
        self._names, self._who = tuple(names), who
        for row in self.rows.values():
            row.offer(self._names, who)

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
                self.rows[key].offer(self._names, self._who)
                self.rows[key].changed.connect(self.changed)
                self._column.addWidget(self.rows[key])
            self.rows[key].show_finding(finding)
        self._explained.setVisible(bool(wanted))

    def focus_open(self) -> bool:
        """Go to the first thing that is still to be let pass; False: there is none."""
        row = next((row for row in self.rows.values() if row.override is None), None)
        if row is not None:
            row.focus_open()
        return row is not None

    def fill(self, by: str, why: str) -> None:
        """Write a name and a reason into every row that has none."""
        for row in self.rows.values():
            if row.override is None:
                row.by.setText(by)
                row.why.setText(why)
                QTimer.singleShot(0, row, row.reveal)

    def forget(self) -> None:
        """Other numbers are typed: nobody has let those pass."""
        for row in self.rows.values():
            for field in (row.by, row.why):
                field.blockSignals(True)
                field.clear()
                field.blockSignals(False)

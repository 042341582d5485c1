"""What the rules say to a rate, worst first, each line let pass by itself by name. Decides nothing.

One name and one reason stand for all lines; what they let pass is pressed line by line.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
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

from nurse_station.infusion.signatures import wrong_name, wrong_reason
from nurse_station.sessions.deeds import Override
from nurse_station.sessions.findings import Finding
from nurse_station.sessions.rules_rank import worst_first
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models.care_names import refusal

BY, WHY = "Prescriber who lets it pass", "Reason, for all lines"
STOPPED, PASSED = "▲", "✓"
LET_PASS, TAKE_BACK = "Let pass", "Stop again"
EXPLAINED = "A licensed prescriber may let each line pass, by name and with a reason. All is printed."
MOST_OFFERED = 3


class NameField(QLineEdit):
    """Free text; the down key writes the names that are offered, one after the other.

    Signals:
        left: Escape or Shift+Tab: back to the numbers.
    """

    left = Signal()

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

    def event(self, event: QEvent) -> bool:
        """Shift+Tab never arrives as a key that is pressed."""
        back = Qt.Key.Key_Backtab, Qt.Key.Key_Escape
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in back:
            self.left.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._names:
            here = self._names.index(self.text()) + 1 if self.text() in self._names else 0
            self.setText(self._names[here % len(self._names)])
        else:
            super().keyPressEvent(event)


class LetPass(QPushButton):
    """Pressed by Enter and Space, once by each press: a key that is held down lets one line pass."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class Signature(QFrame):
    """Who lets pass, and why: once for all lines.

    Signals:
        changed: Another name or reason is written.
        left: Back to the numbers.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = ""
        self.by, self.why = NameField(), NameField()
        self.own = label_with_look("doubtful")
        self._pressed = False
        self._offered = [self._offer_button() for _ in range(MOST_OFFERED)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        fields, names = QHBoxLayout(), QHBoxLayout()
        for field, words in ((self.by, BY), (self.why, WHY)):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.setToolTip(f"{words}; printed with the entry")
            field.textChanged.connect(self._retyped)
            fields.addWidget(field, 1)
        self.by.left.connect(self.left)
        self.why.left.connect(lambda: self.by.setFocus(Qt.FocusReason.BacktabFocusReason))
        self.by.setObjectName("let_pass_by")
        self.why.setObjectName("let_pass_why")
        for place, each in enumerate(self._offered, start=1):
            each.setObjectName(f"let_pass_name_{place}")
            names.addWidget(each)
        names.addStretch(1)
        for part in (fields, names):
            column.addLayout(part)
        column.addWidget(self.own)
        self.own.hide()

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
        self._say()

    @Slot()
    def _retyped(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """What is wrong with what is written; nothing is said of what is empty."""
        name = self._wrong_name if self.by.text().strip() else ""
        # A reason is written letter by letter: it is spoken of once it is left, or Enter was pressed in it.
        told = self._pressed or not self.why.hasFocus()
        reason = wrong_reason(self.why.text()) if self.why.text().strip() and told else ""
        said = " ".join(filter(None, (name, reason)))
        if self.own.text() != said:
            self.own.setText(said)
        self.own.setVisible(bool(said))
        theme.set_look(self.by, "wrong" if name else "")
        theme.set_look(self.why, "wrong" if reason else "")

    @property
    def _wrong_name(self) -> str:
        return refusal(self.by.text(), self._who) or wrong_name(self.by.text())

    @property
    def signed(self) -> bool:
        """Whether both are such as may let something pass."""
        return not self._wrong_name and not wrong_reason(self.why.text())

    def focus_open(self) -> None:
        """Go to what is still to be written; with an answer to what was written."""
        field = self.by if self._wrong_name else self.why
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pressed = field is self.why and bool(field.text().strip())
        self._say()

    def forget(self) -> None:
        """Nobody has said anything yet."""
        self._pressed = False
        for field in (self.by, self.why):
            field.blockSignals(True)
            field.clear()
            field.blockSignals(False)
        self._say()


class FindingRow(QFrame):
    """One sentence, and the button that lets it pass.

    Signals:
        pressed: Its key: let it pass, or no longer.
    """

    pressed = Signal(str)

    def __init__(self, finding: Finding, signature: Signature, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.by, self.why = finding.key, signature.by, signature.why
        self.sentence = label_with_look("doubtful")
        self.tick = LetPass(LET_PASS)
        self.tick.setObjectName(f"let_pass_{finding.key}")
        self.tick.setAutoDefault(False)
        self.tick.setMinimumWidth(theme.current().size(112))
        self.tick.clicked.connect(lambda: self.pressed.emit(self.key))
        theme.set_look(self, "panel")
        line = QHBoxLayout(self)
        edge = theme.current().size(8)
        line.setContentsMargins(edge, edge // 2, edge, edge // 2)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        self.show_finding(finding, "")

    def show_finding(self, finding: Finding, by: str) -> None:
        """The sentence as it is now; `by`: who lets it pass; empty: it stops."""
        whole = finding.sentence if "by name" in finding.clears else finding.whole  # the head says it
        said = f"{PASSED} {by} lets it pass: {finding.sentence}" if by else f"{STOPPED} {whole}"
        if self.sentence.text() == said:
            return
        self.sentence.setText(said)
        self.sentence.setAccessibleName(said)
        theme.set_look(self.sentence, "good" if by else "doubtful")
        self.tick.setText(TAKE_BACK if by else LET_PASS)
        self.tick.setAccessibleName(f"{TAKE_BACK if by else LET_PASS}: {finding.sentence}")
        self.tick.setToolTip("Enter or Space: this line alone, by the name and for the reason above")

    def focus_open(self) -> None:
        """Go to its button."""
        self.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.reveal)  # it has a place only after the next layout

    def reveal(self) -> None:
        """Scroll to it."""
        _reveal(self)


class FindingRows(QWidget):
    """All that stops, the worst first. A line that was let pass stays so while it is still needed.

    Signals:
        changed: Something else is let pass.
        left: Back to the numbers.
        all_passed: The last line was let pass by its button.

    Attributes:
        kept: Keys that stay let pass though their line is gone for the moment.
    """

    changed = Signal()
    left = Signal()
    all_passed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FindingRow] = {}
        self.kept: frozenset[str] = frozenset()
        self._passed: set[str] = set()
        self._findings: tuple[Finding, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().size(5))
        self._explained = label_with_look("small", EXPLAINED)
        self.signature = Signature()
        for part in (self._explained, self.signature):
            self._column.addWidget(part)
            part.hide()
        self.signature.changed.connect(self._resigned)
        self.signature.left.connect(self.left)
        self._signer = ""

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What is let pass, with name and reason."""
        if not self.signature.signed:
            return ()
        by, why = self.signature.by.text().strip(), self.signature.why.text().strip()
        keys = [*self.rows, *(self.kept - self.rows.keys())]
        return tuple(Override(rule=key, by=by, why=why) for key in keys if key in self._passed)

    def offer(self, names: Sequence[str], who: str) -> None:
        """Prescribers that may be asked, and who enters and can let nothing pass."""
        self.signature.offer(names, who)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these and no others."""
        self._findings = worst_first(findings)
        wanted = {finding.key: finding for finding in self._findings}
        for key in [key for key in self.rows if key not in wanted]:
            self._remove(key)
        for key, finding in wanted.items():
            if key not in self.rows:
                self.rows[key] = FindingRow(finding, self.signature)
                self.rows[key].pressed.connect(self._press)
        if list(self.rows) != list(wanted) or self._column.count() != len(wanted) + 2:
            self.rows = {key: self.rows[key] for key in wanted}
            for place, row in enumerate(self.rows.values(), start=2):
                self._column.insertWidget(place, row)
            self._tab_order()
        self._show_passed()
        for part in (self._explained, self.signature):
            part.setVisible(bool(wanted))

    def _tab_order(self) -> None:
        chain = [self.signature.by, self.signature.why, *(row.tick for row in self.rows.values())]
        for one, other in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(one, other)

    def _remove(self, key: str) -> None:
        row = self.rows.pop(key)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        if key not in self.kept:
            self._passed.discard(key)

    def _show_passed(self) -> None:
        passed = {override.rule: override.by for override in self.overrides}
        for finding in self._findings:
            self.rows[finding.key].show_finding(finding, passed.get(finding.key, ""))

    @Slot()
    def _resigned(self) -> None:
        """Another name has let nothing pass yet; where one line stops, name and reason are enough."""
        if self.signature.by.text().strip() != self._signer:
            self._passed.clear()
            self._signer = self.signature.by.text().strip()
        if len(self.rows) == 1 and self.signature.signed:
            self._passed.update(self.rows)
        self._show_passed()
        self.changed.emit()

    @Slot(str)
    def _press(self, key: str) -> None:
        """Let one line pass, or take it back; without a name and a reason go there."""
        if not self.signature.signed:
            self.signature.focus_open()
            return
        passing = key not in self._passed
        (self._passed.add if passing else self._passed.discard)(key)
        self._show_passed()
        self.changed.emit()
        if passing and not self.focus_open():
            self.all_passed.emit()

    def focus_open(self) -> bool:
        """Go to the first thing that is still to be let pass; False: there is none."""
        row = next((row for key, row in self.rows.items() if key not in self._passed), None)
        if row is None and (self.signature.signed or not self.rows):
            return False
        if not self.signature.signed or row is None:
            self.signature.focus_open()
            QTimer.singleShot(0, self, lambda: _reveal(self.signature))
        else:
            row.focus_open()
        return True

    def fill(self, by: str, why: str) -> None:
        """Write a name and a reason, and let every line pass."""
        self.signature.by.setText(by)
        self.signature.why.setText(why)
        self._passed.update(self.rows)
        self._show_passed()
        self.changed.emit()
        QTimer.singleShot(0, self, lambda: _reveal(self.signature))

    def forget(self, keep: Collection[str] = ()) -> None:
        """Other numbers are typed: nobody has let those pass. `keep`: keys that were let pass for these."""
        self._passed &= set(keep)
        if not self._passed:
            self.signature.forget()
            self._signer = ""
        self._show_passed()


def _reveal(part: QWidget) -> None:
    """Scroll to it."""
    place = part.parentWidget()
    while place is not None and not isinstance(place, QScrollArea):
        place = place.parentWidget()
    if place is not None:
        place.ensureWidgetVisible(part, 0, theme.current().size(8))

"""Another bag: volume, strength and lot read off it, judged while they are typed. Fills nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from nurse_station.infusion.order import Bag
from nurse_station.sessions.decide import Decision, decide
from nurse_station.sessions.deeds import BagChanged
from nurse_station.sessions.findings import Level
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.bridge import STOPPED_AFTER_S
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.models.care import identifiers
from nurse_station.ui.models.care_names import prescribers
from nurse_station.ui.models.limit_rows import parsed
from nurse_station.ui.widgets.care_when import WhenField

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

LOOK_MS = 250
FIELDS = (("ml", "&Volume", "mL"), ("mg_ml", "&Strength", "mg/mL"), ("lot", "&Lot", "from the label"))
NOT_HERE = "This patient's day is not shown by the station now: nothing can be entered here."
READ_IT = "Read all three off the new bag."


class BagDialog(SideDialog):
    """For the patient it was opened for and no other; what is typed stays when an alarm interrupts."""

    reaches_down = True

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"New bag · {bed.name}", parent)
        assert bed.care is not None
        self.bed, self._session, self._patient = bed.bed, bed.session, bed.care.session.patient
        self._view, self._desk = view, desk
        self.fields = {key: QLineEdit() for key, _, _ in FIELDS}
        self._told = label_with_look("doubtful")
        self.at: float | None = None
        self.findings, self.when = FindingRows(), WhenField("Changed at")
        self.record = button("&Record the new bag", self.enter, primary=True)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def _build(self) -> None:
        who = self._patient
        self.body.addWidget(
            label_with_look("heading", " · ".join(identifiers(who)) if who is not None else "")
        )
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        for line, (key, words, unit) in enumerate(FIELDS):
            field, name = self.fields[key], QLabel(words)
            name.setBuddy(field)
            field.setAccessibleName(f"{words.replace('&', '')}, {unit}")
            field.setToolTip(READ_IT)
            field.setMaxLength(40)
            field.setFixedWidth(theme.current().size(160))
            field.textChanged.connect(self._retyped)
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
            grid.addWidget(label_with_look("dim", unit), line, 2)
        self.findings.changed.connect(self.look)
        self.when.changed.connect(self._retyped)
        self.body.addLayout(grid)
        self.body.addWidget(self.when)
        self.body.addWidget(self._told)
        self.body.addWidget(self.findings)
        self.body.addStretch(1)
        self.record.setMinimumWidth(theme.current().size(200))
        self.add_buttons(self.record, button("C&lose", self.reject))
        self.fields["ml"].setFocus()

    def deed(self) -> BagChanged | None:
        """The bag that is typed; None: something is missing."""
        ml, mg_ml = parsed(self.fields["ml"].text()), parsed(self.fields["mg_ml"].text())
        lot = self.fields["lot"].text().strip()
        return (
            None
            if ml is None or mg_ml is None or not lot
            else BagChanged(bag=Bag(ml=ml, mg_ml=mg_ml, lot=lot))
        )

    def _care(self) -> CareSnapshot | None:
        room = self._view.snapshot()
        if self._view.clock.now() - room.at > STOPPED_AFTER_S:
            return None
        bed = next((each for each in room.beds if each.bed == self.bed), None)
        care = bed.care if bed is not None and bed.session == self._session else None
        return care if care is not None and care.session.patient == self._patient else None

    @Slot()
    def _retyped(self) -> None:
        self.findings.forget()
        self.look()

    @Slot()
    def look(self) -> None:
        """Judge what is typed against this moment."""
        care, deed = self._care(), self.deed()
        self.when.show_care(care)
        at = self.when.read(care) if self.when.written else None
        self.at = None if isinstance(at, str) else at
        decision = None if isinstance(at, str) else self._decided(care, deed)
        found = decision.findings if decision is not None else ()
        told = [each.whole for each in found if each.level is not Level.BLOCK]
        if care is None:
            told = [NOT_HERE]
        elif care.unconfirmed:
            told = [f"{care.unconfirmed} Confirm the patient first.", *told]
        elif deed is None:
            told = [READ_IT]
        self._told.setText("\n".join(told))
        self._told.setVisible(bool(told))
        if care is not None:
            self.findings.offer(prescribers(care.session, self._desk.who), self._desk.who)
        self.findings.show_findings([each for each in found if each.level is Level.BLOCK])
        sure = care is not None and not care.unconfirmed
        self.record.setEnabled(sure and decision is not None and decision.allowed)

    def _decided(self, care: CareSnapshot | None, deed: BagChanged | None) -> Decision | None:
        if care is None or deed is None:
            return None
        overrides = self.findings.overrides
        return decide(care.session, deed, care.seen, care.protocol, overrides, who=self._desk.who, at=self.at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records, or goes to what it waits for."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or isinstance(self.focusWidget(), QPushButton):
            super().keyPressEvent(event)
            return
        self.enter()
        empty = [field for field in self.fields.values() if not field.text().strip()]
        if empty:
            empty[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.isVisible():
            self.findings.focus_open()

    @Slot()
    def enter(self) -> None:
        """Send it, if it is allowed this very moment."""
        self.look()
        deed = self.deed()
        if self.record.isEnabled() and deed is not None:
            self._desk.send(self.bed, deed, overrides=self.findings.overrides, at=self.at)
            self.accept()

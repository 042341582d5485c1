"""What the pump shows: start, change and resume, judged while it is typed. Keeps what is typed.

The pump's number is typed by the nurse and never filled in: it is compared with what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QSpacerItem, QWidget

from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import texts, theme
from nurse_station.ui.bridge import STOPPED_AFTER_S
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.models import words
from nurse_station.ui.models.care import identifiers
from nurse_station.ui.models.care_names import prescribers
from nurse_station.ui.models.care_rate import FIELDS, TITLES, TYPE_IT, RateMode, RateShown, prefilled, rate
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.vitals_line import vitals_line
from nurse_station.ui.widgets.care_when import WhenField
from nurse_station.ui.widgets.numeric_column import NumericColumn

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

LOOK_MS = 250
ANSWER_S = 3.0
FIELD_PX = 130
RECORD_PX = 360
"""For the longest of its words, in bold."""
KEPT_S = 300.0
"""So long what was typed is kept of a form that was closed: a default."""
TYPED_BEFORE = "Typed {} and kept: compare it with the pump again. Nothing is let pass."
WISH_PX = 520
LABELS = (("&Dose that is meant", "mg/kg/h"), ("The &pump shows", "mL/h"))
ANOTHER = "Another patient's session runs at this bed now: nothing can be entered here. Close this panel."
UNSURE = "Confirm the patient first, then enter what the pump shows."
NOT_TAKEN = "Not recorded: read the message at the top of the window, then try again."
RECORDING = "Recording…"


class RateDialog(SideDialog):
    """One change at the pump, for the patient it was opened for and no other."""

    reaches_down = True

    def __init__(
        self,
        view: StationView,
        desk: CareDesk,
        bed: BedSnapshot,
        mode: RateMode,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{TITLES[mode]} · {bed.name}", parent)
        assert bed.care is not None
        self.bed, self.mode = bed.bed, mode
        self._view, self._desk = view, desk
        self._patient, self._session = bed.care.session.patient, bed.session
        self._care: CareSnapshot | None = bed.care
        self._sent: tuple[object, int, float] | None = None
        self._closed_at: float | None = None
        self._kept_at: float | None = None
        self.shown, self._of_dose = RateShown(), frozenset[str]()
        self.at: float | None = None
        self.fields = {key: QLineEdit() for key in FIELDS}
        self._beside = {key: label_with_look("doubtful") for key in FIELDS}
        self._meant, self._gives, self._lasts = (label_with_look(look) for look in ("dim", "heading", "dim"))
        self._vitals = label_with_look("heading")
        self._told, self._warned = label_with_look("doubtful"), label_with_look("dim")
        self.findings, self.when = FindingRows(), WhenField("Done at the pump")
        self.record = button("&Record it", self.enter, primary=True)
        self._build()
        self._listen()
        self.fields["mg_kg_h"].setText(prefilled(bed.care, mode))
        self._prefilled = self.fields["mg_kg_h"].text()
        self.fields["pump_ml_h"].setFocus()  # the same first field in each of these forms
        self.look()

    def _build(self) -> None:
        who = self._patient
        self.heading.setWordWrap(True)
        self.body.addWidget(
            label_with_look("heading", " · ".join(identifiers(who)) if who is not None else "")
        )
        self._vitals.setAccessibleName("Vital signs now")
        self.body.addWidget(self._vitals)
        self.body.addLayout(self._form())
        for label in (self._told, self._warned):
            self.body.addWidget(label)
            label.hide()
        self.body.addWidget(self.findings)
        self.body.addStretch(1)
        wish = theme.current().size(WISH_PX)
        self.body.addItem(QSpacerItem(wish, 0, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        self.record.setMinimumWidth(theme.current().size(RECORD_PX))
        self.add_buttons(self.record, button("C&lose", self.reject))

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        grid.setVerticalSpacing(theme.current().size(6))
        below = (self._meant, self._gives)
        for place, (key, (said, unit)) in enumerate(zip(FIELDS, LABELS, strict=True)):
            field, name, line = self.fields[key], QLabel(said), 3 * place
            name.setBuddy(field)
            field.setAccessibleName(f"{said.replace('&', '')}, {unit}")
            field.setMaxLength(10)
            field.setFixedWidth(theme.current().size(FIELD_PX))
            field.setFont(theme.current().font(20, bold=True))
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
            grid.addWidget(label_with_look("dim", unit), line, 2)
            grid.addWidget(self._beside[key], line + 1, 0, 1, 4)
            grid.addWidget(below[place], line + 2, 0, 1, 4)
        self.fields["pump_ml_h"].setPlaceholderText("read it off")
        self.fields["pump_ml_h"].setToolTip(TYPE_IT)
        self.fields["mg_kg_h"].setToolTip("As the order's plan has it; write another if another was meant")
        grid.addWidget(self._lasts, 6, 0, 1, 3)
        grid.addWidget(self.when, 7, 0, 1, 3)
        return grid

    def _listen(self) -> None:
        self.fields["mg_kg_h"].textChanged.connect(self._retyped)
        self.fields["pump_ml_h"].textChanged.connect(self._read_off)
        self.findings.left.connect(lambda: self._go_to("pump_ml_h"))
        self.findings.all_passed.connect(self._go_on)
        self.when.changed.connect(self._retyped)
        self.findings.changed.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def _retyped(self) -> None:
        self._of_dose = self.findings.kept = frozenset()
        self._kept_at = None
        self.findings.forget()
        self.look()

    @Slot()
    def _read_off(self) -> None:
        """What was let pass for the dose holds while the pump's number becomes the one that was told."""
        told, typed = self.shown.to_set, self.fields["pump_ml_h"].text().strip()
        if not told or not told.startswith(typed):
            self._of_dose = frozenset()
        self.findings.kept, self._kept_at = self._of_dose, None
        self.findings.forget(self._of_dose)
        self.look()

    @Slot()
    def look(self) -> None:
        """Judge what is typed against this moment. Once a quarter of a second, and with each key."""
        room = self._view.snapshot()
        if self._view.clock.now() - room.at > STOPPED_AFTER_S:
            self._refuse(texts.STOPPED)
            return
        bed = next((each for each in room.beds if each.bed == self.bed), None)
        self._care = bed.care if bed is not None and bed.session == self._session else None
        if self._care is None or self._care.session.patient != self._patient:
            self._care = None
            self._refuse(ANOTHER)
            return
        if self._is_taken(self._care):
            self.accept()
            return
        meant, pump = (self.fields[key].text() for key in FIELDS)
        self.when.show_care(self._care)
        at = self.when.read(self._care)
        self.at = None if isinstance(at, str) else at
        self.shown = rate(
            self._care, self.mode, meant, pump, self.findings.overrides, self._desk.who, self.at
        )
        if not pump.strip():
            self._of_dose = frozenset(each.rule for each in self.findings.overrides)
        _say(self._vitals, vitals_line(bed, Moment.of(room)) if bed is not None else "")
        self._show(self.shown, self._care.unconfirmed, timed=not isinstance(at, str))

    def _show(self, shown: RateShown, unsure: str, *, timed: bool) -> None:
        if timed:
            self.when.refuse(shown.beside.get("at", ""))
        for key, label in self._beside.items():
            # What stops the dose stands beside it, where the eye is before the pump is set.
            _say(label, shown.beside.get(key, shown.stop if key == "mg_kg_h" else ""))
            theme.set_look(self.fields[key], "wrong" if key in shown.beside else "")
        _say(self._meant, shown.meant)
        theme.set_look(self._meant, "heading" if shown.to_set else "dim")
        _say(self._gives, shown.gives)
        _say(self._lasts, shown.lasts)
        told = [f"{unsure} {UNSURE}"] if unsure else []
        if self._kept_at is not None:
            told.append(TYPED_BEFORE.format(words.ago(self._view.clock.now() - self._kept_at)))
        late = self._sent is not None and self._view.clock.now() - self._sent[2] > ANSWER_S
        if late:
            told.append(NOT_TAKEN)
        _say(self._told, "\n".join([*told, *shown.refused]))
        _say(self._warned, "\n".join(shown.warned))
        if self._care is not None:
            self.findings.offer(prescribers(self._care.session, self._desk.who), self._desk.who)
        self.findings.show_findings(shown.blocked)
        waiting = self._sent is not None and not late
        self.record.setText(RECORDING if waiting else self._button_words())
        self.record.setEnabled(timed and shown.allowed and not unsure and not waiting)

    def _button_words(self) -> str:
        typed = self.fields["pump_ml_h"].text().strip()
        return f"&Record: pump shows {typed} mL/h" if typed and self.shown.deed is not None else "&Record"

    def _refuse(self, sentence: str) -> None:
        self.shown = RateShown()
        for label, said in ((self._told, sentence), (self._vitals, "")):
            _say(label, said)
        self.record.setEnabled(False)

    def _is_taken(self, care: CareSnapshot) -> bool:
        """Whether the station has entered what was sent."""
        if self._sent is None:
            return False
        deed, before, _ = self._sent
        return any(entry.number > before and entry.deed == deed for entry in care.entries)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records, or goes to what it waits for."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or isinstance(self.focusWidget(), QPushButton):
            super().keyPressEvent(event)
            return
        self.look()
        if self.record.isEnabled():
            self.enter()
        elif self._care is not None:
            self._go_to_open()

    def _go_to_open(self) -> None:
        """The first field that is empty or refused, then what is to be let pass."""
        wrong = [key for key in FIELDS if not self.fields[key].text().strip() or key in self.shown.beside]
        if not self.when.trouble.isHidden():
            self.when.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif wrong and not self._dose_stopped(wrong):
            self._go_to(wrong[0])
        else:
            self.findings.focus_open()

    def _dose_stopped(self, wrong: list[str]) -> bool:
        """Whether the pump is not to be set yet: the dose is first let pass, or written anew."""
        return wrong == ["pump_ml_h"] and bool(self.shown.stop) and not self.shown.beside

    def _go_to(self, key: str) -> None:
        self.fields[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields[key].selectAll()

    @Slot()
    def _go_on(self) -> None:
        """The last line was let pass: on to the pump's number, or to the end."""
        if self.record.isEnabled():
            self.record.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_to_open()

    def reject(self) -> None:
        """Closed with something typed: it is kept for some minutes, for who opens it again."""
        if not self.is_typed or self._sent is not None:
            super().reject()
            return
        self._closed_at = self._kept_at = self._view.clock.now()
        self._timer.stop()
        self.hide()

    @property
    def is_typed(self) -> bool:
        """Whether anything stands here that was not filled in."""
        dose, pump = (self.fields[key].text().strip() for key in FIELDS)
        return bool(pump) or dose != self._prefilled or self.when.written

    def still_holds(self, bed: BedSnapshot) -> bool:
        """Whether what was typed may be shown again: the same session, some minutes ago at most."""
        fresh = self._closed_at is not None and self._view.clock.now() - self._closed_at <= KEPT_S
        same = bed.care is not None and bed.care.session.patient == self._patient
        return fresh and same and (bed.bed, bed.session) == (self.bed, self._session)

    def open_again(self) -> None:
        """With all that was typed; what was let pass is to be let pass again."""
        self._closed_at = None
        self._of_dose = self.findings.kept = frozenset()
        self.findings.forget()
        self._timer.start()
        self._go_to("pump_ml_h")
        self.look()

    @Slot()
    def enter(self) -> None:
        """Send it, if it is allowed this very moment; the panel closes once it stands in the record."""
        self.look()
        if not self.record.isEnabled() or self._care is None or self.shown.deed is None:
            return
        last = self._care.entries[-1].number if self._care.entries else 0
        self._sent = (self.shown.deed, last, self._view.clock.now())
        self._desk.send(self.bed, self.shown.deed, overrides=self.findings.overrides, at=self.at)
        self.look()


def _say(label: QLabel, said: str) -> None:
    if label.text() != said:
        label.setText(said)
    label.setVisible(bool(said))


def open_rate(
    view: StationView, desk: CareDesk, bed: BedSnapshot, mode: RateMode, window: QWidget
) -> RateDialog | None:
    """Open the panel for a bed; one that is open for it comes to the front with all that is typed.

    None: nobody is bound to this bed.
    """
    if bed.care is None:
        return None
    there = [each for each in window.findChildren(RateDialog) if each.bed == bed.bed]
    for each in there:
        if each.isVisible() and each.mode is not mode:
            each.reject()
    panel = next((each for each in there if each.mode is mode and each.isVisible()), None)
    panel = panel or _kept(there, bed, mode) or RateDialog(view, desk, bed, mode, window)
    for column in window.findChildren(NumericColumn):
        if column.isVisible():  # a dose is decided by the values that the patient has
            panel.spare(QRect(column.mapToGlobal(QPoint(0, 0)), column.size()))
    panel.show()
    panel.activateWindow()
    return panel


def _kept(there: list[RateDialog], bed: BedSnapshot, mode: RateMode) -> RateDialog | None:
    """The form that was closed a moment ago with something typed; what is too old is thrown away."""
    found = None
    for each in there:
        if each.isVisible():
            continue
        if not each.still_holds(bed):
            each.deleteLater()
        elif each.mode is mode:
            found = each
    if found is not None:
        found.open_again()
    return found

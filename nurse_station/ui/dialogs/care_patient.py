"""A bound patient's data, corrected: weight, name, birth. What follows is told before. Binds nobody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QSpacerItem, QWidget

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import Decision, decide_correction
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.findings import Level
from nurse_station.sessions.states import ENDED
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.bridge import STOPPED_AFTER_S
from nurse_station.ui.dialogs.day_fields import FieldGrid
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look, toggle
from nurse_station.ui.models import care_patient
from nurse_station.ui.models.care_names import prescribers
from nurse_station.ui.models.care_patient import CorrectionJudged
from nurse_station.ui.models.day_patient import HOW_TO_DATE, SEXES, PatientTyped

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

LOOK_MS = 250
WISH_PX = 600
GONE = "Another patient's session runs at this bed now, or nobody is bound. Close this panel."
NOTHING = "Nothing is changed yet."
NO_REASON = "Write why it is corrected."


class CorrectPatientDialog(SideDialog):
    """For the patient it was opened for and no other; what is typed stays when an alarm interrupts."""

    reaches_down = True

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Correct the patient's data · {bed.name}", parent)
        assert bed.care is not None
        assert bed.care.session.patient is not None
        self.setObjectName("care_patient")
        self.bed, self._session = bed.bed, bed.session
        self._view, self._desk = view, desk
        self._was: Patient = bed.care.session.patient
        self._judged: CorrectionJudged | None = None
        self._build()
        self.fields.write(care_patient.fields_of(self._was))
        self.fields.choices["sex"].setCurrentIndex(list(SEXES.values()).index(self._was.female))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.fields.changed.connect(self._typed)
        self.agrees.toggled.connect(lambda _on: self.look())
        self.findings.changed.connect(self.look)
        self.look()

    def _build(self) -> None:
        self.heading.setWordWrap(True)
        wish = theme.current().size(WISH_PX)
        self.body.addItem(QSpacerItem(wish, 0, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        self.fields = FieldGrid("care_patient")
        add = self.fields.add_line
        add("weight_kg", "&Weight today", hint="68, or 150 lb", tip="Weighed today, 35 to 180 kg")
        add("why", "&Reason", hint="Why it is corrected", tip="Recorded and printed with the correction")
        add("name", "&Name", hint="Family name, given name", tip="As the patient says it")
        add("born", "&Date of birth", hint="1980-04-28", tip=HOW_TO_DATE)
        add("number", "Nu&mber", tip="The clinic's number; may be empty")
        self.fields.add_choice("sex", "Se&x", list(SEXES.items()))
        add("allergies", "&Allergies", tip='As on the chart; "none known" where that was asked')
        add("diagnosis", "D&iagnosis", tip="As on the chart")
        self.agrees = toggle(
            "The patient said name and date: they a&gree", "Space: compared with the patient"
        )
        self.agrees.setObjectName("care_patient_agrees")
        self._follows, self._told = label_with_look(""), label_with_look("doubtful")
        self._follows.setObjectName("care_patient_follows")
        self._told.setObjectName("care_patient_told")
        self.findings = FindingRows()
        for part in (self.fields, self.agrees, self._follows, self._told, self.findings):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.correct_button = button("&Correct", self.enter, primary=True)
        self.correct_button.setObjectName("care_patient_correct")
        self.add_buttons(self.correct_button, button("C&lose", self.reject))

    # What is shown

    def _typed(self, key: str) -> None:
        if key in ("name", "born"):  # other words were not said by the patient yet
            self.agrees.setChecked(False)
        if key != "why":
            self.findings.forget()
        self.look()

    def _care(self) -> CareSnapshot | None:
        room = self._view.snapshot()
        if self._view.clock.now() - room.at > STOPPED_AFTER_S:
            return None
        bed = next((each for each in room.beds if each.bed == self.bed), None)
        care = bed.care if bed is not None and bed.session == self._session else None
        same = care is not None and care.session.patient == self._was and care.session.state not in ENDED
        return care if same else None

    @property
    def _today(self) -> date:
        return self._view.clock.wall().astimezone().date()

    @Slot()
    def look(self) -> None:
        """Judge what is typed against this moment."""
        care = self._care()
        typed = PatientTyped(fields=self.fields.texts, female=self.fields.choices["sex"].currentData(),
                             name_agrees=True, born_agrees=True)  # fmt: skip
        found = care_patient.corrected(self._was, typed, self._today, agrees=self.agrees.isChecked())
        self._judged = found
        self.fields.show_beside(found.wrong, found.told)
        self.agrees.setVisible(found.another_name)
        decision = self._decided(care, found.patient)
        self._say(care, found, decision)
        follows = (
            care_patient.consequences(care, found.patient, self._desk.who) if care and found.patient else ()
        )
        self._follows.setText("\n".join(follows))
        self._follows.setVisible(bool(follows))
        self.correct_button.setEnabled(decision is not None and decision.allowed)

    def _decided(self, care: CareSnapshot | None, patient: Patient | None) -> Decision | None:
        number = care_patient.place_of(care) if care is not None else None
        if care is None or number is None or patient is None:
            return None
        self.findings.offer(prescribers(care.session, self._desk.who), self._desk.who)
        return decide_correction(
            care.entries, number, deeds.PatientBound(patient=patient), self.fields.text("why"), care.seen,
            care.protocol, self.findings.overrides, who=self._desk.who,
        )  # fmt: skip

    def _say(self, care: CareSnapshot | None, found: CorrectionJudged, decision: Decision | None) -> None:
        told = [found.wrong["agrees"]] if "agrees" in found.wrong else []
        if care is None:
            told = [GONE]
        elif decision is not None:
            told += [each.whole for each in decision.findings if each.level is Level.REFUSE]
        elif not found.wrong:
            told = [NOTHING]
        self._told.setText("\n".join(told))
        self._told.setVisible(bool(told))
        blocks = [each for each in decision.findings if each.level is Level.BLOCK] if decision else []
        self.findings.show_findings(blocks)

    # What is done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter corrects, or goes to what it waits for."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = self.focusWidget()
        other = isinstance(here, QPushButton) and not here.isCheckable() and here is not self.correct_button
        if not enter or other:
            super().keyPressEvent(event)
            return
        self.look()
        if self.correct_button.isEnabled():
            self.enter()
        elif self._judged is not None:
            self._go_to_open(self._judged)

    def _go_to_open(self, found: CorrectionJudged) -> None:
        if self.fields.focus_first(found.wrong):
            return
        if "agrees" in found.wrong:
            self.agrees.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.fields.text("why").strip():
            self.fields.focus_first(["why"])
        else:
            self.findings.focus_open()

    @Slot()
    def enter(self) -> None:
        """Send the correction, if nothing stands against it this very moment."""
        self.look()
        care = self._care()
        number = care_patient.place_of(care) if care is not None else None
        patient = self._judged.patient if self._judged is not None else None
        if self.correct_button.isEnabled() and number is not None and patient is not None:
            self._desk.correct(self.bed, number, deeds.PatientBound(patient=patient),
                               self.fields.text("why").strip(), self.findings.overrides)  # fmt: skip
            self.accept()


def open_correction(view: StationView, desk: CareDesk, bed: BedSnapshot, window: QWidget) -> None:
    """Open the panel; one that is open for this bed comes to the front with all that is typed."""
    there = [each for each in window.findChildren(CorrectPatientDialog) if each.isVisible()]
    panel = next((each for each in there if each.bed == bed.bed), None)
    if panel is None:
        panel = CorrectPatientDialog(view, desk, bed, window)
    panel.show()
    panel.activateWindow()
    panel.fields.focus_first(["weight_kg"])

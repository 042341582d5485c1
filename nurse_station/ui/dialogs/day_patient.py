"""Who sits here: two identifiers compared with the patient, weight of today. Binds by hand only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from nurse_station.sessions import deeds
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import PatientDay, StationView
from nurse_station.ui import texts, theme
from nurse_station.ui.bridge import STOPPED_AFTER_S
from nurse_station.ui.dialogs.day_fields import FieldGrid
from nurse_station.ui.dialogs.day_form import ANOTHER, DayForm
from nurse_station.ui.dialogs.side import label_with_look, toggle
from nurse_station.ui.models import day_practice
from nurse_station.ui.models.day_patient import (
    HOW_TO_DATE,
    SEXES,
    PatientJudged,
    PatientTyped,
    date_of,
    judged,
    known,
    known_words,
    same_before,
)
from nurse_station.ui.models.day_practice import SimulatedBed
from nurse_station.ui.models.day_reading import DaysReading

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

ROW = Qt.ItemDataRole.UserRole
KNOWN_PX = 34
DOWN = Qt.Key.Key_Down
BOUND = "This patient is bound to the bed. Go on with the next step: Ctrl+D."
PICK = "Known here: ↓ and Enter take one; the weight is asked anew."


class _Known(QListWidget):
    """Enter takes the chosen one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        elif event.key() == Qt.Key.Key_Up and self.currentRow() <= 0:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class PatientForm(DayForm):
    """Binds a patient to a bed, once the patient has said name and date of birth."""

    key = "patient"
    title = "Who sits here?"

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        self._reading = DaysReading(view)
        self._before: PatientDay | None = None
        self._pressed = False
        self._patient: deeds.Patient | None = None
        super().__init__(view, desk, bed, parent)
        self.primary.setText("&Confirm the patient")

    def build(self) -> None:
        size = theme.current().size
        self.fields = FieldGrid(self.key)
        add = self.fields.add_line
        add(
            "name",
            "&Name",
            hint="Family name, given name",
            tip="As the patient says it; known patients appear",
        )
        self.fields.lines["name"].installEventFilter(self)
        self.known = _Known()
        self.known.setObjectName("patient_known")
        self.known.setAccessibleName("Known patients")
        self.known.setToolTip(PICK)
        self.known.itemActivated.connect(self._take)
        self.known.itemClicked.connect(self._take)
        self.known.hide()
        add("born", "&Date of birth", hint="1980-04-28", tip=HOW_TO_DATE)
        add("weight_kg", "&Weight today", hint="kg, e.g. 68; or 150 lb", tip="Weighed today, 35 to 180 kg")
        self.fields.add_choice("unit", "&Unit of the weight", [("kg", "kg"), ("lb", "lb")])
        add("number", "Nu&mber", tip="The clinic's number; may be empty")
        self.fields.add_choice("sex", "Se&x", list(SEXES.items()))
        add("allergies", "&Allergies", tip='As on the chart; "none known" where that was asked')
        add("diagnosis", "D&iagnosis", tip="As on the chart")
        self._picked = label_with_look("dim", PICK)
        self._picked.hide()
        self.body.addWidget(self.known)
        self.body.addWidget(self._picked)
        self.body.addWidget(self.fields)
        tip = "Space: the patient said it, and it agrees"
        self.name_agrees = toggle("The patient said this name: it a&grees", tip)
        self.born_agrees = toggle("The patient said this date of &birth: it agrees", tip)
        self.weight_agrees = toggle("Weighed again: it is in &kg", "Space: the scale was read again")
        self._agree_said = label_with_look("doubtful")
        for part, name in ((self.name_agrees, "name_agrees"), (self.born_agrees, "born_agrees"),
                           (self.weight_agrees, "weight_agrees")):  # fmt: skip
            part.setObjectName(f"patient_{name}")
            part.toggled.connect(lambda _on: self.look())
            self.body.addWidget(part)
        self._agree_said.setObjectName("patient_agree_beside")
        self.body.addWidget(self._agree_said)
        self.body.addStretch(1)
        self.fields.changed.connect(self._typed)
        self.known.setMaximumHeight(size(KNOWN_PX) * 5)

    def begin_at(self) -> None:
        if not self.fields.text("name"):
            self.fields.focus_first(["name"])

    # What is shown

    def look(self) -> None:
        """As other forms, but nobody need be bound yet."""
        room = self.view.snapshot()
        bed = next((each for each in room.beds if each.bed == self.bed), None)
        self.care = bed.care if bed is not None else None
        bound = self.care.session.patient if self.care is not None else None
        if bound is not None and bound == self._patient:
            self._done(bed)
            return
        refused = ""
        if self.view.clock.now() - room.at > STOPPED_AFTER_S:
            refused = texts.STOPPED
        elif bed is None or (bed.session != self.session and not self.waiting):
            refused = ANOTHER
        elif bound is not None:
            refused = BOUND
        if self.waiting:
            self._wait()
        self.blocked = refused
        if refused:
            self.say(refused)
        self.allow(not refused and not self.waiting)
        self._show_known()
        self._judge()
        self.practice_button.setVisible(not refused and day_practice.simulated(bed) is not None)
        self._show_allowed()

    def practise(self, bed: SimulatedBed) -> None:
        """Somebody who is nobody: both identifiers agree."""
        self.fields.write(day_practice.patient(bed))
        for agrees in (self.name_agrees, self.born_agrees):
            agrees.setChecked(True)
        self.primary.setFocus()
        self.look()

    def _wait(self) -> None:
        assert self._sent is not None
        if self.view.clock.now() - self._sent[2] > 3.0:
            self._sent = None

    def _done(self, bed: BedSnapshot | None) -> None:
        """Bound: nothing of what was typed is left here."""
        self._patient, self._sent = None, None
        self.session = bed.session if bed is not None else None
        self.go_on()
        self.deleteLater()

    def show_care(self, care: CareSnapshot) -> None:
        """Nothing of the day is shown here."""

    @property
    def typed(self) -> PatientTyped:
        """The form as it stands."""
        return PatientTyped(
            fields=self.fields.texts, unit=str(self.fields.choices["unit"].currentData()),
            female=self.fields.choices["sex"].currentData(),
            name_agrees=self.name_agrees.isChecked(), born_agrees=self.born_agrees.isChecked(),
            weight_agrees=self.weight_agrees.isChecked(),
        )  # fmt: skip

    def _judged(self) -> PatientJudged:
        return judged(self.typed, self._today, self._last_day)

    @property
    def _last_day(self) -> PatientDay | None:
        """Of a patient that was picked, or typed as one who is known."""
        typed = self.fields.texts
        return self._before or same_before(self._reading.days, typed["name"], date_of(typed["born"]))

    @property
    def _today(self) -> date:
        return self.view.clock.wall().astimezone().date()

    def _judge(self) -> PatientJudged:
        found = self._judged()
        texts_now = self.fields.texts
        # What was not written yet is asked for only once somebody has pressed Enter.
        wrong = {key: said for key, said in found.wrong.items() if self._pressed or texts_now.get(key)}
        self.fields.show_beside(wrong, found.told)
        far = found.wrong.get("weight_agrees", "")
        agree = [found.wrong[key] for key in ("name_agrees", "born_agrees") if key in found.wrong]
        agree = [*filter(None, [far]), *(agree if self._pressed else [])]
        self._agree_said.setText("\n".join(agree))
        self._agree_said.setVisible(bool(agree))
        self.weight_agrees.setVisible(bool(far) or self.weight_agrees.isChecked())
        return found

    def _typed(self, key: str) -> None:
        """Other words were not said by the patient yet."""
        for toggled, field in ((self.name_agrees, "name"), (self.born_agrees, "born")):
            if key == field:
                toggled.setChecked(False)
        if key in ("weight_kg", "unit"):
            self.weight_agrees.setChecked(False)
        if key == "name":
            self._before = None
        self._judge()
        self._show_known()

    # Known patients

    def _show_known(self) -> None:
        found = () if self._before is not None else known(self._reading.days, self.fields.text("name"))
        shown = [self.known.item(at).text() for at in range(self.known.count())]
        wanted = [known_words(day) for day in found]
        if wanted != shown:
            self.known.clear()
            for day in found:
                item = QListWidgetItem(known_words(day))
                item.setData(ROW, day)
                self.known.addItem(item)
            self.known.setFixedHeight(theme.current().size(KNOWN_PX) * max(1, len(found)))
        self.known.setVisible(bool(found))
        self._picked.setText(self._reading.trouble or PICK)
        self._picked.setVisible(bool(found) or bool(self._reading.trouble))

    def _take(self, item: QListWidgetItem) -> None:
        """Fill in what is known; the weight is of today."""
        day = item.data(ROW)
        who = day.patient
        self.fields.write({
            "name": who.name, "born": f"{who.born:%Y-%m-%d}", "number": who.number, "weight_kg": "",
            "allergies": who.allergies, "diagnosis": who.diagnosis,
        })  # fmt: skip
        self.fields.choices["sex"].setCurrentIndex(list(SEXES.values()).index(who.female))
        self._before = day
        self._show_known()
        self.fields.focus_first(["weight_kg"])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the name into the list of known patients, not to the scrolling around it."""
        down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == DOWN
        if down and self.known.isVisible():
            self.known.setFocus()
            self.known.setCurrentRow(0)
            return True
        return super().eventFilter(watched, event)

    # What is done

    def enter(self) -> None:
        """Bind, or go to the first thing that is missing."""
        self._pressed = True
        found = self._judge()
        if self.blocked or self.waiting:
            return
        if found.patient is None:
            self._go_to(found)
            return
        self._patient = found.patient
        self._sent = ((), 0, self.view.clock.now())
        self.say("")
        self.desk.send(self.bed, deeds.PatientBound(patient=found.patient))
        self.look()

    def _go_to(self, found: PatientJudged) -> None:
        if not self.fields.focus_first(found.wrong):
            rows = (("name_agrees", self.name_agrees), ("born_agrees", self.born_agrees),
                    ("weight_agrees", self.weight_agrees))  # fmt: skip
            missing: QPushButton = next(part for key, part in rows if key in found.wrong)
            missing.setFocus(Qt.FocusReason.OtherFocusReason)

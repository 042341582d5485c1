"""Before the start: the prescriber, the second nurse's check, the escort. Starts nothing."""

from __future__ import annotations

from collections.abc import Mapping

from nurse_station.infusion.units import dose, ml_h, pump_setting, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.findings import Level
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import BEFORE, State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.dialogs.day_fields import FieldGrid
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.side import label_with_look, toggle
from nurse_station.ui.models import day_practice
from nurse_station.ui.models.care import identifiers, rates_of
from nurse_station.ui.models.day_practice import SimulatedBed

UNDER_WAY = "Second check, prescriber, escort"
FIELDS = ("prescriber", "nurse", "escort", "phone")


class ReadyForm(DayForm):
    """Records the three checks, then leads to the pump."""

    key = "ready"
    title = "Before the start"
    practised_in = frozenset({State.READY})

    def build(self) -> None:
        self._check = label_with_look("")
        self._check.setObjectName("ready_check")
        self.fields = FieldGrid(self.key)
        add = self.fields.add_line
        add("prescriber", "&Prescriber in the facility", hint="Name",
            tip="A licensed prescriber must be here while drug runs")  # fmt: skip
        add("nurse", "&Second nurse", hint="Name of who checked",
            tip="Compared patient, drug, bag, order and pump; not the one who enters")  # fmt: skip
        add("escort", "&Escort", hint="Name of who takes the patient home", tip="May follow before discharge")
        add("phone", "Their &telephone", tip="May be empty")
        self.here = toggle("The escort is &here already", "Space: on or off")
        self.here.setObjectName("ready_escort_here")
        self.left = toggle("The prescriber has le&ft", "Space: no licensed prescriber is in the facility now")
        self.left.setObjectName("ready_prescriber_left")
        self._stands, self._waits = label_with_look("good"), label_with_look("doubtful")
        self._stands.setObjectName("ready_stands")
        self._waits.setObjectName("ready_waits")
        self._filled = False
        for part in (self._check, self.fields, self.here, self.left, self._stands, self._waits):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.fields.changed.connect(lambda _key: self.look())
        self.here.toggled.connect(lambda _on: self.look())
        self.left.toggled.connect(lambda _on: self.look())

    def show_care(self, care: CareSnapshot) -> None:
        session = care.session
        if not self._filled:
            self._fill(session)
        running = care.summary.state not in BEFORE
        self.left.setVisible(running and bool(session.prescriber))
        if running:
            self.heading.setText(UNDER_WAY)
        self._check.setText(_to_compare(session, care.summary.set_ml_h))
        self._stands.setText(_standing(session))
        self._stands.setVisible(bool(self._stands.text()))
        new = self._new(session)
        wrong = self._wrong(care, new)
        self.fields.show_beside(wrong, {})
        waits = [each for each in care.summary.waits_for if care.summary.state is State.READY]
        self._waits.setText("\n".join(f"{_sign(each.level)} {each.whole}" for each in waits))
        self._waits.setVisible(bool(waits))
        self.close_button.setVisible(bool(new) or not running)  # else the first button closes
        start = not new and care.summary.state is State.READY
        self.primary.setText(
            "&Start at the pump…" if start else "&Record" if new else "Cl&ose" if running else "&Next step"
        )
        self.allow(not wrong)

    def _fill(self, session: Session) -> None:
        self._filled = True
        order, escort = session.order, session.escort
        expected = order.prescriber if order is not None and session.state in BEFORE else ""
        self.fields.write({
            "prescriber": session.prescriber or expected,
            "escort": escort.name if escort is not None else "",
            "phone": escort.phone if escort is not None else "",
        })  # fmt: skip
        self.here.setChecked(escort is not None and escort.present)
        self.fields.focus_first(["prescriber" if not self.fields.text("prescriber") else "nurse"])

    def _new(self, session: Session) -> dict[str, Deed]:
        """Field -> what it says that the record does not have yet."""
        text = {key: self.fields.text(key).strip() for key in FIELDS}
        new: dict[str, Deed] = {}
        if self.left.isChecked() and self.left.isVisible():
            new["prescriber"] = deeds.PresenceNoted(name=session.prescriber, present=False)
        elif text["prescriber"] and text["prescriber"] != session.prescriber:
            new["prescriber"] = deeds.PresenceNoted(name=text["prescriber"], present=True)
        if text["nurse"]:
            new["nurse"] = deeds.SecondCheck(nurse=text["nurse"])
        escort = deeds.EscortNoted(name=text["escort"], phone=text["phone"], present=self.here.isChecked())
        if text["escort"] and escort != session.escort:
            new["escort"] = escort
        return new

    def _wrong(self, care: CareSnapshot, new: Mapping[str, Deed]) -> dict[str, str]:
        wrong = {}
        for key, deed in new.items():
            decision = decide(care.session, deed, care.seen, care.protocol, who=self.desk.who)
            if not decision.allowed:
                wrong[key] = decision.open[0].whole
        return wrong

    def enter(self) -> None:
        """Record what is new; once nothing is, go to the pump. What is missing is gone to first."""
        if self.blocked or self.waiting or self.care is None:
            return
        self.look()
        session, new = self.care.session, self._new(self.care.session)
        if (wrong := self._wrong(self.care, new)) and self.fields.focus_first(wrong):
            return
        if new:
            self.send(*new.values(), then=self._recorded)
        elif self.care.summary.state is not State.READY:
            self.go_on()
        elif not session.prescriber or session.second_checked_at is None:
            self.fields.focus_first(["nurse" if session.prescriber else "prescriber"])
        else:
            self.start()

    def practise(self, bed: SimulatedBed) -> None:
        """Names of nobody for the checks that are open."""
        session = self.care.session if self.care is not None else None
        done = session is not None and session.second_checked_at is not None
        said = day_practice.checks(bed)
        self.fields.write({key: text for key, text in said.items() if key != "nurse" or not done})
        self.primary.setFocus()
        self.look()

    def _recorded(self) -> None:
        if self.left.isChecked():
            self.fields.write({"prescriber": ""})  # who comes next is written anew
        self.fields.write({"nurse": ""})
        self.left.setChecked(False)
        self.primary.setFocus()

    def start(self) -> None:
        """What the pump shows is asked for in its own panel, which judges the start."""
        self.hide()
        self.desk.do(self.bed, "rate", "start")


def _sign(level: Level) -> str:
    return "·" if level is Level.WARN else "▲"


def _standing(session: Session) -> str:
    """What is recorded already."""
    said = [f"✓ {session.prescriber} is in the facility"] if session.prescriber else []
    said += [f"✓ Checked by {session.second_nurse} too"] if session.second_nurse else []
    escort = session.escort
    if escort is not None:
        said.append(f"✓ Escort {escort.name}{', here' if escort.present else ''}")
    return "\n".join(said)


def _to_compare(session: Session, set_ml_h: float | None) -> str:
    """What the second nurse compares, word by word; `set_ml_h`: of the pump, None: not started."""
    patient, order = session.patient, session.order
    if patient is None or order is None:
        return "There is no order for today: enter it first (Ctrl+D)."
    planned = order.planned_dose(order.start_mg_kg_h, patient.weight_kg)
    rate = pump_setting(ml_h(planned.mg_h, order.concentration_mg_ml))
    bag = f"{shown(order.concentration_mg_ml)} mg/mL, {shown(order.bag_ml)} mL"
    most = f"{dose(order.max_mg_kg_h)} mg/kg/h, {shown(order.max_total_mg)} mg"
    less = f" ({planned.why})" if planned.why else ""
    start = f"Start   {dose(planned.mg_kg_h)} mg/kg/h = {shown(rate)} mL/h{less}"
    units = rates_of(session, set_ml_h) if set_ml_h is not None else None
    if units is not None:
        start = f"Pump   set to {shown(units.ml_h)} mL/h = {dose(units.mg_kg_h)} mg/kg/h"
    return "\n".join((
        "Two nurses compare:",
        f"Patient   {', '.join(identifiers(patient))}, {shown(patient.weight_kg)} kg",
        f"Allergies   {patient.allergies or '---'}",
        f"Bag   {order.form.value} ketamine {bag}, lot {order.lot}, expires {order.expiry:%Y-%m-%d}",
        start,
        f"At most   {most} in {shown(order.duration_min)} min",
    ))  # fmt: skip

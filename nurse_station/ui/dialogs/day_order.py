"""The order: proposed by the protocol, every field editable, the planned day beneath. Gives nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from nurse_station.infusion.order import DrugForm, Order
from nurse_station.infusion.units import shown
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import Decision, decide
from nurse_station.sessions.findings import Level
from nurse_station.sessions.rules_before import usual_strength
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import BEFORE
from nurse_station.sessions.words import sentence
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.day_fields import SIDE_BY_SIDE_UP_TO, FieldGrid
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models import day_order, day_practice
from nurse_station.ui.models.day_order import HEADINGS, HINTS, NUMBERS, WORDS, OrderJudged
from nurse_station.ui.models.day_practice import SimulatedBed
from nurse_station.ui.models.day_steps import protocol_words
from nurse_station.ui.models.limit_rows import parsed

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

ROW_PX = 22
DOSES = ("start_mg_kg_h", "max_mg_kg_h", "max_step_mg_kg_h")
FIELD_HOLDS = 55
"""Letters that a wide field shows; what is longer stands beneath it as a whole."""
STANDS = "The infusion has begun: this order stands for today."
REPLACES = "This order replaces the one that stands; the second nurse checks again."


class OrderForm(DayForm):
    """What may be given today."""

    key = "order"
    title = "Order for today"
    practised_in = BEFORE

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        self._proposed: Order | None = None
        self._judged = OrderJudged(order=None, wrong={})
        self._decision: Decision | None = None
        self._pressed = False
        super().__init__(view, desk, bed, parent)
        self.primary.setText("&Sign the order")

    def build(self) -> None:
        self._protocol = label_with_look("dim")
        self.fields = FieldGrid(self.key, columns=2)
        for key in ("prescriber", "lot", "expiry"):
            self.fields.add_line(key, WORDS[key], tip=HINTS.get(key, ""))
        forms = [(form.value, form) for form in DrugForm]
        self.fields.add_choice("form", "&Drug", forms, tip="S-ketamine is the more potent half of racemic")
        for key, words in NUMBERS.items():
            tip = f"{words.replace('&', '')}: {day_order.range_words(key)}"
            self.fields.add_line(key, words, unit=day_order.unit(key), tip=tip)
        for key in ("steps", "premedication", "as_needed"):
            self.fields.add_line(key, WORDS[key], tip=HINTS[key], hint=HINTS[key], wide=True)
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setObjectName("order_plan")
        self.table.setAccessibleName("The planned day")
        self.table.setToolTip("From the fields above, for this patient's weight")
        self.table.setHorizontalHeaderLabels(HEADINGS)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(
            len(HEADINGS) - 1, QHeaderView.ResizeMode.ResizeToContents
        )
        self._total, self._told = label_with_look("dim"), label_with_look("dim")
        self._total.setObjectName("order_total")
        self.findings = FindingRows()
        # The plan stays in sight while the fields are written, where the text leaves room for both.
        place = self.foot if theme.current().text_scale <= SIDE_BY_SIDE_UP_TO else self.body
        for part in (self._protocol, self.fields, self._told, self.findings):
            self.body.addWidget(part)
        place.addWidget(self.table)
        place.addWidget(self._total)
        self.body.addStretch(1)
        self.fields.changed.connect(lambda _key: self._retyped())
        self.findings.changed.connect(self.look)

    def _retyped(self) -> None:
        """Other numbers: nobody has let those pass."""
        self.findings.forget()
        self.look()

    def more_buttons(self) -> tuple[QPushButton, ...]:
        self.checks = button("Second chec&k, prescriber…", self._to_checks)
        self.checks.setObjectName("order_checks")
        self.checks.setToolTip("Who checked the pump, which prescriber is here, who takes the patient home")
        self.checks.hide()
        return (self.checks,)

    def _to_checks(self) -> None:
        """While the drug runs these change too: the day's forms lead there only before the start."""
        from nurse_station.ui.dialogs.day_openers import open_form

        bed, parent = self._bed_now(), self.parentWidget()
        if bed is not None and parent is not None:
            open_form(self.view, bed, "ready", parent.window())

    # What is shown

    def show_care(self, care: CareSnapshot) -> None:
        patient = care.session.patient
        if patient is None:
            return
        self._protocol.setText(
            f"{protocol_words(care.protocol)} · day {care.session.day} of {care.session.days}"
        )
        if self._proposed is None:
            self._propose(care, patient.weight_kg)
            return
        now = datetime.fromtimestamp(care.seen.at, UTC)
        form = self.fields.choices["form"].currentData()
        self._judged = day_order.judged(self.fields.texts, form, self._proposed, patient.weight_kg, now)
        written = self.fields.texts
        wrong = {key: said for key, said in self._judged.wrong.items() if self._pressed or written.get(key)}
        self.fields.show_beside(wrong, self._said_of(patient.weight_kg) | self._asked_of(care))
        self._show_plan(patient.weight_kg, care.summary.started_at)
        if care.summary.state not in BEFORE:
            self._show_only()
            return
        self._decide(care)

    def _propose(self, care: CareSnapshot, weight_kg: float) -> None:
        """What stands already, or what the protocol proposes."""
        standing = care.session.order
        self._proposed = standing or day_order.proposal(care.protocol, care.session.day, weight_kg)
        self.fields.choices["form"].setCurrentIndex(list(DrugForm).index(self._proposed.form))
        self.fields.write(day_order.fields_of(self._proposed))
        self.fields.focus_first(["prescriber"])

    def _said_of(self, weight_kg: float) -> dict[str, str]:
        """Doses in the other units."""
        mg_ml = self.fields.text("concentration_mg_ml")
        return {key: day_order.dose_words(self.fields.text(key), weight_kg, mg_ml) for key in DOSES[:1]}

    def _asked_of(self, care: CareSnapshot) -> dict[str, str]:
        """A strength that is not the usual one, beside its field; and what is longer than its field."""
        mg_ml, needed = parsed(self.fields.text("concentration_mg_ml")), self.fields.text("as_needed")
        unusual = [f"▲ {each.sentence}" for each in usual_strength(mg_ml, care.protocol)] if mg_ml else []
        return {
            "concentration_mg_ml": " ".join(unusual),
            "as_needed": needed if len(needed) > FIELD_HOLDS else "",
        }

    def _show_plan(self, weight_kg: float, began: float | None) -> None:
        order, wrong = self._judged.order, self._judged.wrong
        readable = order is not None and not wrong.keys() & (NUMBERS.keys() | {"steps"})
        rows = day_order.plan_rows(order, weight_kg, began) if order is not None and readable else ()
        self.table.setVisible(bool(rows))
        self._total.setVisible(bool(rows))
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, said in enumerate(row):
                item = self.table.item(at, column)
                if item is None:
                    item = QTableWidgetItem()
                    self.table.setItem(at, column, item)
                if item.text() != said:
                    item.setText(said)
            self.table.setRowHeight(at, theme.current().size(ROW_PX))
        self.table.setFixedHeight(
            theme.current().size(ROW_PX) * len(rows) + self.table.horizontalHeader().height() + 4
        )
        if order is not None and rows:
            self._total.setText(
                f"The plan gives {shown(order.planned_mg(weight_kg), 1)} mg of "
                f"{shown(order.max_total_mg)} mg; at most "
                f"{shown(order.limit_mg_h(weight_kg))} mg/h for {shown(weight_kg)} kg."
            )

    def _show_only(self) -> None:
        """Once drug has run the order stands; the plan is looked at."""
        self.fields.hide()
        order = self.care.session.order if self.care is not None else None
        said = sentence(deeds.OrderWritten(order=order), Session()) if order is not None else ""
        self._told.setText(f"{said}\n{STANDS}")
        self._told.setVisible(True)
        self.findings.show_findings([])
        self._decision = None
        self.primary.setText("Cl&ose")
        self.close_button.hide()
        self.checks.show()

    def _decide(self, care: CareSnapshot) -> None:
        order = self._judged.order
        self._decision = None
        if order is not None and not self._judged.wrong:
            self._decision = decide(care.session, deeds.OrderWritten(order=order), care.seen, care.protocol,
                                    self.findings.overrides, who=self.desk.who)  # fmt: skip
        found = self._decision.findings if self._decision is not None else ()
        told = [each.whole for each in found if each.level is not Level.BLOCK]
        told += [REPLACES] if care.session.order is not None else []
        self._told.setText("\n".join(told))
        self._told.setVisible(bool(told))
        self.offer_names(self.findings, care)
        self.findings.show_findings([each for each in found if each.level is Level.BLOCK])

    # What is done

    def practise(self, bed: SimulatedBed) -> None:
        """What a person copies from the order and the vial, made up."""
        self.fields.write(day_practice.order(bed, self.view.clock.wall().astimezone().date()))
        self.primary.setFocus()
        self.look()

    def enter(self) -> None:
        """Sign, or go to the first field that is missing or wrong."""
        if self.care is not None and self.care.summary.state not in BEFORE:
            self.reject()
            return
        self._pressed = True
        self.look()
        if self.blocked or self.waiting or self._judged.order is None:
            self.fields.focus_first(self._judged.wrong)
            return
        if self._judged.wrong or self._decision is None or not self._decision.allowed:
            if not self.fields.focus_first(self._judged.wrong):
                self.findings.focus_open()
            return
        order = deeds.OrderWritten(order=self._judged.order)
        self.send(order, overrides=self.findings.overrides, then=self._signed)

    def _signed(self) -> None:
        if self.care is not None:
            self._proposed = self.care.session.order
        self._pressed = False
        self.go_on()

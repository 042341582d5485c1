"""Vital signs at rest: sets from the monitor and by hand, and their median. Takes none by itself."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.findings import Finding, Level
from nurse_station.sessions.states import State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.dialogs.day_fields import FieldGrid
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import button, label_with_look, toggle
from nurse_station.ui.models import day_practice
from nurse_station.ui.models.day_baseline import (
    TYPED,
    SetShown,
    measured,
    median_words,
    set_lines,
    set_now,
    still_needed,
    values_words,
)
from nurse_station.ui.models.day_practice import SimulatedBed
from nurse_station.vitals.parameters import PARAMETERS

WORDS = {"nibp_sys": "S&ystolic", "nibp_dia": "&Diastolic", "hr": "&Heart rate", "spo2": "S&pO₂",
         "rr_imp": "&Respiratory rate"}  # fmt: skip
TIME = "R2:time"
LET_PASS = "Instead of waiting: a licensed prescriber lets the time pass, with name and reason"
BY_HAND = "Only what the monitor does not measure is typed; what is typed goes before what it measures."


class BaselineForm(DayForm):
    """Takes sets until there are enough over a long enough time, then sets the baseline."""

    key = "baseline"
    title = "Baseline"
    practised_in = frozenset({State.BASELINE})

    def build(self) -> None:
        self._now = label_with_look("heading")
        self._now.setObjectName("baseline_now")
        self.fields = FieldGrid(self.key, columns=2)
        for key in TYPED:
            self.fields.add_line(key, WORDS[key], unit=PARAMETERS[key].unit_shown, tip=BY_HAND)
        self.on_air = toggle("Breathing &air, no oxygen", "Off: the set is taken on oxygen", on=True)
        self.on_air.setObjectName("baseline_on_air")
        self._sets, self._median = label_with_look(""), label_with_look("heading")
        self._needed, self._open = label_with_look("dim"), label_with_look("doubtful")
        for label, name in ((self._sets, "sets"), (self._median, "median"), (self._needed, "needed")):
            label.setObjectName(f"baseline_{name}")
        self.let_pass = toggle("&Let the time pass by name…", LET_PASS)
        self.let_pass.setObjectName("baseline_let_pass")
        self.let_pass.hide()
        self.findings = FindingRows()
        self._set = SetShown(values={}, live={}, wrong={}, missing="")
        for part in (
            self._now, self.fields, label_with_look("small", BY_HAND), self.on_air, self._sets, self._median,
            self._needed, self._open, self.let_pass, self.findings,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.fields.changed.connect(lambda _key: self.look())
        self.findings.changed.connect(self.look)
        self.let_pass.toggled.connect(self._let_pass)

    def more_buttons(self) -> tuple[QPushButton, ...]:
        self._ready = False
        self.again = button("Take another set", self.take)
        self.again.setObjectName("baseline_again")
        self.again.setToolTip("One more set before the baseline is set")
        return (self.again,)

    def show_care(self, care: CareSnapshot) -> None:
        self._set = set_now(care, self.fields.texts)
        taking = care.summary.state is State.BASELINE
        missing = f" · still needed: {self._set.missing}" if self._set.missing else ""
        self._now.setText(f"Now: {values_words(self._set.values)}{missing}")
        self.fields.show_beside(self._set.wrong, self._set.live)
        self._sets.setText("\n".join(set_lines(care.session)) or "No set yet")
        self._median.setText(median_words(care.session))
        self._needed.setText(f"Needed: {needed}" if (needed := still_needed(care)) and taking else "")
        passed = self.findings.overrides
        decision = decide(
            care.session, deeds.BaselineSet(), care.seen, care.protocol, passed, who=self.desk.who
        )
        refused = [each.whole for each in decision.findings if each.level is Level.REFUSE]
        blocked = [each for each in decision.findings if each.level is Level.BLOCK]
        self._open.setText("\n".join(refused) if not needed else "")
        self._open.setVisible(bool(self._open.text()))
        self._offer(care, blocked, taking=taking)
        self._ready = decision.allowed
        self.primary.setText("Se&t the baseline" if self._ready else "&Take a set now")
        if not taking:
            self.primary.setText("&Next step")
        self.again.setVisible(taking and self._ready)

    def _offer(self, care: CareSnapshot, blocked: list[Finding], *, taking: bool) -> None:
        """The time that is still to pass is waited for, unless a prescriber is asked to let it pass."""
        early = [each for each in blocked if each.key == TIME]
        self.let_pass.setVisible(bool(early) and taking)
        asked = self.let_pass.isChecked() or not early
        self.offer_names(self.findings, care)
        self.findings.show_findings([each for each in blocked if asked or each.key != TIME])

    @Slot(bool)
    def _let_pass(self, on: bool) -> None:
        self.look()
        if on:
            self.findings.focus_open()

    def enter(self) -> None:
        """Take a set; once there are enough, set the baseline."""
        if self.blocked or self.waiting or self.care is None:
            return
        if self.care.summary.state is not State.BASELINE:
            self.go_on()
        elif self._ready:
            self.set_baseline()
        elif not self._letting_pass() or not self.findings.focus_open():
            self.take()

    def _letting_pass(self) -> bool:
        """Whether the hand is at what a prescriber lets pass; Enter takes no other set then."""
        here = self.focusWidget()
        return here is self.let_pass or (here is not None and self.findings.isAncestorOf(here))

    def practise(self, bed: SimulatedBed) -> None:
        """The next set of a calm adult; once there are enough, the time is let pass by nobody's name."""
        care = self.care
        if care is None or care.summary.state is not State.BASELINE:
            return
        if self.let_pass.isVisible():
            self.let_pass.setChecked(True)
            self.findings.fill(day_practice.PRESCRIBER, day_practice.WHY)
        else:
            self.fields.write(day_practice.at_rest(bed, care, measured(care)))
        self.primary.setFocus()
        self.look()

    def take(self) -> None:
        """One set of this moment; what is missing is asked for first."""
        if self.care is None:
            return
        self._set = set_now(self.care, self.fields.texts)
        if self._set.wrong or not self._set.values:
            self.fields.focus_first(self._set.wrong or TYPED)
            return
        if self._set.missing:
            self.say(f"Still needed: {self._set.missing}. Measure it, or type it here.")
            lacking = [key for key in TYPED if key not in self._set.values]
            self.fields.focus_first(lacking)
            return
        deed = deeds.BaselineTaken(values=dict(self._set.values), on_air=self.on_air.isChecked())
        self.send(deed, then=self._taken)

    def _taken(self) -> None:
        """The next set is measured anew: nothing typed is left over."""
        self.fields.write(dict.fromkeys(TYPED, ""))
        self.say("")

    def set_baseline(self) -> None:
        """The median is the baseline from now on."""
        self.send(deeds.BaselineSet(), overrides=self.findings.overrides, then=self.go_on)

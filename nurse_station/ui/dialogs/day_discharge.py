"""Going home: scores by key, every unmet line named, waste, outcome. Lets nobody go by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.findings import Level
from nurse_station.sessions.states import ENDED, State
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.day_fields import FieldGrid
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.day_list import KeyList
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import button, label_with_look, toggle
from nurse_station.ui.models import day_home
from nurse_station.ui.models.day_checklist import discharge_rows
from nurse_station.ui.models.day_home import Points
from nurse_station.ui.models.day_reading import DaysReading
from nurse_station.ui.models.limit_rows import parsed

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

BENEFITS = (("not asked", None), ("better than before", True), ("no benefit", False))
KEYS_SAID = "The keys beneath the list answer the chosen line · ↑ ↓ · Enter when nothing is unmet"
NOT_ML = "Write the millilitres that were discarded."
NO_WITNESS = "Name who saw it discarded."
MET = "✓ Every line is met."


class DischargeForm(DayForm):
    """From recovery to the door."""

    key = "discharge"
    title = "Discharge"

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        self._points: Points = {}
        self._reading = DaysReading(view)
        super().__init__(view, desk, bed, parent)

    def build(self) -> None:
        self._time, self._totals = label_with_look("heading"), label_with_look("dim")
        self._time.setObjectName("discharge_time")
        self._totals.setObjectName("discharge_totals")
        self.list = KeyList(self.key, "Scores and what is done before going home")
        self._hint = label_with_look("small", KEYS_SAID)
        self._unmet = label_with_look("doubtful")
        self._unmet.setObjectName("discharge_unmet")
        self.let_pass = toggle(
            "&Let pass by name…", "A licensed prescriber lets lines pass, with name and reason"
        )
        self.let_pass.setObjectName("discharge_let_pass")
        self.findings = FindingRows()
        self.fields = FieldGrid(self.key, columns=2)
        self.fields.add_line("escort", "&Escort", hint="Name", tip="Who takes the patient home")
        self.fields.add_line("phone", "Their &telephone", tip="May be empty")
        self.fields.add_line("ml", "&Waste", unit="mL", tip="What was left in the bag and discarded")
        self.fields.add_line("witness", "W&itness", hint="Name", tip="Another person than who enters")
        self.fields.add_choice("benefit", "&Benefit", BENEFITS, tip="Against before this day")
        self.fields.add_line("plan", "&Plan", hint="Next day, or review", tip="What was agreed")
        self._advice = label_with_look("proposal")
        self._advice.setObjectName("discharge_advice")
        for part in (
            self._time, self._totals, self.list, self._hint, self.fields, self._unmet, self.let_pass,
            self.findings, self._advice,
        ):  # fmt: skip
            self.body.addWidget(part)
        self._next = label_with_look("doubtful")
        self._next.setObjectName("discharge_next")
        self.foot.addWidget(self._next)
        self.list.setMinimumHeight(theme.current().size(300))
        self.list.answered.connect(self.answer)
        self.fields.changed.connect(lambda _key: self.look())
        self.let_pass.toggled.connect(lambda _on: self.look())
        self.findings.changed.connect(self.look)

    def begin_at(self) -> None:
        self.list.setFocus()

    def more_buttons(self) -> tuple[QPushButton, ...]:
        self.not_yet = button("&Not yet: back to recovery", self.back)
        self.not_yet.setObjectName("discharge_not_yet")
        self.record_button = button("&Record waste and outcome", self.record)
        self.record_button.setObjectName("discharge_record")
        return (self.not_yet, self.record_button)

    # What is shown

    def show_care(self, care: CareSnapshot) -> None:
        state, session, now = care.summary.state, care.session, care.seen.at
        over = state in ENDED
        self._time.setText(day_home.time_words(care))
        self._totals.setText(day_home.totals_words(session, now))
        self.list.show_rows(discharge_rows(), day_home.marks(session, now, self._points))
        self.list.setVisible(not over)
        self._hint.setVisible(not over)
        self._show_fields(care)
        self._show_findings(care)
        self.not_yet.setVisible(state is State.DISCHARGE_READY)
        extras = self._extras(care)
        self.record_button.setEnabled(bool(extras))
        said = "&Discharge" if state is State.DISCHARGE_READY else "&Close" if over else "Ready to &go home"
        self.primary.setText(said)
        advice = day_home.advised(care, self._reading.days, self.session or "")
        self._advice.setText("\n".join(advice))
        self._advice.setVisible(bool(advice))

    def _show_fields(self, care: CareSnapshot) -> None:
        said = {"ml": day_home.left_in_bag(care.session, care.seen.at)}
        wastes, outcomes = care.session.of(deeds.WasteNoted), care.session.of(deeds.OutcomeNoted)
        if wastes:
            said["ml"] = f"✓ {wastes[-1][1].ml:g} mL, witness {wastes[-1][1].witness}"
        if outcomes:
            known = {data: words for words, data in BENEFITS}[outcomes[-1][1].benefit]
            said["plan"] = f"✓ {known}{', ' if outcomes[-1][1].plan else ''}{outcomes[-1][1].plan}"
        if care.session.escort is not None:
            said["escort"] = f"✓ {care.session.escort.name} {care.session.escort.phone}".strip()
        self.fields.show_beside(self._wrong(care), said)

    def _show_findings(self, care: CareSnapshot) -> None:
        if care.summary.state in ENDED:
            for part in (self._unmet, self.let_pass, self.findings, self._next):
                part.hide()
            return
        deed = day_home.step_deed(care.summary.state)
        passed = self.findings.overrides if self.let_pass.isChecked() else ()
        decision = decide(care.session, deed, care.seen, care.protocol, passed, who=self.desk.who)
        blocked = [each for each in decision.findings if each.level is Level.BLOCK]
        refused = [each.whole for each in decision.findings if each.level is Level.REFUSE]
        open_lines = [each.whole for each in decision.open]
        said = "\n".join(f"▲ {line}" for line in (*refused, *open_lines) if line) if open_lines else MET
        self._unmet.setText("\n".join(dict.fromkeys(said.splitlines())))
        theme.set_look(self._unmet, "doubtful" if open_lines else "good")
        self._unmet.setVisible(True)
        more = f" · {len(open_lines) - 1} more" if len(open_lines) > 1 else ""
        self._next.setText(f"▲ {open_lines[0]}{more}" if open_lines else MET)
        theme.set_look(self._next, "doubtful" if open_lines else "good")
        self.let_pass.setVisible(bool(blocked))
        self.findings.setVisible(self.let_pass.isChecked() and bool(blocked))
        self.offer_names(self.findings, care)
        self.findings.show_findings(blocked if self.let_pass.isChecked() else [])
        self._overrides = passed
        self.allow(decision.allowed)

    # What is done

    def answer(self, row: str, key: str) -> None:
        """Enter a point, a score or what was done."""
        care = self.care
        if self.blocked or care is None:
            return
        if "." in row:
            self._points, deed = day_home.scored(care.session, row, key, care.seen.at, self._points)
        else:
            found = day_home.deed_of(
                row, key, care.session, self.fields.text("escort"), self.fields.text("phone")
            )
            if isinstance(found, str):
                self.say(found)
                self.list.go_to(row)
                self.fields.focus_first(["escort"])
                return
            deed = found
        self.say("")
        if deed is not None:
            self.desk.send(self.bed, deed)
        self.look()

    def _extras(self, care: CareSnapshot) -> tuple[Deed, ...]:
        """Waste and outcome that are written and not recorded yet."""
        found: list[Deed] = []
        ml, witness = parsed(self.fields.text("ml")), self.fields.text("witness").strip()
        if ml is not None and witness:
            found.append(deeds.WasteNoted(ml=ml, witness=witness))
        benefit, plan = self.fields.choices["benefit"].currentData(), self.fields.text("plan").strip()
        if benefit is not None or plan:
            found.append(deeds.OutcomeNoted(benefit=benefit, plan=plan))
        stand = [timed.deed for timed in care.session.stands]
        return tuple(deed for deed in found if deed not in stand)

    def _wrong(self, care: CareSnapshot) -> dict[str, str]:
        wrong = {}
        ml, witness = self.fields.text("ml").strip(), self.fields.text("witness").strip()
        if ml and parsed(ml) is None:
            wrong["ml"] = NOT_ML
        if ml and not witness:
            wrong["witness"] = NO_WITNESS
        if witness and not ml:
            wrong["ml"] = NOT_ML
        for deed in self._extras(care):
            decision = decide(care.session, deed, care.seen, care.protocol, who=self.desk.who)
            wrong |= {each.field or "plan": each.whole for each in decision.open}
        return wrong

    def record(self) -> None:
        """Waste and outcome, as far as they are written."""
        if self.care is None or self.fields.focus_first(self._wrong(self.care)):
            return
        self.send(*self._extras(self.care))

    def back(self) -> None:
        """Back to recovery."""
        self.send(deeds.NotYet())

    def enter(self) -> None:
        """The next move, with what is written and not recorded yet before it."""
        if self.blocked or self.waiting or self.care is None:
            return
        self.look()
        state = self.care.summary.state
        if self.fields.focus_first(self._wrong(self.care)):
            return
        if state in ENDED:
            self.send(*self._extras(self.care))
            self.hide()
        elif self._allowed:
            self._move(self.care)
        else:
            self.list.setFocus()

    def _move(self, care: CareSnapshot) -> None:
        """Overrides belong to the move alone: what is noted before it needs none."""
        deed, overrides = day_home.step_deed(care.summary.state), self._overrides
        extras = self._extras(care)
        if extras:
            self.send(*extras, then=lambda: self.send(deed, overrides=overrides))
        else:
            self.send(deed, overrides=overrides)

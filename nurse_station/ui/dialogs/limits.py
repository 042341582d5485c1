"""The alarm limits of one bed's patient beside the clinic's: shown, changed, switched off, taken back.

Sends commands, each with the name of who asks; the station decides, and its answer is shown in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QSpacerItem, QWidget

from nurse_station.alarms.baseline import FITS
from nurse_station.alarms.commands import AlarmCommand, SetBaseline, SetLimit, SwitchOff, SwitchOn
from nurse_station.alarms.limits import Limits, Scope
from nurse_station.alarms.refusals import Situation, refusal
from nurse_station.station.commands import AskAlarms
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui import theme
from nurse_station.ui.bridge import Bridge
from nurse_station.ui.dialogs.limits_baseline import BaselinePart
from nurse_station.ui.dialogs.limits_table import LimitTable
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.models.limit_rows import back_to_clinic, from_baseline, group_of, plan, undoing
from nurse_station.ui.models.limit_words import GROUPS, condition_name, plain

LOOK_MS = 250
WISH_PX = 600
SET_PX = 196
NAME_LENGTH = 40
NOT_WATCHED = "Nothing is watched at this bed: connect a monitor first, then set its limits."
ANOTHER = "Another session runs at this bed now: what was typed for the last one is gone."
NO_NAME = "Write your name: each change is recorded with it."
NO_REASON = "Write the reason: a change of the clinic's own limits is recorded with it."
CLINIC_WARNING = "You are changing the clinic's own limits: every bed now, and every patient that comes."
SEE_FIELD = "see the marked field."
NOTHING_TYPED = "Nothing was changed: write another number first."
UNDONE_ALREADY = "It is as it was already."
FITTED = frozenset(group_of(key.partition(".")[0]) for key in FITS)
"""The headings under which a baseline moves limits."""
SCOPES = (Scope.PATIENT, Scope.CLINIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The last change, as far as taking it back needs it.

    Attributes:
        words: What it was.
        scope, before, keys: Limits that were set, and all limits before it; None: no limits were.
        condition, why: The alarm that was switched, and why it was off before; empty: it was on.
    """

    words: str
    scope: Scope = Scope.PATIENT
    before: Limits | None = None
    keys: tuple[str, ...] = ()
    condition: str = ""
    why: str = ""


def bed_of(view: StationView, key: str) -> BedSnapshot | None:
    """The bed as it is now; None: the room does not have it any more."""
    return next((bed for bed in view.snapshot().beds if bed.bed == key), None)


class LimitsDialog(SideDialog):
    """Follows the bed as long as it is open; what is typed stays until it is set, or the patient goes."""

    def __init__(self, view: StationView, bed: str, about: str = "", parent: QWidget | None = None) -> None:
        found = bed_of(view, bed)
        super().__init__(f"Alarm limits · {found.name if found is not None else bed}", parent)
        self.heading.setWordWrap(True)
        self._view, self.bed = view, bed
        self._session = found.session if found is not None else None
        self._scope, self._switching, self._asked, self._refused = Scope.PATIENT, "", 0, False
        self._done: Done | None = None
        self._scopes, self._groups = QComboBox(), QComboBox()
        self._warning = label_with_look("trouble", CLINIC_WARNING)
        self._unwatched = label_with_look("dim", NOT_WATCHED)
        self._tables: dict[str, LimitTable] = {}
        self._baseline, self._rule = BaselinePart(), QFrame()
        self._who, self._why = QLineEdit(), QLineEdit()
        self._said = label_with_look("trouble")
        self._build()
        self._listen()
        self.show_about(about)
        self.look()  # What is there

    def _build(self) -> None:
        head = QHBoxLayout()
        for combo, name in ((self._scopes, "Whose limits"), (self._groups, "Limits of")):
            combo.setAccessibleName(name)
            combo.setToolTip(name)
            head.addWidget(combo, 1)
        self._scopes.addItems(["This patient's limits", "The clinic's own limits"])
        self._groups.addItems([words for words, _ in GROUPS.values()])
        self.body.addLayout(head)
        wish = theme.current().size(WISH_PX)
        self.body.addItem(QSpacerItem(wish, 0, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        for part in (self._warning, self._unwatched):
            self.body.addWidget(part)
            part.hide()
        theme.set_look(self._rule, "rule")
        self.body.addWidget(self._rule)
        self.body.addWidget(self._baseline)
        self.body.addStretch(1)
        self._build_foot()

    def _build_foot(self) -> None:
        self._who.setMaxLength(NAME_LENGTH)
        line = QHBoxLayout()
        for field, name, tip in (
            (self._who, "Your name", "Recorded with each change; kept while this panel is open"),
            (self._why, "Reason", "Needed to switch an alarm off, and for the clinic's own limits"),
        ):
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setToolTip(tip)
            line.addWidget(field, 1)
        self._said.hide()
        self.foot.addLayout(line)
        self.foot.addWidget(self._said)
        self._set = button("&Set for this patient", self.set_typed, primary=True)
        self._undo = button("&Undo", self.undo, "Undo the last change")
        self._set.setMinimumWidth(theme.current().size(SET_PX))
        self._back = button("&Back to the clinic's", self.back)
        self._back.setToolTip("Set all of this patient's limits to the clinic's own")
        self._off = button("Switch &off", self.switch_off)
        self._off.hide()
        self.add_buttons(self._off, self._undo, self._back)
        self.add_buttons(self._set, button("C&lose", self.reject))

    def _listen(self) -> None:
        parent = self.parentWidget()
        bridge = parent.window().findChild(Bridge) if parent is not None else None
        self._asks_itself = bridge is None
        if bridge is not None:
            bridge.answered.connect(self.show_answer)
        self._scopes.currentIndexChanged.connect(self._show_scope)
        self._groups.currentIndexChanged.connect(self._show_group)
        self._baseline.confirmed.connect(self.set_baseline)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def show_about(self, about: str) -> None:
        """Show the limits of a value block, a parameter or a condition."""
        self._groups.setCurrentIndex(list(GROUPS).index(group_of(about)))
        self._show_group()

    @property
    def _group(self) -> str:
        return list(GROUPS)[self._groups.currentIndex()]

    @property
    def table(self) -> LimitTable:
        """The fields that are shown."""
        if self._group not in self._tables:
            self._tables[self._group] = self._new_table(self._group)
        return self._tables[self._group]

    def _new_table(self, group: str) -> LimitTable:
        table = LimitTable(group)
        table.switch_asked.connect(self.switch)
        self.body.insertWidget(self.body.indexOf(self._rule), table)
        return table

    @Slot()
    def _show_group(self) -> None:
        shown = self.table
        for table in self._tables.values():
            table.setVisible(table is shown)
        self.look()

    @Slot()
    def _show_scope(self) -> None:
        """What was typed for the one is not meant for the other."""
        self._scope = SCOPES[self._scopes.currentIndex()]
        self._forget_typed()
        self._show_switching("")
        clinic = self._scope is Scope.CLINIC
        self._set.setText("&Set for the clinic" if clinic else "&Set for this patient")
        self._set.setAccessibleName(self._set.text().replace("&", ""))
        theme.set_look(self._set, "doubtful" if clinic else "")
        self._said.hide()
        self.look()

    @Slot()
    def look(self) -> None:
        """Take the newest picture of the bed. Called four times a second."""
        if self._asks_itself:
            for answer in self._view.answers():
                self.show_answer(answer)
        bed = bed_of(self._view, self.bed)
        if bed is None:
            self.reject()
            return
        if bed.session != self._session:
            self._another(bed)
        self._show(bed)

    def _another(self, bed: BedSnapshot) -> None:
        """Another patient: nothing that was meant for the last one may reach this one."""
        self._session, self._done = bed.session, None
        self._forget_typed()
        self._baseline.forget()
        self._show_switching("")
        self._say(ANOTHER, "trouble")

    def _forget_typed(self) -> None:
        for table in self._tables.values():
            table.take_back()

    def _show(self, bed: BedSnapshot) -> None:
        limits, patient = bed.alarms.limits, self._scope is Scope.PATIENT
        self._unwatched.setVisible(limits is None)
        self._warning.setVisible(not patient)
        self.table.setVisible(limits is not None)
        baseline = limits is not None and patient and self._group in FITTED
        self._baseline.setVisible(baseline)
        self._rule.setVisible(baseline)
        self._back.setVisible(patient)
        self._back.setEnabled(limits is not None and bool(back_to_clinic(limits)))
        self._undo.setEnabled(self._done is not None)
        self._undo.setToolTip(f"Undo: {self._done.words}" if self._done is not None else "Nothing to undo")
        self._set.setEnabled(limits is not None)
        if limits is not None:
            for table in self._tables.values():
                table.show_limits(limits, bed.alarms.off, self._scope)
            self._baseline.show_bed(bed)

    # What is asked

    @Slot()
    def set_typed(self) -> None:
        """Set what was typed, all of it or nothing."""
        bed, plans = self._watched(), [made for t in self._tables.values() if (made := t.plan()) is not None]
        if bed is None or not self._named(reason=self._scope is Scope.CLINIC):
            return
        refused = {key: sentence for made in plans for key, sentence in made.refused.items()}
        steps = [step for made in plans for step in made.steps]
        if refused:
            here = any(key in refused for key in self.table.fields)
            why = SEE_FIELD if here else " ".join(dict.fromkeys(refused.values()))
            self._say(f"Not set: {why}", "trouble")
        elif not steps:
            self._say(NOTHING_TYPED, "dim")
        else:
            self._set_limits(bed, self._scope, steps, self._why.text().strip(), "limits set")

    @Slot()
    def back(self) -> None:
        """All limits of this patient as the clinic has them."""
        if (bed := self._watched()) is not None and bed.alarms.limits is not None and self._named():
            made = plan(bed.alarms.limits, Scope.PATIENT, back_to_clinic(bed.alarms.limits))
            self._set_limits(bed, Scope.PATIENT, made.steps, "back to the clinic's", "back to the clinic's")

    def _set_limits(
        self, bed: BedSnapshot, scope: Scope, steps: Iterable[tuple[str, float]], why: str, words: str
    ) -> None:
        kept = tuple(steps)
        self._done = Done(words=words, scope=scope, before=bed.alarms.limits, keys=tuple(k for k, _ in kept))
        for key, number in kept:
            self._ask(SetLimit(key=key, number=number, who=self._name, scope=scope, why=why))

    @Slot(object)
    def set_baseline(self, values: Mapping[str, float]) -> None:
        """Set what the baseline gives; the station reckons it again from the same values."""
        bed = self._watched()
        if bed is None or bed.alarms.limits is None or not self._named():
            return
        keys = tuple(each.key for each in from_baseline(bed.alarms.limits, values).proposals)
        self._done = Done(words="limits from baseline", before=bed.alarms.limits, keys=keys)
        self._ask(SetBaseline(baseline=dict(values), who=self._name))

    @Slot(str)
    def switch(self, condition: str) -> None:
        """Switch an alarm on again; to switch it off, ask for the reason first."""
        bed = self._watched()
        if bed is None:
            return
        if condition in bed.alarms.off:
            self._switch_on(bed, condition)
        elif self._agreed(bed, SwitchOff(condition=condition, why="?", who=self._name)):
            self._show_switching(condition)
            self._why.setFocus()
            self._say(f"{condition_name(condition)}: write your name and why, then Switch off.", "doubtful")

    def _switch_on(self, bed: BedSnapshot, condition: str) -> None:
        if self._named():
            why = bed.alarms.off[condition]
            self._done = Done(words=f"{condition_name(condition)} on", condition=condition, why=why)
            self._ask(SwitchOn(condition=condition, who=self._name))

    @Slot()
    def switch_off(self) -> None:
        """Switch off the alarm that was chosen, with the reason that was written."""
        bed, condition = self._watched(), self._switching
        command = SwitchOff(condition=condition, why=self._why.text().strip(), who=self._name)
        if bed is None or not condition or not self._named() or not self._agreed(bed, command):
            return
        self._done = Done(words=f"{condition_name(condition)} off", condition=condition)
        self._ask(command)
        self._show_switching("")
        self._why.clear()

    def _show_switching(self, condition: str) -> None:
        self._switching = condition
        self._off.setVisible(bool(condition))
        (self._off if condition else self._set).setDefault(True)
        self._off.setText(f"Switch &off: {condition_name(condition)}" if condition else "Switch &off")

    @Slot()
    def undo(self) -> None:
        """Take the last change back, as far as nobody has changed it since."""
        bed, done = self._watched(), self._done
        if bed is None or done is None or not self._named():
            return
        self._done = None
        if done.condition:
            self._undo_switch(bed, done)
        elif done.before is not None and bed.alarms.limits is not None:
            now = bed.alarms.limits
            made = plan(now, done.scope, undoing(done.before, now, done.scope, done.keys))
            for key, number in made.steps:
                self._ask(SetLimit(key=key, number=number, who=self._name, scope=done.scope, why="undone"))
            if made.refused or not made.steps:
                self._say(" ".join(made.refused.values()) or UNDONE_ALREADY, "trouble")

    def _undo_switch(self, bed: BedSnapshot, done: Done) -> None:
        off = done.condition in bed.alarms.off
        if off and not done.why:
            self._ask(SwitchOn(condition=done.condition, who=self._name))
        elif not off and done.why:
            self._ask(SwitchOff(condition=done.condition, why=done.why, who=self._name))
        else:
            self._say(UNDONE_ALREADY, "trouble")

    def _watched(self) -> BedSnapshot | None:
        bed = bed_of(self._view, self.bed)
        if bed is None or bed.session != self._session or bed.alarms.limits is None:
            self._say(NOT_WATCHED, "trouble")
            return None
        return bed

    @property
    def _name(self) -> str:
        return " ".join(self._who.text().split())

    def _named(self, *, reason: bool = False) -> bool:
        """Whether it is known who asks, and why where that is needed; else say so."""
        for field, missing, sentence in (
            (self._who, not self._name, NO_NAME),
            (self._why, reason and not self._why.text().strip(), NO_REASON),
        ):
            theme.set_look(field, "wrong" if missing else "")
            if missing:
                field.setFocus()
                self._say(sentence, "trouble")
                return False
        return True

    def _agreed(self, bed: BedSnapshot, command: AlarmCommand) -> bool:
        """Whether the station would do it now; else say why not."""
        seen = Situation(now=self._view.clock.now(), phase=bed.alarms.phase, pause=bed.alarms.pause,
                         off=bed.alarms.off.keys())  # fmt: skip
        sentence = refusal(command, seen)
        if sentence:
            self._say(plain(sentence), "trouble")
        return not sentence

    def _ask(self, command: AlarmCommand) -> None:
        self._refused = self._refused and self._asked > 0
        self._asked += 1
        self._say("Asked; waiting for the station.", "dim")
        self._view.send(AskAlarms(bed=self.bed, command=command))

    @Slot(object)
    def show_answer(self, answer: Answer) -> None:
        """What became of what was asked here; a refusal stays until something else is asked."""
        if self._asked and answer.bed in (self.bed, ""):
            self._asked -= 1
            if not self._refused:
                self._say(plain(answer.sentence), "good" if answer.done else "trouble")
            self._refused = self._refused or not answer.done

    def _say(self, sentence: str, look: str) -> None:
        self._said.setText(sentence)
        theme.set_look(self._said, look)
        self._said.show()

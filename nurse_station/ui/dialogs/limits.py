"""The alarm limits of one bed's patient beside the clinic's: shown, changed, switched off, taken back.

Sends commands, each with the name of who asks; the station decides, and its answer is shown in words.
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QSpacerItem, QWidget

from nurse_station.alarms.baseline import FITS
from nurse_station.alarms.limits import Scope
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui import theme
from nurse_station.ui.bridge import Bridge
from nurse_station.ui.dialogs.limits_asker import LimitsAsker, bed_of
from nurse_station.ui.dialogs.limits_baseline import BaselinePart
from nurse_station.ui.dialogs.limits_table import LARGE_TEXT, LimitTable
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look, toggle
from nurse_station.ui.models.limit_rows import back_to_clinic, group_of
from nurse_station.ui.models.limit_words import GROUPS, condition_name
from nurse_station.ui.models.units import WARD, Units

TITLE = "Alarm limits"
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
ASKED = "Asked; waiting for the station."
FITTED = frozenset(group_of(key.partition(".")[0]) for key in FITS)
"""The headings under which a baseline moves limits."""
SCOPES = (Scope.PATIENT, Scope.CLINIC)
SCOPE_WORDS = (
    ("This &patient", "The limits of the patient who is here now"),
    ("The clinic's o&wn", "What every patient of this clinic starts with"),
)


class LimitsDialog(SideDialog):
    """Follows the bed as long as it is open; what is typed stays until it is set, or the patient goes."""

    reaches_down = True

    def __init__(
        self, view: StationView, bed: str, about: str = "", parent: QWidget | None = None, units: Units = WARD
    ) -> None:
        found = bed_of(view, bed)
        super().__init__(f"{TITLE} · {found.name if found is not None else bed}", parent)
        self.heading.setWordWrap(True)
        self._view, self.bed = view, bed
        self._session = found.session if found is not None else None
        self._asker = LimitsAsker(view, bed)
        self._scope, self._switching = Scope.PATIENT, ""
        self._groups = QComboBox()
        self._scopes = [toggle(words, tip) for words, tip in SCOPE_WORDS]
        self._warning = label_with_look("trouble", CLINIC_WARNING)
        self._unwatched = label_with_look("dim", NOT_WATCHED)
        self._units = units
        self._tables: dict[str, LimitTable] = {}
        self._baseline, self._rule = BaselinePart(), QFrame()
        self._who, self._why = QLineEdit(), QLineEdit()
        self._said = label_with_look("trouble")
        self._build()
        self._listen()
        self._scopes[0].setChecked(True)
        self.show_about(about)
        self.look()  # What is there

    def _build(self) -> None:
        head = QHBoxLayout()
        self._groups.setAccessibleName("Limits of")
        self._groups.setToolTip("Which limits are shown")
        for choice in self._scopes:
            head.addWidget(choice)
        large = theme.current().text_scale >= LARGE_TEXT
        (self.body if large else head).addWidget(self._groups, 1)
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
        self._off = button("Switch o&ff", self.switch_off)
        self._off.hide()
        self.foot.addWidget(self._off)
        if theme.current().text_scale < LARGE_TEXT:
            self.add_buttons(self._undo, self._back)
        else:  # the limits themselves need the room
            self.body.addWidget(self._undo)
            self.body.addWidget(self._back)
        self.add_buttons(self._set, button("C&lose", self.reject))

    def _listen(self) -> None:
        parent = self.parentWidget()
        bridge = parent.window().findChild(Bridge) if parent is not None else None
        self._asks_itself = bridge is None
        if bridge is not None:
            bridge.answered.connect(self.show_answer)
        for choice, scope in zip(self._scopes, SCOPES, strict=True):
            choice.clicked.connect(partial(self.show_scope, scope))
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
        table = LimitTable(group, self._units)
        table.switch_asked.connect(self.switch)
        self.body.insertWidget(self.body.indexOf(self._rule), table)
        before: QWidget = self._groups
        for stop in table.stops:
            QWidget.setTabOrder(before, stop)
            before = stop
        return table

    @Slot()
    def _show_group(self) -> None:
        shown = self.table
        for table in self._tables.values():
            table.setVisible(table is shown)
        self.look()
        if shown.fields and not self._groups.hasFocus():
            next(iter(shown.fields.values())).setFocus()

    def show_scope(self, scope: Scope) -> None:
        """This patient's limits or the clinic's own: what was typed for one is not meant for the other."""
        if scope is not self._scope:
            self._forget_typed()
        self._scope = scope
        for choice, its in zip(self._scopes, SCOPES, strict=True):
            choice.setChecked(its is scope)
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
        self.entitle(f"{TITLE} · {bed.name}")  # the bed may be given another name while the panel is open
        self._show(bed)

    def _another(self, bed: BedSnapshot) -> None:
        """Another patient: nothing that was meant for the last one may reach this one."""
        self._session, self._asker = bed.session, LimitsAsker(self._view, self.bed)
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
        done = self._asker.done
        self._undo.setEnabled(done is not None)
        self._undo.setToolTip(f"Undo: {done.words}" if done is not None else "Nothing to undo")
        self._set.setEnabled(limits is not None)
        if limits is not None:
            for table in self._tables.values():
                table.show_limits(limits, bed.alarms.off, self._scope)
            self._baseline.show_bed(bed)

    # What is asked

    @Slot()
    def set_typed(self) -> None:
        """Set what was typed, under every heading: all of it or nothing."""
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
            self._say(ASKED, "dim")
            self._asker.set_limits(bed, self._scope, steps, self._name, self._why.text().strip())

    @Slot()
    def back(self) -> None:
        """All limits of this patient as the clinic has them; what was typed is taken back too."""
        if (bed := self._watched()) is not None and self._named():
            self._forget_typed()
            self._say(ASKED, "dim")
            self._asker.back_to_clinic(bed, self._name)

    def sign(self, who: str) -> None:
        """Who is signed in at the window writes no name again; one that is written stays."""
        if who and not self._name:
            self._who.setText(who)

    @Slot(object)
    def set_baseline(self, values: Mapping[str, float]) -> None:
        """Set what was proposed for these values."""
        if (bed := self._watched()) is not None and self._named():
            self._say(ASKED, "dim")
            self._asker.set_baseline(bed, values, self._name)

    @Slot(str)
    def switch(self, condition: str) -> None:
        """Switch an alarm on again; to switch it off, ask for the reason first."""
        bed = self._watched()
        if bed is None:
            return
        if condition in bed.alarms.off:
            if self._named():
                self._say(ASKED, "dim")
                self._asker.switch_on(bed, condition, self._name)
        elif sentence := self._asker.why_not_off(bed, condition, "asked for next"):
            self._say(sentence, "trouble")
        else:
            self._show_switching(condition)
            (self._why if self._name else self._who).setFocus()
            self._say(f"{condition_name(condition)}: write your name and why, then Switch off.", "doubtful")

    @Slot()
    def switch_off(self) -> None:
        """Switch off the alarm that was chosen, with the reason that was written."""
        bed, why = self._watched(), self._why.text().strip()
        if bed is None or not self._switching or not self._named():
            return
        if sentence := self._asker.why_not_off(bed, self._switching, why):
            self._say(sentence, "trouble")
            return
        self._say(ASKED, "dim")
        self._asker.switch_off(self._switching, self._name, why)
        self._show_switching("")
        self._why.clear()

    def _show_switching(self, condition: str) -> None:
        self._switching = condition
        self._off.setVisible(bool(condition))
        self._off.setText(f"Switch o&ff: {condition_name(condition)}" if condition else "Switch o&ff")
        (self._off if condition else self._set).setDefault(True)

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        bed = self._watched()
        if bed is not None and self._asker.done is not None and self._named():
            self._say(ASKED, "dim")
            if sentence := self._asker.undo(bed, self._name):
                self._say(sentence, "trouble")

    def _watched(self) -> BedSnapshot | None:
        """The bed, if the same patient's alarms are watched there; else say so."""
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
        lacking = (
            (self._who, not self._name, NO_NAME),
            (self._why, reason and not self._why.text().strip(), NO_REASON),
        )
        for field, missing, _ in lacking:
            theme.set_look(field, "wrong" if missing else "")
        for field, missing, sentence in lacking:
            if missing:
                field.setFocus()
                self._say(sentence, "trouble")
                return False
        return True

    @Slot(object)
    def show_answer(self, answer: Answer) -> None:
        """What became of what was asked here; a refusal stays until something else is asked."""
        told = self._asker.heard(answer)
        if told is not None:
            self._say(told.sentence, "good" if told.done else "trouble")

    def _say(self, sentence: str, look: str) -> None:
        self._said.setText(sentence)
        theme.set_look(self._said, look)
        self._said.show()

"""The day of the course and the questions before an infusion, answered by N, Y and U. Decides no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from nurse_station.infusion.protocol_folder import troubles_of
from nurse_station.infusion.units import shown
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import decide
from nurse_station.sessions.findings import Level
from nurse_station.sessions.states import State
from nurse_station.station.commands import DoDeed
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.day_fields import FieldGrid
from nurse_station.ui.dialogs.day_form import DayForm, add_all, show_all
from nurse_station.ui.dialogs.day_list import KeyList
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models import day_practice
from nurse_station.ui.models.day_checklist import REPLIES, Marked, score_of, screening_marks, screening_rows
from nurse_station.ui.models.day_practice import SimulatedBed
from nurse_station.ui.models.day_reading import DaysReading
from nurse_station.ui.models.day_steps import CourseDay, of_patient, proposed, protocol_words
from nurse_station.ui.models.limit_rows import parsed

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

NO_DAY = "Write whole numbers: which day, of how many."
READING = "Looking for former days in the record…"
KEYS_SAID = "N no · Y yes · U not known · ↑ ↓ · Tab to the note · Enter when all is answered"
PENDING_S = 3.0


class ScreeningForm(DayForm):
    """First which day of which course, then the questions; each answer stands in the record at once."""

    key = "screening"
    title = "Screening"
    practised_in = frozenset({State.SCREENING})

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        self._reading = DaysReading(view)
        self._proposed: CourseDay | None = None
        self._asked = False
        self._pending: dict[str, tuple[str, float]] = {}
        super().__init__(view, desk, bed, parent)

    def build(self) -> None:
        self.begin = FieldGrid(self.key)
        rows = [(each.name, key) for key, each in self.view.protocols().items()]
        self.begin.add_choice("protocol", "&Protocol", rows, tip="Whose rules and limits hold today")
        self.begin.add_line("course", "Co&urse", tip="The clinic's name or number of the course")
        self.begin.add_line("day", "&Day", unit="of the course", tip="From 1")
        self.begin.add_line("days", "&Of", unit="days", tip="How many days the course has")
        self._why, self._approved = label_with_look("dim", READING), label_with_look("doubtful")
        self._approved.setObjectName("screening_approved")
        self.questions = KeyList(self.key, "Questions before the infusion")
        self.note, self._note_of = QLineEdit(), QLabel("&Note")
        self._note_of.setBuddy(self.note)
        self.note.setObjectName("screening_note")
        self.note.setAccessibleName("Note to the chosen question")
        self.note.setToolTip("Recorded with the answer; Enter keeps it")
        self._hint = label_with_look("small", KEYS_SAID)
        self._open, self._warned = label_with_look("doubtful"), label_with_look("dim")
        self._open.setObjectName("screening_open")
        self.findings = FindingRows()
        noted = QHBoxLayout()
        noted.addWidget(self._note_of)
        noted.addWidget(self.note, 1)
        add_all(self.body, self.begin, self._why, self._approved, self.questions, self._hint)
        self.body.addLayout(noted)
        add_all(self.body, self._open, self._warned, self.findings)
        self.body.addStretch(1)
        self._build_decline()
        self.begin.changed.connect(self._retyped)
        self.questions.answered.connect(self.answer)
        self.questions.chosen.connect(self._show_note)
        self.note.editingFinished.connect(self._keep_note)
        self.findings.changed.connect(self.look)

    def begin_at(self) -> None:
        if self.care is not None and self.care.summary.state is State.SCREENING:
            self.questions.setFocus()

    def _build_decline(self) -> None:
        self.why = QLineEdit()
        self.why.setObjectName("screening_decline_why")
        self.why.setAccessibleName("Why there is no infusion today")
        self.why.setPlaceholderText("No infusion today, because…")
        self.why.setToolTip("Recorded; the day ends here")
        self.decline_button = button("No &infusion today", self.decline)
        self.decline_button.setObjectName("screening_decline")
        row = QHBoxLayout()
        row.addWidget(self.why, 1)
        row.addWidget(self.decline_button)
        self.foot.addLayout(row)

    # What is shown

    def show_care(self, care: CareSnapshot) -> None:
        state = care.summary.state
        beginning = state is State.DRAFT
        asking = state is State.SCREENING
        show_all(beginning, self.begin, self._why, self._approved)
        show_all(asking, self.questions, self._hint, self.note, self._note_of, self._open, self.findings)
        self.decline_button.setEnabled(bool(self.why.text().strip()) and state in BEFORE_START)
        if beginning:
            self._show_begin(care)
        elif asking:
            self._show_questions(care)
        else:
            self.primary.setText("&Next step")
            self._warned.hide()

    def _show_begin(self, care: CareSnapshot) -> None:
        self._warned.hide()
        self.primary.setText("&Begin the screening")
        if self._proposed is None and self._reading.done:
            self._propose(care)
        protocol = self.view.protocols().get(str(self.begin.choices["protocol"].currentData()))
        said = protocol_words(protocol) if protocol is not None else ""
        said = "\n".join([said, *(f"▲ {each}" for each in troubles_of(self.view.protocols()))])
        theme.set_look(self._approved, "doubtful" if "▲" in said else "dim")
        self._approved.setText(said)
        self._approved.setVisible(bool(said))
        deed = self._begun()
        wrong = {}
        if deed is None:
            wrong = {"day": NO_DAY} if self._proposed is not None else {}
        else:
            decision = decide(care.session, deed, care.seen, care.protocol, who=self.desk.who)
            wrong = {each.field or "day": each.whole for each in decision.open}
        self.begin.show_beside(wrong, {})
        self.allow(deed is not None and not wrong)
        if not self.begin.isAncestorOf(self.focusWidget() or self):
            self.primary.setFocus()

    def _propose(self, care: CareSnapshot) -> None:
        patient = care.session.patient
        usual = next(iter(self.view.protocols().values())).course.days
        own = [day for day in self._reading.days if day.session != self.session]
        past = of_patient(own, patient) if patient is not None else ()
        self._proposed = one = proposed(past, self.view.clock.wall().astimezone().date(), usual)
        self._why.setText(self._reading.trouble or one.why)
        self.begin.write({"course": one.course, "day": str(one.day), "days": str(one.days)})

    def _retyped(self, key: str) -> None:
        if key == "protocol" and self._proposed is not None and self._proposed.day == 1:
            chosen = self.view.protocols()[str(self.begin.choices["protocol"].currentData())]
            self.begin.lines["days"].setText(shown(chosen.course.days))
        self.look()

    def _begun(self) -> deeds.ScreeningBegun | None:
        day, days = (parsed(self.begin.text(key)) for key in ("day", "days"))
        if day is None or days is None or not (day.is_integer() and days.is_integer()):
            return None
        return deeds.ScreeningBegun(course=self.begin.text("course").strip(), day=int(day), days=int(days))

    def _show_questions(self, care: CareSnapshot) -> None:
        self.primary.setText("S&creening complete")
        self._forget_answered(care)
        self.questions.show_rows(screening_rows(care.session.day), self._marks(care))
        if not self._asked:
            self._asked = True
            self.questions.setFocus()
        decision = decide(care.session, deeds.Screened(), care.seen, care.protocol, self.findings.overrides,
                          who=self.desk.who)  # fmt: skip
        refused = [each.whole for each in decision.findings if each.level is Level.REFUSE]
        warned = [each.whole for each in decision.findings if each.level is Level.WARN]
        blocked = [each for each in decision.findings if each.level is Level.BLOCK]
        for label, said in ((self._open, refused), (self._warned, warned)):
            label.setText("\n".join(said))
            label.setVisible(bool(said))
        self.offer_names(self.findings, care)
        self.findings.show_findings(blocked)
        self.findings.setVisible(bool(blocked))
        self.allow(decision.allowed and not self._pending)

    def _marks(self, care: CareSnapshot) -> dict[str, Marked]:
        waiting = {key: Marked(answer=answer, aside="…") for key, (answer, _) in self._pending.items()}
        return screening_marks(care.session) | waiting

    def _forget_answered(self, care: CareSnapshot) -> None:
        """What stands in the record, or was not taken, is waited for no more."""
        marks, now = screening_marks(care.session), self.view.clock.now()
        for key, (answer, at) in list(self._pending.items()):
            if key in marks and marks[key].answer == answer:
                del self._pending[key]
            elif now - at > PENDING_S:
                del self._pending[key]
                self.say("An answer was not recorded: read the message at the top, and answer again.")

    # What is done

    def enter(self) -> None:
        """Begin, or complete the screening; else go to what is open."""
        if self.blocked or self.care is None or self.waiting:
            return
        state = self.care.summary.state
        if state is State.DRAFT:
            self._enter_begin()
        elif state is not State.SCREENING:
            self.go_on()
        elif self._allowed:
            self.send(deeds.Screened(), overrides=self.findings.overrides, then=self.go_on)
        else:
            self._go_to_open(self.care)

    def _enter_begin(self) -> None:
        deed = self._begun()
        if deed is None or not self._allowed or self.care is None:
            self.begin.focus_first(["day"])
            return
        key = str(self.begin.choices["protocol"].currentData())
        last = self.care.entries[-1].number
        self._sent, self._then = ((deed,), last, self.view.clock.now()), self._nothing
        self.view.send(DoDeed(bed=self.bed, deed=deed, who=self.desk.who, protocol=key))

    def _go_to_open(self, care: CareSnapshot) -> None:
        marks = self._marks(care)
        unanswered = next((row.key for row in screening_rows(care.session.day) if row.key not in marks), "")
        self.questions.go_to(unanswered)
        if unanswered or not self.findings.focus_open():
            self.questions.setFocus()

    def practise(self, bed: SimulatedBed) -> None:
        """A first day of a made-up course; then no to all that is open."""
        care = self.care
        if care is not None and care.summary.state is State.SCREENING:
            for question, key in day_practice.answers(bed, care).items():
                self.answer(question, key)
        self.primary.setFocus()

    def answer(self, question: str, key: str) -> None:
        """Record one answer at once."""
        if self.blocked or self.care is None:
            return
        self._pending[question] = (key, self.view.clock.now())
        if question == "nightmare":
            deed: deeds.Deed = deeds.Scored(scale="nightmare", score=score_of(key))
        else:
            former = self.care.session.answers.get(question)
            note = former.note if former is not None and former.reply is REPLIES[key] else ""
            deed = deeds.Answered(question=question, reply=REPLIES[key], note=note)
        self.desk.send(self.bed, deed)
        self.look()

    def _show_note(self, question: str) -> None:
        given = self.care.session.answers.get(question) if self.care is not None else None
        self.note.setText(given.note if given is not None else "")
        self.note.setEnabled(question != "nightmare")

    def _keep_note(self) -> None:
        """The note belongs to the answer that stands; without one it waits in its field."""
        care, question, note = self.care, self.questions.key, self.note.text().strip()
        given = care.session.answers.get(question) if care is not None else None
        if given is not None and note != given.note and not self.blocked:
            self.desk.send(self.bed, deeds.Answered(question=question, reply=given.reply, note=note))
        self.note.setModified(False)

    def decline(self) -> None:
        """No infusion today; the day ends."""
        if self.why.text().strip():
            self.send(deeds.Declined(why=self.why.text().strip()), then=self.hide)


BEFORE_START = frozenset({State.DRAFT, State.SCREENING, State.BASELINE, State.READY})

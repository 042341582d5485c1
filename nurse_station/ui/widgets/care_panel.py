"""The care of one patient: what runs, what is due, what is found and done. Asks and passes on."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nurse_station.assessments.scales import SCALES
from nurse_station.sessions import deeds
from nurse_station.sessions.day import usual
from nurse_station.sessions.decide import decide
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.states import ENDED, UNDER_CARE, State
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.ui.bed_actions import OPENERS
from nurse_station.ui.models import care_acts
from nurse_station.ui.models.care import check, infusion
from nurse_station.ui.models.care_acts import COMFORT, PromptShown
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.care_infusion import CareInfusion
from nurse_station.ui.widgets.care_prompts import CarePrompts
from nurse_station.ui.widgets.care_question import CareQuestion, Deeds, Reading
from nurse_station.ui.widgets.care_scores import CareScores, show_due
from nurse_station.ui.widgets.care_when import NOBODY as NOBODY_HERE
from nurse_station.ui.widgets.labels import WordsLabel
from nurse_station.ui.widgets.who_button import WhoButton

NOBODY = "Nobody has said who enters"
PUMP_KEYS = frozenset(act.keys for act in care_acts.ACTS)
SCORING = ("usual", "round")
RATE_ACTS = ("start", "raise", "lower", "resume")
FORMS: Mapping[State, tuple[tuple[str, str], ...]] = MappingProxyType({
    State.DRAFT: (("screening", "Screening…"),),
    State.SCREENING: (("screening", "Screening…"),),
    State.BASELINE: (("baseline", "Baseline…"), ("order", "Order…")),
    State.READY: (("order", "Order…"), ("ready", "Second check, prescriber, escort…")),
    State.RECOVERY: (("discharge", "Discharge…"),),
    State.DISCHARGE_READY: (("discharge", "Discharge…"),),
})  # fmt: skip
"""State -> the forms of the day that lead on: key of `bed_actions.OPENERS`, and the button's words."""
ALL_FORMS = tuple(dict.fromkeys(form for forms in FORMS.values() for form in forms))


class CarePanel(QWidget):
    """Follows one bed; what was asked and not answered is dropped when another patient is shown.

    Attributes:
        call_row: Who enters, and EMERGENCY: where the panel is scrolled away it is shown apart from it.

    Signals:
        care_asked: Key of the bed, a word of `CareDesk.do`, and what it is about.
        asked: A form of the day (key of OPENERS), and nothing.
    """

    care_asked = Signal(str, str, object)
    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "panel")
        self._bed: BedSnapshot | None = None
        self._of: tuple[str, str | None] = ("", None)
        self._shown: CareSnapshot | None = None
        self.prompts, self.infusion = CarePrompts(), CareInfusion()
        self.question, self.scores = CareQuestion(self._refusal), CareScores()
        self._pressure_due = WordsLabel("dim")
        self.forms = {key: self._button(words, "", partial(self.asked.emit, key, ""))
                      for key, words in ALL_FORMS}  # fmt: skip
        self.tools = {key: self._button(words, keys, partial(self.act, key)) for key, words, keys in _TOOLS}
        self.who = self.tools["who"] = self._who_button()
        for key, button in self.tools.items():
            set_look(button, "emergency" if key == "emergency" else "act")
        self._acts: MappingProxyType[str, Callable[[CareSnapshot], None]] = MappingProxyType({
            "release": lambda _: self._enter((deeds.Released(),)),
            "usual": lambda _: self._enter((usual("moaas"),)),
            "hold": lambda _: self._choose("hold", "Hold the rate: why?", care_acts.hold_choices(),
                                           lambda text: deeds.Held(why=text)),
            "pause": lambda _: self._choose("pause", "Paused at the pump: why?", care_acts.pause_choices(),
                                            lambda text: deeds.Paused(why=text)),
            "stop": lambda _: self._choose("stop", "Stopped at the pump: why?", care_acts.stop_choices()),
            "over": lambda _: self._ask_over(), "round": lambda _: self.ask_round(),
            "note": lambda _: self._choose("note", "Note for the record", (),
                                           lambda text: deeds.Noted(text=text)),
            "action": self._ask_action, "pressure": lambda _: self._ask_pressure(),
            "undo": lambda _: self._ask("undo"), "propose": lambda _: self.prompts.take_first(),
        })  # fmt: skip
        self.call_row = QWidget()
        self._arrange()
        self._connect()

    def _button(self, words: str, keys: str, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(f"{words}  {keys}".strip())
        made.setAccessibleName(words.rstrip("…"))
        made.setToolTip(f"{words.rstrip('…')}  {keys}".strip())
        made.setAutoDefault(True)
        made.clicked.connect(lambda: act())
        return made

    def _who_button(self) -> WhoButton:
        made = WhoButton()
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.act("who"))
        return made

    def _arrange(self) -> None:
        size = current().size
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, size(6), 0)
        column.setSpacing(size(8))
        for part in (self.prompts, self.infusion, self.question):
            column.addWidget(part)
        forms = QGridLayout()
        for place, button in enumerate(self.forms.values()):
            forms.addWidget(button, place, 0)
        column.addLayout(forms)
        column.addWidget(_rule())
        column.addWidget(self.scores)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(size(12), size(10), size(6), size(10))
        rows.setSpacing(size(6))
        rows.addWidget(self._area, 1)
        rows.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        foot, first = QVBoxLayout(), QHBoxLayout()
        for key in ("action", "note", "undo"):
            first.addWidget(self.tools[key], 1)
        self.tools["who"].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        call = QHBoxLayout(self.call_row)
        call.setContentsMargins(0, 0, 0, 0)
        call.addWidget(self.tools["who"], 1)
        call.addWidget(self.tools["emergency"])
        pressure = QHBoxLayout()
        pressure.addWidget(WordsLabel("small", "Blood pressure"))
        pressure.addWidget(self._pressure_due)
        pressure.addStretch(1)
        pressure.addWidget(self.tools["pressure"])
        foot.setSpacing(current().size(6))
        foot.addLayout(pressure)
        foot.addLayout(first)
        self._call_place = QVBoxLayout()
        self._call_place.addWidget(self.call_row)
        foot.addLayout(self._call_place)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        around = self._area.verticalScrollBar().sizeHint().width() + current().size(6)
        self.infusion.fit(self._area.width() - around)

    def take_call_row(self) -> None:
        """The row with EMERGENCY is the panel's own again."""
        if self._call_place.isEmpty():
            self._call_place.addWidget(self.call_row)

    def _connect(self) -> None:
        self.infusion.act_asked.connect(self.act)
        self.scores.scored.connect(self._score)
        self.scores.round_asked.connect(self.ask_round)
        self.question.answered.connect(self._enter)
        self.question.closed.connect(self._to_top)
        self.question.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.prompts.taken.connect(self._take)

    # What is shown

    def show_bed(self, bed: BedSnapshot) -> None:
        """The bed as it is now; it needs a patient (`bed.care`)."""
        before, self._bed = self._of, bed
        self._of = (bed.bed, bed.session)
        if self._of != before:
            self.question.close_question()
            self.scores.when.forget()
        care, shown = bed.care, self._shown
        self._shown = care
        self.question.show_care(care)
        if care is None or (care is shown and self._of == before):
            return
        day = care.summary
        if shown is None or shown.summary.state is not day.state:
            self._changed_state(day.state)
        self.prompts.show_prompts(tuple(care_acts.prompt(one) for one in day.prompts))
        self.infusion.show_infusion(infusion(care), day.state, unsure=bool(care.unconfirmed))
        over = day.state in ENDED
        self.scores.show_care(care, enabled=not care.unconfirmed and not over)
        show_due(self._pressure_due, check(day, "nibp"))
        offered = dict(FORMS.get(day.state, ()))
        for key, button in self.forms.items():
            button.setVisible(key in offered and key in OPENERS)
        self.tools["emergency"].setEnabled(not over and day.state is not State.EMERGENCY)

    def _changed_state(self, state: State) -> None:
        """What stands at the top is read first: the state, the dose, in an emergency what to do at once."""
        if state is State.EMERGENCY:
            self.question.close_question()
        if self.question.isHidden():
            self._to_top()

    def _to_top(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """No bed is known any more."""
        self._bed, self._of, self._shown = None, ("", None), None
        self.question.close_question()
        self.scores.when.forget()

    def show_who(self, who: str) -> None:
        """Under which name everything is entered."""
        said = who or NOBODY
        self.who.show_words(who or "Who?")
        self.tools["who"].setAccessibleName(f"Entered by: {said}; change it")
        self.tools["who"].setToolTip(f"{said}: press to change  W")

    @property
    def _care(self) -> CareSnapshot | None:
        return self._bed.care if self._bed is not None else None

    # What is done

    def press(self, keys: str) -> None:
        """A key of the pump: what it does depends on the state of the day."""
        found = care_acts.act_of_key(keys, self._care.summary.state) if self._care is not None else None
        if found is not None:
            self.infusion.buttons[found.key].click()

    def act(self, key: str) -> None:
        """Do one of the panel's acts, or begin to ask for what it needs. Unknown words do nothing."""
        if key in ("emergency", "who"):
            self._ask(key)
        elif self._care is None:
            return
        elif key in PUMP_KEYS:
            self.press(key)
        elif key in RATE_ACTS:
            self._ask("rate", key)
        elif key == "bag":
            self._ask("bag")
        elif self._care.summary.state in ENDED and (key.startswith("moaas_") or key in SCORING):
            return  # nothing is found any more in a day that is over
        elif key.startswith("moaas_"):
            self._enter((deeds.Scored(scale="moaas", score=int(key.removeprefix("moaas_"))),))
        elif key in self._acts:
            self._acts[key](self._care)

    def _ask(self, what: str, about: object = None) -> None:
        if self._bed is not None:
            self.care_asked.emit(self._bed.bed, what, about)

    def _enter(self, done: Deeds, at: float | None = None) -> None:
        if at is None:
            self._ask("deeds", done)
        else:
            self._ask("late", (done, at))

    def _score(self, deed: Deed) -> None:
        """One tap is now, unless a time is written: that counts for one tap and is gone."""
        at = self.scores.when.read(self._care) if self.scores.when.written else None
        refused = at if isinstance(at, str) else "" if at is None else self._refusal((deed,), at)
        if refused:
            self.scores.when.refuse(refused)
        elif not isinstance(at, str):
            self.scores.when.forget()
            self._enter((deed,), at)

    def _take(self, prompt: PromptShown) -> None:
        if prompt.deed is not None:
            self._enter((prompt.deed,))
        else:
            self.act("pressure")

    def _choose(
        self, asked: str, title: str, choices: tuple[tuple[str, Deed], ...],
        made: Callable[[str], Deed] | None = None, hint: str = "In your own words",
    ) -> None:  # fmt: skip
        """No reason is chosen beforehand: Enter alone would record one that nobody gave."""
        reading = None if made is None else self._reading(made)
        self._show_question(asked, title, choices, reading, hint, chosen=not choices)

    def _show_question(
        self,
        asked: str,
        title: str,
        choices: tuple[tuple[str, Deed], ...],
        reading: Reading | None,
        hint: str,
        *,
        chosen: bool = True,
    ) -> None:
        self.question.ask(asked, title, choices, reading, hint, chosen=chosen)
        QTimer.singleShot(0, self, self._reveal_question)  # it has a place only after the next layout

    def _reveal_question(self) -> None:
        """Scroll to it, also where the whole bed is scrolled because letters are large."""
        place = self.question.parentWidget()
        while place is not None:
            if isinstance(place, QScrollArea):
                place.ensureWidgetVisible(self.question, 0, 0)
                place.horizontalScrollBar().setValue(0)
            place = place.parentWidget()

    def _reading(self, made: Callable[[str], Deed]) -> Reading:
        """What is written, as it would be entered."""

        def read(text: str) -> Deeds | str:
            return (made(text.strip()),)

        return read

    def _refusal(self, done: Deeds, at: float | None) -> str:
        """Why it cannot be entered as done then; empty: it can. None: now."""
        care = self._care
        if care is None:
            return NOBODY_HERE
        for deed in done:
            decision = decide(care.session, deed, care.seen, care.protocol, at=at)
            if not decision.allowed:
                return decision.open[0].whole
        return ""

    def _ask_over(self) -> None:
        """Nothing is chosen beforehand: Enter alone ends no emergency."""
        choices = (("The patient recovers here", deeds.EmergencyOver()),)
        self._show_question("over", "The emergency is over? Choose with the arrow keys, or write.", choices,
                            self._reading(lambda text: deeds.Transferred(to=text)),
                            "or handed over to", chosen=False)  # fmt: skip

    def ask_why(self, bed: str, title: str, took: Callable[[str], str]) -> None:
        """Ask for a reason in place; `took` says why it does not take it. Not for another bed."""
        if self._of[0] != bed:
            return
        self.question.ask_why("undo", title, "Why was it wrong?", took)
        QTimer.singleShot(0, self, self._reveal_question)

    def _ask_action(self, care: CareSnapshot) -> None:
        self._choose("action", "What was done?", care_acts.action_choices(care),
                     lambda text: deeds.Intervened(what=text))  # fmt: skip

    def _ask_pressure(self) -> None:
        self._show_question("pressure", "Measured by hand", (), self._read_measured,
                            "128/76, with pulse and temperature 128/76 82 36.8")  # fmt: skip

    def _read_measured(self, text: str) -> Deeds | str:
        deed = care_acts.measured(text)
        return (deed,) if deed is not None else "Write it as 128/76, in mmHg, or 36.8, in °C."

    def ask_round(self) -> None:
        """Everything as usual; the pain is asked, for a number that nobody heard is none."""
        words = ", ".join(SCALES[key].name.lower() for key in COMFORT[1:])
        if self._care is not None and self._care.summary.state not in ENDED:
            self._show_question(
                "round", f"As usual: {words}. And the pain?", (), self._read_round, "Pain, 0 to 10"
            )

    def _read_round(self, text: str) -> Deeds | str:
        if not (text.strip().isascii() and text.strip().isdigit()):
            return "Ask for the pain, and write 0 to 10."
        pain = deeds.Scored(scale="pain", score=int(text))
        return (pain, *(usual(key) for key in COMFORT[1:]))

    @property
    def under_care(self) -> bool:
        """Whether drug was given and the patient is still here."""
        return self._care is not None and self._care.summary.state in UNDER_CARE


_TOOLS = (
    ("pressure", "Measured…", "P"), ("action", "Action…", "I"), ("note", "Note…", "N"),
    ("undo", "Undo", "Ctrl+Z"), ("emergency", "EMERGENCY", "F12"),
)  # fmt: skip


def _rule() -> QFrame:
    made = QFrame()
    set_look(made, "rule")
    return made

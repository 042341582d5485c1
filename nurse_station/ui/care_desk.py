"""What a nurse does for a patient, from the screen to the station, under a name. Decides nothing."""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Override
from nurse_station.station.commands import CorrectDeed, DoDeed
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.bed_actions import NURSE, SIGNED_IN
from nurse_station.ui.models.care_undo import IN_THE_RECORD, Undo, undo
from nurse_station.ui.models.joined_answers import JoinedAnswers

SLIP = "slip of the finger"
NO_REASON = "Write why: it stands in the record beside the entry."
CALLED = "EMERGENCY called. Switch the pump off now, then call for help."
ASIDE = "The open forms are put aside with all that is typed, until the emergency is over."
TWICE_S = 0.7
"""The same thing for the same patient within so short a time is one press of a hand that trembled."""
LESSENING = (deeds.Held, deeds.Paused, deeds.Stopped, deeds.EmergencyCalled)
"""Done whoever sits there: what gives less drug waits for no name and no second question."""


class CareDesk(QObject):
    """One a window: it knows who works here, and sends deeds of the panels.

    Signals:
        who_changed: The name, or initials, under which everything is entered from now on.
        told: An Answer for the person at the screen that the station has no part in.
        why_asked: Key of the bed, a question, and what takes the reason (text -> why it does not).
    """

    who_changed = Signal(str)
    told = Signal(object)
    why_asked = Signal(str, str, object)

    def __init__(self, view: StationView, window: QWidget) -> None:
        super().__init__(window)
        self._view, self._window = view, window
        self._who = ""
        self._last: tuple[float, str, object] | None = None
        self._answers = JoinedAnswers()
        self._aside: list[QDialog] = []
        self._does: MappingProxyType[str, Callable[[BedSnapshot, object], None]] = MappingProxyType({
            "deeds": self._deeds, "late": self._late, "rate": self._rate, "undo": self._undo,
            "correct": self._correct, "bag": self._bag,
            "emergency": lambda bed, _: self.emergency(bed), "who": lambda _bed, _: self.ask_who(),
        })  # fmt: skip

    @property
    def who(self) -> str:
        """Who enters; empty: nobody has said so yet."""
        return self._who

    def set_who(self, who: str) -> None:
        """From now on. An empty name changes nothing."""
        who = " ".join(who.split())
        if who and who != self._who:
            self._who = who
            self._window.setProperty(SIGNED_IN, who)
            self.who_changed.emit(who)

    def do(self, bed_key: str, what: str, about: object = None) -> None:
        """Do what a panel asked for. Raises KeyError for a word that there is not."""
        bed = self._bed(bed_key)
        if bed is not None:
            self._does[what](bed, about)

    def send(
        self, bed: str, *done: Deed, overrides: tuple[Override, ...] = (), at: float | None = None
    ) -> None:
        """Enter deeds; who enters them is asked first where nobody has said so yet.

        Args:
            bed: Its key.
            done: What.
            overrides: What a prescriber lets pass.
            at: When it was done, seconds of the session's clock; None: now.
        """
        if self._again(bed, done):
            return
        if not self._who:
            self.ask_who(partial(self._send, bed, done, overrides, at))
            return
        self._send(bed, done, overrides, at)

    def _send(
        self, bed: str, done: tuple[Deed, ...], overrides: tuple[Override, ...] = (), at: float | None = None
    ) -> None:
        who = self._who or NURSE
        self._answers.expect(bed, len(done))
        for deed in done:
            self._view.send(DoDeed(bed=bed, deed=deed, who=who, overrides=overrides, at=at))
        if any(isinstance(deed, deeds.EmergencyOver | deeds.Transferred) for deed in done):
            self._bring_back()

    def _again(self, bed: str, done: object) -> bool:
        now = self._view.clock.now()
        last, self._last = self._last, (now, bed, done)
        return last is not None and last[1:] == (bed, done) and now - last[0] < TWICE_S

    def emergency(self, bed: BedSnapshot) -> None:
        """At once, whoever it is: no question stands before it."""
        done = (deeds.EmergencyCalled(),)
        if not self._again(bed.bed, done):
            self._put_aside()
            self._send(bed.bed, done)
            self._answers.instead(bed.bed, f"{CALLED} {ASIDE}" if self._aside else CALLED)

    def heard(self, answer: Answer) -> Answer:
        """The station's answer as it is to be read: what one press entered is named together."""
        return self._answers.heard(answer)

    def _put_aside(self) -> None:
        """No form covers an emergency."""
        for form in self._window.findChildren(QDialog):
            if form.isVisible() and not form.isModal():
                form.hide()
                form.destroyed.connect(partial(self._forget_form, form))
                self._aside.append(form)

    def _forget_form(self, form: QDialog) -> None:
        self._aside = [each for each in self._aside if each is not form]

    def _bring_back(self) -> None:
        """Where a form was put aside it comes back as it was."""
        forms, self._aside = self._aside, []
        for form in forms:
            form.show()

    def correct(
        self, bed: str, number: int, deed: Deed, why: str, overrides: tuple[Override, ...] = ()
    ) -> None:
        """Replace an entry of the day, or withdraw it."""
        if not self._who:
            self.ask_who(partial(self.correct, bed, number, deed, why, overrides))
            return
        self._view.send(
            CorrectDeed(bed=bed, number=number, deed=deed, who=self._who, why=why, overrides=overrides)
        )

    def ask_who(self, then: Callable[[], object] = lambda: None) -> None:
        """Ask for the name beside the window, then go on with what waited for it."""
        from nurse_station.ui.dialogs.care_who import WhoDialog

        WhoDialog(self, then, self._window).show()

    def _bed(self, key: str) -> BedSnapshot | None:
        return next((bed for bed in self._view.snapshot().beds if bed.bed == key), None)

    def _late(self, bed: BedSnapshot, about: object) -> None:
        """(what, when it was done, seconds of the session's clock)."""
        assert isinstance(about, tuple)
        self._deeds(bed, about[0], float(about[1]))

    def _deeds(self, bed: BedSnapshot, about: object, at: float | None = None) -> None:
        assert isinstance(about, tuple)
        lessens = all(isinstance(deed, LESSENING) for deed in about)
        unsure = bed.care is not None and bed.care.unconfirmed
        if unsure and not lessens and not all(isinstance(deed, deeds.PatientBound) for deed in about):
            self._tell(bed, f"{unsure} Confirm the patient first.")
        elif lessens and not self._who:
            self._send(bed.bed, about, at=at)
            self.ask_who()
        else:
            self.send(bed.bed, *about, at=at)

    def _rate(self, bed: BedSnapshot, about: object) -> None:
        from nurse_station.ui.dialogs.rate import open_rate
        from nurse_station.ui.models.care_rate import RateMode

        if not self._who:
            self.ask_who(partial(self._rate, bed, about))
            return
        open_rate(self._view, self, bed, RateMode(str(about)), self._window)

    def _bag(self, bed: BedSnapshot, about: object) -> None:
        from nurse_station.ui.dialogs.care_bag import BagDialog

        if not self._who:
            self.ask_who(partial(self._bag, bed, about))
        elif bed.care is not None:
            BagDialog(self._view, self, bed, self._window).show()

    def _undo(self, bed: BedSnapshot, _about: object) -> None:
        """A slip at once; what moves state or dose only with a reason; nothing older, by no key."""
        if bed.care is None or self._again(bed.bed, "undo"):
            return
        found = undo(bed.care, self._who)
        if found.refused:
            self._tell(bed, found.refused)
        elif found.asks:
            self.why_asked.emit(bed.bed, found.asks, partial(self._take_back, bed, found))
        else:
            self._answers.expect(bed.bed, len(found.numbers))
            for number in found.numbers:
                self.correct(bed.bed, number, deeds.Withdrawn(), SLIP)

    def _take_back(self, asked: BedSnapshot, found: Undo, why: str) -> str:
        """Why it is not taken back; empty: it is. What was entered since the question was asked ends it."""
        bed = self._bed(asked.bed)
        if not why:
            return NO_REASON
        if bed is None or bed.care is None or bed.session != asked.session or (
            undo(bed.care, self._who).numbers != found.numbers
        ):  # fmt: skip
            return IN_THE_RECORD
        self.correct(bed.bed, found.numbers[0], deeds.Withdrawn(), why)
        return ""

    def _correct(self, bed: BedSnapshot, about: object) -> None:
        from nurse_station.ui.dialogs.care_correct import CorrectDialog
        from nurse_station.ui.dialogs.care_patient import open_correction
        from nurse_station.ui.models.care_patient import place_of

        if bed.care is not None and about == place_of(bed.care):
            open_correction(self._view, self, bed, self._window)
        elif bed.care is not None and isinstance(about, int):
            CorrectDialog(self._view, self, bed.bed, about, self._window).show()

    def _tell(self, bed: BedSnapshot, sentence: str) -> None:
        self.told.emit(Answer(done=False, sentence=sentence, bed=bed.bed))

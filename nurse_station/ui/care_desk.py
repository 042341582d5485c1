"""What a nurse does for a patient, from the screen to the station, under a name. Decides nothing."""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Override
from nurse_station.station.commands import CorrectDeed, DoDeed
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.bed_actions import NURSE
from nurse_station.ui.models.care_record import undone

SLIP = "slip"
TWICE_S = 0.7
"""The same thing for the same patient within so short a time is one press of a hand that trembled."""
NOTHING_TO_UNDO = "There is no entry of your own to take back; choose the entry in the record to correct it."
LESSENING = (deeds.Held, deeds.Paused, deeds.Stopped, deeds.EmergencyCalled)
"""Done whoever sits there: what gives less drug waits for no name and no second question."""


class CareDesk(QObject):
    """One a window: it knows who works here, and sends deeds of the panels.

    Signals:
        who_changed: The name, or initials, under which everything is entered from now on.
        told: An Answer for the person at the screen that the station has no part in.
    """

    who_changed = Signal(str)
    told = Signal(object)

    def __init__(self, view: StationView, window: QWidget) -> None:
        super().__init__(window)
        self._view, self._window = view, window
        self._who = ""
        self._last: tuple[float, str, object] | None = None
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
        for deed in done:
            self._view.send(DoDeed(bed=bed, deed=deed, who=who, overrides=overrides, at=at))

    def _again(self, bed: str, done: object) -> bool:
        now = self._view.clock.now()
        last, self._last = self._last, (now, bed, done)
        return last is not None and last[1:] == (bed, done) and now - last[0] < TWICE_S

    def emergency(self, bed: BedSnapshot) -> None:
        """At once, whoever it is: no question stands before it."""
        done = (deeds.EmergencyCalled(),)
        if not self._again(bed.bed, done):
            self._send(bed.bed, done)

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
        entry = undone(bed.care.entries, self._who) if bed.care is not None else None
        if entry is None:
            self._tell(bed, NOTHING_TO_UNDO)
        else:
            self.correct(bed.bed, entry.number, deeds.Withdrawn(), SLIP)

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

"""What a nurse asks of a bed: a question where one is needed, then a command to the station."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from nurse_station.alarms.commands import Acknowledge, CancelPause, PauseAudio
from nurse_station.station.commands import (
    AddNote,
    AskAlarms,
    DisconnectMonitor,
    EndSession,
    PauseRoom,
    RenameBed,
    TestSound,
)
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui.marking import entitled
from nurse_station.ui.models.alarm_marks import pause_left

NAME_LENGTH = 40
SIGNED_IN = "signed_in"
"""The window's property with the name of who works there."""
NURSE = "nurse"
"""Who acts, as long as the program does not know the person."""
Opener = Callable[[StationView, BedSnapshot, str, QWidget], None]


def _open_alarms(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> None:
    from nurse_station.ui.dialogs.alarm_openers import open_alarms

    open_alarms(view, bed, about, window)


def _open_limits(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> None:
    from nurse_station.ui.dialogs.alarm_openers import open_limits

    open_limits(view, bed, about, window).sign(window.property(SIGNED_IN) or "")


def _open_day(key: str, view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> None:
    from nurse_station.ui.dialogs.day_openers import open_form

    open_form(view, bed, key, window)


def _open_next(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> None:
    from nurse_station.ui.dialogs.day_openers import open_next

    open_next(view, bed.bed, window)


def _open_patients(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> None:
    from nurse_station.ui.views.patients import open_patients

    open_patients(view, window)


DAY_FORMS = ("patient", "screening", "order", "baseline", "ready", "discharge")
OPENERS: Mapping[str, Opener] = MappingProxyType({
    "alarms": _open_alarms, "limits": _open_limits, "day": _open_next, "patients": _open_patients,
    **{key: partial(_open_day, key) for key in DAY_FORMS},
})  # fmt: skip
"""What opens "alarms" and "limits" (of the block that was pressed, or all), the forms of the day ("day": that
of the next step), and the list of patients. Not here: cannot be opened."""


class BedActions:
    """Asks in front of `window`, and sends to the station."""

    def __init__(self, view: StationView, window: QWidget, who: Callable[[], str] = lambda: "") -> None:
        """`who`: who is signed in at this window; empty: nobody has said so."""
        self._view, self._signed_in = view, who
        self._window = window
        self._does: MappingProxyType[str, Callable[[BedSnapshot, str], None]] = MappingProxyType({
            "connect": self.connect_monitor,
            "note": self.write_note,
            "rename": self.rename,
            "end": self.end_session,
            "disconnect": self.disconnect_monitor,
            "acknowledge": self.acknowledge,
            "pause": self.pause_or_sound,
            "alarms": lambda bed, about: self._open("alarms", bed, about),
            "limits": lambda bed, about: self._open("limits", bed, about),
        })  # fmt: skip

    def do(self, action: str, bed: BedSnapshot, source: str = "") -> None:
        """Do what was chosen for the bed, or open its form. Raises KeyError for what there is not."""
        if action in self._does:
            self._does[action](bed, source)
        else:
            OPENERS[action](self._view, bed, source, self._window)

    def connect_monitor(self, bed: BedSnapshot, source: str = "") -> None:
        from nurse_station.ui.dialogs.connect import ConnectDialog

        ConnectDialog(self._view, bed.bed, self._window).show()

    @property
    def _who(self) -> str:
        """Who acts; the program need not know the person: an alarm waits for no name."""
        return self._signed_in() or NURSE

    def acknowledge(self, bed: BedSnapshot, source: str = "") -> None:
        self._view.send(AskAlarms(bed=bed.bed, command=Acknowledge(who=self._who)))

    def pause_or_sound(self, bed: BedSnapshot, source: str = "") -> None:
        """Pause the bed's sound; while it is paused, end the pause."""
        paused = pause_left(bed, self._view.clock.now())
        command = CancelPause(who=self._who) if paused else PauseAudio(who=self._who)
        self._view.send(AskAlarms(bed=bed.bed, command=command))

    def pause_room(self) -> None:
        """Pause the sound of every bed; the station ends the pauses when it is asked again."""
        self._view.send(PauseRoom(who=self._who))

    def test_sound(self) -> None:
        self._view.send(TestSound(who=self._who))

    def _open(self, what: str, bed: BedSnapshot, about: str) -> None:
        if what in OPENERS:
            OPENERS[what](self._view, bed, about, self._window)

    def write_note(self, bed: BedSnapshot, source: str = "") -> None:
        question = f"Note for the record of {bed.name}:"
        text, agreed = QInputDialog.getText(self._window, entitled("Note", self._window), question)
        if agreed and text.strip():
            self._view.send(AddNote(bed=bed.bed, text=text.strip(), who=self._signed_in()))

    def rename(self, bed: BedSnapshot, source: str = "") -> None:
        title = entitled("Rename the bed", self._window)
        name, agreed = QInputDialog.getText(self._window, title, "Name:", text=bed.name)
        name = " ".join(name.split())[:NAME_LENGTH]
        if agreed and name and name != bed.name:
            self._view.send(RenameBed(bed=bed.bed, name=name, who=self._signed_in()))

    def end_session(self, bed: BedSnapshot, source: str = "") -> None:
        sentence = (
            f"End the session of {bed.name}?\n\nIts record is kept, and its monitor is disconnected: "
            "connect it anew for the next patient."
        )
        if self._agrees("End the session", sentence, "&End the session"):
            self._view.send(EndSession(bed=bed.bed, who=self._signed_in()))

    def disconnect_monitor(self, bed: BedSnapshot, source: str = "") -> None:
        sentence = f"Disconnect the monitor from {bed.name}?\n\nIts values are no longer shown or recorded."
        if self._agrees("Disconnect the monitor", sentence, "&Disconnect"):
            self._view.send(DisconnectMonitor(bed=bed.bed, source=source))

    def _agrees(self, title: str, sentence: str, yes: str) -> bool:
        return agrees(self._window, title, sentence, yes)


def agrees(window: QWidget, title: str, sentence: str, yes: str) -> bool:
    """Ask before something that cannot be taken back; Enter and Escape both mean no."""
    box = QMessageBox(QMessageBox.Icon.Question, entitled(title, window), sentence, parent=window)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is agreed

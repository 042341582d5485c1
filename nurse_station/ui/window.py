"""The main window: carries snapshots to the room view, and keys and buttons to commands. Paints nothing."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from nurse_station.settings.file import save as save_settings
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import settings_file
from nurse_station.station.commands import RenameBed
from nurse_station.station.snapshots import BedSnapshot, RoomSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui import assets
from nurse_station.ui.announcer import Announcer
from nurse_station.ui.bed_actions import BedActions, agrees
from nurse_station.ui.bridge import Bridge, GarbageRounds
from nurse_station.ui.care_desk import CareDesk
from nurse_station.ui.dress import dress
from nurse_station.ui.faults import ended_by_signals, faults_logged
from nurse_station.ui.guard import unsuitable_qt
from nurse_station.ui.marking import is_simulated, mark
from nurse_station.ui.models import alarms
from nurse_station.ui.models.alarm_news import AlarmNews
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.units import Units
from nurse_station.ui.practice_door import PracticeDoor
from nurse_station.ui.review_desk import ReviewDesk
from nurse_station.ui.screens import Screens
from nurse_station.ui.shortcuts import CARE_KEYS, SHORTCUTS
from nurse_station.ui.starting import end_start
from nurse_station.ui.views.room_view import RoomView, bed_in

SMALLEST = (1024, 640)
SETTLED_S = 0.7
"""Nobody has seen what came so short a time ago: it is not acknowledged by a hand that was on its way."""
GARBAGE_AFTER_MS = 3000
"""By then everything that lasts has been made."""


class MainWindow(QMainWindow):
    """One window for the room. Its public side: `choose_bed`, `choose_place`, the slots of SHORTCUTS."""

    def __init__(self, view: StationView, settings: Settings, save: Callable[[Settings], None]) -> None:
        super().__init__()
        self._view, self._settings, self._save = view, settings, save
        self._room: RoomSnapshot = view.snapshot()
        self._chosen = ""
        self._second: int | None = None
        self._came_at = -SETTLED_S
        self._news = AlarmNews()
        self.announcer = Announcer(self)
        self.care_desk = CareDesk(view, self)
        self.bed_actions = BedActions(view, self, lambda: self.care_desk.who)
        self.screens = Screens(view, self)
        self.review_desk = ReviewDesk(view, self)
        self.bridge = Bridge(view, self)
        self.practice_door = PracticeDoor()
        self.setWindowTitle("Nurse Station")
        self.setWindowIcon(assets.icon("station"))
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._connect()

    def _build(self) -> None:
        """Make the room view in the theme and text scale that are in use now."""
        self.room_view = RoomView(self._view, self._settings.sweep_mm_s)
        self.room_view.bed_chosen.connect(self.choose_bed)
        self.room_view.connect_asked.connect(self._connect_to)
        self.room_view.asked.connect(self._act)
        self.room_view.bed_view.care_asked.connect(self.care_desk.do)
        self.room_view.bed_view.care.show_who(self.care_desk.who)
        self.room_view.alarm_pressed.connect(self.answer_alarm)
        self.room_view.silence_seen.connect(self.acknowledge_silence)
        self.room_view.room_pause_asked.connect(self.pause_room)
        self.room_view.sound_test_asked.connect(self.test_sound)
        self.room_view.practise_asked.connect(self.practise)
        self.room_view.settings_asked.connect(self.change_settings)
        self.room_view.full_screen_asked.connect(self.toggle_full_screen)
        self.room_view.about_asked.connect(self.show_about)
        self.screens.build(self.room_view, self._settings)
        self.room_view.show()
        self._second = None
        self.show_room(self._room)
        self.room_view.rail.take_focus()

    def rebuild(self) -> None:
        """Begin anew with the room as it is now: of what was shown before nothing stays, no dialog either."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._room, self._news = self._view.snapshot(), AlarmNews()
        self._build()

    def _connect(self) -> None:
        for row in SHORTCUTS:
            QShortcut(QKeySequence(row.keys), self, getattr(self, row.action))
        self._bind_care()
        self.screens.bind_digits(self)
        self.bridge.room_changed.connect(self.show_room)
        self.bridge.stopped_changed.connect(lambda _stopped: self.show_room(self._room))
        self.bridge.ticked.connect(self._tick)
        self.bridge.answered.connect(self._tell)

    def _bind_care(self) -> None:
        """Keys that enter something do it once, however long they are held; one goes from any panel."""
        for row in CARE_KEYS:
            key = QShortcut(QKeySequence(row.keys), self, partial(self.care, row.action))
            key.setAutoRepeat(False)
            if row.action == "emergency":
                key.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self.care_desk.told.connect(lambda answer: self.screens.show_answer(answer))
        self.care_desk.why_asked.connect(lambda *asked: self.room_view.bed_view.care.ask_why(*asked))
        self.care_desk.who_changed.connect(lambda who: self.room_view.bed_view.care.show_who(who))

    # What comes from the station

    def show_room(self, room: RoomSnapshot) -> None:
        """Show a new picture of the room."""
        self._room = room
        mark(self, simulated=is_simulated(room))
        if bed_in(room, self._chosen) is None:
            self._chosen = room.beds[0].bed if room.beds else ""
        moment = Moment.of(room, self.units)
        self._fill(room, moment)
        for sentence in self._news.of(room, self.units):
            self.announcer.say(sentence)

    def _fill(self, room: RoomSnapshot, moment: Moment) -> None:
        """Fill the screen; where that fails, no number may stay that nobody renews."""
        try:
            self.screens.show_room(room, moment, self._chosen, stopped=self.bridge.stopped)
        except Exception:
            self.screens.show_nothing(room)
            raise

    def _tick(self, now: float) -> None:
        if int(now) != self._second:
            self._second = int(now)
            self.screens.show_time(self._view.clock.wall())
        if not self.bridge.stopped:
            self.screens.advance(now)

    def _tell(self, answer: Answer) -> None:
        self.screens.show_answer(self.care_desk.heard(answer))

    @property
    def units(self) -> Units:
        """The units that the clinic reads."""
        return Units(co2=self._settings.co2_unit, temperature=self._settings.temperature_unit)

    # What the nurse does

    @property
    def chosen(self) -> str:
        """Key of the bed that is shown; empty: there are no beds."""
        return self._chosen

    @property
    def _bed(self) -> BedSnapshot | None:
        return bed_in(self._room, self._chosen)

    def choose_bed(self, bed: str) -> None:
        """Show another bed. A bed that the room does not have is not chosen."""
        if bed_in(self._room, bed) is not None:
            self.review_desk.leave()
            self._chosen, self._came_at = bed, self._view.clock.now()
            self.show_room(self._room)
            self.room_view.rail.reveal(bed)

    def choose_place(self, place: int) -> None:
        """Choose the bed at `place` of the rail, from 0; beyond the last one nothing happens."""
        if 0 <= place < len(self._room.beds):
            self.choose_bed(self._room.beds[place].bed)

    def show_moment(self, bed: str, at: float) -> None:
        """Show a bed, and on its ribbon what was at monotonic second `at`."""
        self.choose_bed(bed)
        self.screens.shows_bed()
        if self._chosen == bed and (ribbon := self.room_view.bed_view.ribbon) is not None:
            ribbon.show_moment(at)

    def choose_next(self) -> None:
        self._choose_beside(1)

    def choose_previous(self) -> None:
        self._choose_beside(-1)

    def _choose_beside(self, step: int) -> None:
        keys = [bed.bed for bed in self._room.beds]
        if keys and not self.screens.turn(step):
            self.choose_place((keys.index(self._chosen) + step) % len(keys))

    # What the nurse does about alarms

    def choose_alarm(self) -> None:
        """Walk through the beds in alarm, the most urgent first."""
        if bed := alarms.bed_after(self._room, self._chosen):
            self.choose_bed(bed)

    def answer_alarm(self) -> None:
        """The alarm in the top bar was pressed: go to its bed; where that is shown already, acknowledge."""
        alarm = self.room_view.top_bar.alarm_bar.alarm
        if alarm is None:
            return
        if alarm.place and (self.review_desk.leave() or alarm.bed != self._chosen):
            self.choose_bed(alarm.bed)
        elif self._view.clock.now() - self._came_at >= SETTLED_S:
            self._acknowledge_all(alarm)

    def acknowledge_silence(self) -> None:
        """The banner was pressed: someone knows that alarms cannot be heard."""
        for alarm in alarms.of_room(self._room):
            if alarm.condition == alarms.IN_BANNER:
                self._acknowledge_all(alarm)

    def _acknowledge_all(self, alarm: alarms.AlarmShown) -> None:
        for bed in alarm.beds:
            self._acknowledge(bed_in(self._room, bed))

    def acknowledge(self) -> None:
        self._acknowledge(self._bed)

    def _acknowledge(self, bed: BedSnapshot | None) -> None:
        if bed is None or not alarms.unseen(bed):
            return
        if alarms.came_within(bed, SETTLED_S, self._view.clock.now()):
            sentence = f"A new alarm came at {bed.name} this moment: look at it, then acknowledge."
            self._tell(Answer(done=False, sentence=sentence, bed=bed.bed))
            return
        self.bed_actions.acknowledge(bed)

    def pause_room(self) -> None:
        self.bed_actions.pause_room()

    def pause_bed(self) -> None:
        self._act("pause")

    def test_sound(self) -> None:
        self.bed_actions.test_sound()

    def open_alarms(self) -> None:
        self._act("alarms")

    def open_limits(self) -> None:
        self._act("limits")

    def open_day(self) -> None:
        if self.screens.shows_bed():
            self._act("day")

    def open_patients(self) -> None:
        self._act("patients")

    def connect_monitor(self) -> None:
        self._act("connect")

    def care(self, act: str) -> None:
        """Do something for the chosen bed's patient: a word of the care panel.

        From a panel beside the window an emergency is that of the panel's bed, whichever is chosen.
        """
        if act == "emergency":
            self.choose_bed(getattr(QApplication.activeWindow(), "bed", self._chosen))
        if self.screens.shows_bed() or act == "emergency":
            self.room_view.bed_view.care.act(act)

    def write_note(self) -> None:
        if self._bed is not None and self._bed.care is not None:
            self.care("note")
        elif self._bed is not None and self._bed.session is not None:
            self.bed_actions.do("note", self._bed)

    def open_bed_menu(self) -> None:
        if self.screens.shows_bed():
            self.room_view.bed_view.open_menu()

    def _connect_to(self, bed: str) -> None:
        self.choose_bed(bed)
        self._act("connect")

    def _act(self, action: str, source: str = "") -> None:
        if action == "acknowledge":
            self.acknowledge()
        elif action == "note":
            self.write_note()
        elif action in ("sessions", "print"):
            self.review_desk.do(action)
        elif self._bed is not None:
            self.bed_actions.do(action, self._bed, source)

    def change_settings(self) -> None:
        from nurse_station.ui.dialogs.settings import SettingsDialog

        names = {bed.bed: bed.name for bed in self._room.beds}
        beds = tuple(replace(bed, name=names.get(bed.key, bed.name)) for bed in self._settings.beds)
        SettingsDialog(replace(self._settings, beds=beds), self.keep_settings, self).show()

    def keep_settings(self, settings: Settings) -> None:
        """Save, then show the clinic's new choices at once. Raises what `save` raises."""
        self._save(settings)
        names = {bed.bed: bed.name for bed in self._room.beds}
        self._settings = settings
        for bed in settings.beds:
            if names.get(bed.key, bed.name) != bed.name:
                self._view.send(RenameBed(bed=bed.key, name=bed.name))
        dress(settings)
        self._build()

    def practise(self) -> None:
        self._tell(self.practice_door.open(self._room))

    def show_shortcuts(self) -> None:
        from nurse_station.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self).show()

    def show_about(self) -> None:
        from nurse_station.ui.dialogs.about import AboutDialog

        AboutDialog(self).show()

    def show_wall(self) -> None:
        self.screens.toggle_wall()

    def show_second_wall(self) -> None:
        self.screens.toggle_second()

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        recorded = [bed.name for bed in self._room.beds if bed.session is not None]
        sentence = f"Recording of {', '.join(recorded)} stops. What is recorded is kept."
        if recorded and not agrees(self, "Quit", f"Quit the station?\n\n{sentence}", "&Quit"):
            event.ignore()
            return
        self.bridge.stop()
        event.accept()


def open_window(
    view: StationView,
    settings: Settings,
    *,
    fullscreen: bool = False,
    save: Callable[[Settings], None] | None = None,
    beat: Callable[[], None] = lambda: None,
    at_alarms: Callable[[Callable[[], None]], None] = lambda call: None,
    practice: PracticeDoor | None = None,
) -> int:
    """Show the station until its window is closed.

    Args:
        view: The running station.
        settings: The clinic's choices.
        fullscreen: Start without a frame.
        save: Keeps changed settings; by default in the user's settings file.
        beat: Called each frame, so that a watchdog knows that the screen goes on.
        at_alarms: Given what is to be called, from any thread, when there are other alarms: they are then
            shown without waiting for the next frame.
        practice: How practice is started; None: not from this window.

    Returns:
        The exit code; 2 when this Qt cannot be used with this Python.
    """
    if (trouble := unsuitable_qt()) is not None:
        sys.stderr.write(f"nurse-station: {trouble}\n")
        return 2
    app = QApplication.instance() or QApplication(["nurse-station"])
    dress(settings)
    window = MainWindow(view, settings, save or partial(save_settings, settings_file()))
    window.practice_door = practice or PracticeDoor()
    window.bridge.ticked.connect(lambda _now: beat())
    rounds = GarbageRounds(window)
    _show(window, fullscreen=fullscreen)
    window.bridge.start()
    at_alarms(window.bridge.called.emit)
    QTimer.singleShot(GARBAGE_AFTER_MS, rounds, rounds.start)
    with ended_by_signals(app), faults_logged():
        code = app.exec()
    rounds.stop()
    at_alarms(lambda: None)
    window.bridge.stop()
    window.deleteLater()
    return code


def _show(window: MainWindow, *, fullscreen: bool) -> None:
    window.resize(1600, 900)
    if fullscreen:
        window.setGeometry(window.screen().geometry())  # without a window manager nobody else does it
        window.showFullScreen()
    else:
        window.showMaximized()
    end_start()

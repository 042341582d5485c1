"""Which view stands where: the bed or all chairs in the window, all chairs on a second screen.

Passes rooms, frames and answers on to the views that are seen, and their wishes to the window. Decides
nothing about a patient.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nurse_station.settings.model import Settings
from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui import assets
from nurse_station.ui.marking import mark, marked
from nurse_station.ui.models import alarms, rooms
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.wall import TypedPlace
from nurse_station.ui.shortcuts import NUMBER_KEYS, WALL_WINDOW_KEYS
from nurse_station.ui.views.room_view import RoomView, bed_in
from nurse_station.ui.views.wall_view import WallView

if TYPE_CHECKING:
    from nurse_station.ui.window import MainWindow

Screen = TypeVar("Screen")


class Screens(QObject):
    """The views of one window and of its second screen."""

    def __init__(self, view: StationView, window: MainWindow) -> None:
        super().__init__(window)
        self._view, self._window = view, window
        self._typed = TypedPlace()
        self._stack = QStackedWidget()
        self._room: RoomView | None = None
        self._wall: WallView | None = None
        self._sweep_mm_s = 25.0
        self._shown = view.snapshot()
        self._second: WallWindow | None = None
        self._second_wanted = True
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._look_at_screens)
            app.screenRemoved.connect(self._look_at_screens)
            app.aboutToQuit.connect(self._drop_second)

    def build(self, room: RoomView, settings: Settings) -> None:
        """Stand this room view in the window; views of an earlier theme go."""
        self._room, self._wall, self._sweep_mm_s = room, None, settings.sweep_mm_s
        self._stack = QStackedWidget()
        self._stack.addWidget(room)
        self._window.setCentralWidget(self._stack)
        self._stack.show()
        room.wall_asked.connect(self.toggle_wall)
        self._drop_second()

    def bind_digits(self, window: QWidget) -> None:
        """In this window digits choose beds: one, or two in quick succession."""
        for digit in NUMBER_KEYS:
            key = QShortcut(QKeySequence(str(digit)), window, partial(self.type_digit, digit))
            key.setAutoRepeat(False)

    # What is seen

    @property
    def wall(self) -> WallView | None:
        """All chairs, where they stand in the window now; None: the bed does."""
        return self._wall if self._stack.currentWidget() is self._wall else None

    @property
    def second(self) -> WallView | None:
        """All chairs on the second screen; None: there are none."""
        return self._second.wall if self._second is not None else None

    def _views(self) -> list[RoomView | WallView]:
        return [*([self._room] if self._room is not None else []), *self._walls()]

    def _walls(self) -> list[WallView]:
        return [wall for wall in (self.wall, self.second) if wall is not None]

    def show_room(self, room: RoomSnapshot, moment: Moment, chosen: str, *, stopped: bool) -> None:
        """Show the room as it is now wherever it is seen."""
        assert self._room is not None
        self._shown = room
        if self._second is not None:
            mark(self._second, simulated=marked(self._window))
        if self.wall is None:
            self._room.show_room(room, moment, chosen, stopped=stopped)
        else:  # its bar still says what a press on it is about
            present = () if stopped else alarms.in_bar(room, moment.units)
            self._room.top_bar.show_room(room, rooms.STOPPED if stopped else rooms.notice(room), present)
        for wall in self._walls():
            wall.show_room(room, moment, chosen, stopped=stopped)

    def show_nothing(self, room: RoomSnapshot) -> None:
        """A view could not be filled: no number may stay that nobody renews."""
        assert self._room is not None
        self._room.show_nothing(room)
        for wall in self._walls():
            wall.show_nothing(room)

    def show_time(self, now: datetime) -> None:
        """Show the time of day; once a second. Also looks where the second screen is."""
        for view in self._views():
            view.show_time(now)
        self._look_at_screens()

    def show_answer(self, answer: Answer) -> None:
        for view in self._views():
            view.show_answer(answer)

    def advance(self, now: float) -> None:
        """One frame of what is seen."""
        assert self._room is not None
        if self.wall is None and not self._window.isMinimized():
            self._room.advance(now)
        for wall in self._walls():
            wall.advance(now)

    # The window

    def toggle_wall(self) -> None:
        """All chairs in the place of the bed; again: the bed."""
        if self.wall is not None:
            self.show_bed()
            return
        if self._wall is None:
            self._wall = self._made_wall()
            self._wall.back_asked.connect(self.show_bed)
            self._wall.bed_opened.connect(self._open_bed)
            self._stack.addWidget(self._wall)
        self._stack.setCurrentWidget(self._wall)
        self._fill()
        self._wall.take_focus()

    def _made_wall(self) -> WallView:
        wall, window = WallView(self._view, self._sweep_mm_s), self._window
        wall.bed_chosen.connect(window.choose_bed)
        wall.alarm_pressed.connect(window.answer_alarm)
        wall.silence_seen.connect(window.acknowledge_silence)
        wall.room_pause_asked.connect(window.pause_room)
        wall.sound_test_asked.connect(window.test_sound)
        return wall

    def _fill(self) -> None:
        self._window.show_room(self._shown)

    def show_bed(self) -> None:
        """The chosen bed in full."""
        assert self._room is not None
        self._stack.setCurrentWidget(self._room)
        self._fill()
        self._room.rail.take_focus()

    def _open_bed(self, bed: str) -> None:
        if bed_in(self._shown, bed) is not None:
            self._window.choose_bed(bed)
        self.show_bed()

    def shows_bed(self) -> bool:
        """Whether the chosen bed is seen in full; where it was not, it is from now on.

        What is entered for a patient is entered where that patient is seen.
        """
        covered = self._window.review_desk.leave()
        if self.wall is None and not covered:
            return True
        self.show_bed()
        bed = bed_in(self._shown, self._window.chosen)
        name = bed.name if bed is not None else "The bed"
        self.show_answer(Answer(done=True, sentence=f"{name} is shown now: press the key again to do it."))
        return False

    def turn(self, step: int) -> bool:
        """Turn the wall's page; whether it has another."""
        return self.wall is not None and self.wall.turn(step)

    def type_digit(self, digit: int) -> None:
        """A digit was typed: choose the bed at that place of the room."""
        beds = len(self._shown.beds)
        place = self._typed.take(digit, self._view.clock.now(), beds)
        if place is not None:
            self._window.choose_place(place - 1)

    # The second screen

    def toggle_second(self) -> None:
        """All chairs on the second screen, or there no more."""
        self._second_wanted = self._second is None
        self._look_at_screens()
        if self._second is None and self._second_wanted:
            self.show_answer(Answer(done=False, sentence="There is no second screen."))

    def keep_to_one(self) -> None:
        """This window has no second screen."""
        self._second_wanted = False
        self._drop_second()

    def _look_at_screens(self, *_changed: QScreen) -> None:
        """Have the second window on another screen than the first, as long as there is one."""
        found = other_screen(QGuiApplication.screens(), self._window.screen())
        if not self._second_wanted or not self._window.isVisible():
            found = None
        if self._second is not None and self._second.stands_on is not found:
            self._drop_second()
        if self._second is None and found is not None:
            self._second = self._made_second(found)
            self._fill()

    def _made_second(self, screen: QScreen) -> WallWindow:
        second = WallWindow(self._made_wall(), screen)
        second.wall.bed_opened.connect(self._open_from_second)
        second.wall.back_asked.connect(self._window.activateWindow)
        self.bind_digits(second)
        for row in WALL_WINDOW_KEYS:
            QShortcut(QKeySequence(row.keys), second, getattr(self._window, row.action))
        second.closed.connect(self._close_second)
        second.stand()
        return second

    def _open_from_second(self, bed: str) -> None:
        self._open_bed(bed)
        self._window.activateWindow()

    def _close_second(self) -> None:
        self._second_wanted = False
        QTimer.singleShot(0, self, self._drop_second)

    def _drop_second(self) -> None:
        if self._second is not None:
            second, self._second = self._second, None
            second.hide()
            second.deleteLater()


class WallWindow(QWidget):
    """All chairs, alone on a screen.

    Signals:
        closed: It was closed by hand.
    """

    closed = Signal()

    def __init__(self, wall: WallView, screen: QScreen) -> None:
        super().__init__()
        self.setWindowTitle("Nurse Station: all chairs")
        self.setWindowIcon(assets.icon("station"))
        self.wall, self.stands_on = wall, screen
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(wall)

    def stand(self) -> None:
        """Fill the screen, without taking the keyboard from the window of the room."""
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setScreen(self.stands_on)
        self.setGeometry(self.stands_on.geometry())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()  # also the program's end asks every window
        self.closed.emit()


def other_screen(screens: Sequence[Screen], taken: Screen) -> Screen | None:
    """The first screen that is not taken; None: there is none."""
    return next((screen for screen in screens if screen is not taken), None)

"""From the chooser to a lesson, to its debrief and back: which window stands when. Shows nothing itself."""

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nurse_station.classroom.view import (
    ClassroomError,
    ClassroomView,
    KeptRun,
    LessonSnapshot,
    LessonView,
    Stage,
)
from nurse_station.settings.model import Settings
from nurse_station.training.debrief import Debrief
from nurse_station.ui.bridge import GarbageRounds
from nurse_station.ui.dress import dress
from nurse_station.ui.faults import ended_by_signals, faults_logged
from nurse_station.ui.guard import unsuitable_qt
from nurse_station.ui.models.debriefs import before
from nurse_station.ui.models.practice import title
from nurse_station.ui.practice.chooser import LARGEST_SEED, ChooserWindow, Wanted
from nurse_station.ui.practice.seats import Seat, Table
from nurse_station.ui.practice.speaking import Unvoiced, Voice
from nurse_station.ui.practice.watch import LessonWatch
from nurse_station.ui.practice.window import PracticeWindow
from nurse_station.ui.screens import other_screen
from nurse_station.ui.window import GARBAGE_AFTER_MS
from nurse_station.vitals.clock import Clock, SystemClock

EARS_MS = 1000
"""So often it is asked whether practice is heard."""
NOT_SHOWN = "The debrief could not be shown: the program met a fault of its own, and the log file has it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was said before the first window.

    Attributes:
        scenario: Begin this one at once; empty: choose.
        trainee: Who practises; empty: ask.
        seed: Which patient; None: thrown.
        hints, instructor, fullscreen: As in the chooser.
        speaks: Whether the patient's words are spoken, where a voice can.
        voice: What speaks them; whoever made it closes it.
        notice: Tells what holds for every lesson now, e.g. why it is not heard; may be empty.
        monitors: Key of a monitor family -> its name as a nurse reads it.
        clock: The real one, not a lesson's: for the date on a debrief's paper.
    """

    scenario: str = ""
    trainee: str = ""
    seed: int | None = None
    hints: bool = True
    instructor: bool = False
    fullscreen: bool = False
    speaks: bool = True
    voice: Voice = field(default_factory=Unvoiced)
    notice: Callable[[], str] = field(default=lambda: "")
    monitors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    clock: Clock = field(default_factory=SystemClock)


class Practice(QObject):
    """One a program: at most one lesson at a time.

    Signals:
        finished: The chooser was closed: nothing is practised any more.
    """

    finished = Signal()

    def __init__(
        self, classroom: ClassroomView, settings: Settings, choices: Choices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._classroom, self._settings, self._choices = classroom, settings, choices
        self._dice = random.Random()
        self._wanted: Wanted | None = None
        self.lesson: LessonView | None = None
        self.watch: LessonWatch | None = None
        self.window: PracticeWindow | None = None
        self.beside: QWidget | None = None
        self.debrief: QWidget | None = None
        self.chooser = ChooserWindow(classroom, choices.monitors)
        self.chooser.set_options(
            trainee=choices.trainee, seed=self._thrown() if choices.seed is None else choices.seed,
            hints=choices.hints, instructor=choices.instructor, speaks=choices.speaks,
        )  # fmt: skip
        self._ears = QTimer(self)
        self._ears.setInterval(EARS_MS)
        self._ears.timeout.connect(self.show_notice)
        self._ears.start()
        self._connect()

    def _connect(self) -> None:
        self.chooser.begin_asked.connect(self.begin)
        self.chooser.another_asked.connect(lambda: self.chooser.show_seed(self._thrown()))
        self.chooser.cancelled.connect(self.choose_again)
        self.chooser.debrief_asked.connect(self.show_kept)
        self.chooser.closed.connect(self.finish)

    def _thrown(self) -> int:
        return self._dice.randint(1, LARGEST_SEED)

    def start(self) -> None:
        """Show the chooser; with a scenario and a name, begin at once."""
        self.show_notice()
        self.chooser.choose(self._choices.scenario)
        self.chooser.show()
        if self._choices.scenario:
            self.chooser.start()

    def show_notice(self) -> None:
        """Say what holds now, in whichever window stands: a station may begin to watch at any time."""
        notice = self._choices.notice()
        self.chooser.show_notice(notice)
        self.chooser.show_voiceless(self._choices.voice.trouble)
        if self.window is not None:
            self.window.show_silence(notice)

    # A lesson

    def begin(self, wanted: Wanted) -> None:
        """Begin what was chosen; it prepares itself behind a bar."""
        self._put_away()
        try:
            lesson = self._classroom.begin(wanted.scenario, wanted.trainee, wanted.seed, hints=wanted.hints)
        except ClassroomError as error:
            self.choose_again(str(error))
            return
        self._wanted, self.lesson = wanted, lesson
        self.watch = LessonWatch(lesson, self)
        self.watch.shown.connect(self._prepared)
        self.watch.failed.connect(self.choose_again)
        self.chooser.show()
        self.watch.start()

    def _prepared(self, shown: LessonSnapshot) -> None:
        """Show how far it is; at second 0 the bed is entered."""
        if shown.stage is Stage.PREPARING:
            self.chooser.show_preparing(shown)
        elif shown.stage is not Stage.FAILED:
            self._enter()

    def _enter(self) -> None:
        assert self.lesson is not None
        assert self.watch is not None
        self.watch.stop()
        table = Table(self.lesson)
        window = self.window = self._trainees_window(table.trainee)
        window.over.connect(lambda shown: self.show_debrief(shown.debrief, window.at_end))
        window.failed.connect(self.choose_again)
        window.left.connect(self.choose_again)
        _show(window, fullscreen=self._choices.fullscreen)
        self.chooser.hide()
        window.start()
        self.show_notice()
        window.activateWindow()
        if self._wanted is not None and self._wanted.instructor:
            window.instructor_asked.connect(partial(self._come_beside, table.instructor))
            self._show_beside(table.instructor)
            window.activateWindow()
        else:
            window.instructor_asked.connect(window.show_alone)

    def _trainees_window(self, seat: Seat) -> PracticeWindow:
        speaks = self._wanted is not None and self._wanted.speaks
        made = PracticeWindow(seat, self._settings, self._keep, self._choices.voice, speaks=speaks)
        made.voiced.connect(self._keep_voice)
        return made

    def _keep_voice(self, on: bool) -> None:  # noqa: FBT001 - a slot of a signal
        """What was switched in a lesson holds for the next ones."""
        self.chooser.speaks.setChecked(on)
        if self._wanted is not None:
            self._wanted = replace(self._wanted, speaks=on)

    def _show_beside(self, seat: Seat) -> None:
        """The instructor's window, on another screen if there is one; closed, it comes again."""
        from nurse_station.ui.practice.instructor import InstructorWindow

        assert self.window is not None
        if self.beside is None:
            self.beside = InstructorWindow(seat)
            screen = other_screen(QGuiApplication.screens(), self.window.screen())
            self.beside.setGeometry((screen or self.window.screen()).availableGeometry())
            self.beside.setWindowState(Qt.WindowState.WindowMaximized)
        self.beside.show()

    def _come_beside(self, seat: Seat) -> None:
        """The instructor's window was asked for: on one screen it stood behind the trainee's."""
        self._show_beside(seat)
        assert self.beside is not None
        self.beside.activateWindow()

    def _keep(self, settings: Settings) -> None:
        """Settings that were changed in a lesson hold for the next ones; the clinic's file stays as it is."""
        self._settings = settings

    # After it

    def show_debrief(self, debrief: Debrief, trouble: str) -> None:
        """What came of the lesson, and what went wrong at its end, if anything did."""
        try:
            made = self._made_debrief(debrief)
        except Exception:
            self.choose_again(NOT_SHOWN)  # no window of a lesson that is over may stay
            raise
        made.show()
        self._put_away()  # only now: until the debrief stands the lesson's window says that it is made
        self.debrief = made
        made.activateWindow()
        if trouble:  # that it could not be kept must be read before the window is closed
            QMessageBox(QMessageBox.Icon.Warning, title(what="debrief"), trouble, parent=made).open()

    def _made_debrief(self, debrief: Debrief) -> QWidget:
        runs = self._classroom.runs(debrief.trainee)
        earlier = tuple(run for run in runs if run.debrief != debrief)
        at = next((run.at for run in runs if run.debrief == debrief), None)
        return self._debrief_window(debrief, earlier, at, self._again, self.choose_again)

    def _debrief_window(
        self, debrief: Debrief, earlier: Sequence[KeptRun], at: datetime | None, again: Callable[[], None],
        closed: Callable[[], None],
    ) -> QWidget:  # fmt: skip
        from nurse_station.ui.practice.debrief import DebriefWindow

        made = DebriefWindow(debrief, earlier, partial(self.print_debrief, debrief, earlier, at), at=at)
        made.again.connect(again)
        made.closed.connect(closed)
        return made

    def show_kept(self, run: KeptRun) -> None:
        """A debrief of the past, with the runs before it; from the list of them, and back to it."""
        self._put_away()
        debrief, earlier = run.debrief, before(self._classroom.runs(), run)
        wanted = self.chooser.wanted(debrief.scenario, debrief.trainee, debrief.seed)
        try:
            self.debrief = self._debrief_window(
                debrief, earlier, run.at, partial(self.begin, wanted), self._list_again
            )
        except Exception:
            self.chooser.debriefs.show_trouble(NOT_SHOWN)  # the list stays, and says why nothing opened
            raise
        self.debrief.show()
        self.chooser.hide()
        self.debrief.activateWindow()

    def _list_again(self) -> None:
        self._put_away()
        self.chooser.debriefs.refresh()
        self.chooser.show()
        self.chooser.activateWindow()

    def print_debrief(
        self, debrief: Debrief, earlier: Sequence[KeptRun], at: datetime | None, output: Path
    ) -> None:
        """Write its paper; `at`: when it was practised, None: now. Any thread. Raises ReportError."""
        from nurse_station.reports.debrief import write_debrief
        from nurse_station.ui.practice.debrief import local_paper

        now = self._choices.clock.wall()
        write_debrief(output, debrief, earlier, paper=local_paper(), made_at=now, practised_at=at or now)

    def _again(self) -> None:
        if self._wanted is not None:
            self.begin(self._wanted)

    def choose_again(self, trouble: str = "") -> None:
        """Back to the chooser, with what went wrong, if anything did."""
        self._put_away()
        self.chooser.show_chooser()
        self.show_notice()
        if trouble:
            self.chooser.show_trouble(trouble)
        self.chooser.show()
        self.chooser.activateWindow()

    def finish(self) -> None:
        """Nothing is practised any more; what runs ends without a debrief."""
        self._put_away()
        self.finished.emit()

    def _put_away(self) -> None:
        """Let the lesson and its windows go."""
        if self.watch is not None:
            self.watch.stop()
            self.watch.deleteLater()
        if self.window is not None:
            self.window.stop()
        for each in (self.window, self.beside, self.debrief):
            if each is not None:
                each.hide()
                each.deleteLater()
        lesson, self.lesson = self.lesson, None
        self.watch, self.window, self.beside, self.debrief = None, None, None, None
        if lesson is not None:
            lesson.close()


def open_practice(classroom: ClassroomView, settings: Settings, choices: Choices | None = None) -> int:
    """Show practice until its chooser is closed.

    Args:
        classroom: The lessons of this computer.
        settings: The clinic's choices; changes hold for this practice only.
        choices: What was said on the command line.

    Returns:
        The exit code; 2 when this Qt cannot be used with this Python.
    """
    if (trouble := unsuitable_qt()) is not None:
        sys.stderr.write(f"nurse-station: {trouble}\n")
        return 2
    app = QApplication.instance() or QApplication(["nurse-station"])
    assert isinstance(app, QApplication)
    ends_with_last = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)  # between two windows of practice there is a moment without one
    dress(settings)
    practice = Practice(classroom, settings, choices or Choices())
    practice.finished.connect(app.quit)
    rounds = GarbageRounds(practice)
    QTimer.singleShot(0, practice, practice.start)
    QTimer.singleShot(GARBAGE_AFTER_MS, rounds, rounds.start)
    with ended_by_signals(app), faults_logged():
        code = app.exec()
    rounds.stop()
    practice.finish()
    practice.chooser.deleteLater()
    practice.deleteLater()
    app.setQuitOnLastWindowClosed(ends_with_last)
    return code


def _show(window: PracticeWindow, *, fullscreen: bool) -> None:
    window.resize(1600, 900)
    if fullscreen:
        window.setGeometry(window.screen().geometry())  # without a window manager nobody else does it
        window.showFullScreen()
    else:
        window.showMaximized()

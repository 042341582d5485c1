"""The trainee's window: the window of every day on a lesson's station, the palette beside it.

What would leave the lesson is refused in words: no monitor is connected here, no session ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QChildEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QDockWidget, QVBoxLayout, QWidget

from nurse_station.classroom.view import (
    SPEEDS,
    DoAtBedside,
    EndLesson,
    GoAt,
    Hold,
    LessonSnapshot,
    LessonView,
    Stage,
)
from nurse_station.settings.model import Settings
from nurse_station.station.snapshots import CareSnapshot, RoomSnapshot
from nurse_station.station.view import Answer
from nurse_station.training.actions import Action
from nurse_station.training.log import Line
from nurse_station.ui.bed_actions import agrees
from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.marking import entitled, mark
from nurse_station.ui.models import practice
from nurse_station.ui.models.practice import Kind, Said
from nurse_station.ui.models.practice_answers import comes_of
from nurse_station.ui.practice.band import ALIVE, LessonBar
from nurse_station.ui.practice.palette import Palette
from nurse_station.ui.practice.speaking import Speaking, Unvoiced, Voice
from nurse_station.ui.practice.voice import VoiceStrip
from nurse_station.ui.practice.watch import LessonWatch
from nurse_station.ui.shortcuts import Shortcut
from nurse_station.ui.theme import current, notifier, set_look
from nurse_station.ui.window import MainWindow

PRACTICE_KEYS: tuple[Shortcut, ...] = (
    Shortcut(action="find_act", keys="Ctrl+K", words="Type what to do at the bed; Enter does the first"),
    Shortcut(action="toggle_palette", keys="Ctrl+Shift+K", words="The palette of the bedside, in and out"),
    Shortcut(action="toggle_hold", keys="Ctrl+Shift+P", words="Pause the lesson; again: go on"),
    Shortcut(action="go_faster", keys="Ctrl+Shift+Up", words="Faster"),
    Shortcut(action="go_slower", keys="Ctrl+Shift+Down", words="Slower"),
    Shortcut(action="toggle_voice", keys="Ctrl+Shift+V", words="The patient's words spoken, or text only"),
    Shortcut(action="show_instructor", keys="Ctrl+Shift+I", words="The instructor's window again"),
    Shortcut(action="end_lesson", keys="Ctrl+Shift+E", words="End the lesson, with its debrief"),
)
"""Keys of practice besides those of the window; `action` is a slot."""
GROUP_KEYS = "Alt+1 … Alt+6   The groups of the palette"
NATIVE = QKeySequence.SequenceFormat.NativeText
LEAVES_THE_LESSON = frozenset({"connect", "disconnect", "end", "rename", "patient"})
"""Words of `BedActions` that are not done in practice."""
NARROWEST, WIDEST, SHARE, MOST_SHARE = 260, 360, 0.19, 0.24
FOLDED_BELOW = 900
"""Pixels of the window at text scale 1: narrower, bed and palette do not stand side by side."""


class PracticeWindow(MainWindow):
    """One lesson, until it is over or left.

    Attributes:
        at_end: What went wrong at the end, e.g. that the debrief could not be kept; empty: nothing.

    Signals:
        over: The lesson has ended: its LessonSnapshot, with the debrief.
        failed: It could not go on; one sentence.
        left: The window was closed before the end, and the trainee agreed to it.
        instructor_asked: The instructor's window is to come again.
        voiced: Whether the patient's words are to be spoken, from now on.
    """

    over = Signal(object)
    failed = Signal(str)
    left = Signal()
    instructor_asked = Signal()
    voiced = Signal(bool)

    def __init__(
        self, lesson: LessonView, settings: Settings, keep: Callable[[Settings], None] = lambda _: None,
        voice: Voice | None = None, *, speaks: bool = True,
    ) -> None:  # fmt: skip
        """Show the lesson as it is; `start` looks on.

        Args:
            lesson: The trainee's seat.
            settings: The clinic's choices.
            keep: Takes settings that were changed here; they are for practice, the clinic's file stays.
            voice: What the patient's words are spoken by; None: they are text.
            speaks: Whether it speaks from the beginning.
        """
        super().__init__(lesson.station, settings, keep)
        self._lesson, self._silent = lesson, ""
        self._shown = lesson.snapshot()
        self.speaking = Speaking(voice or Unvoiced(), self._shown, on=speaks)
        self._unread = 0
        self._came: Mapping[Line, str] = {}
        self._rewound = False
        self._leaving = False
        self.at_end = ""
        self.screens.keep_to_one()
        self.setWindowTitle(practice.title(self._shown.scenario))
        self.watch = LessonWatch(lesson, self)
        self.care_desk.set_who(self._shown.trainee)
        self._dock = QDockWidget(self)
        self._dock.setObjectName("bedside")
        self._dock.setTitleBarWidget(QWidget())
        self._dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self._furnish()
        self._connect_lesson()

    def _build(self) -> None:
        super()._build()
        self.room_view.band.setMaximumHeight(0)  # the band across the whole window says it, and more
        self.room_view.without_rail()
        self.room_view.top_bar.alarm_bar.of_one_bed()
        self.room_view.bed_view.header.without_name()
        self._back()

    def _furnish(self) -> None:
        """Make bar, strip and palette in the theme and text scale that are in use now."""
        size = current().size
        self.bar, self.voice = LessonBar(), VoiceStrip()
        self.deeds = Palette(self._shown.scenario)
        side = QWidget()
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(side, "bar")
        column = QVBoxLayout(side)
        column.setContentsMargins(size(8), size(8), size(8), size(8))
        column.setSpacing(size(8))
        column.addWidget(self.voice, 2)
        column.addWidget(self.deeds, 3)
        self.setMenuWidget(self.bar)
        before = self._dock.widget()
        self._dock.setWidget(side)
        if before is not None:
            before.deleteLater()
        self.bar.hold_asked.connect(self._hold)
        self.bar.speed_asked.connect(self._go_at)
        self.bar.end_asked.connect(self.end_lesson)
        self.bar.palette_asked.connect(self.toggle_palette)
        self.deeds.asked.connect(self._do)
        self.deeds.left.connect(self._back)
        self.bar.show_silence(self._silent)
        self.show_lesson(self._shown)
        self._share_width()

    def _connect_lesson(self) -> None:
        for row in PRACTICE_KEYS:
            key = QShortcut(QKeySequence(row.keys), self, getattr(self, row.action))
            key.setAutoRepeat(False)
        self.watch.shown.connect(self.show_lesson)
        self.watch.refused.connect(self._refuse)
        self.watch.rewound.connect(self._begin_anew)
        self.watch.over.connect(self._end)
        self.watch.failed.connect(self._fail)
        notifier().changed.connect(self._furnish)

    def start(self) -> None:
        """Look at the lesson and its station from now on."""
        if self.width() < FOLDED_BELOW * current().text_scale:
            self._fold(folded=True)
        self.bridge.start()
        self.watch.start()

    def stop(self) -> None:
        """Look no more."""
        self.watch.stop()
        self.bridge.stop()
        self.speaking.stop()

    # What comes from the lesson

    def show_room(self, room: RoomSnapshot) -> None:
        """All that is here is simulated, whatever the room's picture says."""
        super().show_room(room)
        mark(self, simulated=True)

    def show_lesson(self, shown: LessonSnapshot) -> None:
        """The lesson as it is now."""
        self._shown = shown
        self.speaking.show_lesson(shown)
        self.bar.show_lesson(shown)
        self.deeds.show_lesson(shown)
        self._came = comes_of(shown, self._care(shown), self._came)
        new = self.voice.show_said(practice.heard(shown, self._came))
        if self._rewound:
            self._rewound = False
            self.voice.say(practice.gone_back(shown.at))
        self._unread = self._unread + new if self.folded else 0
        self.bar.show_folded(self._unread, folded=self.folded)
        if trouble := self.speaking.news():
            self.voice.say(Said(at=shown.at, kind=Kind.SOUND, words=trouble))

    def _begin_anew(self) -> None:
        """After a rewinding. The old view takes the keyboard with it, to whatever comes next: a pause."""
        self._rewound = True
        self.rebuild()
        QTimer.singleShot(0, self, self._back)

    def _care(self, shown: LessonSnapshot) -> CareSnapshot | None:
        """The day of the one bed as the station shows it."""
        beds = self._lesson.station.snapshot().beds
        return next((bed.care for bed in beds if bed.bed == shown.bed), None)

    def show_silence(self, why: str) -> None:
        """Why no alarm is heard now, one sentence; empty: they are. What changes is said in the strip."""
        if why and why != self._silent:
            self.voice.say(Said(at=self._shown.at, kind=Kind.SOUND, words=why))
        self._silent = why
        self.bar.show_silence(why)
        self.speaking.show_silence(why)

    def _refuse(self, sentence: str) -> None:
        if self._shown.stage is Stage.OVER:
            self.at_end = sentence
        self.voice.say(Said(at=self._shown.at, kind=Kind.REFUSED, words=sentence))

    def _end(self, shown: LessonSnapshot) -> None:
        self._leaving = True
        self.stop()
        self.bar.row.activate()
        self.bar.repaint()  # what follows takes a moment, and the bar says so
        self.over.emit(shown)

    def _fail(self, sentence: str) -> None:
        self._leaving = True
        self.stop()
        self.failed.emit(sentence)

    # What the trainee does

    @property
    def folded(self) -> bool:
        """Whether the palette is away."""
        return self._dock.isHidden() if self.isVisible() else False

    def _do(self, action: Action) -> None:
        self._lesson.send(DoAtBedside(action=action))

    def find_act(self) -> None:
        """To the field of the palette, which comes out if it was folded."""
        self._fold(folded=False)
        self.deeds.take_focus()

    def toggle_palette(self) -> None:
        self._fold(folded=not self.folded)

    def _fold(self, *, folded: bool) -> None:
        self._dock.setVisible(not folded)
        if folded:
            self._back()
        self._unread = 0
        self.bar.show_folded(0, folded=folded)

    def _back(self) -> None:
        """The keyboard goes back to the care of the patient."""
        self.room_view.bed_view.care.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_hold(self) -> None:
        if self._shown.stage in ALIVE:
            self._hold(on=self._shown.stage is Stage.RUNNING)

    def _hold(self, on: bool) -> None:  # noqa: FBT001 - a slot of a signal
        self._lesson.send(Hold(on=on))

    def go_faster(self) -> None:
        self._step_speed(1)

    def go_slower(self) -> None:
        self._step_speed(-1)

    def _step_speed(self, step: int) -> None:
        place = SPEEDS.index(self._shown.wanted) if self._shown.wanted in SPEEDS else 0
        if self._shown.stage in ALIVE:
            self._go_at(SPEEDS[min(max(place + step, 0), len(SPEEDS) - 1)])

    def _go_at(self, speed: float) -> None:
        self._lesson.send(GoAt(speed=speed))

    def toggle_voice(self) -> None:
        self.screens.show_answer(self.speaking.switch())
        self.voiced.emit(self.speaking.on)

    def end_lesson(self) -> None:
        """Ask, then end it; the debrief follows."""
        if self._shown.stage in ALIVE and agrees(self, practice.title(), practice.ASK_END, "&End the lesson"):
            self._lesson.send(EndLesson())

    def show_shortcuts(self) -> None:
        """The sheet of keys, those of practice first."""
        from nurse_station.ui.dialogs.shortcuts import ShortcutsDialog

        sheet = ShortcutsDialog(self)
        rows = [f"{QKeySequence(row.keys).toString(NATIVE)}   {row.words}" for row in PRACTICE_KEYS]
        for place, said in enumerate((*rows, GROUP_KEYS)):
            sheet.body.insertWidget(place, label_with_look("dim", said))
        sheet.body.insertWidget(0, label_with_look("heading", "In practice"))
        sheet.show()

    def show_instructor(self) -> None:
        self.instructor_asked.emit()

    def show_alone(self) -> None:
        """Say that no instructor's window belongs to this lesson: it would give it away."""
        self.screens.show_answer(Answer(done=False, sentence=practice.ALONE))

    def show_second_wall(self) -> None:
        self.screens.show_answer(Answer(done=False, sentence="In practice there is one screen."))

    def _act(self, action: str, source: str = "") -> None:
        if action in LEAVES_THE_LESSON:
            self.screens.show_answer(Answer(done=False, sentence=practice.NOT_HERE))
        else:
            super()._act(action, source)

    # The window

    def childEvent(self, event: QChildEvent) -> None:
        """What opens in front without asking `entitled`, as a box of Qt does, bears the word as well."""
        super().childEvent(event)
        child = event.child()
        if event.polished() and isinstance(child, QDialog):
            said = child.windowTitle()
            if not said.startswith(practice.SIMULATION):
                child.setWindowTitle(entitled(said, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        self._dock.setFixedWidth(side_width(self.width(), current().text_scale))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving:
            alive = self._shown.stage in ALIVE
            if alive and not agrees(self, practice.title(), practice.ASK_LEAVE, "&Leave the lesson"):
                event.ignore()
                return
            self._leaving = True
            self.stop()
            QTimer.singleShot(0, self, partial(self.left.emit))
        event.accept()


def side_width(window: int, text_scale: float) -> int:
    """How wide the palette is, pixels: more for large text, never so much that the bed is cut."""
    wish = max(window * SHARE, NARROWEST * text_scale)
    return round(max(NARROWEST, min(wish, WIDEST, window * MOST_SHARE)))

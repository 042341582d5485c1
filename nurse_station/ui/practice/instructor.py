"""The instructor's window: a lesson with all that its trainee cannot see, and what can be done to it.

It looks at the lesson a few times a second and sets what is new; numbers that nobody renews are said to be
old. Closing it ends nothing.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QTabWidget, QVBoxLayout, QWidget

from nurse_station.classroom.view import (
    Bookmark,
    EndLesson,
    Hold,
    LessonSnapshot,
    LessonView,
    Rewind,
    Stage,
    Wish,
)
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer
from nurse_station.ui import assets, theme
from nurse_station.ui.models import instructor as model
from nurse_station.ui.practice.instructor_body import BodyPanel
from nurse_station.ui.practice.instructor_bookmarks import BookmarkPanel
from nurse_station.ui.practice.instructor_curve import CurvePanel
from nurse_station.ui.practice.instructor_happen import HappenForm, SayLine
from nurse_station.ui.practice.instructor_head import LessonHead
from nurse_station.ui.practice.instructor_log import LogPanel
from nurse_station.ui.practice.instructor_parts import Question, panel, scrolling, wrapped
from nurse_station.ui.practice.instructor_timeline import TimelinePanel
from nurse_station.ui.widgets.bars import AnswerBar, SimulationBand

LOOK_MS = 200
OLD_AFTER = 25
"""Looks without a new picture of a lesson that runs, after which what is shown is old: five seconds."""
OLD = "Nothing new has come from the lesson for some seconds: what is shown here is old."
SMALLEST = (1024, 640)
WIDE_PX = 1640
"""From this width on there are three columns."""
SHARES = {2: (10, 10, 0), 3: (11, 8, 8)}
"""How the columns share the width."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the wish that follows, and the past that it was asked in."""

    wish: Wish
    generation: int


class InstructorWindow(QWidget):
    """One a lesson. `refresh` takes the newest picture; a timer calls it while the window is shown."""

    def __init__(self, lesson: LessonView, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._lesson = lesson
        self._shown: LessonSnapshot | None = None
        self._bed: BedSnapshot | None = None
        self._same = 0
        self._held_to_ask = False
        self._columns = 0
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(*SMALLEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Space pauses until something else is gone to
        self.setWindowIcon(assets.icon("station"))
        theme.set_look(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.refresh)
        self._bind_keys()
        self._build()
        theme.notifier().changed.connect(self._build)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+B", lambda: self.bookmarks.set_bookmark() if self._live else None),
            ("Ctrl+Shift+P", lambda: self.head.hold_or_go_on()),
            ("Ctrl+Shift+Up", lambda: self.head.change_speed(1)),
            ("Ctrl+Shift+Down", lambda: self.head.change_speed(-1)),
            ("Ctrl+Shift+E", lambda: self.ask_to_end()),
        ):
            QShortcut(QKeySequence(keys), self, act).setAutoRepeat(False)

    def _build(self) -> None:
        """Make everything in the theme and text scale that are in use now."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        self.head, self.body, self.curve = LessonHead(), BodyPanel(), CurvePanel()
        self.timeline, self.log, self.happen = TimelinePanel(), LogPanel(), HappenForm()
        self.bookmarks, self.say = BookmarkPanel(), SayLine()
        self.refused, self.question = AnswerBar(), Question()
        kept = self.refused.sizePolicy()
        kept.setRetainSizeWhenHidden(False)  # the body needs the line: nothing here is pressed in haste
        self.refused.setSizePolicy(kept)
        self.notice = wrapped("trouble")
        self.notice.hide()
        self.tabs = QTabWidget()
        self._columns = 0
        self._arrange(self._inside)
        self._connect()
        self._column.addWidget(self._inside)
        self._place()
        if self._shown is not None:
            self._fill(self._shown)

    def _arrange(self, inside: QWidget) -> None:
        size = theme.current().size
        for words, page in (("&Log", self.log), ("Let &happen", self.happen), ("Book&marks", self.bookmarks)):
            self.tabs.addTab(page, words)
        theme.set_look(self.tabs, "bare")
        self.tabs.setAccessibleName("Log, let something happen, bookmarks")
        self.doing, column = panel()
        column.addWidget(self.tabs, 1)
        column.addWidget(self.say)
        live = QWidget()
        left = QVBoxLayout(live)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(size(6))
        left.addWidget(self.body)
        left.addWidget(self.curve, 1)
        self.live = scrolling(live, "Live physiology")
        self.live.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(size(8), 0, size(8), size(8))
        self.grid.setSpacing(size(6))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(4))
        said = QVBoxLayout()
        said.setContentsMargins(size(8), 0, size(8), 0)
        column.addWidget(SimulationBand())
        column.addWidget(self.head)
        for part in (self.refused, self.question, self.notice):
            said.addWidget(part)
        column.addLayout(said)
        column.addLayout(self.grid, 1)

    def _connect(self) -> None:
        for part in (self.head, self.timeline, self.happen, self.say, self.bookmarks):
            part.wished.connect(self.send)
        self.head.end_asked.connect(self.ask_to_end)
        self.bookmarks.rewind_asked.connect(self.ask_to_rewind)
        self.question.agreed.connect(self._agreed)
        self.question.closed.connect(self._go_on)

    def _place(self) -> None:
        """Two columns, or three where there is room."""
        columns = 3 if self.width() >= theme.current().size(WIDE_PX) else 2
        self.body.fit(self.width() * SHARES[columns][0] / sum(SHARES[columns]) - theme.current().size(24))
        if columns == self._columns:
            return
        self._columns = columns
        for part in (self.live, self.timeline, self.doing):
            self.grid.removeWidget(part)
        if columns == 3:
            for column, part in enumerate((self.live, self.timeline, self.doing)):
                self.grid.addWidget(part, 0, column, 2, 1)
        else:
            self.grid.addWidget(self.live, 0, 0, 2, 1)
            self.grid.addWidget(self.timeline, 0, 1)
            self.grid.addWidget(self.doing, 1, 1)
        for column, stretch in enumerate(SHARES[columns]):
            self.grid.setColumnStretch(column, stretch)
        self.grid.setRowStretch(0, 3)
        self.grid.setRowStretch(1, 2)

    # What comes from the lesson

    def refresh(self) -> None:
        """Take the newest picture and what was refused."""
        now = self._lesson.snapshot()
        self._same = self._same + 1 if now is self._shown else 0
        bed = self._bed_of(now)
        if now is not self._shown or bed is not self._bed:
            self._bed = bed
            self._fill(now)
        self._show_notice(now)
        sentences = self._lesson.refusals()
        if sentences:
            self.show_refusal(" ".join(sentences))

    def _bed_of(self, lesson: LessonSnapshot) -> BedSnapshot | None:
        beds = self._lesson.station.snapshot().beds
        return next((bed for bed in beds if bed.bed == lesson.bed), None)

    def _fill(self, now: LessonSnapshot) -> None:
        before, self._shown = self._shown, now
        if before is not None and (before.generation != now.generation or not self._live):
            self.question.close_question()
        self.setWindowTitle(f"SIMULATION · Instructor · {now.scenario.name} · {now.trainee}")
        self.head.show_lesson(now)
        self.body.show_lesson(now, self._bed)
        self.curve.show_points(now.points, now.at, model.event_marks(now.log))
        self.timeline.show_lesson(now)
        self.log.show_lesson(now)
        self.bookmarks.show_lesson(now)
        self.tabs.setTabText(2, f"Book&marks ({len(now.bookmarks)})")
        for part in (self.happen, self.say):
            part.setEnabled(self._live)

    def _show_notice(self, now: LessonSnapshot) -> None:
        old = now.stage is Stage.RUNNING and self._same >= OLD_AFTER
        words = OLD if old else model.stage_sentence(now)
        self.notice.show_words(words)
        theme.set_look(self.notice, "loud" if old or now.stage is Stage.FAILED else "trouble")
        self.notice.setVisible(bool(words))

    def show_refusal(self, sentence: str) -> None:
        """Why something that was asked for was not done; stays until it is closed."""
        self.refused.show_answer(Answer(done=False, sentence=sentence))

    # What the instructor does

    @property
    def _live(self) -> bool:
        return self._shown is not None and self._shown.stage in model.LIVE

    def send(self, wish: Wish) -> None:
        """Ask the lesson for something."""
        self._lesson.send(wish)

    def ask_to_rewind(self, bookmark: Bookmark) -> None:
        """Ask once, then go back."""
        if self._shown is not None and self._live:
            about = Asked(Rewind(number=bookmark.number), self._shown.generation)
            self._hold_to_ask(self._shown)
            self.question.ask(model.rewind_question(bookmark, self._shown.at), "Go &back", about)

    def ask_to_end(self) -> None:
        """Ask once, then end."""
        if self._shown is not None and self._live:
            about = Asked(EndLesson(), self._shown.generation)
            self._hold_to_ask(self._shown)
            self.question.ask(model.END_QUESTION, "&End the lesson", about)

    def _hold_to_ask(self, shown: LessonSnapshot) -> None:
        """What is asked about stays as it is meanwhile; what stood still already goes on standing."""
        if shown.stage is Stage.RUNNING and not self._held_to_ask:
            self._held_to_ask = True
            self.send(Hold(on=True))

    def _go_on(self) -> None:
        held, self._held_to_ask = self._held_to_ask, False
        if held and self._live:
            self.send(Hold(on=False))

    def _agreed(self, about: Asked) -> None:
        """A bookmark of another past is not gone back to."""
        if self._shown is not None and about.generation == self._shown.generation:
            self.send(about.wish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.head.hold_or_go_on()
        elif event.key() == Qt.Key.Key_Escape and not self.question.isHidden():
            self.question.close_question()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

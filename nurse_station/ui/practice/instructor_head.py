"""The head of the instructor's panel: which lesson, how far, how fast; pause, speed, hints, end."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nurse_station.classroom.view import SPEEDS, GoAt, Hold, LessonSnapshot, ShowHints, Stage
from nurse_station.ui.models import instructor as model
from nurse_station.ui.practice.instructor_parts import push, say_on
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel


class LessonHead(QWidget):
    """Two rows.

    Signals:
        wished: A Wish.
        end_asked: The lesson is to be ended.
    """

    wished = Signal(object)
    end_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lesson: LessonSnapshot | None = None
        self.title, self.who = ElidedLabel("title", keep=220), ElidedLabel("dim")
        self.time, self.stage = WordsLabel("rate"), WordsLabel("badge")
        self.time.setToolTip("How long it has lasted, and lasts at most")
        self.hold = push("Pause", self.hold_or_go_on, "Space, or Ctrl+Shift+P from a field", "act_first")
        self.speeds = {speed: push(f"{speed:g}×", partial(self._go_at, speed),
                                   "Ctrl+Shift+Up, Ctrl+Shift+Down") for speed in SPEEDS}  # fmt: skip
        self.reason = ElidedLabel("doubtful")
        self.hints = push("Hints", self._switch_hints)
        self.end = push("End the lesson…", self.end_asked.emit, "With its debrief  Ctrl+Shift+E", "act_last")
        self._arrange()

    def _go_at(self, speed: float) -> None:
        self.wished.emit(GoAt(speed=speed))

    def _arrange(self) -> None:
        size = current().size
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(size(8))
        first.addWidget(self.title)
        first.addWidget(self.who, 1)
        first.addWidget(self.stage)
        first.addWidget(self.time)
        second.addWidget(self.hold)
        for speed, button in self.speeds.items():
            button.setAccessibleName(f"Speed {speed:g} times")
            second.addWidget(button)
        second.addWidget(self.reason, 1)
        second.addWidget(self.hints)
        second.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(size(12), size(6), size(12), size(2))
        column.setSpacing(size(4))
        column.addLayout(first)
        column.addLayout(second)

    def show_lesson(self, lesson: LessonSnapshot) -> None:
        """The lesson as it is now."""
        self._lesson = lesson
        live, held = lesson.stage in model.LIVE, lesson.stage is Stage.PAUSED
        self.title.show_words(f"Instructor · {lesson.scenario.name}", lesson.scenario.summary)
        self.who.show_words(model.who_words(lesson))
        self.time.show_words(model.time_words(lesson))
        self.stage.show_words(model.stage_words(lesson))
        set_look(self.stage, "badge" if lesson.stage is Stage.RUNNING else "doubtful")
        say_on(self.hold, "Go on  Space" if held else "Pause  Space", "act_first")
        self.hold.setAccessibleName("Go on" if held else "Pause")
        self.reason.show_words(model.speed_words(lesson))
        say_on(self.hints, "Hints are on" if lesson.hints else "Hints are off")
        self.hints.setToolTip(f"Press: hints {'off' if lesson.hints else 'on'}")
        self.hints.setAccessibleName(self.hints.text())
        for speed, button in self.speeds.items():
            set_look(button, "act_first" if speed == lesson.wanted else "act")
        for button in (self.hold, self.hints, self.end, *self.speeds.values()):
            button.setEnabled(live)

    def hold_or_go_on(self) -> None:
        """Let the lesson stand still; while it does, go on."""
        if self._lesson is not None and self._lesson.stage in model.LIVE:
            self.wished.emit(Hold(on=self._lesson.stage is Stage.RUNNING))

    def change_speed(self, step: int) -> None:
        """The next faster or slower of SPEEDS."""
        if self._lesson is None or self._lesson.stage not in model.LIVE:
            return
        place = SPEEDS.index(self._lesson.wanted) if self._lesson.wanted in SPEEDS else 0
        wanted = SPEEDS[min(max(place + step, 0), len(SPEEDS) - 1)]
        if wanted != self._lesson.wanted:
            self.wished.emit(GoAt(speed=wanted))

    def _switch_hints(self) -> None:
        if self._lesson is not None:
            self.wished.emit(ShowHints(on=not self._lesson.hints))

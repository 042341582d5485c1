"""Looks at a lesson a few times a second and tells what is new. Draws nothing, asks for nothing."""

from PySide6.QtCore import QObject, QTimer, Signal

from nurse_station.classroom.view import LessonSnapshot, LessonView, Stage

LOOK_MS = 100


class LessonWatch(QObject):
    """One a window.

    Signals:
        shown: A new LessonSnapshot; never the same one twice.
        refused: A sentence about a wish that was not done.
        rewound: What was drawn before belongs to another past.
        over: The lesson has ended and its debrief is there: its LessonSnapshot; once.
        failed: It cannot go on; one sentence, once.
    """

    shown = Signal(object)
    refused = Signal(str)
    rewound = Signal()
    over = Signal(object)
    failed = Signal(str)

    def __init__(self, lesson: LessonView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lesson = lesson
        self._last: LessonSnapshot | None = None
        self._ended = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Nothing is told any more."""
        self._timer.stop()

    def look(self) -> None:
        """Take the newest picture and the refusals; tell what is new."""
        now, before = self._lesson.snapshot(), self._last
        if now is not before:
            self._last = now
            if before is not None and now.generation != before.generation:
                self.rewound.emit()
            self.shown.emit(now)
        for sentence in self._lesson.refusals():
            self.refused.emit(sentence)
        self._look_at_end(now)

    def _look_at_end(self, now: LessonSnapshot) -> None:
        if self._ended or now.stage not in (Stage.OVER, Stage.FAILED):
            return
        if now.stage is Stage.FAILED:
            self._ended = True
            self.failed.emit(now.trouble)
        elif now.debrief is not None:
            self._ended = True
            self.over.emit(now)

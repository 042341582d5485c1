"""The timeline with its buttons, what is expected so far, what counted against. Judges nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_station.classroom.view import LessonSnapshot, Stage, TriggerEvent, WithholdEvent
from nurse_station.training.scenario import Expected
from nurse_station.ui.models.instructor import (
    BAD,
    GOOD,
    LIVE,
    Became,
    EventRow,
    ExpectedRow,
    Judged,
    event_rows,
    judged,
)
from nurse_station.ui.practice.instructor_parts import heading, panel, push, say_on, scrolling, wrapped
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

NO_EVENTS = "This scenario has no events of its own."
NOT_YET = "The timeline is there when the lesson begins."
NOTHING_AGAINST = "Nothing so far."
LET_GO, WITHHOLD, TRIGGER = "Let go", "Withhold", "Trigger now"
SIGNS = {Became.DONE: "✓", Became.OPEN: "●", Became.NOT_YET: "○", Became.NOT_ASKED: "○"}


class EventLine(QWidget):
    """One event: what and when, its state, and two buttons.

    Signals:
        wished: A Wish.
    """

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row: EventRow | None = None
        self.title, self.state = ElidedLabel("proposal"), WordsLabel("small")
        self.does = wrapped("dim")
        self.trigger = push(TRIGGER, self._trigger, "Let it happen now")
        self.withhold = push(WITHHOLD, self._withhold)
        size = current().size
        head = QHBoxLayout()
        head.setSpacing(size(6))
        self.trigger.ensurePolished()
        head.addStrut(self.trigger.sizeHint().height())  # a row stays where it is when its buttons go
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        head.addWidget(self.trigger)
        head.addWidget(self.withhold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, size(6))
        column.setSpacing(size(1))
        column.addLayout(head)
        column.addWidget(self.does)

    def show_row(self, row: EventRow, *, live: bool) -> None:
        """The event as it is now; `live`: something can be asked for."""
        for button in (self.trigger, self.withhold):
            button.setEnabled(live)
            button.setVisible(row.waiting)
        if row == self._row:
            return
        self._row = row
        self.title.show_words(row.title)
        self.does.show_words(f"{row.when}: {row.does}")
        self.state.show_words(row.state)
        set_look(self.state, "doubtful" if row.withheld else "small" if row.waiting else "good")
        say_on(self.withhold, LET_GO if row.withheld else WITHHOLD, "act_last" if row.withheld else "act")
        tip = (
            "Let its condition decide again"
            if row.withheld
            else "Keep it back, even when its condition holds"
        )
        self.withhold.setToolTip(tip)
        self.trigger.setAccessibleName(f"{TRIGGER}: {row.title}")
        self.withhold.setAccessibleName(f"{self.withhold.text()}: {row.title}")

    def _trigger(self) -> None:
        if self._row is not None:
            self.wished.emit(TriggerEvent(name=self._row.name))

    def _withhold(self) -> None:
        if self._row is not None:
            self.wished.emit(WithholdEvent(name=self._row.name, on=not self._row.withheld))


class ExpectedLine:
    """One expected action: a sign, what, its limit, what became of it."""

    def __init__(self, grid: QGridLayout, line: int) -> None:
        self._row: ExpectedRow | None = None
        self.sign, self.state = WordsLabel(), WordsLabel()
        self.words, self.limit = wrapped(), wrapped("small")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.sign, line, 0, top)
        grid.addWidget(self.words, line, 1)
        grid.addWidget(self.state, line, 2, top | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.limit, line + 1, 1, 1, 2)

    def show_row(self, row: ExpectedRow) -> None:
        if row == self._row:
            return
        self._row = row
        look = "good" if row.became in GOOD else "doubtful" if row.became in BAD else ""
        look = look or ("dim" if row.became in (Became.NOT_YET, Became.NOT_ASKED) else "proposal")
        self.sign.show_words(SIGNS.get(row.became, "▲"))
        self.words.show_words(row.words)
        self.limit.show_words(row.limit)
        self.state.show_words(row.state)
        for label in (self.sign, self.state):
            set_look(label, look)


class TimelinePanel(QWidget):
    """Rows are made once a scenario, and then only filled.

    Signals:
        wished: A Wish about an event.
    """

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, EventLine] = {}
        self.expected: list[ExpectedLine] = []
        self._scenario: tuple[Expected, ...] | None = None
        self._judged: tuple[object, ...] = ()
        self.against = wrapped("doubtful")
        self._events, self._grid = QVBoxLayout(), QGridLayout()
        self._no_events = wrapped("dim", NO_EVENTS)
        inside, column = panel()
        self._arrange(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside, "Timeline"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _arrange(self, column: QVBoxLayout) -> None:
        size = current().size
        self._grid.setHorizontalSpacing(size(8))
        self._grid.setVerticalSpacing(size(1))
        self._grid.setColumnStretch(1, 1)
        self._events.setSpacing(size(2))
        column.addWidget(heading("Timeline"))
        column.addWidget(self._no_events)
        column.addLayout(self._events)
        column.addWidget(heading("Expected of the nurse"))
        column.addLayout(self._grid)
        column.addWidget(heading("Counted against"))
        column.addWidget(self.against)
        column.addStretch(1)

    def show_lesson(self, lesson: LessonSnapshot) -> None:
        """The timeline, and the score so far."""
        rows = event_rows(lesson.events)
        self._make_lines([row.name for row in rows])
        self._no_events.show_words(NOT_YET if lesson.scenario.happens else NO_EVENTS)
        for row in rows:
            self.lines[row.name].show_row(row, live=lesson.stage in LIVE)
        known = (lesson.generation, len(lesson.log), int(lesson.at), lesson.stage)
        if known != self._judged or lesson.scenario.expected is not self._scenario:
            self._judged = known
            over = lesson.stage in (Stage.OVER, Stage.FAILED)
            self._show_judged(lesson, judged(lesson.scenario, lesson.log, lesson.at, over=over))

    def _make_lines(self, names: Sequence[str]) -> None:
        if list(self.lines) == list(names):
            return
        for line in self.lines.values():
            self._events.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = {name: EventLine() for name in names}
        for line in self.lines.values():
            line.wished.connect(self.wished)
            self._events.addWidget(line)
        self._no_events.setVisible(not names)

    def _show_judged(self, lesson: LessonSnapshot, shown: Judged) -> None:
        if lesson.scenario.expected is not self._scenario and not self.expected:
            self.expected = [ExpectedLine(self._grid, 2 * number) for number in range(len(shown.expected))]
        self._scenario = lesson.scenario.expected
        for line, row in zip(self.expected, shown.expected, strict=False):
            line.show_row(row)
        self.against.show_words("\n".join(shown.against) or NOTHING_AGAINST)
        set_look(self.against, "doubtful" if shown.against else "dim")

"""The session ribbon: HR, SpO2, RR, EtCO2, blood pressure on one time axis, as far back as the session goes.

An old picture never looks like a current one: the words above it say which time it shows.
pyqtgraph is imported here and in ribbon_plot only; the window imports this file after its first paint.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nurse_station.alarms.changes import Entry
from nurse_station.station.history import History
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.ui import theme
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.widgets.labels import ElidedLabel
from nurse_station.ui.widgets.ribbon_alarms import AlarmMark, marks_of, words_at
from nurse_station.ui.widgets.ribbon_drug import DrugStrip
from nurse_station.ui.widgets.ribbon_lanes import first_second
from nurse_station.ui.widgets.ribbon_pictures import Pictures, Still
from nurse_station.ui.widgets.ribbon_plot import RibbonPlot
from nurse_station.ui.widgets.ribbon_scales import LaneNames, TimeAxis
from nurse_station.ui.widgets.ribbon_span import (
    AHEAD,
    AHEAD_PLANNED,
    Gaze,
    Reach,
    Span,
    from_start,
    panned,
    snapped,
    span_of,
    zoomed,
)
from nurse_station.ui.widgets.ribbon_words import reading_text, state_text, step_for, ticks

PRESETS: tuple[tuple[str, float | None], ...] = (
    ("15 min", 900.0),
    ("1 h", 3600.0),
    ("4 h", 4 * 3600.0),
    ("A&ll", None),
)
"""No digit is a key here: Alt+1 to Alt+6 are the palette's, in the same window, when somebody practises."""
HINT = "Drag to review · wheel to zoom · hover to read"
LABEL_PX = 90
PAN_SHARE = 0.25
LOWEST_PX = 220


class RibbonWidget(QWidget):
    """Trends of one bed. Give it a bed, then call `refresh` about once a second.

    Signals:
        looked: Another stretch is looked at.
        moment_chosen: That second was pressed, or Enter on the reading line.
    """

    looked = Signal()
    moment_chosen = Signal(float)
    hint = HINT
    end_words, end_name = "&Now  End", "Follow now"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: History | None = None
        self._wall_of: Callable[[float], datetime] | None = None
        self._units = WARD
        self._now: float | None = None
        self._first: float | None = None
        self._gaze = Gaze()
        self._cursor: float | None = None
        self._log: Sequence[Entry] = ()
        self._marks: list[AlarmMark] = []
        self._marked = 0
        self._pictures = Pictures()
        self._title, self._state, self._reading = (
            ElidedLabel("heading", "Session"),
            ElidedLabel(),
            QLabel(self.hint),
        )
        self._plot, self._names, self._axis = RibbonPlot(), LaneNames(), TimeAxis()
        self.drug = DrugStrip()
        self._presets = [QPushButton(words) for words, _ in PRESETS]
        self._follow = QPushButton(self.end_words)
        self._arrange()
        self._connect()
        self._restyle()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        for button in (*self._presets, self._follow):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            head.addWidget(button)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.addWidget(self._names, 0, 0)
        grid.addWidget(self._plot, 0, 1)
        grid.addWidget(self.drug, 1, 0, 1, 2)
        grid.addWidget(self._axis, 2, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._reading)
        column.addLayout(grid, 1)
        self.setMinimumHeight(theme.current().size(LOWEST_PX))

    def _connect(self) -> None:
        for button, (words, width) in zip(self._presets, PRESETS, strict=True):
            button.setAccessibleName(f"Show {words.replace('&', '')} of the session")
            button.clicked.connect(lambda _=False, width=width: self.show_width(width))
        self._follow.setAccessibleName(self.end_name)
        self._follow.clicked.connect(self.follow)
        QShortcut(QKeySequence(Qt.Key.Key_End), self, self.follow)
        for part in (self._plot, self.drug):
            part.dragged.connect(lambda seconds: self._look(panned(self._gaze, self._reach(), -seconds)))
            part.zoomed.connect(lambda factor, at: self._look(zoomed(self._gaze, self._reach(), factor, at)))
            part.hovered.connect(self._read_at)
        self._plot.pressed.connect(self.moment_chosen)
        self._plot.resized.connect(self._draw)
        theme.notifier().changed.connect(self._restyle)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Session ribbon")
        self._reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._reading.setAccessibleName("Values at the pointer")

    def _restyle(self) -> None:
        theme.set_look(self._reading, "small")
        for part in (self._plot, self._names, self._axis, self.drug):
            part.restyle()
        self._draw()

    @property
    def gaze(self) -> Gaze:
        """What is being looked at."""
        return self._gaze

    def show_bed(
        self,
        history: History,
        bed: BedSnapshot,
        wall_of: Callable[[float], datetime],
        units: Units = WARD,
    ) -> None:
        """Show another bed, following now, as wide as before.

        Args:
            history: What the bed has seen. Call again when the bed's history is another one.
            bed: The bed as it is now.
            wall_of: The time of day, aware, at a monotonic second.
            units: The units that the clinic reads.
        """
        self._show(history, bed.name, wall_of, units)

    def _show(self, history: History, name: str, wall_of: Callable[[float], datetime], units: Units) -> None:
        self._history, self._wall_of, self._units = history, wall_of, units
        self._first = self._cursor = None
        self._gaze = Gaze(width=self._gaze.width)
        self._title.show_words(f"Session · {name}")
        self.setAccessibleName(f"Session ribbon of {name}")
        self._draw()

    def show_alarm_log(self, log: Sequence[Entry]) -> None:
        """The session's alarms are drawn as marks from now on; a log that grows is looked at anew."""
        if log is not self._log or len(log) != self._marked:
            self._log, self._marked = log, len(log)
            self._marks = marks_of(log)

    def show_care(self, care: CareSnapshot | None) -> None:
        """The patient's day: drug and checks are drawn beneath the vital signs; None: nobody is bound."""
        self.drug.show_care(care)
        strip = 0 if self.drug.isHidden() else self.drug.height()
        self.setMinimumHeight(theme.current().size(LOWEST_PX) + strip)

    def refresh(self, now: float) -> bool:
        """Move on to monotonic second `now`. Returns whether a pixel of the curves had to be drawn anew."""
        self._now = now
        return not self.window().isMinimized() and self._draw()

    def follow(self) -> None:
        """Go back to now and stay there."""
        self._look(Gaze(width=self._gaze.width))

    def show_width(self, seconds: float | None) -> None:
        """Show the last `seconds`; None: the whole session."""
        self._look(Gaze(width=seconds))

    def show_moment(self, at: float) -> None:
        """Show what was at monotonic second `at`, in the middle if it can be, and read the values there."""
        span = span_of(self._gaze, self._reach())
        self._look(panned(self._gaze, self._reach(), at - (span.start + span.end) / 2))
        self._read_at(at if self._plot.span.holds(at) else None)

    def _look(self, gaze: Gaze) -> None:
        self._gaze = gaze
        self._draw()
        self.looked.emit()

    def _reach(self) -> Reach:
        if self._first is None and self._history is not None:
            self._first = first_second(self._history)
        now = self._now or 0.0
        first = now if self._first is None else self._first
        return Reach(first=first, now=now, ahead=AHEAD_PLANNED if self.drug.ahead else AHEAD)

    def _draw(self) -> bool:
        if self._history is None or self._wall_of is None or self._now is None or not self.isVisible():
            return False
        reach, width = self._reach(), max(1, self._plot.width())
        per_pixel = span_of(self._gaze, reach).width / width
        still = snapped(reach, per_pixel)
        span = span_of(self._gaze, still)
        marks = self._ticks(span, step_for(span.width, width / theme.current().size(LABEL_PX)))
        pictures = self._pictures.of(Still(self._history, span, still.now, per_pixel), self._now)
        moved = self._plot.show_span(span, [at for at, _ in marks], still.now)
        self.drug.show_span(span, still.now)
        drawn = self._plot.show_lanes(pictures)
        drawn = self._plot.show_alarms(self._marks, span, still.now) or drawn
        self._names.show_scales(tuple(picture.scale for picture in pictures), self._units)
        self._axis.show_ticks([((at - span.start) / span.width, words) for at, words in marks])
        self._plot.show_empty(self._first is None)
        self._read_at(self._cursor if self._cursor is None or span.holds(self._cursor) else None)
        self._show_state(self._state_words(span, reach))
        return moved or drawn

    def _ticks(self, span: Span, step: int) -> list[tuple[float, str]]:
        """Where the time axis has labels, and these."""
        return list(ticks(span, step, self._wall_of)) if self._wall_of is not None else []

    def _state_words(self, span: Span, reach: Reach) -> str:
        """Which time the picture shows."""
        return state_text(self._gaze, span, reach, self._wall_of) if self._wall_of is not None else ""

    def _show_state(self, words: str) -> None:
        self._state.show_words(words)
        theme.set_look(self._state, "dim" if self._gaze.following else "loud")
        self._follow.setEnabled(not self._gaze.following)
        for button, (_, width) in zip(self._presets, PRESETS, strict=True):
            theme.set_look(button, "primary" if width == self._gaze.width else "")

    def _read_at(self, at: float | None) -> None:
        self._cursor = at
        self._plot.show_cursor(at)
        self.drug.show_cursor(at)
        if at is None or self._history is None or self._wall_of is None:
            self._reading.setText(self.hint)
            return
        per_pixel = self._plot.span.width / max(1, self._plot.width())
        values = reading_text(self._history, at, per_pixel, self._wall_of, self._units)
        words = (values, self.drug.words_at(at), words_at(self._marks, at))
        self._reading.setText("   ".join(said for said in words if said))

    def _read_beside(self, steps: int) -> None:
        """Move the reading line by pixels of at least a second; the first time it stands in the middle."""
        span = self._plot.span
        step = max(1.0, span.width / max(1, self._plot.width()))
        at = (span.start + span.end) / 2 if self._cursor is None else self._cursor + steps * step
        self._read_at(min(max(at, span.start), span.end))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        gaze, reach = self._gaze, self._reach()
        span = span_of(gaze, reach)
        middle = reach.now if gaze.following else (span.start + span.end) / 2
        reading = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key if reading:
                self._read_beside(-1 if key == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_Left:
                self._look(panned(gaze, reach, -PAN_SHARE * span.width))
            case Qt.Key.Key_Right:
                self._look(panned(gaze, reach, PAN_SHARE * span.width))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._look(zoomed(gaze, reach, 0.5, middle))
            case Qt.Key.Key_Minus:
                self._look(zoomed(gaze, reach, 2.0, middle))
            case Qt.Key.Key_Home:
                self._look(from_start(gaze, reach))
            case Qt.Key.Key_End:
                self.follow()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._cursor is not None:
                self.moment_chosen.emit(self._cursor)
            case _:
                super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

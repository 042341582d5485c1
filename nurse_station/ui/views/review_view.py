"""A session of the record, or two days of a course, to look back on. Never passes for live, changes nothing.

It is a window of its own over the room's, so that no key that enters something reaches the bed behind it;
the room's alarms stay in sight above.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nurse_station.station.past import PastError, PastSession, PastWaves
from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.errand import Errand
from nurse_station.ui.marking import entitled, marked
from nurse_station.ui.models.review import (
    WAVES_S,
    axis_words,
    band_words,
    compare_words,
    moment_words,
    whose,
    zeros,
)
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.models.words import joined
from nurse_station.ui.texts import SIMULATION
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.views.review_side import PastAlarms, PastRecord
from nurse_station.ui.widgets.labels import ElidedLabel
from nurse_station.ui.widgets.past_ribbon import PastRibbon
from nurse_station.ui.widgets.past_waves import PastWavesView
from nurse_station.ui.widgets.review_band import ReviewBand
from nurse_station.ui.widgets.ribbon_span import Span

EDGE_PX, SIDE_PX, SIDE_SHARE = 4, 340, 0.33
COMPARED_STRETCH = 16
"""Two ribbons take nearly all of the height; the waves keep what they need."""
USUAL_WAVES = 1
OPENING = "Opening the session …"


class ReviewView(QDialog):
    """Opens its sessions in a thread of its own.

    Signals:
        print_asked: Name of a session.
        correct_asked: Key of the bed where the session runs, number of an entry.
    """

    print_asked = Signal(str)
    correct_asked = Signal(str, int)

    def __init__(
        self, view: StationView, sessions: Sequence[str], units: Units = WARD, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._names, self._units = view, tuple(sessions), units
        self._pasts: tuple[PastSession, ...] = ()
        self._ribbons: list[PastRibbon] = []
        self._records: list[PastRecord] = []
        self._zeros: tuple[float, ...] = ()
        self._moment: tuple[int, float] | None = None
        self._waves_errand: Errand | None = None
        self.band = ReviewBand()
        self.waves = PastWavesView()
        self._seconds = QComboBox()
        self._said = ElidedLabel("small")
        self._trouble = label_with_look("doubtful", OPENING)
        self._progress = QProgressBar()
        self.tabs = QTabWidget()
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._connect()
        self._open()

    def _build(self) -> None:
        size = current().size
        self._ribbon_rows = QVBoxLayout()
        self._axis = QLabel()
        set_look(self._axis, "small")
        self._axis.hide()
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        self._left_rows = rows
        rows.addLayout(self._ribbon_rows, 5)
        rows.addWidget(self._axis)
        rows.addLayout(self._wave_tools())
        rows.addWidget(self.waves, 4)
        self.tabs.setDocumentMode(True)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.addWidget(_scrolling(left))
        self._body.addWidget(self.tabs)
        self._body.setStretchFactor(0, 1)
        self._body.setSizes([3 * size(SIDE_PX), size(SIDE_PX)])
        self._body.hide()
        column = QVBoxLayout(self)
        edge = size(3 * EDGE_PX)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.band)
        column.addLayout(self._head())
        column.addWidget(self._progress)
        column.addWidget(self._trouble)
        column.addWidget(self._body, 1)
        self._band_words(joined("REVIEW", "not live", SIMULATION if marked(self) else ""))

    def _head(self) -> QHBoxLayout:
        self.print_button = button("&Print…  Ctrl+P", self.print_it, "Print the session")
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(self.print_button)
        row.addWidget(button("C&lose  Esc", self.reject, "Back to the room"))
        self.print_button.setEnabled(False)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(OPENING)
        return row

    def _wave_tools(self) -> QHBoxLayout:
        for seconds in WAVES_S:
            self._seconds.addItem(f"{seconds:g} s", seconds)
        self._seconds.setCurrentIndex(USUAL_WAVES)
        self._seconds.setAccessibleName("Length of the waves")
        self._waves_words = ElidedLabel("heading", "Waves")
        self.earlier_button = button("◀ &Earlier", partial(self.step_waves, -1), "Earlier waves")
        self.later_button = button("La&ter ▶", partial(self.step_waves, 1), "Later waves")
        row = QHBoxLayout()
        row.addWidget(self._waves_words, 1)
        for part in (self.earlier_button, self._seconds, self.later_button):
            row.addWidget(part)
        self._enable_steps()
        return row

    def _connect(self) -> None:
        self._seconds.currentIndexChanged.connect(self._ask_waves)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_it)
        self._errand = Errand(self._load, (PastError,), self)
        self._errand.done.connect(self._show)
        self._errand.failed.connect(self._fail)

    def _open(self) -> None:
        self.setWindowTitle(entitled("Review", self))
        self.setAccessibleName(entitled("Review, not live", self))

    def _load(self) -> tuple[PastSession, ...]:
        """In a thread of its own."""
        return tuple(self._view.past(name) for name in self._names)

    def place_over(self, area: QRect) -> None:
        """Stand over the bed, in global pixels; bars and beds of the room stay in sight."""
        self.setGeometry(area)
        side = min(current().size(SIDE_PX), round(SIDE_SHARE * area.width()))
        self._body.setSizes([area.width() - side, side])

    @property
    def sessions(self) -> tuple[str, ...]:
        """Names of what is reviewed."""
        return self._names

    @property
    def opened(self) -> bool:
        """Whether it is read."""
        return bool(self._pasts)

    @property
    def ribbons(self) -> tuple[PastRibbon, ...]:
        """One a session."""
        return tuple(self._ribbons)

    @property
    def records(self) -> tuple[PastRecord, ...]:
        """One a session."""
        return tuple(self._records)

    @Slot(object)
    def _show(self, pasts: tuple[PastSession, ...]) -> None:
        self._pasts = pasts
        self._progress.hide()
        self._trouble.hide()
        told = [past.summary for past in pasts]
        self._band_words(compare_words(*told) if len(told) == 2 else band_words(told[0]))
        self._zeros = zeros(*pasts) if len(pasts) == 2 else ()
        for number, past in enumerate(pasts):
            self._add(number, past)
        if self._zeros:
            self._axis.setText(axis_words(*pasts))
            self._axis.show()
            self._left_rows.setStretch(0, COMPARED_STRETCH)
            self._align(0)
        self.print_button.setEnabled(True)
        self._body.show()
        self.show_running(self._view.snapshot())
        self._ribbons[0].setFocus()

    def _add(self, number: int, past: PastSession) -> None:
        ribbon = PastRibbon()
        self._ribbons.append(ribbon)
        self._ribbon_rows.addWidget(ribbon, 1)
        ribbon.show_past(past, self._units, self._zeros[number] if self._zeros else None)
        ribbon.moment_chosen.connect(partial(self.show_moment, number))
        ribbon.looked.connect(partial(self._align, number))
        alarms, record = PastAlarms(past, self._units), PastRecord(past)
        alarms.moment_chosen.connect(partial(self.show_moment, number))
        record.moment_chosen.connect(partial(self.show_moment, number))
        record.correct_asked.connect(partial(self._correct, number))
        self._records.append(record)
        date = f" {past.summary.started.astimezone():%m-%d}" if len(self._names) == 2 else ""
        self.tabs.addTab(alarms, f"Alarms{date}")
        self.tabs.addTab(record, f"Record{date}")

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._progress.hide()
        self._trouble.setText(sentence)

    def _band_words(self, words: str) -> None:
        self.band.show_words(words)

    def _align(self, moved: int) -> None:
        """Two days show the same stretch, counted from their zeros."""
        if len(self._zeros) != 2 or len(self._ribbons) != 2:
            return
        span, other = self._ribbons[moved].span, 1 - moved
        by = self._zeros[other] - self._zeros[moved]
        self._ribbons[other].show_span(Span(start=span.start + by, end=span.end + by))

    # Waves

    def show_moment(self, number: int, at: float) -> None:
        """The ribbon, and the waves, of the session at place `number` at unix second `at`."""
        self._moment = number, at
        self._ribbons[number].show_moment(at)
        self._align(number)
        self._ask_waves()

    def step_waves(self, steps: int) -> None:
        """As many pictures of waves later, negative: earlier."""
        if self._moment is not None:
            number, at = self._moment
            self.show_moment(number, at + steps * self._length)

    @property
    def _length(self) -> float:
        return float(self._seconds.currentData())

    @Slot()
    def _ask_waves(self) -> None:
        self._enable_steps()
        if self._moment is None:
            return
        if self._waves_errand is not None:
            self._waves_errand.forget()
        number, at = self._moment
        self._waves_words.show_words(f"Waves · reading {moment_words(at)} …")
        ask = partial(self._view.past_waves, self._names[number], at, self._length)
        self._waves_errand = Errand(ask, (PastError,), self)
        self._waves_errand.done.connect(self._show_waves)
        self._waves_errand.failed.connect(self._waves_words.show_words)

    @Slot(object)
    def _show_waves(self, waves: PastWaves) -> None:
        assert self._moment is not None
        number, at = self._moment
        self.waves.show_waves(waves, at)
        which = whose(self._pasts[number].summary) if len(self._names) == 2 else ""
        self._waves_words.show_words(
            joined(f"Waves {moment_words(waves.start)} – {moment_words(waves.end)}", which)
        )

    def _enable_steps(self) -> None:
        for each in (self.earlier_button, self.later_button):
            each.setEnabled(self._moment is not None)

    # What else can be done

    def show_running(self, room: RoomSnapshot) -> None:
        """Which of the sessions runs at a bed now."""
        for past, record in zip(self._pasts, self._records, strict=True):
            record.show_running(bool(_bed_of(room, past.summary.session)))
        self._said.show_words(self._notice(room))

    def _notice(self, room: RoomSnapshot) -> str:
        running = [past for past in self._pasts if _bed_of(room, past.summary.session)]
        if not running:
            return "Read from the record. Nothing here can be changed."
        now = moment_words(running[0].until)
        return f"This session runs: here it is shown as it was at {now}. Live values are in the room."

    def _correct(self, number: int, entry: int) -> None:
        bed = _bed_of(self._view.snapshot(), self._names[number])
        if bed:
            self.correct_asked.emit(bed, entry)

    def print_it(self) -> None:
        """Ask for the paper of the session, of the later day of two."""
        if self._pasts:
            self.print_asked.emit(self._names[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame all round, so that it is never taken for the room."""
        super().paintEvent(event)
        painter, width = QPainter(self), current().size(EDGE_PX)
        painter.setPen(QPen(current().colour("accent_fill"), 2 * width))
        painter.drawRect(self.rect())
        painter.end()


def _scrolling(inside: QWidget) -> QScrollArea:
    """What is too high for a small screen or large text is reached by scrolling, never squeezed."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _bed_of(room: RoomSnapshot, session: str) -> str:
    """Key of the bed where the session runs; empty: nowhere."""
    return next((bed.bed for bed in room.beds if bed.session == session), "")

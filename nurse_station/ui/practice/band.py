"""Across the top of each window of practice: stripes, the word, what leads the lesson. Decides nothing."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from nurse_station.classroom.view import SPEEDS, LessonSnapshot, Stage
from nurse_station.ui.models import practice
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.bars import Bar, SimulationBand
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

NOT_HEARD = "NOT HEARD"
STAGE_PX, SLACK_PX = 80, 90
"""Kept for what the lesson does (`PAUSED`), and for what may be longer in a while: buttons and seconds."""
APART_PX, THIN_PX, ANY_HEIGHT = 4, 20, 16_777_215
"""Between parts; the band in a row of its own, where the bed needs the height; Qt's word for no limit."""
ALIVE = (Stage.RUNNING, Stage.PAUSED)


class PracticeBand(SimulationBand):
    """The stripes with the words of practice; of what does not fit the last parts are left out."""

    WORDS_APART, HEIGHT_PX = 1, 28

    def __init__(self, words: str = practice.BAND, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_words(words)

    def show_words(self, words: str) -> None:
        super().show_words(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """It wishes for the word alone, and takes what others leave."""
        return QSize(self.minimumSizeHint().width(), current().size(self.HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.least_width, current().size(self.HEIGHT_PX))


class LessonBar(Bar):
    """The band, the seconds of the lesson, its speed, pause, end, and the palette in and out.

    Where they do not fit beside the word, what is worked stands in a second row: the word is always there.

    Signals:
        hold_asked: Let the lesson stand still, or go on.
        speed_asked: One of SPEEDS.
        end_asked: End the lesson.
        palette_asked: Fold the palette, or show it again.
    """

    hold_asked = Signal(bool)
    speed_asked = Signal(float)
    end_asked = Signal()
    palette_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((0, 0), parent)
        self.band = PracticeBand()
        self.band.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.time, self.stage = WordsLabel("heading"), ElidedLabel("doubtful", keep=STAGE_PX)
        self.silent = WordsLabel("doubtful", NOT_HEARD)
        self.silent.hide()
        self.speed = QComboBox()
        self.hold = _button("Pause", "Let the lesson stand still, or go on  Ctrl+Shift+P")
        self.end = _button("End…", "End the lesson, with its debrief  Ctrl+Shift+E")
        self.fold = _button("Bedside ▸", "What you can do at the bed: in and out  Ctrl+Shift+K")
        self._held = False
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.speed.setAccessibleName("Speed of the lesson")
        self.speed.setToolTip("Times as fast as life; while an alarm is seen, as life  Ctrl+Shift+↑ ↓")
        edge = current().size(APART_PX)
        head, self._tools = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(0, 0, 2 * edge, 0)
        head.setSpacing(2 * edge)
        head.addWidget(self.band, 1)
        for said in (self.silent, self.stage):
            head.addWidget(said, 0, Qt.AlignmentFlag.AlignVCenter)
        self._tools.setContentsMargins(edge, edge // 2, 2 * edge, edge // 2)
        self._tools.setSpacing(2 * edge)
        self._tools.addStretch(1)
        self._tools.addWidget(self.time, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.speed, self.hold, self.end, self.fold):
            self._tools.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.row.setSpacing(edge)
        self.row.addLayout(head, 1)
        self.row.addLayout(self._tools)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """One row or two: by the width alone, so that nothing moves away under a hand."""
        said = (self.band, self.silent)
        needed = sum(part.minimumSizeHint().width() for part in said) + current().size(STAGE_PX + SLACK_PX)
        narrow = needed + self._tools.sizeHint().width() > self.width()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way is not self.row.direction():
            self.row.setDirection(way)
            self.row.setSpacing(0 if narrow else current().size(APART_PX))
            self.band.setMaximumHeight(current().size(THIN_PX) if narrow else ANY_HEIGHT)
            self.updateGeometry()

    def _connect(self) -> None:
        self.speed.activated.connect(lambda place: self.speed_asked.emit(SPEEDS[place]))
        self.hold.clicked.connect(lambda: self.hold_asked.emit(not self._held))
        self.end.clicked.connect(lambda: self.end_asked.emit())
        self.fold.clicked.connect(lambda: self.palette_asked.emit())

    def show_lesson(self, shown: LessonSnapshot) -> None:
        """The lesson as it is now."""
        self.band.show_words(practice.band_words(shown.scenario))
        self.time.show_words(practice.elapsed(shown))
        said = practice.stage_words(shown)
        self.stage.show_words(said)
        self.stage.setVisible(bool(said))
        self._held = shown.stage is Stage.PAUSED
        for part in (self.speed, self.hold, self.end):
            part.setEnabled(shown.stage in ALIVE)
        self._say(self.hold, "Go on" if self._held else "Pause", primary=self._held)
        if shown.wanted in SPEEDS and not self.speed.view().isVisible():
            self.speed.setCurrentIndex(SPEEDS.index(shown.wanted))

    @staticmethod
    def _say(button: QPushButton, words: str, *, primary: bool) -> None:
        if button.text() != words:
            button.setText(words)
            button.setAccessibleName(words)
            set_look(button, "act_first" if primary else "act")

    def show_silence(self, why: str) -> None:
        """Why no alarm of this lesson is heard; empty: they are."""
        self.silent.setVisible(bool(why))
        self.silent.setToolTip(why)
        self.silent.setAccessibleName(why)

    def show_folded(self, unread: int, *, folded: bool) -> None:
        """Whether the palette is away, and how many sentences nobody has seen there."""
        words = "Bedside ▸" if not folded else f"Bedside ◂ {unread} new" if unread else "Bedside ◂"
        self._say(self.fold, words, primary=folded and bool(unread))


def _button(words: str, tip: str) -> QPushButton:
    made = QPushButton(words)
    made.setAccessibleName(words.rstrip("…▸ "))
    made.setToolTip(tip)
    made.setAutoDefault(True)
    set_look(made, "act")
    return made

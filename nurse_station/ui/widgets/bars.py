"""The frame of the window: top bar, simulation band, answer line, footer. Shows; decides nothing."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from nurse_station.station.snapshots import RecordState, RoomSnapshot
from nurse_station.station.view import Answer
from nurse_station.ui import alarm_texts, assets, texts
from nurse_station.ui.models import rooms, words
from nurse_station.ui.models.alarm_marks import AudioShown, AudioState
from nurse_station.ui.models.alarms import AlarmShown
from nurse_station.ui.models.rooms import Notice, Weight
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.alarm_bar import HEIGHT_PX, AlarmBar
from nurse_station.ui.widgets.alarm_paint import Lights
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

LOOKS = {Weight.CALM: "dim", Weight.DOUBTFUL: "trouble", Weight.LOUD: "loud"}


class Bar(QWidget):
    """A row across the window."""

    def __init__(self, margins: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "bar")
        across, down = (current().size(px) for px in margins)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(across, down, across, down)
        self.row.setSpacing(current().size(12))


def tool_button(icon: str, words: str, keys: str, act: Callable[[], object]) -> QToolButton:
    """A quiet button with a sign; its words are in the tooltip and for the screen reader."""
    tool = QToolButton()
    set_look(tool, "quiet")
    tool.setIcon(assets.icon(icon, current().colour("dim")))
    tool.setIconSize(QSize(current().size(18), current().size(18)))
    tool.setToolTip(f"{words}  {keys}".strip())
    tool.setAccessibleName(words)
    tool.clicked.connect(lambda: act())
    return tool


class NoticeBanner(ElidedLabel):
    """The room's most important thing, in words. A click goes to its bed."""

    bed_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("trouble", keep=260, parent=parent)
        self._bed = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_notice(None)

    def show_notice(self, notice: Notice | None) -> None:
        if notice is None:
            set_look(self, LOOKS[Weight.CALM])
            self.show_words("")
            return
        self._bed = notice.bed
        set_look(self, LOOKS[notice.weight])
        self.show_words(f"▲  {notice.text}", notice.detail)
        self.setCursor(Qt.CursorShape.PointingHandCursor if notice.bed else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._bed and self.words:
            self.bed_asked.emit(self._bed)


class TopBar(Bar):
    """Title, clinic, how many beds are in use, the most urgent alarm or notice, the sound, the time."""

    def __init__(self, tools: Sequence[QToolButton], parent: QWidget | None = None) -> None:
        super().__init__((16, 6), parent)
        self.banner = NoticeBanner()
        self.alarm_bar = AlarmBar()
        self.audio = AudioButtons()
        self.setMinimumHeight(current().size(HEIGHT_PX + 12))  # nothing below moves when an alarm comes
        self._title = ElidedLabel("title", "Nurse Station")
        self._clinic = ElidedLabel("dim")
        self._clock = WordsLabel("clock")
        self.row.addWidget(self._title)
        self.row.addWidget(self._clinic)
        self.row.addWidget(self.banner, 1)
        self.row.addWidget(self.alarm_bar, 1)
        self.row.addWidget(self.audio)
        self._tools = tuple(tools)
        for tool in tools:
            self.row.addWidget(tool)
        self.row.addWidget(self._clock)

    def show_room(self, room: RoomSnapshot, notice: Notice | None, alarms: Sequence[AlarmShown] = ()) -> None:
        """Show the first of the alarms; without any, the notice. Nothing is lost: the rest is counted."""
        self._clinic.show_words(words.joined(room.clinic, rooms.in_use(room)))
        also = rooms.notices(room) if alarms else []
        detail = [alarm.sentence for alarm in alarms] + [each.text for each in also]
        more = max(len(alarms) + len(also) - 1, 0)
        self.alarm_bar.show_alarm(next(iter(alarms), None), more, "\n".join(detail))
        self.banner.setVisible(not alarms)
        self.banner.show_notice(None if alarms else notice)
        self._share()

    def leave_out(self, words: str) -> None:
        """The button with those words is not for this window."""
        for tool in [each for each in self._tools if each.accessibleName() == words]:
            tool.hide()
        self._tools = tuple(each for each in self._tools if each.accessibleName() != words)

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        self.alarm_bar.flash(lights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Where it is narrow for the size of the text, the alarm or notice, the sound and the time stay."""
        alarm = self.alarm_bar.alarm is not None
        self._clinic.setVisible(self.width() >= current().size(1560 if alarm else 1150))
        self._title.setVisible(self.width() >= current().size(1500 if alarm else 900))
        said = alarm or bool(self.banner.words)
        narrow = said and self.width() < current().size(800)
        for tool in self._tools:
            tool.setVisible(not narrow)
        self.audio.show_narrow(button=self.width() >= current().size(1100), words=not narrow)

    def show_time(self, wall: datetime) -> None:
        """Show the time of day, which goes on when the station does not."""
        self._clock.show_words(words.clock_seconds(wall))
        self._clock.setToolTip(wall.astimezone().strftime("%A %d %B %Y, %Z (UTC%z)"))


class AudioButtons(QWidget):
    """Whether alarms are heard, and the pause of the whole room. A press on the state tests the sound.

    Signals:
        pause_asked: Pause the sound of all beds, or end the pauses.
        test_asked: Play the self-test.
    """

    pause_asked = Signal()
    test_asked = Signal()
    SIGNS: Mapping[AudioState, str] = MappingProxyType({
        AudioState.ON: "bell", AudioState.PAUSED: "bell_paused", AudioState.UNUSABLE: "bell_off",
    })  # fmt: skip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: AudioShown | None = None
        self._wordy = True
        self.state_button = QPushButton()
        self.state_button.setIconSize(QSize(current().size(20), current().size(20)))
        self.state_button.clicked.connect(self.test_asked)
        self.pause_button = QPushButton()
        self.pause_button.clicked.connect(self.pause_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().size(6))
        row.addWidget(self.state_button)
        row.addWidget(self.pause_button)

    @property
    def words(self) -> str:
        """What is said of the sound."""
        return self._shown.words if self._shown is not None else ""

    def show_audio(self, shown: AudioShown) -> None:
        if shown == self._shown:
            return
        before, self._shown = self._shown, shown
        if before is None or before.state is not shown.state:
            self._wear(shown.state)
        self._say()
        self.state_button.setAccessibleName(shown.words)
        self.state_button.setToolTip(f"{shown.detail}\n{alarm_texts.TEST_SOUND}  Ctrl+T".strip())

    def _wear(self, state: AudioState) -> None:
        on = state is AudioState.ON
        self.state_button.setIcon(assets.icon(self.SIGNS[state], current().colour("dim" if on else "text")))
        set_look(self.state_button, "quiet" if on else "doubtful")
        act = alarm_texts.SOUND_AGAIN if state is AudioState.PAUSED else alarm_texts.PAUSE_AUDIO
        self.pause_button.setText(f"{act}  F2")
        self.pause_button.setAccessibleName(f"{act}, all beds")
        self.pause_button.setToolTip(f"{act}, all beds  F2")

    def _say(self) -> None:
        if self._shown is not None:
            said = self._shown.words if self._wordy else self._shown.short
            if said != self.state_button.text():
                self.state_button.setText(said)

    def show_narrow(self, *, button: bool, words: bool) -> None:
        """With the button of the pause or only its key; with all words or only the short ones."""
        self.pause_button.setVisible(button)
        self._wordy = words
        self._say()


class SimulationBand(QWidget):
    """Stripes across the window, and the word: what is seen is no patient. The word is never cut."""

    WORDS_APART, HEIGHT_PX, TEXT_PX, EDGE_PX = 3, 24, 13, 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = ""
        self.show_words(texts.SIMULATION_SENTENCE)

    @property
    def words(self) -> str:
        """What stands on the stripes, where there is room for it."""
        return self._words

    @property
    def shown(self) -> str:
        """What there is room for: of the words their first part at least, whole."""
        return fitting(self._words, self._width_of, self.width() - 2 * current().size(self.EDGE_PX))

    def show_words(self, words: str) -> None:
        """The first of the parts between ` · ` stands there however narrow it is."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, current().size(self.HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.least_width, self.sizeHint().height())

    @property
    def least_width(self) -> int:
        """Pixels that the word takes, with its edges."""
        return math.ceil(self._width_of(texts.SIMULATION)) + 2 * current().size(self.EDGE_PX)

    def _width_of(self, words: str) -> float:
        return QFontMetricsF(current().font(self.TEXT_PX, bold=True)).horizontalAdvance(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), current().colour("simulation"))
        self._paint_stripes(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_stripes(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current().colour("simulation_stripe"))
        height, step = self.height(), current().size(32)
        for left in range(-height, self.width() + step, step):
            stripe = QPolygonF(
                [QRectF(left + x, y, 0, 0).topLeft()
                 for x, y in ((height, 0), (height + step / 2, 0), (step / 2, height), (0, height))]
            )  # fmt: skip
            painter.drawPolygon(stripe)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(current().font(self.TEXT_PX, bold=True))
        painter.setPen(current().colour("text_on_simulation"))
        said = self.shown
        places = max(1, min(self.WORDS_APART, int(self.width() // (self._width_of(said) * 1.5))))
        for place in range(places):
            box = QRectF(place * self.width() / places, 0, self.width() / places, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)


class SimulationStrip(SimulationBand):
    """The same in a panel beside the window, as thin as can be read: a panel is full."""

    HEIGHT_PX, TEXT_PX = 16, 12


def fitting(said: str, width_of: Callable[[str], float], room: float) -> str:
    """As many of the parts between ` · ` as `room` pixels take; the first one always, and whole."""
    parts = said.split(words.APART)
    wide = (words.APART.join(parts[:count]) for count in range(len(parts), 1, -1))
    return next((each for each in wide if width_of(each) <= room), parts[0])


class AnswerBar(Bar):
    """What became of the last command. A refusal stays until it is read and closed.

    Its place is kept while nothing is said: no button moves away under the hand that is about to press it.
    """

    STAYS_MS = 8000
    HEIGHT_PX = 28

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((16, 0), parent)
        self.setFixedHeight(current().size(self.HEIGHT_PX))
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self._sentence = ElidedLabel()
        self._close = QToolButton()
        self._close.setAccessibleName("Close the message")
        self._close.setToolTip("Close the message")
        set_look(self._close, "slim")
        self._close.setIconSize(QSize(current().size(12), current().size(12)))
        self._close.setFixedSize(current().size(28), current().size(24))
        self._close.clicked.connect(self.hide)
        self.row.addWidget(self._sentence, 1)
        self.row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now."""
        return self._sentence.words

    def show_answer(self, answer: Answer) -> None:
        self._close.setIcon(assets.icon("close", current().colour("text")))
        set_look(self._sentence, "good" if answer.done else "doubtful")
        self._sentence.show_words(f"{'✓' if answer.done else '▲'}  {answer.sentence}")
        self.show()
        if answer.done:
            self._timer.start(self.STAYS_MS)
        else:
            self._timer.stop()


class Footer(Bar):
    """What is always said: who is the primary alarm, whether the record is written, where help is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((16, 6), parent)
        self._record = ElidedLabel("small", keep=120)
        self._warning = WordsLabel("small", words.joined(texts.PRIMARY_ALARM, texts.NOT_A_DEVICE))
        self._help = WordsLabel("small", "F1 shortcuts")
        self.row.addWidget(self._record)
        self.row.addStretch(1)
        self.row.addWidget(self._warning)
        self.row.addStretch(1)
        self.row.addWidget(self._help)

    def show_room(self, room: RoomSnapshot) -> None:
        failing = room.record.state is RecordState.FAILING
        set_look(self._record, "loud" if failing else "small")
        sign = "▲" if failing else "●"
        self._record.show_words(f"{sign}  {rooms.record_words(room.record)}", rooms.record_tip(room.record))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._help.setVisible(self.width() >= current().size(900))

    @property
    def record_words(self) -> str:
        """What is said of the record now."""
        return self._record.words

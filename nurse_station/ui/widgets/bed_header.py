"""The head of the bed view: whose values these are, over which line, and what can be done with the bed."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from nurse_station.station.snapshots import BedSnapshot, LineState
from nurse_station.ui import alarm_texts, assets, texts
from nurse_station.ui.bed_actions import OPENERS
from nurse_station.ui.models import alarm_marks, alarms, rooms
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.alarm_paint import Lights
from nurse_station.ui.widgets.alarm_strip import AlarmStrip
from nurse_station.ui.widgets.care_header import PatientStrip
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

SIGNS = {
    LineState.RECEIVING: ("●", "good"),
    LineState.LOST: ("▲", "doubtful"),
    LineState.SILENT: ("▲", "doubtful"),
}
"""The sign of a line and its look; any other state is a ring, and dim."""


NARROW, NARROW_WITH_PATIENT = 640, 860


class LineRow(QWidget):
    """One line to one monitor: a sign, the words, the counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = WordsLabel("good")
        self._place = ElidedLabel("good", keep=120)
        self._state = WordsLabel("good")
        self._counts = ElidedLabel("dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().size(4))
        for label in (self._sign, self._place, self._state):
            row.addWidget(label)
        row.addSpacing(current().size(10))
        row.addWidget(self._counts)
        row.addStretch(1)

    @property
    def words(self) -> str:
        """Where the monitor is, and how its line does."""
        return f"{self._place.words} {self._state.text()}"

    def show_counts(self, shown: bool) -> None:
        self._counts.setVisible(shown)

    def show_line(self, bed: BedSnapshot, place: int, now: float) -> None:
        line = bed.lines[place]
        sign, look = SIGNS.get(line.state, ("○", "dim"))
        story = rooms.line_story(line, now)
        for label in (self._sign, self._place, self._state):
            set_look(label, look)
        self._sign.show_words(sign)
        self._place.show_words(rooms.line_place(line), story)
        self._state.show_words(f"· {texts.LINE[line.state]}")
        self._counts.show_words(rooms.line_counts(line, now), story)


class BedHeader(QWidget):
    """Name, simulation, session, lines, alarms, and what can be done.

    Signals:
        asked: A word of `ACTIONS` that was chosen from the menu; for "disconnect", with the source.
        care_asked: See PatientStrip.
    """

    asked = Signal(str, str)
    care_asked = Signal(str, str, object)
    ACTIONS = (
        ("connect", "Connect another monitor…"),
        ("alarms", "Alarms…  A"),
        ("limits", "Limits…  L"),
        ("note", "Write a note…  N"),
        ("print", "Print the session…  Ctrl+P"),
        ("sessions", "Sessions of the record…  Ctrl+R"),
        ("rename", "Rename the bed…"),
        ("end", "End the session…"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bed: BedSnapshot | None = None
        self._title = ElidedLabel("title", keep=80)
        self._badge = WordsLabel("badge", texts.SIMULATION)
        self._session = ElidedLabel("dim")
        self._menu_button = QPushButton("Bed  ▾")
        self._menu_button.setAccessibleName("What can be done with this bed")
        self._menu_button.clicked.connect(self.open_menu)
        self.acknowledge_button = QPushButton(f"{alarm_texts.ACKNOWLEDGE}  F3")
        self.acknowledge_button.clicked.connect(lambda: self.asked.emit("acknowledge", ""))
        self.pause_button = QPushButton()
        self.pause_button.setIconSize(QSize(current().size(18), current().size(18)))
        self.pause_button.clicked.connect(lambda: self.asked.emit("pause", ""))
        self._off = WordsLabel("trouble")
        self.strip = AlarmStrip()
        self._lines: list[LineRow] = []
        self._paused = ""
        self._narrow = False
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(current().size(2))
        self.patient = PatientStrip()
        self._rows.addLayout(self._head())
        self.patient.asked.connect(self.asked)
        self.patient.care_asked.connect(self.care_asked)
        self._rows.addWidget(self.patient)
        self._below = QHBoxLayout()
        self._below.setSpacing(current().size(16))
        self._line_rows = QVBoxLayout()
        self._line_rows.setSpacing(current().size(2))
        self._below.addLayout(self._line_rows)
        self._below.addWidget(self.strip, 1)
        self._rows.addLayout(self._below)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(current().size(12))
        head.addWidget(self._title)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.patient.name)
        head.addWidget(self.patient.born)
        head.addWidget(self._session)
        head.addStretch(1)
        head.addWidget(self._off)
        head.addWidget(self.acknowledge_button)
        head.addWidget(self.pause_button)
        head.addWidget(self._menu_button)
        return head

    def without_name(self) -> None:
        """A room of one bed: its name tells nothing, and the patient's is read in its place."""
        self._title.hide()

    def show_bed(self, bed: BedSnapshot, moment: Moment) -> None:
        self._bed = bed
        self._title.show_words(bed.name)
        self._badge.setVisible(bed.simulated)
        self._session.show_words(rooms.session_words(bed, moment))
        self.patient.show_bed(bed)
        self._fit()
        self._session.setVisible(bed.care is None and not self._narrow)
        while len(self._lines) < len(bed.lines):
            self._lines.append(LineRow())
            self._line_rows.addWidget(self._lines[-1])
        for place, row in enumerate(self._lines):
            row.setVisible(place < len(bed.lines))
            if place < len(bed.lines):
                row.show_line(bed, place, moment.now)
                row.show_counts(not self._narrow)
        self._show_alarms(bed, moment)

    def _show_alarms(self, bed: BedSnapshot, moment: Moment) -> None:
        self.strip.show_alarms(alarms.of_bed(bed, moment))
        unseen = alarms.unseen(bed)
        self.acknowledge_button.setEnabled(unseen)
        set_look(self.acknowledge_button, "primary" if unseen else "")
        self.acknowledge_button.setAccessibleName(f"{alarm_texts.ACKNOWLEDGE} the alarms of {bed.name}")
        off = alarm_marks.off_words(bed)
        self._off.setVisible(bool(off) and not self._narrow)
        self._off.show_words(f"{len(off)} alarm off" if len(off) == 1 else f"{len(off)} alarms off")
        self._off.setToolTip("\n".join(off))
        self._show_pause(bed, alarm_marks.pause_left(bed, moment.now))

    def _show_pause(self, bed: BedSnapshot, left: str) -> None:
        if self.pause_button.toolTip() and left == self._paused:
            return
        if not self.pause_button.toolTip() or bool(left) != bool(self._paused):
            colour = current().colour("text")
            self.pause_button.setIcon(assets.icon("bell_paused" if left else "bell", colour))
            set_look(self.pause_button, "doubtful" if left else "")
        self._paused = left
        self._say_pause()
        act = alarm_texts.SOUND_AGAIN if left else f"{alarm_texts.PAUSE_AUDIO} for 120 s"
        self.pause_button.setToolTip(f"{act}: {bed.name}  Shift+F2")
        self.pause_button.setAccessibleName(f"{act}: {bed.name}")

    def _say_pause(self) -> None:
        words = f"Paused {self._paused}" if self._paused else "Pause"
        self.pause_button.setText(self._paused if self._narrow else words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow for the size of the text, buttons keep their signs and give up words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        known = self._bed is not None and self._bed.care is not None
        narrow = self.width() < current().size(NARROW_WITH_PATIENT if known else NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._menu_button.setText("▾" if narrow else "Bed  ▾")
            self._badge.show_words(texts.SIMULATION_SHORT if narrow else texts.SIMULATION)
            self.acknowledge_button.setText(
                alarm_texts.ACKNOWLEDGE if narrow else f"{alarm_texts.ACKNOWLEDGE}  F3"
            )
            self._session.setVisible(not narrow and not self.patient.name.words)
            self._off.setVisible(self._off.isVisible() and not narrow)
            self._say_pause()

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        self.strip.flash(lights)

    @property
    def simulation_is_marked(self) -> bool:
        """Whether the word stands in the header."""
        return self._badge.isVisibleTo(self)

    @property
    def line_words(self) -> tuple[str, ...]:
        """What is said of each line."""
        return tuple(row.words for row in self._lines if row.isVisibleTo(self))

    def open_menu(self) -> None:
        """Open the menu beneath its button."""
        if self._bed is not None:
            menu = self.menu(self._bed)
            corner = self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height()))
            menu.exec(corner)
            menu.deleteLater()

    def menu(self, bed: BedSnapshot) -> QMenu:
        """What can be done with `bed` now; nothing that cannot."""
        menu = QMenu(self)
        for key, words in self.ACTIONS:
            offered = key in OPENERS if key in ("alarms", "limits") else True
            if offered and (bed.session is not None or key not in ("note", "end", "print")):
                self._add(menu, key, words)
        for line in bed.lines:
            self._add(menu, "disconnect", f"Disconnect {rooms.line_place(line)}", line.source)
        return menu

    def _add(self, menu: QMenu, key: str, words: str, source: str = "") -> None:
        menu.addAction(words).triggered.connect(lambda: self.asked.emit(key, source))

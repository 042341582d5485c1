"""Everything inside of the window: bars, the rail at the left, the chosen bed beside it. Arranges only."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nurse_station.station.snapshots import BedSnapshot, RoomSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.marking import is_simulated
from nurse_station.ui.models import alarms, rooms
from nurse_station.ui.models.alarm_marks import audio, silent_banner
from nurse_station.ui.models.flash import lights
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.views.bed_view import BedView
from nurse_station.ui.widgets.alarm_bar import SilentBar
from nurse_station.ui.widgets.alarm_paint import ALL_LIT
from nurse_station.ui.widgets.bars import AnswerBar, Footer, SimulationBand, TopBar, tool_button
from nurse_station.ui.widgets.rail import BedRail

PRACTISE = "Practise…"


class RoomView(QWidget):
    """The room with one bed in full. Takes its colours and sizes from the theme when it is made.

    Signals:
        bed_chosen: Key of the bed that is to be shown.
        connect_asked: Key of the bed that a monitor is to be connected to.
        asked: What is to be done with the shown bed, and what it is about (see BedView).
        alarm_pressed: The alarm in the top bar was pressed.
        silence_seen: The banner of a station that cannot be heard was pressed.
        room_pause_asked: The sound of all beds is to be paused, or to go on.
        sound_test_asked: The alarm sound is to be tested.
        wall_asked, practise_asked, settings_asked, full_screen_asked, about_asked: A button of the top bar
            was pressed.
    """

    bed_chosen = Signal(str)
    connect_asked = Signal(str)
    asked = Signal(str, str)
    alarm_pressed = Signal()
    silence_seen = Signal()
    room_pause_asked = Signal()
    sound_test_asked = Signal()
    wall_asked = Signal()
    practise_asked = Signal()
    settings_asked = Signal()
    full_screen_asked = Signal()
    about_asked = Signal()

    def __init__(self, view: StationView, sweep_mm_s: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.top_bar = TopBar((
            tool_button("chairs", "All chairs", "F11", self.wall_asked.emit),
            tool_button("practise", PRACTISE, "Ctrl+Shift+L", self.practise_asked.emit),
            tool_button("settings", "Settings", "Ctrl+,", self.settings_asked.emit),
            tool_button("fullscreen", "Full screen", "Shift+F11", self.full_screen_asked.emit),
            tool_button("help", "About this program", "", self.about_asked.emit),
        ))  # fmt: skip
        self.silent_bar = SilentBar()
        self._lights = ALL_LIT
        self._railed = True
        self.band = SimulationBand()
        self.answer_bar = AnswerBar()
        self.rail = BedRail()
        self.bed_view = BedView(sweep_mm_s)
        self.footer = Footer()
        set_look(self, "ground")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        edge = current().size(10)
        middle = QHBoxLayout()
        middle.setContentsMargins(edge, current().size(2), edge, current().size(4))
        middle.setSpacing(current().size(12))
        middle.addWidget(self.rail)
        middle.addWidget(self.bed_view, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self.top_bar, self.silent_bar, self.band, self.answer_bar):
            rows.addWidget(part)
        rows.addLayout(middle, 1)
        rows.addWidget(self.footer)

    def without_rail(self) -> None:
        """A room of one bed, beside which practice stands: the bed in full is enough."""
        self._railed = False
        self.top_bar.leave_out(PRACTISE)
        self.rail.hide()

    def _connect(self) -> None:
        self.silent_bar.clicked.connect(self.silence_seen)
        self.rail.bed_chosen.connect(self.bed_chosen)
        self.rail.connect_asked.connect(self.connect_asked)
        self.top_bar.banner.bed_asked.connect(self.bed_chosen)
        self.top_bar.alarm_bar.clicked.connect(lambda _checked=False: self.alarm_pressed.emit())
        self.top_bar.audio.pause_asked.connect(self.room_pause_asked)
        self.top_bar.audio.test_asked.connect(self.sound_test_asked)
        self.bed_view.asked.connect(self.asked)
        self.bed_view.connect_asked.connect(self.connect_asked)
        self.bed_view.settings_asked.connect(self.settings_asked)

    def show_room(self, room: RoomSnapshot, moment: Moment, chosen: str, *, stopped: bool) -> None:
        """Show the room as it is now; of a station that has stopped, no bed is shown."""
        present = () if stopped else alarms.in_bar(room, moment.units)
        self.top_bar.show_room(room, rooms.STOPPED if stopped else rooms.notice(room), present)
        self.top_bar.audio.show_audio(audio(room))
        self.silent_bar.show_banner(None if stopped else silent_banner(room))
        self.band.setVisible(is_simulated(room))
        self.footer.show_room(room)
        self.rail.setVisible(bool(room.beds) and not stopped and self._railed)
        if stopped:
            self.bed_view.show_stopped(room.wall)
            return
        self.rail.show_room(room, chosen)
        bed = bed_in(room, chosen)
        if bed is None:
            self.bed_view.show_no_beds()
            return
        try:
            history, log = self._view.history(bed.bed), self._view.alarm_log(bed.bed)
        except KeyError:
            return  # removed a moment ago: the next picture has it no more
        self.bed_view.show_bed(bed, history, moment, log)

    def show_nothing(self, room: RoomSnapshot) -> None:
        """The screen could not be filled: take every number away and say where to look."""
        self.rail.hide()
        self.bed_view.show_stopped(room.wall)
        self.top_bar.show_room(room, rooms.STOPPED)

    def show_time(self, wall: datetime) -> None:
        self.top_bar.show_time(wall)

    def show_answer(self, answer: Answer) -> None:
        self.answer_bar.show_answer(answer)

    def advance(self, now: float) -> None:
        """One frame: the waves go on; what flashes is painted when it goes on or out, all in phase."""
        lit = lights(now)
        if lit != self._lights:
            self._lights = lit
            for part in (self.top_bar, self.silent_bar, self.rail, self.bed_view):
                part.flash(lit)
        self.bed_view.advance(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Rail and numerics grow with the screen and with the text, the waves take the rest."""
        scale, width = current().text_scale, self.width()
        self.rail.setFixedWidth(round(min(max(width * 0.155, 240), 300) * min(scale, 1.5)))
        self.bed_view.set_side_width(round(min(max(width * 0.185, 250), 350) * min(scale, 1.3)))


def bed_in(room: RoomSnapshot, key: str) -> BedSnapshot | None:
    """The bed `key` of the room; None: there is none."""
    return next((bed for bed in room.beds if bed.bed == key), None)

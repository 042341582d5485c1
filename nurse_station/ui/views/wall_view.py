"""All chairs: the wall of beds between the room's bars. Lays out and turns pages; paints nothing itself."""

import math
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from nurse_station.station.history import WaveTrack
from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.marking import is_simulated
from nurse_station.ui.models import alarms, rooms, words
from nurse_station.ui.models.alarm_marks import audio, silent_banner
from nurse_station.ui.models.flash import lights
from nurse_station.ui.models.frame_budget import FrameBudget
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.wall import (
    WallTile,
    Worded,
    Wording,
    in_alarm,
    page_words,
    size_words,
    worded,
)
from nurse_station.ui.models.wall_layout import Ground, WallLayout, lay_out
from nurse_station.ui.models.wall_pages import Page, page_of, pages
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.views.empty import EmptyView
from nurse_station.ui.widgets.alarm_bar import SilentBar
from nurse_station.ui.widgets.alarm_paint import ALL_LIT
from nurse_station.ui.widgets.bars import AnswerBar, Footer, SimulationBand, TopBar, tool_button
from nurse_station.ui.widgets.drawing import pixels_per_mm
from nurse_station.ui.widgets.wall_bar import WallBar
from nurse_station.ui.widgets.wall_canvas import TrackKey, WallCanvas

LINE_PX = 17
"""A line of words on the drawing board."""
TURN = 6
"""In one picture so manieth of the tiles are worded anew merely because time has passed."""
STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class WallView(QWidget):
    """Every bed of the room, or a page of them. Takes its colours and sizes from the theme when it is made.

    Signals:
        bed_chosen: Key of the bed that the keyboard's commands are to be about.
        bed_opened: Key of the bed that is to be shown in full.
        back_asked: Back to the bed view.
        alarm_pressed: The alarm in the top bar was pressed, an AlarmShown.
        silence_seen, room_pause_asked, sound_test_asked: As of the room view.
    """

    bed_chosen = Signal(str)
    bed_opened = Signal(str)
    back_asked = Signal()
    alarm_pressed = Signal(object)
    silence_seen = Signal()
    room_pause_asked = Signal()
    sound_test_asked = Signal()

    def __init__(self, view: StationView, sweep_mm_s: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._room: RoomSnapshot | None = None
        self._moment: Moment | None = None
        self._chosen = ""
        self._page = 0
        self._pages: tuple[Page, ...] = ()
        self._layout: WallLayout | None = None
        self._worded: dict[str, Worded] = {}
        self._lights = ALL_LIT
        self._budget = FrameBudget()
        self.top_bar = TopBar((tool_button("back", "Back to the bed", "Esc", self.back_asked.emit),))
        self.silent_bar, self.band, self.answer_bar = SilentBar(), SimulationBand(), AnswerBar()
        self.canvas = WallCanvas(sweep_mm_s)
        self.empty = EmptyView()
        self.wall_bar, self.footer = WallBar(), Footer()
        set_look(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("All chairs")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self.top_bar, self.silent_bar, self.band, self.answer_bar):
            rows.addWidget(part)
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.empty)
        rows.addWidget(middle, 1)
        rows.addWidget(self.wall_bar)
        rows.addWidget(self.footer)

    def _connect(self) -> None:
        self.canvas.bed_pressed.connect(self.bed_opened)
        self.wall_bar.turn_asked.connect(self.turn)
        self.top_bar.banner.bed_asked.connect(self.bed_opened)
        self.top_bar.alarm_bar.clicked.connect(self._answer_alarm)
        self.top_bar.audio.pause_asked.connect(self.room_pause_asked)
        self.top_bar.audio.test_asked.connect(self.sound_test_asked)
        self.silent_bar.clicked.connect(lambda _checked=False: self.silence_seen.emit())
        self.empty.pressed.connect(self.back_asked)

    # What is shown

    @property
    def page(self) -> Page | None:
        """The page that is shown; None: there is nothing to show."""
        return self._pages[self._page] if self._pages else None

    @property
    def page_layout(self) -> WallLayout | None:
        """How its beds are laid out."""
        return self._layout

    def show_room(self, room: RoomSnapshot, moment: Moment, chosen: str, *, stopped: bool) -> None:
        """Show the room as it is now; of a station that has stopped, no bed is shown."""
        present = () if stopped else alarms.in_bar(room, moment.units)
        before = self.top_bar.alarm_bar.alarm
        self.top_bar.show_room(room, rooms.STOPPED if stopped else rooms.notice(room), present)
        self._paint_alarm_first(before)
        self.top_bar.audio.show_audio(audio(room))
        self.silent_bar.show_banner(None if stopped else silent_banner(room))
        self.band.setVisible(is_simulated(room))
        self.footer.show_room(room)
        self._room, self._moment, self._chosen = room, moment, chosen
        if stopped or not room.beds:
            self._show_empty(room, stopped=stopped)
            return
        self._stack.setCurrentIndex(0)
        self._show_page(room, moment)

    def _paint_alarm_first(self, before: alarms.AlarmShown | None) -> None:
        """Another alarm than before is on the screen before a tile is worded or a wave goes on."""
        bar, layout = self.top_bar.alarm_bar, self.top_bar.layout()
        if bar.alarm is not None and layout is not None and not _same(bar.alarm, before):
            layout.activate()
            bar.repaint()

    def show_nothing(self, room: RoomSnapshot) -> None:
        """The screen could not be filled: take every number away and say where to look."""
        self._show_empty(room, stopped=True)
        self.top_bar.show_room(room, rooms.STOPPED)

    def _show_empty(self, room: RoomSnapshot, *, stopped: bool) -> None:
        self._pages, self._worded = (), {}
        self.canvas.forget()
        if stopped:
            self.empty.show_stopped(room.wall)
        else:
            self.empty.show_no_beds()
        self.wall_bar.hide()
        self._stack.setCurrentIndex(1)

    def _show_page(self, room: RoomSnapshot, moment: Moment) -> None:
        layout = lay_out(len(room.beds), self._ground)
        order = [bed.bed for bed in room.beds]
        self._layout = layout
        self._pages = pages(order, layout.seats, in_alarm(room), self._chosen)
        self._page = page_of(self._pages, self._chosen, self._page)
        page = self._pages[self._page]
        tiles = self._tiles(room, moment, page)
        self.canvas.show_tiles(tiles, layout, self._tracks(tiles))
        self._say(layout, page)

    @property
    def _ground(self) -> Ground:
        size = self.canvas.size()
        return Ground(width=size.width(), height=size.height(), pixels_per_mm=round(pixels_per_mm(self), 4),
                      line_px=current().size(LINE_PX))  # fmt: skip

    def _tiles(self, room: RoomSnapshot, moment: Moment, page: Page) -> list[WallTile]:
        places = {bed.bed: (number, bed) for number, bed in enumerate(room.beds, start=1)}
        before, self._worded = self._worded, {}
        turns = _in_turn(page, before)
        for key in page.beds:
            number, bed = places[key]
            ask = Wording(number=number, brought=key in page.brought, chosen=key == self._chosen)
            self._worded[key] = worded(bed, moment, ask, before.get(key), in_turn=key in turns)
        return [each.tile for each in self._worded.values()]

    def _tracks(self, tiles: list[WallTile]) -> Mapping[TrackKey, WaveTrack]:
        found: dict[TrackKey, WaveTrack] = {}
        for tile in tiles:
            bed = tile.tile.bed
            try:
                history = self._view.history(bed)
            except KeyError:
                continue  # removed a moment ago: the next picture has it no more
            tracks = {(bed, key): history.wave(key) for key in tile.waves}
            found |= {key: track for key, track in tracks.items() if track is not None}
        return found

    def _say(self, layout: WallLayout, page: Page) -> None:
        speed = self.canvas.speed_mm_s
        sweep = self._budget.words or (f"waves {speed:g} mm/s" if speed else "")
        said = words.joined(size_words(layout), sweep)
        where = page_words(self._page, len(self._pages), page.elsewhere)
        self.wall_bar.show()
        self.wall_bar.show_words(said, where, alarms_elsewhere=page.elsewhere > 0)

    def show_time(self, wall: datetime) -> None:
        self.top_bar.show_time(wall)

    def show_answer(self, answer: Answer) -> None:
        self.answer_bar.show_answer(answer)

    def advance(self, now: float) -> None:
        """One frame: what flashes is painted when it goes on or out, all in phase; the waves go on.

        Where drawing takes too long, waves are drawn in fewer frames; alarms never are.
        """
        lit = lights(now)
        if lit != self._lights:
            self._lights = lit
            for part in (self.top_bar, self.silent_bar, self.canvas):
                part.flash(lit)
        if self._budget.due():
            began = self._view.clock.now()
            self.canvas.advance(now)
            self._budget.spent(self._view.clock.now() - began)

    # What the nurse does

    def turn(self, step: int) -> bool:
        """Turn the page; its first bed is chosen, so that no key is about a bed that is not seen.

        Returns:
            Whether there is another page.
        """
        if len(self._pages) < 2:
            return False
        self._page = (self._page + step) % len(self._pages)
        page = self._pages[self._page]
        own = [bed for bed in page.beds if bed not in page.brought]
        self.bed_chosen.emit((own or page.beds)[0])
        return True

    def take_focus(self) -> None:
        """Let the keyboard begin at the chosen bed."""
        for seat in self.canvas.seats:
            if seat.bed == self._chosen:
                seat.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer_alarm(self) -> None:
        if (alarm := self.top_bar.alarm_bar.alarm) is not None:
            self.alarm_pressed.emit(alarm)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from tile to tile, Enter opens, Esc goes back."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(*STEPS[key])
        elif key in TURNS:
            self.turn(TURNS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.bed_opened.emit(self._chosen)
        elif key == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, across: int) -> None:
        page, layout = self.page, self._layout
        if page is None or layout is None or self._chosen not in page.beds:
            return
        seat = page.beds.index(self._chosen) + across + down * layout.columns
        if 0 <= seat < len(page.beds):
            self.bed_chosen.emit(page.beds[seat])

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_anew()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ScreenChangeInternal:
            self._lay_out_anew()
        return super().event(event)

    def _lay_out_anew(self) -> None:
        if self._room is not None and self._moment is not None and self._pages:
            layout = self.layout()
            if layout is not None:
                layout.activate()
            self._show_page(self._room, self._moment)


def _same(alarm: alarms.AlarmShown, other: alarms.AlarmShown | None) -> bool:
    return other is not None and (alarm.bed, alarm.condition) == (other.bed, other.condition)


def _in_turn(page: Page, before: Mapping[str, Worded]) -> frozenset[str]:
    """The tiles of a page that were worded longest ago."""
    known = sorted((key for key in page.beds if key in before), key=lambda key: before[key].moment.now)
    return frozenset(known[: math.ceil(len(page.beds) / TURN)])

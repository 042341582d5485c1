"""The wall itself: every tile and every wave of a page on one pixmap. Decides nothing; asks no station.

A frame draws only the new strips of the waves and what of a tile has changed, and a paint event copies
these. While the wall is not seen nothing is drawn at all; when it comes back, the picture is made anew.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from nurse_station.station.history import WaveTrack
from nurse_station.ui.models.wall import WallTile, speed_for
from nurse_station.ui.models.wall_layout import Box, WallLayout
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.alarm_paint import ALL_LIT, Lights
from nurse_station.ui.widgets.drawing import pixels_per_mm, plain_font
from nurse_station.ui.widgets.sweep import DELAY_S, ERASE_BAR, NO_SIGNAL, NO_SIGNAL_S, SMALLEST
from nurse_station.ui.widgets.sweep_canvas import Row, SweepCanvas, painting
from nurse_station.ui.widgets.sweep_lap import Laps
from nurse_station.ui.widgets.sweep_trace import Trace
from nurse_station.ui.widgets.wall_seat import WallSeat
from nurse_station.ui.widgets.wall_tile import WORDS_EM, Part, paint_part, parts
from nurse_station.vitals.waves import WAVES

_ANEW = {QEvent.Type.DevicePixelRatioChange, QEvent.Type.ScreenChangeInternal}
TrackKey = tuple[str, str]
"""Key of a bed, key of a wave."""


@dataclass
class SweptWave:
    """A wave on the wall: its trace, where it is swept (logical pixels), and whether it has fallen silent."""

    key: TrackKey
    trace: Trace
    box: Box
    silent: bool = False


class WallCanvas(QWidget):
    """Paints the tiles of one page.

    Signals:
        bed_pressed: Key of the bed whose tile was pressed.
    """

    bed_pressed = Signal(str)

    def __init__(self, sweep_mm_s: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("All chairs")
        self._wanted_mm_s = sweep_mm_s
        self._layout: WallLayout | None = None
        self._tiles: tuple[WallTile, ...] = ()
        self._lights: Lights = ALL_LIT
        self._waves: list[SweptWave] = []
        self._seats: list[WallSeat] = []
        self._painted: list[dict[str, Part]] = []
        self._pixmap = QPixmap()
        self._sweep: SweepCanvas | None = None
        self._swept = QRegion()  # what strips are in: between the tiles' waves nothing has to be copied
        self._now: float | None = None
        self._stale = True  # the picture is to be made anew before it is next seen

    @property
    def tiles(self) -> tuple[WallTile, ...]:
        """What is shown, seat by seat."""
        return self._tiles

    @property
    def seats(self) -> tuple[WallSeat, ...]:
        """What takes the mouse and the keyboard for each tile."""
        return tuple(self._seats[: len(self._tiles)])

    @property
    def speed_mm_s(self) -> float:
        """At which the waves are swept; 0: there are none."""
        if self._layout is None or not self._layout.plan.waves:
            return 0.0
        width_mm = self._layout.plan.waves[0].width / pixels_per_mm(self)
        return speed_for(width_mm, self._wanted_mm_s)

    @property
    def drawn(self) -> bool:
        """Whether it is on a screen, so that drawing has a purpose."""
        return self.isVisible() and not self.window().isMinimized()

    def show_tiles(
        self, tiles: Sequence[WallTile], layout: WallLayout, tracks: Mapping[TrackKey, WaveTrack]
    ) -> None:
        """Show these tiles, seat by seat, with the waves of `tracks`; only what has changed is painted."""
        self._tiles = tuple(tiles)
        self._take_places(layout)
        self._follow(layout, tracks)
        self._layout = layout
        if self._stale:
            self.update()
        elif self.drawn:
            self._paint_changes()

    def forget(self) -> None:
        """Show no bed any more."""
        self._tiles, self._waves, self._layout, self._sweep = (), [], None, None
        for seat in self._seats:
            seat.hide()
        self._make_anew()

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        self._lights = lights
        if self.drawn and not self._stale:
            self._paint_changes()

    def advance(self, now: float) -> None:
        """Draw up to monotonic second `now`, less the delay. Once a frame; costs nothing while hidden."""
        self._now = now
        if not self.drawn:
            self._stale = True
        elif self._stale:
            self._make_ready()
            self.update()
        elif self._sweep is not None:
            self._draw_new(self._sweep, now - DELAY_S)
            self._notice_silence(now)

    def redraw_all(self) -> None:
        """Draw everything anew; looks the same as bit by bit."""
        self._make_anew()
        self._make_ready()

    def image(self) -> QPixmap:
        """A copy of the picture as it stands, in device pixels."""
        return self._pixmap.copy()

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_anew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stale = True

    def event(self, event: QEvent) -> bool:
        if event.type() in _ANEW:
            self._make_anew()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._make_ready()
        scale = self.devicePixelRatioF()
        with painting(self) as painter:
            painter.scale(1 / scale, 1 / scale)  # the pixmap is in device pixels, and copied as it is
            for rect in event.region():  # type: ignore[attr-defined]  # it can: the stub forgets
                source = _scaled(rect, scale)
                painter.drawPixmap(source.topLeft(), self._pixmap, source)
            painter.scale(scale, scale)
            self._draw_notices(painter, event.region())

    def _draw_notices(self, painter: QPainter, region: QRegion) -> None:
        theme = current()
        for wave in self._waves:
            place = QRect(wave.box.left, wave.box.top, wave.box.width, wave.box.height)
            if wave.silent and region.intersects(place) and self._layout is not None:
                painter.setFont(plain_font(theme, self._layout.plan.label * WORDS_EM))
                painter.setPen(theme.colour("text"))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, NO_SIGNAL)

    # What stands where

    def _take_places(self, layout: WallLayout) -> None:
        while len(self._seats) < len(self._tiles):
            seat = WallSeat(self)
            seat.pressed_for.connect(self.bed_pressed)
            self._seats.append(seat)
        for number, seat in enumerate(self._seats):
            seat.setVisible(number < len(self._tiles))
            if number < len(self._tiles):
                box = layout.tile(number)
                seat.setGeometry(box.left, box.top, box.width, box.height)
                seat.show_tile(self._tiles[number])

    def _follow(self, layout: WallLayout, tracks: Mapping[TrackKey, WaveTrack]) -> None:
        """Follow the waves of the tiles; other tracks, places or beds need a new picture."""
        wanted = self._wanted_waves(layout)
        if layout != self._layout or wanted != [(wave.key, wave.box) for wave in self._waves]:
            kept = {wave.key: wave.trace for wave in self._waves}
            self._waves = [
                SweptWave(key, kept.get(key) or Trace(WAVES[key[1]].shown), box) for key, box in wanted
            ]
            self._make_anew()
        if len(self._painted) != len(self._tiles):
            self._make_anew()
        for wave in self._waves:
            track = tracks.get(wave.key)
            if track is not wave.trace.track:
                wave.trace.follow(track)
                self._make_anew()

    def _wanted_waves(self, layout: WallLayout) -> list[tuple[TrackKey, Box]]:
        return [
            ((tile.tile.bed, key), box.moved(layout.tile(seat).left, layout.tile(seat).top))
            for seat, tile in enumerate(self._tiles)
            for key, box in zip(tile.waves, layout.plan.waves, strict=False)
        ]

    # The picture

    def _make_anew(self) -> None:
        self._stale = True
        self.update()

    def _make_ready(self) -> None:
        if not self._stale:
            return
        self._stale = False
        scale = self.devicePixelRatioF()
        size = math.ceil(self.width() * scale), math.ceil(self.height() * scale)
        if (self._pixmap.width(), self._pixmap.height()) != size:
            self._pixmap = QPixmap(max(size[0], 1), max(size[1], 1))
        self._pixmap.fill(current().colour("background"))
        self._painted = [{} for _ in self._tiles]
        self._paint_changes()
        self._sweep = self._lay(scale)
        if self._sweep is not None and self._now is not None:
            self._take(self._sweep)
            self._sweep.draw_all(self._now - DELAY_S)
            self._notice_silence(self._now)

    def _lay(self, scale: float) -> SweepCanvas | None:
        """The sweep of all waves, each in its tile; None where there is nothing to sweep."""
        if not self._waves or self._layout is None:
            return None
        plan = self._layout.plan
        self._swept = QRegion()
        for wave in self._waves:
            self._swept |= QRect(wave.box.left - 1, wave.box.top - 1, wave.box.width + 2, wave.box.height + 2)
        width = math.floor(plan.waves[0].width * scale)
        if min(width, plan.waves[0].height * scale) < SMALLEST:
            return None
        rows = [Row(wave.trace, current().colour(WAVES[wave.key[1]].colour),
                    QRect(round(wave.box.left * scale), round(wave.box.top * scale), width,
                          math.floor(wave.box.height * scale)))
                for wave in self._waves]  # fmt: skip
        laps = Laps(width, self.speed_mm_s * pixels_per_mm(self) * scale,
                    min(round(ERASE_BAR * scale), width // 4))  # fmt: skip
        return SweepCanvas(self._pixmap, rows, laps, scale, current().colour("panel"))

    def _draw_new(self, sweep: SweepCanvas, moment: float) -> None:
        region = QRegion()
        for rect in sweep.draw_new(moment, self._take(sweep)):
            region |= _unscaled(rect, self.devicePixelRatioF())
        region &= self._swept
        if not region.isEmpty():
            self.update(region)

    def _take(self, sweep: SweepCanvas) -> list[float | None]:
        keep_s = sweep.laps.span_s + DELAY_S
        return [wave.trace.take(keep_s) for wave in self._waves]

    def _notice_silence(self, now: float) -> None:
        for wave in self._waves:
            last = wave.trace.last
            silent = last is None or now - last > NO_SIGNAL_S
            if silent != wave.silent:
                wave.silent = silent
                self.update(wave.box.left, wave.box.top, wave.box.width, wave.box.height)

    def _paint_changes(self) -> None:
        """Paint what of the tiles says something else than when it was last painted."""
        if self._layout is None:
            return
        with painting(self._pixmap) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            for seat, tile in enumerate(self._tiles):
                self._paint_tile(painter, seat, tile, self._layout)

    def _paint_tile(self, painter: QPainter, seat: int, tile: WallTile, layout: WallLayout) -> None:
        before, said = self._painted[seat], parts(tile, layout.plan, self._lights)
        changed = [name for name, part in said.items() if before.get(name, _NEVER) != part]
        if not changed:
            return
        self._painted[seat] = said
        box, scale = layout.tile(seat), self.devicePixelRatioF()
        painter.save()
        painter.scale(scale, scale)
        painter.translate(box.left, box.top)
        if not before:
            painter.fillRect(0, 0, box.width, box.height, current().colour("panel"))
        for name in changed:
            paint_part(painter, current(), name, tile, layout.plan, self._lights)
        painter.restore()
        self.update(box.left, box.top, box.width, box.height)


_NEVER: Part = ("never painted",)


def _unscaled(rect: QRect, scale: float) -> QRect:
    """The logical pixels that hold a rectangle of device pixels."""
    left, top = math.floor(rect.left() / scale), math.floor(rect.top() / scale)
    right, bottom = math.ceil((rect.right() + 1) / scale), math.ceil((rect.bottom() + 1) / scale)
    return QRect(left, top, right - left, bottom - top)


def _scaled(rect: QRect, scale: float) -> QRect:
    """The device pixels that hold a rectangle of logical pixels."""
    left, top = math.floor(rect.left() * scale), math.floor(rect.top() * scale)
    right, bottom = math.ceil((rect.right() + 1) * scale), math.ceil((rect.bottom() + 1) * scale)
    return QRect(left, top, right - left, bottom - top)

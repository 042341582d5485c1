"""The erase-bar sweep, as on bedside monitors: waves written from left to right, again and again.

Draws only what is new (`sweep_canvas`), on a pixmap in device pixels; a paint event copies the strips that
changed. Decides nothing about a patient and imports no theme: colours are set from outside.
"""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.drawing import pixels_per_mm
from nurse_station.ui.widgets.sweep_canvas import Row, SweepCanvas, painting
from nurse_station.ui.widgets.sweep_lap import Laps
from nurse_station.ui.widgets.sweep_spec import SweepColours, TraceSpec
from nurse_station.ui.widgets.sweep_trace import ALL, Trace
from nurse_station.ui.widgets.sweep_words import Place, SweepWords

DELAY_S = 1.3
"""Monitors send a second's samples at once: so far behind them the cursor never overtakes the samples."""
NO_SIGNAL_S = 3.0
NO_SIGNAL = "no signal"
ERASE_BAR = 18
"""Logical pixels."""
SMALLEST = 8
"""A sweep narrower or lower than this, device pixels, is not drawn."""

_ANEW = {
    QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange, QEvent.Type.ScreenChangeInternal,
}  # fmt: skip


class SweepWidget(QWidget):
    """Traces in rows, one under another, in one column or several, swept together.

    Attributes:
        delay_s: How far behind the present the cursor runs, seconds.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Waves")
        self.delay_s = DELAY_S
        self._specs: tuple[TraceSpec, ...] = ()
        self._aligned: tuple[TraceSpec, ...] = ()
        self._columns = 1
        self._traces: list[Trace] = []
        self._places: list[Place] = []
        self._silent: tuple[bool, ...] = ()
        self._mm_s = 25.0
        self._colours = SweepColours(
            background=QColor("black"), line=QColor("gray"), text=QColor("lightgray")
        )
        self._words = SweepWords(self.font(), 1.0, self._colours)
        self._pixmap = QPixmap()
        self._canvas: SweepCanvas | None = None
        self._now: float | None = None
        self._stale = True  # the picture is to be made anew before it is next seen

    @property
    def traces(self) -> tuple[TraceSpec, ...]:
        """The rows from top to bottom."""
        return self._specs

    @property
    def span_s(self) -> float:
        """Seconds from the left edge to the right; 0: there is no room."""
        self._make_ready()
        return self._canvas.laps.span_s if self._canvas is not None else 0.0

    def show_traces(
        self, traces: Sequence[TraceSpec], columns: int = 1, aligned: Sequence[TraceSpec] = ()
    ) -> None:
        """Show these rows, in columns from top to bottom; tracks are to be set anew.

        `aligned`: rows of another sweep, above or below; both end at the right in one line.
        """
        self._specs, self._aligned = tuple(traces), tuple(aligned)
        self._columns = max(1, columns)
        self._traces = [Trace(spec.shown) for spec in self._specs]
        self._silent = (False,) * len(self._specs)
        names = ", ".join(spec.label for spec in self._specs)
        self.setAccessibleName(f"Waves: {names}" if names else "Waves")
        self._make_anew()

    def set_tracks(self, tracks: Mapping[str, WaveTrack]) -> None:
        """Draw these tracks, by key of the wave, as far back as they reach; a row without one stays empty."""
        for spec, trace in zip(self._specs, self._traces, strict=True):
            track = tracks.get(spec.key)
            if track is not trace.track:
                trace.follow(track)
        self._make_anew()

    def set_speed(self, mm_s: float) -> None:
        """Sweep speed in millimetres of screen a second. Raises ValueError unless it is above 0."""
        if not mm_s > 0:
            message = f"a sweep speed of {mm_s} mm/s"
            raise ValueError(message)
        self._mm_s = mm_s
        self._make_anew()

    def set_colours(self, background: QColor, line: QColor, text: QColor) -> None:
        """Colours of the ground, of the lines between rows, and of small print and marks."""
        self._colours = SweepColours(background=background, line=line, text=text)
        self._make_anew()

    def advance(self, now: float) -> None:
        """Draw up to monotonic second `now`, less the delay. Once a frame; costs nothing while hidden."""
        self._now = now
        if not self.isVisible() or self.window().isMinimized():
            self._stale = True
        elif self._stale:
            self._make_ready()
            self.update()
        elif self._canvas is not None:
            self._draw_new(self._canvas, now - self.delay_s)
            self._notice_silence(now)

    def redraw_all(self) -> None:
        """Draw everything anew from the samples that are kept; looks the same as strip by strip."""
        self._make_anew()
        self._make_ready()

    def redraw_at_once(self) -> None:
        """As `redraw_all`, every line in a single stroke: dear, and what strips are compared with."""
        self.redraw_all()
        if self._canvas is not None and self._now is not None:
            self._canvas.draw_all(self._now - self.delay_s, self._canvas.laps.width)

    def image(self) -> QPixmap:
        """A copy of the picture as it stands, in device pixels."""
        return self._pixmap.copy()

    def erase_bar(self) -> list[QRect]:
        """Where nothing is drawn just now, device pixels: from the cursor on, in pieces."""
        canvas = self._canvas
        if canvas is None or canvas.cursor is None:
            return []
        pieces = list(canvas.laps.pieces(canvas.cursor, canvas.cursor + canvas.laps.bar))
        boxes = [place.box for place in self._places]
        return [
            QRect(b.left() + p.left, b.top(), p.right - p.left, b.height()) for b in boxes for p in pieces
        ]

    # Qt's own

    def sizeHint(self) -> QSize:
        return QSize(800, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_anew()

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
                source = _in_device_pixels(rect, scale)
                painter.drawPixmap(source.topLeft(), self._pixmap, source)
            self._draw_notices(painter)

    def _draw_notices(self, painter: QPainter) -> None:
        if self._canvas is not None:
            for place, silent in zip(self._places, self._silent, strict=True):
                if silent:
                    self._words.draw_notice(painter, place, NO_SIGNAL)

    # The picture

    def _make_anew(self) -> None:
        self._stale = True
        self.update()

    def _make_ready(self) -> None:
        """Make the picture, if its size, scale, speed, colours, font, rows or tracks have changed."""
        if not self._stale:
            return
        self._stale = False
        scale = self.devicePixelRatioF()
        width, height = math.ceil(self.width() * scale), math.ceil(self.height() * scale)
        self._pixmap = QPixmap(max(width, 1), max(height, 1))
        self._pixmap.fill(self._colours.background)
        self._canvas = self._lay(width, height, scale)
        if self._canvas is None:
            return
        self._take(self._canvas)
        self._draw_words(range(len(self._specs)))
        if self._now is not None:
            self._canvas.draw_all(self._now - self.delay_s)
            self._notice_silence(self._now)

    def _lay(self, width: int, height: int, scale: float) -> SweepCanvas | None:
        """The canvas for the rows; None where there is nothing to draw or no room."""
        if not self._specs or width < SMALLEST * self._columns or height < SMALLEST:
            return None
        self._words = SweepWords(self.font(), scale, self._colours)
        self._places = self._words.places(self._specs, self._columns, width, height, self._aligned)
        rows = [
            Row(trace, spec.colour, place.box)
            for trace, spec, place in zip(self._traces, self._specs, self._places, strict=True)
        ]
        swept = self._places[0].box.width()
        bar = min(round(ERASE_BAR * scale), swept // 4)
        laps = Laps(swept, self._mm_s * pixels_per_mm(self) * scale, bar)
        return SweepCanvas(self._pixmap, rows, laps, scale, self._colours.background)

    def _draw_new(self, canvas: SweepCanvas, moment: float) -> None:
        changed = self._take(canvas)
        region = QRegion()
        for rect in canvas.draw_new(moment, changed):
            region |= self._in_logical_pixels(rect)
        fitted = [number for number, since in enumerate(changed) if since == ALL]
        if fitted:
            self._draw_words(fitted)
            region |= self.rect()
        if not region.isEmpty():
            self.update(region)

    def _take(self, canvas: SweepCanvas) -> list[float | None]:
        keep_s = canvas.laps.span_s + self.delay_s
        return [trace.take(keep_s) for trace in self._traces]

    def _draw_words(self, numbers: Sequence[int]) -> None:
        with painting(self._pixmap) as painter:
            for number in numbers:
                place, spec = self._places[number], self._specs[number]
                self._words.draw_band(painter, place, spec, f"{self._mm_s:g} mm/s")
                self._words.draw_marks(painter, place, spec, self._traces[number].shown)

    def _notice_silence(self, now: float) -> None:
        silent = tuple(trace.last is None or now - trace.last > NO_SIGNAL_S for trace in self._traces)
        if silent == self._silent:
            return
        self._silent = silent
        names = [spec.label for spec, is_silent in zip(self._specs, silent, strict=True) if is_silent]
        self.setAccessibleDescription(f"{NO_SIGNAL}: {', '.join(names)}" if names else "")
        self.update()

    def _in_logical_pixels(self, rect: QRect) -> QRect:
        scale = self.devicePixelRatioF()
        left, top = math.floor(rect.left() / scale), math.floor(rect.top() / scale)
        right, bottom = math.ceil((rect.right() + 1) / scale), math.ceil((rect.bottom() + 1) / scale)
        return QRect(left, top, right - left, bottom - top)


def _in_device_pixels(rect: QRect, scale: float) -> QRect:
    left, top = math.floor(rect.left() * scale), math.floor(rect.top() * scale)
    right, bottom = math.ceil((rect.right() + 1) * scale), math.ceil((rect.bottom() + 1) * scale)
    return QRect(left, top, right - left, bottom - top)

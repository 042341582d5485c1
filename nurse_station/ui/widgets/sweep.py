"""The erase-bar sweep, as on bedside monitors: waves written from left to right, again and again.

Draws only what is new (`sweep_canvas`), on a pixmap in device pixels; a paint event copies the strips that
changed. Decides nothing about a patient and imports no theme: colours are set from outside.
"""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.sweep_canvas import Row, SweepCanvas, painting
from nurse_station.ui.widgets.sweep_lap import Laps
from nurse_station.ui.widgets.sweep_spec import TraceSpec
from nurse_station.ui.widgets.sweep_trace import Trace

DELAY_S = 1.3
"""Monitors send a second's samples at once: so far behind them the cursor never overtakes the samples."""
NO_SIGNAL_S = 3.0
ERASE_BAR = 18
MARGIN = 16
"""Logical pixels left of the sweep, for the calibration mark."""
MM_AN_INCH = 25.4
ASSUMED_DPI = 96.0


class SweepWidget(QWidget):
    """Traces in rows, one under another, swept together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Waves")
        self._specs: tuple[TraceSpec, ...] = ()
        self._traces: list[Trace] = []
        self._rows: list[Row] = []
        self._words: list[str] = []
        self._mm_s = 25.0
        self._delay_s = DELAY_S
        self._background, self._line, self._text = QColor("black"), QColor("gray"), QColor("lightgray")
        self._pixmap = QPixmap()
        self._canvas: SweepCanvas | None = None
        self._moment: float | None = None

    def show_traces(self, traces: Sequence[TraceSpec]) -> None:
        """Show these rows from top to bottom; tracks are to be set anew."""
        self._specs = tuple(traces)
        self._traces = [Trace(spec.shown) for spec in self._specs]
        names = ", ".join(spec.label for spec in self._specs)
        self.setAccessibleName(f"Waves: {names}" if names else "Waves")
        self._rebuild()

    def set_tracks(self, tracks: Mapping[str, WaveTrack]) -> None:
        """Draw these tracks, by the key of the wave; a row without one stays empty."""
        for spec, trace in zip(self._specs, self._traces, strict=True):
            trace.follow(tracks.get(spec.key))
        self.redraw_all()

    def set_speed(self, mm_s: float) -> None:
        """Sweep speed in millimetres of screen a second."""
        if mm_s != self._mm_s:
            self._mm_s = mm_s
            self._rebuild()

    def set_delay(self, seconds: float) -> None:
        """How far behind the present the cursor runs, seconds."""
        self._delay_s = seconds

    def set_colours(self, background: QColor, line: QColor, text: QColor) -> None:
        """Colours of the ground, of scale marks, and of small print. Strokes have those of their traces."""
        self._background, self._line, self._text = background, line, text
        self._rebuild()

    def advance(self, now: float) -> None:
        """Draw up to monotonic second `now`, less the delay. Once a frame."""
        self._moment = now - self._delay_s
        if not self.isVisible() or self._canvas is None:
            return
        refitted = self._fetch()
        if refitted or self._canvas.cursor is None:
            self.redraw_all()
        else:
            self._repaint(self._canvas.draw_new(self._rows, self._background, self._moment))
        self._say_where_nothing_comes()

    def redraw_all(self) -> None:
        """Draw everything anew from the samples that are kept; looks the same as strip by strip."""
        if self._canvas is None or self._moment is None:
            return
        self._fetch()
        self._canvas.draw_all(self._rows, self._background, self._moment)
        self.update()

    def image(self) -> QPixmap:
        """A copy of the picture as it stands, in device pixels."""
        return self._pixmap.copy()

    def erase_bar(self) -> QRect:
        """Where nothing is drawn just now, device pixels (cut off at the right edge)."""
        if self._canvas is None or self._canvas.cursor is None:
            return QRect()
        laps = self._canvas.laps
        left = int(laps.position(self._canvas.cursor) % laps.width) + self._left()
        return QRect(left - 2, 0, round(ERASE_BAR * self._scale()) + 4, self._pixmap.height())

    # Qt's own

    def sizeHint(self) -> QSize:
        return QSize(800, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._rebuild()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._rebuild()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            if self._canvas is None:
                painter.fillRect(event.rect(), self._background)
                return
            scale = self._scale()
            painter.scale(1 / scale, 1 / scale)  # the pixmap is in device pixels, and copied as it is
            for rect in event.region():  # type: ignore[attr-defined]
                source = _device_pixels(rect, scale)
                painter.drawPixmap(source.topLeft(), self._pixmap, source)
        finally:
            painter.end()

    # The picture

    def _scale(self) -> float:
        return self.devicePixelRatioF()

    def _left(self) -> int:
        return round(MARGIN * self._scale())

    def _fetch(self) -> bool:
        span = self._canvas.laps.span_s if self._canvas is not None else 0.0
        fitted = [trace.take(span + self._delay_s) for trace in self._traces]
        return any(fitted)

    def _rebuild(self) -> None:
        """Begin the picture anew: another size, scale, speed, colours or rows."""
        scale = self._scale()
        width, height = round(self.width() * scale), round(self.height() * scale)
        swept = width - self._left()
        if swept < 8 or height < 8 or not self._specs:
            self._canvas = None
            self.update()
            return
        self._pixmap = QPixmap(width, height)
        self._pixmap.fill(self._background)
        self._rows = self._lay_rows(width, height)
        laps = Laps(swept, self._dpi() / MM_AN_INCH * self._mm_s * scale, self._origin())
        self._canvas = SweepCanvas(self._pixmap, laps, self._left(), scale, round(ERASE_BAR * scale))
        self._words = [""] * len(self._specs)
        self._draw_scales()
        self.redraw_all()
        self.update()

    def _origin(self) -> float:
        """A moment near the present keeps positions small, and so exact."""
        return 0.0 if self._moment is None else float(int(self._moment))

    def _dpi(self) -> float:
        dpi = self.screen().physicalDotsPerInchX()
        return dpi if 50 <= dpi <= 400 else ASSUMED_DPI

    def _lay_rows(self, width: int, height: int) -> list[Row]:
        band, count = self._band(), len(self._specs)
        rows = []
        for number, (spec, trace) in enumerate(zip(self._specs, self._traces, strict=True)):
            top, bottom = number * height // count, (number + 1) * height // count
            rect = QRect(0, top + band, width, max(1, bottom - top - band))
            rows.append(Row(trace, spec.colour, rect))
        return rows

    def _band(self) -> int:
        """Height of the line of words above each row, device pixels."""
        return round((QFontMetrics(self._small_font()).height() + 6) * self._scale())

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _draw_scales(self) -> None:
        with painting(self._pixmap) as painter:
            for number in range(len(self._specs)):
                self._draw_band(painter, number)
                self._draw_calibration(painter, number)

    def _draw_band(self, painter: QPainter, number: int) -> None:
        """The words above a row: its name, what is missing, its scale, the speed."""
        spec, scale, top = self._specs[number], self._scale(), self._rows[number].rect.top() - self._band()
        painter.save()
        painter.scale(scale, scale)
        band = QRect(0, round(top / scale), self.width(), round(self._band() / scale))
        painter.fillRect(band, self._background)
        if number:
            painter.setPen(self._line)
            painter.drawLine(band.topLeft(), band.topRight())
        inner = band.adjusted(MARGIN // 2, 0, -MARGIN // 2, 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._small_font())
        painter.setPen(spec.colour)
        painter.drawText(inner, left, spec.label)
        after = QFontMetrics(self._small_font()).horizontalAdvance(spec.label) + 12
        painter.setFont(self.font())
        painter.setPen(self._text)
        painter.drawText(inner.adjusted(after, 0, 0, 0), left, self._words[number])
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, self._scale_words(number))
        painter.restore()

    def _scale_words(self, number: int) -> str:
        speed = f"{self._mm_s:g} mm/s" if number == 0 else ""
        return "  ·  ".join(word for word in (self._specs[number].scale, speed) if word)

    def _draw_calibration(self, painter: QPainter, number: int) -> None:
        """A bracket as high as the calibration value, at the left of the row."""
        spec, row, scale = self._specs[number], self._rows[number], self._scale()
        if not spec.calibration or spec.shown is None:
            return
        low, high = spec.shown
        tall = row.rect.height() * spec.calibration / (high - low)
        foot = row.rect.bottom() - row.rect.height() * (0 - low) / (high - low)
        x, width = round(5 * scale), round(6 * scale)
        painter.setPen(self._line)
        painter.drawLine(x, round(foot), x, round(foot - tall))
        for y in (foot, foot - tall):
            painter.drawLine(x, round(y), x + width, round(y))

    def _say_where_nothing_comes(self) -> None:
        words = [self._missing(trace) for trace in self._traces]
        if words == self._words:
            return
        changed = [number for number, word in enumerate(words) if word != self._words[number]]
        self._words = words
        with painting(self._pixmap) as painter:
            for number in changed:
                self._draw_band(painter, number)
        self.update()

    def _missing(self, trace: Trace) -> str:
        last, moment = trace.last, self._moment or 0.0
        return "no signal" if last is None or moment - last > NO_SIGNAL_S - self._delay_s else ""

    def _repaint(self, changed: Sequence[QRect]) -> None:
        scale = self._scale()
        for rect in changed:
            left, right = int(rect.left() / scale), int((rect.right() + 1) / scale) + 1
            self.update(QRect(left, 0, right - left, self.height()))


def _device_pixels(rect: QRect, scale: float) -> QRect:
    """The whole device pixels that a logical rectangle touches."""
    left, top = math.floor(rect.left() * scale), math.floor(rect.top() * scale)
    right, bottom = math.ceil((rect.right() + 1) * scale), math.ceil((rect.bottom() + 1) * scale)
    return QRect(left, top, right - left, bottom - top)

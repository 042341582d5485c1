"""The picture behind a sweep: strokes on a pixmap in whole device pixels. Knows no time but its own laps.

Exact to the pixel: a strip is cleared and drawn again from three pixels before what was last drawn, and
its strokes begin further left than the clip, so that caps and joins are those of the whole line. What
is built strip by strip equals what is drawn at once.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nurse_station.ui.widgets.sweep_lap import Laps, Piece
from nurse_station.ui.widgets.sweep_trace import Floats, Samples, Trace

OVERLAP = 3
"""Device pixels at scale 1 that are drawn again, so that a joint lies inside the new strip."""
STROKE = 2.0
"""Pixels at scale 1."""


@dataclass(frozen=True)
class Row:
    """A trace's place on the canvas: device pixels, and its colour."""

    trace: Trace
    colour: QColor
    rect: QRect


@contextmanager
def painting(pixmap: QPixmap) -> Iterator[QPainter]:
    """A painter that is ended whatever happens: one left open ends the program at the next paint."""
    painter = QPainter(pixmap)
    try:
        yield painter
    finally:
        painter.end()


class SweepCanvas:
    """Draws rows of traces up to a cursor, all at once or only what is new."""

    def __init__(self, pixmap: QPixmap, laps: Laps, left: int, scale: float, bar: int) -> None:
        """Store where to draw.

        Args:
            pixmap: Device pixels; its own ratio is 1.
            laps: The strip's arithmetic; the strip begins `left` pixels from the pixmap's left.
            left: Device pixels that are not swept (scale marks stand there).
            scale: Device pixels a logical pixel.
            bar: Width of the erase bar, device pixels.
        """
        self.pixmap = pixmap
        self.laps = laps
        self.cursor: float | None = None
        self._left = left
        self._scale = scale
        self._bar = bar

    def draw_all(self, rows: Sequence[Row], background: QColor, moment: float) -> list[QRect]:
        """Draw a whole lap up to `moment`. Returns what changed."""
        self.cursor = moment
        end = self.laps.position(moment)
        return self._draw(rows, background, end - self.laps.width + self._bar, end)

    def draw_new(self, rows: Sequence[Row], background: QColor, moment: float) -> list[QRect]:
        """Draw what came since the last call. Returns what changed, device pixels."""
        if self.cursor is None or not 0 <= moment - self.cursor < 0.5 * self.laps.span_s:
            return self.draw_all(rows, background, moment)
        last, self.cursor = self.cursor, moment
        position = self.laps.position
        start = min([position(last), *(self._joint(row.trace, last) for row in rows)])
        return self._draw(rows, background, start - OVERLAP * self._scale, position(moment))

    def _joint(self, trace: Trace, last: float) -> float:
        """Where the stroke that goes on begins: at a slow wave's last sample, some pixels back."""
        newest = trace.newest_until(last)
        there = self.laps.position(last)
        if newest is None:
            return there
        begin = self.laps.position(newest)
        return begin if there - begin < 0.25 * self.laps.width else there

    def _draw(self, rows: Sequence[Row], background: QColor, start: float, end: float) -> list[QRect]:
        changed: list[QRect] = []
        with painting(self.pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for piece in self.laps.pieces(start, end):
                changed.append(self._rect(piece))
                for row in rows:
                    painter.setClipRect(self._clip(piece, row))
                    painter.fillRect(self._clip(piece, row), background)
                    self._strokes(painter, row, piece, end)
            painter.setClipping(False)
            for piece in self.laps.pieces(np.ceil(end), np.ceil(end) + self._bar):
                changed.append(self._rect(piece))
                for row in rows:
                    painter.fillRect(self._clip(piece, row), background)
        return changed

    def _rect(self, piece: Piece) -> QRect:
        return QRect(self._left + piece.left, 0, piece.right - piece.left, self.pixmap.height())

    def _clip(self, piece: Piece, row: Row) -> QRect:
        return QRect(self._left + piece.left, row.rect.top(), piece.right - piece.left, row.rect.height())

    def _strokes(self, painter: QPainter, row: Row, piece: Piece, end: float) -> None:
        reach = 2 * OVERLAP * self._scale
        first = self.laps.moment(piece.lap_start + piece.left - reach)
        # As far as the cursor and no further: a sample beyond it is not there yet, however it is drawn.
        last = self.laps.moment(min(end, piece.lap_start + piece.right + reach))
        times, samples = row.trace.between(first, last)
        # One more to the right, if the cursor has passed it, so that the stroke leaves the piece.
        if last < self.laps.moment(end):
            times, samples = self._one_more(row.trace, first, last, end)
        low, high = row.trace.shown
        painter.setPen(_pen(row.colour, STROKE * self._scale))
        tall = row.rect.height() - STROKE * self._scale
        bottom = row.rect.bottom() + 1 - STROKE * self._scale / 2
        for stroke_times, stroke_samples in row.trace.strokes(times, samples):
            xs = (stroke_times - self.laps.origin) * self.laps.pixels_a_second + (
                self._left - piece.lap_start
            )
            ys = bottom - (stroke_samples - low) * (tall / (high - low))
            ys = np.clip(ys, row.rect.top() - 4, row.rect.bottom() + 5)
            points = zip(xs.tolist(), ys.tolist(), strict=True)
            painter.drawPolyline([QPointF(x, y) for x, y in points])

    def _one_more(self, trace: Trace, first: float, last: float, end: float) -> tuple[Floats, Samples]:
        times, samples = trace.between(first, self.laps.moment(end))
        upto = int(np.searchsorted(times, last, side="right")) + 1
        return times[:upto], samples[:upto]


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen

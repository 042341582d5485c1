"""The picture behind a sweep: strokes on a pixmap in whole device pixels. Writes no word, reads no clock.

Exact to the pixel: a strip is cleared and drawn again from three pixels before what was last drawn, and
its strokes begin further left than the clip, so that caps and joins are those of the whole line. What
is built strip by strip equals what is drawn at once. Short strokes are also cheap: the price of an
antialiased stroke grows faster than its length, so a full redraw is made of strips as well.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPen, QPixmap, QPolygonF
from shiboken6 import VoidPtr

from nurse_station.ui.widgets.sweep_lap import Laps, Piece
from nurse_station.ui.widgets.sweep_trace import Floats, Trace

OVERLAP = 3
"""Pixels at scale 1 that are drawn again, so that a joint lies inside the new strip."""
STROKE = 2.0
"""Pixels at scale 1."""
STRIP = 64
"""Device pixels of one strip of a full redraw."""


@dataclass(frozen=True)
class Row:
    """A trace's place on the canvas: the box that is swept, device pixels, and its colour."""

    trace: Trace
    colour: QColor
    box: QRect


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter that is ended whatever happens: one left open ends the program at the next paint."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


class SweepCanvas:
    """Draws rows of traces up to a cursor: all at once, or only what is new.

    The picture depends on the samples and on the cursor alone. Samples that come late fill their gap.
    """

    def __init__(
        self, pixmap: QPixmap, rows: Sequence[Row], laps: Laps, scale: float, background: QColor
    ) -> None:
        """Store where to draw.

        Args:
            pixmap: In device pixels; its own ratio is 1.
            rows: All boxes have the width of the strip; they may stand in several columns.
            laps: The strip's arithmetic.
            scale: Device pixels a logical pixel.
            background: Colour of the ground.
        """
        self.laps = laps
        self.cursor: int | None = None
        self._pixmap = pixmap
        self._rows = rows
        self._pens = [_pen(row.colour, STROKE * scale) for row in rows]
        self._columns = _columns(rows)
        self._scale = scale
        self._background = background

    def draw_all(self, moment: float, strip: int = STRIP) -> list[QRect]:
        """Draw a whole lap up to `moment`, in strips of so many pixels. Returns what changed."""
        self.cursor = self.laps.cursor(moment)
        oldest = self.laps.oldest(self.cursor)
        with self._painter() as painter:
            for number in range(len(self._rows)):
                self._draw(painter, number, oldest, self.cursor, strip)
        return self._touched(oldest, self.cursor + self.laps.bar)

    def draw_new(self, moment: float, changed: Sequence[float | None]) -> list[QRect]:
        """Draw what is new since the last call. Returns what changed, device pixels.

        Args:
            moment: The cursor's.
            changed: For each row, the moment from which on samples came since; None: none came.
        """
        before, cursor = self.cursor, self.laps.cursor(moment)
        oldest = self.laps.oldest(cursor)
        if before is None or not oldest < before <= cursor:  # time went back, or far ahead
            return self.draw_all(moment)
        firsts = [self._first(before, oldest, since) for since in changed]
        self.cursor = cursor
        if cursor == before and min(firsts, default=before) >= self._again(before):
            return []
        with self._painter() as painter:
            for number, first in enumerate(firsts):
                self._draw(painter, number, first, cursor, STRIP)
        return self._touched(min(firsts, default=before), cursor + self.laps.bar)

    @contextmanager
    def _painter(self) -> Iterator[QPainter]:
        with painting(self._pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            yield painter

    def _again(self, position: float) -> int:
        return math.floor(position) - math.ceil(OVERLAP * self._scale)

    def _first(self, before: int, oldest: int, since: float | None) -> int:
        """The first pixel to draw again in a row."""
        start: float = before
        if since is not None:
            start = min(start, self.laps.position(since))
        return max(oldest, self._again(max(start, oldest)))

    def _draw(self, painter: QPainter, number: int, first: int, cursor: int, strip: int) -> None:
        """Clear a row from pixel `first` to the end of the erase bar, and draw it up to the cursor."""
        row = self._rows[number]
        painter.setClipping(False)
        for piece in self.laps.pieces(first, cursor + self.laps.bar):
            painter.fillRect(_part(row.box, piece), self._background)
        painter.setPen(self._pens[number])
        for start in range(first, cursor, strip):
            for piece in self.laps.pieces(start, min(start + strip, cursor)):
                painter.setClipRect(_part(row.box, piece))
                self._strokes(painter, row, piece)

    def _strokes(self, painter: QPainter, row: Row, piece: Piece) -> None:
        if row.trace.shown is None:
            return
        reach = OVERLAP * self._scale
        start = self.laps.moment(piece.lap_start + piece.left - reach)
        end = self.laps.moment(piece.lap_start + piece.right + reach)
        low, high = row.trace.shown
        half = STROKE * self._scale / 2
        top, bottom = row.box.top() + half, row.box.bottom() + 1 - half
        shift = row.box.left() - piece.lap_start
        for times, samples in row.trace.strokes(*row.trace.between(start, end)):
            ys = bottom - (samples - low) * ((bottom - top) / (high - low))
            # Beyond the range the stroke runs along the edge: seen to be there, seen to be cut.
            _stroke(painter, times * self.laps.pixels_a_second + shift, ys.clip(top, bottom))

    def _touched(self, first: int, last: int) -> list[QRect]:
        pieces = list(self.laps.pieces(first, last))
        return [_part(column, piece) for column in self._columns for piece in pieces]


def _columns(rows: Sequence[Row]) -> list[QRect]:
    """The boxes that stand below one another, taken together."""
    columns: dict[int, QRect] = {}
    for row in rows:
        columns[row.box.left()] = columns.get(row.box.left(), row.box).united(row.box)
    return list(columns.values())


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # so that a sample alone is a point
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)  # a round one leaves blots where a curve turns flat
    return pen


def _part(box: QRect, piece: Piece) -> QRect:
    return QRect(box.left() + piece.left, box.top(), piece.right - piece.left, box.height())


def _stroke(painter: QPainter, xs: Floats, ys: Floats) -> None:
    if len(xs) == 1:
        painter.drawPoint(QPointF(float(xs[0]), float(ys[0])))
        return
    polygon = QPolygonF()
    polygon.resize(len(xs))
    # The polygon's own memory, two float64 a point: ten times as fast as a QPointF each.
    memory = VoidPtr(polygon.data(), len(xs) * 16, True)  # type: ignore[call-arg, arg-type]
    points = np.frombuffer(memory, dtype=np.float64)  # type: ignore[call-overload]
    points[0::2], points[1::2] = xs, ys
    painter.drawPolyline(polygon)

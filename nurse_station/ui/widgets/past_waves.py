"""The waves around a moment of the past, drawn once and standing still: what was recorded, nothing else."""

import numpy as np

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nurse_station.station.past import PastWave, PastWaves
from nurse_station.ui.models.review import moment_words
from nurse_station.ui.theme import current
from nurse_station.ui.views.wave_area import trace
from nurse_station.ui.widgets.sweep_range import fitted

NO_WAVES = "No waves were recorded here."
ASK = "Press a moment of the ribbon for its waves."
LEFT_PX, AXIS_PX, LEAST_PX = 92, 20, 150
STEPS_S, LABEL_PX = (1, 2, 5, 10, 30), 72
GAP_SAMPLES = 3.0
"""Farther apart than so many samples, nothing is drawn between two of them."""


class PastWavesView(QWidget):
    """A row a wave, seconds beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waves: PastWaves | None = None
        self._moment = 0.0
        self.setMinimumHeight(current().size(LEAST_PX))
        self.setAccessibleName(ASK)

    def sizeHint(self) -> QSize:
        return QSize(400, current().size(2 * LEAST_PX))

    @property
    def waves(self) -> PastWaves | None:
        """What is drawn."""
        return self._waves

    def show_waves(self, waves: PastWaves | None, moment: float = 0.0) -> None:
        """Draw these, with a line at the unix second `moment`; None: ask for a moment."""
        self._waves, self._moment = waves, moment
        self.setAccessibleName(self._said())
        self.update()

    def _said(self) -> str:
        if self._waves is None:
            return ASK
        if not self._waves.waves:
            return NO_WAVES
        names = ", ".join(trace(wave.wave).label for wave in self._waves.waves)
        return f"Waves {moment_words(self._waves.start)} to {moment_words(self._waves.end)}: {names}"

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        style, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), style.colour("panel"))
        if self._waves is None or not self._waves.waves:
            painter.setPen(style.colour("dim"))
            painter.setFont(style.font(14))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._said())
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_axis(painter, self._waves)
            self._paint_rows(painter, self._waves)
        painter.end()

    def _x(self, waves: PastWaves, at: float) -> float:
        left = current().size(LEFT_PX)
        return left + (at - waves.start) / (waves.end - waves.start) * (self.width() - left)

    def _paint_axis(self, painter: QPainter, waves: PastWaves) -> None:
        style = current()
        bottom = self.height() - style.size(AXIS_PX)
        apart = (self.width() - style.size(LEFT_PX)) / (waves.end - waves.start)
        step = next((each for each in STEPS_S if each * apart >= style.size(LABEL_PX)), STEPS_S[-1])
        painter.setFont(style.font(11))
        for second in range(int(np.ceil(waves.start)), int(waves.end) + 1):
            x = self._x(waves, second)
            painter.setPen(QPen(style.colour("line"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            if second % step == 0:
                painter.setPen(style.colour("dim"))
                box = QRectF(x - style.size(32), bottom, style.size(64), style.size(AXIS_PX))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, moment_words(second))
        painter.setPen(QPen(style.colour("text"), 1))
        x = self._x(waves, self._moment)
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom))

    def _paint_rows(self, painter: QPainter, waves: PastWaves) -> None:
        height = (self.height() - current().size(AXIS_PX)) / len(waves.waves)
        for number, wave in enumerate(waves.waves):
            self._paint_row(painter, waves, wave, QRectF(0, number * height, self.width(), height))

    def _paint_row(self, painter: QPainter, waves: PastWaves, wave: PastWave, box: QRectF) -> None:
        style, spec = current(), trace(wave.wave)
        held = ~np.isnan(wave.samples)
        low, high = spec.shown or _range(wave.samples[held])
        painter.setPen(spec.colour)
        painter.setFont(style.font(12, bold=True))
        painter.drawText(
            box.adjusted(style.size(6), style.size(4), 0, 0), Qt.AlignmentFlag.AlignLeft, spec.label
        )
        painter.setPen(style.colour("dim"))
        painter.setFont(style.font(10))
        painter.drawText(box.adjusted(style.size(6), style.size(22), 0, 0), Qt.AlignmentFlag.AlignLeft,
                         f"{low:g}–{high:g} {spec.unit}")  # fmt: skip
        inner = box.adjusted(0, style.size(6), 0, -style.size(6))
        painter.setPen(QPen(spec.colour, 1.5))
        y = inner.bottom() - np.clip((wave.samples - low) / (high - low), 0, 1) * inner.height()
        left = style.size(LEFT_PX)
        x = left + (wave.times - waves.start) / (waves.end - waves.start) * (self.width() - left)
        for piece in _pieces(wave):
            points = [QPointF(*each) for each in zip(x[piece].tolist(), y[piece].tolist(), strict=True)]
            painter.drawPolyline(QPolygonF(points))


def _range(samples: np.ndarray) -> tuple[float, float]:
    return fitted(None, float(samples.min()), float(samples.max())) if len(samples) else (0.0, 1.0)


def _pieces(wave: PastWave) -> list[slice]:
    """Stretches without a gap and without a sample that there is none of."""
    held = ~np.isnan(wave.samples)
    breaks = np.diff(wave.times) > GAP_SAMPLES / wave.rate_hz
    edges = np.flatnonzero(breaks | (held[1:] != held[:-1])) + 1
    bounds = [0, *edges.tolist(), len(held)]
    return [slice(a, b) for a, b in zip(bounds, bounds[1:], strict=False) if b > a and held[a]]

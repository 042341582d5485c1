"""The waves of one bed: two sweeps, one above the other, because breathing is slower than the heart.

As on bedside monitors: at 25 mm/s a small window holds less than one breath, and an obstruction is read from
a row of breaths. Draws nothing but the line between the two; all else is each sweep's own.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.sweep import SweepWidget
from nurse_station.ui.widgets.sweep_spec import TraceSpec

BREATHING_MM_S = 6.25
"""Breathing waves go no faster, mm/s: the usual speed of a capnogram on bedside monitors."""
LINE = 1
"""Logical pixels between the two sweeps: the line that each of them has between its own rows."""


class WavesWidget(QWidget):
    """Traces in rows: above those of the heart at the speed that was set, below those of breathing.

    Takes the calls of a `SweepWidget`; all rows are of one height, and their right edges in one line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heart, self._breath = SweepWidget(self), SweepWidget(self)
        self._line = QColor("gray")
        self.set_speed(25.0)
        self.show_traces(())

    @property
    def sweeps(self) -> tuple[SweepWidget, ...]:
        """Those that have rows, from top to bottom."""
        return tuple(sweep for sweep in (self._heart, self._breath) if sweep.traces)

    @property
    def traces(self) -> tuple[TraceSpec, ...]:
        """The rows from top to bottom."""
        return self._heart.traces + self._breath.traces

    def show_traces(self, traces: Sequence[TraceSpec]) -> None:
        """Show these rows, the breathing ones below the others; tracks are to be set anew."""
        for sweep, breathing in ((self._heart, False), (self._breath, True)):
            sweep.show_traces([spec for spec in traces if spec.breathing is breathing], aligned=traces)
            sweep.setVisible(bool(sweep.traces))
        self._share_height()

    def set_tracks(self, tracks: Mapping[str, WaveTrack]) -> None:
        """Draw these tracks, by key of the wave, as far back as they reach; a row without one stays empty."""
        for sweep in (self._heart, self._breath):
            sweep.set_tracks(tracks)

    def set_speed(self, mm_s: float) -> None:
        """Sweep speed in millimetres of screen a second; the breathing rows' is `BREATHING_MM_S` at most.

        Raises:
            ValueError: It is not above 0.
        """
        self._heart.set_speed(mm_s)
        self._breath.set_speed(min(mm_s, BREATHING_MM_S))

    def set_colours(self, background: QColor, line: QColor, text: QColor) -> None:
        """Colours of the ground, of the lines between rows, and of small print and marks."""
        self._line = line
        for sweep in (self._heart, self._breath):
            sweep.set_colours(background, line, text)
        self.update()

    def advance(self, now: float) -> None:
        """Draw up to monotonic second `now`, less the delay. Once a frame; costs nothing while hidden."""
        for sweep in (self._heart, self._breath):
            sweep.advance(now)

    # Qt's own

    def sizeHint(self) -> QSize:
        return self._heart.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self.sweeps) > 1:
            QPainter(self).fillRect(0, self._heart.height(), self.width(), LINE, self._line)

    def _share_height(self) -> None:
        rows, above = len(self.traces), len(self._heart.traces)
        if not rows:
            return
        height = (self.height() - LINE * (0 < above < rows)) * above // rows
        below = height + LINE if above else 0
        self._heart.setGeometry(QRect(0, 0, self.width(), height))
        self._breath.setGeometry(QRect(0, below, self.width(), self.height() - below))
        self.update()

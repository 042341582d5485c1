"""The screens that the sweep benchmark compares: the same waves, size and look. Measures nothing.

Time is played, not waited for: a frame is a thirtieth of a second later than the one before it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

import pyqtgraph as pg
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.sweep import DELAY_S, ERASE_BAR, SweepWidget
from nurse_station.ui.widgets.sweep_spec import TraceSpec

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 1920, 1080
RATE_HZ = 250
SPAN_S = 10.0
FRAMES_A_SECOND = 30
STROKE = 2
IN_ONE_COLUMN = 8
COLUMNS = 4
START = 1000.0
COLOURS = ("lime", "deepskyblue", "gold", "violet")
SHOWN = (-0.7, 1.4)


def wave(number: int, times: Floats) -> Floats:
    """An ECG or a pleth, each of another heart."""
    beat = (times * (1.0 + 0.03 * number)) % 1.0
    if number % 2:
        return np.sin(np.pi * np.minimum(beat / 0.35, 1.0)) ** 2 + 0.25 * np.exp(
            -(((beat - 0.5) / 0.08) ** 2)
        )
    bumps = ((0.18, 0.025, 0.12), (0.272, 0.008, -0.15), (0.3, 0.011, 1.15), (0.33, 0.009, -0.3),
             (0.55, 0.05, 0.28))  # fmt: skip
    return sum((tall * np.exp(-(((beat - at) / wide) ** 2)) for at, wide, tall in bumps), np.zeros_like(beat))


def cells(count: int) -> list[QRect]:
    """Where each column of traces stands."""
    columns = 1 if count <= IN_ONE_COLUMN else COLUMNS
    return [QRect(WIDTH * n // columns, 0, WIDTH // columns, HEIGHT) for n in range(columns)]


def background(width: int, height: int) -> QWidget:
    window = QWidget()
    window.resize(width, height)
    return window


class CountedSweep(SweepWidget):
    """Ours, counting its paint events, on a screen of a scale that is chosen."""

    def __init__(self, scale: float = 1.0, parent: QWidget | None = None) -> None:
        self.painted = 0
        self._chosen_scale = scale
        super().__init__(parent)

    def devicePixelRatioF(self) -> float:
        return self._chosen_scale

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)


class Ours:
    """Sweeps of the station, fed with a packet a second."""

    name = "nurse station"

    def __init__(
        self,
        count: int,
        *,
        width: int = WIDTH,
        height: int = HEIGHT,
        scale: float = 1.0,
        start: float = START,
    ) -> None:
        self.now = self._sent = start
        self._tracks = [WaveTrack(str(number), RATE_HZ) for number in range(count)]
        self.window = background(width, height)
        self.sweeps: list[CountedSweep] = []
        places = cells(count) if (width, height) == (WIDTH, HEIGHT) else [QRect(0, 0, width, height)]
        for number, place in enumerate(places):
            self._add_sweep(place, range(number, count, len(places)), scale)
        self.window.show()
        for _ in range(round(SPAN_S + DELAY_S) + 1):
            self.now += 1.0
            self.send()
        self.sweeps_at_work()

    def _add_sweep(self, place: QRect, numbers: Sequence[int], scale: float) -> None:
        sweep = CountedSweep(scale, self.window)
        sweep.setGeometry(place)
        sweep.set_colours(QColor("black"), QColor("dimgray"), QColor("gray"))
        sweep.show_traces([_spec(number) for number in numbers])
        sweep.set_speed(25.0 * sweep.span_s / SPAN_S)
        sweep.set_tracks({str(number): self._tracks[number] for number in numbers})
        self.sweeps.append(sweep)

    def sweeps_at_work(self) -> None:
        """Past the first, whole picture."""
        for _ in range(3):
            self.frame()

    def send(self) -> None:
        """The packet of a second, when it is due."""
        while self._sent + 1.0 <= self.now:
            times = self._sent + np.arange(RATE_HZ) / RATE_HZ
            self._sent += 1.0
            for number, track in enumerate(self._tracks):
                track.add(wave(number, times).astype(np.float32), self._sent)

    def frame(self, seconds: float = 1 / FRAMES_A_SECOND) -> None:
        """Draw and paint the next frame, so many seconds later."""
        self.now += seconds
        self.send()
        for sweep in self.sweeps:
            sweep.advance(self.now)
        QApplication.processEvents()

    def another_bed(self) -> None:
        """Paint all traces anew, as when the nurse turns to another bed."""
        for sweep in self.sweeps:
            numbers = [spec.key for spec in sweep.traces]
            sweep.show_traces(sweep.traces)
            sweep.set_tracks({key: self._tracks[int(key)] for key in numbers})
        self.frame()

    @property
    def painted(self) -> int:
        """Paint events, of the sweep that has the fewest."""
        return min(sweep.painted for sweep in self.sweeps)


def _spec(number: int) -> TraceSpec:
    return TraceSpec(
        key=str(number), label=f"Wave {number + 1}", unit="mV", colour=QColor(COLOURS[number % len(COLOURS)]),
        shown=SHOWN, calibration=1.0,
    )  # fmt: skip


class CountedPlot(pg.PlotWidget):
    """A plain plot of pyqtgraph, counting its paint events."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)  # type: ignore[no-untyped-call]


class PlainPyqtgraph:
    """A PlotWidget a trace, setData each frame, a gap of NaN for the erase bar; the same look."""

    name = "plain pyqtgraph"

    def __init__(self, count: int) -> None:
        pg.setConfigOptions(antialias=True, background="black")
        points = round(SPAN_S * RATE_HZ)
        self._x = np.arange(points) / RATE_HZ
        self._period = np.array([wave(number, np.arange(4 * points) / RATE_HZ) for number in range(count)])
        self._samples = 0.0
        self.window = background(WIDTH, HEIGHT)
        self._plots: list[CountedPlot] = []
        self._curves: list[pg.PlotDataItem] = []
        places = cells(count)
        for number in range(count):
            self._add_plot(
                number, places[number % len(places)], -(-count // len(places)), number // len(places)
            )
        self.window.show()
        self.frame()

    def _add_plot(self, number: int, column: QRect, rows: int, row: int) -> None:
        plot = CountedPlot(self.window)  # type: ignore[no-untyped-call]
        top, bottom = HEIGHT * row // rows, HEIGHT * (row + 1) // rows
        plot.setGeometry(column.left(), top, column.width(), bottom - top)
        plot.plotItem.setRange(xRange=(0, SPAN_S), yRange=SHOWN, padding=0)  # type: ignore[union-attr]
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        self._plots.append(plot)
        self._curves.append(plot.plot(pen=pg.mkPen(COLOURS[number % len(COLOURS)], width=STROKE)))

    def frame(self) -> None:
        """Draw and paint the next frame."""
        self._samples += RATE_HZ / FRAMES_A_SECOND
        newest, points = int(self._samples), len(self._x)
        # The lap before stands right of the bar, the present one left of it.
        index = newest - (newest - np.arange(points)) % points
        gap = (np.arange(points) - newest) % points
        bar = round(ERASE_BAR / WIDTH * points * len(cells(len(self._curves))))
        for curve, period in zip(self._curves, self._period, strict=True):
            y = period[index % len(period)]
            y[(gap > 0) & (gap <= bar)] = np.nan
            curve.setData(self._x, y)
        QApplication.processEvents()

    @property
    def painted(self) -> int:
        """Paint events, of the plot that has the fewest."""
        return min(plot.painted for plot in self._plots)

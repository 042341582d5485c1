"""Our own screen of the sweep benchmark: the station's sweeps, fed as by a monitor. Measures nothing."""

from collections.abc import Sequence

import numpy as np

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.sweep_waves import (
    COLOURS,
    FRAMES_A_SECOND,
    HEIGHT,
    PERIOD,
    RATE_HZ,
    SHOWN,
    SPAN_S,
    WIDTH,
    background,
    cells,
    waves,
)
from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.sweep import DELAY_S, SweepWidget
from nurse_station.ui.widgets.sweep_spec import TraceSpec

START = 1000.0


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
        self._waves = waves(count).astype(np.float32)
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
            packet = (round(self._sent * RATE_HZ) + np.arange(RATE_HZ)) % PERIOD
            self._sent += 1.0
            for track, samples in zip(self._tracks, self._waves, strict=True):
                track.add(samples[packet], self._sent)

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

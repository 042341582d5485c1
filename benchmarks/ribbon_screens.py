"""Our own ribbon in the benchmark, fed as by the station. Measures nothing."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.ribbon_day import EVERY_S, HEIGHT, START, WIDTH, Day
from nurse_station.station.history import History
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.widgets.ribbon import RibbonWidget
from nurse_station.ui.widgets.ribbon_plot import RibbonPlot


class Ours:
    """The session ribbon of one bed, all of its day in view."""

    name = "nurse station"

    def __init__(self, hours: float) -> None:
        self._days = [Day(hours, seed) for seed in (1, 2)]
        self._histories = [_history(day) for day in self._days]
        self._shown = 1
        self._ribbon = RibbonWidget()
        self._ribbon.resize(WIDTH, HEIGHT)
        self._ribbon.show_width(None)
        self._ribbon.show()
        plot = self._ribbon.findChild(RibbonPlot)
        assert isinstance(plot, RibbonPlot)
        self._plot = plot
        self._paints = Paints()
        plot.viewport().installEventFilter(self._paints)
        self.another_bed()

    @property
    def painted(self) -> int:
        """How often the plot was painted, in part or in whole."""
        return self._paints.count

    def another_bed(self) -> None:
        """The other bed's whole day, painted."""
        self._shown = 1 - self._shown
        day, history = self._days[self._shown], self._histories[self._shown]
        bed = BedSnapshot(bed=f"chair-{self._shown}", name=f"Chair {self._shown}")
        self._ribbon.refresh(day.now)
        self._ribbon.show_bed(history, bed, _wall_of)
        QApplication.processEvents()

    def second(self) -> None:
        """A second's values come, and what changed is painted."""
        day, history = self._days[self._shown], self._histories[self._shown]
        for key, every in EVERY_S.items():
            if (day.now - START) % every == 0:
                history.add_numeric(key, day.now, float(day.values[key][round(day.now - START) // every]))
        day.advance()
        self._ribbon.refresh(day.now)
        QApplication.processEvents()

    def hover(self, share: float) -> None:
        """The pointer is over that share of the width: a line, and the values as words."""
        self._plot.hovered.emit(self._plot.second_at(share * self._plot.width()))
        QApplication.processEvents()


class Paints(QObject):
    """Counts the paint events of the widget that it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def _wall_of(at: float) -> datetime:
    return datetime(2026, 1, 5, 8, 0, tzinfo=UTC) + timedelta(seconds=at - START)


def _history(day: Day) -> History:
    history = History(START)
    for key in EVERY_S:
        history.add_numerics(key, *day.known(key))
    return history

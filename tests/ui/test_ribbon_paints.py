"""When the ribbon paints: only where a pixel changes, and never what nobody can see."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from nurse_station.station.history import DAY_S, History
from nurse_station.ui import theme
from nurse_station.ui.widgets.ribbon import RibbonWidget
from nurse_station.ui.widgets.ribbon_lanes import LANES, heights
from nurse_station.ui.widgets.ribbon_plot import RibbonPlot
from tests.ui import room

# The offscreen platform says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

DIP_AT, DIP = 1800, 80.0
SPO2 = 1
WALL = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class Paints(QObject):
    """Counts the paint events of a widget and of all in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        for part in (widget, *widget.findChildren(QWidget)):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Closed widgets go at once: the next theme would be laid on each of them."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def a_day(hours: float) -> History:
    """Steady values, with one second of low SpO2 in the first hour."""
    history = History(room.START)
    seconds = np.arange(round(hours * 3600), dtype=np.float64)
    for key, value in (("hr", 80.0), ("spo2", 97.0), ("rr_co2", 14.0), ("etco2", 38.0)):
        history.add_numerics(key, room.START + seconds, np.full(len(seconds), value))
    history.add_numeric("spo2", room.START + DIP_AT, DIP)
    return history


def shown(qtbot: QtBot, history: History, now: float) -> RibbonWidget:
    widget = RibbonWidget()
    qtbot.addWidget(widget)
    widget.resize(1400, 420)
    widget.show()
    widget.show_width(None)
    widget.refresh(now)
    widget.show_bed(history, room.bed(1), lambda at: WALL + timedelta(seconds=at - room.START))
    QApplication.processEvents()
    return widget


def next_second(ribbon: RibbonWidget, history: History, now: float, spo2: float = 97.0) -> int:
    """How many paint events a second more costs, with values in it."""
    paints = Paints(ribbon)
    for key, value in (("hr", 80.0), ("spo2", spo2), ("rr_co2", 14.0), ("etco2", 38.0)):
        history.add_numeric(key, now, value)
    ribbon.refresh(now)
    QApplication.processEvents()
    return paints.count


def of_a_column(ribbon: RibbonWidget) -> float:
    """Seconds of a pixel column."""
    plot = ribbon.findChild(RibbonPlot)
    assert isinstance(plot, RibbonPlot)
    return plot.span.width / plot.width()


def column_begun(ribbon: RibbonWidget, history: History, now: float) -> float:
    """A second just after the picture moved by a pixel, with its column begun."""
    wide = of_a_column(ribbon)
    begun = (now // wide + 1) * wide + 1.5
    for second in np.arange(now, begun):
        next_second(ribbon, history, float(second))
    next_second(ribbon, history, begun)
    return begun


@pytest.mark.parametrize("spo2", [97.0, 97.01], ids=["same value", "less than a pixel away"])
def test_a_second_that_changes_no_pixel_paints_nothing(qtbot: QtBot, spo2: float) -> None:
    history = a_day(5)
    ribbon = shown(qtbot, history, room.START + 5 * 3600)
    begun = column_begun(ribbon, history, room.START + 5 * 3600)
    assert of_a_column(ribbon) > 6
    assert [next_second(ribbon, history, begun + n, spo2) for n in (1, 2, 3)] == [0, 0, 0]


def test_a_low_second_is_painted_at_once(qtbot: QtBot) -> None:
    history = a_day(5)
    ribbon = shown(qtbot, history, room.START + 5 * 3600)
    begun = column_begun(ribbon, history, room.START + 5 * 3600)
    assert next_second(ribbon, history, begun + 1, 85.0) > 0


def test_a_dip_of_one_second_in_the_first_hour_is_seen_at_the_end_of_the_day(qtbot: QtBot) -> None:
    ribbon = shown(qtbot, a_day(24), room.START + DAY_S)
    plot = ribbon.findChild(RibbonPlot)
    assert isinstance(plot, RibbonPlot)
    x = (room.START + DIP_AT - plot.span.start) / plot.span.width * plot.width()
    height = float(heights(np.array([DIP]), LANES[SPO2].scale, SPO2)[0])
    y = -height / len(LANES) * plot.height()
    assert _lit(plot.grab().toImage(), round(x), round(y))
    assert not _lit(plot.grab().toImage(), round(x) + 20, round(y))


def _lit(image: QImage, x: int, y: int) -> bool:
    """Whether there is the colour of SpO2 within two pixels."""
    wanted = QColor(theme.current().colour(LANES[SPO2].colour)).rgb()
    scale = image.devicePixelRatio()
    near = [(x + dx, y + dy) for dx in range(-2, 3) for dy in range(-2, 3)]
    return any(image.pixel(round(a * scale), round(b * scale)) == wanted for a, b in near)


def test_a_minimised_window_draws_its_ribbon_when_it_is_back(qtbot: QtBot) -> None:
    history = a_day(1)
    ribbon = shown(qtbot, history, room.START + 3600)
    before = ribbon.grab().toImage()
    ribbon.setWindowState(Qt.WindowState.WindowMinimized)
    history.add_numeric("spo2", room.START + 3600, 60.0)
    assert not ribbon.refresh(room.START + 3601)
    assert ribbon.grab().toImage() == before
    ribbon.setWindowState(Qt.WindowState.WindowNoState)
    ribbon.refresh(room.START + 3602)
    assert ribbon.grab().toImage() != before

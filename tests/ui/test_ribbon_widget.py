"""The ribbon on a screen: when it draws, what the mouse and the keys do, what it says."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from nurse_station.station.history import History
from nurse_station.ui import theme
from nurse_station.ui.widgets.ribbon import RibbonWidget
from nurse_station.ui.widgets.ribbon_lanes import LANES
from nurse_station.ui.widgets.ribbon_plot import RibbonPlot
from nurse_station.vitals.clock import ManualClock
from tests.ui import room

# The offscreen platform says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Closed widgets go at once: the next theme would be laid on each of them."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


WALL = ManualClock().wall()
NOW = room.START + 1200.0


def wall_of(at: float) -> datetime:
    return WALL + timedelta(seconds=at - room.START)


@pytest.fixture
def history() -> History:
    history = History(room.START)
    for second in range(1200):
        history.add_numeric("hr", room.START + second, 80.0)
        history.add_numeric("spo2", room.START + second, 71.0 if second == 700 else 97.0)
    return history


@pytest.fixture
def ribbon(qtbot: QtBot, history: History) -> RibbonWidget:
    widget = RibbonWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 400)
    widget.show()
    widget.refresh(NOW)
    widget.show_bed(history, room.bed(1), wall_of)
    return widget


def words(ribbon: RibbonWidget) -> str:
    return " | ".join(label.text() for label in ribbon.findChildren(QLabel))


def plot(ribbon: RibbonWidget) -> RibbonPlot:
    found = ribbon.findChild(RibbonPlot)
    assert isinstance(found, RibbonPlot)
    return found


def coloured(image: QImage, token: str) -> set[tuple[int, int]]:
    wanted = QColor(theme.current().colour(token)).rgb()
    return {
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == wanted
    }


def test_it_says_which_bed_and_that_it_follows(ribbon: RibbonWidget) -> None:
    assert "Session · Chair 1" in words(ribbon)
    assert "Following" in words(ribbon)


def test_a_second_that_moves_no_pixel_draws_nothing(ribbon: RibbonWidget) -> None:
    ribbon.show_width(4 * 3600.0)
    ribbon.refresh(NOW)
    assert sum(ribbon.refresh(NOW + second / 10) for second in range(1, 100)) <= 1


def test_a_new_value_is_drawn(ribbon: RibbonWidget, history: History) -> None:
    ribbon.show_width(4 * 3600.0)
    ribbon.refresh(NOW)
    history.add_numeric("spo2", NOW - 1, 55.0)
    assert ribbon.refresh(NOW)


def test_a_dip_of_a_second_can_be_seen_among_hours(ribbon: RibbonWidget) -> None:
    ribbon.show_width(4 * 3600.0)
    picture = plot(ribbon).grab().toImage()
    heights = [y for _, y in coloured(picture, "spo2")]
    assert max(heights) - min(heights) > 0.5 * picture.height() / len(LANES)


def test_an_empty_bed_says_that_nothing_was_measured(ribbon: RibbonWidget) -> None:
    ribbon.show_bed(History(room.START), room.empty_bed(2), wall_of)
    assert any(
        label.isVisible() and "Nothing measured" in label.text() for label in ribbon.findChildren(QLabel)
    )


def test_another_bed_is_shown_as_of_now(ribbon: RibbonWidget, history: History) -> None:
    ribbon.show_width(900.0)
    plot(ribbon).dragged.emit(400.0)
    assert not ribbon.gaze.following
    ribbon.show_bed(history, room.bed(2), wall_of)
    assert ribbon.gaze.following
    assert "Session · Chair 2" in words(ribbon)


def test_dragging_reviews_and_end_returns(ribbon: RibbonWidget, qtbot: QtBot) -> None:
    ribbon.show_width(300.0)
    view = plot(ribbon)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 50))
    qtbot.mouseMove(view.viewport(), QPoint(500, 50))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 50))
    assert "Reviewing" in words(ribbon)
    qtbot.keyClick(ribbon, Qt.Key.Key_End)
    assert "Following" in words(ribbon)


def test_the_wheel_zooms_about_the_pointer(ribbon: RibbonWidget) -> None:
    ribbon.show_width(900.0)
    view = plot(ribbon)
    before = view.second_at(300)
    position = QPointF(300, 50)
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            position,
            position,
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert view.span.width < 900
    assert abs(view.second_at(300) - before) < 2


@pytest.mark.parametrize(
    ("key", "follows"),
    [(Qt.Key.Key_Left, False), (Qt.Key.Key_Home, False), (Qt.Key.Key_Plus, True), (Qt.Key.Key_Minus, True)],
)
def test_keys_move_and_zoom(ribbon: RibbonWidget, qtbot: QtBot, key: Qt.Key, follows: bool) -> None:
    ribbon.show_width(300.0)
    before = plot(ribbon).span
    qtbot.keyClick(ribbon, key)
    assert plot(ribbon).span != before
    assert ribbon.gaze.following is follows


def test_hovering_reads_the_second(ribbon: RibbonWidget, qtbot: QtBot) -> None:
    ribbon.show_width(900.0)
    plot(ribbon).hovered.emit(room.START + 700.5)
    assert "SpO₂ 71" in words(ribbon)
    assert wall_of(room.START + 700).astimezone().strftime("%H:%M:%S") in words(ribbon)


def test_a_reading_that_left_the_picture_is_taken_back(ribbon: RibbonWidget) -> None:
    plot(ribbon).hovered.emit(room.START + 10)
    ribbon.show_width(60.0)
    assert "SpO₂ 97" not in words(ribbon)


def test_the_keyboard_reads_values_too(ribbon: RibbonWidget, qtbot: QtBot) -> None:
    ribbon.show_width(900.0)
    qtbot.keyClick(ribbon, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert "HR 80" in words(ribbon)


@pytest.mark.parametrize(("number", "seconds"), list(enumerate((900.0, 3600.0, 4 * 3600.0, None))))
def test_each_preset_has_its_button(ribbon: RibbonWidget, number: int, seconds: float | None) -> None:
    button = ribbon.findChildren(QPushButton)[number]
    button.click()
    assert ribbon.gaze.width == seconds


def test_every_button_has_a_name_and_a_key_that_is_no_digit(ribbon: RibbonWidget) -> None:
    for button in ribbon.findChildren(QPushButton):
        assert button.accessibleName()
        assert "&" in button.text() or button.text()[0].isdigit(), "Alt with a digit is the palette's"


def test_a_hidden_ribbon_draws_nothing(ribbon: RibbonWidget) -> None:
    ribbon.hide()
    assert not ribbon.refresh(NOW + 5000)


def test_colours_follow_the_theme(ribbon: RibbonWidget, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "light")
    assert coloured(plot(ribbon).grab().toImage(), "spo2")

"""EMERGENCY is wholly in sight on every screen the program is made for, and no number is cut at its side."""

from collections.abc import Callable
from typing import Any

import pytest
from practice_room import LOG, FakeLesson, bedside, snapshot
from pytestqt.qtbot import QtBot
from room import alarmed, bed, care, desaturation, may_raise, scored, slow_breath, station

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect
from PySide6.QtWidgets import QWidget

from nurse_station.sessions import deeds
from nurse_station.settings.model import Settings
from nurse_station.station.view import Answer
from nurse_station.ui.dialogs.limits import LimitsDialog
from nurse_station.ui.dialogs.side import place_left_of
from nurse_station.ui.dress import dress
from nurse_station.ui.practice.window import PracticeWindow
from nurse_station.ui.views.room_view import RoomView
from nurse_station.ui.window import MainWindow

Opener = Callable[..., MainWindow]
REFUSED = Answer(done=False, sentence="Not done: look at it.", bed="chair-1")
LOW = care((*may_raise(), *scored(1, moaas=3)))
UNSURE = care(unconfirmed="The monitor was away for 12 min.")
SCREENS = [((1280, 800), 1.0), ((1280, 800), 1.25), ((1024, 640), 1.0), ((1024, 640), 1.25)]


def in_alarm(opened: Opener, size: tuple[int, int], scale: float, **more: Any) -> MainWindow:
    """A window with a bed in two alarms, an answer that stays and the word across it."""
    first = alarmed(1, desaturation(), slow_breath(), **{"care": LOW, "simulated": True} | more)
    return opened(station(first, bed(2), practice=True), size, text_scale=scale)


def whole(part: QWidget, *, across: bool = False) -> bool:
    seen = part.visibleRegion().boundingRect()
    return seen.width() == part.width() if across else seen == part.rect()


def see_all(qtbot: QtBot, room: RoomView) -> None:
    """Every part that must be seen is, however often the window was laid out."""
    room.show_answer(REFUSED)
    room.bed_view.make_ribbon()
    qtbot.wait(20)
    assert whole(room.bed_view.care.tools["emergency"])
    assert whole(room.bed_view.header.acknowledge_button)
    assert whole(room.bed_view.header.strip)
    for block in room.bed_view.numerics.blocks.values():
        assert whole(block, across=True) or not block.visibleRegion().boundingRect().height(), block


@pytest.mark.parametrize(("size", "scale"), SCREENS)
@pytest.mark.parametrize("day", [LOW, UNSURE])
def test_emergency_is_whole_under_every_bar(
    opened: Opener, qtbot: QtBot, size: tuple[int, int], scale: float, day: object
) -> None:
    see_all(qtbot, in_alarm(opened, size, scale, care=day).room_view)


@pytest.mark.parametrize(("size", "scale"), SCREENS)
def test_emergency_is_whole_in_a_lesson(qtbot: QtBot, size: tuple[int, int], scale: float) -> None:
    choice = Settings(text_scale=scale)
    dress(choice)
    window = PracticeWindow(FakeLesson(snapshot(log=LOG), bedside(alarm=True)), choice)
    window.resize(*size)
    window.show()
    window.bridge.look()
    window.watch.look()
    see_all(qtbot, window.room_view)
    window.stop()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_panel_that_was_scrolled_shows_its_top_when_the_day_turns(opened: Opener, qtbot: QtBot) -> None:
    window = in_alarm(opened, (1280, 800), 1.0, care=LOW)
    panel = window.room_view.bed_view.care
    qtbot.wait(20)
    bar = panel._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    called = care((*may_raise(), (0.0, deeds.EmergencyCalled(why="as found"))))
    panel.show_bed(bed(1, care=called, simulated=True))
    assert bar.value() == 0


def test_emergency_goes_back_into_the_panel_when_the_window_grows(opened: Opener, qtbot: QtBot) -> None:
    window = in_alarm(opened, (1024, 640), 1.0)
    panel = window.room_view.bed_view.care
    assert not panel.isAncestorOf(panel.call_row)
    window.resize(1920, 1080)
    qtbot.wait(20)
    assert panel.isAncestorOf(panel.call_row)
    assert whole(panel.tools["emergency"])


def test_without_a_patient_there_is_no_emergency_row(opened: Opener) -> None:
    window = opened(station(bed(1)), (1024, 640))
    assert not window.room_view.bed_view.care.call_row.isVisible()


def test_nothing_moves_when_an_answer_comes_or_goes(opened: Opener, qtbot: QtBot) -> None:
    window = in_alarm(opened, (1280, 800), 1.0)
    button = window.room_view.bed_view.care.tools["emergency"]
    places = [button.mapTo(window, QPoint(0, 0))]
    window.room_view.show_answer(REFUSED)
    qtbot.wait(20)
    places.append(button.mapTo(window, QPoint(0, 0)))
    window.room_view.answer_bar.hide()
    qtbot.wait(20)
    places.append(button.mapTo(window, QPoint(0, 0)))
    assert len(set(places)) == 1
    assert window.room_view.answer_bar.height() == window.room_view.answer_bar.maximumHeight()


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1024, 640)])
def test_limits_are_set_with_the_numbers_in_sight(opened: Opener, size: tuple[int, int]) -> None:
    window = in_alarm(opened, size, 1.0)
    window.open_limits()
    panel = window.findChild(LimitsDialog)
    assert panel is not None
    numbers = window.room_view.bed_view.numerics
    place = QRect(numbers.mapToGlobal(QPoint(0, 0)), numbers.size())
    assert not panel.geometry().intersects(place)
    assert window.frameGeometry().contains(panel.geometry())
    panel.close()


def test_where_nothing_fits_beside_the_numbers_the_panel_stands_as_the_others() -> None:
    assert place_left_of(QRect(300, 200, 300, 400), QRect(0, 0, 640, 640), 560, 480) is None

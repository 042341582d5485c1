"""Every key of the trainee's window is one thing only: what is ambiguous does nothing at all in Qt."""

from collections import Counter
from collections.abc import Iterator

import pytest
from practice_room import LOG, FakeLesson, bedside, snapshot
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget

from nurse_station.settings.model import Settings
from nurse_station.training.actions import Group
from nurse_station.ui.dress import dress
from nurse_station.ui.models import practice
from nurse_station.ui.practice.window import PracticeWindow

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(params=[(1280, 800), (1920, 1080)], ids=["1280", "1920"])
def window(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[PracticeWindow]:
    dress(Settings())
    made = PracticeWindow(FakeLesson(snapshot(log=LOG), bedside(alarm=True, past=True)), Settings())
    made.resize(*request.param)
    made.show()
    made.bridge.look()
    made.watch.look()
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    made.stop()
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def keys_of(window: QWidget) -> Iterator[str]:
    """Every key of the window itself: shortcuts, and underlined letters of what is there, seen or not."""
    for key in window.findChildren(QShortcut):
        if key.parent().window() is window:  # type: ignore[attr-defined]
            yield from map(QKeySequence.toString, key.keys())
    for part in window.findChildren(QWidget):
        if part.window() is not window:
            continue
        if isinstance(part, QAbstractButton) or (isinstance(part, QLabel) and part.buddy() is not None):
            yield QKeySequence.mnemonic(part.text()).toString()
        if isinstance(part, QTabBar):
            yield from (QKeySequence.mnemonic(part.tabText(at)).toString() for at in range(part.count()))


def test_no_key_of_the_window_means_two_things(window: PracticeWindow) -> None:
    known = Counter(key for key in keys_of(window) if key)
    assert {"Alt+1", "Alt+6", "Ctrl+K", "F12"} <= set(known)
    assert [key for key, times in known.items() if times > 1] == []


@pytest.mark.parametrize(("number", "group"), list(enumerate(dict(practice.groups()), start=1)))
def test_alt_and_a_number_open_a_group_from_wherever_the_keyboard_is(
    window: PracticeWindow, qtbot: QtBot, number: int, group: Group
) -> None:
    window.room_view.bed_view.care.setFocus()
    other = next(each for each in dict(practice.groups()) if each is not group)
    window.deeds.choose_group(other)
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), ALT)
    assert window.deeds.group is group
    assert window.deeds.isAncestorOf(QApplication.focusWidget())

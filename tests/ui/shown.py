"""Windows for tests, shown over a real station or left by practice; nothing of them stays."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from PySide6.QtCore import QCoreApplication, QEvent

from nurse_station.settings.model import Settings
from nurse_station.station.station import Station
from nurse_station.ui.dress import dress
from nurse_station.ui.practice.openers import Practice
from nurse_station.ui.window import MainWindow


@contextmanager
def shown(station: Station, qtbot: QtBot, who: str = "M. Ruiz") -> Iterator[MainWindow]:
    """The main window at 1280x800 with `who` at it. Nothing of it is left behind."""
    station.answers()
    dress(Settings())
    window = MainWindow(station, Settings(), lambda _settings: None)
    window.resize(1280, 800)
    window.show()
    window.bridge.look()
    window.care_desk.set_who(who)
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def put_away(practices: Iterable[Practice]) -> None:
    """End what was practised, and let its windows go."""
    for practice in practices:
        practice.finish()
        practice.chooser.hide()
        practice.chooser.deleteLater()
        practice.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

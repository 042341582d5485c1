"""Screens are tested without a screen, in the everyday theme."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from room import FakeStation

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from nurse_station.settings.model import Settings
from nurse_station.ui.dress import dress
from nurse_station.ui.theme import apply_theme
from nurse_station.ui.window import MainWindow


def pytest_configure(config: pytest.Config) -> None:
    # The platform without a screen has no window manager to tell a window's smallest size to.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def _everyday_theme(qapp: QApplication) -> None:
    apply_theme(qapp, "dark")


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows at a size, and closes them without asking."""
    windows: list[MainWindow] = []

    def open_it(peer: FakeStation, size: tuple[int, int] = (1280, 800), **settings: object) -> MainWindow:
        choice = replace(Settings(), **settings)  # type: ignore[arg-type]
        dress(choice)
        result = MainWindow(peer, choice, lambda _settings: None)
        result.resize(*size)
        result.show()
        result.bridge.look()
        windows.append(result)
        return result

    yield open_it
    for one in windows:
        one.bridge.stop()
        one.hide()
        one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

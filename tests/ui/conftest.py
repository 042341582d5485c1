"""Screens are tested without a screen, in the everyday theme."""

import pytest

from PySide6.QtWidgets import QApplication

from nurse_station.ui.theme import apply_theme


def pytest_configure(config: pytest.Config) -> None:
    # The platform without a screen has no window manager to tell a window's smallest size to.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def _everyday_theme(qapp: QApplication) -> None:
    apply_theme(qapp, "dark")

"""Screens are tested without a screen, in the everyday theme."""

import os

import pytest
from PySide6.QtWidgets import QApplication

from nurse_station.ui.theme import apply_theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _everyday_theme(qapp: QApplication) -> None:
    apply_theme(qapp, "dark")

"""From the clinic's settings to the theme of the application."""

from PySide6.QtWidgets import QApplication

from nurse_station.settings.model import Settings
from nurse_station.ui.theme import apply_theme


def dress(settings: Settings) -> None:
    """Give the application the clinic's theme, colours and text scale. Needs a QApplication."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, settings.theme, settings.colours, settings.text_scale)

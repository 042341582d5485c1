"""Tells a screen reader of new alarms, at once and above all else. Says nothing of itself, plays no sound."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


class Announcer(QObject):
    """Speaks for one window.

    Signals:
        said: What was handed to the platform's screen reader.
    """

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def say(self, sentence: str) -> None:
        """Interrupt what is being read and say this."""
        event = QAccessibleAnnouncementEvent(self._window, sentence)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
        self.said.emit(sentence)

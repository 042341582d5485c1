"""Which windows show no patient, and the word before every title that belongs to them. Asks the room."""

from PySide6.QtWidgets import QWidget

from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import words

SIMULATED = "simulated"
"""The window's property: what it shows is no patient."""


def is_simulated(room: RoomSnapshot) -> bool:
    """Whether anything that is seen in the room is no patient; a station is for one or the other."""
    return room.practice or any(bed.simulated for bed in room.beds)


def mark(window: QWidget, *, simulated: bool) -> None:
    """Have the window's title begin with the word, or not; panels that open from it go by the same."""
    window.setProperty(SIMULATED, simulated)
    bare = window.windowTitle().removeprefix(f"{texts.SIMULATION}{words.APART}")
    title = entitled(bare, window)
    if title != window.windowTitle():
        window.setWindowTitle(title)


def marked(widget: QWidget | None) -> bool:
    """Whether the window that this belongs to, however many panels lie between, shows no patient."""
    while widget is not None:
        if widget.property(SIMULATED):
            return True
        widget = widget.parentWidget()
    return False


def entitled(title: str, widget: QWidget | None) -> str:
    """A title for what opens in front of `widget`: the word comes first where that shows no patient."""
    return words.joined(texts.SIMULATION if marked(widget) else "", title)

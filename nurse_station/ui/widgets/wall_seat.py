"""What takes the mouse, the keyboard and the screen reader for one tile of the wall. Paints nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from nurse_station.ui.models.wall import WallTile


class WallSeat(QAbstractButton):
    """A button without a face: the wall paints the tile below it.

    Signals:
        pressed_for: Key of the bed; pressed by mouse, touch or space.
    """

    pressed_for = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bed = ""
        self._tile: WallTile | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: self.pressed_for.emit(self._bed))

    @property
    def bed(self) -> str:
        """Key of the bed whose tile it is."""
        return self._bed

    def show_tile(self, tile: WallTile) -> None:
        if tile == self._tile:
            return
        self._tile, self._bed = tile, tile.tile.bed
        self.setAccessibleName(tile.spoken)
        said = tile.tile
        self.setToolTip("\n".join(each for each in (
            said.name, said.patient, said.day, said.due, f"{said.place} {said.state}",
            said.alarm.line if said.alarm is not None else "", *(f"Alarm off: {each}" for each in said.off),
        ) if each.strip()))  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter are the wall's; a button would take them for its own."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event

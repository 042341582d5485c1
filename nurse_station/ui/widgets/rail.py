"""Every bed of the room, one tile each, at the left. Chooses; shows no bed itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.ui.models.rooms import tiles
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.alarm_paint import Lights
from nurse_station.ui.widgets.bed_tile import BedTile


class BedRail(QScrollArea):
    """The tiles. Scrolls when the room has more beds than the screen has height.

    Signals:
        bed_chosen: Key of the bed whose tile was pressed.
        connect_asked: Key of the bed that a monitor is to be connected to.
    """

    bed_chosen = Signal(str)
    connect_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[BedTile] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Beds")
        inner = QWidget()
        set_look(inner, "ground")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, current().size(4), 0)
        self._column.setSpacing(current().size(6))
        self._column.addStretch(1)
        self.setWidget(inner)

    @property
    def tiles(self) -> tuple[BedTile, ...]:
        """The tiles, in the clinic's order."""
        return tuple(self._tiles)

    def show_room(self, room: RoomSnapshot, chosen: str) -> None:
        """Show every bed, with the tile of `chosen` marked."""
        shown = tiles(room)
        while len(self._tiles) < len(shown):
            self._add_tile()
        while len(self._tiles) > len(shown):
            self._remove_tile()
        for widget, tile in zip(self._tiles, shown, strict=True):
            widget.show_tile(tile)
            if widget.isChecked() != (tile.bed == chosen):
                widget.setChecked(tile.bed == chosen)

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        for tile in self._tiles:
            tile.flash(lights)

    def take_focus(self) -> None:
        """Let the keyboard begin at the chosen bed."""
        for tile in self._tiles:
            if tile.isChecked():
                tile.setFocus()

    def reveal(self, bed: str) -> None:
        """Scroll so far that the bed's tile is seen; the keyboard goes with it."""
        for tile in self._tiles:
            if tile.tile is not None and tile.tile.bed == bed:
                self.ensureWidgetVisible(tile, 0, 0)
                if any(other.hasFocus() for other in self._tiles):
                    tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_tile(self) -> None:
        tile = BedTile()
        tile.clicked.connect(lambda _checked=False, tile=tile: self._choose(tile))
        tile.connect_asked.connect(self.connect_asked)
        self._column.insertWidget(len(self._tiles), tile)
        self._tiles.append(tile)

    def _remove_tile(self) -> None:
        tile = self._tiles.pop()
        self._column.removeWidget(tile)
        tile.deleteLater()

    def _choose(self, tile: BedTile) -> None:
        tile.setChecked(True)  # a second press does not unchoose
        if tile.tile is not None:
            self.bed_chosen.emit(tile.tile.bed)

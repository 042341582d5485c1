"""The column of value blocks of one bed. Places them; formats nothing."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.numeric_block import NumericBlockWidget

PRIMARY_STRETCH = 16
SECONDARY_STRETCH = 11


class NumericColumn(QWidget):
    """Two columns wide; a wide block takes both. Blocks are kept and reused when the set changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: dict[str, NumericBlockWidget] = {}
        self._shape: tuple[tuple[str, bool], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current().size(6))

    def show_numerics(self, blocks: Sequence[NumericBlock]) -> None:
        for block in blocks:
            if block.key not in self._blocks:
                self._blocks[block.key] = NumericBlockWidget(self)
            self._blocks[block.key].show_numeric(block)
        shape = tuple((block.key, block.wide) for block in blocks)
        if shape != self._shape:
            self._shape = shape
            self._place(blocks)

    def _place(self, blocks: Sequence[NumericBlock]) -> None:
        for widget in self._blocks.values():
            self._grid.removeWidget(widget)
            widget.hide()
        row, column = 0, 0
        for block in blocks:
            if block.wide and column:
                row, column = row + 1, 0
            span = 2 if block.wide else 1
            self._grid.addWidget(self._blocks[block.key], row, column, 1, span)
            self._grid.setRowStretch(row, PRIMARY_STRETCH if block.primary else SECONDARY_STRETCH)
            self._blocks[block.key].show()
            row, column = (row + 1, 0) if column + span >= 2 else (row, column + span)
        for unused in range(row + 1 if column else row, self._grid.rowCount()):
            self._grid.setRowStretch(unused, 0)
        self.updateGeometry()

"""The column of value blocks of one bed. Places them; formats nothing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_station.ui.models.alarm_marks import NO_SIGNS, BlockSigns
from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.alarm_paint import Lights
from nurse_station.ui.widgets.numeric_block import NumericBlockWidget

PRIMARY_SHARE = 13
SECONDARY_SHARE = 12
MINOR_SHARE = 6
GAP = 6
NO_SIGNS_AT_ALL: Mapping[str, BlockSigns] = MappingProxyType({})


class NumericColumn(QWidget):
    """Two columns wide; a wide block takes both. Blocks are kept and reused when the set changes.

    Signals:
        limits_asked: The key of the block whose limits are to be opened.
    """

    limits_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: dict[str, NumericBlockWidget] = {}
        self._rows: list[list[NumericBlock]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def blocks(self) -> dict[str, NumericBlockWidget]:
        """The blocks that are shown, by key."""
        return {block.key: self._blocks[block.key] for row in self._rows for block in row}

    def show_numerics(
        self, blocks: Sequence[NumericBlock], signs: Mapping[str, BlockSigns] = NO_SIGNS_AT_ALL
    ) -> None:
        for block in blocks:
            if block.key not in self._blocks:
                self._blocks[block.key] = NumericBlockWidget(self)
                self._blocks[block.key].limits_asked.connect(self.limits_asked)
            self._blocks[block.key].show_numeric(block, signs.get(block.key, NO_SIGNS))
        rows = in_rows(blocks)
        if _shape(rows) != _shape(self._rows):
            self._rows = rows
            self._place()
            self.updateGeometry()

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        for block in self._blocks.values():
            block.flash(lights)

    def minimumSizeHint(self) -> QSize:
        heights = [max(self._blocks[b.key].minimumSizeHint().height() for b in row) for row in self._rows]
        return QSize(160, sum(heights) + current().size(GAP) * max(len(heights) - 1, 0))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        shown = self.blocks
        for key, widget in self._blocks.items():
            widget.setVisible(key in shown)
        gap = current().size(GAP)
        space = self.height() - gap * (len(self._rows) - 1)
        shares = [_share(row[0]) for row in self._rows]
        top = 0.0
        for row, share in zip(self._rows, shares, strict=True):
            height = space * share / sum(shares)
            self._place_row(row, QRect(0, round(top), self.width(), round(top + height) - round(top)), gap)
            top += height + gap

    def _place_row(self, row: Sequence[NumericBlock], box: QRect, gap: int) -> None:
        width = (box.width() - gap * (len(row) - 1)) // len(row)
        for place, block in enumerate(row):
            self._blocks[block.key].setGeometry(
                box.left() + place * (width + gap), box.top(), width, box.height()
            )


def _share(block: NumericBlock) -> int:
    if block.primary:
        return PRIMARY_SHARE
    return MINOR_SHARE if block.minor else SECONDARY_SHARE


def in_rows(blocks: Sequence[NumericBlock]) -> list[list[NumericBlock]]:
    """The blocks in rows of one wide or two narrow ones."""
    rows: list[list[NumericBlock]] = []
    for block in blocks:
        if not block.wide and rows and len(rows[-1]) == 1 and not rows[-1][0].wide:
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


def _shape(rows: Sequence[Sequence[NumericBlock]]) -> list[list[tuple[str, bool, bool]]]:
    return [[(block.key, block.primary, block.minor) for block in row] for row in rows]

"""The list of beds as it is edited: add, rename, remove, reorder. Keys and monitors stay with their bed."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nurse_station.settings.model import BedSettings
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import button, label_with_look

_KEY = Qt.ItemDataRole.UserRole
HINT = "F2 or a double click renames. The record of a bed that is removed is kept."


def key_for(name: str, taken: set[str]) -> str:
    """A key for a new bed: its name in small letters and hyphens, with a number where that is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30].strip("-") or "bed"
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (plain, *numbered) if key not in taken)


def name_for(taken: set[str]) -> str:
    """A name for a new bed that none has yet."""
    return next(
        name for number in range(1, len(taken) + 2) if (name := f"Chair {number}").casefold() not in taken
    )


class BedsPage(QWidget):
    """Beds in the order of the screen."""

    def __init__(self, beds: tuple[BedSettings, ...]) -> None:
        super().__init__()
        self._monitors = {bed.key: bed.monitors for bed in beds}
        self.list = QListWidget()
        self.list.setAccessibleName("Beds in the order of the screen")
        self.list.setSpacing(theme.current().size(3))
        self.fault = label_with_look("doubtful")
        self.fault.hide()
        for bed in beds:
            self._append(bed.key, bed.name)
        self.list.setCurrentRow(0)
        self._arrange()

    def _arrange(self) -> None:
        buttons = QVBoxLayout()
        for words, act in (
            ("&Add", self.add),
            ("&Rename", self.rename),
            ("Re&move", self.remove),
            ("Move &up", lambda: self.move_by(-1)),
            ("Move &down", lambda: self.move_by(1)),
        ):
            buttons.addWidget(button(words, act, f"{words.replace('&', '')} bed"))
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        edge = theme.current().size(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row)
        column.addWidget(self.fault)
        column.addWidget(label_with_look("small", HINT))

    def beds(self) -> tuple[BedSettings, ...]:
        """The beds as they stand in the list."""
        return tuple(
            BedSettings(
                key=str(item.data(_KEY)),
                name=" ".join(item.text().split()),
                monitors=self._monitors.get(str(item.data(_KEY)), ()),
            )
            for item in self._items()
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _append(self, key: str, name: str) -> None:
        item = QListWidgetItem(name)
        item.setData(_KEY, key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.addItem(item)

    def add(self) -> None:
        """A new bed at the end, ready to be named."""
        name = name_for({item.text().casefold() for item in self._items()})
        # A key that a removed bed had is not given again: its monitors would come back with it.
        self._append(
            key_for(name, {str(item.data(_KEY)) for item in self._items()} | set(self._monitors)), name
        )
        self.list.setCurrentRow(self.list.count() - 1)
        if self.isVisible():
            self.rename()

    def rename(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    def remove(self) -> None:
        self.list.takeItem(self.list.currentRow())

    def move_by(self, rows: int) -> None:
        """Move the chosen bed up (negative) or down."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + rows < self.list.count():
            self.list.insertItem(row + rows, self.list.takeItem(row))
            self.list.setCurrentRow(row + rows)

    def show_fault(self, sentence: str) -> None:
        """Say beneath the list what is wrong with it; empty: nothing."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

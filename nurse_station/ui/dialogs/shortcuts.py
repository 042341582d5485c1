"""Every key of the station on one sheet, from the tables that bind them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.shortcuts import CARE_KEYS, REVIEW_KEYS, SHORTCUTS

NATIVE = QKeySequence.SequenceFormat.NativeText
WINDOW_KEYS: tuple[tuple[str, str], ...] = (
    *((QKeySequence(row.keys).toString(NATIVE), row.words) for row in (*SHORTCUTS, *REVIEW_KEYS)),
    ("1 … 64", "The bed at that place of the room"),
)  # fmt: skip
PATIENT_KEYS: tuple[tuple[str, str], ...] = tuple(
    (QKeySequence(row.keys).toString(NATIVE), row.words) for row in CARE_KEYS
)
RIBBON_KEYS: tuple[tuple[str, str], ...] = (
    ("← →", "Earlier, later"),
    ("+ −", "Nearer, farther"),
    ("Home", "The beginning of the session"),
    ("End", "Back to now"),
    ("Shift+← →", "Read the values of a moment"),
)
SECTIONS = (
    ("Everywhere", WINDOW_KEYS),
    ("For the chosen patient", PATIENT_KEYS),
    ("In the session ribbon", RIBBON_KEYS),
)


class ShortcutsDialog(SideDialog):
    """The sheet of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keys", parent)
        for title, rows in SECTIONS:
            self.body.addWidget(label_with_look("heading", title))
            self.body.addLayout(_table(rows))
        self.body.addStretch(1)
        self.add_buttons(button("C&lose", self.reject, primary=True))


def _table(rows: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.current().size(20))
    grid.setVerticalSpacing(theme.current().size(8))
    grid.setColumnStretch(1, 1)
    for number, (keys, words) in enumerate(rows):
        key = QLabel(keys)
        key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        key.setFont(theme.current().font(14, bold=True))
        key.setMinimumWidth(theme.current().size(110))
        key.setAccessibleName(f"{keys}: {words}")
        grid.addWidget(key, number, 0)
        grid.addWidget(label_with_look("dim", words), number, 1)
    return grid

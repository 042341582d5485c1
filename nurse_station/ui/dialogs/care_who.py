"""Who works at this window: one field, asked once, changed at any time. Enters nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

NAME_LENGTH = 40
EXPLAINED = "Your name or initials. Everything entered at this window from now on bears it."
EMPTY = "Nothing can be entered without a name."


class WhoDialog(SideDialog):
    """Goes on with what waited for the name."""

    def __init__(self, desk: CareDesk, then: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("Who are you?", parent)
        self._desk, self._then = desk, then
        self.field = QLineEdit(desk.who)
        self.field.setMaxLength(NAME_LENGTH)
        self.field.setAccessibleName("Your name or initials")
        self.field.setToolTip(EXPLAINED)
        self.field.selectAll()
        self._trouble = label_with_look("doubtful")
        self.body.addWidget(label_with_look("dim", EXPLAINED))
        self.body.addWidget(self.field)
        self.body.addWidget(self._trouble)
        self.body.addStretch(1)
        self._trouble.hide()
        self.add_buttons(button("&OK", self.agree, primary=True), button("C&ancel", self.reject))
        self.field.setFocus()

    def agree(self) -> None:
        """Take the name, and go on; an empty one is refused beside the field."""
        if not self.field.text().strip():
            theme.set_look(self.field, "wrong")
            self._trouble.setText(EMPTY)
            self._trouble.show()
            return
        self._desk.set_who(self.field.text())
        self.accept()
        self._then()

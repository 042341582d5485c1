"""A small field for when it was done, for who enters it late: empty is now. Judges; enters nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.models.care_when import meant, when_of, zone_name
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

WIDE = 68
TIP = "When it was done, if that is some time ago: 14:05, or -5 for 5 minutes ago. Empty: now."
NOBODY = "Nobody is known to sit here."


class WhenField(QWidget):
    """`When [now] CET`; what is written is said again in words, or refused beneath.

    Signals:
        changed: Something else is written.
    """

    changed = Signal()

    def __init__(self, words: str = "When", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.field = QLabel(words), QLineEdit()
        self.name.setBuddy(self.field)
        self.field.setMaxLength(6)
        self.field.setFixedWidth(current().size(WIDE))
        self.field.setPlaceholderText("now")
        self.field.setToolTip(TIP)
        self.field.setAccessibleName("When it was done; empty: now")
        self.said, self.trouble = ElidedLabel("dim"), WordsLabel("doubtful")
        self.trouble.setWordWrap(True)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(current().size(8))
        for part in (self.name, self.field):
            row.addWidget(part)
        row.addWidget(self.said, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().size(2))
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.trouble.hide()
        self.field.textChanged.connect(lambda _: self.changed.emit())

    @property
    def written(self) -> bool:
        """Whether another time than now is meant."""
        return bool(self.field.text().strip())

    def forget(self) -> None:
        """Now is meant again."""
        self.field.clear()
        self.refuse("")

    def show_care(self, care: CareSnapshot | None) -> None:
        """Say again what is written, for the day as it is now."""
        if care is None:
            self.said.show_words("")
            return
        at, now = when_of(self.field.text(), care), care.seen.at
        set_look(
            self.said, "doubtful" if isinstance(at, float) else "dim"
        )  # before the words: it makes them wider
        self.said.show_words(meant(self.field.text(), at, now) if isinstance(at, float) else zone_name(now))

    def read(self, care: CareSnapshot | None) -> float | None | str:
        """The second that is meant, None for now, or why it cannot be, which then stands beneath."""
        at = NOBODY if care is None else when_of(self.field.text(), care)
        self.refuse(at if isinstance(at, str) else "")
        return at

    def refuse(self, words: str) -> None:
        """Say why it cannot be; empty: it can."""
        self.trouble.show_words(words)
        self.trouble.setVisible(bool(words))
        set_look(self.field, "wrong" if words else "")

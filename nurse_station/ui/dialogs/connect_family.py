"""Which monitor family, and how its line is set; or that the station is to find out. Opens nothing."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from nurse_station.station.view import MonitorChoice
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import label_with_look

FIND_OUT = "Find out by itself"
HOW = ("Listens at every line setting, then asks as the station would ask; it takes up to a minute. "
       "Nothing is changed at the monitor.")  # fmt: skip
NONE_KNOWN = "No monitor family is known."


class FamilyChoice(QWidget):
    """A family among those that can be connected; first of all, "find out by itself".

    Attributes:
        families: What there is to choose from.
    """

    changed = Signal()

    def __init__(self, families: tuple[MonitorChoice, ...]) -> None:
        super().__init__()
        self.families = families
        self._may_find_out = True
        self._wants_to_find_out = True
        self._family, self._line = QComboBox(), QComboBox()
        self._line_name = QLabel("Line settin&gs")
        self._notes = label_with_look("small")
        self._fill()
        self._place()
        self._show_family()

    def _fill(self) -> None:
        self._family.addItem(FIND_OUT)
        for family in self.families:
            self._family.addItem(family.name)
        self._family.setAccessibleName("Monitor family")
        self._line.setAccessibleName("Line settings")
        self._line_name.setBuddy(self._line)
        self._family.activated.connect(self._chosen)
        self._family.currentIndexChanged.connect(self._show_family)

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().size(8))
        name = QLabel("&Monitor")
        name.setBuddy(self._family)
        for part in (name, self._family, self._line_name, self._line, self._notes):
            column.addWidget(part)

    @property
    def finds_out(self) -> bool:
        """Whether the station is to find out."""
        return self._family.currentIndex() == 0

    @property
    def family(self) -> MonitorChoice | None:
        """The family that is chosen; None: none is."""
        number = self._family.currentIndex() - 1
        return self.families[number] if 0 <= number < len(self.families) else None

    @property
    def baud_rate(self) -> int | None:
        """The speed that is chosen, bit/s; None: the family's usual one."""
        rate = self._line.currentData()
        return int(rate) if self._line.currentIndex() > 0 and rate is not None else None

    def choose(self, key: str, baud_rate: int | None = None) -> None:
        """Choose a family by its key and a speed (None: the usual); one that is not known changes nothing."""
        keys = [family.key for family in self.families]
        if key in keys:
            self._family.setCurrentIndex(keys.index(key) + 1)
            self._wants_to_find_out = False
            self._line.setCurrentIndex(max(0, self._line.findData(baud_rate)))

    def let_find_out(self, may: bool) -> None:
        """Only a port can be listened to: elsewhere the family has to be said."""
        self._may_find_out = may
        model = self._family.model()
        if isinstance(model, QStandardItemModel):
            model.item(0).setEnabled(may)
        if not may and self.finds_out and self.families:
            self._family.setCurrentIndex(1)
        elif may and self._wants_to_find_out:
            self._family.setCurrentIndex(0)
        self._show_family()

    @Slot(int)
    def _chosen(self, number: int) -> None:
        self._wants_to_find_out = number == 0

    @Slot()
    def _show_family(self) -> None:
        family = self.family
        lines = family.lines if family is not None and self._may_find_out else ()
        self._line.clear()
        for number, line in enumerate(lines):
            self._line.addItem(line.words if number else f"{line.words} (usual)", line.baud_rate)
        for part in (self._line_name, self._line):
            part.setVisible(len(lines) > 1)
        self._notes.setText("\n".join(_notes(family, self.families, said=len(lines) > 1)))
        self.changed.emit()


def _notes(family: MonitorChoice | None, families: tuple[MonitorChoice, ...], *, said: bool) -> list[str]:
    if family is None:
        return [HOW if families else NONE_KNOWN]
    line = "" if said else f"Line: {family.line}"
    return [words for words in (", ".join(family.models), line, family.notes) if words]

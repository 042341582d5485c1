"""Fields of a form with units, each with a line beneath for why it is refused. Judges nothing."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import label_with_look

LONGEST = 200
SIDE_BY_SIDE_UP_TO = 1.25
"""Where the text is larger, fields stand one beneath the other."""


class FieldGrid(QWidget):
    """Rows of words, field and unit; `columns` of them side by side.

    Signals:
        changed: Key of the field in which something was typed or chosen.
    """

    changed = Signal(str)

    def __init__(self, form: str, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if theme.current().text_scale > SIDE_BY_SIDE_UP_TO:
            columns = 1
        self._form, self._columns = form, columns
        self.lines: dict[str, QLineEdit] = {}
        self.choices: dict[str, QComboBox] = {}
        self._beside: dict[str, QLabel] = {}
        self._used = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.current().size(4))
        for column in range(columns):
            self._grid.setColumnStretch(4 * column + 1, 1)

    def add_line(
        self, key: str, words: str, *, unit: str = "", tip: str = "", hint: str = "", wide: bool = False
    ) -> QLineEdit:
        """A field to write in. `wide`: over the whole row."""
        field = QLineEdit()
        field.setMaxLength(LONGEST)
        field.setPlaceholderText(hint)
        field.setToolTip(tip or hint or words.replace("&", ""))
        field.textEdited.connect(lambda _text, key=key: self.changed.emit(key))
        field.textChanged.connect(lambda _text, key=key: self.changed.emit(key))
        self.lines[key] = field
        self._place(key, words, field, unit, wide)
        return field

    def add_choice(
        self, key: str, words: str, rows: Iterable[tuple[str, object]], *, tip: str = "", wide: bool = False
    ) -> QComboBox:
        """A field to choose from."""
        field = QComboBox()
        field.setToolTip(tip or words.replace("&", ""))
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for said, data in rows:
            field.addItem(said, data)
        field.currentIndexChanged.connect(lambda _at, key=key: self.changed.emit(key))
        self.choices[key] = field
        self._place(key, words, field, "", wide)
        return field

    def _place(self, key: str, words: str, field: QWidget, unit: str, wide: bool) -> None:
        if wide and self._used % self._columns:
            self._used += self._columns - self._used % self._columns
        row, column = 2 * (self._used // self._columns), 4 * (self._used % self._columns)
        span = 4 * self._columns - 2 if wide else 1
        name, beside = QLabel(words), label_with_look("doubtful")
        name.setBuddy(field)
        said = words.replace("&", "")
        field.setObjectName(f"{self._form}_{key}")
        field.setAccessibleName(f"{said}, {unit}" if unit else said)
        beside.setObjectName(f"{self._form}_{key}_beside")
        beside.hide()
        self._beside[key] = beside
        self._grid.addWidget(name, row, column)
        self._grid.addWidget(field, row, column + 1, 1, span)
        if unit:
            self._grid.addWidget(label_with_look("dim", unit), row, column + 2)
        self._grid.addWidget(beside, row + 1, column, 1, 4 * self._columns if wide else 3)
        self._used += self._columns if wide else 1

    def text(self, key: str) -> str:
        return self.lines[key].text()

    @property
    def texts(self) -> dict[str, str]:
        """What is written, by field."""
        return {key: field.text() for key, field in self.lines.items()}

    def write(self, texts: Mapping[str, str]) -> None:
        """Put words into fields as if they were typed."""
        for key, text in texts.items():
            self.lines[key].setText(text)
            self.lines[key].setCursorPosition(0)

    def show_beside(self, wrong: Mapping[str, str], told: Mapping[str, str]) -> None:
        """Why fields are refused, and what is said beneath the others."""
        for key, label in self._beside.items():
            refused = wrong.get(key, "")
            said = refused or told.get(key, "")
            if label.text() != said:
                label.setText(said)
            doubtful = bool(refused) or "▲" in said
            theme.set_look(label, "doubtful" if doubtful else "dim")
            label.setVisible(bool(said))
            if key in self.lines:
                theme.set_look(self.lines[key], "wrong" if refused else "")

    def focus_first(self, keys: Iterable[str]) -> bool:
        """Go to the first of these fields, with what it holds chosen; False: none of them is here."""
        wanted = set(keys)
        for key, field in {**self.lines, **self.choices}.items():
            if key in wanted and field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(field, QLineEdit):
                    field.selectAll()
                return True
        return False

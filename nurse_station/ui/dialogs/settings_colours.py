"""The colours of parameters, where they are to match the clinic's monitors. Alarm colours are no choice."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from nurse_station.settings.fields import COLOURS
from nurse_station.ui import texts, theme
from nurse_station.ui.dialogs.side import label_with_look

WORDS: Mapping[str, str] = MappingProxyType({
    "hr": "Heart rate, &ECG",
    "spo2": "SpO₂, p&ulse",
    "co2": "CO₂, &respiration",
    "resp": "&Impedance respiration",
    "nibp": "Bloo&d pressure (cuff)",
    "temperature": "Te&mperature",
    "pressure": "In&vasive pressures",
    "other": "&Other waves",
})  # fmt: skip
ROWS = {row.name: row for row in COLOURS}


class ColoursPage(QWidget):
    """One line a colour: its name, its value, its swatch. Empty: the theme's own."""

    changed = Signal()

    def __init__(self, colours: Mapping[str, str]) -> None:
        super().__init__()
        self.edits: dict[str, QLineEdit] = {}
        self.faults: dict[str, QLabel] = {}
        self._swatches: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        edge = theme.current().size(12)
        self._grid.setContentsMargins(edge, edge, edge, edge)
        for number, token in enumerate(ROWS):
            self._add(number, token, colours.get(token, ""))
        note = (
            "Empty: the theme's own colour. Red, yellow and cyan fills mean alarms, whatever is chosen here."
        )
        self._grid.addWidget(label_with_look("small", note), 2 * len(ROWS), 0, 1, 3)
        self._grid.setRowStretch(2 * len(ROWS) + 1, 1)

    def _add(self, number: int, token: str, colour: str) -> None:
        words = WORDS.get(token, texts.own_words(token).capitalize())
        name, edit, swatch, fault = (
            QLabel(words),
            QLineEdit(colour),
            QPushButton(),
            label_with_look("doubtful"),
        )
        name.setBuddy(edit)
        edit.setPlaceholderText("the theme's own")
        edit.setAccessibleName(f"Colour of {words.replace('&', '')}")
        swatch.setAutoDefault(False)
        swatch.setAccessibleName(f"Choose the colour of {words.replace('&', '')}")
        self.edits[token], self._swatches[token], self.faults[token] = edit, swatch, fault
        fault.hide()
        edit.textChanged.connect(lambda: self._took(token))
        swatch.clicked.connect(lambda: self._choose(token))
        for column, part in enumerate((name, edit, swatch)):
            self._grid.addWidget(part, 2 * number, column)
        self._grid.addWidget(fault, 2 * number + 1, 1, 1, 2)
        self._show_swatch(token)

    def colours(self) -> Mapping[str, str]:
        """What is written, right or wrong; without the empty ones."""
        return MappingProxyType(
            {token: edit.text().strip() for token, edit in self.edits.items() if edit.text().strip()}
        )

    def good_colours(self) -> Mapping[str, str]:
        """Those that are colours."""
        return MappingProxyType({t: c for t, c in self.colours().items() if ROWS[t].accepts(c)})

    def _took(self, token: str) -> None:
        self._show_swatch(token)
        self.changed.emit()

    def _colour(self, token: str) -> QColor:
        chosen = self.good_colours().get(token)
        return theme.load_theme(theme.current().key).colour(token) if chosen is None else QColor(chosen)

    def _show_swatch(self, token: str) -> None:
        side = theme.current().size(18)
        picture = QPixmap(2 * side, side)
        picture.fill(self._colour(token))
        self._swatches[token].setIcon(QIcon(picture))
        self._swatches[token].setIconSize(QSize(2 * side, side))

    def restyle(self) -> None:
        """Show the swatches as the theme in use gives them."""
        for token in self._swatches:
            self._show_swatch(token)

    def _choose(self, token: str) -> None:
        asked = QColorDialog(self._colour(token), self)
        asked.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        asked.colorSelected.connect(lambda colour: self.edits[token].setText(colour.name()))
        asked.finished.connect(asked.deleteLater)
        asked.show()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say beneath each colour what is wrong with it."""
        for token, label in self.faults.items():
            label.setText(faults.get(token, ""))
            label.setVisible(token in faults)
            theme.set_look(self.edits[token], "wrong" if token in faults else "")

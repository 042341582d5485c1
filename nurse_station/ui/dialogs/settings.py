"""The clinic's settings as a dialog. What is refused is named beside its field, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)

from nurse_station.settings.check import as_tree, faults
from nurse_station.settings.errors import SettingsError
from nurse_station.settings.model import Settings
from nurse_station.ui import theme
from nurse_station.ui.dialogs.settings_beds import BedsPage
from nurse_station.ui.dialogs.settings_colours import ColoursPage
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A setting that is one of a few: its name in Settings, its label, and its values in words."""

    name: str
    label: str
    values: tuple[tuple[str, str | float], ...]
    note: str = ""


CHOICES: tuple[Choice, ...] = (
    Choice(name="theme", label="&Theme",
           values=(("Dark", "dark"), ("Light", "light"), ("High contrast", "contrast"))),
    Choice(name="text_scale", label="Te&xt size",
           values=(("100 %", 1.0), ("125 %", 1.25), ("150 %", 1.5), ("175 %", 1.75), ("200 %", 2.0))),
    Choice(name="sweep_mm_s", label="S&weep speed",
           values=(("6.25 mm/s", 6.25), ("12.5 mm/s", 12.5), ("25 mm/s", 25.0), ("50 mm/s", 50.0)),
           note="ECG and pleth; breathing waves go at 6.25 mm/s at most"),
    Choice(name="co2_unit", label="C&O₂ in", values=(("mmHg", "mmHg"), ("kPa", "kPa"))),
    Choice(name="temperature_unit", label="Tem&peratures in", values=(("°C", "Cel"), ("°F", "degF"))),
)  # fmt: skip
PREVIEWED = ("theme", "text_scale")


class SettingsDialog(SideDialog):
    """Theme, text size and colours are shown at once; all else when it is saved."""

    def __init__(
        self, settings: Settings, save: Callable[[Settings], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("Settings", parent)
        self._settings, self._save = settings, save
        self._previewing = False
        self._clinic = QLineEdit(settings.clinic)
        self._clinic_fault = label_with_look("doubtful")
        self._choices = {row.name: _combo(row, getattr(settings, row.name)) for row in CHOICES}
        self._beds = BedsPage(settings.beds)
        self._colours = ColoursPage(settings.colours)
        self._tabs = QTabWidget()
        self._said = label_with_look("trouble")
        self._said.hide()
        self._build()

    def _build(self) -> None:
        self._clinic.setFocus()
        for title, page in (
            ("&General", self._general()),
            ("&Beds", self._beds),
            ("&Colours", self._colours),
        ):
            self._tabs.addTab(page, title)
        self.body.addWidget(self._tabs, 1)
        self.foot.addWidget(self._said)
        self.add_buttons(
            button("&Save", self.save, "Save the settings", primary=True),
            button("Ca&ncel", self.reject, "Cancel: nothing is changed"),
        )
        for name in PREVIEWED:
            self._choices[name].currentIndexChanged.connect(self._preview)
        self._colours.changed.connect(self._preview)

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        edge = theme.current().size(12)
        form.setContentsMargins(edge, edge, edge, edge)
        form.setVerticalSpacing(theme.current().size(10))
        self._clinic.setAccessibleName("Name of the clinic")
        self._clinic_fault.hide()
        form.addRow(_label("C&linic", self._clinic), self._clinic)
        form.addRow(self._clinic_fault)
        for row in CHOICES:
            form.addRow(_label(row.label, self._choices[row.name]), self._choices[row.name])
            if row.note:
                note = label_with_look("dim")
                note.setText(row.note)
                form.addRow("", note)
        return page

    def wanted(self) -> Settings:
        """What the fields say, right or wrong."""
        chosen: dict[str, Any] = {name: combo.currentData() for name, combo in self._choices.items()}
        return replace(
            self._settings,
            **chosen,
            clinic=self._clinic.text().strip(),
            colours=self._colours.colours(),
            beds=self._beds.beds(),
        )

    @Slot()
    def save(self) -> None:
        """Save and close, or say beside each field why not."""
        wanted = self.wanted()
        if self._show_faults(wanted):
            return
        try:
            self._save(wanted)
        except SettingsError as error:
            self._say(str(error))
            return
        self.accept()

    def _show_faults(self, wanted: Settings) -> bool:
        found = list(faults(as_tree(wanted)))
        beds = [fault.sentence for fault in found if fault.place[0] == "beds"]
        colours = {
            str(fault.place[-1]): fault.sentence.partition(" is ")[2]
            for fault in found
            if fault.place[0] == "colours"
        }
        plain = [fault.sentence for fault in found if fault.place[0] not in ("beds", "colours")]
        self._beds.show_fault("\n".join(beds))
        self._colours.show_faults(colours)
        self._clinic_fault.setText("\n".join(plain))
        self._clinic_fault.setVisible(bool(plain))
        theme.set_look(self._clinic, "wrong" if plain else "")
        for page, wrong in enumerate((plain, beds, colours)):
            if wrong:
                self._tabs.setCurrentIndex(page)
                break
        self._say("Not saved: see the marked field." if found else "")
        return bool(found)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    @Slot()
    def _preview(self) -> None:
        self._previewing = True
        wanted = self.wanted()
        _dress(wanted.theme, self._colours.good_colours(), wanted.text_scale)
        self._colours.restyle()

    def reject(self) -> None:
        if self._previewing:
            before = self._settings
            _dress(before.theme, before.colours, before.text_scale)
        super().reject()


def _dress(key: str, colours: Any, text_scale: float) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply_theme(app, key, colours, text_scale)


def _combo(row: Choice, value: str | float) -> QComboBox:
    """The choices in words; a value that somebody wrote by hand is one of them."""
    combo = QComboBox()
    combo.setAccessibleName(row.label.replace("&", ""))
    for words, choice in row.values:
        combo.addItem(words, choice)
    place = combo.findData(value)
    if place < 0:
        combo.addItem(f"{value:.0%}" if isinstance(value, float) else value, value)
        place = combo.count() - 1
    combo.setCurrentIndex(place)
    return combo


def _label(words: str, control: QWidget) -> QLabel:
    label = QLabel(words)
    label.setBuddy(control)
    return label

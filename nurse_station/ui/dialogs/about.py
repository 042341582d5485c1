"""What this program is, what it is not, and whose work it stands on, from the packages' own data."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_station import __version__
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look

LICENCE = "Apache License 2.0"
NOT_A_DEVICE = (
    "Not a medical device. It is not certified, it raises no alarm that may be relied upon, and it replaces "
    "nobody at the chair. The bedside monitor is the primary alarm."
)
NEWS2 = (
    "National Early Warning Score (NEWS) 2: Royal College of Physicians. Standardising the assessment of "
    "acute-illness severity in the NHS. Updated report of a working party. London: RCP, 2017."
)
"""Its terms ask for this acknowledgement."""
BUNDLED = (("DejaVu fonts", "2.37", "Bitstream Vera licence"),)
"""What is carried along without being a package."""

_LICENCE_CLASS = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A package that the program uses."""

    name: str
    version: str
    licence: str


def third_parties() -> tuple[Part, ...]:
    """The packages that the program asks for, as they are installed, and what it bundles."""
    names = sorted({_name(wish) for wish in requires("nurse-station") or () if "extra ==" not in wish})
    bundled = [Part(name=name, version=version, licence=licence) for name, version, licence in BUNDLED]
    return (*(part for name in names if (part := _part(name)) is not None), *bundled)


def _name(wish: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", wish)
    return found[0].lower() if found else wish


def _part(name: str) -> Part | None:
    try:
        data = metadata(name)
    except PackageNotFoundError:  # wanted on another system only
        return None
    classes = data.get_all("Classifier") or []
    said = [
        *(data.get_all("License-Expression") or ()),
        *(data.get_all("License") or ()),
        *(words.removeprefix(_LICENCE_CLASS) for words in classes if _LICENCE_CLASS in words),
    ]
    licence = next((words.splitlines()[0] for words in said if words.strip()), "see the package")
    return Part(name=data["Name"], version=data["Version"], licence=licence)


class AboutDialog(SideDialog):
    """Version, licence, third parties."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("About the nurse station", parent)
        self.body.addWidget(label_with_look("heading", f"Nurse Station {__version__}"))
        self.body.addWidget(label_with_look("trouble", NOT_A_DEVICE))
        self.body.addWidget(label_with_look("", f"Free software under the {LICENCE}."))
        self.body.addWidget(label_with_look("heading", "With thanks to"))
        self.body.addLayout(_parts())
        self.body.addWidget(label_with_look("heading", "Scales"))
        self.body.addWidget(label_with_look("dim", NEWS2))
        self.body.addStretch(1)
        self.add_buttons(button("C&lose", self.reject, primary=True))


def _parts() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.current().size(16))
    grid.setColumnStretch(2, 1)
    for number, part in enumerate(third_parties()):
        for column, words in enumerate((part.name, part.version, part.licence)):
            label = label_with_look("dim" if column else "", words)
            label.setWordWrap(column == 2)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, number, column, Qt.AlignmentFlag.AlignTop)
    return grid

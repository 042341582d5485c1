"""Where a monitor's bytes may come from: a port, an address, a recording, the simulator. Opens nothing."""

import math
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nurse_station.station.commands import PortKind
from nurse_station.station.view import PortChoice, StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.connect_addresses import doubt, why_not
from nurse_station.ui.dialogs.side import button, label_with_look

REFRESH_MS = 1000
LIST_PX = 112
SPEEDS: tuple[tuple[str, float], ...] = (
    ("as recorded", 1.0),
    ("2 times as fast", 2.0),
    ("10 times as fast", 10.0),
    ("60 times as fast", 60.0),
    ("as fast as it goes", math.inf),
)


BY_ADDRESS = (
    "A port by its path, or a serial server in the network. With rfc2217:// the station sets the server's "
    "line; with socket:// set it at the server."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was chosen, or in `refusal` why it cannot be taken."""

    kind: PortKind
    port: str = ""
    serial_number: str = ""
    speed: float = 1.0
    seed: int = 1
    refusal: str = ""


class SerialPage(QWidget):
    """The serial ports of this computer by their USB names, kept up to date while it is seen."""

    chosen = Signal()
    title = "&Serial port"
    kind = PortKind.SERIAL

    def __init__(self, view: StationView, bed_name: str) -> None:
        super().__init__()
        self._view, self._bed_name = view, bed_name
        self._ports: tuple[PortChoice, ...] = ()
        self._list = QListWidget()
        self._list.setAccessibleName("Serial ports of this computer")
        self._list.setSpacing(theme.current().size(3))
        self._list.setFixedHeight(theme.current().size(LIST_PX))
        self._none = label_with_look(
            "dim", "No serial port found. Plug in the adaptor: it appears here by itself."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self._list)
        self._list.itemDoubleClicked.connect(lambda _: self.chosen.emit())
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self._fill(view.ports())

    def refresh(self) -> None:
        """Look at the ports again, if anybody is looking at this page."""
        if self.isVisible():
            ports = self._view.ports()
            if ports != self._ports:
                self._fill(ports)

    def _fill(self, ports: tuple[PortChoice, ...]) -> None:
        before = self._path()
        self._ports = ports
        self._list.clear()
        for port in ports:
            item = QListWidgetItem(_port_words(port))
            item.setData(Qt.ItemDataRole.UserRole, port.path)
            self._list.addItem(item)
        paths = [port.path for port in ports]
        free = [port.path for port in ports if not port.used_by]
        wanted = before if before in paths else (free or paths or [""])[0]
        self._list.setCurrentRow(paths.index(wanted) if wanted in paths else -1)
        self._none.setVisible(not ports)
        self._list.setVisible(bool(ports))

    def _path(self) -> str:
        item = self._list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def source(self) -> Source:
        path = self._path()
        port = next((port for port in self._ports if port.path == path), None)
        if port is None:
            return Source(kind=PortKind.SERIAL, refusal="Choose a port, or type its address.")
        refusal = ""
        if port.used_by and port.used_by != self._bed_name:
            refusal = f"{port.path} is in use by {port.used_by}. Disconnect it there first."
        return Source(kind=PortKind.SERIAL, port=port.path, serial_number=port.serial_number, refusal=refusal)


def _port_words(port: PortChoice) -> str:
    name = port.path if port.name in ("", port.path) else f"{port.name}   ({port.path})"
    return f"{name} — in use by {port.used_by}" if port.used_by else name


class AddressPage(QWidget):
    """A port by its path, or a serial server in the network."""

    chosen = Signal()
    title = "&Address"
    kind = PortKind.SERIAL

    def __init__(self, view: StationView, bed_name: str) -> None:
        super().__init__()
        self._view, self._bed_name = view, bed_name
        self._address = QLineEdit()
        self._address.setPlaceholderText("/dev/ttyUSB0, COM4 or socket://host:port")
        self._address.setAccessibleName("Path of the port, or socket address of a serial server")
        self._address.returnPressed.connect(self.chosen)
        self._address.textChanged.connect(self._show_doubt)
        self._doubt = label_with_look("doubtful")
        self._doubt.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._address)
        column.addWidget(self._doubt)
        column.addWidget(label_with_look("small", BY_ADDRESS))
        column.addStretch(1)

    def _show_doubt(self, typed: str) -> None:
        said = doubt(typed.strip())
        self._doubt.setText(said)
        self._doubt.setVisible(bool(said))

    def source(self) -> Source:
        address = self._address.text().strip()
        held = {port.path: port.used_by for port in self._view.ports()}
        refusal = why_not(address)
        if held.get(address) and held[address] != self._bed_name:
            refusal = f"{address} is in use by {held[address]}. Disconnect it there first."
        return Source(kind=PortKind.SERIAL, port=address, refusal=refusal)


class RecordingPage(QWidget):
    """A file of recorded bytes, and how fast it is played."""

    chosen = Signal()
    title = "&Recording"
    kind = PortKind.CAPTURE

    def __init__(self, view: StationView, bed_name: str) -> None:
        super().__init__()
        self._file, self._speed = QLineEdit(), QComboBox()
        self._file.setAccessibleName("File of recorded bytes")
        self._file.setPlaceholderText("A file of recorded bytes")
        self._file.returnPressed.connect(self.chosen)
        self._speed.setAccessibleName("Speed of the recording")
        for words, speed in SPEEDS:
            self._speed.addItem(words, speed)
        browse = button("&Browse…", self._browse, "Browse for a recording")
        row = QHBoxLayout()
        row.addWidget(self._file, 1)
        row.addWidget(browse)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(row)
        form.addRow("S&peed", self._speed)

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a recording", self._file.text())
        if name:
            self._file.setText(name)

    def source(self) -> Source:
        path = self._file.text().strip()
        refusal = "" if path else "Choose the file of a recording."
        return Source(
            kind=PortKind.CAPTURE, port=path, speed=float(self._speed.currentData()), refusal=refusal
        )


class SimulatorPage(QWidget):
    """A simulated patient, to try the station or to practise."""

    chosen = Signal()
    title = "Simula&tor"
    kind = PortKind.SIMULATOR

    def __init__(self, view: StationView, bed_name: str) -> None:
        super().__init__()
        self._seed = QLineEdit("1")
        self._seed.setValidator(QIntValidator(1, 9999, self._seed))
        self._seed.returnPressed.connect(self.chosen)
        self._seed.setAccessibleName("Number of the simulated patient")
        name = QLabel("&Patient number")
        name.setBuddy(self._seed)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(name, self._seed)
        form.addRow(
            label_with_look("small", "Not a patient: the bed is marked as a simulation on every screen.")
        )

    def source(self) -> Source:
        seed = self._seed.text()
        refusal = "" if self._seed.hasAcceptableInput() else "The patient number is 1 to 9999."
        return Source(kind=PortKind.SIMULATOR, seed=int(seed) if seed.isdecimal() else 1, refusal=refusal)


Page = SerialPage | AddressPage | RecordingPage | SimulatorPage
PAGES: tuple[type[Page], ...] = (SerialPage, AddressPage, RecordingPage, SimulatorPage)

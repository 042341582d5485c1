"""The dialogs: what they send and save, what they refuse in which words, and that none hides the room."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QWidget,
)

from nurse_station.settings.errors import SettingsError
from nurse_station.settings.fields import COLOUR_TOKENS
from nurse_station.settings.model import BedSettings, MonitorSettings, Settings
from nurse_station.station.commands import ConnectMonitor, DisconnectMonitor, PortKind
from nurse_station.station.view import Answer, PortChoice
from nurse_station.ui import theme
from nurse_station.ui.bridge import Bridge
from nurse_station.ui.dialogs.about import AboutDialog, third_parties
from nurse_station.ui.dialogs.connect import ConnectDialog
from nurse_station.ui.dialogs.settings import SettingsDialog
from nurse_station.ui.dialogs.settings_beds import BedsPage, key_for, name_for
from nurse_station.ui.dialogs.settings_colours import WORDS, ColoursPage
from nurse_station.ui.dialogs.shortcuts import WINDOW_KEYS, ShortcutsDialog
from nurse_station.ui.dialogs.side import SideDialog, place_beside
from nurse_station.ui.shortcuts import REVIEW_KEYS, SHORTCUTS
from tests.ui import room

# The offscreen platform says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Closed widgets go at once: the next theme would be laid on each of them."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


BEDS = (
    BedSettings(key="a", name="Chair 1", monitors=(MonitorSettings(driver="ge-s5-dri", port="COM4"),)),
    BedSettings(key="b", name="Chair 2"),
)
SETTINGS = Settings(clinic="Clinic", beds=BEDS, log_level="debug", data_dir="/data")


class Station(room.FakeStation):
    """A fake station whose ports can be changed by hand."""

    listed: tuple[PortChoice, ...] = (
        PortChoice(path="COM5", name="Prolific", used_by="Chair 2"),
        PortChoice(path="COM4", name="FTDI", serial_number="A1"),
    )

    def ports(self) -> tuple[PortChoice, ...]:
        return self.listed


@pytest.fixture
def station() -> Station:
    made = room.station(room.empty_bed(1), room.bed(2))
    return Station(made.room, made.clock)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1600, 900)
    widget.show()
    return widget


@pytest.fixture
def connect(station: Station, window: QWidget) -> ConnectDialog:
    dialog = ConnectDialog(station, "chair-1", window)
    dialog.show()
    return dialog


@pytest.fixture
def practice(station: Station, window: QWidget) -> ConnectDialog:
    """The same dialog at a station for practice."""
    station.room = replace(station.room, practice=True)
    dialog = ConnectDialog(station, "chair-1", window)
    dialog.show()
    return dialog


def words(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def press(dialog: QWidget, name: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == name).click()


def field(dialog: QWidget, name: str) -> QLineEdit:
    return next(edit for edit in dialog.findChildren(QLineEdit) if edit.accessibleName() == name)


def settings_dialog(window: QWidget, settings: Settings = SETTINGS) -> tuple[SettingsDialog, list[Settings]]:
    saved: list[Settings] = []
    dialog = SettingsDialog(settings, saved.append, window)
    dialog.show()
    return dialog, saved


def every_dialog(station: Station, window: QWidget) -> Iterator[SideDialog]:
    yield ConnectDialog(station, "chair-1", window)
    yield ConnectDialog(station, "chair-2", window)
    station.room = replace(station.room, practice=True)
    yield ConnectDialog(station, "chair-1", window)
    yield SettingsDialog(SETTINGS, lambda _: None, window)
    yield ShortcutsDialog(window)
    yield AboutDialog(window)


# All of them


def test_no_dialog_stops_the_window_or_covers_its_top(station: Station, window: QWidget) -> None:
    for dialog in every_dialog(station, window):
        dialog.show()
        assert not dialog.isModal()
        assert dialog.geometry().left() >= window.frameGeometry().center().x()
        assert dialog.geometry().top() >= window.frameGeometry().top() + 60
        assert dialog.geometry().bottom() <= window.frameGeometry().bottom()


@pytest.mark.parametrize("wish", [(100, 100), (5000, 5000)])
def test_a_dialog_stays_in_the_right_half_whatever_it_wishes(wish: tuple[int, int]) -> None:
    window = QRect(0, 0, 1280, 720)
    placed = place_beside(window, wish, 96, 760)
    assert window.contains(placed)
    assert placed.left() >= 639


def test_every_control_has_a_name(station: Station, window: QWidget) -> None:
    for dialog in every_dialog(station, window):
        controls = [
            control
            for kind in (QPushButton, QLineEdit, QComboBox, QListWidget)
            for control in dialog.findChildren(kind)
            if not control.objectName().startswith("qt_")
        ]
        assert controls
        assert [control for control in controls if not control.accessibleName()] == []


def mnemonics(parts: list[QWidget]) -> list[str]:
    texts = [part.text() for part in parts if isinstance(part, (QAbstractButton, QLabel))]
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text and "&&" not in text]


def test_no_two_visible_controls_share_a_key(station: Station, window: QWidget) -> None:
    for dialog in every_dialog(station, window):
        dialog.show()
        visible = [part for part in dialog.findChildren(QWidget) if part.isVisible()]
        keys = mnemonics(visible)
        assert len(keys) == len(set(keys)), dialog.windowTitle()


def test_nothing_is_cut_off_at_twice_the_text(station: Station, window: QWidget, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark", text_scale=2.0)
    window.resize(1920, 1080)
    for dialog in every_dialog(station, window):
        dialog.show()
        area = dialog.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), dialog.windowTitle()


def test_escape_closes(qtbot: QtBot, window: QWidget) -> None:
    dialog = ShortcutsDialog(window)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# Connect


def family(dialog: QWidget) -> QComboBox:
    return next(c for c in dialog.findChildren(QComboBox) if c.accessibleName() == "Monitor family")


def test_the_family_says_its_line_and_its_cable(connect: ConnectDialog) -> None:
    family(connect).setCurrentIndex(1)
    assert "B450, B650" in words(connect)
    line = next(c for c in connect.findChildren(QComboBox) if c.accessibleName() == "Line settings")
    assert [line.itemText(number) for number in range(line.count())] == [
        "19200 8E1, RTS/CTS (usual)", "115200 8E1, RTS/CTS",
    ]  # fmt: skip
    assert "Null-modem cable" in words(connect)


def test_the_first_free_port_is_proposed_and_connected(connect: ConnectDialog, station: Station) -> None:
    family(connect).setCurrentIndex(1)
    press(connect, "Connect")
    assert station.sent == [
        ConnectMonitor(
            bed="chair-1", driver="ge-s5-dri", kind=PortKind.SERIAL, port="COM4", serial_number="A1"
        )
    ]
    assert connect.isVisible()


def test_a_port_of_another_bed_is_refused_in_words(connect: ConnectDialog, station: Station) -> None:
    ports = connect.findChild(QListWidget)
    assert isinstance(ports, QListWidget)
    assert "in use by Chair 2" in ports.item(0).text()
    ports.setCurrentRow(0)
    connect.connect_now()
    assert station.sent == []
    assert "COM5 is in use by Chair 2. Disconnect it there first." in words(connect)


def test_a_port_that_is_plugged_in_appears_and_the_choice_stays(
    connect: ConnectDialog, station: Station, qtbot: QtBot
) -> None:
    ports = connect.findChild(QListWidget)
    assert isinstance(ports, QListWidget)
    station.listed = (PortChoice(path="COM1", name="New"), *station.listed)
    qtbot.waitUntil(lambda: ports.count() == 3, timeout=5000)
    assert "COM4" in ports.currentItem().text()


def test_without_ports_it_says_what_to_do(station: Station, window: QWidget) -> None:
    station.listed = ()
    dialog = ConnectDialog(station, "chair-1", window)
    dialog.show()
    assert "Plug in the adaptor" in words(dialog)
    dialog.connect_now()
    assert "Choose a port" in words(dialog)


ADDRESSES = [
    ("", "Type the path of a port"),
    ("COM5", "COM5 is in use by Chair 2"),
    ("socket://host", "A serial server is socket://host:port"),
    ("socket://host:0", "A serial server is socket://host:port"),
    ("socket://:4001", "A serial server is socket://host:port"),
]


@pytest.mark.parametrize(("address", "sentence"), ADDRESSES)
def test_an_address_is_refused_in_words(
    connect: ConnectDialog, station: Station, address: str, sentence: str
) -> None:
    connect.show_source(1)
    field(connect, "Path of the port, or socket address of a serial server").setText(address)
    connect.connect_now()
    assert sentence in words(connect)
    assert station.sent == []


@pytest.mark.parametrize("address", ["/dev/ttyS0", "socket://10.0.0.7:4001"])
def test_a_typed_address_is_connected(connect: ConnectDialog, station: Station, address: str) -> None:
    connect.show_source(1)
    family(connect).setCurrentIndex(1)
    field(connect, "Path of the port, or socket address of a serial server").setText(f" {address} ")
    connect.connect_now()
    assert [(c.kind, c.port) for c in station.sent if isinstance(c, ConnectMonitor)] == [
        (PortKind.SERIAL, address)
    ]


def test_a_recording_is_played_at_its_speed(practice: ConnectDialog, station: Station) -> None:
    practice.show_source(2)
    practice.connect_now()
    assert "Choose the file of a recording." in words(practice)
    field(practice, "File of recorded bytes").setText("/captures/day.raw")
    speed = next(
        c for c in practice.findChildren(QComboBox) if c.accessibleName() == "Speed of the recording"
    )
    speed.setCurrentIndex(2)
    practice.connect_now()
    sent = station.sent[-1]
    assert isinstance(sent, ConnectMonitor)
    assert (sent.kind, sent.port, sent.speed) == (PortKind.CAPTURE, "/captures/day.raw", 10.0)


def test_the_simulator_takes_the_number_of_its_patient(practice: ConnectDialog, station: Station) -> None:
    practice.show_source(3)
    field(practice, "Number of the simulated patient").setText("")
    practice.connect_now()
    assert "The patient number is 1 to 9999." in words(practice)
    field(practice, "Number of the simulated patient").setText("7")
    practice.connect_now()
    sent = station.sent[-1]
    assert isinstance(sent, ConnectMonitor)
    assert (sent.kind, sent.seed) == (PortKind.SIMULATOR, 7)


def test_the_answer_is_shown_and_the_dialog_stays(
    connect: ConnectDialog, station: Station, qtbot: QtBot
) -> None:
    station.waiting = [Answer(done=False, sentence="COM4 cannot be opened: no permission.", bed="chair-1")]
    qtbot.waitUntil(lambda: "no permission" in words(connect), timeout=5000)
    assert connect.isVisible()


def test_the_answer_of_another_bed_is_not_shown(connect: ConnectDialog) -> None:
    connect.show_answer(Answer(done=True, sentence="Renamed.", bed="chair-2"))
    assert "Renamed." not in words(connect)


def test_beside_a_bridge_it_takes_no_answers_away(station: Station, window: QWidget, qtbot: QtBot) -> None:
    bridge = Bridge(station, window)
    dialog = ConnectDialog(station, "chair-1", window)
    dialog.show()
    station.waiting = [Answer(done=True, sentence="Connected.", bed="chair-1")]
    qtbot.wait(400)
    assert len(station.waiting) == 1
    bridge.answered.emit(station.waiting[0])
    assert "Connected." in words(dialog)


def test_a_connected_bed_shows_its_line_and_can_be_disconnected(station: Station, window: QWidget) -> None:
    line = room.line(frames_refused=MappingProxyType({"checksum": 2}))
    station.room = room.room(room.bed(1, lines=(line,)), clock=station.clock)
    dialog = ConnectDialog(station, "chair-1", window)
    dialog.show()
    assert "3 refused" not in words(dialog)
    assert "2 refused" in words(dialog)
    assert "checksum" in words(dialog)
    press(dialog, "Disconnect GE CARESCAPE")
    assert station.sent == [DisconnectMonitor(bed="chair-1", source="ge-s5-dri")]


# Settings


def test_a_save_without_a_change_saves_the_same(window: QWidget) -> None:
    dialog, saved = settings_dialog(window)
    press(dialog, "Save the settings")
    assert saved == [SETTINGS]
    assert not dialog.isVisible()


@pytest.mark.parametrize("text_scale", [1.0, 1.1])
def test_a_value_written_by_hand_is_not_lost(window: QWidget, text_scale: float) -> None:
    written = replace(SETTINGS, text_scale=text_scale)
    dialog, saved = settings_dialog(window, written)
    dialog.save()
    assert saved == [written]


def choose(dialog: QWidget, name: str, choice: str) -> None:
    combo = next(c for c in dialog.findChildren(QComboBox) if c.accessibleName() == name)
    combo.setCurrentText(choice)


CHOICES = [
    ("Sweep speed", "50 mm/s", {"sweep_mm_s": 50.0}),
    ("CO₂ in", "kPa", {"co2_unit": "kPa"}),
    ("Temperatures in", "°F", {"temperature_unit": "degF"}),
    ("Theme", "High contrast", {"theme": "contrast"}),
    ("Text size", "150 %", {"text_scale": 1.5}),
]


@pytest.mark.parametrize(("name", "choice", "changed"), CHOICES)
def test_a_choice_is_saved(window: QWidget, name: str, choice: str, changed: dict[str, object]) -> None:
    dialog, saved = settings_dialog(window)
    choose(dialog, name, choice)
    dialog.save()
    assert saved == [replace(SETTINGS, **changed)]  # type: ignore[arg-type]


def test_a_theme_is_seen_at_once_and_cancel_takes_it_back(window: QWidget) -> None:
    dialog, saved = settings_dialog(window)
    choose(dialog, "Theme", "Light")
    assert theme.current().key == "light"
    press(dialog, "Cancel: nothing is changed")
    assert theme.current().key == "dark"
    assert saved == []


def test_a_colour_is_seen_at_once(window: QWidget) -> None:
    dialog, _ = settings_dialog(window)
    field(dialog, "Colour of Heart rate, ECG").setText("#123456")
    assert theme.current().colour("hr").name() == "#123456"
    field(dialog, "Colour of Heart rate, ECG").setText("")
    assert theme.current().tokens == theme.load_theme("dark").tokens


def test_what_is_refused_is_named_beside_its_field_and_kept(window: QWidget) -> None:
    dialog, saved = settings_dialog(window)
    edit = field(dialog, "Colour of Blood pressure (cuff)")
    edit.setText("pink")
    dialog.save()
    assert '"pink"; write a colour as #rrggbb' in words(dialog)
    assert (edit.isVisible(), edit.text(), edit.property("look")) == (True, "pink", "wrong")
    assert saved == []
    edit.setText("#ff8fb1")
    dialog.save()
    assert saved[0].colours == {"nibp": "#ff8fb1"}


def test_two_beds_of_one_name_are_refused_beside_the_list(window: QWidget) -> None:
    dialog, saved = settings_dialog(window)
    beds = dialog.findChild(BedsPage)
    assert isinstance(beds, BedsPage)
    beds.list.item(1).setText("chair 1")
    dialog.save()
    assert "two beds have the name" in words(dialog)
    assert saved == []


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_lost(window: QWidget) -> None:
    def refuse(settings: Settings) -> None:
        msg = "settings.toml cannot be written (No space left on device)."
        raise SettingsError(msg)

    dialog = SettingsDialog(SETTINGS, refuse, window)
    dialog.show()
    field(dialog, "Name of the clinic").setText("New name")
    dialog.save()
    assert "No space left" in words(dialog)
    assert field(dialog, "Name of the clinic").text() == "New name"


def test_every_colour_has_its_words(qtbot: QtBot) -> None:
    page = ColoursPage({})
    qtbot.addWidget(page)
    assert set(page.edits) == set(COLOUR_TOKENS) == set(WORDS)


def beds_page(qtbot: QtBot) -> BedsPage:
    page = BedsPage(BEDS)
    qtbot.addWidget(page)
    return page


def test_a_moved_bed_keeps_its_key_and_its_monitors(qtbot: QtBot) -> None:
    page = beds_page(qtbot)
    page.move_by(1)
    assert page.beds() == BEDS[::-1]
    page.move_by(1)
    assert page.beds() == BEDS[::-1]


def test_a_renamed_bed_keeps_its_key(qtbot: QtBot) -> None:
    page = beds_page(qtbot)
    page.list.item(0).setText("  Window   seat ")
    assert page.beds()[0] == replace(BEDS[0], name="Window seat")


def test_a_new_bed_has_a_name_and_a_key_of_its_own(qtbot: QtBot) -> None:
    page = beds_page(qtbot)
    page.add()
    assert page.beds()[2] == BedSettings(key="chair-3", name="Chair 3")


def test_a_removed_bed_is_gone_with_its_key(qtbot: QtBot) -> None:
    page = beds_page(qtbot)
    page.remove()
    assert page.beds() == BEDS[1:]
    page.add()
    assert page.beds()[1] == BedSettings(key="chair-1", name="Chair 1")


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [("Chair 3", set(), "chair-3"), ("Chair 3", {"chair-3"}, "chair-3-2"), ("Стул", set(), "bed")],
)
def test_a_key_is_the_name_in_plain_letters(name: str, taken: set[str], key: str) -> None:
    assert key_for(name, taken) == key


def test_a_new_name_is_free() -> None:
    assert name_for({"chair 1", "chair 3"}) == "Chair 2"


# Keys and About


def test_the_sheet_has_every_key_of_the_window(window: QWidget) -> None:
    dialog = ShortcutsDialog(window)
    dialog.show()
    assert len(WINDOW_KEYS) == len(SHORTCUTS) + len(REVIEW_KEYS) + 1
    for row in (*SHORTCUTS, *REVIEW_KEYS):
        assert row.words in words(dialog)


def test_about_says_what_it_is_not(window: QWidget, qapp: QApplication) -> None:
    dialog = AboutDialog(window)
    dialog.show()
    assert "Not a medical device" in words(dialog)
    assert "Apache License 2.0" in words(dialog)


def test_every_third_party_has_a_licence() -> None:
    parts = third_parties()
    assert {"numpy", "pyqtgraph", "DejaVu fonts"} <= {part.name for part in parts}
    assert all(part.licence and part.version for part in parts)

"""Finding out which monitor is at a port, on the screen: what is asked, shown, stopped and connected."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.view import Recognised, RecognitionSnapshot, RecognitionState
from nurse_station.ui.dialogs.connect import ConnectDialog
from nurse_station.ui.dialogs.connect_addresses import why_not
from nurse_station.ui.dialogs.connect_finding import doing, outcome
from nurse_station.ui.dialogs.connect_raw import RawView, rows_of
from tests.ui import room

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

GE = Recognised(family="ge-s5-dri", name="GE S/5 family", line="115200 8E1, RTS/CTS", baud_rate=115200)
RUNNING = RecognitionSnapshot(
    port="/dev/ttyUSB0", step=3, steps=12, doing="listening at 9600 8N1", bytes_heard=42, raw=b"\x1b[2J",
    tried=("listening at 19200 8E1, RTS/CTS: nothing",),
)  # fmt: skip
FOUND = replace(RUNNING, state=RecognitionState.FOUND, found=GE)


@pytest.fixture
def station() -> room.FakeStation:
    return room.station(room.empty_bed(1), room.bed(2))


@pytest.fixture
def dialog(station: room.FakeStation, qtbot: QtBot) -> Iterator[ConnectDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    dialog = ConnectDialog(station, "chair-1", window)
    dialog.show()
    yield dialog
    window.close()


def words(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def key(dialog: QWidget) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.isDefault())


def show(dialog: ConnectDialog, station: room.FakeStation, picture: RecognitionSnapshot) -> None:
    station.recognitions[-1].shown = picture
    dialog._look()


def test_the_chosen_port_is_listened_to(dialog: ConnectDialog, station: room.FakeStation) -> None:
    assert key(dialog).text() == "&Find out"
    key(dialog).click()
    assert [each.shown.port for each in station.recognitions] == ["/dev/ttyUSB0"]
    assert station.sent == []


def test_while_it_runs_it_says_what_it_does_and_what_it_heard(
    dialog: ConnectDialog, station: room.FakeStation
) -> None:
    key(dialog).click()
    show(dialog, station, RUNNING)
    assert "Step 3 of 12: listening at 9600 8N1 · 42 bytes" in words(dialog)
    assert "listening at 19200 8E1, RTS/CTS: nothing" in words(dialog)
    raw = [view.words for view in dialog.findChildren(RawView) if view.isVisible()]
    assert raw == ["1B 5B 32 4A  ·[2J"]


def test_the_same_key_stops_it(dialog: ConnectDialog, station: room.FakeStation) -> None:
    key(dialog).click()
    show(dialog, station, RUNNING)
    assert key(dialog).text() == "St&op"
    key(dialog).click()
    assert station.recognitions[0].stopped
    assert key(dialog).text() == "&Find out"


def test_what_was_found_is_connected_with_one_key(
    dialog: ConnectDialog, station: room.FakeStation, qtbot: QtBot
) -> None:
    key(dialog).click()
    show(dialog, station, FOUND)
    assert "GE S/5 family at 115200 8E1, RTS/CTS. Enter connects it to Chair 1." in words(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert station.sent == [
        ConnectMonitor(bed="chair-1", driver="ge-s5-dri", kind=PortKind.SERIAL, port="/dev/ttyUSB0",
                       baud_rate=115200, serial_number="A1")
    ]  # fmt: skip


def test_after_a_refusal_the_same_key_tries_again_without_listening_anew(
    dialog: ConnectDialog, station: room.FakeStation
) -> None:
    key(dialog).click()
    show(dialog, station, FOUND)
    key(dialog).click()
    key(dialog).click()
    assert len(station.sent) == 2
    assert station.sent[0] == station.sent[1]
    assert len(station.recognitions) == 1


def test_advice_is_shown_when_nothing_is_found(dialog: ConnectDialog, station: room.FakeStation) -> None:
    key(dialog).click()
    show(dialog, station, replace(RUNNING, state=RecognitionState.NOT_FOUND, advice=("Nothing arrives.",)))
    assert "Nothing arrives." in words(dialog)
    assert key(dialog).text() == "&Find out"


def test_another_port_forgets_what_was_found(dialog: ConnectDialog, station: room.FakeStation) -> None:
    key(dialog).click()
    show(dialog, station, FOUND)
    dialog.show_source(1)
    address = next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName().startswith("Path"))
    address.setText("/dev/ttyUSB7")
    dialog.connect_now()
    assert station.sent == []
    assert [each.shown.port for each in station.recognitions] == ["/dev/ttyUSB0", "/dev/ttyUSB7"]


def test_closing_the_dialog_lets_the_port_go(dialog: ConnectDialog, station: room.FakeStation) -> None:
    key(dialog).click()
    dialog.reject()
    assert station.recognitions[0].stopped
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("practice", "chosen", "does"),
    [(True, "GE CARESCAPE", "&Connect"), (False, "Find out by itself", "&Find out")],
)
def test_only_a_port_can_be_listened_to(qtbot: QtBot, practice: bool, chosen: str, does: str) -> None:
    dialog = ConnectDialog(room.station(room.empty_bed(1), practice=practice), "chair-1")
    qtbot.addWidget(dialog)
    family = next(c for c in dialog.findChildren(QComboBox) if c.accessibleName() == "Monitor family")
    assert (family.currentText(), key(dialog).text()) == (chosen, does)


def test_a_chosen_speed_is_asked_for(dialog: ConnectDialog, station: room.FakeStation) -> None:
    boxes = {each.accessibleName(): each for each in dialog.findChildren(QComboBox)}
    boxes["Monitor family"].setCurrentIndex(1)
    boxes["Line settings"].setCurrentIndex(1)
    key(dialog).click()
    [sent] = station.sent
    assert isinstance(sent, ConnectMonitor)
    assert sent.baud_rate == 115200


@pytest.mark.parametrize(("state", "look"), [
    (RecognitionState.RUNNING, ""), (RecognitionState.FAILED, "trouble"),
    (RecognitionState.NOT_FOUND, "trouble"), (RecognitionState.STOPPED, "dim"),
])  # fmt: skip
def test_an_outcome_has_its_look(state: RecognitionState, look: str) -> None:
    assert outcome(replace(RUNNING, state=state, advice=("Why.",)), "Chair 1")[1] == look


def test_before_the_first_step_the_port_is_being_opened() -> None:
    assert doing(RecognitionSnapshot(port="COM4")) == "Opening COM4."


@pytest.mark.parametrize(("address", "good"), [
    ("COM4", True), ("/dev/ttyUSB0", True), ("socket://10.0.0.7:4001", True),
    ("rfc2217://server.local:4001", True), ("socket://[::1]:4001", True), ("", False),
    ("socket://host", False), ("socket://host:0", False), ("socket://host:70000", False),
    ("socket://:4001", False), ("socket:host:4001", False), ("rfc2217://host", False),
    ("Socket://host:4001", False), ("tcp://host:4001", False), ("socket://host:4001/x", False),
    ("socket://me@host:4001", False), ("socket://ho st:4001", False),
])  # fmt: skip
def test_an_address_is_taken_or_refused_in_words(address: str, good: bool) -> None:
    assert (why_not(address) == "") is good
    assert good or why_not(address).endswith(".")


def test_raw_bytes_stand_in_rows_the_newest_last() -> None:
    rows = rows_of(bytes(range(0x30, 0x30 + 40)), 8)
    assert len(rows) == 4
    assert rows[0][0][0] == "38"
    assert "".join(rows[-1][1]) == "PQRSTUVW"

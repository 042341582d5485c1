"""The dialog offers what belongs to its station, patients' or practice, and says where the rest belongs."""

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nurse_station.station.commands import FOR_PATIENTS, FOR_PRACTICE, ConnectMonitor, PortKind
from nurse_station.ui.dialogs.connect import ConnectDialog
from tests.ui import room

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
PORTS, APART = ("Serial port", "Address"), ("Recording", "Simulator")


def opened(qtbot: QtBot, *, practice: bool) -> tuple[ConnectDialog, room.FakeStation]:
    station = room.station(room.empty_bed(1), practice=practice)
    dialog = ConnectDialog(station, "chair-1")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, station


def choices(dialog: QWidget) -> dict[str, QPushButton]:
    return {each.accessibleName(): each for each in dialog.findChildren(QPushButton)}


@pytest.mark.hazard("H-17")
@pytest.mark.parametrize(
    ("practice", "own", "others", "why"),
    [(False, PORTS, APART, FOR_PATIENTS), (True, APART, PORTS, FOR_PRACTICE)],
    ids=["patients", "practice"],
)
def test_a_source_of_the_other_kind_cannot_be_chosen(
    qtbot: QtBot, practice: bool, own: tuple[str, ...], others: tuple[str, ...], why: str
) -> None:
    dialog, _ = opened(qtbot, practice=practice)
    buttons = choices(dialog)
    assert [buttons[name].isEnabled() for name in (*own, *others)] == [True, True, False, False]
    assert {buttons[name].toolTip() for name in others} == {why}
    assert why in [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(("practice", "number"), [(False, 2), (False, 3), (True, 0), (True, 1)])
def test_what_is_kept_apart_is_not_shown_even_when_asked_for(
    qtbot: QtBot, practice: bool, number: int
) -> None:
    dialog, station = opened(qtbot, practice=practice)
    dialog.show_source(number)
    dialog.connect_now()
    kinds = {command.kind for command in station.sent if isinstance(command, ConnectMonitor)}
    assert kinds <= ({PortKind.SIMULATOR} if practice else {PortKind.SERIAL})


def test_practice_begins_with_a_simulated_patient(qtbot: QtBot) -> None:
    dialog, station = opened(qtbot, practice=True)
    choices(dialog)["Connect"].click()
    [sent] = station.sent
    assert isinstance(sent, ConnectMonitor)
    assert sent.kind is PortKind.SIMULATOR

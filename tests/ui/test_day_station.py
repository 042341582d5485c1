"""From arrival to the start by keyboard alone, with a real station behind the forms; vital signs by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nurse_station.sessions import deeds
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.states import State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.station import Station
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.rate import RateDialog
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import bed_of, opened, run
from tests.ui.shown import shown

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """A nurse at the keyboard of a window over a station that is stepped."""

    def __init__(self, station: Station, clock: ManualClock, window: MainWindow, qtbot: QtBot) -> None:
        self.station, self.clock, self.window, self.qtbot = station, clock, window, qtbot

    @property
    def form(self) -> DayForm:
        [form] = [each for each in self.window.findChildren(DayForm) if each.isVisible()]
        return form

    @property
    def care(self) -> CareSnapshot:
        found = bed_of(self.station).care
        assert found is not None
        return found

    @property
    def field(self) -> str:
        """Name of the control that has the keyboard."""
        here = self.form.focusWidget()
        return "" if here is None else here.objectName()

    def wait(self, seconds: float = 1.0) -> None:
        run(self.station, self.clock, seconds, step=0.5)
        self.station.record.flush()
        self.window.bridge.look()
        for form in self.window.findChildren(DayForm):
            if form.isVisible():
                form.look()
                break

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.form.focusWidget() or self.form, key)
        self.wait()

    def type(self, text: str, then: Qt.Key = Key.Key_Return) -> None:
        self.qtbot.keyClicks(self.form.focusWidget(), text)
        self.key(then)


@pytest.fixture
def hands(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Hands]:
    clock = ManualClock(1000.0)
    with opened(tmp_path, clock) as station, shown(station, qtbot) as window:
        yield Hands(station, clock, window, qtbot)


def _arrive(hands: Hands) -> None:
    hands.qtbot.keyClick(hands.window, Key.Key_D, CONTROL)
    for text in ("Berg, Anna", "2 Apr 1980", "154 lb"):
        hands.type(text)
    for _ in range(2):
        hands.key(Key.Key_Space)
        hands.key(Key.Key_Return)
    hands.qtbot.waitUntil(lambda: hands.form.objectName() == "day_screening")
    hands.qtbot.waitUntil(lambda: hands.form._reading.done)  # type: ignore[attr-defined]
    hands.wait()


def _screen(hands: Hands) -> None:
    hands.key(Key.Key_Return)
    for _ in QUESTIONS:
        hands.qtbot.keyClick(hands.form.focusWidget(), Key.Key_N)
        hands.wait(0.5)
    hands.wait()
    hands.key(Key.Key_Return)


def _baseline(hands: Hands) -> None:
    for _ in range(3):
        hands.key(Key.Key_Return)
        for text in ("120", "70", "72", "98"):
            hands.qtbot.keyClicks(hands.form.focusWidget(), text)
            hands.qtbot.keyClick(hands.form.focusWidget(), Key.Key_Tab)
        hands.key(Key.Key_Return)
        hands.wait(160)


def test_a_patient_arrives_and_is_started_by_keyboard_alone(hands: Hands) -> None:
    _arrive(hands)
    patient = hands.care.session.patient
    assert patient is not None
    assert (patient.name, patient.weight_kg) == ("Berg, Anna", 69.9)
    _screen(hands)
    assert hands.care.summary.state is State.BASELINE
    for text in ("Dr Okafor", "LOT-1", "2099-03"):
        assert hands.field.startswith("order_")
        hands.type(text)
    assert hands.care.session.order is not None
    _baseline(hands)
    hands.key(Key.Key_Return)
    assert hands.care.summary.state is State.READY
    assert hands.field == "ready_nurse"
    hands.type("L. Chen", Key.Key_Tab)
    hands.type("Sven Berg")
    assert hands.care.session.second_nurse == "L. Chen"
    hands.key(Key.Key_Return)
    [rate] = [each for each in hands.window.findChildren(RateDialog) if each.isVisible()]
    assert rate.mode.value == "start"
    assert not [each for each in hands.window.findChildren(DayForm) if each.isVisible()]


def test_what_was_entered_reads_like_a_note(hands: Hands) -> None:
    _arrive(hands)
    _screen(hands)
    kinds = [type(entry.deed) for entry in hands.care.entries]
    assert kinds == [
        deeds.PatientBound, deeds.ScreeningBegun, *(deeds.Answered for _ in QUESTIONS), deeds.Screened,
    ]  # fmt: skip
    assert {entry.who for entry in hands.care.entries} == {"M. Ruiz"}

"""An infusion by keyboard, from start to undo, with a real station behind the window; measured by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from nurse_station.sessions import deeds
from nurse_station.sessions.states import State
from nurse_station.station.commands import DoDeed
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.station import Station
from nurse_station.ui.dialogs.rate import RateDialog
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock
from tests.station.day_script import _before as before_start
from tests.station.rooms import bed_of, opened, run
from tests.ui.shown import shown

Key = Qt.Key


@dataclass
class Ward:
    """A station that is stepped, and its window."""

    station: Station
    clock: ManualClock
    window: MainWindow
    qtbot: QtBot

    @property
    def care(self) -> CareSnapshot:
        found = bed_of(self.station).care
        assert found is not None
        return found

    @property
    def state(self) -> State:
        return self.care.summary.state

    def pass_time(self, seconds: float = 1.0) -> None:
        run(self.station, self.clock, seconds, step=0.25)
        self.station.record.flush()
        self.window.bridge.look()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.pass_time()

    def write(self, text: str) -> None:
        field = self.window.focusWidget()
        assert isinstance(field, QLineEdit)
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Key.Key_Return)
        self.pass_time()

    def pump(self, key: Qt.Key, shows: str) -> None:
        """Enter what the pump shows, and wait until it stands in the record."""
        self.key(key)
        panel = next(each for each in self.window.findChildren(RateDialog) if each.isVisible())
        self.qtbot.keyClicks(panel.fields["pump_ml_h"], shows)
        if panel.findings.rows:  # no monitor is connected: the prescriber lets it pass
            panel.findings.fill("Dr Stone", "measured by hand today")
        assert panel.record.isEnabled(), panel._told.text()
        self.qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_Return)
        self.pass_time()
        panel.look()
        assert not panel.isVisible()


@pytest.fixture
def ward(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Ward]:
    """A patient who is ready to start."""
    clock = ManualClock(1000.0)
    with opened(tmp_path, clock) as station:
        _prepare(station, clock)
        with shown(station, qtbot) as window:
            yield Ward(station, clock, window, qtbot)


def _prepare(station: Station, clock: ManualClock) -> None:
    station.answers()
    for minutes, deed in before_start():
        run(station, clock, minutes * 60, step=5.0)
        station.record.flush()
        station.send(DoDeed(bed="chair-1", deed=deed, who="Nora Field"))
        station.step()
    assert [answer.sentence for answer in station.answers() if not answer.done] == []


def test_an_infusion_is_started_checked_paused_resumed_and_stopped_by_keyboard(ward: Ward) -> None:
    ward.pump(Key.Key_F5, "7")
    assert ward.state is State.INFUSING
    ward.key(Key.Key_R)
    ward.key(Key.Key_U)
    ward.write("4")
    assert {scale for scale in ward.care.session.scores if ward.care.session.last(scale)} >= {
        "moaas", "pain", "nausea", "hallucination", "anxiety", "iv_site"
    }  # fmt: skip
    ward.key(Key.Key_F8)
    ward.key(Key.Key_Down)
    ward.key(Key.Key_Return)
    assert ward.state is State.PAUSED
    ward.pump(Key.Key_F5, "7")
    assert ward.state is State.INFUSING
    ward.key(Key.Key_F9)
    ward.key(Key.Key_Down)
    ward.key(Key.Key_Return)
    assert ward.state is State.RECOVERY
    record = "\n".join(ward.window.room_view.bed_view.record.words)
    for said in (
        "Infusion started at 0.1 mg/kg/h",
        "MOAA/S 5",
        "Pain 4",
        "paused",
        "resumed",
        "stopped: complete",
    ):
        assert said in record


def test_what_is_found_by_hand_counts_and_a_slip_is_taken_back(ward: Ward) -> None:
    ward.key(Key.Key_P)
    ward.write("131/79")
    assert ward.care.session.of(deeds.Measured)[-1][1].values["nibp_sys"] == 131
    ward.key(Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    ward.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    last = ward.care.session.last("moaas")
    assert last is None or last.score != 3
    assert any("Taken back" in line for line in ward.window.room_view.bed_view.record.words)
    ward.key(Key.Key_F12)
    assert ward.state is State.EMERGENCY
    ward.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ward.state is State.EMERGENCY
    ward.key(Key.Key_F5)
    ward.key(Key.Key_Return)
    assert ward.state is State.EMERGENCY
    ward.key(Key.Key_Down)
    ward.key(Key.Key_Return)
    assert ward.state is State.RECOVERY

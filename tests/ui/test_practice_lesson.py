"""A whole short lesson in the real windows, over a real classroom: a body, a monitor's bytes, a station."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nurse_station.alarms.limit_files import factory_file, load
from nurse_station.alarms.limits import Limits
from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.classroom.room import Classroom
from nurse_station.classroom.view import ClassroomView, Rewind
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.settings.model import Settings
from nurse_station.ui.models.debriefs import NOBODY_YET
from nurse_station.ui.models.practice import Kind
from nurse_station.ui.practice import debriefs
from nurse_station.ui.practice import window as practice_window
from nurse_station.ui.practice.debrief import DebriefWindow
from nurse_station.ui.practice.openers import Choices, Practice
from nurse_station.ui.practice.palette import HOLDING
from nurse_station.ui.practice.window import PracticeWindow
from nurse_station.vitals.clock import SystemClock
from tests.ui.shown import put_away

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
WAIT_MS = 20_000
SCENARIO = "airway_obstruction"


@pytest.fixture
def classroom(tmp_path: Path) -> ClassroomView:
    made = Classroom(
        folder=tmp_path / "practice", clock=SystemClock(), speaker=SilentSpeaker, drivers=DRIVERS,
        limits=Limits(factory=load(factory_file())), protocols=load_all(factory_folder()),
    )  # fmt: skip
    return cast(ClassroomView, made)


@pytest.fixture
def entered(classroom: ClassroomView, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], Practice]]:
    """Begins the lesson, and waits until the bed is entered."""
    made: list[Practice] = []

    def enter() -> Practice:
        practice = Practice(classroom, Settings(), Choices(scenario=SCENARIO, trainee="M. Ruiz", seed=3))
        made.append(practice)
        practice.start()
        qtbot.waitUntil(lambda: practice.window is not None, timeout=WAIT_MS)
        return practice

    yield enter
    put_away(made)


def do(qtbot: QtBot, window: PracticeWindow, typed: str) -> None:
    """At the bed, by keyboard."""
    qtbot.keyClick(window, Key.Key_K, CONTROL)
    qtbot.keyClicks(window.deeds.field, typed)
    qtbot.keyClick(window.deeds.field, Key.Key_Return)


def window_of(practice: Practice) -> PracticeWindow:
    assert practice.window is not None
    return practice.window


def test_a_short_lesson_by_keyboard_from_the_bed_to_its_debrief(
    entered: Callable[[], Practice], classroom: ClassroomView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr(practice_window, "agrees", lambda *_: True)
    practice = entered()
    window = window_of(practice)
    with qtbot.waitActive(window):
        window.activateWindow()
    bed = window.room_view.bed_view
    assert bed.header.simulation_is_marked
    qtbot.waitUntil(lambda: bed.numerics.blocks["spo2"].block is not None
                    and bed.numerics.blocks["spo2"].block.value.isdigit(), timeout=WAIT_MS)  # fmt: skip
    do(qtbot, window, "call name")
    qtbot.waitUntil(lambda: any(said.kind is Kind.PATIENT for said in window.voice.shown), timeout=WAIT_MS)
    do(qtbot, window, "jaw")
    qtbot.waitUntil(lambda: window.deeds.cards["jaw_thrust"].accessibleName().startswith(HOLDING),
                    timeout=WAIT_MS)  # fmt: skip
    assert window.deeds.pump.face.text().endswith("runs")
    do(qtbot, window, "stop the pump")
    qtbot.waitUntil(lambda: window.deeds.pump.face.text() == "0.0 mL/h · STOPPED", timeout=WAIT_MS)
    qtbot.keyClick(window, Key.Key_E, BOTH)
    qtbot.waitUntil(lambda: practice.debrief is not None, timeout=WAIT_MS)
    assert isinstance(practice.debrief, DebriefWindow)
    assert practice.window is None
    [run] = classroom.runs("M. Ruiz")
    assert [line.key for line in run.debrief.log if line.what == "done"] == [
        "call_name", "jaw_thrust", "stop_pump"
    ]  # fmt: skip
    practice.debrief.close()
    assert "ended before anything was asked" in practice.chooser.list.item(2).text()
    assert not (tmp_path / "record.sqlite3").exists(), "nothing stands where patients' records do"
    reads_it_again(qtbot, practice)
    deletes_it(practice, classroom, tmp_path, monkeypatch)


def reads_it_again(qtbot: QtBot, practice: Practice) -> None:
    """The debrief that was just closed, from the list."""
    with qtbot.waitActive(practice.chooser):
        practice.chooser.activateWindow()
    practice.chooser.debriefs_button.click()
    qtbot.keyClick(practice.chooser.debriefs.table, Key.Key_Return)
    shown = practice.debrief
    assert isinstance(shown, DebriefWindow)
    assert "Stop the pump" in [row.cells[3] for row in shown.timeline.rows.rows]
    assert " · practised " in shown.windowTitle()
    shown.close()
    assert practice.chooser.debriefs.isVisible()


def deletes_it(
    practice: Practice, classroom: ClassroomView, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debriefs, "agrees", lambda *_: True)
    assert len(list((folder / "practice" / "debriefs").iterdir())) == 1
    practice.chooser.debriefs.delete_button.click()
    assert practice.chooser.debriefs.words == NOBODY_YET
    assert not list((folder / "practice" / "debriefs").iterdir())
    assert classroom.trainees() == ()


def test_after_a_rewinding_the_room_goes_on_from_the_bookmark(
    entered: Callable[[], Practice], qtbot: QtBot
) -> None:
    practice = entered()
    window = window_of(practice)
    do(qtbot, window, "call name")
    qtbot.waitUntil(lambda: bool(window.voice.shown), timeout=WAIT_MS)
    before = window.room_view
    assert practice.lesson is not None
    practice.lesson.send(Rewind(number=1))
    qtbot.waitUntil(lambda: window.room_view is not before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: [said.kind for said in window.voice.shown] == [Kind.LESSON], timeout=WAIT_MS)
    assert not window.bridge.stopped
    assert window.room_view.bed_view.header.simulation_is_marked

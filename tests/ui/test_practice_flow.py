"""From the chooser to a lesson, its debrief and back, over a classroom made by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from practice_room import AIRWAY, TRAINEE, FakeClassroom, FakeLesson, debrief, kept, snapshot
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nurse_station.classroom.view import DoAtBedside, Hold, Stage
from nurse_station.settings.model import Settings
from nurse_station.training.debrief import Debrief
from nurse_station.ui.models.practice import ALONE
from nurse_station.ui.practice import debrief as debrief_module
from nurse_station.ui.practice import openers
from nurse_station.ui.practice.debrief import DebriefWindow
from nurse_station.ui.practice.instructor import InstructorWindow
from nurse_station.ui.practice.openers import Choices, Practice, open_practice
from nurse_station.ui.practice.seats import Table
from nurse_station.ui.practice.window import PracticeWindow
from tests.ui.shown import put_away

Begun = Callable[..., Practice]


@pytest.fixture
def begun(qapp: QApplication) -> Iterator[Begun]:
    """Practice with its windows, put away at the end."""
    made: list[Practice] = []

    def begin(classroom: FakeClassroom, **choices: Any) -> Practice:
        settings = {"trainee": TRAINEE, "seed": 7} | choices
        made.append(Practice(classroom, Settings(), Choices(**settings)))
        made[-1].start()
        return made[-1]

    yield begin
    put_away(made)


def look(practice: Practice, lesson: FakeLesson, **change: Any) -> None:
    """The next picture, seen."""
    lesson.change(**change)
    watch = practice.window.watch if practice.window is not None else practice.watch
    assert watch is not None
    watch.look()


def running(begun: Begun, classroom: FakeClassroom, **choices: Any) -> tuple[Practice, FakeLesson]:
    practice = begun(classroom, scenario=AIRWAY.key, **choices)
    [lesson] = classroom.begun
    look(practice, lesson, stage=Stage.RUNNING)
    assert isinstance(practice.window, PracticeWindow)
    return practice, lesson


def test_without_a_scenario_the_chooser_waits(begun: Begun) -> None:
    classroom = FakeClassroom()
    practice = begun(classroom)
    assert practice.chooser.isVisible()
    assert not classroom.begun


def test_a_scenario_of_the_command_line_begins_at_once(begun: Begun) -> None:
    classroom = FakeClassroom()
    practice = begun(classroom, scenario=AIRWAY.key)
    [lesson] = classroom.begun
    assert (lesson.shown.scenario, lesson.shown.trainee, lesson.shown.seed) == (AIRWAY, TRAINEE, 7)
    assert practice.chooser.preparing.isVisible()


def test_without_a_name_it_is_asked_for_first(begun: Begun) -> None:
    classroom = FakeClassroom()
    practice = begun(classroom, scenario=AIRWAY.key, trainee="")
    assert not classroom.begun
    assert practice.chooser.chosen is AIRWAY
    assert practice.chooser.trouble


def test_without_a_number_one_is_thrown(begun: Begun) -> None:
    practice = begun(FakeClassroom(), seed=None)
    before = practice.chooser.seed.text()
    thrown = set()
    for _ in range(5):
        practice.chooser.dice.click()
        thrown.add(practice.chooser.seed.text())
    assert thrown - {before}


def test_at_second_0_the_bed_takes_the_place_of_the_chooser(begun: Begun) -> None:
    practice, _ = running(begun, FakeClassroom())
    assert practice.window is not None
    assert practice.window.isVisible()
    assert not practice.chooser.isVisible()
    assert practice.beside is None


def test_the_preparation_can_be_left(begun: Begun) -> None:
    classroom = FakeClassroom()
    practice = begun(classroom, scenario=AIRWAY.key)
    practice.chooser.preparing.cancel_button.click()
    assert classroom.begun[0].closed
    assert practice.chooser.list.isVisible()


def test_a_lesson_that_cannot_begin_says_why(begun: Begun) -> None:
    classroom = FakeClassroom()
    classroom.trouble = "The disk is full."
    practice = begun(classroom, scenario=AIRWAY.key)
    assert practice.chooser.trouble == "The disk is full."
    assert practice.chooser.list.isVisible()


def test_a_preparation_that_failed_says_why(begun: Begun) -> None:
    classroom = FakeClassroom()
    practice = begun(classroom, scenario=AIRWAY.key)
    look(practice, classroom.begun[0], stage=Stage.FAILED, trouble="The body failed.")
    assert practice.chooser.trouble == "The body failed."
    assert classroom.begun[0].closed


def test_a_lesson_that_failed_leads_back_and_says_why(begun: Begun) -> None:
    practice, lesson = running(begun, FakeClassroom())
    look(practice, lesson, stage=Stage.FAILED, trouble="The body failed.")
    assert practice.window is None
    assert lesson.closed
    assert practice.chooser.trouble == "The body failed."


def test_the_end_brings_the_debrief_and_its_end_the_chooser(begun: Begun) -> None:
    classroom = FakeClassroom(runs=[kept(day=1)])
    practice, lesson = running(begun, classroom)
    look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    shown = practice.debrief
    assert isinstance(shown, DebriefWindow)
    assert shown.isVisible()
    assert practice.window is None
    assert lesson.closed
    shown.close()
    assert practice.chooser.isVisible()
    assert practice.debrief is None


def test_the_lesson_stays_in_sight_until_its_debrief_stands(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice, lesson = running(begun, FakeClassroom())
    window, made = practice.window, practice._made_debrief
    assert window is not None
    seen: list[tuple[bool, str]] = []

    def make(of: Debrief) -> QWidget:
        seen.append((window.isVisible(), window.bar.stage.words))
        return made(of)

    monkeypatch.setattr(practice, "_made_debrief", make)
    look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    assert seen == [(True, "The debrief is being made…")]
    assert practice.window is None
    assert not window.isVisible()


def test_ctrl_q_closes_the_debrief(begun: Begun, qtbot: QtBot) -> None:
    practice, lesson = running(begun, FakeClassroom())
    look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    shown = practice.debrief
    assert shown is not None
    with qtbot.waitActive(shown):
        shown.activateWindow()
    qtbot.keyClick(shown, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert practice.debrief is None
    assert practice.chooser.isVisible()


def test_a_debrief_that_was_not_kept_says_so_over_the_debrief(begun: Begun) -> None:
    practice, lesson = running(begun, FakeClassroom())
    look(practice, lesson, stage=Stage.OVER)
    lesson.waiting = ["The debrief could not be kept: print it now."]
    look(practice, lesson, debrief=debrief())
    assert practice.debrief is not None
    [box] = practice.debrief.findChildren(QMessageBox)
    assert box.text() == "The debrief could not be kept: print it now."


def test_a_debrief_that_cannot_be_shown_leaves_no_window_of_the_lesson(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    practice, lesson = running(begun, FakeClassroom())
    monkeypatch.setattr(debrief_module, "DebriefWindow", fails)
    with pytest.raises(ZeroDivisionError):
        practice.show_debrief(debrief(), "")
    assert lesson.closed
    assert practice.window is None
    assert practice.chooser.trouble == openers.NOT_SHOWN


def test_again_is_the_same_patient_again(begun: Begun) -> None:
    classroom = FakeClassroom()
    practice, lesson = running(begun, classroom)
    look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    assert isinstance(practice.debrief, DebriefWindow)
    practice.debrief.again.emit()
    assert len(classroom.begun) == 2
    assert classroom.begun[1].shown.seed == 7
    assert practice.chooser.preparing.isVisible()


def test_the_debriefs_paper_is_written_where_it_is_wished(begun: Begun, tmp_path: Path) -> None:
    practice, lesson = running(begun, FakeClassroom())
    look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    practice.print_debrief(debrief(), (), None, tmp_path / "debrief.pdf")
    assert (tmp_path / "debrief.pdf").read_bytes().startswith(b"%PDF")


def test_the_instructors_window_stands_beside_if_it_was_chosen(begun: Begun) -> None:
    practice, lesson = running(begun, FakeClassroom(), instructor=True)
    assert isinstance(practice.beside, InstructorWindow)
    assert practice.beside.isVisible()
    practice.beside.close()
    assert practice.window is not None
    practice.window.show_instructor()
    assert practice.beside.isVisible()
    look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    assert practice.beside is None


def test_the_trainee_alone_brings_no_instructors_window(begun: Begun) -> None:
    practice, _ = running(begun, FakeClassroom())
    assert practice.window is not None
    practice.window.show_instructor()
    assert practice.beside is None
    assert practice.window.room_view.answer_bar.sentence.endswith(ALONE)


def test_a_notice_stands_in_the_chooser_and_in_the_lesson(begun: Begun) -> None:
    practice, _ = running(begun, FakeClassroom(), notice=lambda: "A station watches.")
    assert practice.window is not None
    assert practice.window.bar.silent.toolTip() == "A station watches."
    assert practice.chooser.notice == "A station watches."


def test_the_closed_chooser_ends_practice_and_what_was_prepared(begun: Begun, qtbot: QtBot) -> None:
    classroom = FakeClassroom()
    practice = begun(classroom, scenario=AIRWAY.key)
    with qtbot.waitSignal(practice.finished, timeout=1000):
        practice.chooser.close()
    assert classroom.begun[0].closed


def test_every_window_of_practice_says_simulation_first(begun: Begun, qapp: QApplication) -> None:
    practice, lesson = running(begun, FakeClassroom(), instructor=True)
    look(practice, lesson, log=())
    windows = [
        window for window in qapp.topLevelWidgets() if window.isVisible() and type(window) is not QWidget
    ]
    assert len(windows) >= 2
    for window in windows:
        assert window.windowTitle().startswith("SIMULATION"), window


def test_the_program_ends_with_its_chooser(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed_at_once() -> int:
        chooser = next(each for each in qapp.topLevelWidgets() if each.windowTitle().startswith("SIMULATION"))
        chooser.close()
        return 0

    monkeypatch.setattr(qapp, "exec", closed_at_once)
    assert open_practice(FakeClassroom(), Settings()) == 0
    assert qapp.quitOnLastWindowClosed()


# Who hears of what was refused


def test_each_window_hears_what_was_refused_of_its_own_wishes() -> None:
    lesson = FakeLesson(snapshot())
    table = Table(lesson)
    trainee, instructor = table.trainee, table.instructor
    instructor.send(Hold(on=True))
    lesson.waiting = ["It stands still already."]
    assert trainee.refusals() == []
    assert instructor.refusals() == ["It stands still already."]
    assert instructor.refusals() == []


def test_what_was_refused_before_a_wish_is_not_about_it() -> None:
    from nurse_station.training.actions import parse

    lesson = FakeLesson(snapshot())
    table = Table(lesson)
    trainee, instructor = table.trainee, table.instructor
    instructor.send(Hold(on=True))
    lesson.waiting = ["It stands still already."]
    trainee.send(DoAtBedside(action=parse("look")))
    lesson.waiting = ["The lesson stands still."]
    assert trainee.refusals() == ["The lesson stands still."]
    assert instructor.refusals() == ["It stands still already."]


def test_a_seat_that_is_left_ends_no_lesson() -> None:
    lesson = FakeLesson(snapshot())
    Table(lesson).trainee.close()
    assert not lesson.closed

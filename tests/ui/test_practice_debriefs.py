"""The list of kept debriefs: whose, in which order, opened and deleted by keyboard; what is said of none."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from practice_room import AIRWAY, SCENARIOS, TRAINEE, FakeClassroom, debrief, kept, score
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from nurse_station.classroom.kept import KeptRuns
from nurse_station.classroom.view import KeptRun
from nurse_station.settings.model import Settings
from nurse_station.training.debrief import Debrief
from nurse_station.training.score import AlarmTimes, Outcome, Result
from nurse_station.ui.models import debriefs as model
from nurse_station.ui.practice import debrief as debrief_module
from nurse_station.ui.practice import debriefs as page_module
from nurse_station.ui.practice import openers
from nurse_station.ui.practice.chooser import ChooserWindow
from nurse_station.ui.practice.debrief import DebriefWindow
from nurse_station.ui.practice.debriefs import DebriefsPage
from nurse_station.ui.practice.openers import Choices, Practice
from nurse_station.ui.theme import apply_theme
from tests.ui.shown import put_away

Key = Qt.Key
VASOVAGAL = SCENARIOS["vasovagal"]
RUNS = (kept(day=1, passed=False), kept(VASOVAGAL, day=2, trainee="B"), kept(VASOVAGAL, day=3), kept(day=4))
"""Of M. Ruiz three, of B one."""


@pytest.fixture
def begun(qapp: QApplication) -> Iterator[Callable[..., Practice]]:
    """Practice whose chooser stands, put away at the end."""
    made: list[Practice] = []

    def begin(classroom: FakeClassroom, trainee: str = TRAINEE) -> Practice:
        made.append(Practice(classroom, Settings(), Choices(trainee=trainee, seed=7)))
        made[-1].start()
        made[-1].chooser.activateWindow()
        return made[-1]

    yield begin
    put_away(made)


def listed(
    qtbot: QtBot, classroom: FakeClassroom, trainee: str = TRAINEE
) -> tuple[ChooserWindow, DebriefsPage]:
    chooser = ChooserWindow(classroom, {})
    qtbot.addWidget(chooser)
    chooser.set_options(trainee=trainee)
    chooser.show()
    with qtbot.waitActive(chooser):
        chooser.activateWindow()
    chooser.debriefs_button.click()
    assert chooser.debriefs.isVisible()
    return chooser, chooser.debriefs


def names(page: DebriefsPage) -> list[str]:
    """The scenarios of the list, with who practised, in its order."""
    table = page.table.model()
    return [table.data(table.index(row, model.SCENARIO)) for row in range(table.rowCount())]


def agree(monkeypatch: pytest.MonkeyPatch, agreed: bool = True) -> list[str]:
    """Answer the question; what was asked."""
    asked: list[str] = []

    def answer(_window: QWidget, _title: str, sentence: str, _yes: str) -> bool:
        asked.append(sentence)
        return agreed

    monkeypatch.setattr(page_module, "agrees", answer)
    return asked


# What stands in it


def test_the_newest_comes_first_of_whoever_is_named(qtbot: QtBot) -> None:
    _, page = listed(qtbot, FakeClassroom(runs=RUNS))
    assert page.who.currentText() == TRAINEE
    assert names(page) == [
        f"{each.debrief.name}\nM. Ruiz · patient 7" for each in (RUNS[3], RUNS[2], RUNS[0])
    ]
    assert page.chosen is RUNS[3]
    assert page.table.hasFocus()


def test_everybodys_can_be_listed(qtbot: QtBot) -> None:
    _, page = listed(qtbot, FakeClassroom(runs=RUNS))
    page.who.setCurrentIndex(0)
    assert page.who.currentText() == model.EVERYBODY
    assert len(names(page)) == 4
    said = [label.text() for label in page.findChildren(QLabel)]
    assert "4 of 4 debriefs" in said


def test_the_name_is_found_whatever_its_letters(qtbot: QtBot) -> None:
    classroom = FakeClassroom(runs=RUNS)
    _, page = listed(qtbot, classroom, trainee="m. RUIZ")
    assert page.who.count() == 3
    assert len(names(page)) == 3


def test_who_has_not_practised_reads_so_and_may_look_at_the_others(qtbot: QtBot) -> None:
    _, page = listed(qtbot, FakeClassroom(runs=RUNS), trainee="New")
    assert page.words == "No debrief of New is kept here."
    assert not page.table.isVisible()
    assert not page.open_button.isEnabled()
    assert page.back_button.hasFocus()
    page.who.setCurrentIndex(0)
    assert page.words == ""
    assert page.table.isVisible()


def test_where_nobody_practised_that_is_said(qtbot: QtBot) -> None:
    _, page = listed(qtbot, FakeClassroom(), trainee="")
    assert page.words == model.NOBODY_YET
    assert not page.delete_button.isEnabled()


def test_a_debrief_that_cannot_be_read_is_named_there(qtbot: QtBot) -> None:
    classroom = FakeClassroom(runs=RUNS, faults=["night.toml: name is missing."])
    classroom.torn = ("torn.json: This is no JSON, or only a part of it.",)
    _, page = listed(qtbot, classroom)
    assert page.trouble == classroom.torn[0]


@pytest.mark.parametrize(
    ("zone", "written"),
    [("CET-1CEST,M3.5.0,M10.5.0/3", "2026-01-02 10:00 CET"), ("UTC", "2026-01-02 09:00 UTC"),
     ("<+0545>-5:45", "2026-01-02 14:45 +0545")],
)  # fmt: skip
def test_date_and_time_are_local_and_name_their_zone(
    zone: str, written: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set for a test")
    request.addfinalizer(time.tzset)  # after the environment is as it was
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert model.practised(datetime(2026, 1, 2, 9, tzinfo=UTC)) == written
    time.tzset()


def test_verdict_and_seconds_to_action_are_those_of_the_progress_table() -> None:
    alarm = AlarmTimes(condition="apnoea", began=60.0, high=True, acknowledged_s=4.0, action_s=12.0)
    run = KeptRun(name="a", at=RUNS[0].at, debrief=debrief())
    acted = KeptRun(name="b", at=RUNS[0].at, debrief=_scored(alarms=(alarm,), passed=False))
    cells = [row.cells[1:3] for row in model.listed((run, acted)).rows]
    assert cells == [("✓ Passed", "no alarm"), ("✗ Not passed", "12 s")]


def test_who_was_asked_for_nothing_has_not_passed_there_either() -> None:
    asked = Result(name="a", words="a", needed=True, record=False, outcome=Outcome.NOT_ASKED, after_s=None,
                   within_s=30)  # fmt: skip
    [row] = model.listed((KeptRun(name="a", at=RUNS[0].at, debrief=_scored(results=(asked,))),)).rows
    assert row.cells[1] == model.EARLY


def _scored(**more: Any) -> Debrief:
    return replace(debrief(), score=score(**more))


def test_the_runs_before_one_are_this_trainees_alone() -> None:
    assert model.before(RUNS, RUNS[3]) == (RUNS[0], RUNS[2])
    assert model.before(RUNS, RUNS[0]) == ()
    twin = KeptRun(name="z", at=RUNS[0].at, debrief=RUNS[0].debrief)
    assert model.before((RUNS[0], twin), twin) == (RUNS[0],)


# Opening


@pytest.mark.parametrize("way", ["enter", "button", "double click"])
def test_enter_the_button_and_a_double_click_open_it(qtbot: QtBot, way: str) -> None:
    chooser, page = listed(qtbot, FakeClassroom(runs=RUNS))
    with qtbot.waitSignal(chooser.debrief_asked, timeout=1000) as told:
        if way == "enter":
            qtbot.keyClick(page.table, Key.Key_Down)
            qtbot.keyClick(page.table, Key.Key_Return)
        elif way == "button":
            page.table.selectRow(1)
            page.open_button.click()
        else:
            cell = page.table.visualRect(page.table.model().index(1, 0)).center()
            qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
            qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert told.args == [RUNS[2]]


def test_an_old_debrief_is_the_same_window_with_its_date_and_the_runs_before(
    begun: Callable[..., Practice],
) -> None:
    practice = begun(FakeClassroom(runs=RUNS))
    practice.chooser.debriefs_button.click()
    practice.chooser.debriefs.table.selectRow(1)
    practice.chooser.debriefs.open()
    shown = practice.debrief
    assert isinstance(shown, DebriefWindow)
    assert shown.isVisible()
    assert not practice.chooser.isVisible()
    assert shown.windowTitle().startswith("SIMULATION")
    assert model.practised(RUNS[2].at) in shown.windowTitle()
    assert any(
        f"practised {model.practised(RUNS[2].at)}" in label.text() for label in shown.findChildren(QLabel)
    )
    assert shown.progress.table.model().rowCount() == 2


def test_its_end_leads_back_to_the_list_and_the_row(begun: Callable[..., Practice], qtbot: QtBot) -> None:
    practice = begun(FakeClassroom(runs=RUNS))
    page = practice.chooser.debriefs
    practice.chooser.debriefs_button.click()
    page.table.selectRow(2)
    page.open()
    assert practice.debrief is not None
    with qtbot.waitActive(practice.debrief):
        pass
    qtbot.keyClick(practice.debrief, Key.Key_Escape)
    assert practice.debrief is None
    assert page.isVisible()
    assert page.chosen is RUNS[0]


def test_again_from_an_old_one_is_that_patient_for_that_trainee(begun: Callable[..., Practice]) -> None:
    classroom = FakeClassroom(runs=RUNS)
    practice = begun(classroom)
    practice.chooser.hints.click()
    practice.chooser.debriefs_button.click()
    practice.chooser.debriefs.who.setCurrentIndex(0)
    practice.chooser.debriefs.table.selectRow(2)
    practice.chooser.debriefs.open()
    assert isinstance(practice.debrief, DebriefWindow)
    practice.debrief.again_button.click()
    [lesson] = classroom.begun
    shown = lesson.shown
    assert (shown.scenario, shown.trainee, shown.seed, shown.hints) == (VASOVAGAL, "B", 7, False)
    assert practice.debrief is None
    assert practice.chooser.preparing.isVisible()


def test_again_of_a_scenario_that_is_gone_says_so(begun: Callable[..., Practice]) -> None:
    classroom = FakeClassroom(runs=RUNS)
    practice = begun(classroom)
    practice.chooser.debriefs_button.click()
    practice.chooser.debriefs.open()
    classroom.trouble = "There is no scenario airway_obstruction: choose one of the list."
    assert isinstance(practice.debrief, DebriefWindow)
    practice.debrief.again_button.click()
    assert practice.chooser.trouble == classroom.trouble
    assert practice.chooser.list.isVisible()


def test_the_paper_of_an_old_one_bears_its_date(
    begun: Callable[..., Practice], qtbot: QtBot, tmp_path: Path
) -> None:

    practice = begun(FakeClassroom(runs=RUNS))
    practice.show_kept(RUNS[0])
    assert isinstance(practice.debrief, DebriefWindow)
    practice.debrief.save_to(tmp_path / "d.pdf")
    window = practice.debrief
    qtbot.waitUntil(lambda: window.words.startswith("Saved"), timeout=20_000)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "d.pdf").pages)
    assert re.search(rf"Practised\s+{RUNS[0].at.astimezone():%Y-%m-%d %H:%M}", text)


def test_one_that_cannot_be_shown_leaves_the_list_and_says_so(
    begun: Callable[..., Practice], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    practice = begun(FakeClassroom(runs=RUNS))
    practice.chooser.debriefs_button.click()
    monkeypatch.setattr(debrief_module, "DebriefWindow", fails)
    with pytest.raises(ZeroDivisionError):
        practice.show_kept(RUNS[0])
    assert practice.chooser.debriefs.trouble == openers.NOT_SHOWN
    assert practice.chooser.isVisible()


# Deleting


def test_one_is_deleted_when_it_is_agreed_to_and_the_next_is_chosen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, classroom = agree(monkeypatch), FakeClassroom(runs=RUNS)
    _, page = listed(qtbot, classroom)
    qtbot.keyClick(page.table, Key.Key_Down)
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert classroom.kept == (RUNS[0], RUNS[1], RUNS[3])
    assert page.chosen is RUNS[0]
    assert TRAINEE in asked[0]
    assert VASOVAGAL.name in asked[0]
    assert "lost for good" in asked[0]


def test_who_does_not_agree_keeps_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(monkeypatch, agreed=False)
    classroom = FakeClassroom(runs=RUNS)
    _, page = listed(qtbot, classroom)
    page.delete_button.click()
    assert classroom.kept == RUNS


def test_the_last_of_a_trainee_leaves_the_name_and_no_row(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(monkeypatch)
    _, page = listed(qtbot, FakeClassroom(runs=RUNS), trainee="B")
    page.delete_button.click()
    assert page.who.currentText() == "B"
    assert page.words == "No debrief of B is kept here."


def test_what_hinders_the_deletion_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(monkeypatch)
    classroom = FakeClassroom(runs=RUNS)
    classroom.trouble = "x could not be deleted (Permission denied)."
    classroom.torn = ("torn.json: This is no JSON.",)
    _, page = listed(qtbot, classroom)
    page.delete_button.click()
    assert page.trouble == f"{classroom.trouble}\n{classroom.torn[0]}"
    assert len(names(page)) == 3


def test_a_file_of_the_disk_goes_and_no_other(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    agree(monkeypatch)
    files, classroom = KeptRuns(tmp_path), FakeClassroom()
    for day, run in enumerate(RUNS):
        files.keep(run.debrief, run.at + timedelta(days=day))
    for call in ("runs", "trainees", "forget"):
        monkeypatch.setattr(classroom, call, getattr(files, call))
    _, page = listed(qtbot, classroom)
    before = {path.name for path in tmp_path.iterdir()}
    assert page.chosen is not None
    name = page.chosen.name
    page.delete_button.click()
    assert before - {path.name for path in tmp_path.iterdir()} == {name}


# Its keys, and how it looks


def test_escape_and_back_lead_to_the_scenarios(qtbot: QtBot) -> None:
    chooser, page = listed(qtbot, FakeClassroom(runs=RUNS))
    qtbot.keyClick(page.table, Key.Key_Escape)
    assert chooser.list.isVisible()
    assert chooser.list.hasFocus()
    chooser.debriefs_button.click()
    page.back_button.click()
    assert chooser.list.isVisible()


def test_the_scenarios_know_of_what_was_deleted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(monkeypatch)
    chooser, page = listed(qtbot, FakeClassroom(runs=(kept(),)))
    page.delete_button.click()
    page.back_button.click()
    assert "passed" not in chooser.list.item(list(SCENARIOS).index(AIRWAY.key)).text()


def test_no_lesson_begins_from_the_list_by_the_choosers_key(qtbot: QtBot) -> None:
    chooser, page = listed(qtbot, FakeClassroom(runs=RUNS))
    with qtbot.assertNotEmitted(chooser.begin_asked):
        qtbot.keyClick(page.table, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_every_part_is_reached_by_tab_and_has_a_name(qtbot: QtBot) -> None:
    chooser, page = listed(qtbot, FakeClassroom(runs=RUNS))
    reached = []
    for _ in range(8):
        reached.append(chooser.focusWidget())
        qtbot.keyClick(chooser.focusWidget() or chooser, Key.Key_Tab)
    for part in (page.who, page.table, page.back_button, page.delete_button, page.open_button):
        assert part in reached
        assert part.accessibleName()
    for part in page.findChildren(QPushButton):
        assert part.accessibleName()


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_it_fits_the_smallest_chooser_with_long_names(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    long = kept(trainee="Wolfeschlegelsteinhausenbergerdorff, Adolph Blaine Charles David Earl")
    chooser, page = listed(qtbot, FakeClassroom(runs=(long,)), trainee=long.debrief.trainee)
    chooser.resize(chooser.minimumSize())
    QApplication.processEvents()
    assert chooser.width() == chooser.minimumWidth()
    columns = sum(page.table.columnWidth(each) for each in range(len(model.TITLES)))
    assert columns <= page.table.viewport().width()
    assert not chooser.grab().isNull()

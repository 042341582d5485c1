"""The chooser: what a trainee may know before, by keyboard, and what it refuses."""

import pytest
from practice_room import AIRWAY, SCENARIOS, TRAINEE, FakeClassroom, kept, snapshot
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from nurse_station.classroom.view import Stage
from nurse_station.ui.practice.chooser import (
    LARGEST_SEED,
    NAMELESS,
    NO_SCENARIOS,
    WRONG_SEED,
    ChooserWindow,
    Wanted,
)
from nurse_station.ui.practice.forms import number_in

Key = Qt.Key
NAMES = {"ge-s5-dri": "GE CARESCAPE"}


def opened(qtbot: QtBot, classroom: FakeClassroom, trainee: str = TRAINEE) -> ChooserWindow:
    made = ChooserWindow(classroom, NAMES)
    qtbot.addWidget(made)
    made.set_options(trainee=trainee, seed=7)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def empty_classroom() -> FakeClassroom:
    made = FakeClassroom(faults=["night.toml: lasts_min must be a number (line 4)."])
    made.known = ()
    return made


def test_every_scenario_is_offered_a_short_one_chosen(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    assert chooser.list.count() == len(SCENARIOS)
    assert chooser.chosen is AIRWAY
    assert chooser.list.hasFocus()


def test_what_this_trainee_has_passed_is_not_chosen_again(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom(runs=(kept(AIRWAY),)))
    assert chooser.chosen is SCENARIOS["laryngospasm"]
    assert opened(qtbot, FakeClassroom(runs=(kept(AIRWAY),)), trainee="B").chosen is AIRWAY


def test_what_is_chosen_stays_so_when_it_is_looked_at_anew(qtbot: QtBot) -> None:
    classroom = FakeClassroom()
    chooser = opened(qtbot, classroom)
    chooser.choose("emergence")
    chooser.refresh()
    assert chooser.chosen is SCENARIOS["emergence"]
    classroom.known = tuple(each for each in SCENARIOS.values() if each.key != "emergence")
    chooser.refresh()
    assert chooser.chosen is AIRWAY


def test_a_long_day_says_its_hours(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    assert "\n5 h 30 min · " in chooser.list.item(list(SCENARIOS).index("quiet_day")).text()
    chooser.choose("quiet_day")
    assert "At most 5 h 30 min." in " ".join(chooser.words)


def test_arrows_choose_and_enter_starts(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    chooser.choose(next(iter(SCENARIOS)))
    chooser.list.setFocus()
    for _ in range(2):
        qtbot.keyClick(chooser.list, Key.Key_Down)
    with qtbot.waitSignal(chooser.begin_asked, timeout=1000) as told:
        qtbot.keyClick(chooser.list, Key.Key_Return)
    assert told.args == [Wanted(scenario=AIRWAY.key, trainee=TRAINEE, seed=7)]


def test_a_trainee_reads_who_lies_there_and_no_solution(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    chooser.choose(AIRWAY.key)
    seen = " ".join(label.text() for label in chooser.findChildren(QLabel) if label.isVisible())
    assert "Man of 54, 92 kg, ASA 3, sleep apnoea, anxious" in seen
    assert "At the bed: GE CARESCAPE." in seen
    assert AIRWAY.summary not in seen
    assert "falls asleep" not in seen


def test_the_summary_stands_behind_the_instructors_notes(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    chooser.choose(AIRWAY.key)
    chooser.notes_button.click()
    assert AIRWAY.summary in chooser.words
    chooser.notes_button.click()
    assert AIRWAY.summary not in chooser.words


def test_the_last_result_of_whoever_is_named_stands_beside_a_scenario(qtbot: QtBot) -> None:
    runs = (kept(day=1), kept(day=2, passed=False), kept(SCENARIOS["quiet_day"], day=3, trainee="B"))
    chooser = opened(qtbot, FakeClassroom(runs=runs))
    places = list(SCENARIOS)
    assert "✗ not passed on 2026-01-02" in chooser.list.item(places.index(AIRWAY.key)).text()
    chooser.who.setEditText("B")
    assert "passed" not in chooser.list.item(places.index(AIRWAY.key)).text()
    assert "✓ passed on 2026-01-03" in chooser.list.item(places.index("quiet_day")).text()


def test_remembered_names_are_offered_the_last_one_first(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom(runs=(kept(day=1), kept(day=2, trainee="B"))), trainee="")
    assert [chooser.who.itemText(place) for place in range(chooser.who.count())] == ["B", TRAINEE]
    assert chooser.trainee == "B"


def test_nobody_practises_without_a_name(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom(), trainee="")
    with qtbot.assertNotEmitted(chooser.begin_asked):
        chooser.start()
    assert chooser.trouble == NAMELESS
    line = chooser.who.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, "  A.  Berg ")
    with qtbot.waitSignal(chooser.begin_asked, timeout=1000) as told:
        qtbot.keyClick(line, Key.Key_Return)
    assert told.args[0].trainee == "A. Berg"
    assert chooser.trouble == ""


@pytest.mark.parametrize("typed", ["", "0", "abc", "-1", "²"])
def test_a_number_that_is_none_is_refused(qtbot: QtBot, typed: str) -> None:
    chooser = opened(qtbot, FakeClassroom())
    chooser.seed.setText(typed)
    with qtbot.assertNotEmitted(chooser.begin_asked):
        chooser.start()
    assert chooser.trouble == WRONG_SEED


def test_what_is_chosen_beside_goes_with_it(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    chooser.hints.click()
    chooser.instructor.click()
    chooser.show_seed(LARGEST_SEED)
    with qtbot.waitSignal(chooser.begin_asked, timeout=1000) as told:
        chooser.start_button.click()
    assert told.args == [
        Wanted(scenario=AIRWAY.key, trainee=TRAINEE, seed=LARGEST_SEED, hints=False, instructor=True)
    ]


def test_what_is_on_bears_a_tick(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    assert chooser.hints.text().startswith("✓")
    chooser.hints.click()
    assert not chooser.hints.text().startswith("✓")


def test_faults_of_the_clinics_files_are_sentences(qtbot: QtBot) -> None:
    faults = ["a.toml: name is missing.", "b.toml: 3 is no key."]
    assert opened(qtbot, FakeClassroom(faults=faults)).trouble == "\n".join(faults)


def test_without_a_scenario_it_says_what_to_do(qtbot: QtBot) -> None:
    chooser = opened(qtbot, empty_classroom())
    assert chooser.trouble.startswith(NO_SCENARIOS)
    assert "night.toml" in chooser.trouble
    assert not chooser.start_button.isEnabled()
    with qtbot.assertNotEmitted(chooser.begin_asked):
        chooser.start()


def test_the_preparation_is_seen_and_can_be_left(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    chooser.show_preparing(snapshot(stage=Stage.PREPARING, share=0.25))
    assert chooser.preparing.isVisible()
    assert chooser.preparing.progress.value() == 25
    assert chooser.preparing.doing == "Living the 12 min before"
    with qtbot.assertNotEmitted(chooser.begin_asked):
        chooser.start()
    with qtbot.waitSignal(chooser.cancelled, timeout=1000):
        qtbot.keyClick(chooser, Key.Key_Escape)


def test_the_word_stands_in_the_chooser_and_its_title(qtbot: QtBot) -> None:
    chooser = opened(qtbot, FakeClassroom())
    assert chooser.windowTitle().startswith("SIMULATION")
    assert chooser.band.isVisible()
    assert chooser.band.words.startswith("SIMULATION")


def test_every_button_of_the_chooser_has_a_name(qtbot: QtBot) -> None:
    for button in opened(qtbot, FakeClassroom()).findChildren(QPushButton):
        assert button.accessibleName(), button.text()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7.0),
        (" 7,5 ", 7.5),
        ("7.5", 7.5),
        ("0", None),
        ("-1", None),
        ("nan", None),
        ("1e400", None),
        ("", None),
    ],
)
def test_a_number_is_read_with_point_or_comma(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("beside", ["hints", "instructor"])
def test_enter_starts_from_what_is_chosen_beside_too(qtbot: QtBot, beside: str) -> None:
    chooser = opened(qtbot, FakeClassroom())
    part = getattr(chooser, beside)
    part.setFocus()
    before = part.isChecked()
    with qtbot.waitSignal(chooser.begin_asked, timeout=1000):
        qtbot.keyClick(part, Key.Key_Return)
    assert part.isChecked() is before

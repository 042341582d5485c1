"""The patient's voice in the windows of practice: chosen, switched, told when it fails, silent at the end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from practice_room import AIRWAY, LOG, TRAINEE, FakeClassroom, FakeLesson, debrief, line
from pytestqt.qtbot import QtBot
from voice_peer import FakeVoice

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from nurse_station.classroom.view import Stage
from nurse_station.settings.model import Settings
from nurse_station.training.log import What
from nurse_station.ui.dress import dress
from nurse_station.ui.models.practice import Kind
from nurse_station.ui.practice.openers import Choices, Practice
from nurse_station.ui.practice.speaking import NO_VOICE
from nurse_station.ui.practice.window import PracticeWindow
from nurse_station.ui.theme import apply_theme
from tests.ui.shown import put_away

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
NAME = line(120, What.REPLY, "name", "Yes? I'm here. (looks at you at once)")
PAIN = line(121, What.REPLY, "pain", "About 7 of 10. (answers)")
FAILED = "The patient's voice is off, the words are text only: peer ended with code 1."
Begun = Callable[..., tuple[Practice, FakeLesson]]


@pytest.fixture
def begun(qapp: QApplication) -> Iterator[Begun]:
    """A lesson that runs, with its windows; put away at the end."""
    made: list[Practice] = []

    def begin(voice: FakeVoice, **choices: Any) -> tuple[Practice, FakeLesson]:
        classroom = FakeClassroom()
        settings = {"scenario": AIRWAY.key, "trainee": TRAINEE, "seed": 7, "voice": voice} | choices
        practice = Practice(classroom, Settings(), Choices(**settings))
        made.append(practice)
        practice.start()
        lesson = classroom.begun[0] if classroom.begun else classroom.begin(AIRWAY.key, TRAINEE, 7)
        lesson.change(stage=Stage.RUNNING, log=LOG)
        if practice.watch is not None:
            practice.watch.look()
        return practice, lesson

    yield begin
    put_away(made)


def window_of(practice: Practice) -> PracticeWindow:
    assert practice.window is not None
    return practice.window


def look(practice: Practice, lesson: FakeLesson, **change: Any) -> None:
    lesson.change(**change)
    window_of(practice).watch.look()


def test_what_the_patient_answers_is_spoken_and_stands_as_text(begun: Begun) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice)
    look(practice, lesson, log=(*LOG, NAME))
    assert voice.heard == ["“Yes? I'm here.”"]
    assert window_of(practice).voice.shown[0].words == "“Yes? I'm here.”"


def test_another_theme_repeats_no_word(begun: Begun, qapp: QApplication) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice)
    look(practice, lesson, log=(*LOG, NAME))
    apply_theme(qapp, "light")
    assert len(voice.heard) == 1
    dress(Settings())


def test_a_key_of_the_lesson_switches_it_and_that_holds_for_the_next(begun: Begun, qtbot: QtBot) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice)
    window = window_of(practice)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_V, BOTH)
    look(practice, lesson, log=(*LOG, NAME))
    assert voice.heard == []
    assert not practice.chooser.speaks.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_V, BOTH)
    look(practice, lesson, log=(*LOG, NAME, PAIN))
    assert voice.heard == ["“About 7 of 10.”"]
    assert practice.chooser.speaks.isChecked()


def test_without_voice_on_the_command_line_it_can_still_be_switched_on(begun: Begun) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice, speaks=False)
    look(practice, lesson, log=(*LOG, NAME))
    assert voice.heard == []
    window_of(practice).toggle_voice()
    look(practice, lesson, log=(*LOG, NAME, PAIN))
    assert voice.heard == ["“About 7 of 10.”"]


def test_a_voice_that_fails_is_told_in_the_strip_once(begun: Begun) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice)
    voice.trouble = FAILED
    for at in (121.0, 122.0):
        look(practice, lesson, at=at)
    said = [said for said in window_of(practice).voice.shown if said.kind is Kind.SOUND]
    assert [each.words for each in said] == [FAILED]
    practice.choose_again()
    assert not practice.chooser.speaks.isEnabled()
    assert practice.chooser.speaks.toolTip() == FAILED


def test_where_practice_is_not_heard_the_patient_is_not_either(begun: Begun) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice, notice=lambda: "A station watches.")
    look(practice, lesson, log=(*LOG, NAME))
    assert voice.heard == []


@pytest.mark.parametrize("end", ["over", "left", "closed"])
def test_the_end_of_a_lesson_is_silent(begun: Begun, end: str) -> None:
    voice = FakeVoice()
    practice, lesson = begun(voice)
    look(practice, lesson, log=(*LOG, NAME))
    before = voice.hushes
    if end == "over":
        look(practice, lesson, stage=Stage.OVER, debrief=debrief())
    elif end == "left":
        practice.choose_again()
    else:
        practice.finish()
    assert voice.hushes > before


def test_a_computer_without_a_voice_says_so_in_the_chooser(begun: Begun) -> None:
    practice, _ = begun(FakeVoice(NO_VOICE))
    speaks = practice.chooser.speaks
    assert (speaks.isEnabled(), speaks.isChecked(), speaks.toolTip()) == (False, False, NO_VOICE)


def test_the_chooser_offers_a_voice_that_there_is(begun: Begun) -> None:
    practice, _ = begun(FakeVoice())
    assert practice.chooser.speaks.isEnabled()
    assert practice.chooser.wanted(AIRWAY.key, TRAINEE, 7).speaks


def test_unless_a_voice_is_given_nothing_speaks() -> None:
    assert Choices().voice.trouble == NO_VOICE


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_beside_the_voice_no_option_of_the_chooser_is_cut(begun: Begun, scale: float) -> None:
    dress(Settings(text_scale=scale))
    practice, _ = begun(FakeVoice(), instructor=True, scenario="")
    chooser = practice.chooser
    chooser.resize(chooser.minimumSizeHint())
    QCoreApplication.processEvents()
    options = (chooser.hints, chooser.instructor, chooser.speaks)
    assert all(part.width() >= part.sizeHint().width() for part in options)
    dress(Settings())

"""Which of the patient's words reach the voice, over a lesson made by hand. Nothing is heard."""

from dataclasses import replace

import pytest
from practice_room import AIRWAY, LOG, line, snapshot
from voice_peer import FakeVoice

from nurse_station.classroom.view import LessonSnapshot, Stage
from nurse_station.simulator.person import Sex
from nurse_station.training.log import Line, What
from nurse_station.ui.practice.speaking import NO_VOICE, SPOKEN, TEXT_ONLY, Speaking, Unvoiced

NAME = line(120, What.REPLY, "name", "Yes? I'm here. (looks at you at once; snores)")
PAIN = line(121, What.REPLY, "pain", "About 7 of 10. (answers)")
LOOK = line(122, What.REPLY, "look", "(eyes closed, limp; snores)")
INSTRUCTOR = line(123, What.REPLY, "says", "I feel strange")
HINT = line(124, What.HINT, "1", "Air still does not move. What do your hands do?")
REFUSED = line(125, What.REFUSED, "raise_rate", "Raise the rate: An alarm stops a raise.")
WATCHED = "A station watches patients."


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


def after(*lines: Line, **more: object) -> LessonSnapshot:
    return snapshot(log=(*LOG, *lines), **more)


def begun(voice: FakeVoice, **more: bool) -> Speaking:
    """At a bed where the patient has said something already."""
    return Speaking(voice, after(), **more)


def test_what_was_said_before_the_bed_is_entered_is_past(voice: FakeVoice) -> None:
    begun(voice).show_lesson(after())
    assert voice.heard == []


def test_the_patients_words_are_spoken_once(voice: FakeVoice) -> None:
    speaking = begun(voice)
    for _ in range(2):
        speaking.show_lesson(after(NAME))
    speaking.show_lesson(after(NAME, PAIN))
    assert voice.heard == ["“Yes? I'm here.”", "“About 7 of 10.”"]


def test_what_the_instructor_says_as_the_patient_is_spoken(voice: FakeVoice) -> None:
    begun(voice).show_lesson(after(INSTRUCTOR))
    assert voice.heard == ["“I feel strange”"]


@pytest.mark.parametrize("silent", [LOOK, HINT, REFUSED], ids=["seen", "hint", "refused"])
def test_what_is_seen_hinted_or_refused_is_not_spoken(voice: FakeVoice, silent: Line) -> None:
    begun(voice).show_lesson(after(silent))
    assert voice.heard == []


def test_hints_that_are_turned_on_bring_no_word_twice(voice: FakeVoice) -> None:
    speaking = begun(voice)
    speaking.show_lesson(after(NAME, hints=False))
    speaking.show_lesson(after(NAME, hints=True))
    assert len(voice.heard) == 1


@pytest.mark.parametrize(
    ("stage", "hushed"),
    [(Stage.PREPARING, True), (Stage.PAUSED, True), (Stage.OVER, True), (Stage.FAILED, True),
     (Stage.RUNNING, False)],
)  # fmt: skip
def test_only_a_lesson_that_runs_is_heard(voice: FakeVoice, stage: Stage, hushed: bool) -> None:
    speaking = begun(voice)
    speaking.show_lesson(after(NAME, stage=stage))
    speaking.show_lesson(after(NAME))
    assert (bool(voice.hushes), not voice.heard) == (hushed, hushed)


def test_after_a_rewinding_nothing_of_the_past_is_spoken(voice: FakeVoice) -> None:
    speaking = begun(voice)
    speaking.show_lesson(after(NAME, PAIN))
    voice.heard.clear()
    speaking.show_lesson(after(NAME, generation=1))
    assert (voice.heard, voice.hushes) == ([], 1)
    speaking.show_lesson(after(NAME, INSTRUCTOR, generation=1))
    assert voice.heard == ["“I feel strange”"]


def test_what_is_not_heard_does_not_speak(voice: FakeVoice) -> None:
    speaking = begun(voice)
    speaking.show_silence(WATCHED)
    speaking.show_lesson(after(NAME))
    assert (voice.heard, voice.hushes) == ([], 1)
    speaking.show_silence("")
    speaking.show_lesson(after(NAME, PAIN))
    assert voice.heard == ["“About 7 of 10.”"]


def test_switched_off_it_falls_silent_and_switched_on_it_says_what_comes(voice: FakeVoice) -> None:
    speaking = begun(voice)
    off = speaking.switch()
    speaking.show_lesson(after(NAME))
    assert (off.done, off.sentence, voice.heard, voice.hushes) == (True, TEXT_ONLY, [], 1)
    on = speaking.switch()
    speaking.show_lesson(after(NAME, PAIN))
    assert (on.done, on.sentence) == (True, SPOKEN.format("peer"))
    assert voice.heard == ["“About 7 of 10.”"]


def test_switched_on_while_practice_is_not_heard_it_says_why_it_is_silent(voice: FakeVoice) -> None:
    speaking = begun(voice, on=False)
    speaking.show_silence(WATCHED)
    answer = speaking.switch()
    assert (answer.done, answer.sentence) == (False, WATCHED)


def test_a_voice_that_failed_is_told_once_and_cannot_be_switched_on(voice: FakeVoice) -> None:
    speaking = begun(voice)
    assert speaking.news() == ""
    voice.trouble = "It ended."
    assert (speaking.news(), speaking.news(), speaking.on) == ("It ended.", "", False)
    assert speaking.switch().sentence == "It ended."
    assert not speaking.on


def test_whoever_did_not_want_the_voice_is_not_told_that_it_failed(voice: FakeVoice) -> None:
    speaking = begun(voice, on=False)
    voice.trouble = "It ended."
    assert speaking.news() == ""


@pytest.mark.parametrize(("sex", "woman"), [(Sex.FEMALE, True), (Sex.MALE, False), (None, None)])
def test_the_voice_is_of_the_patients_sex(voice: FakeVoice, sex: Sex | None, woman: bool | None) -> None:
    scenario = replace(AIRWAY, patient=replace(AIRWAY.patient, sex=sex))
    speaking = Speaking(voice, after(scenario=scenario))
    speaking.show_lesson(after(NAME, scenario=scenario))
    assert voice.whose == [woman]


def test_left_it_is_silent(voice: FakeVoice) -> None:
    begun(voice).stop()
    assert voice.hushes == 1


def test_without_a_voice_a_lesson_goes_on_as_text() -> None:
    speaking = Speaking(Unvoiced(), after())
    speaking.show_lesson(after(NAME))
    speaking.stop()
    assert (speaking.on, speaking.news(), speaking.switch().sentence) == (False, "", NO_VOICE)

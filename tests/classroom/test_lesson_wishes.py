"""What is done in a lesson: at the palette, in the station's window, by the instructor."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from nurse_station.alarms.commands import Acknowledge, PauseAudio
from nurse_station.classroom.practice import BY_HAND
from nurse_station.classroom.view import (
    EndLesson,
    LetHappen,
    PatientSays,
    Rewind,
    SetBookmark,
    ShowHints,
    TriggerEvent,
    Waiting,
    WithholdEvent,
)
from nurse_station.sessions import deeds
from nurse_station.station.commands import AskAlarms
from nurse_station.training.events import Deed
from nurse_station.training.log import What
from nurse_station.training.score import UNASKED
from tests.classroom.lessons import WHO, Taught, taught
from tests.training.wards_of_practice import SCENARIOS

QUIET = SCENARIOS["quiet_day"]
"""At its first minute: nothing was given yet, and nothing happens soon."""
MINUTES_IN = replace(QUIET, begins=replace(QUIET.begins, minutes_in=20))


def event(lesson: Taught, name: str) -> Waiting:
    return next(each.state for each in lesson.lesson.snapshot().events if each.name == name)


# Palette and window


def test_a_pulled_cable_alarms_and_is_plugged_in_at_the_palette(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(4)
        lesson.wish(LetHappen(deed=Deed(kind="pull_cable")))
        lesson.live(15)
        assert "link_lost" in lesson.keys(What.ALARM)
        assert lesson.bed.numerics["spo2"].value is None
        assert lesson.heard.signal is not None
        assert not lesson.do("check_cable")
        lesson.live(6)
        assert lesson.bed.numerics["spo2"].value is not None
        assert BY_HAND in lesson.keys(What.EVENT)


def test_what_the_palette_enters_is_in_the_journal_and_once_in_the_log(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(3)
        assert not lesson.do("assess_responsiveness")
        assert not lesson.do("assess_symptoms")
        lesson.live(3)
        assert Counter(lesson.keys(What.DONE)) == {"assess_responsiveness": 1, "assess_symptoms": 1}
        assert lesson.keys(What.ENTERED) == ["Scored"] * 4
        care = lesson.bed.care
        assert care is not None
        assert [entry.who for entry in care.entries[-4:]] == [WHO] * 4


def test_what_the_window_enters_counts_once(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(2)
        lesson.do("call_name")
        lesson.enter(deeds.Scored(scale="moaas", score=5))
        for scale in ("pain", "nausea", "hallucination"):
            lesson.enter(deeds.Scored(scale=scale, score=1))
        lesson.enter(deeds.Noted(text="4 mg ondansetron given"))
        assert lesson.keys(What.DONE) == [
            "call_name", "assess_responsiveness", "assess_symptoms", "enter_intervention", "enter_dose",
        ]  # fmt: skip
        assert lesson.keys(What.ENTERED) == ["Scored"] * 4 + ["Noted"]
        assert not lesson.keys(What.AGAINST)


def test_a_score_without_asking_is_named_and_fails_nobody(tmp_path: Path) -> None:
    with taught(tmp_path, replace(MINUTES_IN, expected=(), against=())) as lesson:
        lesson.live(2)
        lesson.enter(deeds.Scored(scale="moaas", score=5))
        lesson.wish(EndLesson())
        [debrief] = lesson.kept
        assert debrief.score.named == {UNASKED}
        assert debrief.score.passed


def test_an_entry_moves_no_pump_and_the_pump_no_entry(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(2)
        ran = lesson.run.pump_ml_h
        lesson.enter(deeds.Paused(why="restless"))
        assert lesson.lesson.snapshot().pump.ml_h == ran > 0
        assert lesson.run.look("pump.off_order") == 1
        lesson.do("stop_pump")
        assert not lesson.lesson.snapshot().pump.runs
        lesson.live(1)
        assert lesson.run.look("pump.off_order") == 0


def test_a_raise_at_the_pump_and_its_entry_are_one_raise(tmp_path: Path) -> None:
    row = replace(MINUTES_IN, begins=replace(MINUTES_IN.begins, minutes_in=30))
    with taught(tmp_path, row) as lesson:
        lesson.live(4)
        step = lesson.run.day.next_raise(lesson.run.now)
        assert step is not None
        planned = lesson.run.day.set_to(step.mg_kg_h)
        lesson.do(f"set_pump {planned.pump_ml_h}")
        lesson.do("assess_responsiveness")
        lesson.enter(planned)
        assert lesson.keys(What.ENTERED)[-1] == "RateSet"
        assert lesson.keys(What.DONE).count("raise_rate") == 1
        lesson.do(f"set_pump {planned.pump_ml_h / 2}")
        lesson.do(f"set_pump {planned.pump_ml_h * 3}")
        assert lesson.keys(What.DONE).count("raise_rate") == 2


def test_one_turn_at_the_pump_counts_against_once(tmp_path: Path) -> None:
    with taught(tmp_path, "infiltration") as lesson:
        lesson.live(2)
        lesson.wish(TriggerEvent(name=lesson.run.scenario.happens[0].name))
        lesson.live(2)
        lesson.do("set_pump 60")
        assert lesson.keys(What.DONE) == ["set_pump", "raise_rate"]
        assert lesson.keys(What.AGAINST) == ["raised_rate"]


def test_what_the_rules_refuse_is_said_and_moves_nothing(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(2)
        ran = lesson.run.pump_ml_h
        [sentence] = lesson.do("raise_rate")
        assert "30 min must lie between" in sentence
        assert lesson.run.pump_ml_h == ran
        assert lesson.keys(What.REFUSED) == ["raise_rate"]


def test_alarms_seen_to_in_the_window_are_done_once(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(4)
        lesson.wish(LetHappen(deed=Deed(kind="pull_cable")))
        lesson.live(12)
        for command in (Acknowledge(who=WHO), PauseAudio(who=WHO)):
            lesson.lesson.station.send(AskAlarms(bed="practice", command=command))
            lesson.live(2)
        lesson.do("acknowledge")
        lesson.live(2)
        assert lesson.keys(What.DONE) == ["acknowledge", "pause_audio", "acknowledge"]
        assert lesson.keys(What.ACKNOWLEDGED) == ["link_lost", "value_expired"]  # both had begun


# The instructor


def test_an_event_is_triggered_once_and_a_withheld_one_waits(tmp_path: Path) -> None:
    with taught(tmp_path) as lesson:
        lesson.live(2)
        assert not lesson.wish(TriggerEvent(name="shuts"))
        assert event(lesson, "shuts") is Waiting.HAPPENED
        assert lesson.keys(What.EVENT) == ["shuts"]
        assert lesson.wish(TriggerEvent(name="shuts")) == ["shuts has happened already."]
        assert "no event" in lesson.wish(TriggerEvent(name="sings"))[0]
        assert "no event" in lesson.wish(WithholdEvent(name="sings", on=True))[0]
        lesson.wish(WithholdEvent(name="crows", on=True))
        lesson.live(45)
        assert event(lesson, "crows") is Waiting.WITHHELD
        lesson.wish(WithholdEvent(name="crows", on=False))
        lesson.live(2)
        assert event(lesson, "crows") is Waiting.HAPPENED


def test_the_instructor_speaks_as_the_patient(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.wish(PatientSays(text="Where am I?"))
        assert [line.words for line in lesson.lines(What.REPLY)] == ["Where am I?"]


def test_hints_can_be_hidden(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.wish(ShowHints(on=False))
        assert not lesson.lesson.snapshot().hints


def test_what_came_after_a_bookmark_never_was(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(5)
        lesson.wish(SetBookmark(words="before the score"))
        first, mark = lesson.lesson.snapshot().bookmarks
        assert (first.at, mark.at, mark.words) == (0, 5, "before the score")
        log, second = lesson.lesson.snapshot().log, lesson.lesson.clock.second()
        pump = lesson.run.pump_ml_h
        lesson.do("stop_pump")
        lesson.do("assess_responsiveness")
        lesson.live(20)
        now, entries = lesson.lesson.clock.now(), lesson.bed.care
        assert not lesson.wish(Rewind(number=mark.number))
        again = lesson.lesson.snapshot()
        assert (again.at, again.log, again.generation) == (5, log, 1)
        assert again.bookmarks == (first, mark)
        assert (again.pump.ml_h, again.hidden) == (pump, lesson.run.hidden)
        assert lesson.lesson.clock.now() >= now
        assert lesson.lesson.clock.second() == pytest.approx(second, abs=0.01)
        care = lesson.bed.care
        assert care is not None
        assert entries is not None
        assert len(care.entries) == len(entries.entries) - 1
        assert not lesson.keys(What.DONE)
        lesson.live(6)
        assert lesson.bed.numerics["spo2"].value is not None
        track = lesson.lesson.station.history("practice").numeric("hr")
        assert track is not None
        assert len(track.between(lesson.lesson.clock.now() - 1200, lesson.lesson.clock.now() - 12)[0]) > 230
    assert {path.name for path in (tmp_path / "own").iterdir() if path.is_dir()} == {"1", "2"}


def test_a_bookmark_can_be_gone_back_to_twice(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        for generation in (1, 2):
            lesson.live(4)
            assert not lesson.wish(Rewind(number=1))
            assert (lesson.run.now, lesson.lesson.snapshot().generation) == (0, generation)
        assert lesson.wish(Rewind(number=7)) == ["There is no bookmark 7."]


def test_a_rewinding_that_the_disk_refuses_leaves_the_lesson_as_it_is(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(5)
        lesson.do("stop_pump")
        lesson.live(5)
        before, second, session = lesson.lesson.snapshot(), lesson.lesson.clock.second(), lesson.bed.session
        (tmp_path / "own" / "2").write_text("a file where the folder should be")
        [refused] = lesson.wish(Rewind(number=1))
        assert refused.startswith("The lesson could not be rewound and goes on where it is. The folder")
        after = lesson.lesson.snapshot()
        assert (after.stage, after.at, after.generation) == (before.stage, before.at, 0)
        assert (after.log, after.bookmarks) == (before.log, before.bookmarks)
        assert lesson.lesson.clock.second() == pytest.approx(second, abs=0.01)
        lesson.live(6)
        assert lesson.run.now == before.at + 6
        assert lesson.bed.session == session
        assert lesson.bed.numerics["spo2"].value is not None
        assert not lesson.wish(Rewind(number=1)), "the next folder is taken"
        assert lesson.lesson.snapshot().generation == 1
        lesson.wish(EndLesson())
        assert len(lesson.kept) == 1


def test_a_station_that_another_follows_is_closed_at_its_own_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[float] = []
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(8)
        first = lesson.lesson.practice._station
        stop = first.stop
        monkeypatch.setattr(first, "stop", lambda: (stopped.append(lesson.lesson.clock.second()), stop()))
        lesson.wish(Rewind(number=1))
        assert stopped == [pytest.approx(8, abs=0.1)]
        assert lesson.lesson.clock.second() == pytest.approx(0, abs=0.1)
        assert lesson.lesson.practice._station is not first


def test_each_event_leaves_a_bookmark_until_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nurse_station.classroom.practice.MOST", 3)
    with taught(tmp_path, QUIET) as lesson:
        lesson.wish(LetHappen(deed=Deed(kind="freeze")))
        assert not lesson.wish(SetBookmark())
        assert "3 bookmarks" in lesson.wish(SetBookmark())[0]
        assert len(lesson.lesson.snapshot().bookmarks) == 3


def test_a_bookmark_without_words_is_given_none(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(4)
        lesson.wish(SetBookmark())
        shown = lesson.lesson.snapshot().bookmarks[-1]
        assert (shown.number, shown.at, shown.words) == (2, 4, "")


def test_an_alarm_that_was_there_is_there_again_after_going_back(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(4)
        lesson.wish(LetHappen(deed=Deed(kind="pull_cable")))
        lesson.live(12)
        lesson.wish(SetBookmark())
        lesson.do("check_cable")
        lesson.do("acknowledge")
        lesson.live(6)
        assert not lesson.bed.alarms.visible
        lesson.wish(Rewind(number=3))
        lesson.live(1)
        assert [status.condition for status in lesson.bed.alarms.visible] == ["link_lost"]
        assert lesson.keys(What.ALARM).count("link_lost") == 1
        lesson.live(20)
        lesson.do("check_cable")
        lesson.do("acknowledge")
        lesson.live(6)
        assert not lesson.bed.alarms.visible

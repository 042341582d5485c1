"""The classroom: its scenarios and the clinic's, who may begin, old lessons, kept debriefs."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.classroom.room import KEPT_LESSONS, LESSONS, Classroom
from nurse_station.classroom.view import ClassroomError, ClassroomView, EndLesson, LessonView, Stage
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol_folder import Offered
from nurse_station.training.policy import Kind
from nurse_station.training.scenario_files import factory_folder
from nurse_station.vitals.clock import ManualClock
from tests.training.wards_of_practice import LIMITS, PROTOCOLS, SCENARIOS, practised


def classroom(folder: Path, clinic: Path | None = None, **other: object) -> Classroom:
    words = {"protocols": PROTOCOLS, "drivers": DRIVERS, **other}
    return Classroom(
        folder=folder, clock=ManualClock(), speaker=SilentSpeaker, limits=LIMITS, clinic_scenarios=clinic,
        **words,  # type: ignore[arg-type]
    )  # fmt: skip


@contextmanager
def running(room: Classroom, scenario: str = "quiet_day") -> Iterator[LessonView]:
    lesson = room.begin(scenario, " Anna ", 1)
    try:
        wait_for(lesson, Stage.RUNNING)
        yield lesson
    finally:
        lesson.close()


def wait_for(lesson: LessonView, stage: Stage) -> None:
    end = time.perf_counter() + 20
    while lesson.snapshot().stage is not stage and time.perf_counter() < end:
        time.sleep(0.01)
    assert lesson.snapshot().stage is stage


def own(folder: Path, name: str, key: str, protocol: str = "crps_4h_titrated") -> None:
    folder.mkdir(exist_ok=True)
    shipped = (factory_folder() / "01_quiet_day.toml").read_text(encoding="utf-8")
    text = shipped.replace('key = "quiet_day"', f'key = "{key}"')
    (folder / name).write_text(text.replace('"crps_4h_titrated"', f'"{protocol}"'), encoding="utf-8")


def test_the_shipped_scenarios_come_first_then_the_clinics(tmp_path: Path) -> None:
    own(tmp_path / "clinic", "a.toml", "our_day")
    keys = [scenario.key for scenario in classroom(tmp_path, tmp_path / "clinic").scenarios()]
    assert keys == [*SCENARIOS, "our_day"]


def test_a_file_that_is_no_scenario_is_named_and_harms_no_other(tmp_path: Path) -> None:
    own(tmp_path / "clinic", "a.toml", "quiet_day")
    own(tmp_path / "clinic", "b.toml", "our_day")
    (tmp_path / "clinic" / "c.toml").write_text("key = 1", encoding="utf-8")
    room = classroom(tmp_path, tmp_path / "clinic")
    assert room.scenarios()[-1].key == "our_day"
    first, second = room.faults()
    assert "a.toml" in first
    assert "c.toml" in second


def test_a_file_with_many_mistakes_is_one_sentence_that_says_how_to_see_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / "c.toml").write_text("key = 1", encoding="utf-8")
    (fault,) = classroom(tmp_path, folder).faults()
    path = folder / "c.toml"
    assert fault.startswith(f"{path}: ")
    assert re.search(rf" And \d+ more mistakes: nurse-station scenario check {re.escape(str(path))}$", fault)
    assert "\n" not in fault


def test_a_scripted_nurse_among_the_scenarios_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    nurse = 'key = "a"\nname = "A"\nscenario = "quiet_day"\nkind = "own"\n'
    (folder / "nurse.toml").write_text(nurse, encoding="utf-8")
    (fault,) = classroom(tmp_path, folder).faults()
    assert "nurse.toml: this is a scripted nurse (policy) and no scenario" in fault


def test_a_key_that_is_taken_names_whose_it_is(tmp_path: Path) -> None:
    for name, key in (("a.toml", "quiet_day"), ("b.toml", "our_day"), ("c.toml", "our_day")):
        own(tmp_path / "clinic", name, key)
    first, second = classroom(tmp_path, tmp_path / "clinic").faults()
    assert 'a.toml: key "quiet_day" is that of a scenario of the program as well; give it its own.' in first
    assert 'c.toml: key "our_day" is that of b.toml as well; give it its own.' in second


def test_a_scenario_may_follow_the_clinics_own_protocol(tmp_path: Path) -> None:
    own(tmp_path / "clinic", "a.toml", "our_day", "our_protocol")
    protocols = {**PROTOCOLS, "our_protocol": replace(PROTOCOLS["crps_4h_titrated"], key="our_protocol")}
    room = classroom(tmp_path, tmp_path / "clinic", protocols=protocols)
    assert room.faults() == ()
    with running(room, "our_day") as lesson:
        assert lesson.station.protocols()["our_protocol"].key == "our_protocol"


def test_a_scenario_of_an_unknown_protocol_is_named_with_those_there_are(tmp_path: Path) -> None:
    own(tmp_path / "clinic", "a.toml", "our_day", "our_protocol")
    room = classroom(tmp_path, tmp_path / "clinic")
    assert [scenario.key for scenario in room.scenarios()] == list(SCENARIOS)
    (fault,) = room.faults()
    assert 'a.toml: protocol is "our_protocol"; write one of' in fault
    assert all(key in fault for key in PROTOCOLS)


def test_a_protocol_of_the_clinics_that_is_none_is_named(tmp_path: Path) -> None:
    trouble = "The protocol ours.toml is not offered: key is missing"
    assert classroom(tmp_path, protocols=Offered(PROTOCOLS, (trouble,))).faults() == (trouble,)


def test_a_debrief_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    room = classroom(tmp_path)
    folder = tmp_path / "debriefs"
    folder.mkdir(parents=True)
    (folder / "half.json").write_text("{", encoding="utf-8")
    (fault,) = room.faults()
    assert fault.startswith("half.json")
    assert room.unreadable() == (fault,)


@pytest.mark.parametrize(("scenario", "trainee", "words"), [
    ("quiet_day", "  ", "Nobody is named"),
    ("sunny_day", "Anna", "no scenario sunny_day"),
])  # fmt: skip
def test_a_lesson_without_a_name_or_a_scenario_does_not_begin(
    scenario: str, trainee: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(ClassroomError, match=words):
        classroom(tmp_path).begin(scenario, trainee, 1)


@pytest.mark.parametrize("lacking", ["protocols", "drivers"])
def test_a_scenario_that_needs_more_than_there_is_does_not_begin(lacking: str, tmp_path: Path) -> None:
    with pytest.raises(ClassroomError, match="does not have"):
        classroom(tmp_path, **{lacking: {}}).begin("quiet_day", "Anna", 1)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / LESSONS).write_text("a file", encoding="utf-8")
    with pytest.raises(ClassroomError, match="see to the disk"):
        classroom(tmp_path).begin("quiet_day", "Anna", 1)


def test_what_came_of_a_lesson_is_kept_under_the_trainees_name(tmp_path: Path) -> None:
    room: ClassroomView = classroom(tmp_path)
    assert room.trainees() == ()
    lesson = room.begin("quiet_day", " Anna ", 1, hints=False)
    try:
        wait_for(lesson, Stage.RUNNING)
        assert not lesson.snapshot().hints
        lesson.send(EndLesson())
        wait_for(lesson, Stage.OVER)
        end = time.perf_counter() + 20
        while not room.runs("anna") and time.perf_counter() < end:
            time.sleep(0.01)
        assert [run.debrief.scenario for run in room.runs("anna")] == ["quiet_day"]
        assert room.trainees() == ("Anna",)
    finally:
        lesson.close()


def test_a_kept_debrief_is_forgotten_for_good(tmp_path: Path) -> None:
    room: ClassroomView = kept_in(tmp_path)
    [run] = room.runs()
    room.forget(run.name)
    assert (room.runs(), room.trainees()) == ((), ())
    with pytest.raises(ClassroomError, match="deleted already"):
        room.forget(run.name)


def kept_in(folder: Path) -> Classroom:
    room = classroom(folder)
    room.kept.keep(practised("laryngospasm", Kind.RIGHT, 1), ManualClock().wall())
    return room


def test_each_lesson_has_a_folder_of_its_own_and_old_ones_go(tmp_path: Path) -> None:
    lessons = tmp_path / LESSONS
    for number in range(KEPT_LESSONS + 3):
        (lessons / f"20250101T0800{number:02d}-001" / "1").mkdir(parents=True)
    room = classroom(tmp_path)
    with running(room), running(room):
        there = sorted(path.name for path in lessons.iterdir())
    assert len(there) == KEPT_LESSONS
    assert len({name for name in there if name.startswith("2026")}) == 2
    assert there[0].startswith("20250101T080005")


@pytest.mark.parametrize("name", ["0-of-a-patient", "2024", "20240101T080000", "20240101T080000-001.kept"])
def test_a_folder_that_no_lesson_made_stays(name: str, tmp_path: Path) -> None:
    lessons = tmp_path / LESSONS
    (lessons / name).mkdir(parents=True)
    (lessons / "20230101T080000-001").symlink_to(tmp_path, target_is_directory=True)
    for number in range(KEPT_LESSONS):
        (lessons / f"20250101T0800{number:02d}-001").mkdir()
    room = classroom(tmp_path)
    with running(room):
        left = {path.name for path in lessons.iterdir()}
    assert {name, "20230101T080000-001"} < left
    assert "20250101T080000-001" not in left
    assert len(left) == KEPT_LESSONS + 2

"""A lesson: the station that the trainee sees, its clock, its end, its faults."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from nurse_station.classroom.kept import KeptError
from nurse_station.classroom.lesson import FAULT, IS_OVER, STANDS
from nurse_station.classroom.view import (
    DoAtBedside,
    EndLesson,
    GoAt,
    Hold,
    LetHappen,
    Stage,
)
from nurse_station.records.reader import RecordReader
from nurse_station.sessions import deeds
from nurse_station.station.commands import ConnectMonitor, DoDeed, PortKind
from nurse_station.station.snapshots import NOT_HEARD, LineState
from nurse_station.training import actions
from nurse_station.training.day import EPOCH, SIMULATION
from nurse_station.training.debrief import Debrief
from nurse_station.training.events import Deed
from nurse_station.training.log import What
from tests.classroom.lessons import WHO, Taught, taught
from tests.training.wards_of_practice import SCENARIOS

QUIET = SCENARIOS["quiet_day"]
"""At its first minute: nothing was given yet, and nothing happens soon."""
MINUTES_IN = replace(QUIET, begins=replace(QUIET.begins, minutes_in=20))


# The station


def test_the_trainee_sees_the_patient_of_the_scenario_on_a_marked_bed(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(8)
        bed, room = lesson.bed, lesson.lesson.station.snapshot()
        care = bed.care
        assert care is not None
        assert care.session.patient is not None
        assert care.session.patient.name.startswith(SIMULATION)
        assert (bed.simulated, room.practice) == (True, True)
        assert bed.lines[0].state is LineState.RECEIVING
        true = lesson.run.body_numerics()
        for key in ("hr", "spo2"):
            assert bed.numerics[key].value == pytest.approx(true[key], abs=4)
        assert "ecg1" in bed.waves
        assert not bed.alarms.visible


def test_session_seconds_are_those_of_the_headless_day(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(3)
        care = lesson.bed.care
        assert care is not None
        assert care.seen.at == pytest.approx(EPOCH + 3, abs=0.2)
        assert care.offset == pytest.approx(EPOCH - lesson.lesson.clock.now() + 3, abs=0.2)


def test_what_was_before_is_on_the_ribbon_and_in_the_record(tmp_path: Path) -> None:
    with taught(tmp_path, MINUTES_IN) as lesson:
        lesson.live(2)
        clock, history = lesson.lesson.clock, lesson.lesson.station.history("practice")
        track, cuff = history.numeric("spo2"), history.numeric("nibp_sys")
        assert track is not None
        assert cuff is not None
        at, low, _ = track.between(clock.now() - 1200, clock.now() - 2)
        assert len(at) == pytest.approx(240, abs=3)
        assert low.min() > 85
        assert len(cuff.between(clock.now() - 1202, clock.now() - 2)[0]) == 4
    with RecordReader(tmp_path / "own" / "1") as reader:
        [session] = reader.sessions()
        series = reader.all_series(session.name)["spo2"]
        assert session.simulated
        assert series.at.min() == pytest.approx(EPOCH - 1200, abs=6)
        kinds = [entry.kind for entry in reader.journal(session.name)]
        assert kinds.count("session") > 20


def test_the_record_of_a_lesson_is_in_its_own_folder_and_marked(tmp_path: Path) -> None:
    with taught(tmp_path) as lesson:
        lesson.enter(deeds.Noted(text="snores"))
    files = {path.name for path in tmp_path.rglob("*.sqlite3")}
    assert files == {"record.sqlite3"}
    with RecordReader(tmp_path / "own" / "1") as reader:
        assert [session.simulated for session in reader.sessions()] == [True]
        assert all(session.started.year == 2001 for session in reader.sessions())


def test_no_serial_port_is_opened_or_looked_at(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        view = lesson.lesson.station
        assert view.ports() == ()
        recognition = view.identify("/dev/ttyS0")
        assert recognition.picture().advice
        recognition.stop()
        view.send(ConnectMonitor(bed="practice", driver="ge-s5-dri", kind=PortKind.SERIAL, port="/dev/ttyS0"))
        lesson.live(1)
        assert [answer.done for answer in view.answers()] == [False]


def test_a_practice_without_sound_raises_no_alarm_of_it(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(12)
        audio = lesson.lesson.station.snapshot().audio
        assert audio is not None
        assert (audio.usable, audio.trouble) == (True, f"{NOT_HEARD} no sound in a test")
        assert not lesson.bed.alarms.visible
        assert all(at < 1e5 for at in lesson.heard.asked_at)  # seconds of the real clock


def test_before_the_station_there_is_an_empty_chair(tmp_path: Path) -> None:
    lesson = Taught(tmp_path, QUIET, 1).lesson
    assert lesson.snapshot().stage is Stage.PREPARING
    room = lesson.station.snapshot()
    assert [bed.simulated for bed in room.beds] == [True]
    assert lesson.station.history("practice").numeric("hr") is None
    assert (lesson.station.days(), lesson.station.answers(), lesson.station.monitors()) == ((), [], ())
    lesson.close()


# Time


def test_while_it_stands_nothing_moves_and_no_screen_calls_it_stopped(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(3)
        lesson.wish(Hold(on=True))
        before = lesson.lesson.snapshot()
        lesson.live(20)
        after = lesson.lesson.snapshot()
        clock, room = lesson.lesson.clock, lesson.lesson.station.snapshot()
        assert (after.stage, after.at) == (Stage.PAUSED, before.at)
        assert clock.now() - room.at < 0.5
        assert lesson.do("call_name") == [STANDS]
        lesson.wish(Hold(on=False))
        lesson.live(2)
        assert lesson.lesson.snapshot().at == before.at + 2


def test_it_goes_as_fast_as_asked_until_an_alarm_is_seen(tmp_path: Path) -> None:
    with taught(tmp_path, replace(MINUTES_IN, happens=(), hints=())) as lesson:
        lesson.live(3)
        assert not lesson.wish(GoAt(speed=5.0))
        lesson.live(4, slice_s=0.2)
        snapshot = lesson.lesson.snapshot()
        assert snapshot.at == pytest.approx(3 + 5 * 4, abs=2)
        assert (snapshot.speed, snapshot.wanted) == (5.0, 5.0)
        lesson.wish(LetHappen(deed=Deed(kind="pull_cable")))
        lesson.live(4, slice_s=0.2)
        snapshot = lesson.lesson.snapshot()
        assert lesson.bed.alarms.visible
        assert (snapshot.speed, snapshot.wanted) == (1.0, 5.0)


def test_a_speed_that_there_is_not_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        [sentence] = lesson.wish(GoAt(speed=3.0))
        assert "1, 2, 5, 10, 30" in sentence


# The end


def test_its_end_leaves_the_debrief_and_an_open_quiet_station(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.live(3)
        lesson.wish(EndLesson())
        snapshot = lesson.lesson.snapshot()
        assert snapshot.stage is Stage.OVER
        assert lesson.kept == [snapshot.debrief]
        assert snapshot.debrief is not None
        assert snapshot.debrief.lasted_s == 3
        assert lesson.heard.signal is None
        assert lesson.do("call_name") == [IS_OVER]
        lesson.live(3)
        assert lesson.lesson.station.snapshot().at == pytest.approx(lesson.lesson.clock.now(), abs=0.5)
    assert lesson.heard.closed


def test_it_ends_by_itself(tmp_path: Path) -> None:
    with taught(tmp_path, replace(QUIET, lasts_min=0.1)) as lesson:
        lesson.live(7)
        assert lesson.lesson.snapshot().stage is Stage.OVER


def test_a_debrief_that_cannot_be_kept_is_said_and_shown(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.lesson._keep = _full
        assert lesson.wish(EndLesson()) == ["The disk is full."]
        assert lesson.lesson.snapshot().debrief is not None


def test_the_patient_may_be_let_go_and_the_session_ended(tmp_path: Path) -> None:
    with taught(tmp_path, QUIET) as lesson:
        lesson.lesson.practice._station._reception.beds["practice"].end_session(WHO)
        lesson.live(4)
        assert lesson.lesson.snapshot().at == 4
        assert lesson.bed.care is None


def _full(_debrief: Debrief) -> None:
    msg = "The disk is full."
    raise KeptError(msg)


# Its thread


def until(so: object, seconds: float = 20.0) -> None:
    """Wait for what another thread does."""
    end = time.perf_counter() + seconds
    while not so() and time.perf_counter() < end:  # type: ignore[operator]
        time.sleep(0.01)
    assert so()  # type: ignore[operator]


def test_its_threads_end_with_it(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    lesson = Taught(tmp_path, QUIET, 1)
    lesson.lesson.start()
    until(lambda: lesson.lesson.snapshot().stage is Stage.RUNNING)
    lesson.lesson.send(DoAtBedside(action=actions.parse("look")))
    for _ in range(720):
        lesson.real.advance(0.5)
    until(lambda: lesson.keys(What.DONE) == ["look"])
    lesson.lesson.close()
    lesson.lesson.close()
    assert set(threading.enumerate()) == before


def test_a_fault_of_the_program_is_said_and_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lesson = Taught(tmp_path, QUIET, 1)
    monkeypatch.setattr(lesson.lesson.practice, "live", lambda timeout: 1 / 0)
    lesson.lesson.start()
    until(lambda: lesson.lesson.snapshot().stage is Stage.FAILED)
    assert lesson.lesson.snapshot().trouble == FAULT
    assert "fault of the program" in caplog.text
    lesson.lesson.send(Hold(on=True))
    assert lesson.lesson.refusals() == [IS_OVER]
    lesson.lesson.close()


def test_a_fault_as_it_is_left_is_logged_and_leaves_no_output_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = set(threading.enumerate())
    lesson = Taught(tmp_path, QUIET, 1)
    lesson.lesson.start()
    until(lambda: lesson.lesson.snapshot().stage is Stage.RUNNING)
    close = lesson.lesson.practice._station.raw.close
    monkeypatch.setattr(lesson.lesson.practice._station.raw, "close", lambda: (close(), 1 / 0))
    lesson.lesson.close()
    assert lesson.heard.closed
    assert "as it was left" in caplog.text
    assert set(threading.enumerate()) == before, "one part's fault leaves no other open"


def test_a_fault_as_its_station_begins_leaves_none_of_its_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(threading.enumerate())
    monkeypatch.setattr("nurse_station.station.station.begin_day", lambda *parts: 1 / 0)
    lesson = Taught(tmp_path, QUIET, 1)
    lesson.lesson.start()
    until(lambda: lesson.lesson.snapshot().stage is Stage.FAILED)
    lesson.lesson.close()
    assert set(threading.enumerate()) == before


def test_a_folder_that_cannot_be_written_fails_it_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file where the folder should be")
    lesson = Taught(tmp_path, QUIET, 1)
    lesson.lesson.start()
    until(lambda: lesson.lesson.snapshot().stage is Stage.FAILED)
    assert "cannot be made" in lesson.lesson.snapshot().trouble
    lesson.lesson.close()


def test_it_can_be_closed_while_it_prepares(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    lesson = Taught(tmp_path, SCENARIOS["pump_tenfold"], 1)
    lesson.lesson.start()
    lesson.lesson.close()
    assert set(threading.enumerate()) == before


def test_wishes_before_the_patient_is_there_are_answered(tmp_path: Path) -> None:
    lesson = Taught(tmp_path, QUIET, 1)
    lesson.lesson.send(DoAtBedside(action=actions.parse("look")))
    lesson.lesson.send(Hold(on=True))
    lesson.lesson.prepare()
    assert "prepared" in lesson.lesson.refusals()[0]
    assert lesson.lesson.snapshot().stage is Stage.PAUSED
    lesson.lesson.station.send(DoDeed(bed="practice", deed=deeds.Noted(text="x"), who=WHO))
    lesson.lesson.close()

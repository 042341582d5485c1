"""A program that was killed and started again goes on with the alarms it had."""

import json

import pytest

from nurse_station.alarms.changes import AlarmChange
from nurse_station.alarms.commands import (
    Acknowledge,
    EnterResponsiveness,
    PauseAudio,
    SetCheckDue,
    SetCuffInterval,
    SetLimit,
    SetPhase,
    SwitchOff,
)
from nurse_station.alarms.engine import resumed
from nurse_station.alarms.history import episodes
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limits import Limits
from nurse_station.alarms.memory import AlarmMemory, HeldAlarm
from nurse_station.alarms.words import Phase, Priority
from tests.alarms.bed import FACTORY, WELL, Bed


def restarted(bed: Bed, gap_s: float = 30, limits: Limits = FACTORY) -> Bed:
    """The same bed after a restart; its memory has been through JSON."""
    memory = AlarmMemory.from_json(json.loads(json.dumps(bed.engine.memory().as_json())))
    assert memory == bed.engine.memory()
    again = Bed(engine=resumed(memory, limits, 1000.0, gap_s))
    again.wait(0.25)
    return again


@pytest.mark.hazard("H-14")
def test_a_high_alarm_is_there_again_at_once_with_its_limits_and_the_gap() -> None:
    bed = Bed()
    bed.do(SetLimit(key="spo2_low.high", number=90, who="x"))
    bed.hold(11, spo2=89)
    again = restarted(bed)
    status = again.status("spo2_low")
    assert status is not None
    assert (status.state, status.priority, status.visible) == (State.UNRESOLVED, Priority.HIGH, True)
    assert again.engine.sound().condition == "spo2_low"  # type: ignore[union-attr]
    assert again.engine.limits.patient == {"spo2_low.high": 90}
    assert again.state("monitoring_gap") is State.LATCHED
    first = next(entry for entry in again.entries if isinstance(entry, AlarmChange))
    assert (first.event, first.value, first.limit) == (Event.RESTORED, 89, 90)


def test_it_ends_when_new_data_are_in_limits() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    again = restarted(bed)
    again.hold(5, spo2=97)
    assert again.state("spo2_low") is State.INACTIVE
    assert again.events("spo2_low") == [Event.RESTORED, Event.DATA_RETURNED, Event.ENDED]


def test_pauses_and_switched_off_alarms_do_not_come_back() -> None:
    bed = Bed()
    bed.do(SwitchOff(condition="hr_low", why="runner", who="x"))
    bed.do(PauseAudio(who="x"))
    again = restarted(bed)
    assert (again.engine.pause, again.engine.off) == (None, {})


def test_the_care_goes_on_where_it_was() -> None:
    bed = Bed()
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    bed.do(EnterResponsiveness(who="x", moaas=2))
    bed.do(SetCheckDue(at=bed.now + 40, who="x"))
    bed.do(SetCuffInterval(seconds=600, who="x"))
    again = restarted(bed, gap_s=30)
    assert again.engine.phase is Phase.INFUSING
    assert again.priority("oversedated") is Priority.HIGH
    again.wait(9)
    assert again.priority("check_overdue") is Priority.NONE
    again.wait(1)
    assert again.priority("check_overdue") is Priority.LOW


def test_a_technical_alarm_that_is_no_longer_so_ends_at_once() -> None:
    bed = Bed()
    bed.say(**WELL)
    bed.wait(12)
    again = restarted(bed)
    assert again.state("link_lost") is State.LATCHED


def test_what_this_program_does_not_know_is_left_out() -> None:
    memory = AlarmMemory(held=(HeldAlarm(condition="gone", levels=("high",)),
                               HeldAlarm(condition="spo2_low", levels=("odd",))))  # fmt: skip
    again = Bed(engine=resumed(memory, FACTORY, 1000.0, 5))
    assert {s.condition for s in again.engine.statuses()} == set()


def test_limits_of_a_patient_that_no_longer_fit_the_clinic_s_are_left_out() -> None:
    bed = Bed()
    bed.do(SetLimit(key="hr_low.medium", number=60, who="x"))
    clinic, _ = FACTORY.set("clinic", "hr_high.medium", 90, "x")  # type: ignore[arg-type]
    bed.do(SetLimit(key="hr_low.medium", number=70, who="x"))
    again = restarted(bed, limits=clinic)
    assert again.engine.limits.patient == {"hr_low.medium": 70}
    tighter = Limits(factory=FACTORY.factory, clinic={"nibp_sys_low.medium": 120})
    bed = Bed()
    bed.do(SetLimit(key="nibp_sys_high.medium", number=135, who="x"))
    assert restarted(bed, limits=tighter).engine.limits.patient == {}


@pytest.mark.parametrize("body", [{}, {"held": [{}]}])
def test_a_memory_that_is_none_is_refused(body: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        AlarmMemory.from_json(body)


@pytest.mark.hazard("H-14")
def test_an_alarm_that_had_ended_unseen_is_latched_again_and_sounds() -> None:
    bed = Bed()
    bed.hold(5, spo2=84)
    bed.hold(8, **WELL)
    assert bed.state("spo2_desaturation") is State.LATCHED
    again = restarted(bed)
    status = again.status("spo2_desaturation")
    assert status is not None
    assert (status.state, status.priority, status.visible) == (State.LATCHED, Priority.HIGH, True)
    sound = again.engine.sound()
    assert sound is not None
    assert (sound.condition, sound.priority) == ("spo2_desaturation", Priority.HIGH)
    again.do(Acknowledge(who="x"))
    assert again.state("spo2_desaturation") is State.INACTIVE
    assert episodes(again.entries)[0].condition == "monitoring_gap"  # it is no new alarm


def test_an_alarm_that_was_worse_before_keeps_that_light() -> None:
    bed = Bed()
    bed.hold(11, spo2=87)
    bed.hold(8, spo2=90)
    again = restarted(bed)
    status = again.status("spo2_low")
    assert status is not None
    assert (status.state, status.priority) == (State.UNRESOLVED, Priority.HIGH)
    sound = again.engine.sound()
    assert sound is not None
    assert sound.priority is Priority.MEDIUM


def test_what_an_older_program_remembered_has_nothing_latched() -> None:
    body = AlarmMemory(held=(HeldAlarm(condition="spo2_low", levels=("high",)),)).as_json()
    for name in ("light", "sound"):
        del body["held"][0][name]
    assert AlarmMemory.from_json(body).held == (HeldAlarm(condition="spo2_low", levels=("high",)),)

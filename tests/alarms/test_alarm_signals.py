"""What is seen and heard: latching, merging, ranking, acknowledging, pausing, off, another patient."""

import numpy as np
import pytest

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.commands import (
    Acknowledge,
    AlarmCommand,
    CancelPause,
    EnterResponsiveness,
    ExpectMonitor,
    NewPatient,
    PauseAudio,
    SetBaseline,
    SetCheckDue,
    SetCuffInterval,
    SetFault,
    SetLimit,
    SetPhase,
    SwitchOff,
    SwitchOn,
)
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limits import Scope
from nurse_station.alarms.words import Fault, Phase, Priority
from nurse_station.vitals.waves import WaveBlock
from tests.alarms.bed import TICK, WELL, Bed, reading

LOW, MEDIUM, HIGH = Priority.LOW, Priority.MEDIUM, Priority.HIGH
ACK = Acknowledge(who="M. Roy")
PAUSE = PauseAudio(who="M. Roy")


@pytest.fixture
def bed() -> Bed:
    return Bed()


def sounding(bed: Bed) -> str | None:
    sound = bed.engine.sound()
    return None if sound is None else sound.condition


def acts(bed: Bed) -> list[tuple[Act, str]]:
    return [(entry.act, entry.why) for entry in bed.entries if isinstance(entry, ActTaken)]


def test_what_latches_audio_sounds_on_after_its_end_until_acknowledged(bed: Bed) -> None:
    bed.hold(3, spo2=84)
    bed.hold(5, spo2=97)
    assert bed.state("spo2_desaturation") is State.LATCHED
    assert sounding(bed) == "spo2_desaturation"
    bed.do(ACK)
    assert bed.engine.statuses() == ()
    assert sounding(bed) is None


def test_what_latches_only_light_falls_silent_at_its_end(bed: Bed) -> None:
    bed.hold(11, spo2=87)
    assert sounding(bed) == "spo2_low"
    bed.hold(5, spo2=97)
    status = bed.status("spo2_low")
    assert status is not None
    assert (status.state, status.priority, status.visible) == (State.LATCHED, HIGH, True)
    assert sounding(bed) is None


def test_what_does_not_latch_ends_by_itself(bed: Bed) -> None:
    bed.hold(16, spo2=91)
    bed.hold(5, spo2=97)
    assert bed.engine.statuses() == ()


def test_a_latched_alarm_that_comes_again_waits_for_its_delay(bed: Bed) -> None:
    bed.hold(11, spo2=87)
    bed.hold(5, spo2=97)
    bed.hold(9, spo2=87)
    assert bed.state("spo2_low") is State.LATCHED
    bed.hold(2, spo2=87)
    assert bed.state("spo2_low") is State.ACTIVE


def test_a_high_alarm_that_became_medium_is_shown_high_until_seen_and_sounds_medium(bed: Bed) -> None:
    bed.hold(16, spo2=87)
    bed.hold(5, spo2=90)
    assert bed.priority("spo2_low") is HIGH
    assert bed.engine.sound().priority is MEDIUM  # type: ignore[union-attr]
    bed.do(ACK)
    assert bed.priority("spo2_low") is MEDIUM


def test_acknowledging_silences_what_is_present_until_it_ends(bed: Bed) -> None:
    bed.hold(16, spo2=91)
    bed.do(ACK)
    status = bed.status("spo2_low")
    assert status is not None
    assert (status.acknowledged, status.visible) == (True, True)
    bed.hold(300, spo2=91)
    assert sounding(bed) is None  # MEDIUM: no reminder
    bed.hold(5, spo2=97)
    bed.hold(16, spo2=91)
    assert sounding(bed) == "spo2_low"


def test_acknowledging_nothing_changes_nothing(bed: Bed) -> None:
    bed.hold(5, spo2=91)
    assert bed.do(ACK).entries == ()


def test_a_rise_in_priority_sounds_though_the_lower_one_was_acknowledged(bed: Bed) -> None:
    bed.hold(16, spo2=91)
    bed.do(ACK)
    bed.hold(11, spo2=86)
    assert Event.ESCALATED in bed.events("spo2_low")
    assert bed.engine.sound().priority is HIGH  # type: ignore[union-attr]


@pytest.mark.hazard("H-08")
def test_a_high_alarm_sounds_again_three_minutes_after_it_was_acknowledged(bed: Bed) -> None:
    bed.hold(11, spo2=87)
    bed.do(ACK)
    bed.hold(180 - TICK, spo2=87)
    assert sounding(bed) is None
    bed.wait(TICK)
    assert sounding(bed) == "spo2_low"
    assert bed.events("spo2_low")[-1] is Event.REMINDED


def test_an_alarm_that_sounded_again_latches_at_its_end(bed: Bed) -> None:
    bed.hold(11, spo2=87)
    bed.do(ACK)
    bed.hold(181, spo2=87)
    bed.hold(5, spo2=97)
    assert bed.state("spo2_low") is State.LATCHED


def test_an_acknowledged_alarm_ends_for_good(bed: Bed) -> None:
    bed.hold(11, spo2=84)
    bed.do(ACK)
    bed.hold(5, spo2=97)
    assert bed.engine.statuses() == ()


def test_a_high_alarm_whose_data_vanished_sounds_again_too(bed: Bed) -> None:
    bed.hold(11, spo2=87)
    bed.do(ACK)
    bed.hold(181, spo2=None)
    assert bed.state("spo2_low") is State.UNRESOLVED
    assert sounding(bed) == "spo2_low"


@pytest.mark.parametrize(("hider", "hidden"), [("spo2_desaturation", "spo2_low"), ("apnoea", "rr_low")])
@pytest.mark.hazard("H-09")
def test_a_stronger_alarm_hides_the_weaker_which_is_recorded(bed: Bed, hider: str, hidden: str) -> None:
    bed.hold(21, spo2=84, rr_co2=0)
    assert bed.status(hidden).hidden_by == hider  # type: ignore[union-attr]
    assert not bed.status(hidden).visible  # type: ignore[union-attr]
    assert bed.status(hider).visible  # type: ignore[union-attr]
    changes = [e for e in bed.entries if isinstance(e, AlarmChange) and e.condition == hidden]
    assert Event.DELAY_ELAPSED in {change.event for change in changes}


def test_what_is_hidden_is_seen_when_the_stronger_one_ends(bed: Bed) -> None:
    bed.hold(16, spo2=84)
    bed.hold(5, spo2=89)
    assert bed.state("spo2_desaturation") is State.LATCHED
    assert bed.status("spo2_low").visible  # type: ignore[union-attr]


def test_a_lost_link_hides_the_bed_s_other_technical_alarms(bed: Bed) -> None:
    bed.hold(11, **WELL)
    bed.hold(11, **{**WELL, "spo2": None})
    bed.wait(40)
    visible = {s.condition for s in bed.engine.statuses() if s.visible}
    assert visible == {"link_lost"}
    assert {"value_expired"} <= bed.active()


def test_a_switched_off_alarm_hides_nothing(bed: Bed) -> None:
    bed.do(SwitchOff(condition="spo2_desaturation", why="known shunt", who="M. Roy"))
    bed.hold(16, spo2=84)
    assert bed.status("spo2_low").visible  # type: ignore[union-attr]
    assert sounding(bed) == "spo2_low"


@pytest.mark.hazard("H-06")
def test_the_most_urgent_comes_first_and_sounds_alone(bed: Bed) -> None:
    bed.hold(31, spo2=91, hr=39, rr_co2=31)
    order = [status.condition for status in bed.engine.statuses()]
    assert order == ["hr_low", "rr_high", "spo2_low"]
    assert sounding(bed) == "hr_low"


def test_within_a_priority_the_table_ranks(bed: Bed) -> None:
    bed.hold(11, spo2=87, hr=141)
    assert [s.condition for s in bed.engine.statuses()] == ["spo2_low", "hr_high"]


def test_what_is_there_ranks_before_what_has_ended(bed: Bed) -> None:
    bed.hold(11, spo2=87, hr=70)
    bed.hold(11, spo2=97, hr=141)
    assert [(s.condition, s.state) for s in bed.engine.statuses()] == [
        ("hr_high", State.ACTIVE),
        ("spo2_low", State.LATCHED),
    ]


def test_a_medium_cuff_alarm_sounds_once_and_asks_for_a_repeat(bed: Bed) -> None:
    bed.say(nibp_sys=165)
    sound = bed.engine.sound()
    assert sound is not None
    assert (sound.priority, sound.repeats) == (MEDIUM, False)
    assert bed.status("nibp_sys_high").repeat_at == bed.now + 300  # type: ignore[union-attr]
    bed.wait(4)
    assert sounding(bed) is None
    assert bed.priority("nibp_sys_high") is MEDIUM
    bed.hold(296, spo2=97)
    assert sounding(bed) == "nibp_sys_high"


def test_a_new_cuff_pressure_that_is_still_high_sounds_once_more(bed: Bed) -> None:
    bed.say(nibp_sys=165)
    bed.hold(60, spo2=97)
    assert sounding(bed) is None
    bed.hear([reading("nibp_sys", 166, bed.now, measured_at=bed.now)])
    assert sounding(bed) == "nibp_sys_high"


def test_a_high_cuff_alarm_repeats(bed: Bed) -> None:
    bed.say(nibp_sys=205)
    bed.wait(8)
    sound = bed.engine.sound()
    assert sound is not None
    assert (sound.priority, sound.repeats) == (HIGH, True)


@pytest.mark.hazard("H-08")
def test_a_pause_silences_for_two_minutes_and_ends_by_itself(bed: Bed) -> None:
    bed.hold(16, spo2=91)
    assert bed.do(PAUSE).done
    assert sounding(bed) is None
    assert bed.engine.pause.until == bed.now + 120  # type: ignore[union-attr]
    bed.hold(120 - TICK, spo2=91)
    assert sounding(bed) is None
    bed.wait(TICK)
    assert sounding(bed) == "spo2_low"
    assert acts(bed)[-1] == (Act.AUDIO_PAUSE_ENDED, "elapsed")


def test_when_the_next_check_is_due_can_be_asked(bed: Bed) -> None:
    bed.engine.command(SetCheckDue(at=1900.0, who="nurse"), bed.now)
    assert bed.engine.check_due_at == 1900.0


def test_a_pause_can_be_cancelled(bed: Bed) -> None:
    bed.hold(16, spo2=91)
    bed.do(PAUSE)
    bed.do(CancelPause(who="M. Roy"))
    assert sounding(bed) == "spo2_low"
    assert acts(bed)[-1] == (Act.AUDIO_PAUSE_ENDED, "cancelled")


@pytest.mark.hazard("H-08")
def test_something_new_and_as_urgent_breaks_through_a_pause(bed: Bed) -> None:
    bed.hold(16, spo2=91, hr=70)
    bed.do(PAUSE)
    bed.hold(11, spo2=91, hr=45)
    assert bed.engine.pause is None
    assert sounding(bed) == "spo2_low"
    assert (Act.AUDIO_PAUSE_ENDED, "breakthrough") in acts(bed)


def test_something_less_urgent_waits_for_the_end_of_the_pause(bed: Bed) -> None:
    bed.hold(11, spo2=87, hr=70)
    bed.do(PAUSE)
    bed.hold(11, spo2=87, hr=45)
    assert bed.engine.pause is not None


def test_in_a_pause_begun_in_silence_anything_new_sounds(bed: Bed) -> None:
    bed.do(PAUSE)
    bed.do(SetFault(fault=Fault.DISK_LOW, present=True))
    bed.wait(3)
    assert sounding(bed) == "not_recording"


def test_what_is_hidden_or_off_does_not_break_through(bed: Bed) -> None:
    bed.do(SwitchOff(condition="hr_low", why="athlete", who="M. Roy"))
    bed.hold(5, spo2=84, hr=60)
    bed.do(PAUSE)
    bed.hold(16, spo2=84, hr=45)
    assert bed.engine.pause is not None
    assert {"spo2_low", "hr_low"} <= bed.active()


def test_an_alarm_that_is_off_gives_neither_sound_nor_light(bed: Bed) -> None:
    bed.do(SwitchOff(condition="hr_low", why="athlete", who="M. Roy"))
    bed.hold(11, hr=45)
    status = bed.status("hr_low")
    assert status is not None
    assert (status.off, status.why_off, status.visible) == (True, "athlete", False)
    assert sounding(bed) is None


def test_a_high_alarm_that_is_off_keeps_its_light(bed: Bed) -> None:
    bed.do(SwitchOff(condition="hr_low", why="athlete", who="M. Roy"))
    bed.hold(11, hr=39)
    assert bed.status("hr_low").visible  # type: ignore[union-attr]
    assert sounding(bed) is None
    bed.do(SwitchOn(condition="hr_low", who="M. Roy"))
    assert sounding(bed) == "hr_low"


@pytest.mark.parametrize("condition", ["spo2_low", "spo2_desaturation", "apnoea", "link_lost"])
@pytest.mark.hazard("H-08")
def test_nothing_vital_is_switched_off_while_infusing(bed: Bed, condition: str) -> None:
    off = SwitchOff(condition=condition, why="noise", who="M. Roy")
    assert bed.do(off).done
    bed.do(SetPhase(phase=Phase.INFUSING, who="M. Roy"))
    assert not bed.engine.off
    assert acts(bed)[-1] == (Act.SWITCHED_ON, "the infusion runs")
    answer = bed.do(off)
    assert (answer.done, answer.entries) == (False, ())
    assert answer.sentence == (
        f"{condition} cannot be switched off while the infusion runs; acknowledge it or pause the sound."
    )


def test_what_is_not_vital_stays_off_when_the_infusion_begins(bed: Bed) -> None:
    bed.do(SwitchOff(condition="rr_high", why="crying", who="M. Roy"))
    bed.do(SetPhase(phase=Phase.INFUSING, who="M. Roy"))
    assert bed.engine.off == {"rr_high": "crying"}


@pytest.mark.parametrize(("command", "says"), [
    (CancelPause(who="x"), "is not paused"),
    (SwitchOff(condition="hr_lwo", why="x", who="x"), "no alarm called hr_lwo"),
    (SwitchOff(condition="hr_low", why=" ", who="x"), "only with a reason"),
    (SwitchOn(condition="hr_low", who="x"), "is not switched off"),
    (EnterResponsiveness(who="x", moaas=6), "MOAA/S goes from 0 to 5"),
    (EnterResponsiveness(who="x", rass=-6), "RASS goes from -5 to 4"),
    (SetCuffInterval(seconds=0, who="x"), "longer than 0 s"),
    (SetBaseline(baseline={"hr": 900}, who="x"), "900 cannot be the baseline of hr"),
    (SetBaseline(baseline={"mood": 9}, who="x"), "9 cannot be the baseline of mood"),
    (SetLimit(key="spo2_low.medium", number=50, who="x"), "give 85 to 96"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_in_a_sentence(bed: Bed, command: AlarmCommand, says: str) -> None:
    answer = bed.do(command)
    assert not answer.done
    assert says in answer.sentence
    assert answer.sentence.endswith(".")
    assert answer.entries == ()


@pytest.mark.hazard("H-08")
def test_a_pause_is_not_prolonged(bed: Bed) -> None:
    bed.do(PAUSE)
    bed.wait(60)
    assert bed.do(PAUSE).sentence == "The sound is paused already; it returns in 60 s."


def test_a_monitor_is_not_disconnected_while_infusing(bed: Bed) -> None:
    bed.hold(2, **WELL)
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    assert "stop the infusion first" in bed.do(ExpectMonitor(expected=False, who="x")).sentence
    bed.wait(10)
    assert bed.priority("link_lost") is HIGH


def test_a_limit_that_was_set_counts_and_is_journalled(bed: Bed) -> None:
    answer = bed.do(SetLimit(key="hr_low.medium", number=45, who="M. Roy", why="runner"))
    (entry,) = answer.entries
    assert isinstance(entry, ActTaken)
    assert entry.change is not None
    assert (entry.condition, entry.who, entry.change.old, entry.change.new) == ("hr_low", "M. Roy", 50, 45)
    bed.hold(11, hr=46)
    assert bed.priority("hr_low") is Priority.NONE


def test_a_baseline_is_journalled_limit_by_limit(bed: Bed) -> None:
    entries = bed.do(SetBaseline(baseline={"hr": 60, "nibp_sys": 140}, who="M. Roy")).entries
    changes = [entry.change for entry in entries if isinstance(entry, ActTaken) and entry.change]
    assert {change.key for change in changes} == {"hr_low.medium", "nibp_sys_high.medium"}
    assert {change.why for change in changes} == {"from baseline"}


@pytest.mark.hazard("H-10")
def test_another_patient_starts_from_the_clinic_s_defaults(bed: Bed) -> None:
    bed.do(SetLimit(key="hr_low.medium", number=48, who="x", scope=Scope.CLINIC))
    bed.do(SetLimit(key="hr_low.medium", number=40, who="x"))
    bed.do(SwitchOff(condition="rr_high", why="crying", who="x"))
    bed.do(EnterResponsiveness(who="x", moaas=2))
    bed.do(SetCheckDue(at=bed.now, who="x"))
    bed.hold(16, spo2=84)
    bed.do(PAUSE)
    answer = bed.do(NewPatient(who="x"))
    assert answer.done
    assert bed.engine.statuses() == ()
    assert (bed.engine.pause, bed.engine.off, bed.engine.phase) == (None, {}, Phase.IDLE)
    assert bed.engine.limits.effective["hr_low.medium"] == 48
    assert bed.engine.without_s["spo2"] == 0
    assert acts(bed)[-2:] == [(Act.SWITCHED_ON, "new patient"), (Act.AUDIO_PAUSE_ENDED, "new patient")]
    resets = [e for e in answer.entries if isinstance(e, AlarmChange)]
    assert {change.event for change in resets} == {Event.RESET}


def test_a_fault_of_the_station_outlives_the_patient(bed: Bed) -> None:
    bed.do(SetFault(fault=Fault.AUDIO_UNUSABLE, present=True))
    bed.wait(3)
    bed.do(NewPatient(who="x"))
    bed.wait(3)
    assert bed.priority("no_audio") is MEDIUM


def test_every_entry_has_the_next_number(bed: Bed) -> None:
    bed.hold(16, spo2=84)
    bed.do(PAUSE)
    bed.do(ACK)
    bed.hold(10, spo2=97)
    assert [entry.number for entry in bed.entries] == list(range(1, len(bed.entries) + 1))


def test_a_change_says_what_how_far_and_after_what_delay(bed: Bed) -> None:
    bed.hold(16, spo2=91)
    bed.do(ACK)
    active, seen = [e for e in bed.entries if isinstance(e, AlarmChange)][-2:]
    assert (active.event, active.value, active.limit, active.delay_s) == (Event.DELAY_ELAPSED, 91, 92, 15)
    assert (active.onset, active.at, active.priority) == (1000, 1015, MEDIUM)
    assert (seen.event, seen.who, seen.acknowledged) == (Event.ACKNOWLEDGED, "M. Roy", True)


def test_time_that_goes_back_stands_still(bed: Bed) -> None:
    bed.hold(10, spo2=91)
    assert bed.engine.tick(0.0) == []
    bed.hold(6, spo2=91)
    assert bed.priority("spo2_low") is MEDIUM


def block(bed: Bed, samples: list[float], wave: str = "pleth", leads_off: bool = False) -> WaveBlock:
    return WaveBlock(wave=wave, samples=np.array(samples, dtype=np.float32), rate_hz=100, resolution=0.01,
                     at=bed.now, source="test", leads_off=leads_off)  # fmt: skip


@pytest.mark.parametrize(("samples", "wave", "leads_off", "expected"), [
    ([1.0, 1.0], "pleth", False, MEDIUM),
    ([1.0, 2.0], "pleth", False, Priority.NONE),
    ([1.0, 1.0], "pleth", True, Priority.NONE),
    ([float("nan"), 1.0], "pleth", False, Priority.NONE),
    ([], "pleth", False, Priority.NONE),
    ([0.0, 0.0], "co2", False, Priority.NONE),
])  # fmt: skip
def test_a_beating_wave_that_is_flat_for_five_seconds_is_frozen(
    bed: Bed, samples: list[float], wave: str, leads_off: bool, expected: Priority
) -> None:
    for _ in range(5):
        bed.say(block(bed, samples, wave, leads_off))
        bed.wait(1)
        assert bed.priority("frozen") is Priority.NONE
    bed.say(block(bed, samples, wave, leads_off))
    assert bed.priority("frozen") is expected
    bed.say(block(bed, [1.0, 3.0]))
    assert bed.priority("frozen") is Priority.NONE


def test_a_flat_wave_that_no_longer_arrives_is_not_frozen(bed: Bed) -> None:
    for _ in range(7):
        bed.say(block(bed, [1.0, 1.0]))
        bed.wait(1)
    bed.hold(6, spo2=97)
    assert bed.priority("frozen") is Priority.NONE


def heard(bed: Bed, condition: str, within_s: int, **values: float) -> bool:
    """Whether the condition's sound is asked for within so many seconds."""
    for _ in range(within_s):
        bed.hold(1, **values)
        if sounding(bed) == condition:
            return True
    return False


@pytest.mark.hazard("H-06")
def test_a_single_burst_that_a_pause_silenced_is_heard_after_it(bed: Bed) -> None:
    bed.hold(6, **{**WELL, "hr": 35})
    bed.do(PauseAudio(who="x"))
    bed.hold(10, **WELL, nibp_sys=170)
    assert bed.engine.pause is not None
    assert heard(bed, "nibp_sys_high", 115, **WELL, nibp_sys=170)
    assert not heard(bed, "nibp_sys_high", 1, **WELL, nibp_sys=120)


@pytest.mark.hazard("H-06")
def test_a_single_burst_beneath_a_louder_alarm_is_heard_when_that_ends(bed: Bed) -> None:
    bed.hold(6, **{**WELL, "hr": 35})
    bed.hold(20, **{**WELL, "hr": 35}, nibp_sys=170)
    assert sounding(bed) == "hr_low"
    assert heard(bed, "nibp_sys_high", 10, **WELL, nibp_sys=170)
    bed.hold(6, **WELL, nibp_sys=170)
    assert sounding(bed) is None

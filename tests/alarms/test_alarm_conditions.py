"""Every row of the table: at its limit, beyond it, a tick short of its delay, a tick over, without data."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from nurse_station.alarms.commands import (
    Acknowledge,
    AlarmCommand,
    EnterResponsiveness,
    ExpectMonitor,
    ReportGap,
    SetBaseline,
    SetCheckDue,
    SetCuffInterval,
    SetFault,
    SetPhase,
)
from nurse_station.alarms.conditions import CONDITIONS, RANK
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Scope
from nurse_station.alarms.rules import RULES
from nurse_station.alarms.words import Fault, Kind, Latch, Phase, Priority
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Missing, Quality
from tests.alarms.bed import FACTORY, TICK, WELL, Bed, reading

LOW, MEDIUM, HIGH, NONE = Priority.LOW, Priority.MEDIUM, Priority.HIGH, Priority.NONE
YEAR_S = 365 * 86400.0


@dataclass(frozen=True)
class Continuous:
    """A priority of a condition that watches a continuous value."""

    key: str
    priority: Priority
    parameter: str
    at: float
    beyond: float
    delay: float

    def __str__(self) -> str:
        return f"{self.key}-{self.priority.name}-{self.beyond:g}"


CONTINUOUS = [
    Continuous("spo2_low", MEDIUM, "spo2", 92, 91, 15),
    Continuous("spo2_low", HIGH, "spo2", 88, 87, 10),
    Continuous("spo2_desaturation", HIGH, "spo2", 85, 84, 2),
    Continuous("rr_low", MEDIUM, "rr_co2", 10, 9, 15),
    Continuous("rr_low", HIGH, "rr_co2", 8, 7, 10),
    Continuous("rr_low", MEDIUM, "rr_imp", 10, 9, 15),
    Continuous("rr_high", MEDIUM, "rr_co2", 25, 26, 30),
    Continuous("rr_high", HIGH, "rr_co2", 30, 31, 15),
    Continuous("etco2_low", MEDIUM, "etco2", 25, 24, 30),
    Continuous("etco2_high", MEDIUM, "etco2", 50, 51, 30),
    Continuous("etco2_high", HIGH, "etco2", 60, 61, 15),
    Continuous("hr_low", MEDIUM, "hr", 50, 49, 10),
    Continuous("hr_low", HIGH, "hr", 40, 39, 5),
    Continuous("hr_low", MEDIUM, "pr", 50, 49, 10),
    Continuous("hr_high", MEDIUM, "hr", 120, 121, 10),
    Continuous("hr_high", HIGH, "hr", 140, 141, 5),
    Continuous("hr_high", HIGH, "hr", 120, 121, 300),
    Continuous("apnoea", HIGH, "rr_co2", 1, 0, 20),
    Continuous("apnoea", HIGH, "rr_imp", 1, 0, 20),
]
each_continuous = pytest.mark.parametrize("case", CONTINUOUS, ids=str)


@each_continuous
def test_at_its_limit_a_value_is_in_limits(case: Continuous) -> None:
    bed = Bed()
    bed.hold(case.delay + 5, **{case.parameter: case.at})
    assert bed.priority(case.key) < case.priority


@each_continuous
@pytest.mark.hazard("H-01")
def test_beyond_its_limit_it_alarms_after_its_delay_and_not_a_tick_before(case: Continuous) -> None:
    bed = Bed()
    bed.hold(case.delay - TICK, **{case.parameter: case.beyond})
    assert bed.priority(case.key) < case.priority
    bed.wait(2 * TICK)
    assert bed.priority(case.key) == case.priority
    status = bed.status(case.key)
    assert status is not None
    assert status.detail == (case.parameter,)
    assert status.onset == 1000


@each_continuous
def test_a_value_in_limits_begins_the_delay_anew(case: Continuous) -> None:
    bed = Bed()
    bed.hold(max(case.delay - 1, 1), **{case.parameter: case.beyond})
    bed.hold(1, **{case.parameter: case.at})
    bed.hold(max(case.delay - 1, 1), **{case.parameter: case.beyond})
    assert bed.priority(case.key) < case.priority


@each_continuous
def test_no_value_never_alarms(case: Continuous) -> None:
    bed = Bed()
    bed.hold(case.delay + 20, **{case.parameter: None})
    assert bed.priority(case.key) is NONE


@each_continuous
@pytest.mark.hazard("H-01")
def test_no_value_neither_clears_an_alarm_nor_lengthens_a_delay(case: Continuous) -> None:
    bed = Bed()
    bed.hold(case.delay - 1, **{case.parameter: case.beyond})
    bed.hold(30, **{case.parameter: None})
    assert bed.priority(case.key) < case.priority
    bed.hold(1 + TICK, **{case.parameter: case.beyond})
    assert bed.priority(case.key) == case.priority
    bed.hold(60, **{case.parameter: None})
    assert bed.state(case.key) is State.UNRESOLVED
    assert bed.priority(case.key) == case.priority


@each_continuous
def test_an_alarm_whose_monitor_fell_silent_is_held(case: Continuous) -> None:
    bed = Bed()
    bed.hold(case.delay + TICK, **{case.parameter: case.beyond})
    bed.wait(60)
    assert bed.state(case.key) is State.UNRESOLVED
    status = bed.status(case.key)
    assert status is not None
    assert status.value is None
    bed.hold(2, **{case.parameter: case.beyond})
    assert bed.state(case.key) is State.ACTIVE


@each_continuous
@pytest.mark.hazard("H-12")
def test_a_jump_of_a_year_neither_clears_nor_raises_it(case: Continuous) -> None:
    bed = Bed()
    bed.hold(max(case.delay - 6, 1), **{case.parameter: case.beyond})
    bed.jump(YEAR_S)
    assert bed.priority(case.key) < case.priority
    bed.hold(case.delay + 1, **{case.parameter: case.beyond})
    assert bed.priority(case.key) == case.priority
    bed.jump(YEAR_S)
    assert bed.state(case.key) is State.UNRESOLVED
    bed.jump(-YEAR_S)
    assert bed.priority(case.key) == case.priority


@pytest.mark.parametrize(("key", "parameter", "beyond", "not_enough", "enough"), [
    ("spo2_low", "spo2", 91, 92.5, 93),
    ("spo2_desaturation", "spo2", 84, 85.5, 86),
    ("rr_low", "rr_co2", 9, 10.5, 11),
    ("rr_high", "rr_co2", 26, 24.5, 24),
    ("etco2_low", "etco2", 24, 26.5, 27),
    ("etco2_high", "etco2", 51, 48.5, 48),
    ("hr_low", "hr", 49, 52.5, 53),
    ("hr_high", "hr", 121, 117.5, 117),
])  # fmt: skip
def test_it_clears_when_inside_by_its_margin_for_three_seconds(
    key: str, parameter: str, beyond: float, not_enough: float, enough: float
) -> None:
    bed = Bed()
    bed.hold(31, **{parameter: beyond})
    bed.hold(30, **{parameter: not_enough})
    assert bed.state(key) is State.ACTIVE
    bed.hold(2, **{parameter: enough})
    bed.hold(1, **{parameter: not_enough})
    assert bed.state(key) is State.ACTIVE
    bed.hold(3 - TICK, **{parameter: enough})
    assert bed.state(key) is State.ACTIVE
    bed.wait(2 * TICK)
    assert bed.state(key) in (State.INACTIVE, State.LATCHED)


def test_a_gap_begins_the_three_seconds_anew() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.hold(2, spo2=97)
    bed.hold(5, spo2=None)
    bed.hold(2, spo2=97)
    assert bed.state("spo2_low") is State.ACTIVE
    bed.wait(1)
    assert bed.state("spo2_low") is State.INACTIVE


def test_nobody_knows_of_breaths_while_the_line_is_silent() -> None:
    bed = Bed()
    bed.say(bed.device("no_breath"))
    bed.hold(10)
    bed.wait(30)
    assert bed.active() == {"link_lost"}
    bed.hold(5)
    assert bed.priority("apnoea") is NONE
    bed.hold(7)
    assert bed.priority("apnoea") is HIGH


def test_ten_points_below_the_medium_limit_is_a_desaturation() -> None:
    limits, _ = FACTORY.set(Scope.PATIENT, "spo2_low.medium", 96, "x")
    bed = Bed(limits)
    bed.hold(3, spo2=87)
    assert bed.priority("spo2_desaturation") is NONE
    bed.hold(3, spo2=86)
    assert bed.priority("spo2_desaturation") is HIGH


def test_a_low_etco2_in_someone_who_breathes_is_a_cannula_off_the_nose() -> None:
    bed = Bed()
    bed.hold(31, etco2=14, rr_co2=12)
    assert bed.priority("etco2_low") is LOW
    bed.hold(4, etco2=20, rr_co2=12)
    assert bed.priority("etco2_low") is LOW
    bed.hold(31, etco2=20, rr_co2=12)
    assert bed.priority("etco2_low") is MEDIUM


def test_a_low_etco2_without_breaths_is_medium() -> None:
    bed = Bed()
    bed.hold(31, etco2=14, rr_co2=0)
    assert bed.priority("etco2_low") is MEDIUM


def test_the_heart_rate_of_the_ecg_counts_before_the_pulse_rate() -> None:
    bed = Bed()
    bed.hold(11, hr=70, pr=45)
    assert bed.priority("hr_low") is NONE
    bed.hold(11, hr=None, pr=45)
    assert bed.priority("hr_low") is MEDIUM


@pytest.mark.parametrize(("baseline", "rate", "expected"), [
    ({}, 49, MEDIUM), ({"hr": 60}, 49, NONE), ({"hr": 60}, 47, MEDIUM), ({"hr": 90}, 49, MEDIUM),
    ({"hr": 80}, 105, MEDIUM), ({}, 105, NONE), ({"hr": 70}, 105, NONE),
])  # fmt: skip
def test_heart_rate_limits_follow_the_baseline(
    baseline: dict[str, float], rate: float, expected: Priority
) -> None:
    bed = Bed()
    assert bed.do(SetBaseline(baseline=baseline, who="M. Roy")).done
    bed.hold(11, hr=rate)
    assert max(bed.priority("hr_low"), bed.priority("hr_high")) is expected


@dataclass(frozen=True)
class Cuff:
    """A cuff pressure: what one reading of it gives."""

    key: str
    parameter: str
    value: float
    priority: Priority


CUFFS = [
    Cuff("nibp_sys_high", "nibp_sys", 160, NONE), Cuff("nibp_sys_high", "nibp_sys", 161, MEDIUM),
    Cuff("nibp_sys_high", "nibp_sys", 181, MEDIUM), Cuff("nibp_sys_high", "nibp_sys", 200, MEDIUM),
    Cuff("nibp_sys_high", "nibp_sys", 201, HIGH), Cuff("nibp_sys_low", "nibp_sys", 100, NONE),
    Cuff("nibp_sys_low", "nibp_sys", 99, MEDIUM), Cuff("nibp_sys_low", "nibp_sys", 90, MEDIUM),
    Cuff("nibp_sys_low", "nibp_sys", 89, HIGH), Cuff("nibp_dia_high", "nibp_dia", 100, NONE),
    Cuff("nibp_dia_high", "nibp_dia", 101, MEDIUM), Cuff("nibp_dia_high", "nibp_dia", 111, MEDIUM),
    Cuff("nibp_dia_high", "nibp_dia", 120, MEDIUM), Cuff("nibp_dia_high", "nibp_dia", 121, HIGH),
    Cuff("nibp_map", "nibp_mean", 65, NONE), Cuff("nibp_map", "nibp_mean", 64, MEDIUM),
    Cuff("nibp_map", "nibp_mean", 60, MEDIUM), Cuff("nibp_map", "nibp_mean", 59, HIGH),
    Cuff("nibp_map", "nibp_mean", 115, NONE), Cuff("nibp_map", "nibp_mean", 116, MEDIUM),
    Cuff("nibp_map", "nibp_mean", 130, MEDIUM), Cuff("nibp_map", "nibp_mean", 131, HIGH),
]  # fmt: skip


@pytest.mark.parametrize("case", CUFFS, ids=lambda case: f"{case.key}-{case.value:g}")
def test_a_cuff_pressure_is_judged_at_its_reading(case: Cuff) -> None:
    bed = Bed()
    bed.say(**{case.parameter: case.value})
    assert bed.priority(case.key) is case.priority


@pytest.mark.parametrize("case", CUFFS, ids=lambda case: f"{case.key}-{case.value:g}")
def test_a_cuff_alarm_outlives_missing_values_silence_and_a_jump(case: Cuff) -> None:
    bed = Bed()
    bed.say(**{case.parameter: case.value})
    bed.hold(5, **{case.parameter: None})
    assert bed.priority(case.key) is case.priority
    bed.wait(20)
    bed.jump(YEAR_S)
    assert bed.priority(case.key) is case.priority


def test_a_cuff_pressure_that_fell_clears_at_once_and_latches_if_it_was_high() -> None:
    bed = Bed()
    bed.say(nibp_sys=205, nibp_dia=101)
    bed.say(nibp_sys=140, nibp_dia=90)
    assert bed.state("nibp_sys_high") is State.LATCHED
    assert bed.state("nibp_dia_high") is State.INACTIVE


@pytest.mark.parametrize(("after", "expected"), [(299.0, HIGH), (300.0, HIGH), (301.0, MEDIUM)])
def test_a_second_reading_within_five_minutes_confirms_the_first(after: float, expected: Priority) -> None:
    bed = Bed()
    for at in (bed.now, bed.now + after):
        bed.hear([reading("nibp_sys", 185, bed.now, measured_at=at)])
    assert bed.priority("nibp_sys_high") is expected


def test_the_same_reading_repeated_each_second_confirms_nothing() -> None:
    bed = Bed()
    at = bed.now
    for _ in range(10):
        bed.hear([reading("nibp_sys", 185, bed.now, measured_at=at)])
        bed.wait(1)
    assert bed.priority("nibp_sys_high") is MEDIUM


def test_a_confirmed_pressure_stays_high_until_it_falls_below_the_limit() -> None:
    bed = Bed()
    for value, at in ((185, 1000), (186, 1100), (184, 1600)):
        bed.hear([reading("nibp_sys", value, bed.now, measured_at=at)])
    assert bed.priority("nibp_sys_high") is HIGH
    bed.hear([reading("nibp_sys", 170, bed.now, measured_at=1700)])
    assert bed.priority("nibp_sys_high") is HIGH  # shown as HIGH until someone has seen it
    bed.do(Acknowledge(who="M. Roy"))
    assert bed.priority("nibp_sys_high") is MEDIUM


@pytest.mark.parametrize(
    ("key", "device"), [("asystole", "asystole"), ("apnoea", "apnoea"), ("apnoea", "apnoea_impedance")]
)
def test_what_the_monitor_reports_alarms_at_once(key: str, device: str) -> None:
    bed = Bed()
    bed.say(bed.device(device))
    assert bed.priority(key) is HIGH
    bed.wait(10)
    assert bed.state(key) is State.UNRESOLVED
    bed.say(bed.device(device, active=False))
    assert bed.state(key) is State.LATCHED


@pytest.mark.hazard("H-15")
def test_no_breath_counts_from_its_onset_and_ends_with_a_breath() -> None:
    bed = Bed()
    bed.say(bed.device("no_breath"))
    bed.hold(20 - TICK)
    assert bed.priority("apnoea") is NONE
    bed.wait(TICK)
    assert bed.priority("apnoea") is HIGH
    status = bed.status("apnoea")
    assert status is not None
    assert (status.value, status.limit) == (20, 20)
    bed.say(bed.device("breath_unknown"))
    assert bed.state("apnoea") is State.UNRESOLVED
    bed.say(bed.device("breath_unknown", active=False), bed.device("no_breath", active=False))
    assert bed.state("apnoea") is State.LATCHED


@pytest.mark.parametrize(("scores", "key", "priority"), [
    ({}, "oversedated", NONE),
    ({"moaas": 5}, "oversedated", NONE), ({"moaas": 4}, "oversedated", NONE),
    ({"moaas": 3}, "oversedated", MEDIUM), ({"moaas": 2}, "oversedated", HIGH),
    ({"moaas": 0}, "oversedated", HIGH), ({"rass": -2}, "oversedated", NONE),
    ({"rass": -3}, "oversedated", MEDIUM), ({"rass": -4}, "oversedated", HIGH),
    ({"rass": 1}, "agitated", NONE), ({"rass": 2}, "agitated", MEDIUM),
    ({"rass": 3}, "agitated", HIGH), ({"moaas": 2}, "agitated", NONE),
])  # fmt: skip
@pytest.mark.hazard("H-15")
def test_a_score_alarms_on_entry_and_stands_until_the_next(
    scores: dict[str, int], key: str, priority: Priority
) -> None:
    bed = Bed()
    assert bed.do(EnterResponsiveness(who="M. Roy", **scores)).done
    assert bed.priority(key) is priority
    bed.jump(YEAR_S)
    assert bed.priority(key) is priority
    bed.do(EnterResponsiveness(who="M. Roy", moaas=5, rass=0))
    assert bed.priority(key) is NONE


@pytest.mark.parametrize(("first", "second", "gap", "expected"), [
    ({"spo2": 91}, {"rr_co2": 9}, 0, HIGH),
    ({"spo2": 91}, {"etco2": 51}, 0, HIGH),
    ({"rr_co2": 9}, {"etco2": 24}, 0, HIGH),
    ({"spo2": 91}, {"rr_co2": 9}, 25, HIGH),
    ({"spo2": 91}, {"rr_co2": 9}, 90, NONE),
    ({"spo2": 91}, {"hr": 45}, 0, NONE),
    ({"spo2": 91}, {"etco2": 14}, 0, NONE),  # LOW: the cannula is off the nose
])  # fmt: skip
@pytest.mark.hazard("H-01")
def test_two_signs_of_a_failing_airway_within_a_minute_are_high(
    first: dict[str, float], second: dict[str, float], gap: float, expected: Priority
) -> None:
    bed = Bed()
    bed.hold(31, **{**WELL, **first})
    bed.hold(gap, **WELL)
    bed.hold(31, **{**WELL, **(first if gap == 0 else {}), **second})
    assert bed.priority("airway_pattern") is expected
    status = bed.status("airway_pattern")
    assert status is None or len(status.detail) == 2


def test_low_oxygen_in_someone_oversedated_is_a_failing_airway() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.do(EnterResponsiveness(who="M. Roy", moaas=3))
    status = bed.status("airway_pattern")
    assert status is not None
    assert status.detail == ("oversedated", "spo2_low")
    assert bed.status("spo2_low").visible  # type: ignore[union-attr]
    bed.do(EnterResponsiveness(who="M. Roy", moaas=5))
    bed.hold(70, spo2=97)
    assert bed.state("airway_pattern") is State.LATCHED


@dataclass(frozen=True)
class Technical:
    """A technical or care condition: how to bring it about, and when it is to be there."""

    key: str
    priority: Priority
    short: float
    """Seconds after which it is not there yet (or not with this priority)."""
    over: float
    begin: Callable[[Bed], None]
    values: tuple[tuple[str, float | None], ...] = ()
    infusing: bool = False

    def __str__(self) -> str:
        return f"{self.key}-{self.priority.name}{'-infusing' * self.infusing}"


def _nothing(_bed: Bed) -> None:
    pass


def _command(command: AlarmCommand) -> Callable[[Bed], None]:
    return lambda bed: bed.do(command) and None


def _well(bed: Bed) -> None:
    bed.hold(3, **WELL)


def _off(bed: Bed) -> None:
    bed.say(bed.device("spo2_off"))


def _searching(bed: Bed) -> None:
    bed.say(bed.device("spo2_searching"))


def _due(bed: Bed) -> None:
    bed.do(SetCheckDue(at=bed.now + 10, who="x"))


def _doubted(bed: Bed) -> None:
    bed.say(reading("temp1", 37, bed.now, quality=Quality.QUESTIONABLE))


def _fault(fault: Fault) -> Callable[[Bed], None]:
    return _command(SetFault(fault=fault, present=True))


TECHNICAL = [
    Technical("no_audio", MEDIUM, 3 * TICK, 4 * TICK, _fault(Fault.AUDIO_UNUSABLE)),
    Technical("not_recording", LOW, 2 - TICK, 2, _fault(Fault.DISK_LOW)),
    Technical("not_recording", HIGH, 2 - TICK, 2, _fault(Fault.DISK_FULL)),
    Technical("not_recording", HIGH, 2 - TICK, 2, _fault(Fault.WRITE_FAILED)),
    Technical("record_altered", LOW, -1, 0, _fault(Fault.RECORD_ALTERED)),
    Technical("wrong_patient", MEDIUM, -1, 0, _fault(Fault.IDENTITY_CHANGED)),
    Technical("contradiction", LOW, -1, 0, _fault(Fault.CONTRADICTION)),
    Technical("source_fallback", LOW, -1, 0, _fault(Fault.SOURCE_FALLBACK)),
    Technical("frozen", MEDIUM, -1, 0, _fault(Fault.FRAMES_IDENTICAL)),
    Technical("check_overdue", LOW, 10 - TICK, 10, _due),
    Technical("check_overdue", MEDIUM, 130 - TICK, 130, _due),
    Technical("nibp_overdue", LOW, 720 - TICK, 720, _command(SetCuffInterval(seconds=600, who="x"))),
    Technical("nibp_overdue", MEDIUM, 900 - TICK, 900, _command(SetCuffInterval(seconds=600, who="x"))),
    Technical("sensor_off", LOW, 10 - TICK, 10, _off),
    Technical("sensor_off", MEDIUM, 10 - TICK, 10, _off, infusing=True),
    Technical("sensor_off", LOW, 30 - TICK, 30, _searching),
    Technical("sensor_off", MEDIUM, 30 - TICK, 30, _searching, infusing=True),
    Technical("sensor_off", LOW, 10 - TICK, 10, _well, (("spo2", None),)),
    Technical("sensor_off", LOW, 30 - TICK, 30, _well, (("spo2", 97), ("pr", None))),
]


@pytest.mark.parametrize("case", TECHNICAL, ids=str)
def test_a_technical_alarm_comes_after_its_delay_and_not_a_tick_before(case: Technical) -> None:
    bed = Bed()
    if case.infusing:
        bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    case.begin(bed)
    if case.short >= 0:
        bed.hold(case.short, **dict(case.values))
        assert bed.priority(case.key) < case.priority
        bed.wait(2 * TICK)
    assert bed.priority(case.key) is case.priority


@pytest.mark.parametrize("case", TECHNICAL, ids=str)
def test_what_no_patient_alarm_may_follow_from(case: Technical) -> None:
    bed = Bed()
    case.begin(bed)
    bed.hold(40, **dict(case.values))
    kinds = {s.kind for s in bed.engine.statuses()}
    assert Kind.PHYSIOLOGICAL not in kinds


@pytest.mark.parametrize(("phase", "priority"), [
    (Phase.IDLE, MEDIUM), (Phase.INFUSING, HIGH), (Phase.RECOVERING, HIGH),
])  # fmt: skip
@pytest.mark.hazard("H-03")
def test_a_silent_monitor_alarms_within_ten_seconds(phase: Phase, priority: Priority) -> None:
    bed = Bed()
    bed.do(SetPhase(phase=phase, who="x"))
    bed.say(**WELL)
    bed.wait(9)
    assert bed.priority("link_lost") is NONE
    bed.wait(1)
    assert bed.priority("link_lost") is priority
    bed.say(**WELL)
    assert bed.state("link_lost") is State.LATCHED


@pytest.mark.hazard("H-03")
def test_a_monitor_that_never_spoke_is_lost_too() -> None:
    bed = Bed()
    bed.do(ExpectMonitor(expected=True, who="x"))
    bed.wait(10)
    assert bed.priority("link_lost") is MEDIUM


@pytest.mark.hazard("H-03")
def test_damaged_frames_do_not_keep_a_link_alive() -> None:
    bed = Bed()
    bed.say(**WELL)
    for _ in range(10):
        bed.wait(1)
        bed.hear([FrameRefused(reason="checksum", frame=b"", at=bed.now, size=9)])
    assert bed.priority("link_lost") is MEDIUM


def test_one_damaged_frame_among_few_is_chance() -> None:
    bed = Bed()
    bed.hear([FrameRefused(reason="checksum", frame=b"", at=bed.now, size=9)])
    bed.hold(12, **WELL)
    assert bed.active() == set()


def test_a_condition_that_the_monitor_repeats_keeps_its_onset() -> None:
    bed = Bed()
    for _ in range(20):
        bed.say(bed.device("no_breath"))
        bed.wait(1)
    status = bed.status("apnoea")
    assert status is not None
    assert (status.value, status.onset) == (20, 1000)


def test_a_slow_family_is_given_its_time() -> None:
    bed = Bed()
    bed.do(ExpectMonitor(expected=True, who="x", silent_after_s=12))
    bed.wait(16)
    assert bed.priority("link_lost") is NONE
    bed.wait(1)
    assert bed.priority("link_lost") is MEDIUM


def test_a_monitor_that_was_disconnected_on_purpose_is_not_lost() -> None:
    bed = Bed()
    bed.hold(5, **WELL)
    bed.do(ExpectMonitor(expected=False, who="x"))
    bed.wait(60)
    assert bed.engine.statuses() == ()


@pytest.mark.parametrize(("parameter", "after_5", "after_30"), [
    ("spo2", LOW, MEDIUM), ("rr_co2", LOW, MEDIUM), ("etco2", LOW, LOW), ("hr", LOW, LOW),
])  # fmt: skip
def test_a_parameter_that_no_longer_arrives_expires(
    parameter: str, after_5: Priority, after_30: Priority
) -> None:
    bed = Bed()
    bed.hold(10, **WELL)
    rest = {key: value for key, value in WELL.items() if key != parameter}
    bed.hold(4, **rest)
    assert bed.priority("value_expired") is NONE
    bed.hold(1, **rest)
    assert bed.priority("value_expired") is after_5
    bed.hold(24, **rest)
    assert bed.priority("value_expired") is after_5
    bed.hold(1, **rest)
    assert bed.priority("value_expired") is after_30
    assert bed.status("value_expired").detail == (parameter,)  # type: ignore[union-attr]


def test_an_apnoea_that_ends_no_breath_is_no_cannula_off() -> None:
    bed = Bed()
    bed.hold(10, **WELL)
    bed.hold(60, **{**WELL, "etco2": None, "rr_co2": 0})
    assert bed.priority("apnoea") is HIGH
    assert bed.priority("sensor_off") is NONE


def test_a_cannula_that_gives_neither_end_of_breath_nor_rate_is_off() -> None:
    bed = Bed()
    bed.hold(10, **WELL)
    bed.hold(60, **{**WELL, "etco2": None, "rr_co2": None})
    assert bed.priority("sensor_off") is not NONE


def test_a_cannula_that_the_monitor_calls_off_is_off_whatever_its_rate() -> None:
    bed = Bed()
    bed.hold(10, **WELL)
    for _ in range(60):
        bed.say(bed.device("co2_cannula_off"), **{**WELL, "etco2": None, "rr_co2": 0})
        bed.wait(1)
    assert bed.priority("sensor_off") is not NONE


def test_a_rate_that_no_longer_arrives_keeps_no_cannula_on() -> None:
    bed = Bed()
    bed.hold(10, **WELL)
    rest = {key: value for key, value in WELL.items() if key not in ("etco2", "rr_co2")}
    bed.hold(60, **rest, etco2=None)
    assert bed.priority("sensor_off") is not NONE


def test_breathing_from_the_other_source_keeps_the_expiry_low() -> None:
    bed = Bed()
    bed.hold(10, **WELL, rr_imp=14)
    rest = {key: value for key, value in WELL.items() if key != "rr_co2"}
    bed.hold(40, **rest, rr_imp=14)
    assert bed.priority("value_expired") is LOW


def test_a_slow_parameter_is_given_three_of_its_periods() -> None:
    bed = Bed()
    for _ in range(4):
        bed.say(spo2=97, temp1=37)
        for _ in range(3):
            bed.wait(1)
            bed.say(spo2=97)
    bed.hold(5, spo2=97)
    assert bed.priority("value_expired") is NONE
    bed.hold(4, spo2=97)
    assert bed.priority("value_expired") is LOW


def test_a_doubted_value_is_a_poor_signal_after_thirty_seconds() -> None:
    bed = Bed()
    for second in range(31):
        assert bed.priority("signal_poor") is (LOW if second >= 30 else NONE)
        _doubted(bed)
        bed.wait(1)
    assert bed.priority("signal_poor") is LOW
    bed.say(temp1=37)
    assert bed.priority("signal_poor") is NONE


def test_a_doubted_value_still_alarms() -> None:
    bed = Bed()
    for _ in range(4):
        bed.hear([reading("spo2", 80, bed.now, quality=Quality.QUESTIONABLE)])
        bed.wait(1)
    assert bed.priority("spo2_desaturation") is HIGH


def test_a_stale_value_is_no_news() -> None:
    bed = Bed()
    bed.hear([reading("spo2", 80, bed.now, quality=Quality.STALE)])
    bed.wait(4)
    assert bed.engine.statuses() == ()


@pytest.mark.hazard("H-02")
def test_three_numerics_that_stand_still_for_two_minutes_are_frozen() -> None:
    bed = Bed()
    still = {"hr": 70.0, "spo2": 97.0, "rr_co2": 14.0}
    bed.hold(120 - TICK, **still)
    assert bed.priority("frozen") is NONE
    bed.wait(2 * TICK)
    assert bed.priority("frozen") is MEDIUM
    bed.hold(1, **{**still, "hr": 71.0})
    assert bed.priority("frozen") is NONE


def test_two_numerics_that_stand_still_are_a_calm_patient() -> None:
    bed = Bed()
    bed.hold(150, spo2=97, pr=70)
    assert bed.priority("frozen") is NONE


@pytest.mark.parametrize(
    ("bad_of_100", "priority"), [(1, NONE), (5, NONE), (6, LOW), (30, LOW), (31, MEDIUM)]
)
@pytest.mark.hazard("H-04")
def test_damaged_frames_are_told_by_their_share(bad_of_100: int, priority: Priority) -> None:
    bed = Bed()
    for _ in range(41):
        refused = [FrameRefused(reason="checksum", frame=b"", at=bed.now, size=9)] * bad_of_100
        bed.hear(refused)
        bed.hear([FrameAccepted(at=bed.now, size=9)] * (100 - bad_of_100))
        bed.wait(1)
    assert bed.priority("line_errors") is priority


@pytest.mark.parametrize("value", [0.0, 101.0, 1e9, None])
@pytest.mark.hazard("H-04")
def test_three_samples_that_no_patient_can_have_are_told_and_never_alarm_as_values(
    value: float | None,
) -> None:
    bed = Bed()
    bed.hold(3, spo2=97)
    for second in range(4):
        assert bed.priority("implausible") is (LOW if second > 2 else NONE)
        why = {"quality": Quality.MISSING, "why": Missing.IMPLAUSIBLE} if value is None else {}
        bed.say(reading("spo2", value, bed.now, **why))
        bed.wait(1)
    assert bed.active() == {"implausible"}
    bed.say(spo2=97)
    assert bed.active() == set()


@pytest.mark.parametrize("value", [0.0, 127.0, -1.0, float("nan"), float("inf")])
@pytest.mark.hazard("H-02")
def test_a_saturation_that_cannot_be_is_no_value_and_soon_more_than_low(value: float) -> None:
    bed = Bed()
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    bed.hold(5, **WELL)
    bed.hold(29, **{**WELL, "spo2": value})
    assert bed.active() == {"implausible"}
    bed.hold(3, **{**WELL, "spo2": value})
    assert bed.active() == {"implausible", "sensor_off"}
    assert bed.priority("sensor_off") is Priority.MEDIUM
    bed.hold(5, **WELL)
    assert bed.active() == set()


def test_an_impossible_step_is_doubted_for_one_sample_only() -> None:
    bed = Bed()
    bed.hold(3, spo2=97)
    bed.hold(1, spo2=50)
    bed.hold(3, spo2=97)
    assert not bed.events("spo2_desaturation")
    bed.hold(4, spo2=50)
    assert bed.priority("spo2_desaturation") is HIGH


@pytest.mark.hazard("H-14")
def test_a_gap_in_the_monitoring_is_told_once_until_it_is_seen() -> None:
    bed = Bed()
    bed.do(ReportGap(seconds=90, why="restart"))
    assert bed.state("monitoring_gap") is State.LATCHED
    assert bed.events("monitoring_gap") == [Event.STARTED, Event.DELAY_ELAPSED, Event.ENDED_UNSEEN]
    bed.wait(60)
    assert len(bed.events("monitoring_gap")) == 3
    bed.jump(11)
    assert bed.events("monitoring_gap")[3:] == [Event.DELAY_ELAPSED, Event.ENDED_UNSEEN]
    bed.do(Acknowledge(who="M. Roy"))
    assert bed.state("monitoring_gap") is State.INACTIVE


@pytest.mark.parametrize(("fault", "key"), [
    (Fault.AUDIO_UNUSABLE, "no_audio"), (Fault.DISK_FULL, "not_recording"),
    (Fault.IDENTITY_CHANGED, "wrong_patient"), (Fault.RECORD_ALTERED, "record_altered"),
])  # fmt: skip
def test_a_fault_that_was_mended_ends_its_alarm(fault: Fault, key: str) -> None:
    bed = Bed()
    bed.do(SetFault(fault=fault, present=True, detail="as told"))
    bed.do(SetFault(fault=fault, present=True))
    bed.wait(3)
    bed.do(SetFault(fault=fault, present=False))
    assert bed.priority(key) is NONE


def test_a_cuff_measurement_in_time_is_not_overdue() -> None:
    bed = Bed()
    bed.do(SetCuffInterval(seconds=600, who="x"))
    bed.wait(500)
    bed.hear([reading("nibp_sys", 120, bed.now, measured_at=bed.now)])
    bed.wait(600)
    assert bed.priority("nibp_overdue") is NONE
    bed.do(SetCuffInterval(seconds=None, who="x"))
    bed.wait(600)
    assert bed.priority("nibp_overdue") is NONE


LATCHES = {
    "asystole": Latch.AUDIO_AND_VISUAL, "apnoea": Latch.AUDIO_AND_VISUAL,
    "spo2_desaturation": Latch.AUDIO_AND_VISUAL, "oversedated": Latch.AUDIO_AND_VISUAL,
    "spo2_low": Latch.VISUAL, "rr_low": Latch.VISUAL, "hr_low": Latch.VISUAL, "hr_high": Latch.VISUAL,
    "nibp_sys_high": Latch.VISUAL, "nibp_sys_low": Latch.VISUAL, "nibp_dia_high": Latch.VISUAL,
    "nibp_map": Latch.VISUAL, "agitated": Latch.VISUAL, "airway_pattern": Latch.VISUAL,
    "link_lost": Latch.VISUAL, "not_recording": Latch.VISUAL, "rr_high": Latch.NONE, "etco2_high": Latch.NONE,
}  # fmt: skip


@pytest.mark.parametrize(("key", "latch"), LATCHES.items())
def test_high_latches_as_the_table_says(key: str, latch: Latch) -> None:
    levels = [level for level in CONDITIONS[key].levels if level.priority is HIGH]
    assert {level.latches for level in levels} == {latch}


def test_the_table_is_whole() -> None:
    assert len(CONDITIONS) == 33
    oxygen = {"spo2_low", "spo2_desaturation"}
    assert {row.key for row in CONDITIONS.values() if row.guarded} == {*oxygen, "apnoea", "link_lost"}
    assert {level.rule for row in CONDITIONS.values() for level in row.levels} == RULES.keys()
    assert set(RANK) == set(CONDITIONS)
    assert all(row.text == f"alarm.{row.key}" for row in CONDITIONS.values())
    hidden = {hider: row.hides for hider, row in CONDITIONS.items() if row.hides}
    assert hidden == {
        "apnoea": ("rr_low",),
        "spo2_desaturation": ("spo2_low",),
        "link_lost": ("sensor_off", "value_expired", "signal_poor", "frozen", "line_errors"),
        "sensor_off": ("signal_poor",),
    }


@pytest.mark.hazard("H-01")
def test_every_limit_of_the_table_is_looked_at_by_a_level() -> None:
    names = {f"{row.key}.{level.name}" for row in CONDITIONS.values() for level in row.levels}
    others = {"spo2_desaturation.drop", "oversedated.medium_rass", "oversedated.high_rass"}
    assert {key.removesuffix("_delay_s") for key in LIMIT_ROWS} <= names | others

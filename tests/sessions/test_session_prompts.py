"""What is proposed and what is due (R4, R5, R8 to R13, R18): a case that is silent and one that speaks."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from days_of_care import (
    MINUTE,
    PROTOCOL,
    Day,
    emergency,
    infusing,
    may_raise,
    on_hold,
    paused,
    rated,
    ready,
    recovering,
    scored,
)

from nurse_station.assessments.checks import Stage
from nurse_station.sessions import deeds
from nurse_station.sessions.dues import cuff_interval_s, dues
from nurse_station.sessions.prompts import Prompt, Proposal, prompts
from nurse_station.sessions.seen import PresentAlarm, Pressure, Vital


def found(day: Day, **seen: object) -> tuple[Prompt, ...]:
    return prompts(day.session, replace(day.now, **seen), PROTOCOL)  # type: ignore[arg-type]


def readings(day: Day, *rows: tuple[float, float, float]) -> tuple[Pressure, ...]:
    """(minutes ago, systolic, diastolic)"""
    return tuple(Pressure(at=day.at - ago * MINUTE, sys=sys, dia=dia) for ago, sys, dia in rows)


CALM: list[Callable[[], Day]] = [
    ready, infusing, paused, on_hold, recovering, emergency,
    lambda: infusing().do(*scored(moaas=4, hallucination=1, nausea=1, nightmare=1)),
    lambda: recovering().do(*scored(moaas=1)),
]  # fmt: skip


@pytest.mark.parametrize("make", CALM)
def test_a_calm_patient_and_a_pump_that_is_off_prompt_nothing(make: Callable[[], Day]) -> None:
    assert found(make()) == ()


SCORES: list[tuple[dict[str, int], str, Proposal, str]] = [
    ({"moaas": 3}, "R9", Proposal.HOLD, "MOAA/S 3: check again in 5 min"),
    ({"moaas": 2}, "R9", Proposal.STOP, "MOAA/S 2: open the airway"),
    ({"moaas": 0}, "R9", Proposal.STOP, "MOAA/S 0"),
    ({"hallucination": 2}, "R10", Proposal.HOLD, "Hallucination grade 2"),
    ({"hallucination": 3}, "R10", Proposal.STOP, "Hallucination grade 3"),
    ({"nausea": 3}, "R10", Proposal.STOP, "Nausea grade 3"),
    ({"nightmare": 3}, "R10", Proposal.STOP, "Nightmares grade 3"),
]


@pytest.mark.parametrize(("scores", "rule", "proposal", "says"), SCORES)
def test_a_score_proposes(scores: dict[str, int], rule: str, proposal: Proposal, says: str) -> None:
    day = infusing()
    day.at += MINUTE
    (prompt,) = found(day.do(*scored(**scores)))
    assert (prompt.rule, prompt.proposal) == (rule, proposal)
    assert says in prompt.sentence


def test_nightmares_of_the_nights_before_prompt_nothing_today() -> None:
    day = ready().do(*scored(nightmare=3))
    day.do(deeds.Started(mg_kg_h=0.1, pump_ml_h=7), after_min=1)
    assert found(day) == ()


PRESSURES: list[tuple[tuple[tuple[float, float, float], ...], Proposal, str]] = [
    (((1, 181, 80),), Proposal.REPEAT, "181/80: ask for headache"),
    (((1, 150, 111),), Proposal.REPEAT, "150/111"),
    (((6, 185, 80), (1, 182, 80)), Proposal.PAUSE, "182/80, confirmed"),
    (((20, 185, 80), (1, 182, 80)), Proposal.REPEAT, "182/80"),
    (((6, 185, 80), (4, 150, 80), (1, 182, 80)), Proposal.REPEAT, "182/80"),
    (((1, 201, 80),), Proposal.PAUSE, "201/80: tell the prescriber"),
    (((1, 150, 121),), Proposal.PAUSE, "150/121"),
]


@pytest.mark.parametrize(("rows", "proposal", "says"), PRESSURES)
def test_a_pressure_proposes(
    rows: tuple[tuple[float, float, float], ...], proposal: Proposal, says: str
) -> None:
    day = infusing()
    (prompt,) = found(day, pressures=readings(day, *rows))
    assert (prompt.rule, prompt.proposal) == ("R11", proposal)
    assert says in prompt.sentence


@pytest.mark.parametrize("rows", [((1, 180, 110),), ((6, 185, 80), (1, 150, 80))])
def test_a_pressure_at_the_limit_or_back_proposes_nothing(
    rows: tuple[tuple[float, float, float], ...],
) -> None:
    day = infusing()
    assert found(day, pressures=readings(day, *rows)) == ()


BREATHING: list[tuple[dict[str, object], str]] = [
    ({"vitals": {"spo2": Vital(value=89, at=0)}}, "SpO₂ 89 %"),
    ({"vitals": {"rr_imp": Vital(value=7, at=0)}}, "RR 7"),
    ({"alarms": (PresentAlarm(condition="apnoea", words="No breath for 20 s", high=True),)}, "No breath"),
]


@pytest.mark.parametrize(("seen", "says"), BREATHING)
def test_poor_breathing_proposes_a_pause(seen: dict[str, object], says: str) -> None:
    (prompt,) = found(infusing(), **seen)
    assert (prompt.rule, prompt.proposal) == ("R12", Proposal.PAUSE)
    assert says in prompt.sentence


@pytest.mark.parametrize("seen", [
    {"vitals": {"spo2": Vital(value=90, at=0), "rr_co2": Vital(value=8, at=0)}}, {"vitals": {}},
    {"unmonitored_s": 59.0},
])  # fmt: skip
def test_breathing_at_the_limit_proposes_nothing(seen: dict[str, object]) -> None:
    assert found(infusing(), **seen) == ()


def test_a_value_measured_by_hand_counts_where_the_monitor_is_silent() -> None:
    day = infusing().do(deeds.Measured(values={"spo2": 85}))
    assert found(day) == ()
    assert [prompt.rule for prompt in found(day, vitals={})] == ["R12"]
    day.at += 6 * MINUTE
    assert found(day, vitals={}) == ()


def test_a_minute_without_a_monitor_proposes_a_pause() -> None:
    (prompt,) = found(infusing(), unmonitored_s=60.0)
    assert (prompt.rule, prompt.proposal) == ("R18", Proposal.PAUSE)
    assert "for 1 min" in prompt.sentence


@pytest.mark.parametrize(("minutes", "says"), [
    (224, None), (225, "in 15 min"), (239.5, "in 1 min"), (240, "end is reached"), (300, "end is reached"),
])  # fmt: skip
def test_the_planned_end_is_told_before_it_comes(minutes: float, says: str | None) -> None:
    day = infusing()
    day.at += minutes * MINUTE
    prompted = found(day)
    assert [prompt.rule for prompt in prompted] == [] if says is None else ["R13"]
    assert says is None or says in prompted[0].sentence


def test_a_total_that_is_passed_because_nobody_stopped_proposes_a_stop() -> None:
    day = infusing()
    day.at += 60 * 60 * 14.4  # 7 mg/h
    (passed,) = [prompt for prompt in found(day) if prompt.rule == "R5"]
    assert passed.proposal is Proposal.STOP
    assert passed.sentence == "100.8 mg were given; the order allows 100 mg."


def test_a_prescriber_who_left_is_missed() -> None:
    (prompt,) = found(infusing().do(deeds.PresenceNoted(name="Dr Okafor", present=False)))
    assert (prompt.rule, prompt.proposal) == ("R4", Proposal.REMIND)


def test_the_most_urgent_comes_first() -> None:
    day = infusing().do(*scored(moaas=3, nausea=3))
    proposals = [prompt.proposal for prompt in found(day, pressures=readings(day, (1, 201, 80)))]
    assert proposals == [Proposal.STOP, Proposal.PAUSE, Proposal.HOLD]


def test_what_is_done_already_is_not_proposed() -> None:
    assert found(on_hold().do(*scored(moaas=3))) == ()
    assert found(paused().do(*scored(moaas=3)), unmonitored_s=90.0) == ()
    assert [prompt.proposal for prompt in found(paused().do(*scored(moaas=2)))] == [Proposal.STOP]


def due_in(day: Day, kind: str) -> float | None:
    due = dues(day.session, day.now, PROTOCOL).get(kind)
    return None if due is None or due.at is None else round((due.at - day.at) / MINUTE, 6)


def test_after_a_raise_responsiveness_is_due_in_5_min_and_the_cuff_three_times() -> None:
    day = may_raise().do(rated(0.2))
    assert (due_in(day, "responsiveness"), due_in(day, "nibp")) == (5, 5)
    day.calm = False
    for _ in range(3):
        day.do(deeds.Measured(values={"nibp_sys": 130, "nibp_dia": 80}), *scored(moaas=5), after_min=5)
    assert (due_in(day, "responsiveness"), due_in(day, "nibp")) == (15, 15)


def test_a_low_score_is_looked_at_again_in_5_min() -> None:
    day = may_raise().do(*scored(moaas=3), after_min=1)
    assert due_in(day, "responsiveness") == 5


def test_an_alarm_of_breathing_makes_responsiveness_due_at_once() -> None:
    day = infusing().do(*scored(moaas=5), after_min=10)
    seen = replace(day.now, airway_alarms=(day.at + 30,))
    due = dues(day.session, seen, PROTOCOL)["responsiveness"]
    assert (due.at, due.why, due.stage(day.at + 31)) == (day.at + 30, "alarm", Stage.DUE)


@pytest.mark.parametrize("make", [ready, emergency])
def test_nothing_is_scheduled_outside_of_infusion_and_recovery(make: Callable[[], Day]) -> None:
    day = make()
    assert dues(day.session, day.now, PROTOCOL) == {}
    assert cuff_interval_s(day.session, day.now, PROTOCOL) is None


def test_symptoms_are_done_when_all_of_them_are_asked() -> None:
    day = infusing().do(*scored(pain=3, nausea=0), after_min=20)
    assert due_in(day, "symptoms") == 10
    day.do(*scored(hallucination=0))
    assert due_in(day, "symptoms") == 30


def seen_to_the_end() -> Day:
    """Stopped after four hours, everything looked at a minute before."""
    day = infusing().do(*scored(moaas=5, pain=2, nausea=0, hallucination=0), after_min=239)
    return day.do(deeds.Stopped(reason=deeds.StopReason.COMPLETE), after_min=1)


def test_recovery_has_its_own_schedule_from_the_stop_on() -> None:
    day = seen_to_the_end()
    assert (due_in(day, "responsiveness"), due_in(day, "symptoms")) == (15, 30)
    assert due_in(day, "iv_site") is None


def test_after_an_emergency_the_schedule_of_recovery_begins_when_it_is_over() -> None:
    day = infusing().do(*scored(moaas=5), after_min=19).do(deeds.EmergencyCalled(), after_min=1)
    day.do(deeds.EmergencyOver(), after_min=40)
    assert (due_in(day, "responsiveness"), due_in(day, "nibp")) == (15, 15)


def test_a_raise_before_the_stop_is_not_waited_for_in_recovery() -> None:
    row = replace(PROTOCOL.recovery_checks["responsiveness"], after_raise_min=5.0)
    protocol = replace(PROTOCOL, recovery_checks={"responsiveness": row})
    day = seen_to_the_end()
    due = dues(day.session, day.now, protocol)["responsiveness"]
    assert (due.at, due.why) == (day.at + 15 * MINUTE, "interval")


def test_the_cuff_measures_oftener_after_a_raise() -> None:
    day = infusing()
    day.calm = False
    assert cuff_interval_s(day.session, day.now, PROTOCOL) == 5 * MINUTE
    for _ in range(3):
        day.do(deeds.Measured(values={"nibp_sys": 130, "nibp_dia": 80}), after_min=5)
    assert cuff_interval_s(day.session, day.now, PROTOCOL) == 15 * MINUTE


def test_a_check_that_is_late_stays_due_when_the_rate_is_changed() -> None:
    day = infusing().do(*scored(moaas=5))
    day.at += 16 * MINUTE
    late = dues(day.session, day.now, PROTOCOL)["responsiveness"]
    day.write(rated(0.3))
    day.write(rated(0.2))
    assert dues(day.session, day.now, PROTOCOL)["responsiveness"].at == late.at


def test_a_check_that_was_due_when_the_infusion_stopped_stays_due() -> None:
    day = infusing().do(*scored(moaas=5))
    day.at += 16 * MINUTE
    late = dues(day.session, day.now, PROTOCOL)["responsiveness"]
    day.do(deeds.Stopped(reason=deeds.StopReason.REQUEST))
    assert dues(day.session, day.now, PROTOCOL)["responsiveness"].at == late.at
    day.do(*scored(moaas=5), after_min=1)
    assert dues(day.session, day.now, PROTOCOL)["responsiveness"].stage(day.at) is Stage.COMING

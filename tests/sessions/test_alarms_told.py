"""What the alarms are told of a session: the whole at first, then only what differs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from days_of_care import (
    MINUTE,
    PROTOCOL,
    REST,
    Day,
    arrived,
    declined,
    discharged,
    emergency,
    infusing,
    measured,
    on_hold,
    paused,
    ready,
    recovering,
    scored,
    transferred,
)

from nurse_station.alarms.commands import (
    EnterResponsiveness,
    SetBaseline,
    SetCheckDue,
    SetCuffInterval,
    SetPhase,
)
from nurse_station.alarms.words import Phase
from nurse_station.sessions import deeds
from nurse_station.sessions.dues import dues
from nurse_station.sessions.told import NOTHING_TOLD, Told, commands, told


def tell(day: Day) -> Told:
    return told(day.session, day.now, PROTOCOL, dues(day.session, day.now, PROTOCOL))


@pytest.mark.parametrize(("make", "phase"), [
    (arrived, Phase.IDLE), (ready, Phase.IDLE), (declined, Phase.IDLE), (infusing, Phase.INFUSING),
    (on_hold, Phase.INFUSING), (paused, Phase.INFUSING), (emergency, Phase.INFUSING),
    (recovering, Phase.RECOVERING), (discharged, Phase.IDLE), (transferred, Phase.IDLE),
])  # fmt: skip
def test_each_state_has_its_phase(make: Callable[[], Day], phase: Phase) -> None:
    assert tell(make()).phase is phase


def test_a_patient_who_just_came_needs_no_command() -> None:
    assert commands(NOTHING_TOLD, tell(arrived()), "Lind") == ()


def test_a_start_tells_everything_and_the_same_again_nothing() -> None:
    day = infusing()
    now, due = tell(day), day.at + 5 * MINUTE
    assert commands(NOTHING_TOLD, now, "Lind", session_ahead_s=1000) == (
        SetPhase(phase=Phase.INFUSING, who="Lind"),
        EnterResponsiveness(moaas=5, rass=None, who="Lind"),
        SetCheckDue(at=due - 1000, who="Lind"),
        SetCuffInterval(seconds=300, who="Lind"),
        SetBaseline(baseline=REST, who="Lind"),
    )
    assert commands(now, tell(day), "Lind") == ()


def test_a_score_tells_the_score_and_the_next_check_only() -> None:
    day = infusing()
    before = tell(day)
    day.do(*scored(moaas=3), after_min=6)
    assert commands(before, tell(day), "Lind") == (
        EnterResponsiveness(moaas=3, rass=None, who="Lind"),
        SetCheckDue(at=day.at + 5 * MINUTE, who="Lind"),
    )


def test_rass_is_told_beside_moaas() -> None:
    now = tell(infusing().do(*scored(rass=2)))
    assert (now.moaas, now.rass) == (5, 2)


def test_what_a_session_said_is_taken_back_when_it_is_over() -> None:
    now = tell(transferred())
    assert (now.moaas, now.rass, now.check_due_at, now.cuff_interval_s) == (None,) * 4
    assert SetCheckDue(at=None, who="Lind") in commands(tell(infusing()), now, "Lind")


def test_the_pulse_is_the_heart_rate_where_no_ecg_is() -> None:
    rest = {key: value for key, value in REST.items() if key != "hr"} | {"pr": 66.0}
    assert tell(measured(rest).do(deeds.BaselineSet())).baseline == rest | {"hr": 66.0}


def test_a_baseline_that_was_taken_back_leaves_the_limits_to_a_person() -> None:
    now = tell(infusing())
    assert not any(isinstance(each, SetBaseline) for each in commands(now, replace(now, baseline={}), "Lind"))

"""Every state and every move: a legal one, or a refusal with a sentence."""

from collections.abc import Callable

import pytest
from days_of_care import (
    BAG,
    ORDER,
    PATIENT,
    REST,
    Day,
    arrived,
    declined,
    discharge_ready,
    discharged,
    emergency,
    in_baseline,
    in_screening,
    infusing,
    keys,
    on_hold,
    override,
    paused,
    rated,
    ready,
    recovering,
    transferred,
)

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, StopReason
from nurse_station.sessions.session import MOVED_BY
from nurse_station.sessions.states import ENDED, MOVES, WORDS, Move, State, after, refusal

DAYS: dict[State, Callable[[], Day]] = {
    State.DRAFT: arrived, State.SCREENING: in_screening, State.BASELINE: in_baseline, State.READY: ready,
    State.INFUSING: infusing, State.HOLD: on_hold, State.PAUSED: paused, State.RECOVERY: recovering,
    State.DISCHARGE_READY: discharge_ready, State.DISCHARGED: discharged, State.DECLINED: declined,
    State.EMERGENCY: emergency, State.TRANSFERRED: transferred,
}  # fmt: skip
MOVING: dict[Move, Deed] = {
    Move.BEGIN: deeds.ScreeningBegun(), Move.SCREENED: deeds.Screened(),
    Move.DECLINE: deeds.Declined(why="fever"), Move.BASELINE_SET: deeds.BaselineSet(),
    Move.START: deeds.Started(mg_kg_h=0.1, pump_ml_h=7), Move.HOLD: deeds.Held(why="x"),
    Move.RELEASE: deeds.Released(), Move.PAUSE: deeds.Paused(why="x"),
    Move.RESUME: deeds.Resumed(mg_kg_h=0.1, pump_ml_h=7), Move.STOP: deeds.Stopped(reason=StopReason.REQUEST),
    Move.READY_TO_GO: deeds.ReadyToGo(), Move.NOT_YET: deeds.NotYet(), Move.DISCHARGE: deeds.Discharged(),
    Move.EMERGENCY: deeds.EmergencyCalled(), Move.OVER: deeds.EmergencyOver(),
    Move.TRANSFER: deeds.Transferred(to="hospital"),
}  # fmt: skip


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_leads_somewhere_or_is_refused_in_words(state: State, move: Move) -> None:
    said = refusal(state, move)
    if after(state, move) is None:
        assert WORDS[state] in said
        assert said.endswith(".")
    else:
        assert said == ""


@pytest.mark.parametrize("deed", MOVING.values(), ids=lambda deed: type(deed).__name__)
@pytest.mark.parametrize("state", DAYS)
def test_every_deed_in_every_state_moves_or_is_refused_in_words(state: State, deed: Deed) -> None:
    day = DAYS[state]()
    assert day.session.state is state
    leads = after(state, MOVED_BY[type(deed)])
    asked = day.asked(deed)
    if leads is None:
        assert keys(asked.open) == {"state"}
        assert "session is" in asked.open[0].sentence
        return
    assert "state" not in keys(asked.open)
    day.write(deed)
    assert day.session.state is (State.RECOVERY if leads is State.STOPPED else leads)


def test_every_move_but_the_one_that_follows_a_stop_by_itself_has_a_deed() -> None:
    assert set(MOVED_BY.values()) == set(Move) - {Move.RECOVER} == set(MOVING)


@pytest.mark.parametrize("state", [state for state in State if state not in ENDED])
def test_an_emergency_can_be_called_from_anywhere(state: State) -> None:
    assert MOVES[state][Move.EMERGENCY] is State.EMERGENCY


@pytest.mark.parametrize("state", [state for state in DAYS if state not in ENDED])
def test_no_rule_stands_in_the_way_of_an_emergency(state: State) -> None:
    assert DAYS[state]().asked(deeds.EmergencyCalled()).findings == ()


@pytest.mark.parametrize("make", [infusing, on_hold, paused])
def test_no_rule_stands_in_the_way_of_a_stop(make: Callable[[], Day]) -> None:
    assert make().asked(deeds.Stopped(reason=StopReason.ADVERSE)).findings == ()


def test_an_emergency_turns_the_pump_off() -> None:
    day = emergency()
    delivery = day.session.delivery
    assert delivery is not None
    assert delivery.ml_h(day.at) == 0


def test_a_second_call_for_help_leaves_the_clock_of_the_first_running() -> None:
    day = emergency()
    since = day.session.since
    day.do(deeds.EmergencyCalled(), after_min=2)
    assert (day.session.since, day.session.state) == (since, State.EMERGENCY)


def test_recovery_begins_with_the_stop_and_again_after_an_emergency() -> None:
    day = recovering()
    stopped = day.at
    assert (day.session.recovering_since, day.session.stopped_at) == (stopped, stopped)
    day.do(deeds.EmergencyCalled(), deeds.EmergencyOver(), after_min=50)
    assert (day.session.recovering_since, day.session.stopped_at) == (day.at, stopped)


OUT_OF_PLACE: list[tuple[Callable[[], Day], Deed]] = [
    (arrived, deeds.Answered(question="liver", reply=deeds.Reply.NO)),
    (ready, deeds.BaselineTaken(values=REST)),
    (infusing, deeds.OrderWritten(order=ORDER)),
    (ready, rated(0.1)),
    (paused, rated(0.1)),
    (recovering, deeds.BagChanged(bag=BAG)),
    (infusing, deeds.LineOut()),
    (ready, deeds.Walked(steady=True)),
    (discharged, deeds.PatientBound(patient=PATIENT)),
]


@pytest.mark.parametrize(("make", "deed"), OUT_OF_PLACE)
def test_a_deed_out_of_its_place_is_refused_with_the_states_it_belongs_to(
    make: Callable[[], Day], deed: Deed
) -> None:
    (finding,) = make().asked(deed, [override("state")]).open
    assert finding.key == "state"
    assert "It must be" in finding.clears


def test_a_rate_that_stands_in_a_pause_starts_no_pump() -> None:
    day = paused()
    day.write(rated(0.2))
    delivery = day.session.delivery
    assert delivery is not None
    assert delivery.ml_h(day.at) == 0
    assert day.session.refused == (len(day.entries),)

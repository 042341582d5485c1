"""The life of an alarm: every pair of a state and an event is decided."""

from itertools import product

import pytest

from nurse_station.alarms.lifecycle import TRANSITIONS, Event, IllegalTransitionError, Life, State, after

LIVES = tuple(TRANSITIONS)
PAIRS = list(product(LIVES, Event))


@pytest.mark.parametrize(("life", "event"), PAIRS, ids=lambda each: str(getattr(each, "state", each)))
def test_a_transition_is_in_the_table_or_it_cannot_happen(life: Life, event: Event) -> None:
    if event in TRANSITIONS[life]:
        assert after(life, event) is TRANSITIONS[life][event]
        return
    with pytest.raises(
        IllegalTransitionError, match=f"{event} cannot happen to an alarm that is {life.state}"
    ):
        after(life, event)


def test_every_transition_leads_to_a_life_of_the_table() -> None:
    assert {to for row in TRANSITIONS.values() for to in row.values()} <= set(LIVES)


def test_every_state_and_every_event_is_reached() -> None:
    assert {life.state for life in LIVES} == set(State)
    assert {event for row in TRANSITIONS.values() for event in row} == set(Event)


def test_what_is_latched_ends_only_by_a_person() -> None:
    latched = TRANSITIONS[Life(State.LATCHED)]
    assert {event for event, to in latched.items() if to.state is State.INACTIVE} == {
        Event.ACKNOWLEDGED,
        Event.RESET,
    }


def test_what_lost_its_data_cannot_end_by_itself() -> None:
    for life in (Life(State.UNRESOLVED), Life(State.UNRESOLVED, acknowledged=True)):
        assert not {Event.ENDED, Event.ENDED_UNSEEN} & TRANSITIONS[life].keys()


def test_another_patient_ends_every_alarm() -> None:
    for life in LIVES:
        if life.state is not State.INACTIVE:
            assert after(life, Event.RESET).state is State.INACTIVE

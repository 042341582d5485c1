"""What the engine gives can be kept as JSON and comes back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, Entry, entry_from_json, moved
from nurse_station.alarms.commands import PauseAudio, ReportGap, SetFault, SetLimit
from nurse_station.alarms.engine import resumed
from nurse_station.alarms.history import episodes, paused_s
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limits import LimitChange, Scope
from nurse_station.alarms.words import Fault, Kind, Priority
from tests.alarms.bed import FACTORY, Bed

seconds = st.floats(-1e9, 1e9)
numbers = st.none() | seconds
changes = st.builds(
    AlarmChange, number=st.integers(1), at=seconds, condition=st.text(), kind=st.sampled_from(Kind),
    event=st.sampled_from(Event), before=st.sampled_from(State), after=st.sampled_from(State),
    priority=st.sampled_from(Priority), acknowledged=st.booleans(), value=numbers, limit=numbers,
    delay_s=seconds, detail=st.lists(st.text(), max_size=3).map(tuple), onset=seconds,
    hidden_by=st.text(), who=st.text(),
)  # fmt: skip
limit_changes = st.builds(
    LimitChange, scope=st.sampled_from(Scope), key=st.text(), who=st.text(), old=seconds, new=seconds,
    why=st.text(),
)  # fmt: skip
acts = st.builds(
    ActTaken, number=st.integers(1), at=seconds, act=st.sampled_from(Act), who=st.text(),
    condition=st.text(), why=st.text(), until=numbers, change=st.none() | limit_changes, seconds=numbers,
)  # fmt: skip


@given(changes | acts)
def test_an_entry_comes_back_from_its_json_as_it_was(entry: Entry) -> None:
    assert entry_from_json(json.loads(json.dumps(entry.as_json(), allow_nan=False))) == entry


@given(changes | acts, st.floats(-1e6, 1e6))
def test_an_entry_on_another_clock_keeps_all_but_its_times(entry: Entry, by: float) -> None:
    other = moved(entry, by)
    assert (other.at, other.number, other.condition) == (entry.at + by, entry.number, entry.condition)


@pytest.mark.parametrize("body", [{}, {"act": "unheard of", "change": None}, {"event": "ended"}])
def test_what_is_no_entry_is_refused(body: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        entry_from_json(body)


def test_everything_a_shift_gives_can_be_kept() -> None:
    bed = Bed()
    bed.do(SetLimit(key="spo2_low.high", number=90, who="x"))
    bed.hold(11, spo2=85)
    bed.do(ReportGap(seconds=30, why="slept"))
    kept = [entry_from_json(json.loads(json.dumps(entry.as_json()))) for entry in bed.entries]
    assert kept == bed.entries
    assert [entry.seconds for entry in kept if isinstance(entry, ActTaken) and entry.act is Act.GAP] == [30]


@pytest.mark.parametrize("fault", [Fault.LINE_LOST, Fault.PROGRAM_FAULT])
def test_a_lost_line_among_several_or_a_fault_of_the_program_is_a_lost_link(fault: Fault) -> None:
    bed = Bed()
    bed.hold(2, spo2=97)
    bed.do(SetFault(fault=fault, present=True))
    bed.hold(4, spo2=97)
    status = bed.status("link_lost")
    assert status is not None
    assert (status.state, status.detail) == (State.ACTIVE, (fault.value,))
    bed.do(SetFault(fault=fault, present=False))
    assert bed.state("link_lost") is State.LATCHED


def test_an_alarm_that_goes_on_after_a_restart_is_one_episode_and_the_pause_before_it_ended() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.do(PauseAudio(who="x"))
    bed.hold(20, spo2=91)
    again = Bed(engine=resumed(bed.engine.memory(), FACTORY, bed.now + 30, 30))
    again.now = bed.now + 30
    again.wait(0.25)
    again.hold(6, spo2=97)
    entries = [*bed.entries, *again.entries]
    [low] = [episode for episode in episodes(entries) if episode.condition == "spo2_low"]
    assert (low.began, low.ended) == (pytest.approx(1015, abs=1), pytest.approx(again.now, abs=4))
    assert paused_s(entries, again.now) == pytest.approx(20, abs=1)

"""What is entered later than it was done: judged as it was then, in the order in which it was done."""

from dataclasses import replace

import pytest
from days_of_care import MINUTE, PROTOCOL, Day, infusing, keys, may_raise, on_hold, rated, scored
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurse_station.sessions import deeds
from nurse_station.sessions.codec import as_json, from_json
from nurse_station.sessions.decide import Decision, decide, decide_correction
from nurse_station.sessions.deeds import Deed, Entry, Override, StopReason
from nurse_station.sessions.findings import Level
from nurse_station.sessions.session import extended, fold
from nurse_station.sessions.states import RUNNING, State
from nurse_station.sessions.words import note

BY = "Dr Okafor"


def asked(day: Day, deed: Deed, ago_min: float, overrides: tuple[Override, ...] = ()) -> Decision:
    at = day.at - ago_min * MINUTE
    return decide(day.session, deed, day.now, PROTOCOL, overrides, who="Nurse Lind", at=at)


def late(day: Day, deed: Deed, ago_min: float, *, named: bool = False) -> Decision:
    """Enter it now as done so many minutes ago, if that is allowed."""
    decision = asked(day, deed, ago_min)
    if named:
        passes = tuple(Override(rule=key, by=BY, why="seen and decided") for key in keys(decision.open))
        decision = asked(day, deed, ago_min, passes)
    if decision.allowed:
        entry = Entry(number=len(day.entries) + 1, at=day.at - ago_min * MINUTE, who="Nurse Lind", deed=deed,
                      overrides=decision.used, entered=day.at if ago_min else None)  # fmt: skip
        day.entries.append(entry)
        day.session = extended(day.session, entry)
    return decision


def test_a_rate_that_was_set_before_the_last_entry_counts_from_when_it_was_set() -> None:
    day = infusing().do(*scored(moaas=5), after_min=20)
    assert late(day, rated(0.05), 10).allowed
    assert day.session.delivery is not None
    assert day.session.delivery.mg(day.at) == pytest.approx((7 * 10 + 3.5 * 10) / 60, rel=1e-12)


def test_an_older_score_that_comes_late_is_not_the_last_one() -> None:
    day = infusing().do(*scored(moaas=3), after_min=20)
    assert late(day, deeds.Scored(scale="moaas", score=5), 5).allowed
    last = day.session.last("moaas")
    assert last is not None
    assert last.score == 3


def test_a_pause_that_was_forgotten_pauses_the_day_from_then_on() -> None:
    day = infusing().do(*scored(moaas=5), after_min=20)
    assert late(day, deeds.Paused(why="toilet"), 6).allowed
    assert day.session.state is State.PAUSED
    assert day.session.since == day.at - 6 * MINUTE


def test_what_was_entered_since_must_still_have_been_possible() -> None:
    day = infusing().do(rated(0.05), after_min=20)
    day.at += 5 * MINUTE
    decision = late(day, deeds.Stopped(reason=StopReason.REQUEST), 10)
    assert [(each.key, each.field) for each in decision.open] == [("time", "at")]


def test_it_is_judged_by_the_state_of_then() -> None:
    day = on_hold()
    day.at += 10 * MINUTE
    assert "R6:hold" in keys(asked(day, rated(0.2), 1).open)
    day = infusing().do(deeds.Held(why="pressure"), after_min=20)
    assert "R6:hold" not in keys(asked(day, rated(0.2), 5).open)


def test_a_late_raise_is_not_judged_by_what_was_found_after_it() -> None:
    day = may_raise().do(*scored(moaas=3), after_min=5)
    assert "R6:moaas" in keys(day.asked(rated(0.2)).open)
    assert not {"R6:moaas", "R6:interval"} & keys(asked(day, rated(0.2), 3).open)


def test_a_change_that_comes_late_before_a_raise_that_came_too_soon_after_it_needs_a_name() -> None:
    day = may_raise().do(rated(0.2))
    day.at += 5 * MINUTE
    decision = asked(day, rated(0.05), 20)
    assert "The rate was raised 15 min after it" in decision.open[0].sentence
    assert asked(day, rated(0.05), 20, (Override(rule="R6:interval", by=BY, why="seen and decided"),)).allowed
    assert asked(day, deeds.Noted(text="asleep"), 20).allowed


def test_what_ran_beyond_the_order_because_of_it_needs_a_name() -> None:
    day = infusing().do(*scored(moaas=5, hallucination=0, nausea=0), after_min=230)
    found = keys(asked(day, rated(3.5), 200).open)
    assert {"R5:total", "R5:limit"} <= found


def test_the_tenfold_error_is_seen_in_a_late_entry_too() -> None:
    day = infusing().do(*scored(moaas=5, hallucination=0, nausea=0), after_min=40)
    found = keys(asked(day, rated(0.2, 140), 5).open)
    assert sum(key.startswith(("R5:", "R7:")) for key in found) >= 3


def test_a_late_entry_is_worded_by_the_rate_of_its_time_and_says_that_it_came_late() -> None:
    day = infusing().do(*scored(moaas=5), rated(0.05), after_min=20)
    before = day.session
    day.at += 5 * MINUTE
    assert late(day, rated(0.08), 10, named=True).allowed
    said = note(day.entries[-1], before)
    assert said.startswith("Rate lowered to 0.08")
    assert said.endswith("Entered late, 10 min after.")


def test_the_second_time_is_kept_and_an_older_journal_has_none() -> None:
    entry = Entry(number=1, at=5.0, who="x", deed=deeds.Noted(text="x"), entered=900.0)
    body = as_json(entry)
    assert from_json(body) == entry
    del body["entered"]
    assert from_json(body) == replace(entry, entered=None)


def test_a_correction_keeps_both_times() -> None:
    day = infusing().do(*scored(moaas=5), after_min=20)
    late(day, rated(0.05), 10)
    number = day.number(deeds.RateSet)
    assert day.corrected(number, rated(0.04)).allowed
    stands = next(timed for timed in day.session.stands if isinstance(timed.deed, deeds.RateSet))
    assert (stands.at, stands.entered) == (day.at - 10 * MINUTE, day.at)


def test_a_late_entry_taken_back_at_once_is_a_slip() -> None:
    day = infusing().do(*scored(moaas=3), after_min=20)
    late(day, deeds.Paused(why="toilet"), 6)
    day.at += 0.5 * MINUTE
    taken = decide_correction(day.entries, len(day.entries), deeds.Withdrawn(), "slip", day.now, PROTOCOL)
    assert taken.allowed


acts = st.one_of(
    st.sampled_from((0.05, 0.08, 0.1, 0.2, 0.35)).map(rated),
    st.sampled_from((0.05, 0.1, 0.2)).map(lambda dose: deeds.Resumed(mg_kg_h=dose, pump_ml_h=dose * 70)),
    st.sampled_from([deeds.Paused(why="x"), deeds.Held(why="x"), deeds.Released(), *scored(moaas=5),
                     deeds.Stopped(reason=StopReason.REQUEST), deeds.Noted(text="x")]),
)  # fmt: skip


@given(st.lists(st.tuples(acts, st.sampled_from((0.0, 1.0, 7.5, 30.0)),
                          st.sampled_from((0.0, 0.0, 0.5, 5.0, 20.0, 90.0))), max_size=14))  # fmt: skip
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_dose_is_the_integral_whatever_was_entered_late(steps: list[tuple[Deed, float, float]]) -> None:
    day = infusing()
    for deed, after_min, ago_min in steps:
        day.at += after_min * MINUTE
        decision = late(day, deed, ago_min, named=True)
        if not decision.allowed:
            assert any(each.level is Level.REFUSE for each in decision.open)
    assert day.session == fold(day.entries)
    assert day.session.refused == ()
    assert day.session.delivery is not None
    assert day.session.delivery.mg(day.at) == pytest.approx(integral(day), rel=1e-9)
    assert (day.session.delivery.ml_h(day.at) > 0) == (day.session.state in RUNNING)
    assert [timed.at for timed in day.session.stands] == sorted(entry.at for entry in day.entries)


def integral(day: Day) -> float:
    """mg until now at 1 mg/mL, reckoned from the entries in the order of their times."""
    mg, rate, since = 0.0, 0.0, 0.0
    for entry in sorted(day.entries, key=lambda each: (each.at, each.number)):
        mg += rate * (entry.at - since) / 3600
        since = entry.at
        match entry.deed:
            case deeds.Started() | deeds.RateSet() | deeds.Resumed():
                rate = entry.deed.pump_ml_h
            case deeds.Paused() | deeds.Stopped():
                rate = 0.0
            case _:
                pass
    return mg + rate * (day.at - since) / 3600

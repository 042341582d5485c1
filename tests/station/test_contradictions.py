"""Two monitors that cannot both be right: how far apart, for how long, and when it is over."""

import pytest

from nurse_station.station.contradictions import AGREES_S, PAIRS, Contradiction, Contradictions, Pair, Values
from nurse_station.vitals.parameters import PARAMETERS

HEART = Contradiction(one=("hr", "ge"), other=("pr", "masimo"))


def after(seconds: float, values: Values, begun: Contradictions | None = None) -> Contradictions:
    found = begun or Contradictions()
    start = 0.0 if begun is None else 1000.0
    for step in range(round(seconds * 2) + 1):
        found.step(values, start + step / 2)
    return found


def between(one: float, other: float) -> Values:
    return {"ge": {"hr": one}, "masimo": {"pr": other}}


@pytest.mark.parametrize(
    ("one", "other", "seconds", "found"),
    [(72, 84, 60, ()), (72, 85, 14.5, ()), (72, 85, 15, (HEART,)), (85, 72, 15, (HEART,))],
)
def test_heart_and_pulse_rate_contradict_beyond_their_threshold_and_time(
    one: float, other: float, seconds: float, found: tuple[Contradiction, ...]
) -> None:
    assert after(seconds, between(one, other)).found == found


def test_values_of_one_monitor_are_not_compared() -> None:
    assert after(60, {"ge": {"hr": 40.0, "pr": 90.0}}).found == ()


def test_the_same_value_of_two_monitors_is_compared_once() -> None:
    assert len(after(20, {"ge": {"spo2": 98.0}, "masimo": {"spo2": 90.0}}).found) == 1


@pytest.mark.parametrize(("seconds", "there"), [(AGREES_S - 0.5, True), (AGREES_S, False)])
def test_it_is_over_when_they_agreed_for_some_seconds(seconds: float, there: bool) -> None:
    found = after(20, between(72, 96))
    assert bool(after(seconds, between(72, 74), found).found) is there


def test_it_is_over_when_one_has_no_value() -> None:
    assert after(0, {"ge": {"hr": 72.0}, "masimo": {}}, after(20, between(72, 96))).found == ()


def test_each_side_knows_the_other() -> None:
    assert HEART.against("hr", "ge") == ("pr", "masimo")
    assert HEART.against("pr", "masimo") == ("hr", "ge")
    assert HEART.against("pr", "ge") is None


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.one}-{pair.other}")
def test_every_pair_is_of_parameters_in_one_unit(pair: Pair) -> None:
    assert PARAMETERS[pair.one].unit == PARAMETERS[pair.other].unit
    assert pair.beyond > 0
    assert pair.for_s >= 5

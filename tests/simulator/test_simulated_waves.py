"""The waves of an adult at rest: one function of time, however it is asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nurse_station.simulator.adult import RestingAdult
from nurse_station.simulator.person import Person
from nurse_station.vitals.waves import WAVES

DAY_S = 86_400
MEASURED = {"ecg1": 300, "ecg2": 300, "ecg3": 300, "pleth": 100, "co2": 25, "resp": 25, "p1": 100}

moments = st.integers(min_value=0, max_value=DAY_S * 25).map(lambda step: step / 25)


def adult(seed: int = 3, *, arterial_line: bool = True) -> RestingAdult:
    return RestingAdult(Person.drawn(seed), seed, arterial_line=arterial_line)


def lead_two(seed: int, start: float, seconds: int) -> NDArray[np.float32]:
    return adult(seed).wave("ecg2", start, 500 * seconds, 500)


@settings(max_examples=60, deadline=None)
@given(
    key=st.sampled_from(sorted(MEASURED)),
    rate=st.sampled_from([25, 62.5, 100, 128, 250, 256, 300, 500]),
    start=st.floats(min_value=0, max_value=2 * DAY_S),
    cuts=st.lists(st.integers(min_value=0, max_value=900), max_size=5),
)
def test_any_split_of_a_window_gives_the_same_samples(
    key: str, rate: float, start: float, cuts: list[int]
) -> None:
    edges = [0, *sorted(cuts), 900]
    whole = adult().wave(key, start, 900, rate)
    pieces = [
        adult().wave(key, start + first / rate, last - first, rate)
        for first, last in zip(edges, edges[1:], strict=False)
    ]
    assert np.array_equal(np.concatenate(pieces), whole)


@settings(max_examples=30, deadline=None)
@given(start=moments, others=st.lists(st.tuples(st.sampled_from(sorted(MEASURED)), moments), max_size=4))
def test_what_was_asked_before_changes_nothing(start: float, others: list[tuple[str, float]]) -> None:
    asked = adult()
    for key, moment in others:
        asked.wave(key, moment, 10, MEASURED[key])
        asked.numerics(moment)
    assert np.array_equal(asked.wave("ecg2", start, 50, 300), adult().wave("ecg2", start, 50, 300))
    assert asked.numerics(start) == adult().numerics(start)


@settings(max_examples=40, deadline=None)
@given(
    key=st.sampled_from(sorted(MEASURED)),
    start=moments,
    times=st.sampled_from([2, 3, 4, 5, 8, 10, 12, 20]),
)
def test_a_higher_rate_holds_the_samples_of_the_lower_one(key: str, start: float, times: int) -> None:
    fine = adult().wave(key, start, 50 * times, 25 * times)
    assert np.array_equal(fine[::times], adult().wave(key, start, 50, 25))


@pytest.mark.parametrize("key", sorted(MEASURED))
@pytest.mark.parametrize("start", [59.0, 119.0, DAY_S - 1.0])
def test_nothing_jumps_where_one_minute_meets_the_next(key: str, start: float) -> None:
    fastest = {"p1": 8.0, "co2": 3.5, "pleth": 0.3, "resp": 0.05}.get(key, 0.3)
    steps = np.abs(np.diff(adult().wave(key, start, 1000, 500)))
    assert steps.max() < fastest


@pytest.mark.parametrize("key", sorted(MEASURED))
def test_two_seeds_differ(key: str) -> None:
    assert not np.array_equal(adult(1).wave(key, 10, 500, 100), adult(2).wave(key, 10, 500, 100))


def test_one_person_has_a_different_hour_with_another_seed() -> None:
    person = Person.drawn(1)
    first, second = (RestingAdult(person, seed).wave("ecg2", 0, 300, 300) for seed in (1, 2))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("key", sorted(set(WAVES) - set(MEASURED)))
def test_a_wave_without_a_sensor_has_no_samples(key: str) -> None:
    assert np.isnan(adult().wave(key, 0, 25, 25)).all()


def test_without_a_line_in_the_artery_there_is_no_arterial_wave() -> None:
    assert np.isnan(adult(arterial_line=False).wave("p1", 0, 10, 100)).all()


def test_no_samples_can_be_asked_for() -> None:
    assert adult().wave("ecg2", 5.0, 0, 300).shape == (0,)


def test_a_word_that_is_no_wave_is_refused() -> None:
    with pytest.raises(KeyError):
        adult().wave("ecg9", 0, 10, 300)


@pytest.mark.parametrize("rate", [0, -25, float("nan")])
def test_a_rate_that_is_none_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="samples a second"):
        adult().wave("ecg2", 0, 10, rate)


@pytest.mark.parametrize("seed", range(6))
def test_the_r_peak_of_lead_two_is_near_one_millivolt(seed: int) -> None:
    tallest = lead_two(seed, 300, 60).reshape(30, -1).max(axis=1)
    assert tallest.min() > 0.9
    assert tallest.max() < 1.15


def test_the_baseline_is_as_quiet_as_a_good_electrode() -> None:
    assert abs(float(np.median(lead_two(4, 0, 60)))) < 0.05


@pytest.mark.parametrize("seed", range(4))
def test_expiration_is_longer_than_inspiration(seed: int) -> None:
    co2 = adult(seed).wave("co2", 0, 25 * 300, 25)
    assert 0.5 < np.mean(co2 > 20) < 0.7


@pytest.mark.parametrize("seed", range(4))
def test_the_nose_breathes_in_fresh_air(seed: int) -> None:
    co2 = adult(seed).wave("co2", 0, 25 * 60, 25)
    assert co2.min() >= 0
    assert np.percentile(co2, 10) < 0.5


@pytest.mark.parametrize("seed", range(4))
def test_the_chest_moves_with_the_breaths_of_the_capnogram(seed: int) -> None:
    patient = adult(seed)
    chest, co2 = (patient.wave(key, 50, 25 * 120, 25) for key in ("resp", "co2"))
    falling = np.diff(chest, prepend=chest[0]) < 0
    assert np.mean(falling == (co2 > 20)) > 0.8
    assert 0.8 < chest.max() - chest.min() < 2.0


@pytest.mark.parametrize("seed", range(4))
def test_the_finger_swells_after_each_r_peak(seed: int) -> None:
    patient = adult(seed)
    ecg, pleth = (patient.wave(key, 50, 100 * 120, 100) for key in ("ecg3", "pleth"))
    peaks = np.flatnonzero((ecg[1:-1] > 0.6) & (ecg[1:-1] >= ecg[:-2]) & (ecg[1:-1] > ecg[2:])) + 1
    peaks = peaks[peaks < pleth.size - 60]
    rise = pleth[peaks + 45] - pleth[peaks + 20]
    assert peaks.size > 90
    assert (rise > 0.5).all()

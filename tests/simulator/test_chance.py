"""Numbers drawn by seed and place, and the curves and rhythms made of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nurse_station.simulator.chance import Noise, Stream
from nurse_station.simulator.rhythm import Rhythm, rate_per_minute
from nurse_station.simulator.wander import Wander

PINNED = [0.23514052090044946, 0.34691740599019627, 0.15794732519276256, 0.679833308572807]

seeds = st.integers(min_value=0, max_value=2**63)


def steady(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return times * 1.25


def test_the_numbers_are_the_same_on_every_machine() -> None:
    drawn = Stream(7, "heart").uniform(np.array([0, 1, -1, 10**12]))
    assert drawn.tolist() == PINNED


def test_a_place_gives_its_number_in_any_company() -> None:
    places = np.arange(1000)
    stream = Stream(1, "any")
    assert np.array_equal(stream.uniform(places)[::7], stream.uniform(places[::7]))


def test_the_numbers_are_evenly_spread() -> None:
    drawn = Stream(3, "spread").uniform(np.arange(100_000))
    counts, _ = np.histogram(drawn, bins=20, range=(0, 1))
    assert abs(counts - 5000).max() < 350
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.02


@given(seed=seeds, mean=st.floats(-5, 5))
def test_a_normal_draw_stays_inside_its_limits(seed: int, mean: float) -> None:
    assert -1 <= Stream(seed, "limits").normal(mean, 2.0, -1, 1) <= 1


def test_noise_has_about_the_size_it_says() -> None:
    noise = Noise(1, "ecg").at(np.arange(50_000) / 300)
    assert abs(noise.mean()) < 0.02
    assert 0.75 < noise.std() < 1.05
    assert abs(noise).max() < 1.8


@settings(deadline=None)
@given(seed=seeds, start=st.floats(0, 1e6))
def test_a_wander_never_leaves_its_bounds(seed: int, start: float) -> None:
    assert abs(Wander(seed, "bounds", 10, 600).at(start + np.arange(0, 3000, 3.0))).max() <= 1


@settings(deadline=None)
@given(seed=seeds, start=st.floats(0, 1e5))
def test_the_slope_of_the_area_is_the_wander(seed: int, start: float) -> None:
    wander = Wander(seed, "slope", 10, 600)
    times = start + np.arange(0, 100, 0.01)
    slope = np.diff(wander.area(times)) / 0.01
    assert np.allclose(slope, wander.at(times[:-1] + 0.005), atol=1e-4)


@pytest.mark.parametrize("start", [-90.0, 0.0, 59.9, 1e6])
def test_a_rhythm_misses_no_cycle_and_doubles_none(start: float) -> None:
    begun = Rhythm(steady).around(start, start + 400)
    assert np.allclose(np.diff(begun), 0.8)
    assert begun[0] <= start - Rhythm.MARGIN_S + 0.8
    assert begun[-1] >= start + 400 + Rhythm.MARGIN_S - 0.8


def test_the_rate_of_a_steady_rhythm_is_its_own() -> None:
    assert rate_per_minute(Rhythm(steady).around(0, 60), 30.0, 8.0) == pytest.approx(75)


@pytest.mark.parametrize("begun", [[], [29.0], [10.0, 29.0], [29.0, 31.0]])
def test_fewer_than_two_cycles_have_no_rate(begun: list[float]) -> None:
    assert rate_per_minute(np.array(begun), 30.0, 8.0) is None

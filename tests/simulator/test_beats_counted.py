"""The heart rate that is shown is the one that somebody else's detector counts from the ECG."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from nurse_station.simulator.acts import Act, Befall
from nurse_station.simulator.body import Body
from nurse_station.simulator.person import Person
from tests.simulator.another_detector import RATE_HZ, beats_in, needs_another

FROM_S, WINDOW_S = 30.0, 60
SHOWN_OVER_S = 8
"""A monitor's heart rate is of so many seconds."""


def heart(rate: float, age: int, *acts: Act) -> Body:
    """The heart of a person of that age, at rest at that rate, /min."""
    body = Body(replace(Person.drawn(age + round(rate), age=age), heart_rate=rate), seed=1)
    for act in acts:
        body.act(act, 0.0)
    return body


def counted(body: Body) -> NDArray[np.float64]:
    """Beats of the window, seconds of the body's time."""
    return FROM_S + beats_in(body.wave("ecg2", FROM_S, WINDOW_S * RATE_HZ, RATE_HZ))


def rate_of(beats: NDArray[np.float64]) -> float:
    return float(60.0 / np.diff(beats).mean())


def shown(body: Body) -> dict[float, float]:
    """What is shown, /min, at each second for which all that it was counted from lies in the window."""
    seconds = FROM_S + np.arange(SHOWN_OVER_S + 2, WINDOW_S)
    return {float(at): float(body.numerics(float(at))["hr"] or 0.0) for at in seconds}


@needs_another
@pytest.mark.parametrize("age", [20, 45, 75])
@pytest.mark.parametrize("rate", [45, 56, 70, 84, 100, 115, 130])
def test_the_rate_shown_is_counted_by_another_within_one_a_minute(rate: float, age: int) -> None:
    body = heart(rate, age)
    beats, said = counted(body), shown(body)
    assert np.mean([*said.values()]) == pytest.approx(rate_of(beats), abs=1.0)
    for at, hr in said.items():
        assert hr == pytest.approx(rate_of(beats[(beats > at - SHOWN_OVER_S) & (beats <= at)]), abs=1.0)


@needs_another
@pytest.mark.parametrize("size", [4, 8, 20])
@pytest.mark.parametrize("rate", [60, 80])
def test_ectopic_beats_are_counted_by_both(rate: float, size: float) -> None:
    body = heart(rate, 45, Befall(what="ectopy", size=size, lasts_s=900))
    assert np.mean([*shown(body).values()]) == pytest.approx(rate_of(counted(body)), abs=1.0)

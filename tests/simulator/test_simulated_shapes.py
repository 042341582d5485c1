"""The shapes of one beat and one breath, drawn from sequences written here and not by a simulated adult."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from nurse_station.simulator.beats import Beats
from nurse_station.simulator.breaths import Breaths
from nurse_station.simulator.capnogram import capnogram
from nurse_station.simulator.ecg import LEADS, ecg
from nurse_station.simulator.pulse import ARTERY_MEAN, FINGER_DELAY_S, arterial_pulse, finger_pulse

Pulse = Callable[[NDArray[np.float64], Beats], NDArray[np.float64]]


def steady_beats(interval: float) -> Beats:
    return Beats(at=np.arange(-5.0, 6.0) * interval, interval=np.full(11, interval))


def steady_breaths(length: float, etco2: float) -> Breaths:
    count = np.arange(-3.0, 4.0)
    return Breaths(
        begin=count * length,
        length=np.full(7, length),
        depth=np.ones(7),
        etco2=np.full(7, etco2),
    )


def one_beat(interval: float, lead: str = "ecg2") -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    times = np.arange(0, interval, 0.002)
    return times, ecg(times, steady_beats(interval), lead)


@pytest.mark.parametrize("lead", LEADS)
def test_the_tallest_point_of_a_beat_is_its_r(lead: str) -> None:
    times, mv = one_beat(0.8, lead)
    assert times[mv.argmax()] < 0.005 or times[mv.argmax()] > 0.795


def test_the_t_comes_earlier_as_the_heart_quickens() -> None:
    tops = []
    for interval in (1.2, 1.0, 0.8, 0.6):
        times, mv = one_beat(interval)
        after_qrs = (times > 0.12) & (times < 0.45)
        tops.append(times[after_qrs][mv[after_qrs].argmax()])
    assert tops == sorted(tops, reverse=True)
    assert tops[0] - tops[-1] > 0.08


@pytest.mark.parametrize("interval", [0.6, 0.8, 1.0])
def test_the_corrected_qt_is_a_healthy_one(interval: float) -> None:
    times, mv = one_beat(interval)
    t_wave = (times > 0.12) & (times < 0.6 * interval) & (mv > 0.02)
    q_onset = 0.06 * interval**0.5
    assert 0.36 < (times[t_wave].max() + q_onset) / interval**0.5 < 0.45


@pytest.mark.parametrize("interval", [0.6, 0.8, 1.2])
def test_a_p_stands_before_each_r(interval: float) -> None:
    times, mv = one_beat(interval)
    before = (times > interval - 0.25) & (times < interval - 0.08)
    top = times[before][mv[before].argmax()]
    assert 0.1 < mv[before].max() < 0.25
    assert 0.1 < interval - top < 0.22


@pytest.mark.parametrize("pulse", [finger_pulse, arterial_pulse])
def test_a_pulse_has_a_second_smaller_crest(pulse: Pulse) -> None:
    drawn = pulse(np.arange(0.2, 0.2 + 4 * 0.9, 0.005), steady_beats(0.9))
    crests = np.flatnonzero((drawn[1:-1] > drawn[:-2]) & (drawn[1:-1] >= drawn[2:])) + 1
    heights = drawn[crests]
    assert (heights > 0.99).sum() == 4
    assert ((heights > 0.25) & (heights < 0.7)).sum() == 4


def test_the_foot_of_the_pulse_reaches_the_finger_200_ms_after_the_r() -> None:
    at_foot = finger_pulse(np.array([FINGER_DELAY_S, FINGER_DELAY_S + 0.9]), steady_beats(0.9))
    assert at_foot == pytest.approx([0, 0], abs=1e-9)


def test_the_mean_pressure_lies_a_third_or_so_above_diastolic() -> None:
    assert 0.30 < ARTERY_MEAN < 0.42


def test_a_breath_goes_through_its_four_phases() -> None:
    fresh, dead_space, plateau, end, washed_out = capnogram(
        np.array([1.0, 1.55, 2.2, 3.999, 4.35]), steady_breaths(4.0, 40.0)
    )
    assert fresh < 0.01
    assert dead_space < 2
    assert 36 < plateau < 38.5
    assert end == pytest.approx(40, abs=0.1)
    assert washed_out < 1


def test_the_plateau_climbs_to_its_end() -> None:
    plateau = capnogram(np.arange(2.0, 3.99, 0.01), steady_breaths(4.0, 40.0))
    assert (np.diff(plateau) > 0).all()


def test_the_lungs_are_empty_where_one_breath_meets_the_next() -> None:
    volume = steady_breaths(4.0, 40.0).volume(np.array([0.0, 1.52, 3.9999]))
    assert volume == pytest.approx([0, 1, 0], abs=0.001)

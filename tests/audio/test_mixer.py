"""What sounds next: the rules of the mixer, one by one, without a device."""

import math

import numpy as np
import pytest

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.bursts import BURSTS, SELF_TEST
from nurse_station.audio.mixer import FADE_S, REMEMBERED, VOLUME_FLOOR, Mixer
from nurse_station.audio.windows import WINDOWS

HIGH, MEDIUM, LOW, NONE = Priority.HIGH, Priority.MEDIUM, Priority.LOW, Priority.NONE
RATE = 8000
TICK_S = 0.01


def signal(
    priority: Priority, began: float = 0.0, *, repeats: bool = True, condition: str = "apnoea"
) -> AudioSignal:
    return AudioSignal(condition=condition, priority=priority, repeats=repeats, began=began)


@pytest.fixture
def mixer() -> Mixer:
    return Mixer(rate_hz=RATE)


def heard(mixer: Mixer, seconds: float) -> list[tuple[Priority, float, float]]:
    """What sounds in the next seconds: priority, start and length, seconds, as the tick tells."""
    found: list[tuple[Priority, float, float]] = []
    before: Priority | None = None
    for tick in range(round(seconds / TICK_S)):
        mixer.take(round(TICK_S * RATE))
        playing = mixer.playing
        if playing is not None and playing == before:
            found[-1] = (*found[-1][:2], found[-1][2] + TICK_S)
        elif playing is not None:
            found.append((playing, tick * TICK_S, TICK_S))
        before = playing
    return found


def priorities(mixer: Mixer, seconds: float) -> list[Priority]:
    return [priority for priority, _, _ in heard(mixer, seconds)]


def starts(mixer: Mixer, seconds: float) -> list[float]:
    return [start for _, start, _ in heard(mixer, seconds)]


def run(mixer: Mixer, seconds: float) -> None:
    mixer.take(round(seconds * RATE))


@pytest.mark.parametrize("priority", BURSTS)
def test_a_signal_sounds_with_the_next_sample(mixer: Mixer, priority: Priority) -> None:
    mixer.sound(signal(priority))
    assert not mixer.begun
    assert np.any(mixer.take(4))
    assert mixer.begun


@pytest.mark.parametrize("priority", BURSTS)
def test_a_repeating_signal_comes_again_after_its_interval(mixer: Mixer, priority: Priority) -> None:
    burst = BURSTS[priority]
    mixer.sound(signal(priority))
    first, second, *_ = starts(mixer, 2.5 * (burst.length_s + burst.interburst_s))
    assert second - first == pytest.approx(burst.length_s + burst.interburst_s, abs=2 * TICK_S)


def test_a_single_burst_is_not_repeated(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM, repeats=False))
    assert priorities(mixer, 60) == [MEDIUM]


def test_a_single_burst_is_not_heard_again_when_its_signal_returns(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM, repeats=False))
    run(mixer, 5)
    mixer.sound(signal(HIGH))
    run(mixer, 5)
    mixer.sound(signal(MEDIUM, repeats=False))
    assert priorities(mixer, 40) == []


def test_another_beginning_is_another_single_burst(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM, 0.0, repeats=False))
    run(mixer, 20)
    mixer.sound(signal(MEDIUM, 300.0, repeats=False))
    assert priorities(mixer, 40) == [MEDIUM]


def test_a_single_burst_that_was_cut_is_heard_when_its_signal_returns(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM, repeats=False))
    run(mixer, 0.3)
    mixer.sound(signal(HIGH))
    run(mixer, 4)
    mixer.sound(signal(MEDIUM, repeats=False))
    assert priorities(mixer, 20) == [MEDIUM]


def test_what_is_remembered_as_heard_is_bounded(mixer: Mixer) -> None:
    for began in range(REMEMBERED + 10):
        mixer.sound(signal(MEDIUM, began, repeats=False))
        run(mixer, 4)
    assert len(mixer._settled) == REMEMBERED


def test_the_same_signal_again_changes_nothing(mixer: Mixer) -> None:
    assert mixer.sound(signal(HIGH))
    run(mixer, 1)
    assert not mixer.sound(signal(HIGH))
    assert mixer.begun
    assert priorities(mixer, 4) == [HIGH]


def test_that_a_signal_repeats_no_more_makes_it_no_other(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    run(mixer, 1)
    assert not mixer.sound(signal(HIGH, repeats=False))
    assert priorities(mixer, 30) == [HIGH]


def test_silence_lets_the_running_burst_end(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    run(mixer, 0.1)
    mixer.sound(None)
    ((priority, _, length),) = heard(mixer, 30)
    assert (priority, length) == (HIGH, pytest.approx(BURSTS[HIGH].length_s - 0.1, abs=2 * TICK_S))


def test_a_condition_that_vanished_before_a_sample_was_taken_is_heard_once(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    mixer.sound(None)
    ((priority, _, length),) = heard(mixer, 30)
    assert (priority, length) == (HIGH, pytest.approx(BURSTS[HIGH].length_s, abs=2 * TICK_S))


def test_a_condition_that_vanished_gives_way_to_one_of_its_priority(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    mixer.sound(signal(HIGH, condition="spo2_low", repeats=False))
    assert priorities(mixer, 30) == [HIGH]


def test_a_high_one_that_vanished_is_heard_before_a_lower_one(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    mixer.sound(signal(LOW, repeats=False))
    assert priorities(mixer, 30) == [HIGH, LOW]


@pytest.mark.parametrize(("lower", "higher"), [(LOW, MEDIUM), (LOW, HIGH), (MEDIUM, HIGH)])
@pytest.mark.hazard("H-06")
def test_a_higher_priority_replaces_a_lower_one_at_once(
    mixer: Mixer, lower: Priority, higher: Priority
) -> None:
    mixer.sound(signal(lower))
    run(mixer, 0.1)
    mixer.sound(signal(higher, 1.0))
    mixer.take(round(FADE_S * RATE) + 1)
    assert mixer.playing is higher
    assert mixer.begun


@pytest.mark.parametrize(("higher", "lower"), [(HIGH, MEDIUM), (HIGH, LOW), (MEDIUM, LOW)])
def test_a_lower_priority_waits_for_the_burst_and_the_shortest_interval(
    mixer: Mixer, higher: Priority, lower: Priority
) -> None:
    mixer.sound(signal(higher))
    run(mixer, 0.1)
    mixer.sound(signal(lower))
    (_, _, length), (priority, start, _) = heard(mixer, 10)
    assert priority is lower
    assert start - length == pytest.approx(WINDOWS[higher].interburst_s.low, abs=3 * TICK_S)


def test_a_rise_in_priority_is_heard_at_once(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM))
    run(mixer, 2)
    mixer.sound(signal(HIGH))
    mixer.take(2)
    assert mixer.playing is HIGH


def test_another_condition_of_the_same_priority_waits_for_the_shortest_interval_only(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    run(mixer, BURSTS[HIGH].length_s)
    mixer.sound(signal(HIGH, condition="spo2_low"))
    assert starts(mixer, 5)[0] == pytest.approx(WINDOWS[HIGH].interburst_s.low, abs=2 * TICK_S)


def test_a_signal_of_no_priority_is_silence(mixer: Mixer) -> None:
    mixer.sound(signal(NONE))
    assert not np.any(mixer.take(RATE))


def test_silence_is_given_in_full(mixer: Mixer) -> None:
    samples = mixer.take(777)
    assert (samples.size, samples.dtype, bool(np.any(samples))) == (777, np.float32, False)


def test_no_frames_are_no_samples(mixer: Mixer) -> None:
    assert mixer.take(0).size == 0


def test_the_self_test_is_heard_once(mixer: Mixer) -> None:
    mixer.test()
    assert mixer.testing
    ((priority, _, length),) = heard(mixer, 20)
    assert (priority, length) == (NONE, pytest.approx(SELF_TEST.length_s, abs=2 * TICK_S))
    assert not mixer.testing


@pytest.mark.parametrize("priority", BURSTS)
def test_a_self_test_is_heard_between_two_bursts(mixer: Mixer, priority: Priority) -> None:
    # Waiting for the alarm to end, it would pass for one that the output did not take.
    mixer.sound(signal(priority))
    run(mixer, BURSTS[priority].length_s + 0.1)
    mixer.test()
    run(mixer, 2.0)
    assert not mixer.testing


def test_a_self_test_asked_for_during_a_burst_is_settled_by_it(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    run(mixer, 0.1)
    mixer.test()
    assert not mixer.testing


def test_an_alarm_cuts_the_self_test(mixer: Mixer) -> None:
    mixer.test()
    run(mixer, 0.05)
    mixer.sound(signal(LOW))
    mixer.take(round(FADE_S * RATE) + 1)
    assert mixer.playing is LOW
    assert not mixer.testing
    assert priorities(mixer, 20) == [LOW]


def test_an_alarm_is_test_enough(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    mixer.test()
    mixer.take(2)
    assert not mixer.testing
    assert priorities(mixer, 5) == [HIGH]


def test_another_output_hears_the_alarm_from_its_start(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    run(mixer, 4)
    mixer.restart(after_long=False)
    ((priority, start, length), *_) = heard(mixer, 5)
    assert (priority, start) == (HIGH, 0.0)
    assert length == pytest.approx(BURSTS[HIGH].length_s, abs=2 * TICK_S)


def test_another_output_hears_what_was_cut_though_it_has_vanished(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM, repeats=False))
    run(mixer, 0.2)
    mixer.sound(None)
    mixer.restart(after_long=False)
    ((priority, _, length),) = heard(mixer, 30)
    assert (priority, length) == (MEDIUM, pytest.approx(BURSTS[MEDIUM].length_s, abs=2 * TICK_S))


def test_an_output_that_returns_after_long_hears_nothing_of_what_has_gone(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    mixer.sound(None)
    mixer.restart(after_long=True)
    assert priorities(mixer, 30) == []


def test_an_output_that_returns_after_long_hears_what_is_still_there(mixer: Mixer) -> None:
    mixer.sound(signal(HIGH))
    run(mixer, 1)
    mixer.restart(after_long=True)
    assert starts(mixer, 5) == [0.0]


def test_another_output_does_not_hear_a_single_burst_again(mixer: Mixer) -> None:
    mixer.sound(signal(MEDIUM, repeats=False))
    run(mixer, 5)
    mixer.restart(after_long=False)
    assert priorities(mixer, 30) == []


def test_another_output_hears_a_self_test_that_was_cut(mixer: Mixer) -> None:
    mixer.test()
    run(mixer, 0.05)
    mixer.restart(after_long=False)
    assert priorities(mixer, 5) == [NONE]


@pytest.mark.parametrize(
    ("asked", "set_to"),
    [
        (0.0, VOLUME_FLOOR),
        (-1.0, VOLUME_FLOOR),
        (-math.inf, VOLUME_FLOOR),
        (0.1, VOLUME_FLOOR),
        (0.5, 0.5),
        (1.0, 1.0),
        (7.0, 1.0),
        (math.inf, 1.0),
        (math.nan, 1.0),
    ],
)
@pytest.mark.hazard("H-06")
def test_the_volume_keeps_its_floor_and_its_top(mixer: Mixer, asked: float, set_to: float) -> None:
    mixer.set_volume(asked)
    assert mixer.volume == set_to
    assert Mixer(asked, RATE).volume == set_to


def test_the_volume_scales_the_sound(mixer: Mixer) -> None:
    mixer.set_volume(0.5)
    mixer.sound(signal(HIGH))
    assert np.abs(mixer.take(RATE)).max() == pytest.approx(0.5 * BURSTS[HIGH].peak)

"""A day of numerics and minutes of waves, in memory that does not grow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.station.history import DAY_S, HOUR_S, NumericTrack, WaveTrack


def test_a_dip_of_one_reading_within_a_second_is_kept() -> None:
    track = NumericTrack(0)
    for at, value in ((10.0, 97.0), (10.4, 81.0), (10.8, 96.0)):
        track.add(at, value)
    seconds, low, high = track.between(0, 100)
    assert (list(seconds), list(low), list(high)) == ([10.0], [81.0], [97.0])


@given(st.lists(st.tuples(st.integers(0, 3 * DAY_S), st.floats(0, 300, width=32)), min_size=1, max_size=80))
def test_every_second_of_the_last_day_is_found_again(points: list[tuple[int, float]]) -> None:
    points.sort(key=lambda point: point[0])
    track, wanted = NumericTrack(0), {}
    for second, value in points:
        track.add(float(second), value)
        wanted.setdefault(second, []).append(value)
    end = points[-1][0] + 1
    seconds, low, high = track.between(end - DAY_S, end)
    expected = {s: (min(v), max(v)) for s, v in wanted.items() if s >= end - DAY_S}
    assert {int(s): (a, b) for s, a, b in zip(seconds, low, high, strict=True)} == expected


@given(
    st.lists(st.tuples(st.floats(0, 5 * HOUR_S), st.floats(0, 300, width=32)), max_size=60),
    st.floats(-10, 5 * HOUR_S), st.floats(0, 5 * HOUR_S),
)  # fmt: skip
def test_many_values_at_once_are_kept_as_one_by_one(
    points: list[tuple[float, float]], start: float, length: float
) -> None:
    one_by_one, at_once = NumericTrack(0), NumericTrack(0)
    for at, value in points:
        one_by_one.add(at, value)
    at_once.extend(np.array([at for at, _ in points]), np.array([value for _, value in points]))
    for mine, other in zip(
        one_by_one.between(start, start + length), at_once.between(start, start + length), strict=True
    ):
        np.testing.assert_array_equal(mine, other)
    assert one_by_one.end == at_once.end


def test_a_value_that_comes_hours_late_is_kept() -> None:
    track = NumericTrack(0)
    for second in (10.0, 5 * HOUR_S, 11.0):
        track.add(second, 97.0)
    assert list(track.between(0, 100)[0]) == [10.0, 11.0]


def test_a_year_of_values_takes_no_more_memory_than_a_day() -> None:
    track = NumericTrack(0)
    for day in range(365):
        for second in range(0, DAY_S, 1800):
            track.add(day * DAY_S + second, 97.0)
    assert len(track._held[1]) <= DAY_S / HOUR_S + 1


def test_a_value_from_before_the_beginning_is_ignored() -> None:
    track = NumericTrack(100)
    track.add(99.0, 1.0)
    assert len(track.between(0, 1000)[0]) == 0


def packet(start: int, n: int = 100) -> np.ndarray:
    return np.arange(start, start + n, dtype=np.float32)


def test_packets_lie_end_to_end_whatever_the_jitter_of_their_arrival() -> None:
    track = WaveTrack("pleth", 100)
    for number, jitter in enumerate((0.0, 0.12, -0.08, 0.2, 0.0)):
        track.add(packet(100 * number), 10.0 + number + jitter)
    count, times, samples = track.since(0)
    assert count == 500
    assert list(samples) == list(range(500))
    assert np.diff(times).max() < 0.03
    assert np.diff(times).min() >= 0.0


@pytest.mark.parametrize("drift", [0.99, 1.01])
def test_a_device_clock_that_drifts_is_followed(drift: float) -> None:
    track = WaveTrack("pleth", 100)
    for number in range(600):
        track.add(packet(0), number * drift)
    assert track.end is not None
    assert track.end == pytest.approx(599 * drift, abs=0.3)


def test_a_late_packet_leaves_a_gap() -> None:
    track = WaveTrack("pleth", 100)
    track.add(packet(0), 1.0)
    track.add(packet(100), 4.0)
    _, times, _ = track.since(0)
    assert np.diff(times).max() == pytest.approx(2.0, abs=0.02)


def test_packets_that_waited_are_not_laid_into_the_future() -> None:
    track = WaveTrack("pleth", 100)
    track.add(packet(0), 1.0)
    for _ in range(30):  # thirty seconds' packets at once, after a stall
        track.add(packet(0), 31.0)
    assert track.end is not None
    assert track.end <= 31.6


@given(st.lists(st.integers(1, 700), min_size=1, max_size=40), st.integers(0, 4000))
def test_a_reader_gets_what_is_still_kept_after_its_count(sizes: list[int], count: int) -> None:
    track = WaveTrack("pleth", 100, keep_s=5)
    total = 0
    for size in sizes:
        total += size
        track.add(packet(total - size, size), total / 100)
    upto, times, samples = track.since(count)
    assert upto == total
    assert (
        list(samples) == list(range(max(count, total - 500, 0), total))
        if count <= total
        else not len(samples)
    )
    assert len(times) == len(samples)

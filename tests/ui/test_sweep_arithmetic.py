"""Where a moment lies on a sweep, which range a wave is drawn in, which samples belong together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets.sweep_lap import Laps
from nurse_station.ui.widgets.sweep_range import fitted
from nurse_station.ui.widgets.sweep_trace import ALL, Trace
from nurse_station.ui.widgets.sweep_words import figure

MOMENTS = st.floats(0, 1e6)
WIDTHS = st.integers(10, 8000)
SPEEDS = st.floats(5, 1000)


@given(MOMENTS, WIDTHS, SPEEDS)
def test_a_place_lies_on_the_strip(moment: float, width: int, speed: float) -> None:
    assert 0 <= Laps(width, speed).place(moment) < width


@given(MOMENTS, WIDTHS, SPEEDS, st.integers(1, 50))
def test_a_moment_a_whole_lap_later_has_the_same_place(
    moment: float, width: int, speed: float, laps: int
) -> None:
    strip = Laps(width, speed)
    apart = abs(strip.place(moment) - strip.place(moment + laps * strip.span_s))
    assert min(apart, width - apart) < 1e-3


@given(MOMENTS, WIDTHS, SPEEDS)
def test_a_moments_pixel_is_the_one_that_its_piece_says(moment: float, width: int, speed: float) -> None:
    strip = Laps(width, speed)
    pixel = strip.cursor(moment)
    (piece,) = strip.pieces(pixel, pixel + 1)
    assert piece.lap_start % width == 0
    assert piece.lap_start + piece.left == pixel
    assert strip.moment(strip.position(moment)) == pytest.approx(moment, abs=1e-6)


@given(st.integers(-10_000, 10_000), st.integers(0, 3000), st.integers(1, 900))
def test_pieces_cover_every_pixel_once(first: int, length: int, width: int) -> None:
    pieces = list(Laps(width, 100.0).pieces(first, first + length))
    assert [p.lap_start + x for p in pieces for x in range(p.left, p.right)] == [
        *range(first, first + length)
    ]
    assert all(0 <= p.left < p.right <= width for p in pieces)


@given(st.floats(-1e4, 1e4), st.floats(0, 1e4))
def test_a_fitted_range_holds_the_signal_and_is_not_far_wider(low: float, height: float) -> None:
    high = low + height
    bottom, top = fitted(None, low, high)
    assert bottom <= low <= high <= top
    assert top - bottom <= max(2.1 * height, 4e-3 * max(abs(low), abs(high)), 1e-5)


@given(st.floats(-1e3, 1e3), st.floats(0.1, 1e3))
def test_a_range_just_fitted_is_kept(low: float, height: float) -> None:
    present = fitted(None, low, low + height)
    assert fitted(present, low, low + height) == present


@pytest.mark.parametrize(
    ("low", "high", "kept"),
    [
        (60.0, 120.0, True),
        (70.0, 110.0, True),  # smaller, and still well seen
        (60.0, 141.0, False),  # beyond the range
        (80.0, 95.0, False),  # a fraction of the range
    ],
)
def test_a_range_changes_only_when_the_signal_leaves_it_or_is_lost_in_it(
    low: float, high: float, kept: bool
) -> None:
    assert (fitted((50.0, 140.0), low, high) == (50.0, 140.0)) is kept


def test_a_signal_above_zero_is_drawn_from_zero() -> None:
    assert fitted(None, 1.0, 95.0)[0] == 0.0


def test_a_flat_signal_stays_flat() -> None:
    bottom, top = fitted(None, 80.0, 80.0)
    assert top - bottom >= 0.08


def follow(track: WaveTrack, shown: tuple[float, float] | None = (0.0, 1.0)) -> Trace:
    trace = Trace(shown)
    trace.follow(track)
    return trace


def test_nothing_new_changes_nothing() -> None:
    track = WaveTrack("co2", 25)
    trace = follow(track)
    assert trace.take(10.0) is None
    track.add(np.zeros(25, np.float32), 1.0)
    assert trace.take(10.0) == ALL
    assert trace.take(10.0) is None


def test_new_samples_change_the_picture_from_the_sample_before_them() -> None:
    track = WaveTrack("co2", 25)
    trace = follow(track)
    track.add(np.zeros(25, np.float32), 1.0)
    trace.take(10.0)
    track.add(np.zeros(25, np.float32), 2.0)
    assert trace.take(10.0) == pytest.approx(0.96)


def test_a_trace_keeps_no_more_than_a_lap_needs() -> None:
    track = WaveTrack("ecg2", 300)
    trace = follow(track)
    for second in range(60):
        track.add(np.zeros(300, np.float32), second + 1.0)
        trace.take(10.0)
    times, _ = trace.between(0.0, 100.0)
    assert 10 * 300 < len(times) < 15 * 300


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ([1, 2, 3], [[1, 2, 3]]),
        ([1, 2, None, 4, 5], [[1, 2], [4, 5]]),
        ([None, 1, None], [[1]]),
        ([None, None], []),
        ([1, float("inf"), 2], [[1], [2]]),
        ([], []),
    ],
)
def test_no_stroke_crosses_a_sample_that_is_missing(
    samples: list[float | None], expected: list[list[float]]
) -> None:
    trace = follow(WaveTrack("co2", 10))
    values = np.array([np.nan if value is None else value for value in samples], np.float32)
    strokes = trace.strokes(np.arange(len(values)) / 10, values)
    assert [part.tolist() for _, part in strokes] == expected


def test_no_stroke_crosses_time_that_is_missing() -> None:
    trace = follow(WaveTrack("co2", 10))
    times = np.array([0.0, 0.1, 0.3, 0.4])
    assert [part.tolist() for part, _ in trace.strokes(times, np.zeros(4, np.float32))] == [
        [0, 0.1],
        [0.3, 0.4],
    ]


def test_a_clock_that_is_a_percent_off_makes_no_gaps() -> None:
    track = WaveTrack("ecg2", 300)
    trace = follow(track)
    for second in range(60):
        track.add(np.zeros(300, np.float32), 100.0 + second * 1.01)
    trace.take(20.0)
    assert len(trace.strokes(*trace.between(0.0, 1000.0))) == 1


def test_an_unknown_range_follows_the_signal() -> None:
    track = WaveTrack("p1", 100)
    trace = follow(track, None)
    track.add(np.sin(np.arange(300) / 20).astype(np.float32), 3.0)
    assert trace.take(10.0) == ALL
    assert trace.shown is not None
    before = trace.shown
    track.add(np.full(150, 0.5, np.float32), 4.5)
    assert trace.take(10.0) != ALL
    assert trace.shown == before
    track.add(np.full(150, 40.0, np.float32), 6.0)
    assert trace.take(10.0) == ALL
    assert trace.shown[1] > 40


def test_a_trace_of_invalid_samples_has_no_range() -> None:
    track = WaveTrack("p1", 100)
    trace = follow(track, None)
    track.add(np.full(300, np.nan, np.float32), 3.0)
    trace.take(10.0)
    assert trace.shown is None
    assert trace.last is None


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0"), (-0.0, "0"), (60.0, "60"), (-0.5, "−0.5"), (1.4, "1.4"), (1000.0, "1000"), (140.4, "140")],
)
def test_a_number_of_a_scale_is_short(value: float, written: str) -> None:
    assert figure(value) == written

"""A curve on paper hides no dip, spans no gap, and leaves no value outside its lane."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.reports.envelope import COLUMNS, Span, envelope
from nurse_station.reports.lanes import LANES, scale_of, uncovered
from nurse_station.reports.recorded import Series

HOURS_5 = 18000.0


def series(values: list[float], every: float = 1.0) -> Series:
    return Series(at=np.arange(len(values)) * every, value=np.array(values, dtype=np.float64))


def test_a_dip_of_one_second_in_five_hours_shows() -> None:
    values = [97.0] * 18000
    values[12345] = 71.0
    (line,) = envelope(series(values), Span(start=0.0, end=HOURS_5))
    assert (12345.0, 71.0) in line


def test_a_day_is_few_points() -> None:
    noise = np.random.default_rng(1).normal(70, 5, 18000).tolist()
    assert sum(map(len, envelope(series(noise), Span(start=0.0, end=HOURS_5)))) <= 4 * COLUMNS


@given(st.lists(st.floats(40, 200), min_size=1, max_size=3000), st.floats(0.5, 5.0))
def test_each_column_keeps_its_lowest_and_highest(values: list[float], every: float) -> None:
    own = series(values, every)
    span = Span(start=0.0, end=max(len(values) * every, 300.0))
    points = [point for line in envelope(own, span) for point in line]
    column = np.minimum((own.at / span.column_s).astype(int), COLUMNS - 1)
    kept = [int(min(at / span.column_s, COLUMNS - 1)) for at, _ in points]
    for number in set(column.tolist()):
        mine = [value for (_, value), place in zip(points, kept, strict=True) if place == number]
        there = own.value[column == number]
        assert (min(mine), max(mine)) == (there.min(), there.max())


@given(st.lists(st.floats(40, 200), min_size=2, max_size=300))
def test_every_point_is_a_measured_one_in_the_order_of_time(values: list[float]) -> None:
    (line,) = envelope(series(values), Span(start=0.0, end=HOURS_5))
    assert all(values[int(at)] == value for at, value in line)
    assert [at for at, _ in line] == sorted({at for at, _ in line})


def test_a_gap_breaks_the_curve() -> None:
    at = np.concatenate([np.arange(0, 100.0), np.arange(200, 300.0)])
    lines = envelope(Series(at=at, value=np.full(200, 70.0)), Span(start=0.0, end=300.0))
    assert [(line[0][0], line[-1][0]) for line in lines] == [(0.0, 99.0), (200.0, 299.0)]


def test_a_gap_inside_a_column_of_a_long_day_still_breaks_none_of_the_others() -> None:
    assert len(envelope(series([70.0] * 18000), Span(start=0.0, end=HOURS_5))) == 1


def test_nothing_within_the_span_is_no_line() -> None:
    assert envelope(series([70.0] * 10), Span(start=100.0, end=500.0)) == ()


def test_a_second_curve_is_drawn_only_where_the_first_has_nothing() -> None:
    own = tuple((float(at), 70.0) for at in range(0, 1000, 10))
    (left,) = uncovered([own], [((0.0, 1.0), (500.0, 1.0))], apart_s=60.0)
    assert (left[0][0], left[-1][0]) == (570.0, 990.0)


@given(st.lists(st.floats(-40, 400), max_size=20), st.sampled_from(LANES))
def test_every_value_lies_in_its_lane(values: list[float], lane: object) -> None:
    scale = scale_of(lane, values, top=10.0)
    assert all(scale.top - 1e-6 <= scale.y(value) <= scale.bottom + 1e-6 for value in values)
    assert 2 <= len(scale.lines) <= 11
    assert scale.lines[-1] == scale.high

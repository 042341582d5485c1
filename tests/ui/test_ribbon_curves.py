"""What the ribbon draws and says, without a screen: columns, gaps, whiskers, spans, times."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.station.history import History
from nurse_station.ui.models.units import Units
from nurse_station.ui.widgets.ribbon_curve import GAP_S, line_of
from nurse_station.ui.widgets.ribbon_lanes import (
    LANES,
    cuff_between,
    first_choice,
    first_second,
    heights,
    picture_of,
)
from nurse_station.ui.widgets.ribbon_span import (
    Gaze,
    Reach,
    Span,
    from_start,
    panned,
    snapped,
    span_of,
    zoomed,
)
from nurse_station.ui.widgets.ribbon_words import reading_text, state_text, step_for, ticks
from nurse_station.vitals.parameters import PARAMETERS

HR, SPO2, RR, _, BP = LANES
WALL = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def wall_of(at: float) -> datetime:
    return WALL + timedelta(seconds=at)


def local(at: float, form: str = "%H:%M:%S") -> str:
    return wall_of(at).astimezone().strftime(form)


def history_of(**values: dict[int, float]) -> History:
    history = History(0.0)
    for key, seconds in values.items():
        for at, value in seconds.items():
            history.add_numeric(key, float(at), value)
    return history


SECONDS = st.dictionaries(st.integers(0, 5000), st.floats(30, 200, width=32), min_size=1, max_size=200)


@given(values=SECONDS, per_pixel=st.floats(0.05, 400))
def test_no_extreme_is_ever_lost(values: dict[int, float], per_pixel: float) -> None:
    seconds = np.array(sorted(values), dtype=np.float64)
    measured = np.array([values[int(at)] for at in seconds], dtype=np.float32)
    line = line_of(seconds, measured, measured, per_pixel)
    assert (line.y.min(), line.y.max()) == (measured.min(), measured.max())
    assert np.all(np.diff(line.x) >= 0)
    for at, value in zip(seconds, measured, strict=True):
        held = (line.x[0::2] <= at + 1e-6) & (at - 1e-6 < line.x[1::2])
        assert np.any(held & (line.y[0::2] <= value) & (value <= line.y[1::2]))


@given(values=SECONDS, per_pixel=st.floats(0.05, 3))
def test_a_curve_is_broken_exactly_where_values_are_missing_for_long(
    values: dict[int, float], per_pixel: float
) -> None:
    seconds = np.array(sorted(values), dtype=np.float64)
    measured = np.ones(len(seconds), dtype=np.float32)
    line = line_of(seconds, measured, measured, per_pixel)
    assert np.sum(line.joined[1:-1] == 0) == np.sum(np.diff(seconds) > GAP_S)


def test_a_dip_of_one_second_in_a_day_is_drawn() -> None:
    history = history_of(spo2={at: 71.0 if at == 43_210 else 97.0 for at in range(0, 86_400)})
    span = Span(start=0, end=86_400)
    picture = picture_of(SPO2, history, span, span.width / 1000)
    assert picture.line.y.min() == 71
    assert len(picture.line.x) <= 2 * 1001


def test_no_column_changes_when_the_picture_moves_by_whole_pixels() -> None:
    history = history_of(hr={at: float(50 + at % 37) for at in range(4000)})
    first = picture_of(HR, history, Span(start=0, end=1000), 7.0).line
    later = picture_of(HR, history, Span(start=700, end=1700), 7.0).line
    both = np.intersect1d(first.x, later.x)[1:-1]
    assert len(both) > 20
    low = dict(zip(later.x[0::2], later.y[0::2], strict=True))
    assert all(low[x] == y for x, y in zip(first.x[0::2], first.y[0::2], strict=True) if x in both)


def test_the_scale_grows_until_all_of_the_line_lies_within() -> None:
    picture = picture_of(HR, history_of(hr={1: 33.0, 2: 187.0}), Span(start=0, end=10), 0.1)
    assert picture.scale == (20, 200)


@pytest.mark.parametrize(("number", "lane"), list(enumerate(LANES)))
def test_every_lane_keeps_to_its_own_strip(number: int, lane: object) -> None:
    y = heights(np.array([40.0, 140.0]), (40.0, 140.0), number)
    assert -number - 1 < y.min() < y.max() < -number


def test_every_lane_draws_parameters_that_exist() -> None:
    assert {key for lane in LANES for key in lane.parameters} <= set(PARAMETERS)


def test_impedance_fills_the_seconds_without_co2() -> None:
    history = history_of(rr_co2={1: 14.0, 2: 15.0, 5: 16.0}, rr_imp={2: 99.0, 3: 18.0, 4: 19.0})
    seconds, low, _ = first_choice(RR, history, 0, 10)
    assert list(zip(seconds, low, strict=True)) == [(1, 14), (2, 15), (3, 18), (4, 19), (5, 16)]


def test_a_whisker_goes_from_diastolic_to_systolic_with_a_mark_at_the_mean() -> None:
    history = history_of(nibp_sys={30: 128.0}, nibp_dia={30: 76.0}, nibp_mean={30: 93.0})
    line = picture_of(BP, history, Span(start=0, end=100), 0.5).line
    bar = list(zip(line.x[:2], line.y[:2], strict=True))
    assert bar == [(30, 76), (30, 128)]
    assert list(line.y[2:]) == [76, 76, 128, 128, 93, 93]
    assert list(line.joined) == [1, 0] * 4


def test_a_cuff_without_a_mean_is_drawn_without_its_mark() -> None:
    history = history_of(nibp_sys={30: 128.0}, nibp_dia={30: 76.0})
    assert len(picture_of(BP, history, Span(start=0, end=100), 0.5).line.x) == 6


def test_a_lone_systolic_is_no_measurement() -> None:
    times, _ = cuff_between(BP, history_of(nibp_sys={30: 128.0}, nibp_dia={31: 76.0}), 0, 100)
    assert len(times) == 0


def test_the_first_second_is_the_earliest_of_all_lanes() -> None:
    assert first_second(history_of(hr={50: 80.0}, spo2={20: 97.0})) == 20
    assert first_second(History(0.0)) is None


REACH = Reach(first=0.0, now=18_000.0)
GAZES = st.builds(Gaze, width=st.none() | st.floats(30, 90_000), end=st.none() | st.floats(0, 18_000))


def test_following_keeps_now_at_the_right() -> None:
    span = span_of(Gaze(width=900.0), REACH)
    assert span.start < REACH.now < span.end
    assert span.end - REACH.now < 0.05 * span.width


def test_all_shows_all() -> None:
    span = span_of(Gaze(width=None), REACH)
    assert span.start <= REACH.first
    assert span.end >= REACH.now


def test_a_look_at_the_past_stays_where_it_is_while_time_goes_on() -> None:
    gaze = panned(Gaze(width=900.0), REACH, -3000)
    later = Reach(first=0.0, now=19_000.0)
    assert span_of(gaze, REACH) == span_of(gaze, later)


@given(gaze=GAZES, seconds=st.floats(-40_000, 40_000))
def test_pulling_never_leaves_the_session(gaze: Gaze, seconds: float) -> None:
    span = span_of(panned(gaze, REACH, seconds), REACH)
    assert span.end >= REACH.first
    assert span.start <= REACH.now


@given(seconds=st.floats(0, 40_000))
def test_pulling_to_the_end_follows_again(seconds: float) -> None:
    past = panned(Gaze(width=900.0), REACH, -5000)
    assert panned(past, REACH, 5000 + seconds + 1).following


@given(factor=st.floats(0.1, 3), share=st.floats(0.1, 0.9))
def test_zooming_keeps_the_moment_under_the_pointer(factor: float, share: float) -> None:
    gaze = Gaze(width=1800.0, end=9000.0)
    before = span_of(gaze, REACH)
    at = before.start + share * before.width
    after = span_of(zoomed(gaze, REACH, factor, at), REACH)
    assert math.isclose((at - after.start) / after.width, share, rel_tol=1e-6)


def test_the_beginning_is_at_the_left() -> None:
    assert span_of(from_start(Gaze(width=900.0), REACH), REACH).start == REACH.first


@given(now=st.floats(0, 1e6), per_pixel=st.floats(0.03, 90))
def test_now_moves_by_whole_pixels(now: float, per_pixel: float) -> None:
    still = snapped(Reach(first=0.0, now=now), per_pixel)
    assert -1e-6 <= now - still.now <= per_pixel * 1.001


def test_zooming_out_while_following_goes_on_following() -> None:
    assert zoomed(Gaze(width=300.0), REACH, 2.0, REACH.now).following
    assert zoomed(Gaze(width=300.0), REACH, 0.5, REACH.now + 2).following


def test_ticks_stand_on_round_local_times() -> None:
    found = list(ticks(Span(start=100, end=2000), 600, wall_of))
    assert found == [(at, local(at, "%H:%M")) for at in (600, 1200, 1800)]


def test_ticks_are_true_on_both_sides_of_a_clock_that_was_set() -> None:
    def jumped(at: float) -> datetime:
        return wall_of(at) + timedelta(seconds=127 if at >= 1000 else 0)

    for at, words in ticks(Span(start=0, end=3000), 300, jumped):
        assert jumped(at).astimezone().strftime("%H:%M") == words
        assert jumped(at).second == 0


@pytest.mark.parametrize(("width", "labels", "step"), [(900, 10, 120), (3600, 10, 600), (86_400, 8, 10_800)])
def test_labels_do_not_crowd(width: float, labels: float, step: int) -> None:
    assert step_for(width, labels) == step


def test_the_words_say_whether_it_is_now() -> None:
    following = Gaze(width=900.0)
    assert state_text(following, span_of(following, REACH), REACH, wall_of).startswith("Following")
    past = Gaze(width=1800.0, end=9000.0)
    words = state_text(past, span_of(past, REACH), REACH, wall_of)
    assert words.startswith(
        f"Reviewing {local(7200, '%H:%M')} – {local(9000, '%H:%M')} · ends 2 h 30 min ago"
    )


def test_a_reading_names_every_value_of_its_second() -> None:
    history = history_of(
        hr={60: 82.0}, spo2={60: 98.0}, rr_imp={60: 14.0}, nibp_sys={30: 128.0}, nibp_dia={30: 76.0}
    )
    words = reading_text(history, 60.4, 0.5, wall_of)
    assert words == (
        f"{local(60)}   HR 82   SpO₂ 98 %   RR 14 (impedance)   EtCO₂ ---   BP 128/76 at {local(30, '%H:%M')}"
    )


def test_a_pixel_of_many_seconds_is_read_as_a_range() -> None:
    history = history_of(spo2={60: 98.0, 65: 71.0, 80: 99.0})
    assert "SpO₂ 71–98 %" in reading_text(history, 60, 16.0, wall_of)


def test_values_are_read_in_the_clinics_units() -> None:
    words = reading_text(history_of(etco2={60: 38.0}), 60, 1.0, wall_of, Units(co2="kPa"))
    assert "EtCO₂ 5.1 kPa" in words


def test_an_hour_old_cuff_is_not_read() -> None:
    history = history_of(nibp_sys={0: 128.0}, nibp_dia={0: 76.0})
    assert reading_text(history, 3700, 1.0, wall_of).endswith("BP ---")

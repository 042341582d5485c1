"""What the ribbon makes anew from one second to the next: the newest columns only, and never a wrong one."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.station.history import History
from nurse_station.ui.widgets import ribbon_pictures
from nurse_station.ui.widgets.ribbon_curve import Line
from nurse_station.ui.widgets.ribbon_lanes import LANES, Lane, picture_of
from nurse_station.ui.widgets.ribbon_pictures import LATE_S, WHOLE_EVERY_S, Pictures, Still
from nurse_station.ui.widgets.ribbon_span import Span

KEYS = ("hr", "spo2", "rr_co2", "rr_imp", "etco2", "nibp_sys", "nibp_dia")
NOW = 5000.0


def filled(until: int, absent: set[int]) -> History:
    history = History(0.0)
    seconds = np.array([at for at in range(until) if at not in absent], dtype=np.float64)
    for number, key in enumerate(KEYS):
        history.add_numerics(key, seconds, 80.0 + (seconds * (number + 3)) % 17)
    return history


def still(history: History, per_pixel: float, now: float = NOW) -> Still:
    return Still(history, Span(start=now - 4000, end=now + 60), now, per_pixel)


def assert_whole(pictures: Pictures, seen: Still, now: float) -> None:
    for lane, picture in zip(LANES, pictures.of(seen, now), strict=True):
        whole = picture_of(lane, seen.history, seen.span, seen.per_pixel)
        assert picture.line.same(whole.line), lane.label
        assert picture.scale == whole.scale


NEWS = st.dictionaries(st.integers(-30, 14), st.floats(20, 220, width=16), max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    per_pixel=st.floats(0.3, 90),
    gaps=st.sets(st.integers(0, 40), max_size=10),
    news=st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, NEWS)),
)
def test_new_columns_beside_kept_ones_are_the_picture_made_at_once(
    per_pixel: float, gaps: set[int], news: Mapping[str, Mapping[int, float]]
) -> None:
    absent = {at for gap in gaps for at in range(int(NOW) - 13 * gap, int(NOW) - 13 * gap + 12)}
    history = filled(int(NOW), absent)
    seen, pictures = still(history, per_pixel), Pictures()
    pictures.of(seen, NOW)
    for second in range(14):
        for key, values in news.items():
            for at in (second - 14, second):  # one that is late, one that is not
                if at in values:
                    history.add_numeric(key, NOW + at, values[at])
        assert_whole(pictures, seen, NOW + second)


def test_a_still_picture_asks_for_its_last_columns_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    whole = ribbon_pictures.line_between

    def line_between(lane: Lane, history: History, span: Span, per_pixel: float) -> Line:
        if not lane.cuff:
            asked.append(span.start)
        return whole(lane, history, span, per_pixel)

    monkeypatch.setattr(ribbon_pictures, "line_between", line_between)
    seen, pictures = still(filled(int(NOW), set()), 5.0), Pictures()
    pictures.of(seen, NOW)
    asked.clear()
    pictures.of(seen, NOW + 1)
    assert asked
    assert min(asked) >= NOW - LATE_S - 5.0


def test_a_history_that_is_filled_from_behind_is_drawn_soon() -> None:
    history = filled(int(NOW), set(range(2000, 2500)))
    seen, pictures = still(history, 5.0), Pictures()
    pictures.of(seen, NOW)
    history.add_numeric("spo2", 2200.0, 60.0)
    assert_whole(pictures, seen, NOW + WHOLE_EVERY_S)


def test_another_beds_history_is_another_picture() -> None:
    first, other, pictures = filled(int(NOW), set()), History(0.0), Pictures()
    pictures.of(still(first, 5.0), NOW)
    assert all(not len(picture.line.x) for picture in pictures.of(still(other, 5.0), NOW))


def test_time_that_went_back_makes_all_anew() -> None:
    history, pictures = filled(int(NOW), set()), Pictures()
    seen = still(history, 5.0)
    pictures.of(seen, NOW)
    history.add_numeric("spo2", 2200.0, 60.0)
    assert_whole(pictures, seen, NOW - 1)

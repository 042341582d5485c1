"""A tenfold pump error cannot be entered without three names, wherever it is entered."""

from collections.abc import Callable

import pytest
from days_of_care import MINUTE, Day, keys, may_raise, override, paused, ready, scored

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed

NEEDED = 3


def top() -> Day:
    """At 0.3 mg/kg/h, the step to 0.35 allowed."""
    day = may_raise()
    for dose in (0.2, 0.3):
        day.do(deeds.RateSet(mg_kg_h=dose, pump_ml_h=round(dose * 70, 1)))
        day.do(*scored(moaas=5, hallucination=0, nausea=0), after_min=30)
    return day


def top_paused() -> Day:
    day = top().do(deeds.RateSet(mg_kg_h=0.35, pump_ml_h=24.5), deeds.Paused(why="toilet"))
    day.at += 5 * MINUTE
    return day


# 3.5 mg/kg/h typed and set; 0.35 mg/kg/h meant, 245 mL/h set; and tenfold the planned start.
CASES: list[tuple[str, Callable[[], Day], type, float, float]] = [
    ("start typed", ready, deeds.Started, 3.5, 245),
    ("start set", ready, deeds.Started, 0.35, 245),
    ("start tenfold of the plan", ready, deeds.Started, 1.0, 70),
    ("start pump tenfold of the plan", ready, deeds.Started, 0.1, 70),
    ("raise typed", top, deeds.RateSet, 3.5, 245),
    ("raise set", top, deeds.RateSet, 0.35, 245),
    ("first raise typed", may_raise, deeds.RateSet, 2.0, 140),
    ("first raise set", may_raise, deeds.RateSet, 0.2, 140),
    ("resume typed", top_paused, deeds.Resumed, 3.5, 245),
    ("resume set", top_paused, deeds.Resumed, 0.35, 245),
    ("early resume set", paused, deeds.Resumed, 0.1, 70),
]


@pytest.mark.parametrize(("make", "kind", "dose", "ml_h"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_ten_times_too_much_needs_three_names_or_more(
    make: Callable[[], Day], kind: Callable[..., Deed], dose: float, ml_h: float
) -> None:
    day, deed = make(), kind(mg_kg_h=dose, pump_ml_h=ml_h)
    open_keys = sorted(key for key in keys(day.asked(deed).open) if key.startswith(("R5:", "R7:")))
    assert len(open_keys) >= NEEDED
    for given in (open_keys[:1], open_keys[: NEEDED - 1], open_keys[:-1]):
        assert not day.asked(deed, [override(key) for key in given]).allowed


@pytest.mark.parametrize(("make", "kind", "dose", "ml_h"), [
    (ready, deeds.Started, 0.1, 7.0), (may_raise, deeds.RateSet, 0.2, 14.0),
    (top, deeds.RateSet, 0.35, 24.5), (top_paused, deeds.Resumed, 0.35, 24.5),
    (paused, deeds.Resumed, 0.1, 7.0),
])  # fmt: skip
def test_what_is_planned_needs_no_name(
    make: Callable[[], Day], kind: Callable[..., Deed], dose: float, ml_h: float
) -> None:
    assert make().asked(kind(mg_kg_h=dose, pump_ml_h=ml_h)).allowed

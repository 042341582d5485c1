"""What stands on panel, tile and wall: an emergency, a dose above the order, a pressure by hand, a day."""

from dataclasses import replace

import pytest
from room import PATIENT, START, bed, before_infusion, care, infusing, may_raise

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Override
from nurse_station.station.snapshots import Age, CareSnapshot, Numeric
from nurse_station.ui.models import care as models
from nurse_station.ui.models.day_ribbon import drug, words_at
from nurse_station.ui.models.numerics import Moment, cuff
from nurse_station.ui.models.rooms import tile
from nurse_station.ui.models.wall import Wording, wall_tile
from nurse_station.vitals.clock import ManualClock
from nurse_station.vitals.readings import Quality

MOMENT = Moment(now=ManualClock(START).now(), wall=ManualClock(START).wall())
HAND = deeds.Measured(values={"nibp_sys": 142.0, "nibp_dia": 88.0})


def above() -> CareSnapshot:
    """Twice the order's highest dose, let pass."""
    day = care((*may_raise(), (1, deeds.RateSet(mg_kg_h=0.9, pump_ml_h=63))))
    last = day.session.stands[-1]
    passed = replace(last, overrides=(Override(rule="R5:above_max_mg_kg_h", by="Dr Stone", why="seen"),))
    return replace(day, session=replace(day.session, stands=(*day.session.stands[:-1], passed)))


def test_a_dose_above_the_order_is_marked_as_long_as_it_runs() -> None:
    assert models.above_order(above()) == "above the order, let pass by Dr Stone"
    assert models.infusion(above()).above == "above the order, let pass by Dr Stone"
    assert models.above_order(care(may_raise())) == ""


def test_tile_and_wall_mark_a_dose_above_the_order() -> None:
    seat = bed(1, care=above())
    shown = tile(seat, 1, MOMENT)
    assert shown.day == "▲ above the order · 0.9 mg/kg/h"
    assert "let pass by Dr Stone" in shown.spoken
    assert "▲ above the order" in wall_tile(seat, MOMENT, Wording(number=1)).rate


def test_an_emergency_says_the_pump_first_and_counts() -> None:
    day = care((*may_raise(), (0.7, deeds.EmergencyCalled())))
    shown = models.infusion(day)
    assert shown.emergency == "EMERGENCY 0:42"
    assert shown.ends.startswith("Off by the record")
    assert shown.first[0] == "Switch the pump off now."
    assert shown.first[1].startswith("Call for help")
    assert tile(bed(1, care=day), 1, MOMENT).emergency == "EMERGENCY 0:42"
    assert tile(bed(1, care=day), 1, MOMENT).due.startswith("▲ switch the pump off")
    assert "EMERGENCY 0:42" in wall_tile(bed(1, care=day), MOMENT, Wording(number=1)).rate


def test_without_an_emergency_nothing_is_red() -> None:
    assert models.infusion(care(may_raise())).emergency == ""
    assert tile(bed(1, care=care(may_raise())), 1, MOMENT).emergency == ""


def test_after_an_early_raise_the_plan_and_the_order_are_one_line() -> None:
    shown = models.infusion(care((*infusing(ago=5), (1, deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14)))))
    assert "by the plan; the order allows it in 29:00" in shown.next
    assert "Raise in" not in shown.why_not


@pytest.mark.parametrize(("hours", "said"), [(1, ""), (71, "day "), (24 * 8, "-")])
def test_another_day_is_named(hours: float, said: str) -> None:
    now = ManualClock(START).wall().timestamp()
    assert said in models.clock_of_day(now + hours * 3600, now)


def numeric(key: str, value: float, measured_at: float | None) -> Numeric:
    age = Age.OLD if measured_at is None else Age.CURRENT
    return Numeric(parameter=key, value=value, quality=Quality.GOOD, age=age, at=START, source="m",
                   why=None, measured_at=measured_at)  # fmt: skip


def measured(cuff_at: float | None) -> dict[str, Numeric]:
    return {key: numeric(key, value, cuff_at) for key, value in (("nibp_sys", 125.0), ("nibp_dia", 70.0))}


@pytest.mark.parametrize(("cuff_at", "value"), [
    (START - 600, "142/88"), (START - 60, "125/70"), (None, "142/88"),
])  # fmt: skip
def test_the_newest_pressure_is_shown_whoever_measured_it(cuff_at: float | None, value: str) -> None:
    assert cuff(replace(bed(1, care=care((*may_raise(), (5, HAND)))), numerics=measured(cuff_at)),
                MOMENT).value == value  # fmt: skip


def test_a_pressure_by_hand_says_so_with_time_and_name() -> None:
    shown = cuff(replace(bed(1, care=care((*may_raise(), (5, HAND)))), numerics={}), MOMENT)
    assert shown.label == "NIBP by hand"
    assert "5 min ago" in shown.note
    assert care().entries[-1].who in shown.note


def test_a_pressure_by_hand_that_was_taken_back_is_gone() -> None:
    day = care((*before_infusion(PATIENT), (5, HAND)))
    gone = replace(day, session=replace(day.session, stands=day.session.stands[:-1]))
    assert cuff(replace(bed(1, care=gone), numerics={}), MOMENT).value == "---"


def test_a_cuff_value_of_unknown_time_is_grey_and_says_so() -> None:
    shown = cuff(replace(bed(1), numerics=measured(None)), MOMENT)
    assert shown.faded
    assert "time unknown" in shown.note


def test_the_ribbon_marks_what_ran_above_the_order() -> None:
    shown, calm = drug(above()), drug(care(may_raise()))
    assert shown is not None
    assert calm is not None
    assert (shown.above, calm.above) == (True, False)
    assert "0.9 mg/kg/h, above the order" in words_at(shown, START - 30, 30)


def test_the_ribbon_marks_a_pressure_by_hand() -> None:
    shown = drug(care((*may_raise(), (5, HAND))))
    assert shown is not None
    assert "BP 142/88 by hand" in words_at(shown, START - 300, 30)

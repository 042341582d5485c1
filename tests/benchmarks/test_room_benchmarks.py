"""The arithmetic of the benchmarks of a room, and a soak of two minutes."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from benchmarks import performance_room, soak, wall
from benchmarks.alarm_latency import _figures
from benchmarks.performance_page import PAGE
from benchmarks.soak_room import DIP_PCT, WELL_LEAST_PCT, Dweller, patient_of
from nurse_station.commands.patients import simulated_patient

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_a_room_without_faults_draws_its_dip_where_it_was(qtbot: QtBot) -> None:
    told: list[soak.Hour] = []
    soaked = soak.at_full_speed(120, 2, 1, told.append, hour_s=60)
    assert [hour.number for hour in told] == [1, 2]
    assert soaked.dip_seen
    assert soaked.faults == []
    assert all(hour.resident_mb > 0 for hour in told)


def test_growth_is_the_slope_over_the_ends_of_the_hours() -> None:
    assert soak.growth([200.0, 201.0, 202.0, 203.0]) == pytest.approx(1.0)


def test_one_hour_tells_no_growth() -> None:
    assert soak.growth([200.0]) is None


@pytest.mark.parametrize(
    ("took_ms", "cpu_ms", "late"), [(33.0, 0.0, 0), (60.0, 0.0, 1), (60.0, 10.0, 0), (60.0, 55.0, 1)]
)
def test_a_frame_is_late_by_what_it_computed_where_that_is_known(
    took_ms: float, cpu_ms: float, late: int
) -> None:
    hour = soak.Hour(number=1)
    hour.drawn(took_ms, cpu_ms)
    assert (hour.frames, hour.late, hour.frame_ms) == (1, late, took_ms)


def test_only_the_first_bed_dips_and_for_one_second() -> None:
    values = [patient_of(100.0, 1).numerics(at)["spo2"] for at in (99.0, 100.0, 101.0)]
    assert values[1] == DIP_PCT
    assert min(values[0] or 0, values[2] or 0, patient_of(100.0, 2).numerics(100.0)["spo2"] or 0) > DIP_PCT


@pytest.mark.parametrize("seed", range(1, 9))
def test_no_patient_of_a_soak_is_as_low_as_the_dip_by_itself(seed: int) -> None:
    patient = simulated_patient(seed)
    assert min(patient.numerics(float(at))["spo2"] or 0 for at in range(0, 86400, 3600)) > WELL_LEAST_PCT


def test_a_minute_of_waves_comes_again_and_again() -> None:
    patient = Dweller(simulated_patient(1), None)
    first, again = (patient.wave("pleth", start, 300, 100.0) for start in (59.0, 119.0))
    np.testing.assert_array_equal(first, again)


def test_intervals_are_the_middle_the_ninety_ninth_and_the_longest() -> None:
    assert wall.intervals([float(gap) for gap in range(101)]) == {"p50": 50.0, "p99": 99.0, "max": 100.0}


def test_nothing_taken_gives_no_figures() -> None:
    assert _figures([]) == {}


@pytest.mark.parametrize("name", ["wall", "alarm_latency", "alarm_latency_loaded", "soak", "soak_real_time"])
def test_the_page_has_a_place_for_each_benchmark_of_the_room(name: str) -> None:
    assert f"<!-- {name} -->" in PAGE.read_text(encoding="utf-8")


def test_the_wall_of_median_cost_is_told_with_the_lowest_and_the_highest() -> None:
    told = wall.middle([{"beds": 1, "percent": cost} for cost in (7.0, 3.0, 5.0)])
    assert told == {"beds": 1, "percent": 5.0, "lowest_percent": 3.0, "highest_percent": 7.0}


def test_the_tables_of_the_room_hold_their_goals() -> None:
    walls = {
        "nominal_ms": 33, "goals_percent": {"16": 25.0}, "goal_interval": 1.15,
        "walls": [{"beds": 16, "shown": 16, "percent": 18.7, "lowest_percent": 18.0, "highest_percent": 20.0,
                   "threads": {"MainThread": 11.6}, "interval_ms": {"p50": 33.0, "p99": 34.0, "max": 40.0},
                   "late": 0, "resident_mb": 200.0}],
    }  # fmt: skip
    hour = {"number": 1, "resident_mb": 200.0, "cpu_s": 90, "frames": 3600, "late": 0, "frame_ms": 40.0,
            "frame_cpu_ms": 20.0, "errors": 0}  # fmt: skip
    day = {"beds": 8, "line_s": 3600, "hours": [hour, hour], "growth_mb_an_hour": 0.4, "dip_seen": True,
           "goal_mb_an_hour": 1.0, "goal_frame_ms": 66.0}  # fmt: skip
    assert "| 16 beds, % of a core | 18.7 | <= 25 |" in performance_room.wall(walls)
    assert "| memory, MB a line after the first | 0.40 | < 1 |" in performance_room.soak(day)

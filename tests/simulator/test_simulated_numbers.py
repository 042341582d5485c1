"""The numbers of an adult at rest are those of the very beats and breaths that the waves show."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nurse_station.devices.contract import Patient
from nurse_station.simulator.adult import RestingAdult
from nurse_station.simulator.person import Person
from nurse_station.vitals.parameters import PARAMETERS

TEN_MINUTES_S = 600
SEEDS = (0, 1, 2, 5, 8)
RESTING = {
    "hr": (48, 96), "pr": (48, 96), "spo2": (96, 99), "rr_co2": (8, 21), "rr_imp": (8, 21), "etco2": (33, 43),
    "fico2": (0, 1), "nibp_sys": (95, 147), "nibp_dia": (54, 90), "nibp_mean": (70, 110), "temp1": (36, 37.4),
}  # fmt: skip


def adult(seed: int, *, arterial_line: bool = False) -> RestingAdult:
    return RestingAdult(Person.drawn(seed), seed, arterial_line=arterial_line)


def number(patient: Patient, key: str, at: float) -> float:
    value = patient.numerics(at)[key]
    assert value is not None
    return value


def r_peaks(patient: Patient, start: float, seconds: float) -> NDArray[np.float64]:
    """Seconds of the tops 0.6 mV above the median and 0.25 s apart; knows nothing of how they arose."""
    ecg = patient.wave("ecg2", start, int(seconds * 300), 300)
    high = np.flatnonzero(ecg > np.median(ecg) + 0.6)
    groups = np.split(high, np.flatnonzero(np.diff(high) > 75) + 1)
    return start + np.array([group[ecg[group].argmax()] for group in groups]) / 300


def upstrokes(patient: Patient, start: float, seconds: float) -> NDArray[np.float64]:
    co2 = patient.wave("co2", start, int(seconds * 25), 25)
    return start + (np.flatnonzero((co2[:-1] < 15) & (co2[1:] >= 15)) + 1) / 25


def counted(marks: NDArray[np.float64], at: float, over_s: float) -> float:
    window = marks[(marks > at - over_s) & (marks <= at)]
    return float(60 / np.diff(window).mean())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("start", [0, 86_000])
def test_the_shown_heart_rate_is_the_one_counted_from_the_ecg(seed: int, start: float) -> None:
    patient = adult(seed)
    peaks = r_peaks(patient, start, TEN_MINUTES_S)
    for at in range(int(start) + 10, int(start) + TEN_MINUTES_S, 5):
        assert number(patient, "hr", at) == pytest.approx(counted(peaks, at, 8), abs=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_pulse_is_the_heart_a_fifth_of_a_second_later(seed: int) -> None:
    patient = adult(seed)
    for at in np.arange(100, 160, 0.73):
        assert number(patient, "pr", at + 0.2) == pytest.approx(number(patient, "hr", at))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shown_respiratory_rate_is_the_one_counted_from_the_capnogram(seed: int) -> None:
    patient = adult(seed)
    breaths = upstrokes(patient, 0, TEN_MINUTES_S)
    for at in range(40, TEN_MINUTES_S, 5):
        assert number(patient, "rr_co2", at) == pytest.approx(counted(breaths, at, 30), abs=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_chest_breathes_as_often_as_the_nose(seed: int) -> None:
    patient = adult(seed)
    for at in range(100, 400, 7):
        assert number(patient, "rr_imp", at) == pytest.approx(number(patient, "rr_co2", at), abs=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_etco2_is_the_end_of_the_last_plateau(seed: int) -> None:
    patient = adult(seed)
    marks = upstrokes(patient, 0, 120)
    for before, after in zip(marks, marks[1:], strict=False):
        plateau = patient.wave("co2", before, int((after - before) * 25), 25)
        assert number(patient, "etco2", after) == pytest.approx(float(plateau.max()), abs=0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_arterial_line_shows_what_the_cuff_would(seed: int) -> None:
    patient = adult(seed, arterial_line=True)
    shown = patient.numerics(1000)
    wave = patient.wave("p1", 994, 600, 100)
    assert wave.max() == pytest.approx(shown["p1_sys"], abs=2)
    assert wave.min() == pytest.approx(shown["p1_dia"], abs=2)
    assert wave.mean() == pytest.approx(shown["p1_mean"], abs=4)
    assert (shown["p1_sys"], shown["p1_mean"]) == (shown["nibp_sys"], shown["nibp_mean"])


@pytest.mark.parametrize("seed", range(20))
def test_six_hours_stay_within_what_is_normal_at_rest(seed: int) -> None:
    patient = adult(seed)
    for at in range(0, 6 * 3600, 1191):
        shown = {key: number(patient, key, at) for key in RESTING}
        outside = {key: shown[key] for key, (low, high) in RESTING.items() if not low <= shown[key] <= high}
        assert outside == {}
        assert shown["nibp_dia"] < shown["nibp_mean"] < shown["nibp_sys"]


@settings(max_examples=50, deadline=None)
@given(at=st.floats(min_value=-3600, max_value=30 * 86_400), seed=st.integers(min_value=0))
def test_every_number_is_one_that_a_living_adult_can_have(at: float, seed: int) -> None:
    shown = adult(seed, arterial_line=True).numerics(at)
    assert set(shown) == set(PARAMETERS)
    for key, value in shown.items():
        assert value is None or (math.isfinite(value) and PARAMETERS[key].accepts(value))


def test_a_sensor_that_is_not_worn_gives_no_number() -> None:
    shown = adult(1).numerics(60)
    assert {key for key, value in shown.items() if value is not None} == set(RESTING)


def test_a_day_moves_but_does_not_drift() -> None:
    patient = adult(2)
    first, later = ([number(patient, "hr", day + 60.0 * k) for k in range(60)] for day in (0, 86_400))
    assert np.std(first) > 0.3
    assert abs(np.mean(first) - np.mean(later)) < 6


def test_breathing_in_quickens_the_heart() -> None:
    patient = RestingAdult(Person.drawn(1), 1)
    peaks = r_peaks(patient, 0, TEN_MINUTES_S)
    rate, middle = 60 / np.diff(peaks), (peaks[1:] + peaks[:-1]) / 2
    inspired = np.array([patient.wave("co2", at, 1, 25)[0] < 5 for at in middle])
    assert rate[inspired].mean() > rate[~inspired].mean() + 0.5

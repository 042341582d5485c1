"""What a monitor shows is what can be counted in its own waves, whatever is done to the body and when.

The counters here know nothing of heart, lungs or state: they read samples.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from test_body_coherence import acts, body, r_peaks, seeds

from nurse_station.simulator.acts import Act, Befall
from nurse_station.simulator.body import Body
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.hidden import Hidden

LENGTH_S = 150
EXAMPLES = 12
EDGE_S = 0.03
"""A counter may be off by so much in time: a beat at the edge of a window is in it or is not."""


@st.composite
def befallings(draw: st.DrawFn) -> Act:
    """Anything of the table, of any size, for any time."""
    row = HAPPENINGS[draw(st.sampled_from(sorted(HAPPENINGS)))]
    return Befall(what=row.key, size=draw(st.floats(*row.range)), lasts_s=draw(st.floats(5, 200)))


days = st.lists(st.tuples(st.one_of(acts, befallings()), st.floats(0, LENGTH_S)), max_size=6)
Day = list[tuple[Act, float]]
Marks = NDArray[np.float64]


def past(patient: Body, at: float, seconds: float) -> list[Hidden]:
    """The hidden state of the last seconds, twice a second."""
    return [patient.hidden(at - back / 2) for back in range(int(2 * seconds) + 1)]


def nothing_moves(hidden: Hidden) -> bool:
    """No breath brings anything from the alveoli."""
    return hidden.ventilation < 0.005


def rates(marks: Marks, at: float, over_s: float) -> list[float]:
    """The mean rate of the marks in the last `over_s` seconds, /min, wherever its edges lie exactly."""
    found = []
    for left in (-EDGE_S, 0.0, EDGE_S):
        for right in (-EDGE_S, 0.0, EDGE_S):
            window = marks[(marks > at - over_s + left) & (marks <= at + right)]
            if len(window) > 1:
                found.append(float(60 * (len(window) - 1) / (window[-1] - window[0])))
    return found


def nearest(shown: float, counted: list[float]) -> float:
    """By how much what is shown differs from what was counted."""
    return min(abs(shown - each) for each in counted)


def falls(samples: NDArray[np.float32], rate_hz: float, start: float, level: float) -> Marks:
    """Seconds at which a wave falls through a level."""
    over = np.nan_to_num(samples) > level
    return start + np.flatnonzero(over[:-1] & ~over[1:]) / rate_hz


def rises(samples: NDArray[np.float32], rate_hz: float, start: float, apart_s: float) -> Marks:
    """Seconds of the steepest rises of a wave, at least `apart_s` from one another."""
    slope = np.gradient(samples.astype(float))
    steep = np.flatnonzero(slope > 0.4 * np.percentile(slope, 99))
    groups = np.split(steep, np.flatnonzero(np.diff(steep) > apart_s * rate_hz) + 1)
    return start + np.array([group[0] for group in groups if len(group)]) / rate_hz


@settings(max_examples=EXAMPLES, deadline=None)
@given(day=days, seed=seeds)
def test_the_heart_rate_shown_is_that_of_the_beats_in_the_ecg(day: Day, seed: int) -> None:
    patient = body(seed, day)
    for at in range(40, LENGTH_S, 10):
        before = past(patient, at, 24)
        if all(each.leads and each.movement < 0.02 and each.heart_rate > 0 for each in before):
            shown = patient.numerics(at)["hr"]
            assert shown is not None
            counted = rates(r_peaks(patient, at - 20, 20.5), at, 8)
            assert nearest(shown, counted) <= 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(day=days, seed=seeds)
def test_the_pulse_rate_shown_is_that_of_the_pulses_in_the_pleth(day: Day, seed: int) -> None:
    patient = body(seed, day)
    for at in range(40, LENGTH_S, 10):
        before = past(patient, at, 24)
        strength = [each.perfusion for each in before]  # a counter by slopes needs pulses of about one size
        still = max(strength) < 1.5 * min(strength) and all(
            each.probe and each.perfusion > 0.4 and not each.cuff and each.movement < 0.02
            and each.heart_rate > 0 and "ectopy" not in each.befallen for each in before
        )  # fmt: skip
        if still:
            shown = patient.numerics(at)["pr"]
            assert shown is not None
            pulses = rises(patient.wave("pleth", at - 20, 2050, 100), 100, at - 20, 0.2)
            assert nearest(shown, rates(pulses, at, 8)) <= 3


@settings(max_examples=EXAMPLES, deadline=None)
@given(day=days, seed=seeds)
def test_the_breath_rate_shown_is_that_of_the_breaths_in_the_capnogram(day: Day, seed: int) -> None:
    patient = body(seed, day)
    for at in range(45, LENGTH_S, 10):
        before = past(patient, at, 40)
        if all(each.cannula and each.patency > 0.9 and each.drive > 0.5
               and not each.befallen & {"rebreathing", "shallow"} for each in before):  # fmt: skip
            shown = patient.numerics(at)["rr_co2"]
            assert shown is not None
            wave = patient.wave("co2", at - 40, 1010, 25)
            breaths = falls(wave, 25, at - 40, 6.0)
            if len(breaths) < 3 or len(falls(wave, 25, at - 40, 15.0)) != len(breaths):
                continue  # hardly any CO2, as without a circulation: what a monitor counts then is its own
            assert nearest(shown, rates(breaths - 0.1, at, 30)) <= 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(day=days, seed=seeds)
def test_what_the_capnogram_ends_with_is_the_end_tidal_value_shown(day: Day, seed: int) -> None:
    patient = body(seed, day)
    for at in range(45, LENGTH_S, 10):
        shown = patient.numerics(at)["etco2"]
        if shown is not None and all(each.cannula for each in past(patient, at, 30)):
            highest = float(np.nanmax(patient.wave("co2", at - 26, 26 * 25, 25)))
            assert shown <= highest + 2


@settings(max_examples=EXAMPLES, deadline=None)
@given(day=days, seed=seeds)
def test_the_saturation_shown_was_in_the_blood_within_the_last_minutes(day: Day, seed: int) -> None:
    patient = body(seed, day)
    for at in range(30, LENGTH_S, 10):
        shown = patient.numerics(at)["spo2"]
        if shown is not None:
            blood = [each.sao2 for each in past(patient, at, at + 20)]
            assert min(blood) - 2 <= shown <= max(blood) + 2


@settings(max_examples=EXAMPLES, deadline=None)
@given(day=days, seed=seeds)
def test_the_cuff_measures_the_pressure_that_there_is(day: Day, seed: int) -> None:
    patient = body(seed, day)
    for at in range(0, LENGTH_S, 10):
        shown, hidden = patient.numerics(at), patient.hidden(at)
        high, low, mean = (shown[key] for key in ("nibp_sys", "nibp_dia", "nibp_mean"))
        if high is None or low is None or mean is None:
            assert (high, low, mean) == (None, None, None)
            assert hidden.systolic < 40
        else:
            assert (high, low) == (hidden.systolic, hidden.diastolic)
            assert low < mean < high


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    what=st.sampled_from(["obstruction", "apnoea", "deep_apnoea", "laryngospasm"]), size=st.floats(0.6, 1.0),
    begins=st.floats(5, 60), day=days, seed=seeds,
)  # fmt: skip
def test_while_no_air_moves_there_is_no_breath_in_the_capnogram(
    what: str, size: float, begins: float, day: Day, seed: int
) -> None:
    """... and none is shown, once the monitor has waited for one."""
    patient = body(seed, [*day, (Befall(what=what, size=size, lasts_s=120), begins)])
    for at in range(60, LENGTH_S, 5):
        before = past(patient, at, 30)
        if all(
            nothing_moves(each) and each.cannula and "rebreathing" not in each.befallen for each in before
        ):
            shown = patient.numerics(at)
            assert (shown["rr_co2"], shown["etco2"]) == (0, None)
            assert np.nanmax(patient.wave("co2", at - 10, 250, 25)) < 9

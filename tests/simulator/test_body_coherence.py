"""What a body shows, draws and hides is one truth, however it is asked."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nurse_station.simulator.acts import (
    Act,
    Befall,
    Bolus,
    CallName,
    CuffOnProbeArm,
    Give,
    JawThrust,
    Lay,
    Oxygen,
    Position,
    Reassure,
    Relent,
    Resite,
    Sensor,
    SetPump,
    Shake,
    StopPump,
    Suction,
    Ventilate,
    Wear,
)
from nurse_station.simulator.body import Body
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.person import History, Person
from nurse_station.simulator.tape import ForgottenError
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.waves import WAVES
from tests.simulator.another_detector import beats_in, needs_another

MEASURED = {"ecg1": 300, "ecg2": 300, "ecg3": 300, "pleth": 100, "co2": 25, "resp": 25}
LENGTH_S = 120
DAY: tuple[tuple[Act, float], ...] = (
    (SetPump(mg_h=52), 3.1), (Befall(what="ectopy", size=20), 12), (Oxygen(l_min=2), 20.3),
    (Befall(what="obstruction"), 30), (Shake(), 55.5), (Wear(sensor=Sensor.PROBE, on=False), 61),
    (JawThrust(), 66), (Wear(sensor=Sensor.PROBE, on=True), 75), (Befall(what="asystole", lasts_s=7), 85),
)  # fmt: skip

_happen = st.sampled_from(sorted(HAPPENINGS)).map(lambda what: Befall(what=what))
acts: st.SearchStrategy[Act] = st.one_of(
    _happen,
    _happen,
    st.sampled_from(
        [
            SetPump(mg_h=250), StopPump(), Bolus(mg=60), Oxygen(l_min=3), Oxygen(fio2=1.0), CallName(),
            Shake(), Reassure(), JawThrust(), JawThrust(on=False), Ventilate(), Ventilate(on=False),
            Suction(), Resite(), CuffOnProbeArm(first_s=20, every_s=60),
            Relent(what="apnoea"), Relent(what="obstruction"),
            *(Lay(position=position) for position in Position),
            *(Wear(sensor=sensor, on=on) for sensor in Sensor for on in (True, False)),
            *(Give(drug=drug.key, dose=drug.usual) for drug in DRUGS.values()),
        ]
    ),
)  # fmt: skip
days = st.lists(st.tuples(acts, st.floats(0, LENGTH_S)), max_size=8)
seeds = st.integers(0, 10_000)


def body(seed: int, day: list[tuple[Act, float]] | tuple[tuple[Act, float], ...] = ()) -> Body:
    made = Body(Person.drawn(seed, history=History.drawn(seed)), seed)
    for act, at in day:
        made.act(act, at)
    return made


def r_peaks(patient: Body, start: float, seconds: float) -> NDArray[np.float64]:
    """Seconds of the steepest slopes, 0.15 s apart: after Pan and Tompkins. Knows no heart."""
    ecg = patient.wave("ecg2", start, int(seconds * 300), 300).astype(float)
    energy = np.convolve(np.gradient(ecg) ** 2, np.ones(24), mode="same")
    high = np.flatnonzero(energy > 0.25 * np.percentile(energy, 99))
    groups = np.split(high, np.flatnonzero(np.diff(high) > 45) + 1)
    return start + np.array([group[ecg[group].argmax()] for group in groups]) / 300


@cache
def peaks_of_another(patient: Body, start: float, seconds: float) -> NDArray[np.float64]:
    return start + beats_in(patient.wave("ecg2", start, int(seconds * 300), 300), 300)


def counted(marks: NDArray[np.float64], at: float) -> float:
    window = marks[(marks > at - 8) & (marks <= at)]
    return float(60 / np.diff(window).mean())


MARK_S = 0.03
"""So far apart two detectors mark one beat: at a window's edge it is in for one, out for the other."""
RATES = {"sinus": (), "tachycardia": (Befall(what="tachycardia", lasts_s=900),),
         "bradycardia": (Befall(what="bradycardia", lasts_s=900),),
         "ectopic beats": (Befall(what="ectopy", lasts_s=900),),
         "a drugged heart": (SetPump(mg_h=52), Give(drug="midazolam", dose=2))}  # fmt: skip


@pytest.mark.parametrize("rhythm", RATES)
@pytest.mark.parametrize("seed", [0, 5])
@pytest.mark.parametrize("find", [r_peaks, pytest.param(peaks_of_another, marks=needs_another)])
def test_the_heart_rate_shown_is_the_one_that_a_detector_counts_from_the_ecg(
    seed: int, rhythm: str, find: object
) -> None:
    patient = body(seed, [(act, 0.0) for act in RATES[rhythm]])
    peaks = find(patient, 30, 120)  # type: ignore[operator]
    for at in range(40, 148, 3):
        shown = patient.numerics(at)["hr"]
        assert shown in [pytest.approx(counted(peaks, at + edge), abs=1) for edge in (0.0, -MARK_S, MARK_S)]


@settings(max_examples=12, deadline=None)
@given(day=days, seed=seeds, cuts=st.lists(st.floats(1, LENGTH_S), max_size=6))
def test_how_often_it_is_asked_changes_nothing(
    day: list[tuple[Act, float]], seed: int, cuts: list[float]
) -> None:
    often, once = body(seed, day), body(seed, day)
    for cut in sorted(cuts):
        often.numerics(cut)
        often.wave("ecg2", cut - 1, 25, 25)
    assert often.hidden(LENGTH_S) == once.hidden(LENGTH_S)
    assert often.numerics(LENGTH_S - 3) == once.numerics(LENGTH_S - 3)
    for key in ("ecg2", "co2", "pleth"):
        pair = (each.wave(key, LENGTH_S - 20, 400, 20) for each in (often, once))
        assert np.array_equal(*pair, equal_nan=True)


@settings(max_examples=12, deadline=None)
@given(day=days, seed=seeds)
def test_an_act_in_its_time_is_the_same_as_one_told_before(day: list[tuple[Act, float]], seed: int) -> None:
    told = body(seed, day)
    live = body(seed)
    for act, at in sorted(day, key=lambda each: each[1]):
        live.numerics(math.floor(at * 4) / 4)
        live.act(act, at)
    assert live.hidden(LENGTH_S) == told.hidden(LENGTH_S)


@settings(max_examples=20, deadline=None)
@given(
    key=st.sampled_from(sorted(MEASURED)),
    rate=st.sampled_from([25, 62.5, 100, 128, 250, 300, 500]),
    start=st.floats(0, LENGTH_S - 40),
    cuts=st.lists(st.integers(0, 900), max_size=4),
)
def test_any_split_of_a_window_gives_the_same_samples(
    key: str, rate: float, start: float, cuts: list[int]
) -> None:
    edges = [0, *sorted(cuts), 900]
    live = body(1, DAY)
    pieces = [
        live.wave(key, start + first / rate, last - first, rate)
        for first, last in zip(edges, edges[1:], strict=False)
    ]
    whole = body(1, DAY).wave(key, start, 900, rate)
    assert np.array_equal(np.concatenate(pieces), whole, equal_nan=True)


def contradictions(patient: Body, at: float) -> list[str]:
    """What at `at` cannot all be true."""
    shown, hidden = patient.numerics(at), patient.hidden(at)
    before = [patient.hidden(at - back) for back in range(0, 26, 2)]
    co2, resp, ecg, pleth = (
        patient.wave(key, at - 10, 10 * MEASURED[key], MEASURED[key])
        for key in ("co2", "resp", "ecg2", "pleth")
    )
    still = all(each.movement < 0.02 for each in before)
    worn = {name: all(getattr(each, name) for each in before) for name in ("probe", "leads", "cannula")}
    quiet = still and worn["leads"]
    arrest = all(each.heart_rate == 0 for each in before[:2])
    no_flow = all(each.perfusion == 0 for each in before[:2])
    false = {
        "numbers that nobody can have": any(
            value is not None and not (math.isfinite(value) and PARAMETERS[key].accepts(value))
            for key, value in shown.items()
        ),
        "saturation without a probe": not hidden.probe and shown["spo2"] is not None,
        "pleth without a probe": not any(each.probe for each in before) and not np.isnan(pleth[50:]).all(),
        "heart rate without leads": not hidden.leads and shown["hr"] is not None,
        "breaths without a cannula": not hidden.cannula and shown["rr_co2"] is not None,
        "saturation that is not the finger's": shown["spo2"] is not None
        and abs(shown["spo2"] - hidden.finger) > 1.5,
        "an end of no breath": shown["rr_co2"] == 0 and shown["etco2"] is not None,
        "CO2 in apnoea": worn["cannula"] and shown["rr_co2"] == 0 and np.nanmax(co2[:200]) > 9,
        "no CO2 of one who breathes": worn["cannula"]
        and all(each.ventilation > 0.4 for each in before)
        and np.nanmax(co2) < 9,
        "an obstructed chest that stands still": quiet
        and all(each.patency < 0.01 and each.drive > 0.5 for each in before)
        and np.ptp(resp) < 0.5,
        "a chest that moves in apnoea": quiet and shown["rr_imp"] == 0 and np.ptp(resp) > 0.2,
        "an ECG in asystole": quiet and arrest and shown["hr"] == 0 and np.ptp(ecg[-300:]) > 0.4,
        "a pulse without a heart": worn["probe"] and still and no_flow and np.ptp(pleth[-100:]) > 1.5,
        "diastolic above systolic": hidden.diastolic >= hidden.systolic,
        "more arterial than alveolar oxygen": hidden.sao2 > 99.5 and hidden.pao2 < 90,
        "drug that was not given": hidden.given_mg == 0 and hidden.plasma > 0,
    }  # fmt: skip
    return [name for name, is_so in false.items() if is_so]


@settings(max_examples=25, deadline=None)
@given(day=days, seed=seeds)
def test_numbers_waves_and_hidden_state_never_contradict_each_other(
    day: list[tuple[Act, float]], seed: int
) -> None:
    patient = body(seed, day)
    for at in range(30, LENGTH_S, 15):
        assert contradictions(patient, float(at)) == []


def test_the_past_is_answered_from_memory() -> None:
    patient = body(1, DAY)
    early = {at: (patient.numerics(at), patient.hidden(at)) for at in (0.0, 10.0, 40.3)}
    patient.numerics(400)
    assert {at: (patient.numerics(at), patient.hidden(at)) for at in early} == early


def test_what_was_long_ago_is_forgotten_but_for_the_state() -> None:
    patient = body(1)
    first = patient.hidden(30)
    patient.hidden(30 * 60)
    assert patient.hidden(30) == first
    with pytest.raises(ForgottenError):
        patient.wave("ecg2", 30, 10, 300)
    with pytest.raises(ForgottenError):
        patient.numerics(30)


def test_before_the_beginning_there_is_nothing() -> None:
    with pytest.raises(ForgottenError):
        body(1).hidden(-100)


def test_what_is_done_too_late_works_from_where_it_was_shown_to() -> None:
    patient = body(1)
    seen = patient.hidden(50)
    assert patient.act(Bolus(mg=50), 20) == 50
    assert patient.hidden(50) == seen
    assert patient.hidden(52).given_mg == 50


def test_a_bookmark_can_be_led_another_way() -> None:
    patient = body(3)
    patient.numerics(30)
    other = patient.copied()
    other.act(Befall(what="apnoea"), 31)
    assert other.hidden(90).sao2 < 92 < patient.hidden(90).sao2
    assert patient.hidden(90) == body(3).hidden(90)


@pytest.mark.parametrize("key", sorted(MEASURED))
def test_two_seeds_differ(key: str) -> None:
    assert not np.array_equal(body(1).wave(key, 10, 100, 25), body(2).wave(key, 10, 100, 25))


@pytest.mark.parametrize("key", sorted(set(WAVES) - set(MEASURED)))
def test_a_wave_without_a_sensor_has_no_samples(key: str) -> None:
    assert np.isnan(body(1).wave(key, 0, 25, 25)).all()


def test_what_is_no_wave_and_no_rate_is_refused() -> None:
    with pytest.raises(KeyError):
        body(1).wave("ecg9", 0, 10, 300)
    with pytest.raises(ValueError, match="samples a second"):
        body(1).wave("ecg2", 0, 10, 0)

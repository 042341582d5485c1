"""Who lies in the simulated beds: normal adults, each another."""

import statistics
from dataclasses import fields

import pytest

from nurse_station.simulator.circulation import resting
from nurse_station.simulator.person import History, Person, Sex
from nurse_station.simulator.response import Response

PEOPLE = [Person.drawn(seed) for seed in range(200)]
NORMAL = {
    "age": (20, 75), "weight_kg": (45, 115), "heart_rate": (56, 84), "respiratory_rate": (11, 17),
    "systolic": (104, 138), "diastolic": (60, 84), "spo2": (96.8, 98.4), "etco2": (35, 41),
    "temperature": (36.3, 37.1), "sinus_arrhythmia": (0.0, 0.1), "pulse_strength": (2.0, 6.5),
}  # fmt: skip


def values(name: str) -> list[float]:
    return [getattr(person, name) for person in PEOPLE]


def test_every_value_has_its_normal_range_here() -> None:
    assert {field.name for field in fields(Person)} == {*NORMAL, "sex", "history"}


@pytest.mark.parametrize(("name", "normal"), NORMAL.items())
def test_everyone_is_a_normal_adult(name: str, normal: tuple[float, float]) -> None:
    low, high = normal
    assert low <= min(values(name))
    assert max(values(name)) <= high


@pytest.mark.parametrize("name", NORMAL)
def test_people_differ(name: str) -> None:
    low, high = NORMAL[name]
    assert statistics.stdev(values(name)) > (high - low) / 8


def test_eight_beds_show_eight_people() -> None:
    rates = sorted(round(person.heart_rate) for person in PEOPLE[:8])
    assert rates[-1] - rates[0] >= 10
    assert len(set(PEOPLE[:8])) == 8


def test_both_sexes_come() -> None:
    assert 70 < sum(person.sex is Sex.FEMALE for person in PEOPLE) < 130


def test_a_seed_always_draws_the_same_person() -> None:
    assert Person.drawn(41) == Person.drawn(41)


def test_breathing_moves_an_older_heart_less() -> None:
    young = [person.sinus_arrhythmia for person in PEOPLE if person.age < 35]
    old = [person.sinus_arrhythmia for person in PEOPLE if person.age > 60]
    assert statistics.mean(young) > 1.5 * statistics.mean(old)


HISTORIES = [History.drawn(seed) for seed in range(400)]


def test_a_clinics_patients_are_drawn_with_what_they_bring() -> None:
    assert 0.15 < statistics.mean(history.hypertension for history in HISTORIES) < 0.35
    assert 0.05 < statistics.mean(history.sleep_apnoea for history in HISTORIES) < 0.2
    assert 0.55 < statistics.mean(history.responder for history in HISTORIES) < 0.8
    assert {history.asa for history in HISTORIES} == {1, 2, 3}
    assert all(0 <= history.anxiety <= 8 and 5 <= history.pain <= 9 for history in HISTORIES)


def test_what_is_given_of_a_person_is_kept_and_the_rest_is_drawn() -> None:
    history = History(hypertension=True)
    given = Person.drawn(3, age=71, sex=Sex.FEMALE, weight_kg=52.0, history=history)
    assert (given.age, given.sex, given.weight_kg, given.history) == (71, Sex.FEMALE, 52.0, history)
    assert given.temperature == Person.drawn(3).temperature


def test_hypertension_and_anxiety_show_at_rest() -> None:
    calm, ill = (
        resting(Person.drawn(3, history=history))
        for history in (History(), History(hypertension=True, anxiety=5))
    )
    assert all(more > less for more, less in zip(ill, calm, strict=True))


def test_bodies_answer_differently_and_on_the_average_as_the_average() -> None:
    responses = [Response.drawn(seed) for seed in range(500)]
    for name in ("pressor", "heart", "mind"):
        values = [getattr(response, name) for response in responses]
        assert statistics.mean(values) == pytest.approx(1, abs=0.06)
    assert statistics.stdev(response.pressor for response in responses) == pytest.approx(0.6, abs=0.12)
    assert statistics.mean(response.nausea for response in responses) == pytest.approx(0.13, abs=0.04)

"""Who lies in the simulated beds: normal adults, each another."""

import statistics
from dataclasses import fields

import pytest

from nurse_station.simulator.person import Person, Sex

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

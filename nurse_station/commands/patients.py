"""The simulated patients that the station and the emulators are given."""

from nurse_station.devices.contract import Patient
from nurse_station.simulator.adult import RestingAdult
from nurse_station.simulator.person import Person


def simulated_patient(seed: int) -> Patient:
    """An adult at rest; another seed is another person."""
    return RestingAdult(Person.drawn(seed), seed)

"""The simulated monitors of a lesson as its station opens them: the run's own, with all that befalls them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from nurse_station.devices.contract import Driver, Emulator, Patient
from nurse_station.simulator.disturbances import DisturbedEmulator


class PracticeLine:
    """A monitor of the run in the station's seconds; satisfies `devices.contract.Emulator`."""

    def __init__(self, line: DisturbedEmulator, second_at: Callable[[float], float]) -> None:
        """Store the run's line, and what gives the run's second for a monotonic one."""
        self._line, self._second_at = line, second_at

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`."""
        self._line.receive(chunk, self._second_at(now))

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        return self._line.emit(self._second_at(now))


def drivers_for(
    lines: Mapping[str, DisturbedEmulator], drivers: Mapping[str, Driver], second_at: Callable[[float], float]
) -> Mapping[str, Driver]:
    """The families of the run's monitors, each with its one monitor; no other can be connected."""
    return MappingProxyType({
        key: replace(drivers[key], emulator=partial(_the_one, PracticeLine(line, second_at)))
        for key, line in lines.items()
    })  # fmt: skip


def _the_one(line: PracticeLine, _patient: Patient, _seed: int) -> Emulator:
    return line

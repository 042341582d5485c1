"""The serial ports of this computer: which bed holds each, and what speaks on a free one."""

import os
from collections.abc import Callable, Mapping, Sequence

from nurse_station.devices.contract import Driver
from nurse_station.links.ports import PortInfo, list_ports
from nurse_station.station.recognition import PortRecognition
from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.station.view import PortChoice
from nurse_station.vitals.clock import Clock


class PortDesk:
    """Lists ports and starts recognitions; the room as last seen says which are taken. Any thread."""

    def __init__(self, drivers: Mapping[str, Driver], clock: Clock, room: Callable[[], RoomSnapshot]) -> None:
        self._drivers, self._clock, self._room = drivers, clock, room
        self._recognitions: list[PortRecognition] = []

    def choices(self) -> tuple[PortChoice, ...]:
        """See `StationView.ports`."""
        ports, room = list_ports(), self._room()
        return tuple(
            PortChoice(path=port.path, name=port.description, serial_number=port.serial_number,
                       used_by=holder(port.path, ports, room))
            for port in ports
        )  # fmt: skip

    def identify(self, port: str) -> PortRecognition:
        """See `StationView.identify`."""
        ports = list_ports()
        recognition = PortRecognition(
            port, self._drivers, self._clock, lambda: holder(port, ports, self._room())
        )
        self._recognitions = [each for each in self._recognitions if each.running] + [recognition]
        recognition.start()
        return recognition

    def close(self) -> None:
        """Stop every recognition and wait for its port."""
        for recognition in self._recognitions:
            recognition.stop()
        for recognition in self._recognitions:
            recognition.join()


def holder(path: str, ports: Sequence[PortInfo], room: RoomSnapshot) -> str:
    """Name of the bed that holds the port, by its path or by its adaptor's serial number; empty: none."""
    numbers = [port.serial_number for port in ports]
    number = next((port.serial_number for port in ports if port.path == path), "")
    for bed in room.beds:
        for line in bed.lines:
            same = number and numbers.count(number) == 1 and line.serial_number == number
            if same or os.path.realpath(line.port) == os.path.realpath(path):
                return bed.name
    return ""

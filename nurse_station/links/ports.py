"""Which serial ports this computer has, and where an adaptor is now. Never takes another in its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from serial.tools import list_ports as system_ports

from nurse_station.links.link import LinkError


@dataclass(frozen=True, slots=True, kw_only=True)
class PortInfo:
    """A serial port of this computer.

    Attributes:
        path: "/dev/ttyUSB0" or "COM4".
        vendor: Who made the USB adaptor; empty: unknown, or built in.
        product: What the adaptor calls itself; empty: unknown.
        serial_number: Of the adaptor; empty: it has none.
        description: What it is, in a person's words.
    """

    path: str
    vendor: str = ""
    product: str = ""
    serial_number: str = ""
    description: str = ""


def list_ports() -> list[PortInfo]:
    """All serial ports, COM10 after COM9. Takes milliseconds. Ptys and network lines are never among them."""
    found = [
        _port(row.device, row.manufacturer, row.product, row.serial_number) for row in system_ports.comports()
    ]
    return sorted(found, key=lambda port: _natural(port.path))


def find_port(serial_number: str, fallback_path: str) -> str:
    """Where the adaptor with this serial number is plugged in now; without a number, the path itself.

    A bed must never be given another bed's adaptor, so that nothing is guessed: raises LinkError when
    the adaptor is not plugged in but another one has its path, or when several bear its number.
    """
    return locate(serial_number, fallback_path, list_ports() if serial_number else ())


def locate(serial_number: str, fallback_path: str, ports: Sequence[PortInfo]) -> str:
    """The rule of find_port, over a list of ports."""
    if not serial_number:
        return fallback_path
    places = [port.path for port in ports if port.serial_number == serial_number]
    if len(places) == 1:
        return places[0]
    if places and fallback_path not in places:
        msg = f"{len(places)} ports bear the serial number {serial_number}: choose the port by hand"
        raise LinkError(msg)
    taken = next((port for port in ports if port.path == fallback_path), None)
    if not places and taken is not None:
        msg = f"the adaptor {serial_number} is not plugged in: {fallback_path} is another one"
        raise LinkError(msg)
    return fallback_path


def _port(path: str, vendor: str | None, product: str | None, serial_number: str | None) -> PortInfo:
    return PortInfo(
        path=path,
        vendor=vendor or "",
        product=product or "",
        serial_number=serial_number or "",
        description=_describe(vendor, product, serial_number),
    )


def _describe(vendor: str | None, product: str | None, serial_number: str | None) -> str:
    """E.g. "FTDI US232R, serial number FT4CYXZ1"; Windows says no product."""
    name = " ".join(dict.fromkeys(word for word in (vendor, product) if word))
    if not name:
        return f"serial number {serial_number}" if serial_number else "a port of this computer"
    return f"{name}, serial number {serial_number}" if serial_number else name


def _natural(path: str) -> list[tuple[int, str]]:
    """Sorts numbers within words by their size."""
    return [(int(word), "") if word.isdigit() else (-1, word) for word in re.findall(r"\d+|\D+", path)]

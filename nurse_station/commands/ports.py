"""`ports`: the serial ports of this computer."""

import argparse

from nurse_station.links.ports import list_ports


def run(options: argparse.Namespace) -> int:
    """Print them, one a line; says so when there are none."""
    ports = list_ports()
    for port in ports:
        print(f"{port.path}  {port.description}")
    if not ports:
        print("This computer has no serial port: plug in a USB serial adaptor, or name a path by hand.")
    return 0

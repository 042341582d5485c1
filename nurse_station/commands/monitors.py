"""`monitors`: the monitor families that can be connected."""

import argparse

from nurse_station.devices.registry import DRIVERS


def run(options: argparse.Namespace) -> int:
    """Print them, one paragraph each."""
    for driver in DRIVERS.values():
        print(driver.key)
        print(f"    {driver.name}: {', '.join(driver.models)}")
        print(f"    line: {driver.line}")
        if driver.notes:
            print(f"    {driver.notes}")
    return 0

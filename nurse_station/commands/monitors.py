"""`monitors`: the monitor families that can be connected."""

import argparse

from nurse_station.devices.registry import DRIVERS


def run(options: argparse.Namespace) -> int:
    """Print them, one paragraph each."""
    for driver in DRIVERS.values():
        print(driver.key)
        print(f"    {driver.name}: {', '.join(driver.models)}")
        also = " or ".join(str(rate) for rate in driver.other_baud_rates)
        print(f"    line: {driver.line}" + (f"; some {also} bit/s" if also else ""))
        if not driver.checksum:
            print("    no checksum: judged by the shape and the range of its numbers")
        if driver.notes:
            print(f"    {driver.notes}")
    return 0

"""The first step of the station's start: a window at once, then all the rest. Imports nothing heavy."""

import argparse
import gc

from nurse_station.commands.screen import has_screen


def run(options: argparse.Namespace) -> int:
    """Say on the screen that the station starts, then run it until it ends. The code is `run_station`'s."""
    if options.headless or not has_screen():
        return _run(options)
    from nurse_station.ui.starting import show_start

    window = show_start(simulated=bool(options.simulate or options.replay))
    try:
        return _run(options)
    finally:
        if window is not None:
            window.close()  # a start that failed leaves no window behind


def _run(options: argparse.Namespace) -> int:
    gc.disable()  # what is loaded stays: looking for garbage in it takes an eighth of the time
    from nurse_station.commands import run_station

    gc.freeze()
    gc.enable()
    return run_station.run(options)

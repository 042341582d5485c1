"""Emulated monitors at the far end of pseudo-terminals, living faster than life. For tests of lines."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nurse_station.devices.registry import DRIVERS
from nurse_station.links.pty_link import PtyLink
from nurse_station.vitals.clock import SystemClock
from tests.devices.bedside import SteadyPatient

FASTER = 30.0
STEP_S = 0.01


@contextmanager
def monitor_at_a_pty(key: str) -> Iterator[str]:
    """An emulated monitor of the family; gives the path of its port."""
    link, over = PtyLink(), threading.Event()
    emulator, clock = DRIVERS[key].emulator(SteadyPatient(), 1), SystemClock()
    link.open()

    def live() -> None:
        while not over.wait(STEP_S):
            now = clock.now() * FASTER
            emulator.receive(link.read(now), now)
            link.write(emulator.emit(now))

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield link.name
    finally:
        over.set()
        thread.join()
        link.close()


@contextmanager
def silent_pty() -> Iterator[str]:
    """A port at which nobody speaks."""
    link = PtyLink()
    link.open()
    try:
        yield link.name
    finally:
        link.close()

"""The bedside monitors of a benchmark, in a process of their own: pseudo-terminals that speak GE S/5 DRI.

`python -m benchmarks.bedside_monitors BEDS` prints the ports, a line each. For `low N` on stdin the next
frame of bed N says a low SpO2, once, and `N SECONDS` tells when its last byte had been written.
"""

import random
import sys
import threading

import numpy as np
from numpy.typing import NDArray

from nurse_station.commands.patients import simulated_patient
from nurse_station.devices.contract import Emulator
from nurse_station.devices.registry import DRIVERS
from nurse_station.links.poller import Poller
from nurse_station.links.pty_link import PtyLink
from nurse_station.vitals.clock import SystemClock

DRIVER = DRIVERS["ge-s5-dri"]
WELL_PCT, LOW_PCT = 96.0, 90.0
LOOK_S = 0.005
JITTER_S = 0.040
"""More than a frame of the screen: a monitor's second has no beat in common with it."""
FLAG = b"\x7e"


class Patient:
    """An adult at rest whose SpO2 stands still, but for the once that it is low."""

    def __init__(self, seed: int) -> None:
        self._adult = simulated_patient(seed)
        self.low = False

    def numerics(self, at: float) -> dict[str, float | None]:
        return {**self._adult.numerics(at), "spo2": LOW_PCT if self.low else WELL_PCT}

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        return self._adult.wave(key, start, count, rate_hz)


class Monitor:
    """One bed's monitor on its line. Its seconds begin `late_s` after those of the first bed."""

    def __init__(self, number: int, late_s: float) -> None:
        self.link = PtyLink()
        self.link.open()
        self.asked_low = False
        self._number, self._late_s = number, late_s
        self._patient = Patient(number)
        self._emulator: Emulator = DRIVER.emulator(self._patient, number)

    def receive(self, data: bytes, now: float) -> None:
        self._emulator.receive(data, now - self._late_s)

    def speak(self, clock: SystemClock) -> None:
        """Send what is due; tell when a low value went out."""
        self._patient.low = asked = self.asked_low
        sent = self._emulator.emit(clock.now() - self._late_s)
        if not sent:
            return
        if asked:
            threading.Event().wait(random.random() * JITTER_S)  # noqa: S311
        end = sent.index(FLAG, 1) + 1
        self.link.write(sent[:end])
        written = clock.now()
        self.link.write(sent[end:])
        if asked:
            self.asked_low = False
            print(self._number, repr(written), flush=True)


def main(beds: int) -> None:
    clock, poller = SystemClock(), Poller()
    monitors = {number: Monitor(number, number / beds) for number in range(beds)}
    of_link = {monitor.link: monitor for monitor in monitors.values()}
    for monitor in monitors.values():
        poller.add(monitor.link)
        print(monitor.link.name, flush=True)
    ended = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            monitors[int(line.split()[1])].asked_low = True
        ended.set()

    threading.Thread(target=listen, daemon=True).start()
    while not ended.is_set():
        for arrival in poller.wait(clock.now(), LOOK_S):
            of_link[arrival.link].receive(arrival.data, clock.now())  # type: ignore[index]
        for monitor in monitors.values():
            monitor.speak(clock)


if __name__ == "__main__":
    main(int(sys.argv[1]))

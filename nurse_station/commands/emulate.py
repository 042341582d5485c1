"""`emulate`: a monitor of a family with a simulated patient, on a pseudo-terminal or a serial port."""

import argparse
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from nurse_station.commands.choices import driver_called
from nurse_station.commands.patients import simulated_patient
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.devices.contract import Driver, Emulator
from nurse_station.links.link import Link
from nurse_station.links.poller import Poller
from nurse_station.links.pty_link import PtyLink
from nurse_station.links.serial_link import SerialLink
from nurse_station.vitals.clock import Clock, SystemClock

PERIOD_S = 0.02
RECORDED = (
    "SIMULATION: a station that reads this port records it as a patient's; give that station a --data-dir "
    "of its own"
)


def run(options: argparse.Namespace) -> int:
    """Answer until interrupted. The port's path is the first line on stdout."""
    driver = driver_called(options.monitor)
    link = _link(options, driver)
    signal.signal(signal.SIGTERM, _interrupt)
    with in_one_sentence():
        link.open()
        try:
            print(link.name, flush=True)
            print(f"{driver.name}: answering on {link.name}; Ctrl+C ends it", file=sys.stderr)
            print(RECORDED, file=sys.stderr)
            serve(link, driver.emulator(simulated_patient(options.seed), options.seed), SystemClock())
        except KeyboardInterrupt:
            return 0
        finally:
            link.close()
    return 0


def serve(link: Link, emulator: Emulator, clock: Clock) -> None:
    """Be the monitor at the end of the link, until the link is lost (raises LinkError) or interrupted."""
    poller = Poller()
    poller.add(link)
    try:
        while True:
            arrivals = poller.wait(clock.now(), PERIOD_S)
            now = clock.now()
            for arrival in arrivals:
                if arrival.error is not None:
                    raise arrival.error
                emulator.receive(arrival.data, now)
            sent = emulator.emit(now)
            if sent:
                link.write(sent)
    finally:
        poller.close()


def _link(options: argparse.Namespace, driver: Driver) -> Link:
    if options.link and not options.pty:
        msg = "--link names the port of --pty; a serial port has its own name"
        raise UserError(msg)
    if options.pty:
        return PtyLink(Path(options.link) if options.link else None)
    return SerialLink(options.port, **asdict(driver.line))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

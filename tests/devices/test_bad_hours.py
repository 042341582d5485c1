"""Every family through a quarter of an hour in which everything happens to its line. Simulated time."""

import pickle
import random

import pytest

from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.waves import WaveBlock
from tests.devices.bedside import Bedside, stream_of, values

BACK_WITHIN_S = 5.0
LARGEST_MEMORY = 20_000
"""Bytes that a decoder may hold, pickled: more than two of the longest frames of any family."""
every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)


def pull_the_cable(bedside: Bedside, chance: random.Random) -> None:
    bedside.plugged = False
    bedside.run(chance.uniform(0.5, 25), step=0.5)
    bedside.plugged = True


def pull_it_and_reopen(bedside: Bedside, chance: random.Random) -> None:
    pull_the_cable(bedside, chance)
    bedside.open()


def restart_the_monitor(bedside: Bedside, chance: random.Random) -> None:
    bedside.restart_monitor()


def switch_the_monitor_off_and_on(bedside: Bedside, chance: random.Random) -> None:
    pull_the_cable(bedside, chance)
    bedside.restart_monitor()


def disturb_the_line(bedside: Bedside, chance: random.Random) -> None:
    bedside.events += bedside.decoder.feed(chance.randbytes(chance.randrange(1, 400)), bedside.now)


def half_a_frame(bedside: Bedside, chance: random.Random) -> None:
    stream = stream_of(bedside.driver)
    at = chance.randrange(len(stream))
    bedside.events += bedside.decoder.feed(stream[at : at + chance.randrange(1, 200)], bedside.now)


def let_the_computer_sleep(bedside: Bedside, chance: random.Random) -> None:
    bedside.now += chance.uniform(60, 200)
    bedside.monitor.emit(bedside.now)  # nobody heard it


MISHAPS = (
    pull_the_cable,
    pull_it_and_reopen,
    restart_the_monitor,
    switch_the_monitor_off_and_on,
    disturb_the_line,
    half_a_frame,
    let_the_computer_sleep,
)


@every_driver
def test_values_and_waves_are_back_soon_after_whatever_happened(driver: Driver) -> None:
    chance, bedside = random.Random(driver.key), Bedside(driver).open()
    first = bedside.run(20)
    before = {*values(first), *(e.wave for e in first if isinstance(e, WaveBlock))}
    for mishap in [*MISHAPS, *chance.choices(MISHAPS, k=7)]:
        mishap(bedside, chance)
        events = bedside.run(driver.silence_after_s + BACK_WITHIN_S, step=0.5)
        heard = {*values(events), *(e.wave for e in events if isinstance(e, WaveBlock))}
        assert heard >= before, mishap.__name__
        bedside.run(chance.uniform(1, 20), step=0.5)


@every_driver
def test_a_decoder_holds_no_more_than_some_frames(driver: Driver) -> None:
    stream = stream_of(driver, 4.0)
    begin = [stream[:size] for size in (3, 30)]
    for start in (b"", *begin):
        for filling in (b"\x00", b"7", b"\x80", bytes(range(32, 120))):
            decoder = driver.decoder()
            decoder.feed(start + filling * (30_000 // len(filling)), 1.0)
            assert len(pickle.dumps(decoder)) < LARGEST_MEMORY, f"after {start.hex()} and {filling[:4]!r}"

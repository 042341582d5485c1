"""An emulated monitor of each family and the station's line talk over a pty while everything happens to it.

Ten simulated minutes a family; NURSE_STATION_HOURS=1 in the environment: that many hours of each, with
the figures printed (pytest -s).
"""

import os
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from tests.devices.bedside import stream_of
from tests.station.peers import AGAIN_WITHIN_S, Peers, Tally

HOURS = float(os.environ.get("NURSE_STATION_HOURS", "0"))
SECONDS = HOURS * 3600 or 600.0
every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def the_adaptor_is_pulled(peers: Peers) -> None:
    peers.pull_adaptor()
    peers.run(peers.chance.uniform(0.5, 25))
    peers.plug_in()


def the_cable_is_pulled(peers: Peers) -> None:
    peers.cable_in = False
    peers.run(peers.chance.uniform(0.5, 25))
    peers.cable_in = True


def the_monitor_is_switched_off_and_on(peers: Peers) -> None:
    peers.on = False
    peers.run(peers.chance.uniform(2, 40))
    peers.on = True
    peers.restart()


def the_monitor_restarts_at_once(peers: Peers) -> None:
    peers.restart()


def the_line_is_disturbed(peers: Peers) -> None:
    peers.disturb(peers.chance.randbytes(peers.chance.randrange(1, 400)))


def half_a_frame_comes(peers: Peers) -> None:
    stream = stream_of(peers.driver)
    at = peers.chance.randrange(len(stream))
    peers.disturb(stream[at : at + peers.chance.randrange(1, 200)])


def the_computer_sleeps(peers: Peers) -> None:
    peers.sleep(peers.chance.uniform(5, 200))


MISHAPS: tuple[Callable[[Peers], None], ...] = (
    the_adaptor_is_pulled, the_cable_is_pulled, the_monitor_is_switched_off_and_on,
    the_monitor_restarts_at_once, the_line_is_disturbed, half_a_frame_comes, the_computer_sleeps,
)  # fmt: skip


def live_through(peers: Peers, seconds: float) -> None:
    """Quiet times and mishaps, each kind as often as the others."""
    end = peers.now + seconds
    peers.run(20)
    while peers.now < end:
        for happen in peers.chance.sample(MISHAPS, len(MISHAPS)):
            start = peers.now
            happen(peers)
            peers.mishap(happen.__name__, start)
            peers.run(peers.chance.uniform(15, 40))


def open_descriptors() -> int:
    return len(os.listdir("/dev/fd"))


def figures(driver: Driver, tally: Tally) -> str:
    """What came of it, in two lines."""
    counts = f"{len(tally.got)} readings, {len(tally.frames)} frames, {len(tally.gaps)} mishaps"
    ends = ", ".join(f"{what} {after:.1f} s" for what, after in sorted(tally.slowest().items()))
    return f"\n{driver.key}: {counts}, longest pause {tally.longest_pause():.1f} s\n    back after {ends}"


@every_driver
def test_nothing_is_lost_beyond_the_gaps_and_values_are_back_within_five_seconds(
    driver: Driver, tmp_path: Path
) -> None:
    before = open_descriptors(), threading.active_count()
    peers = Peers(driver, tmp_path, random.Random(f"{driver.key} 1"))
    try:
        live_through(peers, SECONDS)
    finally:
        peers.close()
    tally = peers.tally
    if HOURS:
        print(figures(driver, tally))
    assert len(tally.got) > 100
    assert tally.lost() == []
    assert tally.invented() == []
    assert tally.longest_pause() <= driver.silence_after_s
    assert max(tally.slowest().values()) < AGAIN_WITHIN_S, tally.slowest()
    assert (open_descriptors(), threading.active_count()) == before

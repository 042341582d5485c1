"""A line comes back by itself, and says meanwhile why it is gone."""

import os
import subprocess
import sys

import pytest

from nurse_station.links.capture_link import CaptureLink
from nurse_station.links.keeper import BACK_OFF_S, KeptLink, KeptState
from nurse_station.links.link import LinkError
from nurse_station.links.memory_link import memory_pair
from nurse_station.links.poller import Poller

UNPLUGGED = LinkError("/dev/ttyUSB0 does not exist: is the adaptor plugged in?")


class Bench:
    """A plug that tests pull: `make` gives a new line while it is in."""

    def __init__(self):
        self.plugged = True
        self.far = None
        self.made = 0

    def make(self):
        self.made += 1
        if not self.plugged:
            raise UNPLUGGED
        near, self.far = memory_pair("/dev/ttyUSB0")
        self.far.open()
        return near


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def kept(bench):
    return KeptLink(bench.make)


def tries(kept, start, end):
    """The times of all tries between start and end, to 10 ms."""
    ticks = [start + k / 100 for k in range(round((end - start) * 100))]
    return [now for now in ticks if kept.step(now) is not None]


def test_it_is_opened_by_the_first_step(kept):
    assert kept.state is KeptState.OPENING
    assert kept.step(10.0) is True
    assert kept.state is KeptState.OPEN
    assert kept.step(10.1) is None


def test_a_try_in_vain_says_why_and_when_the_next_is(kept, bench):
    bench.plugged = False
    assert kept.step(10.0) is False
    assert kept.state is KeptState.LOST
    assert "plugged in" in kept.trouble
    assert kept.retry_at == 10.25


def test_it_backs_off_to_two_seconds_and_never_gives_up(kept, bench):
    bench.plugged = False
    times = tries(kept, 0.0, 12.0)
    gaps = [round(b - a, 2) for a, b in zip(times, times[1:], strict=False)]
    assert gaps == [*BACK_OFF_S, *[BACK_OFF_S[-1]] * (len(gaps) - len(BACK_OFF_S))]
    assert len(gaps) > len(BACK_OFF_S)


@pytest.mark.hazard("H-03")
def test_an_unplugged_line_comes_back(kept, bench):
    kept.step(0.0)
    kept.delivered()
    bench.plugged = False
    kept.lost(1.0, LinkError("/dev/ttyUSB0 was lost"))
    assert kept.link is None
    assert (kept.state, kept.trouble) == (KeptState.LOST, "/dev/ttyUSB0 was lost")
    tries(kept, 1.0, 5.0)
    bench.plugged = True
    tries(kept, 5.0, 7.1)
    assert kept.state is KeptState.OPEN


def test_only_a_line_that_speaks_again_has_come_back(kept):
    kept.step(0.0)
    kept.delivered()
    for _ in range(3):
        kept.lost(1.0, LinkError("lost"))
        kept.step(5.0)
    assert (kept.reconnections, kept.trouble) == (0, "lost")
    kept.delivered()
    kept.delivered()
    assert (kept.reconnections, kept.trouble) == (1, "")


def test_a_late_first_opening_is_no_reconnection(kept, bench):
    bench.plugged = False
    kept.step(0.0)
    bench.plugged = True
    kept.step(1.0)
    kept.delivered()
    assert kept.reconnections == 0


def test_a_line_that_spoke_is_tried_again_fast(kept, bench):
    bench.plugged = False
    tries(kept, 0.0, 10.0)
    bench.plugged = True
    tries(kept, 10.0, 13.0)
    kept.delivered()
    kept.lost(20.0, LinkError("lost"))
    assert kept.retry_at == 20.0 + BACK_OFF_S[0]


def test_a_line_that_never_speaks_is_tried_again_slowly(kept):
    now = 0.0
    for wanted in (*BACK_OFF_S, BACK_OFF_S[-1]):
        kept.step(now)
        kept.silent(now)
        assert kept.retry_at == now + wanted
        now = kept.retry_at


def test_a_silent_line_is_closed_and_opened_anew(kept, bench):
    kept.step(0.0)
    first = kept.link
    kept.silent(5.0)
    assert "silent" in kept.trouble
    with pytest.raises(LinkError, match="is not open"):
        first.read(5.0)
    kept.step(6.0)
    assert kept.link is not first
    assert bench.made == 2


def test_silence_of_a_line_that_is_lost_already_changes_nothing(kept, bench):
    bench.plugged = False
    kept.step(0.0)
    kept.silent(0.1)
    assert "plugged in" in kept.trouble
    assert kept.retry_at == 0.25


def test_a_line_closed_on_purpose_stays_closed(kept):
    kept.step(0.0)
    link = kept.link
    kept.close()
    kept.close()
    assert kept.state is KeptState.CLOSED
    assert kept.retry_at is None
    assert kept.step(100.0) is None
    with pytest.raises(LinkError):
        link.read(0.0)


def test_a_capture_that_was_played_has_ended_and_is_not_played_again():
    kept = KeptLink(lambda: CaptureLink("capture", [(0.0, b"a")], speed=1.0))
    kept.step(0.0)
    kept.link.read(0.0)
    assert kept.state is KeptState.ENDED
    assert kept.step(100.0) is None


def test_a_renumbered_port_is_found_anew(pty, serial):
    first, second = pty(), pty()
    where = [first.path]
    kept = KeptLink(lambda: serial(where[0]))
    kept.step(0.0)
    kept.delivered()
    first.unplug()
    with pytest.raises(LinkError) as lost:
        kept.link.read(1.0)
    kept.lost(1.0, lost.value)
    assert kept.step(1.3) is False
    where[0] = second.path
    assert kept.step(2.0) is True
    second.send(b"here again")
    assert kept.link.read(2.1) == b"here again"
    kept.delivered()
    assert kept.reconnections == 1


DEVICE = """
import os, sys, time
far, near = os.openpty()
os.symlink(os.ttyname(near), sys.argv[1] + ".new")
os.replace(sys.argv[1] + ".new", sys.argv[1])
os.close(near)
print("ready", flush=True)
while True:
    try:
        os.write(far, b"alive ")
    except OSError:
        pass
    time.sleep(0.002)
"""


@pytest.fixture
def device(tmp_path):
    """Starts a device in its own process, on a pty behind a link with a fixed name."""
    path, started = tmp_path / "monitor", []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", DEVICE, path], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield str(path), start
    for process in started:
        process.kill()
        process.communicate()


def test_a_device_killed_three_times_comes_back_each_time(device, serial):
    path, start = device
    poller, kept, now = Poller(), KeptLink(lambda: serial(path)), 0.0

    def listen_until(state, rounds=1000):
        nonlocal now
        for _ in range(rounds):
            now += 0.01
            if kept.step(now):
                poller.add(kept.link)
            for arrival in poller.wait(now, 0.01):
                kept.lost(now, arrival.error) if arrival.error else kept.delivered()
            if (kept.state is state) and (state is not KeptState.OPEN or not kept.trouble):
                return

    process = start()
    listen_until(KeptState.OPEN)
    for count in range(3):
        process.kill()
        process.wait()
        listen_until(KeptState.LOST)
        assert kept.state is KeptState.LOST
        process = start()
        listen_until(KeptState.OPEN)
        assert (kept.state, kept.reconnections) == (KeptState.OPEN, count + 1)
    poller.close()


def test_200_losses_leave_no_descriptor(serial, open_descriptors):
    far, near = os.openpty()
    kept, now = KeptLink(lambda: serial(os.ttyname(near))), 0.0
    before = open_descriptors()
    for _ in range(200):
        now += 3.0
        kept.step(now)
        kept.silent(now)
    assert open_descriptors() == before
    os.close(far)
    os.close(near)

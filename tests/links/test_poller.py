"""One loop over many real lines."""

import os
import random
import selectors
import socket
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.links.capture_link import CaptureLink
from nurse_station.links.link import LinkError
from nurse_station.links.memory_link import memory_pair
from nurse_station.links.poller import Poller
from nurse_station.links.serial_link import SerialLink


@pytest.fixture
def poller():
    poller = Poller()
    yield poller
    poller.close()


def opened(poller, link):
    link.open()
    poller.add(link)
    return link


DEAD = LinkError("dead was lost")


class DeadDescriptor:
    """A line whose descriptor was closed behind its back."""

    name, ended = "dead", False

    def __init__(self):
        first, second = os.pipe()
        self.number = first
        os.close(second)
        os.close(first)

    def fileno(self):
        return self.number

    def read(self, now):
        raise DEAD

    def next_due(self, now):
        return None


def gather(poller, expected, tries=400):
    """What each link gave, until each has as many bytes as expected."""
    received = dict.fromkeys(expected, b"")
    for _ in range(tries):
        for arrival in poller.wait(time.monotonic(), 0.05):
            assert arrival.error is None
            received[arrival.link] += arrival.data
        if all(len(received[link]) >= size for link, size in expected.items()):
            break
    return received


def test_several_ports_at_once_give_every_byte_whole_and_in_order(poller, pty, serial):
    rng = random.Random(1)
    lines = [pty() for _ in range(4)]
    links = [opened(poller, serial(line.path)) for line in lines]
    payloads = [rng.randbytes(20000) for _ in lines]

    def feed(line, payload):
        place = 0
        while place < len(payload):
            try:
                place += os.write(line.far, payload[place : place + rng.randint(1, 700)])
            except BlockingIOError:
                time.sleep(0.001)

    writers = [threading.Thread(target=feed, args=pair) for pair in zip(lines, payloads, strict=True)]
    for writer in writers:
        writer.start()
    received = gather(poller, dict.fromkeys(links, 20000))
    for writer in writers:
        writer.join()
    assert [received[link] for link in links] == payloads


@settings(deadline=None, max_examples=30)
@given(pieces=st.lists(st.binary(min_size=1, max_size=300), max_size=12))
def test_any_split_of_the_bytes_arrives_intact(pieces):
    far, near = os.openpty()
    poller, link = Poller(), SerialLink(os.ttyname(near), baud_rate=19200, parity="E", rts_cts=True)
    opened(poller, link)
    received = b""
    for piece in pieces:
        os.write(far, piece)
        received += b"".join(arrival.data for arrival in poller.wait(0.0, 0.0))
    total = b"".join(pieces)
    received += gather(poller, {link: len(total) - len(received)})[link]
    assert received == total
    link.close()
    poller.close()
    os.close(far)
    os.close(near)


def test_ports_sockets_and_memory_share_one_wait(poller, pty, serial):
    line = pty()
    near, far = memory_pair("simulator")
    with socket.create_server(("127.0.0.1", 0)) as server:
        links = [serial(line.path), serial(f"socket://127.0.0.1:{server.getsockname()[1]}"), near]
        for link in links:
            opened(poller, link)
        far.open()
        connection, _ = server.accept()
        with connection:
            line.send(b"port")
            connection.sendall(b"sock")
            far.write(b"memo")
            received = gather(poller, dict.fromkeys(links, 4))
    assert list(received.values()) == [b"port", b"sock", b"memo"]


def test_a_wait_without_lines_ends_by_itself(poller):
    assert poller.wait(0.0, 0.01) == []


def test_a_lost_line_is_told_once_and_the_others_go_on(poller, pty, serial):
    first, second = pty(), pty()
    dying, living = opened(poller, serial(first.path)), opened(poller, serial(second.path))
    first.unplug()
    (arrival,) = poller.wait(0.0, 1.0)
    assert arrival.link is dying
    assert "was lost" in str(arrival.error)
    assert poller.wait(0.0, 0.0) == []
    second.send(b"alive")
    assert gather(poller, {living: 5})[living] == b"alive"


def test_a_descriptor_closed_behind_our_back_is_lost(poller):
    if not isinstance(poller._selector, selectors.PollSelector):
        pytest.skip("select() refuses dead descriptors as a whole")
    link = DeadDescriptor()
    poller.add(link)
    (arrival,) = poller.wait(0.0, 1.0)
    assert arrival.link is link
    assert arrival.error is not None


def test_a_line_closed_by_its_owner_is_silent(poller, pty, serial):
    link = opened(poller, serial(pty().path))
    poller.wait(0.0, 0.0)
    link.close()
    assert poller.wait(0.0, 0.0) == []
    assert not poller._links


def test_a_descriptor_given_out_again_belongs_to_the_new_line(poller, pty, serial):
    old_line, new_line = pty(), pty()
    old = opened(poller, serial(old_line.path))
    poller.wait(0.0, 0.0)
    number = old.fileno()
    old.close()
    new = opened(poller, serial(new_line.path))
    assert new.fileno() == number
    new_line.send(b"new")
    (arrival,) = poller.wait(0.0, 1.0)
    assert arrival.link is new


def test_a_line_that_was_opened_anew_is_heard(poller, pty, serial):
    line = pty()
    link = opened(poller, serial(line.path))
    poller.wait(0.0, 0.0)
    link.open()
    line.send(b"again")
    assert gather(poller, {link: 5})[link] == b"again"


def test_a_removed_line_is_not_read(poller, pty, serial):
    line = pty()
    link = opened(poller, serial(line.path))
    poller.wait(0.0, 0.0)
    poller.remove(link)
    poller.remove(link)
    line.send(b"unheard")
    assert poller.wait(0.0, 0.02) == []


def test_a_wake_from_another_thread_ends_the_wait(poller):
    threading.Timer(0.02, poller.wake).start()
    before = time.monotonic()
    assert poller.wait(before, 30.0) == []
    assert time.monotonic() - before < 20.0


def test_a_wake_before_the_wait_is_not_forgotten_and_counts_once(poller):
    for _ in range(100_000):  # more than the bell holds
        poller.wake()
    poller.wait(0.0, 30.0)
    while poller._bell in [key.fileobj for key, _ in poller._selector.select(0)]:
        poller.wait(0.0, 30.0)


def test_waking_a_closed_poller_does_nothing():
    poller = Poller()
    poller.close()
    poller.wake()


def test_a_wait_never_sleeps_past_what_is_due(poller):
    link = opened(poller, CaptureLink("capture", [(0.0, b"a"), (0.05, b"b"), (60.0, b"c")], speed=1.0))
    start = time.monotonic()
    assert gather(poller, {link: 2})[link] == b"ab"
    assert 0.05 <= time.monotonic() - start < 10.0


def test_what_is_due_does_not_wait_for_the_timeout(poller):
    link = opened(poller, CaptureLink("capture", [(0.0, b"a")], speed=1.0))
    (arrival,) = poller.wait(5.0, 30.0)
    assert (arrival.link, arrival.data) == (link, b"a")


def test_a_due_line_does_not_starve_the_ports(poller, pty, serial):
    line = pty()
    port = opened(poller, serial(line.path))
    opened(poller, CaptureLink("capture", [(float(k), b"x") for k in range(100_000)], speed=float("inf")))
    line.send(b"port")
    for _ in range(1000):
        if any(arrival.link is port for arrival in poller.wait(0.0, 1.0)):
            return
    pytest.fail("the port was never read")


@pytest.mark.parametrize("chunks", [[], [(0.0, b"a")]])
def test_the_end_of_a_capture_is_told_once(poller, chunks):
    link = opened(poller, CaptureLink("capture", chunks, speed=1.0))
    (arrival,) = poller.wait(0.0, 1.0)
    assert arrival.link is link
    assert link.ended
    assert poller.wait(0.0, 0.0) == []


def test_pollers_leave_no_descriptor(open_descriptors):
    before = open_descriptors()
    for _ in range(200):
        Poller().close()
    assert open_descriptors() == before

"""Recorded bytes come back in their recorded time, by a clock that is moved by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.links.capture_link import CaptureLink
from nurse_station.links.link import LinkError

CHUNKS = [(0.0, b"a"), (1.0, b"b"), (1.5, b"c")]


def played(chunks=CHUNKS, speed=1.0):
    link = CaptureLink("db02.raw", chunks, speed=speed)
    link.open()
    return link


def test_the_first_read_starts_the_play():
    link = played()
    assert link.next_due(70.0) == 70.0
    assert link.read(100.0) == b"a"
    assert link.next_due(100.0) == 101.0


@pytest.mark.parametrize(
    ("speed", "times"), [(1.0, [0.0, 1.0, 1.5]), (2.0, [0.0, 0.5, 0.75]), (0.5, [0.0, 2.0, 3.0])]
)
def test_bytes_come_when_they_came(speed, times):
    link = played(speed=speed)
    given_at = {}
    for tick in range(0, 400):
        now = 50.0 + tick / 100
        if data := link.read(now):
            given_at[data] = now - 50.0
    assert given_at == {
        b"a": pytest.approx(times[0]),
        b"b": pytest.approx(times[1]),
        b"c": pytest.approx(times[2]),
    }


def test_nothing_comes_before_its_time():
    link = played()
    link.read(0.0)
    assert link.read(0.999) == b""
    assert link.read(1.0) == b"b"


def test_at_speed_inf_each_read_gives_the_next_and_its_recorded_time():
    link = played(speed=math.inf)
    assert [(link.read(7.0), link.position_s) for _ in CHUNKS] == [(b"a", 0.0), (b"b", 1.0), (b"c", 1.5)]


def test_it_has_ended_with_its_last_bytes():
    link = played(speed=math.inf)
    link.read(0.0)
    link.read(0.0)
    assert not link.ended
    link.read(0.0)
    assert link.ended
    assert link.read(0.0) == b""
    assert link.next_due(0.0) is None


def test_an_empty_recording_has_ended_with_its_first_read():
    link = played(chunks=[])
    assert not link.ended
    assert link.read(0.0) == b""
    assert link.ended


def test_bytes_of_one_recorded_time_come_together_up_to_4_kib():
    link = played([(0.0, b"x" * 3000), (0.0, b"y" * 1000), (0.0, b"z" * 1000), (0.1, b"!")], speed=math.inf)
    assert [len(link.read(0.0)) for _ in range(3)] == [4000, 1000, 1]


@given(
    gaps=st.lists(st.tuples(st.floats(0, 2), st.binary(min_size=1, max_size=20)), max_size=30),
    speed=st.sampled_from([0.5, 1.0, 60.0, math.inf]),
    ticks=st.floats(0.01, 1.0),
)
def test_no_byte_is_lost_or_out_of_order_at_any_speed(gaps, speed, ticks):
    at, chunks = 0.0, []
    for gap, data in gaps:
        at += gap
        chunks.append((at, data))
    link, now, received = played(chunks, speed=speed), 0.0, b""
    for _ in range(20000):
        received += link.read(now)
        if link.ended:
            break
        assert received == b"" or math.isinf(speed) or link.position_s <= now * speed + 1e-9
        now += ticks
    assert received == b"".join(data for _, data in chunks)


def test_opening_again_winds_back():
    link = played(speed=math.inf)
    link.read(0.0)
    link.read(0.0)
    link.open()
    assert link.read(0.0) == b"a"
    assert link.position_s == 0.0


def test_writing_is_accepted_and_changes_nothing():
    link = played()
    link.write(b"a request")
    assert link.read(0.0) == b"a"


def test_a_recording_that_was_closed_says_so():
    link = played()
    link.close()
    for act in (lambda: link.read(0.0), lambda: link.write(b"x")):
        with pytest.raises(LinkError, match="db02.raw is not open"):
            act()


@pytest.mark.parametrize("speed", [0.0, -1.0, math.nan])
def test_a_speed_that_is_none_is_refused(speed):
    with pytest.raises(ValueError, match="above 0"):
        CaptureLink("db02.raw", CHUNKS, speed=speed)

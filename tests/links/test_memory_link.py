"""Two ends in memory, and a device that lives on one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.links.link import LinkError
from nurse_station.links.memory_link import MOST_UNREAD, memory_pair


@pytest.fixture
def pair():
    near, far = memory_pair("simulator")
    near.open()
    far.open()
    return near, far


@given(pieces=st.lists(st.binary()))
def test_what_one_end_writes_the_other_reads(pieces):
    near, far = memory_pair("simulator")
    near.open()
    far.open()
    for piece in pieces:
        far.write(piece)
    assert near.read(0.0) == b"".join(pieces)
    assert near.read(0.0) == b""


def test_a_closed_end_is_lost_once_all_is_read(pair):
    near, far = pair
    far.write(b"last words")
    far.close()
    assert near.read(0.0) == b"last words"
    with pytest.raises(LinkError, match="was lost"):
        near.read(0.0)


def test_writing_to_a_closed_end_is_lost(pair):
    near, far = pair
    far.close()
    with pytest.raises(LinkError, match="was lost"):
        near.write(b"hello")


def test_an_end_cannot_be_opened_to_nobody(pair):
    near, far = pair
    near.close()
    far.close()
    with pytest.raises(LinkError, match="the other end was closed"):
        near.open()


@pytest.mark.parametrize("act", [lambda end: end.read(0.0), lambda end: end.write(b"x")])
def test_an_end_that_was_not_opened_says_so(act):
    with pytest.raises(LinkError, match="is not open"):
        act(memory_pair("simulator")[0])


def test_bytes_wait_for_an_end_that_is_not_open_yet():
    near, far = memory_pair("simulator")
    far.open()
    far.write(b"early")
    near.open()
    assert near.read(0.0) == b"early"


def test_an_end_that_is_never_read_does_not_fill_the_memory(pair):
    near, far = pair
    far.write(bytes(MOST_UNREAD))
    with pytest.raises(LinkError, match="does not read"):
        far.write(b"x")


def test_a_device_lives_on_the_far_end(pair):
    near, far = pair
    far.attach(lambda now: far.write(b"%g," % now), period_s=0.25)
    assert b"".join(near.read(k / 64) for k in range(64)) == b"0,0.25,0.5,0.75,"


def test_a_device_answers_in_the_same_read(pair):
    near, far = pair
    far.attach(lambda now: far.write(far.read(now).upper()), period_s=0.1)
    near.write(b"question")
    assert near.read(0.0) == b"QUESTION"


def test_a_device_is_due_by_its_period(pair):
    near, far = pair
    assert near.next_due(3.0) is None
    far.attach(lambda now: None, period_s=0.5)
    assert near.next_due(3.0) == 3.0
    near.read(3.0)
    assert near.next_due(3.1) == 3.5
    far.write(b"x")
    assert near.next_due(3.1) == 3.1


def test_a_device_whose_end_was_closed_is_still():
    near, far = memory_pair("simulator")
    near.open()
    far.open()
    calls = []
    far.attach(calls.append)
    far.close()
    with pytest.raises(LinkError):
        near.read(0.0)
    assert calls == []


def test_an_end_opened_again_begins_empty(pair):
    near, far = pair
    far.write(b"old")
    near.close()
    near.open()
    assert near.read(0.0) == b""

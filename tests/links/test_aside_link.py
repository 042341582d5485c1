"""A link that is opened aside: it holds nobody up, loses no word, leaves nothing open."""

import itertools
import threading
from collections.abc import Callable

import pytest

from nurse_station.links.aside_link import AsideLink
from nurse_station.links.link import LinkError
from nurse_station.links.poller import Poller

PATIENCE_S = 5.0


class SlowLink:
    """A link whose opening lasts until it is let go."""

    name, ended = "slow", False

    def __init__(self, error: str = "") -> None:
        self.go, self.opened, self.closed = threading.Event(), threading.Event(), threading.Event()
        self.error = error
        self.written: list[bytes] = []

    def open(self) -> None:
        self.go.wait(PATIENCE_S)
        self.opened.set()
        if self.error:
            raise LinkError(self.error)

    def fileno(self) -> int | None:
        return None

    def read(self, now: float) -> bytes:
        return b"!"

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def next_due(self, now: float) -> float | None:
        return now

    def close(self) -> None:
        self.closed.set()


def until(happened: Callable[[], bool]) -> bool:
    waiting = threading.Event()
    return any(happened() or waiting.wait(0.005) for _ in range(1000))


@pytest.fixture
def slow() -> SlowLink:
    return SlowLink()


@pytest.fixture
def link(slow: SlowLink) -> AsideLink:
    made = AsideLink("rfc2217://far:4001", lambda: slow)
    made.open()
    return made


def test_while_it_is_being_opened_nobody_waits_and_nothing_comes(link: AsideLink, slow: SlowLink) -> None:
    assert link.read(1.0) == b""
    assert link.next_due(1.0) == pytest.approx(1.05)
    slow.go.set()


def test_what_was_said_meanwhile_is_sent_once_it_is_open(link: AsideLink, slow: SlowLink) -> None:
    link.write(b"hello ")
    link.write(b"there")
    slow.go.set()
    assert until(lambda: link.read(1.0) == b"!")
    link.write(b"and more")
    assert slow.written == [b"hello there", b"and more"]


def test_an_opening_that_fails_is_told_by_the_next_read(slow: SlowLink) -> None:
    slow.error = "nobody is there"
    link = AsideLink("rfc2217://far:4001", lambda: slow)
    link.open()
    slow.go.set()
    poller, told, seconds = Poller(), [], itertools.count(1.0)
    poller.add(link)
    until(lambda: bool(told.extend(poller.wait(next(seconds), 0.0)) or told))
    poller.close()
    assert str(told[0].error) == "nobody is there"


def test_one_that_was_closed_while_it_was_being_opened_is_closed_when_it_is_open(
    link: AsideLink, slow: SlowLink
) -> None:
    link.close()
    assert not slow.closed.is_set()
    slow.go.set()
    assert slow.closed.wait(PATIENCE_S)


def test_an_open_one_is_closed_aside(link: AsideLink, slow: SlowLink) -> None:
    slow.go.set()
    assert until(lambda: link.read(1.0) == b"!")
    link.close()
    assert slow.closed.wait(PATIENCE_S)
    with pytest.raises(LinkError, match="not open"):
        link.read(1.0)


def test_it_can_be_opened_anew(link: AsideLink, slow: SlowLink) -> None:
    slow.go.set()
    link.open()
    assert until(lambda: link.read(1.0) == b"!")
    link.close()

"""What link tests share: pty pairs, and every descriptor given back."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nurse_station.links.serial_link import SerialLink


class Pty:
    """A serial line in software: the far end is ours, `path` is where a program opens the near one."""

    def __init__(self) -> None:
        self.far, near = os.openpty()
        self.path = os.ttyname(near)
        os.close(near)
        os.set_blocking(self.far, False)

    def send(self, data: bytes) -> None:
        assert os.write(self.far, data) == len(data)

    def received(self) -> bytes:
        try:
            return os.read(self.far, 65536)
        except (BlockingIOError, OSError):
            return b""

    def unplug(self) -> None:
        if self.far >= 0:
            os.close(self.far)
            self.far = -1


@pytest.fixture
def pty() -> Iterator[Callable[[], Pty]]:
    made: list[Pty] = []

    def make() -> Pty:
        made.append(Pty())
        return made[-1]

    yield make
    for line in made:
        line.unplug()


@pytest.fixture
def serial() -> Iterator[Callable[..., SerialLink]]:
    """Makes serial links, 19200 8E1 with RTS/CTS unless said otherwise, and closes them after the test."""
    made: list[SerialLink] = []

    def make(path: str, **settings: object) -> SerialLink:
        all_settings = {"baud_rate": 19200, "parity": "E", "rts_cts": True} | settings
        made.append(SerialLink(path, **all_settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for link in made:
        link.close()


@pytest.fixture
def open_descriptors() -> Callable[[], int]:
    return lambda: len(list(Path("/proc/self/fd").iterdir()))

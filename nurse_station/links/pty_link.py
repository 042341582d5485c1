"""A pseudo-terminal as a device: its other end is a port that any program can open. POSIX only."""

import os
import sys
from pathlib import Path

from nurse_station.links.link import LinkError

AT_ONCE = 65536


class PtyLink:
    """The device's end. What nobody reads is dropped, as on a real line."""

    ended = False

    def __init__(self, also_called: Path | None = None) -> None:
        """Store a second name for the port (a symbolic link, made on open and removed on close)."""
        self._also_called = also_called
        self._device: int | None = None
        self._port: int | None = None
        self.name = "pty"

    def open(self) -> None:
        """Make the pair; `name` is then the path of the port. Raises LinkError."""
        if sys.platform == "win32":
            msg = "this system has no pseudo-terminals: give a serial port instead"
            raise LinkError(msg)
        import tty

        # We hold the port's end too: reading the device's end fails while nobody holds it.
        self._device, self._port = os.openpty()
        tty.setraw(self._port)
        os.set_blocking(self._device, False)
        self.name = os.ttyname(self._port)
        self._give_second_name()

    def fileno(self) -> int | None:
        return self._device

    def read(self, now: float) -> bytes:
        """What the other program wrote; b"": nothing."""
        try:
            return os.read(self._opened(), AT_ONCE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._lost(error) from error

    def write(self, data: bytes) -> None:
        """Send; what does not fit because nobody reads is dropped."""
        try:
            os.write(self._opened(), data)
        except BlockingIOError:
            return
        except OSError as error:
            raise self._lost(error) from error

    def next_due(self, now: float) -> float | None:
        """None: there is a descriptor."""

    def close(self) -> None:
        """Take the port away: whoever holds it loses its line."""
        if self._also_called is not None and self._also_called.is_symlink():
            self._also_called.unlink()
        for descriptor in (self._device, self._port):
            if descriptor is not None:
                os.close(descriptor)
        self._device = self._port = None

    def _give_second_name(self) -> None:
        if self._also_called is None:
            return
        try:
            if self._also_called.is_symlink():
                self._also_called.unlink()  # left by one that was killed
            self._also_called.symlink_to(self.name)
        except OSError as error:
            self._also_called = None
            self.close()
            msg = f"the port cannot be called so: {error.strerror}"
            raise LinkError(msg) from error

    def _opened(self) -> int:
        if self._device is None:
            msg = f"{self.name} is not open"
            raise LinkError(msg)
        return self._device

    def _lost(self, error: OSError) -> LinkError:
        return LinkError(f"{self.name} was lost: {error.strerror}")

"""A serial line, or a URL in its place. Never waits, never shares a port, drops no byte unsaid.

pyserial opens and sets the port; on POSIX the bytes then go through the descriptor itself, because
pyserial's reads wake twice for each burst and its writes wait for the hardware handshake.
"""

import contextlib
import errno
import os
import select
import sys
from typing import Any, Protocol

import serial

from nurse_station.links.link import LinkError
from nurse_station.links.socket_wire import SocketWire
from nurse_station.links.trouble import TAKES_NOTHING, UNREACHABLE, why_lost, why_not_open

READ_SIZE = 4096
POLL_S = 0.01  # where no descriptor tells: Windows' ports, rfc2217://, loop://
RETRY_S = 0.02  # how soon bytes that the line did not take are tried again
CONNECT_S = 3.0
MOST_UNSENT = 4096
# Linux' ptys carry bytes as they are, and the C library refuses to set on them, the second time,
# what they do not keep.
PTY_SETTINGS = {"parity": "N", "bytesize": 8}
DRAIN_STEP_S = 0.02
DRAIN_STEPS = 15

if sys.platform == "win32":
    _FAILURES: tuple[type[Exception], ...] = (OSError, ValueError)
else:
    import termios

    # pyserial lets termios' own error through, and it is no OSError.
    _FAILURES = (OSError, ValueError, termios.error)


class Wire(Protocol):
    """An open way for bytes. Raises OSError (or another of _FAILURES) when it is gone."""

    def fileno(self) -> int | None: ...
    def receive(self) -> bytes: ...
    def send(self, data: bytes) -> int: ...
    def close(self) -> None: ...


class DescriptorWire:
    """A POSIX serial port by its descriptor. Modem lines are never touched: a pty has none."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port
        self._descriptor: int = port.fileno()

    def fileno(self) -> int:
        return self._descriptor

    def receive(self) -> bytes:
        try:
            data = os.read(self._descriptor, READ_SIZE)
        except BlockingIOError:
            return b""
        if not data:  # VMIN is 1, so that nothing to read is EAGAIN and this is a hang-up
            raise OSError(errno.EIO, "the line was hung up")
        return data

    def send(self, data: bytes) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0

    def close(self) -> None:
        with contextlib.suppress(*_FAILURES):  # the port may be gone already, and its bytes with it
            if not self._drained():
                self._port.reset_output_buffer()  # else Linux may wait 30 s for a held line
        self._port.close()

    def _drained(self) -> bool:
        """Let the last words go out as long as the line takes them, 0.3 s at most."""
        waiting = self._port.out_waiting
        for _ in range(DRAIN_STEPS):
            if not waiting:
                return True
            select.select([], [], [], DRAIN_STEP_S)
            before, waiting = waiting, self._port.out_waiting
            if waiting >= before:
                break
        return not waiting


class PolledWire:
    """A port without a descriptor to wait for: it is asked again and again."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port
        self._sending = b""

    def fileno(self) -> None:
        return None

    def receive(self) -> bytes:
        data = bytearray()
        # rfc2217:// gives one byte a call, and notices a dead line only in read.
        while len(data) < READ_SIZE and (piece := self._port.read(max(1, self._port.in_waiting))):
            data += piece
        return bytes(data)

    def send(self, data: bytes) -> int:
        if sys.platform == "win32":
            if self._port.out_waiting:
                return 0
            self._sending = data  # Windows reads from this very memory until it is sent
        self._port.write(data)
        return len(data)

    def close(self) -> None:
        self._port.close()


class SerialLink:
    """A serial port, exclusively ours, or socket://, rfc2217:// or loop:// in its place.

    Opening rfc2217:// waits for the far end up to some seconds; every other way does not.
    """

    ended = False

    def __init__(
        self,
        path: str,
        *,
        baud_rate: int,
        data_bits: int = 8,
        parity: str = "N",
        stop_bits: int = 1,
        rts_cts: bool = False,
        xon_xoff: bool = False,
    ) -> None:
        """Store the settings.

        Args:
            path: "/dev/ttyUSB0", "COM4", or a URL.
            baud_rate: bit/s.
            data_bits: 7 or 8.
            parity: "N", "E" or "O".
            stop_bits: 1 or 2.
            rts_cts: Hardware handshake.
            xon_xoff: Software handshake.
        """
        self.name = path
        self._settings: dict[str, Any] = {
            "baudrate": baud_rate,
            "bytesize": data_bits,
            "parity": parity,
            "stopbits": stop_bits,
            "rtscts": rts_cts,
            "xonxoff": xon_xoff,
        }
        self._wire: Wire | None = None
        self._unsent = b""
        self._read_at: float | None = None
        self._connect_by: float | None = None

    def open(self) -> None:
        """Open the port, anew if it is open. What came before is not given. Raises LinkError."""
        self.close()
        try:
            self._wire = self._open_wire()
        except _FAILURES as error:
            raise LinkError(why_not_open(self.name, error)) from error

    def _open_wire(self) -> Wire:
        if self.name.startswith("socket://"):
            return SocketWire(self.name)
        polled = sys.platform == "win32" or "://" in self.name
        port = serial.serial_for_url(
            self.name,
            exclusive=True,
            timeout=0,
            write_timeout=0 if sys.platform == "win32" else None,
            # 0 makes pyserial set VMIN to 1 (see DescriptorWire.receive).
            inter_byte_timeout=None if polled else 0,
            **(self._settings | (PTY_SETTINGS if _is_pty(self.name) else {})),
        )
        return PolledWire(port) if polled else DescriptorWire(port)

    def fileno(self) -> int | None:
        """The descriptor to wait for; None: closed, or the port has none (see next_due)."""
        return self._wire.fileno() if self._wire else None

    def read(self, now: float) -> bytes:
        """What has come; b"": nothing. Also sends what the line did not take before. Raises LinkError."""
        wire = self._opened()
        self._read_at = now
        try:
            self._send_on(wire)
            data = wire.receive()
        except _FAILURES as error:
            raise self._lost(wire, error) from error
        self._refuse_endless_connecting(wire, now)
        return data

    def _refuse_endless_connecting(self, wire: Wire, now: float) -> None:
        if not _connecting(wire):
            return
        self._connect_by = self._connect_by or now + CONNECT_S
        if now >= self._connect_by:
            self.close()
            raise LinkError(UNREACHABLE.format(name=self.name))

    def write(self, data: bytes) -> None:
        """Send bytes; what the line does not take now is sent by later reads.

        Raises LinkError when the line is lost, or when more than 4 KiB could not be sent.
        """
        wire = self._opened()
        self._unsent += data
        try:
            self._send_on(wire)
        except _FAILURES as error:
            raise self._lost(wire, error) from error
        if len(self._unsent) > MOST_UNSENT:
            self.close()
            raise LinkError(TAKES_NOTHING.format(name=self.name))

    def _send_on(self, wire: Wire) -> None:
        if self._unsent:
            self._unsent = self._unsent[wire.send(self._unsent) :]

    def next_due(self, now: float) -> float | None:
        """When to read although no descriptor says so: polled ports, unsent bytes, a connection begun."""
        wire = self._wire
        if wire is None:
            return None
        period = self._period(wire)
        if period is None:
            return None
        return now if self._read_at is None else self._read_at + period

    def _period(self, wire: Wire) -> float | None:
        if wire.fileno() is None:
            return POLL_S
        return RETRY_S if self._unsent or _connecting(wire) else None

    def close(self) -> None:
        """Give the port back; the last bytes written may take up to 0.3 s to leave a serial port."""
        wire, self._wire = self._wire, None
        self._unsent, self._read_at, self._connect_by = b"", None, None
        if wire is not None:
            with contextlib.suppress(*_FAILURES):  # a port that is gone need not be given back
                wire.close()

    def _opened(self) -> Wire:
        if self._wire is None:
            msg = f"{self.name} is not open"
            raise LinkError(msg)
        return self._wire

    def _lost(self, wire: Wire, error: Exception) -> LinkError:
        say = why_not_open if _connecting(wire) else why_lost
        self.close()
        return LinkError(say(self.name, error))


def _is_pty(path: str) -> bool:
    return os.path.realpath(path).startswith("/dev/pts/")


def _connecting(wire: Wire) -> bool:
    return isinstance(wire, SocketWire) and not wire.connected

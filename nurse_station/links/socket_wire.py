"""A TCP line to a serial server (socket://host:port): connects without waiting, loses no first byte.

pyserial's own socket:// waits for the connection and throws away what the server says at once.
"""

import errno
import select
import socket
from urllib.parse import urlsplit

# A serial server in the same building answers within this time, so that a refusal is known at once.
GRACE_S = 0.02
# ENOTCONN is Windows' word for "still connecting".
_NOT_YET = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EINPROGRESS, errno.ENOTCONN)
READ_SIZE = 65536


class SocketWire:
    """A connected, or connecting, TCP socket that never waits."""

    def __init__(self, url: str) -> None:
        """Begin to connect. A host's name, unlike its number, may take the network's time to look up.

        Raises:
            OSError: the name is unknown, or the connection is refused at once.
            ValueError: the address has no host or no port.
        """
        family, address = _address(url)
        self._connected = False
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._connect(address)
        except OSError:
            self._socket.close()
            raise

    def _connect(self, address: tuple[str, int]) -> None:
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begun = self._socket.connect_ex(address)
        if begun not in (0, *_NOT_YET):
            raise OSError(begun, "cannot connect")
        select.select([], [self._socket], [self._socket], GRACE_S)
        self._check()

    @property
    def connected(self) -> bool:
        """Whether the server has ever answered."""
        if not self._connected:
            try:
                self._socket.getpeername()
            except OSError:
                return False
            self._connected = True
        return True

    def _check(self) -> None:
        error = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, errno.errorcode.get(error, "connection failed"))

    def fileno(self) -> int:
        return self._socket.fileno()

    def receive(self) -> bytes:
        """What has come; b"": nothing. Raises OSError when the connection is gone."""
        try:
            data = self._socket.recv(READ_SIZE)
        except OSError as error:
            self._raise_unless_early(error)
            return b""
        if not data:
            raise OSError(errno.ECONNRESET, "the server closed the connection")
        return data

    def send(self, data: bytes) -> int:
        """Send what goes without waiting; returns how many bytes went. Raises OSError."""
        try:
            return self._socket.send(data)
        except OSError as error:
            self._raise_unless_early(error)
            return 0

    def _raise_unless_early(self, error: OSError) -> None:
        if error.errno not in _NOT_YET:
            raise error
        self._check()

    def close(self) -> None:
        self._socket.close()


def _address(url: str) -> tuple[socket.AddressFamily, tuple[str, int]]:
    parts = urlsplit(url)
    if not parts.hostname or not parts.port:
        msg = "write it as socket://host:port"
        raise ValueError(msg)
    found = socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_STREAM)
    # Serial servers speak IPv4; a name such as localhost gives its IPv6 number first.
    family, *_, address = min(found, key=lambda row: row[0] != socket.AF_INET)
    return family, (str(address[0]), int(address[1]))

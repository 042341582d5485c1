"""Nellcor ASCII, the stream: bytes of the line -> lines of text. Knows nothing of what a line says."""

from dataclasses import dataclass

MAX_LINE = 200
"""The longest heading has some 90 characters."""
KEPT_OF_REFUSED = 64
XON, XOFF = 0x11, 0x13
_FLOW = bytes((XON, XOFF))
_TO_LF = bytes.maketrans(b"\r\n", b"\n\n")


@dataclass(frozen=True, slots=True)
class Line:
    """What stood between two line ends, or as much of it as no monitor prints without one.

    Attributes:
        text: The line, without its end; bytes that are no ASCII stand as they are (Latin-1).
        torn: It may be the tail of a line: nothing before it ended one.
        overlong: No end came in time.
    """

    text: str
    torn: bool
    overlong: bool = False

    @property
    def head(self) -> bytes:
        """The first bytes, at most 64."""
        return self.text.encode("latin-1")[:KEPT_OF_REFUSED]


class LineSplitter:
    """Cuts a stream at CR and LF. Any split of the stream gives the same lines; memory is bounded."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._torn = True  # before the first end there may be only the tail of a line
        self._spoilt = False  # the line was told as overlong: what is left of it is none

    def feed(self, chunk: bytes) -> list[Line]:
        """Take bytes; return the lines that they ended, empty ones left out. Never raises."""
        lines: list[Line] = []
        *ended, rest = chunk.translate(_TO_LF, _FLOW).split(b"\n")
        for part in ended:
            lines += self._take(part)
            if self._pending and not self._spoilt:
                lines.append(Line(self._pending.decode("latin-1"), self._torn))
            self._pending.clear()
            self._torn = self._spoilt = False
        return lines + self._take(rest)

    def forget(self) -> None:
        """The line was reopened: what was half received is of no use."""
        self._pending.clear()
        self._torn, self._spoilt = True, False

    def _take(self, part: bytes) -> list[Line]:
        self._pending += part
        overlong: list[Line] = []
        while len(self._pending) > MAX_LINE:
            overlong.append(Line(self._pending[:MAX_LINE].decode("latin-1"), self._torn, overlong=True))
            del self._pending[:MAX_LINE]
            self._spoilt = True
        return overlong

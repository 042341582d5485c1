"""MIB/RS232 frames: bytes of the line <-> messages. Knows nothing of what is in a message.

Frame: C0, escaped(11 01, length u16, message, FCS), C1. The bytes C0, C1 and 7D are sent as 7D and the
byte ^ 20. The FCS is CRC-16/X-25 over header and message, low byte first, made before escaping. 7D C1 is
the sender's own abort; a C0 inside a frame begins another. Source: the "fixed baudrate" transport of the
IntelliVue Data Export guide, checked against computed frames.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass

BEGIN, END = b"\xc0", b"\xc1"
ESCAPE = 0x7D
BIT_5 = 0x20
HEADER = b"\x11\x01"  # protocol "data export", message type "data"
HEADER_SIZE = 4
FCS_SIZE = 2

MAX_MESSAGE = 8192
"""Far above the 1000 to 2500 bytes that are negotiated; nothing longer can be a message."""
MAX_ON_LINE = 2 * (HEADER_SIZE + MAX_MESSAGE + FCS_SIZE)
KEPT_OF_REFUSED = 64

_MARKS = re.compile(b"([\xc0\xc1])")
_ESCAPED = re.compile(b"\x7d(.)", re.DOTALL)
_TO_ESCAPE = re.compile(b"[\x7d\xc0\xc1]")
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class RawFrame:
    """What stood between two marks.

    Attributes:
        message: The message, header and FCS taken off; empty when refused.
        refused: "" or the reason: "noise", "cut", "aborted", "overlong", "short", "checksum", "header",
            "length".
        head: The first bytes as they stood on the line, at most 64.
        size: Bytes on the line, without the marks.
    """

    message: bytes
    refused: str
    head: bytes
    size: int


class FrameSplitter:
    """Cuts a stream into frames. Any split of the stream gives the same frames; memory is bounded."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._inside = False
        self._begun = False  # before the first mark there is only the tail of a frame

    def feed(self, chunk: bytes) -> list[RawFrame]:
        """Take bytes; return the frames that they completed. Never raises."""
        frames: list[RawFrame] = []
        for piece in _MARKS.split(chunk):
            if piece == BEGIN:
                frames += self._left_over()
                self._inside = self._begun = True
            elif piece == END:
                whole = self._inside and self._pending  # nothing between two marks is nothing
                frames += [_frame(self._taken())] if whole else self._left_over()
                self._inside = False
            else:
                frames += self._take(piece)
        return frames

    def forget(self) -> None:
        """The line was reopened: what was half received is of no use."""
        self._pending.clear()
        self._inside = self._begun = False

    def _take(self, piece: bytes) -> list[RawFrame]:
        frames: list[RawFrame] = []
        while len(self._pending) + len(piece) >= MAX_ON_LINE:
            room = MAX_ON_LINE - len(self._pending)
            self._pending += piece[:room]
            piece = piece[room:]
            frames.append(_refused("overlong" if self._inside else "noise", self._taken()))
            self._inside = False
        self._pending += piece
        return frames

    def _left_over(self) -> list[RawFrame]:
        """What stood where no frame should end: of a frame cut short, or between frames."""
        line = self._taken()
        if not line or not self._begun:
            return []
        return [_refused("cut" if self._inside else "noise", line)]

    def _taken(self) -> bytes:
        line = bytes(self._pending)
        self._pending.clear()
        return line


def _frame(line: bytes) -> RawFrame:
    if line.endswith(b"\x7d"):
        return _refused("aborted", line)
    content = _ESCAPED.sub(lambda pair: bytes((pair[1][0] ^ BIT_5,)), line)
    body, sent_fcs = content[:-FCS_SIZE], content[-FCS_SIZE:]
    if len(body) < HEADER_SIZE:
        return _refused("short", line)
    if fcs(body) != sent_fcs:
        return _refused("checksum", line)
    if not body.startswith(HEADER):
        return _refused("header", line)
    if int.from_bytes(body[2:4], "big") != len(body) - HEADER_SIZE:
        return _refused("length", line)
    return RawFrame(body[HEADER_SIZE:], "", line[:KEPT_OF_REFUSED], len(line))


def _refused(reason: str, line: bytes) -> RawFrame:
    return RawFrame(b"", reason, line[:KEPT_OF_REFUSED], len(line))


def fcs(body: bytes) -> bytes:
    """CRC-16/X-25 (polynomial 8408 reflected, start FFFF, inverted) as it is sent, low byte first."""
    straight = crc_hqx(body.translate(_MIRRORED), 0xFFFF) ^ 0xFFFF
    return straight.to_bytes(2, "big").translate(_MIRRORED)


def escape(content: bytes) -> bytes:
    """Content as it stands between the marks."""
    return _TO_ESCAPE.sub(lambda byte: bytes((ESCAPE, byte[0][0] ^ BIT_5)), content)


def frame(message: bytes) -> bytes:
    """A message as it goes over the line: marks, header, FCS and escapes included."""
    body = HEADER + len(message).to_bytes(2, "big") + message
    return BEGIN + escape(body + fcs(body)) + END

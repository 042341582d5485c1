"""S/5 computer interface, the frame: bytes of the line <-> records. Knows nothing of what is in a record.

Frame: 0x7E, escaped(record + checksum), 0x7E. The checksum is the sum of the record's bytes mod 256,
made before escaping and escaped itself. 0x7E is sent as 7D 5E, 0x7D as 7D 5D. One flag may end a
frame and begin the next. Source: GE M1017617, "S/5 Computer Interface", line protocol.
"""

from dataclasses import dataclass

FLAG = 0x7E
ESCAPE = 0x7D
BIT_5 = 0x20

HEADER_SIZE = 40
MAX_DATA = 1450
# Every byte may be escaped; nothing longer than this can be a frame.
MAX_ON_LINE = 2 * (HEADER_SIZE + MAX_DATA + 1)
KEPT_OF_REFUSED = 64


@dataclass(frozen=True, slots=True)
class RawFrame:
    """What stood between two flags.

    Attributes:
        record: The record, its checksum taken off; empty when refused.
        refused: "" or the reason: "escape", "short", "checksum", "overlong".
        head: The first bytes as they stood on the line, at most 64.
        size: Bytes on the line, without the flags.
    """

    record: bytes
    refused: str
    head: bytes
    size: int


class FrameSplitter:
    """Cuts a stream into frames. Any split of the stream gives the same frames; memory is bounded."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._overrun = 0  # bytes dropped from a frame that is too long to be one
        self._inside = False  # before the first flag there is only the tail of a frame

    def feed(self, chunk: bytes) -> list[RawFrame]:
        """Take bytes; return the frames that they completed. Never raises."""
        frames: list[RawFrame] = []
        *ended, rest = chunk.split(b"\x7e")
        for part in ended:
            self._take(part)
            if self._pending and self._inside:
                frames.append(self._frame())
            self._pending.clear()
            self._overrun = 0
            self._inside = True
        self._take(rest)
        return frames

    def forget(self) -> None:
        """The line was reopened: what was half received is of no use."""
        self._pending.clear()
        self._overrun = 0
        self._inside = False

    def _take(self, part: bytes) -> None:
        room = MAX_ON_LINE + 1 - len(self._pending)
        self._pending += part[:room]
        self._overrun += max(0, len(part) - room)

    def _frame(self) -> RawFrame:
        line = bytes(self._pending)
        head, size = line[:KEPT_OF_REFUSED], len(line) + self._overrun
        if size > MAX_ON_LINE:
            return RawFrame(b"", "overlong", head, size)
        content = unescape(line)
        if content is None:
            return RawFrame(b"", "escape", head, size)
        if len(content) <= HEADER_SIZE:
            return RawFrame(b"", "short", head, size)
        if sum(content[:-1]) & 0xFF != content[-1]:
            return RawFrame(b"", "checksum", head, size)
        return RawFrame(content[:-1], "", head, size)


def unescape(line: bytes) -> bytes | None:
    """Undo the escaping. None: an escape that no sender makes (7D not followed by 5D or 5E)."""
    if ESCAPE not in line:
        return line
    first, *others = line.split(b"\x7d")
    if any(not other or other[0] not in (0x5D, 0x5E) for other in others):
        return None
    return first + b"".join(bytes((other[0] | BIT_5,)) + other[1:] for other in others)


def frame(record: bytes) -> bytes:
    """A record as it goes over the line, flags and checksum included."""
    content = record + bytes((sum(record) & 0xFF,))
    escaped = content.replace(b"\x7d", b"\x7d\x5d").replace(b"\x7e", b"\x7d\x5e")
    return b"\x7e" + escaped + b"\x7e"

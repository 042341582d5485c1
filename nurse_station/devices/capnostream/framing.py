"""Capnostream, the frame: bytes of the line <-> messages. Knows nothing of what is in a message.

Frame: 85, then LEN, CODE, payload, CHK with every 80 sent as 80 00 and every 85 as 80 05. LEN counts CODE
and payload; CHK is the XOR of LEN, CODE and payload. A bare 85 always begins a frame. Source: the reader
of mdpnp (BSD-2-Clause); no text of the manufacturer could be read.
"""

from dataclasses import dataclass

HEADER = b"\x85"
ESCAPE = 0x80
ESCAPED = (0x00, 0x05)
CO2_WAVE = 0
# Some wave messages of real monitors carry one more zero before the checksum (mdpnp found it so).
PADDED = (CO2_WAVE,)
MAX_ON_LINE = 1 + 2 * 257
"""Header, and LEN, 255 bytes and CHK with each of them escaped: nothing longer can be a frame."""
KEPT_OF_REFUSED = 64


@dataclass(frozen=True, slots=True)
class RawFrame:
    """One frame, or why it is none.

    Attributes:
        code: What message it is; -1 when refused.
        payload: The message's bytes; empty when refused.
        refused: "" or the reason: "checksum", "escape", "length", "short", "stray".
        head: The first bytes as they stood on the line, at most 64.
        size: Bytes on the line.
    """

    code: int
    payload: bytes
    refused: str
    head: bytes
    size: int


class FrameSplitter:
    """Cuts a stream into frames. Any split of the stream gives the same frames; memory is bounded."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._stray = bytearray()
        self.forget()

    def feed(self, chunk: bytes) -> list[RawFrame]:
        """Take bytes; return the frames that they completed. Never raises."""
        first, *others = chunk.split(HEADER)
        frames = self._take(first)
        for part in others:
            frames += self._cut_off()
            self._line[:] = HEADER
            frames += self._take(part)
        return frames

    def forget(self) -> None:
        """The line was reopened: what was half received is of no use."""
        self._line.clear()  # from the header on, while the frame is not complete
        self._stray.clear()  # bytes that belong to no frame
        self._explained = True  # they are the rest of a frame whose beginning was lost or refused

    def _take(self, part: bytes) -> list[RawFrame]:
        if not self._line:
            return self._astray(part)
        self._line += part
        frame = read(bytes(self._line))
        if frame is None:
            return []
        rest = bytes(self._line[frame.size :])
        self._line.clear()
        self._explained = bool(frame.refused)
        return [frame, *self._astray(rest)]

    def _astray(self, part: bytes) -> list[RawFrame]:
        """Bytes between frames; so many of them that no frame can be meant are told without waiting."""
        self._stray += part
        frames = []
        while len(self._stray) >= MAX_ON_LINE:
            frames.append(_refused("stray", bytes(self._stray[:MAX_ON_LINE])))
            del self._stray[:MAX_ON_LINE]
            self._explained = True
        return frames

    def _cut_off(self) -> list[RawFrame]:
        """The next header came: what is not complete never will be."""
        line, stray = bytes(self._line), bytes(self._stray)
        explained = self._explained
        self.forget()
        if line:
            return [_refused("short", line)]
        return [_refused("stray", stray)] if stray and not explained else []


def read(line: bytes) -> RawFrame | None:
    """The frame at the beginning of `line` (header included). None: more bytes are needed."""
    content, check, at = bytearray(), 0, 1
    while at < len(line):
        byte = line[at]
        if byte == ESCAPE:
            at += 1
            if at == len(line):
                return None
            if line[at] not in ESCAPED:
                return _refused("escape", line[: at + 1])
            byte += line[at]
        at += 1
        content.append(byte)
        check ^= byte
        if content[0] == 0:
            return _refused("length", line[:at])
        if len(content) >= content[0] + 2:
            if check == 0:
                payload = bytes(content[2 : content[0] + 1])
                return RawFrame(content[1], payload, "", line[: min(at, KEPT_OF_REFUSED)], at)
            if len(content) > content[0] + 2 or content[1] not in PADDED or byte:
                return _refused("checksum", line[:at])
    return None


def frame(code: int, payload: bytes = b"") -> bytes:
    """A message as it goes over the line. `payload`: 254 bytes at most, else ValueError."""
    content = bytes((1 + len(payload), code)) + payload
    check = 0
    for byte in content:
        check ^= byte
    content += bytes((check,))
    return HEADER + content.replace(b"\x80", b"\x80\x00").replace(b"\x85", b"\x80\x05")


def _refused(reason: str, line: bytes) -> RawFrame:
    return RawFrame(-1, b"", reason, line[:KEPT_OF_REFUSED], len(line))

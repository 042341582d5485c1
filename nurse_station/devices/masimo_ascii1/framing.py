"""Masimo ASCII 1, the line of text: bytes <-> lines. Knows nothing of what is in a line.

A line ends with CR LF (either alone is taken too). There is no checksum.
"""

from dataclasses import dataclass

MAX_LINE = 400
"""The longest known line has 190 characters."""
KEPT_OF_REFUSED = 64
TAB = 0x09


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line.

    Attributes:
        text: Its characters without the end; empty when refused.
        refused: "" or the reason: "overlong", "characters".
        head: The first bytes as they stood on the line, at most 64.
        size: Bytes on the line, without the end.
    """

    text: str
    refused: str
    head: bytes
    size: int


class LineSplitter:
    """Cuts a stream into lines. Any split of the stream gives the same lines; memory is bounded."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._overran = False

    def feed(self, chunk: bytes) -> list[RawLine]:
        """Take bytes; return the lines that they completed, empty ones left out. Never raises."""
        lines: list[RawLine] = []
        *ended, rest = chunk.replace(b"\r", b"\n").split(b"\n")
        for part in ended:
            lines += self._take(part)
            if self._pending and not self._overran:
                lines.append(_line(bytes(self._pending)))
            self.forget()
        return lines + self._take(rest)

    def forget(self) -> None:
        """What was half received is of no use: cut short, it may still look like a line."""
        self._pending.clear()
        self._overran = False

    def _take(self, part: bytes) -> list[RawLine]:
        """Keep bytes; each full measure of them without an end is told without waiting for one."""
        self._pending += part
        lines: list[RawLine] = []
        while len(self._pending) > MAX_LINE:
            lines.append(RawLine("", "overlong", bytes(self._pending[:KEPT_OF_REFUSED]), MAX_LINE))
            del self._pending[:MAX_LINE]
            self._overran = True
        return lines


def _line(line: bytes) -> RawLine:
    head = line[:KEPT_OF_REFUSED]
    if not all(0x20 <= byte < 0x7F or byte == TAB for byte in line):
        return RawLine("", "characters", head, len(line))
    return RawLine(line.decode("ascii"), "", head, len(line))

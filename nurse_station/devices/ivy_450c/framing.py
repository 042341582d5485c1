"""Ivy 450C, the message: bytes of the line -> messages, or why one is refused. There is no checksum.

A message begins with nine known bytes; its waves may hold any byte; its text is printable ASCII in
lines of a known shape. That is all that can tell a damaged message, so that all of it is checked.
"""

import re
from dataclasses import dataclass
from typing import Literal

from nurse_station.devices.ivy_450c.layout import (
    END,
    HEADER,
    KEPT_OF_REFUSED,
    LINES,
    MAX_MESSAGE,
    TEXT_AT,
)

_KNOWN = re.compile(rb"([A-Z][A-Z0-9]+)=[A-Z0-9 -]{0,4};[ -~]*")
_OTHER = re.compile(rb"([A-Za-z][A-Za-z0-9 /._-]+)(=[ -~]*)?")
_SECOND_LINE_INSIDE = re.compile(b";(" + "|".join(LINES).encode("ascii") + b")=")
_UNPRINTABLE = re.compile(rb"[^ -~\r\n]")


@dataclass(frozen=True, slots=True)
class RawMessage:
    """What stood from a header to the end byte.

    Attributes:
        data: All bytes of it; empty when refused.
        lines: Its lines of text, (name, all fields).
        refused: "" or the reason: "noise", "cut", "overlong", "text", "line".
        head: Its first bytes, at most 64.
        size: Bytes on the line.
    """

    data: bytes
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    refused: str
    head: bytes
    size: int


class MessageSplitter:
    """Cuts a stream into messages. Any split of the stream gives the same ones; memory is bounded."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, chunk: bytes) -> list[RawMessage]:
        """Take bytes; return the messages that they completed. Never raises."""
        self._pending += chunk
        messages: list[RawMessage] = []
        while (message := self._next()) is not None:
            messages.append(message)
        return messages

    def forget(self) -> None:
        """The line was reopened: what was half received is of no use."""
        self._pending = b""

    def _next(self) -> RawMessage | None:
        if not self._pending.startswith(HEADER):
            return self._without_header()
        window = self._pending[:MAX_MESSAGE]
        end = window.find(END, TEXT_AT)
        again = window.find(HEADER, 1)
        if again > 0 and (end < 0 or again < end):
            return _refused("cut", self._take(again))
        if end >= 0:
            return _checked(self._take(end + 1))
        if len(window) == MAX_MESSAGE:
            return _refused("overlong", self._take(MAX_MESSAGE - len(HEADER)))
        return None

    def _without_header(self) -> RawMessage | None:
        """Go on to where a header begins; a message's length without one is noise."""
        window = self._pending[:MAX_MESSAGE]
        start = window.find(HEADER)
        if start >= 0:
            self._take(start)  # the tail of a message that began before we listened
            return self._next()
        if len(window) == MAX_MESSAGE:
            return _refused("noise", self._take(MAX_MESSAGE - len(HEADER)))
        return None

    def _take(self, count: int) -> bytes:
        taken, self._pending = self._pending[:count], self._pending[count:]
        return taken


def _refused(reason: str, data: bytes) -> RawMessage:
    return RawMessage(b"", (), reason, data[:KEPT_OF_REFUSED], len(data))


def _checked(data: bytes) -> RawMessage:
    # The published reader leaves out the byte before the end byte, so it may be anything.
    *lines, rest = data[TEXT_AT:-1].replace(b"\n", b"").split(b"\r")
    if len(rest) > 1 or any(_UNPRINTABLE.search(line) for line in lines):
        return _refused("text", data)
    lines = [line.strip() for line in lines if line.strip()]
    shapes = [_shape(line) for line in lines]
    if "damaged" in shapes:
        return _refused("line", data)
    read = [line.decode("ascii").split(";") for line, shape in zip(lines, shapes, strict=True) if shape]
    named = tuple((fields[0].split("=")[0], tuple(fields)) for fields in read)
    known = [name for name, _ in named if name in LINES]
    if not known or len(set(known)) < len(known):
        return _refused("line", data)
    return RawMessage(data, named, "", data[:KEPT_OF_REFUSED], len(data))


def _shape(line: bytes) -> Literal["whole", "", "damaged"]:
    """What a line is; "": not to be read. Lost or added bytes run two lines together or cut a name."""
    if _SECOND_LINE_INSIDE.search(line):
        return "damaged"
    known = _KNOWN.fullmatch(line)
    row = LINES.get(known[1].decode("ascii")) if known else None
    if row is None:  # a line that we do not know, unless bytes were added before a name that we do
        other = _OTHER.fullmatch(line)
        return "" if other and not other[1].decode("ascii").endswith(tuple(LINES)) else "damaged"
    fields = line.count(b";")
    if fields == row.label + 1 or (fields == row.label + 2 and line.endswith(b";")):
        return "whole"
    return "damaged" if row.seen else ""

"""What an IntelliVue monitor says, built for the emulator: association, presentation, results in parts."""

import struct
from collections.abc import Sequence

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.messages import PollRequest
from nurse_station.devices.philips_intellivue.requests import OPTIONS, operation, session, user_information

# The fixed part of the presentation layer in an answer, as the guide prints it.
_PRESENTATION = bytes.fromhex(
    "3180a0808001010000a280a003000001a58030808001008102510100003080800100810c2a8648ce1402"
    "0100000002010000000061803080020101a0806180a180060c2a8648ce14020100000003010000a20302"
    "0100a305a103020100be80288002010281"
)
MONITOR = 0x00800000
RELEASED = bytes.fromhex("0a18c11661803080020101a08063808001000000000000000000")
ABORT = bytes.fromhex(
    "192e110103c129a080a0803080020101060251010000000061803080020101a080648080010100000000000000000000"
)
REFUSE = bytes((layout.REFUSE, 2, 0, 0))

NOT_TOLD = b"\xff" * 8
PART_AT_MOST = 900  # bytes of objects in one message, so that it stays below the 1000 of RS-232

Attribute = tuple[int, bytes]
ObjectAttributes = tuple[int, Sequence[Attribute]]
"""The handle of an object and its attributes."""


def acceptance() -> bytes:
    """The monitor accepts the association and offers what was asked for."""
    return session(layout.ACCEPT, _PRESENTATION, user_information(MONITOR, OPTIONS))


def presentation(invoke_id: int, ticks: int, attributes: Sequence[Attribute]) -> bytes:
    """The monitor presents itself (the MDS create event)."""
    info = layout.MDS_OBJECT + listed(*(attribute(*each) for each in attributes))
    event = layout.MDS_OBJECT + struct.pack(">I2H", ticks, layout.MDS_CREATED, len(info)) + info
    head = struct.pack(">3H", invoke_id, layout.CONFIRMED_EVENT, len(event))
    return operation(layout.INVOKE, head + event)


def results(
    request: PollRequest, ticks: int, objects: Sequence[ObjectAttributes], sequence: int | None = None
) -> list[bytes]:
    """The messages that answer a poll: one, or linked parts and an empty last result.

    Args:
        request: The poll that is answered.
        ticks: The monitor's clock, 1/8 ms.
        objects: What is told.
        sequence: Of an extended poll: which of its results this is, from 0.
    """
    parts = _parts([struct.pack(">H", handle) + listed(*(attribute(*a) for a in attributes))
                    for handle, attributes in objects])  # fmt: skip
    if len(parts) == 1:
        return [_part(request, ticks, sequence, parts[0])]
    linked = [_part(request, ticks, sequence, part, (_link(n, len(parts)), n + 1))
              for n, part in enumerate(parts)]  # fmt: skip
    return [*linked, _part(request, ticks, sequence, [])]


def attribute(number: int, value: bytes) -> bytes:
    """One attribute with its length."""
    return struct.pack(">2H", number, len(value)) + value


def listed(*elements: bytes) -> bytes:
    """A list: count, length, elements."""
    joined = b"".join(elements)
    return struct.pack(">2H", len(elements), len(joined)) + joined


def text(words: str) -> bytes:
    """A text: length, UTF-16 and a NUL."""
    coded = (words + "\0").encode("utf-16-be")
    return struct.pack(">H", len(coded)) + coded


def _parts(objects: list[bytes]) -> list[list[bytes]]:
    parts: list[list[bytes]] = [[]]
    for one in objects:
        if parts[-1] and sum(map(len, parts[-1])) + len(one) > PART_AT_MOST:
            parts.append([])
        parts[-1].append(one)
    return parts


def _link(part: int, count: int) -> int:
    if part == 0:
        return layout.LINK_FIRST
    return layout.LINK_LAST if part == count - 1 else layout.LINK_MIDDLE


def _part(
    request: PollRequest,
    ticks: int,
    sequence: int | None,
    objects: list[bytes],
    link: tuple[int, int] | None = None,
) -> bytes:
    contexts = [struct.pack(">H", 0) + listed(*objects)] if objects else []
    reply = struct.pack(">H", request.poll_number)
    reply += b"" if sequence is None else struct.pack(">H", sequence & 0xFFFF)
    reply += struct.pack(">I", ticks % layout.TICKS_WRAP) + NOT_TOLD
    reply += struct.pack(">3H", layout.OBJECTS, request.object_class, request.group) + listed(*contexts)
    action = layout.POLL_ONCE if sequence is None else layout.POLL_EXTENDED
    result = layout.MDS_OBJECT + struct.pack(">2H", action, len(reply)) + reply
    head = struct.pack(">3H", request.invoke_id, layout.CONFIRMED_ACTION, len(result))
    if link is None:
        return operation(layout.RESULT, head + result)
    return operation(layout.LINKED_RESULT, bytes(link) + head + result)

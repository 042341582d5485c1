"""Messages of the data export protocol: bytes -> what is said. Bounds are checked, meaning is not judged."""

from dataclasses import dataclass

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.content import Content, read_attributes
from nurse_station.devices.philips_intellivue.cursor import BoundsError, Cursor


@dataclass(frozen=True, slots=True)
class SessionWord:
    """A message of the association itself: `kind` is its first byte (ACCEPT, REFUSE, ABORT, ...)."""

    kind: int


@dataclass(frozen=True, slots=True)
class MdsCreated:
    """The monitor is ready and waits for the confirmation, which repeats number and object."""

    invoke_id: int
    managed_object: bytes
    content: Content


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The station has confirmed an event."""

    invoke_id: int


@dataclass(frozen=True, slots=True)
class PollRequest:
    """Of a class of objects one group of attributes: once, or for `active` 1/8 ms (extended)."""

    invoke_id: int
    poll_number: int
    object_class: int
    group: int
    active: int | None


@dataclass(frozen=True, slots=True)
class PollResult:
    """An answer to a poll, or a part of one.

    Attributes:
        link: 0: the last or only part; else LINK_FIRST, LINK_MIDDLE or LINK_LAST.
        sequence: Of an extended poll; None: a single poll.
        relative_time: The monitor's clock since it was started, 1/8 ms.
        absolute_time: Eight BCD bytes; all FF where the monitor does not tell.
    """

    link: int
    poll_number: int
    sequence: int | None
    relative_time: int
    absolute_time: bytes
    object_class: int
    objects: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A whole message that says nothing that the station reads: an error, a list, another event."""


Message = SessionWord | MdsCreated | Confirmed | PollRequest | PollResult | Unread

_SESSION_WORDS = frozenset((layout.REFUSE, layout.ASSOCIATE, layout.ACCEPT,
                            layout.RELEASE, layout.RELEASED, layout.ABORT))  # fmt: skip


def parse(data: bytes) -> Message | str:
    """What a message says, or the reason it is refused: "bounds" or "unknown"."""
    cursor = Cursor(data)
    try:
        kind = cursor.u8()
        if kind in _SESSION_WORDS:
            return SessionWord(kind)  # the first byte is enough, says the guide
        return _data(cursor) if kind == layout.DATA else "unknown"
    except BoundsError:
        return "bounds"


def _data(cursor: Cursor) -> Message:
    cursor.take(len(layout.SESSION) - 1)
    operation = cursor.u16()
    body = cursor.window(cursor.u16())
    match operation:
        case layout.INVOKE:
            return _invoked(body)
        case layout.RESULT:
            return _result(0, body)
        case layout.LINKED_RESULT:
            state, _ = body.u8(), body.u8()
            return _result(state, body)
        case _:
            return Unread()


def _invoked(cursor: Cursor) -> Message:
    invoke_id, command = cursor.u16(), cursor.u16()
    argument = cursor.window(cursor.u16())
    if command == layout.CONFIRMED_EVENT:
        return _event(invoke_id, argument)
    if command == layout.CONFIRMED_ACTION:
        return _poll_request(invoke_id, argument)
    return Unread()


def _event(invoke_id: int, cursor: Cursor) -> Message:
    managed_object, _, kind = cursor.take(6), cursor.u32(), cursor.u16()
    info = cursor.window(cursor.u16())
    if kind != layout.MDS_CREATED:
        return Unread()
    info.take(6)
    content = read_attributes(Content(), layout.MDS, info)
    return MdsCreated(invoke_id, managed_object, content)


def _poll_request(invoke_id: int, cursor: Cursor) -> Message:
    cursor.take(6 + 4)  # the object that is asked, scope
    action = cursor.u16()
    body = cursor.window(cursor.u16())
    if action not in (layout.POLL_ONCE, layout.POLL_EXTENDED):
        return Unread()
    poll_number, _, object_class, group = body.u16(), body.u16(), body.u16(), body.u16()
    active = _active(body) if action == layout.POLL_EXTENDED else None
    return PollRequest(invoke_id, poll_number, object_class, group, active)


def _active(cursor: Cursor) -> int:
    active = 0
    for element in cursor.listed():
        attribute, value = element.u16(), element.window(element.u16())
        if attribute == layout.ACTIVE_PERIOD:
            active = value.u32()
    return active


def _result(link: int, cursor: Cursor) -> Message:
    invoke_id, command = cursor.u16(), cursor.u16()
    body = cursor.window(cursor.u16())
    if command == layout.CONFIRMED_EVENT:
        return Confirmed(invoke_id)
    if command != layout.CONFIRMED_ACTION:
        return Unread()
    body.take(6)  # the object that answers; unlike the request, the answer has no scope
    action = body.u16()
    reply = body.window(body.u16())
    if action not in (layout.POLL_ONCE, layout.POLL_EXTENDED):
        return Unread()
    return _poll_result(link, action == layout.POLL_EXTENDED, reply)


def _poll_result(link: int, extended: bool, cursor: Cursor) -> PollResult:
    poll_number = cursor.u16()
    sequence = cursor.u16() if extended else None
    relative_time, absolute_time = cursor.u32(), cursor.take(8)
    partition, object_class, _ = cursor.u16(), cursor.u16(), cursor.u16()
    if partition != layout.OBJECTS:
        object_class = -1  # the same number means another thing elsewhere
    return PollResult(link, poll_number, sequence, relative_time, absolute_time, object_class,
                      _objects(object_class, cursor))  # fmt: skip


def _objects(object_class: int, cursor: Cursor) -> tuple[Content, ...]:
    if len(cursor) < 4:  # an empty list may lack its length
        return ()
    found: list[Content] = []
    for in_context in cursor.listed():
        context = in_context.u16()
        for one in in_context.listed():
            content = Content(context=context, handle=one.u16())
            found.append(read_attributes(content, object_class, one))
    return tuple(found)

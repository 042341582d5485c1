"""What the station says to an IntelliVue monitor: associate, confirm, poll, release. There is nothing else.

None of it changes a setting: there is no set, no alarm silencing, no start of a cuff among these messages.
"""

import struct

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.messages import MdsCreated

# The fixed parts of the session and presentation layers (ISO 8327 and 8823), as the guide prints them.
_SESSION_DATA = bytes.fromhex("0508130100160102800014020002")
_PRESENTATION = bytes.fromhex(
    "3180a0808001010000a280a003000001a48030800201010604520100013080060251010000000030800201"
    "02060c2a8648ce14020100000001013080060c2a8648ce14020100000002010000000000006180308002"
    "0101a0806080a180060c2a8648ce14020100000003010000be802880060c2a8648ce14020100000001010201"
    "0281"
)
_TRAILER = bytes(16)
RELEASE_REQUEST = bytes.fromhex("0918c11661803080020101a08062808001000000000000000000")

RECEIVE_AT_MOST, SEND_AT_MOST = 2500, 1000  # bytes a message, as offered; RS-232 carries 1000 at most
ONE_SECOND = layout.TICKS_A_SECOND
CLIENT = 0x80000000
OPTIONS = 0x80000000 | 0x08000000 | 0x04000000  # values every second, waves, enumerations

_USER_INFO = struct.Struct(">5I2H")  # protocol, nomenclature, functions, client, cold start, no options
_PROFILE = struct.Struct(">6I")  # revision, shortest poll period, receive, send, bandwidth, options


def association_request() -> bytes:
    """The message that asks to associate, with values every second, waves and enumerations."""
    return session(layout.ASSOCIATE, _PRESENTATION, user_information(CLIENT, OPTIONS))


def user_information(system: int, options: int) -> bytes:
    """Who associates (client or monitor), the offered sizes and periods, and the options of polling."""
    extension = _listed(_attribute(0xF001, struct.pack(">I2H", options, 0, 0)))
    profile = _PROFILE.pack(0x80000000, ONE_SECOND, RECEIVE_AT_MOST, SEND_AT_MOST, 0xFFFFFFFF, 0x60000000)
    supported = _listed(_attribute(1, profile + extension))
    return _USER_INFO.pack(0x80000000, 0x40000000, 0, system, 0x20000000, 0, 0) + supported


def session(kind: int, presentation: bytes, user: bytes) -> bytes:
    """A message of the association with user information (less than 128 bytes of it)."""
    inner = presentation + bytes((len(user),)) + user + _TRAILER
    body = _SESSION_DATA + b"\xc1" + _size(len(inner)) + inner
    return bytes((kind,)) + _size(len(body)) + body


def confirmation(created: MdsCreated) -> bytes:
    """The answer to "the monitor is ready": it repeats the event's number and object."""
    result = created.managed_object + struct.pack(">I2H", 0, layout.MDS_CREATED, 0)
    head = struct.pack(">3H", created.invoke_id, layout.CONFIRMED_EVENT, len(result))
    return operation(layout.RESULT, head + result)


def single_poll(number: int, object_class: int, group: int, *, invoke_id: int) -> bytes:
    """Ask once for a group of attributes of all objects of a class."""
    request = struct.pack(">4H", number, layout.OBJECTS, object_class, group)
    return _action(invoke_id, layout.POLL_ONCE, request)


def extended_poll(number: int, object_class: int, group: int, *, active_s: float, invoke_id: int) -> bytes:
    """Ask for a group of attributes of all objects of a class, again and again for `active_s` seconds."""
    period = struct.pack(">I", round(active_s * layout.TICKS_A_SECOND))
    request = struct.pack(">4H", number, layout.OBJECTS, object_class, group)
    return _action(
        invoke_id, layout.POLL_EXTENDED, request + _listed(_attribute(layout.ACTIVE_PERIOD, period))
    )


def operation(kind: int, body: bytes) -> bytes:
    """A data message: the session's header, then an operation."""
    return layout.SESSION + struct.pack(">2H", kind, len(body)) + body


def _action(invoke_id: int, action: int, request: bytes) -> bytes:
    argument = layout.MDS_OBJECT + struct.pack(">I2H", 0, action, len(request)) + request
    head = struct.pack(">3H", invoke_id, layout.CONFIRMED_ACTION, len(argument))
    return operation(layout.INVOKE, head + argument)


def _attribute(attribute: int, value: bytes) -> bytes:
    return struct.pack(">2H", attribute, len(value)) + value


def _listed(*elements: bytes) -> bytes:
    joined = b"".join(elements)
    return struct.pack(">2H", len(elements), len(joined)) + joined


def _size(count: int) -> bytes:
    return bytes((count,)) if count < 0xFF else b"\xff" + count.to_bytes(2, "big")

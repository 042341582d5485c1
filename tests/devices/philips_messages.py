"""IntelliVue messages built for tests, byte by byte by the guide: shares no code with the driver's own."""

import struct

from nurse_station.devices.contract import Event
from nurse_station.devices.philips_intellivue.decoder import IntellivueDecoder
from nurse_station.devices.philips_intellivue.framing import frame
from nurse_station.vitals.readings import DeviceCondition, Reading

Attributes = list[tuple[int, bytes]]
NUMERICS, WAVES, MDS, PATIENT, ALARMS = 6, 9, 33, 42, 54
BPM, PERCENT, MMHG, KPA, CELSIUS, MILLIVOLT = 2720, 544, 3872, 3843, 6048, 4274


def counted(*elements: bytes) -> bytes:
    return struct.pack(">HH", len(elements), sum(map(len, elements))) + b"".join(elements)


def attributes(listed: Attributes) -> bytes:
    return counted(*(struct.pack(">HH", number, len(value)) + value for number, value in listed))


def reply(
    object_class: int, objects: list[tuple[int, Attributes]], *, extended: bool = False,
    ticks: int = 80_000, absolute: bytes = b"\xff" * 8, partition: int = 1,
) -> bytes:  # fmt: skip
    told = [struct.pack(">H", handle) + attributes(listed) for handle, listed in objects]
    contexts = counted(struct.pack(">H", 0) + counted(*told)) if told else counted()
    head = struct.pack(">H", 1) + (struct.pack(">H", 5) if extended else b"")
    head += struct.pack(">I", ticks) + absolute + struct.pack(">HHH", partition, object_class, 0x0803)
    return head + contexts


def result(data: bytes, *, extended: bool = False, link: tuple[int, int] | None = None) -> bytes:
    """A result: of a poll, or (link: state and count) one of its linked parts."""
    action = 0xF13B if extended else 0x0C16
    answer = struct.pack(">HHHHH", 33, 0, 0, action, len(data)) + data
    body = (b"" if link is None else bytes(link)) + struct.pack(">HHH", 7, 7, len(answer)) + answer
    return b"\xe1\x00\x00\x02" + struct.pack(">HH", 2 if link is None else 5, len(body)) + body


def told(object_class: int, *listed: Attributes, **more: int) -> bytes:
    """The frame of a single poll's result: one object for each list of attributes."""
    objects = [(0x100 + n, each) for n, each in enumerate(listed)]
    return frame(result(reply(object_class, objects, **more)))


def observed(physio: int, word: int, unit: int, state: int = 0) -> bytes:
    return struct.pack(">HHHI", physio, state, unit, word)


def value(physio: int, word: int, unit: int, state: int = 0) -> Attributes:
    return [(0x0950, observed(physio, word, unit, state))]


def utf16(words: str) -> bytes:
    coded = (words + "\0").encode("utf-16-be")
    return struct.pack(">H", len(coded)) + coded


def alarm(source: int, code: int, *, kind: int = 1024, state: int = 0, words: str | None = None) -> bytes:
    info = struct.pack(">HIHH", 1, 0, 0, 0) + (b"" if words is None else utf16(words))
    head = struct.pack(">HHHH", source, code, kind, state) + struct.pack(">HHH", 54, 0, 1)
    return head + struct.pack(">HH", 513 if words is None else 516, len(info)) + info


def created(listed: Attributes, invoke_id: int = 9) -> bytes:
    """The frame with which the monitor presents itself."""
    info = struct.pack(">HHH", 33, 0, 0) + attributes(listed)
    event = struct.pack(">HHHIHH", 33, 0, 0, 80_000, 0x0D06, len(info)) + info
    body = struct.pack(">HHH", invoke_id, 1, len(event)) + event
    return frame(b"\xe1\x00\x00\x02" + struct.pack(">HH", 1, len(body)) + body)


def heard(*frames: bytes, at: float = 50.0) -> list[Event]:
    decoder = IntellivueDecoder()
    return [event for one in frames for event in decoder.feed(one, at)]


def readings(*frames: bytes, at: float = 50.0) -> dict[str, Reading]:
    return {event.parameter: event for event in heard(*frames, at=at) if isinstance(event, Reading)}


def conditions(*frames: bytes) -> dict[str, DeviceCondition]:
    return {event.key: event for event in heard(*frames) if isinstance(event, DeviceCondition)}

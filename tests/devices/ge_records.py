"""Records of an S/5 monitor built for tests: what the tests do not name is as on a quiet monitor."""

import struct

from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.decoder import GeS5Decoder
from nurse_station.devices.ge_s5_dri.framing import frame
from nurse_station.devices.ge_s5_dri.record import Subrecord, build
from nurse_station.vitals.readings import Reading

QUIET: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "ecg": (0b1011, 0, (80, 0, 0, 0, 16)),
    "nibp": (0b11, 0b1011, (12000, 8000, 9300, -32767)),
    "spo2": (0b11, 0, (9700, 79, 400, -32767)),
    "co2": (0b11, 1, (500, 20, 15, 7600)),
}


def displayed(
    stamp: int = 1000, *, level: int = 10, **groups: tuple[int, int, tuple[int, ...]] | None
) -> bytes:
    """A frame with one displayed record. A group is (status, label, values); None: absent."""
    data = bytearray(270)
    for name, group in {**QUIET, **groups}.items():
        status, label, values = group or (0, 0, (-32767,) * 4)
        at = layout.GROUPS[name].at
        struct.pack_into(f"<IH{len(values)}h", data, at, status, label, *values)
    body = struct.pack("<I", stamp) + bytes(data) + bytes(2) + b"\xa1\x00"
    return frame(build(layout.PHYSIOLOGICAL, [Subrecord(layout.DISPLAYED, body)], time=stamp, level=level))


def wave(kind: int, samples: list[int], stamp: int = 1000) -> bytes:
    """A frame with one wave."""
    body = layout.WAVE_HEADER.pack(len(samples), 0, 0) + struct.pack(f"<{len(samples)}h", *samples)
    return frame(build(layout.WAVE, [Subrecord(kind, body)], time=stamp, level=10))


def live_decoder(stamp: int = 999, at: float = -1.0) -> GeS5Decoder:
    """A decoder that has seen a live wave, so that the next displayed record is judged at once."""
    decoder = GeS5Decoder()
    decoder.feed(wave(15, [0], stamp), at)
    return decoder


def readings(frames: bytes, decoder: GeS5Decoder | None = None, at: float = 0.0) -> dict[str, Reading]:
    """The last reading of each parameter in the frames."""
    events = (decoder or live_decoder()).feed(frames, at)
    return {event.parameter: event for event in events if isinstance(event, Reading)}

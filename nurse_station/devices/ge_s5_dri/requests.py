"""S/5 computer interface: what is asked of the monitor, and reading it back (for the emulator).

Only values and waves are ever asked for; no request here changes a setting of the monitor.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.framing import frame
from nurse_station.devices.ge_s5_dri.record import Record, Subrecord, build

# record type, interval s, class bits, reserved
VALUES = struct.Struct("<BhIh")
# start/stop, reserved, 8 types, 16 further types, 2 reserved
WAVES = struct.Struct("<hh8s16shh")
START, STOP = 0, 1
BASIC_CLASS = 0
ONCE = -1
MAX_WAVES = 8
MAX_SAMPLES_A_SECOND = 600
"""More is dropped silently by the monitor."""


@dataclass(frozen=True, slots=True)
class ValuesRequest:
    """Displayed values (or another record type) every `interval_s` seconds; 0: no more; -1: once."""

    kind: int
    interval_s: int


@dataclass(frozen=True, slots=True)
class WavesRequest:
    """These wave types from now on; none: no more."""

    types: tuple[int, ...]


def ask_values(interval_s: int, *, kind: int = layout.DISPLAYED, classes: int = BASIC_CLASS) -> bytes:
    """The frame that asks for values every `interval_s` seconds (0 cancels, -1 asks once)."""
    data = VALUES.pack(kind, interval_s, classes, 0)
    return frame(build(layout.PHYSIOLOGICAL, [Subrecord(layout.REQUEST, data)]))


def ask_waves(waves: Sequence[str]) -> bytes:
    """The frame that starts these waves (at most 8 keys and 600 samples a second); none: stops all.

    Raises:
        ValueError: More waves or samples than the monitor sends.
    """
    types = [layout.WAVE_NUMBERS[wave] for wave in waves]
    if len(types) > MAX_WAVES or sum(layout.WAVE_TYPES[t].rate_hz for t in types) > MAX_SAMPLES_A_SECOND:
        msg = f"the monitor sends at most {MAX_WAVES} waves and {MAX_SAMPLES_A_SECOND} samples a second"
        raise ValueError(msg)
    listed = bytes(types) + (b"\xff" if len(types) < MAX_WAVES else b"")
    data = WAVES.pack(START if types else STOP, 0, listed.ljust(8, b"\0"), bytes(16), 0, 0)
    return frame(build(layout.WAVE, [Subrecord(layout.REQUEST, data)]))


def read_request(record: Record) -> ValuesRequest | WavesRequest | None:
    """What a record asks for; None: it is not a request."""
    for subrecord in record.subrecords:
        if subrecord.kind != layout.REQUEST:
            continue
        if record.main_type == layout.PHYSIOLOGICAL and len(subrecord.data) >= VALUES.size:
            kind, interval_s, _, _ = VALUES.unpack_from(subrecord.data)
            return ValuesRequest(kind, interval_s)
        if record.main_type == layout.WAVE and len(subrecord.data) >= WAVES.size:
            start, _, types, _, _, _ = WAVES.unpack_from(subrecord.data)
            listed = types.split(b"\xff")[0]
            return WavesRequest(tuple(listed) if start == START else ())
    return None

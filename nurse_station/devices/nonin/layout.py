"""Nonin serial formats DF1, DF2, DF7 and DF8: bits, places and codes, as tables. Reads no stream.

Sources: published readers of the OEM III, Xpod and WristOx2 formats (mdpnp, Pufferfish, the Oxford reader,
Format8); where they disagree on the heart rate, the vectors decide: its upper bits are bits 8 and 7.
"""

from dataclasses import dataclass
from enum import IntEnum

PARAMETERS_SENT = ("spo2", "pr")
PR_MISSING = 511
SPO2_MISSING = 127
LOW_SEVEN = 0x7F
PR_HIGH_BITS = 0x03

FRAME_SIZE = 5
FRAMES = 25
PACKET_SIZE = FRAME_SIZE * FRAMES
PACKETS_A_SECOND = 3
PLETH_HZ = float(FRAMES * PACKETS_A_SECOND)
FLOAT_AT = 3
CHECKSUM_AT = 4

ALWAYS = 0x80
"""Bit 7 of every status byte."""
SYNC = 0x01
"""Of a packet format: this frame is the first of its packet."""

# What the float byte of a frame carries, by the frame's place in the packet, counted from 0.
REVISION_AT = 3
TIMER_AT = 5
STATUS_2_AT = 7
PR_PLACES = (0, 13, 19, 21)
SPO2_PLACES = (2, 8, 9, 10, 15, 16)
"""The first is the average that is shown; the others are averages of the same beats, longer, shorter or
"for display". Those for display stand for ten seconds after the finger has left: they are never shown."""

CONTRADICTION = {"spo2": 10, "pr": 30}
"""No two averages of the same beats are so far apart: frames stand in each other's places."""


class Effect(IntEnum):
    """What a status bit means for the numbers that stand beside it."""

    NONE = 0
    DOUBTS = 1
    ENDS = 2
    """There is no measurement, whatever digits the frame has."""


@dataclass(frozen=True, slots=True)
class Bit:
    """One bit of a status byte, and what it becomes."""

    mask: int
    conditions: tuple[str, ...]
    effect: Effect = Effect.NONE


_DISCONNECTED = Bit(0x40, ("spo2_no_sensor", "spo2_off"), Effect.ENDS)

PACKET_BITS = (
    _DISCONNECTED,
    Bit(0x20, ("spo2_artefact",), Effect.DOUBTS),
    Bit(0x10, ("spo2_out_of_track",), Effect.DOUBTS),
    # "Sensor alarm": unusable data, set when the finger is out of the sensor.
    Bit(0x08, ("spo2_off",), Effect.ENDS),
)
"""DF2 and DF7, from bit 6 down; bits 2 and 1 are the colour of the pulse."""

PERFUSION = 0x06
PERFUSION_COLOURS = {
    0x04: Bit(0x04, ("spo2_low_perfusion",), Effect.DOUBTS),
    0x06: Bit(0x06, ("spo2_weak",)),
    0x02: Bit(0x02, ()),
}
"""Red, yellow and green: sent for the 0.16 s of a pulse only, so the last colour stands until the next."""

STATUS_2_BITS = (Bit(0x01, ("battery_low",)), Bit(0x20, ("spo2_smartpoint",)))

SHORT_BITS = (
    _DISCONNECTED,
    Bit(0x20, ("spo2_out_of_track",), Effect.DOUBTS),
    Bit(0x10, ("spo2_low_perfusion",), Effect.DOUBTS),
    Bit(0x08, ("spo2_weak",)),
    Bit(0x04, ("spo2_artefact",), Effect.DOUBTS),
)
"""DF1 and DF8, from bit 6 down; bits 1 and 0 are bits 8 and 7 of the pulse rate."""


@dataclass(frozen=True, slots=True)
class PacketFormat:
    """A format of packets of 25 frames of 5 bytes, 3 packets a second, a checksum in every frame.

    Attributes:
        key: The driver's key.
        start: What every frame begins with, before its status byte.
        full_scale: The largest sample of the pleth.
    """

    key: str
    start: bytes
    full_scale: int

    @property
    def status_at(self) -> int:
        """Where in a frame the status byte stands; the sample follows it."""
        return len(self.start)

    @property
    def resolution(self) -> float:
        """One step of the pleth, in percent of the full scale."""
        return 100.0 / self.full_scale


@dataclass(frozen=True, slots=True)
class ShortFormat:
    """A format of one frame a second without a checksum: status, pulse rate, saturation, and maybe more.

    Attributes:
        key: The driver's key.
        size: Bytes of a frame.
    """

    key: str
    size: int

    @property
    def has_status_2(self) -> bool:
        """Whether a second status byte ends the frame."""
        return self.size > 3


DF1 = ShortFormat("nonin-df1", 3)
DF8 = ShortFormat("nonin-df8", 4)
DF2 = PacketFormat("nonin-df2", b"\x01", 0xFF)
DF7 = PacketFormat("nonin-df7", b"", 0xFFFF)

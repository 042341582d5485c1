"""What every monitor family gives: a decoder, a conversation, an emulator, line settings.

All of it is sans-I/O: bytes and a time in, values or bytes out. No port, no clock, no thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock

Event = Reading | WaveBlock | DeviceCondition | FrameAccepted | FrameRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSettings:
    """How a serial line must be set: the manual's own words.

    Attributes:
        baud_rate: bit/s.
        data_bits: 7 or 8.
        parity: "N", "E" or "O".
        stop_bits: 1 or 2.
        rts_cts: Hardware handshake.
        xon_xoff: Software handshake.
    """

    baud_rate: int
    data_bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    rts_cts: bool = False
    xon_xoff: bool = False

    def __str__(self) -> str:
        """As an engineer writes it: `19200 8E1, RTS/CTS`."""
        handshake = ", RTS/CTS" if self.rts_cts else ", XON/XOFF" if self.xon_xoff else ""
        return f"{self.baud_rate} {self.data_bits}{self.parity}{self.stop_bits}{handshake}"


class Decoder(Protocol):
    """Bytes in, readings out.

    `feed` never raises on any bytes; any split of the same bytes gives the same events with the
    same values (times follow the chunk that completed the frame).
    """

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """Take bytes that arrived at monotonic second `at`; return all that they completed."""

    def finish(self, at: float) -> list[Event]:
        """The line ended or was reopened: give what was held back, forget what was half received."""


class Conversation(Protocol):
    """What the station must say to a monitor so that it speaks. Read-only: never a setting."""

    def opened(self, now: float) -> bytes:
        """The line was opened: the bytes to send first (may be empty)."""

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """Called a few times a second; the bytes to send now, e.g. when the monitor fell silent.

        Args:
            now: Monotonic seconds.
            last_frame_at: When the last good frame arrived since the line was opened; None: none yet.
        """

    def closing(self) -> bytes:
        """The line will be closed on purpose: the bytes that end the monitor's sending."""


class Patient(Protocol):
    """A body that an emulator can measure. Times are seconds since the patient's own beginning."""

    def numerics(self, at: float) -> dict[str, float | None]:
        """Parameter key -> true value at `at` in the parameter's unit; None: cannot be measured.

        Holds the continuous parameters and, for the cuff, what it would measure if it did.
        """

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        """`count` samples of the wave at start, start + 1/rate_hz, ...; shape (count,); NaN: none."""


class Emulator(Protocol):
    """A monitor of the family, attached to a patient: it answers in the family's own bytes."""

    def receive(self, chunk: bytes, now: float) -> None:
        """Take bytes from the station."""

    def emit(self, now: float) -> bytes:
        """All bytes that the monitor has sent since the last call, up to `now` (seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One row of the registry: all that the station knows of a monitor family.

    Attributes:
        key: The word on the command line and in settings, e.g. "ge-s5-dri".
        name: The name that a nurse reads.
        models: The monitors that speak it.
        line: How the serial line is set.
        other_baud_rates: Further rates that some models use.
        notes: Cable and settings to mind, for whoever connects it.
        refusals: Every reason that a frame can be refused for, with a sentence an engineer can act on.
        conditions: Every condition key that the decoder can give, with its words.
        silence_after_s: With no good frame for so long, values are no longer current (seconds).
        decoder: Makes a decoder.
        conversation: Makes the conversation that goes with a decoder (it may look at what was heard).
        emulator: Makes a monitor of the family for a patient and a seed.
        pace: For a capture without times: splits the bytes into (seconds from the start, chunk).
        ordinary: Those of the conditions that only inform: no sign of trouble.
        checksum: Whether the format has one; without, shape and range are all that can refuse a frame.
        shown_raw: Documented status or alarm bits that are not decoded, each in words: the detail of
            the condition "monitor_status" carries them as the monitor sent them.
    """

    key: str
    name: str
    models: tuple[str, ...]
    line: LineSettings
    silence_after_s: float
    decoder: Callable[[], Decoder]
    conversation: Callable[[Decoder], Conversation]
    emulator: Callable[[Patient, int], Emulator]
    pace: Callable[[bytes], Sequence[tuple[float, bytes]]]
    other_baud_rates: tuple[int, ...] = ()
    notes: str = ""
    refusals: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, str] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()
    checksum: bool = True
    shown_raw: tuple[str, ...] = ()

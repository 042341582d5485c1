"""Nonin DF2 and DF7, the packet: bytes of the line <-> 25 frames. Knows nothing of what a frame says.

A packet is refused as a whole: a number may be spread over two frames, and a third of a second is
soon over. It is found again at the next frame that says "first", fits its checksum, and has 24 behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nurse_station.devices.nonin.layout import (
    ALWAYS,
    CHECKSUM_AT,
    FLOAT_AT,
    FRAME_SIZE,
    FRAMES,
    PACKET_SIZE,
    SYNC,
    PacketFormat,
)

KEPT_OF_REFUSED = 64


@dataclass(frozen=True, slots=True)
class Packet:
    """A whole packet, every frame of which passed."""

    data: bytes

    def column(self, place: int) -> bytes:
        """The byte at `place` of each of the 25 frames."""
        return self.data[place::FRAME_SIZE]


@dataclass(frozen=True, slots=True)
class Refused:
    """Bytes that are no packet, and the reason; `head` is the first of them, at most 64."""

    reason: str
    head: bytes
    size: int


def fault(form: PacketFormat, frame: bytes, *, first: bool) -> str:
    """What is wrong with 5 bytes as the first or a later frame of a packet; "": nothing."""
    if sum(frame[:CHECKSUM_AT]) & 0xFF != frame[CHECKSUM_AT]:
        return "checksum"
    status = frame[form.status_at]
    if not frame.startswith(form.start) or not status & ALWAYS:
        return "status"
    return "" if bool(status & SYNC) == first else "sync"


class PacketSplitter:
    """Cuts a stream into packets. Any split of the stream gives the same; memory is bounded."""

    def __init__(self, form: PacketFormat) -> None:
        self._form = form
        self._pending = bytearray()
        self._good = 0  # frames of the packet that begins the pending bytes
        self._stray = 0  # bytes passed over since the last packet; below 0: those that are told already
        self._passed = bytearray()  # the first of them
        self._follows = False  # the pending bytes begin right behind a packet

    def feed(self, chunk: bytes) -> list[Packet | Refused]:
        """Take bytes; return what they completed. Never raises."""
        self._pending += chunk
        found: list[Packet | Refused] = []
        while len(self._pending) >= FRAME_SIZE * (self._good + 1):
            begin = FRAME_SIZE * self._good
            frame = bytes(self._pending[begin : begin + FRAME_SIZE])
            wrong = fault(self._form, frame, first=self._good == 0)
            if wrong:
                found += self._lost(wrong)
            elif self._good + 1 == FRAMES:
                found.append(self._whole())
            else:
                self._good += 1
        return found

    def forget(self) -> list[Refused]:
        """The line ended or was reopened: what was half received is of no use."""
        head, size = bytes(self._passed + self._pending), self._stray + len(self._pending)
        self._pending.clear()
        self._passed.clear()
        self._good = self._stray = 0
        self._follows = False
        return [Refused("start", head[:KEPT_OF_REFUSED], size)] if size >= PACKET_SIZE else []

    def _whole(self) -> Packet:
        packet = Packet(bytes(self._pending[:PACKET_SIZE]))
        del self._pending[:PACKET_SIZE]
        self._passed.clear()
        self._good = self._stray = 0
        self._follows = True
        return packet

    def _lost(self, wrong: str) -> list[Refused]:
        """Pass over one byte and look again; tell what was a packet so far, or long was none."""
        told: list[Refused] = []
        if self._good or self._follows:
            size = FRAME_SIZE * (self._good + 1)
            told.append(Refused(wrong, bytes(self._pending[: min(size, KEPT_OF_REFUSED)]), size))
            self._stray = -size  # whatever else is found in these
            self._passed.clear()
        self._good, self._follows = 0, False
        return told + self._pass_over()

    def _pass_over(self) -> list[Refused]:
        self._stray += 1
        if 0 < self._stray <= KEPT_OF_REFUSED:
            self._passed.append(self._pending[0])
        del self._pending[0]
        if self._stray < PACKET_SIZE:
            return []
        refused = Refused("start", bytes(self._passed), self._stray)
        self._stray = 0
        self._passed.clear()
        return [refused]


def packet(form: PacketFormat, statuses: Sequence[int], samples: Sequence[int], floats: bytes) -> bytes:
    """25 frames as they go over the line; sync bit, bit 7 and checksums are put in.

    Args:
        form: DF2 or DF7.
        statuses: 25 status bytes.
        samples: 25 samples, 0 to the format's full scale.
        floats: 25 float bytes.
    """
    sent = b""
    for place, (status, sample, carried) in enumerate(zip(statuses, samples, floats, strict=True)):
        head = form.start + bytes((status | ALWAYS | (SYNC if place == 0 else 0),))
        frame = head + sample.to_bytes(FLOAT_AT - len(head), "big") + bytes((carried,))
        sent += frame + bytes((sum(frame) & 0xFF,))
    return sent

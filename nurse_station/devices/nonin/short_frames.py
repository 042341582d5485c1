"""Nonin DF1 and DF8, the frame: 3 or 4 bytes a second, found by bit 7 alone. There is no checksum.

Bit 7 is set in the first byte of a frame and in no other. A frame counts when the frame behind it
begins right after its last byte: only then is it known that no byte between them was lost, which would
put the digits of one number into the place of another. After damage, and at the beginning, it takes
two whole frames in a row; after damage the two must also agree, because noise makes such frames too.
"""

from dataclasses import dataclass

from nurse_station.devices.nonin.layout import (
    ALWAYS,
    LOW_SEVEN,
    PR_HIGH_BITS,
    PR_MISSING,
    SPO2_MISSING,
    ShortFormat,
)
from nurse_station.vitals.parameters import PARAMETERS

STRAY_TOLD_AFTER = 64
AGREE_PR = 15
AGREE_SPO2 = 4
"""How far apart two averaged values a second apart may be after damage to confirm each other."""


@dataclass(frozen=True, slots=True)
class ShortFrame:
    """One frame.

    Attributes:
        data: Its bytes.
        at: Monotonic seconds at which its last byte arrived.
        jumped: Its numbers are far from those of the frame before: a change, or a flipped bit.
        confirmed: A frame followed it; else the line ended first.
    """

    data: bytes
    at: float
    jumped: bool = False
    confirmed: bool = True

    @property
    def pr(self) -> int:
        """The pulse rate as sent; 511: none."""
        return (self.data[0] & PR_HIGH_BITS) << 7 | self.data[1]

    @property
    def spo2(self) -> int:
        """The saturation as sent; 127: none."""
        return self.data[2]

    def in_range(self) -> bool:
        """Whether both numbers are ones that an oximeter sends."""
        return _sent(self.pr, PR_MISSING, "pr") and _sent(self.spo2, SPO2_MISSING, "spo2")

    def agrees(self, other: "ShortFrame") -> bool:
        """Whether both say the same within what a second can change."""
        if (self.pr == PR_MISSING) != (other.pr == PR_MISSING):
            return False
        if (self.spo2 == SPO2_MISSING) != (other.spo2 == SPO2_MISSING):
            return False
        return not self.far_from(other)

    def far_from(self, other: "ShortFrame") -> bool:
        """Whether a number that both have differs by more than a second can change."""
        pr = PR_MISSING not in (self.pr, other.pr) and abs(self.pr - other.pr) > AGREE_PR
        spo2 = SPO2_MISSING not in (self.spo2, other.spo2) and abs(self.spo2 - other.spo2) > AGREE_SPO2
        return pr or spo2


def _sent(raw: int, missing: int, parameter: str) -> bool:
    return raw == missing or (raw > 0 and PARAMETERS[parameter].accepts(raw))


@dataclass(frozen=True, slots=True)
class Refused:
    """Bytes that are no frame, and the reason; all of them, at most 64."""

    reason: str
    data: bytes


Found = ShortFrame | Refused


class ShortSplitter:
    """Cuts a stream into frames. Any split of the stream gives the same; memory is bounded."""

    def __init__(self, form: ShortFormat) -> None:
        self._size = form.size
        self.forget()

    def feed(self, chunk: bytes, at: float) -> list[Found]:
        """Take bytes that arrived at `at`; return the frames that they confirmed. Never raises."""
        found: list[Found] = []
        for byte in chunk:
            if byte & ALWAYS:
                found += self._begins(byte)
            elif self._partial:
                found += self._continues(byte, at)
            else:
                found += self._strays(byte)
        return found

    def finish(self) -> list[Found]:
        """The line ended: the frame that waits for the next, then forget."""
        clean = self._confirmed or self._unharmed
        given = self._give(confirmed=False) if clean else []
        self.forget()
        return given

    def forget(self) -> None:
        """What was half received is of no use."""
        self._partial = bytearray()
        self._stray = bytearray()
        self._held: ShortFrame | None = None  # whole, and waiting for the next to begin
        self._last: ShortFrame | None = None  # the last that was given
        self._confirmed = False  # two whole frames in a row were seen since the last damage
        self._unharmed = True  # no damage since the line was opened

    def _begins(self, byte: int) -> list[Found]:
        found: list[Found] = []
        if self._partial:
            found = self._damaged("short", bytes(self._partial))
        elif self._confirmed:
            found = self._give()
        self._stray.clear()
        self._partial = bytearray((byte,))
        return found

    def _continues(self, byte: int, at: float) -> list[Found]:
        self._partial.append(byte)
        if len(self._partial) < self._size:
            return []
        frame = ShortFrame(bytes(self._partial), at)
        self._partial = bytearray()
        if not frame.in_range():
            return self._damaged("range", frame.data)
        return self._whole(frame)

    def _whole(self, frame: ShortFrame) -> list[Found]:
        found: list[Found] = []
        before = self._held
        if before is not None:
            if self._unharmed or before.agrees(frame):
                self._confirmed = True
                found = self._give()
            else:
                found = [Refused("unconfirmed", before.data)]
        self._held = frame
        return found

    def _strays(self, byte: int) -> list[Found]:
        """A byte where a frame should begin."""
        found: list[Found] = []
        if self._held is not None:
            return self._damaged("long", self._held.data + bytes((byte,)))
        self._stray.append(byte)
        if len(self._stray) >= STRAY_TOLD_AFTER:
            found = self._damaged("start", bytes(self._stray))
            self._stray.clear()
        elif len(self._stray) >= self._size:
            self._unharmed = False
        return found

    def _give(self, *, confirmed: bool = True) -> list[Found]:
        held, self._held = self._held, None
        if held is None:
            return []
        jumped = self._last is not None and held.far_from(self._last)
        self._last = ShortFrame(held.data, held.at, jumped, confirmed)
        return [self._last]

    def _damaged(self, reason: str, data: bytes) -> list[Found]:
        """These bytes are refused, and with them the frame that they should have confirmed."""
        found: list[Found] = []
        if self._held is not None and reason != "long":
            found.append(Refused("unconfirmed", self._held.data))
        self._held = None
        self._partial = bytearray()
        self._confirmed = self._unharmed = False
        return [*found, Refused(reason, data)]


def short_frame(form: ShortFormat, status: int, pr: int, spo2: int, status_2: int = 0) -> bytes:
    """A frame as it goes over the line; bit 7 and the upper bits of the pulse rate are put in."""
    frame = bytes((status | ALWAYS | pr >> 7, pr & LOW_SEVEN, spo2))
    return frame + bytes((status_2,)) if form.has_status_2 else frame

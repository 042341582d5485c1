"""Reading big-endian structures whose lengths may lie: nothing is read from outside of its window."""

from collections.abc import Iterator

from nurse_station.vitals.readings import Missing

_NOT_A_NUMBER, _NOT_AT_THIS_RESOLUTION = 0x7FFFFF, -0x800000
_PLUS_INFINITY, _MINUS_INFINITY = 0x7FFFFE, -0x7FFFFE
_SPECIAL: dict[int, Missing] = {
    _NOT_A_NUMBER: Missing.INVALID,
    _NOT_AT_THIS_RESOLUTION: Missing.INVALID,
    _PLUS_INFINITY: Missing.OVER_RANGE,
    _MINUS_INFINITY: Missing.UNDER_RANGE,
}
NOT_A_NUMBER = 0x007FFFFF
"""The FLOAT word for "there is no number"."""


class BoundsError(Exception):
    """A length or a count points outside of what holds it. Caught where a message is read, never above."""


class Cursor:
    """A place in a window of bytes. Every reader moves it on, or raises BoundsError and gives nothing."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __len__(self) -> int:
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        if size > len(self):
            raise BoundsError
        self._at += size
        return self._data[self._at - size : self._at]

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self))

    def u8(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def u16(self) -> int:
        """The next two bytes."""
        return int.from_bytes(self.take(2), "big")

    def u32(self) -> int:
        """The next four bytes."""
        return int.from_bytes(self.take(4), "big")

    def window(self, size: int) -> "Cursor":
        """The next `size` bytes as a window of their own."""
        return Cursor(self.take(size))

    def listed(self) -> Iterator["Cursor"]:
        """Of a list (count, length, elements): the window of all elements, once for each element."""
        count = self.u16()
        elements = self.window(self.u16())
        for _ in range(count):
            yield elements


def number(word: int) -> float | Missing:
    """The value of a FLOAT word (signed 8-bit exponent of ten, signed 24-bit mantissa), or why none."""
    exponent = (word >> 24) - ((word >> 31) << 8)
    mantissa = (word & 0xFFFFFF) - ((word >> 23 & 1) << 24)
    special = _SPECIAL.get(mantissa)
    if special is not None:
        return special
    return mantissa / 10**-exponent if exponent < 0 else float(mantissa * 10**exponent)


def float_word(value: float | None, decimals: int = 0) -> int:
    """The FLOAT word of a value with so many decimals; None: "not a number".

    Raises:
        ValueError: The mantissa would not fit.
    """
    if value is None:
        return NOT_A_NUMBER
    mantissa = round(value * 10.0**decimals)
    if not _MINUS_INFINITY < mantissa < _PLUS_INFINITY:
        msg = f"{value} with {decimals} decimals does not fit a 24-bit mantissa"
        raise ValueError(msg)
    return (-decimals & 0xFF) << 24 | mantissa & 0xFFFFFF

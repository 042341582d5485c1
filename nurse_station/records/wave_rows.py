"""The wave blocks of one bed of one second <-> one row of `waves`. Pure: bytes and blocks, no database.

A row is, little-endian:

    uint16, uint16  packets p (moments at which something arrived), blocks n
    float64[p]      `at` of each packet
    zlib stream     of uint16[n] packet, uint32[n] kind (`wave_kinds`), uint32[n] samples, uint8[n] flags
                    of each block; the blocks stand in the order in which they were written
    kinds           in the order of their first block: uint32 size, then the Rice code (rice.py) of the
                    integers of all blocks of the kind; then a bit map of each block with HOLES

Flags: 1 leads off, 2 paced, 4 and 8 the law of the samples, 16 holes. A sample is the device's own
integer, round(sample / resolution); law 0 multiplies it by the resolution in double precision, law 4 in
single precision, and law 8 holds the float32's own bits where neither gives the very same float32: every
sample comes back as it was. Where the device has no sample (NaN), the integer before it is repeated and
the bit map of the block has a 1.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.records import rice
from nurse_station.records.rice import Integers
from nurse_station.vitals.waves import WAVES, WaveBlock

SPAN_S = 2.0
"""A row spans less than this, so that its blocks are found by the row's own time."""

MOST_BLOCKS = 10_000
LEADS_OFF, PACED, SINGLE, BITS, HOLES = 1, 2, 4, 8, 16
LARGEST = 2**31 - 1

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveKind:
    """One row of `wave_kinds`."""

    wave: str
    unit: str
    rate_hz: float
    resolution: float
    source: str


def kind_of(block: WaveBlock) -> WaveKind:
    """What is the same for all blocks of a wave."""
    known = WAVES.get(block.wave)
    return WaveKind(wave=block.wave, unit=known.unit if known else "", rate_hz=block.rate_hz,
                    resolution=block.resolution, source=block.source)  # fmt: skip


def spans(blocks: Iterable[WaveBlock]) -> Iterator[list[WaveBlock]]:
    """Cut blocks into rows of less than SPAN_S."""
    row: list[WaveBlock] = []
    for block in blocks:
        if row and (not 0 <= block.at - row[0].at < SPAN_S or len(row) == MOST_BLOCKS):
            yield row
            row = []
        row.append(block)
    if row:
        yield row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """The samples of one block: the law's flags, the integers, and where there is none."""

    flags: int
    integers: Integers
    holes: bytes


def encode(blocks: Sequence[WaveBlock], number: Callable[[WaveKind], int]) -> bytes:
    """One row. `number` gives the id of a kind."""
    packed = [_pack(block) for block in blocks]
    kinds = [number(kind_of(block)) for block in blocks]
    packets = list(dict.fromkeys(block.at for block in blocks))
    table = (
        np.array([packets.index(block.at) for block in blocks], dtype="<u2").tobytes()
        + np.array(kinds, dtype="<u4").tobytes()
        + np.array([len(block.samples) for block in blocks], dtype="<u4").tobytes()
        + bytes(each.flags for each in packed)
    )
    head = struct.pack(f"<HH{len(packets)}d", len(packets), len(blocks), *packets)
    streams = [_stream([packed[place] for place in places]) for places in _by_kind(kinds)]
    return head + zlib.compress(table, 1) + b"".join(streams)


def _pack(block: WaveBlock) -> _Packed:
    flags = block.leads_off * LEADS_OFF | block.paced * PACED
    samples = np.ascontiguousarray(block.samples, dtype=np.float32)
    none = np.isnan(samples)
    integers = _integers(samples, none, block.resolution)
    for law in (0, SINGLE):
        if np.array_equal(_samples(integers, law, block.resolution)[~none], samples[~none]):
            if not none.any():
                return _Packed(flags=flags | law, integers=integers, holes=b"")
            return _Packed(flags=flags | law | HOLES, integers=integers, holes=np.packbits(none).tobytes())
    return _Packed(flags=flags | BITS, integers=samples.view(np.int32), holes=b"")


def _integers(samples: Samples, none: NDArray[np.bool_], resolution: float) -> Integers:
    with np.errstate(all="ignore"):
        whole = np.rint(samples.astype(np.float64) / resolution)
    whole[~(np.abs(whole) <= LARGEST)] = 0  # then no law gives the sample back, but for a hole
    held = np.maximum.accumulate(np.where(none, 0, np.arange(len(samples))))
    return whole.astype(np.int32)[held]


def _samples(integers: Integers, law: int, resolution: float) -> Samples:
    if law & BITS:
        return integers.view(np.float32)
    with np.errstate(all="ignore"):
        if law & SINGLE:
            return integers.astype(np.float32) * np.float32(resolution)
        return (integers * np.float64(resolution)).astype(np.float32)


def _by_kind(kinds: Sequence[int]) -> list[list[int]]:
    places: dict[int, list[int]] = {}
    for place, kind in enumerate(kinds):
        places.setdefault(kind, []).append(place)
    return list(places.values())


def _stream(packed: Sequence[_Packed]) -> bytes:
    coded = rice.encode(np.concatenate([each.integers for each in packed]))
    return struct.pack("<I", len(coded)) + coded + b"".join(each.holes for each in packed)


def decode(stored: bytes, kinds: Mapping[int, WaveKind], wave: str | None = None) -> list[WaveBlock]:
    """The blocks of one row, equal to those that were encoded; of one wave, or of all (None)."""
    packets, count = struct.unpack_from("<HH", stored)
    times = struct.unpack_from(f"<{packets}d", stored, 4)
    unzip = zlib.decompressobj()
    table = unzip.decompress(stored[4 + 8 * packets :])
    rest = unzip.unused_data
    at = [times[packet] for packet in struct.unpack_from(f"<{count}H", table)]
    kind = struct.unpack_from(f"<{count}I", table, 2 * count)
    sizes = struct.unpack_from(f"<{count}I", table, 6 * count)
    flags = table[10 * count :]
    blocks: dict[int, WaveBlock] = {}
    for places in _by_kind(kind):
        coded, rest = rest[4 : 4 + (size := struct.unpack_from("<I", rest)[0])], rest[4 + size :]
        maps = [(sizes[place] + 7) // 8 if flags[place] & HOLES else 0 for place in places]
        known = kinds[kind[places[0]]]
        if wave in (None, known.wave):
            integers = rice.decode(coded, sum(sizes[place] for place in places))
            samples = _split(integers, [sizes[place] for place in places])
            holes = _cut(rest, maps)
            for place, mine, hole in zip(places, samples, holes, strict=True):
                blocks[place] = _block(known, mine, at[place], flags[place], hole)
        rest = rest[sum(maps) :]
    return [blocks[place] for place in sorted(blocks)]


def _split(integers: Integers, sizes: Sequence[int]) -> list[Integers]:
    return np.split(integers, np.cumsum(sizes)[:-1])


def _cut(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    ends = np.cumsum(sizes).tolist()
    return [data[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def _block(kind: WaveKind, integers: Integers, at: float, flags: int, holes: bytes) -> WaveBlock:
    samples = _samples(integers, flags, kind.resolution)
    if flags & HOLES:
        none = np.unpackbits(np.frombuffer(holes, np.uint8), count=len(samples))
        samples[none.astype(bool)] = np.nan
    return WaveBlock(
        wave=kind.wave, rate_hz=kind.rate_hz, resolution=kind.resolution, source=kind.source, at=at,
        samples=samples, leads_off=bool(flags & LEADS_OFF), paced=bool(flags & PACED),
    )  # fmt: skip

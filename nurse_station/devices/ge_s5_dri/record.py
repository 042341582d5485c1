"""S/5 record interface: a record's bytes -> header and checked subrecords, and back. No meaning yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.framing import HEADER_SIZE, MAX_DATA, RawFrame


@dataclass(frozen=True, slots=True)
class Subrecord:
    """One subrecord: its type and its bytes, at least as many as its type needs."""

    kind: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A record that passed every check.

    Attributes:
        main_type: 0 physiological, 1 wave, 4 alarm.
        level: Interface level of the monitor's software (10: '09).
        time: The monitor's clock, unix seconds, zone not stated.
        subrecords: In the order of the list.
    """

    main_type: int
    level: int
    time: int
    number: int
    subrecords: tuple[Subrecord, ...]


def parse(frame: RawFrame) -> Record | str:
    """The record of a frame, or the reason it is refused: the frame's own, "length" or "bounds".

    The checksum has eight bits, so one damaged frame in 256 passes it: the length and the bounds of
    every subrecord are checked as well.
    """
    if frame.refused:
        return frame.refused
    record = frame.record
    if len(record) < HEADER_SIZE:
        return "short"
    length, number, level, _, time, _, _, _, main_type = layout.HEADER.unpack_from(record)
    if length != len(record):
        return "length"
    subrecords = _subrecords(record, main_type)
    if subrecords is None:
        return "bounds"
    return Record(main_type, level, time, number, subrecords)


def _subrecords(record: bytes, main_type: int) -> tuple[Subrecord, ...] | None:
    listed = _listed(record)
    ends = [*(offset for offset, _ in listed), len(record) - HEADER_SIZE][1:]
    found: list[Subrecord] = []
    for (offset, kind), end in zip(listed, ends, strict=True):
        data = record[HEADER_SIZE + offset : HEADER_SIZE + end]
        if offset < 0 or end < offset or len(data) < _needed(main_type, kind, data):
            return None
        found.append(Subrecord(kind, data))
    return tuple(found)


def _listed(record: bytes) -> list[tuple[int, int]]:
    listed: list[tuple[int, int]] = []
    for i in range(layout.SUBRECORD_COUNT):
        at = layout.SUBRECORDS_AT + i * layout.SUBRECORD.size
        offset, kind = layout.SUBRECORD.unpack_from(record, at)
        if kind == layout.LIST_END:
            break
        listed.append((offset, kind))
    return listed


def _needed(main_type: int, kind: int, data: bytes) -> int:
    """How many bytes the subrecord must have; more than any can have if its own count is nonsense."""
    if main_type == layout.WAVE and kind != layout.REQUEST:
        if len(data) < layout.WAVE_HEADER.size:
            return layout.WAVE_HEADER.size
        (count, _, _) = layout.WAVE_HEADER.unpack_from(data)
        return layout.WAVE_HEADER.size + 2 * count if count >= 0 else MAX_DATA + 1
    if main_type == layout.PHYSIOLOGICAL and kind == layout.DISPLAYED:
        return layout.DISPLAYED_SIZE
    if main_type == layout.PHYSIOLOGICAL and kind == layout.AUX_INFO:
        return layout.AUX_SIZE
    return 0


def build(
    main_type: int, subrecords: Sequence[Subrecord], *, time: int = 0, number: int = 0, level: int = 0
) -> bytes:
    """A record's bytes; `framing.frame` puts it on the line. At most eight subrecords."""
    table, data = b"", b""
    for subrecord in subrecords:
        table += layout.SUBRECORD.pack(len(data), subrecord.kind)
        data += subrecord.data
    if len(subrecords) < layout.SUBRECORD_COUNT:
        table += layout.SUBRECORD.pack(0, layout.LIST_END)
    table = table.ljust(layout.SUBRECORD_COUNT * layout.SUBRECORD.size, b"\0")
    length = HEADER_SIZE + len(data)
    header = layout.HEADER.pack(length, number & 0xFF, level, 0, time & 0xFFFFFFFF, 0, 0, 0, main_type)
    return header + table + data

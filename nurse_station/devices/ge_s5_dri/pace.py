"""The timing of a capture that kept none: told from the monitor's own stamps in the frames."""

from collections.abc import Sequence

from nurse_station.devices.ge_s5_dri.framing import FLAG, FrameSplitter, RawFrame
from nurse_station.devices.ge_s5_dri.freshness import FOLLOWS_WITHIN_S
from nurse_station.devices.ge_s5_dri.record import parse

FLAG_BYTE = bytes((FLAG,))


def pace(capture: bytes) -> Sequence[tuple[float, bytes]]:
    """Cut a capture after each frame's last byte.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture. Time goes on by the steps
        between stamps; a step back, or one larger than a live monitor makes, is a record sent late
        or a cut in the capture and takes no time.
    """
    splitter = FrameSplitter()
    pieces: list[tuple[float, bytes]] = []
    seconds, stamp, begin = 0.0, None, 0
    while begin < len(capture):
        end = capture.find(FLAG_BYTE, begin) + 1 or len(capture)
        piece = capture[begin:end]
        for frame in splitter.feed(piece):
            now = _stamp(frame)
            if now is not None:
                step = 0 if stamp is None else now - stamp
                seconds += step if 0 <= step <= FOLLOWS_WITHIN_S else 0
                stamp = now
        pieces.append((seconds, piece))
        begin = end
    return pieces


def _stamp(frame: RawFrame) -> int | None:
    record = parse(frame)
    return None if isinstance(record, str) else record.time

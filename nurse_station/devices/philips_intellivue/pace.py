"""The timing of a capture that kept none: told from the monitor's own clock in the results."""

import re
from collections.abc import Sequence

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.clock import ticks_between
from nurse_station.devices.philips_intellivue.framing import FrameSplitter
from nurse_station.devices.philips_intellivue.messages import PollResult, parse

LIVE_WITHIN_S = 15.0
_PIECES = re.compile(b"[^\xc1]*\xc1|[^\xc1]+\\Z", re.DOTALL)


def pace(capture: bytes) -> Sequence[tuple[float, bytes]]:
    """Cut a capture after each frame's last byte.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture. Time goes on with the newest
        result; a step larger than a live monitor makes is a cut in the capture and takes no time.
    """
    splitter, pieces = FrameSplitter(), list[tuple[float, bytes]]()
    seconds, newest = 0.0, None
    for piece in _PIECES.findall(capture):
        for ticks in _ticks(splitter, piece):
            step = 0.0 if newest is None else ticks_between(newest, ticks) / layout.TICKS_A_SECOND
            seconds += step if 0 <= step <= LIVE_WITHIN_S else 0.0
            if newest is None or not -LIVE_WITHIN_S <= step < 0:
                newest = ticks
        pieces.append((seconds, piece))
    return pieces


def _ticks(splitter: FrameSplitter, piece: bytes) -> list[int]:
    """The monitor's clock in the results that this piece completes, 1/8 ms."""
    messages = [parse(frame.message) for frame in splitter.feed(piece) if not frame.refused]
    return [message.relative_time for message in messages if isinstance(message, PollResult)]

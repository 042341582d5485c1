"""The timing of a capture that kept none: told from the wave's rate and the monitor's own clock."""

from collections.abc import Sequence

from nurse_station.devices.capnostream import layout
from nurse_station.devices.capnostream.framing import HEADER, FrameSplitter
from nurse_station.devices.capnostream.numerics import read_numerics

FOLLOWS_WITHIN_S = 10
"""A larger step between two stamps is a cut in the capture, or a clock that was set."""


def pace(capture: bytes) -> Sequence[tuple[float, bytes]]:
    """Cut a capture before each frame's first byte.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture. A wave message takes a
        twentieth of a second; where there are fewer of them, the stamps of the numerics say how long.
    """
    splitter = FrameSplitter()
    first, *others = capture.split(HEADER)
    pieces = [(0.0, first)] if first else []
    splitter.feed(first)
    seconds, at_stamp, stamp = 0.0, 0.0, None
    for piece in (HEADER + other for other in others):
        for frame in splitter.feed(piece):
            if frame.code == layout.CO2_WAVE:
                seconds += 1 / layout.WAVE_RATE_HZ
            numerics = read_numerics(frame.payload) if frame.code == layout.NUMERICS else ""
            if not isinstance(numerics, str):
                step = 0 if stamp is None else numerics.seconds - stamp
                if 0 <= step <= FOLLOWS_WITHIN_S:
                    seconds = max(seconds, at_stamp + step)
                at_stamp, stamp = seconds, numerics.seconds
        pieces.append((seconds, piece))
    return pieces

"""The timing of a capture that kept none: one message a second, as the monitor sends them."""

from collections.abc import Sequence

from nurse_station.devices.ivy_450c.layout import HEADER


def pace(capture: bytes) -> Sequence[tuple[float, bytes]]:
    """Cut a capture before each header.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture.
    """
    starts = [0]
    while (start := capture.find(HEADER, starts[-1] + 1)) > 0:
        starts.append(start)
    ends = [*starts[1:], len(capture)]
    return [(float(i), capture[a:b]) for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if a < b]

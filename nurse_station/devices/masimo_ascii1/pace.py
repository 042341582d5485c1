"""The timing of a capture that kept none: told from the stamps in the lines."""

from collections.abc import Sequence

from nurse_station.devices.masimo_ascii1.fields import read_fields
from nurse_station.devices.masimo_ascii1.framing import LineSplitter

LINE_EVERY_S = 1.0
FOLLOWS_WITHIN_S = 10.0
"""Another step between two stamps is a cut in the capture, or a clock that was set."""


def pace(capture: bytes) -> Sequence[tuple[float, bytes]]:
    """Cut a capture after each line's end.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture. Time goes on by the steps
        between stamps, and by one second where a step cannot be true.
    """
    splitter = LineSplitter()
    pieces: list[tuple[float, bytes]] = []
    seconds, stamp = 0.0, None
    for piece in capture.splitlines(keepends=True):
        for line in splitter.feed(piece):
            fields = read_fields(line.text)
            if isinstance(fields, str):
                continue
            if stamp is not None:
                step = fields.seconds - stamp
                seconds += step if 0 <= step <= FOLLOWS_WITHIN_S else LINE_EVERY_S
            stamp = fields.seconds
        pieces.append((seconds, piece))
    return pieces

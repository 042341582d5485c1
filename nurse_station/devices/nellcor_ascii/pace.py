"""The timing of a capture that kept none: told from the date and time in the monitor's own lines."""

from collections.abc import Sequence

from nurse_station.devices.nellcor_ascii.rows import read_row

FOLLOWS_WITHIN_S = 60.0
"""A larger step is a clock that was set, or a cut in the capture, and takes no time."""


def pace(capture: bytes) -> Sequence[tuple[float, bytes]]:
    """Cut a capture after each line's end.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture.
    """
    pieces: list[tuple[float, bytes]] = []
    seconds, clock = 0.0, None
    for piece in capture.splitlines(keepends=True):
        row = read_row(piece.decode("latin-1").rstrip("\r\n"))
        if not isinstance(row, str):
            step = 0.0 if clock is None else row.clock - clock
            seconds += step if 0 <= step <= FOLLOWS_WITHIN_S else 0.0
            clock = row.clock
        pieces.append((seconds, piece))
    return pieces

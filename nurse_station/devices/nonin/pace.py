"""The timing of a capture that kept none: every Nonin format sends so many bytes a second, always."""

from collections.abc import Sequence


def pace(capture: bytes, size: int, seconds: float) -> Sequence[tuple[float, bytes]]:
    """Cut a capture into pieces of `size` bytes, `seconds` apart, the first at 0.

    Returns:
        (seconds from the start, bytes): the pieces joined are the capture.
    """
    return [
        (number * seconds, capture[begin : begin + size])
        for number, begin in enumerate(range(0, len(capture), size))
    ]

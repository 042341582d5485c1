"""Ten million random, mutated and spliced bytes through every decoder."""

import random

import pytest

from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Reading
from tests.devices.test_every_driver import decoded, stream_of

BYTES = 10_000_000
PIECE = 40_000


def damaged(stream: bytes, chance: random.Random) -> bytes:
    """A piece of a stream after something happened to it on the line; or noise."""
    kind = chance.choice(("noise", "flips", "splices"))
    if kind == "noise":
        return chance.randbytes(PIECE)
    start = chance.randrange(len(stream) - PIECE)
    piece = bytearray(stream[start : start + PIECE])
    for _ in range(chance.randrange(1, 300 if kind == "flips" else 40)):
        at, length = chance.randrange(len(piece)), chance.randrange(1, 500)
        match "flip" if kind == "flips" else chance.choice(("drop", "insert", "copy")):
            case "flip":
                piece[at] = chance.randrange(256)
            case "drop":
                del piece[at : at + length]
                piece += b"\0"
            case "insert":
                piece[at:at] = chance.randbytes(length)
            case _:
                piece[at:at] = piece[:length]
    return bytes(piece)


def frames_that_hold(stream: bytes) -> int:
    """Frames of an S/5 line whose checksum and length are right, told without the decoder's code."""
    found = 0
    for between in stream.split(b"\x7e")[1:-1]:
        content, escaped, wrong = bytearray(), False, False
        for byte in between:
            if escaped:
                wrong |= byte not in (0x5D, 0x5E)
                content.append(byte | 0x20)
                escaped = False
            elif byte == 0x7D:
                escaped = True
            else:
                content.append(byte)
        whole = len(content) > 40 and not escaped and not wrong
        if whole and sum(content[:-1]) & 0xFF == content[-1]:
            found += int.from_bytes(content[:2], "little", signed=True) == len(content) - 1
    return found


@pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)
def test_ten_million_damaged_bytes_never_raise(driver: Driver) -> None:
    chance, stream, done = random.Random(driver.key), stream_of(driver, 120.0), 0
    while done < BYTES:
        piece = damaged(stream, chance)
        done += len(piece)
        cut = chance.randrange(len(piece))
        for event in decoded(driver, piece[:cut], piece[cut:]):
            if isinstance(event, Reading) and event.value is not None:
                assert PARAMETERS[event.parameter].accepts(event.value)
            elif isinstance(event, FrameRefused):
                assert event.reason in driver.refusals


def test_no_frame_with_a_bad_checksum_or_length_is_accepted() -> None:
    driver, chance = DRIVERS["ge-s5-dri"], random.Random(5)
    stream = stream_of(driver, 120.0)
    for _ in range(40):
        piece = damaged(stream, chance)
        accepted = sum(isinstance(event, FrameAccepted) for event in decoded(driver, piece))
        assert accepted <= frames_that_hold(piece)

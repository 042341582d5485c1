"""Damaged bytes through every decoder. NURSE_STATION_FUZZ_BYTES=10000000 is the long run, a driver.

Prints what became of them, for the record of a long run: `pytest -s`.
"""

import os
import random
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.devices.contract import Driver, Event
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Quality, Reading
from nurse_station.vitals.waves import WaveBlock
from tests.devices.bedside import decoded, stream_of, values

BYTES = int(os.environ.get("NURSE_STATION_FUZZ_BYTES", "100000"))
PIECE = 20_000
KEPT_OF_REFUSED = 64
every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)
with_checksum = pytest.mark.parametrize(
    "driver", [driver for driver in DRIVERS.values() if driver.checksum], ids=lambda driver: driver.key
)


def long_stream(driver: Driver, length: int) -> bytes:
    """At least so many bytes of a monitor; a slow one's are repeated."""
    stream = stream_of(driver, 60.0)
    return stream * (length // len(stream) + 1)


def damaged(stream: bytes, chance: random.Random) -> bytes:
    """A piece of a stream after something happened to it on the line; or noise."""
    kind = chance.choice(("noise", "flips", "splices", "splices"))
    if kind == "noise":
        return chance.randbytes(PIECE)
    start = chance.randrange(max(1, len(stream) - PIECE))
    piece = bytearray(stream[start : start + PIECE])
    for _ in range(chance.randrange(1, 300 if kind == "flips" else 40)):
        at, length = chance.randrange(len(piece)), chance.randrange(1, 500)
        match "flip" if kind == "flips" else chance.choice(("drop", "insert", "copy", "cut")):
            case "flip":
                piece[at] ^= 1 << chance.randrange(8)
            case "drop":
                del piece[at : at + chance.randrange(1, 4)]
                piece += b"\0"
            case "cut":
                del piece[at : at + length]
                piece += b"\0" * length
            case "insert":
                piece[at:at] = chance.randbytes(length)
            case _:
                piece[at:at] = piece[:length]
    return bytes(piece)


def check(driver: Driver, event: Event) -> None:
    """What holds for an event whatever the bytes were."""
    match event:
        case Reading():
            assert (event.value is None) == (event.quality is Quality.MISSING)
            assert event.value is None or PARAMETERS[event.parameter].accepts(event.value)
        case FrameRefused():
            assert event.reason in driver.refusals
            assert len(event.frame) <= KEPT_OF_REFUSED
            assert event.size >= len(event.frame)
        case DeviceCondition():
            assert event.key in driver.conditions


@every_driver
@pytest.mark.timeout(3600)
@pytest.mark.hazard("H-04")
def test_damaged_bytes_never_raise_and_never_give_a_value_that_cannot_be(driver: Driver) -> None:
    chance, stream, done = random.Random(driver.key), long_stream(driver, 4 * PIECE), 0
    counts = Counter[str]()
    began = time.perf_counter()
    while done < BYTES:
        piece = damaged(stream, chance)
        done += len(piece)
        cut = chance.randrange(len(piece))
        for event in decoded(driver, piece[:cut], piece[cut:]):
            check(driver, event)
            name = f"refused: {event.reason}" if isinstance(event, FrameRefused) else type(event).__name__
            counts[name] += 1
    took = time.perf_counter() - began
    print(f"\n{driver.key}: {done} bytes in {took:.0f} s, no exception; {dict(counts.most_common())}")


@every_driver
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_damaged_bytes_give_the_same_events_however_they_are_split(
    driver: Driver, data: st.DataObject
) -> None:
    stream = bytearray(stream_of(driver, 4.0))
    for _ in range(data.draw(st.integers(1, 20))):
        at = data.draw(st.integers(0, len(stream) - 1))
        match data.draw(st.sampled_from(("flip", "drop", "insert", "copy"))):
            case "flip":
                stream[at] ^= 1 << data.draw(st.integers(0, 7))
            case "drop":
                del stream[at : at + data.draw(st.integers(1, 50))]
                stream += b"\0"
            case "insert":
                stream[at:at] = data.draw(st.binary(max_size=20))
            case _:
                stream[at:at] = stream[: data.draw(st.integers(0, 300))]
    events = decoded(driver, bytes(stream))
    for event in events:
        check(driver, event)
    cuts = sorted({0, len(stream), *data.draw(st.lists(st.integers(0, len(stream)), max_size=8))})
    assert decoded(driver, *(bytes(stream[a:b]) for a, b in pairwise(cuts))) == events


@every_driver
@given(st.binary(max_size=3000))
@settings(max_examples=40, deadline=None)
def test_random_bytes_never_raise_and_become_no_reading_where_a_checksum_guards(
    driver: Driver, noise: bytes
) -> None:
    events = decoded(driver, noise)
    for event in events:
        check(driver, event)
    assert not driver.checksum or not values(events)


@with_checksum
@pytest.mark.hazard("H-04")
def test_one_wrong_bit_in_a_frame_never_gives_another_value(driver: Driver) -> None:
    stream, chance = stream_of(driver, 6.0), random.Random(driver.key)
    true = set(values(decoded(driver, stream)).items())
    assert true
    for at in chance.sample(range(len(stream)), min(100, len(stream))):
        hurt = bytearray(stream)
        hurt[at] ^= 1 << chance.randrange(8)
        said = {(e.parameter, e.value) for e in decoded(driver, bytes(hurt)) if isinstance(e, Reading)}
        wrong = {(key, value) for key, value in said if value is not None} - true
        assert not wrong, f"bit of byte {at}"


@with_checksum
def test_lost_bytes_rarely_give_another_value(driver: Driver) -> None:
    """A checksum of eight bits lets one damaged frame in 256 through."""
    stream, chance, wrong = stream_of(driver, 6.0), random.Random(driver.key), 0
    true = values(decoded(driver, stream))
    tries = 60
    for _ in range(tries):
        at = chance.randrange(len(stream))
        said = decoded(driver, stream[:at] + stream[at + chance.randrange(1, 4) :])
        wrong += any(
            e.value is not None and e.value != true.get(e.parameter) for e in said if isinstance(e, Reading)
        )
    assert wrong <= tries // 20


@every_driver
@pytest.mark.hazard("H-04")
def test_a_refused_frame_gives_no_reading_and_no_wave(driver: Driver) -> None:
    """Between two bytes either a frame is refused or it gives values, never both at once."""
    stream = bytearray(stream_of(driver, 6.0))
    chance = random.Random(driver.key)
    for _ in range(20):
        stream[chance.randrange(len(stream))] ^= 1 << chance.randrange(8)
    decoder = driver.decoder()
    for byte in bytes(stream):
        events = decoder.feed(bytes((byte,)), 5.0)
        last = next((e for e in events if isinstance(e, FrameAccepted | FrameRefused)), None)
        given = [e for e in events if isinstance(e, Reading | WaveBlock)]
        assert not (given and isinstance(last, FrameRefused) and not _accepted(events))


def _accepted(events: list[Event]) -> bool:
    return any(isinstance(event, FrameAccepted) for event in events)


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


def test_no_frame_with_a_bad_checksum_or_length_is_accepted() -> None:
    driver, chance = DRIVERS["ge-s5-dri"], random.Random(5)
    stream = stream_of(driver, 60.0)
    for _ in range(40):
        piece = damaged(stream, chance)
        accepted = sum(isinstance(event, FrameAccepted) for event in decoded(driver, piece))
        assert accepted <= frames_that_hold(piece)

"""IntelliVue frames: the vectors, every byte escaped, every way a frame can be spoilt."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.content import Content
from nurse_station.devices.philips_intellivue.framing import (
    MAX_MESSAGE,
    MAX_ON_LINE,
    FrameSplitter,
    RawFrame,
    escape,
    fcs,
    frame,
)
from nurse_station.devices.philips_intellivue.messages import MdsCreated
from nurse_station.devices.philips_intellivue.requests import (
    RELEASE_REQUEST,
    association_request,
    confirmation,
    extended_poll,
    single_poll,
)

PRODUCED = {
    "association_request": association_request(),
    "mds_create_event_result": confirmation(MdsCreated(1, layout.MDS_OBJECT, Content())),
    "single_poll numerics": single_poll(1, 6, 0, invoke_id=0),
    "ext_poll numerics": extended_poll(1, 6, 0x0803, active_s=60, invoke_id=1),
    "ext_poll waves": extended_poll(2, 9, 0x0803, active_s=30, invoke_id=2),
    "ext_poll alerts": extended_poll(3, 54, 0x0801, active_s=60, invoke_id=3),
    "release_request": RELEASE_REQUEST,
}


def split(stream: bytes) -> list[RawFrame]:
    return FrameSplitter().feed(stream)


def refusals(stream: bytes) -> list[str]:
    return [raw.refused for raw in split(stream)]


def test_every_vector_is_produced_byte_by_byte(shared: Path) -> None:
    vectors = json.loads((shared / "captures/vectors/test_vectors.json").read_text())["philips_intellivue"]
    assert len(vectors) == len(PRODUCED)
    for (name, vector), (key, message) in zip(vectors.items(), PRODUCED.items(), strict=True):
        assert name.startswith(key)
        assert message == bytes.fromhex(vector["payload"]), name
        assert frame(message) == bytes.fromhex(vector["mib_rs232_frame"]), name
        assert split(bytes.fromhex(vector["mib_rs232_frame"]))[0].message == message


@pytest.mark.parametrize(
    ("body", "on_line"), [("3a71", "3a719b26"), ("3a91", "3a91957de1")], ids=["plain", "escaped"]
)
def test_the_examples_of_the_guide_have_their_fcs_and_escapes(body: str, on_line: str) -> None:
    content = bytes.fromhex(body)
    assert escape(content + fcs(content)).hex() == on_line


@pytest.mark.parametrize(
    ("plain", "escaped"), [("c0", "7de0"), ("c1", "7de1"), ("7d", "7d5d"), ("c07dc1", "7de07d5d7de1")]
)
def test_marks_in_a_message_are_escaped(plain: str, escaped: str) -> None:
    assert escape(bytes.fromhex(plain)).hex() == escaped


@given(st.binary(max_size=200))
def test_what_is_framed_comes_back(message: bytes) -> None:
    assert split(frame(message)) == [
        RawFrame(message, "", split(frame(message))[0].head, len(frame(message)) - 2)
    ]


@given(st.binary(max_size=300), st.lists(st.integers(0, 900), max_size=6))
def test_any_split_gives_the_same_frames(noise: bytes, cuts: list[int]) -> None:
    stream = noise + frame(noise) + noise[:40] + frame(b"\xc0\xc1\x7d") + noise
    at = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    splitter = FrameSplitter()
    pieces = [raw for a, b in zip(at, at[1:], strict=False) for raw in splitter.feed(stream[a:b])]
    assert pieces == split(stream)


GOOD = frame(b"\xe1\x00\x00\x02")


def framed(body: bytes) -> bytes:
    return b"\xc0" + escape(body + fcs(body)) + b"\xc1"


@pytest.mark.parametrize(
    ("stream", "reasons"),
    [
        (GOOD, [""]),
        (GOOD[:-4] + b"\0" + GOOD[-3:], ["checksum"]),
        (framed(b"\x11\x02\x00\x01\x00"), ["header"]),
        (framed(b"\x11\x01\x00\x02\x00"), ["length"]),
        (b"\xc0\x11\x01\x00\x00\xc1", ["short"]),
        (b"\xc0\xc1\xc0\xc1", []),
        (GOOD[:-2] + GOOD, ["cut", ""]),
        (b"\xc0\x11\x01\x7d\xc1", ["aborted"]),
        (b"\x55\x55" + GOOD, [""]),
        (GOOD + b"\x55" + GOOD, ["", "noise", ""]),
        (GOOD + GOOD[1:], ["", "noise"]),
        (GOOD + b"\xc1\xc0" + GOOD, ["", ""]),
        (b"\xc0" + bytes(MAX_ON_LINE), ["overlong"]),
        (bytes(2 * MAX_ON_LINE), ["noise", "noise"]),
        (frame(bytes(MAX_MESSAGE)), [""]),
    ],
    ids=["good", "checksum", "header", "length", "short", "empty", "cut", "aborted", "tail", "noise",
         "no_begin", "stray_marks", "overlong", "no_marks", "longest"],
)  # fmt: skip
def test_a_spoilt_frame_says_why(stream: bytes, reasons: list[str]) -> None:
    assert refusals(stream) == reasons


def test_a_reopened_line_forgets_what_was_half_received() -> None:
    splitter = FrameSplitter()
    splitter.feed(GOOD[:-2])
    splitter.forget()
    assert [raw.refused for raw in splitter.feed(GOOD)] == [""]


@given(st.binary(max_size=60), st.integers(0, 59), st.integers(0, 7))
def test_no_single_wrong_bit_passes(message: bytes, at: int, bit: int) -> None:
    stream = bytearray(frame(message))
    stream[at % len(stream)] ^= 1 << bit
    assert message not in [raw.message for raw in split(bytes(stream)) if not raw.refused] or not message

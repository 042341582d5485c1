"""The frame of the S/5 computer interface."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.devices.ge_s5_dri.framing import MAX_ON_LINE, FrameSplitter, frame, unescape
from nurse_station.devices.ge_s5_dri.requests import ask_values, ask_waves

RECORD = bytes(range(64)) + b"\x7e\x7d" * 8


def frames(*chunks: bytes) -> list[tuple[str, bytes]]:
    splitter = FrameSplitter()
    return [(f.refused, f.record) for chunk in chunks for f in splitter.feed(chunk)]


@given(st.binary(min_size=40, max_size=1490))
def test_a_framed_record_comes_back(record: bytes) -> None:
    assert frames(frame(record)) == [("", record)]


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=6))
def test_any_split_gives_the_same_frames(noise: bytes, cuts: list[int]) -> None:
    stream = frame(RECORD) + noise + frame(RECORD) + noise
    at = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    pieces = [stream[a:b] for a, b in zip(at, at[1:], strict=False)]
    assert frames(*pieces) == frames(stream)


def test_one_flag_may_end_a_frame_and_begin_the_next() -> None:
    assert frames(frame(RECORD) + frame(RECORD)[1:]) == [("", RECORD)] * 2


def test_runs_of_flags_count_as_one() -> None:
    assert frames(b"\x7e" * 9 + frame(RECORD) + b"\x7e" * 9) == [("", RECORD)]


def test_bytes_before_the_first_flag_are_no_frame() -> None:
    assert frames(RECORD[:30] + frame(RECORD)) == [("", RECORD)]


def test_an_unterminated_tail_is_no_frame() -> None:
    assert frames(frame(RECORD) + b"\x7e" + RECORD[:60]) == [("", RECORD)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (frame(RECORD)[:-2] + b"\x00\x7e", "checksum"),
        (b"\x7e\x01\x02\x03\x7e", "short"),
        (b"\x7e" + RECORD[:50] + b"\x7d\x41\x7e", "escape"),
        (b"\x7e" + RECORD[:50] + b"\x7d\x7e", "escape"),
        (b"\x7e" + bytes(MAX_ON_LINE + 1) + b"\x7e", "overlong"),
    ],
)
def test_a_bad_frame_is_refused_with_its_reason(line: bytes, reason: str) -> None:
    assert frames(line) == [(reason, b"")]


def test_endless_bytes_without_a_flag_are_not_kept() -> None:
    splitter = FrameSplitter()
    splitter.feed(b"\x7e")
    for _ in range(100):
        splitter.feed(bytes(100_000))
    assert len(splitter._pending) <= MAX_ON_LINE + 1
    [refused] = splitter.feed(b"\x7e")
    assert (refused.refused, refused.size) == ("overlong", 10_000_000)


def test_a_lone_escape_at_the_end_is_an_escape_error() -> None:
    assert unescape(b"\x01\x7d") is None


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("phdb_DISPL_10s_BASIC+EXT1-3", ask_values(10, classes=0x0E)),
        ("phdb_DISPL_5s_BASIC_only", ask_values(5)),
        ("phdb_DISPL_1s_BASIC_only (undocumented rate; honoured by the 2018 monitor)", ask_values(1)),
        ("phdb_DISPL_cancel", ask_values(0)),
        ("phdb_TREND60_60s_BASIC+EXT1-3", ask_values(60, kind=3, classes=0x0E)),
        ("phdb_AUX_INFO_single", ask_values(-1, kind=4)),
        ("wave_start_ECG1", ask_waves(["ecg1"])),
        ("wave_start_PLETH+CO2", ask_waves(["pleth", "co2"])),
        ("wave_stop", ask_waves([])),
    ],
)
def test_requests_equal_the_computed_vectors(shared: Path, name: str, ours: bytes) -> None:
    vectors = json.loads((shared / "captures/vectors/test_vectors.json").read_text())["ge_dri"]
    assert ours == bytes.fromhex(vectors[name])


def test_more_waves_than_the_line_carries_are_not_asked_for() -> None:
    with pytest.raises(ValueError, match="600 samples"):
        ask_waves(["ecg1", "ecg2", "pleth"])

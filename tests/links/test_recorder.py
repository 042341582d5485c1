"""A line's recording comes back byte for byte, and up to the tear when its writer was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.links.link import LinkError
from nurse_station.links.recorder import (
    MAGIC,
    MOST_DATA,
    LineRecorder,
    compress,
    is_recording,
    read_recording,
)

HEADER = {
    "driver": "ge-s5-dri",
    "port": "/dev/ttyUSB0",
    "baud_rate": 19200,
    "started": "2026-01-05T08:00:00Z",
}


def recorded(path, writes, header=HEADER):
    recorder = LineRecorder(path, header=header)
    for at, data, sent in writes:
        recorder.write(at, data, sent=sent)
    recorder.close()
    return path


def test_a_line_comes_back_with_its_times_and_directions(tmp_path):
    path = recorded(tmp_path / "a", [(100.0, b"one", False), (100.25, b"ask", True), (101.5, b"two", False)])
    recording = read_recording(path)
    assert recording.header == HEADER
    assert recording.chunks == [(0.0, b"one"), (1.5, b"two")]
    assert recording.sent == [(0.25, b"ask")]
    assert not recording.torn


records = st.lists(
    st.tuples(st.floats(0, 90000), st.binary(min_size=1, max_size=50), st.booleans()), min_size=1, max_size=10
)


@given(writes=records)
def test_any_line_comes_back_to_the_microsecond(tmp_path_factory, writes):
    writes = sorted(writes, key=lambda row: row[0])
    recording = read_recording(recorded(tmp_path_factory.mktemp("r") / "a", writes))
    start = writes[0][0]
    for direction, kept in ((False, recording.chunks), (True, recording.sent)):
        expected = [(at - start, data) for at, data, sent in writes if sent is direction]
        assert [data for _, data in kept] == [data for _, data in expected]
        assert [at for at, _ in kept] == pytest.approx([at for at, _ in expected], abs=1e-6)


def test_a_tail_torn_at_any_byte_leaves_all_whole_records(tmp_path):
    writes = [(float(k), bytes([k]) * (k * 3 + 1), k % 3 == 2) for k in range(8)]
    whole = recorded(tmp_path / "whole", writes).read_bytes()
    first = len(recorded(tmp_path / "first", writes[:1]).read_bytes()) - 15 - 1
    ends = [first]
    for _, data, _ in writes:
        ends.append(ends[-1] + 15 + len(data))
    assert ends[-1] == len(whole)
    torn = tmp_path / "torn"
    for cut in range(first, len(whole) + 1):
        torn.write_bytes(whole[:cut])
        recording = read_recording(torn)
        count = sum(end <= cut for end in ends[1:])
        assert [data for _, data in recording.chunks] == [
            data for _, data, sent in writes[:count] if not sent
        ]
        assert [data for _, data in recording.sent] == [data for _, data, sent in writes[:count] if sent]
        assert recording.torn == (cut not in ends)


def test_a_header_cut_anywhere_is_refused_in_words(tmp_path):
    whole = recorded(tmp_path / "a", [(0.0, b"", False)]).read_bytes()
    for cut in range(len(whole)):
        (tmp_path / "cut").write_bytes(whole[:cut])
        with pytest.raises(LinkError, match="is not a recording"):
            read_recording(tmp_path / "cut")


@given(place=st.integers(0, 10**6), flip=st.integers(1, 255), writes=records)
def test_a_damaged_record_is_never_given(tmp_path_factory, place, flip, writes):
    path = recorded(tmp_path_factory.mktemp("r") / "a", writes)
    content = bytearray(path.read_bytes())
    first = content.find(b"\n", len(MAGIC)) + 1
    content[first + place % (len(content) - first)] ^= flip
    path.write_bytes(content)
    recording = read_recording(path)
    assert recording.torn
    for direction, kept in ((False, recording.chunks), (True, recording.sent)):
        true = [data for _, data, sent in writes if sent is direction]
        assert [data for _, data in kept] == true[: len(kept)]


@given(content=st.binary(max_size=200))
def test_random_bytes_after_the_header_never_raise(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("r") / "a"
    path.write_bytes(MAGIC + b"{}\n" + content)
    assert read_recording(path).torn == bool(content)


def test_a_killed_writer_leaves_all_that_was_flushed(tmp_path):
    path = tmp_path / "killed"
    program = (
        "import os, signal, pathlib, sys\n"
        "from nurse_station.links.recorder import LineRecorder\n"
        "r = LineRecorder(pathlib.Path(sys.argv[1]), header={})\n"
        "for k in range(1000): r.write(k / 100, b'chunk %d' % k)\n"
        "r.flush()\n"
        "for k in range(1000, 2000): r.write(k / 100, b'chunk %d' % k)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, path], env=os.environ | {"PYTHONPATH": str(root)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    kept = [data for _, data in read_recording(path).chunks]
    assert len(kept) >= 1000
    assert kept == [b"chunk %d" % k for k in range(len(kept))]


def test_long_bursts_are_kept_whole(tmp_path):
    data = bytes(range(256)) * 1000
    path = recorded(tmp_path / "a", [(0.0, data, False)])
    chunks = read_recording(path).chunks
    assert b"".join(piece for _, piece in chunks) == data
    assert max(len(piece) for _, piece in chunks) <= MOST_DATA


def test_a_silent_line_leaves_no_file(tmp_path):
    recorder = LineRecorder(tmp_path / "a", header={})
    recorder.flush()
    recorder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_recording_is_never_written_over(tmp_path):
    path = recorded(tmp_path / "a", [(0.0, b"first", False)])
    with pytest.raises(LinkError, match="cannot be recorded in .*File exists"):
        LineRecorder(path, header={}).write(0.0, b"second")
    assert read_recording(path).chunks == [(0.0, b"first")]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(LinkError, match="cannot be recorded in"):
        LineRecorder(tmp_path / "none" / "a", header={}).write(0.0, b"x")


def test_a_closed_recorder_takes_nothing(tmp_path):
    recorder = LineRecorder(tmp_path / "a", header={})
    recorder.close()
    recorder.close()
    with pytest.raises(LinkError, match="is closed"):
        recorder.write(0.0, b"x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_a_sentence(tmp_path, monkeypatch):
    full = Path("/dev/full").open("wb")  # noqa: SIM115 the recorder closes it
    monkeypatch.setattr(Path, "open", lambda self, mode: full)
    recorder = LineRecorder(Path("/dev/full"), header={})
    recorder.write(0.0, b"x")
    for act in (recorder.flush, recorder.close):
        with pytest.raises(LinkError, match="No space left"):
            act()


def test_a_recording_is_known_by_its_first_line(tmp_path):
    (tmp_path / "other").write_bytes(b"\x7e\x00\x00")
    assert is_recording(recorded(tmp_path / "a", [(0.0, b"x", False)]))
    assert not is_recording(tmp_path / "other")
    assert not is_recording(tmp_path / "missing")
    assert not is_recording(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a recording"),
        (b"\x7e\x00\x01", "is not a recording"),
        (MAGIC + b"no json\n", "damaged"),
        (MAGIC + b"3\n", "damaged"),
        (MAGIC + b"\xff\xfe\n", "damaged"),
    ],
)
def test_a_file_that_is_no_recording_is_a_sentence(tmp_path, content, words):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(LinkError, match=words):
        read_recording(tmp_path / "a")


def test_a_missing_recording_is_a_sentence(tmp_path):
    with pytest.raises(LinkError, match="cannot be read"):
        read_recording(tmp_path / "missing")


@given(writes=records)
def test_a_compressed_recording_is_the_same_recording(tmp_path_factory, writes):
    path = recorded(tmp_path_factory.mktemp("r") / "a.line", sorted(writes, key=lambda row: row[0]))
    plain = read_recording(path)
    packed = compress(path)
    assert packed.name == "a.line.gz"
    assert not path.exists()
    assert is_recording(packed)
    assert read_recording(packed) == plain


def test_a_damaged_compressed_recording_gives_what_is_before_the_damage(tmp_path):
    path = recorded(tmp_path / "a.line", [(float(k), os.urandom(5000), False) for k in range(40)])
    plain, packed = read_recording(path), compress(path)
    content = packed.read_bytes()
    packed.write_bytes(content[: len(content) // 2])
    found = read_recording(packed)
    assert found.torn
    assert 5 < len(found.chunks) < 40
    assert found.chunks == plain.chunks[: len(found.chunks)]


def test_what_cannot_be_compressed_stays_as_it_is(tmp_path):
    path = recorded(tmp_path / "a.line", [(0.0, b"one", False)])
    (tmp_path / "a.line.gz.part").mkdir()
    with pytest.raises(LinkError, match="cannot be compressed"):
        compress(path)
    assert read_recording(path).chunks == [(0.0, b"one")]

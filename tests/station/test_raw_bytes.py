"""Raw bytes: compressed when complete, deleted when old, and that written down."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nurse_station.links.recorder import LineRecorder, read_recording
from nurse_station.records.reader import RecordReader
from nurse_station.records.writer import RecordWriter
from nurse_station.station.raw_bytes import DELETED, RawBytes, delete_old
from nurse_station.station.tape import Tape
from nurse_station.vitals.clock import ManualClock

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def line_file(folder: Path, name: str = "2026-01-05-001-ge.line", age_days: float = 0) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    recorder = LineRecorder(path, header={"session": "x"})
    recorder.write(0.0, b"bytes")
    recorder.close()
    at = (NOW - timedelta(days=age_days)).timestamp()
    os.utime(path, (at, at))
    return path


def opened(folder: Path, days: float = 90) -> RecordWriter:
    """Open the raw bytes beside a record, let them do their work, and close both."""
    record = RecordWriter(folder, ManualClock())
    record.start()
    raw = RawBytes(folder / "lines")
    raw.open(record, NOW, days)
    while raw.waiting:
        time.sleep(0.005)
    raw.close()
    record.close()
    return record


def test_what_a_killed_program_left_plain_is_compressed_at_the_next_start(tmp_path: Path) -> None:
    path = line_file(tmp_path / "lines")
    opened(tmp_path)
    assert [each.name for each in (tmp_path / "lines").iterdir()] == [f"{path.name}.gz"]
    assert read_recording(path.with_name(f"{path.name}.gz")).chunks == [(0.0, b"bytes")]


def test_old_raw_bytes_go_and_the_room_s_journal_says_which(tmp_path: Path) -> None:
    line_file(tmp_path / "lines", "old-ge.line", 91)
    line_file(tmp_path / "lines", "young-ge.line", 89)
    opened(tmp_path)
    assert [each.name for each in (tmp_path / "lines").iterdir()] == ["young-ge.line.gz"]
    with RecordReader(tmp_path) as reader:
        (entry,) = [each for each in reader.journal(None) if each.kind == DELETED]
    assert entry.body == {"files": ["old-ge.line"], "days": 90, "left": []}


def test_where_nothing_is_old_nothing_is_written(tmp_path: Path) -> None:
    line_file(tmp_path / "lines")
    opened(tmp_path)
    with RecordReader(tmp_path) as reader:
        assert [each for each in reader.journal(None) if each.kind == DELETED] == []


@pytest.mark.parametrize(
    ("name", "gone"),
    [("a.line", True), ("a.line.gz", True), ("a.line.gz.part", True), ("notes.txt", False),
     ("a.line.docx", False)],
)  # fmt: skip
def test_only_raw_bytes_are_deleted(tmp_path: Path, name: str, gone: bool) -> None:
    path = line_file(tmp_path, name, 5)
    assert delete_old(tmp_path, NOW) == ([name] if gone else [], [])
    assert path.exists() is not gone


def test_a_tape_that_is_closed_says_which_file_is_complete(tmp_path: Path) -> None:
    told: list[Path] = []
    tape = Tape(tmp_path, "ge", told.append)
    tape.begin("s")
    tape.write(0.0, b"abc")
    tape.close()
    assert told == [tmp_path / "s-ge.line"]


def test_a_tape_never_takes_the_name_of_a_compressed_one(tmp_path: Path) -> None:
    (tmp_path / "s-ge.line.gz").write_bytes(b"")
    tape = Tape(tmp_path, "ge")
    tape.begin("s")
    tape.write(0.0, b"abc")
    tape.close()
    assert (tmp_path / "s-ge-2.line").exists()

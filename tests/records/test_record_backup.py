"""The copy in the second folder is whole, is this record's, and holds nobody up; what fails is told."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from nurse_station.records.backup import copy_record
from nurse_station.records.copies import AGAIN_S, FIRST_S, BackupPlan
from nurse_station.records.reader import RecordReader
from nurse_station.records.rows import Handed, Packer, Row
from nurse_station.records.state import RECORD_FILE, RecordError, RecordState
from nurse_station.records.verify import verify
from nurse_station.records.writer import AGAIN_S as BEGIN_AGAIN_S
from nurse_station.records.writer import BEGAN_ANEW, RecordWriter
from nurse_station.vitals.clock import ManualClock, SystemClock
from nurse_station.vitals.readings import Reading


def reading(number: int) -> Reading:
    return Reading(parameter="hr", value=float(number), at=float(number), source="ge-s5-dri")


def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    for _ in range(round(seconds / 0.005)):
        if true():
            return
        time.sleep(0.005)
    pytest.fail("it did not come about")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def written(folder: Path) -> Path:
    """A record of one session with ten readings."""
    writer = RecordWriter(folder, SystemClock(), interval_s=0.02)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.write(name, [reading(number) for number in range(10)], at=10.0)
    assert writer.close()
    return folder


def test_a_copy_is_a_whole_record(written: Path, tmp_path: Path) -> None:
    copy = copy_record(written, tmp_path / "second")
    assert copy is not None
    assert verify(tmp_path / "second").trouble == ""
    with RecordReader(tmp_path / "second") as reader:
        (session,) = reader.sessions()
        assert [r.value for r in reader.readings(session.name)] == list(range(10))
    assert {path.name for path in (tmp_path / "second").iterdir()} == {RECORD_FILE}


def test_a_copy_replaces_the_older_one(written: Path, tmp_path: Path) -> None:
    copy_record(written, tmp_path / "second")
    writer = RecordWriter(written, SystemClock())
    writer.start()
    writer.journal(None, "note", {}, "Ann").result(5)
    copy_record(written, tmp_path / "second")
    writer.close()
    assert verify(tmp_path / "second").entries == 2


def test_another_record_is_not_copied_over(written: Path, tmp_path: Path) -> None:
    other = RecordWriter(tmp_path / "second", SystemClock())
    other.start()
    other.close()
    before = (tmp_path / "second" / RECORD_FILE).read_bytes()
    with pytest.raises(RecordError, match="Another record lies in the place of the copy"):
        copy_record(written, tmp_path / "second")
    assert (tmp_path / "second" / RECORD_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("to", "words"), [("record", "needs another folder"), ("file/below", r"Not a directory|cannot|exists")]
)
def test_a_place_that_takes_no_copy_is_refused_in_words(
    written: Path, tmp_path: Path, to: str, words: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordError, match=words):
        copy_record(written, tmp_path / to)


def test_no_record_no_copy(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no record"):
        copy_record(tmp_path / "record", tmp_path / "second")


def test_a_copy_left_off_leaves_the_older_one(written: Path, tmp_path: Path) -> None:
    copy_record(written, tmp_path / "second")
    before = (tmp_path / "second" / RECORD_FILE).read_bytes()
    assert copy_record(written, tmp_path / "second", lambda: False) is None
    assert [p.read_bytes() for p in (tmp_path / "second").iterdir()] == [before]


def test_a_copy_is_of_one_moment_while_the_record_is_written(written: Path, tmp_path: Path) -> None:
    """Pages change between two steps of the copy; each copy is whole all the same."""
    writer = RecordWriter(written, SystemClock(), interval_s=0.005)
    writer.start()
    (name,) = writer._recording.sessions
    done = threading.Event()

    def write() -> None:
        number = 10
        while not done.is_set():
            writer.write(name, [reading(number)], at=float(number))
            writer.journal(name, "note", {"n": number}, "Ann").result(5)
            number += 1

    def paused() -> bool:
        time.sleep(0.01)
        return True

    thread = threading.Thread(target=write)
    thread.start()
    for _ in range(5):
        assert copy_record(written, tmp_path / "second", paused) is not None
        assert verify(tmp_path / "second").trouble == ""
        with closing(sqlite3.connect(tmp_path / "second" / RECORD_FILE)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    done.set()
    thread.join()
    writer.close()


# By plan


def copying(folder: Path, clock: ManualClock, to: Path) -> RecordWriter:
    writer = RecordWriter(folder, clock, interval_s=0.01, backup=BackupPlan(folder=to, every_s=600.0))
    writer.start()
    writer.begin_session("chair-1", "Chair 1", simulated=False)
    return writer


def test_the_record_is_copied_as_often_as_set(folder: Path, tmp_path: Path, clock: ManualClock) -> None:
    writer = copying(folder, clock, tmp_path / "second")
    copies: list[datetime | None] = []
    clock.advance(FIRST_S)
    for _ in range(3):
        until(lambda: writer.snapshot().copied not in (None, *copies))
        copies.append(writer.snapshot().copied)
        clock.advance(600.0)
    writer.close()
    assert verify(tmp_path / "second").trouble == ""


def test_a_copy_that_fails_is_told_and_tried_again(folder: Path, tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "second").touch()  # a file, where the folder should be
    writer = copying(folder, clock, tmp_path / "second")
    clock.advance(FIRST_S)
    until(lambda: writer.snapshot().copy_trouble)
    assert "The copy of the record was not made" in writer.snapshot().copy_trouble
    assert writer.snapshot().state is not RecordState.FAILING
    (tmp_path / "second").unlink()

    def a_minute_later() -> bool:
        clock.advance(AGAIN_S)
        return writer.snapshot().copied is not None

    until(a_minute_later)
    assert writer.snapshot().copy_trouble == ""
    writer.close()


def test_without_a_plan_nothing_is_copied(folder: Path, tmp_path: Path, clock: ManualClock) -> None:
    writer = RecordWriter(folder, clock, interval_s=0.01)
    writer.start()
    clock.advance(1e6)
    writer.flush()
    writer.close()
    assert {path.name for path in tmp_path.iterdir()} == {"record", "record.key"}


# A fault of the program's own in the record's thread


@pytest.fixture
def broken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next vitals are packed by a program with a fault."""
    pack, left = Packer.pack, [1]

    def faulty(self: Packer, handed: Sequence[Handed]) -> list[Row]:
        if left[0]:
            left[0] -= 1
            msg = "a fault of ours"
            raise ZeroDivisionError(msg)
        return pack(self, handed)

    monkeypatch.setattr(Packer, "pack", faulty)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.usefixtures("broken_once")
def test_after_a_fault_of_ours_the_record_begins_anew(folder: Path, clock: ManualClock) -> None:
    writer = RecordWriter(folder, clock, interval_s=0.01)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    clock.advance(5.0)
    writer.write(name, [reading(1)], at=1.0)
    entry = writer.journal(name, "note", {"kept": True}, "Ann")
    until(lambda: writer.snapshot().trouble == BEGAN_ANEW)
    clock.advance(BEGIN_AGAIN_S)
    until(lambda: writer.snapshot().state is not RecordState.FAILING)
    writer.write(name, [reading(2)], at=2.0)
    assert entry.result(5)
    assert writer.flush()
    writer.close()
    with RecordReader(folder) as reader:
        assert [r.value for r in reader.readings(name)] == [2.0]
        assert [e.kind for e in reader.journal(name)] == ["session_started", "note"]
        (restart,) = reader.journal(None)
    assert (restart.kind, restart.body["seconds"] > 0) == ("record_restarted", True)
    assert verify(folder).trouble == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.usefixtures("broken_once")
def test_closing_after_a_fault_of_ours_writes_what_is_left(folder: Path, clock: ManualClock) -> None:
    writer = RecordWriter(folder, clock, interval_s=0.01)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    clock.advance(5.0)
    writer.write(name, [reading(1)], at=1.0)
    until(lambda: not (writer._thread is not None and writer._thread.is_alive()))
    entry = writer.journal(name, "note", {}, "Ann")
    assert writer.close()
    assert entry.result(1)
    with RecordReader(folder) as reader:
        assert [e.kind for e in reader.journal(name)] == ["session_started", "note"]


# A disk that is really full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB in memory; only who may mount has one."""
    place = tmp_path / "disk"
    place.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("a small disk in memory is made on Linux only")
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this user cannot mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


@pytest.mark.hazard("H-11")
def test_a_disk_filled_and_freed_again_loses_nothing(small_disk: Path) -> None:
    writer = RecordWriter(small_disk / "record", SystemClock(), interval_s=0.05)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    numbers = iter(range(100_000))
    entries = []

    def work() -> None:
        number = next(numbers)
        writer.write(name, [reading(number)], at=float(number))
        entries.append(writer.journal(name, "note", {"n": number}, "Ann"))

    work()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        fill(filler)
    begun = time.monotonic()

    def works_until_it_fails() -> bool:
        work()
        return writer.snapshot().state is RecordState.FAILING

    until(works_until_it_fails)
    assert time.monotonic() - begun < 2.0
    assert "The disk is full" in writer.snapshot().trouble
    for _ in range(20):
        work()
    filler.unlink()
    until(lambda: writer.snapshot().state is not RecordState.FAILING)
    work()
    assert writer.close()
    count = next(numbers)
    with RecordReader(small_disk / "record") as reader:
        assert [r.value for r in reader.readings(name)] == list(range(count))
        assert [e.body["n"] for e in reader.journal(name)[1:]] == list(range(count))
    assert verify(small_disk / "record").trouble == ""

"""A disk that fails is said, holds nobody up, and gets everything when it returns.

The failures are real ones: a limit on the size of files (as a full disk), a folder taken away, and
another program that holds the record.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RECORD_FILE, RecordState
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import SystemClock
from nurse_station.vitals.readings import Reading

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps an open record's folder in place"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def open_writer(folder: Path) -> Iterator[RecordWriter]:
    writer = RecordWriter(folder, SystemClock(), interval_s=0.02)
    writer.start()
    yield writer
    writer.close()


class Fault:
    """A way in which a disk fails, and how it recovers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = folder.with_name("aside")

    def full(self) -> Callable[[], None]:
        import resource  # noqa: PLC0415 - there is none on Windows

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)

    def taken_away(self) -> Callable[[], None]:
        self._folder.rename(self._aside)

        def back() -> None:
            self._aside.rename(self._folder)

        return back

    def held(self) -> Callable[[], None]:
        other = sqlite3.connect(self._folder / RECORD_FILE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        def release() -> None:
            other.execute("ROLLBACK")
            other.close()

        return release


FAULTS = {"full": Fault.full, "taken away": Fault.taken_away, "held by another": Fault.held}


def until(writer: RecordWriter, *, failing: bool) -> None:
    for _ in range(500):
        if (writer.snapshot().state is RecordState.FAILING) is failing:
            return
        time.sleep(0.01)
    pytest.fail(f"the record is {writer.snapshot()}")


def reading(number: int) -> Reading:
    return Reading(parameter="hr", value=float(number), at=float(number), source="ge-s5-dri")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.hazard("H-11")
def test_nothing_is_lost_over_a_fault(folder: Path, open_writer: RecordWriter, fault: str) -> None:
    name = open_writer.begin_session("chair-1", "Chair 1", simulated=False)
    open_writer.write(name, [reading(0)], at=0.0)
    assert open_writer.flush()
    recover = FAULTS[fault](Fault(folder))
    try:
        for number in range(1, 6):
            open_writer.write(name, [reading(number)], at=float(number))
        entry = open_writer.journal(name, "note", {"text": "during"}, "Ann")
        until(open_writer, failing=True)
        assert not entry.done()
        assert not open_writer.flush()
        status = open_writer.snapshot()
        other = open_writer.begin_session("chair-2", "Chair 2", simulated=False)
        open_writer.write(other, [reading(9)], at=9.0)
    finally:
        recover()
    until(open_writer, failing=False)
    assert entry.result(5) > 0
    assert open_writer.flush()
    with RecordReader(folder) as reader:
        assert [r.value for r in reader.readings(name)] == [0, 1, 2, 3, 4, 5]
        assert [r.value for r in reader.readings(other)] == [9]
        assert [session.name for session in reader.sessions()] == [name, other]
    assert status.trouble.endswith(f"({folder / RECORD_FILE}).")
    assert status.waiting_s > 0
    saved = open_writer.snapshot().saved
    assert status.saved is not None
    assert saved is not None
    assert saved > status.saved


def test_a_folder_taken_away_is_noticed_with_nothing_to_write(
    folder: Path, open_writer: RecordWriter
) -> None:
    recover = Fault(folder).taken_away()
    until(open_writer, failing=True)
    assert "No such file" in open_writer.snapshot().trouble
    recover()
    until(open_writer, failing=False)


def test_no_second_record_is_made_in_an_empty_folder(folder: Path, open_writer: RecordWriter) -> None:
    recover = Fault(folder).taken_away()
    folder.mkdir()
    until(open_writer, failing=True)
    assert list(folder.iterdir()) == []
    folder.rmdir()
    recover()
    until(open_writer, failing=False)


def test_another_record_in_the_place_of_this_one_is_not_written(
    folder: Path, open_writer: RecordWriter
) -> None:
    recover = Fault(folder).taken_away()
    stranger = RecordWriter(folder, SystemClock())
    stranger.start()
    stranger.close()
    until(open_writer, failing=True)
    for _ in range(500):
        if "Another record lies" in open_writer.snapshot().trouble:
            break
        time.sleep(0.01)
    assert "Another record lies" in open_writer.snapshot().trouble
    folder.rename(folder.with_name("stranger"))
    recover()
    until(open_writer, failing=False)


def test_closing_on_a_failing_disk_says_that_something_was_not_written(folder: Path) -> None:
    writer = RecordWriter(folder, SystemClock(), interval_s=0.02)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    recover = Fault(folder).held()
    entry = writer.journal(name, "note", {}, "Ann")
    assert not writer.close()
    recover()
    assert "closed before" in str(entry.exception(1))


def test_vitals_that_memory_could_not_hold_are_owned_up_to(folder: Path, open_writer: RecordWriter) -> None:
    open_writer._backlog.keep = 2  # two batches instead of four hours
    name = open_writer.begin_session("chair-1", "Chair 1", simulated=False)
    recover = Fault(folder).taken_away()
    for number in range(6):
        open_writer.write(name, [reading(number)], at=float(number))
        assert not open_writer.flush()
    recover()
    until(open_writer, failing=False)
    assert open_writer.flush()
    assert open_writer.snapshot().dropped_s > 0
    with RecordReader(folder) as reader:
        assert [r.value for r in reader.readings(name)] == [4, 5]
        assert [entry.kind for entry in reader.journal(None)] == ["vitals_lost"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_record_in_a_folder_that_takes_no_writes_is_read(folder: Path) -> None:
    writer = RecordWriter(folder, SystemClock())
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.close()
    folder.chmod(0o555)
    try:
        with RecordReader(folder) as reader:
            assert [session.name for session in reader.sessions()] == [name]
    finally:
        folder.chmod(0o755)

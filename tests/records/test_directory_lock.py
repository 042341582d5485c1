"""The lock of a data directory: who has it, how it is asked for, and that a full disk takes none away."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nurse_station.records import lock as locks
from nurse_station.records.lock import LOCK_FILE, DirectoryLock
from nurse_station.records.state import RecordError

LONG_GONE = str(2**22 + 1)
"""No process has this number: it is above Linux' highest."""


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[DirectoryLock]:
    found = DirectoryLock(tmp_path)
    found.acquire()
    yield found
    found.release()


def full_disk(file: int, data: bytes) -> int:
    raise OSError(28, "No space left on device")


def test_it_bears_its_holders_number_and_no_others(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text("123456789\n", encoding="utf-8")
    lock = DirectoryLock(tmp_path)
    lock.acquire()
    lock.release()
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8") == f"{os.getpid()}\n"


@pytest.mark.parametrize("before", ["", "1\n"])
def test_on_a_full_disk_it_is_held_unsigned_and_says_so(
    before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / LOCK_FILE).write_text(before, encoding="utf-8")
    monkeypatch.setattr(locks.os, "write", full_disk)
    lock = DirectoryLock(tmp_path)
    lock.acquire()
    assert "cannot be signed (No space left on device)" in caplog.text
    assert lock.held()
    with pytest.raises(RecordError, match=r"in another nurse station\. Close"):
        DirectoryLock(tmp_path).acquire()
    lock.release()
    assert not lock.held()


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files stands for a full disk")
def test_no_room_for_a_single_byte_ends_no_start(tmp_path: Path) -> None:
    words = ("import resource, sys; from pathlib import Path; from nurse_station.records.lock import *; "
             "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); lock = DirectoryLock(Path(sys.argv[1])); "
             "lock.acquire(); assert lock.held(); lock.release(); assert not lock.held()")  # fmt: skip
    subprocess.run([sys.executable, "-c", words, str(tmp_path)], check=True, capture_output=True, timeout=20)
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8") == ""


def test_a_folder_that_nobody_locked_is_not_held_and_stays_empty(tmp_path: Path) -> None:
    assert not DirectoryLock(tmp_path).held()
    assert not DirectoryLock(tmp_path / "nowhere").held()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("holder", ["", "words", LONG_GONE, "1"])
def test_a_lock_is_held_whoever_signed_it(holder: str, lock: DirectoryLock, tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text(holder, encoding="utf-8")
    assert DirectoryLock(tmp_path).held()


@pytest.mark.parametrize("holder", ["", "words", LONG_GONE, "1"])
def test_to_ask_signs_nothing(holder: str, tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text(holder, encoding="utf-8")
    assert not DirectoryLock(tmp_path).held()
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8") == holder


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such rights")
def test_a_lock_that_cannot_be_read_counts_as_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / LOCK_FILE).touch(mode=0)
    if os.geteuid() == 0:  # nothing is closed to root

        def refuse(path: object, flags: int) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(locks.os, "open", refuse)
    assert DirectoryLock(tmp_path).held()
    assert stat.S_IMODE((tmp_path / LOCK_FILE).stat().st_mode) == 0


def test_whoever_asks_all_the_time_keeps_no_station_from_its_start(tmp_path: Path) -> None:
    asked, done = DirectoryLock(tmp_path), threading.Event()
    asked.acquire()
    asked.release()

    def ask() -> None:
        while not done.wait(0.0002):
            asked.held()

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(200):
            lock = DirectoryLock(tmp_path)
            lock.acquire()
            lock.release()
    finally:
        done.set()
        asking.join()


def test_a_lock_that_stays_taken_is_given_up_after_some_tries(
    lock: DirectoryLock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []
    monkeypatch.setattr(locks.time, "sleep", rests.append)
    with pytest.raises(RecordError, match=rf"\(process {os.getpid()}\)"):
        DirectoryLock(tmp_path).acquire()
    assert sum(rests) == pytest.approx(0.1)


def test_who_asked_for_a_moment_is_waited_for(
    lock: DirectoryLock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks.time, "sleep", lambda seconds: lock.release())
    other = DirectoryLock(tmp_path)
    other.acquire()
    assert lock.held()
    other.release()

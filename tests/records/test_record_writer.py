"""Written is kept: sessions, readings, waves, conditions, frames and the journal come back as they went."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from nurse_station.records.disk_watch import DiskWatch
from nurse_station.records.lock import DirectoryLock
from nurse_station.records.reader import RecordReader
from nurse_station.records.rows import CONDITION, FRAMES_KEPT, Event
from nurse_station.records.state import RECORD_FILE, RecordError, RecordState
from nurse_station.records.store import RecordStore
from nurse_station.records.words import (
    SESSION_ENDED,
    SESSION_RESUMED,
    SESSION_STARTED,
    microseconds,
    wall_time,
)
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock, SystemClock
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock

SOURCE = "ge-s5-dri"


def second(number: int) -> list[Event]:
    """One second of a bed."""
    at = 1000.0 + number
    return [
        FrameAccepted(at=at, size=400, device_time=1.7e9 + number),
        Reading(parameter="hr", value=60.0 + number, at=at, source=SOURCE, origin="ECG", device_time=1.7e9),
        Reading(parameter="spo2", value=None, at=at, source=SOURCE, quality=Quality.MISSING,
                why=Missing.OFF, device_time=1.7e9),
        Reading(parameter="nibp_sys", value=93.27, at=at, source=SOURCE, measured_at=900.1,
                device_time=1.7e9),
        WaveBlock(wave="ecg1", samples=np.arange(300, dtype=np.float32), rate_hz=300, resolution=1.0, at=at,
                  source=SOURCE),
        WaveBlock(wave="pleth", samples=np.full(100, np.nan, np.float32), rate_hz=100, resolution=0.01, at=at,
                  source=SOURCE, leads_off=True),
        DeviceCondition(key="leads_off", active=number % 2 == 0, at=at, source=SOURCE, detail="RA"),
        FrameRefused(reason="checksum", frame=b"\x7e\x00", at=at, size=40),
    ]  # fmt: skip


def begin(writer: RecordWriter, bed: str = "chair-1") -> str:
    return writer.begin_session(bed, bed.title(), simulated=False, who="Ann")


EVENTS = [event for number in range(5) for event in second(number)]


def written(writer: RecordWriter) -> str:
    name = begin(writer)
    for number in range(5):
        writer.write(name, second(number), at=1000.0 + number)
    assert writer.flush()
    return name


def test_a_session_is_on_the_disk_when_begin_returns(writer: RecordWriter, tmp_path: Path) -> None:
    name = begin(writer)
    with RecordReader(tmp_path) as reader:
        (session,) = reader.sessions()
        (entry,) = reader.journal(name)
    assert (session.name, session.bed, session.simulated, session.ended) == (name, "chair-1", False, None)
    assert (entry.kind, entry.who, entry.body["bed"]) == (SESSION_STARTED, "Ann", "chair-1")


def test_sessions_are_named_by_day_and_number(tmp_path: Path, clock: ManualClock) -> None:
    writer = RecordWriter(tmp_path, clock)
    writer.start()
    names = [begin(writer), begin(writer)]
    clock.advance(24 * 3600)
    names.append(begin(writer))
    writer.close()
    first = datetime(2026, 1, 5, 8, tzinfo=UTC).astimezone().date()
    assert names == [f"{first}-001", f"{first}-002", f"{first + timedelta(days=1)}-001"]


def test_numbers_go_on_after_a_restart(tmp_path: Path, clock: ManualClock) -> None:
    names = []
    for _ in range(2):
        writer = RecordWriter(tmp_path, clock)
        writer.start()
        names.append(begin(writer))
        writer.close()
    assert [name[-3:] for name in names] == ["001", "002"]


@pytest.mark.hazard("H-13")
def test_readings_come_back_in_the_order_written(writer: RecordWriter, tmp_path: Path) -> None:
    name = written(writer)
    with RecordReader(tmp_path) as reader:
        assert list(reader.readings(name)) == [e for e in EVENTS if isinstance(e, Reading)]


def test_waves_come_back(writer: RecordWriter, tmp_path: Path) -> None:
    name = written(writer)
    with RecordReader(tmp_path) as reader:
        # They come by the time of day, which a time server may put back between two of these instants.
        told = sorted(reader.waves(name), key=lambda block: block.at)
        assert told == [e for e in EVENTS if isinstance(e, WaveBlock)]
        assert [block.wave for block in reader.waves(name, "pleth")] == ["pleth"] * 5


def test_conditions_come_back(writer: RecordWriter, tmp_path: Path) -> None:
    name = written(writer)
    with RecordReader(tmp_path) as reader:
        assert list(reader.conditions(name)) == [e for e in EVENTS if isinstance(e, DeviceCondition)]


def test_frames_are_counted_and_refused_ones_kept(writer: RecordWriter, tmp_path: Path) -> None:
    name = written(writer)
    with RecordReader(tmp_path) as reader:
        counts = reader.frame_counts(name)
        assert (counts.accepted, counts.accepted_bytes) == (5, 2000)
        assert (counts.refused, counts.refused_bytes) == ({"checksum": 5}, 200)
        assert list(reader.refused_frames(name)) == [e for e in EVENTS if isinstance(e, FrameRefused)]


def test_of_a_flood_of_refused_frames_all_are_counted_and_some_kept(
    tmp_path: Path, clock: ManualClock
) -> None:
    writer = RecordWriter(tmp_path, clock)
    writer.start()
    name = begin(writer)
    writer.write(name, [FrameRefused(reason="length", frame=b"x", at=1000.0, size=1)] * 1000, at=1000.0)
    writer.close()
    with RecordReader(tmp_path) as reader:
        assert reader.frame_counts(name).refused == {"length": 1000}
        assert len(list(reader.refused_frames(name))) == FRAMES_KEPT


def test_beds_are_kept_apart(writer: RecordWriter, tmp_path: Path) -> None:
    one, other = begin(writer), begin(writer, "chair-2")
    writer.write(one, second(1), at=1001.0)
    writer.write(other, second(2), at=1002.0)
    writer.flush()
    with RecordReader(tmp_path) as reader:
        assert [r.value for r in reader.readings(one)][0] == 61.0
        assert [r.value for r in reader.readings(other)][0] == 62.0


def test_a_durable_entry_is_on_the_disk_when_its_future_says_so(writer: RecordWriter, tmp_path: Path) -> None:
    name = begin(writer)
    number = writer.journal(name, "note", {"text": "ünwell"}, "Ann").result(5)
    with RecordReader(tmp_path) as reader:
        entry = reader.journal(name)[-1]
    assert (entry.number, entry.kind, entry.body, entry.who) == (number, "note", {"text": "ünwell"}, "Ann")


def test_a_correction_names_what_it_replaces(writer: RecordWriter, tmp_path: Path) -> None:
    name = begin(writer)
    wrong = writer.journal(name, "weight", {"kg": 700}, "Ann").result(5)
    writer.journal(name, "weight", {"kg": 70}, "Ann", why="typing error", replaces=wrong).result(5)
    with RecordReader(tmp_path) as reader:
        _, first, second_entry = reader.journal(name)
    assert first.body == {"kg": 700}
    assert (second_entry.replaces, second_entry.why) == (wrong, "typing error")


@pytest.mark.hazard("H-12")
def test_entries_keep_their_order_durable_or_not(writer: RecordWriter, tmp_path: Path) -> None:
    for number in range(20):
        last = writer.journal(None, "note", {"n": number}, "Ann", durable=number % 3 == 1)
    last.result(5)
    with RecordReader(tmp_path) as reader:
        assert [entry.body["n"] for entry in reader.journal(None)] == list(range(20))


def test_an_ended_session_is_no_longer_open(writer: RecordWriter, tmp_path: Path) -> None:
    ended, left = begin(writer), begin(writer, "chair-2")
    writer.end_session(ended, "Ann").result(5)
    with RecordReader(tmp_path) as reader:
        assert [session.name for session in reader.open_sessions()] == [left]
        assert reader.journal(ended)[-1].kind == SESSION_ENDED
        assert reader.sessions()[0].ended == reader.journal(ended)[-1].wall


def test_a_session_that_was_left_is_resumed(tmp_path: Path, clock: ManualClock) -> None:
    first = RecordWriter(tmp_path, clock)
    first.start()
    name = begin(first)
    first.write(name, second(0), at=1000.0)
    first.close()
    later = RecordWriter(tmp_path, clock)
    later.start()
    later.resume_session(name)
    later.write(name, second(1), at=1000.0)
    later.close()
    with RecordReader(tmp_path) as reader:
        assert [entry.kind for entry in reader.journal(name)] == [SESSION_STARTED, SESSION_RESUMED]
        assert [r.at for r in reader.readings(name)] == [1000.0] * 3 + [1001.0] * 3


def test_vitals_of_a_session_that_never_began_are_a_mistake_of_ours(writer: RecordWriter) -> None:
    with pytest.raises(RecordError, match="no session 2020-01-01-001"):
        writer.write("2020-01-01-001", [], at=0.0)


def test_words_that_utf8_cannot_hold_do_not_stop_the_record(writer: RecordWriter, tmp_path: Path) -> None:
    name = begin(writer)
    writer.write(name, [DeviceCondition(key="k", active=True, at=1.0, source="s", detail="\udce9")], at=1.0)
    writer.journal(name, "note", {"text": "\udce9"}, "\udce9").result(5)
    assert writer.flush()
    with RecordReader(tmp_path) as reader:
        assert [condition.detail for condition in reader.conditions(name)] == ["\\udce9"]


def test_a_row_that_breaks_the_rules_is_counted_and_holds_nothing_up(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    store.open()
    wrong = (CONDITION, (1, 0, 0.0, "s", "k", 7, ""))
    right = (CONDITION, (1, 0, 0.0, "s", "k", 1, ""))
    assert store.write([[wrong, right]]) == [0, 1]
    assert store.refused_rows == 1
    store.close()


def test_a_second_writer_is_refused_in_words(writer: RecordWriter, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"open in another nurse station \(process \d+\)"):
        RecordWriter(tmp_path, SystemClock()).start()


def test_the_lock_is_free_after_closing(tmp_path: Path) -> None:
    for _ in range(2):
        lock = DirectoryLock(tmp_path)
        lock.acquire()
        lock.release()


def test_the_folder_is_made(tmp_path: Path, clock: ManualClock) -> None:
    writer = RecordWriter(tmp_path / "new" / "place", clock)
    writer.start()
    writer.close()
    assert (tmp_path / "new" / "place" / RECORD_FILE).exists()


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordError, match="cannot be made"):
        RecordWriter(tmp_path / "file" / "place", clock).start()


def test_a_closed_record_says_that_it_is_not_open(tmp_path: Path, clock: ManualClock) -> None:
    writer = RecordWriter(tmp_path, clock)
    assert writer.snapshot().state is RecordState.FAILING
    writer.start()
    assert writer.snapshot().state is RecordState.IDLE
    assert writer.close()
    assert writer.snapshot().trouble == "The record is not open."
    assert not writer.flush()
    with pytest.raises(RecordError, match="not open"):
        writer.journal(None, "note", {}, "Ann").result(1)


def test_closing_leaves_one_file_and_no_log(tmp_path: Path, clock: ManualClock) -> None:
    writer = RecordWriter(tmp_path, clock)
    writer.start()
    written(writer)
    writer.close()
    assert {path.name for path in tmp_path.iterdir()} == {RECORD_FILE, "record.lock"}


def test_what_was_saved_and_when_is_told(writer: RecordWriter) -> None:
    assert writer.snapshot().saved is None
    written(writer)
    status = writer.snapshot()
    assert (status.state, status.trouble, status.waiting_s) == (RecordState.WRITING, "", 0.0)
    assert status.saved is not None


def test_any_thread_may_write(writer: RecordWriter, tmp_path: Path) -> None:
    names = [begin(writer, f"chair-{number}") for number in range(4)]

    def run(name: str) -> None:
        for number in range(50):
            writer.write(name, second(number), at=1000.0 + number)

    threads = [threading.Thread(target=run, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert writer.flush()
    with RecordReader(tmp_path) as reader:
        assert [session.numerics for session in reader.sessions()] == [50] * 4


def test_the_record_is_whole_and_synchronous(writer: RecordWriter, tmp_path: Path) -> None:
    written(writer)
    with closing(sqlite3.connect(tmp_path / RECORD_FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_hours_left_are_known_after_a_minute_of_writing(tmp_path: Path) -> None:
    watch = DiskWatch(tmp_path)
    watch.grown(0.0, 1_000_000)
    watch.grown(59.0, 1_100_000)
    assert watch.hours_left() is None
    watch.grown(60.0, 1_100_000)
    hours = watch.hours_left()
    assert hours is not None
    assert hours > 0


def test_the_writer_tells_how_long_the_disk_will_last(tmp_path: Path, clock: ManualClock) -> None:
    writer = RecordWriter(tmp_path, clock)
    writer.start()
    name = begin(writer)
    for number in range(62):
        writer.write(name, second(number), at=clock.now())
        clock.advance(1.0)
        assert writer.flush()
    hours = writer.snapshot().disk_hours
    writer.close()
    assert hours is not None
    assert hours > 0


def test_hours_left_of_a_disk_that_is_gone_are_unknown(tmp_path: Path) -> None:
    watch = DiskWatch(tmp_path / "gone")
    watch.grown(0.0, 0)
    watch.grown(60.0, 1000)
    assert watch.hours_left() is None


@pytest.mark.parametrize("us", [0, 1, 1_763_805_600_123_457, -5])
def test_microseconds_are_exact(us: int) -> None:
    assert microseconds(wall_time(us)) == us

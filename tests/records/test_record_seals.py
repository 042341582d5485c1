"""What monitors said is sealed with each signature: a changed, added or missing row is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from nurse_station.records import seals
from nurse_station.records.rows import VITALS
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.verify import verify, verify_vitals
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock

MINUTES = 3


@pytest.fixture
def record(tmp_path: Path, clock: ManualClock) -> tuple[Path, str]:
    """Two beds, written and signed for three minutes."""
    writer = RecordWriter(tmp_path / "record", clock, interval_s=0.01)
    writer.start()
    names = [writer.begin_session(bed, bed, simulated=False) for bed in ("chair-1", "chair-2")]
    writer._recording.sealing._signer.result(5)
    for _ in range(MINUTES):
        for name in names:
            writer.write(name, vitals(clock.now()), at=clock.now())
        assert writer.flush()
        clock.advance(60.0)
        assert writer.flush()
    writer.close()
    return tmp_path / "record", names[0]


def vitals(at: float) -> list[Reading | WaveBlock | DeviceCondition | FrameAccepted | FrameRefused]:
    wave = np.arange(9, dtype=np.float32)
    return [
        Reading(parameter="spo2", value=91.0, at=at, source="x"),
        WaveBlock(wave="ecg1", samples=wave, rate_hz=300, resolution=1.0, at=at, source="x"),
        DeviceCondition(key="leads_off", active=True, at=at, source="x", detail="RA"),
        FrameRefused(reason="checksum", frame=b"\x7e", at=at, size=40),
    ]


def tampered(folder: Path, *acts: str) -> None:
    with closing(sqlite3.connect(folder / RECORD_FILE, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for act in acts:
            connection.execute(act)


def test_vitals_that_nobody_touched_are_as_they_were_sealed(record: tuple[Path, str]) -> None:
    folder, session = record
    assert verify(folder).trouble == ""
    assert verify_vitals(folder, session) == ("", MINUTES)


@pytest.mark.parametrize("table", seals.TABLES)
def test_every_column_of_every_table_is_sealed(record: tuple[Path, str], table: str) -> None:
    folder, session = record
    with closing(sqlite3.connect(folder / RECORD_FILE)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        number = connection.execute(f"SELECT id FROM {table} WHERE session = 1 LIMIT 1 OFFSET 1").fetchone()[
            0
        ]
    for column in columns:
        copy = folder.with_name(f"{table}-{column}")
        copy.mkdir()
        (copy / RECORD_FILE).write_bytes((folder / RECORD_FILE).read_bytes())
        tampered(copy, f"UPDATE {table} SET {column} = {new_value(column)} WHERE id = {number}")
        trouble, held = verify_vitals(copy, session)
        assert (held, f"{table} 3 to 4" in trouble or table in trouble) == (1, True), column


def new_value(column: str) -> str:
    whole = {"id": "id + 1000", "session": "2", "device_time": "5", "active": "0", "refused": "'{}'"}
    if column in whole:
        return whole[column]
    if column in {"vitals", "blocks", "frame", "measured"}:
        return "x'ff'"
    return "'other'" if column in {"source", "key", "detail", "reason"} else f"{column} + 1"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("DELETE FROM numerics WHERE session = 1", "is broken"),
        ("UPDATE numerics SET session = 1 WHERE session = 2", "is broken"),
        ("DELETE FROM seals WHERE session = 1 AND id < 3", "is gone"),
        ("UPDATE seals SET digest = zeroblob(32) WHERE session = 1", "is not the one that checkpoint"),
        ("UPDATE seals SET session = 1", "is not the one that checkpoint"),
        ("UPDATE lines SET refused = CAST(x'ff' AS TEXT)", "is broken"),
    ],
)  # fmt: skip
def test_a_forgery_of_vitals_is_found(record: tuple[Path, str], act: str, words: str) -> None:
    folder, session = record
    tampered(folder, act)
    assert words in verify_vitals(folder, session)[0]


def test_a_checkpoint_with_other_seals_is_not_what_was_signed(record: tuple[Path, str]) -> None:
    tampered(record[0], "UPDATE checkpoints SET seals = zeroblob(32) WHERE id = 2")
    assert "signature of checkpoint 2" in verify(record[0]).trouble


def test_much_is_sealed_in_several_pieces(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "MOST_ROWS", 4)
    writer = RecordWriter(tmp_path / "record", clock, interval_s=0.01)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer._recording.sealing._signer.result(5)
    readings = [Reading(parameter="hr", value=float(n), at=1000.0 + n, source="x") for n in range(10)]
    writer.write(name, readings, at=1010.0)
    for minute in range(4):
        writer.journal(name, "note", {"n": minute}, "Ann").result(5)
        clock.advance(60.0)
        assert writer.flush()
    writer.close()
    assert verify_vitals(tmp_path / "record", name) == ("", 3)


def test_a_session_that_is_not_there_has_no_seals(record: tuple[Path, str]) -> None:
    with pytest.raises(RecordError, match="There is no session"):
        verify_vitals(record[0], "2020-01-01-001")


def test_every_row_that_a_monitor_causes_is_of_a_sealed_table() -> None:
    assert {sql.split()[2] for sql in VITALS} == set(seals.TABLES)

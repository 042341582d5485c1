"""Whatever is changed, taken out, put in or elsewhere in the journal, `verify` names the first such row."""

import os
import random
import sqlite3
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.records import chain
from nurse_station.records.reader import RecordReader
from nurse_station.records.rows import JOURNAL, Row
from nurse_station.records.signing import key_file, load_signer, signed_by, stored_public
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.store import RecordStore
from nurse_station.records.verify import Verdict, verify, verify_connection
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock

ENTRIES = 10_000
SEALED = 9_900
SAMPLE = int(os.environ.get("NURSE_STATION_CHAIN_SAMPLE", "0"))
"""Rows of the long journal in which every bit is changed, one at a time; 0: of a short one, for speed."""


def entry(number: int) -> Row:
    body = f'{{"n":{number},"text":"ünwell"}}'
    replaces = number - 1 if number % 97 == 0 else None
    return JOURNAL, (None, None, 1_700_000_000_000_000 + number, number + 0.25, "Ann", "note", body,
                     replaces, "")  # fmt: skip


def made(folder: Path, sealed: int, every: int, entries: int) -> Path:
    """A journal that was signed every so often, the last time at the entry `sealed`."""
    folder.mkdir()
    store, signer = RecordStore(folder), load_signer(folder)
    store.open()
    for start in range(1, sealed, every):
        store.write([[entry(number) for number in range(start, start + every)]])
        store.seal(signer, start)
    store.write([[entry(number) for number in range(sealed + 1, entries + 1)]])
    store.tidy()
    store.close()
    return folder


@pytest.fixture(scope="module")
def long_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("long") / "record", SEALED, 300, ENTRIES)


@contextmanager
def laid_open(folder: Path) -> Iterator[sqlite3.Connection]:
    """A copy in memory whose triggers are gone."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        with closing(sqlite3.connect(folder / RECORD_FILE)) as record:
            record.backup(copy)
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f"DROP TRIGGER {name}")
        yield copy


@pytest.fixture
def tampered(long_record: Path) -> Iterator[sqlite3.Connection]:
    with laid_open(long_record) as copy:
        yield copy


def test_a_journal_that_nobody_touched_is_whole(long_record: Path) -> None:
    verdict = verify(long_record)
    assert (verdict.trouble, verdict.entries, verdict.sealed) == ("", ENTRIES, SEALED)
    assert verdict.publics == {stored_public(long_record)}


def bits(value: object) -> Iterator[object]:
    """The value with each of its stored bits changed, one at a time."""
    if isinstance(value, int):
        yield from (struct.unpack("<q", struct.pack("<Q", value % 2**64 ^ 1 << bit))[0] for bit in range(64))
    elif isinstance(value, float):
        whole = int.from_bytes(struct.pack("<d", value), "little")
        yield from (struct.unpack("<d", (whole ^ 1 << bit).to_bytes(8, "little"))[0] for bit in range(64))
    elif isinstance(value, bytes):
        for place in range(len(value) * 8):
            changed = bytearray(value)
            changed[place // 8] ^= 1 << place % 8
            yield bytes(changed)


TABLES = {"journal": chain.COLUMNS.split(", "), "chain": ["id", "digest", "link"]}


def changes(record: sqlite3.Connection, table: str, number: int) -> Iterator[tuple[str, object, object]]:
    """Column, what is stored, and each value that one changed bit makes of it."""
    record.text_factory = bytes
    for column in TABLES[table]:
        (value, kind) = record.execute(
            f"SELECT {column}, typeof({column}) FROM {table} WHERE id = ?", (number,)
        ).fetchone()
        for changed in bits(value):
            cast = "CAST(? AS TEXT)" if kind == b"text" else "?"
            yield f"{column} = {cast}", changed, value


def seen(record: sqlite3.Connection, table: str, number: int, what: str, new: object, old: object) -> bool:
    """Whether a change is found; it is taken back."""
    column = what.partition(" ")[0]
    here = number
    try:
        record.execute(f"UPDATE {table} SET {what} WHERE id = ?", (new, here))
    except sqlite3.IntegrityError:  # the number is another row's, or NULL (a NaN): SQLite refuses it itself
        return True
    if column == "id":
        here = int(str(new))
    found = bool(verify_near(record, number).trouble)
    record.execute(f"UPDATE {table} SET {what} WHERE id = ?", (old, here))
    return found


def verify_near(record: sqlite3.Connection, number: int) -> Verdict:
    """The verdict on the journal; left off once past the row: 10,000 rows for each bit would take hours."""
    walked = [0]

    def go() -> bool:
        walked[0] += 500
        return walked[0] <= number + 500

    return verify_connection(record, go)


def test_each_changed_bit_of_an_entry_is_found(
    long_record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = long_record if SAMPLE else made(tmp_path / "record", 40, 20, 50)
    numbers = random.Random(11).sample(range(1, ENTRIES), SAMPLE) if SAMPLE else [1, 7, 40, 50]
    with laid_open(folder) as record:
        counts = changed_and_found(record, numbers)
        assert verify_connection(record).trouble == ""
    with capsys.disabled():
        print(f"\nbits changed and found: {counts}", file=sys.stderr)
    assert all(tried == found > 500 for tried, found in counts.values())


def changed_and_found(record: sqlite3.Connection, numbers: list[int]) -> dict[str, list[int]]:
    counts = {table: [0, 0] for table in TABLES}
    for table, number in [(table, number) for table in TABLES for number in numbers]:
        for what, new, old in changes(record, table, number):
            counts[table][0] += 1
            counts[table][1] += seen(record, table, number, what, new, old)
    return counts


@pytest.mark.parametrize("number", [1, 2, 500, 501, 9_899, 9_900, 10_000])
def test_an_entry_that_was_taken_out_is_named(tampered: sqlite3.Connection, number: int) -> None:
    tampered.execute("DELETE FROM journal WHERE id = ?", (number,))
    verdict = verify_connection(tampered)
    assert (verdict.row, verdict.trouble) == (number, f"Entry {number} of the journal is gone.")


@pytest.mark.parametrize("number", [1, 2, 500, 501, 9_899])
def test_an_entry_taken_out_with_its_link_is_named(tampered: sqlite3.Connection, number: int) -> None:
    for table in ("journal", "chain"):
        tampered.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
    assert verify_connection(tampered).row == number


def test_entries_closed_up_over_a_gap_are_found(tampered: sqlite3.Connection) -> None:
    for table in ("journal", "chain"):
        tampered.execute(f"DELETE FROM {table} WHERE id = 4000")
        tampered.execute(f"UPDATE {table} SET id = -id WHERE id > 4000")
        tampered.execute(f"UPDATE {table} SET id = -id - 1 WHERE id < 0")
    assert verify_connection(tampered).row == 4000


@pytest.mark.parametrize(("one", "other"), [(1, 2), (1, 10_000), (4_000, 4_001), (9_999, 10_000)])
@pytest.mark.parametrize("tables", [("journal",), ("chain",), ("journal", "chain")])
def test_entries_that_changed_places_are_found(
    tampered: sqlite3.Connection, one: int, other: int, tables: tuple[str, ...]
) -> None:
    for table in tables:
        for before, after in ((one, -1), (other, one), (-1, other)):
            tampered.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (after, before))
    assert verify_connection(tampered).row == one


@pytest.mark.parametrize("kept", [0, 1, 300, 5_000, 9_899])
def test_a_journal_cut_off_before_its_last_signature_is_found(
    tampered: sqlite3.Connection, kept: int
) -> None:
    for table in ("journal", "chain"):
        tampered.execute(f"DELETE FROM {table} WHERE id > ?", (kept,))
    verdict = verify_connection(tampered)
    assert (verdict.row, "end is gone" in verdict.trouble) == (kept + 1, True)


def test_what_was_cut_off_after_the_last_signature_cannot_be_seen(tampered: sqlite3.Connection) -> None:
    for table in ("journal", "chain"):
        tampered.execute(f"DELETE FROM {table} WHERE id > ?", (SEALED,))
    verdict = verify_connection(tampered)
    assert (verdict.trouble, verdict.entries, verdict.sealed) == ("", SEALED, SEALED)


def rewritten(record: sqlite3.Connection, number: int) -> None:
    """Change an entry and compute the whole chain anew, as someone would who has read the source."""
    record.execute("UPDATE journal SET who = 'Eve' WHERE id = ?", (number,))
    (link,) = record.execute("SELECT link FROM chain WHERE id = ?", (number - 1,)).fetchone()
    for row in record.execute(f"SELECT {chain.COLUMNS} FROM journal WHERE id >= ?", (number,)).fetchall():
        digest = chain.entry_digest(row)
        link = chain.link(link, digest)
        record.execute("UPDATE chain SET digest = ?, link = ? WHERE id = ?", (digest, link, row[0]))


def test_a_chain_computed_anew_does_not_fit_the_signatures(tampered: sqlite3.Connection) -> None:
    rewritten(tampered, 5_000)
    verdict = verify_connection(tampered)
    assert "does not fit" in verdict.trouble
    assert verdict.checkpoints == 16  # those up to entry 4,800


FORGED: dict[str, Callable[[sqlite3.Connection], object]] = {
    "an entry put in at the end": lambda r: r.execute(
        "INSERT INTO journal VALUES (10001, NULL, 0, 0.0, 'Eve', 'note', '{}', NULL, '')"
    ),
    "an entry put in before the first": lambda r: r.execute(
        "INSERT INTO journal VALUES (0, NULL, 0, 0.0, 'Eve', 'note', '{}', NULL, '')"
    ),
    "another record's uuid": lambda r: r.execute("UPDATE record SET uuid = 'another'"),
    "a mark that entries were chained later": lambda r: r.execute("UPDATE chain_start SET chained_later = 9"),
    "no mark": lambda r: r.execute("DELETE FROM chain_start"),
    "a checkpoint less": lambda r: r.execute("DELETE FROM checkpoints WHERE id = 7"),
    "another time of a checkpoint": lambda r: r.execute("UPDATE checkpoints SET wall_us = 1 WHERE id = 7"),
    "no number as a time": lambda r: r.execute("UPDATE checkpoints SET wall_us = x'00' WHERE id = 7"),
    "another key": lambda r: r.execute("UPDATE keys SET public = zeroblob(32)"),
    "no key": lambda r: r.execute("DELETE FROM keys"),
    "a text that is none": lambda r: r.execute("UPDATE journal SET who = x'ff' WHERE id = 5"),
    "every link gone": lambda r: r.execute("DELETE FROM chain"),
}  # fmt: skip


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forgery_is_found(
    tampered: sqlite3.Connection, forge: Callable[[sqlite3.Connection], object]
) -> None:
    forge(tampered)
    assert verify_connection(tampered).trouble


@pytest.mark.parametrize("column", ["last", "link", "signature", "key", "id", "wall_us"])
def test_each_changed_bit_of_a_signature_is_found(tampered: sqlite3.Connection, column: str) -> None:
    tampered.execute("DELETE FROM journal WHERE id > 600")  # a short journal, so that each walk is short
    tampered.execute("DELETE FROM chain WHERE id > 600")
    tampered.execute("DELETE FROM checkpoints WHERE id > 2")
    assert verify_connection(tampered).trouble == ""
    (value,) = tampered.execute(f"SELECT {column} FROM checkpoints WHERE id = 2").fetchone()
    for changed in list(bits(value))[:: 1 if column != "signature" else 7]:
        where = changed if column == "id" else 2
        tampered.execute(f"UPDATE checkpoints SET {column} = ? WHERE id = 2", (changed,))
        assert verify_connection(tampered).trouble, changed
        tampered.execute(f"UPDATE checkpoints SET {column} = ? WHERE id = ?", (value, where))


@given(
    st.lists(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()))
)
@settings(max_examples=50, deadline=None)
def test_different_values_have_different_canonical_forms(values: list[object]) -> None:
    assert chain.canonical([*values, "x"]) != chain.canonical(values)
    assert chain.canonical(values) == chain.canonical(list(values))


# What the writer does


def opened(folder: Path, clock: ManualClock) -> RecordWriter:
    writer = RecordWriter(folder, clock, interval_s=0.02)
    writer.start()
    return writer


def checkpoints(folder: Path) -> int:
    return verify(folder).checkpoints


def test_the_chain_s_end_is_signed_on_closing(tmp_path: Path, clock: ManualClock) -> None:
    writer = opened(tmp_path, clock)
    writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.close()
    verdict = verify(tmp_path)
    assert (verdict.trouble, verdict.checkpoints, verdict.sealed) == ("", 1, 1)


def test_a_session_s_end_is_signed_at_once(tmp_path: Path, clock: ManualClock) -> None:
    writer = opened(tmp_path, clock)
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.flush()
    writer._recording.sealing._signer.result(5)
    assert checkpoints(tmp_path) == 0
    writer.end_session(name, "Ann").result(5)
    assert writer.flush()
    assert (checkpoints(tmp_path), verify(tmp_path).sealed) == (1, 2)
    writer.close()


def test_what_is_written_is_signed_each_minute_and_nothing_is_signed_twice(
    tmp_path: Path, clock: ManualClock
) -> None:
    writer = opened(tmp_path, clock)
    writer._recording.sealing._signer.result(5)
    counts = []
    for _ in range(3):
        writer.journal(None, "note", {}, "Ann").result(5)
        for _ in range(3):
            clock.advance(30.0)
            assert writer.flush()
        counts.append(checkpoints(tmp_path))
    assert counts == [1, 2, 3]
    writer.close()
    assert checkpoints(tmp_path) == 3


def test_a_broken_chain_is_told_and_monitoring_begins_all_the_same(
    tmp_path: Path, clock: ManualClock
) -> None:
    folder = tmp_path / "record"
    broken(folder, clock, "UPDATE journal SET who = 'Eve' WHERE id = 2")
    writer = opened(folder, clock)
    name = writer.begin_session("chair-2", "Chair 2", simulated=False)
    walk = writer._recording.watch._thread
    assert walk is not None
    walk.join(5)
    assert writer.chain_trouble == writer.snapshot().chain == "Entry 2 of the journal was changed."
    writer.close()
    with RecordReader(folder) as reader:
        assert len(reader.journal(name)) == 1


@pytest.mark.parametrize("forge", ["DELETE FROM journal WHERE id > 1", "DELETE FROM chain WHERE id > 1"])
def test_a_record_that_was_cut_takes_new_entries_and_keeps_showing_the_gap(
    tmp_path: Path, clock: ManualClock, forge: str
) -> None:
    folder = tmp_path / "record"
    broken(folder, clock, forge)
    writer = opened(folder, clock)
    assert writer.journal(None, "note", {}, "Ann").result(5) == 5
    writer.close()
    assert verify(folder).row == 2


def broken(folder: Path, clock: ManualClock, forge: str) -> None:
    writer = opened(folder, clock)
    writer.begin_session("chair-1", "Chair 1", simulated=False)
    for _ in range(3):
        writer.journal(None, "note", {}, "Ann").result(5)
    writer.close()
    with closing(sqlite3.connect(folder / RECORD_FILE, isolation_level=None)) as record:
        for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            record.execute(f"DROP TRIGGER {name}")
        record.execute(forge)


def test_a_session_moved_to_another_bed_is_found(tmp_path: Path, clock: ManualClock) -> None:
    broken(tmp_path / "record", clock, "UPDATE sessions SET bed_name = 'Chair 9'")
    verdict = verify(tmp_path / "record")
    assert (verdict.row, "its bed_name was changed" in verdict.trouble) == (1, True)


# The key


def test_the_key_is_beside_the_record_and_its_owner_s_alone(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    signer = load_signer(folder)
    assert stat.S_IMODE(key_file(folder).stat().st_mode) == 0o600 or sys.platform == "win32"
    assert key_file(folder).parent == tmp_path
    assert "whoever can read it can sign" in signer.warning


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    first, again = load_signer(folder), load_signer(folder)
    assert first.public == again.public == stored_public(folder)
    assert signed_by(first.public, again.sign(b"x"), b"x")
    assert not signed_by(first.public, again.sign(b"x"), b"y")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_key_that_others_can_read_is_said(tmp_path: Path) -> None:
    load_signer(tmp_path / "record")
    key_file(tmp_path / "record").chmod(0o644)
    assert "Other users" in load_signer(tmp_path / "record").warning


def test_a_damaged_key_is_said_and_never_replaced(tmp_path: Path, clock: ManualClock) -> None:
    folder = tmp_path / "record"
    key_file(folder).write_text("no key")
    with pytest.raises(RecordError, match="damaged"):
        load_signer(folder)
    writer = opened(folder, clock)
    writer.begin_session("chair-1", "Chair 1", simulated=False)
    writer.flush()
    assert "is not signed" in writer.snapshot().signing
    writer.close()
    assert key_file(folder).read_text() == "no key"
    assert (verify(folder).trouble, checkpoints(folder)) == ("", 0)


class Keystore:
    """What the package keyring offers, as far as it is used."""

    class errors:  # noqa: N801 - its name there
        KeyringError = LookupError

    def __init__(self, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, account: str) -> str | None:
        if self.locked:
            raise LookupError
        return self.kept.get((service, account))

    def set_password(self, service: str, account: str, secret: str) -> None:
        self.kept[service, account] = secret


@pytest.mark.parametrize("locked", [False, True])
def test_a_keystore_that_works_keeps_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Keystore(locked))
    first, again = load_signer(tmp_path / "record"), load_signer(tmp_path / "record")
    assert first.public == again.public
    assert key_file(tmp_path / "record").exists() == bool(first.warning) == locked

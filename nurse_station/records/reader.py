"""Reads the record while it is written, or a year later. Never writes, never holds the writer up.

Each question is one short query: a read that stays open would keep the write-ahead log from shrinking.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nurse_station.records import numeric_rows, wave_rows
from nurse_station.records.migrations import steps, version
from nurse_station.records.series import Series, series_of
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.store import is_practice, sentence
from nurse_station.records.wave_rows import WaveKind
from nurse_station.records.words import SESSION_ENDED, wall_time
from nurse_station.vitals.readings import DeviceCondition, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock

CHUNK = 500
SPAN_US = round(wave_rows.SPAN_S * 1e6)
Floats = NDArray[np.float64]


def _first_and_last(table: str) -> str:
    one = f"(SELECT wall_us FROM {table} t WHERE t.session = s.id ORDER BY id {{}} LIMIT 1)"
    return f"{one.format('')}, {one.format('DESC')}"


_SUMMARY = f"""
SELECT s.name, s.uuid, s.bed, s.bed_name, s.started_us, s.simulated,
    (SELECT max(wall_us) FROM journal j WHERE j.session = s.id AND j.kind = '{SESSION_ENDED}'),
    (SELECT count(*) FROM numerics n WHERE n.session = s.id),
    (SELECT count(*) FROM waves w WHERE w.session = s.id),
    (SELECT count(*) FROM journal j WHERE j.session = s.id),
    {_first_and_last("numerics")}, {_first_and_last("waves")}
FROM sessions s WHERE NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.session = s.id) ORDER BY s.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One line of the list of sessions.

    Attributes:
        name: e.g. "2026-11-22-001".
        uuid: Its identity in exports.
        bed, bed_name: Key of the bed, and its name at the beginning.
        started: UTC.
        ended: UTC; None: it was not ended (it runs, or the program was gone).
        simulated: Its values are not a patient's.
        last: Wall time (UTC) of the last vitals; None: there are none.
        seconds: From the first vitals to the last.
        numerics, waves, entries: Rows of each kind.
    """

    name: str
    uuid: str
    bed: str
    bed_name: str
    started: datetime
    ended: datetime | None
    simulated: bool
    last: datetime | None
    seconds: float
    numerics: int
    waves: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One entry of the journal.

    Attributes:
        number: Its id; grows in the order of writing.
        session: Name of the session; None: the room's own.
        wall: UTC.
        mono: Monotonic seconds of the run that wrote it.
        who, kind, why: As handed in.
        body: As handed in, from JSON.
        replaces: The number of the entry that this one corrects.
    """

    number: int
    session: str | None
    wall: datetime
    mono: float
    who: str
    kind: str
    body: dict[str, Any]
    replaces: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameCounts:
    """Frames of a session's lines; refused ones by reason."""

    accepted: int
    accepted_bytes: int
    refused: dict[str, int]
    refused_bytes: int


class RecordReader:
    """The record in `folder`, for reading only. Belongs to the thread that made it.

    Every method raises RecordError, with a sentence, when the record cannot be read.

    Attributes:
        version: The form that the record has.
        practice: It is of practice; else of patients.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD_FILE
        if not self._path.exists():
            msg = f"There is no record in {folder}."
            raise RecordError(msg)
        with self._trouble_said():
            self._connection = open_record(self._path)
            self.version = version(self._connection)
        if self.version < len(steps()):
            self.close()
            msg = f"The record in {folder} is of an older form: start the station on it once."
            raise RecordError(msg)
        with self._trouble_said():
            self.practice = is_practice(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def sessions(self) -> list[SessionSummary]:
        """All sessions, oldest first; without those that were deleted."""
        return [_summary(row) for row in self._rows(_SUMMARY)]

    def open_sessions(self) -> list[SessionSummary]:
        """Those that were never ended: to be resumed by a station that was gone."""
        return [session for session in self.sessions() if session.ended is None]

    def readings(self, session: str) -> Iterator[Reading]:
        """Every reading, in the order and with the fields with which it was written."""
        for _, reading in self.timed_readings(session):
            yield reading

    def timed_readings(self, session: str) -> Iterator[tuple[float, Reading]]:
        """The same, each with its wall time, unix seconds: `at` begins anew with each run of the station."""
        layouts, columns = self._layouts(), "wall_us, layout, mono, device_time, vitals, measured"
        for wall_us, layout, *row in self._each(columns, "numerics", session):
            for reading in numeric_rows.decode(layouts[layout], *row):
                yield wall_us / 1e6, reading

    def numeric_series(self, session: str, parameter: str) -> tuple[Floats, Floats]:
        """One parameter of all its sources over the whole session.

        Returns:
            Wall time in unix seconds and value, each of shape (n,), in the order of writing; NaN where
            there was no value, or an old one was sent as new.
        """
        places = _places(self._layouts(), parameter)
        kept: dict[tuple[int, bytes], tuple[list[int], list[bytes]]] = {}
        times: list[int] = []
        sql = "SELECT layout, wall_us, vitals FROM numerics WHERE session = ? ORDER BY id"
        for layout, at, vitals in self._rows(sql, self.number(session)):
            if layout not in places:
                continue
            what = layout, numeric_rows.layout_mask(places[layout][0], vitals)
            where, blobs = kept.setdefault(what, ([], []))
            where.append(len(times))
            blobs.append(vitals)
            times.append(at)
        values = [
            (np.array(where), numeric_rows.column_values(places[layout][0], place, blobs))
            for (layout, _), (where, blobs) in kept.items()
            for place in places[layout][1]
        ]
        return _in_order(np.array(times, dtype=np.float64) / 1e6, values)

    def all_series(self, session: str) -> dict[str, Series]:
        """Every parameter that the session has a row of, in one pass: for whoever wants them all."""
        columns = "layout, wall_us, mono, vitals, measured"
        sql = f"SELECT {columns} FROM numerics WHERE session = ? ORDER BY id"
        return series_of(self._layouts(), self._rows(sql, self.number(session)))

    def waves(
        self, session: str, wave: str | None = None, start: float = 0.0, end: float = float("inf")
    ) -> Iterator[WaveBlock]:
        """Blocks that arrived in [start, end), unix seconds; of one wave, or of all (None).

        They come by the time at which they arrived, each equal to what was written.
        """
        for _, block in self.timed_waves(session, wave, start, end):
            yield block

    def timed_waves(
        self, session: str, wave: str | None = None, start: float = 0.0, end: float = float("inf")
    ) -> Iterator[tuple[float, WaveBlock]]:
        """The same, each with the wall time at which it arrived, unix seconds."""
        kinds = self._kinds()
        for row_us, mono, stored in self._wave_rows(self.number(session), start, end):
            for block in wave_rows.decode(stored, kinds, wave):
                wall = row_us / 1e6 + (block.at - mono)
                if start <= wall < end:
                    yield wall, block

    def conditions(self, session: str) -> Iterator[DeviceCondition]:
        """What the monitors said of themselves, in the order of writing."""
        for _, condition in self.timed_conditions(session):
            yield condition

    def timed_conditions(self, session: str) -> Iterator[tuple[float, DeviceCondition]]:
        """The same, each with its wall time, unix seconds."""
        columns = "wall_us, key, active, mono, source, detail"
        for wall_us, key, active, at, source, detail in self._each(columns, "conditions", session):
            said = DeviceCondition(key=key, active=bool(active), at=at, source=source, detail=detail)
            yield wall_us / 1e6, said

    def refused_frames(self, session: str) -> Iterator[FrameRefused]:
        """The refused frames that were kept whole, in the order of writing."""
        for reason, frame, at, size in self._each("reason, frame, mono, size", "refused_frames", session):
            yield FrameRefused(reason=reason, frame=frame, at=at, size=size)

    def frame_counts(self, session: str) -> FrameCounts:
        """How many frames came over the session's lines."""
        accepted = accepted_bytes = refused_bytes = 0
        refused: dict[str, int] = {}
        columns = "accepted, accepted_bytes, refused, refused_bytes"
        for frames, size, reasons, refused_size in self._each(columns, "lines", session):
            accepted, accepted_bytes = accepted + frames, accepted_bytes + size
            refused_bytes += refused_size
            for reason, count in json.loads(reasons).items():
                refused[reason] = refused.get(reason, 0) + count
        return FrameCounts(accepted=accepted, accepted_bytes=accepted_bytes, refused=refused,
                           refused_bytes=refused_bytes)  # fmt: skip

    def journal(self, session: str | None) -> list[JournalEntry]:
        """The entries of a session, or those of the room (None), in the order of writing."""
        number = None if session is None else self.number(session)
        columns = "id, wall_us, mono, who, kind, body, replaces, why"
        sql = f"SELECT {columns} FROM journal WHERE session IS ? ORDER BY id"
        return [_entry(session, row) for row in self._rows(sql, number)]

    def tally(self, session: str, kind: str, key: str, wanted: Mapping[str, str]) -> dict[str, int]:
        """How many entries of `kind` there are by the word at `key` of their body, of those whose body has
        the `wanted` words."""
        found = "".join(" AND json_extract(body, '$.' || ?) = ?" for _ in wanted)
        sql = (
            "SELECT json_extract(body, '$.' || ?), count(*) FROM journal"
            f" WHERE session = ? AND kind = ?{found} GROUP BY 1"
        )
        words = [word for pair in wanted.items() for word in pair]
        return {str(word): count for word, count in self._rows(sql, key, self.number(session), kind, *words)}

    def of_kind(self, session: str, kind: str) -> list[JournalEntry]:
        """The session's entries of one kind, in the order of writing."""
        columns = "id, wall_us, mono, who, kind, body, replaces, why"
        sql = f"SELECT {columns} FROM journal WHERE session IS ? AND kind = ? ORDER BY id"
        return [_entry(session, row) for row in self._rows(sql, self.number(session), kind)]

    @contextmanager
    def _trouble_said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise RecordError(sentence(error, self._path)) from error

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._trouble_said():
            return self._connection.execute(sql, values).fetchall()

    def number(self, session: str) -> int:
        """The session's number in the tables."""
        found = self._rows("SELECT id FROM sessions WHERE name = ?", session)
        if not found:
            msg = f"There is no session {session} in the record."
            raise RecordError(msg)
        if self._rows("SELECT 1 FROM tombstones WHERE session = ?", found[0][0]):
            msg = f"The session {session} was deleted; the room's journal says when, by whom and why."
            raise RecordError(msg)
        return int(found[0][0])

    def _each(self, columns: str, table: str, session: str) -> Iterator[Any]:
        """Rows of a session in the order of writing, a chunk at a time."""
        number, last = self.number(session), 0
        sql = f"SELECT id, {columns} FROM {table} WHERE session = ? AND id > ? ORDER BY id LIMIT {CHUNK}"
        while chunk := self._rows(sql, number, last):
            last = chunk[-1][0]
            for row in chunk:
                yield row[1:]

    def _wave_rows(self, number: int, start: float, end: float) -> Iterator[Any]:
        last = (_clip_us(start) - SPAN_US, 0)
        sql = (
            "SELECT wall_us, id, mono, blocks FROM waves WHERE session = ? AND (wall_us, id) > (?, ?)"
            f" AND wall_us <= ? ORDER BY wall_us, id LIMIT {CHUNK}"
        )
        while chunk := self._rows(sql, number, *last, _clip_us(end)):
            last = chunk[-1][:2]
            for wall_us, _, mono, blocks in chunk:
                yield wall_us, mono, blocks

    def _layouts(self) -> dict[int, list[numeric_rows.Column]]:
        rows = self._rows("SELECT id, columns FROM layouts")
        return {number: numeric_rows.read_columns(text) for number, text in rows}

    def _kinds(self) -> dict[int, WaveKind]:
        rows = self._rows("SELECT id, wave, unit, rate_hz, resolution, source FROM wave_kinds")
        return {
            number: WaveKind(wave=wave, unit=unit, rate_hz=rate, resolution=resolution, source=source)
            for number, wave, unit, rate, resolution, source in rows
        }


def open_record(path: Path) -> sqlite3.Connection:
    """Read-only. A record on a medium that takes no writes has no log beside it, and cannot change."""
    address = path.absolute().as_uri()
    try:
        return _tried(f"{address}?mode=ro")
    except sqlite3.OperationalError:
        if Path(f"{path}-wal").exists():
            raise
        return _tried(f"{address}?mode=ro&immutable=1")


def _tried(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _clip_us(seconds: float) -> int:
    return round(min(max(seconds, -1e12), 1e12) * 1e6)


def _summary(row: Any) -> SessionSummary:
    name, uuid, bed, bed_name, started, simulated, ended, numerics, waves, entries, *times = row
    first = min((time for time in times[::2] if time is not None), default=None)
    last = max((time for time in times[1::2] if time is not None), default=None)
    return SessionSummary(
        name=name, uuid=uuid, bed=bed, bed_name=bed_name, started=wall_time(started),
        ended=None if ended is None else wall_time(ended), simulated=bool(simulated),
        last=None if last is None else wall_time(last),
        seconds=0.0 if first is None or last is None else (last - first) / 1e6,
        numerics=numerics, waves=waves, entries=entries,
    )  # fmt: skip


def _entry(session: str | None, row: Any) -> JournalEntry:
    number, wall_us, mono, who, kind, body, replaces, why = row
    return JournalEntry(number=number, session=session, wall=wall_time(wall_us), mono=mono, who=who,
                        kind=kind, body=json.loads(body), replaces=replaces, why=why)  # fmt: skip


def _places(
    layouts: dict[int, list[numeric_rows.Column]], parameter: str
) -> dict[int, tuple[int, list[int]]]:
    """Layout -> how many columns it has, and which of them hold the parameter."""
    found = {
        number: (len(columns), [place for place, column in enumerate(columns) if column[0] == parameter])
        for number, columns in layouts.items()
    }
    return {number: places for number, places in found.items() if places[1]}


def _in_order(times: Floats, values: list[tuple[NDArray[np.intp], Floats]]) -> tuple[Floats, Floats]:
    if not values:
        return np.empty(0), np.empty(0)
    where = np.concatenate([rows for rows, _ in values])
    order = np.argsort(where, kind="stable")
    return times[where[order]], np.concatenate([column for _, column in values])[order]

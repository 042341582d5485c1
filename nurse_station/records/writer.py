"""Writes the record: one thread, one commit a second for all beds, journal entries at once.

Whoever hands something in never waits for the disk and is never sent an error of the disk: what
cannot be written is held in memory, tried again every second, and said in `snapshot`.
"""

import json
import threading
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nurse_station import __version__
from nurse_station.records.backlog import Backlog, Batch, Entry
from nurse_station.records.disk_watch import DiskWatch
from nurse_station.records.lock import DirectoryLock
from nurse_station.records.rows import JOURNAL, SESSION, Catalogue, Event, Handed, Packer, Row, plain
from nurse_station.records.state import RecordError, RecordState, RecordStatus
from nurse_station.records.store import RecordStore
from nurse_station.records.words import (
    ROWS_REFUSED,
    SESSION_ENDED,
    SESSION_RESUMED,
    SESSION_STARTED,
    STATION,
    VITALS_LOST,
    microseconds,
)
from nurse_station.vitals.clock import Clock

INTERVAL_S = 1.0
BEGIN_S = 0.5
"""How long the beginning of a session waits for the disk; then it goes on, held in memory."""

STUCK_S = 5.0
"""A commit that lasts longer is said to be trouble."""

QUIET_S = 10.0
"""With nothing handed in for so long, the record is idle. Some monitors speak every ten seconds."""

AT_ONCE = 60
"""Batches in one transaction while catching up."""


@dataclass(slots=True)
class _Inbox:
    """What callers have handed in and the thread has not yet taken; guarded by the writer's condition."""

    entries: list[Entry] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    flushes: list[Future[bool]] = field(default_factory=list)
    urgent: bool = False
    closing: bool = False


class RecordWriter:
    """The one writer of the record in `folder`. Any thread may call it."""

    def __init__(self, folder: Path, clock: Clock, interval_s: float = INTERVAL_S) -> None:
        self._folder = folder
        self._clock = clock
        self._interval_s = interval_s
        self._lock = DirectoryLock(folder)
        self._store = RecordStore(folder)
        self._watch = DiskWatch(folder)
        self._backlog = Backlog()
        self._inbox = _Inbox()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._sessions: dict[str, int] = {}
        self._catalogue = Catalogue({}, {})
        self._packers: dict[int, Packer] = {}
        self._last_batch = clock.now()
        self._committing_since: float | None = None
        self._told_lost_s = 0.0
        self._wrote_at = float("-inf")
        self._saved: datetime | None = None
        self._status = RecordStatus(state=RecordState.IDLE, place=str(folder))

    # What callers see

    def start(self) -> None:
        """Open the record, creating folder and file where there are none.

        Raises:
            RecordError: Another station has it, it is newer than this program, or it cannot be opened.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"The folder {self._folder} cannot be made ({error.strerror})."
            raise RecordError(msg) from error
        self._lock.acquire()
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(opened,), name="record", daemon=True)
        self._thread.start()
        try:
            opened.result()
        except RecordError:
            self._thread.join()
            self._thread = None
            raise

    def begin_session(self, bed: str, bed_name: str, *, simulated: bool, who: str = STATION) -> str:
        """Begin a session; it is on the disk when this returns, unless the record is failing.

        Args:
            bed: Key of the bed.
            bed_name: The clinic's name for it.
            simulated: The values will not be a patient's.
            who: Who began it.

        Returns:
            The session's name, e.g. "2026-11-22-001".
        """
        now, wall = self._clock.now(), self._clock.wall()
        with self._wake:
            name = self._next_name(wall)
            number = self._sessions[name] = max(self._sessions.values(), default=0) + 1
            known = (number, name, str(uuid.uuid4()), plain(bed), plain(bed_name))
            row = (SESSION, (*known, microseconds(wall), now, simulated, __version__))
            self._inbox.entries.append(Entry(row=row))
        body = {"bed": bed, "bed_name": bed_name, "simulated": simulated}
        saved = self.journal(name, SESSION_STARTED, body, who)
        if self._status.state is not RecordState.FAILING:
            with suppress(NotYet, RecordError):  # said in the snapshot; monitoring goes on
                saved.result(BEGIN_S)
        return name

    def resume_session(self, session: str, who: str = STATION) -> Future[int]:
        """Go on with a session that the program left without ending it."""
        return self.journal(session, SESSION_RESUMED, {}, who)

    def end_session(self, session: str, who: str, why: str = "") -> Future[int]:
        """End a session. What is still handed in for it afterwards is kept all the same."""
        return self.journal(session, SESSION_ENDED, {}, who, why)

    def write(self, session: str, events: Sequence[Event], at: float) -> None:
        """Keep what a monitor said. Never waits; on the disk with the next commit.

        Args:
            session: Name of the session. Raises RecordError for one that was never begun.
            events: As the decoder gave them.
            at: Monotonic seconds of the clock, now.
        """
        handed = Handed(session=self._number(session), events=tuple(events), offset_us=self._offset_us(at))
        with self._wake:
            self._inbox.handed.append(handed)

    def journal(
        self, session: str | None, kind: str, body: Mapping[str, object], who: str, why: str = "",
        replaces: int | None = None, *, durable: bool = True,
    ) -> Future[int]:  # fmt: skip
        """Add an entry to the journal.

        Args:
            session: Name of the session; None: the room's own entry.
            kind: What happened, one word.
            body: What belongs to it; JSON values only.
            who: Who did it.
            why: The reason given; may be empty.
            replaces: Id of the entry that this one corrects.
            durable: Commit now; else with the next second.

        Returns:
            Gives the entry's id once it is on the disk; while the record fails, later.
        """
        number = None if session is None else self._number(session)
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)
        when = (microseconds(self._clock.wall()), self._clock.now())
        row = (JOURNAL, (number, *when, plain(who), plain(kind), text, replaces, plain(why)))
        saved: Future[int] = Future()
        if self._thread is None:
            saved.set_exception(RecordError("The record is not open."))
            return saved
        with self._wake:
            self._inbox.entries.append(Entry(row=row, saved=saved))
            if durable:
                self._inbox.urgent = True
                self._wake.notify()
        return saved

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Write all that was handed in so far and wait for it. False: it is not on the disk yet."""
        done: Future[bool] = Future()
        if self._thread is None:
            return False
        with self._wake:
            self._inbox.flushes.append(done)
            self._wake.notify()
        with suppress(NotYet):
            return done.result(timeout_s)
        return False

    def snapshot(self) -> RecordStatus:
        """How the record is doing. Never waits."""
        status, since = self._status, self._committing_since
        if self._thread is None:
            return _failing(status, "The record is not open.")
        if not self._thread.is_alive():  # a fault of ours: it must not pass for quiet
            return _failing(status, "The record has stopped: nothing is kept. Start the station again.")
        if since is not None and self._clock.now() - since > STUCK_S:
            return _failing(status, f"The disk has not answered for {self._clock.now() - since:.0f} s.")
        return status

    def close(self) -> bool:
        """Write what is left, close the record and give it free. False: something could not be written."""
        thread = self._thread
        if thread is None:
            return True
        with self._wake:
            self._inbox.closing = True
            self._wake.notify()
        thread.join()
        self._thread = None
        return not (self._backlog.entries or self._backlog.batches)

    def _number(self, session: str) -> int:
        try:
            return self._sessions[session]
        except KeyError:
            msg = f"There is no session {session} in the record."
            raise RecordError(msg) from None

    def _next_name(self, wall: datetime) -> str:
        day = wall.astimezone().date().isoformat()
        taken = [int(name[len(day) + 1 :]) for name in self._sessions if name.startswith(day)]
        return f"{day}-{max(taken, default=0) + 1:03d}"

    def _offset_us(self, now: float) -> int:
        return microseconds(self._clock.wall()) - round(now * 1e6)

    # The thread

    def _run(self, opened: Future[None]) -> None:
        try:
            self._open(opened)
            while opened.exception() is None and self._turn():
                pass
        finally:
            self._store.close()
            self._lock.release()
            if not opened.done():  # a fault of ours: start must not wait for ever
                opened.set_exception(RecordError("The record could not be opened; the log says why."))

    def _open(self, opened: Future[None]) -> None:
        try:
            self._store.open()
            self._sessions = self._store.sessions()
            self._catalogue = self._store.catalogue()
        except RecordError as error:
            opened.set_exception(error)
        else:
            opened.set_result(None)

    def _turn(self) -> bool:
        """Wait for the next second or for something urgent, and write it. False: it was the last."""
        with self._wake:
            called = self._wake.wait_for(self._called, timeout=self._rest_s())
            taken, self._inbox = self._inbox, _Inbox()
            whole = not called or taken.closing or bool(taken.flushes) or self._rest_s() <= 0
            if not whole:
                self._inbox.handed, taken.handed = taken.handed, []
        self._keep(taken, whole=whole)
        trouble = self._drain(AT_ONCE if whole else 0)
        self._say(trouble or self._measure(), wrote=bool(taken.entries or taken.handed))
        for done in taken.flushes:
            done.set_result(not trouble)
        if taken.closing:
            self._leave()
        return not taken.closing

    def _called(self) -> bool:
        return self._inbox.urgent or self._inbox.closing or bool(self._inbox.flushes)

    def _rest_s(self) -> float:
        rest = self._last_batch + self._interval_s - self._clock.now()
        return min(max(rest, 0.0), self._interval_s)

    def _keep(self, taken: _Inbox, *, whole: bool) -> None:
        """Pack what was taken and put it at the end of the backlog."""
        if not whole:
            self._backlog.add(taken.entries)
            return
        now = self._clock.now()
        rows = self._pack(taken.handed, last=taken.closing or bool(taken.flushes))
        news = [Entry(row=row) for row in self._catalogue.news]
        self._catalogue.news.clear()
        batch = Batch(rows=tuple(rows), seconds=now - self._last_batch) if rows else None
        self._last_batch = now
        self._backlog.add([*taken.entries, *news], batch)

    def _pack(self, handed: Sequence[Handed], *, last: bool) -> list[Row]:
        by_session: dict[int, list[Handed]] = {}
        for each in handed:
            by_session.setdefault(each.session, []).append(each)
        rows: list[Row] = []
        for session, mine in by_session.items():
            packer = self._packers.setdefault(session, Packer(session, self._catalogue))
            rows += packer.pack(mine)
        if last:
            rows += [row for packer in self._packers.values() for row in packer.counts()]
        return rows

    def _drain(self, at_once: int) -> str:
        """Write the backlog, oldest first. Returns the trouble, or nothing."""
        while self._backlog.entries or (at_once and self._backlog.batches):
            entries, batches = self._backlog.front(at_once)
            self._committing_since = self._clock.now()
            try:
                ids = self._store.write(
                    [[entry.row for entry in entries], *(batch.rows for batch in batches)]
                )
            except RecordError as error:
                return str(error)
            finally:
                self._committing_since = None
            self._backlog.remove(entries, batches)
            self._saved = self._clock.wall()
            for entry, number in zip(entries, ids, strict=True):
                _tell(entry, number)
            self._own_up()
        return ""

    def _own_up(self) -> None:
        """Write down what the record itself lost: a gap must not look like quiet."""
        lost_s = self._backlog.dropped_s - self._told_lost_s
        if lost_s > 0:
            self._told_lost_s += lost_s
            self._note(VITALS_LOST, {"seconds": round(lost_s, 3)})
        if self._store.refused_rows:
            self._note(ROWS_REFUSED, {"rows": self._store.refused_rows})
            self._store.refused_rows = 0

    def _note(self, kind: str, body: Mapping[str, object]) -> None:
        when = (microseconds(self._clock.wall()), self._clock.now())
        row = (JOURNAL, (None, *when, STATION, kind, json.dumps(body, sort_keys=True), None, ""))
        self._backlog.add([Entry(row=row)])

    def _measure(self) -> str:
        """See that the record is still in its place, and how large. Returns the trouble, or nothing."""
        try:
            self._watch.grown(self._clock.now(), self._store.size())
        except RecordError as error:
            return str(error)
        return ""

    def _say(self, trouble: str, *, wrote: bool) -> None:
        now = self._clock.now()
        if wrote:
            self._wrote_at = now
        state = RecordState.WRITING if now - self._wrote_at < QUIET_S else RecordState.IDLE
        self._status = RecordStatus(
            state=RecordState.FAILING if trouble else state,
            place=str(self._folder),
            saved=self._saved,
            trouble=trouble,
            waiting_s=self._backlog.waiting_s if trouble else 0.0,
            dropped_s=self._backlog.dropped_s,
            disk_hours=self._watch.hours_left(),
            disk_free=self._watch.free(),
        )

    def _leave(self) -> None:
        for entry in self._backlog.front(0)[0]:
            if entry.saved is not None:
                entry.saved.set_exception(RecordError("The record was closed before this could be written."))
        self._store.tidy()


def _tell(entry: Entry, number: int) -> None:
    if entry.saved is None:
        return
    if number:
        entry.saved.set_result(number)
    else:
        entry.saved.set_exception(RecordError("The record refused this entry."))


def _failing(status: RecordStatus, trouble: str) -> RecordStatus:
    return RecordStatus(
        state=RecordState.FAILING, place=status.place, saved=status.saved, trouble=trouble,
        waiting_s=status.waiting_s, dropped_s=status.dropped_s, disk_hours=status.disk_hours,
        disk_free=status.disk_free,
    )  # fmt: skip

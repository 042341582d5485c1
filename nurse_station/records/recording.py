"""What the record's own thread does: a commit a second for all beds, entries at once, a signature a minute.

Never gives up what it was handed: what cannot be written is held in memory and tried again every second.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nurse_station.records.backlog import Backlog, Batch, Entry
from nurse_station.records.chain_watch import ChainWatch
from nurse_station.records.copies import BackupPlan, Copies
from nurse_station.records.disk_watch import DiskWatch
from nurse_station.records.rows import JOURNAL, Catalogue, Handed, Packer, Row, entry_kind
from nurse_station.records.sealing import Sealing
from nurse_station.records.state import RecordError, RecordState, RecordStatus
from nurse_station.records.store import RecordStore
from nurse_station.records.words import (
    RECORD_RESTARTED,
    ROWS_REFUSED,
    SESSION_ENDED,
    STATION,
    VITALS_LOST,
    microseconds,
)
from nurse_station.vitals.clock import Clock

QUIET_S = 10.0
"""With nothing handed in for so long, the record is idle. Some monitors speak every ten seconds."""

AT_ONCE = 60
"""Batches in one transaction while catching up."""


@dataclass(slots=True)
class Inbox:
    """What callers have handed in and the thread has not yet taken; guarded by `Recording.wake`."""

    entries: list[Entry] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    flushes: list[Future[bool]] = field(default_factory=list)
    urgent: bool = False
    closing: bool = False


class Recording:
    """The thread's side of the record in `folder`. Others touch only `wake`, `inbox` and what they read.

    Attributes:
        wake: Guards `inbox`; notified when something is urgent.
        inbox: See Inbox.
        sessions: Name -> number; only the writer adds.
        status: How the record was doing after the last turn.
        committing_since: Monotonic seconds since which the disk has not answered; None: it has.
        sealing, watch, copies: What they say may be read by anyone.
    """

    def __init__(
        self, folder: Path, clock: Clock, interval_s: float, backup: BackupPlan | None, *, practice: bool
    ) -> None:
        self.wake = threading.Condition()
        self.inbox = Inbox()
        self.sessions: dict[str, int] = {}
        self.status = RecordStatus(state=RecordState.IDLE, place=str(folder))
        self.committing_since: float | None = None
        self.backlog = Backlog()
        self._store = RecordStore(folder, practice=practice)
        self.sealing = Sealing(folder, self._store, clock)
        self.watch = ChainWatch(folder)
        self.copies = Copies(folder, clock, backup)
        self._folder = folder
        self._clock = clock
        self._interval_s = interval_s
        self._disk = DiskWatch(folder)
        self._catalogue = Catalogue({}, {})
        self._packers: dict[int, Packer] = {}
        self._in_hand: Inbox | None = None
        self._last_batch = clock.now()
        self._told_lost_s = 0.0
        self._wrote_at = float("-inf")
        self._saved: datetime | None = None

    def run(self, opened: Future[None]) -> None:
        """Open the record and keep it until it is closed. `opened` is told whether it could be."""
        try:
            self._open(opened)
            if opened.exception() is None:
                self.sealing.start()
                self.watch.start()
                self._turns()
        finally:
            self._store.close()
            if not opened.done():  # a fault of ours: start must not wait for ever
                opened.set_exception(RecordError("The record could not be opened; the log says why."))

    def run_again(self) -> None:
        """Go on after a fault of ours ended `run`: entries are kept, the vitals in hand are owned up to."""
        try:
            self._recover()
            self._turns()
        finally:
            self._store.close()

    def _turns(self) -> None:
        while self._turn():
            pass

    def _recover(self) -> None:
        taken, self._in_hand = self._in_hand or Inbox(), None
        for done in taken.flushes:
            done.set_result(False)
        with self.wake:
            self.inbox.closing = self.inbox.closing or taken.closing
        self.backlog.add(taken.entries)
        lost_s = self._clock.now() - self._last_batch if taken.handed else 0.0
        self._last_batch = self._clock.now()
        self._packers.clear()
        self._note(RECORD_RESTARTED, {"seconds": round(lost_s, 3)})

    def _open(self, opened: Future[None]) -> None:
        try:
            self._store.open()
            self.sessions = self._store.sessions()
            self._catalogue = self._store.catalogue()
        except RecordError as error:
            opened.set_exception(error)
        else:
            opened.set_result(None)

    def _turn(self) -> bool:
        """Wait for the next second or for something urgent, and write it. False: it was the last."""
        with self.wake:
            called = self.wake.wait_for(self._called, timeout=self._rest_s())
            taken = self._in_hand = self.inbox
            self.inbox = Inbox()
            whole = not called or taken.closing or bool(taken.flushes) or self._rest_s() <= 0
            if not whole:
                self.inbox.handed, taken.handed = taken.handed, []
        self._keep(taken, whole=whole)
        self._in_hand = Inbox(flushes=taken.flushes, closing=taken.closing)  # the rest is in the backlog
        trouble = self._drain(AT_ONCE if whole else 0) or self._seal(leaving=taken.closing)
        self._say(trouble or self._measure(), wrote=bool(taken.entries or taken.handed))
        for done in taken.flushes:
            done.set_result(not trouble)
        self._in_hand = None
        if taken.closing:
            self._leave()
        else:
            self.copies.turn()
        return not taken.closing

    def _called(self) -> bool:
        return self.inbox.urgent or self.inbox.closing or bool(self.inbox.flushes)

    def _rest_s(self) -> float:
        rest = self._last_batch + self._interval_s - self._clock.now()
        return min(max(rest, 0.0), self._interval_s)

    def _keep(self, taken: Inbox, *, whole: bool) -> None:
        """Pack what was taken and put it at the end of the backlog."""
        if not whole:
            self.backlog.add(taken.entries)
            return
        now = self._clock.now()
        rows = self._pack(taken.handed, last=taken.closing or bool(taken.flushes))
        news = [Entry(row=row) for row in self._catalogue.news]
        self._catalogue.news.clear()
        batch = Batch(rows=tuple(rows), seconds=now - self._last_batch) if rows else None
        self._last_batch = now
        self.backlog.add([*taken.entries, *news], batch)

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
        while self.backlog.entries or (at_once and self.backlog.batches):
            entries, batches = self.backlog.front(at_once)
            self.committing_since = self._clock.now()
            try:
                ids = self._store.write(
                    [[entry.row for entry in entries], *(batch.rows for batch in batches)]
                )
            except RecordError as error:
                return str(error)
            finally:
                self.committing_since = None
            self.backlog.remove(entries, batches)
            self.sealing.wrote(end=any(entry_kind(entry.row) == SESSION_ENDED for entry in entries))
            self._saved = self._clock.wall()
            for entry, number in zip(entries, ids, strict=True):
                _tell(entry, number)
            self._own_up()
        return ""

    def _seal(self, *, leaving: bool) -> str:
        try:
            self.sealing.seal_if_due(leaving=leaving)
        except RecordError as error:
            return str(error)
        return ""

    def _own_up(self) -> None:
        """Write down what the record itself lost: a gap must not look like quiet."""
        lost_s = self.backlog.dropped_s - self._told_lost_s
        if lost_s > 0:
            self._told_lost_s += lost_s
            self._note(VITALS_LOST, {"seconds": round(lost_s, 3)})
        if self._store.refused_rows:
            self._note(ROWS_REFUSED, {"rows": self._store.refused_rows})
            self._store.refused_rows = 0

    def _note(self, kind: str, body: Mapping[str, object]) -> None:
        when = (microseconds(self._clock.wall()), self._clock.now())
        row = (JOURNAL, (None, None, *when, STATION, kind, json.dumps(body, sort_keys=True), None, ""))
        self.backlog.add([Entry(row=row)])

    def _measure(self) -> str:
        """See that the record is still in its place, and how large. Returns the trouble, or nothing."""
        try:
            self._disk.grown(self._clock.now(), self._store.size())
        except RecordError as error:
            return str(error)
        return ""

    def _say(self, trouble: str, *, wrote: bool) -> None:
        now = self._clock.now()
        if wrote:
            self._wrote_at = now
        state = RecordState.WRITING if now - self._wrote_at < QUIET_S else RecordState.IDLE
        self.status = RecordStatus(
            state=RecordState.FAILING if trouble else state,
            place=str(self._folder),
            saved=self._saved,
            trouble=trouble,
            waiting_s=self.backlog.waiting_s if trouble else 0.0,
            dropped_s=self.backlog.dropped_s,
            disk_hours=self._disk.hours_left(),
            disk_free=self._disk.free(),
        )

    def _leave(self) -> None:
        self.watch.stop()
        self.copies.stop()
        for entry in self.backlog.front(0)[0]:
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

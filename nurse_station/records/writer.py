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
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from nurse_station import __version__
from nurse_station.records.backlog import Entry
from nurse_station.records.copies import BackupPlan
from nurse_station.records.lock import DirectoryLock
from nurse_station.records.recording import Recording
from nurse_station.records.rows import JOURNAL, SESSION, Event, Handed, plain
from nurse_station.records.state import RecordError, RecordState, RecordStatus, WrongKindError
from nurse_station.records.words import (
    SESSION_ENDED,
    SESSION_RESUMED,
    SESSION_STARTED,
    STATION,
    microseconds,
)
from nurse_station.vitals.clock import Clock

INTERVAL_S = 1.0
BEGIN_S = 0.5
"""How long the beginning of a session waits for the disk; then it goes on, held in memory."""

STUCK_S = 5.0
"""A commit that lasts longer is said to be trouble."""
PRACTICE_TIMES = 30
"""The clock of practice goes up to so many times as fast as the disk."""

AGAIN_S = 1.0
"""After a fault of its own the record's thread begins anew, no oftener than so."""

BEGAN_ANEW = "The record met a fault of its own and began anew; what it held is kept. The log says more."

SIMULATED = "This record is of patients: nothing simulated is kept in it."
A_PATIENT = "This record is of practice: no patient is kept in it."


class RecordWriter:
    """The one writer of the record in `folder`. Any thread may call it.

    Attributes:
        practice: It keeps what is simulated, and no patient; else patients, and nothing simulated.
    """

    def __init__(
        self, folder: Path, clock: Clock, interval_s: float = INTERVAL_S, backup: BackupPlan | None = None,
        *, practice: bool = False,
    ) -> None:  # fmt: skip
        self.practice = practice
        self._folder = folder
        self._clock = clock
        self._lock = DirectoryLock(folder)
        self._recording = Recording(folder, clock, interval_s, backup, practice=practice)
        self._backlog = self._recording.backlog
        self._thread: threading.Thread | None = None
        self._began_at = 0.0
        self._reviving = threading.Lock()

    # What callers see

    def start(self) -> None:
        """Open the record, creating folder and file where there are none.

        Raises:
            RecordError: Another station has it, it is newer than this program, or it cannot be opened.
            WrongKindError: It is of practice and this is of patients, or the other way round.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"The folder {self._folder} cannot be made ({error.strerror})."
            raise RecordError(msg) from error
        self._lock.acquire()
        opened: Future[None] = Future()
        self._thread = self._begin(threading.Thread(target=self._recording.run, args=(opened,), daemon=True))
        try:
            opened.result()
        except RecordError:
            self._thread.join()
            self._thread = None
            self._lock.release()
            raise

    @property
    def chain_trouble(self) -> str:
        """The first entry that is not as it was written, one sentence; empty: none was found so far."""
        return self._recording.watch.trouble

    def begin_session(self, bed: str, bed_name: str, *, simulated: bool, who: str = STATION) -> str:
        """Begin a session; it is on the disk when this returns, unless the record is failing.

        Args:
            bed: Key of the bed.
            bed_name: The clinic's name for it.
            simulated: The values will not be a patient's.
            who: Who began it.

        Returns:
            The session's name, e.g. "2026-11-22-001".

        Raises:
            WrongKindError: It is simulated and the record is of patients, or the other way round.
        """
        if simulated is not self.practice:
            raise WrongKindError(A_PATIENT if self.practice else SIMULATED)
        now, wall = self._clock.now(), self._clock.wall()
        identity = str(uuid.uuid4())
        with self._recording.wake:
            name = self._next_name(wall)
            number = self._recording.sessions[name] = max(self._recording.sessions.values(), default=0) + 1
            known = (number, name, identity, plain(bed), plain(bed_name))
            row = (SESSION, (*known, microseconds(wall), now, simulated, __version__))
            self._recording.inbox.entries.append(Entry(row=row))
        body = {"bed": bed, "bed_name": bed_name, "simulated": simulated, "name": name, "uuid": identity}
        saved = self.journal(name, SESSION_STARTED, body, who)
        if self._recording.status.state is not RecordState.FAILING:
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
        with self._recording.wake:
            self._recording.inbox.handed.append(handed)

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
        when = (microseconds(self._clock.wall()), float(self._clock.now()))
        row = (JOURNAL, (None, number, *when, plain(who), plain(kind), text, replaces, plain(why)))
        saved: Future[int] = Future()
        if self._thread is None:
            saved.set_exception(RecordError("The record is not open."))
            return saved
        with self._recording.wake:
            self._recording.inbox.entries.append(Entry(row=row, saved=saved))
            if durable:
                self._recording.inbox.urgent = True
                self._recording.wake.notify()
        return saved

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Write all that was handed in so far and wait for it. False: it is not on the disk yet."""
        done: Future[bool] = Future()
        if self._thread is None:
            return False
        with self._recording.wake:
            self._recording.inbox.flushes.append(done)
            self._recording.wake.notify()
        with suppress(NotYet):
            return done.result(timeout_s)
        return False

    def snapshot(self) -> RecordStatus:
        """How the record is doing. Never waits."""
        status, since = self._told(), self._recording.committing_since
        if self._thread is None:
            return _failing(status, "The record is not open.")
        if self._revive():  # a fault of ours: it must not pass for quiet
            return _failing(status, BEGAN_ANEW)
        stuck_s = STUCK_S * (PRACTICE_TIMES if self.practice else 1)
        if since is not None and self._clock.now() - since > stuck_s:
            return _failing(status, f"The disk has not answered for {self._clock.now() - since:.0f} s.")
        return status

    def close(self) -> bool:
        """Write what is left, close the record and give it free. False: something could not be written."""
        if self._thread is None:
            return True
        with self._recording.wake:
            self._recording.inbox.closing = True
            self._recording.wake.notify()
        self._thread.join()
        if self._recording.inbox.closing:  # a fault of ours came first: once more, to write what is left
            self._revive(at_once=True)
            self._thread.join()
        self._thread = None
        self._lock.release()
        return not (self._backlog.entries or self._backlog.batches)

    def _begin(self, thread: threading.Thread) -> threading.Thread:
        thread.name, self._began_at = "record", self._clock.now()
        thread.start()
        return thread

    def _revive(self, *, at_once: bool = False) -> bool:
        """Begin the thread anew if a fault of ours ended it. True: it had ended."""
        with self._reviving:
            if self._thread is None or self._thread.is_alive():
                return False
            self._recording.status = _failing(self._recording.status, BEGAN_ANEW)
            if at_once or self._clock.now() - self._began_at >= AGAIN_S:
                self._thread = self._begin(threading.Thread(target=self._recording.run_again, daemon=True))
            return True

    def _told(self) -> RecordStatus:
        """The last turn's status, with what was found beside the turns."""
        recording = self._recording
        return replace(
            recording.status, chain=recording.watch.trouble, copied=recording.copies.copied,
            signing=recording.sealing.trouble or recording.sealing.warning,
            copy_trouble=recording.copies.trouble,
        )  # fmt: skip

    def _number(self, session: str) -> int:
        try:
            return self._recording.sessions[session]
        except KeyError:
            msg = f"There is no session {session} in the record."
            raise RecordError(msg) from None

    def _next_name(self, wall: datetime) -> str:
        day = wall.astimezone().date().isoformat()
        taken = [int(name[len(day) + 1 :]) for name in self._recording.sessions if name.startswith(day)]
        return f"{day}-{max(taken, default=0) + 1:03d}"

    def _offset_us(self, now: float) -> int:
        return microseconds(self._clock.wall()) - round(now * 1e6)


def _failing(status: RecordStatus, trouble: str) -> RecordStatus:
    return replace(status, state=RecordState.FAILING, trouble=trouble, waiting_s=0.0)

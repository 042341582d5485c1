"""When the chain's end is signed: each minute in which something was written, after a session, on closing.

The key is looked for aside: a keystore that waits for a person holds neither the record nor a patient up.
"""

import logging
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

from nurse_station.records.signing import Signer, load_signer
from nurse_station.records.state import RecordError
from nurse_station.records.store import RecordStore
from nurse_station.records.words import microseconds
from nurse_station.vitals.clock import Clock

EVERY_S = 60.0
LEAVING_S = 2.0
"""How long closing waits for a key that has not been found yet."""

log = logging.getLogger(__name__)


class Sealing:
    """Belongs to the record's thread, but for `start` and the two sentences."""

    def __init__(self, folder: Path, store: RecordStore, clock: Clock) -> None:
        self._folder = folder
        self._store = store
        self._clock = clock
        self._signer: Future[Signer] = Future()
        self._due_at: float | None = None
        self._failed = ""

    def start(self) -> None:
        """Look for the key."""
        threading.Thread(target=self._load, name="record key", daemon=True).start()

    @property
    def trouble(self) -> str:
        """Why nothing is signed, one sentence; else empty."""
        return self._failed

    @property
    def warning(self) -> str:
        """What is unsafe about where the key is kept, one sentence; else empty."""
        return "" if self._failed or not self._signer.done() else self._signer.result().warning

    def wrote(self, *, end: bool) -> None:
        """Something was written; `end`: a session's end among it."""
        soonest = self._clock.now() + (0.0 if end else EVERY_S)
        self._due_at = soonest if self._due_at is None else min(self._due_at, soonest)

    def seal_if_due(self, *, leaving: bool = False) -> None:
        """Sign, if it is time, or if anything is unsigned that will not be written again (`leaving`).

        Raises RecordError where the disk does not take it: it stays due.
        """
        if self._due_at is None or not (leaving or self._clock.now() >= self._due_at):
            return
        signer = self._found(LEAVING_S if leaving else 0.0)
        if signer is not None:
            self._store.seal(signer, microseconds(self._clock.wall()))
            self._due_at = None

    def _found(self, wait_s: float) -> Signer | None:
        try:
            return self._signer.result(wait_s)
        except (NotYet, RecordError):
            return None

    def _load(self) -> None:
        try:
            signer = load_signer(self._folder)
        except RecordError as error:
            self._failed = f"{error} What is written from now on is not signed."
            log.warning("%s", self._failed)
            self._signer.set_exception(error)
        else:
            if signer.warning:
                log.warning("%s", signer.warning)
            self._signer.set_result(signer)

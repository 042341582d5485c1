"""When the record is copied to its second folder, beside the writing. A copy that fails is tried again."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nurse_station.records.backup import copy_record
from nurse_station.records.state import RecordError
from nurse_station.vitals.clock import Clock

FIRST_S = 60.0
"""How long after the start the first copy is made."""

AGAIN_S = 60.0
"""How long after a copy that failed the next one is tried."""

BREATH_S = 0.002
"""Pause after every 4 MB, so that the disk serves the writing first."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlan:
    """Where the record is copied to while the station runs.

    Attributes:
        folder: On another disk, best.
        every_s: Seconds from one copy to the next.
    """

    folder: Path
    every_s: float


class Copies:
    """Copies by plan. `turn` and `stop` belong to the record's thread.

    Attributes:
        copied: Wall time (UTC) of the last whole copy since the start; None: none yet.
        trouble: Why the last copy failed, one sentence; else empty.
    """

    def __init__(self, folder: Path, clock: Clock, plan: BackupPlan | None) -> None:
        self.copied: datetime | None = None
        self.trouble = ""
        self._folder = folder
        self._clock = clock
        self._plan = plan
        self._due_at = clock.now() + FIRST_S
        self._leave = threading.Event()
        self._thread: threading.Thread | None = None

    def turn(self) -> None:
        """Begin a copy if one is due and none is being made. Never waits for it."""
        if self._plan is None or self._clock.now() < self._due_at or self._thread is not None:
            self._end_of_copy()
            return
        self._due_at = self._clock.now() + self._plan.every_s
        self._thread = threading.Thread(
            target=self._copy, args=(self._plan,), name="record copy", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Leave off; a copy half made is thrown away, the older one stays."""
        self._leave.set()
        if self._thread is not None:
            self._thread.join()

    def _end_of_copy(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._thread = None
            if self.trouble:
                self._due_at = min(self._due_at, self._clock.now() + AGAIN_S)

    def _copy(self, plan: BackupPlan) -> None:
        begun = self._clock.wall()
        try:
            made = copy_record(self._folder, plan.folder, lambda: not self._leave.wait(BREATH_S))
        except RecordError as error:
            self.trouble = str(error)
            log.warning("%s", error)
            return
        if made is not None:
            self.copied, self.trouble = begun, ""

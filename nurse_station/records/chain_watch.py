"""Walks the record's chain once when the station starts, beside its work. Refuses nobody: it only tells."""

import logging
import threading
from pathlib import Path

from nurse_station.records.state import RecordError
from nurse_station.records.verify import verify

BREATH_S = 0.003
"""Pause after every few hundred entries, so that the walk takes half of a core at the most."""

log = logging.getLogger(__name__)


class ChainWatch:
    """The walk over the record in `folder`, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._leave = threading.Event()
        self._thread: threading.Thread | None = None
        self.trouble = ""
        """The first row that is wrong, one sentence; empty: none was found so far."""

    def start(self) -> None:
        """Begin the walk; the record is open."""
        self._thread = threading.Thread(target=self._walk, name="record check", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leave off."""
        self._leave.set()
        if self._thread is not None:
            self._thread.join()

    def _walk(self) -> None:
        try:
            self.trouble = verify(self._folder, lambda: not self._leave.wait(BREATH_S)).trouble
        except RecordError as error:
            log.warning("The record's chain could not be walked: %s", error)
            return
        if self.trouble:
            log.error("The record is not as it was written: %s", self.trouble)

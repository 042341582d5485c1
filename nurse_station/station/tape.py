"""The raw bytes of one line, kept beside the record, so that any session's line can be played again."""

import logging
from collections.abc import Callable
from pathlib import Path

from nurse_station.links.link import LinkError
from nurse_station.links.recorder import GZIPPED, LineRecorder

log = logging.getLogger(__name__)

BEFORE_SESSION = 1 << 18
"""Bytes held from before the session began: its first frame is among them."""


class Tape:
    """Holds what comes until a session begins, then writes it and all that follows into one file."""

    def __init__(self, folder: Path, source: str, closed: Callable[[Path], None] = lambda path: None) -> None:
        """`closed` is told of each file that is complete."""
        self._folder = folder
        self._source = source
        self._closed = closed
        self._path: Path | None = None
        self._before: list[tuple[float, bytes]] = []
        self._held = 0
        self._recorder: LineRecorder | None = None
        self.trouble = ""

    def begin(self, session: str) -> None:
        """A session began: keep the bytes under its name."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._fail(f"{self._folder} cannot be made: {error.strerror}")
            return
        header: dict[str, str | float | int] = {"session": session, "monitor": self._source}
        self._path = self._free_path(session)
        self._recorder = LineRecorder(self._path, header=header)
        held, self._before, self._held = self._before, [], 0
        for at, data in held:
            self.write(at, data)

    def write(self, at: float, data: bytes) -> None:
        """Keep bytes that came at monotonic second `at`."""
        if self._recorder is not None:
            try:
                self._recorder.write(at, data)
            except LinkError as error:
                self._fail(str(error))
        elif not self.trouble and self._held + len(data) <= BEFORE_SESSION:
            self._before.append((at, data))
            self._held += len(data)

    def flush(self) -> None:
        """Hand what was written to the system. Once a second."""
        if self._recorder is not None:
            try:
                self._recorder.flush()
            except LinkError as error:
                self._fail(str(error))

    def close(self) -> None:
        """End the recording; a next session begins another."""
        recorder, self._recorder = self._recorder, None
        self._before, self._held = [], 0
        if recorder is not None:
            try:
                recorder.close()
            except LinkError as error:
                self._fail(str(error))
            if self._path is not None:
                self._closed(self._path)

    def _free_path(self, session: str) -> Path:
        path, number = self._folder / f"{session}-{self._source}.line", 1
        while path.exists() or path.with_name(path.name + GZIPPED).exists():
            number += 1
            path = self._folder / f"{session}-{self._source}-{number}.line"
        return path

    def _fail(self, trouble: str) -> None:
        """Raw bytes are a second copy: monitoring and the record go on without them."""
        log.error("%s", trouble)
        self.trouble = trouble
        self._recorder = None

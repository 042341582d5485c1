"""Debriefs on disk, a JSON file a run, for the progress of a trainee. Practice only: never a record."""

import contextlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nurse_station.classroom.view import KeptRun
from nurse_station.training import debrief_files
from nurse_station.training.debrief import Debrief, folded
from nurse_station.training.toml_tree import FileError

FORM = 1
"""The form of the file; one of a later form is left alone and named."""
LARGEST = 50_000_000
"""Bytes. A run of five hours has one million; what is larger is no debrief."""
MOST_IN_A_SECOND = 1000
_Stamp = tuple[int, int]


class KeptError(Exception):
    """A debrief cannot be kept, or not deleted. The text is one sentence: why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A file as it was last read: the run in it, or the sentence that says why there is none."""

    stamp: _Stamp
    run: KeptRun | None = None
    fault: str = ""


class KeptRuns:
    """The runs of a folder. Each call looks at the folder anew; a file that has not changed is read once.

    Calls may come from any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, _Seen] = {}

    def keep(self, debrief: Debrief, at: datetime) -> str:
        """Keep a run that was practised at `at` (aware); the name of its file.

        Raises:
            KeptError: It cannot be written.
        """
        moment = at.astimezone(UTC)
        body = {"form": FORM, "at": moment.isoformat(), "debrief": debrief.as_json()}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._write(json.dumps(body, allow_nan=False), _stem(debrief, moment))
        except OSError as error:
            msg = (
                f"The debrief could not be kept in {self._folder} ({error.strerror or error}): print it now."
            )
            raise KeptError(msg) from error

    def forget(self, name: str) -> None:
        """Delete the file of one run for good; `name` as `runs` gives it, and of this folder alone.

        Raises:
            KeptError: There is no such run, or its file cannot be deleted.
        """
        if name not in {run.name for run in self.runs()}:
            msg = f"{name} is no debrief that is kept here: it may have been deleted already."
            raise KeptError(msg)
        try:
            (self._folder / name).unlink()
        except OSError as error:
            msg = (
                f"{name} could not be deleted ({error.strerror or error}): "
                f"see who may write in {self._folder}."
            )
            raise KeptError(msg) from error

    def runs(self, trainee: str = "") -> tuple[KeptRun, ...]:
        """Every run that can be read, oldest first; of one trainee, whatever the case of the letters."""
        found = [seen.run for seen in self._look() if seen.run is not None]
        wanted = folded(trainee)
        own = [run for run in found if not wanted or folded(run.debrief.trainee) == wanted]
        return tuple(sorted(own, key=lambda run: (run.at, run.name)))

    def trainees(self) -> tuple[str, ...]:
        """Who has practised, newest first, each as last written."""
        newest: dict[str, str] = {}
        for run in reversed(self.runs()):
            newest.setdefault(folded(run.debrief.trainee), run.debrief.trainee)
        return tuple(newest.values())

    def faults(self) -> tuple[str, ...]:
        """A sentence for each file that cannot be read; it is left as it is."""
        return tuple(seen.fault for seen in self._look() if seen.fault)

    def _look(self) -> tuple[_Seen, ...]:
        """Every file of the folder, by name."""
        before = self._seen
        self._seen = {path.name: _seen(path, before.get(path.name)) for path in _files(self._folder)}
        return tuple(self._seen.values())

    def _write(self, text: str, stem: str) -> str:
        """Whole or not at all, and never over another run."""
        path = _reserved(self._folder, stem)
        part = path.with_name(f"{path.name}.part")
        try:
            part.touch(mode=0o600)
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError:
            for each in (part, path):
                with contextlib.suppress(OSError):
                    each.unlink(missing_ok=True)
            raise
        return path.name


def _stem(debrief: Debrief, moment: datetime) -> str:
    """When, and which scenario; nobody's name."""
    scenario = re.sub(r"[^a-z0-9_]+", "-", debrief.scenario.lower()).strip("-")[:60] or "scenario"
    return f"{moment:%Y-%m-%d-%H%M%S}-{scenario}"


def _reserved(folder: Path, stem: str) -> Path:
    """A name that no other run has, taken at once: two programs may keep in the same second."""
    for number in range(1, MOST_IN_A_SECOND):
        path = folder / (f"{stem}.json" if number == 1 else f"{stem}-{number}.json")
        with contextlib.suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
            return path
    msg = f"{folder} has {MOST_IN_A_SECOND} runs of one second"
    raise OSError(msg)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.glob("*.json") if path.is_file())


def _seen(path: Path, before: _Seen | None) -> _Seen:
    stamp: _Stamp = (0, 0)
    try:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if before is not None and before.stamp == stamp:
            return before
        return _Seen(stamp=stamp, run=_read(path, status.st_size))
    except OSError as error:
        return _Seen(stamp=stamp, fault=f"{path.name} cannot be read ({error.strerror or error}).")
    except FileError as error:
        return _Seen(stamp=stamp, fault=f"{path.name}: {' '.join(error.sentences)}")


def _read(path: Path, size: int) -> KeptRun:
    """Raises OSError and FileError."""
    if size > LARGEST:
        raise FileError([f"This is no debrief: it has {size / 1e6:.0f} MB."])
    try:
        body = json.loads(path.read_bytes().decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FileError(["This is no JSON, or only a part of it."]) from error
    if not isinstance(body, dict) or body.get("form") != FORM:
        raise FileError(["This is no debrief that this program reads."])
    return KeptRun(name=path.name, at=_moment(body), debrief=debrief_files.from_json(body.get("debrief")))


def _moment(body: dict[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(body.get("at", ""))
    except (TypeError, ValueError) as error:
        raise FileError(["at must be a date and time with its zone."]) from error
    if at.tzinfo is None:
        raise FileError(["at must be a date and time with its zone."])
    return at.astimezone(UTC)

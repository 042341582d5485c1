"""Paper set by another process, so that it takes neither the interpreter nor a core from alarms and waves.

A thread of the station's own process would hold Python's one lock for tens of milliseconds at a time; beside
sixteen beds and a busy core an alarm then waited twice as long in the median. `python -m
nurse_station.reports.aside` reads one request from its standard input and answers on its standard output.
"""

import contextlib
import copyreg
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import nurse_station
from nurse_station.infusion.protocol import Protocol
from nurse_station.reports.pages import Pages, make_pages
from nurse_station.reports.pdf import Paper, ReportError

log = logging.getLogger(__name__)

LONGEST_S = 120.0
GENTLE = 19
"""How far the other process steps back where there is niceness alone, 0 to 19."""
FAILED = (
    "The paper could not be set: the program that sets it ended by itself. Try again; the log file says more."
)
TOO_LONG = "The paper was not ready after two minutes: try again when the computer is less busy."


def make_pages_aside(
    folder: Path, session: str, paper: Paper = Paper.A4, *, patient: bool = False, clinic: str = "",
    protocols: Mapping[str, Protocol] | None = None, zone: tzinfo | None = None,
) -> Pages:  # fmt: skip
    """`pages.make_pages` in a process of its own. Call it from any thread but a window's own.

    Raises:
        ReportError: As `make_pages`; or the other process failed.
    """
    chosen = None if protocols is None else dict(protocols)
    arguments = {"patient": patient, "clinic": clinic, "protocols": chosen, "zone": zone}
    copyreg.pickle(MappingProxyType, _unwrapped)  # type: ignore[arg-type]
    made = _answered(pickle.dumps((folder, session, paper, arguments)))
    if isinstance(made, Pages):
        return made
    raise ReportError(str(made))


def _answered(request: bytes) -> object:
    """What the other process says; this one made it, so what it pickled may be read."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=request, capture_output=True, check=True, timeout=LONGEST_S, env=_environment(),
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
            | getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return TOO_LONG
    except (subprocess.CalledProcessError, OSError) as error:
        log.exception("setting paper aside failed: %s", getattr(error, "stderr", b"")[-2000:])
        return FAILED
    answer: object = pickle.loads(done.stdout)  # noqa: S301 - from our own process, through our own pipe
    return answer


def _environment() -> dict[str, str]:
    """The same, with this very package to be found first, wherever the program was started from."""
    home = str(Path(nurse_station.__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def wrapped(values: dict[object, object]) -> "MappingProxyType[object, object]":
    """A read-only table again, on the other side."""
    return MappingProxyType(values)


def _unwrapped(table: "MappingProxyType[object, object]") -> tuple[object, tuple[dict[object, object]]]:
    return wrapped, (dict(table),)


def step_back() -> None:
    """Take only what nobody else wants of the computer: every alarm comes first, as every wave does."""
    with contextlib.suppress(AttributeError, OSError):  # Windows was told when this process was started
        os.nice(GENTLE)
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def answer(asked: BinaryIO, told: BinaryIO) -> None:
    """One request in, one answer out: pages, or the sentence that says why not."""
    folder, session, paper, arguments = pickle.loads(asked.read())  # noqa: S301 - from our own process
    try:
        made: Pages | str = make_pages(folder, session, paper, **arguments)
    except ReportError as error:
        made = str(error)
    told.write(pickle.dumps(made))
    told.flush()


if __name__ == "__main__":
    step_back()
    answer(sys.stdin.buffer, sys.stdout.buffer)

"""What a wall of beds costs: the share of one core, and whether frames come evenly, for 1 to 64 beds.

For each number of beds a station of its own process with its window on the wall at 1920x1080: GE S/5 DRI
frames of four waves a bed over pseudo-terminals from another process (which is not counted), decoded,
judged by the alarms, recorded on disk, two waves and all values of each bed drawn at 30 frames a second
without a screen. Nobody is bound to a bed: what a patient's day adds is not measured, nor what a display
adds. A wall whose values would be too small has pages: `shown` says how many beds are drawn.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import process_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.alarm_latency import monitors_of, running
from benchmarks.measure import add_keep, at_least_one, print_table, progress, significant, tell
from benchmarks.soak_room import resident_mb
from nurse_station.commands.run_station import SWITCH_INTERVAL_S
from nurse_station.devices.ge_s5_dri import conversation
from nurse_station.settings.model import BedSettings, Settings
from nurse_station.station.station import Station
from nurse_station.ui.bridge import FRAME_MS
from nurse_station.ui.window import MainWindow, open_window

BEDS = (1, 4, 8, 16, 32, 64)
GOALS_PERCENT = {16: 25.0, 64: 70.0}
GOAL_INTERVAL = 1.15
FOUR_WAVES = ("ecg1", "pleth", "co2", "resp")
SIZE = (1920, 1080)
SETTLES_S = 12.0
"""Until every monitor is heard, the wall is laid out and start alarms are over."""
LATE_FRAMES = 1.5
OLD_S = 0.2
"""A picture of the room is made ten times a second at least: an older one on the screen is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """One number of beds.

    Attributes:
        beds: How many.
        shown: How many of them one page of the wall has.
        percent: Processor time of the station's process, percent of one core.
        threads: The same of its threads, by name.
        frames_a_second: Frames begun.
        interval_ms: Between two frames: p50, p99, max.
        late: Frames that came later than LATE_FRAMES frames.
        old: Frames that showed a picture older than OLD_S.
        every: Every so manieth frame the waves were drawn at the end.
        resident_mb: Memory at the end.
    """

    beds: int
    shown: int
    percent: float
    threads: dict[str, float]
    frames_a_second: float
    interval_ms: dict[str, float]
    late: int
    old: int
    every: int
    resident_mb: float


class Watch:
    """Counts a window's frames from when it has settled, and ends it."""

    def __init__(self, station: Station, window: MainWindow, seconds: float) -> None:
        self._station, self._window = station, window
        self._frames: list[float] = []
        self._old = 0
        self._began = self._cpu = 0.0
        self._threads: dict[str, float] = {}
        self.seen: Wall | None = None
        window.showNormal()
        window.resize(*SIZE)
        window.show_wall()
        QTimer.singleShot(round(SETTLES_S * 1000), self._begin)
        QTimer.singleShot(round((SETTLES_S + seconds) * 1000), self._end)

    def _begin(self) -> None:
        self._began, self._cpu, self._threads = self._station.clock.now(), process_time(), thread_times()
        self._window.bridge.ticked.connect(self._tick)

    def _tick(self, now: float) -> None:
        self._frames.append(now)
        self._old += now - self._station.snapshot().at > OLD_S

    def _end(self) -> None:
        passed, cpu = self._station.clock.now() - self._began, process_time() - self._cpu
        threads = {
            name: significant(100 * (spent - self._threads.get(name, 0.0)) / passed, 3)
            for name, spent in thread_times().items()
        }
        wall = self._window.screens.wall
        gaps = np.diff(self._frames) * 1e3
        self.seen = Wall(
            beds=len(self._station.snapshot().beds), shown=0 if wall is None else len(wall.canvas.tiles),
            percent=significant(100 * cpu / passed), threads=threads,
            frames_a_second=significant(len(self._frames) / passed), interval_ms=intervals(gaps.tolist()),
            late=int((gaps > LATE_FRAMES * FRAME_MS).sum()), old=self._old,
            every=0 if wall is None else wall._budget.every, resident_mb=significant(resident_mb()),
        )  # fmt: skip
        QApplication.exit(0)


def intervals(gaps_ms: Sequence[float]) -> dict[str, float]:
    """The middle, the ninety-ninth of a hundred and the longest."""
    shares = {f"p{share}": significant(float(np.percentile(gaps_ms, share))) for share in (50, 99)}
    return {**shares, "max": significant(max(gaps_ms))}


def thread_times() -> dict[str, float]:
    """Processor seconds of the threads that Python knows, by name; empty where the system does not tell."""
    found: dict[str, float] = {}
    for thread in threading.enumerate():
        told = Path(f"/proc/self/task/{thread.native_id}/schedstat")
        if told.exists():
            found[thread.name] = int(told.read_text(encoding="ascii").split()[0]) / 1e9
    return found


def measured(beds: int, seconds: float) -> Wall:
    """Run one wall in this process."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    conversation.WAVES = FOUR_WAVES  # type: ignore[assignment]
    settings = Settings(
        beds=tuple(BedSettings(key=f"chair-{n}", name=f"Chair {n}") for n in range(1, beds + 1))
    )
    watches: list[Watch] = []
    with (
        tempfile.TemporaryDirectory() as folder, monitors_of(beds) as monitors,
        running(Path(folder) / "data", beds, monitors.ports) as (station, _),
    ):  # fmt: skip
        QTimer.singleShot(500, lambda: watches.append(Watch(station, _window(), seconds)))
        open_window(station, settings, at_alarms=station.call_at_alarms)
    seen = watches[0].seen
    assert seen is not None
    return seen


def _window() -> MainWindow:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def apart(beds: int, seconds: float) -> Mapping[str, object]:
    """Run one wall in a process of its own; its figures."""
    progress(f"{beds} beds")
    words = [sys.executable, "-m", "benchmarks.wall", "--one", str(beds), "--seconds", f"{seconds:g}"]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return figures


def middle(runs: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """Of several runs with as many beds the one with the median cost, with the lowest and highest cost."""
    ordered = sorted(runs, key=_percent)
    costs = {"lowest_percent": _percent(ordered[0]), "highest_percent": _percent(ordered[-1])}
    return {**ordered[len(ordered) // 2], **costs}


def _percent(found: Mapping[str, object]) -> float:
    return float(str(found["percent"]))


def row_of(found: Mapping[str, object]) -> tuple[str, ...]:
    """A line of the table."""
    threads, gaps = found["threads"], found["interval_ms"]
    assert isinstance(threads, dict)
    assert isinstance(gaps, dict)
    named = (threads.get(name, 0.0) for name in ("MainThread", "station", "record"))
    goal = GOALS_PERCENT.get(int(str(found["beds"])))
    return (
        str(found["beds"]), str(found["shown"]), f"{found['percent']:.1f}",
        "" if goal is None else f"{goal:.0f}",
        *(f"{percent:.1f}" for percent in named), f"{found['frames_a_second']:.1f}",
        *(f"{gaps[share]:.1f}" for share in ("p50", "p99", "max")), f"{gaps['p99'] / FRAME_MS:.2f}",
        str(found["late"]), str(found["old"]), str(found["every"]), f"{found['resident_mb']:.0f}",
    )  # fmt: skip


COLUMNS = ("beds", "shown", "% of a core", "goal", "screen", "station", "record", "frames/s", "p50 ms",
           "p99 ms", "max ms", "p99/33", "late", "old", "every", "MB")  # fmt: skip


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--beds", type=at_least_one, action="append", metavar="N",
                        help=f"only so many beds; may be given again (default {BEDS})")  # fmt: skip
    parser.add_argument("--repeat", type=at_least_one, default=3, metavar="N",
                        help="runs of all, in turn; the one of median cost is told (default 3)")  # fmt: skip
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="each (default 20)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    add_keep(parser)
    parser.add_argument("--one", type=at_least_one, metavar="N", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.one:
        QApplication.instance() or QApplication([])
        print(json.dumps(asdict(measured(options.one, options.seconds))))
        return 0
    runs = [[apart(beds, options.seconds) for beds in options.beds or BEDS] for _ in range(options.repeat)]
    progress("")
    found = [middle(of_beds) for of_beds in zip(*runs, strict=True)]
    figures = {"repetitions": options.repeat, "seconds": options.seconds, "nominal_ms": FRAME_MS,
               "walls": found,
               "goals_percent": GOALS_PERCENT, "goal_interval": GOAL_INTERVAL}  # fmt: skip
    tell(options, "wall", figures, partial(_tables, found))
    return 0


def _tables(found: Sequence[Mapping[str, object]]) -> None:
    title = "A wall at 30 frames a second, four waves a bed decoded and recorded, two drawn"
    print_table(title, COLUMNS, [row_of(each) for each in found])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Whether a whole day wears the station down: memory, frames, faults, and a dip of one second at its end.

Simulated monitors at every bed speak through the real emulators to a real station (decoders, alarms, record
on disk) and its real window, drawn without a screen. At full speed on a clock moved by hand: rounds of
simulated time, in each the station steps once and one frame is drawn; the record commits each simulated
second. In real time (`--real-time`) the station has its thread, the window its frame timer, as in a clinic.
Early in hour 1 the SpO2 of the first bed falls for one second. Beds take turns on the screen each minute,
every tenth is the wall's. What a display adds is not measured; simulated frames do not come at 30 a second.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter, process_time, thread_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import add_keep, at_least_one, print_table, significant, tell
from benchmarks.soak_room import (
    WALL_EVERY,
    Faults,
    dip_on_ribbon,
    faults_counted,
    resident_mb,
    room,
    see_waves,
    show_minute,
)
from nurse_station.commands.run_station import SWITCH_INTERVAL_S
from nurse_station.station.station import Station
from nurse_station.ui.bridge import FRAME_MS, GarbageRounds
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock, SystemClock

DIP_AT_S = 1200.0
SETTLES_S = 60 * WALL_EVERY
"""In it every view is made; its frames are those of a start, which another benchmark measures."""
GOAL_MB_AN_HOUR = 1.0
LATE_FRAMES = 1.5
"""A frame that comes, or that takes, longer than this many frames is late."""
GOAL_FRAMES = 2.0


@dataclass(slots=True, kw_only=True)
class Hour:
    """What one hour of the run came to.

    Attributes:
        number: From 1.
        resident_mb: Memory of the process at its end.
        wall_s: How long it took.
        cpu_s: Processor seconds of all threads.
        frames: Frames drawn.
        late: Frames that had to compute (simulated) or came after (real time) more than LATE_FRAMES frames.
        step_ms: Longest step of the station with the emulators in it, milliseconds; 0: it has its own thread.
        frame_ms: Longest frame by the clock: its making (simulated), or the gap before it (real time).
        frame_cpu_ms: Longest frame by what the screen's thread computed.
        errors: Lines logged as errors up to its end.
    """

    number: int
    resident_mb: float = 0.0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    frames: int = 0
    late: int = 0
    step_ms: float = 0.0
    frame_ms: float = 0.0
    frame_cpu_ms: float = 0.0
    errors: int = 0

    def drawn(self, took_ms: float, cpu_ms: float = 0.0) -> None:
        """One more frame."""
        self.frames += 1
        self.late += (cpu_ms or took_ms) > LATE_FRAMES * FRAME_MS
        self.frame_ms, self.frame_cpu_ms = max(self.frame_ms, took_ms), max(self.frame_cpu_ms, cpu_ms)


@dataclass(slots=True, kw_only=True)
class Soaked:
    """The whole run."""

    hours: list[Hour] = field(default_factory=list)
    dip_seen: bool | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def growth_mb(self) -> float | None:
        """Megabytes an hour after the first hour: the slope through the ends of the hours."""
        return growth([hour.resident_mb for hour in self.hours])


def growth(resident_mb: Sequence[float]) -> float | None:
    """Slope of memory over the ends of hours, the first hour's end being the start; None: too short."""
    if len(resident_mb) < 2:
        return None
    return float(np.polyfit(np.arange(len(resident_mb)), np.asarray(resident_mb), 1)[0])


class FullSpeed:
    """The room on a clock moved by hand."""

    def __init__(
        self, station: Station, window: MainWindow, clock: ManualClock, beds: int, frames: int
    ) -> None:
        self._station, self._window, self._clock = station, window, clock
        self._beds, self._frames = beds, frames
        self._second = 0

    def run(self, seconds: int, hour: Hour) -> None:
        """So many simulated seconds more; frames are counted once every view has been made."""
        start = Hour(number=0)
        for _ in range(seconds):
            if self._second % 60 == 0:
                show_minute(self._window, self._second // 60, self._beds)
            self._second += 1
            for _ in range(self._frames):
                self._round(hour if self._second > SETTLES_S else start)
            self._station.record.flush()

    def _round(self, hour: Hour) -> None:
        self._clock.advance(1 / self._frames)
        began = perf_counter()
        self._station.step()
        stepped, cpu = perf_counter(), thread_time()
        self._window.bridge.look()
        QApplication.processEvents()
        hour.step_ms = max(hour.step_ms, (stepped - began) * 1e3)
        hour.drawn((perf_counter() - stepped) * 1e3, (thread_time() - cpu) * 1e3)


@contextmanager
def hours(soaked: Soaked, faults: Faults, told: Callable[[Hour], None]) -> Iterator[Callable[[], Hour]]:
    """Gives what ends one hour and begins the next; the last is ended at the end."""
    begun = [perf_counter(), process_time()]

    def end() -> None:
        hour = soaked.hours[-1]
        now = perf_counter(), process_time()
        hour.wall_s, hour.cpu_s = now[0] - begun[0], now[1] - begun[1]
        hour.resident_mb, hour.errors = resident_mb(), faults.count
        begun[:] = now
        told(hour)

    def next_hour() -> Hour:
        if soaked.hours:
            end()
        soaked.hours.append(Hour(number=len(soaked.hours) + 1))
        return soaked.hours[-1]

    yield next_hour
    end()


def at_full_speed(
    seconds: int,
    beds: int,
    frames: int,
    told: Callable[[Hour], None],
    *,
    hour_s: int = 3600,
    picture: str = "",
) -> Soaked:
    """Live so many simulated seconds as fast as it goes; an hour of the table lasts `hour_s`."""
    soaked, clock, dip_s = Soaked(), ManualClock(1000.0), min(DIP_AT_S, seconds / 4)
    with (
        tempfile.TemporaryDirectory() as folder, faults_counted() as faults,
        room(Path(folder) / "data", clock, beds, dip_s) as (station, window),
    ):  # fmt: skip
        rounds = GarbageRounds(window)
        run = FullSpeed(station, window, clock, beds, frames)
        with hours(soaked, faults, told) as next_hour:
            for at in range(0, seconds, hour_s):
                hour = next_hour()
                run.run(min(hour_s, seconds - at), hour)
                if at == 0:
                    rounds.start()
                    see_waves(station)
        rounds.stop()
        soaked.dip_seen = dip_on_ribbon(window, 1000.0 + dip_s, picture)
        soaked.faults = faults.first
    return soaked


def in_real_time(seconds: int, beds: int, told: Callable[[Hour], None], *, hour_s: int = 3600) -> Soaked:
    """Live so many seconds as in a clinic: the station in its thread, frames by the window's timer."""
    soaked, clock = Soaked(), SystemClock()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    began = clock.now()
    with (
        tempfile.TemporaryDirectory() as folder, faults_counted() as faults,
        room(Path(folder) / "data", clock, beds, min(DIP_AT_S, seconds / 4)) as (station, window),
        hours(soaked, faults, told) as next_hour,
    ):  # fmt: skip
        rounds, frames = GarbageRounds(window), Frames(next_hour, window, beds, seconds, hour_s)
        window.bridge.ticked.connect(frames.tick)
        station.start()
        window.bridge.start()
        station.call_at_alarms(window.bridge.called.emit)
        QTimer.singleShot(3000, rounds, rounds.start)
        QTimer.singleShot((seconds + int(began - clock.now())) * 1000, partial(QApplication.exit, 0))
        QApplication.exec()
        rounds.stop()
        station.call_at_alarms(lambda: None)
        soaked.faults = faults.first
    return soaked


class Frames:
    """Takes the gaps between the frames of a running window."""

    SETTLE_S = 10.0
    """Until the ribbon is loaded: a start is another benchmark's."""

    def __init__(
        self, next_hour: Callable[[], Hour], window: MainWindow, beds: int, seconds: int, hour_s: int
    ) -> None:
        self._next_hour, self._window, self._beds = next_hour, window, beds
        self._hour, self._hour_s, self._minute = next_hour(), hour_s, -1
        self._began: float | None = None
        self._last = 0.0

    def tick(self, now: float) -> None:
        """A frame begins at monotonic second `now`."""
        began = self._began = now if self._began is None else self._began
        gap, self._last = now - self._last, now
        if now - began >= self.SETTLE_S:
            self._hour.drawn(gap * 1e3)
        if (now - began) // self._hour_s >= self._hour.number:
            self._hour = self._next_hour()
        minute = int((now - began) // 60)
        if minute != self._minute:
            self._minute = minute
            QTimer.singleShot(0, partial(show_minute, self._window, minute, self._beds))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--hours", type=at_least_one, default=24, metavar="N", help="simulated (default 24)")
    parser.add_argument("--beds", type=at_least_one, default=8, metavar="N", help="beds (default 8)")
    parser.add_argument("--frames", type=at_least_one, default=1, metavar="N",
                        help="steps and frames a simulated second (default 1)")  # fmt: skip
    parser.add_argument("--real-time", action="store_true", help="as in a clinic, for --minutes")
    parser.add_argument("--minutes", type=at_least_one, metavar="N",
                        help="instead of --hours; a line of the table is a tenth")  # fmt: skip
    parser.add_argument("--picture", default="", metavar="PNG", help="keep the last picture of the ribbon")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    add_keep(parser)
    options = parser.parse_args(argv)
    QApplication.instance() or QApplication([])
    seconds = 60 * options.minutes if options.minutes else 3600 * options.hours
    hour_s = max(60, seconds // 10) if options.minutes else 3600
    if options.real_time:
        soaked = in_real_time(seconds, options.beds, _tell, hour_s=hour_s)
    else:
        soaked = at_full_speed(
            seconds, options.beds, options.frames, _tell, hour_s=hour_s, picture=options.picture
        )
    _report(soaked, options, hour_s)
    return 0


COLUMNS = ("hour", "resident MB", "wall s", "CPU s", "frames", "late", "worst step ms", "worst frame ms",
           "of it CPU ms", "errors")  # fmt: skip


def row_of(hour: Hour) -> tuple[str, ...]:
    return (
        str(hour.number), f"{hour.resident_mb:.1f}", f"{hour.wall_s:.0f}", f"{hour.cpu_s:.0f}",
        str(hour.frames), str(hour.late), f"{hour.step_ms:.1f}", f"{hour.frame_ms:.1f}",
        f"{hour.frame_cpu_ms:.1f}", str(hour.errors),
    )  # fmt: skip


def _tell(hour: Hour) -> None:
    said = ", ".join(f"{name} {figure}" for name, figure in zip(COLUMNS, row_of(hour), strict=True))
    print(said, file=sys.stderr, flush=True)


def _figures(hour: Hour) -> dict[str, float]:
    return {name: significant(figure) for name, figure in asdict(hour).items()}


def _report(soaked: Soaked, options: argparse.Namespace, hour_s: int) -> None:
    figures = {
        "repetitions": 1, "beds": options.beds, "real_time": options.real_time, "line_s": hour_s,
        "frames_a_second": None if options.real_time else options.frames,
        "hours": [_figures(hour) for hour in soaked.hours],
        "growth_mb_an_hour": soaked.growth_mb, "dip_seen": soaked.dip_seen, "faults": soaked.faults,
        "goal_mb_an_hour": GOAL_MB_AN_HOUR, "goal_frame_ms": GOAL_FRAMES * FRAME_MS,
    }  # fmt: skip
    name = "soak_real_time" if options.real_time else "soak"
    tell(options, name, figures, partial(_tables, soaked, options, hour_s))


def _tables(soaked: Soaked, options: argparse.Namespace, hour_s: int) -> None:
    how = (
        "in real time" if options.real_time else f"at full speed, {options.frames} frames a simulated second"
    )
    rows = [row_of(hour) for hour in soaked.hours]
    print_table(f"{options.beds} beds {how}; a line is {hour_s} s", COLUMNS, rows)
    for sentence in sentences(soaked, hour_s):
        print(sentence)


def sentences(soaked: Soaked, hour_s: int) -> list[str]:
    """What the run comes to, beside the goals."""
    worst = max(hour.frame_ms for hour in soaked.hours)
    computed = max(hour.frame_cpu_ms for hour in soaked.hours)
    slope = soaked.growth_mb
    grown = "" if slope is None else f"{slope * 3600 / hour_s:.2f} MB an hour after the first line"
    dip = {None: "not looked for", True: "seen", False: "NOT SEEN"}[soaked.dip_seen]
    return [
        f"Memory: {grown or 'too short to say'} (goal: under {GOAL_MB_AN_HOUR:g}).",
        f"Worst frame: {worst:.1f} ms by the clock, {computed:.1f} ms computed "
        f"(goal: {GOAL_FRAMES * FRAME_MS:.0f}).",
        f"Logged errors: {soaked.hours[-1].errors}. {' / '.join(soaked.faults)}".rstrip(),
        f"The dip of one second on the day's ribbon: {dip}.",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

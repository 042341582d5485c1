"""How long an alarm takes from the last byte of its frame to the screen and to the ear.

A real station and its window: GE S/5 DRI frames from another process over pseudo-terminals, a bed each,
record and alarms as in a clinic, the waves drawn at 30 frames a second without a screen, and the speaker on
the sound library's null output, which takes samples at their pace. SpO2 falls below its MEDIUM limit, whose
delay is set to 0. On the screen: the pass of painting is over in which the alarm bar showed it. In the ear:
its first sample was handed to the output. What a display and a loudspeaker add is theirs. With `--paper` the
pages of an hour's session are made all the while, as printing does it; with `--load` another process keeps a
core busy.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from benchmarks.measure import add_keep, at_least_one, print_table, progress, significant, tell
from nurse_station.alarms.commands import Acknowledge
from nurse_station.alarms.limits import Scope
from nurse_station.audio.player import MiniaudioSpeaker, system_outputs
from nurse_station.commands.patients import simulated_patient
from nurse_station.commands.run_station import SWITCH_INTERVAL_S
from nurse_station.devices.registry import DRIVERS
from nurse_station.reports.aside import make_pages_aside
from nurse_station.settings.model import BedSettings, Settings
from nurse_station.station.commands import AskAlarms, ConnectMonitor, PortKind
from nurse_station.station.equipment import Equipment
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.station import Station
from nurse_station.ui.widgets.alarm_bar import AlarmBar
from nurse_station.ui.window import MainWindow, open_window
from nurse_station.vitals.clock import ManualClock, SystemClock

CONDITION = "spo2_low"
GOAL_MS, GOAL_LOADED_MS = 50.0, 100.0
SHARES = (50, 90, 99)
SIZE = (1920, 1080)
SETTLE_S = 8.0
"""Until every monitor is heard, the ribbon is loaded and the first alarms of a start are over."""
REST_S = (0.15, 0.45)
LOST_S = 3.0
"""An alarm that was not painted and heard by then was missed."""
LOOK_MS = 40
WHO = "benchmark"


@dataclass(slots=True)
class Event:
    """One frame with a low value. Times are monotonic seconds; None: not yet."""

    bed: int
    written: float | None = None
    painted: float | None = None
    heard: float | None = None


@dataclass(slots=True)
class Outcome:
    """Milliseconds of every event."""

    painted: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    missed: int = 0


class Monitors:
    """The other process."""

    def __init__(self, process: "subprocess.Popen[str]", beds: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin, self._stdout = process.stdin, process.stdout
        self.ports = [self._stdout.readline().strip() for _ in range(beds)]
        self.written: deque[tuple[int, float]] = deque()
        threading.Thread(target=self._listen, daemon=True).start()

    def low(self, bed: int) -> None:
        """Bed `bed` says a low value in its next frame."""
        print("low", bed, file=self._stdin, flush=True)

    def _listen(self) -> None:
        for line in self._stdout:
            bed, at = line.split()
            self.written.append((int(bed), float(at)))


class Trial:
    """Asks for one alarm after another, and takes the times."""

    def __init__(self, station: Station, speaker: MiniaudioSpeaker, monitors: Monitors, events: int) -> None:
        self.outcome = Outcome()
        self._station, self._speaker, self._monitors = station, speaker, monitors
        self._left, self._beds = events, len(monitors.ports)
        self._event: Event | None = None
        self._alone: Event | None = None
        self._asked = self._next = station.clock.now() + SETTLE_S
        self._bed = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def painted(self, bed: str, *, at_once: bool) -> None:
        """The alarm bar was painted with an alarm of that bed; the pass of painting is not over yet.

        `at_once`: it is painted alone, and `repainted` tells when that is over.
        """
        event = self._event
        if event is None or event.painted is not None or bed != f"chair-{event.bed + 1}":
            return
        if at_once:
            self._alone = event
        else:
            QTimer.singleShot(0, partial(self._on_screen, event))

    def repainted(self) -> None:
        """The bar alone was painted, and its picture handed to the screen."""
        event, self._alone = self._alone, None
        if event is not None:
            self._on_screen(event)

    def _on_screen(self, event: Event) -> None:
        if event.painted is None:
            event.painted = self._station.clock.now()

    def _look(self) -> None:
        now = self._station.clock.now()
        if self._event is None:
            audio = self._station.snapshot().audio
            if now >= self._next and audio is not None and audio.signal is None:
                self._ask(now)
            return
        self._take_times(self._event)
        if self._event.painted and self._event.heard and self._event.written:
            self._end(self._event, now)
        elif now - self._asked > LOST_S:
            self.outcome.missed += 1
            self._rest(self._event, now)

    def _ask(self, now: float) -> None:
        self._event, self._asked = Event(bed=self._bed), now
        self._bed = (self._bed + 1) % self._beds
        self._forget_burst()
        self._monitors.low(self._event.bed)

    def _take_times(self, event: Event) -> None:
        while self._monitors.written:
            bed, at = self._monitors.written.popleft()
            event.written = at if bed == event.bed else event.written
        first = self._speaker.first_sample_at
        if event.written is not None and first is not None and first >= event.written:
            event.heard = first

    def _end(self, event: Event, now: float) -> None:
        if event.written is not None and event.painted is not None and event.heard is not None:
            self.outcome.painted.append((event.painted - event.written) * 1e3)
            self.outcome.heard.append((event.heard - event.written) * 1e3)
        self._rest(event, now)

    def _rest(self, event: Event, now: float) -> None:
        self._station.send(AskAlarms(bed=f"chair-{event.bed + 1}", command=Acknowledge(who=WHO)))
        self._left -= 1
        progress(f"{self._left} alarms to go, {self.outcome.missed} missed")
        self._event, self._next = None, now + random.uniform(*REST_S)  # noqa: S311
        if self._left <= 0:
            self._timer.stop()
            QApplication.exit(0)

    def _forget_burst(self) -> None:
        """Each alarm is to be the first after silence: the interval between two bursts is not measured."""
        with self._speaker._lock:
            self._speaker._mixer.restart(after_long=True)


@contextmanager
def monitors_of(beds: int) -> Iterator[Monitors]:
    words = [sys.executable, "-m", "benchmarks.bedside_monitors", str(beds)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Monitors(process, beds)
        finally:
            process.kill()


@contextmanager
def busy_core(wanted: bool) -> Iterator[None]:
    """Another program that keeps one core busy."""
    if not wanted:
        yield
        return
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        try:
            yield
        finally:
            process.kill()


@dataclass(slots=True)
class Papers:
    """How many were made, and how long one took on average, seconds."""

    made: int = 0
    spent_s: float = 0.0

    @property
    def each_s(self) -> float:
        return self.spent_s / self.made if self.made else 0.0


@contextmanager
def papers(wanted: bool) -> Iterator[Papers]:
    """An hour's session is set on paper again and again, in a process of its own as the panel does."""
    papers, ended = Papers(), threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        if not wanted:
            yield papers
            return
        session = an_hour(Path(folder))

        def make() -> None:
            while not ended.is_set():
                began = perf_counter()
                make_pages_aside(Path(folder), session)
                papers.made, papers.spent_s = papers.made + 1, papers.spent_s + perf_counter() - began

        thread = threading.Thread(target=make, name="errand")
        thread.start()
        try:
            yield papers
        finally:
            ended.set()
            thread.join()


def an_hour(folder: Path) -> str:
    """Record an hour of a simulated patient, as fast as it goes. Returns the session's name."""
    clock = ManualClock()
    station = Station(Equipment(
        clock=clock, drivers=DRIVERS, patient=simulated_patient, data_dir=folder, practice=True,
    ))  # fmt: skip
    station.open()
    station.send(ConnectMonitor(bed="chair-1", driver="ge-s5-dri", kind=PortKind.SIMULATOR, seed=1))
    for _ in range(3600):
        clock.advance(1.0)
        station.step()
    session = station.snapshot().beds[0].session
    station.stop()
    assert session is not None
    return session


@contextmanager
def running(folder: Path, beds: int, ports: Sequence[str]) -> Iterator[tuple[Station, MiniaudioSpeaker]]:
    """A station with a monitor at each bed."""
    clock, limits = SystemClock(), LimitBook()
    limits.limits, _ = limits.limits.set(Scope.CLINIC, f"{CONDITION}.medium_delay_s", 0.0, WHO)
    speaker = MiniaudioSpeaker(clock, find=partial(system_outputs, heard=False))
    station = Station(Equipment(
        clock=clock, drivers=DRIVERS, patient=simulated_patient, data_dir=folder, speaker=speaker,
        limits=limits, beds=[(f"chair-{number}", f"Chair {number}") for number in range(1, beds + 1)],
    ))  # fmt: skip
    station.open()
    speaker.open()
    for number, port in enumerate(ports, 1):
        station.send(
            ConnectMonitor(bed=f"chair-{number}", driver="ge-s5-dri", kind=PortKind.SERIAL, port=port)
        )
    station.start()
    try:
        yield station, speaker
    finally:
        station.stop()


class _Seen:
    """Tells a trial what the alarm bar painted, and gives the window its size."""

    def __init__(self) -> None:
        self.trial: Trial | None = None
        self._paint, self._repaint = AlarmBar.paintEvent, AlarmBar.repaint
        self._at_once = False

    def __enter__(self) -> "_Seen":
        seen = self

        def paint(bar: AlarmBar, event: QPaintEvent) -> None:
            seen._paint(bar, event)
            if seen.trial is not None and bar.alarm is not None:
                seen.trial.painted(bar.alarm.bed, at_once=seen._at_once)

        def repaint(bar: AlarmBar) -> None:
            seen._at_once = True
            seen._repaint(bar)
            seen._at_once = False
            if seen.trial is not None:
                seen.trial.repainted()

        AlarmBar.paintEvent = paint  # type: ignore[assignment, method-assign]
        AlarmBar.repaint = repaint  # type: ignore[assignment, method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        AlarmBar.paintEvent = self._paint  # type: ignore[method-assign]
        AlarmBar.repaint = self._repaint  # type: ignore[method-assign]


def _set_out(*, wall: bool) -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.showNormal()
            widget.resize(*SIZE)
            if wall:
                widget.show_wall()


def measured(beds: int, events: int, *, load: bool, paper: bool, wall: bool) -> tuple[Outcome, Papers]:
    """Take the times of so many alarms."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    settings = Settings(
        beds=tuple(BedSettings(key=f"chair-{n}", name=f"Chair {n}") for n in range(1, beds + 1))
    )
    with (
        tempfile.TemporaryDirectory() as folder, monitors_of(beds) as monitors, busy_core(load),
        running(Path(folder) / "data", beds, monitors.ports) as (station, speaker), _Seen() as seen,
        papers(paper) as made,
    ):  # fmt: skip
        seen.trial = Trial(station, speaker, monitors, events)
        QTimer.singleShot(500, partial(_set_out, wall=wall))
        open_window(station, settings, at_alarms=station.call_at_alarms)
        progress("")
        return seen.trial.outcome, made


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--beds", type=at_least_one, default=16, metavar="N", help="beds (default 16)")
    parser.add_argument("--events", type=at_least_one, default=200, metavar="N", help="alarms (default 200)")
    parser.add_argument("--bed-view", action="store_true", help="one bed in full instead of the wall")
    parser.add_argument("--load", action="store_true", help="another process keeps one core busy")
    parser.add_argument("--paper", action="store_true", help="a session is being set on paper all the while")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    add_keep(parser)
    options = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([])
    outcome, made = measured(options.beds, options.events, load=options.load, paper=options.paper,
                             wall=not options.bed_view)  # fmt: skip
    app.quit()
    _tell(outcome, made, options)
    return 0


def _tell(outcome: Outcome, made: Papers, options: argparse.Namespace) -> None:
    goal = GOAL_LOADED_MS if options.load or options.paper else GOAL_MS
    figures = {
        "alarm painted": _figures(outcome.painted),
        "first sample handed over": _figures(outcome.heard),
    }
    name = "alarm_latency_loaded" if options.load or options.paper else "alarm_latency"
    tell(options, name, {
        "repetitions": 1, "beds": options.beds, "view": "bed" if options.bed_view else "wall",
        "load": options.load,
        "papers": made.made, "paper_s": significant(made.each_s), "events": options.events,
        "missed": outcome.missed, "ms_from_last_byte": figures, "goal_p99_ms": goal,
    }, lambda: _table(figures, outcome, made, options, goal))  # fmt: skip


def _table(
    figures: dict[str, dict[str, float]], outcome: Outcome, made: Papers, options: argparse.Namespace,
    goal: float,
) -> None:  # fmt: skip
    rows = [(name, *(f"{value:.1f}" for value in found.values())) for name, found in figures.items()]
    loads = (
        ", one core kept busy" if options.load else "",
        f", {made.made} papers made ({made.each_s:.1f} s each)" if options.paper else "",
    )
    title = (
        f"{options.beds} beds on {'the bed view' if options.bed_view else 'the wall'}{''.join(loads)}: ms "
        f"from the last byte of a frame, {options.events} alarms, {outcome.missed} missed; "
        f"goal: p99 under {goal:g}"
    )
    print_table(title, ("", *next(iter(figures.values()))), rows)


def _figures(taken: Sequence[float]) -> dict[str, float]:
    if not taken:
        return {}
    shares = {f"p{share}": significant(float(np.percentile(taken, share))) for share in SHARES}
    return {**shares, "max": significant(max(taken))}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

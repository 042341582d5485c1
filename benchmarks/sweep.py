"""What a frame of the sweep costs, beside a plain pyqtgraph plot of the same waves in the same run.

Processor time of all threads a frame, painted without a screen: 10 s at 250 Hz a wave, antialiased, 2 px,
1920 x 1080. And how far a picture built strip by strip differs from one drawn at once, what one bed costs at
30 frames a second, and how long another bed takes to stand on the screen.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

from benchmarks.measure import (
    Measured,
    arguments,
    at_least_one,
    interleaved,
    print_json,
    print_machine,
    print_table,
    progress,
    significant,
)

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.sweep_screens import FRAMES_A_SECOND, Ours, PlainPyqtgraph
from benchmarks.sweep_truth import share_that_differs

FRAMES = {Ours.name: 150, PlainPyqtgraph.name: 10}
SCALES = (1.0, 1.25, 1.5, 2.0)
PACED_S = 5.0
GOALS = {"ratio": 30.0, "differs": 0.002, "core": 0.10, "switch_ms": 100.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paced:
    """One bed as it runs in the station, by a clock on the wall."""

    core: float
    frames_a_second: float


def cost_of_a_frame(screen: Ours | PlainPyqtgraph, frames: int) -> Callable[[], float]:
    """Milliseconds of processor time a frame. Raises RuntimeError when a frame was not painted."""

    def run() -> float:
        painted, begin = screen.painted, process_time()
        for _ in range(frames):
            screen.frame()
        cost = process_time() - begin
        if screen.painted - painted < frames:
            message = f"{screen.name} painted {screen.painted - painted} of {frames} frames"
            raise RuntimeError(message)
        return cost / frames * 1e3

    return run


def cost_of_another_bed(ours: Ours) -> float:
    """Milliseconds of wall time from the choice of another bed to its full picture."""
    begin = perf_counter()
    ours.another_bed()
    return (perf_counter() - begin) * 1e3


def paced() -> Paced:
    """One bed of four waves at 30 frames a second."""
    ours = Ours(4)
    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    clock = [perf_counter()]

    def tick() -> None:
        now = perf_counter()
        ours.frame(now - clock[0])
        clock[0] = now

    timer.timeout.connect(tick)
    painted, begin, used = ours.painted, perf_counter(), process_time()
    timer.start(1000 // FRAMES_A_SECOND)
    QTimer.singleShot(round(PACED_S * 1e3), loop.quit)
    loop.exec()
    timer.stop()
    took = perf_counter() - begin
    return Paced(core=(process_time() - used) / took, frames_a_second=(ours.painted - painted) / took)


def measured(traces: int, repeat: int) -> dict[str, Measured]:
    """Milliseconds a frame of each screen, and of a change of beds."""
    ours, plain = Ours(traces), PlainPyqtgraph(traces)
    return interleaved({
        ours.name: cost_of_a_frame(ours, FRAMES[ours.name]),
        plain.name: cost_of_a_frame(plain, FRAMES[plain.name]),
        "another bed": lambda: cost_of_another_bed(ours),
    }, repeat)  # fmt: skip


def truth() -> dict[float, float]:
    """For each scale, the share of lit pixels in which strips differ from a full redraw."""
    found = {}
    for scale in SCALES:
        progress(f"strips against a full redraw at scale {scale:g}")
        found[scale] = share_that_differs(scale)
    return found


def main(argv: Sequence[str]) -> int:
    parser = arguments(__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--traces", type=at_least_one, default=4, metavar="N", help="waves (default 4)")
    options = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([])
    costs = measured(options.traces, options.repeat)
    differs = truth()
    progress(f"one bed at {FRAMES_A_SECOND} frames a second for {PACED_S:g} s")
    pace = paced()
    progress("")
    if options.json:
        print_json("sweep", _figures(options.traces, costs, differs, pace))
    else:
        _print(options.traces, costs, differs, pace)
    app.quit()
    return 0


def _figures(
    traces: int, costs: dict[str, Measured], differs: dict[float, float], pace: Paced
) -> dict[str, object]:
    ours, plain = costs[Ours.name], costs[PlainPyqtgraph.name]
    return {
        "traces": traces,
        "cpu_ms_a_frame": {name: costs[name].record() for name in FRAMES},
        "plain_pyqtgraph_over_ours": significant(plain.over(ours)),
        "another_bed_ms": costs["another bed"].record(),
        "lit_pixels_that_differ": {f"{scale:g}": significant(share) for scale, share in differs.items()},
        "one_bed_paced": {
            "core": significant(pace.core),
            "frames_a_second": significant(pace.frames_a_second),
        },
        "goals": GOALS,
    }


def _print(traces: int, costs: dict[str, Measured], differs: dict[float, float], pace: Paced) -> None:
    ours = costs[Ours.name]
    rows = [
        (
            name,
            f"{run.median:.3f}",
            f"{min(run.values):.3f}",
            f"{max(run.values):.3f}",
            f"{run.over(ours):.1f}",
        )
        for name, run in costs.items()
        if name in FRAMES
    ]
    title = f"{traces} waves of 10 s at 250 Hz, antialiased, 2 px, 1920 x 1080: CPU ms a frame"
    print_table(title, ("", "median", "lowest", "highest", "x ours"), rows)
    goals = [
        ("plain pyqtgraph / ours", f"{costs[PlainPyqtgraph.name].over(ours):.0f}", f">= {GOALS['ratio']:g}"),
        *(
            (f"lit pixels that differ, scale {scale:g}", f"{share:.3%}", f"<= {GOALS['differs']:.1%}")
            for scale, share in differs.items()
        ),
        ("one bed, share of a core", f"{pace.core:.1%}", f"<= {GOALS['core']:.0%}"),
        ("one bed, frames a second", f"{pace.frames_a_second:.1f}", f"{FRAMES_A_SECOND}"),
        ("another bed, ms", f"{costs['another bed'].median:.1f}", f"<= {GOALS['switch_ms']:g}"),
    ]
    print_table("Against the goals", ("", "measured", "goal"), goals)
    print_machine()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

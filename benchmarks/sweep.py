"""What a frame of the sweep costs, beside other ways to draw the same waves, in the same run.

Processor time of all threads a frame, painted without a screen: 10 s at 250 Hz a wave, antialiased, 2 px,
1920 x 1080. And how far a picture built strip by strip differs from one drawn at once, what one bed costs at
30 frames a second, and how long another bed takes to stand on the screen.

The peers come with `uv sync --group peers`; one that is not installed is left out, and named.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import (
    Measured,
    arguments,
    at_least_one,
    interleaved,
    print_table,
    progress,
    significant,
    tell,
)
from benchmarks.peers import PLAIN, SWEEP, Screen, made
from benchmarks.sweep_screens import Ours
from benchmarks.sweep_truth import share_that_differs
from benchmarks.sweep_waves import FRAMES_A_SECOND

COUNTS = (4, 32, 64, 256)
BED = 4
"""Waves of one bed."""
OUR_FRAMES = 150
"""Five seconds: a packet comes once a second."""
PEER_S, PEER_FRAMES = 0.4, 60
"""A peer draws on until it has used so many seconds of the processor, or drawn so many frames."""
SCALES = (1.0, 1.25, 1.5, 2.0)
TRUTH_AT = (4, 64)
"""Waves: full rows, and rows so low that neighbours might reach into one another."""
PACED_S = 5.0
RATIOS = {
    PLAIN: 50.0, "tuned pyqtgraph": 25.0, f"{PLAIN}, cheap look": 5.0, "pyqtgraph in one-second pieces": 4.0,
    "matplotlib, blit": 6.0,
}  # fmt: skip
"""Goals: so many times as dear as ours, with RATIOS_AT waves."""
RATIOS_AT = 64
MOST_FOR_FOUR_TIMES = 4.0
"""Goal: 256 waves cost at most so many times what 64 do."""
GOALS = {"differs": 0.002, "core": 0.10, "switch_ms": 100.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paced:
    """One bed as it runs in the station, by a clock on the wall."""

    core: float
    frames_a_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was measured.

    Attributes:
        costs: Milliseconds of processor time a frame, by number of waves and name.
        growth: The same of ours alone, all numbers of waves in turn: what they are compared by.
        left_out: Peers that could not be measured, and why.
        differs: Share of lit pixels, by scale.
    """

    costs: Mapping[int, Mapping[str, Measured]]
    growth: Mapping[int, Measured]
    left_out: Mapping[str, str]
    another_bed: Measured
    differs: Mapping[float, float]
    paced: Paced


def cost_of_a_frame(name: str, screen: Screen, least: int) -> Callable[[], float]:
    """Milliseconds of processor time a frame. Raises RuntimeError when a frame was not painted."""

    def run() -> float:
        painted, drawn, begin = screen.painted, 0, process_time()
        while drawn < least or (drawn < PEER_FRAMES and process_time() - begin < PEER_S):
            screen.frame()
            drawn += 1
        cost = process_time() - begin
        if screen.painted - painted < drawn:
            message = f"{name} painted {screen.painted - painted} of {drawn} frames"
            raise RuntimeError(message)
        return cost / drawn * 1e3

    return run


def cost_of_another_bed(ours: Ours) -> float:
    """Milliseconds of wall time from the choice of another bed to its full picture."""
    begin = perf_counter()
    ours.another_bed()
    return (perf_counter() - begin) * 1e3


def paced() -> Paced:
    """One bed of four waves at 30 frames a second."""
    ours = Ours(BED)
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


def beside_peers(count: int, repeat: int) -> tuple[dict[str, Measured], dict[str, str]]:
    """Milliseconds a frame of each screen with so many waves; and who was left out, and why."""
    progress(f"{count} waves: the screens are made")
    ours = Ours(count)
    screens, left_out = made(SWEEP, count)
    gc.collect()
    gc.freeze()  # no peer pays for looking through what another one keeps
    runs = {Ours.name: cost_of_a_frame(Ours.name, ours, OUR_FRAMES)}
    least = {peer.name: peer.frames for peer in SWEEP}
    runs |= {name: cost_of_a_frame(name, screen, least[name]) for name, screen in screens.items()}
    costs = interleaved(runs, repeat)
    gc.unfreeze()
    return costs, left_out


def growth(counts: Iterable[int], repeat: int) -> dict[int, Measured]:
    """Milliseconds a frame of ours, with each number of waves."""
    runs = {str(count): cost_of_a_frame(Ours.name, Ours(count), OUR_FRAMES) for count in counts}
    return {int(count): cost for count, cost in interleaved(runs, repeat).items()}


def truth() -> dict[float, float]:
    """For each scale, the share of lit pixels in which strips differ from a full redraw, at worst."""
    found = {}
    for scale in SCALES:
        progress(f"strips against a full redraw at scale {scale:g}")
        found[scale] = max(share_that_differs(scale, count) for count in TRUTH_AT)
    return found


def measured(counts: Sequence[int], repeat: int) -> Found:
    """Take all figures, with these numbers of waves."""
    costs: dict[int, dict[str, Measured]] = {}
    left_out: dict[str, str] = {}
    for count in counts:
        costs[count], missing = beside_peers(count, repeat)
        left_out |= missing
    bed = Ours(BED)
    switched = interleaved({"another bed": lambda: cost_of_another_bed(bed)}, repeat)["another bed"]
    grown, differs = growth(counts, repeat), truth()
    progress(f"one bed at {FRAMES_A_SECOND} frames a second for {PACED_S:g} s")
    pace = paced()
    progress("")
    return Found(
        costs=costs, growth=grown, left_out=left_out, another_bed=switched, differs=differs, paced=pace
    )


def main(argv: Sequence[str]) -> int:
    parser = arguments(__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--traces", type=at_least_one, nargs="+", default=COUNTS, metavar="N",
        help=f"numbers of waves (default {' '.join(map(str, COUNTS))})",
    )  # fmt: skip
    options = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([])
    found = measured(options.traces, options.repeat)
    tell(options, "sweep", _figures(found, options.repeat), lambda: _print(found))
    app.quit()
    return 0


def _figures(found: Found, repeat: int) -> dict[str, object]:
    return {
        "repetitions": repeat,
        "cpu_ms_a_frame": {
            str(count): {name: cost.record() for name, cost in costs.items()}
            for count, costs in found.costs.items()
        },
        "over_ours": {
            str(count): {name: significant(cost.over(costs[Ours.name])) for name, cost in costs.items()}
            for count, costs in found.costs.items()
        },
        "ours_in_turn_cpu_ms_a_frame": {str(count): cost.record() for count, cost in found.growth.items()},
        "left_out": dict(found.left_out),
        "another_bed_ms": found.another_bed.record(),
        "lit_pixels_that_differ": {f"{at:g}": significant(share) for at, share in found.differs.items()},
        "one_bed_paced": {
            "core": significant(found.paced.core),
            "frames_a_second": significant(found.paced.frames_a_second),
        },
        "goals": [
            {"what": what, "measured": measured_, "goal": goal} for what, measured_, goal in _goals(found)
        ],
    }


def _print(found: Found) -> None:
    for count, costs in found.costs.items():
        ours = costs[Ours.name]
        rows = [
            (name, f"{cost.median:.3f}", f"{min(cost.values):.3f}", f"{max(cost.values):.3f}",
             f"{cost.over(ours):.1f}")
            for name, cost in costs.items()
        ]  # fmt: skip
        title = f"{count} waves of 10 s at 250 Hz, antialiased, 2 px, 1920 x 1080: CPU ms a frame"
        print_table(title, ("", "median", "lowest", "highest", "x ours"), rows)
    for name, why in found.left_out.items():
        print(f"left out: {name}: {why}")
    print_table("Against the goals", ("", "measured", "goal"), _goals(found))


def _goals(found: Found) -> list[tuple[str, str, str]]:
    """What, measured, goal."""
    rows = []
    costs = found.costs.get(RATIOS_AT, {})
    for name, least in RATIOS.items():
        if name in costs:
            ratio = costs[name].over(costs[Ours.name])
            rows.append((f"{name} / ours, {RATIOS_AT} waves", f"{ratio:.1f}", f">= {least:g}"))
    if RATIOS_AT in found.growth and 4 * RATIOS_AT in found.growth:
        ratio = found.growth[4 * RATIOS_AT].over(found.growth[RATIOS_AT])
        what = f"ours, {4 * RATIOS_AT} waves / {RATIOS_AT} waves"
        rows.append((what, f"{ratio:.2f}", f"<= {MOST_FOR_FOUR_TIMES:g}"))
    return [
        *rows,
        *(
            (f"lit pixels that differ, scale {scale:g}", f"{share:.3%}", f"<= {GOALS['differs']:.1%}")
            for scale, share in found.differs.items()
        ),
        ("one bed, share of a core", f"{found.paced.core:.1%}", f"<= {GOALS['core']:.0%}"),
        ("one bed, frames a second", f"{found.paced.frames_a_second:.1f}", f"{FRAMES_A_SECOND}"),
        ("another bed, ms", f"{found.another_bed.median:.1f}", f"<= {GOALS['switch_ms']:g}"),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

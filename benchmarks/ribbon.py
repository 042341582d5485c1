"""What the session ribbon costs with 1 h, 5 h and 24 h of a day in view, beside other ways to draw the same.

Processor time in milliseconds, painted without a screen, 1400 x 420: of another bed's whole day; of a second
in which four values come (the mean of a minute: not every second changes a pixel); of the pointer moving by
a hundredth of the width, with the line and the values read there.

The peers come with `uv sync --group peers`; one that is not installed is left out, and named.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Protocol

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from benchmarks.measure import Measured, arguments, interleaved, print_table, progress, significant, tell
from benchmarks.peers import Peer, made
from benchmarks.ribbon_screens import Ours

HOURS = (1.0, 5.0, 24.0)
PEERS = (
    Peer(name="plain pyqtgraph", module="benchmarks.ribbon_pyqtgraph", screen="Plain"),
    Peer(name="tuned pyqtgraph", module="benchmarks.ribbon_pyqtgraph", screen="Tuned"),
    Peer(name="matplotlib", module="benchmarks.ribbon_matplotlib", screen="Lanes"),
)
SECONDS = 60
MOVES = 20
WARM_S = 5
"""Played before anything is measured: tables of glyphs and of colours are filled by then."""
KINDS = ("another bed", "a second", "pointer")


class Ribbon(Protocol):
    """One way to draw the ribbon."""

    @property
    def painted(self) -> int:
        """How often it was painted, in part or in whole."""

    def another_bed(self) -> None: ...
    def second(self) -> None: ...
    def hover(self, share: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """With one length of a day.

    Attributes:
        costs: Milliseconds by kind, then by name.
        painted: Of ours, the share of the seconds in which anything was painted.
        left_out: Peers that could not be measured, and why.
    """

    costs: Mapping[str, Mapping[str, Measured]]
    painted: float
    left_out: Mapping[str, str]


def another_bed(screen: Ribbon) -> float:
    begin = process_time()
    screen.another_bed()
    return (process_time() - begin) * 1e3


def a_second(screen: Ribbon) -> float:
    begin = process_time()
    for _ in range(SECONDS):
        screen.second()
    return (process_time() - begin) / SECONDS * 1e3


def pointer(screen: Ribbon) -> float:
    """Raises RuntimeError when a move was not painted."""
    painted, begin = screen.painted, process_time()
    for number in range(MOVES):
        screen.hover((number + 40) / 100)
    cost = process_time() - begin
    if screen.painted - painted < MOVES:
        message = f"{type(screen).__name__} painted {screen.painted - painted} of {MOVES} moves"
        raise RuntimeError(message)
    return cost / MOVES * 1e3


def measured(hours: float, repeat: int) -> Found:
    """All costs with so many hours in view."""
    progress(f"{hours:g} h: the screens are made")
    others, left_out = made(PEERS, hours)
    screens: dict[str, Ribbon] = {Ours.name: Ours(hours), **others}
    for screen in screens.values():
        for _ in range(WARM_S):
            screen.second()
    ours = screens[Ours.name]
    gc.collect()
    gc.freeze()  # no peer pays for looking through what another one keeps
    costs, painted = {}, 0
    for kind, cost in zip(KINDS, (another_bed, a_second, pointer), strict=True):
        before = ours.painted
        costs[kind] = interleaved({name: _of(cost, screen) for name, screen in screens.items()}, repeat)
        painted = ours.painted - before if kind == "a second" else painted
    gc.unfreeze()
    return Found(costs=costs, painted=painted / (repeat * SECONDS), left_out=left_out)


def _of(cost: Callable[[Ribbon], float], screen: Ribbon) -> Callable[[], float]:
    return lambda: cost(screen)


def main(argv: Sequence[str]) -> int:
    parser = arguments(__doc__.splitlines()[0] if __doc__ else "")
    options = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([])
    found = {hours: measured(hours, options.repeat) for hours in HOURS}
    tell(options, "ribbon", _figures(found, options.repeat), lambda: _print(found))
    app.quit()
    return 0


def _figures(found: Mapping[float, Found], repeat: int) -> dict[str, object]:
    return {
        "repetitions": repeat,
        "cpu_ms": {
            f"{hours:g}": {
                kind: {name: cost.record() for name, cost in costs.items()}
                for kind, costs in each.costs.items()
            }
            for hours, each in found.items()
        },
        "over_ours": {
            f"{hours:g}": {
                kind: {name: significant(cost.over(costs[Ours.name])) for name, cost in costs.items()}
                for kind, costs in each.costs.items()
            }
            for hours, each in found.items()
        },
        "seconds_painted": {f"{hours:g}": significant(each.painted) for hours, each in found.items()},
        "left_out": {name: why for each in found.values() for name, why in each.left_out.items()},
    }


def _print(found: Mapping[float, Found]) -> None:
    for hours, each in found.items():
        rows = [(name, *(_cell(each.costs[kind], name) for kind in KINDS)) for name in each.costs[KINDS[0]]]
        title = f"{hours:g} h in view: CPU ms, median (x ours); ours painted in {each.painted:.0%} of seconds"
        print_table(title, ("", *KINDS), rows)
    for name, why in next(iter(found.values())).left_out.items():
        print(f"left out: {name}: {why}")


def _cell(costs: Mapping[str, Measured], name: str) -> str:
    return f"{costs[name].median:.2f} ({costs[name].over(costs[Ours.name]):.1f})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

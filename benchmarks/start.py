"""How long the station takes to start with simulated beds, beside a bare window of PySide6 in the same run.

From the moment the program is asked for: to its first paint (the window that says it starts), to the paint of
the room, to a number of every bed on the screen, to the first stroke of a wave. Wall time, and the processor
time of all threads, which a busy machine disturbs less. With the modules compiled, as after the first start.

Cold: before each start the files of Python, of the packages and of the program are dropped from the system's
cache, as far as no other program has them open (Linux only). And of one start: what loading costs.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import loads
from pathlib import Path
from time import monotonic

from benchmarks.measure import Measured, arguments, at_least_one, print_table, progress, significant, tell
from benchmarks.start_marks import STEPS

ROOT = Path(__file__).parents[1]
BARE = "bare window"
GOAL_TIMES_BARE = 2.0
GOAL_LIVE_S = 2.0
LIVE = ("numbers", "waves")
"""The first live frame has both."""
LONGEST_S = 60.0
SMALLEST_SHARE = 0.01
_LOADED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")

Pair = tuple[float, float]
"""Wall and processor time, ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """All starts of one kind. Wall and processor time of each step, ms; `BARE` is a step too."""

    wall: Mapping[str, Measured]
    cpu: Mapping[str, Measured]

    @property
    def live(self) -> Measured:
        """Wall time to the first live frame, ms."""
        values = [self.wall[step].values for step in LIVE]
        return Measured(values=tuple(max(each) for each in zip(*values, strict=True)))


def environment(folder: Path) -> dict[str, str]:
    """Of a start: compiled modules are kept, in a folder of the benchmark's own."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def words(data: Path, beds: int) -> list[str]:
    return ["--simulate", "--beds", str(beds), "--data-dir", str(data)]


def steps_of(module: str, folder: Path, more: Sequence[str] = ()) -> dict[str, Pair]:
    """Start a program of this folder, and take what it says. Raises RuntimeError when it says nothing."""
    command = [sys.executable, "-m", f"benchmarks.{module}", repr(monotonic()), *more]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=LONGEST_S,
        check=False,
    )  # fmt: skip
    said = done.stdout.strip().splitlines()
    if done.returncode or not said:
        message = f"{module} ended with {done.returncode}: {done.stderr.strip()[-500:]}"
        raise RuntimeError(message)
    return {step: (wall, cpu) for step, (wall, cpu) in loads(said[-1]).items()}


def one_start(folder: Path, beds: int) -> dict[str, Pair]:
    """The bare window and the station, in turn. Raises RuntimeError when a step was not reached."""
    bare = steps_of("start_bare", folder)["first paint"]
    with tempfile.TemporaryDirectory() as data:
        station = steps_of("start_marks", folder, words(Path(data), beds))
    if missing := [step for step in STEPS if step not in station]:
        message = f"a start without {', '.join(missing)}"
        raise RuntimeError(message)
    return {BARE: bare, **station}


def starts(folder: Path, beds: int, repeat: int, before: Callable[[], None]) -> Starts:
    """So many starts, each after `before` was done."""
    taken = []
    for number in range(1, repeat + 1):
        progress(f"start {number} of {repeat}")
        before()
        taken.append(one_start(folder, beds))
    progress("")
    wall, cpu = (
        {step: Measured(values=tuple(each[step][which] for each in taken)) for step in (BARE, *STEPS)}
        for which in (0, 1)
    )
    return Starts(wall=wall, cpu=cpu)


def files_loaded(folder: Path) -> Iterator[Path]:
    """What a start may read."""
    paths = sysconfig.get_paths()
    places = {paths["stdlib"], paths["purelib"], paths["platlib"], str(ROOT / "nurse_station"), str(folder)}
    for place in places:
        yield from (each for each in Path(place).rglob("*") if each.is_file() and not each.is_symlink())


def dropped(folder: Path) -> None:
    """Drop the program's files from the system's cache."""
    progress("the files are dropped from the cache")
    for path in files_loaded(folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def loading(folder: Path) -> dict[str, float]:
    """Milliseconds that each package takes to load, itself only, the dearest first; small ones together."""
    code = "import nurse_station.ui.starting, nurse_station.commands.run_station, nurse_station.ui.window"
    command = [sys.executable, "-X", "importtime", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=True
    )
    spent: Counter[str] = Counter()
    for line in done.stderr.splitlines():
        if found := _LOADED.match(line):
            spent[_package(found.group(2))] += int(found.group(1))
    small = [name for name, us in spent.items() if us < SMALLEST_SHARE * spent.total()]
    rest = sum(spent.pop(name) for name in small)
    return {name: us / 1e3 for name, us in (*spent.most_common(), ("all others", rest))}


def _package(module: str) -> str:
    first, *more = module.split(".")
    if first == "nurse_station" and more:
        return f"nurse_station.{more[0]}"
    if first in ("shiboken6", "shibokensupport"):
        return "PySide6"
    return "Python's own" if first in sys.stdlib_module_names or first.startswith("_") else first


def main(argv: Sequence[str]) -> int:
    parser = arguments(__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--beds", type=at_least_one, default=8, metavar="N", help="beds (default 8)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        progress("the modules are compiled")
        one_start(folder, options.beds)
        found = {"warm": starts(folder, options.beds, options.repeat, lambda: None)}
        if hasattr(os, "posix_fadvise"):
            found["cold"] = starts(folder, options.beds, options.repeat, lambda: dropped(folder))
        packages = loading(folder)
    figures = _figures(found, packages, options.beds, options.repeat)
    tell(options, "start", figures, lambda: _print(found, packages, options.beds))
    return 0


def _figures(
    found: Mapping[str, Starts], packages: Mapping[str, float], beds: int, repeat: int
) -> dict[str, object]:
    return {
        "beds": beds,
        "repetitions": repeat,
        "wall_ms": {kind: _records(of.wall) for kind, of in found.items()},
        "cpu_ms": {kind: _records(of.cpu) for kind, of in found.items()},
        "over_bare_window": {
            kind: {step: significant(each.over(of.wall[BARE])) for step, each in of.wall.items()}
            for kind, of in found.items()
        },
        "live_ms": {kind: of.live.record() for kind, of in found.items()},
        "loading_ms": {name: significant(spent) for name, spent in packages.items()},
        "goals": [{"what": what, "measured": value, "goal": goal} for what, value, goal in _goals(found)],
    }


def _records(steps: Mapping[str, Measured]) -> dict[str, dict[str, float]]:
    return {step: each.record() for step, each in steps.items()}


def _print(found: Mapping[str, Starts], packages: Mapping[str, float], beds: int) -> None:
    for kind, of in found.items():
        rows = [
            (step, f"{each.median:.0f}", f"{min(each.values):.0f}", f"{max(each.values):.0f}",
             f"{each.over(of.wall[BARE]):.1f}", f"{of.cpu[step].median:.0f}")
            for step, each in of.wall.items()
        ]  # fmt: skip
        head = ("", "wall ms", "lowest", "highest", "x bare", "CPU ms")
        print_table(f"A start with {beds} simulated beds, {kind}: ms until", head, rows)
    loaded = [(name, f"{ms:.0f}") for name, ms in packages.items()]
    print_table("What loading takes, package by package", ("", "ms"), loaded)
    print_table("Against the goals", ("", "measured", "goal"), _goals(found))


def _goals(found: Mapping[str, Starts]) -> list[tuple[str, str, str]]:
    """What, measured, goal."""
    rows = [
        (f"first paint / bare window, {kind}", f"{of.wall['first paint'].over(of.wall[BARE]):.2f}",
         f"<= {GOAL_TIMES_BARE:g}")
        for kind, of in found.items()
    ]  # fmt: skip
    rows += [
        (f"paint of the room / bare window, {kind}", f"{of.wall['room painted'].over(of.wall[BARE]):.2f}", "")
        for kind, of in found.items()
    ]
    of = found.get("cold", found["warm"])
    return [*rows, ("first live frame, cold, s", f"{of.live.median / 1e3:.2f}", f"< {GOAL_LIVE_S:g}")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What every benchmark shares: the machine, interleaved repetitions, table and JSON. Measures nothing itself.

Absolute times on one machine move by half between minutes, so peers take turns within each repetition,
and a ratio is the median of the ratios within the repetitions.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from nurse_station.vitals.clock import SystemClock

PACKAGES = ("PySide6_Essentials", "pyqtgraph", "numpy", "pyserial")
PEERS = ("PySide6_Addons", "matplotlib", "vispy")
"""Of the dependency group "peers": named where they are installed."""
RESULTS = Path(__file__).parent / "results"
"""What was really run, a file a run: `<benchmark>-<date>.json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure over all repetitions."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    def over(self, other: "Measured") -> float:
        """How many times `other` this is: the median of the ratios within each repetition."""
        return median(mine / theirs for mine, theirs in zip(self.values, other.values, strict=True))

    def record(self) -> dict[str, float]:
        """For JSON: median, lowest and highest, four significant digits."""
        figures = {"median": self.median, "lowest": min(self.values), "highest": max(self.values)}
        return {name: significant(value) for name, value in figures.items()}


def significant(value: float, digits: int = 4) -> float:
    return float(f"{value:.{digits}g}")


def arguments(description: str, *, repeat: int = 5) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument(
        "--repeat", type=at_least_one, default=repeat, metavar="N",
        help=f"interleaved repetitions (default {repeat}; medians of fewer than 5 say little)",
    )  # fmt: skip
    add_keep(parser)
    return parser


def add_keep(parser: argparse.ArgumentParser) -> None:
    """The option that keeps a run for docs/performance.md."""
    parser.add_argument(
        "--keep", action="store_true", help="write benchmarks/results/<benchmark>-<date>.json"
    )


def at_least_one(text: str) -> int:
    """An option's count. Raises argparse.ArgumentTypeError for anything but a whole number from 1 up."""
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is not a whole number from 1 up"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def interleaved(runs: Mapping[str, Callable[[], float]], repeat: int) -> dict[str, Measured]:
    """Call every run once a repetition, in turn. A run returns its own figure."""
    values: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(1, repeat + 1):
        for name, run in runs.items():
            progress(f"repetition {number} of {repeat}: {name}")
            values[name].append(run())
    progress("")
    return {name: Measured(values=tuple(taken)) for name, taken in values.items()}


def progress(sentence: str) -> None:
    """Say on the terminal what is being done; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{sentence}", end="", file=sys.stderr, flush=True)


def machine() -> dict[str, str | int | float]:
    """What the figures were taken on, and how busy it was in the last minute (`load`)."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else "unknown",
    }


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions() -> dict[str, str]:
    """Of the packages that the figures depend on, and of the peers that are installed."""
    found = {name: version(name) for name in PACKAGES}
    for name in PEERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def record_of(benchmark: str, figures: Mapping[str, object]) -> dict[str, object]:
    """The figures, with the machine and the versions that they were taken with."""
    taken = SystemClock().wall().isoformat(timespec="seconds")
    return {
        "benchmark": benchmark, "taken": taken, "machine": machine(), "versions": versions(), **figures,
    }  # fmt: skip


def print_json(benchmark: str, figures: Mapping[str, object]) -> None:
    """One JSON object: the figures, with the machine and the versions that they were taken with."""
    print(_json(record_of(benchmark, figures)))


def keep(benchmark: str, figures: Mapping[str, object]) -> Path:
    """Write the same object into the folder of results; a second run of a day takes the first one's place."""
    record = record_of(benchmark, figures)
    path = RESULTS / f"{benchmark}-{str(record['taken'])[:10]}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_json(record) + "\n", encoding="utf-8")
    return path


def newest(benchmark: str) -> dict[str, object] | None:
    """The newest result that was kept; None: there is none."""
    found = sorted(RESULTS.glob(f"{benchmark}-[0-9]*.json"))
    if not found:
        return None
    record: dict[str, object] = json.loads(found[-1].read_text(encoding="utf-8"))
    return record


def tell(
    options: argparse.Namespace, benchmark: str, figures: Mapping[str, object], tables: Callable[[], None]
) -> None:
    """As the options say: keep the figures, and print them as JSON or as tables with the machine beneath."""
    if options.keep:
        print(f"kept in {keep(benchmark, figures)}", file=sys.stderr)
    if options.json:
        print_json(benchmark, figures)
        return
    tables()
    print_machine()


def _json(record: Mapping[str, object]) -> str:
    return json.dumps(record, indent=2, ensure_ascii=False)


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need to be; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(title)
    for row in (head, ["-" * width for width in widths], *rows):
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  " + "  ".join((first, *others)).rstrip())
    print()


def print_machine() -> None:
    """The last line below a benchmark's tables."""
    facts = machine()
    print(
        f"{facts['processor']}, {facts['cores']} cores, {facts['system']}, Python {facts['python']}, "
        f"load {facts['load']}"
    )
    print(", ".join(f"{name} {number}" for name, number in versions().items()))

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
from importlib.metadata import version
from pathlib import Path
from statistics import median

PACKAGES = ("PySide6_Essentials", "pyqtgraph", "numpy", "pyserial")


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
    return parser


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


def machine() -> dict[str, str | int]:
    """What the figures were taken on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions() -> dict[str, str]:
    """Of the packages that the figures depend on."""
    return {name: version(name) for name in PACKAGES}


def print_json(benchmark: str, figures: Mapping[str, object]) -> None:
    """One JSON object: the figures, with the machine and the versions that they were taken with."""
    record = {"benchmark": benchmark, "machine": machine(), "versions": versions(), **figures}
    print(json.dumps(record, indent=2, ensure_ascii=False))


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
    print(f"{facts['processor']}, {facts['cores']} cores, {facts['system']}, Python {facts['python']}")
    print(", ".join(f"{name} {number}" for name, number in versions().items()))

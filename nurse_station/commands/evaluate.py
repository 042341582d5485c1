"""`evaluate`: recordings of 1 Hz vitals -> the alarms that they would have given. Needs no clock."""

import argparse
import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_files import factory_file, load
from nurse_station.alarms.limits import NO_NUMBERS, Limits, LimitsError
from nurse_station.alarms.replay import Replayed, Row, replay
from nurse_station.alarms.words import Kind
from nurse_station.commands.choices import file_called
from nurse_station.commands.trouble import UserError

APNOEA_LABEL = 5
COLUMNS = ("t_s", "spo2_pct", "pr_bpm", "resp_state")
_NOTHING = {"", "na", "nan"}
_BAR = 30
HEADER = ("CONDITION", "COUNT", "PER HOUR", "TOTAL s", "MEDIAN s", "ONSET TO ACTIVE s")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One file and what it gave."""

    name: str
    replayed: Replayed


def run(options: argparse.Namespace) -> int:
    """Print what the alarms would have been."""
    limits = limits_for(options.limits)
    paths = [file_called(name) for name in options.files]
    found = [Evaluated(name, replay(rows_of(path), limits)) for name, path in _with_progress(paths)]
    if options.format == "json":
        print(json.dumps(as_json(found), indent=2))
    else:
        print("\n".join(as_table(found)))
    return 0


def limits_for(named: str | None) -> Limits:
    """The factory's limits, with a clinic's file over them. Raises UserError."""
    try:
        clinic = NO_NUMBERS if named is None else load(file_called(named))
        return Limits(factory=load(factory_file()), clinic=clinic)
    except LimitsError as error:
        raise UserError(str(error)) from error


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a recording, in their order. Raises UserError for a file that is none."""
    last = -math.inf
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
            missing = [name for name in COLUMNS[:3] if name not in reader.fieldnames]
            if missing:
                raise UserError(
                    f"{path} has no column {missing[0]}; a recording needs t_s, spo2_pct and pr_bpm"
                )
            for cells in reader:
                if not any(cells.values()):
                    continue
                row = _row(cells, path, reader.line_num)
                if row.at <= last:
                    raise UserError(f"{path} line {reader.line_num}: t_s goes back; sort the rows by time")
                last = row.at
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} cannot be read as a recording ({error}); give a CSV file") from error


def _row(cells: Mapping[str, str | None], path: Path, line: int) -> Row:
    try:
        at, spo2, pr, label = (_number(name, cells.get(name)) for name in COLUMNS)
    except ValueError as error:
        raise UserError(f"{path} line {line}: {error}; write numbers, or leave a cell empty") from error
    if at is None:
        raise UserError(f"{path} line {line}: t_s is empty; every row needs its second")
    # The monitor logged 0 for "probe off or no signal": that is no value.
    return Row(at=at, spo2=spo2 or None, pr=pr or None,
               breathing=None if label is None else label != APNOEA_LABEL)  # fmt: skip


def _number(name: str, cell: str | None) -> float | None:
    word = (cell or "").strip()
    if word.lower() in _NOTHING:
        return None
    try:
        number = float(word)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        msg = f"{name} {word!r} is no number"
        raise ValueError(msg)
    return number


def as_json(found: Sequence[Evaluated]) -> dict[str, Any]:
    """All of it as one object. Seconds are null where nothing happened."""
    hours = sum(each.replayed.seconds for each in found) / 3600
    return {
        "files": len(found),
        "hours": round(hours, 4),
        "conditions": {key: _condition(found, key, hours) for key in CONDITIONS},
        "per_file": {each.name: _counts(each) for each in found},
    }


def _counts(each: Evaluated) -> dict[str, int]:
    counts = Counter(episode.condition for episode in each.replayed.episodes)
    return {key: counts[key] for key in CONDITIONS if counts[key]}


def _condition(found: Sequence[Evaluated], key: str, hours: float) -> dict[str, Any]:
    pairs = [(episode, each.replayed.ended) for each in found
             for episode in each.replayed.episodes if episode.condition == key]  # fmt: skip
    own = [episode for episode, _ in pairs]
    lengths = [episode.duration(ended) for episode, ended in pairs]
    return {
        "kind": CONDITIONS[key].kind.value,
        "count": len(own),
        "per_hour": round(len(own) / hours, 3) if hours else 0.0,
        "total_s": round(sum(lengths), 3),
        "median_s": _median(lengths),
        "onset_to_activation_s": _median([episode.began - episode.onset for episode in own]),
        "unresolved_s": round(sum(episode.unresolved_s for episode in own), 3),
    }


def _median(numbers: list[float]) -> float | None:
    return round(median(numbers), 3) if numbers else None


def as_table(found: Sequence[Evaluated]) -> list[str]:
    """All of it for a person: the patient's alarms, the technical ones apart, then each file's counts."""
    summary = as_json(found)
    told = summary["conditions"]
    lines = [f"{summary['files']} files, {summary['hours']:.2f} h"]
    for title, technical in (("Of the patient", False), ("Technical", True)):
        own = [
            key for key, row in told.items() if row["count"] and (row["kind"] == Kind.TECHNICAL) is technical
        ]
        lines += ["", title, *_aligned([HEADER, *(_cells(key, told[key]) for key in own)])] if own else []
    lines += ["", "Each file"]
    for name, counts in summary["per_file"].items():
        words = ", ".join(f"{key} {count}" for key, count in counts.items())
        lines.append(f"  {name}: {words or 'no alarm'}")
    return lines


def _cells(key: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    seconds = (row["total_s"], row["median_s"], row["onset_to_activation_s"])
    return (key, str(row["count"]), f"{row['per_hour']:.2f}", *(f"{each:.0f}" for each in seconds))


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADER))]
    return ["  " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]


def _with_progress(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Each file with the name that it goes by; a bar on a terminal says how far it is."""
    names = Counter(path.name for path in paths)
    for done, path in enumerate(paths):
        _bar(done, len(paths))
        yield (path.name if names[path.name] == 1 else str(path)), path
    _bar(len(paths), len(paths))


def _bar(done: int, of: int) -> None:
    if sys.stderr.isatty():
        filled = _BAR * done // of
        end = "\n" if done == of else ""
        print(
            f"\r[{'#' * filled}{' ' * (_BAR - filled)}] {done}/{of} files",
            end=end,
            file=sys.stderr,
            flush=True,
        )

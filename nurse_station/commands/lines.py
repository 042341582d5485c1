"""`lines`: how well each line of a session did, from the record: bytes, frames, refusals, silences."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from nurse_station.commands.choices import session_folder
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.reader import FrameCounts, RecordReader
from nurse_station.station.journal import LINE_HEALTH

HEADER = ("MONITOR", "PORT", "WATCHED", "RECEIVING", "SILENCES", "SILENT", "CAME BACK", "BYTES", "FRAMES",
          "REFUSED")  # fmt: skip
NO_REPORT = "The record of this session has no report of its lines: they are written every ten minutes."


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTotals:
    """One monitor's line over a session, however often it was connected.

    Attributes:
        monitor: Key of the family.
        port, settings: As they were last.
        connected: How often it was connected.
        watched_s, receiving_s, silent_s: Seconds.
        silences, reconnections, bytes, frames: Counts.
        refused: Reason -> frames.
    """

    monitor: str
    port: str
    settings: str
    connected: int = 0
    watched_s: float = 0.0
    receiving_s: float = 0.0
    silent_s: float = 0.0
    silences: int = 0
    reconnections: int = 0
    bytes: int = 0
    frames: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """Of the time, how much it received: 0 to 1; None: no time was counted."""
        return self.receiving_s / self.watched_s if self.watched_s > 0 else None


def run(options: argparse.Namespace) -> int:
    """Print one row a monitor, and beneath it why frames were refused."""
    with in_one_sentence(), RecordReader(session_folder(options)) as reader:
        entries = [entry.body for entry in reader.journal(options.session) if entry.kind == LINE_HEALTH]
        counts = reader.frame_counts(options.session)
    lines = totals(entries)
    if options.json:
        rows = [asdict(line) | {"receiving_share": line.share} for line in lines]
        print(json.dumps({"session": options.session, "lines": rows}, indent=2))
        return 0
    print("\n".join(_table(lines) if lines else _without_report(counts)))
    return 0


def totals(entries: Iterable[Mapping[str, Any]]) -> list[LineTotals]:
    """The entries of a session's journal, in their order, added up for each monitor.

    An entry counts from when the line was connected; one that counts less than the entry before it
    is of another connection.
    """
    runs: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        of_monitor = runs.setdefault(str(entry["monitor"]), [])
        if of_monitor and entry["watched_s"] >= of_monitor[-1]["watched_s"]:
            of_monitor[-1] = entry
        else:
            of_monitor.append(entry)
    return [_sum(monitor, each) for monitor, each in runs.items()]


def _sum(monitor: str, runs: list[Mapping[str, Any]]) -> LineTotals:
    refused: Counter[str] = Counter()
    for each in runs:
        refused.update(each["refused"])
    added = ("watched_s", "receiving_s", "silent_s", "silences", "reconnections", "bytes", "frames")
    return LineTotals(
        monitor=monitor, port=str(runs[-1]["port"]), settings=str(runs[-1]["settings"]), connected=len(runs),
        refused=dict(refused), **{name: sum(each[name] for each in runs) for name in added},
    )  # fmt: skip


def _table(lines: list[LineTotals]) -> list[str]:
    rows = [HEADER, *(_row(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [row.rstrip() for row in table] + [words for line in lines for words in _refusals(line)]


def _row(line: LineTotals) -> tuple[str, ...]:
    share = "---" if line.share is None else f"{100 * line.share:.1f} %"
    counts = (line.silences, _length(line.silent_s), line.reconnections, line.bytes, line.frames)
    refused = sum(line.refused.values())
    return (line.monitor, line.port, _length(line.watched_s), share, *map(str, counts), str(refused))


def _refusals(line: LineTotals) -> list[str]:
    driver = DRIVERS.get(line.monitor)
    sentences = {} if driver is None else driver.refusals
    return [
        f"{line.monitor}: {count} refused, {reason}: {sentences.get(reason, 'no more is known')}"
        for reason, count in sorted(line.refused.items())
    ]


def _without_report(counts: FrameCounts) -> list[str]:
    refused = ", ".join(f"{reason} {count}" for reason, count in sorted(counts.refused.items()))
    return [NO_REPORT, f"All lines together: {counts.accepted} frames, refused: {refused or 'none'}"]


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"

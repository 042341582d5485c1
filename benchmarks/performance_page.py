"""Brings docs/performance.md up to date with the results that were kept: its tables and its pictures.

`python -m benchmarks.performance_page` writes the tables between the page's marks `<!-- sweep -->` and
`<!-- end -->`, and so on for each benchmark that it knows. Measures nothing.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import performance_room
from benchmarks.measure import newest
from benchmarks.performance_plots import draw

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PICTURES = PAGE.parent / "pictures"

Record = Mapping[str, Any]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """In Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def taken_on(record: Record) -> str:
    """When and on what."""
    machine = record["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    return (
        f"Taken {record['taken'][:16].replace('T', ' ')} UTC on {machine['processor']}, {machine['cores']} "
        f"cores, {machine['system']}, Python {machine['python']}; {versions}. "
        f"{record['repetitions']} repetitions. Processes that wanted a core in the minute before its end: "
        f"{machine['load']}."
    )


def goals(record: Record) -> str:
    return table(
        ("", "measured", "goal"), [(row["what"], row["measured"], row["goal"]) for row in record["goals"]]
    )


def sweep(record: Record) -> str:
    costs, ratios = record["cpu_ms_a_frame"], record["over_ours"]
    names = list(next(iter(costs.values())))
    rows = [
        (name, *(_cost(costs[count].get(name), ratios[count].get(name)) for count in costs)) for name in names
    ]
    left_out = "\n".join(f"Left out: {name}: {why}." for name, why in record["left_out"].items())
    head = ("ms a frame (times ours)", *(f"{count} waves" for count in costs))
    return "\n\n".join(filter(None, (table(head, rows), left_out, goals(record))))


def ribbon(record: Record) -> str:
    head = ("ms (times ours)", *(f"{kind}, {hours} h" for kind, hours in _columns(record)))
    names = list(next(iter(next(iter(record["cpu_ms"].values())).values())))
    rows = [
        (name, *(
            _cost(record["cpu_ms"][hours][kind].get(name), record["over_ours"][hours][kind].get(name))
            for kind, hours in _columns(record)
        ))
        for name in names
    ]  # fmt: skip
    painted = ", ".join(f"{share:.0%} with {hours} h" for hours, share in record["seconds_painted"].items())
    return f"{table(head, rows)}\n\nSeconds in which ours painted anything: {painted}."


def _columns(record: Record) -> list[tuple[str, str]]:
    kinds = next(iter(record["cpu_ms"].values()))
    return [(kind, hours) for kind in kinds for hours in record["cpu_ms"]]


def start(record: Record) -> str:
    kinds = list(record["wall_ms"])
    head = ("until", *(f"{kind}: {what}" for kind in kinds for what in ("wall ms", "times bare", "CPU ms")))
    rows = []
    for step in record["wall_ms"][kinds[0]]:
        cells = [step]
        for kind in kinds:
            wall, cpu = record["wall_ms"][kind][step], record["cpu_ms"][kind][step]
            over = record["over_bare_window"][kind][step]
            cells += [f"{wall['median']:.0f}", f"{over:.1f}", f"{cpu['median']:.0f}"]
        rows.append(cells)
    return f"{table(head, rows)}\n\n{goals(record)}"


def _cost(cost: Mapping[str, float] | None, ratio: float | None) -> str:
    if cost is None or ratio is None:
        return "-"
    return f"{_number(cost['median'])} ({_number(ratio)})"


def _number(value: float) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f}"


SECTIONS: dict[str, Callable[[Record], str]] = {
    "sweep": sweep, "ribbon": ribbon, "start": start, "wall": performance_room.wall,
    "alarm_latency": performance_room.alarm_latency, "alarm_latency_loaded": performance_room.alarm_latency,
    "soak": performance_room.soak, "soak_real_time": performance_room.soak,
}  # fmt: skip


def brought_up_to_date(page: str, results: Mapping[str, Record]) -> str:
    """The page with the tables of these results. Raises ValueError where the page has no mark for one."""
    for name, record in results.items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        found = mark.search(page)
        if found is None:
            message = f"{PAGE.name} has no place for {name}"
            raise ValueError(message)
        text = f"{taken_on(record)}\n\n{SECTIONS[name](record)}\n"
        page = page[: found.end(1)] + text + page[found.start(2) :]
    return page


def main() -> int:
    kept = {name: newest(name) for name in SECTIONS}
    results = {name: record for name, record in kept.items() if record is not None}
    PAGE.write_text(brought_up_to_date(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    draw(PICTURES, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())

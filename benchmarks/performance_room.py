"""The room's part of docs/performance.md: tables and pictures of wall, alarms and soak. Measures nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyqtgraph as pg

INK, QUIET = "#c00000", "#999999"

Record = Mapping[str, Any]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """In Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def wall(record: Record) -> str:
    """A line a number of beds; the goals beneath."""
    head = ("beds", "drawn", "% of a core", "lowest to highest", "screen", "station", "record",
            "frame every ms p50", "p99", "max", "p99 / 33", "late", "MB")  # fmt: skip
    rows = [_wall_row(each, record["nominal_ms"]) for each in record["walls"]]
    costs = {each["beds"]: each for each in record["walls"]}
    goals = [
        (f"{beds} beds, % of a core", f"{costs[int(beds)]['percent']:.1f}", f"<= {goal:g}")
        for beds, goal in record["goals_percent"].items()
        if int(beds) in costs
    ]
    if 16 in costs:
        p99 = costs[16]["interval_ms"]["p99"] / record["nominal_ms"]
        goals.append(("16 beds, p99 of the frames' interval / nominal", f"{p99:.2f}",
                      f"<= {record['goal_interval']:g}"))  # fmt: skip
    return f"{table(head, rows)}\n\n{table(('', 'measured', 'goal'), goals)}"


def _wall_row(each: Mapping[str, Any], nominal_ms: float) -> tuple[str, ...]:
    gaps, threads = each["interval_ms"], each["threads"]
    return (
        str(each["beds"]), str(each["shown"]), f"{each['percent']:.1f}",
        f"{each['lowest_percent']:.1f} to {each['highest_percent']:.1f}",
        *(f"{threads.get(name, 0.0):.1f}" for name in ("MainThread", "station", "record")),
        *(f"{gaps[share]:.1f}" for share in ("p50", "p99", "max")), f"{gaps['p99'] / nominal_ms:.2f}",
        str(each["late"]), f"{each['resident_mb']:.0f}",
    )  # fmt: skip


def alarm_latency(record: Record) -> str:
    """Painted and heard, milliseconds."""
    figures = record["ms_from_last_byte"]
    head = ("ms from the last byte", *next(iter(figures.values())), "goal for p99")
    rows = [
        (name, *(f"{value:.1f}" for value in found.values()), f"< {record['goal_p99_ms']:g}")
        for name, found in figures.items()
    ]
    loads = [
        f"{record['beds']} beds on the {record['view']}, {record['events']} alarms",
        f"{record['missed']} missed",
        *(["another process kept one core busy"] if record["load"] else []),
        *(
            [f"{record['papers']} papers were made, {record['paper_s']:.1f} s each"]
            if record["papers"]
            else []
        ),
    ]
    return f"{'; '.join(loads)}.\n\n{table(head, rows)}"


def soak(record: Record) -> str:
    """A line a few hours, and what came of it."""
    head = ("hour", "resident MB", "CPU s", "frames", "late", "worst frame ms", "of it computed", "errors")
    hours = record["hours"]
    rows = [
        (f"{each['number']:g}", f"{each['resident_mb']:.1f}", f"{each['cpu_s']:.0f}", f"{each['frames']:g}",
         f"{each['late']:g}", f"{each['frame_ms']:.1f}", f"{each['frame_cpu_ms']:.1f}", f"{each['errors']:g}")
        for each in hours
    ]  # fmt: skip
    worst = max(each["frame_cpu_ms"] or each["frame_ms"] for each in hours)
    growth = record["growth_mb_an_hour"]
    goals = [
        ("memory, MB a line after the first", "-" if growth is None else f"{growth:.2f}",
         f"< {record['goal_mb_an_hour']:g}"),
        ("worst frame, ms", f"{worst:.1f}", f"<= {record['goal_frame_ms']:.0f}"),
        ("lines logged as errors", f"{hours[-1]['errors']:g}", "0"),
        *([("the dip of one second is on the day's ribbon", "yes" if record["dip_seen"] else "NO", "yes")]
          if record["dip_seen"] is not None else []),
    ]  # fmt: skip
    said = f"{record['beds']} beds; a line is {record['line_s'] / 60:g} minutes."
    return f"{said}\n\n{table(head, rows)}\n\n{table(('', 'measured', 'goal'), goals)}"


def wall_picture(record: Record) -> Any:
    """Share of a core by number of beds."""
    page: Any = pg.GraphicsLayoutWidget()
    plot = page.addPlot(title="A wall at 30 frames a second: percent of one core by number of beds")
    plot.setLabel("left", "% of a core")
    plot.setLabel("bottom", "beds")
    plot.showGrid(y=True, alpha=0.12)
    plot.setYRange(0, 75)
    walls = record["walls"]
    beds, costs = [each["beds"] for each in walls], [each["percent"] for each in walls]
    plot.plot(beds, costs, pen=pg.mkPen(INK, width=4), symbol="o", symbolSize=8, symbolPen=INK,
              symbolBrush=INK)  # fmt: skip
    goals = record["goals_percent"]
    plot.plot([float(beds) for beds in goals], list(goals.values()), pen=None, symbol="t", symbolSize=12,
              symbolPen=QUIET, symbolBrush=QUIET)  # fmt: skip
    return page


def soak_picture(record: Record) -> Any:
    """Resident memory by hour."""
    page: Any = pg.GraphicsLayoutWidget()
    plot = page.addPlot(title=f"A whole day of {record['beds']} beds: resident memory by simulated hour, MB")
    plot.setLabel("bottom", "hour")
    plot.showGrid(y=True, alpha=0.12)
    memory = [each["resident_mb"] for each in record["hours"]]
    plot.setYRange(0, 1.2 * max(memory))
    plot.plot([each["number"] for each in record["hours"]], memory, pen=pg.mkPen(INK, width=4),
              symbol="o", symbolSize=7, symbolPen=INK, symbolBrush=INK)  # fmt: skip
    return page

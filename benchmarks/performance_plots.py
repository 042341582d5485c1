"""The pictures of docs/performance.md, from the results that were kept. Computes and measures nothing."""

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from benchmarks.performance_room import soak_picture, wall_picture

SIZE = (900, 520)
HEIGHTS = {"start": 700}
NAMES = 175
"""Pixels, for the names of packages."""
INK, QUIET = "#222222", "#999999"
COLOURS = ("#c00000", "#1f5fa8", "#7fb2e5", "#2f7d4f", "#8fc9a5", "#b3541e", "#7a4a9e", "#7d7d2f")
"""Ours is the first."""
FRAME_MS = 1000 / 30
SHORT = {"station loaded": "loaded", "station opened": "opened", "window loaded": "window\nloaded",
         "window made": "window\nmade", "room painted": "room\npainted", "first paint": "first\npaint",
         "bare window": "bare\nwindow", "interpreter": "Python"}  # fmt: skip

Record = Mapping[str, Any]


def draw(folder: Path, results: Mapping[str, Record]) -> None:
    """Write performance-<benchmark>.png of those that were kept into a folder."""
    application = QApplication.instance() or QApplication([])
    pg.setConfigOptions(background="w", foreground=INK, antialias=True)
    pages = {"sweep": _sweep, "ribbon": _ribbon, "start": _start, "wall": wall_picture, "soak": soak_picture}
    for name, page_of in pages.items():
        if name in results:
            page = page_of(results[name])
            page.resize(SIZE[0], HEIGHTS.get(name, SIZE[1]))
            page.show()
            application.processEvents()
            page.grab().save(str(folder / f"performance-{name}.png"))
            page.close()


def _lines(plot: Any, costs: Mapping[str, Mapping[str, Mapping[str, float]]], legend: int) -> None:
    """A line a name over the keys, both scales logarithmic. The legend has so many columns; 0: none."""
    if legend:
        plot.addLegend(offset=(-10, -10), colCount=legend, labelTextColor=INK, brush="#ffffffd0")
    keys = sorted(costs, key=float)
    plot.setLogMode(x=True, y=True)
    plot.showGrid(x=True, y=True, alpha=0.12)
    plot.getAxis("bottom").setTicks([[(math.log10(float(key)), key) for key in keys]])
    names = list(dict.fromkeys(name for key in keys for name in costs[key]))
    for name, colour in zip(names, COLOURS, strict=False):
        there = [key for key in keys if name in costs[key]]
        plot.plot([float(key) for key in there], [costs[key][name]["median"] for key in there],
                  pen=pg.mkPen(colour, width=4 if colour == COLOURS[0] else 2), name=name,
                  symbol="o", symbolSize=7, symbolPen=colour, symbolBrush=colour)  # fmt: skip


def _sweep(record: Record) -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    plot = page.addPlot(title="One frame of the sweep: ms of processor time by number of waves, 1920 x 1080")
    plot.setLabel("left", "ms a frame")
    plot.setLabel("bottom", "waves")
    _lines(plot, record["cpu_ms_a_frame"], legend=2)
    words = {"color": QUIET, "position": 0.86, "anchors": [(0.5, 0), (0.5, 0)]}
    plot.addItem(
        pg.InfiniteLine(pos=math.log10(FRAME_MS), angle=0, pen=pg.mkPen(QUIET, dash=[4, 4]),
                        label="a whole core at 30 frames a second", labelOpts=words)
    )  # fmt: skip
    return page


def _ribbon(record: Record) -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    kinds = list(next(iter(record["cpu_ms"].values())))
    for number, kind in enumerate(kinds):
        plot = page.addPlot(title=f"{kind}: ms")
        plot.setLabel("bottom", "hours in view")
        costs = {hours: each[kind] for hours, each in record["cpu_ms"].items()}
        _lines(plot, costs, legend=int(number == 0))
        plot.setYRange(math.log10(0.5), math.log10(200))
    return page


def _start(record: Record) -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    plot = page.addPlot(row=0, col=0, title=f"A start with {record['beds']} beds: seconds until")
    plot.addLegend(offset=(10, 10), labelTextColor=INK, brush="#ffffffd0")
    plot.showGrid(y=True, alpha=0.12)
    steps = list(next(iter(record["wall_ms"].values())))
    plot.getAxis("bottom").setTicks([[(n, SHORT.get(step, step)) for n, step in enumerate(steps)]])
    plot.getAxis("bottom").setHeight(44)
    plot.getAxis("left").setWidth(NAMES)
    for (kind, wall), colour in zip(record["wall_ms"].items(), COLOURS[1:3], strict=False):
        seconds = [wall[step]["median"] / 1e3 for step in steps]
        left = [n + (0.0 if kind == "cold" else -0.4) for n in range(len(steps))]
        plot.addItem(pg.BarGraphItem(x0=left, width=0.4, height=seconds, brush=colour, pen=colour, name=kind))
    _bars(
        page.addPlot(row=1, col=0, title="What loading takes, package by package: ms"), record["loading_ms"]
    )
    return page


def _bars(plot: Any, values: Mapping[str, float]) -> None:
    """From left to right, the first uppermost."""
    plot.showGrid(x=True, alpha=0.12)
    plot.getViewBox().invertY()
    plot.getAxis("left").setTicks([list(enumerate(values))])
    plot.getAxis("left").setWidth(NAMES)
    plot.addItem(
        pg.BarGraphItem(x0=0, y=list(range(len(values))), height=0.7, width=list(values.values()),
                        brush=COLOURS[3], pen=COLOURS[3])
    )  # fmt: skip

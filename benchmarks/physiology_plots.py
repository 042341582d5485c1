"""The pictures of docs/physiology.md. Computes nothing."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from benchmarks.physiology import CASES, PUBLISHED_RISE, REGIMENS, Fall, Rise, adult, plasma
from nurse_station.simulator.acts import Act, Befall, CuffOnProbeArm
from nurse_station.simulator.body import Body
from nurse_station.simulator.response import AVERAGE

SIZE = (900, 520)
COLOURS = ("#1f5fa8", "#b3541e", "#2f7d4f", "#7a4a9e")
STRIPS: tuple[tuple[str, str, int, Act], ...] = (
    ("ECG II, ectopic beats", "ecg2", 300, Befall(what="ectopy", size=20)),
    ("ECG II, asystole of 6 s", "ecg2", 300, Befall(what="asystole", lasts_s=6)),
    ("CO2, airway narrowed to 0.4", "co2", 25, Befall(what="obstruction", size=0.6)),
    ("CO2, airway closed for 25 s", "co2", 25, Befall(what="obstruction", lasts_s=25)),
    ("Impedance, airway closed", "resp", 25, Befall(what="obstruction", lasts_s=25)),
    ("CO2, rebreathing", "co2", 25, Befall(what="rebreathing")),
    ("Pleth, cuff on the same arm", "pleth", 100, CuffOnProbeArm(first_s=66.0, lasts_s=15.0)),
)
"""Title, wave, samples a second, and what is done 5 s into the strip."""
NAMES = {"systolic": "Systolic, mmHg", "diastolic": "Diastolic, mmHg", "heart_rate": "Heart rate, /min"}


def draw(folder: Path, rises: Sequence[Rise], falls: dict[str, Fall]) -> None:
    """Write physiology-plasma.png, physiology-pressor.png, -apnoea and -waves into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    pg.setConfigOptions(background="w", foreground="#222222", antialias=True)
    pages = {"plasma": _plasma(), "pressor": _pressor(rises), "apnoea": _apnoea(falls), "waves": _waves()}
    for name, page in pages.items():
        page.resize(SIZE[0], SIZE[1] * (2 if name == "waves" else 1))
        page.show()
        application.processEvents()
        page.grab().save(str(folder / f"physiology-{name}.png"))
        page.close()


def _plot(page: Any, title: str, left: str, bottom: str, legend: tuple[int, int] = (-10, 10)) -> Any:
    plot = page.addPlot(title=title)
    plot.setLabel("left", left)
    plot.setLabel("bottom", bottom)
    plot.showGrid(x=True, y=True, alpha=0.15)
    plot.addLegend(offset=legend, labelTextColor="#222222")
    return plot


def _dots(plot: Any, x: Sequence[float], y: Sequence[float], colour: str) -> None:
    plot.plot(list(x), list(y), pen=None, symbol="o", symbolSize=8, symbolPen=colour, symbolBrush="w")


def _plasma() -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    plot = _plot(
        page, "Ketamine in plasma, 70 kg: model (line) and table (circle)", "ng/mL", "minutes", (30, 10)
    )
    minutes: NDArray[np.float64] = np.arange(0.0, 300.5, 0.5)
    for regimen, colour in zip(REGIMENS, COLOURS, strict=True):
        plot.plot(minutes, plasma(regimen, minutes), pen=pg.mkPen(colour, width=2), name=regimen.name)
        _dots(plot, list(regimen.published), list(regimen.published.values()), colour)
    return page


def _pressor(rises: Sequence[Rise]) -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    for name, colour in zip(PUBLISHED_RISE, COLOURS, strict=False):
        plot = page.addPlot(title=NAMES[name])
        plot.setLabel("bottom", "minutes of 0.5 mg/kg in 40")
        plot.showGrid(x=True, y=True, alpha=0.15)
        everyone = np.array([getattr(each, name) for each in rises])
        minutes = np.arange(everyone.shape[1])
        for share, width in ((10, 1), (50, 3), (90, 1)):
            plot.plot(minutes, np.percentile(everyone, share, axis=0), pen=pg.mkPen(colour, width=width))
        plot.plot(minutes, everyone.mean(axis=0), pen=pg.mkPen("#222222", width=2, dash=[4, 4]))
        published, low, high = PUBLISHED_RISE[name]
        at, top, bottom = (np.array([value]) for value in (published, high - published, published - low))
        bar = pg.ErrorBarItem(
            x=np.array([41.5]), y=at, top=top, bottom=bottom, beam=1.5, pen=pg.mkPen("#c00000", width=2)
        )
        plot.addItem(bar)
        _dots(plot, [41.5], [published], "#c00000")
    return page


def _apnoea(falls: dict[str, Fall]) -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    plot = _plot(page, "Apnoea: true saturation (thin), shown (thick), source's 90 % (circle)", "%",
                 "seconds after the last breath")  # fmt: skip
    for (name, found), colour in zip(falls.items(), COLOURS, strict=True):
        plot.plot(found.seconds, found.true, pen=pg.mkPen(colour, width=1))
        plot.plot(found.seconds, found.shown, pen=pg.mkPen(colour, width=3), name=name)
        _dots(plot, CASES[name][2:], (90, 90), colour)
    words = {"color": "#c00000", "position": 0.25}
    alarm = pg.InfiniteLine(
        pos=20, angle=90, pen=pg.mkPen("#c00000", width=2), label="apnoea alarm, 20 s", labelOpts=words
    )
    plot.addItem(alarm)
    plot.addItem(pg.InfiniteLine(pos=90, angle=0, pen=pg.mkPen("#888888", dash=[4, 4])))
    plot.setYRange(60, 101)
    return page


def _waves() -> Any:
    page: Any = pg.GraphicsLayoutWidget()
    for place, (title, key, rate, act) in enumerate(STRIPS):
        body = Body(adult(), 4, AVERAGE)
        body.act(act, 65)
        seconds = 18 if key == "ecg2" else 50
        samples = body.wave(key, 60, seconds * rate, rate)
        plot = page.addPlot(row=place, col=0)
        plot.setTitle(title, size="9pt")
        plot.getAxis("left").setWidth(40)
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.plot(np.arange(samples.size) / rate, samples, pen=pg.mkPen(COLOURS[0], width=1))
    return page

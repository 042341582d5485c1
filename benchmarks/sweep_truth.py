"""Whether a picture built strip by strip is the picture drawn at once, pixel by pixel. Measures no time."""

import numpy as np
from numpy.typing import NDArray

from PySide6.QtGui import QImage, QPixmap

from benchmarks.sweep_screens import Ours
from benchmarks.sweep_waves import FRAMES_A_SECOND, SPAN_S
from nurse_station.ui.widgets.sweep import SweepWidget

LIT = 32
"""Of 255: a pixel further than this from the background is lit; two pixels further apart differ."""
LAPS = 1.3


def pixels(pixmap: QPixmap) -> NDArray[np.int16]:
    """Blue, green, red of each pixel, shape (height, width, 3)."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return flat[:, :, :3].astype(np.int16)


def share_that_differs(scale: float, count: int) -> float:
    """Share of lit pixels outside the erase bars in which strips differ from a full redraw."""
    ours = Ours(count, scale=scale)
    for _ in range(round(LAPS * SPAN_S * FRAMES_A_SECOND)):
        ours.frame()
    differing, lit = np.sum([_counted(sweep) for sweep in ours.sweeps], axis=0)
    return float(differing / max(lit, 1))


def _counted(sweep: SweepWidget) -> tuple[int, int]:
    """Pixels that differ, and pixels that are lit in either picture."""
    built = pixels(sweep.image())
    sweep.redraw_at_once()
    whole = pixels(sweep.image())
    outside = np.ones(built.shape[1], dtype=bool)
    for bar in sweep.erase_bar():
        outside[bar.left() : bar.right() + 1] = False
    lit = (np.maximum(built, whole).max(axis=2) > LIT)[:, outside]
    differs = (np.abs(built - whole).max(axis=2) > LIT)[:, outside]
    return int(differs.sum()), int(lit.sum())

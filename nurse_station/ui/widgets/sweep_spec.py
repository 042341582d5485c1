"""What a sweep is told of a trace, and the colours round it. Frozen values; draws nothing."""

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, kw_only=True)
class TraceSpec:
    """One row of a sweep.

    Attributes:
        key: Key of the wave; finds its track.
        label: What it is called.
        unit: Its unit as a ward writes it.
        colour: Of the stroke and of the label.
        shown: Lowest and highest value drawn, in the wave's unit; None: fitted to the signal.
        calibration: Height of the calibration mark in the wave's unit; 0: none.
        scale: What is written at the right of the row, e.g. "0–60 mmHg"; may be empty.
        breathing: Whether it moves with the breath, not with the heart.
    """

    key: str
    label: str
    unit: str
    colour: QColor
    shown: tuple[float, float] | None
    calibration: float = 0.0
    scale: str = ""
    breathing: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the ends of its range are written beside it.

        Not those of a wave in percent: beside a saturation they would be read as one.
        """
        return not self.calibration and self.unit not in ("", "%")


@dataclass(frozen=True, kw_only=True)
class SweepColours:
    """Colours that are not a trace's: the ground, the lines between rows and the marks, the small print."""

    background: QColor
    line: QColor
    text: QColor

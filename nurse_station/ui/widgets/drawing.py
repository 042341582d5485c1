"""Measures for widgets that paint for themselves: fonts that fit, real millimetres. Paints nothing."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from nurse_station.ui.theme import Theme

DIGIT_EM = 0.729
"""Height of DejaVu Sans' digits as a part of the font's size."""
PLAUSIBLE_DPI = (72.0, 300.0)
"""Screens without a known size claim anything; outside of this they are not believed."""


def pixels_per_mm(widget: QWidget) -> float:
    """Logical pixels in a millimetre of the screen that the widget is on."""
    screen = widget.screen()
    low, high = PLAUSIBLE_DPI
    dpi = screen.physicalDotsPerInch()
    return (dpi if low <= dpi <= high else screen.logicalDotsPerInch()) / 25.4


def digits_of_height(millimetres: float, widget: QWidget) -> float:
    """The font size, in pixels, whose digits are so high on the real screen."""
    return millimetres * pixels_per_mm(widget) / DIGIT_EM


def plain_font(theme: Theme, pixels: float, *, bold: bool = False) -> QFont:
    """A font of exactly `pixels`, untouched by the text scale: for what is measured in millimetres."""
    font = theme.font(1, bold=bold)
    font.setPixelSize(max(8, round(pixels)))
    return font


def width_of(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def fitted(font: QFont, text: str, width: float, smallest: int = 8) -> QFont:
    """The font, made smaller as far as `text` needs it to fit into `width` pixels."""
    needed = width_of(text, font)
    if needed <= width or needed <= 0:
        return font
    result = QFont(font)
    result.setPixelSize(max(smallest, int(font.pixelSize() * width / needed)))
    return result


def draw_elided(painter: QPainter, box: QRectF, text: str, *, right: bool = False) -> bool:
    """Write one line at the left or right of the box; `…` for what does not fit. True: it was cut."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return shown != text

"""How an alarm is drawn, wherever it is: ground, outline, shape, colours. Decides no priority and no phase.

flashing, lit      filled, with the words in the colour that goes on it
flashing, not lit  the panel's ground with a thick outline: everything on it stays legible
steady             filled
latched            never filled: a broken outline
unresolved         as the others, with hatched ends
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from nurse_station.alarms.words import Priority
from nurse_station.ui import assets
from nurse_station.ui.models.alarms import AlarmShown, Look
from nurse_station.ui.models.flash import FLASHES
from nurse_station.ui.theme import Theme

Lights = frozenset[Priority]
ALL_LIT: Lights = frozenset({Priority.LOW, Priority.MEDIUM, Priority.HIGH})

FILLS: Mapping[Priority, str] = MappingProxyType({
    Priority.HIGH: "alarm_high", Priority.MEDIUM: "alarm_medium", Priority.LOW: "alarm_low",
})  # fmt: skip
SHAPES: Mapping[Priority, str] = MappingProxyType(dict(FILLS))
"""Octagon, triangle, circle: drawings in resources/icons."""
BROKEN_LINE = (2.5, 1.5)
"""Dash and gap of a latched outline, in widths of the line."""
OUTLINE_PX = 3.0
HATCH_PX = 9


class Flashing(QWidget):
    """A widget that shows alarms, and paints anew only when one of its own goes on or out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flashing: Lights = frozenset()
        self._lights: Lights = ALL_LIT

    @property
    def flashing(self) -> Lights:
        """The priorities that flash here."""
        return self._flashing

    def show_flashing(self, alarms: Iterable[AlarmShown | None]) -> None:
        """These alarms are shown now."""
        self._flashing = flashing(alarms)

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        changed = (lights ^ self._lights) & self._flashing
        self._lights = lights
        if changed:
            self.update()


def flashing(alarms: Iterable[AlarmShown | None]) -> Lights:
    """The priorities of those that flash."""
    return frozenset(a.priority for a in alarms if a is not None and a.flashes and a.priority in FLASHES)


def is_filled(alarm: AlarmShown, lights: Lights) -> bool:
    """Whether its ground is filled with its colour now."""
    if alarm.look is Look.LATCHED:
        return False
    return alarm.look is Look.STEADY or alarm.priority in lights


def ink(theme: Theme, alarm: AlarmShown, lights: Lights) -> QColor:
    """The colour of the words on an alarm's ground."""
    return theme.colour(f"text_on_{FILLS[alarm.priority]}" if is_filled(alarm, lights) else "text")


def sign_colour(theme: Theme, alarm: AlarmShown, lights: Lights) -> QColor:
    """The colour of its shape: on the fill that of the words, else its own."""
    return ink(theme, alarm, lights) if is_filled(alarm, lights) else edge(theme, alarm.priority)


def edge(theme: Theme, priority: Priority) -> QColor:
    """The colour of an outline on an unfilled ground."""
    return theme.colour(f"{FILLS[priority]}_edge")


def paint_ground(
    painter: QPainter, theme: Theme, box: QRectF, alarm: AlarmShown, lights: Lights, radius: float
) -> None:
    """The ground of a bar, a block or a chip in alarm."""
    filled = is_filled(alarm, lights)
    width = max(1.5, theme.size(OUTLINE_PX))
    inset = theme.size(1) if filled else width / 2
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.setBrush(theme.colour(FILLS[alarm.priority] if filled else "panel"))
    painter.setPen(_pen(theme, alarm, theme.size(1.5) if filled else width))
    painter.drawRoundedRect(inner, radius, radius)
    if alarm.unresolved:
        _paint_hatched_ends(painter, theme, inner, ink(theme, alarm, lights), radius)


def _pen(theme: Theme, alarm: AlarmShown, width: float) -> QPen:
    """Also what is filled has its outline: a yellow fill alone is lost on the ground of a light theme."""
    pen = QPen(edge(theme, alarm.priority), width)
    if alarm.look is Look.LATCHED:
        pen.setDashPattern(BROKEN_LINE)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _paint_hatched_ends(painter: QPainter, theme: Theme, box: QRectF, colour: QColor, radius: float) -> None:
    """Nobody knows whether it is still so: slanted lines at both ends."""
    outline = QPainterPath()
    outline.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipPath(outline)
    painter.setPen(QPen(colour, max(1.5, theme.size(2))))
    wide, step = min(theme.size(HATCH_PX), round(box.width() * 0.1)), theme.size(6)
    for left in (box.left(), box.right() - wide):
        painter.save()
        painter.setClipRect(QRectF(left, box.top(), wide, box.height()), Qt.ClipOperation.IntersectClip)
        for down in range(-wide, int(box.height()) + wide, step):
            top = box.top() + down
            painter.drawLine(QPointF(left, top + wide), QPointF(left + wide, top))
        painter.restore()
    painter.restore()


def paint_sign(painter: QPainter, name: str, colour: QColor, box: QRectF) -> None:
    """A drawing of resources/icons, as large as fits and in the middle of the box."""
    side = min(box.width(), box.height())
    ratio = painter.device().devicePixelRatioF()
    pixmap = assets.glyph(name, colour, max(1, round(side * ratio)))
    place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))


def paint_shape(painter: QPainter, theme: Theme, alarm: AlarmShown, lights: Lights, box: QRectF) -> None:
    """The shape of its priority: octagon, triangle or circle."""
    paint_sign(painter, SHAPES[alarm.priority], sign_colour(theme, alarm, lights), box)

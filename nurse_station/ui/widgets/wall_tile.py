"""How one tile of the wall is painted, part by part, so that only what changed is painted again.

Paints words, values and the frame, never a wave. What a part says is compared by `parts`.
"""

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QRegion

from nurse_station.alarms.words import Priority
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.alarm_marks import NO_SIGNS, WIDER, BlockSigns
from nurse_station.ui.models.alarms import AlarmShown, Look
from nurse_station.ui.models.numerics import NumericBlock
from nurse_station.ui.models.rooms import Weight
from nurse_station.ui.models.wall import WallTile
from nurse_station.ui.models.wall_layout import SECONDARY, Box, TilePlan
from nurse_station.ui.theme import Theme
from nurse_station.ui.widgets.alarm_paint import (
    BROKEN_LINE,
    FILLS,
    Lights,
    edge,
    flashing,
    ink,
    is_filled,
    paint_ground,
    paint_shape,
    paint_sign,
)
from nurse_station.ui.widgets.drawing import DIGIT_EM, draw_elided, fitted, plain_font, width_of
from nurse_station.vitals.waves import WAVES

WORDS_EM = 0.78
"""Size of a font whose line has the height 1."""
MARK = 0.42
"""Size of what stands after a value, as a part of it."""
PRIMARY = frozenset({"hr", "spo2"})
FRAME = 4.0
BROUGHT = "from another page"

Part = tuple[Hashable, ...]


def parts(tile: WallTile, plan: TilePlan, lights: Lights) -> dict[str, Part]:
    """Part -> all that its looks depend on; a part is painted again when this is another."""
    said = tile.tile
    found: dict[str, Part] = {
        "frame": (_lit(said.alarm, lights), tile.chosen, said.weight),
        "head": (said.name, said.patient, said.number, said.simulated, said.paused, bool(said.off),
                 tile.brought, said.connected),
        "strip": (_lit(said.alarm, lights), said.day, said.place, said.state, said.weight, tile.more),
        "foot": (said.due, said.pressing, said.alarm is not None, tile.rate, tile.minor, said.day),
        "waves": (tile.waves, tile.no_waves),
    }  # fmt: skip
    for key in plan.blocks:
        signs = tile.signs.get(key, NO_SIGNS)
        found[key] = (tile.blocks.get(key), signs, _lit(signs.alarm, lights))
    return found


def _lit(alarm: AlarmShown | None, lights: Lights) -> Part:
    """What of an alarm is seen: not how long it lasts, and of the lights only its own."""
    if alarm is None:
        return ()
    return alarm.priority, alarm.look, alarm.line, alarm.unresolved, flashing([alarm]) & lights


def paint_part(
    painter: QPainter, theme: Theme, name: str, tile: WallTile, plan: TilePlan, lights: Lights
) -> None:
    """Paint one part, ground and all; the painter's origin is the tile's corner."""
    brush = TilePainter(painter, theme, tile, plan, lights)
    painter.save()
    if name in plan.blocks:
        brush.paint_block(name, plan.blocks[name])
    else:
        PAINTERS[name](brush)
    painter.restore()


class TilePainter:
    """Paints the parts of one tile."""

    def __init__(
        self, painter: QPainter, theme: Theme, tile: WallTile, plan: TilePlan, lights: Lights
    ) -> None:
        self._painter, self._theme, self._tile, self._plan = painter, theme, tile, plan
        self._lights = lights
        self._said = tile.tile

    def _font(self, height: float, *, bold: bool = False) -> QFont:
        return plain_font(self._theme, height * WORDS_EM, bold=bold)

    def _begin(self, box: Box) -> QRectF:
        """Clear a part's ground; nothing is painted outside of it."""
        place = QRectF(box.left, box.top, box.width, box.height)
        self._painter.setClipRect(place)
        self._painter.fillRect(place, self._ground)
        return place

    @property
    def _ground(self) -> QColor:
        return self._theme.colour("panel")

    def _write(
        self, box: QRectF, text: str, font: QFont, colour: str | QColor, *, right: bool = False
    ) -> float:
        """One line; gives the width that it takes."""
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(colour) if isinstance(colour, str) else colour)
        draw_elided(self._painter, box, text, right=right)
        return min(width_of(text, font), box.width())

    # The frame

    def paint_frame(self) -> None:
        """In alarm as a tile of the rail; chosen is seen inside of it."""
        painter, theme, plan = self._painter, self._theme, self._plan
        box, inside = QRectF(0, 0, plan.width, plan.height), self._inside
        ring = QRegion(0, 0, plan.width, plan.height) - QRegion(
            inside.left, inside.top, inside.width, inside.height
        )
        painter.setClipRegion(ring)
        painter.fillRect(box, theme.colour("background"))
        pen = self._frame_pen()
        inset, radius = max(1.0, pen.widthF() / 2), min(8.0, plan.line / 2)
        painter.setBrush(self._ground)
        painter.setPen(pen)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        alarm = self._said.alarm
        if alarm is not None and is_filled(alarm, self._lights):
            painter.setPen(QPen(edge(theme, alarm.priority), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._tile.chosen and alarm is not None:
            painter.setPen(QPen(theme.colour("accent"), 2))
            within = self._frame_width + 1
            painter.drawRoundedRect(box.adjusted(within, within, -within, -within), radius - 2, radius - 2)

    @property
    def _frame_width(self) -> float:
        return min(FRAME, self._plan.line / 4)

    @property
    def _inside(self) -> Box:
        """What is not the frame: a ring as wide as the tile's edge."""
        pad = self._plan.head.left
        return Box(left=pad, top=pad, width=self._plan.width - 2 * pad, height=self._plan.height - 2 * pad)

    def _frame_pen(self) -> QPen:
        theme, alarm, chosen = self._theme, self._said.alarm, self._tile.chosen
        if alarm is None:
            troubled = self._said.weight > Weight.CALM
            token = "accent" if chosen else "doubtful" if troubled else "line"
            return QPen(theme.colour(token), self._frame_width if chosen else 2 if troubled else 1)
        filled = is_filled(alarm, self._lights)
        thick = filled or alarm.look is Look.LATCHED
        colour = theme.colour(FILLS[alarm.priority]) if filled else edge(theme, alarm.priority)
        pen = QPen(colour, self._frame_width if thick else 1.5)
        if alarm.look is Look.LATCHED:
            pen.setDashPattern(BROKEN_LINE)
        return pen

    # Lines of words

    def paint_head(self) -> None:
        """Number, name and patient; at the right what must not be overlooked."""
        tile, box = self._said, self._begin(self._plan.head)
        plain, bold = self._font(box.height()), self._font(box.height(), bold=True)
        gap = box.height() * 0.45
        right = self._paint_bells(box)
        room = QRectF(box.left(), box.top(), right - box.left(), box.height())
        number = self._write(room, str(tile.number), plain, "dim") + gap
        name = room.adjusted(number, 0, 0, 0)
        taken = self._write(name, tile.name, bold, "text" if tile.connected else "dim") + gap
        if tile.patient and name.width() - taken > 3 * box.height():
            self._write(name.adjusted(taken, 0, 0, 0), tile.patient, plain, "text")

    def _paint_bells(self, box: QRectF) -> float:
        """Alarms off, sound paused, simulated, brought here: from the right; gives where they begin."""
        tile, right, font = self._said, box.right(), self._font(box.height() * 0.85, bold=True)
        if tile.simulated:
            right = self._paint_badge(box, texts.SIMULATION_SHORT, "simulation", right)
        if self._tile.brought:
            right = self._paint_badge(box, BROUGHT, "line", right)
        side = box.height() * 0.85
        for sign, said in (("bell_off", "" if tile.off else None), ("bell_paused", tile.paused or None)):
            if said is None:
                continue
            width = width_of(said, font) if said else 0.0
            self._write(QRectF(right - width - 1, box.top(), width + 1, box.height()), said, font, "text")
            right -= width + side + 2
            place = QRectF(right, box.top(), side, box.height())
            paint_sign(self._painter, sign, self._theme.colour("text"), place)
            right -= side * 0.3
        return right

    def _paint_badge(self, box: QRectF, said: str, token: str, right: float) -> float:
        font = self._font(box.height() * 0.7, bold=True)
        width = width_of(said, font) + box.height() * 0.6
        place = QRectF(right - width, box.top() + 1, width, box.height() - 2)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.colour(token))
        self._painter.drawRoundedRect(place, 3, 3)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour("text_on_simulation" if token == "simulation" else "text"))
        self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
        return place.left() - box.height() * 0.3

    def paint_strip(self) -> None:
        """The most urgent alarm; else what is wrong with the line; else where the day is."""
        tile, box = self._said, self._begin(self._plan.strip)
        troubled = tile.weight > Weight.CALM
        if tile.alarm is not None:
            self._paint_alarm(tile.alarm, box)
        elif troubled or not tile.connected:
            sign, token = ("▲ ", "doubtful") if troubled else ("", "dim")
            said = words.joined(tile.state, tile.place)
            self._write(box, f"{sign}{said}", self._font(box.height(), bold=troubled), token)
        elif tile.day:
            self._write(box, tile.day, self._font(box.height()), "drug")
        else:
            self._write(box, words.joined(tile.place, tile.state), self._font(box.height()), "dim")

    def _paint_alarm(self, alarm: AlarmShown, box: QRectF) -> None:
        """On a ground of its own where no value bears it."""
        theme, font = self._theme, self._font(box.height(), bold=True)
        own = not alarm.blocks
        colour = ink(theme, alarm, self._lights) if own else theme.colour("text")
        if own:
            paint_ground(self._painter, theme, box, alarm, self._lights, box.height() / 5)
        pad = box.height() * 0.3 if own else 0.0
        inner = box.adjusted(pad, 0, -pad, 0)
        if self._tile.more:
            said = f"+{self._tile.more}"
            inner.setRight(inner.right() - self._write(inner, said, font, colour, right=True) - 4)
        sign = QRectF(inner.left(), inner.top(), inner.height(), inner.height()).adjusted(2, 2, -2, -2)
        if own:
            paint_shape(self._painter, theme, alarm, self._lights, sign)
        else:
            paint_sign(self._painter, FILLS[alarm.priority], edge(theme, alarm.priority), sign)
        inner.setLeft(inner.left() + box.height() * 1.2)
        self._write(
            inner, alarm.line, fitted(font, alarm.line, inner.width(), int(font.pixelSize() * 0.8)), colour
        )

    def paint_foot(self) -> None:
        """What is due; in alarm with where the day is. At the right what is measured besides."""
        tile, box = self._said, self._begin(self._plan.foot)
        said = self._tile.rate if tile.alarm is not None else tile.due or ("nothing due" if tile.day else "")
        font = self._font(box.height(), bold=tile.pressing)
        token = "doubtful" if tile.pressing else "text"
        taken = self._write(box, said, font, token)
        room = box.adjusted(taken + box.height() * 0.5, 0, 0, 0)
        if self._tile.minor and room.width() > 3 * box.height():
            self._write(room, self._tile.minor, self._font(box.height()), "dim", right=True)

    def paint_waves(self) -> None:
        """The names of the waves, or why there are none; the waves themselves are swept elsewhere."""
        plan, tile = self._plan, self._tile
        for number, (place, wave) in enumerate(zip(plan.names, plan.waves, strict=True)):
            box = self._begin(Box(left=place.left, top=place.top, width=place.width + wave.width,
                                  height=place.height))  # fmt: skip
            if number < len(tile.waves):
                row = WAVES[tile.waves[number]]
                font = fitted(self._font(plan.label, bold=True), row.label, place.width - 2)
                line = QRectF(box.left(), box.top(), place.width, plan.label)
                self._write(line, row.label, font, row.colour)
            elif number == 0 and tile.no_waves:
                self._write(box, tile.no_waves, self._font(plan.line), "dim")

    # Values

    def paint_block(self, key: str, place: Box) -> None:
        """Label, note or marks above; the value below."""
        box = self._begin(place)
        block, signs = self._tile.blocks.get(key), self._tile.signs.get(key, NO_SIGNS)
        if block is None:
            return
        pad = self._plan.head.left / 2
        if signs.alarm is not None:
            paint_ground(self._painter, self._theme, box, signs.alarm, self._lights, pad * 1.2)
        elif signs.beyond:  # its alarm's delay may still run
            self._painter.setPen(QPen(edge(self._theme, Priority.MEDIUM), 1.5))
            self._painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), pad, pad)
        inner = box.adjusted(pad + 2, 2, -pad - 2, -pad)
        head = QRectF(inner.left(), inner.top(), inner.width(), self._plan.label)
        self._paint_label(block, signs, head)
        self._paint_value(block, signs, inner.adjusted(0, self._plan.label, 0, 0))

    def _ink(self, signs: BlockSigns, token: str) -> QColor:
        alarm = signs.alarm
        if alarm is not None and is_filled(alarm, self._lights):
            return ink(self._theme, alarm, self._lights)
        return self._theme.colour(token)

    def _paint_label(self, block: NumericBlock, signs: BlockSigns, box: QRectF) -> None:
        """The label, an alarm switched off, wider limits; at the right marks, and why or how old."""
        bold, plain = self._font(box.height(), bold=True), self._font(box.height())
        label = f"{block.label} {WIDER}" if signs.wider else block.label
        bold = fitted(bold, label, box.width())
        left = box.left() + self._write(box, label, bold, self._ink(signs, block.token))
        if signs.off:
            sign = QRectF(left + 2, box.top(), box.height() * 0.9, box.height())
            paint_sign(self._painter, "bell_off", self._ink(signs, "text"), sign)
            left = sign.right()
        room = QRectF(left + 5, box.top(), box.right() - left - 5, box.height())
        marks = signs.alarm.marks if signs.alarm is not None else ""
        if marks and signs.alarm is not None and signs.alarm.look is Look.LATCHED:
            marks = f"was {marks}"
        if marks and width_of(marks, bold) <= room.width():
            taken = self._write(room, marks, bold, self._ink(signs, "text"), right=True)
            room.setRight(room.right() - taken - 5)
        self._paint_note(block, signs, room, plain)

    def _paint_note(self, block: NumericBlock, signs: BlockSigns, room: QRectF, font: QFont) -> None:
        missing = block.value == texts.NOT_MEASURED
        held = signs.alarm is not None and signs.alarm.unresolved  # nobody knows whether it is still so
        said = signs.alarm.statement if held and signs.alarm is not None else block.note or block.origin
        note = shortened(said, font, room.width(), needed=missing or block.faded or held)
        if note:
            self._write(room, note, font, self._ink(signs, "text" if missing else "dim"), right=True)

    def _paint_value(self, block: NumericBlock, signs: BlockSigns, box: QRectF) -> None:
        """As high as the plan says, at the right; smaller only for what is wider than any usual value."""
        primary = block.key in PRIMARY
        height = self._plan.digits * (1.0 if primary else SECONDARY)
        font = plain_font(self._theme, height / DIGIT_EM, bold=True)
        small = plain_font(self._theme, font.pixelSize() * MARK, bold=True)
        after = block.mark
        spare = box.width() - width_of(block.value, font)
        if block.beside and width_of(f" {block.beside}", small) <= spare:
            after = f"{block.mark} {block.beside}"
        tail = width_of(after, small) if after else 0.0
        font = fitted(font, block.value, box.width() - tail)
        baseline = box.center().y() + font.pixelSize() * DIGIT_EM / 2
        quiet = block.faded or block.value == texts.NOT_MEASURED
        self._painter.setPen(self._ink(signs, "dim" if quiet else block.token))
        self._painter.setFont(font)
        left = box.right() - tail - width_of(block.value, font)
        self._painter.drawText(round(left), round(baseline), block.value)
        if after:
            self._painter.setFont(small)
            self._painter.drawText(round(box.right() - tail), round(baseline), after)


PAINTERS: Mapping[str, Callable[[TilePainter], None]] = MappingProxyType({
    "frame": TilePainter.paint_frame, "head": TilePainter.paint_head, "strip": TilePainter.paint_strip,
    "foot": TilePainter.paint_foot, "waves": TilePainter.paint_waves,
})  # fmt: skip
"""Part -> what paints it; the frame comes first, for all others stand on its ground."""


def shortened(note: str, font: QFont, width: float, *, needed: bool) -> str:
    """As many of a note's facts as fit, the first ones; where it is needed, its first fact cut."""
    facts = note.split(" · ") if note else []
    for count in range(len(facts), 0, -1):
        said = " · ".join(facts[:count])
        if width_of(said, font) <= width:
            return said
    return facts[0] if facts and needed and width > 3 * font.pixelSize() else ""

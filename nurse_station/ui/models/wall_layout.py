"""How many beds a wall shows and where everything of a bed stands: arithmetic on real millimetres. No Qt.

Rule: a value is read from as many metres as its digits are multiples of 5 mm high. The primary values are
20 mm high where there is room, and never lower than 10 mm: rather than that, a page has fewer beds.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

WANTED_MM = 20.0
"""Height of the primary digits, legible from four metres."""
LEGIBLE_MM = 10.0
"""They are never lower (two metres): fewer beds stand on a page."""
MM_A_METRE = 5.0
MOST_BEDS = 64
SECONDARY = 0.6
"""Height of the other digits, as a part of the primary ones."""
WORDS_MM = 3.2
"""Height of a line of words at least,"""
WORDS_SHARE = 0.06
"""the part of a tile's height that it takes where there is room,"""
WORDS_MOST_MM = 7.0
"""and at most."""
LABEL = 0.82
"""Height of a label's line, as a part of a line of words."""
EDGE = 0.45
"""Width of what stays free round a tile's words, in lines."""
WAVE_MM = 6.0
"""A wave is at least so high,"""
WAVE_WIDE_MM = 30.0
"""and, beside the values, so wide."""
WAVE_LABEL = 2.6
"""Width of the label left of a wave, in lines."""
GOOD_WIDE_MM, GOOD_HIGH_MM = 70.0, 12.0
"""A larger wave is not worth smaller digits;"""
GOOD_WAVE_WORTH = 3.0
"""one without width or height is as bad as digits that are so many millimetres lower."""
GOOD_SHAPE = 1.7
"""Width of a tile by its height; half or twice of that is as bad as a millimetre."""
SEAT_COSTS = 0.4
"""Millimetres of digit height: a grid with empty seats must be so much better."""
GAP = 6
"""Logical pixels between tiles."""
WIDTHS: Mapping[str, float] = MappingProxyType({
    "hr": 3.0, "spo2": 3.0, "rr": 2.1 * SECONDARY, "etco2": 2.1 * SECONDARY, "nibp": 6.4 * SECONDARY,
})  # fmt: skip
"""Width of the widest value of a block, in heights of the primary digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in whole logical pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """One past the last pixel."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """One past the last pixel."""
        return self.top + self.height

    def moved(self, left: int, top: int) -> "Box":
        return replace(self, left=self.left + left, top=self.top + top)

    def holds(self, other: "Box") -> bool:
        inside_across = self.left <= other.left and other.right <= self.right
        return inside_across and self.top <= other.top and other.bottom <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether they share a pixel."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a wall is laid on.

    Attributes:
        width, height: Logical pixels.
        pixels_per_mm: Logical pixels in a millimetre of the real screen.
        line_px: A line of words at the clinic's text scale, logical pixels.
    """

    width: int
    height: int
    pixels_per_mm: float
    line_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """One way to order a tile: rows of value blocks, beside the waves or below them."""

    beside: bool
    rows: tuple[tuple[str, ...], ...]


ARRANGEMENTS = (
    Arrangement(beside=True, rows=(("hr", "spo2"), ("rr", "etco2"), ("nibp",))),
    Arrangement(beside=True, rows=(("hr",), ("spo2",), ("rr", "etco2"), ("nibp",))),
    Arrangement(beside=True, rows=(("hr", "spo2"), ("rr", "etco2", "nibp"))),
    Arrangement(beside=False, rows=(("hr", "spo2"), ("rr", "etco2", "nibp"))),
    Arrangement(beside=False, rows=(("hr", "spo2", "rr", "etco2", "nibp"),)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TilePlan:
    """Where everything of a tile stands, from the tile's own corner; the same for every tile of a wall.

    Attributes:
        width, height: Of the tile, logical pixels.
        line, label: Height of a line of words and of a label's line.
        digits: Height of the primary digits, logical pixels.
        head: Name and patient.
        strip: The alarm, or where the day is.
        foot: What is due next.
        waves: What is swept; empty where the screen has no room for waves.
        names: The wave's label, left of each.
        blocks: Value block -> where it stands.
    """

    width: int
    height: int
    line: int
    label: int
    digits: float
    head: Box
    strip: Box
    foot: Box
    waves: tuple[Box, ...]
    names: tuple[Box, ...]
    blocks: Mapping[str, Box] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WallLayout:
    """A page of a wall.

    Attributes:
        rows, columns: Of tiles.
        pages: How many there are when no bed is in alarm.
        digits_mm: Height of the primary digits.
        plan: Of each tile.
    """

    rows: int
    columns: int
    pages: int
    digits_mm: float
    plan: TilePlan

    @property
    def seats(self) -> int:
        """Places for beds on a page."""
        return self.rows * self.columns

    @property
    def metres(self) -> float:
        """From how far the primary values are read."""
        return self.digits_mm / MM_A_METRE

    @property
    def legible(self) -> bool:
        """Whether the digits are as high as they must be; False only where not even one bed has room."""
        return self.digits_mm >= LEGIBLE_MM

    def tile(self, seat: int) -> Box:
        """Where the tile of a seat stands on the wall; seats go from left to right, row by row."""
        row, column = divmod(seat, self.columns)
        plan = self.plan
        return Box(left=GAP + column * (plan.width + GAP), top=GAP + row * (plan.height + GAP),
                   width=plan.width, height=plan.height)  # fmt: skip


@lru_cache(maxsize=64)
def lay_out(beds: int, ground: Ground) -> WallLayout:
    """The page for so many beds: all of them on one, if their digits are high enough there.

    Args:
        beds: 1 to 64; fewer count as one.
        ground: The real screen.
    """
    beds = min(max(beds, 1), MOST_BEDS)
    low, high = 1, beds
    while low < high:  # more beds on a page never make the digits higher
        middle = (low + high + 1) // 2
        found = _grid(middle, ground)
        low, high = (middle, high) if found is not None and found.legible else (low, middle - 1)
    pages = math.ceil(beds / low)
    best = _grid(math.ceil(beds / pages), ground) or _too_small(ground)
    return replace(best, pages=math.ceil(beds / best.seats))


def _grid(beds: int, ground: Ground) -> WallLayout | None:
    """The best grid for so many beds; None: there is no room for them."""
    found = [layout for columns in range(1, beds + 1) for layout in _of_columns(beds, columns, ground)]
    return max(found, key=lambda layout: _worth(layout, ground), default=None)


def _worth(layout: WallLayout, ground: Ground) -> tuple[bool, float]:
    """Legible before anything; then digits, readable waves, few empty seats and a good shape, in mm."""
    plan, wave = layout.plan, layout.plan.waves[0]
    wide, high = (side / ground.pixels_per_mm for side in (wave.width, wave.height))
    waves = GOOD_WAVE_WORTH * (min(1.0, wide / GOOD_WIDE_MM) + min(1.0, high / GOOD_HIGH_MM))
    shape = abs(math.log2(plan.width / plan.height / GOOD_SHAPE))
    return layout.legible, layout.digits_mm + waves - layout.seats * SEAT_COSTS - shape


def _of_columns(beds: int, columns: int, ground: Ground) -> Iterator[WallLayout]:
    rows = math.ceil(beds / columns)
    width = (ground.width - GAP) // columns - GAP
    height = (ground.height - GAP) // rows - GAP
    for arrangement in ARRANGEMENTS:
        plan = plan_tile(width, height, ground, arrangement)
        if plan is not None:
            mm = plan.digits / ground.pixels_per_mm
            yield WallLayout(rows=rows, columns=columns, pages=1, digits_mm=mm, plan=plan)


def _too_small(ground: Ground) -> WallLayout:
    """One bed on a ground that has no room for it: values without waves, as high as they can be."""
    width, height = max(ground.width - 2 * GAP, 40), max(ground.height - 2 * GAP, 40)
    plan = plan_tile(width, height, ground, ARRANGEMENTS[3], waves=False)
    assert plan is not None
    mm = plan.digits / ground.pixels_per_mm
    return WallLayout(rows=1, columns=1, pages=1, digits_mm=mm, plan=plan)


def plan_tile(
    width: int, height: int, ground: Ground, arrangement: Arrangement, *, waves: bool = True
) -> TilePlan | None:
    """Lay one tile; None: there is no room for its values and waves (without waves there always is)."""
    mm = ground.pixels_per_mm
    least = max(ground.line_px, WORDS_MM * mm)
    line = round(max(least, min(height * WORDS_SHARE, WORDS_MOST_MM * mm)))
    if not waves:
        line = min(line, max(1, height // 8))
    label, pad = round(line * LABEL), max(2, round(line * EDGE))
    inner = Box(left=pad, top=pad, width=width - 2 * pad, height=height - 2 * pad)
    body = Box(left=pad, top=pad + 2 * line + pad // 2, width=inner.width,
               height=inner.height - 3 * line - pad)  # fmt: skip
    panel = _panel(body, label, pad, mm, arrangement) if waves else body
    if panel is None:
        return None
    digits = _digits(panel, label, pad, mm, arrangement)
    boxes = _waves(body, panel, pad, arrangement) if waves else ()
    beside = round(line * WAVE_LABEL) if boxes and boxes[0].width > 6 * line else 0
    return TilePlan(
        width=width, height=height, line=line, label=label, digits=digits,
        head=replace(inner, height=line), strip=replace(inner, top=pad + line, height=line),
        foot=replace(inner, top=inner.bottom - line, height=line),
        waves=tuple(replace(box, left=box.left + beside, width=box.width - beside) for box in boxes),
        names=tuple(replace(box, width=beside) for box in boxes),
        blocks=MappingProxyType(_blocks(panel, label, pad, digits, arrangement)),
    )  # fmt: skip


def _wide(arrangement: Arrangement) -> float:
    return max(sum(WIDTHS[key] for key in row) for row in arrangement.rows)


def _across(arrangement: Arrangement, pad: int) -> int:
    """Pixels across that no digit takes: each block has an edge of its own."""
    return max(len(row) for row in arrangement.rows) * pad * 2


def _high(row: tuple[str, ...]) -> float:
    return 1.0 if "hr" in row or "spo2" in row else SECONDARY


def _down(arrangement: Arrangement, label: int, pad: int) -> int:
    """Pixels down that no digit takes: labels, and an edge below each row."""
    return len(arrangement.rows) * (label + pad)


def _digits(panel: Box, label: int, pad: int, mm: float, arrangement: Arrangement) -> float:
    """The height of the primary digits in a panel; at least one pixel."""
    by_width = (panel.width - _across(arrangement, pad)) / _wide(arrangement)
    by_height = (panel.height - _down(arrangement, label, pad)) / sum(map(_high, arrangement.rows))
    return max(1.0, min(by_width, by_height, WANTED_MM * mm))


def _panel(body: Box, label: int, pad: int, mm: float, arrangement: Arrangement) -> Box | None:
    """The place of the values: as large as the digits can be made, the waves keeping their least."""
    least_wave = 2 * math.ceil(WAVE_MM * mm) + pad
    if arrangement.beside:
        room = replace(body, width=body.width - math.ceil(max(WAVE_WIDE_MM * mm, body.width * 0.3)) - pad)
        if body.height < least_wave:
            return None
    else:
        room = replace(body, height=body.height - least_wave - pad)
    if room.width <= _across(arrangement, pad) or room.height <= _down(arrangement, label, pad):
        return None
    digits = _digits(room, label, pad, mm, arrangement)
    if arrangement.beside:
        width = min(math.ceil(_wide(arrangement) * digits) + _across(arrangement, pad), room.width)
        return replace(body, left=body.right - width, width=width)
    height = math.ceil(sum(map(_high, arrangement.rows)) * digits) + _down(arrangement, label, pad)
    height = min(height, room.height)
    return replace(body, top=body.bottom - height, height=height)


def _waves(body: Box, panel: Box, pad: int, arrangement: Arrangement) -> tuple[Box, ...]:
    """Two waves, one above the other, in what the values leave."""
    if arrangement.beside:
        room = replace(body, width=panel.left - body.left - pad)
    else:
        room = replace(body, height=panel.top - body.top - pad)
    height = (room.height - pad) // 2
    upper = replace(room, height=height)
    return upper, replace(upper, top=room.top + height + pad)


def _blocks(panel: Box, label: int, pad: int, digits: float, arrangement: Arrangement) -> dict[str, Box]:
    """The rows share what height is left; in a row each block has its part of the width."""
    least = [label + pad + _high(row) * digits for row in arrangement.rows]
    spare = max(0.0, panel.height - sum(least)) / len(least)
    found, top = {}, float(panel.top)
    for row, needed in zip(arrangement.rows, least, strict=True):
        bottom = top + needed + spare
        unit = (panel.width - 2 * pad * len(row)) / sum(WIDTHS[key] for key in row)
        left = float(panel.left)
        for key in row:
            right = left + WIDTHS[key] * unit + 2 * pad
            found[key] = Box(left=math.ceil(left), top=math.ceil(top),
                             width=max(1, math.floor(right) - math.ceil(left)),
                             height=max(1, math.floor(bottom) - math.ceil(top)))  # fmt: skip
            left = right
        top = bottom
    return found

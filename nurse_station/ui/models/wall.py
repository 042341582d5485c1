"""From the room's snapshot to the tiles of the wall, and from typed digits to a bed. Formats; no Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nurse_station.station.snapshots import BedSnapshot, LineState, RoomSnapshot
from nurse_station.ui.models import alarms, care, words
from nurse_station.ui.models.alarm_marks import BlockSigns, signs
from nurse_station.ui.models.numerics import Moment, NumericBlock, blocks
from nurse_station.ui.models.rooms import Tile, tile
from nurse_station.ui.models.wall_layout import WANTED_MM, WallLayout
from nurse_station.vitals.waves import WAVES

HEART = ("ecg2", "ecg1", "ecg3", "pleth")
BREATH = ("co2", "resp")
TYPED_WITHIN_S = 1.0
"""A second digit so soon after the first belongs to the same number."""
WORDED_EVERY_S = 0.25
"""A value is written so late; an alarm, a line or a patient that changes at once."""
WORDED_BY_S = 0.33
"""And at most so late, where it waited for its turn: the words of all tiles at once would hold a frame up."""
SPEEDS = (50.0, 25.0, 12.5, 6.25)
LEAST_SPAN_S = 6.0
"""A wave shows so many seconds at least, or is swept at the slowest speed: a breath must be seen whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallTile:
    """One bed on the wall.

    Attributes:
        tile: What the rail says of it too.
        blocks: Its value blocks by key.
        signs: What stands beside them.
        minor: Temperatures and invasive pressures in one line.
        more: How many more alarms the bed has.
        rate: Where the day is and what is due, in one short line.
        waves: At most two: one of the heart, one of the breath.
        no_waves: Why there are none; else empty.
        brought: It belongs to another page and came here for its alarm.
        chosen: The keyboard's commands are about this bed.
    """

    tile: Tile
    blocks: Mapping[str, NumericBlock]
    signs: Mapping[str, BlockSigns]
    minor: str = ""
    more: int = 0
    rate: str = ""
    waves: tuple[str, ...] = ()
    no_waves: str = ""
    brought: bool = False
    chosen: bool = False

    @property
    def spoken(self) -> str:
        """The tile as a screen reader says it."""
        told = {block.key for block in self.tile.values}
        others = [block.spoken for key, block in self.blocks.items() if key not in told]
        return ", ".join([self.tile.spoken, *others])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the wall knows of a tile besides its bed: its place in the room, from 1, and see WallTile."""

    number: int
    brought: bool = False
    chosen: bool = False


def wall_tile(bed: BedSnapshot, moment: Moment, ask: Wording) -> WallTile:
    """The tile of a bed."""
    values = blocks(bed, moment) if bed.lines else ()
    waves = two_waves(bed.waves)
    return WallTile(
        tile=tile(bed, ask.number, moment), blocks={block.key: block for block in values},
        signs=signs(bed, moment), minor=_minor(values), waves=waves,
        more=max(0, len(alarms.of_bed(bed, moment)) - 1),
        rate=_rate(bed),
        no_waves="" if waves or not bed.lines else _no_waves(bed), brought=ask.brought, chosen=ask.chosen,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A tile, and what it was made of: words cost more than anything else of a wall."""

    tile: WallTile
    bed: BedSnapshot
    moment: Moment
    ask: Wording


def worded(
    bed: BedSnapshot, moment: Moment, ask: Wording, before: Worded | None, *, in_turn: bool = True
) -> Worded:
    """The tile of a bed; that of a moment ago, where no alarm and no line has changed since.

    `in_turn`: whether this picture may word it anew for no other reason than that time has passed.
    """
    every_s = WORDED_EVERY_S if in_turn else WORDED_BY_S
    if before is not None and before.ask == ask and _says_the_same(before, bed, moment, every_s):
        return before
    return Worded(tile=wall_tile(bed, moment, ask), bed=bed, moment=moment, ask=ask)


def _says_the_same(before: Worded, bed: BedSnapshot, moment: Moment, every_s: float) -> bool:
    if not 0 <= moment.now - before.moment.now < every_s or moment.units != before.moment.units:
        return False
    if bed is before.bed:
        return True
    same_alarms = bed.alarms is before.bed.alarms or bed.alarms == before.bed.alarms
    return same_alarms and _states(bed) == _states(before.bed) and bed.waves == before.bed.waves


def _states(bed: BedSnapshot) -> tuple[object, ...]:
    return bed.name, bed.simulated, bed.session, tuple(line.state for line in bed.lines)


def two_waves(keys: Sequence[str]) -> tuple[str, ...]:
    """One wave of the heart and one of the breath; where one is missing, another in its place."""
    heart = next((key for key in HEART if key in keys), None)
    breath = next((key for key in BREATH if key in keys), None)
    picked = [key for key in (heart, breath) if key is not None]
    others = [key for key in ("pleth", *keys) if key in keys and key not in picked and key in WAVES]
    picked = (picked + others)[:2]
    return tuple(sorted(picked, key=lambda key: WAVES[key].order))


def _rate(bed: BedSnapshot) -> str:
    if bed.care is None:
        return ""
    above = f"▲ {care.ABOVE}" if care.above_order(bed.care) else ""
    return words.joined(above, care.brief(bed.care.summary))


def _minor(values: Sequence[NumericBlock]) -> str:
    return words.joined(*(
        f"{block.label} {block.value}{block.mark} {block.beside}".strip() + (" old" if block.faded else "")
        for block in values if block.minor
    ))  # fmt: skip


def _no_waves(bed: BedSnapshot) -> str:
    receiving = any(line.state is LineState.RECEIVING for line in bed.lines)
    return "no waves from this monitor" if receiving else ""


def in_alarm(room: RoomSnapshot) -> tuple[str, ...]:
    """Beds with an alarm of their own, the most urgent first."""
    return tuple(dict.fromkeys(alarm.bed for alarm in alarms.of_room(room) if alarm.place))


def speed_for(width_mm: float, wanted_mm_s: float) -> float:
    """The sweep speed at which a wave so wide shows enough seconds; never faster than what is wanted."""
    fast_enough = [speed for speed in SPEEDS if speed <= wanted_mm_s and width_mm / speed >= LEAST_SPAN_S]
    return fast_enough[0] if fast_enough else min(wanted_mm_s, SPEEDS[-1])


def size_words(layout: WallLayout) -> str:
    """From how far the values are read, and what the screen is too small for."""
    said = f"Values {layout.digits_mm:.0f} mm high: read from {layout.metres:.1f} m"
    if not layout.legible:
        return f"▲ {said}; this screen is too small for a wall"
    return said if layout.digits_mm > WANTED_MM - 0.5 else f"{said} (wanted: 4 m)"


def page_words(number: int, pages: int, elsewhere: int) -> str:
    """`Page 2 of 3 · 4 more beds in alarm on other pages`; empty: there is one page."""
    if pages < 2:
        return ""
    beds = "bed" if elsewhere == 1 else "beds"
    more = f"▲ {elsewhere} more {beds} in alarm on other pages" if elsewhere else ""
    return words.joined(f"Page {number + 1} of {pages}", more)


class TypedPlace:
    """A place in the room typed as one digit, or as two in quick succession."""

    def __init__(self) -> None:
        self._first: tuple[int, float] | None = None

    def take(self, digit: int, now: float, beds: int) -> int | None:
        """A digit was typed at monotonic second `now`.

        Returns:
            The place that is meant now, from 1; None: no bed is.
        """
        before, self._first = self._first, None
        if before is not None and now - before[1] <= TYPED_WITHIN_S:
            place = before[0] * 10 + digit
            if place <= beds:
                return place
        if not 1 <= digit <= beds:
            return None
        self._first = (digit, now)
        return digit

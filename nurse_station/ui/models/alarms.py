"""From the room's snapshot to the alarms a screen shows: the bar, each bed, each value block. No Qt.

What is present, how urgent and whether it is seen is decided below; here it is ranked over beds and worded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS, RANK
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Priority
from nurse_station.station.snapshots import BedSnapshot, RoomSnapshot
from nurse_station.ui import alarm_texts
from nurse_station.ui.models import alarm_words, words
from nurse_station.ui.models.flash import FLASHES
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.units import WARD, Units

OF_THE_STATION = frozenset({"no_audio", "not_recording"})
"""Conditions of the station itself: every bed has them, the room says them once."""

SEEN = "✓"
"""Beside the marks of an alarm that was acknowledged."""
IN_BANNER = "no_audio"
"""It stands across the window: the bar does not say it again."""

BLOCK_OF: Mapping[str, str] = MappingProxyType({
    "hr": "hr", "pr": "hr", "ecg": "hr", "ecg1": "hr", "ecg2": "hr", "ecg3": "hr",
    "spo2": "spo2", "pleth": "spo2",
    "rr_co2": "rr", "rr_imp": "rr", "resp": "rr", "co2": "etco2", "etco2": "etco2", "fico2": "etco2",
    "nibp_sys": "nibp", "nibp_dia": "nibp", "nibp_mean": "nibp",
})  # fmt: skip
"""What a condition looks at, or its detail names -> the value block that shows it."""
BLOCKS_OF_CONDITION: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "asystole": ("hr",), "apnoea": ("rr",), "nibp_overdue": ("nibp",),
})  # fmt: skip
BY_DETAIL = frozenset({"sensor_off", "value_expired", "signal_poor", "implausible", "frozen"})
"""Conditions whose detail says which values they are about."""


class Look(StrEnum):
    """How an alarm is drawn, beside its colour."""

    FLASHING = "flashing"
    """Present, and nobody has acknowledged it."""
    STEADY = "steady"
    """Acknowledged; or LOW, which never flashes."""
    LATCHED = "latched"
    """Its condition has ended unseen: a broken outline, no fill, and `was`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmShown:
    """One alarm as it is shown.

    Attributes:
        bed: Key of its bed; of one of the whole station, of the first bed that has it.
        place: The bed's name; empty for one of the whole station.
        beds: Every bed that has it: more than one only for one of the whole station.
        condition: Its key.
        priority, look: What colour, shape and flashing go by.
        unresolved: Its data vanished: nobody knows whether it is still so.
        acknowledged: Someone has seen it.
        marks: `***`, `!!`; of one that was acknowledged `*** ✓`.
        statement: `SpO₂ 84 < 85`.
        since: When it became active, monotonic seconds.
        lasting: How long it has lasted, `1:24`; empty where the statement is a length of time itself.
        spoken: For a screen reader.
        blocks: The value blocks that it is about.
        advice: What to do; may be empty.
    """

    bed: str
    place: str
    beds: tuple[str, ...]
    condition: str
    priority: Priority
    look: Look
    unresolved: bool
    acknowledged: bool
    marks: str
    statement: str
    since: float
    lasting: str
    spoken: str
    blocks: tuple[str, ...] = ()
    advice: str = ""

    @property
    def line(self) -> str:
        """`*** SpO₂ 84 < 85`."""
        return f"{self.marks} {self.statement}"

    @property
    def sentence(self) -> str:
        """`*** Chair 3 · SpO₂ 84 < 85 · 1:24`."""
        return f"{self.marks} {words.joined(self.place, self.statement, self.lasting)}"

    @property
    def flashes(self) -> bool:
        return self.look is Look.FLASHING


def shown(bed: BedSnapshot, status: AlarmStatus, now: float, units: Units = WARD) -> AlarmShown:
    """One alarm of a bed."""
    said_already = alarm_words.tells_time(status)
    lasting = "" if said_already else words.minutes(now - status.since)
    place = "" if status.condition in OF_THE_STATION else bed.name
    said = alarm_words.spoken(status, units)
    return AlarmShown(
        bed=bed.bed, place=place, beds=(bed.bed,), condition=status.condition, priority=status.priority,
        look=look_of(status), unresolved=status.state is State.UNRESOLVED, acknowledged=status.acknowledged,
        marks=_marks(status), since=status.since, lasting=lasting,
        statement=alarm_words.statement(status, units), spoken=", ".join(p for p in (place, said) if p),
        advice=alarm_texts.alarm_text(status.text).advice,
        blocks=blocks_of(status.condition, status.detail),
    )  # fmt: skip


def _marks(status: AlarmStatus) -> str:
    """LOW never flashes, and a picture does not either: that someone has seen it stands there as a sign."""
    marks = alarm_texts.marks(status.kind, status.priority)
    return f"{marks} {SEEN}" if status.acknowledged else marks


def look_of(status: AlarmStatus) -> Look:
    if status.state is State.LATCHED:
        return Look.LATCHED
    flashes = not status.acknowledged and status.priority in FLASHES
    return Look.FLASHING if flashes else Look.STEADY


def ranked(alarms: Iterable[AlarmShown]) -> tuple[AlarmShown, ...]:
    """Most urgent first: priority, not acknowledged, still present, the oldest, the table's rank.

    What has ended unseen stands after what is present with MEDIUM or HIGH priority, before the rest.
    """
    return tuple(sorted(alarms, key=lambda a: (
        -_pressing(a), a.acknowledged, a.look is Look.LATCHED, a.since,
        RANK.get(a.condition, len(RANK)), a.bed,
    )))  # fmt: skip


def _pressing(alarm: AlarmShown) -> float:
    ended = alarm.look is Look.LATCHED
    return min(alarm.priority, Priority.MEDIUM - 0.5) if ended else float(alarm.priority)


def of_bed(bed: BedSnapshot, moment: Moment) -> tuple[AlarmShown, ...]:
    """Every alarm of a bed that gives a signal by itself, most urgent first."""
    return ranked(shown(bed, status, moment.now, moment.units) for status in bed.alarms.visible)


def of_room(room: RoomSnapshot, units: Units = WARD) -> tuple[AlarmShown, ...]:
    """Every alarm of every bed, most urgent first; what is the whole station's is there once."""
    moment = Moment.of(room, units)
    found = [alarm for bed in room.beds for alarm in of_bed(bed, moment)]
    return ranked(_once(found))


def _once(alarms: list[AlarmShown]) -> list[AlarmShown]:
    """Alarms of the station joined, the most urgent speaking for all; the others as they are."""
    joined: dict[str, AlarmShown] = {}
    others = []
    for alarm in ranked(alarms):
        if alarm.condition not in OF_THE_STATION:
            others.append(alarm)
        elif alarm.condition not in joined:
            joined[alarm.condition] = alarm
        else:
            first = joined[alarm.condition]
            joined[alarm.condition] = replace(first, beds=first.beds + alarm.beds)
    return [*joined.values(), *others]


def in_bar(room: RoomSnapshot, units: Units = WARD) -> tuple[AlarmShown, ...]:
    """Every alarm of the room but the one that has a banner of its own."""
    return tuple(alarm for alarm in of_room(room, units) if alarm.condition != IN_BANNER)


def highest(alarms: Iterable[AlarmShown]) -> AlarmShown | None:
    """The most urgent of a bed's (ranked) alarms that is the bed's own; None: it has none."""
    return next((alarm for alarm in alarms if alarm.place), None)


def unseen(bed: BedSnapshot) -> bool:
    """Whether there is anything at this bed to acknowledge."""
    return any(
        not status.acknowledged and (not status.off or status.visible) for status in bed.alarms.present
    )


def came_within(bed: BedSnapshot, seconds: float, now: float) -> bool:
    """Whether an alarm that nobody has acknowledged became active so short a time ago."""
    return any(
        not status.acknowledged and status.state is not State.LATCHED and now - status.since < seconds
        for status in bed.alarms.visible
    )


def by_block(alarms: Iterable[AlarmShown]) -> dict[str, AlarmShown]:
    """Value block -> the first of the alarms (ranked) about it. Blocks without one are not in it."""
    found: dict[str, AlarmShown] = {}
    for alarm in alarms:
        for block in alarm.blocks:
            found.setdefault(block, alarm)
    return found


def blocks_of(condition: str, detail: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The value blocks that an alarm is about; empty: it is about no value in particular."""
    if condition in BLOCKS_OF_CONDITION:
        return BLOCKS_OF_CONDITION[condition]
    if condition == "airway_pattern":
        return tuple(
            dict.fromkeys(block for part in detail if part in CONDITIONS for block in blocks_of(part))
        )
    row = CONDITIONS.get(condition)
    about = detail if row is None or condition in BY_DETAIL else row.parameters
    return tuple(dict.fromkeys(BLOCK_OF[key] for key in about if key in BLOCK_OF))


def bed_after(room: RoomSnapshot, chosen: str) -> str:
    """The bed to go to next on a walk through the alarms, most urgent first, round; empty: all is quiet."""
    beds = list(dict.fromkeys(alarm.bed for alarm in of_room(room) if alarm.place))
    if not beds:
        return ""
    return beds[(beds.index(chosen) + 1) % len(beds)] if chosen in beds else beds[0]

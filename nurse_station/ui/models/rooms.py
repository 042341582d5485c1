"""From the room's snapshot to the words of tiles, header, top bar and footer. Formats; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from nurse_station.alarms.lifecycle import State
from nurse_station.assessments.checks import Stage
from nurse_station.infusion.units import dose
from nurse_station.station.snapshots import (
    Age,
    BedSnapshot,
    LineSnapshot,
    LineState,
    RecordSnapshot,
    RecordState,
    RoomSnapshot,
)
from nurse_station.ui import texts
from nurse_station.ui.models import alarm_marks, alarms, care, words
from nurse_station.ui.models.alarms import AlarmShown
from nurse_station.ui.models.numerics import Moment, NumericBlock, breathing, cuff, heart_rate, oxygen

SHORT_OF_DISK_H = 24.0
PUMP_OFF = "▲ switch the pump off, call for help"
NO_BLOCKS: Mapping[str, AlarmShown] = MappingProxyType({})
BROKEN = frozenset({LineState.LOST, LineState.SILENT})


class Weight(IntEnum):
    """How much a notice presses."""

    CALM = 0
    DOUBTFUL = 1
    LOUD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The most important thing of the room. `bed` is empty when it is nobody's in particular."""

    weight: Weight
    text: str
    bed: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """What one bed's tile says.

    Attributes:
        bed, name, number: The bed, and its place in the rail, from 1.
        place, state, weight: Where its monitor is and how its line does.
        simulated, connected, values: Whose values, if any, and which.
        alarm: Its most urgent alarm; None: none.
        by_block: Value -> the alarm about it.
        paused: How long its sound stays paused, `1:52`; empty: it is not.
        off: Its alarms that are switched off, with the reasons.
        patient: Who sits there; empty: nobody is known.
        day: Where the patient's day is: `infusing 0.20 mg/kg/h`; empty: no patient.
        brief: The same and the next thing due in one short line.
        due: The next thing due.
        due_short: The same in one word and when.
        pressing: It is due or late now.
        emergency: `EMERGENCY 0:42`; empty: there is none.
        above: That more runs than the order allows, and who let it pass; else empty.
    """

    bed: str
    name: str
    number: int
    place: str
    state: str
    weight: Weight
    simulated: bool
    connected: bool
    values: tuple[NumericBlock, ...]
    alarm: AlarmShown | None = None
    by_block: Mapping[str, AlarmShown] = field(default_factory=lambda: NO_BLOCKS)
    paused: str = ""
    off: tuple[str, ...] = ()
    patient: str = ""
    day: str = ""
    brief: str = ""
    due: str = ""
    due_short: str = ""
    pressing: bool = False
    emergency: str = ""
    above: str = ""

    @property
    def spoken(self) -> str:
        """The tile as a screen reader says it."""
        parts = [self.name, self.emergency, self.patient, self.day, self.above, self.due,
                 self.alarm.spoken if self.alarm is not None else "",
                 texts.SIMULATION.lower() if self.simulated else "", self.place, self.state,
                 f"audio paused {self.paused}" if self.paused else "",
                 f"alarm off: {', '.join(self.off)}" if self.off else ""]  # fmt: skip
        return ", ".join([p for p in parts if p] + [block.spoken for block in self.values])


def tiles(room: RoomSnapshot) -> tuple[Tile, ...]:
    """One tile a bed, in the clinic's order."""
    return tuple(tile(bed, place, Moment.of(room)) for place, bed in enumerate(room.beds, start=1))


def tile(bed: BedSnapshot, number: int, moment: Moment) -> Tile:
    values = (heart_rate, oxygen, breathing, cuff)
    present = alarms.of_bed(bed, moment)
    return Tile(
        bed=bed.bed, name=bed.name, number=number, place=line_place(worst_line(bed)) if bed.lines else "",
        state=texts.LINE[worst_line(bed).state] if bed.lines else texts.NO_MONITOR, weight=weight_of(bed),
        simulated=bed.simulated, connected=bool(bed.lines),
        values=tuple(value(bed, moment) for value in values) if bed.lines else (),
        alarm=alarms.highest(present), by_block=MappingProxyType(alarms.by_block(present)),
        paused=alarm_marks.pause_left(bed, moment.now), off=tuple(alarm_marks.off_words(bed)),
        **_of_the_day(bed),
    )  # fmt: skip


def _of_the_day(bed: BedSnapshot) -> dict[str, Any]:
    """What the tile says of its patient."""
    if bed.care is None:
        return {}
    day = bed.care.summary
    pressing = day.due is not None and day.due.stage in (Stage.DUE, Stage.LATE)
    asked = "▲ confirm the patient" if bed.care.unconfirmed else ""
    emergency, above = care.emergency(day), care.above_order(bed.care)
    mark = f"▲ {care.ABOVE}" if above else ""
    said = care.running_words(day)
    if above and day.running is not None:  # on a narrow tile the mark comes before the state
        said = f"{dose(day.running.mg_kg_h)} mg/kg/h"
    asked = PUMP_OFF if emergency else asked
    return {"patient": day.patient.name if day.patient is not None else "", "emergency": emergency,
            "above": above, "day": words.joined(mark, said), "brief": words.joined(mark, care.brief(day)),
            "due": asked or care.due_words(day.due),
            "due_short": asked or care.due_short(day.due), "pressing": pressing or bool(asked)}  # fmt: skip


def state_words(bed: BedSnapshot) -> str:
    """`GE CARESCAPE on COM4 · good`; of several lines the worst, and how many there are."""
    if not bed.lines:
        return texts.NO_MONITOR
    more = f"{len(bed.lines)} monitors" if len(bed.lines) > 1 else ""
    return words.joined(line_words(worst_line(bed)), more)


def worst_line(bed: BedSnapshot) -> LineSnapshot:
    """The line that needs a look first. Raises ValueError for a bed without lines."""
    return min(bed.lines, key=lambda line: (line.state not in BROKEN, line.state is LineState.RECEIVING))


def line_words(line: LineSnapshot) -> str:
    return f"{line_place(line)} · {texts.LINE[line.state]}"


def line_place(line: LineSnapshot) -> str:
    """`GE CARESCAPE on COM4`."""
    return f"{line.monitor} on {line.port}" if line.port else line.monitor


def weight_of(bed: BedSnapshot) -> Weight:
    broken = any(line.state in BROKEN for line in bed.lines)
    return Weight.DOUBTFUL if broken or is_mute(bed) else Weight.CALM


def line_counts(line: LineSnapshot, now: float) -> str:
    """`12 345 frames · 2 refused · last byte 0.1 s ago`."""
    refused = f"{words.count(line.refused)} refused" if line.refused else "none refused"
    return words.joined(f"{words.count(line.frames_accepted)} frames", refused, _last_byte(line, now))


def _last_byte(line: LineSnapshot, now: float) -> str:
    if line.last_byte_at is None:
        return "no byte yet"
    age = now - line.last_byte_at
    return f"last byte {words.ago(age)}"


def line_story(line: LineSnapshot, now: float) -> str:
    """All that is known of a line, one fact a line, for a tooltip or the person who repairs it."""
    facts = [
        line_words(line),
        texts.LINE_SENTENCE[line.state],
        line.trouble,
        _retry(line, now),
        f"Line settings: {line.settings}" if line.settings else "",
        f"{words.count(line.bytes_in)} bytes · {line_counts(line, now)}",
        *(
            f"  {line.refusals.get(reason) or texts.own_words(reason)}: {words.count(n)}"
            for reason, n in sorted(line.frames_refused.items())
        ),
        f"Came back {words.times(line.reconnections)}" if line.reconnections else "",
    ]
    return "\n".join(fact for fact in facts if fact)


def _retry(line: LineSnapshot, now: float) -> str:
    if line.retry_at is None or line.state is not LineState.LOST:
        return ""
    return f"Next try in {words.lasting(line.retry_at - now)}"


def in_use(room: RoomSnapshot) -> str:
    """`4 of 6 in use`."""
    used = sum(1 for bed in room.beds if bed.lines or bed.session)
    return f"{used} of {len(room.beds)} in use" if room.beds else ""


def notice(room: RoomSnapshot) -> Notice | None:
    """The most important thing of the room that no alarm says; None: there is nothing to say."""
    found = notices(room)
    if not found:
        return None
    first = found[0]
    more = f"+{len(found) - 1} more" if len(found) > 1 else ""
    detail = "\n".join(words.joined(n.text, n.detail) for n in found)
    return Notice(weight=first.weight, text=words.joined(first.text, more), bed=first.bed, detail=detail)


def notices(room: RoomSnapshot) -> list[Notice]:
    """All that is wrong and that no alarm says: the record, then lines in the order of the beds."""
    found = []
    recorded = any(_alarmed(bed, "not_recording") for bed in room.beds)
    if room.record.state is RecordState.FAILING and not recorded:
        found.append(
            Notice(weight=Weight.LOUD, text=texts.RECORD[RecordState.FAILING], detail=room.record.trouble)
        )
    quiet = [bed for bed in room.beds if not _alarmed(bed, "link_lost")]
    for state in (LineState.LOST, LineState.SILENT):
        for bed in quiet:
            found += [_line_notice(bed, line) for line in bed.lines if line.state is state]
    found += [_mute_notice(bed) for bed in quiet if is_mute(bed) and not _alarmed(bed, "value_expired")]
    return found + _record_notices(room.record, disk_said=recorded)


def _alarmed(bed: BedSnapshot, condition: str) -> bool:
    """Whether an alarm that is seen says so already; one that only latched says what was."""
    return any(
        status.condition == condition and status.state is not State.LATCHED for status in bed.alarms.visible
    )


def is_mute(bed: BedSnapshot) -> bool:
    """Whether a line is good and yet no value is current: waves may go on while values have stopped."""
    good = any(line.state is LineState.RECEIVING for line in bed.lines)
    expired = [numeric for numeric in bed.numerics.values() if numeric.age is Age.EXPIRED]
    return good and bool(expired) and not any(numeric.age is Age.CURRENT for numeric in bed.numerics.values())


def _mute_notice(bed: BedSnapshot) -> Notice:
    return Notice(weight=Weight.DOUBTFUL, text=words.joined(bed.name, "no values arrive"), bed=bed.bed,
                  detail="The monitor sends, but no values: look at the bedside monitor.")  # fmt: skip


def _record_notices(record: RecordSnapshot, *, disk_said: bool) -> list[Notice]:
    found = []
    if record.trouble and record.state is not RecordState.FAILING:
        found.append(
            Notice(weight=Weight.DOUBTFUL, text="The raw line is not being kept", detail=record.trouble)
        )
    short = record.disk_hours is not None and record.disk_hours < SHORT_OF_DISK_H
    if short and not disk_said:
        found.append(Notice(weight=Weight.DOUBTFUL, text=_disk(record), detail=record.place))
    return found


def _line_notice(bed: BedSnapshot, line: LineSnapshot) -> Notice:
    text = words.joined(bed.name, f"{texts.LINE[line.state]}: {line_place(line)}")
    detail = line.trouble or texts.LINE_SENTENCE[line.state]
    return Notice(weight=Weight.DOUBTFUL, text=text, bed=bed.bed, detail=detail)


STOPPED = Notice(weight=Weight.LOUD, text=texts.STOPPED)


def session_words(bed: BedSnapshot, moment: Moment) -> str:
    """`Session 20260105-01 since 08:02 · 1 h 58 min`."""
    if bed.session is None:
        return "Nothing is being recorded"
    if bed.session_started is None:
        return f"Session {bed.session}"
    lasted = words.lasting((moment.wall - bed.session_started).total_seconds())
    return f"Session {bed.session} since {words.clock_time(bed.session_started)} · {lasted}"


def condition_words(bed: BedSnapshot) -> tuple[list[str], list[str]]:
    """What the bed's monitors say of themselves now: what is wrong, and what only informs."""
    said: tuple[list[str], list[str]] = ([], [])
    for _, condition in sorted(bed.conditions.items()):
        said[condition.ordinary].append(words.joined(condition.words, condition.detail))
    return said


def record_words(record: RecordSnapshot) -> str:
    """`Saved 10:42:16 · 42 h of disk left`, or in words what fails."""
    if record.state is RecordState.FAILING:
        waiting = f"{words.lasting(record.waiting_s)} held in memory" if record.waiting_s else ""
        return words.joined(texts.RECORD[record.state], record.trouble, waiting)
    said = texts.RECORD[record.state]
    if record.state is RecordState.WRITING and record.saved is not None:
        said = f"{said} {words.clock_seconds(record.saved)}"
    return words.joined(said, _disk(record))


def record_tip(record: RecordSnapshot) -> str:
    """Where the record is, and what is calmly said of it: a line each."""
    return "\n".join(said for said in (f"Record in {record.place}", record.trouble, record.signing) if said)


def _disk(record: RecordSnapshot) -> str:
    if record.disk_hours is None:
        return ""
    if record.disk_hours >= 365 * 24:
        return ""  # nothing that anybody need know
    if record.disk_hours >= 14 * 24:
        return f"{record.disk_hours / 24:.0f} days of disk left"
    return f"{record.disk_hours:.0f} h of disk left"

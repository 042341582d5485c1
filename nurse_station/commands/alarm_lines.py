"""Alarms as lines of text, for a station without a window: each begin, change and end once."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, Entry
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.station.snapshots import BedSnapshot, RoomSnapshot
from nurse_station.station.view import StationView
from nurse_station.vitals.parameters import PARAMETERS

BEGINS = frozenset({Event.DELAY_ELAPSED, Event.RESTORED, Event.ESCALATED, Event.DEESCALATED, Event.REMINDED})
ENDS = frozenset({Event.ENDED, Event.ENDED_UNSEEN, Event.RESET})
ACTS = {
    Act.AUDIO_PAUSED: "sound paused",
    Act.AUDIO_PAUSE_ENDED: "sound on again",
    Act.SWITCHED_OFF: "alarm off",
    Act.SWITCHED_ON: "alarm on again",
}


class AlarmPrinter:
    """Remembers how much of each bed's alarms was printed."""

    def __init__(self) -> None:
        self._printed: dict[str, tuple[Sequence[Entry], int]] = {}

    def news(self, station: StationView, room: RoomSnapshot) -> Iterator[str]:
        """The lines of what happened at every bed since the last call."""
        for bed in room.beds:
            log = station.alarm_log(bed.bed)
            for entry in self._new(bed.bed, log):
                words = alarm_line(entry)
                if words:
                    yield f"{_time(room, entry)}  {bed.name}  {words}{_mark(bed)}"

    def _new(self, bed: str, log: Sequence[Entry]) -> list[Entry]:
        before, count = self._printed.get(bed, (log, 0))
        left = [] if before is log else list(before[count:])  # the last of a session that has ended
        new = list(log[count if before is log else 0 :])
        self._printed[bed] = (log, count + len(new) if before is log else len(new))
        return left + new


def alarm_line(entry: Entry) -> str:
    """One entry in words: `ALARM HIGH  spo2 low  SpO₂ 84 % (limit 88)`; empty: nothing to print."""
    if isinstance(entry, ActTaken):
        words = ACTS.get(entry.act)
        return "" if words is None else _joined(words.upper(), _words(entry.condition), entry.why)
    if entry.event in BEGINS:
        said = f"(said by {_words(entry.hidden_by)})" if entry.hidden_by else ""
        return _joined(f"ALARM {entry.priority.name}", _words(entry.condition), measured(entry), said)
    if entry.event in ENDS and entry.before is not State.PENDING:
        return _joined("ALARM ENDED", _words(entry.condition), measured(entry))
    if entry.event is Event.ACKNOWLEDGED:
        return _joined("ALARM ACKNOWLEDGED", _words(entry.condition), f"by {entry.who}")
    return ""


def measured(change: AlarmChange) -> str:
    """What was measured against what: `SpO₂ 84 % (limit 88)`; else what it concerns."""
    if change.value is None or change.limit is None:
        return ", ".join(each.replace("_", " ") for each in change.detail)
    named = [PARAMETERS[key] for key in change.detail if key in PARAMETERS]
    if len(named) == 1:
        [row] = named
        value, limit = (f"{number:.{row.precision}f}" for number in (change.value, change.limit))
        return f"{row.label} {value} {row.unit_shown} (limit {limit})"
    units = {row.unit for key, row in LIMIT_ROWS.items() if key.partition(".")[0] == change.condition}
    unit = f" {units.pop()}" if len(units) == 1 else ""
    return f"{change.value:.0f}{unit} (limit {change.limit:.0f})"


def _words(key: str) -> str:
    return key.replace("_", " ")


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _time(room: RoomSnapshot, entry: Entry) -> str:
    return f"{(room.wall - timedelta(seconds=room.at - entry.at)).astimezone():%H:%M:%S}"


def _mark(bed: BedSnapshot) -> str:
    return "  SIMULATION" if bed.simulated else ""

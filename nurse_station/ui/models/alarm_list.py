"""A session's alarms and acts as rows: folded from the log as it grows, filtered, worded. No Qt.

Each entry is folded once; which rows are new and which changed is told, so that a list of thousands
stays where it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from nurse_station.alarms.changes import ActTaken, AlarmChange, Entry
from nurse_station.alarms.history import Episode, EpisodeBook, Figures
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Kind, Priority
from nurse_station.ui import alarm_texts
from nurse_station.ui.models import alarm_acts, alarm_words, words
from nurse_station.ui.models.limit_words import condition_name
from nurse_station.ui.models.units import WARD, Units

AT_ONCE = 2000
"""So many entries are folded at one look: the waves beside the list must not stand still meanwhile."""
WallOf = Callable[[float], datetime]
"""The time of day, aware, at a monotonic second."""


class Sort(StrEnum):
    """What a row is about."""

    PATIENT = "patient"
    EQUIPMENT = "equipment"
    CARE = "care"
    ACT = "act"
    """Not an alarm: something that was done."""


_SORTS: Mapping[Kind, Sort] = {
    Kind.PHYSIOLOGICAL: Sort.PATIENT, Kind.TECHNICAL: Sort.EQUIPMENT, Kind.CARE: Sort.CARE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list.

    Attributes:
        bed: Key of its bed.
        at: When it became active or was done, monotonic seconds.
        number: Of the entry that began it: the order of what happened at one time.
        sort: What it is about.
        priority: The highest it had; NONE: an act.
        title: `SpO₂ 84 < 85`, `Audio paused for 120 s`.
        name: The whole condition: "SpO₂ low"; empty for an act without one.
        who: Who acknowledged, or did it; empty: nobody.
        why: The reason given; may be empty.
        episode: The alarm; None: an act.
        hidden_by: The condition it was merged into when it began; empty: none.
        unresolved: Its data are missing now.
    """

    bed: str
    at: float
    number: int
    sort: Sort
    priority: Priority
    title: str
    name: str = ""
    who: str = ""
    why: str = ""
    episode: Episode | None = None
    hidden_by: str = ""
    unresolved: bool = False

    @property
    def runs(self) -> bool:
        """Its length still grows."""
        return self.episode is not None and self.episode.ended is None

    @property
    def unacknowledged(self) -> bool:
        """An alarm, present or past, that nobody has acknowledged."""
        return self.episode is not None and self.episode.acknowledged_at is None

    @property
    def marks(self) -> str:
        """`***`, `!!`; empty for an act."""
        return "" if self.episode is None else alarm_texts.marks(self.episode.kind, self.priority)

    @property
    def order(self) -> tuple[float, int, str]:
        """Rows are in the order of this, backwards: the newest first."""
        return (-self.at, -self.number, self.bed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows are asked for.

    Attributes:
        priorities: Of these; empty: any, acts too.
        sorts: Of these; empty: all.
        unacknowledged: Only alarms that nobody has acknowledged.
        text: Every word of it is somewhere in the row.
    """

    priorities: frozenset[Priority] = frozenset()
    sorts: frozenset[Sort] = frozenset()
    unacknowledged: bool = False
    text: str = ""

    def has(self, row: Row) -> bool:
        """Whether `row` is asked for."""
        if self.priorities and row.priority not in self.priorities:
            return False
        if self.sorts and row.sort not in self.sorts:
            return False
        if self.unacknowledged and not row.unacknowledged:
            return False
        there = f"{row.title} {row.name} {row.who} {row.why}".casefold()
        return all(word in there for word in self.text.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a look at the log brought: places in `AlarmRows.rows`.

    Attributes:
        anew: The rows are those of other sessions: nothing that was shown is there any more.
        added, changed: In no special order.
    """

    anew: bool
    added: tuple[int, ...]
    changed: tuple[int, ...]


class _Log:
    """How far one bed's log has been folded."""

    def __init__(self, bed: str, entries: Sequence[Entry]) -> None:
        self.bed, self.entries, self.taken = bed, entries, 0
        self.book = EpisodeBook()
        self.places: list[int] = []
        self.last: dict[str, int] = {}


class AlarmRows:
    """Rows of one bed or several. A row keeps its place in `rows` as long as the sessions last."""

    def __init__(self, units: Units = WARD) -> None:
        self.rows: list[Row] = []
        self._units = units
        self._logs: dict[str, _Log] = {}

    def take(self, logs: Mapping[str, Sequence[Entry]]) -> News:
        """Fold what came since the last time; of very much, the rest the next time.

        Args:
            logs: Bed -> all of its entries, oldest first.
        """
        anew = self._begin_anew(logs)
        before = len(self.rows)
        changed: set[int] = set()
        left = AT_ONCE
        for log in self._logs.values():
            end = min(len(log.entries), log.taken + left)
            left -= end - log.taken
            for entry in log.entries[log.taken : end]:
                changed.add(self._fold(log, entry))
            log.taken = end
        return News(
            anew=anew,
            added=tuple(range(before, len(self.rows))),
            changed=tuple(sorted(place for place in changed if 0 <= place < before)),
        )

    def _begin_anew(self, logs: Mapping[str, Sequence[Entry]]) -> bool:
        """Another bed or another session: what was folded is not theirs."""
        same = logs.keys() == self._logs.keys() and all(
            self._logs[bed].entries is entries and len(entries) >= self._logs[bed].taken
            for bed, entries in logs.items()
        )
        if not same:
            self.rows = []
            self._logs = {bed: _Log(bed, entries) for bed, entries in logs.items()}
        return not same

    def _fold(self, log: _Log, entry: Entry) -> int:
        """The place of the row that is new or has changed; -1: none."""
        if isinstance(entry, ActTaken):
            self.rows.append(_act_row(log.bed, entry))
            return len(self.rows) - 1
        log.book.add((entry,))
        if len(log.book.episodes) > len(log.places):
            return self._begin(log, entry)
        return self._go_on(log, entry)

    def _begin(self, log: _Log, change: AlarmChange) -> int:
        place = len(self.rows)
        log.last[change.condition] = len(log.places)
        log.places.append(place)
        self.rows.append(_alarm_row(log.bed, change, log.book.episodes[-1], self._units))
        return place

    def _go_on(self, log: _Log, change: AlarmChange) -> int:
        number = log.last.get(change.condition)
        if number is None:
            return -1
        place = log.places[number]
        before = self.rows[place]
        self.rows[place] = _after(before, change, log.book.episodes[number], self._units)
        return place if self.rows[place] != before else -1

    def running(self) -> Iterable[int]:
        """Places of the alarms whose length still grows."""
        for log in self._logs.values():
            for number in log.last.values():
                if self.rows[log.places[number]].runs:
                    yield log.places[number]


def _act_row(bed: str, act: ActTaken) -> Row:
    return Row(
        bed=bed, at=act.at, number=act.number, sort=Sort.ACT, priority=Priority.NONE, who=act.who,
        title=alarm_acts.sentence(act), why=alarm_acts.reason(act),
        name=condition_name(act.condition) if act.condition else "",
    )  # fmt: skip


def _alarm_row(bed: str, change: AlarmChange, episode: Episode, units: Units) -> Row:
    return Row(
        bed=bed, at=change.at, number=change.number, sort=_SORTS[change.kind], priority=episode.priority,
        title=_title(change, units), name=condition_name(change.condition), episode=episode,
        hidden_by=change.hidden_by, unresolved=change.after is State.UNRESOLVED,
    )  # fmt: skip


def _after(row: Row, change: AlarmChange, episode: Episode, units: Units) -> Row:
    """What escalated is told with the value that did it: the worst is what counts."""
    worse = change.event is Event.ESCALATED and episode.priority > row.priority
    first = row.episode is not None and row.episode.acknowledged_at is None
    seen = change.event is Event.ACKNOWLEDGED and first
    return replace(
        row, episode=episode, priority=episode.priority,
        title=_title(change, units) if worse else row.title, who=change.who if seen else row.who,
        unresolved=change.after is State.UNRESOLVED,
    )  # fmt: skip


def _title(change: AlarmChange, units: Units) -> str:
    """What was wrong, with the value against its limit; how long it lasted stands elsewhere."""
    status = AlarmStatus(
        condition=change.condition, kind=change.kind, priority=change.priority, state=State.ACTIVE,
        since=change.at, onset=change.onset, value=change.value, limit=change.limit, acknowledged=False,
        hidden_by="", off=False, why_off="", text=f"alarm.{change.condition}", detail=change.detail,
        repeat_at=None,
    )  # fmt: skip
    if alarm_words.tells_time(status):
        return condition_name(change.condition)
    return alarm_words.statement(status, units)


# In words


def facts(row: Row, now: float) -> str:
    """The line below: how long, who saw it after how long, merged, data missing; or who did it and why."""
    if row.episode is None:
        return words.joined(f"by {row.who}", row.why)
    parts = (_length(row, row.episode, now), _seen(row, row.episode), _merged(row), _missing(row))
    return words.joined(row.priority.name, *parts)


def _length(row: Row, episode: Episode, now: float) -> str:
    length = words.minutes(episode.duration(now))
    if row.runs:
        return f"for {length} · present"
    return f"lasted {length}"


def _seen(row: Row, episode: Episode) -> str:
    if episode.acknowledged_at is None:
        return "not acknowledged"
    after = words.lasting(episode.acknowledged_at - episode.began)
    by = f" by {row.who}" if row.who else ""
    return f"acknowledged after {after}{by}"


def _merged(row: Row) -> str:
    return f"merged into {condition_name(row.hidden_by)}" if row.hidden_by else ""


def _missing(row: Row) -> str:
    if row.unresolved:
        return "its data are missing now"
    lost = 0.0 if row.episode is None else row.episode.unresolved_s
    return f"data missing for {words.minutes(lost)}" if lost > 0 else ""


def spoken(row: Row, time: str, place: str, now: float) -> str:
    """The whole row for a screen reader."""
    title = row.title.replace("<", "below").replace(">", "above").replace("→", "to")
    kind = alarm_texts.PRIORITY[row.priority]
    name = "" if row.name in title else row.name
    return ", ".join(part for part in (place, time, kind, name, title, facts(row, now)) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """One figure of the session: `4.2`, "alarms an hour"."""

    value: str
    words: str


def figures_shown(found: Figures) -> tuple[FigureShown, ...]:
    """The head of the list, in reading order."""
    return tuple(FigureShown(value=value, words=said) for value, said in (
        (words.count(found.alarms), "alarms"),
        (words.number(found.alarms_per_hour, 1), "alarms an hour"),
        (_length_of(found.median_duration_s), "median duration"),
        (_share(found.resolved_alone_share), "over by themselves within 15\N{NO-BREAK SPACE}s"),
        (_length_of(found.median_acknowledged_s), "median time to acknowledgement"),
        (words.count(found.unacknowledged), "not acknowledged"),
        (f"{words.number(found.paused_min, 1)} min", "audio paused"),
        (f"{words.number(found.without_spo2_min, 1)} min", "without a valid SpO₂"),
        (f"{words.number(found.without_rr_min, 1)} min", "without a valid RR"),
    ))  # fmt: skip


def _length_of(seconds: float | None) -> str:
    return words.number(None) if seconds is None else words.minutes(seconds)


def _share(share: float | None) -> str:
    return words.number(None) if share is None else f"{share:.0%}"

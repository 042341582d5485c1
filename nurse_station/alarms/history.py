"""What happened to a bed's alarms: entries -> episodes -> a session's figures. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, Entry
from nurse_station.alarms.lifecycle import Event
from nurse_station.alarms.words import Kind, Priority

RESOLVED_WITHIN_S = 15.0
_BEGINS = frozenset({Event.DELAY_ELAPSED, Event.RESTORED})
_ENDS = frozenset({Event.ENDED, Event.ENDED_UNSEEN, Event.RESET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One alarm from its activation to the end of its condition.

    Attributes:
        condition, kind: Which alarm.
        onset: When the condition began, monotonic seconds.
        began: When the alarm became active.
        ended: When the condition ended; None: it has not.
        priority: The highest it had.
        acknowledged_at: When someone acknowledged it, even after its end; None: nobody did.
        hidden: It was merged into a stronger one when it began.
        unresolved_s: For how long its data were missing.
    """

    condition: str
    kind: Kind
    onset: float
    began: float
    ended: float | None
    priority: Priority
    acknowledged_at: float | None = None
    hidden: bool = False
    unresolved_s: float = 0.0

    def duration(self, now: float) -> float:
        """Seconds that it was there, up to `now`."""
        return (now if self.ended is None else self.ended) - self.began

    @property
    def resolved_alone(self) -> bool:
        """It ended within 15 s without anyone having acknowledged it."""
        if self.ended is None or self.ended - self.began > RESOLVED_WITHIN_S:
            return False
        return self.acknowledged_at is None or self.acknowledged_at > self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A session's alarms in numbers. None: nothing to take it from.

    Attributes:
        hours: Length of the session.
        alarms: Activations that gave signals of their own.
        alarms_per_hour: None for a session without length.
        median_duration_s: Of all of them.
        resolved_alone_share: 0 to 1: ended within 15 s without anyone's doing.
        median_acknowledged_s: From activation to acknowledgement.
        unacknowledged: How many nobody acknowledged.
        paused_min: Minutes with the sound paused.
        without_spo2_min, without_rr_min: Minutes without a valid value.
    """

    hours: float
    alarms: int
    alarms_per_hour: float | None
    median_duration_s: float | None
    resolved_alone_share: float | None
    median_acknowledged_s: float | None
    unacknowledged: int
    paused_min: float
    without_spo2_min: float
    without_rr_min: float


class EpisodeBook:
    """Folds entries into episodes, as they come."""

    def __init__(self) -> None:
        self._open: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._lost_at: dict[str, float] = {}
        self.episodes: list[Episode] = []

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in their order."""
        for entry in entries:
            if isinstance(entry, AlarmChange):
                self._change(entry)

    def _change(self, change: AlarmChange) -> None:
        # One that was there when the program was killed goes on when it is restored.
        if change.event in _BEGINS and change.condition not in self._open:
            self._begin(change)
        if change.event in (Event.DATA_LOST, Event.RESTORED):
            self._lost_at[change.condition] = change.at
        elif change.condition in self._open:
            self._go_on(change)
        if change.event is Event.ACKNOWLEDGED:
            self._acknowledged(change)

    def _begin(self, change: AlarmChange) -> None:
        self._open[change.condition] = self._last[change.condition] = len(self.episodes)
        self.episodes.append(Episode(
            condition=change.condition, kind=change.kind, onset=change.onset, began=change.at, ended=None,
            priority=change.priority, hidden=bool(change.hidden_by),
        ))  # fmt: skip

    def _go_on(self, change: AlarmChange) -> None:
        index = self._open[change.condition]
        episode = self.episodes[index]
        if change.event is Event.ESCALATED:
            episode = replace(episode, priority=max(episode.priority, change.priority))
        if change.event in (Event.DATA_RETURNED, Event.RESET):
            lost = change.at - self._lost_at.pop(change.condition, change.at)
            episode = replace(episode, unresolved_s=episode.unresolved_s + lost)
        if change.event in _ENDS:
            episode = replace(episode, ended=change.at)
            del self._open[change.condition]
        self.episodes[index] = episode

    def _acknowledged(self, change: AlarmChange) -> None:
        """The first acknowledgement counts."""
        index = self._last.get(change.condition)
        if index is not None and self.episodes[index].acknowledged_at is None:
            self.episodes[index] = replace(self.episodes[index], acknowledged_at=change.at)


def episodes(entries: Iterable[Entry]) -> tuple[Episode, ...]:
    """The episodes of a session, in the order in which they began."""
    book = EpisodeBook()
    book.add(entries)
    return tuple(book.episodes)


def paused_s(entries: Iterable[Entry], until: float) -> float:
    """Seconds with the sound paused, up to `until`; a restart of the program ends a pause."""
    total, began = 0.0, None
    for entry in entries:
        if not isinstance(entry, ActTaken):
            continue
        if entry.act is Act.AUDIO_PAUSED:
            began = entry.at
        elif began is not None and (entry.act is Act.AUDIO_PAUSE_ENDED or entry.after_restart):
            total, began = total + entry.at - (entry.seconds or 0.0) - began, None
    return total if began is None else total + until - began


def figures(
    entries: Iterable[Entry], began: float, ended: float, without_s: dict[str, float] | None = None
) -> Figures:
    """The figures of a session.

    Args:
        entries: All of the session, in order.
        began, ended: Monotonic seconds.
        without_s: What the engine counted (`Watch.without_s`).
    """
    kept = tuple(entries)
    alarms = [episode for episode in episodes(kept) if not episode.hidden]
    seen = [e.acknowledged_at - e.began for e in alarms if e.acknowledged_at is not None]
    hours = (ended - began) / 3600
    without = without_s or {}
    return Figures(
        hours=hours,
        alarms=len(alarms),
        alarms_per_hour=len(alarms) / hours if hours > 0 else None,
        median_duration_s=_median([e.duration(ended) for e in alarms]),
        resolved_alone_share=sum(e.resolved_alone for e in alarms) / len(alarms) if alarms else None,
        median_acknowledged_s=_median(seen),
        unacknowledged=len(alarms) - len(seen),
        paused_min=paused_s(kept, ended) / 60,
        without_spo2_min=without.get("spo2", 0.0) / 60,
        without_rr_min=without.get("rr", 0.0) / 60,
    )


def _median(numbers: list[float]) -> float | None:
    return median(numbers) if numbers else None

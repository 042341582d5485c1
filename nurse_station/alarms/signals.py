"""What a bed's alarms look and sound like now: merging, ranking, the one sound. Pure functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nurse_station.alarms.conditions import RANK, REPEAT_S
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.track import Track
from nurse_station.alarms.words import Kind, Priority

Tracks = Mapping[str, Track]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmStatus:
    """One alarm as a screen shows it.

    Attributes:
        condition: Key of the condition.
        kind: Its kind.
        priority: What colour and flashing go by: of the condition, or of what latched.
        state: Where it is in its life (never INACTIVE or PENDING here).
        since: When it became active, monotonic seconds.
        onset: When the condition began, before its delay.
        value: What is measured now; None: not known, or nothing to measure.
        limit: What it is compared with; None: nothing.
        acknowledged: Someone has seen it.
        hidden_by: The condition that says the same more strongly; empty: none does.
        off: Switched off for this patient: no sound, and no light unless HIGH.
        why_off: The reason given; empty: it is not off.
        text: Key of its words.
        detail: Parameters, sensors or parts of a pattern that the words name.
        repeat_at: When a measurement should be repeated, monotonic seconds; None: nothing to repeat.
    """

    condition: str
    kind: Kind
    priority: Priority
    state: State
    since: float
    onset: float
    value: float | None
    limit: float | None
    acknowledged: bool
    hidden_by: str
    off: bool
    why_off: str
    text: str
    detail: tuple[str, ...]
    repeat_at: float | None

    @property
    def visible(self) -> bool:
        """Whether it gives a visual signal by itself. What a stronger one hides is seen through that one."""
        return not self.hidden_by and (not self.off or self.priority is Priority.HIGH)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSignal:
    """The one sound of a bed.

    Attributes:
        condition: What it sounds for.
        priority: Which burst.
        repeats: Burst after burst; False: one burst, and another when `began` is another.
        began: Monotonic seconds.
    """

    condition: str
    priority: Priority
    repeats: bool
    began: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The audio is paused.

    Attributes:
        began, until: Monotonic seconds, never more than 120 s apart.
        over: The highest priority that it silenced: something new of at least this breaks through.
        who: Who asked for it.
    """

    began: float
    until: float
    over: Priority
    who: str


def hidden_by(track: Track, tracks: Tracks, off: Collection[str]) -> str:
    """The condition that says the same at least as strongly now; empty: none."""
    for hider in tracks.values():
        says_the_same = track.row.key in hider.row.hides and hider.present and hider.row.key not in off
        # One monitor of several is lost: a probe that is off at another one is still to be signalled.
        if says_the_same and not hider.found.partial and hider.priority >= track.shown:
            return hider.row.key
    return ""


def status_of(track: Track, tracks: Tracks, off: Mapping[str, str]) -> AlarmStatus:
    """One alarm, frozen."""
    key = track.row.key
    one_burst = track.row.one_burst and track.present
    return AlarmStatus(
        condition=key,
        kind=track.row.kind,
        priority=track.shown,
        state=track.life.state,
        since=track.since,
        onset=track.onset,
        value=None if track.life.state is State.UNRESOLVED else track.found.value,
        limit=track.found.limit,
        acknowledged=track.life.acknowledged,
        hidden_by=hidden_by(track, tracks, off.keys()),
        off=key in off,
        why_off=off.get(key, ""),
        text=track.row.text,
        detail=track.found.detail,
        repeat_at=track.burst_at + REPEAT_S if one_burst else None,
    )


def ranked(statuses: Collection[AlarmStatus]) -> tuple[AlarmStatus, ...]:
    """Most urgent first: visible, then priority, present before latched, the table's rank, the oldest."""
    return tuple(sorted(statuses, key=lambda s: (
        not s.visible, -s.priority, s.state is State.LATCHED, RANK[s.condition], s.since
    )))  # fmt: skip


def loudest(tracks: Tracks, off: Collection[str], now: float) -> Track | None:
    """The alarm whose sound comes first, before any pause; None: nothing sounds."""
    candidates = [
        track for key, track in tracks.items()
        if key not in off and track.audible(now) is not Priority.NONE and not hidden_by(track, tracks, off)
    ]  # fmt: skip
    return max(candidates, key=lambda track: (track.audible(now), -RANK[track.row.key]), default=None)


def sound_of(track: Track, now: float) -> AudioSignal:
    """The sound of an alarm."""
    priority = track.audible(now)
    repeats = not track.row.one_burst or priority is Priority.HIGH
    began = track.since if repeats else track.burst_at
    return AudioSignal(condition=track.row.key, priority=priority, repeats=repeats, began=began)

"""One bed watched without anyone's doing: time, rules, merging, the pause's end. `engine` adds the commands.

It reads no clock; time that goes back counts as standing still.
"""

from collections.abc import Iterable, Iterator

from nurse_station.alarms.bedside import Bedside, Heard
from nurse_station.alarms.changes import STARTED_AGAIN, Act, ActTaken, AlarmChange, Entry
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.lifecycle import Event
from nurse_station.alarms.limits import LimitChange, Limits
from nurse_station.alarms.memory import AlarmMemory, HeldAlarm, care_of, remembered
from nurse_station.alarms.rules import Finding
from nurse_station.alarms.signals import (
    AlarmStatus,
    AudioSignal,
    Pause,
    hidden_by,
    loudest,
    ranked,
    sound_of,
    status_of,
)
from nurse_station.alarms.track import Track
from nurse_station.alarms.words import Phase, Priority, Truth

STATION = "station"
"""Who did what no person did."""
PAUSE_S = 120.0
GAP_S = 10.0
"""Not being asked for longer than this is a gap in the monitoring."""
_SOUNDS_ANEW = frozenset({Event.DELAY_ELAPSED, Event.ESCALATED, Event.REMINDED, Event.RESTORED})
# A pattern over other conditions is judged after them.
_ORDER = sorted(CONDITIONS.values(), key=lambda row: row.key == "airway_pattern")


class Watch:
    """What an engine does by itself.

    Attributes:
        limits: What is set for this bed now.
        pause: The audio pause that runs; None: none.
        off: Condition -> why it is switched off for this patient.
        without_s: "spo2", "rr" -> seconds without a valid value since the patient came.
    """

    def __init__(self, limits: Limits, now: float) -> None:
        """Start watching at monotonic second `now`; nothing is known yet."""
        self.limits = limits
        self.pause: Pause | None = None
        self.off: dict[str, str] = {}
        self.without_s = {"spo2": 0.0, "rr": 0.0}
        self._bed = Bedside(limits=limits.effective)
        self._tracks = {row.key: Track(row) for row in _ORDER}
        self._now = now
        self._number = 0
        self._entries: list[Entry] = []

    @property
    def phase(self) -> Phase:
        """Where the patient is in the treatment."""
        return self._bed.care.phase

    @property
    def check_due_at(self) -> float | None:
        """When the next responsiveness check is due, monotonic seconds; None: none is."""
        return self._bed.care.check_due_at

    def update(self, heard: Iterable[Heard], now: float) -> list[Entry]:
        """Take what the monitors said up to monotonic second `now`; give what changed.

        What was known before counts until `now`: a low value that lasted its delay alarms even if the
        next one is better.
        """
        self._advance(now)
        self._bed.hear(heard)
        self._step()
        return self._taken()

    def tick(self, now: float) -> list[Entry]:
        """Nothing was said: let delays, holds, pauses and silence pass. At least once a second."""
        self._advance(now)
        return self._taken()

    def statuses(self) -> tuple[AlarmStatus, ...]:
        """Every alarm that is there or latched, hidden ones too, most urgent first."""
        shown = [track for track in self._tracks.values() if track.shown is not Priority.NONE]
        return ranked([status_of(track, self._tracks, self.off) for track in shown])

    def sound(self) -> AudioSignal | None:
        """What is to sound now; None: nothing, or it is paused."""
        if self.pause is not None:
            return None
        track = loudest(self._tracks, self.off, self._now)
        return None if track is None else sound_of(track, self._now)

    def memory(self) -> AlarmMemory:
        """What to keep, so that `engine.resumed` goes on after a restart."""
        return remembered(self.limits, self._bed.care, self._tracks.values(), self._now)

    def _advance(self, now: float) -> None:
        """Let time pass over what is known."""
        passed = max(0.0, now - self._now)
        self._count_unmeasured(passed)
        self._now += passed
        if passed > GAP_S:
            self._gap(passed, "not asked")
        if self.pause is not None and self._now >= self.pause.until:
            self._end_pause("elapsed", STATION)
        self._step()

    def _count_unmeasured(self, passed: float) -> None:
        for name, parameters in (("spo2", ("spo2",)), ("rr", ("rr_co2", "rr_imp"))):
            if self._bed.first(parameters, self._now) is None:
                self.without_s[name] += passed

    def _step(self) -> None:
        self._bed.hold()
        try:
            self._look_at_tracks()
        finally:
            self._bed.let_go()
        self._bed.gap = False
        self._let_bursts_wait()

    def _look_at_tracks(self) -> None:
        bed, now = self._bed, self._now
        for key, track in self._tracks.items():
            if track.look(bed, now):
                self._run(track, track.live(bed, now))
            if track.present:
                bed.parts[key] = (track.priority, now)

    def _let_bursts_wait(self) -> None:
        """What sounds once is heard once: after the pause, or after what is louder."""
        now = self._now
        bursts = [t for t in self._tracks.values() if t.row.one_burst and t.audible(now)]
        if bursts:
            heard = None if self.pause is not None else loudest(self._tracks, self.off, now)
            for track in bursts:
                if track is not heard:
                    track.wait(now)

    def _run(self, track: Track, events: Iterator[Event], who: str = "") -> None:
        """Let a track go through its events, and give each to the record."""
        before = track.life.state
        for event in events:
            hider = hidden_by(track, self._tracks, self.off)
            self._entries.append(AlarmChange(
                number=self._next(), at=self._now, condition=track.row.key, kind=track.row.kind,
                event=event, before=before, after=track.life.state, priority=track.priority,
                acknowledged=track.life.acknowledged, value=track.found.value, limit=track.found.limit,
                delay_s=track.delay_s, detail=track.found.detail, onset=track.onset, hidden_by=hider, who=who,
            ))  # fmt: skip
            before = track.life.state
            if event in _SOUNDS_ANEW and not hider and track.row.key not in self.off:
                self._break_through(track)

    def _break_through(self, track: Track) -> None:
        audible = track.audible(self._now)
        if self.pause is not None and audible is not Priority.NONE and audible >= self.pause.over:
            self._end_pause("breakthrough", STATION)

    def _end_pause(self, why: str, who: str) -> None:
        self.pause = None
        self._note(Act.AUDIO_PAUSE_ENDED, who, why=why)

    def _gap(self, seconds: float, why: str) -> None:
        self._bed.gap = True
        self._note(Act.GAP, STATION, why=why, seconds=round(seconds, 1))

    def _note(self, act: Act, who: str, *, condition: str = "", why: str = "",
              until: float | None = None, change: LimitChange | None = None,
              seconds: float | None = None) -> None:  # fmt: skip
        self._entries.append(ActTaken(
            number=self._next(), at=self._now, act=act, who=who, condition=condition, why=why, until=until,
            change=change, seconds=seconds,
        ))  # fmt: skip

    def _set_limits(self, limits: Limits) -> None:
        self.limits = limits
        self._bed.limits = limits.effective

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _taken(self) -> list[Entry]:
        entries, self._entries = self._entries, []
        return entries

    def restore(self, memory: AlarmMemory, gap_s: float | None) -> None:
        """Take up what another watch remembered, `gap_s` seconds later; None: nobody was away."""
        self._bed.care = care_of(memory, self._now, gap_s or 0.0)
        if gap_s is not None:
            self._gap(gap_s, STARTED_AGAIN)
        for held in memory.held:
            track = self._tracks.get(held.condition)
            if track is not None:
                there = track.restore(held.levels, _last(held), self._now, held.light, held.sound)
                self._run(track, there)


def _last(held: HeldAlarm) -> Finding:
    return Finding(Truth.UNKNOWN, held.value, held.limit, held.detail)

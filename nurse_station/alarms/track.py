"""One condition of one bed on its way through life: rules -> timers -> transitions. Reads no clock."""

from collections.abc import Iterator
from dataclasses import dataclass

from nurse_station.alarms.bedside import Bedside
from nurse_station.alarms.conditions import EVERY_PHASE, REPEAT_S, Condition, Level
from nurse_station.alarms.lifecycle import INACTIVE, Event, Life, State, after
from nurse_station.alarms.rules import RULES, UNKNOWN, Finding, Rule
from nurse_station.alarms.timer import LevelTimer
from nurse_station.alarms.words import Latch, Priority, Truth

REMIND_AFTER_S = 180.0
"""A HIGH alarm that is still there sounds again so long after it was acknowledged."""
BURST_S = 4.0
"""How long an alarm that sounds once asks for its sound."""
NONE = Priority.NONE
_BEYOND = Truth.BEYOND
_PRESENT = (State.ACTIVE, State.UNRESOLVED)


@dataclass(slots=True)
class _Watch:
    """One level: its rule, its timer, the newest finding.

    `counted` says whether it is, or until now was, present: what is known of it decides over held alarms.
    """

    level: Level
    key: str
    delay_key: str
    rule: Rule
    timer: LevelTimer
    always: bool
    found: Finding = UNKNOWN
    counted: bool = False

    @property
    def known(self) -> bool:
        return self.found.truth is not Truth.UNKNOWN

    def look(self, row: Condition, bed: Bedside, now: float) -> bool:
        """Find out; returns whether it is present or pending."""
        if not self.always and bed.care.phase not in self.level.during:
            self.timer, self.found, self.counted = LevelTimer(), UNKNOWN, False
            return False
        self.found = found = self.rule(row, self.key, bed, now)
        timer = self.timer
        if found.truth is not _BEYOND and not timer.stirs:
            self.counted = False
            return False
        self.counted = timer.present
        timer.step(found.truth, now, bed.limits.get(self.delay_key, 0.0), row.hold_s)
        self.counted |= timer.present
        return timer.stirs


def _watch(row: Condition, level: Level) -> _Watch:
    key = f"{row.key}.{level.name}"
    return _Watch(level, key, f"{key}_delay_s", RULES[level.rule], LevelTimer(), level.during == EVERY_PHASE)


class Track:
    """The alarm of one condition.

    Attributes:
        row: Its condition.
        life: Its state and whether it was acknowledged.
        priority: Of the levels present now; of the last ones, once they ended.
        onset: When the condition began, before its delay.
        since: When it became active.
        found: What the level that counts found last with data.
        delay_s: That level's delay.
        burst_at: When an alarm that sounds once last began to.
        burst_until: Until when it asks for that sound.
        latched_light, latched_sound: The priority of the signals that outlive it; NONE: none does.
    """

    def __init__(self, row: Condition) -> None:
        self.row = row
        self.life: Life = INACTIVE
        self.priority = NONE
        self.onset = self.since = 0.0
        self.found = UNKNOWN
        self.delay_s = 0.0
        self.burst_at = self.burst_until = float("-inf")
        self._watches = tuple(_watch(row, level) for level in row.levels)
        self.latched_light = self.latched_sound = NONE
        self._seen_at = 0.0
        self._parts: dict[str, float] = {}
        self._known: set[str] = set()

    @property
    def present(self) -> bool:
        """Active, or unresolved: it counts as there."""
        return self.life.state in _PRESENT

    @property
    def shown(self) -> Priority:
        """The priority that it is shown with; NONE: not shown."""
        if self.present:
            return max(self.priority, self.latched_light)
        return self.latched_light if self.life.state is State.LATCHED else NONE

    @property
    def levels_present(self) -> tuple[str, ...]:
        """Names of the levels that are there now."""
        return tuple(watch.level.name for watch in self._watches if watch.timer.present)

    def audible(self, now: float) -> Priority:
        """The priority that it would sound with; NONE: silent."""
        if self.life.acknowledged:
            return NONE
        if self.row.one_burst and self.priority < Priority.HIGH:
            return self.priority if now < self.burst_until and self.shown else NONE
        return max(self.priority if self.present else NONE, self.latched_sound)

    def wait(self, now: float) -> None:
        """Nobody could hear it at monotonic second `now`: its one burst waits for its turn."""
        self.burst_until = now + BURST_S

    def look(self, bed: Bedside, now: float) -> bool:
        """Let every level look at what is known; returns whether anything comes of it."""
        stirs = self.life is not INACTIVE
        for watch in self._watches:
            stirs |= watch.look(self.row, bed, now)
        return stirs

    def live(self, bed: Bedside, now: float) -> Iterator[Event]:
        """Go on from what `look` has found; gives each event after it has happened."""
        known = any(watch.known for watch in self._watches if watch.counted)
        stirs = any(watch.timer.stirs for watch in self._watches)
        self._look_at_strongest(bed)
        if self.life.state in _PRESENT:
            yield from self._while_present(known, now)
            if self._concerns_more(bed, now):
                self._arm_latches()
                yield self._to(Event.ESCALATED)
        elif self._strongest() is not NONE:
            yield from self._become_active(now)
            self._parts, self._known = {}, set(self._parts_now(bed))
        else:
            yield from self._while_absent(stirs, now)
        if self.row.one_burst and self.present:
            self._burst_again(now)

    def acknowledge(self, now: float) -> Iterator[Event]:
        """Someone has seen it. Gives nothing if there is nothing to see."""
        if self.life.acknowledged or self.life.state in (State.INACTIVE, State.PENDING):
            return
        self.latched_light = self.latched_sound = NONE
        self._seen_at = now
        yield self._to(Event.ACKNOWLEDGED)

    def reset(self) -> Iterator[Event]:
        """Another patient."""
        if self.life.state is not State.INACTIVE:
            yield self._to(Event.RESET)
        self.__init__(self.row)  # type: ignore[misc]

    def restore(
        self, levels: tuple[str, ...], found: Finding, now: float, light: Priority, sound: Priority
    ) -> Iterator[Event]:
        """It was there, or latched, before the program was started again.

        Gives nothing for levels it does not know.
        """
        for watch in self._watches:
            if watch.level.name in levels:
                watch.timer.restore()
        self.latched_light, self.latched_sound = light, sound
        if self._strongest() is NONE and light is NONE:
            return
        self.found = found
        self.onset = self.since = now
        self._burst(now)
        if self._strongest() is NONE:
            self.priority = light
            yield self._to(Event.ENDED_UNSEEN)
            return
        self._take_priority()
        self._arm_latches()
        yield self._to(Event.RESTORED)

    def _look_at_strongest(self, bed: Bedside) -> None:
        """Keep what the level that counts has found: the strongest present, else the strongest pending."""
        watch = max(
            self._watches, key=lambda w: (w.timer.present, w.timer.pending, w.known, w.level.priority)
        )
        if watch.known:
            self.found = watch.found
        self.delay_s = bed.limits.get(watch.delay_key, 0.0)

    def _while_present(self, known: bool, now: float) -> Iterator[Event]:
        if known and self.life.state is State.UNRESOLVED:
            yield self._to(Event.DATA_RETURNED)
        strongest = self._strongest()
        if strongest is NONE:
            yield self._end()
        elif strongest > self.priority:
            self._take_priority()
            self._arm_latches()
            yield self._to(Event.ESCALATED)
        elif strongest < self.priority:
            self._take_priority()
            yield self._to(Event.DEESCALATED)
        elif not known and self.life.state is State.ACTIVE:
            yield self._to(Event.DATA_LOST)
        if (
            self.life.acknowledged
            and self.priority is Priority.HIGH
            and now - self._seen_at >= REMIND_AFTER_S
        ):
            self._arm_latches()
            yield self._to(Event.REMINDED)

    def _concerns_more(self, bed: Bedside, now: float) -> bool:
        """Another part of it has been there for its delay: what was acknowledged was less."""
        delays = self._parts_now(bed)
        self._parts = {part: self._parts.get(part, now) for part in delays}
        there = {part for part, since in self._parts.items() if now - since >= delays[part]}
        more = bool(there - self._known)
        self._known = (self._known & delays.keys()) | there
        return more and self.life.state is State.ACTIVE

    def _parts_now(self, bed: Bedside) -> dict[str, float]:
        """What it concerns, where that matters -> the delay of a part, seconds."""
        return {
            part: bed.limits.get(watch.delay_key, 0.0)
            for watch in self._watches
            if watch.level.by_part and watch.timer.present and watch.level.priority is self.priority
            for part in watch.found.detail
        }

    def _become_active(self, now: float) -> Iterator[Event]:
        if self.life.state is State.INACTIVE:
            self.onset = now
            yield self._to(Event.STARTED)
        elif self.life.state is State.LATCHED:
            self.onset = max(self.since, now - self.delay_s)
        self.since = now
        self._burst(now)
        self._take_priority()
        self._arm_latches()
        yield self._to(Event.DELAY_ELAPSED)
        if self.row.once:
            for watch in self._watches:
                watch.timer = LevelTimer()
            yield self._end()

    def _while_absent(self, pending: bool, now: float) -> Iterator[Event]:
        if pending and self.life.state is State.INACTIVE:
            self.onset = now
            yield self._to(Event.STARTED)
        elif not pending and self.life.state is State.PENDING:
            yield self._to(Event.ENDED)

    def _end(self) -> Event:
        """The condition is gone; what latches stays until someone acknowledges it."""
        return self._to(Event.ENDED_UNSEEN if self.latched_light else Event.ENDED)

    def _burst_again(self, now: float) -> None:
        """A new measurement that is still beyond, or no new one in time, is worth another burst."""
        measured = self.found.at is not None and self.found.at > self.burst_at
        if measured or now - self.burst_at >= REPEAT_S:
            self._burst(now)

    def _burst(self, now: float) -> None:
        self.burst_at, self.burst_until = now, now + BURST_S

    def _strongest(self) -> Priority:
        return max((w.level.priority for w in self._watches if w.timer.present), default=NONE)

    def _take_priority(self) -> None:
        self.priority = self._strongest()

    def _arm_latches(self) -> None:
        for watch in self._watches:
            if watch.timer.present:
                latches, priority = watch.level.latches, watch.level.priority
                if latches is not Latch.NONE:
                    self.latched_light = max(self.latched_light, priority)
                if latches is Latch.AUDIO_AND_VISUAL:
                    self.latched_sound = max(self.latched_sound, priority)

    def _to(self, event: Event) -> Event:
        self.life = after(self.life, event)
        return event

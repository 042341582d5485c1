"""When the patient is to be looked at: due, late, done. Pure functions of what was done; no clock.

Times are seconds on one axis, whichever the caller uses for all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What a check is waiting for."""

    NONE = "none"
    """Nothing is due."""
    COMING = "coming"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How often one kind of check is due.

    Attributes:
        every_s: Seconds from one to the next.
        after_raise_s: So soon after the rate was raised there must be one; None: no matter.
        repeats_after_raise: So many in a row after a raise, each `after_raise_s` after the other.
        on_alarm: Whether an alarm of breathing or oxygen makes it due at once.
        late_after_s: Due for so long it is late.
    """

    every_s: float
    after_raise_s: float | None = None
    repeats_after_raise: int = 1
    on_alarm: bool = False
    late_after_s: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When one kind of check is due.

    Attributes:
        kind: Which.
        at: When; None: not at all.
        why: "interval", "raise", "alarm", "recheck".
        late_after_s: See Interval.
    """

    kind: str
    at: float | None
    why: str = "interval"
    late_after_s: float = 120.0

    def stage(self, now: float) -> Stage:
        """Where it stands at `now`."""
        if self.at is None:
            return Stage.NONE
        if now < self.at:
            return Stage.COMING
        return Stage.DUE if now < self.at + self.late_after_s else Stage.LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened that a check depends on.

    Attributes:
        since: When the schedule began.
        done: When this kind was done.
        raises: When the rate was raised.
        alarms: When alarms of breathing or oxygen became active.
        recheck_at: When a finding asks for it again; None: none does.
    """

    since: float
    done: tuple[float, ...] = ()
    raises: tuple[float, ...] = ()
    alarms: tuple[float, ...] = ()
    recheck_at: float | None = None


def next_due(kind: str, interval: Interval, past: Past) -> Due:
    """When the next check of a kind is due, and why: the earliest of all reasons."""
    last = max(past.done, default=past.since)
    reasons: list[tuple[float, str]] = [(last + interval.every_s, "interval")]
    reasons += [(at, "raise") for at in _after_raises(interval, past)]
    if interval.on_alarm:
        reasons += [(at, "alarm") for at in past.alarms if at > last]
    if past.recheck_at is not None and past.recheck_at > last:
        reasons.append((past.recheck_at, "recheck"))
    at, why = min(reasons)
    return Due(kind=kind, at=at, why=why, late_after_s=interval.late_after_s)


def _after_raises(interval: Interval, past: Past) -> Iterable[float]:
    """The look that each raise asks for and that was not done since: a later raise excuses from none.

    A look after the last that a raise asks for ends its row, whether or not all before it are remembered.
    """
    if interval.after_raise_s is None:
        return
    last = max(past.done, default=past.since)
    for raised in past.raises:
        done = sum(1 for at in past.done if at > raised)
        over = last >= raised + interval.repeats_after_raise * interval.after_raise_s
        if done < interval.repeats_after_raise and not over:
            yield raised + (done + 1) * interval.after_raise_s


def soonest(dues: Mapping[str, Due]) -> Due | None:
    """The next thing due of all kinds; None: nothing is."""
    timed = [due for due in dues.values() if due.at is not None]
    return min(timed, key=lambda due: due.at or 0.0, default=None)

"""What the engine gives to the record: every transition of an alarm, every act. Frozen values.

`as_json` and `entry_from_json` take them to a journal and back without loss.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limits import LimitChange, Scope
from nurse_station.alarms.words import Kind, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmChange:
    """One transition of one alarm; each is given exactly once, in order.

    Attributes:
        number: Counts the entries of one engine from 1, so that a missing one is noticed.
        at: Monotonic seconds.
        condition: Key of the condition.
        kind: Its kind.
        event: What happened.
        before, after: Its state.
        priority: After the event; for an end, the priority that it had.
        acknowledged: After the event.
        value: What was measured then; None: not known, or nothing to measure.
        limit: What it was compared with; None: nothing.
        delay_s: The delay of the level that counts.
        detail: Parameters, sensors or parts that it concerns.
        onset: When the condition began (before its delay), monotonic seconds.
        hidden_by: The condition that says the same more strongly; empty: it is signalled itself.
        who: Who acknowledged; empty: nobody did.
    """

    number: int
    at: float
    condition: str
    kind: Kind
    event: Event
    before: State
    after: State
    priority: Priority
    acknowledged: bool
    value: float | None
    limit: float | None
    delay_s: float
    detail: tuple[str, ...]
    onset: float
    hidden_by: str = ""
    who: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and words, as `entry_from_json` takes them."""
        return {**asdict(self), "detail": list(self.detail), "priority": self.priority.name.lower()}


STARTED_AGAIN = "started again"
"""Why there is a gap, when the program was gone."""


class Act(StrEnum):
    """What was done to the alarms of a bed."""

    AUDIO_PAUSED = "audio_paused"
    AUDIO_PAUSE_ENDED = "audio_pause_ended"
    """`why` says how: "elapsed", "cancelled", "breakthrough", "new patient"."""
    SWITCHED_OFF = "alarm_off"
    SWITCHED_ON = "alarm_on"
    LIMIT_SET = "limit_set"
    PHASE_SET = "phase_set"
    FOUND = "found"
    """A nurse entered a responsiveness score."""
    DUE_SET = "due_set"
    FAULT = "fault"
    MONITOR_EXPECTED = "monitor_expected"
    GAP = "monitoring_gap"
    NEW_PATIENT = "new_patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActTaken:
    """One act; each is given exactly once, in order with the transitions.

    Attributes:
        number: See AlarmChange.
        at: Monotonic seconds.
        act: What was done.
        who: Who did it; "station": the program itself.
        condition: Which alarm, where it is one.
        why: The reason given, or what was said.
        until: When it ends by itself, monotonic seconds; None: it does not.
        change: For a limit: old and new.
        seconds: Of a gap: how long nobody watched; None: it is no gap.
    """

    number: int
    at: float
    act: Act
    who: str
    condition: str = ""
    why: str = ""
    until: float | None = None
    change: LimitChange | None = None
    seconds: float | None = None

    @property
    def after_restart(self) -> bool:
        """It is the gap of a program that was started again."""
        return self.act is Act.GAP and self.why == STARTED_AGAIN

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and words, as `entry_from_json` takes them."""
        return asdict(self)


Entry = AlarmChange | ActTaken


def entry_from_json(body: Mapping[str, Any]) -> Entry:
    """What `as_json` gave. Raises KeyError, TypeError or ValueError for anything else."""
    return _change_from(body) if "event" in body else _act_from(body)


def moved(entry: Entry, by: float) -> Entry:
    """The same entry with its times `by` seconds later: another run's clock has another zero."""
    if isinstance(entry, AlarmChange):
        return replace(entry, at=entry.at + by, onset=entry.onset + by)
    return replace(entry, at=entry.at + by, until=None if entry.until is None else entry.until + by)


def _change_from(body: Mapping[str, Any]) -> AlarmChange:
    words = {
        "kind": Kind(body["kind"]),
        "event": Event(body["event"]),
        "before": State(body["before"]),
        "after": State(body["after"]),
        "priority": Priority[body["priority"].upper()],
        "detail": tuple(body["detail"]),
    }
    return AlarmChange(**{**body, **words})


def _act_from(body: Mapping[str, Any]) -> ActTaken:
    change = body["change"]
    limit = None if change is None else LimitChange(**{**change, "scope": Scope(change["scope"])})
    return ActTaken(**{**body, "act": Act(body["act"]), "change": limit})

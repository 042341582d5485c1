"""The life of one alarm, as a table. A transition that is not in it cannot happen: it raises.

States after IEC 60601-1-8; the second word of each pair is whether it was acknowledged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where an alarm is in its life."""

    INACTIVE = "inactive"
    PENDING = "pending"
    """The condition is there, its delay runs."""
    ACTIVE = "active"
    UNRESOLVED = "unresolved"
    """It was active when its data vanished: nobody knows whether it still is."""
    LATCHED = "latched"
    """The condition ended, nobody has acknowledged it."""


class Event(StrEnum):
    """What happens to an alarm."""

    STARTED = "started"
    """Its condition was found; the delay begins."""
    DELAY_ELAPSED = "delay_elapsed"
    ENDED = "ended"
    ENDED_UNSEEN = "ended_unseen"
    """The condition ended and its signals latch; or it had so before the program was started again."""
    DATA_LOST = "data_lost"
    DATA_RETURNED = "data_returned"
    ESCALATED = "escalated"
    """Its priority rose, or it concerns more than before: an acknowledgement of the less does not count."""
    DEESCALATED = "deescalated"
    ACKNOWLEDGED = "acknowledged"
    REMINDED = "reminded"
    """Acknowledged long ago and still there: it sounds again."""
    RESTORED = "restored"
    """It was active before the program was started again."""
    RESET = "reset"
    """Another patient."""


@dataclass(frozen=True, slots=True)
class Life:
    """Where an alarm is, and whether it was acknowledged there."""

    state: State
    acknowledged: bool = False


INACTIVE = Life(State.INACTIVE)
PENDING = Life(State.PENDING)
ACTIVE = Life(State.ACTIVE)
ACTIVE_SEEN = Life(State.ACTIVE, acknowledged=True)
UNRESOLVED = Life(State.UNRESOLVED)
UNRESOLVED_SEEN = Life(State.UNRESOLVED, acknowledged=True)
LATCHED = Life(State.LATCHED)

# fmt: off
TRANSITIONS: Mapping[Life, Mapping[Event, Life]] = MappingProxyType({
    INACTIVE: {Event.STARTED: PENDING, Event.RESTORED: UNRESOLVED, Event.ENDED_UNSEEN: LATCHED},
    PENDING: {Event.DELAY_ELAPSED: ACTIVE, Event.ENDED: INACTIVE, Event.RESET: INACTIVE},
    ACTIVE: {Event.ENDED: INACTIVE, Event.ENDED_UNSEEN: LATCHED, Event.DATA_LOST: UNRESOLVED,
             Event.ESCALATED: ACTIVE, Event.DEESCALATED: ACTIVE, Event.ACKNOWLEDGED: ACTIVE_SEEN,
             Event.RESET: INACTIVE},
    ACTIVE_SEEN: {Event.ENDED: INACTIVE, Event.DATA_LOST: UNRESOLVED_SEEN, Event.ESCALATED: ACTIVE,
                  Event.DEESCALATED: ACTIVE_SEEN, Event.REMINDED: ACTIVE, Event.RESET: INACTIVE},
    UNRESOLVED: {Event.DATA_RETURNED: ACTIVE, Event.ACKNOWLEDGED: UNRESOLVED_SEEN, Event.RESET: INACTIVE},
    UNRESOLVED_SEEN: {Event.DATA_RETURNED: ACTIVE_SEEN, Event.REMINDED: UNRESOLVED, Event.RESET: INACTIVE},
    LATCHED: {Event.DELAY_ELAPSED: ACTIVE, Event.ACKNOWLEDGED: INACTIVE, Event.RESET: INACTIVE},
})
# fmt: on


class IllegalTransitionError(Exception):
    """A mistake in the program: the engine sent an event that this state does not accept."""


def after(life: Life, event: Event) -> Life:
    """Where `event` leads. Raises IllegalTransitionError."""
    following = TRANSITIONS[life].get(event)
    if following is None:
        msg = f"{event} cannot happen to an alarm that is {life.state} (acknowledged: {life.acknowledged})"
        raise IllegalTransitionError(msg)
    return following

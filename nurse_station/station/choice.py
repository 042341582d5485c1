"""Which of several sources of one measurement counts, without flapping. No clock, no monitor: a rule.

One that has a current value counts before one that has not; among those that have, the preferred one,
once it has had its value for some seconds. Two changes are never closer together than `HOLD_S`.
"""

from collections.abc import Mapping
from enum import IntEnum

BACK_S = 5.0
"""A preferred source counts again when it has had a current value for so long without a break."""
HOLD_S = 5.0
"""A change of source holds at least for so long, even if the new one loses its value: `---` is shown then."""


class Standing(IntEnum):
    """What a source has to say of a measurement now."""

    NOTHING = 0
    """It is not heard, or has no such module."""
    WORD = 1
    """It says that there is no value."""
    OLD = 2
    """A value past its period: a cuff's."""
    CURRENT = 3


class Choice:
    """The source of one measurement.

    Attributes:
        source: The one that counts; None: none has said anything yet.
        instead_of: The preferred one that it stands in for; None: it is the preferred one itself.
    """

    def __init__(self) -> None:
        self.source: str | None = None
        self.instead_of: str | None = None
        self._since = 0.0
        self._valued_since: dict[str, float] = {}

    def step(self, standings: Mapping[str, Standing], now: float) -> bool:
        """Take how all sources stand at monotonic second `now`, the preferred first. Returns: another counts.

        A source that is left out was disconnected: nothing is held for it, and nothing stands in for it.
        """
        self._note_values(standings, now)
        if self.instead_of not in standings:
            self.instead_of = None
        best = self._best(standings, now)
        gone = self.source not in standings
        if best == self.source or not (gone or now - self._since >= HOLD_S):
            return False
        self._remember_fall(best, list(standings))
        self.source, self._since = best, now
        return True

    def _note_values(self, standings: Mapping[str, Standing], now: float) -> None:
        kept = {source: self._valued_since.get(source, now)
                for source, standing in standings.items() if standing is Standing.CURRENT}  # fmt: skip
        self._valued_since = kept

    def _best(self, standings: Mapping[str, Standing], now: float) -> str | None:
        highest = max(standings.values(), default=Standing.NOTHING)
        own = self.source if self.source in standings else None
        if highest is Standing.NOTHING:
            return own
        equals = [source for source, standing in standings.items() if standing is highest]
        if own not in equals:
            return equals[0]
        if highest is not Standing.CURRENT:
            return own
        ready = (each for each in equals if each == own or now - self._valued_since[each] >= BACK_S)
        return next(ready)

    def _remember_fall(self, new: str | None, order: list[str]) -> None:
        """Falling twice is still a fall from the first; whoever rises above it has made it good."""
        before = self.source if self.instead_of is None else self.instead_of
        fallen = before in order and new in order and order.index(new) > order.index(before)
        self.instead_of = before if fallen else None

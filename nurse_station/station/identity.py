"""Whether a monitor still speaks of the patient of whom it spoke first. Stops no record: it only tells."""

from nurse_station.vitals.readings import DeviceCondition

IDENTITY = "patient_identity"
"""Device condition whose detail says whose values the monitor sends."""


class Identities:
    """Who each monitor of a bed says the patient is, since the bed was free.

    Attributes:
        changed: One sentence when a monitor names another patient than at first; empty: none does.
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._now: dict[str, str] = {}
        self.changed = ""

    def hear(self, condition: DeviceCondition) -> bool:
        """Take what a monitor says of itself. Returns whether it has just begun to name someone else."""
        if condition.key != IDENTITY or not condition.detail:
            return False
        source, detail = condition.source, condition.detail
        before = self._now.get(source, detail)
        self._first.setdefault(source, detail)
        self._now[source] = detail
        others = [each for each, first in self._first.items() if self._now[each] != first]
        self.changed = f"the monitor names another patient than before: {', '.join(others)}" if others else ""
        return detail != before

"""How well a line did since it was asked for: silences, and the share of time it received. No clock."""

from nurse_station.station.snapshots import LineHealth, LineState

QUIET = frozenset({LineState.SILENT, LineState.LOST})


class HealthWatch:
    """Follows one line's state. A silence counts from the last good frame, not from when it was noticed."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._quiet = False
        self._silences = 0
        self._receiving_s = self._silent_s = self._watched_s = 0.0

    def step(self, now: float, state: LineState, heard_at: float | None) -> None:
        """The line is in `state` at monotonic second `now`; its last good frame came at `heard_at`."""
        passed = 0.0 if self._last is None else max(0.0, now - self._last)
        self._last = now
        if state is LineState.ENDED:
            return
        self._watched_s += passed
        quiet = state in QUIET
        if quiet and not self._quiet:
            self._silences += 1
            self._take_back(now - passed, heard_at)
        if quiet:
            self._silent_s += passed
        elif state is LineState.RECEIVING:
            self._receiving_s += passed
        self._quiet = quiet

    def _take_back(self, noticed: float, heard_at: float | None) -> None:
        """What was held for receiving since the last good frame was silence already."""
        if heard_at is not None:
            before = min(max(0.0, noticed - heard_at), self._receiving_s)
            self._receiving_s -= before
            self._silent_s += before

    def health(self) -> LineHealth:
        """So far."""
        return LineHealth(
            watched_s=self._watched_s,
            receiving_s=self._receiving_s,
            silences=self._silences,
            silent_s=self._silent_s,
        )

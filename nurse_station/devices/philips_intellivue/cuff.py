"""When a cuff pressure was measured: as the monitor stamps it, else told from what it repeats each second."""

Pressures = tuple[float | None, ...]


class CuffTime:
    """The moment of the newest cuff pressure, monotonic seconds; None: unknown."""

    def __init__(self) -> None:
        self._shown: Pressures | None = None
        self._measuring = False
        self._measured_at: float | None = None

    def update(self, shown: Pressures, *, measuring: bool, at: float, age_s: float | None) -> float | None:
        """Take what the monitor shows now; return when it was measured.

        Args:
            shown: Systolic, diastolic, mean; None: not shown.
            measuring: A measurement is going on; the old pressures may stand meanwhile.
            at: When this arrived.
            age_s: How old the monitor says that the pressures are, seconds; None: it does not say.
        """
        if age_s is not None:
            self._measured_at = self._steady(at - max(age_s, 0.0))
        elif self._shown is None:
            self._measured_at = None  # it may have stood there for long
        elif shown != self._shown or (self._measuring and not measuring):
            self._measured_at = at  # other numbers, or the same three once more
        self._shown, self._measuring = shown, measuring
        return self._measured_at

    def _steady(self, measured_at: float) -> float:
        """The same moment, told again a little later, stays the same: the line's delay is not news."""
        known = self._measured_at
        return known if known is not None and abs(measured_at - known) < 2.0 else measured_at

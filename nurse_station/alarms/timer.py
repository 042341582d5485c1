"""The delay before an alarm and the hold after it: whether one level of a condition is present. No clock."""

from nurse_station.alarms.words import Truth

_ROUNDING_S = 1e-6


class LevelTimer:
    """Follows one rule's findings over time.

    Attributes:
        present: The value was beyond its limit for the whole delay and has not been clear for the hold since.
    """

    __slots__ = ("_began", "_clear_since", "_frozen", "_known_at", "present")

    def __init__(self) -> None:
        self.present = False
        self._began: float | None = None
        self._known_at = 0.0
        self._frozen = False
        self._clear_since: float | None = None

    @property
    def pending(self) -> bool:
        """The value is beyond its limit, or was when it vanished; the delay has not elapsed."""
        return self._began is not None and not self.present

    @property
    def stirs(self) -> bool:
        """Present or pending."""
        return self.present or self._began is not None

    def step(self, truth: Truth, now: float, delay_s: float, hold_s: float) -> None:
        """Take what a rule found at monotonic second `now`."""
        if truth is Truth.BEYOND:
            self._beyond(now, delay_s)
        elif truth is Truth.UNKNOWN:
            # What is not known neither lengthens a delay nor begins a hold.
            self._frozen, self._clear_since = True, None
        else:
            self._began = None
            self._not_beyond(truth, now, hold_s)

    def restore(self) -> None:
        """It was present before the program was started again."""
        self.present = True

    def _beyond(self, now: float, delay_s: float) -> None:
        if self._began is None:
            self._began = now
        elif self._frozen:
            self._began += now - self._known_at
        self._known_at, self._frozen, self._clear_since = now, False, None
        if now - self._began + _ROUNDING_S >= delay_s:
            self.present = True

    def _not_beyond(self, truth: Truth, now: float, hold_s: float) -> None:
        self._frozen = False
        if truth is Truth.WITHIN or not self.present:
            self._clear_since = None
            return
        if self._clear_since is None:
            self._clear_since = now
        if now - self._clear_since + _ROUNDING_S >= hold_s:
            self.present, self._clear_since = False, None

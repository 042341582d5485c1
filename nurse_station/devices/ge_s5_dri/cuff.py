"""When a cuff pressure was measured, told from what the monitor repeats each second.

The old value stays in the record while a new one is being measured; the new value appears a second
or two before the measuring bit clears; a minute later bit 8 says "older than 60 s".
"""

from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.groups import GroupWords

SAME_MEASUREMENT_S = 5.0
OLD_AFTER_S = 60.0
WATCHED_S = 15.0


class CuffTime:
    """The moment of the newest cuff pressure, monotonic seconds; None: unknown."""

    def __init__(self) -> None:
        self._raw: tuple[int, ...] | None = None
        self._measuring = False
        self._old = False
        self._at = 0.0
        self._measured_at: float | None = None

    def update(self, nibp: GroupWords, at: float) -> float | None:
        """Take the group of a live record; return when the pressure that it shows was measured."""
        measuring = bool(nibp.label & layout.NIBP_MEASURING)
        old = bool(nibp.label & layout.NIBP_OLDER_THAN_60_S)
        shown = nibp.raw[:3]
        if self._raw is None:
            self._measured_at = None  # somewhen within the last minute, or before that
        elif shown != self._raw:
            # A value that was just measured is never "older than 60 s": this one was there before us.
            self._measured_at = None if old and not measuring else at
        elif not self._watched(at):
            pass  # what the bits did meanwhile is not known
        elif old and not self._old and self._measured_at is None:
            self._measured_at = at - OLD_AFTER_S  # it is a minute old just now
        elif self._measuring and not measuring and not self._just_measured(at):
            self._measured_at = at  # the same three numbers once more
        self._raw, self._measuring, self._old, self._at = shown, measuring, old, at
        return self._measured_at

    def told(self, measured_at: float) -> None:
        """The monitor itself said when."""
        self._measured_at = measured_at

    def _watched(self, at: float) -> bool:
        """Whether the record before this one was heard just now."""
        return at - self._at <= WATCHED_S

    def _just_measured(self, at: float) -> bool:
        return self._measured_at is not None and at - self._measured_at <= SAME_MEASUREMENT_S

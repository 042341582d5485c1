"""When a cuff pressure was measured, told from what the monitor repeats each second.

The old value stays in the record while a new one is being measured; the new value appears a second
or two before the measuring bit clears; a minute later bit 8 says "older than 60 s".
"""

from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.groups import GroupWords

SAME_MEASUREMENT_S = 5.0


class CuffTime:
    """The moment of the newest cuff pressure, monotonic seconds; None: unknown."""

    def __init__(self) -> None:
        self._raw: tuple[int, ...] | None = None
        self._measuring = False
        self._measured_at: float | None = None

    def update(self, nibp: GroupWords, at: float) -> float | None:
        """Take the group of a live record; return when the pressure that it shows was measured."""
        measuring = bool(nibp.label & layout.NIBP_MEASURING)
        shown = nibp.raw[:3]
        if self._raw is None:
            self._measured_at = None if self._began_old(nibp, measuring) else at
        elif shown != self._raw:
            self._measured_at = at
        elif self._measuring and not measuring and not self._just_measured(at):
            self._measured_at = at  # the same three numbers once more
        self._raw, self._measuring = shown, measuring
        return self._measured_at

    def told(self, measured_at: float) -> None:
        """The monitor itself said when."""
        self._measured_at = measured_at

    @staticmethod
    def _began_old(nibp: GroupWords, measuring: bool) -> bool:
        return measuring or bool(nibp.label & layout.NIBP_OLDER_THAN_60_S)

    def _just_measured(self, at: float) -> bool:
        return self._measured_at is not None and at - self._measured_at <= SAME_MEASUREMENT_S

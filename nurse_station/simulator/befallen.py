"""What has befallen a patient, and how far each thing has come. Decides nothing by itself."""

import math
from dataclasses import dataclass

from nurse_station.simulator.happenings import HAPPENINGS

_GONE = 0.004


@dataclass(slots=True, kw_only=True)
class _Active:
    size: float
    until: float
    level: float


class Befallen:
    """Happenings that are on, or still fading."""

    def __init__(self) -> None:
        self._active: dict[str, _Active] = {}

    @property
    def words(self) -> frozenset[str]:
        """Keys of what is on or fading."""
        return frozenset(self._active)

    def begin(self, what: str, size: float | None, lasts_s: float | None, at: float) -> None:
        """It begins, or begins anew with another size."""
        row = HAPPENINGS[what]
        level = self._active[what].level if what in self._active else 0.0
        until = at + (row.lasts_s if lasts_s is None else lasts_s)
        self._active[what] = _Active(size=row.usual if size is None else size, until=until, level=level)

    def end(self, what: str, at: float) -> None:
        """It begins to fade."""
        if what in self._active:
            self._active[what].until = min(self._active[what].until, at)

    def advance(self, now: float, seconds: float) -> None:
        """Let each come, or go, for a time."""
        for what, active in list(self._active.items()):
            row, on = HAPPENINGS[what], now < active.until
            pace = -math.expm1(-seconds / (row.onset_s if on else row.offset_s))
            active.level += ((active.size if on else 0.0) - active.level) * pace
            if not on and active.level < _GONE * row.usual:
                del self._active[what]

    def level(self, what: str) -> float:
        """How far it has come, in its unit; 0: not at all."""
        active = self._active.get(what)
        return 0.0 if active is None else active.level

    def share(self, what: str) -> float:
        """As a part of the size that it was given: 0 to 1."""
        active = self._active.get(what)
        return 0.0 if active is None or active.size == 0 else min(1.0, active.level / active.size)

    def size(self, what: str) -> float:
        """The size that it was given; 0: it is not on."""
        active = self._active.get(what)
        return 0.0 if active is None else active.size

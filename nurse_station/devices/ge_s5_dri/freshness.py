"""Which displayed records are live and which are old ones sent again. Looks at times alone.

After a request the monitor's first record may be the one that lay in its buffer: in a real recording
it is 33 s older than the next. So a record that does not follow from the one before it is held back
until what comes next shows whether time went on from it.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

FOLLOWS_WITHIN_S = 15
"""A live record is stamped at most so much later than the one before it."""
LAG_S = 5.0
"""A record that is so much later than the quickest ones of the last minutes lay in a buffer."""
WINDOW_S = 300.0
CLOSE_S = 2
"""The next frame is stamped at most so much later than a record that was live."""


@dataclass(frozen=True, slots=True)
class Judged(Generic[T]):
    """A record and the verdict on it."""

    record: T
    stale: bool


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    record: T
    stamp: int
    at: float


class _LeastDelay:
    """How late a frame is against the quickest of the last five to ten minutes, seconds.

    The monitor's clock and ours drift apart by seconds a day, so the quickest is forgotten in time.
    """

    def __init__(self) -> None:
        self._began: float | None = None
        self._least = self._before = float("inf")

    def of(self, stamp: int, at: float) -> float:
        if self._began is None or at - self._began > WINDOW_S:
            self._began, self._before, self._least = at, self._least, float("inf")
        self._least = min(self._least, at - stamp)
        return (at - stamp) - min(self._least, self._before)


class Freshness(Generic[T]):
    """Judges displayed records by their stamps (the monitor's clock, s) and arrivals (monotonic s)."""

    def __init__(self) -> None:
        self._stamp: int | None = None
        self._delay = _LeastDelay()
        self._held: list[_Held[T]] = []

    def displayed(self, record: T, stamp: int, at: float) -> list[Judged[T]]:
        """A displayed record came: the verdicts that are ripe now, oldest record first."""
        if self._held and self._held[-1].stamp == stamp:  # the same record again shows nothing
            judged = [Judged(self._held.pop().record, stale=True)]
        else:
            judged = self._settle(stamp)
        if not self._held and self._follows(stamp):
            late = self._delay.of(stamp, at) > LAG_S
            judged.append(Judged(record, stale=late))
            self._stamp = stamp
        else:
            self._held.append(_Held(record, stamp, at))
        return judged

    def other(self, stamp: int, at: float) -> list[Judged[T]]:
        """A frame of another kind came (a wave, which is live by nature)."""
        judged = self._settle(stamp)
        if len(self._held) == 1 and not 0 <= stamp - self._held[0].stamp <= 3 * CLOSE_S:
            judged.append(Judged(self._held.pop().record, stale=True))
        if not self._held and (self._stamp is None or stamp >= self._stamp):
            self._stamp = stamp
            self._delay.of(stamp, at)
        return judged

    def finish(self) -> list[Judged[T]]:
        """Nothing more will come: what is still held was never confirmed."""
        judged = [Judged(held.record, stale=True) for held in self._held]
        self._held.clear()
        self._stamp = None
        return judged

    def _follows(self, stamp: int) -> bool:
        return self._stamp is not None and 0 <= stamp - self._stamp <= FOLLOWS_WITHIN_S

    def _settle(self, stamp: int) -> list[Judged[T]]:
        """Judge what is held, now that a frame stamped `stamp` follows it."""
        if not self._held:
            return []
        *earlier, last = self._held
        step = stamp - last.stamp
        if not earlier and not 0 <= step <= CLOSE_S:
            return []  # a third frame must tell which of the two is out of line
        cadence = max(step, 1)
        judged = [
            Judged(held.record, stale=not 0 <= last.stamp - held.stamp <= 2 * cadence + CLOSE_S)
            for held in earlier
        ]
        judged.append(Judged(last.record, stale=step < 0))
        self._held.clear()
        self._stamp = last.stamp if step >= 0 else None
        self._delay = _LeastDelay()  # the monitor's clock is another now
        if self._stamp is not None:
            self._delay.of(last.stamp, last.at)
        return judged

"""Two monitors of one bed that cannot both be right: pairs of values as a table, and how long they differ.

Only values of different monitors are compared: one monitor judges its own values itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

AGREES_S = 5.0
"""A contradiction is over when the two agreed for so long, or one of them has no value any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two parameters that measure one thing.

    Attributes:
        one, other: Keys of parameters; may be the same, of two monitors.
        beyond: More than this apart is a contradiction, in their unit.
        for_s: When it lasted so long: a heart that changes its rate reaches one monitor before the other.
    """

    one: str
    other: str
    beyond: float
    for_s: float


PAIRS: tuple[Pair, ...] = (
    Pair(one="hr", other="pr", beyond=12, for_s=15),
    Pair(one="hr", other="hr", beyond=12, for_s=15),
    Pair(one="pr", other="pr", beyond=12, for_s=15),
    Pair(one="spo2", other="spo2", beyond=5, for_s=15),  # each is within 3 of the truth (ISO 80601-2-61)
    Pair(one="rr_co2", other="rr_co2", beyond=5, for_s=30),
    Pair(one="rr_co2", other="rr_imp", beyond=8, for_s=45),  # the chest also moves with speech and arms
    Pair(one="etco2", other="etco2", beyond=10, for_s=30),
)

Values = Mapping[str, Mapping[str, float]]
"""Source -> parameter -> its current value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One that is there now: (parameter, source) of both."""

    one: tuple[str, str]
    other: tuple[str, str]

    def against(self, parameter: str, source: str) -> tuple[str, str] | None:
        """What a value is contradicted by; None: it is not part of it."""
        if (parameter, source) == self.one:
            return self.other
        return self.one if (parameter, source) == self.other else None


@dataclass(slots=True)
class _Case:
    pair: Pair
    apart_since: float | None = None
    agrees_since: float | None = None
    there: bool = False

    def step(self, apart: bool, now: float) -> None:
        if apart:
            self.agrees_since = None
            self.apart_since = now if self.apart_since is None else self.apart_since
            self.there = self.there or now - self.apart_since >= self.pair.for_s
        else:
            self.apart_since = None
            self.agrees_since = now if self.agrees_since is None else self.agrees_since
            self.there = self.there and now - self.agrees_since < AGREES_S


class Contradictions:
    """Follows every pair of a bed."""

    def __init__(self, pairs: Iterable[Pair] = PAIRS) -> None:
        self._pairs = tuple(pairs)
        self._cases: dict[Contradiction, _Case] = {}

    @property
    def found(self) -> tuple[Contradiction, ...]:
        """Those that are there now."""
        return tuple(key for key, case in self._cases.items() if case.there)

    def step(self, values: Values, now: float) -> None:
        """Take all current values at monotonic second `now`."""
        live: dict[Contradiction, _Case] = {}
        for pair in self._pairs:
            for key, apart in _compared(pair, values):
                case = self._cases.get(key) or _Case(pair)
                case.step(apart, now)
                live[key] = case
        self._cases = live


def _compared(pair: Pair, values: Values) -> Iterable[tuple[Contradiction, bool]]:
    for one, other in permutations(values, 2):
        a, b = values[one].get(pair.one), values[other].get(pair.other)
        twice = pair.one == pair.other and one > other  # the same two, seen from the other side
        if a is not None and b is not None and not twice:
            key = Contradiction(one=(pair.one, one), other=(pair.other, other))
            yield key, abs(a - b) > pair.beyond

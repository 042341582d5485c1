"""What was given: the pump's changes as a nurse entered them -> mg and mL at any time. Forgives no gap.

Seconds are those of the caller's clock, the same for every entry of a session. A pump is set in mL/h, so
mL/h is what is kept: after a change to a stronger bag the same mL/h is more mg/h.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from nurse_station.infusion.order import Bag
from nurse_station.infusion.units import Number, exact, ml_h

SECONDS_AN_HOUR = 3600


class Act(Enum):
    """What was done at the pump."""

    SET = "set"  # this rate from now on; it runs
    HOLD = "hold"  # the rate stays as it is, no raise for now: changes nothing that is given
    PAUSE = "pause"  # nothing runs; the rate is remembered
    RESUME = "resume"  # the remembered rate runs again
    STOP = "stop"  # nothing runs and nothing is remembered
    BAG = "bag"  # another bag; what ran runs on, from it
    WITHDRAWN = "withdrawn"  # the entry that is corrected never happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry about the pump.

    Attributes:
        entry: Its name in the journal; unique.
        at: When it was done, seconds.
        act: What was done.
        ml_h: With SET: the rate that the pump shows, 0 or more.
        bag: With BAG: the new one.
        corrects: The entry that this one replaces, itself perhaps a correction; None: none.
    """

    entry: str
    at: float
    act: Act
    ml_h: float | None = None
    bag: Bag | None = None
    corrects: str | None = None

    def __post_init__(self) -> None:
        if (self.act is Act.SET) is (self.ml_h is None) or (self.act is Act.BAG) is (self.bag is None):
            msg = f"{self.act.value} with ml_h {self.ml_h} and bag {self.bag}: set has a rate, bag a bag"
            raise ValueError(msg)
        if self.ml_h is not None and not self.ml_h >= 0:
            msg = f"a pump does not run at {self.ml_h} mL/h"
            raise ValueError(msg)


def set_in_mg_h(*, entry: str, at: float, mg_h: Number, mg_ml: Number) -> Change:
    """A rate that was entered in mg/h. Raises ValueError for a concentration of nothing."""
    return Change(entry=entry, at=at, act=Act.SET, ml_h=float(ml_h(mg_h, mg_ml)))


def corrected(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that stand, in the order of their time; those at one time in the order of entry.

    A correction takes the place of what it corrects, with its own time; the last one entered counts.
    One that corrects an entry that is not there stands by itself: nothing that was entered is lost.
    """
    first: dict[str, str] = {}
    # A dict keeps the place of the first entry: a corrected rate does not slip behind a pause of that time.
    standing: dict[str, Change] = {}
    for change in changes:
        corrects = change.entry if change.corrects is None else change.corrects
        first[change.entry] = first.get(corrects, corrects)
        standing[first[change.entry]] = change
    kept = (change for change in standing.values() if change.act is not Act.WITHDRAWN)
    return tuple(sorted(kept, key=lambda change: change.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A time in which nothing changed.

    Attributes:
        at: Its begin, seconds. It ends with the next one's; the last one goes on.
        ml_h: What runs; 0 while paused or stopped.
        set_ml_h: What the pump was last set to; None: never, or stopped.
        bag: From which bag.
        bag_number: From 0.
        ml, mg: Given before it began.
        bag_ml: Given before it began, from this bag.
    """

    at: float
    ml_h: float
    set_ml_h: float | None
    bag: Bag
    bag_number: int
    ml: Fraction
    mg: Fraction
    bag_ml: Fraction

    @property
    def mg_h(self) -> Fraction:
        """What runs, mg/h."""
        return exact(self.ml_h) * exact(self.bag.mg_ml)

    def ml_until(self, at: float) -> Fraction:
        """What it gives until then, mL."""
        return exact(self.ml_h) * (exact(at) - exact(self.at)) / SECONDS_AN_HOUR

    def mg_until(self, at: float) -> Fraction:
        """What it gives until then, mg."""
        return self.ml_until(at) * exact(self.bag.mg_ml)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Everything that was given, as far as it was entered; after the last entry the rate goes on."""

    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, bag: Bag, changes: Iterable[Change]) -> "Delivery":
        """Build it from the first bag and the changes in the order of their entry, corrections among them."""
        segments: list[Segment] = []
        for change in corrected(changes):
            segments.append(_after(change, segments[-1] if segments else _before(bag, change.at)))
        return cls(segments=tuple(segments))

    def segment_at(self, at: float) -> Segment | None:
        """What ran then; None: before the first entry."""
        place = bisect_right(self.segments, at, key=lambda segment: segment.at)
        return self.segments[place - 1] if place else None

    def ml_h(self, at: float) -> float:
        """What runs, mL/h; 0 before the first entry."""
        segment = self.segment_at(at)
        return 0.0 if segment is None else segment.ml_h

    def mg_h(self, at: float) -> float:
        """What runs, mg/h."""
        segment = self.segment_at(at)
        return 0.0 if segment is None else float(segment.mg_h)

    def ml(self, at: float) -> float:
        """Given until then, mL."""
        segment = self.segment_at(at)
        return 0.0 if segment is None else float(segment.ml + segment.ml_until(at))

    def mg(self, at: float) -> float:
        """Given until then, mg."""
        return float(self.exact_mg(at))

    def exact_mg(self, at: float) -> Fraction:
        """Given until then, mg, for comparison with a limit."""
        segment = self.segment_at(at)
        return Fraction(0) if segment is None else segment.mg + segment.mg_until(at)

    def mg_kg(self, at: float, weight_kg: Number) -> float:
        """Given until then, mg/kg. Raises ZeroDivisionError for a weight of 0."""
        return float(self.exact_mg(at) / exact(weight_kg))

    def bag_left_ml(self, at: float) -> float | None:
        """Left in the bag, mL; below 0: more was entered than the bag held. None: before the first entry."""
        segment = self.segment_at(at)
        if segment is None:
            return None
        return float(exact(segment.bag.ml) - segment.bag_ml - segment.ml_until(at))

    def bag_empty_at(self) -> float | None:
        """When the present bag is empty, or was, if nothing changes; None: at this rate never."""
        number = self.segments[-1].bag_number if self.segments else 0
        own = [segment for segment in self.segments if segment.bag_number == number]
        return _reached(own, [exact(each.bag.ml) - each.bag_ml for each in own], [exact(s.ml_h) for s in own])

    def reaches_mg_at(self, mg: Number) -> float | None:
        """When so much has been given, or was, if nothing changes; None: at this rate never."""
        own = self.segments
        return _reached(own, [exact(mg) - each.mg for each in own], [each.mg_h for each in own])

    def started_at(self) -> float | None:
        """When drug first ran."""
        return next((segment.at for segment in self.segments if segment.ml_h > 0), None)

    def paused_s(self, until: float) -> float:
        """Seconds without drug between the start and `until`."""
        ends = [*(segment.at for segment in self.segments[1:]), until]
        started = self.started_at()
        if started is None:
            return 0.0
        return sum(
            max(0.0, min(end, until) - segment.at)
            for segment, end in zip(self.segments, ends, strict=False)
            if segment.at >= started and segment.ml_h == 0
        )

    def rates(self) -> tuple[tuple[float, float], ...]:
        """(seconds, mg/h) at every change of the rate: the staircase, and what a concentration follows."""
        steps: list[tuple[float, float]] = []
        for segment in self.segments:
            rate = float(segment.mg_h)
            if not steps or steps[-1][1] != rate:
                steps.append((segment.at, rate))
        return tuple(steps)


def _before(bag: Bag, at: float) -> Segment:
    none = Fraction(0)
    return Segment(at=at, ml_h=0.0, set_ml_h=None, bag=bag, bag_number=0, ml=none, mg=none, bag_ml=none)


def _after(change: Change, before: Segment) -> Segment:
    """The segment that a change begins."""
    ml = before.ml_until(change.at)
    begun = replace(
        before, at=change.at, ml=before.ml + ml, mg=before.mg + before.mg_until(change.at),
        bag_ml=before.bag_ml + ml,
    )  # fmt: skip
    match change.act:
        case Act.SET:
            return replace(begun, ml_h=change.ml_h or 0.0, set_ml_h=change.ml_h)
        case Act.PAUSE:
            return replace(begun, ml_h=0.0)
        case Act.RESUME:
            return replace(begun, ml_h=before.set_ml_h or 0.0)
        case Act.STOP:
            return replace(begun, ml_h=0.0, set_ml_h=None)
        case Act.BAG:
            return replace(
                begun, bag=change.bag or before.bag, bag_number=before.bag_number + 1, bag_ml=Fraction(0)
            )
        case Act.HOLD | Act.WITHDRAWN:
            return begun


def _reached(
    segments: Sequence[Segment], wanting: Sequence[Fraction], rates: Sequence[Fraction]
) -> float | None:
    """When what is wanting at each segment's begin has run in."""
    for place, segment in enumerate(segments):
        if wanting[place] <= 0:
            return segment.at
        last = place == len(segments) - 1
        if rates[place] > 0 and (last or wanting[place + 1] <= 0):
            return float(exact(segment.at) + wanting[place] / rates[place] * SECONDS_AN_HOUR)
    return None

"""What the pump shows against what was meant, ordered and left: warnings by name. Forbids nothing itself.

Each warning is to be overridden by its key. They are independent of each other on purpose: a rate that
is ten times what it should be gives three or more of them, whether the dose was typed wrong or the pump
was set wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from nurse_station.infusion.delivery import Delivery
from nurse_station.infusion.order import SECONDS_A_MINUTE, Order
from nurse_station.infusion.plan import ends_at, planned_mg_kg_h
from nurse_station.infusion.units import FourUnits, dose, exact, of_mg_h, of_ml_h, shown

# A pump shows a rounded rate: half a digit of one that has only tenths, a whole digit where it is faster.
AGREES_BELOW_ML_H = 10
AGREES_WITHIN_ML_H = (Fraction(5, 100), Fraction(1, 10))
# A slipped decimal point, with room for a dose that was rounded besides.
TENFOLD = (8, 12.5)


class PumpWarning(NamedTuple):
    """One thing to be overridden by name: its key, and the sentence that is read aloud."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpEntry:
    """A rate as it is entered, before it counts.

    Attributes:
        order: Today's, without problems.
        weight_kg: The patient's.
        meant_mg_kg_h: The dose that the nurse meant to set.
        shown_ml_h: What the pump shows.
        running_mg_kg_h: The dose until now, or before the pause that ends; 0: at the start.
        planned_mg_kg_h: The highest dose that the plan has reached or reaches with this step.
        bag_mg_ml: Concentration in the present bag.
        bag_left_ml: What is in it.
        given_mg: Given today.
        left_min: Minutes to the planned end, 0 or more.
    """

    order: Order
    weight_kg: float
    meant_mg_kg_h: float
    shown_ml_h: float
    running_mg_kg_h: float
    planned_mg_kg_h: float
    bag_mg_ml: float
    bag_left_ml: float
    given_mg: float
    left_min: float

    @property
    def actual(self) -> FourUnits:
        """What the pump gives, if it does what it shows."""
        return of_ml_h(self.shown_ml_h, weight_kg=self.weight_kg, mg_ml=self.bag_mg_ml)

    @property
    def meant(self) -> FourUnits:
        """What was meant; the order's limit in mg/h holds for heavy patients, as the screen shows it."""
        rate = exact(self.meant_mg_kg_h) * exact(self.weight_kg)
        if self.meant_mg_kg_h <= self.order.max_mg_kg_h:
            rate = self.order.planned_dose(self.meant_mg_kg_h, self.weight_kg).mg_h
        return of_mg_h(rate, weight_kg=self.weight_kg, mg_ml=self.bag_mg_ml)


def entry_at(
    *, order: Order, weight_kg: float, delivery: Delivery, now: float, meant_mg_kg_h: float, shown_ml_h: float
) -> PumpEntry:
    """The entry of a rate during a day: what ran, what is left and what is planned, from the record.

    During a pause the remembered rate is the one that ran. Raises ValueError for a weight of nothing.
    """
    segment, started_at = delivery.segment_at(now), delivery.started_at()
    bag = order.bag if segment is None else segment.bag
    bag_left = delivery.bag_left_ml(now)
    set_ml_h = 0.0 if segment is None else segment.set_ml_h or 0.0
    running = float(of_ml_h(set_ml_h, weight_kg=weight_kg, mg_ml=bag.mg_ml).mg_kg_h)
    end = ends_at(order, now if started_at is None else started_at)
    return PumpEntry(
        order=order,
        weight_kg=weight_kg,
        meant_mg_kg_h=meant_mg_kg_h,
        shown_ml_h=shown_ml_h,
        running_mg_kg_h=running,
        planned_mg_kg_h=planned_mg_kg_h(order, running),
        bag_mg_ml=bag.mg_ml,
        bag_left_ml=bag.ml if bag_left is None else bag_left,
        given_mg=delivery.mg(now),
        left_min=max(0.0, end - now) / SECONDS_A_MINUTE,
    )


def pump_warnings(entry: PumpEntry) -> tuple[PumpWarning, ...]:
    """Everything that does not fit together, most telling first; nothing: it agrees.

    Raises:
        ValueError: a weight or concentration of nothing, or a number that is none.
    """
    found: list[PumpWarning] = []
    for key, check in _CHECKS.items():
        found += [PumpWarning(key, sentence) for sentence in check(entry)]
    return tuple(found)


def _tenfold(entry: PumpEntry) -> Iterator[str]:
    actual = entry.actual.mg_kg_h
    meant, planned = entry.meant.mg_kg_h, _planned(entry)
    # Far below the plan is no error: a dose may be lowered to anything at any time.
    for times, what, known, small, large in (
        ("ten times", "what was meant", meant, meant, actual),
        ("ten times", "what is planned", planned, planned, actual),
        ("a tenth of", "what was meant", meant, actual, meant),
    ):
        if small > 0 and TENFOLD[0] <= large / small <= TENFOLD[1]:
            yield f"{_dose(actual)} is about {times} {what}, {_dose(known)}: look at the decimal point."
            return


def _pump_disagrees(entry: PumpEntry) -> Iterator[str]:
    meant, pump = entry.meant.ml_h, exact(entry.shown_ml_h)
    if abs(pump - meant) > AGREES_WITHIN_ML_H[pump >= AGREES_BELOW_ML_H]:
        yield (
            f"The pump shows {shown(pump)} mL/h; {_dose(entry.meant.mg_kg_h)} for "
            f"{shown(entry.weight_kg)} kg from {shown(entry.bag_mg_ml)} mg/mL is {shown(meant)} mL/h."
        )


def _above_max_mg_kg_h(entry: PumpEntry) -> Iterator[str]:
    actual, limit = entry.actual.mg_kg_h, entry.order.max_mg_kg_h
    if actual > exact(limit):
        yield f"{_dose(actual)} is above the order's maximum of {dose(limit)} mg/kg/h."


def _above_max_mg_h(entry: PumpEntry) -> Iterator[str]:
    actual, limit = entry.actual.mg_h, entry.order.max_mg_h
    if actual > exact(limit):
        yield f"{shown(actual)} mg/h is above the order's maximum of {shown(limit)} mg/h."


def _step_too_large(entry: PumpEntry) -> Iterator[str]:
    # The start is no raise: its dose is the order's own.
    before = max(exact(entry.running_mg_kg_h), min(exact(entry.order.start_mg_kg_h), _planned(entry)))
    raised, limit = entry.actual.mg_kg_h - before, entry.order.max_step_mg_kg_h
    if raised > exact(limit):
        yield (
            f"From {_dose(before)} to {_dose(entry.actual.mg_kg_h)} is a raise of {dose(raised)}; "
            f"the order allows {dose(limit)} mg/kg/h at once."
        )


def _above_plan(entry: PumpEntry) -> Iterator[str]:
    actual, planned = entry.actual, _planned(entry)
    rounding = AGREES_WITHIN_ML_H[entry.shown_ml_h >= AGREES_BELOW_ML_H] * exact(entry.bag_mg_ml)
    if actual.mg_h > planned * exact(entry.weight_kg) + rounding:
        yield f"{_dose(actual.mg_kg_h)} is above the plan, which is {_dose(planned)} now."


def _total_exceeded(entry: PumpEntry) -> Iterator[str]:
    total = exact(entry.given_mg) + entry.actual.mg_h * exact(entry.left_min) / 60
    limit = exact(entry.order.max_total_mg)
    # Rounding of the pump's digits adds up to no more than this in the time that is left.
    rounding = AGREES_WITHIN_ML_H[1] * exact(entry.bag_mg_ml) * exact(entry.left_min) / 60
    if total > limit + rounding or entry.given_mg >= limit:
        yield (
            f"At {shown(entry.actual.mg_h)} mg/h the total is {shown(total, 1)} mg at the planned end; "
            f"the order allows {shown(limit)} mg."
        )


def _bag_empty_early(entry: PumpEntry) -> Iterator[str]:
    if entry.shown_ml_h > 0:
        lasts = max(Fraction(0), exact(entry.bag_left_ml)) / exact(entry.shown_ml_h) * 60
        if lasts < exact(entry.left_min):
            yield (
                f"The bag is empty in {shown(lasts, 0)} min; "
                f"the infusion is planned for {shown(entry.left_min, 0)} min more."
            )


_CHECKS: dict[str, Callable[[PumpEntry], Iterator[str]]] = {
    "tenfold": _tenfold,
    "pump_disagrees": _pump_disagrees,
    "above_max_mg_kg_h": _above_max_mg_kg_h,
    "above_max_mg_h": _above_max_mg_h,
    "step_too_large": _step_too_large,
    "above_plan": _above_plan,
    "total_exceeded": _total_exceeded,
    "bag_empty_early": _bag_empty_early,
}
WARNING_KEYS = tuple(_CHECKS)


def _planned(entry: PumpEntry) -> Fraction:
    """The plan's dose as this patient can get it, mg/kg/h."""
    return entry.order.rate_mg_h(entry.planned_mg_kg_h, entry.weight_kg) / exact(entry.weight_kg)


def _dose(mg_kg_h: Fraction) -> str:
    return f"{dose(mg_kg_h)} mg/kg/h"

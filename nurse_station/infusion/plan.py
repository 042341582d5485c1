"""The plan of steps against what was done: two staircases, and when the next step is due. Changes neither.

Seconds are those of the delivery. Times of the plan count from the start of the infusion; pauses do not
put off its end, for the planned minutes are those in the chair.
"""

from dataclasses import dataclass

from nurse_station.infusion.delivery import Delivery
from nurse_station.infusion.order import SECONDS_A_MINUTE, Order, Step

# Half of the smallest dose that is ordered: a pump's rounding brings no stair twice.
ROUNDING_MG_KG_H = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """A rate from a moment on, until the next one's: mg/h, and the same in mg/kg/h."""

    at: float
    mg_h: float
    mg_kg_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The raise that comes next.

    Attributes:
        mg_kg_h: To which dose, within the order's limits for this patient.
        mg_h: The same.
        due_at: When, seconds: as planned, and not before the order's interval since the last change.
        why: What makes the dose less than was planned; empty: nothing does.
    """

    mg_kg_h: float
    mg_h: float
    due_at: float
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """How far what was done is from the plan; above 0: more than planned."""

    mg_h: float
    mg: float


def planned_stairs(order: Order, weight_kg: float, started_at: float) -> tuple[Stair, ...]:
    """The staircase as ordered, within the limits, with the end as its last stair."""
    stairs = [_stair(order, step, weight_kg, started_at) for step in order.stairs]
    return (*stairs, Stair(at=ends_at(order, started_at), mg_h=0.0, mg_kg_h=0.0))


def done_stairs(delivery: Delivery, weight_kg: float) -> tuple[Stair, ...]:
    """The staircase as it was: a stair at every change of the rate."""
    return tuple(Stair(at=at, mg_h=rate, mg_kg_h=rate / weight_kg) for at, rate in delivery.rates())


def ends_at(order: Order, started_at: float) -> float:
    """The planned end."""
    return started_at + order.duration_min * SECONDS_A_MINUTE


def rate_of(stairs: tuple[Stair, ...], at: float) -> float:
    """The rate of a staircase then, mg/h; 0 before its first stair."""
    return next((stair.mg_h for stair in reversed(stairs) if stair.at <= at), 0.0)


def given_by(stairs: tuple[Stair, ...], at: float) -> float:
    """What a staircase gives until then, mg."""
    ends = (*(stair.at for stair in stairs[1:]), at)
    return sum(
        stair.mg_h * max(0.0, min(end, at) - stair.at) / 3600
        for stair, end in zip(stairs, ends, strict=False)
    )


def deviation(order: Order, weight_kg: float, delivery: Delivery, at: float) -> Deviation:
    """What was done less what was planned, until then; none before the start."""
    started_at = delivery.started_at()
    if started_at is None:
        return Deviation(mg_h=0.0, mg=0.0)
    stairs = planned_stairs(order, weight_kg, started_at)
    return Deviation(mg_h=delivery.mg_h(at) - rate_of(stairs, at), mg=delivery.mg(at) - given_by(stairs, at))


def planned_mg_kg_h(order: Order, running_mg_kg_h: float) -> float:
    """The highest dose that one raise may reach from here by the plan: the next stair above.

    At the top of the plan it is the top; at the start (0) it is the order's start.
    """
    doses = [stair.mg_kg_h for stair in order.stairs]
    return next((dose for dose in doses if dose > running_mg_kg_h + ROUNDING_MG_KG_H), max(doses))


def next_step(order: Order, weight_kg: float, delivery: Delivery, now: float) -> NextStep | None:
    """The raise that comes next; None: not running, at the top, or the end comes first."""
    segment = delivery.segment_at(now)
    started_at = delivery.started_at()
    if segment is None or segment.ml_h == 0 or started_at is None:
        return None
    step = _next_above(order, weight_kg, float(segment.mg_h))
    if step is None:
        return None
    due_at = max(
        started_at + step.after_min * SECONDS_A_MINUTE,
        _changed_at(delivery, now) + order.step_every_min * SECONDS_A_MINUTE,
    )
    if due_at >= ends_at(order, started_at):
        return None
    return _next(order, step, weight_kg, due_at)


def forecast_rates(
    order: Order, weight_kg: float, delivery: Delivery, now: float
) -> tuple[tuple[float, float], ...]:
    """(seconds, mg/h): what was done, then the plan from here: each raise when it is due, and the end.

    A pause is taken to last, and a stop is final: nothing is forecast to start by itself.
    """
    rates = [(at, rate) for at, rate in delivery.rates() if at <= now]
    step = next_step(order, weight_kg, delivery, now)
    started_at = delivery.started_at()
    if started_at is None or not rates or rates[-1][1] == 0:
        return tuple(rates)
    end = ends_at(order, started_at)
    at = 0.0 if step is None else max(now, step.due_at)
    while step is not None and at < end:
        rates.append((at, step.mg_h))
        following = _next_above(order, weight_kg, step.mg_h)
        at = at + order.step_every_min * SECONDS_A_MINUTE
        step = None if following is None else _next(order, following, weight_kg, at)
    return (*rates, (max(now, end), 0.0))


def _next(order: Order, step: Step, weight_kg: float, due_at: float) -> NextStep:
    planned = order.planned_dose(step.mg_kg_h, weight_kg)
    return NextStep(mg_kg_h=float(planned.mg_kg_h), mg_h=float(planned.mg_h), due_at=due_at, why=planned.why)


def _stair(order: Order, step: Step, weight_kg: float, started_at: float) -> Stair:
    planned = order.planned_dose(step.mg_kg_h, weight_kg)
    return Stair(
        at=started_at + step.after_min * SECONDS_A_MINUTE,
        mg_h=float(planned.mg_h),
        mg_kg_h=float(planned.mg_kg_h),
    )


def _next_above(order: Order, weight_kg: float, mg_h: float) -> Step | None:
    above = mg_h + ROUNDING_MG_KG_H * weight_kg
    return next((step for step in order.stairs if order.rate_mg_h(step.mg_kg_h, weight_kg) > above), None)


def _changed_at(delivery: Delivery, now: float) -> float:
    """When the rate last changed, a pause and its end included."""
    return [at for at, _ in delivery.rates() if at <= now][-1]

"""The drug of a day for the ribbon: planned and done staircase, predicted concentration. Draws nothing."""

from dataclasses import dataclass

import numpy as np

from nurse_station.infusion.concentration import NOTE, Curve, Kinetics
from nurse_station.infusion.models import DEFAULT_MODEL, Model, models_for
from nurse_station.infusion.plan import Stair, done_stairs, ends_at, forecast_rates, planned_stairs
from nurse_station.sessions.session import Session

AFTER_S = 3600.0
"""So far beyond the end, or now, the prediction goes: the hour of recovery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCurves:
    """What the ribbon draws of the drug. Times are seconds of the session's clock, rates mg/h and mg/kg/h.

    Attributes:
        planned: The staircase as ordered, with the end as its last stair; before the start as if it were now.
        done: As it was; the last stair goes on.
        predicted: Plasma and effect site, ng/mL, from the start to the end and an hour; None: not started.
        now: Before it the prediction follows what was done, after it the plan.
        model: The model's name.
        note: What the reader must know of the figures.
    """

    planned: tuple[Stair, ...]
    done: tuple[Stair, ...]
    predicted: Curve | None
    now: float
    model: str
    note: str = NOTE


def curves(
    session: Session, now: float, *, model: Model = DEFAULT_MODEL, every_s: float = 60.0
) -> DayCurves | None:
    """The curves of a day; None: patient or order are not known.

    Args:
        model: Replaced by the first that may be used for the order's form of ketamine, if it may not.
        every_s: Seconds between two points of the prediction, above 0.
    """
    patient, order, delivery = session.patient, session.order, session.delivery
    if patient is None or order is None or delivery is None:
        return None
    began, weight = delivery.started_at(), patient.weight_kg
    fits = models_for(order.form)
    used = model if model in fits else fits[0]
    predicted = None
    if began is not None:
        last = max(now, ends_at(order, began)) + AFTER_S
        kinetics = Kinetics(weight_kg=weight, model=used)
        rates = forecast_rates(order, weight, delivery, now)
        predicted = kinetics.curve(rates, np.arange(began, last + every_s, every_s))
    return DayCurves(
        planned=planned_stairs(order, weight, now if began is None else began),
        done=done_stairs(delivery, weight), predicted=predicted, now=now, model=used.name,
    )  # fmt: skip

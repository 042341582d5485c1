"""A practised day as a run looks at it: what the journal says, what is due, what is planned. No entry."""

import copy
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Self

from nurse_station.assessments.checks import Due, Stage
from nurse_station.infusion.order import Bag, Order
from nurse_station.infusion.plan import NextStep, ends_at, next_step
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.units import pump_setting
from nurse_station.sessions import deeds
from nurse_station.sessions.session import Session
from nurse_station.training.log import Check
from nurse_station.training.scenario import Patient

EPOCH = datetime(2001, 1, 1, 8, tzinfo=UTC).timestamp()
"""The session's clock at second 0 of every run: a day on which nobody was treated by this program."""
PRESCRIBER = "Dr Sim"
SIMULATION = "SIMULATION"


class Day:
    """What is known of a practised day, wherever its journal is.

    Attributes:
        session: As the journal tells it.
        protocol, order, weight_kg: What the patient is treated by.
        checks: Every check that was done.
    """

    def __init__(self, patient: Patient, protocol: Protocol) -> None:
        self.protocol, self.weight_kg = protocol, patient.weight_kg
        self.session = Session()
        self.order = _order(protocol, patient)
        self.checks: list[Check] = []
        self._open: dict[str, Due] = {}

    def set_to(self, mg_kg_h: float) -> deeds.RateSet:
        """A rate of the plan."""
        return deeds.RateSet(mg_kg_h=mg_kg_h, pump_ml_h=self.ml_h(mg_kg_h))

    def ml_h(self, mg_kg_h: float) -> float:
        """What is set on the pump for a dose, within the order's limits, as fine as a pump."""
        return float(pump_setting(self.order.rate_ml_h(mg_kg_h, self.weight_kg)))

    def running_ml_h(self, now: float) -> float:
        """What the journal says that the pump runs at."""
        return 0.0 if self.session.delivery is None else self.session.delivery.ml_h(now + EPOCH)

    def next_raise(self, now: float) -> NextStep | None:
        """The raise of the plan that comes next; None: none does."""
        if self.session.delivery is None:
            return None
        return next_step(self.order, self.weight_kg, self.session.delivery, now + EPOCH)

    def planned_end(self) -> float | None:
        """Seconds of the run; None: nothing was started."""
        began = None if self.session.delivery is None else self.session.delivery.started_at()
        return None if began is None else ends_at(self.order, began) - EPOCH

    def copied(self) -> Self:
        """The same day at the same moment, to go on another way from here."""
        again = copy.copy(self)
        again.checks, again._open = list(self.checks), dict(self._open)
        return again

    @property
    def dues(self) -> Mapping[str, Due]:
        """What is due, as last counted."""
        return self._open

    def all_checks(self, now: float) -> tuple[Check, ...]:
        """Every check that was done, and those that are late and still open."""
        late = [_check(due, None, now + EPOCH) for due in self._open.values()]
        return (*self.checks, *(check for check in late if check.late and check.due_at >= 0))

    def count(self, due: Mapping[str, Due], now: float) -> None:
        """Take what is due at session second `now`: a check whose time has moved on was done.

        What was due before second 0 was not this nurse's.
        """
        for kind, before in self._open.items():
            after = due.get(kind)
            own = before.at is not None and before.at >= EPOCH
            if own and before.at is not None and after is not None and (after.at or 0.0) > before.at:
                self.checks.append(_check(before, now, now))
        self._open = dict(due)


def _check(due: Due, done: float | None, now: float) -> Check:
    return Check(
        kind=due.kind, due_at=(due.at or 0.0) - EPOCH, late=due.stage(now) is Stage.LATE,
        done_at=None if done is None else done - EPOCH,
    )  # fmt: skip


def _order(protocol: Protocol, patient: Patient) -> Order:
    bag = Bag(ml=protocol.drug.bag_ml, mg_ml=protocol.drug.concentrations_mg_ml[0], lot=SIMULATION)
    return protocol.order(day=patient.history.day, weight_kg=patient.weight_kg, bag=bag,
                          expiry=date(2001, 12, 31), prescriber=PRESCRIBER)  # fmt: skip

"""A prescriber's order for one day's infusion, and everything that is wrong with it. Starts nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from nurse_station.infusion.order_ranges import ORDER_RANGES, WEIGHT, Range
from nurse_station.infusion.signatures import wrong_name
from nurse_station.infusion.units import Number, dose, exact, mg_h, mg_kg_h_of_mg_h, ml_h, shown

SECONDS_A_MINUTE = 60


class DrugForm(Enum):
    """Which ketamine. The two are not the same dose: S-ketamine is the more potent half of racemic."""

    RACEMIC = "racemic"
    S_KETAMINE = "s-ketamine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A bag or syringe: how much, how strong, which lot."""

    ml: float
    mg_ml: float
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One planned raise: minutes after the start, and the dose from then on."""

    after_min: float
    mg_kg_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedDrug:
    """Another drug on the order: premedication, or for when it is needed.

    Attributes:
        what: The drug, dose and route, e.g. "ondansetron 4 mg IV".
        when: e.g. "60 min before the start", or "nausea grade 2".
    """

    what: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDose:
    """What is given of a dose that is planned.

    Attributes:
        mg_kg_h, mg_h: The dose within the order's limits, exact.
        why: What makes it less than planned, without a full stop; empty: it is what was planned.
    """

    mg_kg_h: Fraction
    mg_h: Fraction
    why: str = ""


class Problem(NamedTuple):
    """What is wrong with a field of a form: its name, and a sentence that is shown beside it."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What may be given today. Every number is as the prescriber wrote it.

    Attributes:
        form, concentration_mg_ml, bag_ml, lot, expiry: The drug in the bag.
        start_mg_kg_h: The first dose.
        steps: The raises that are planned, in their order.
        step_every_min: The shortest time between two raises.
        max_step_mg_kg_h: The largest raise.
        max_mg_kg_h, max_mg_h, max_total_mg: None of the three may be exceeded.
        duration_min: From the start to the planned end, pauses included.
        prescriber: Who ordered it.
        premedication, as_needed: Other drugs.
        protocol: Key of the protocol that it was made from; empty: none.
        day: Day of the course, from 1.
    """

    form: DrugForm
    concentration_mg_ml: float
    bag_ml: float
    lot: str
    expiry: date
    start_mg_kg_h: float
    steps: tuple[Step, ...] = ()
    step_every_min: float = 30.0
    max_step_mg_kg_h: float = 0.1
    max_mg_kg_h: float
    max_mg_h: float
    max_total_mg: float
    duration_min: float
    prescriber: str
    premedication: tuple[OrderedDrug, ...] = ()
    as_needed: tuple[OrderedDrug, ...] = ()
    protocol: str = ""
    day: int = 1

    @property
    def bag(self) -> Bag:
        """The first bag."""
        return Bag(ml=self.bag_ml, mg_ml=self.concentration_mg_ml, lot=self.lot)

    @property
    def stairs(self) -> tuple[Step, ...]:
        """The start and every planned raise."""
        return (Step(after_min=0.0, mg_kg_h=self.start_mg_kg_h), *self.steps)

    def limit_mg_h(self, weight_kg: Number) -> Fraction:
        """The highest rate that the order allows this patient: the smaller of its two limits."""
        return min(mg_h(self.max_mg_kg_h, weight_kg), exact(self.max_mg_h))

    def rate_mg_h(self, mg_kg_h: Number, weight_kg: Number) -> Fraction:
        """The rate of a dose, never above the limit: a heavy patient meets the limit in mg/h first."""
        return min(mg_h(mg_kg_h, weight_kg), self.limit_mg_h(weight_kg))

    def planned_dose(self, mg_kg_h: Number, weight_kg: Number) -> "PlannedDose":
        """The dose that this patient gets of one that is planned, and why it is less. Shown everywhere.

        Raises ValueError for a weight of nothing.
        """
        wished, rate = mg_h(mg_kg_h, weight_kg), self.rate_mg_h(mg_kg_h, weight_kg)
        if rate == wished:
            return PlannedDose(mg_kg_h=exact(mg_kg_h), mg_h=rate)
        return PlannedDose(
            mg_kg_h=mg_kg_h_of_mg_h(rate, weight_kg), mg_h=rate,
            why=f"{dose(mg_kg_h)} mg/kg/h would be {shown(wished)} mg/h; {self.limit_words(weight_kg)}",
        )  # fmt: skip

    def limit_words(self, weight_kg: Number) -> str:
        """`the order allows at most 25 mg/h`: the limit that this patient meets first."""
        limit = self.limit_mg_h(weight_kg)
        if limit == exact(self.max_mg_h):
            return f"the order allows at most {shown(limit)} mg/h"
        return f"the order allows at most {dose(self.max_mg_kg_h)} mg/kg/h, {shown(limit)} mg/h"

    def rate_ml_h(self, mg_kg_h: Number, weight_kg: Number) -> Fraction:
        """The same in mL/h. Raises ValueError for a concentration of nothing."""
        return ml_h(self.rate_mg_h(mg_kg_h, weight_kg), self.concentration_mg_ml)

    def planned_mg(self, weight_kg: Number) -> Fraction:
        """What the whole plan gives, without pauses."""
        ends = [*(exact(stair.after_min) for stair in self.steps), exact(self.duration_min)]
        return sum(
            (self.rate_mg_h(stair.mg_kg_h, weight_kg) * (end - exact(stair.after_min)) / 60
             for stair, end in zip(self.stairs, ends, strict=True)),
            Fraction(0),
        )  # fmt: skip

    def problems(self, weight_kg: float, now: datetime) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the form; nothing: it can be signed.

        Args:
            weight_kg: The patient's weight.
            now: The time of day at the clinic; the drug may be used on the day of its expiry.
        """
        numbers = tuple(self._wrong_numbers(weight_kg))
        drug = tuple(self._wrong_words(now))
        # What does not even lie in its range is not compared with anything.
        return (*numbers, *drug, *(() if numbers else self._disagreements(weight_kg)))

    def _wrong_numbers(self, weight_kg: float) -> Iterator[Problem]:
        yield from _outside(WEIGHT, weight_kg)
        for row in ORDER_RANGES:
            yield from _outside(row, getattr(self, row.field))
        for step in self.steps:
            yield from _outside(STEP_DOSE, step.mg_kg_h)
            yield from _outside(STEP_TIME, step.after_min)

    def _wrong_words(self, now: datetime) -> Iterator[Problem]:
        if not self.lot.strip():
            yield Problem("lot", "The lot is empty; copy it from the vial.")
        if self.expiry < now.date():
            yield Problem("expiry", f"The drug expired on {self.expiry:%Y-%m-%d}; take another vial.")
        if not self.prescriber.strip():
            yield Problem("prescriber", "The prescriber is empty; name who ordered this.")
        elif no_name := wrong_name(self.prescriber):
            yield Problem("prescriber", no_name)
        for field in ("premedication", "as_needed"):
            if any(not drug.what.strip() for drug in getattr(self, field)):
                yield Problem(field, "A drug has no name; write drug, dose and route, or take the line out.")

    def _disagreements(self, weight_kg: float) -> Iterator[Problem]:
        if self.start_mg_kg_h > self.max_mg_kg_h:
            yield Problem("start_mg_kg_h", self._above("The start", self.start_mg_kg_h))
        for number, step in enumerate(self.steps, start=1):
            if step.mg_kg_h > self.max_mg_kg_h:
                yield Problem("steps", self._above(f"Step {number}", step.mg_kg_h))
        yield from self._disagreements_of_steps()
        planned = self.planned_mg(weight_kg)
        if planned > exact(self.max_total_mg):
            yield Problem(
                "max_total_mg",
                f"The plan gives {shown(planned, 1)} mg, the order allows {shown(self.max_total_mg)} mg in "
                "all; plan less, or raise the total.",
            )

    def _disagreements_of_steps(self) -> Iterator[Problem]:
        for number, (before, step) in enumerate(zip(self.stairs, self.steps, strict=False), start=1):
            raised = exact(step.mg_kg_h) - exact(before.mg_kg_h)
            apart = exact(step.after_min) - exact(before.after_min)
            if raised <= 0:
                yield Problem(
                    "steps", f"Step {number} does not raise the dose; take it out, or plan it higher."
                )
            if raised > exact(self.max_step_mg_kg_h):
                yield Problem(
                    "steps",
                    f"Step {number} raises the dose by {dose(raised)} mg/kg/h; at most "
                    f"{dose(self.max_step_mg_kg_h)} is allowed at once.",
                )
            if apart < exact(self.step_every_min):
                yield Problem(
                    "steps",
                    f"Step {number} comes {shown(apart)} min after the one before; leave "
                    f"{shown(self.step_every_min)} min or more.",
                )
        if self.steps and self.steps[-1].after_min >= self.duration_min:
            yield Problem(
                "duration_min", f"The last step comes after the end at {shown(self.duration_min)} min."
            )

    def _above(self, what: str, asked: float) -> str:
        return (
            f"{what} of {dose(asked)} mg/kg/h is above the maximum of {dose(self.max_mg_kg_h)} mg/kg/h; "
            "lower it, or raise the maximum."
        )


STEP_DOSE = Range(field="steps", name="A step", low=0.01, high=2.0, unit="mg/kg/h")
STEP_TIME = Range(field="steps", name="A step", low=1.0, high=480.0, unit="min after the start")


def _outside(row: Range, value: float) -> Iterator[Problem]:
    sentence = row.refusal(value)
    if sentence is not None:
        yield Problem(row.field, sentence)

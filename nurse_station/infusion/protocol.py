"""A clinic's protocol: how an infusion day goes and where its limits are. Files it; applies no rule.

Every number is a medical director's to set, in a file (protocol_files.py; its table: protocol_fields.py).
Fractions of the course, intervals and thresholds are read by the rules of a session; the numbers of the
alarms are elsewhere, in the alarm limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from nurse_station.infusion.models import DEFAULT_MODEL
from nurse_station.infusion.order import Bag, DrugForm, Order, OrderedDrug, Step
from nurse_station.infusion.units import exact

# What can be due again and again. `observations` is a row of the observation grid.
CHECK_KINDS = ("observations", "responsiveness", "nibp", "symptoms", "iv_site")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The days.

    Attributes:
        days: How many.
        day_fractions: Share of the full dose on day 1, 2 ...; the last one holds for all later days.
        no_benefit_days: After so many days without benefit, stopping is talked about.
        benefit_percent, benefit_points: Pain relief that counts as benefit: either.
        review_months: After the last day.
        liver_tests_from_course: Liver tests are due from this course on.
    """

    days: int
    day_fractions: tuple[float, ...] = (1.0,)
    no_benefit_days: int
    benefit_percent: float
    benefit_points: float
    review_months: tuple[int, ...]
    liver_tests_from_course: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugSupply:
    """What may hang on the pole."""

    forms: tuple[DrugForm, ...]
    concentrations_mg_ml: tuple[float, ...]
    bag_ml: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Infusion:
    """The dose of a full day.

    Attributes:
        duration_min: From the start to the planned end.
        end_reminder_min: A reminder so long before it.
        start_mg_kg_h: The first dose.
        step_mg_kg_h: The planned raise, again and again up to the maximum; 0: none is planned.
        step_every_min: Between two raises, at least.
        max_step_mg_kg_h: The largest raise, planned or not.
        max_mg_kg_h, max_mg_h, max_total_mg: None of the three may be exceeded.
        max_total_mg_kg: A total by weight besides; None: none.
    """

    duration_min: float
    end_reminder_min: float
    start_mg_kg_h: float
    step_mg_kg_h: float
    step_every_min: float
    max_step_mg_kg_h: float
    max_mg_kg_h: float
    max_mg_h: float
    max_total_mg: float
    max_total_mg_kg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineNeeds:
    """What a baseline is: so many sets over so many minutes; beyond the numbers a prescriber confirms it."""

    sets: int
    over_min: float
    confirm_above_sys: float
    confirm_above_dia: float
    confirm_below_spo2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseNeeds:
    """What must be so before the dose is raised."""

    min_moaas: int
    moaas_age_min: float
    max_sys: float
    max_sys_rise_percent: float
    max_hallucination: int
    max_nausea: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """When a hold, a pause or a stop is proposed.

    Attributes:
        hold_moaas, stop_moaas: At this score or below.
        recheck_min: After a hold for it, minutes.
        hold_grade, stop_grade: Of hallucination, nausea or nightmares, at this grade or above.
        repeat_above_sys, repeat_above_dia: Measured again after `repeat_after_min`; confirmed: pause.
        pause_above_sys, pause_above_dia: Pause at once.
        pause_below_spo2, pause_below_rr: Pause at once.
        unmonitored_s: Without any vital sign for so long: pause until monitored.
    """

    hold_moaas: int
    stop_moaas: int
    recheck_min: float
    hold_grade: int
    stop_grade: int
    repeat_above_sys: float
    repeat_above_dia: float
    repeat_after_min: float
    pause_above_sys: float
    pause_above_dia: float
    pause_below_spo2: float
    pause_below_rr: float
    unmonitored_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What must be so before the patient goes home."""

    min_min: float
    min_aldrete: int
    min_padss: int
    min_moaas: int
    bp_within_percent: float
    min_spo2: float
    max_nausea: int
    max_hallucination: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInterval:
    """How often one kind of check is due, minutes.

    Attributes:
        every_min: From one to the next.
        after_raise_min: So soon after a raise as well; None: no matter.
        repeats_after_raise: So many after a raise, one after the other.
        on_alarm: An alarm of breathing or oxygen makes it due at once.
        late_after_min: Due for so long it is late.
    """

    every_min: float
    after_raise_min: float | None = None
    repeats_after_raise: int = 1
    on_alarm: bool = False
    late_after_min: float = 2.0


def _no_checks() -> Mapping[str, CheckInterval]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """All of it.

    Attributes:
        key: The word in record and settings.
        name: On the screen.
        version: Raised with every change of the file.
        approved_by: The medical director; empty: nobody yet, and the screen says so.
        model: Key of the model that predicts the concentration (`models.MODELS`), where it fits the drug.
        sources: Where its numbers come from.
        checks, recovery_checks: By kind, while the infusion runs and after it.
        premedication, as_needed: What the order form offers; the prescriber decides.
    """

    key: str
    name: str
    version: int
    approved_by: str = ""
    model: str = DEFAULT_MODEL.key
    sources: tuple[str, ...]
    course: Course
    drug: DrugSupply
    infusion: Infusion
    baseline: BaselineNeeds
    raising: RaiseNeeds
    stopping: Stopping
    recovery: Recovery
    checks: Mapping[str, CheckInterval] = field(default_factory=_no_checks)
    recovery_checks: Mapping[str, CheckInterval] = field(default_factory=_no_checks)
    premedication: tuple[OrderedDrug, ...] = ()
    as_needed: tuple[OrderedDrug, ...] = ()

    def fraction(self, day: int) -> Fraction:
        """The share of the full dose on a day, counted from 1."""
        shares = self.course.day_fractions
        return exact(shares[min(max(day, 1), len(shares)) - 1])

    def steps(self, day: int = 1) -> tuple[Step, ...]:
        """The planned raises of a day; as far as they come before its end."""
        own, share = self.infusion, self.fraction(day)
        if own.step_mg_kg_h <= 0:
            return ()
        top = exact(own.max_mg_kg_h) * share
        steps: list[Step] = []
        dose, after = exact(own.start_mg_kg_h) * share, exact(own.step_every_min)
        while dose < top and after < exact(own.duration_min):
            dose = min(dose + exact(own.step_mg_kg_h) * share, top)
            steps.append(Step(after_min=float(after), mg_kg_h=float(dose)))
            after += exact(own.step_every_min)
        return tuple(steps)

    def max_total_mg(self, weight_kg: float, day: int = 1) -> float:
        """The total of a day for a patient, mg."""
        own = self.infusion
        totals = [exact(own.max_total_mg)]
        if own.max_total_mg_kg is not None:
            totals.append(exact(own.max_total_mg_kg) * exact(weight_kg))
        return float(min(totals) * self.fraction(day))

    def order(
        self, *, day: int, weight_kg: float, bag: Bag, expiry: date, prescriber: str,
        form: DrugForm | None = None,
    ) -> Order:  # fmt: skip
        """The order that this protocol proposes for a day; the prescriber may change all of it.

        On a day with a share of the dose the maxima are that share too: a first day at half the dose does
        not allow the whole.
        """
        own, share = self.infusion, self.fraction(day)
        return Order(
            form=self.drug.forms[0] if form is None else form,
            concentration_mg_ml=bag.mg_ml,
            bag_ml=bag.ml,
            lot=bag.lot,
            expiry=expiry,
            start_mg_kg_h=float(exact(own.start_mg_kg_h) * share),
            steps=self.steps(day),
            step_every_min=own.step_every_min,
            max_step_mg_kg_h=own.max_step_mg_kg_h,
            max_mg_kg_h=float(exact(own.max_mg_kg_h) * share),
            max_mg_h=float(exact(own.max_mg_h) * share),
            max_total_mg=self.max_total_mg(weight_kg, day),
            duration_min=own.duration_min,
            prescriber=prescriber,
            premedication=self.premedication,
            as_needed=self.as_needed,
            protocol=self.key,
            day=day,
        )

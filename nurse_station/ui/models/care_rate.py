"""What the pump shows against what is meant, while it is typed, in the rules' sentences. Sends nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from nurse_station.infusion.order import Order
from nurse_station.infusion.plan import ROUNDING_MG_KG_H
from nurse_station.infusion.units import FourUnits, dose, mg_h, of_mg_h, pump_setting, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import Decision, decide
from nurse_station.sessions.deeds import Override
from nurse_station.sessions.findings import Finding, Level
from nurse_station.sessions.rules_rank import worst_first
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.models import words
from nurse_station.ui.models.care import LONG_S, clock_of_day, rates_of
from nurse_station.ui.models.limit_rows import parsed


class RateMode(StrEnum):
    """Which change at the pump is entered."""

    START = "start"
    RAISE = "raise"
    LOWER = "lower"
    RESUME = "resume"


AtPump = deeds.Started | deeds.RateSet | deeds.Resumed
TITLES: Mapping[RateMode, str] = MappingProxyType({
    RateMode.START: "Start the infusion", RateMode.RAISE: "Raise the rate",
    RateMode.LOWER: "Lower the rate", RateMode.RESUME: "Resume the infusion",
})  # fmt: skip
FIELDS = ("mg_kg_h", "pump_ml_h")
BESIDE = (*FIELDS, "at")
NO_NUMBER = "This is no number."
TYPE_IT = "Set the pump first, then type what it shows."
NO_LOWER = '{} is more than the {} that runs: no lower rate. Close this, and open "Raise the rate".'
NO_RAISE = '{} is less than the {} that runs: no raise. Close this, and open "Lower the rate".'


def prefilled(care: CareSnapshot, mode: RateMode) -> str:
    """The dose that the plan has for this change, mg/kg/h; empty: it has none. Never what the pump shows."""
    day, order = care.summary, care.session.order
    if order is None:
        return ""
    if mode is RateMode.START:
        return _planned(care, order, order.start_mg_kg_h)
    if mode is RateMode.RAISE:
        return dose(day.next_raise.mg_kg_h) if day.next_raise is not None else ""
    set_to = rates_of(care.session, day.set_ml_h) if day.set_ml_h is not None else None
    if set_to is None:
        return ""
    if mode is RateMode.RESUME:
        return dose(set_to.mg_kg_h)
    runs = float(set_to.mg_kg_h) - ROUNDING_MG_KG_H
    below = [stair.mg_kg_h for stair in order.stairs if stair.mg_kg_h < runs]
    return _planned(care, order, below[-1]) if below else ""


def _planned(care: CareSnapshot, order: Order, mg_kg_h: float) -> str:
    """The planned dose as this patient can get it."""
    patient = care.session.patient
    return dose(mg_kg_h if patient is None else order.planned_dose(mg_kg_h, patient.weight_kg).mg_kg_h)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateShown:
    """What is said while a rate is typed.

    Attributes:
        meant: What the dose that is meant is on the pump, and what to set once nothing stops it.
        stop: The worst that stops the dose, before anything is set; empty: nothing does.
        to_set: The mL/h that the nurse is told to set; empty: none, for something stops the dose.
        gives: What the pump gives if it does what it shows, in four units.
        lasts: How long the bag lasts then.
        beside: Field -> why it is refused.
        refused: Refusals that belong to no field.
        blocked: What a prescriber may let pass by name, each with its key.
        warned: What is told, and does not stop.
        deed: What would be entered; None: a number is missing.
        decision: What the rules say to it.
    """

    meant: str = ""
    stop: str = ""
    to_set: str = ""
    gives: str = ""
    lasts: str = ""
    beside: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    refused: tuple[str, ...] = ()
    blocked: tuple[Finding, ...] = ()
    warned: tuple[str, ...] = ()
    deed: AtPump | None = None
    decision: Decision | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may be entered as it stands."""
        return self.decision is not None and self.decision.allowed and not self.beside


def rate(
    care: CareSnapshot, mode: RateMode, meant: str, pump: str, overrides: Sequence[Override], who: str,
    at: float | None = None,
) -> RateShown:  # fmt: skip
    """All that is known of what is typed so far. `at`: when it was done at the pump; None: now.

    The dose is judged by itself as soon as it stands there, with the rate that it would be: what stops it is
    said before anybody sets the pump.
    """
    numbers = {key: parsed(text) for key, text in zip(FIELDS, (meant, pump), strict=True)}
    beside = {key: NO_NUMBER for key, text in zip(FIELDS, (meant, pump), strict=True)
              if text.strip() and numbers[key] is None}  # fmt: skip
    mg_kg_h, ml_h = numbers["mg_kg_h"], numbers["pump_ml_h"]
    wrong_way = _wrong_way(care, mode, mg_kg_h, ml_h, care.seen.at if at is None else at)
    said = RateShown(gives=_gives(care, ml_h), lasts=_lasts(care, ml_h), beside=beside | wrong_way)
    if mg_kg_h is None:
        return said
    if wrong_way:
        return replace(said, meant=_meant(care, mg_kg_h, None))
    setting = _setting(care, mg_kg_h)
    of_dose = None
    if setting is not None:
        deed = _deed(mode, mg_kg_h, float(setting))
        of_dose = decide(care.session, deed, care.seen, care.protocol, overrides, who=who, at=at)
    free = setting if of_dose is not None and of_dose.allowed else None
    said = replace(said, meant=_meant(care, mg_kg_h, free), to_set="" if free is None else shown(free),
                   stop=_stop(of_dose))  # fmt: skip
    if ml_h is not None:
        return _judged(care, said, _deed(mode, mg_kg_h, ml_h), overrides, who, at)
    return said if of_dose is None else _with_findings(said, of_dose)


def _wrong_way(
    care: CareSnapshot, mode: RateMode, mg_kg_h: float | None, ml_h: float | None, at: float
) -> dict[str, str]:
    """A form that lowers takes nothing that is more than runs, and one that raises nothing that is less."""
    delivery = care.session.delivery
    segment = delivery.segment_at(at) if delivery is not None else None
    set_ml_h = None if segment is None else segment.set_ml_h
    runs = rates_of(care.session, set_ml_h) if set_ml_h else None
    if runs is None or set_ml_h is None or mode not in (RateMode.RAISE, RateMode.LOWER):
        return {}
    wrong, now = {}, f"{dose(runs.mg_kg_h)} mg/kg/h"
    if mg_kg_h is not None and _plausible(mg_kg_h):
        more = mg_kg_h - float(runs.mg_kg_h)
        if mode is RateMode.LOWER and more > ROUNDING_MG_KG_H:
            wrong["mg_kg_h"] = NO_LOWER.format(f"{dose(mg_kg_h)} mg/kg/h", now)
        if mode is RateMode.RAISE and more < -ROUNDING_MG_KG_H:
            wrong["mg_kg_h"] = NO_RAISE.format(f"{dose(mg_kg_h)} mg/kg/h", now)
    if mode is RateMode.LOWER and ml_h is not None and _plausible(ml_h) and ml_h > set_ml_h:
        wrong["pump_ml_h"] = NO_LOWER.format(f"{shown(ml_h)} mL/h", f"{shown(set_ml_h)} mL/h")
    return wrong


def _deed(mode: RateMode, mg_kg_h: float, ml_h: float) -> AtPump:
    if mode is RateMode.START:
        return deeds.Started(mg_kg_h=mg_kg_h, pump_ml_h=ml_h)
    if mode is RateMode.RESUME:
        return deeds.Resumed(mg_kg_h=mg_kg_h, pump_ml_h=ml_h)
    return deeds.RateSet(mg_kg_h=mg_kg_h, pump_ml_h=ml_h)


def _judged(
    care: CareSnapshot, said: RateShown, deed: AtPump, overrides: Sequence[Override], who: str,
    at: float | None,
) -> RateShown:  # fmt: skip
    decision = decide(care.session, deed, care.seen, care.protocol, overrides, who=who, at=at)
    return replace(_with_findings(said, decision), deed=deed, decision=decision)


def _with_findings(said: RateShown, decision: Decision) -> RateShown:
    """What the rules say, the worst first."""
    found = worst_first(decision.findings)
    refusals = [each for each in found if each.level is Level.REFUSE]
    beside = {each.field: each.whole for each in refusals if each.field in BESIDE}
    return replace(
        said, beside=dict(said.beside) | beside,
        refused=tuple(each.whole for each in refusals if each.field not in BESIDE),
        blocked=tuple(each for each in found if each.level is Level.BLOCK),
        warned=tuple(each.whole for each in decision.warnings),
    )  # fmt: skip


def _stop(decision: Decision | None) -> str:
    """The worst line that still stops the dose, and how many others do."""
    stops = worst_first(each for each in decision.open if each.level is Level.BLOCK) if decision else ()
    if not stops:
        return ""
    more = f" And {len(stops) - 1} more below." if len(stops) > 1 else ""
    return f"▲ {stops[0].sentence}{more}"


def _plausible(number: float | None) -> bool:
    return number is not None and 0 < number < 1e5


def _setting(care: CareSnapshot, mg_kg_h: float) -> Fraction | None:
    """What the pump would be set to for this dose, mL/h; None: it cannot be known."""
    if care.session.patient is None or care.session.order is None or not _plausible(mg_kg_h):
        return None
    return pump_setting(_units_of(care.session.order, care.session.patient.weight_kg, care, mg_kg_h).ml_h)


def _units_of(order: Order, weight_kg: float, care: CareSnapshot, mg_kg_h: float) -> FourUnits:
    """The dose as it is given; the order's limit in mg/h holds for heavy patients."""
    rate = mg_h(mg_kg_h, weight_kg)
    if mg_kg_h <= order.max_mg_kg_h:
        rate = order.planned_dose(mg_kg_h, weight_kg).mg_h
    return of_mg_h(rate, weight_kg=weight_kg, mg_ml=care.session.strength)


def _meant(care: CareSnapshot, mg_kg_h: float, to_set: Fraction | None) -> str:
    """The dose in other units; what to set where nothing stops it, else what the order allows."""
    patient, order = care.session.patient, care.session.order
    if patient is None or order is None or not _plausible(mg_kg_h):
        return ""
    kg = patient.weight_kg
    units = _units_of(order, kg, care, mg_kg_h)
    lines = [*_less(order, kg, mg_kg_h)]
    if to_set is not None:
        lines.append(f"For {shown(kg)} kg: {_units(units)}; set {shown(to_set)} mL/h")
    else:  # in no unit of the pump: nobody shall set it yet
        lines.append(f"For {shown(kg)} kg: {shown(units.mg_h)} mg/h · {shown(units.ug_kg_min)} µg/kg/min")
    if mg_kg_h > order.max_mg_kg_h:
        most = of_mg_h(order.limit_mg_h(kg), weight_kg=kg, mg_ml=care.session.strength)
        lines.append(f"The order allows at most {dose(most.mg_kg_h)} mg/kg/h: "
                     f"{shown(pump_setting(most.ml_h))} mL/h.")  # fmt: skip
    return "\n".join(lines)


def _less(order: Order, kg: float, mg_kg_h: float) -> Iterator[str]:
    """Why the dose that is given is less than the one that is written."""
    planned = order.planned_dose(mg_kg_h, kg)
    if not planned.why or mg_kg_h > order.max_mg_kg_h:
        return
    given = dose(planned.mg_kg_h)
    if given == dose(mg_kg_h):  # the limit itself, rounded
        yield f"{order.limit_words(kg).capitalize()}."
    else:
        yield f"{planned.why}: {given} mg/kg/h."


def _gives(care: CareSnapshot, ml_h: float | None) -> str:
    units = rates_of(care.session, ml_h) if ml_h is not None and _plausible(ml_h) else None
    return "" if units is None else f"{dose(units.mg_kg_h)} mg/kg/h · {_units(units)}"


def _units(units: FourUnits) -> str:
    return f"{shown(units.mg_h)} mg/h · {shown(units.ug_kg_min)} µg/kg/min · {shown(units.ml_h)} mL/h"


def _lasts(care: CareSnapshot, ml_h: float | None) -> str:
    delivery, order, at = care.session.delivery, care.session.order, care.seen.at
    if delivery is None or order is None or ml_h is None or not _plausible(ml_h):
        return ""
    left = delivery.bag_left_ml(at)
    seconds = max(0.0, order.bag_ml if left is None else left) / ml_h * 3600
    if seconds > LONG_S:
        return f"The bag is empty on {clock_of_day(at + seconds, at)}"
    return f"The bag is empty at {clock_of_day(at + seconds, at)}, in {words.lasting(seconds)}"

"""What the pump shows against what is meant, while it is typed, in the rules' sentences. Sends nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from nurse_station.infusion.units import FourUnits, dose, mg_h, of_mg_h, pump_setting, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.decide import Decision, decide
from nurse_station.sessions.deeds import Override
from nurse_station.sessions.findings import Finding, Level
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.models import words
from nurse_station.ui.models.care import clock, rates_of
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


def prefilled(care: CareSnapshot, mode: RateMode) -> str:
    """The dose that the plan has for this change, mg/kg/h; empty: it has none. Never what the pump shows."""
    day, order = care.summary, care.session.order
    if order is None:
        return ""
    if mode is RateMode.START:
        return dose(order.start_mg_kg_h)
    if mode is RateMode.RAISE:
        return dose(day.next_raise.mg_kg_h) if day.next_raise is not None else ""
    set_to = rates_of(care.session, day.set_ml_h) if day.set_ml_h is not None else None
    if set_to is None:
        return ""
    if mode is RateMode.RESUME:
        return dose(set_to.mg_kg_h)
    below = [stair.mg_kg_h for stair in order.stairs if stair.mg_kg_h < float(set_to.mg_kg_h) - 0.005]
    return dose(below[-1]) if below else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateShown:
    """What is said while a rate is typed.

    Attributes:
        meant: What to set on the pump for the dose that is meant.
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
        return self.decision is not None and self.decision.allowed


def rate(
    care: CareSnapshot, mode: RateMode, meant: str, pump: str, overrides: Sequence[Override], who: str,
    at: float | None = None,
) -> RateShown:  # fmt: skip
    """All that is known of what is typed so far. `at`: when it was done at the pump; None: now."""
    numbers = {key: parsed(text) for key, text in zip(FIELDS, (meant, pump), strict=True)}
    beside = {key: NO_NUMBER for key, text in zip(FIELDS, (meant, pump), strict=True)
              if text.strip() and numbers[key] is None}  # fmt: skip
    mg_kg_h, ml_h = numbers["mg_kg_h"], numbers["pump_ml_h"]
    said = RateShown(
        meant=_meant(care, mg_kg_h), gives=_gives(care, ml_h), lasts=_lasts(care, ml_h), beside=beside
    )
    if mg_kg_h is None or ml_h is None:
        return said
    return _judged(care, said, _deed(mode, mg_kg_h, ml_h), overrides, who, at)


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
    refusals = [each for each in decision.findings if each.level is Level.REFUSE]
    return RateShown(
        meant=said.meant, gives=said.gives, lasts=said.lasts, deed=deed, decision=decision,
        beside={each.field: each.whole for each in refusals if each.field in BESIDE},
        refused=tuple(each.whole for each in refusals if each.field not in BESIDE),
        blocked=tuple(each for each in decision.findings if each.level is Level.BLOCK),
        warned=tuple(each.whole for each in decision.warnings),
    )  # fmt: skip


def _plausible(number: float | None) -> bool:
    return number is not None and 0 < number < 1e5


def _meant(care: CareSnapshot, mg_kg_h: float | None) -> str:
    """What the dose is on the pump; the order's limit in mg/h holds for heavy patients."""
    patient, order = care.session.patient, care.session.order
    if patient is None or order is None or mg_kg_h is None or not _plausible(mg_kg_h):
        return ""
    rate = mg_h(mg_kg_h, patient.weight_kg)
    if mg_kg_h <= order.max_mg_kg_h:
        rate = order.rate_mg_h(mg_kg_h, patient.weight_kg)
    units = of_mg_h(rate, weight_kg=patient.weight_kg, mg_ml=care.session.strength)
    return f"For {shown(patient.weight_kg)} kg: {_units(units)}; set {shown(pump_setting(units.ml_h))} mL/h"


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
    return f"The bag is empty at {clock(at + seconds)}, in {words.lasting(seconds)}"

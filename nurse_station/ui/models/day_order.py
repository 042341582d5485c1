"""The order as words in fields, and back; the planned day as a table in four units. Signs nothing; no Qt."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import isfinite, nan
from types import MappingProxyType
from typing import Any

from nurse_station.infusion.order import Bag, DrugForm, Order, OrderedDrug, Step
from nurse_station.infusion.order_ranges import ORDER_RANGES
from nurse_station.infusion.plan import given_by, planned_stairs
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.units import dose, of_mg_h, pump_setting, shown
from nurse_station.ui.models.care import clock
from nurse_station.ui.models.day_patient import date_of
from nurse_station.ui.models.limit_rows import parsed

_UNITS = {row.field: row.unit for row in ORDER_RANGES}
NUMBERS: Mapping[str, str] = MappingProxyType({
    "concentration_mg_ml": "&Concentration", "bag_ml": "&Bag", "start_mg_kg_h": "&Start",
    "duration_min": "&Duration", "max_step_mg_kg_h": "Largest raise", "step_every_min": "Raises apart",
    "max_mg_kg_h": "Highest dose", "max_mg_h": "Highest rate", "max_total_mg": "Most in all",
})  # fmt: skip
"""Field -> its words on the form, in their order; their units and ranges are `ORDER_RANGES`."""
WORDS: Mapping[str, str] = MappingProxyType({
    "lot": "&Lot", "expiry": "&Expiry", "steps": "S&teps", "prescriber": "P&rescriber",
    "premedication": "Pre&medication", "as_needed": "As &needed",
})  # fmt: skip
HINTS: Mapping[str, str] = MappingProxyType({
    "steps": "Dose @ minutes after the start, e.g. 0.2 @ 30; 0.3 @ 60",
    "expiry": "As on the vial, e.g. 2027-03-31 or 2027-03",
    "premedication": "Drug, dose, route (when); the next after a semicolon",
    "as_needed": "Drug, dose, route (when); the next after a semicolon",
    "lot": "Copied from the vial", "prescriber": "Who ordered this",
})  # fmt: skip
_STEP = re.compile(r"([\d.,]+)\s*@\s*([\d.,]+)")
_DRUG = re.compile(r"(.*?)(?:\(([^()]*)\))?")
_BETWEEN = re.compile(r";(?![^()]*\))")
"""A semicolon that is not within brackets."""
NO_EXPIRY = "Copy the expiry from the vial, e.g. 2027-03-31."
NO_NUMBER = "This is no number."
NO_STEPS = "Write each as dose @ minutes, e.g. 0.2 @ 30; 0.3 @ 60. None: leave it empty."


def unit(field: str) -> str:
    """The unit of a number, as a ward writes it."""
    return _UNITS[field]


def range_words(field: str) -> str:
    """`0.1 to 10 mg/mL`."""
    row = next(row for row in ORDER_RANGES if row.field == field)
    return f"{shown(row.low)} to {shown(row.high)} {row.unit}"


def proposal(protocol: Protocol, day: int, weight_kg: float) -> Order:
    """What the protocol proposes; lot, expiry and prescriber are for a person to write."""
    bag = Bag(ml=protocol.drug.bag_ml, mg_ml=protocol.drug.concentrations_mg_ml[0])
    return protocol.order(day=day, weight_kg=weight_kg, bag=bag, expiry=date.min, prescriber="")


def fields_of(order: Order) -> dict[str, str]:
    """The order as it is written into the form."""
    numbers = {key: _written(key, getattr(order, key)) for key in NUMBERS}
    return numbers | {
        "lot": order.lot, "prescriber": order.prescriber,
        "expiry": "" if order.expiry == date.min else f"{order.expiry:%Y-%m-%d}",
        "steps": "; ".join(f"{dose(step.mg_kg_h)} @ {shown(step.after_min)}" for step in order.steps),
        "premedication": _drugs_words(order.premedication), "as_needed": _drugs_words(order.as_needed),
    }  # fmt: skip


def _written(key: str, number: float) -> str:
    return dose(number) if key.endswith("_mg_kg_h") else shown(number, 3)


def _drugs_words(drugs: Sequence[OrderedDrug]) -> str:
    return "; ".join(f"{drug.what} ({drug.when})" if drug.when else drug.what for drug in drugs)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderJudged:
    """What the form makes.

    Attributes:
        order: None: a field cannot be read.
        wrong: Field -> why it is refused.
    """

    order: Order | None
    wrong: Mapping[str, str]


def judged(
    typed: Mapping[str, str], form: DrugForm, proposed: Order, weight_kg: float, now: datetime
) -> OrderJudged:
    """The order as typed, with everything that is wrong beside its field."""
    numbers: dict[str, Any] = {key: number for key in NUMBERS if isfinite(number := _number(typed[key]))}
    steps, expiry = steps_of(typed["steps"]), expiry_of(typed["expiry"])
    unread = {key: NO_NUMBER for key in NUMBERS if key not in numbers}
    unread |= {"steps": NO_STEPS} if steps is None else {}
    unread |= {"expiry": NO_EXPIRY} if expiry is None else {}
    # What cannot be read is taken as proposed, so that all else is judged already.
    order = replace(
        proposed, form=form, steps=proposed.steps if steps is None else steps, expiry=expiry or date.max,
        lot=typed["lot"].strip(), prescriber=typed["prescriber"].strip(),
        premedication=drugs_of(typed["premedication"]), as_needed=drugs_of(typed["as_needed"]), **numbers,
    )  # fmt: skip
    problems = order.problems(weight_kg, now.astimezone(UTC))
    wrong = {each.field: each.sentence for each in reversed(problems)} | unread
    return OrderJudged(order=None if unread else order, wrong=wrong)


def _number(text: str) -> float:
    number = parsed(text)
    return nan if number is None else number


def steps_of(text: str) -> tuple[Step, ...] | None:
    """`0.2 @ 30; 0.3 @ 60`; None: it cannot be read."""
    steps = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _STEP.fullmatch(part)
        asked, after = (parsed(found[1]), parsed(found[2])) if found else (None, None)
        if asked is None or after is None:
            return None
        steps.append(Step(after_min=after, mg_kg_h=asked))
    return tuple(steps)


def expiry_of(text: str) -> date | None:
    """The last day of use: a month, `2027-03`, ends with its last day. None: it cannot be read."""
    day = date_of(text)
    first = day or date_of(f"{text.strip()}-01")
    if first is None:
        return None
    return day or first.replace(day=monthrange(first.year, first.month)[1])


def drugs_of(text: str) -> tuple[OrderedDrug, ...]:
    """`ondansetron 4 mg IV (nausea grade 2); ...`."""
    drugs = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        found = _DRUG.fullmatch(part)
        what, when = (found[1].strip(), (found[2] or "").strip()) if found else (part, "")
        drugs.append(OrderedDrug(what=what, when=when))
    return tuple(drugs)


END = ("end", "", "", "")
HEADINGS = ("From", "mg/kg/h", "µg/kg/min", "mg/h", "mL/h", "given by then")


def plan_rows(
    order: Order, weight_kg: float, began: float | None = None
) -> tuple[tuple[str, ...], ...]:  # fmt: skip
    """The planned day: from when, the rate in four units (mL/h as set on the pump), mg given until then.

    `began`: second of the session's clock at which the infusion began: times of day stand with it.
    """
    stairs = planned_stairs(order, weight_kg, 0.0)
    rows = []
    for stair in stairs:
        units = of_mg_h(stair.mg_h, weight_kg=weight_kg, mg_ml=order.concentration_mg_ml)
        given = given_by(stairs, stair.at)
        pump = shown(pump_setting(units.ml_h))
        rates = (dose(units.mg_kg_h), shown(units.ug_kg_min), shown(units.mg_h), pump)
        done = f"{given:.1f} mg · {given / order.concentration_mg_ml:.0f} mL"
        at = "" if began is None else f"{clock(began + stair.at)}  "
        rows.append((f"{at}{_after(stair.at)}", *(END if stair is stairs[-1] else rates), done))
    return tuple(rows)


def _after(seconds: float) -> str:
    minutes = round(seconds / 60)
    return "start" if not minutes else f"+{minutes // 60}:{minutes % 60:02d} h"


def dose_words(text: str, weight_kg: float, mg_ml: str) -> str:
    """What a dose in mg/kg/h is in the three other units; empty: it is no number."""
    asked, strength = parsed(text), parsed(mg_ml)
    if asked is None or not 0 < asked < 100:
        return ""
    said = f"{shown(asked * 1000 / 60)} µg/kg/min · {shown(asked * weight_kg)} mg/h"
    return f"{said} · {shown(asked * weight_kg / strength)} mL/h" if strength and strength > 0 else said

"""`protocol check`: a protocol file -> its mistakes, or the day that it describes. Changes no file."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from nurse_station.commands.choices import file_called
from nurse_station.commands.trouble import UserError
from nurse_station.infusion.concentration import NOTE, Kinetics
from nurse_station.infusion.models import MODELS, Model, models_for
from nurse_station.infusion.order import Bag, Order
from nurse_station.infusion.order_ranges import WEIGHT
from nurse_station.infusion.plan import Stair, given_by, planned_stairs
from nurse_station.infusion.protocol import CheckInterval, Protocol
from nurse_station.infusion.protocol_files import ProtocolError, load
from nurse_station.infusion.units import dose, ml_h, shown, ug_kg_min

EXIT_WRONG = 1
# The description is of no patient and no bag: their names and dates are in nobody's way.
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def run(options: argparse.Namespace) -> int:
    """Print what is wrong (code 1), or the protocol's day for a patient of the weight."""
    refusal = WEIGHT.refusal(options.weight)
    if refusal is not None:
        raise UserError(refusal.rstrip("."))
    path = file_called(options.file)
    try:
        told = described(load(path), options.weight)
    except ProtocolError as error:
        told = {"valid": False, "faults": list(error.sentences)}
    if options.json:
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_text(told) if "days" in told else told["faults"]))
    return 0 if told["valid"] else EXIT_WRONG


def described(protocol: Protocol, weight_kg: float) -> dict[str, Any]:
    """The whole protocol as one object, with the doses of a patient."""
    days = [_day(protocol, first, last, weight_kg) for first, last in _alike(protocol)]
    faults = [fault for day in days for fault in day.pop("faults")]
    return {
        "valid": not faults,
        "faults": faults,
        "key": protocol.key,
        "name": protocol.name,
        "version": protocol.version,
        "approved_by": protocol.approved_by,
        "forms": [form.value for form in protocol.drug.forms],
        "weight_kg": weight_kg,
        "course_days": protocol.course.days,
        "days": days,
        "checks_min": _checks(protocol.checks),
        "recovery_min": protocol.recovery.min_min,
        "recovery_checks_min": _checks(protocol.recovery_checks),
    }


def _alike(protocol: Protocol) -> Iterator[tuple[int, int]]:
    """(first, last) of days with the same dose."""
    first = 1
    for day in range(1, protocol.course.days + 1):
        last = day == protocol.course.days
        if last or protocol.fraction(day) != protocol.fraction(day + 1):
            yield first, day
            first = day + 1


def _day(protocol: Protocol, first: int, last: int, weight_kg: float) -> dict[str, Any]:
    supply = protocol.drug
    orders = [
        protocol.order(
            day=first, weight_kg=weight_kg, bag=Bag(ml=supply.bag_ml, mg_ml=strength, lot="none"),
            expiry=date.max, prescriber="none",
        )
        for strength in supply.concentrations_mg_ml
    ]  # fmt: skip
    order = orders[0]
    fits = models_for(order.form)
    model = MODELS[protocol.model] if MODELS[protocol.model] in fits else fits[0]
    stairs = planned_stairs(order, weight_kg, started_at=0.0)
    total = float(order.planned_mg(weight_kg))
    problems = {problem.sentence for each in orders for problem in each.problems(weight_kg, NO_DATE)}
    return {
        "first": first,
        "last": last,
        "rates": [_rate(stair, stairs, orders) for stair in stairs],
        "total_mg": round(total, 3),
        "total_mg_kg": round(total / weight_kg, 4),
        "total_ml": {shown(each.concentration_mg_ml): round(total / each.concentration_mg_ml, 2)
                     for each in orders},
        "limit_mg_h": float(order.limit_mg_h(weight_kg)),
        "max_mg_kg_h": order.max_mg_kg_h,
        "max_mg_h": order.max_mg_h,
        "max_total_mg": order.max_total_mg,
        "predicted_plasma_ng_ml_at_end": _plasma_at_end(stairs, weight_kg, model),
        "model": model.name,
        "faults": [f"day {first}: {sentence}" for sentence in sorted(problems)],
    }  # fmt: skip


def _rate(stair: Stair, stairs: tuple[Stair, ...], orders: Sequence[Order]) -> dict[str, Any]:
    return {
        "at_min": stair.at / 60,
        "mg_kg_h": round(stair.mg_kg_h, 5),
        "ug_kg_min": round(float(ug_kg_min(stair.mg_kg_h)), 4),
        "mg_h": round(stair.mg_h, 4),
        "ml_h": {
            shown(order.concentration_mg_ml): round(float(ml_h(stair.mg_h, order.concentration_mg_ml)), 4)
            for order in orders
        },
        "given_mg": round(given_by(stairs, stair.at), 3),
    }


def _plasma_at_end(stairs: tuple[Stair, ...], weight_kg: float, model: Model) -> float:
    rates = [(stair.at, stair.mg_h) for stair in stairs]
    curve = Kinetics(weight_kg=weight_kg, model=model).curve(rates, [stairs[-1].at])
    return round(float(curve.plasma_ng_ml[0]), 1)


def _checks(checks: Mapping[str, CheckInterval]) -> dict[str, float]:
    return {kind: interval.every_min for kind, interval in checks.items()}


def as_text(told: Mapping[str, Any]) -> list[str]:
    """The description for a person."""
    signed = f"approved by {told['approved_by']}" if told["approved_by"] else "not yet approved by anybody"
    lines = [
        f"{told['name']} ({told['key']}, version {told['version']}, {signed})",
        f"For {shown(told['weight_kg'])} kg, {' or '.join(told['forms'])} ketamine",
    ]
    for day in told["days"]:
        lines += ["", *_lines_of_day(day)]
    lines += ["", f"While it runs   {_intervals(told['checks_min'])}"]
    lines += [f"Recovery        at least {shown(told['recovery_min'])} min; "
              f"{_intervals(told['recovery_checks_min'])}"]  # fmt: skip
    return [*lines, *(["", *told["faults"]] if told["faults"] else [])]


def _lines_of_day(day: Mapping[str, Any]) -> Iterator[str]:
    several = day["first"] != day["last"]
    yield f"Days {day['first']} to {day['last']}" if several else f"Day {day['first']}"
    strengths = list(day["total_ml"])
    yield from _aligned(
        [
            ("TIME", "mg/kg/h", "µg/kg/min", "mg/h", *(f"mL/h at {each} mg/mL" for each in strengths),
             "GIVEN mg"),
            *(_cells(rate) for rate in day["rates"]),
        ]
    )  # fmt: skip
    volumes = " or ".join(f"{shown(day['total_ml'][each])} mL at {each} mg/mL" for each in strengths)
    yield f"  total {shown(day['total_mg'])} mg, {shown(day['total_mg_kg'], 3)} mg/kg, {volumes}"
    yield (
        f"  limits {dose(day['max_mg_kg_h'])} mg/kg/h and {shown(day['max_mg_h'], 3)} mg/h, so "
        f"{shown(day['limit_mg_h'], 3)} mg/h for this patient; {shown(day['max_total_mg'])} mg in all"
    )
    plasma = shown(day["predicted_plasma_ng_ml_at_end"], 0)
    yield f"  plasma at the end {plasma} ng/mL by {day['model']} ({NOTE.lower()})"


def _cells(rate: Mapping[str, Any]) -> tuple[str, ...]:
    minutes = round(rate["at_min"])
    return (
        f"{minutes // 60}:{minutes % 60:02}",
        dose(rate["mg_kg_h"]),
        *(shown(rate[unit], 3) for unit in ("ug_kg_min", "mg_h")),
        *(shown(each, 3) for each in rate["ml_h"].values()),
        shown(rate["given_mg"]),
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  " + "  ".join(map(str.rjust, row, widths)) for row in rows]


def _intervals(checks: Mapping[str, float]) -> str:
    return ", ".join(f"{kind.replace('_', ' ')} every {shown(every)} min" for kind, every in checks.items())

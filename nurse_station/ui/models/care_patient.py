"""A bound patient's data corrected: what follows for order and pump. Changes nothing; no Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from nurse_station.infusion.units import dose, of_mg_h, of_mg_kg_h, pump_setting, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Entry, Patient
from nurse_station.sessions.session import Session, fold
from nurse_station.sessions.states import BEFORE, RUNNING
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.models.day_patient import PatientTyped, judged

AGREES = "The patient says this name and this date of birth: compare both again."
CHECK_AGAIN = "The second nurse checks again before the start."


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionJudged:
    """What the form makes.

    Attributes:
        patient: As corrected; None: something cannot be, or nothing is changed.
        wrong: Field -> why it is refused; "agrees": the identifiers are to be compared again.
        told: Field -> what is said beside it.
        another_name: Name or date of birth are changed.
    """

    patient: Patient | None
    wrong: Mapping[str, str]
    told: Mapping[str, str]
    another_name: bool


def place_of(care: CareSnapshot) -> int | None:
    """Number of the entry that bound the patient; None: nobody is bound."""
    return next(
        (each.place for each in care.session.stands if isinstance(each.deed, deeds.PatientBound)), None
    )


def fields_of(patient: Patient) -> dict[str, str]:
    """As they are written into the form."""
    return {
        "name": patient.name, "born": f"{patient.born:%Y-%m-%d}", "weight_kg": shown(patient.weight_kg),
        "number": patient.number, "allergies": patient.allergies, "diagnosis": patient.diagnosis,
    }  # fmt: skip


def corrected(was: Patient, typed: PatientTyped, today: date, *, agrees: bool) -> CorrectionJudged:
    """The form against the patient as bound. `agrees`: the patient said both identifiers as they are now."""
    found = judged(typed, today)
    same = _identity(typed.fields) == _identity(fields_of(was))
    wrong = {key: said for key, said in found.wrong.items() if not key.endswith("_agrees")}
    if not same and not agrees:
        wrong["agrees"] = AGREES
    patient = found.patient if not wrong and found.patient != was else None
    return CorrectionJudged(
        patient=patient, wrong=MappingProxyType(wrong), told=found.told, another_name=not same
    )


def _identity(fields: Mapping[str, str]) -> tuple[str, str]:
    return " ".join(fields["name"].split()), fields["born"].strip()


def consequences(care: CareSnapshot, patient: Patient, who: str) -> tuple[str, ...]:
    """What the day says differently with this patient's data, a sentence each."""
    number, was = place_of(care), care.session.patient
    if number is None or was is None:
        return ()
    last = max(entry.number for entry in care.entries)
    entry = Entry(
        number=last + 1, at=care.seen.at, who=who, deed=deeds.PatientBound(patient=patient), corrects=number
    )
    then = fold([*care.entries, entry])
    return tuple(_consequences(care.session, then, was, patient, care.seen.at))


def _consequences(
    now: Session, then: Session, was: Patient, patient: Patient, at: float
) -> Iterator[str]:  # fmt: skip
    if (was.name, was.born) != (patient.name, patient.born):
        yield f"All that is recorded today is then of {patient.name}, born {patient.born:%Y-%m-%d}."
    if was.weight_kg != patient.weight_kg:
        yield f"Weight {shown(was.weight_kg)} kg becomes {shown(patient.weight_kg)} kg."
        yield from _of_order(now, was.weight_kg, patient.weight_kg, at)
        yield from _of_pump(then, was.weight_kg, patient.weight_kg, at)
    if now.state in BEFORE and now.second_checked_at is not None:
        yield CHECK_AGAIN


def _of_order(session: Session, was: float, kg: float, at: float) -> Iterator[str]:
    order = session.order
    if order is None:
        return
    rates = [order.rate_mg_h(order.start_mg_kg_h, weight) for weight in (was, kg)]
    pumps = [
        pump_setting(of_mg_h(rate, weight_kg=weight, mg_ml=session.strength).ml_h)
        for rate, weight in zip(rates, (was, kg), strict=True)
    ]
    limits = [order.limit_mg_h(weight) for weight in (was, kg)]
    totals = [order.planned_mg(weight) for weight in (was, kg)]
    yield (f"The start at {dose(order.start_mg_kg_h)} mg/kg/h is {shown(rates[1])} mg/h, "
           f"{shown(pumps[1])} mL/h; it was {shown(rates[0])} mg/h, {shown(pumps[0])} mL/h.")  # fmt: skip
    yield f"The order allows {shown(limits[1])} mg/h; it was {shown(limits[0])} mg/h."
    yield f"The plan gives {shown(totals[1], 1)} mg in all; it was {shown(totals[0], 1)} mg."
    for problem in order.problems(kg, datetime.fromtimestamp(at, UTC)):
        yield f"▲ The order does not fit any more: {problem.sentence}"


def _of_pump(then: Session, was: float, kg: float, at: float) -> Iterator[str]:
    delivery = then.delivery
    if delivery is None or delivery.started_at() is None:
        return
    runs = delivery.ml_h(at)
    if then.state in RUNNING and runs > 0:
        rate = delivery.mg_h(at)
        before, now = (of_mg_h(rate, weight_kg=weight, mg_ml=then.strength).mg_kg_h for weight in (was, kg))
        meant = pump_setting(of_mg_kg_h(before, weight_kg=kg, mg_ml=then.strength).ml_h)
        yield (f"▲ The pump runs at {shown(runs)} mL/h: that is {dose(now)} mg/kg/h, not {dose(before)}. "
               f"For {dose(before)} mg/kg/h it would be {shown(meant)} mL/h.")  # fmt: skip
    yield (f"Given so far: {dose(delivery.mg_kg(at, kg))} mg/kg; "
           f"it was {dose(delivery.mg_kg(at, was))} mg/kg.")  # fmt: skip

"""An entry as a nurse would note it: one sentence a deed, for the screen and for paper. Times stand beside it."""

from collections.abc import Mapping

from nurse_station.assessments.scales import SCALES
from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.infusion.order import Order
from nurse_station.infusion.units import FourUnits, of_ml_h, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.session import Session
from nurse_station.vitals.parameters import PARAMETERS


def note(entry: Entry, before: Session) -> str:
    """The entry in one or two sentences. `before` is the session as it was when it was made."""
    said = sentence(entry.deed, before)
    if entry.corrects is not None:
        said = f"Correction of entry {entry.corrects} ({entry.why}): {said}"
    return " ".join([said, *(_override(each) for each in entry.overrides)])


def _override(override: Override) -> str:
    return f"Let pass by {override.by} ({override.rule}): {override.why}."


def sentence(deed: Deed, before: Session) -> str:
    """What was done, without who and when."""
    for words in (_beginning, _at_the_pump, _found, _ending):
        said = words(deed, before)
        if said:
            return said
    return type(deed).__name__


def _beginning(deed: Deed, before: Session) -> str:  # noqa: PLR0911 - one line a kind of deed
    match deed:
        case deeds.PatientBound(patient=patient):
            number = f", {patient.number}" if patient.number else ""
            return (f"Patient confirmed: {patient.name}, born {patient.born:%Y-%m-%d}{number}, "
                    f"{shown(patient.weight_kg)} kg.")  # fmt: skip
        case deeds.ScreeningBegun(day=day, days=days):
            return f"Screening begun, day {day} of {days}."
        case deeds.Answered(question=key, reply=reply, note=text):
            return f"{QUESTIONS[key].asks if key in QUESTIONS else key} {reply.value}{_aside(text)}."
        case deeds.Screened():
            return "Screening complete."
        case deeds.Declined(why=why):
            return f"No infusion today: {why}."
        case deeds.OrderWritten(order=order):
            return _order(order)
        case deeds.BaselineTaken(values=values):
            return f"Baseline set {len(before.baseline_sets) + 1}: {_values(values)}."
        case deeds.BaselineSet():
            return f"Baseline set from {len(before.baseline_sets)} sets."
        case deeds.PresenceNoted(name=name, present=present):
            return f"Prescriber {name} {'is' if present else 'is no longer'} in the facility."
        case deeds.SecondCheck(nurse=nurse):
            return f"Second check of patient, drug, bag, order and pump by {nurse}."
        case deeds.EscortNoted(name=name, phone=phone, present=present):
            return f"Escort {name}{_aside(phone)}{', is here' if present else ''}."
    return ""


def _at_the_pump(deed: Deed, before: Session) -> str:  # noqa: PLR0911 - one line a kind of deed
    match deed:
        case deeds.Started(pump_ml_h=rate):
            return f"Infusion started at {_rate(rate, before)}."
        case deeds.RateSet(pump_ml_h=rate):
            return f"Rate {_direction(rate, before)} to {_rate(rate, before)}."
        case deeds.Resumed(pump_ml_h=rate):
            return f"Infusion resumed at {_rate(rate, before)}."
        case deeds.Held(why=why):
            return f"Rate held: {why}."
        case deeds.Released():
            return "Hold ended."
        case deeds.Paused(why=why):
            return f"Infusion paused: {why}."
        case deeds.BagChanged(bag=bag):
            return f"New bag: {shown(bag.ml)} mL of {shown(bag.mg_ml)} mg/mL{_aside(bag.lot)}."
        case deeds.Stopped(reason=reason, why=why):
            return f"Infusion stopped, {reason.value}{_aside(why)}."
        case deeds.WasteNoted(ml=ml, witness=witness):
            return f"{shown(ml)} mL discarded, witness {witness}."
    return ""


def _found(deed: Deed, _before: Session) -> str:
    match deed:
        case deeds.Scored(scale=scale, score=score, note=text):
            row = SCALES.get(scale)
            if row is None:
                return f"{scale} {score}."
            return f"{row.name} {score}: {row.level(score).words.lower()}{_aside(text)}."
        case deeds.Questioned(key=key, answers=answers):
            sheet = QUESTIONNAIRES[key]
            return f"{sheet.name} {sheet.total(answers)} of {sheet.most}."
        case deeds.Measured(values=values):
            return f"Measured by hand: {_values(values)}."
        case deeds.Intervened(what=what, note=text):
            return f"{what}{_aside(text)}."
        case deeds.Noted(text=text):
            return text
    return ""


def _ending(deed: Deed, _before: Session) -> str:  # noqa: PLR0911, C901 - one line a kind of deed
    match deed:
        case deeds.EmergencyCalled(why=why):
            return f"EMERGENCY called, pump off{_aside(why)}."
        case deeds.EmergencyOver(note=text):
            return f"Emergency over, patient recovers here{_aside(text)}."
        case deeds.Transferred(to=to):
            return f"Patient transferred to {to}."
        case deeds.LineOut():
            return "IV out."
        case deeds.Walked(steady=steady):
            return f"Walks {'steadily' if steady else 'unsteadily'}."
        case deeds.Instructed():
            return "Written instructions given."
        case deeds.ReadyToGo():
            return "Ready to go home."
        case deeds.NotYet(why=why):
            return f"Back to recovery{_aside(why)}."
        case deeds.Discharged():
            return "Discharged with escort."
        case deeds.OutcomeNoted(benefit=benefit, plan=plan):
            said = {True: "Better than before", False: "No benefit", None: "Benefit not asked"}[benefit]
            return f"{said}{_aside(plan)}."
        case deeds.Withdrawn():
            return "Withdrawn."
    return ""


def _aside(text: str) -> str:
    return f", {text.strip().rstrip('.')}" if text.strip() else ""


def _order(order: Order) -> str:
    return (f"Order by {order.prescriber}: {order.form.value} ketamine {shown(order.concentration_mg_ml)} mg/mL, "
            f"start {shown(order.start_mg_kg_h)} mg/kg/h, at most {shown(order.max_mg_kg_h)} mg/kg/h, "
            f"{shown(order.max_mg_h)} mg/h, {shown(order.max_total_mg)} mg in {shown(order.duration_min)} min, "
            f"lot {order.lot}.")  # fmt: skip


def _values(values: Mapping[str, float]) -> str:
    said = []
    for key, value in values.items():
        row = PARAMETERS.get(key)
        label, unit = (row.label, row.unit_shown) if row is not None else (key, "")
        said.append(f"{label} {shown(value, 1)} {unit}".rstrip())
    return ", ".join(said)


def four_units(ml_h: float, session: Session) -> FourUnits | None:
    """A rate of the pump in all four units; None: patient or order are not known."""
    if session.patient is None or session.order is None:
        return None
    return of_ml_h(ml_h, weight_kg=session.patient.weight_kg, mg_ml=_strength(session))


def _strength(session: Session) -> float:
    delivery = session.delivery
    if delivery is not None and delivery.segments:
        return delivery.segments[-1].bag.mg_ml
    return session.order.concentration_mg_ml if session.order is not None else 1.0


def _rate(ml_h: float, session: Session) -> str:
    units = four_units(ml_h, session)
    if units is None:
        return f"{shown(ml_h)} mL/h"
    return f"{shown(units.mg_kg_h)} mg/kg/h ({shown(units.mg_h)} mg/h, {shown(ml_h)} mL/h)"


def _direction(ml_h: float, session: Session) -> str:
    segments = session.delivery.segments if session.delivery is not None else ()
    before = (segments[-1].set_ml_h or 0.0) if segments else 0.0
    return "raised" if ml_h > before else "lowered" if ml_h < before else "confirmed"

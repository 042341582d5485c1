"""An entry as a nurse would note it: one sentence a deed, for the screen and for paper."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from nurse_station.assessments.scales import SCALES
from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.infusion.units import FourUnits, dose, of_ml_h, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override
from nurse_station.sessions.findings import past
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.session import Session, session_until, without
from nurse_station.sessions.states import WORDS
from nurse_station.vitals.parameters import PARAMETERS


def note(entry: Entry, before: Session) -> str:
    """The entry in one or more sentences. `before` is the session as it was when it was made."""
    late = bool(before.stands) and entry.corrects is None and entry.at < before.stands[-1].at
    said = sentence(entry.deed, session_until(before, entry.at) if late else before)
    if entry.corrects is not None:
        if isinstance(entry.deed, deeds.Withdrawn):
            said = taken_back(before, entry.corrects, entry.at) or said
        said = f"Correction of entry {entry.corrects} ({entry.why}): {said}"
    return " ".join([said, *(_override(each) for each in entry.overrides), *_late(entry)])


def _late(entry: Entry) -> tuple[str, ...]:
    """What was entered later than it was done says so wherever it is read."""
    return () if entry.entered is None else (f"Entered late, {past(entry.entered - entry.at)} after.",)


def taken_back(session: Session, number: int, at: float) -> str:
    """What would be taken back with an entry, and what counts then; empty: there is no such entry."""
    former = next((timed for timed in session.stands if timed.number == number), None)
    if former is None:
        return ""
    after = without(session, number)
    said = sentence(former.deed, session_until(after, former.at)).rstrip(".")
    return f"Taken back: {said}. {_counts(former.deed, session, after, at)}".rstrip()


def _counts(deed: Deed, was: Session, now: Session, at: float) -> str:
    """What counts once a deed is taken back; empty: nothing depends on it."""
    match deed:
        case deeds.Scored(scale=scale) if scale in SCALES:
            last, name = now.last(scale), SCALES[scale].name
            if last is None:
                return f"{name} counts as not asked yet."
            return f"{name} {SCALES[scale].written(last.score)} of {past(at - last.at)} ago counts."
        case deeds.Measured():
            return "What was measured before counts."
        case _:
            return "" if state_words(was, at) == state_words(now, at) else f"Now: {state_words(now, at)}."


def state_words(session: Session, at: float) -> str:
    """`infusing 0.2 mg/kg/h, 2.5 mL/h`; while nothing runs into the patient the state alone."""
    said, ml_h = WORDS[session.state], 0.0 if session.delivery is None else session.delivery.ml_h(at)
    units = four_units(float(ml_h), session)
    if ml_h <= 0:
        return said
    return f"{said} {shown(ml_h)} mL/h" if units is None else (
        f"{said} {dose(units.mg_kg_h)} mg/kg/h, {shown(ml_h)} mL/h")  # fmt: skip


def sentence(deed: Deed, before: Session) -> str:
    """What was done, without who and when."""
    return _SAYS[type(deed)](deed, before)


def _override(override: Override) -> str:
    return f"Let pass by {override.by}{_line_of(override.rule)}: {override.why.rstrip('.')}."


LINES: Mapping[str, str] = MappingProxyType({
    "interval": "raise before its time", "above_max_mg_kg_h": "above the order's highest dose",
    "above_max_mg_h": "above the order's highest rate", "tenfold": "ten times another number",
    "limit": "above the order", "total": "above the order's total", "pump_disagrees": "pump and dose differ",
    "step_too_large": "a large step", "end": "after the planned end", "alarm": "an alarm is present",
    "moaas": "responsiveness", "moaas_age": "an old responsiveness check", "pressure": "blood pressure",
    "pressure_age": "no recent blood pressure", "pressure_rise": "rise in blood pressure",
    "hallucination": "hallucination", "nausea": "nausea", "hold": "on hold",
    "bag_strength": "strength of the bag",
    "bag_empty_early": "the bag is empty early",
})  # fmt: skip
"""What was let pass, as a nurse says it: the line of a rule, as an override names it after the colon."""


def _line_of(rule: str) -> str:
    """` (raise before its time)`; empty: the key alone says nothing to a nurse, and stays in the record."""
    parts = rule.split(":")
    said = LINES.get(parts[1], "") if len(parts) > 1 else ""
    return f" ({said})" if said else ""


def _fixed(words: str) -> Callable[[Any, Session], str]:
    return lambda deed, before: words


def _bound(deed: deeds.PatientBound, _before: Session) -> str:
    who = deed.patient
    number = f", {who.number}" if who.number else ""
    return f"Patient confirmed: {who.name}, born {who.born:%Y-%m-%d}{number}, {shown(who.weight_kg)} kg."


def _answered(deed: deeds.Answered, _before: Session) -> str:
    asks = QUESTIONS[deed.question].asks if deed.question in QUESTIONS else deed.question
    return f"{asks} {deed.reply.value.capitalize()}{_aside(deed.note)}."


def _order(deed: deeds.OrderWritten, _before: Session) -> str:
    order = deed.order
    return (
        f"Order by {order.prescriber}: {order.form.value} ketamine {shown(order.concentration_mg_ml)} mg/mL, "
        f"start {dose(order.start_mg_kg_h)} mg/kg/h, at most {dose(order.max_mg_kg_h)} mg/kg/h, "
        f"{shown(order.max_mg_h)} mg/h and {shown(order.max_total_mg)} mg in "
        f"{shown(order.duration_min)} min, lot {order.lot}."
    )


def _present(deed: deeds.PresenceNoted, _before: Session) -> str:
    return f"Prescriber {deed.name} {'is' if deed.present else 'is no longer'} in the facility."


def _escort(deed: deeds.EscortNoted, _before: Session) -> str:
    return f"Escort {deed.name}{_aside(deed.phone)}{', is here' if deed.present else ''}."


def _set(deed: deeds.RateSet, before: Session) -> str:
    segments = before.delivery.segments if before.delivery is not None else ()
    was = (segments[-1].set_ml_h or 0.0) if segments else 0.0
    word = "raised to" if deed.pump_ml_h > was else "lowered to" if deed.pump_ml_h < was else "confirmed at"
    return f"Rate {word} {_rate(deed.pump_ml_h, before)}."


def _scored(deed: deeds.Scored, _before: Session) -> str:
    row = SCALES.get(deed.scale)
    if row is None or deed.score not in row.scores:  # a scale of a later version
        return f"{deed.scale} {deed.score}."
    return f"{row.name} {row.written(deed.score)}: {row.level(deed.score).words.lower()}{_aside(deed.note)}."


def _questioned(deed: deeds.Questioned, _before: Session) -> str:
    sheet = QUESTIONNAIRES.get(deed.key)
    if sheet is None:  # of a later version
        return f"{deed.key}: {', '.join(f'{item} {points}' for item, points in deed.answers.items())}."
    return f"{sheet.name} {sheet.total(deed.answers)} of {sheet.most}."


def _outcome(deed: deeds.OutcomeNoted, _before: Session) -> str:
    said = {True: "Better than before", False: "No benefit", None: "Benefit not asked"}[deed.benefit]
    return f"{said}{_aside(deed.plan)}."


_SAYS: Mapping[type, Callable[[Any, Session], str]] = MappingProxyType({
    deeds.PatientBound: _bound,
    deeds.ScreeningBegun: lambda deed, _: f"Screening begun, day {deed.day} of {deed.days}.",
    deeds.Answered: _answered,
    deeds.Screened: _fixed("Screening complete."),
    deeds.Declined: lambda deed, _: f"No infusion today{_aside(deed.why)}.",
    deeds.OrderWritten: _order,
    deeds.BaselineTaken: lambda deed, was: (
        f"Baseline set {len(was.baseline_sets) + 1}: {_values(deed.values)}"
        f"{'' if deed.on_air else ', on oxygen'}."
    ),
    deeds.BaselineSet: lambda _, was: f"Baseline from {len(was.baseline_sets)} sets: {_values(was.rest)}.",
    deeds.PresenceNoted: _present,
    deeds.SecondCheck: lambda deed, _: f"Patient, drug, bag, order and pump checked by {deed.nurse} too.",
    deeds.EscortNoted: _escort,
    deeds.Started: lambda deed, was: f"Infusion started at {_rate(deed.pump_ml_h, was)}.",
    deeds.RateSet: _set,
    deeds.Held: lambda deed, _: f"Rate held{_aside(deed.why)}.",
    deeds.Released: _fixed("Hold ended."),
    deeds.Paused: lambda deed, _: f"Infusion paused{_aside(deed.why)}.",
    deeds.Resumed: lambda deed, was: f"Infusion resumed at {_rate(deed.pump_ml_h, was)}.",
    deeds.BagChanged: lambda deed, _: (
        f"New bag: {shown(deed.bag.ml)} mL of {shown(deed.bag.mg_ml)} mg/mL{_aside(deed.bag.lot)}."
    ),
    deeds.Stopped: lambda deed, _: f"Infusion stopped: {deed.reason.value}{_aside(deed.why)}.",
    deeds.WasteNoted: lambda deed, _: f"{shown(deed.ml)} mL discarded, witness {deed.witness}.",
    deeds.Scored: _scored,
    deeds.Questioned: _questioned,
    deeds.Measured: lambda deed, _: f"Measured by hand: {_values(deed.values)}.",
    deeds.Intervened: lambda deed, _: f"{deed.what.rstrip('.')}{_aside(deed.note)}.",
    deeds.Noted: lambda deed, _: deed.text or "An empty note.",
    deeds.EmergencyCalled: lambda deed, _: f"EMERGENCY called{_aside(deed.why)}.",
    deeds.EmergencyOver: lambda deed, _: f"Emergency over, the patient recovers here{_aside(deed.note)}.",
    deeds.Transferred: lambda deed, _: f"Patient transferred to {deed.to.rstrip('.')}.",
    deeds.LineOut: _fixed("IV out."),
    deeds.Walked: lambda deed, _: f"Walks {'steadily' if deed.steady else 'unsteadily'}.",
    deeds.Instructed: _fixed("Written instructions given."),
    deeds.ReadyToGo: _fixed("Ready to go home."),
    deeds.NotYet: lambda deed, _: f"Back to recovery{_aside(deed.why)}.",
    deeds.Discharged: _fixed("Discharged with the escort."),
    deeds.OutcomeNoted: _outcome,
    deeds.Withdrawn: _fixed("Withdrawn."),
})  # fmt: skip


def _aside(text: str) -> str:
    return f", {text.strip().rstrip('.')}" if text.strip() else ""


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
    return of_ml_h(ml_h, weight_kg=session.patient.weight_kg, mg_ml=session.strength)


def _rate(ml_h: float, session: Session) -> str:
    units = four_units(ml_h, session)
    if units is None:
        return f"{shown(ml_h)} mL/h"
    return f"{dose(units.mg_kg_h)} mg/kg/h ({shown(units.mg_h)} mg/h, {shown(ml_h)} mL/h)"

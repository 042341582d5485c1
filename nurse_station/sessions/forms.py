"""What may stand in a deed at all: ranges, names, times. Refusals with the field they stand beside."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import MappingProxyType

from nurse_station.assessments.scales import SCALES
from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.infusion.order_ranges import WEIGHT
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.findings import Finding, refuse
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.session import AT_THE_PUMP, Session
from nurse_station.sessions.states import BEFORE, ENDED, WORDS, State
from nurse_station.vitals.parameters import PARAMETERS

OLDEST_YEARS = 120
FASTEST = 1200.0
"""No infusion pump is set to more mL/h: a default."""
_NEEDED = MappingProxyType({
    deeds.Declined: ("why",), deeds.Held: ("why",), deeds.Paused: ("why",), deeds.SecondCheck: ("nurse",),
    deeds.EscortNoted: ("name",), deeds.PresenceNoted: ("name",), deeds.Intervened: ("what",),
    deeds.Noted: ("text",), deeds.Transferred: ("to",), deeds.WasteNoted: ("witness",),
})  # fmt: skip
"""Words that must not be empty."""

AFTER = frozenset({State.STOPPED, State.RECOVERY, State.DISCHARGE_READY, State.EMERGENCY})
"""The pump is off: how the patient walked before says nothing of after."""
ONLY_IN: MappingProxyType[type, frozenset[State]] = MappingProxyType({
    deeds.Answered: frozenset({State.SCREENING}),
    deeds.BaselineTaken: frozenset({State.BASELINE}),
    deeds.OrderWritten: BEFORE,
    deeds.PatientBound: frozenset(State) - ENDED,
    deeds.LineOut: AFTER, deeds.Walked: AFTER,
    **AT_THE_PUMP,
})  # fmt: skip
"""Deeds that move no state and yet belong to some."""


def wrong(session: Session, deed: Deed, at: float) -> Iterator[Finding]:
    """Everything in the deed that cannot be."""
    yield from _out_of_place(session, deed)
    if isinstance(deed, deeds.Withdrawn):
        yield refuse("form", "Only an entry can be withdrawn.", "Correct the entry.")
    for name in _NEEDED.get(type(deed), ()):
        if not str(getattr(deed, name)).strip():
            yield refuse("form", f"{name.capitalize()} is empty.", "Fill it in.", name)
    yield from _identity(session, deed, at)
    yield from _found(deed)
    yield from _at_the_pump(deed)


def _identity(session: Session, deed: Deed, at: float) -> Iterator[Finding]:
    match deed:
        case deeds.PatientBound(patient=patient):
            yield from _patient(patient, at)
            yield from _another(session.patient, patient)
        case deeds.OrderWritten() if session.patient is None:
            yield refuse("identity", "An order needs a patient with a weight.", "Confirm the patient first.")
        case deeds.OrderWritten(order=order) if session.patient is not None:
            for problem in order.problems(session.patient.weight_kg, _day(at)):
                yield refuse("order", problem.sentence, field=problem.field)
        case deeds.ScreeningBegun(day=day, days=days) if not 1 <= day <= days <= 30:
            yield refuse("form", f"Day {day} of {days} cannot be.", "Enter day 1 to the last day.", "day")
        case _:
            pass


def _found(deed: Deed) -> Iterator[Finding]:
    match deed:
        case deeds.Answered(question=question) if question not in QUESTIONS:
            yield refuse("form", f"There is no question {question}.", field="question")
        case deeds.Scored(scale=scale, score=score):
            yield from _score(scale, score)
        case deeds.Questioned(key=key, answers=answers):
            yield from _sheet(key, dict(answers))
        case deeds.BaselineTaken(values=values) | deeds.Measured(values=values):
            yield from _values(dict(values))
        case _:
            pass


def _at_the_pump(deed: Deed) -> Iterator[Finding]:
    match deed:
        case deeds.Started() | deeds.RateSet() | deeds.Resumed():
            yield from _rate("mg_kg_h", deed.mg_kg_h, "mg/kg/h")
            yield from _rate("pump_ml_h", deed.pump_ml_h, "mL/h")
        case deeds.BagChanged(bag=bag):
            yield from _bag(bag.ml, bag.mg_ml)
        case deeds.WasteNoted(ml=ml) if not 0 <= ml <= 2000:
            yield refuse("form", f"{ml:g} mL cannot be left in a bag.", "Enter 0 to 2000 mL.", "ml")
        case _:
            pass


def _rate(field: str, value: float, unit: str) -> Iterator[Finding]:
    if not 0 < value <= FASTEST:
        yield refuse("rate", f"A running pump cannot give {value:g} {unit}.",
                     "To give nothing, pause or stop.", field)  # fmt: skip


def _out_of_place(session: Session, deed: Deed) -> Iterator[Finding]:
    states = ONLY_IN.get(type(deed))
    if states is not None and session.state not in states:
        possible = " or ".join(WORDS[state] for state in State if state in states)
        yield refuse("state", f"This cannot be entered now: the session is {WORDS[session.state]}.",
                     f"It must be {possible}.")  # fmt: skip


def _patient(patient: deeds.Patient, at: float) -> Iterator[Finding]:
    if not patient.name.strip():
        yield refuse(
            "identity", "The name is empty.", "Two identifiers are needed: name, date of birth.", "name"
        )
    today = _day(at).date()
    if patient.born > today or today.year - patient.born.year > OLDEST_YEARS:
        yield refuse("identity", f"{patient.born:%Y-%m-%d} cannot be a date of birth.", "Correct it.", "born")
    sentence = WEIGHT.refusal(patient.weight_kg)
    if sentence is not None:
        yield refuse("form", sentence, field="weight_kg")


def _another(known: deeds.Patient | None, patient: deeds.Patient) -> Iterator[Finding]:
    """A session is of one patient; a slip of the pen is a correction."""
    if known is None or known == patient:
        return
    if (known.name, known.born) != (patient.name, patient.born):
        yield refuse("identity", f"This is the session of {known.name}, born {known.born:%Y-%m-%d}.",
                     "Begin another session, or correct the entry.", "name")  # fmt: skip
    else:
        yield refuse("identity", "Number, weight or chart differ from what was entered.",
                     "Correct the entry.", "weight_kg")  # fmt: skip


def _score(scale: str, score: int) -> Iterator[Finding]:
    row = SCALES.get(scale)
    if row is None:
        yield refuse("form", f"There is no scale {scale}.", field="scale")
    elif score not in row.scores:
        yield refuse("form", f"{row.name} goes from {min(row.scores)} to {max(row.scores)}, not {score}.",
                     field="score")  # fmt: skip


def _sheet(key: str, answers: dict[str, int]) -> Iterator[Finding]:
    sheet = QUESTIONNAIRES.get(key)
    if sheet is None:
        yield refuse("form", f"There is no score {key}.", field="key")
        return
    try:
        total = sheet.total(answers)
    except ValueError as error:
        yield refuse("form", str(error), field="answers")
        return
    if total is None:
        missing = next(item.name for item in sheet.items if item.key not in answers)
        yield refuse("form", f"{sheet.name}: {missing} is not answered.", "Answer every item.", "answers")


def _values(values: dict[str, float]) -> Iterator[Finding]:
    if not values:
        yield refuse("form", "There is no value.", "Enter at least one.", "values")
    for key, value in values.items():
        row = PARAMETERS.get(key)
        if row is None:
            yield refuse("form", f"There is no vital sign {key}.", field=key)
        elif not row.accepts(value):
            low, high = row.plausible
            yield refuse("form", f"{row.label} of {value:g} {row.unit_shown} cannot be.",
                         f"Enter {low:g} to {high:g}.", key)  # fmt: skip
    if values.get("nibp_dia", 0) > values.get("nibp_sys", 1e9):
        yield refuse("form", "The diastolic pressure is above the systolic one.", "Correct it.", "nibp_dia")


def _bag(ml: float, mg_ml: float) -> Iterator[Finding]:
    if not 10 <= ml <= 1000:
        yield refuse("form", f"A bag of {ml:g} mL cannot be.", "Enter 10 to 1000 mL.", "ml")
    if not 0.1 <= mg_ml <= 10:
        yield refuse(
            "form", f"A concentration of {mg_ml:g} mg/mL cannot be.", "Enter 0.1 to 10 mg/mL.", "mg_ml"
        )


def _day(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)

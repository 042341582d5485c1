"""What is typed about a patient, judged by field; known patients by a few letters. Binds nobody; no Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from nurse_station.infusion.order_ranges import WEIGHT
from nurse_station.infusion.units import shown
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.forms import OLDEST_YEARS
from nurse_station.station.view import PatientDay
from nurse_station.ui.models.limit_rows import parsed

LB_KG = 0.45359237
"""1 lb, by definition."""
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d")
"""Ways to write a date of birth that mean one day only: never 03/04/1980."""
HOW_TO_DATE = "Write it as 1980-04-28 or 28 Apr 1980."
SEXES: Mapping[str, bool | None] = MappingProxyType({"not said": None, "female": True, "male": False})
MOST_KNOWN = 5
APART = 0.1
"""A weight that differs by more than this share from the last one is told: a default."""
FAR_APART = 0.2
"""By more than this share it is asked about, and confirmed by hand: pounds for kilograms. A default."""


def date_of(text: str) -> date | None:
    """The day that was typed; None: it is none, or it could be two."""
    tidy = " ".join(text.split())
    for form in DATES:
        try:
            return datetime.strptime(tidy, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def weight_kg(text: str, unit: str) -> float | None:
    """Kilograms of what was typed, to 0.1 kg where it was pounds; None: it is no number.

    Args:
        text: A number; `150 lb` and `68 kg` say their own unit.
        unit: "kg" or "lb", for a number that does not.
    """
    tidy = text.strip().lower()
    for own in ("kg", "lb", "lbs"):
        if tidy.endswith(own):
            tidy, unit = tidy.removesuffix(own), own.removesuffix("s")
    number = parsed(tidy)
    return round(number * LB_KG, 1) if number is not None and unit == "lb" else number


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTyped:
    """The form as it stands: words by field, the weight's unit, and what was compared with the patient.

    Attributes:
        fields: name, born, number, weight_kg, allergies, diagnosis -> what is written.
        unit: Of the weight: "kg" or "lb".
        female: None: not said.
        name_agrees, born_agrees: The patient said it, and it agrees.
        weight_agrees: A weight far from the last one was looked at again, and is in kilograms.
    """

    fields: Mapping[str, str]
    unit: str = "kg"
    female: bool | None = None
    name_agrees: bool = False
    born_agrees: bool = False
    weight_agrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientJudged:
    """What the form makes.

    Attributes:
        patient: Who; None: something is missing or cannot be.
        wrong: Field -> why it is refused, in the order of the form.
        told: Field -> what is said beside it otherwise: the age, the weight in the other unit.
    """

    patient: Patient | None
    wrong: Mapping[str, str]
    told: Mapping[str, str]


def judged(typed: PatientTyped, today: date, before: PatientDay | None = None) -> PatientJudged:
    """Everything that is wrong, and the patient if nothing is. `before`: the last day of a known patient."""
    born = date_of(typed.fields["born"])
    kg = weight_kg(typed.fields["weight_kg"], typed.unit)
    name = " ".join(typed.fields["name"].split())
    found = {"name": _wrong_name(name), "born": _wrong_born(born, today), "weight_kg": _wrong_weight(kg)}
    wrong = {key: said for key, said in found.items() if said}
    if not typed.name_agrees:
        wrong["name_agrees"] = "Compare the name with what the patient says."
    if not typed.born_agrees:
        wrong["born_agrees"] = "Compare the date of birth with what the patient says."
    asked = weight_asked(kg, before)
    if asked and "weight_kg" not in wrong and not typed.weight_agrees:
        wrong["weight_agrees"] = asked
    told = {"born": _age(born, today) if born is not None and born <= today else "",
            "weight_kg": _weighed(kg, typed, before)}  # fmt: skip
    patient = None
    if not wrong and born is not None and kg is not None:
        others = {key: typed.fields[key].strip() for key in ("number", "allergies", "diagnosis")}
        patient = Patient(name=name, born=born, weight_kg=kg, female=typed.female, **others)
    return PatientJudged(patient=patient, wrong=wrong, told=told)


def _wrong_name(name: str) -> str:
    if not name:
        return "Ask for the name: family name, given name."
    if any(sign.isdigit() for sign in name) or not any(sign.isalpha() for sign in name):
        return f"{name} is no name: it has digits, or no letters."
    return ""


def _wrong_born(born: date | None, today: date) -> str:
    if born is None:
        return f"Ask for the date of birth. {HOW_TO_DATE}"
    if born > today:
        return f"{born:%d %b %Y} is in the future."
    years = today.year - born.year
    return f"Born {born:%d %b %Y}: nobody is {years} years old." if years > OLDEST_YEARS else ""


def _wrong_weight(kg: float | None) -> str:
    if kg is None:
        return "Weigh the patient today: doses are reckoned from it."
    return WEIGHT.refusal(kg) or ""


def weight_asked(kg: float | None, before: PatientDay | None) -> str:
    """What is asked of a weight that is far from the last one; empty: nothing is."""
    if kg is None or before is None or abs(kg / before.patient.weight_kg - 1) <= FAR_APART:
        return ""
    was = f"{shown(before.patient.weight_kg, 1)} kg on {before.started.astimezone():%Y-%m-%d}"
    return f"The weight was {was}, now {shown(kg, 1)}: is it in kg? Look at the scale again."


def same_before(days: Sequence[PatientDay], name: str, born: date | None) -> PatientDay | None:
    """The last day of who is typed, by name and date of birth; None: not known here."""
    who = " ".join(name.casefold().split())
    same = (day for day in days if not day.simulated and day.patient.born == born
            and " ".join(day.patient.name.casefold().split()) == who)  # fmt: skip
    return max(same, key=lambda day: day.started, default=None)


def _age(born: date, today: date) -> str:
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{born:%d %B %Y}, {years} years old"


def _weighed(kg: float | None, typed: PatientTyped, before: PatientDay | None) -> str:
    if kg is None or WEIGHT.refusal(kg) is not None:
        return ""
    pounds = typed.unit == "lb" or "lb" in typed.fields["weight_kg"].lower()
    written = "".join(sign for sign in typed.fields["weight_kg"] if sign.isdigit() or sign in ".,")
    said = f"{written} lb = {shown(kg, 1)} kg" if pounds else f"{shown(kg, 1)} kg = {shown(kg / LB_KG, 1)} lb"
    last = before.patient.weight_kg if before is not None else kg
    if before is not None and abs(kg / last - 1) > APART:
        return f"{said} · ▲ it was {shown(last, 1)} kg on {before.started:%Y-%m-%d}: weigh again?"
    return said


def known(days: Sequence[PatientDay], text: str) -> tuple[PatientDay, ...]:
    """The newest day of each patient whose name or number has all the words that were typed."""
    wanted = text.casefold().split()
    if len("".join(wanted)) < 2:
        return ()
    found: dict[tuple[str, date], PatientDay] = {}
    for day in sorted(days, key=lambda day: day.started, reverse=True):
        who = day.patient
        said = f"{who.name} {who.number}".casefold()
        if not day.simulated and all(word in said for word in wanted):
            found.setdefault((who.name.casefold(), who.born), day)
    return tuple(found.values())[:MOST_KNOWN]


def known_words(day: PatientDay) -> str:
    """A known patient in the list: both identifiers, the number, and when seen last."""
    who = day.patient
    number = f" · no. {who.number}" if who.number else ""
    return f"{who.name} · born {who.born:%Y-%m-%d}{number} · last here {day.started.astimezone():%Y-%m-%d}"

"""Conditions of a scenario as an instructor reads them: "from 1:30 on" for `second >= 90`. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from nurse_station.assessments.scales import SCALES
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.training import conditions
from nurse_station.training.actions import DONE_KEYS, words_of
from nurse_station.training.conditions import Clause, ConditionError
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.limit_words import condition_name
from nurse_station.vitals.parameters import PARAMETERS

HIDDEN: Mapping[str, tuple[str, str]] = MappingProxyType({
    "pump_mg_h": ("what the pump gives", "mg/h"), "given_mg": ("ketamine given", "mg"),
    "depot_mg": ("ketamine beside the vein", "mg"), "plasma": ("plasma level", "ng/mL"),
    "mind": ("effect site", "ng/mL"), "circulation": ("effect site of the circulation", "ng/mL"),
    "sedation": ("sedation by other drugs", ""), "arousal": ("arousal", ""), "moaas": ("true MOAA/S", ""),
    "dissociation": ("dissociation", ""), "agitation": ("agitation", ""), "nausea": ("nausea", ""),
    "pain": ("true pain", ""), "drive": ("drive to breathe", ""), "patency": ("patency of the airway", ""),
    "ventilation": ("ventilation", ""), "fio2": ("FiO₂", ""), "pao2": ("PAO₂", "mmHg"),
    "paco2": ("PaCO₂", "mmHg"), "sao2": ("SaO₂", "%"), "heart_rate": ("true heart rate", "/min"),
    "systolic": ("true systolic pressure", "mmHg"), "diastolic": ("true diastolic pressure", "mmHg"),
    "perfusion": ("perfusion of the finger", ""), "temperature": ("true temperature", "°C"),
    "position": ("position", ""), "probe": ("probe worn", ""), "leads": ("leads worn", ""),
    "cannula": ("cannula worn", ""), "cuff": ("cuff closes the arm of the probe", ""),
    "movement": ("movement", ""), "finger": ("saturation at the finger", "%"),
    "pulse_s": ("time with a pulse", "s"),
})  # fmt: skip
"""Column of the hidden state -> its name in a sentence, and its unit."""
COMPARED: Mapping[str, str] = MappingProxyType({
    "<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly",
})  # fmt: skip
TIMED: Mapping[str, str] = MappingProxyType({
    "<": "before", "<=": "until", ">": "after", ">=": "from", "==": "at",
})  # fmt: skip
LASTED: Mapping[str, str] = MappingProxyType({
    "<": "less than", "<=": "at most", ">": "more than", ">=": "at least", "==": "exactly",
})  # fmt: skip
_SECONDS = {"second": 1.0, "minute": 60.0}
_DUE = {"raise": "the next raise of the plan", "end": "the planned end", "nibp": "the pressure",
        "symptoms": "the check of symptoms", "iv_site": "the look at the IV site",
        "responsiveness": "the check of responsiveness"}  # fmt: skip
_PUMP = {"ml_h": ("the rate that the pump shows", "mL/h"), "off_order": ("the pump is off the order", "")}


def condition_words(text: str) -> str:
    """A condition in words; one that cannot be read stands as it was written."""
    try:
        condition = conditions.parse(text)
    except ConditionError:
        return text
    said = ", or ".join(" and ".join(map(_clause, every)) for every in condition.anyof)
    return f"{said[:1].upper()}{said[1:]}"


def event_words(name: str) -> str:
    """`“cuff shows”`: an event by its name in the scenario."""
    return f"“{texts.own_words(name)}”"


def deed_words(key: str) -> str:
    """`“Call the name”`; an event by its own name."""
    return f"“{words_of(key)}”" if key in DONE_KEYS else event_words(key)


def _clause(clause: Clause) -> str:
    kind, _, word = clause.fact.partition(".")
    if kind in _SECONDS:
        return _no(clause, _moment(clause, _SECONDS[kind]))
    if kind == "since":
        return _no(clause, f"{_lasted(clause)} after {deed_words(word)}")
    if kind == "due" or word == "due":
        return _no(clause, _due(clause, _DUE.get(word if kind == "due" else kind, texts.own_words(word))))
    name, unit = _name(kind, word)
    if clause.compares:
        number = f"{words.number(clause.number, 1).removesuffix('.0')} {unit}".strip()
        return _no(clause, f"{name} {COMPARED[clause.compares]} {number}")
    return _is_so(kind, word, name, negated=clause.negated)


def _no(clause: Clause, said: str) -> str:
    return f"not {said}" if clause.negated else said


def _moment(clause: Clause, unit_s: float) -> str:
    if not clause.compares:
        return "after the beginning"
    said = f"{TIMED[clause.compares]} {words.minutes(clause.number * unit_s)}"
    return f"{said} on" if clause.compares == ">=" else said


def _lasted(clause: Clause) -> str:
    return f"{LASTED[clause.compares]} {words.minutes(clause.number)}" if clause.compares else "any time"


def _due(clause: Clause, name: str) -> str:
    """A time below 0 is one until it is due."""
    if not clause.compares or (clause.compares in (">", ">=") and clause.number == 0):
        return f"{name} is due"
    time = words.minutes(abs(clause.number))
    if clause.number < 0:
        return f"{name} is due in {'at most' if clause.compares.startswith('>') else 'more than'} {time}"
    return f"{name} is due for {LASTED[clause.compares]} {time}"


def _name(kind: str, word: str) -> tuple[str, str]:
    """What is compared, and its unit."""
    if kind == "hidden" and word in HIDDEN:
        return HIDDEN[word]
    if kind == "shown" and word in PARAMETERS:
        return f"shown {PARAMETERS[word].label}", PARAMETERS[word].unit_shown
    if kind == "pump" and word in _PUMP:
        return _PUMP[word]
    if kind == "score" and word in SCALES:
        return f"entered {SCALES[word].name}", ""
    if kind == "done":
        return f"times that {deed_words(word)} was done", ""
    return _plain_name(kind, word), ""


def _plain_name(kind: str, word: str) -> str:
    match kind:
        case "alarm":
            return f"the alarm “{condition_name(word)}”"
        case "befallen":
            return HAPPENINGS[word].name if word in HAPPENINGS else texts.own_words(word)
        case "happened":
            return event_words(word)
        case "unacknowledged":
            return "alarms that nobody acknowledged"
        case "moaas":
            return "MOAA/S as last answered"
        case _:
            return texts.own_words(word or kind)


_SO: Mapping[str, tuple[str, str]] = MappingProxyType({
    "alarm": ("{} is there", "{} is not there"),
    "befallen": ("{} is on", "{} is not on"),
    "happened": ("{} has happened", "{} has not happened"),
    "seen": ("{} is seen or heard", "{} is neither seen nor heard"),
    "state": ("the session is: {}", "the session is not: {}"),
    "shown": ("{} has a value", "{} has no value"),
    "unacknowledged": ("there are {}", "there are no {}"),
    "pump": ("{}", "not: {}"),
})  # fmt: skip
"""Kind of fact -> how it is said that it is so, and that it is not."""


def _is_so(kind: str, word: str, name: str, *, negated: bool) -> str:
    if kind == "done":
        return f"{deed_words(word)} is {'not yet ' if negated else ''}done"
    so, not_so = _SO.get(kind, ("there is {}", "there is no {}"))
    return (not_so if negated else so).format(name)

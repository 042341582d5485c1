"""Ivy 450C: the lines of a message -> what each value is. Looks at one message alone."""

import re
from dataclasses import dataclass

from nurse_station.devices.ivy_450c.layout import ALARM_WORDS, LINES, NOT_MMHG
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing

Lines = tuple[tuple[str, tuple[str, ...]], ...]

_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,2})?")
_PULSE = re.compile(r"\bPR=\s*(\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a message; `why` says why there is none."""

    parameter: str
    value: float | None
    why: Missing | None
    origin: str


def values_of(lines: Lines) -> list[Value]:
    """The values of the lines that are known, in their order."""
    with_co2 = any(name == "ETCO2" and _number(fields[1]) is not None for name, fields in lines)
    values: list[Value] = []
    for name, fields in lines:
        if name in LINES:
            values += _values(name, fields, with_co2)
    return values


def _values(name: str, fields: tuple[str, ...], with_co2: bool) -> list[Value]:
    row = LINES[name]
    label = fields[row.label].strip()
    if name == "RR" and with_co2:
        # One rate is sent, and not said from what: a monitor that measures CO2 counts breaths in it.
        return [_value("rr_co2", fields[1], "CO2")]
    if name == "ETCO2" and any(unit in label.upper() for unit in NOT_MMHG):
        return [Value("etco2", None, Missing.INVALID, row.origin)]
    origin = _origin(name, label)
    values = [_value(key, fields[1 + i], origin) for i, key in enumerate(row.parameters) if key]
    if not _in_order(values):
        values = [Value(value.parameter, None, Missing.IMPLAUSIBLE, origin) for value in values]
    if name == "SPO2":
        pulse = _PULSE.search(label)
        values.append(_value("pr", pulse[1] if pulse else "", origin))
    return values


def _in_order(values: list[Value]) -> bool:
    """Whether a pressure's mean lies between its two ends: a field too many would shift them."""
    numbers = [value.value for value in values if value.value is not None]
    return len(numbers) < 3 or numbers[0] >= numbers[2] >= numbers[1]


def _origin(name: str, label: str) -> str:
    if name == "HR":
        return "ECG" if not label or label.startswith("ECG") else label
    return label if name in ("P1", "P2") else LINES[name].origin


def _value(parameter: str, word: str, origin: str) -> Value:
    number = _number(word)
    if number is None:
        return Value(parameter, None, Missing.INVALID, origin)
    if not PARAMETERS[parameter].accepts(number):
        return Value(parameter, None, Missing.IMPLAUSIBLE, origin)
    return Value(parameter, number, None, origin)


def _number(word: str) -> float | None:
    word = word.strip()
    return float(word) if _NUMBER.fullmatch(word) else None


def alarms_of(lines: Lines) -> str:
    """What stands in the alarm fields, e.g. "HR: HIGH"; empty: nothing."""
    alarms = [(name, _alarm(name, fields)) for name, fields in lines if name in LINES]
    return ", ".join(f"{name}: {alarm}" for name, alarm in alarms if alarm)


def named_alarms_of(lines: Lines) -> set[str]:
    """The conditions whose words stand in the alarm fields."""
    alarms = {name: _alarm(name, fields).upper() for name, fields in lines if name in LINES}
    return {condition for name, word, condition in ALARM_WORDS if word in alarms.get(name, "")}


def _alarm(name: str, fields: tuple[str, ...]) -> str:
    return fields[LINES[name].label + 1].strip() if len(fields) > LINES[name].label + 1 else ""


def states_of(lines: Lines) -> str:
    """The state numbers as the monitor sent them, e.g. "HR=1 RR=1 NIBP=4"; they are not documented."""
    return " ".join(fields[0] for _, fields in lines)

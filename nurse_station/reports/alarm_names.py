"""What paper calls an alarm, its value's unit and its limits: words only, a row a condition."""

from collections.abc import Mapping
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.words import Kind, Priority
from nurse_station.vitals.parameters import PARAMETERS

NAMES: Mapping[str, str] = MappingProxyType({
    "asystole": "Asystole", "apnoea": "Apnoea", "spo2_desaturation": "Desaturation",
    "airway_pattern": "Airway at risk", "spo2_low": "SpO₂ low", "rr_low": "Respiratory rate low",
    "hr_low": "Heart rate low", "hr_high": "Heart rate high", "nibp_sys_low": "Systolic pressure low",
    "nibp_sys_high": "Systolic pressure high", "nibp_dia_high": "Diastolic pressure high",
    "nibp_map": "Mean pressure out of limits", "etco2_high": "EtCO₂ high", "etco2_low": "EtCO₂ low",
    "rr_high": "Respiratory rate high", "oversedated": "Oversedated", "agitated": "Agitated",
    "check_overdue": "Responsiveness check overdue", "link_lost": "No data from the monitor",
    "not_recording": "Record not being written", "record_altered": "The record is not as it was written",
    "wrong_patient": "Another monitor than before",
    "no_audio": "Alarms cannot be heard", "monitoring_gap": "Nobody was watching for a while",
    "sensor_off": "Sensor off or searching", "value_expired": "Values no longer arrive",
    "frozen": "Values do not change", "line_errors": "Damaged data from the monitor",
    "nibp_overdue": "Cuff measurement overdue", "contradiction": "Two monitors disagree",
    "source_fallback": "Values from another monitor than usual", "implausible": "Implausible values",
    "signal_poor": "Signal poor",
})  # fmt: skip
"""Condition -> its name, the same as on the screen."""
_SECONDS = frozenset({"apnoea", "link_lost", "check_overdue", "nibp_overdue", "value_expired"})
"""Conditions whose value is a length of time."""
_MARKS: Mapping[Kind, str] = MappingProxyType({
    Kind.PHYSIOLOGICAL: "*", Kind.CARE: "*", Kind.TECHNICAL: "!",
})  # fmt: skip
PRIORITIES: Mapping[Priority, str] = MappingProxyType({
    Priority.HIGH: "HIGH", Priority.MEDIUM: "MEDIUM", Priority.LOW: "LOW", Priority.NONE: "",
})  # fmt: skip


def name(condition: str) -> str:
    """`SpO₂ low`; one of a later program by its own word."""
    return NAMES.get(condition, condition.replace("_", " ").capitalize())


def marks(kind: Kind, priority: Priority) -> str:
    """`***` of the patient, `!!` of the equipment: as many as the priority."""
    return _MARKS[kind] * int(priority)


def unit(condition: str) -> str:
    """Of its value; empty: it has none of its own."""
    if condition in _SECONDS:
        return "s"
    row = CONDITIONS.get(condition)
    measured = row.parameters[0] if row is not None and row.parameters else ""
    return PARAMETERS[measured].unit_shown if measured in PARAMETERS else ""


def parameters(condition: str) -> tuple[str, ...]:
    """The parameters whose values it looks at."""
    row = CONDITIONS.get(condition)
    return row.parameters if row is not None else ()


def part(detail: str) -> str:
    """`SpO₂` of a parameter, `SpO₂ (ge)` of one monitor's; another word as it is."""
    key, _, source = detail.partition("@")
    row = PARAMETERS.get(key)
    own = row.label if row is not None else key.replace("_", " ")
    return f"{own} ({source})" if source else own


def limit_name(key: str) -> str:
    """`SpO₂ low, medium delay` of a limit's key."""
    condition, _, own = key.partition(".")
    return f"{name(condition)}, {own.removesuffix('_s').replace('_', ' ')}"


def limit_unit(key: str) -> str:
    """Of a limit; empty: it is of a later program."""
    return LIMIT_ROWS[key].unit if key in LIMIT_ROWS else ""

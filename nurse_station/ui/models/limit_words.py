"""The names of limits and of who may change them, as a ward says them. Data, and one function over it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Scope
from nurse_station.ui import alarm_texts

DELAY = "_delay_s"

LEVELS: Mapping[str, str] = MappingProxyType({
    "low": "LOW", "medium": "MEDIUM", "high": "HIGH",
    "at_once": "HIGH at once", "sustained": "HIGH when it lasts", "drop": "HIGH, fall by",
    "medium_low": "MEDIUM below", "medium_high": "MEDIUM above",
    "high_low": "HIGH below", "high_high": "HIGH above",
    "medium_rass": "MEDIUM by RASS", "high_rass": "HIGH by RASS",
    "searching_low": "LOW, searching", "searching_medium": "MEDIUM, searching",
})  # fmt: skip
"""Level of a condition -> how soon someone has to come, and when."""

_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType({
    "hr": ("Heart rate", ("hr_low", "hr_high", "asystole")),
    "spo2": ("SpO₂", ("spo2_low", "spo2_desaturation")),
    "rr": ("Breathing", ("rr_low", "rr_high", "apnoea", "airway_pattern")),
    "etco2": ("EtCO₂", ("etco2_low", "etco2_high")),
    "nibp": ("Blood pressure", ("nibp_sys_low", "nibp_sys_high", "nibp_dia_high", "nibp_map",
                                "nibp_overdue")),
    "care": ("Sedation and checks", ("oversedated", "agitated", "check_overdue")),
    "equipment": ("Monitor and line", ("link_lost", "sensor_off", "value_expired", "signal_poor", "frozen",
                                       "implausible", "contradiction", "source_fallback", "line_errors",
                                       "wrong_patient")),
    "station": ("This station", ("no_audio", "not_recording", "record_altered", "monitoring_gap")),
})  # fmt: skip
_REST = "equipment"
"""The heading of conditions that are named under none: an alarm that nobody can reach cannot be set."""


def _complete() -> dict[str, tuple[str, tuple[str, ...]]]:
    named = {condition for _, held in _GROUPS.values() for condition in held}
    words, held = _GROUPS[_REST]
    return {**_GROUPS, _REST: (words, (*held, *(key for key in CONDITIONS if key not in named)))}


GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(_complete())
"""Value block, or another heading -> its words and its conditions, each condition once."""

SCOPES: Mapping[Scope, str] = MappingProxyType({
    Scope.FACTORY: "factory", Scope.CLINIC: "the clinic's own", Scope.PROTOCOL: "the protocol's",
    Scope.PATIENT: "this patient's",
})  # fmt: skip

_KEYS = re.compile(
    "|".join(re.escape(key) for key in sorted({*LIMIT_ROWS, *CONDITIONS}, key=len, reverse=True))
)


def condition_name(condition: str) -> str:
    """`Heart rate low`."""
    row = CONDITIONS.get(condition)
    return alarm_texts.alarm_text(f"alarm.{condition}" if row is None else row.text).name


def level_words(key: str) -> str:
    """`MEDIUM` of `hr_low.medium` and of its delay."""
    level = key.partition(".")[2].removesuffix(DELAY)
    return LEVELS.get(level, level.replace("_", " "))


def limit_name(key: str) -> str:
    """`Heart rate low, MEDIUM`; `the delay of Heart rate low, MEDIUM`."""
    name = f"{condition_name(key.partition('.')[0])}, {level_words(key)}"
    return f"the delay of {name}" if key.endswith(DELAY) else name


def plain(sentence: str) -> str:
    """A sentence of the engine with the names of limits and conditions instead of their keys."""
    said = _KEYS.sub(lambda found: _name_of(found[0]), sentence)
    return said[:1].upper() + said[1:]


def _name_of(key: str) -> str:
    return limit_name(key) if key in LIMIT_ROWS else condition_name(key)

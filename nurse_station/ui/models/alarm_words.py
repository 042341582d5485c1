"""One alarm as a line of words: marks, what is wrong, value against limit. Formats; decides nothing, no Qt.

What is written is true as it stands: `84.6 < 85` and never `85 < 85`, and without a value no comparison.
"""

from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Fault
from nurse_station.ui import alarm_texts, texts
from nurse_station.ui.alarm_texts import AlarmText, Form
from nurse_station.ui.models import words
from nurse_station.ui.models.units import WARD, Scale, Units
from nurse_station.vitals.parameters import PARAMETERS

HOLDS = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "≤": lambda value, limit: value <= limit,
    "≥": lambda value, limit: value >= limit,
}
SHORT_LABELS = {"rr_co2": "RR", "rr_imp": "RR"}
PER_CENT = Scale(unit="%", precision=0)
SCORE = Scale(unit="", precision=0)
FAULTS = frozenset(fault.value for fault in Fault)
FINEST = 3
"""More digits after the point than this tell a ward nothing."""


def line(status: AlarmStatus, units: Units = WARD) -> str:
    """The whole line: `*** SpO₂ 84 < 85`, `!! No data 0:12`, `*** was: Apnoea`."""
    mark = alarm_texts.marks(status.kind, status.priority)
    return f"{mark} {statement(status, units)}"


def statement(status: AlarmStatus, units: Units = WARD) -> str:
    """The line without its marks."""
    text = alarm_texts.alarm_text(status.text)
    match status.state:
        case State.LATCHED:
            return f"{alarm_texts.WAS}: {text.name}"
        case State.UNRESOLVED:
            return f"{text.name} · {alarm_texts.DATA_LOST}"
        case _:
            return _present(text, status, units)


def _present(text: AlarmText, status: AlarmStatus, units: Units) -> str:
    match text.form:
        case Form.COMPARED:
            return _compared(text, status, units)
        case Form.SCORED:
            scale = part(status.detail[0]) if status.detail else ""
            scored = compared(status.value, text.sign, status.limit, SCORE)
            return words.joined(text.short, f"{scale} {scored}".strip())
        case Form.SHARE:
            return f"{text.short} {compared(status.value, text.sign, status.limit, PER_CENT)}".strip()
        case Form.LASTING:
            return _lasting(text, status)
        case Form.NAMED:
            return _named(text, status)


def _compared(text: AlarmText, status: AlarmStatus, units: Units) -> str:
    parameter = status.detail[0] if status.detail and status.detail[0] in PARAMETERS else ""
    if not parameter or status.value is None:
        return text.name
    label = SHORT_LABELS.get(parameter, PARAMETERS[parameter].label)
    return f"{label} {compared(status.value, text.sign, status.limit, units.of(parameter))}"


def compared(value: float | None, sign: str, limit: float | None, scale: Scale) -> str:
    """`84 < 85`: as many digits as make it true; where it is not true (any more), `85 (< 85)`.

    Args:
        value: What is measured; None: there is nothing to write.
        sign: How it lies to the limit; empty: as the numbers do.
        limit: What it is compared with; None: nothing.
        scale: The unit they are shown in.
    """
    if value is None:
        return ""
    if limit is None:
        return words.number(scale.shown(value), scale.precision)
    sign = sign or ("<" if value < limit else ">")
    for digits in range(scale.precision, FINEST + 1):
        left, right = _rounded(value, scale, digits), _rounded(limit, scale, digits)
        if HOLDS[sign](left, right):
            return f"{words.number(left, digits)} {sign} {_shortest(right, scale)}"
    right = _rounded(limit, scale, scale.precision)
    return f"{words.number(scale.shown(value), scale.precision)} ({sign} {_shortest(right, scale)})"


def _rounded(value: float, scale: Scale, digits: int) -> float:
    shown = scale.shown(value)
    assert shown is not None
    return round(shown, digits)


def _shortest(shown: float, scale: Scale) -> str:
    """A limit that is whole is written whole."""
    return words.number(
        shown, next(d for d in range(scale.precision, FINEST + 1) if round(shown, d) == shown)
    )


def _lasting(text: AlarmText, status: AlarmStatus) -> str:
    if _fault_told(status):
        return _named(text, status)
    if status.value is None:
        return words.joined(text.name, *_named_parts(status))
    return f"{text.short} {words.minutes(status.value)}"


def _fault_told(status: AlarmStatus) -> bool:
    """Whether it is there for a fault of the station, whatever was measured."""
    return any(key.partition("@")[0] in FAULTS for key in status.detail)


def tells_time(status: AlarmStatus) -> bool:
    """Whether the statement is a length of time: another beside it would only confuse."""
    present = status.state is State.ACTIVE and status.value is not None and not _fault_told(status)
    return present and alarm_texts.alarm_text(status.text).form is Form.LASTING


def _named(text: AlarmText, status: AlarmStatus) -> str:
    if status.text in alarm_texts.SPEAKS_FOR_ITSELF:
        return text.name
    parts = _named_parts(status)
    return f"{text.short}: {' + '.join(parts)}" if parts else text.name


def _named_parts(status: AlarmStatus) -> list[str]:
    return list(dict.fromkeys(part(key) for key in status.detail))


def part(key: str) -> str:
    """What a detail names, in words: a parameter by its label, else a sensor, a scale, a fault."""
    what, at, monitor = key.partition("@")
    if at:
        return _of_monitor(what, monitor)
    if key in alarm_texts.PARTS:
        return alarm_texts.PARTS[key]
    if key in PARAMETERS:
        return SHORT_LABELS.get(key, PARAMETERS[key].label)
    return texts.own_words(key)


def _of_monitor(what: str, monitor: str) -> str:
    """`etco2,rr_co2@GE` is `EtCO₂, RR from GE`; `line_lost@GE` is `GE is lost`."""
    said = alarm_texts.OF_MONITOR.get(what, alarm_texts.FROM_MONITOR)
    labels = dict.fromkeys(_label(key) for key in what.split(","))
    return said.format(what=", ".join(labels), monitor=monitor)


def _label(key: str) -> str:
    """A pressure is named as a whole: one monitor gives all of it."""
    measured = key.removesuffix("_sys")
    return part(key) if measured == key else measured.upper()


def spoken(status: AlarmStatus, units: Units = WARD) -> str:
    """For a screen reader: `high priority, SpO₂ low, SpO₂ 84 < 85`."""
    text = alarm_texts.alarm_text(status.text)
    said = statement(status, units).replace("<", "below").replace(">", "above")
    name = "" if text.name in said else text.name
    return ", ".join(p for p in (alarm_texts.PRIORITY[status.priority], name, said) if p)

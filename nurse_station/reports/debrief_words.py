"""How a debrief writes a time, an alarm, an event, on screen and paper alike. Decides nothing."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.words import Kind, Priority
from nurse_station.reports.alarm_names import marks, name
from nurse_station.reports.words import NONE, lasting
from nurse_station.sessions.dues import NAMES as CHECKS
from nurse_station.training.log import Line, What
from nurse_station.training.score import Outcome

WHAT: Mapping[What, str] = MappingProxyType({
    What.EVENT: "Event", What.ALARM: "Alarm", What.ALARM_ENDED: "Alarm over",
    What.ACKNOWLEDGED: "Acknowledged", What.DONE: "Done", What.REPLY: "Reply", What.ENTERED: "Entered",
    What.REFUSED: "Refused", What.AGAINST: "Against", What.HINT: "Hint",
})  # fmt: skip
OUTCOMES: Mapping[Outcome, str] = MappingProxyType({
    Outcome.DONE: "✓ Done", Outcome.LATE: "▲ Late", Outcome.MISSED: "✗ Missed", Outcome.WRONG: "✗ Wrong",
    Outcome.OPEN: "○ Still to come", Outcome.NOT_ASKED: "Not asked",
})  # fmt: skip
PASSED, NOT_PASSED = "✓ Passed", "✗ Not passed"
_NUMBERS: Mapping[str, str] = MappingProxyType({
    "lasts_s": "for {} s", "every_s": "every {} s", "in_s": "in {} s", "ml_h": "{} mL/h", "dose": "dose {}",
    "share": "share {}", "size": "size {}",
})  # fmt: skip
"""A number of an event (`training.events.NUMBERS`) as a person reads it."""
_IN_BRACKETS = re.compile(r"\((?:[a-z_]+ [-+.e\d]+(?:, )?)+\)")
_RATE = re.compile(r"mL/h \(ml_h ([-+.e\d]+)\)")
_NUMBER = re.compile(r"([a-z_]+) ([-+.e\d]+)")


def clock(seconds: float) -> str:
    """Time of the run: `0:07`, `12:05`, `1:02:05`; `−2:00` before its first second."""
    whole = round(abs(seconds))
    sign = "−" if seconds < 0 and whole else ""
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{sign}{minutes}:{rest:02d}"
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def seconds(length: float | None) -> str:
    """A length of time, `31 s` or `2:30 min`; `---`: it never came to it."""
    return NONE if length is None else lasting(length)


def often(times: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def alarm(condition: str, priority: str) -> str:
    """`*** Apnoea` of a condition and the name of its priority."""
    row = CONDITIONS.get(condition)
    known = Priority.__members__.get(priority, Priority.NONE)
    return f"{marks(Kind.TECHNICAL if row is None else row.kind, known)} {name(condition)}".strip()


def check(kind: str) -> str:
    """`Blood pressure`."""
    return _begun(CHECKS.get(kind, kind.replace("_", " ")))


def event(key: str, words: str) -> str:
    """`Airway obstruction begins (size 0.6, for 40 s)`; one that only marks a moment: its own name."""
    said = key.replace("_", " ") if words in ("", key) else words
    said = _IN_BRACKETS.sub(_with_units, _RATE.sub(r"\1 mL/h", said))
    return ". ".join(_begun(part) for part in said.split("; "))


def _with_units(found: re.Match[str]) -> str:
    return _NUMBER.sub(lambda each: _NUMBERS.get(each[1], f"{each[1]} {{}}").format(each[2]), found[0])


def said(line: Line) -> str:
    """What a line of the log says, after its kind."""
    match line.what:
        case What.ALARM:
            return alarm(line.key, line.words)
        case What.ALARM_ENDED | What.ACKNOWLEDGED:
            return name(line.key)
        case What.EVENT:
            return event(line.key, line.words)
        case _:
            return line.words or _begun(line.key.replace("_", " "))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]

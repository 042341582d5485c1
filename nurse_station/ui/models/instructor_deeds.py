"""The form for what is not on the timeline: which fields it has, and what was typed -> a deed. No Qt."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.training.events import EVENTS, NUMBERS, Deed
from nurse_station.ui.models.limit_rows import parsed

SAY = "say"
"""Has a field of its own."""
LONGEST_SAYING = 200
NOTHING_SAID = "Write what is said."
UNITS: Mapping[str, str] = MappingProxyType({
    "lasts_s": "s", "every_s": "s", "in_s": "s", "ml_h": "mL/h", "share": "part",
})  # fmt: skip
WORDS: Mapping[str, str] = MappingProxyType({
    "size": "Size", "lasts_s": "For", "dose": "Dose", "every_s": "Measures every", "in_s": "First in",
    "share": "Spoilt bytes", "ml_h": "Rate",
})  # fmt: skip
_BEGINNINGS: Mapping[str, str] = MappingProxyType({
    "befall": "Something begins", "relent": "Something is over", "give": "A drug is given by another",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField:
    """A number that can be typed.

    Attributes:
        key: The word in the deed.
        words, unit: Before and after the field.
        low, high: What is taken, both included.
        usual: What it is when nothing is typed; None: the body's own default.
        needed: Something must be typed.
    """

    key: str
    words: str
    unit: str
    low: float
    high: float
    usual: float | None
    needed: bool

    @property
    def range(self) -> str:
        """`0 to 1 part, usually 0.7`."""
        usual = "" if self.usual is None else f", usually {_written(self.usual)}"
        return f"{_written(self.low)} to {_written(self.high)} {self.unit}{usual}"

    def refusal(self, text: str) -> str:
        """Why what was typed is not taken, one sentence; empty: it is."""
        if not text.strip():
            return f"Write a number, {self.range}." if self.needed else ""
        number = parsed(text)
        if number is None or not math.isfinite(number):
            return f"“{text.strip()}” is no number."
        if not self.low <= number <= self.high:
            return f"{text.strip()} is not within {_written(self.low)} to {_written(self.high)} {self.unit}."
        return ""


def kinds() -> tuple[tuple[str, str], ...]:
    """Key of each kind, and its words for the list."""
    return tuple((key, _sentence(_BEGINNINGS.get(key, row.words)))
                 for key, row in EVENTS.items() if key != SAY)  # fmt: skip


def whats(kind: str) -> tuple[tuple[str, str], ...]:
    """Key and words of what it can be; empty: the kind says it all."""
    if "what" not in EVENTS[kind].needs:
        return ()
    if kind == "give":
        return tuple((drug.key, drug.name) for drug in DRUGS.values())
    return tuple((row.key, row.name) for row in HAPPENINGS.values())


def fields(kind: str, what: str) -> tuple[NumberField, ...]:
    """The numbers that belong to it; `what` is one of `whats(kind)`, or empty where there are none."""
    row = EVENTS[kind]
    return tuple(_field(key, what, needed=key in row.needs)
                 for key in (*row.needs, *row.may) if key in NUMBERS)  # fmt: skip


def _field(key: str, what: str, *, needed: bool) -> NumberField:
    (low, high), unit, usual = NUMBERS[key], UNITS.get(key, ""), None
    if key == "size":
        row = HAPPENINGS[what]
        (low, high), unit, usual = row.range, row.unit, row.usual
    elif key == "lasts_s" and what in HAPPENINGS:
        usual = HAPPENINGS[what].lasts_s
    elif key == "dose":
        unit, usual = DRUGS[what].unit, DRUGS[what].usual
    return NumberField(key=key, words=WORDS[key], unit=unit, low=low, high=high, usual=usual, needed=needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedRead:
    """What was typed: a deed; or None, and why not beneath which field (`""`: the form)."""

    deed: Deed | None
    wrong: Mapping[str, str]


def read(kind: str, what: str, typed: Mapping[str, str]) -> DeedRead:
    """The deed that a form says. A field that is left empty and need not be typed is left to the body."""
    if kind not in EVENTS or kind == SAY:
        return DeedRead(deed=None, wrong={"": "Choose what is to happen."})
    known = whats(kind)
    if known and what not in dict(known):
        return DeedRead(deed=None, wrong={"": "Choose what."})
    own = fields(kind, what)
    wrong = {row.key: said for row in own if (said := row.refusal(typed.get(row.key, "")))}
    if wrong:
        return DeedRead(deed=None, wrong=wrong)
    numbers = {row.key: number for row in own if (number := parsed(typed.get(row.key, ""))) is not None}
    return DeedRead(
        deed=Deed(kind=kind, what=what if known else "", numbers=MappingProxyType(numbers)), wrong={}
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _written(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e6 else f"{number:.0f}"

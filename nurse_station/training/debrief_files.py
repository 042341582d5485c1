"""The text of a kept debrief -> the debrief, exactly as it was. Opens no file; guesses nothing.

What a later program added is passed over; what it made optional may be missing.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from nurse_station.training.day import SIMULATION
from nurse_station.training.debrief import Debrief
from nurse_station.training.toml_tree import FileError

MOST_SENTENCES = 8
"""So many mistakes are named; who has more has another file."""
_WANTS: Mapping[object, str] = {
    float: "a number", int: "a whole number", bool: "true or false", str: "a text", NoneType: "null",
}  # fmt: skip


def as_text(debrief: Debrief) -> str:
    """The debrief as JSON; `parse` gives it back as it is."""
    return json.dumps(debrief.as_json(), allow_nan=False)


def parse(text: str) -> Debrief:
    """The debrief in a text. Raises FileError with a sentence for every mistake."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError([f"This is no JSON: {error}."]) from error
    return from_json(body)


def from_json(body: object) -> Debrief:
    """The debrief that `Debrief.as_json` told. Raises FileError with a sentence for every mistake."""
    wrong = _Wrong()
    debrief: Debrief = _read(Debrief, body, "", wrong)
    if isinstance(body, Mapping) and body.get("mark") != SIMULATION:
        wrong.say("mark", f'must be "{SIMULATION}": without it this is no debrief of practice')
    if wrong.sentences:
        raise FileError(wrong.sentences[:MOST_SENTENCES])
    return debrief


class _Wrong:
    """The mistakes so far."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, place: str, words: str) -> None:
        self.sentences.append(f"{place or 'The debrief'} {words}.")


def _read(wanted: Any, value: object, place: str, wrong: _Wrong) -> Any:
    """The value as the type that is wanted; what it gives back after a mistake is of no use."""
    if is_dataclass(wanted):
        return _of_fields(wanted, value, place, wrong)
    if get_origin(wanted) is tuple:
        return _listed(get_args(wanted)[0], value, place, wrong)
    if get_origin(wanted) is UnionType:
        (some,) = (each for each in get_args(wanted) if each is not NoneType)
        return None if value is None else _read(some, value, place, wrong)
    if issubclass(wanted, StrEnum):
        return _word(wanted, value, place, wrong)
    return _plain(wanted, value, place, wrong)


def _of_fields(wanted: Any, value: object, place: str, wrong: _Wrong) -> Any:
    if not isinstance(value, Mapping):
        wrong.say(place, "must be a table of names and values")
        return None
    before = f"{place}." if place else ""
    found = {}
    for name, kind, optional in _row(wanted):
        if name in value:
            found[name] = _read(kind, value[name], f"{before}{name}", wrong)
        elif not optional:
            wrong.say(f"{before}{name}", "is missing")
    return None if wrong.sentences else wanted(**found)


@cache
def _row(wanted: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Name, type and whether it may be missing of every field."""
    kinds = get_type_hints(wanted)
    return tuple((each.name, kinds[each.name], _optional(each)) for each in fields(wanted))


def _optional(each: Field[Any]) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING


def _listed(wanted: Any, value: object, place: str, wrong: _Wrong) -> Any:
    if not isinstance(value, list | tuple):
        wrong.say(place, "must be a list")
        return ()
    return tuple(_members(wanted, value, place, wrong))


def _members(wanted: Any, value: list[Any] | tuple[Any, ...], place: str, wrong: _Wrong) -> Iterator[Any]:
    for number, each in enumerate(value, 1):
        yield _read(wanted, each, f"{place} {number}", wrong)


def _word(wanted: type[StrEnum], value: object, place: str, wrong: _Wrong) -> StrEnum | None:
    words = {each.value: each for each in wanted}
    if isinstance(value, str) and value in words:
        return words[value]
    wrong.say(place, f"must be one of {', '.join(words)}")
    return None


def _plain(wanted: Any, value: object, place: str, wrong: _Wrong) -> object:
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool):
        if _fits(value):
            return float(value)
    elif type(value) is wanted:
        return value
    wrong.say(place, f"must be {_WANTS[wanted]}")
    return None


def _fits(value: float) -> bool:
    """JSON has neither infinity nor a number beyond a float's, though Python reads both."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False

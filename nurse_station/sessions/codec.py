"""Deeds as JSON and back, by their declared types. Refuses what does not fit, with the place it stands."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from nurse_station.sessions.deeds import KINDS, Entry, Override

LARGEST = 1e15
"""No time, dose or value is beyond this; nor is what is no number."""


class CodecError(Exception):
    """A journal holds something that is no entry. The text says what and where."""


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as `from_json` takes it."""
    return {
        "number": entry.number, "at": entry.at, "who": entry.who,
        "deed": type(entry.deed).__name__, "body": plain(entry.deed),
        "overrides": [plain(each) for each in entry.overrides],
        "corrects": entry.corrects, "why": entry.why, "entered": entry.entered,
    }  # fmt: skip


def from_json(body: Mapping[str, Any]) -> Entry:
    """The entry that `as_json` gave. Raises CodecError for anything else."""
    body = _expect(body, Mapping, "an entry")
    kind = KINDS.get(str(body.get("deed")))
    if kind is None:
        msg = f"{body.get('deed')!r} is no kind of entry"
        raise CodecError(msg)
    overrides = body.get("overrides", ())
    return Entry(
        number=_typed(int, body.get("number"), "number"), at=_typed(float, body.get("at"), "at"),
        who=_typed(str, body.get("who"), "who"), deed=_typed(kind, body.get("body"), kind.__name__),
        overrides=_typed(tuple[Override, ...], overrides, "overrides"),
        corrects=_typed(int | None, body.get("corrects"), "corrects"),
        why=_typed(str, body.get("why", ""), "why"),
        entered=_typed(float | None, body.get("entered"), "entered"),
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A frozen value as JSON has it."""
    if is_dataclass(value):
        return {row.name: plain(getattr(value, row.name)) for row in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: Any, place: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _typed(_not_none(kind), value, place)
    if origin is tuple:
        return tuple(_typed(get_args(kind)[0], each, place) for each in _expect(value, list | tuple, place))
    if origin is not None:
        row = get_args(kind)[1]
        found = _expect(value, Mapping, place)
        return MappingProxyType(
            {_expect(key, str, place): _typed(row, each, f"{place}.{key}") for key, each in found.items()}
        )
    if is_dataclass(kind):
        return _built(kind, value, place)
    return _simple(kind, value, place)


def _not_none(kind: Any) -> Any:
    return next(each for each in get_args(kind) if each is not type(None))


def _built(kind: Any, value: Any, place: str) -> Any:
    found = _expect(value, Mapping, place)
    hints = _hints(kind)
    unknown = sorted(map(str, found.keys() - hints.keys()))
    if unknown:
        msg = f"{place} has no {unknown[0]}"
        raise CodecError(msg)
    try:
        return kind(**{key: _typed(hints[key], each, f"{place}.{key}") for key, each in found.items()})
    except TypeError as error:
        msg = f"{place} is not whole: {error}"
        raise CodecError(msg) from error


def _simple(kind: Any, value: Any, place: str) -> Any:
    if kind is float:
        return _number(value, place)
    if isinstance(kind, type) and isinstance(value, str) and issubclass(kind, Enum | date):
        try:
            return kind(value) if issubclass(kind, Enum) else date.fromisoformat(value)
        except ValueError as error:
            msg = f"{place} cannot be {value!r:.40}"
            raise CodecError(msg) from error
    if kind is int and isinstance(value, bool):
        msg = f"{place} cannot be {value!r:.40}"
        raise CodecError(msg)
    return _expect(value, kind, place)


def _number(value: Any, place: str) -> float:
    # A whole number of any length is good JSON; one that no float holds is no number of ours.
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    msg = f"{place} cannot be {value!r:.40}"
    raise CodecError(msg)


def _expect(value: Any, kind: Any, place: str) -> Any:
    if not isinstance(value, kind):
        msg = f"{place} cannot be {value!r:.40}"
        raise CodecError(msg)
    return value

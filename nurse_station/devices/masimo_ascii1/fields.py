"""Masimo ASCII 1, one line: date, time and KEY=VALUE fields; refuses what no monitor writes.

Which keys there are, in which order and how wide, depends on the model and its software, so fields are
found by their key. With no checksum to ask, shape and range are all that can tell a damaged line.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from nurse_station.vitals.parameters import PARAMETERS

_STAMP = re.compile(r"(\d\d)/(\d\d)/(\d\d) (\d\d):(\d\d):(\d\d)(?=\s)")
# The value may stand apart from its "=" where a width or a sign is filled with a blank, or be left out.
_FIELD = re.compile(r"\s+([A-Z][A-Z0-9]*)=(?: ?([^\s=]+))?(?=\s|$)")
# A mark between two fields that is neither key nor value.
_MARK = re.compile(r"\s+[^\s=A-Za-z0-9]+(?=\s|$)")
# Every known monitor writes saturation and pulse rate as whole numbers; a point among their digits is the
# next field's, after the bytes between were lost.
_VITAL = re.compile(r"\d{1,3}")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_DASHES = re.compile(r"[+-]?-+(\.-+)?%?")
_WORD = re.compile(r"[0-9A-Fa-f]{1,8}")
_HIGHEST = {"SPO2": PARAMETERS["spo2"].plausible[1], "BPM": PARAMETERS["pr"].plausible[1]}
NUMBERS = ("SPO2", "BPM", "PI", "SPCO", "SPMET", "SPHB", "SPOC", "DESAT", "PIDELTA", "PVI")
WORDS = ("ALARM", "EXC", "EXC1")
FULL_WIDTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a line is written, apart from what it says. One monitor writes all its lines in one way.

    Attributes:
        keys: The keys in their order.
        widths: How many characters the words of WORDS have that the line holds.
        filled: SPO2 and BPM are filled up to three characters ("098"); None: cannot be told.
    """

    keys: tuple[str, ...]
    widths: tuple[int, ...]
    filled: bool | None

    def fits(self, known: "Shape") -> bool:
        """Whether the monitor that wrote `known` may have written this; one with other keys is another."""
        if self.keys != known.keys:
            return True
        return self.widths == known.widths and not (known.filled and self.filled is False)

    def learned(self, known: "Shape | None") -> "Shape":
        """What is known of the monitor after a line of this shape."""
        if self.filled is None and known is not None and known.keys == self.keys:
            return replace(self, filled=known.filled)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What one line says.

    Attributes:
        seconds: The monitor's own clock, which runs in local time.
        shape: How it is written.
        numbers: Key -> value, for the keys of NUMBERS that the line has; None: dashes, not available.
        words: Key -> hexadecimal digits as sent, for the keys of WORDS that the line has.
    """

    seconds: float
    shape: Shape
    numbers: dict[str, float | None]
    words: dict[str, str]


def read_fields(line: str) -> Fields | str:
    """Read a line; a string is the reason to refuse it (see `Driver.refusals`)."""
    seconds = _seconds(line)
    if seconds is None:
        return "date"
    found = _pairs(line[17:])
    if found is None:
        return "field"
    keys = tuple(key for key, _ in found)
    values = dict(found)
    if len(values) < len(keys):
        return "twice"
    if not values.keys() >= _HIGHEST.keys():
        return "keys"
    return _checked(seconds, keys, values)


def _checked(seconds: float, keys: tuple[str, ...], values: dict[str, str]) -> Fields | str:
    words = {key: values[key] for key in WORDS if key in values and not _DASHES.fullmatch(values[key])}
    vital = [values[key].rstrip("%") for key in _HIGHEST]
    if not all(_VITAL.fullmatch(text) or _DASHES.fullmatch(text) for text in vital):
        return "value"
    if not all(_WORD.fullmatch(word) for word in words.values()):
        return "value"
    if any(text[0] == "0" and len(text) < FULL_WIDTH for text in vital):
        return "width"
    numbers = {key: _number(values[key]) for key in NUMBERS if key in values}
    if any((numbers[key] or 0.0) > highest for key, highest in _HIGHEST.items()):
        return "range"
    widths = tuple(len(values[key]) for key in WORDS if key in values)
    shape = Shape(keys=keys, widths=widths, filled=_filled(vital))
    return Fields(seconds=seconds, shape=shape, numbers=numbers, words=words)


def _seconds(line: str) -> float | None:
    stamp = _STAMP.match(line)
    if stamp is None:
        return None
    month, day, year, hour, minute, second = (int(digits) for digits in stamp.groups())
    try:
        return datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """The fields in their order. None: something stands there that is no field."""
    found: list[tuple[str, str]] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        field = _FIELD.match(text, at)
        if field is not None:
            found.append((field[1], field[2] or ""))
        else:
            field = _MARK.match(text, at)
        if field is None:
            return None
        at = field.end()
    return found


def _number(text: str) -> float | None:
    """A value without its unit; None: dashes, or no number (only beside SpO2 and pulse rate)."""
    return float(text.rstrip("%")) if _NUMBER.fullmatch(text) else None


def _filled(vital: list[str]) -> bool | None:
    """Whether the monitor fills values up to three characters; dashes and three digits tell nothing."""
    if any(text[0] == "0" for text in vital):
        return True
    return False if any(len(text) < FULL_WIDTH and text.isdigit() for text in vital) else None

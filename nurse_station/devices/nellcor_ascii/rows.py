"""Nellcor ASCII: one line of values -> what it says, or why it is refused. Remembers nothing."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from nurse_station.devices.nellcor_ascii import layout
from nurse_station.devices.nellcor_ascii.layout import CODES, UNKNOWN
from nurse_station.vitals.parameters import PARAMETERS

CENTURY_FROM = 70
"""A year of two digits from here on is one of the 1900s."""


@dataclass(frozen=True, slots=True)
class Field:
    """A number of a line.

    Attributes:
        value: As printed; None: dashes.
        starred: An alarm limit is broken.
        begins, ends: Its columns; `ends` is that of the last digit, one more where a star follows is as good.
    """

    value: int | None
    starred: bool
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of values.

    Attributes:
        clock: The monitor's own time, unix seconds as if its clock were UTC.
        fields: "spo2", "pr", "amplitude" in the order of the line.
        codes: The codes of the status column, in the order of the line.
    """

    clock: float
    fields: dict[str, Field]
    codes: tuple[str, ...]

    def conditions(self) -> dict[str, str]:
        """Every condition that is so, each with its detail."""
        active = {key: "" for code in self.codes for key in CODES.get(code, UNKNOWN).conditions}
        alarms = self._alarms()
        if alarms:
            active["monitor_alarm"] = ", ".join(alarms)
        unknown = [code for code in self.codes if code not in CODES]
        if unknown:
            active["monitor_status"] = " ".join(unknown)
        return active

    def _alarms(self) -> list[str]:
        alarms = [CODES[code].alarm for code in self.codes if code in CODES and CODES[code].alarm]
        for parameter, words in layout.LIMIT_ALARMS.items():
            if self.fields[parameter].starred and not set(words) & set(alarms):
                alarms.append(layout.LIMIT_WORDS[parameter])
        return alarms

    def numbers(self) -> dict[str, Field]:
        """The fields that have one, for the columns that they stand in."""
        return {name: field for name, field in self.fields.items() if field.value is not None}


def same_columns(numbers: dict[str, Field], before: dict[str, Field]) -> bool:
    """Whether numbers stand in the columns of those before, all by their ends or all by their begins.

    A monitor prints every line in the same columns: where one byte was lost, what is behind it
    moves, and the number that lost it would be another number.
    """
    pairs = [(numbers[name], before[name]) for name in numbers.keys() & before.keys()]
    by_ends = all(_ends_alike(mine, theirs) for mine, theirs in pairs)
    return by_ends or all(mine.begins == theirs.begins for mine, theirs in pairs)


def _ends_alike(mine: Field, theirs: Field) -> bool:
    return not {mine.ends, mine.ends + mine.starred}.isdisjoint({theirs.ends, theirs.ends + theirs.starred})


def read_row(text: str) -> Row | str:
    """A line of values, or the reason for which it is refused: "shape", "date", "range"."""
    found = layout.DATA.fullmatch(text)
    if found is None:
        return "shape"
    clock = _clock(found)
    if clock is None:
        return "date"
    fields = {name: _field(found, name) for name in ("spo2", "pr", "amplitude")}
    if not all(_in_range(name, fields[name].value) for name in layout.LIMIT_ALARMS):
        return "range"
    return Row(clock, fields, tuple(found["codes"].split()))


def _field(found: re.Match[str], name: str) -> Field:
    digits = found[name].rstrip("*")
    value = int(digits) if digits.isdigit() else None
    begins = found.start(name)
    return Field(value, found[name].endswith("*"), begins, begins + len(digits))


def _in_range(parameter: str, value: int | None) -> bool:
    """0 is what some monitors print for a pulse that was lost."""
    return not value or PARAMETERS[parameter].accepts(value)


def _clock(found: re.Match[str]) -> float | None:
    month, year = found["month"].upper(), int(found["year"])
    if month not in layout.MONTHS:
        return None
    hour, minute, second = (int(part) for part in found["time"].split(":"))
    year += 1900 if year >= CENTURY_FROM else 2000
    date = (year, layout.MONTHS.index(month) + 1, int(found["day"]))
    try:
        return datetime(*date, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return None

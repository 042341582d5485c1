"""How paper writes a time, a length of time, a vital sign. Rounds for the eye and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from nurse_station.infusion.units import shown
from nurse_station.vitals.parameters import PARAMETERS

NONE = "---"
"""Not measured, not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Wall time in one zone for a whole paper, so that a change to summer time repeats no hour.

    Attributes:
        zone: Of the whole paper.
        first: The day that is meant where a time names none.
    """

    zone: tzinfo
    first: date

    @classmethod
    def of(cls, started: datetime, zone: tzinfo | None = None) -> "Times":
        """The computer's zone as it was when the session began, or another one. `started` is aware."""
        begun = started.astimezone(zone)
        fixed = timezone(begun.utcoffset() or timedelta(0), begun.tzname() or "UTC")
        return cls(zone=fixed, first=begun.date())

    def minute(self, at: float) -> str:
        """`10:14` of unix seconds; `00:10 (+1 d)` on the day after."""
        return self._clock(at, "%H:%M")

    def second(self, at: float) -> str:
        """`10:14:05`."""
        return self._clock(at, "%H:%M:%S")

    def day(self, at: float) -> str:
        """`2026-01-05`."""
        return f"{self._local(at):%Y-%m-%d}"

    def whole(self, at: float) -> str:
        """`2026-01-05 10:14:05`."""
        return f"{self._local(at):%Y-%m-%d %H:%M:%S}"

    @property
    def name(self) -> str:
        """`CET (UTC+01:00)`."""
        begun = datetime(self.first.year, self.first.month, self.first.day, tzinfo=self.zone)
        ahead, named = f"{begun:%z}", begun.tzname() or ""
        offset = "UTC" if ahead == "+0000" else f"UTC{ahead[:3]}:{ahead[3:5]}"
        return offset if named.startswith("UTC") or not named else f"{named} ({offset})"

    @property
    def offset_s(self) -> float:
        """How far the paper's time is ahead of UTC, seconds."""
        begun = datetime(self.first.year, self.first.month, self.first.day, tzinfo=self.zone)
        return (begun.utcoffset() or timedelta(0)).total_seconds()

    def _clock(self, at: float, form: str) -> str:
        local = self._local(at)
        later = (local.date() - self.first).days
        return f"{local:{form}}" + (f" ({later:+d} d)" if later else "")

    def _local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at, UTC).astimezone(self.zone)


def lasting(seconds: float) -> str:
    """`45 s`, `12:05 min`, `4:00:10 h`."""
    whole = round(max(seconds, 0.0))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d} min"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d} h"


def minutes(seconds: float) -> str:
    """`240 min`, to a tenth."""
    return f"{shown(seconds / 60, 1)} min"


def vital(parameter: str, value: float | None) -> str:
    """A value with its parameter's digits; `---`: not measured."""
    if value is None:
        return NONE
    row = PARAMETERS.get(parameter)
    return f"{value:.{row.precision}f}" if row is not None else shown(value)


def label(parameter: str) -> str:
    """`SpO₂ %`."""
    row = PARAMETERS.get(parameter)
    return f"{row.label} {row.unit_shown}" if row is not None else parameter


def listed(values: Mapping[str, float]) -> str:
    """`HR 72 /min, SpO₂ 98 %`, as they were entered."""
    said = []
    for key, value in values.items():
        row = PARAMETERS.get(key)
        name, unit = (row.label, row.unit_shown) if row is not None else (key, "")
        said.append(f"{name} {shown(value, 1)} {unit}".rstrip())
    return ", ".join(said)


def yes_no(fact: bool | None) -> str:
    """`yes`, `no`, `not noted`."""
    return "not noted" if fact is None else "yes" if fact else "no"


def or_said(words: str, otherwise: str) -> str:
    """The words, or a sentence that there are none."""
    return words.strip() or otherwise

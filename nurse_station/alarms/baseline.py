"""Limits from a patient's baseline: proposals for a person to confirm. Changes nothing by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Limits

HR_HIGH_AT_LEAST = 100.0
"""A heart rate limit that follows the baseline never goes below this, /min."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A limit that would fit this patient.

    Attributes:
        key: Which limit.
        old: The clinic's number.
        new: What the baseline gives, within the range of the table.
    """

    key: str
    old: float
    new: float


def _hr_low(clinic: float, baseline: float) -> float:
    return min(clinic, 0.8 * baseline)


def _hr_high(clinic: float, baseline: float) -> float:
    fitted = 1.3 * baseline
    return fitted if HR_HIGH_AT_LEAST <= fitted < clinic else clinic


def _sys_high(clinic: float, baseline: float) -> float:
    return max(clinic, 1.25 * baseline)


def _sys_low(clinic: float, baseline: float) -> float:
    return min(clinic, 0.8 * baseline)


FITS: Mapping[str, tuple[str, Callable[[float, float], float]]] = MappingProxyType({
    "hr_low.medium": ("hr", _hr_low),
    "hr_high.medium": ("hr", _hr_high),
    "nibp_sys_high.medium": ("nibp_sys", _sys_high),
    "nibp_sys_low.medium": ("nibp_sys", _sys_low),
})  # fmt: skip
"""Limit -> (parameter of the baseline, how it follows)."""


def proposals(limits: Limits, baseline: Mapping[str, float]) -> tuple[Proposal, ...]:
    """The limits that a baseline would change.

    Args:
        limits: Of the bed now.
        baseline: Parameter key -> value at rest before the treatment; any may be left out.
    """
    found = []
    for key, (parameter, fit) in FITS.items():
        if parameter in baseline:
            old = limits.of_clinic(key)
            new = _allowed(limits, key, round(fit(old, baseline[parameter]), 1))
            # A baseline that was mistaken has left a limit behind, which the right one takes back.
            if new != old or limits.patient.get(key, new) != new:
                found.append(Proposal(key=key, old=old, new=new))
    return tuple(found)


def _allowed(limits: Limits, key: str, number: float) -> float:
    """The nearest number that the table accepts; a MEDIUM pressure limit stays below the HIGH one."""
    row = LIMIT_ROWS[key]
    highest = (
        min(row.high, limits.effective["nibp_sys_high.high"] - 1)
        if key == "nibp_sys_high.medium"
        else row.high
    )
    return max(row.low, min(highest, number))

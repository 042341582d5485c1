"""Limit sets at four levels, factory -> clinic -> protocol -> patient: the most particular counts.

No set can leave the ranges of `limit_rows` or let a low limit meet a high one; a refusal is a sentence.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from nurse_station.alarms.limit_rows import APART, LIMIT_ROWS

Numbers = Mapping[str, float]
NO_NUMBERS: Numbers = MappingProxyType({})


class Scope(StrEnum):
    """Who a limit set is for, from the most general to the most particular."""

    FACTORY = "factory"
    CLINIC = "clinic"
    PROTOCOL = "protocol"
    PATIENT = "patient"


class LimitsError(Exception):
    """A limit cannot be so. The text is one sentence: what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """A limit was set to another number: what the journal keeps.

    Attributes:
        scope: Whose limits.
        key: Which limit.
        who: The person.
        old, new: The number that counted before, and that counts now.
        why: e.g. "from baseline"; may be empty.
    """

    scope: Scope
    key: str
    who: str
    old: float
    new: float
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All that is set for one bed.

    Attributes:
        factory: A number for every row of the table.
        clinic, protocol, patient: Only what is set differently there.
    """

    factory: Numbers
    clinic: Numbers = field(default_factory=lambda: NO_NUMBERS)
    protocol: Numbers = field(default_factory=lambda: NO_NUMBERS)
    patient: Numbers = field(default_factory=lambda: NO_NUMBERS)
    effective: Numbers = field(init=False, repr=False, compare=False)
    """Every limit's number that counts now."""
    _widened: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises LimitsError for a number outside its range, a word that is no limit, or limits that meet."""
        together: dict[str, float] = {}
        for numbers in (self.factory, self.clinic, self.protocol, self.patient):
            # Each level as it stands: the next patient has the clinic's limits without this one's over them.
            together |= numbers
            checked(together)
        missing = sorted(LIMIT_ROWS.keys() - together.keys())
        if missing:
            msg = f"There is no factory limit for {missing[0]}; install the program again."
            raise LimitsError(msg)
        object.__setattr__(self, "effective", MappingProxyType(together))
        # Found once: a screen asks for each block of each picture.
        object.__setattr__(self, "_widened", tuple(key for key in together if self.wider(key)))

    def at(self, scope: Scope) -> Numbers:
        """What is set at one level."""
        return {Scope.FACTORY: self.factory, Scope.CLINIC: self.clinic, Scope.PROTOCOL: self.protocol,
                Scope.PATIENT: self.patient}[scope]  # fmt: skip

    def of_clinic(self, key: str) -> float:
        """The number that a new patient of this clinic starts with."""
        return self.clinic.get(key, self.factory[key])

    def wider(self, key: str) -> bool:
        """Whether it alarms later or less than the clinic's own limit does: to be marked on the screen."""
        return (self.effective[key] - self.of_clinic(key)) * LIMIT_ROWS[key].wider > 0

    def widened(self) -> tuple[str, ...]:
        """All limits that are wider than the clinic's."""
        return self._widened

    def set(
        self, scope: Scope, key: str, number: float, who: str, why: str = ""
    ) -> tuple["Limits", LimitChange]:
        """These limits with one number changed, and the change. Raises LimitsError with a sentence."""
        if scope is Scope.FACTORY:
            msg = "Factory limits cannot be changed; set the clinic's instead."
            raise LimitsError(msg)
        changed = self._with(scope, {**self.at(scope), key: number})
        change = LimitChange(
            scope=scope, key=key, who=who, old=self.effective[key], new=changed.effective[key], why=why
        )
        return changed, change

    def for_new_patient(self) -> "Limits":
        """The clinic's defaults: nothing of the last patient or protocol is left."""
        return replace(self, protocol=NO_NUMBERS, patient=NO_NUMBERS)

    def _with(self, scope: Scope, numbers: Numbers) -> "Limits":
        frozen = MappingProxyType(dict(numbers))
        if scope is Scope.CLINIC:
            return replace(self, clinic=frozen)
        if scope is Scope.PROTOCOL:
            return replace(self, protocol=frozen)
        return replace(self, patient=frozen)


def checked(numbers: Numbers) -> Numbers:
    """The same numbers, each in its range and apart from its neighbours. Raises LimitsError."""
    for key, number in numbers.items():
        _check_range(key, number)
    for low, high, gap in APART:
        if low in numbers and high in numbers and numbers[high] - numbers[low] < gap:
            msg = (
                f"{low} ({numbers[low]:g}) must stay at least {gap:g} below {high} ({numbers[high]:g}); "
                "move one of them."
            )
            raise LimitsError(msg)
    return numbers


def _check_range(key: str, number: float) -> None:
    row = LIMIT_ROWS.get(key)
    if row is None:
        msg = f"There is no limit called {key}; the names are in the factory limits."
        raise LimitsError(msg)
    if not math.isfinite(number) or not row.low <= number <= row.high:
        msg = f"{key} cannot be {number:g} {row.unit}; give {row.low:g} to {row.high:g}."
        raise LimitsError(msg)

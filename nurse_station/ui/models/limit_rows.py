"""The limits of one bed as rows to be read and changed, and the steps of a change. No Qt; sets nothing.

What may be set is decided by `alarms.limits`: here it is asked beforehand, so that the answer stands
beside the field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nurse_station.alarms.baseline import FITS, Proposal, proposals
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Limits, LimitsError, Scope
from nurse_station.station.snapshots import Age, BedSnapshot, Numeric
from nurse_station.ui.alarm_texts import alarm_text
from nurse_station.ui.models.limit_words import DELAY, GROUPS, condition_name, level_words, plain
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Quality

BASELINE = tuple(dict.fromkeys(parameter for parameter, _ in FITS.values()))
"""The parameters whose value at rest moves a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """One level of a condition: what is compared, and for how long.

    Attributes:
        words: `MEDIUM`, `HIGH at once`.
        sign: How a value lies to the limit while the alarm is there: "<"; empty: the words say it.
        limit: Key of the number; empty: only the delay can be set.
        delay: Key of the delay; empty: there is none.
    """

    words: str
    sign: str = ""
    limit: str = ""
    delay: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key in (self.limit, self.delay) if key)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition with its levels; a condition without any can only be switched off and on."""

    condition: str
    name: str
    levels: tuple[LevelRow, ...]


def conditions(group: str) -> tuple[ConditionRow, ...]:
    """The rows under a heading of `GROUPS`. Raises KeyError for another word."""
    return tuple(_condition(key) for key in GROUPS[group][1])


def _condition(condition: str) -> ConditionRow:
    keys = [key for key in LIMIT_ROWS if key.partition(".")[0] == condition]
    levels = dict.fromkeys(key.removesuffix(DELAY) for key in keys)
    return ConditionRow(
        condition=condition, name=condition_name(condition),
        levels=tuple(_level(stem, _sign(condition)) for stem in levels),
    )  # fmt: skip


def _level(stem: str, sign: str) -> LevelRow:
    delay = f"{stem}{DELAY}"
    return LevelRow(
        words=level_words(stem), sign="" if stem.endswith(".drop") else sign,
        limit=stem if stem in LIMIT_ROWS else "", delay=delay if delay in LIMIT_ROWS else "",
    )  # fmt: skip


def _sign(condition: str) -> str:
    return alarm_text(CONDITIONS[condition].text).sign


def group_of(about: str) -> str:
    """The heading for a value block, a parameter or a condition; the first one for anything else."""
    if about in GROUPS:
        return about
    holding = [group for group, (_, held) in GROUPS.items() if about in held or about.startswith(f"{group}_")]
    return holding[0] if holding else next(iter(GROUPS))


def written(number: float) -> str:
    """`92`, `0.8`: as many digits as it has."""
    return f"{number:g}"


def of_scope(limits: Limits, scope: Scope, key: str) -> float:
    """The number that a field shows: the clinic's own, or the one that counts now for the patient."""
    return limits.of_clinic(key) if scope is Scope.CLINIC else limits.effective[key]


def parsed(text: str) -> float | None:
    """The number that was typed; a decimal comma is one. None: it is no number."""
    try:
        return float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        return None


def range_words(key: str) -> str:
    """`30 to 70 /min`."""
    row = LIMIT_ROWS[key]
    return f"{written(row.low)} to {written(row.high)} {row.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to set several limits one after another.

    Attributes:
        steps: (key, number) in an order in which each is accepted.
        refused: Key -> why it cannot be so, one sentence. Nothing is to be set while there is any.
        limits: As they would be after the steps.
    """

    steps: tuple[tuple[str, float], ...]
    refused: Mapping[str, str]
    limits: Limits


def plan(limits: Limits, scope: Scope, wanted: Mapping[str, float]) -> Plan:
    """Try every order: a HIGH limit may have to make room before the MEDIUM one can move."""
    left, steps = dict(wanted), []
    while step := _next_step(limits, scope, left):
        key, limits = step
        steps.append((key, left.pop(key)))
    refused = {key: _refusal(limits, scope, key, number) for key, number in left.items()}
    return Plan(steps=tuple(steps), refused=refused, limits=limits)


def _next_step(limits: Limits, scope: Scope, left: Mapping[str, float]) -> tuple[str, Limits] | None:
    for key, number in left.items():
        if not _refusal(limits, scope, key, number):
            return key, limits.set(scope, key, number, "")[0]
    return None


def _refusal(limits: Limits, scope: Scope, key: str, number: float) -> str:
    try:
        limits.set(scope, key, number, "")
    except LimitsError as error:
        return plain(str(error))
    return ""


def back_to_clinic(limits: Limits) -> Mapping[str, float]:
    """What differs from the clinic's own limits -> the clinic's number."""
    return {k: limits.of_clinic(k) for k, number in limits.effective.items() if number != limits.of_clinic(k)}


def undoing(before: Limits, now: Limits, scope: Scope, keys: Iterable[str]) -> Mapping[str, float]:
    """The numbers that take `keys` back to what they were; empty: they are so already."""
    old = {key: of_scope(before, scope, key) for key in keys}
    return {key: number for key, number in old.items() if of_scope(now, scope, key) != number}


# Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineAnswer:
    """What a baseline would change, or why it cannot.

    Attributes:
        refused: Parameter -> why its value cannot be, one sentence.
        proposals: The limits that follow it.
        trouble: Why they cannot be set together; empty: they can.
    """

    refused: Mapping[str, str]
    proposals: tuple[Proposal, ...] = ()
    trouble: str = ""


def resting(bed: BedSnapshot) -> Mapping[str, float]:
    """The values of now that may be taken as a baseline: current, good and measured."""
    return {key: value for key in BASELINE if (value := _good(bed.numerics.get(key))) is not None}


def _good(numeric: Numeric | None) -> float | None:
    if numeric is None or numeric.quality is not Quality.GOOD or numeric.age is Age.EXPIRED:
        return None
    return numeric.value


def from_baseline(limits: Limits, baseline: Mapping[str, float | None]) -> BaselineAnswer:
    """What these values at rest give. None: something was typed that is no number."""
    refused = {key: sentence for key, value in baseline.items() if (sentence := _no_baseline(key, value))}
    if refused:
        return BaselineAnswer(refused=refused)
    found = proposals(limits, {key: value for key, value in baseline.items() if value is not None})
    tried = plan(limits, Scope.PATIENT, {each.key: each.new for each in found})
    return BaselineAnswer(refused={}, proposals=found, trouble=" ".join(tried.refused.values()))


def _no_baseline(key: str, value: float | None) -> str:
    row = PARAMETERS[key]
    low, high = row.plausible
    if value is None:
        return "Write a number, or leave it empty."
    if not row.accepts(value):
        return f"{written(value)} cannot be; give {written(low)} to {written(high)} {row.unit_shown}."
    return ""

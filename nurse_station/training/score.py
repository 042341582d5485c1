"""The log of a run -> what was done, late, missed or wrong, and whether it passes. Pure; opens nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nurse_station.training.actions import is_care
from nurse_station.training.log import Check, Line, What
from nurse_station.training.scenario import Expected, Scenario

APNOEA = "apnoea"
OXYGEN = ("spo2_low", "spo2_desaturation")
UNASKED = "charted_unasked"
"""A MOAA/S was entered and the patient not asked: named, and fails nobody."""


class Outcome(StrEnum):
    """What became of something that was expected."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    WRONG = "wrong"
    """Done, but not before what it had to come before."""
    NOT_ASKED = "not asked"
    """What it is counted from never happened, or the run ended before its time was up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One expected action and what became of it.

    Attributes:
        name, words, needed, record: As in `scenario.Expected`.
        outcome: What became of it.
        after_s: Seconds from its onset until it was done; None: it was not.
        within_s: The limit.
    """

    name: str
    words: str
    needed: bool
    record: bool
    outcome: Outcome
    after_s: float | None
    within_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that counts against: its name, what it was, when first, how often, whether it fails."""

    name: str
    words: str
    at: float
    times: int
    fails: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTimes:
    """One alarm: when it began, and seconds from there.

    Attributes:
        condition, high: Which, and whether it was HIGH.
        began: Seconds since the run began.
        acknowledged_s: Until somebody acknowledged it; None: nobody did.
        action_s: Until something was done for the patient; None: nothing was.
    """

    condition: str
    high: bool
    began: float
    acknowledged_s: float | None
    action_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All of it.

    Attributes:
        passed: Everything needed was done in time, nothing that fails was done, and the run was long enough
            to tell.
        verdict: The same in a sentence.
        results: Each expected action.
        against: What counts against.
        alarms: Each alarm.
        checks, late_checks: How many became due or were done; how many of them late.
        recorded, to_record: Documentation: entries in time, of so many expected.
        margin_s: From the apnoea alarm to the SpO₂ alarm; None: one of them did not come.
    """

    passed: bool
    verdict: str
    results: tuple[Result, ...]
    against: tuple[Counted, ...]
    alarms: tuple[AlarmTimes, ...]
    checks: int
    late_checks: int
    recorded: int
    to_record: int
    margin_s: float | None

    @property
    def named(self) -> frozenset[str]:
        """What the nurse did wrong, by name: what counts against, and what was done in the wrong order."""
        wrong = {result.name for result in self.results if result.outcome is Outcome.WRONG}
        return frozenset({each.name for each in self.against} | wrong)


def score(
    scenario: Scenario, log: Sequence[Line], checks: Sequence[Check], ended: float, *, whole: bool = True
) -> Score:
    """What came of a run that ended at `ended` seconds.

    Args:
        scenario, log, checks, ended: The run.
        whole: It went to the scenario's own end. One that was broken off passes only if everything that is
            needed was asked for by then.
    """
    results = tuple(_result(row, log, ended) for row in scenario.expected)
    against = tuple(_against(scenario, log))
    asked = [result for result in results if result.record and result.outcome is not Outcome.NOT_ASKED]
    late = sum(check.late for check in checks)
    wrong = [*_failing(results), *(each.words for each in against if each.fails)]
    untold = (
        [] if whole else [row.words for row in results if row.needed and row.outcome is Outcome.NOT_ASKED]
    )
    return Score(
        passed=not wrong and not untold, verdict=_verdict(wrong, late, untold), results=results,
        against=against, alarms=tuple(_alarms(log)), checks=len(checks), late_checks=late,
        recorded=sum(result.outcome is Outcome.DONE for result in asked), to_record=len(asked),
        margin_s=margin(log),
    )  # fmt: skip


def _result(row: Expected, log: Sequence[Line], ended: float) -> Result:
    onset = _onset(row.after, log)
    done = None if onset is None else _done(row, log, onset)
    return Result(
        name=row.name, words=row.words, needed=row.needed, record=row.record, within_s=row.within_s,
        after_s=None if done is None or onset is None else done - onset,
        outcome=Outcome.NOT_ASKED if onset is None else _outcome(row, log, onset, done, ended),
    )  # fmt: skip


def _onset(event: str, log: Sequence[Line]) -> float | None:
    """When an event happened; None: it has not."""
    if not event:
        return 0.0
    return next((line.at for line in log if line.what is What.EVENT and line.key == event), None)


def _done(row: Expected, log: Sequence[Line], onset: float) -> float | None:
    """When it was done; who saw it coming did it at the onset."""
    earlier = _onset(row.early, log) if row.early else None
    done = _first(log, row.do, onset if earlier is None else min(earlier, onset))
    return None if done is None else max(done, onset)


def _outcome(row: Expected, log: Sequence[Line], onset: float, done: float | None, ended: float) -> Outcome:
    if done is None:
        return Outcome.MISSED if ended >= onset + row.within_s else Outcome.NOT_ASKED
    other = _first(log, row.before, onset) if row.before else None
    if other is not None and other < done:
        return Outcome.WRONG
    if done - onset <= row.within_s:
        return Outcome.DONE
    return Outcome.LATE if done - onset <= row.late_s else Outcome.MISSED


def _first(log: Iterable[Line], keys: Sequence[str], onset: float) -> float | None:
    return next((line.at for line in log if line.what is What.DONE and line.key in keys and line.at >= onset),
                None)  # fmt: skip


def _against(scenario: Scenario, log: Sequence[Line]) -> Iterator[Counted]:
    harmless = {UNASKED, *(row.name for row in scenario.against if not row.fails)}
    lines = [line for line in log if line.what is What.AGAINST]
    for name in dict.fromkeys(line.key for line in lines):
        own = [line for line in lines if line.key == name]
        yield Counted(name=name, words=own[0].words, at=own[0].at, times=len(own), fails=name not in harmless)


def _failing(results: Iterable[Result]) -> Iterator[str]:
    for result in results:
        if result.needed and result.outcome in (Outcome.LATE, Outcome.MISSED, Outcome.WRONG):
            yield f"{result.words} ({result.outcome.value})"


def _verdict(wrong: Sequence[str], late: int, untold: Sequence[str]) -> str:
    if wrong:
        return f"Not passed: {'; '.join(wrong)}."
    if untold:
        return f"Ended too early to pass: {'; '.join(untold)} was still to come."
    checks = f"{late} late check{'s' * (late != 1)}"
    return f"Passed, with {checks}." if late else "Passed."


def _alarms(log: Sequence[Line]) -> Iterator[AlarmTimes]:
    for place, line in enumerate(log):
        if line.what is What.ALARM:
            after = log[place + 1 :]
            seen = next((each.at for each in after
                         if each.what is What.ACKNOWLEDGED and each.key == line.key), None)  # fmt: skip
            acted = next((each.at for each in after if each.what is What.DONE and is_care(each.key)), None)
            yield AlarmTimes(condition=line.key, high=line.high, began=line.at,
                             acknowledged_s=None if seen is None else seen - line.at,
                             action_s=None if acted is None else acted - line.at)  # fmt: skip


def margin(log: Iterable[Line]) -> float | None:
    """From the first apnoea alarm to the first SpO₂ alarm after it, seconds; None: one did not come."""
    alarms = [line for line in log if line.what is What.ALARM]
    apnoea = next((line.at for line in alarms if line.key == APNOEA), None)
    if apnoea is None:
        return None
    oxygen = next((line.at for line in alarms if line.key in OXYGEN and line.at >= apnoea), None)
    return None if oxygen is None else oxygen - apnoea

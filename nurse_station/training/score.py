"""The log of a run -> what was done, late, missed or wrong, and whether it passes. Pure; opens nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nurse_station.training.actions import is_care
from nurse_station.training.answers import OF_EVERY_SCENARIO, answer
from nurse_station.training.log import Check, Line, What
from nurse_station.training.scenario import Expected, Scenario

APNOEA = "apnoea"
OXYGEN = ("spo2_low", "spo2_desaturation")
UNASKED = OF_EVERY_SCENARIO["assess_responsiveness"]
"""A MOAA/S was entered and the patient not asked: named, and fails nobody."""


class Outcome(StrEnum):
    """What became of something that was expected."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    WRONG = "wrong"
    """Done, but not before what it had to come before."""
    OPEN = "still to come"
    """Not done when the run ended, and its time was not up."""
    NOT_ASKED = "not asked"
    """What it is counted from never happened."""


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
        acknowledged_s: Until somebody acknowledged it; None: nobody did. Longer than `ended_s`: it was over
            by then, and its light had stayed.
        action_s: Until something was done that answers it (`answers`); None: nothing was.
        ended_s: Until what alarmed was over; None: it was there when the run ended.
    """

    condition: str
    high: bool
    began: float
    acknowledged_s: float | None
    action_s: float | None
    ended_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All of it.

    Attributes:
        passed: Everything needed was done in time, nothing that fails was done, nothing needed was still to
            come, and the nurse was asked for something or had prevented it.
        verdict: The same in a sentence.
        results: Each expected action.
        against: What counts against.
        alarms: Each alarm.
        checks, late_checks: How many the nurse did, or was late with; how many of them late. What the cuff
            measured by itself is none of them.
        recorded, to_record: Documentation: entries in time, of so many expected.
        margin_s: From the apnoea alarm to the SpO₂ alarm; None: one of them did not come.
        prevented: It is passed though nothing that is needed was asked for: the nurse had prevented it.
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
    prevented: bool = False

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
    own = [check for check in checks if not check.by_cuff]
    late = sum(check.late for check in own)
    bars = _bars(results, against) or _to_come(results, whole=whole) or _idle(scenario, results, log, ended)
    asked = [result for result in results if result.record and result.outcome not in _UNDECIDED]
    prevented = not bars and _nothing_needed_was_asked(results)
    return Score(
        passed=not bars, verdict=bars or _passed(late, prevented=prevented), results=results, against=against,
        alarms=tuple(_alarms(scenario, log)), checks=len(own), late_checks=late,
        recorded=sum(result.outcome is Outcome.DONE for result in asked), to_record=len(asked),
        margin_s=margin(log), prevented=prevented,
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
        return Outcome.MISSED if ended >= onset + row.within_s else Outcome.OPEN
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


def _bars(results: Iterable[Result], against: Iterable[Counted]) -> str:
    """What was done wrong or not at all, with what was still to come; empty: nothing was done wrong."""
    needed = [result for result in results if result.needed]
    failed = [result for result in needed if result.outcome in _FAILED]
    counted = [each.words for each in against if each.fails]
    if not failed and not counted:
        return ""
    to_come = [result for result in needed if result.outcome is Outcome.OPEN]
    undone = [f"{result.words} ({result.outcome.value})" for result in (*failed, *to_come)]
    return f"Not passed: {'; '.join([*undone, *counted])}."


_FAILED = frozenset({Outcome.LATE, Outcome.MISSED, Outcome.WRONG})
_UNDECIDED = frozenset({Outcome.OPEN, Outcome.NOT_ASKED})


def _to_come(results: Iterable[Result], *, whole: bool) -> str:
    """What is needed and was still to come; a run that was broken off must have come to all of it."""
    needed = [result for result in results if result.needed]
    words = [result.words for result in needed if result.outcome is Outcome.OPEN]
    if words:
        return f"Ended too early to pass: {'; '.join(words)} was still to come."
    unasked = not whole and any(result.outcome is Outcome.NOT_ASKED for result in needed)
    return "Ended too early to pass: it had not come to all that is needed." if unasked else ""


def _idle(scenario: Scenario, results: Iterable[Result], log: Sequence[Line], ended: float) -> str:
    """Who was asked for nothing has passed nothing, unless she prevented it: did something for the patient,
    and the scenario came to its own end by that, not by time."""
    cared = any(line.what is What.DONE and is_care(line.key) for line in log)
    prevented = cared and ended < 60.0 * scenario.lasts_min
    if prevented or not _nothing_needed_was_asked(results):
        return ""
    return "Not passed: nothing that is needed was asked for in this run."


def _nothing_needed_was_asked(results: Iterable[Result]) -> bool:
    """Whether something is needed, and it never came to any of it."""
    needed = [result for result in results if result.needed]
    return bool(needed) and all(result.outcome is Outcome.NOT_ASKED for result in needed)


def _passed(late: int, *, prevented: bool) -> str:
    checks = f"Passed, with {late} late check{'s' * (late != 1)}." if late else "Passed."
    return f"{checks} It never came to what was to be treated." if prevented else checks


def _alarms(scenario: Scenario, log: Sequence[Line]) -> Iterator[AlarmTimes]:
    for place, line in enumerate(log):
        if line.what is What.ALARM:
            seen = _of_alarm(What.ACKNOWLEDGED, place, log)
            ended = _of_alarm(What.ALARM_ENDED, place, log)
            acted = answer(scenario, log, place)
            yield AlarmTimes(condition=line.key, high=line.high, began=line.at,
                             acknowledged_s=None if seen is None else seen - line.at,
                             action_s=None if acted is None else acted - line.at,
                             ended_s=None if ended is None else ended - line.at)  # fmt: skip


def _of_alarm(what: What, place: int, log: Sequence[Line]) -> float | None:
    """When the first such line after an alarm stands that is of this alarm, not of the next of its kind."""
    key = log[place].key
    for line in log[place + 1 :]:
        if line.key == key and line.what is What.ALARM:
            return None
        if line.key == key and line.what is what:
            return line.at
    return None


def margin(log: Iterable[Line]) -> float | None:
    """From the first apnoea alarm to the first SpO₂ alarm after it, seconds; None: one did not come."""
    alarms = [line for line in log if line.what is What.ALARM]
    apnoea = next((line.at for line in alarms if line.key == APNOEA), None)
    if apnoea is None:
        return None
    oxygen = next((line.at for line in alarms if line.key in OXYGEN and line.at >= apnoea), None)
    return None if oxygen is None else oxygen - apnoea

"""A debrief as rows of words: the run, what was expected, alarms, checks, margins, the runs before. Pure.

Screen and paper both show these rows, so neither says what the other does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Protocol

from nurse_station.alarms.words import Priority
from nurse_station.reports.debrief_words import (
    NOT_PASSED,
    OUTCOMES,
    PASSED,
    WHAT,
    alarm,
    check,
    clock,
    often,
    said,
    seconds,
)
from nurse_station.training.debrief import Debrief, folded
from nurse_station.training.log import Line, What
from nurse_station.training.score import APNOEA, OXYGEN, AlarmTimes, Outcome, Result, Score

LISTED = frozenset({What.ACKNOWLEDGED, What.ALARM_ENDED})
"""Kinds of which several of one second stand in one row."""
GOOD, BAD, PLAIN = "good", "bad", ""
_TONES = {Outcome.DONE: GOOD, Outcome.NOT_ASKED: PLAIN}
THIS_RUN = "this run"


class PastRun(Protocol):
    """A run of the past, as `classroom.view.KeptRun`."""

    @property
    def at(self) -> datetime:
        """When it was practised, aware."""

    @property
    def debrief(self) -> Debrief:
        """What came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table.

    Attributes:
        cells: Its words, as many as the table has columns.
        tone: GOOD, BAD or PLAIN; the words say it as well.
        at: The second of the run that it is about; None: none.
    """

    cells: tuple[str, ...]
    tone: str = PLAIN
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table: its columns' titles, and its rows."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether it is passed, in two words; and why, a sentence that may be empty."""

    passed: bool
    headline: str
    why: str


def verdict(score: Score) -> Verdict:
    """At the top of screen and paper."""
    bare = score.verdict.removeprefix("Not passed").removeprefix("Passed").lstrip(":,. ")
    return Verdict(passed=score.passed, headline=PASSED if score.passed else NOT_PASSED,
                   why=bare[:1].upper() + bare[1:])  # fmt: skip


# The run


def marks_of(log: Sequence[Line]) -> tuple[str, ...]:
    """Of each line the sign by which graph and timeline name it: events A, B, deeds 1, 2; else empty."""
    events = iter(_letters())
    deeds = iter(range(1, len(log) + 1))
    return tuple(
        next(events) if line.what is What.EVENT else str(next(deeds)) if line.what is What.DONE else ""
        for line in log
    )


def _letters() -> Iterator[str]:
    """A ... Z, AA, AB ..."""
    place = 0
    while True:
        name, left = "", place
        while left >= 0:
            name, left = chr(ord("A") + left % 26) + name, left // 26 - 1
        yield name
        place += 1


def timeline(debrief: Debrief) -> Rows:
    """Every line of the run, in order."""
    rows: list[Row] = []
    before: Line | None = None
    for line, mark in zip(debrief.log, marks_of(debrief.log), strict=True):
        if before is not None and line.what in LISTED and (line.what, line.at) == (before.what, before.at):
            cells = rows[-1].cells
            rows[-1] = replace(rows[-1], cells=(*cells[:3], f"{cells[3]}, {said(line)}"))
        else:
            cells = (clock(line.at), mark, WHAT[line.what], said(line))
            rows.append(Row(cells=cells, at=line.at, tone=BAD if line.what is What.AGAINST else PLAIN))
        before = line
    return Rows(titles=("Time", "Mark", "Kind", "What"), rows=tuple(rows))


# What was expected


def expected(score: Score) -> Rows:
    """Each expected action: what became of it, after how long, within what."""
    titles = ("Outcome", "Expected", "Done after", "Limit", "Counts as")
    return Rows(titles=titles, rows=tuple(_expected(result) for result in score.results))


def _expected(result: Result) -> Row:
    counts = [
        words for words, so in (("must be done", result.needed), ("documentation", result.record)) if so
    ]
    return Row(
        cells=(OUTCOMES[result.outcome], result.words, seconds(result.after_s), seconds(result.within_s),
               ", ".join(counts) or "does not decide"),
        tone=_tone(result),
    )  # fmt: skip


def _tone(result: Result) -> str:
    """Still to come is bad where it bars the pass."""
    return PLAIN if result.outcome is Outcome.OPEN and not result.needed else _TONES.get(result.outcome, BAD)


def against(score: Score) -> Rows:
    """What counts against, and whether it fails the run."""
    rows = tuple(
        Row(cells=(clock(each.at), each.words, often(each.times),
                   "fails the run" if each.fails else "is only named"),
            tone=BAD if each.fails else PLAIN, at=each.at)
        for each in score.against
    )  # fmt: skip
    return Rows(titles=("First at", "Counts against", "How often", "And so"), rows=rows)


# Alarms and checks


def alarms(debrief: Debrief) -> Rows:
    """Each alarm: how long it lasted, the seconds to its acknowledgement and to what answered it."""
    priorities = {(line.at, line.key): line.words for line in debrief.log if line.what is What.ALARM}
    rows = tuple(
        _alarm(each, priorities.get((each.began, each.condition), ""), _ended_s(each, debrief.log))
        for each in debrief.score.alarms
    )
    titles = ("Began", "Alarm", "Priority", "Lasted", "To acknowledgement", "To action")
    return Rows(titles=titles, rows=rows)


def _alarm(each: AlarmTimes, logged: str, ended_s: float | None) -> Row:
    priority = logged or (Priority.HIGH.name if each.high else "")
    acted = each.action_s is not None
    return Row(
        cells=(clock(each.began), alarm(each.condition, priority), priority,
               "to the end" if ended_s is None else seconds(ended_s), _seen(each.acknowledged_s, ended_s),
               _or_never(each.action_s)),
        tone=PLAIN if acted or not each.high else BAD, at=each.began,
    )  # fmt: skip


def _ended_s(each: AlarmTimes, log: Sequence[Line]) -> float | None:
    """Until it was over; a debrief of before has that in its log alone."""
    if each.ended_s is not None:
        return each.ended_s
    own = (line for line in log if line.key == each.condition and line.at > each.began)
    first = next((line for line in own if line.what in (What.ALARM, What.ALARM_ENDED)), None)
    return None if first is None or first.what is What.ALARM else first.at - each.began


def _seen(acknowledged_s: float | None, ended_s: float | None) -> str:
    """`10 s`; `1:08 min, over by then`: its light had stayed."""
    was_over = acknowledged_s is not None and ended_s is not None and acknowledged_s > ended_s
    return f"{_or_never(acknowledged_s)}{', over by then' if was_over else ''}"


def _or_never(length: float | None) -> str:
    return "never" if length is None else seconds(length)


def checks(debrief: Debrief) -> Rows:
    """Each check: when it was due and done, and whether that was late; the cuff's own are not counted."""
    rows = tuple(
        Row(cells=(check(each.kind), clock(each.due_at),
                   "never" if each.done_at is None else clock(each.done_at),
                   "▲ late" if each.late else "by the cuff" if each.by_cuff else "✓ on time"),
            tone=BAD if each.late else PLAIN, at=each.done_at)
        for each in debrief.checks
    )  # fmt: skip
    return Rows(titles=("Check", "Due", "Done", "In time"), rows=rows)


def sums(score: Score) -> tuple[str, str]:
    """Checks on time, and documentation in time: a sentence each."""
    checked = f"Checks on time: {score.checks - score.late_checks} of {score.checks}."
    noted = f"Documentation in time: {score.recorded} of {score.to_record}."
    return (checked if score.checks else "No check of the nurse's became due.", noted if score.to_record else
            "No entry was asked for until the end.")  # fmt: skip


def margins(debrief: Debrief) -> tuple[str, ...]:
    """What the apnoea alarm won, in sentences."""
    return tuple(_margins(debrief))


def _margins(debrief: Debrief) -> Iterator[str]:
    alarmed = [line for line in debrief.log if line.what is What.ALARM]
    apnoea = next((line.at for line in alarmed if line.key == APNOEA), None)
    if apnoea is None:
        yield "There was no apnoea alarm in this run."
        return
    won = debrief.score.margin_s
    if won is not None:
        yield f"The apnoea alarm came {won:.0f} s before the SpO₂ alarm."
    elif any(line.key in OXYGEN for line in alarmed):
        yield "SpO₂ had alarmed before the apnoea alarm came."
    else:
        yield "After the apnoea alarm, SpO₂ never alarmed."
    if debrief.untouched_margin_s is not None:
        yield (f"Had nobody acted, SpO₂ would have alarmed {debrief.untouched_margin_s:.0f} s after the "
               "apnoea alarm.")  # fmt: skip


# The trainee's runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One run of a trainee among others.

    Attributes:
        when: Its date, or THIS_RUN.
        scenario: Its name.
        passed: Whether it was.
        alarmed: Whether anything alarmed.
        action_s: From the first HIGH alarm (the first alarm, if none was HIGH) to the first thing that was
            done for the patient, seconds; None: nothing was, or nothing alarmed.
        late, checks: Late checks, of how many.
        recorded, to_record: Entries in time, of how many.
    """

    when: str
    scenario: str
    passed: bool
    alarmed: bool
    action_s: float | None
    late: int
    checks: int
    recorded: int
    to_record: int


def attempts(debrief: Debrief, earlier: Iterable[PastRun], zone: tzinfo | None = None) -> tuple[Attempt, ...]:
    """This trainee's runs, oldest first, this one last and once. Those of others are left out."""
    who = folded(debrief.trainee)
    own = [run for run in earlier if folded(run.debrief.trainee) == who and run.debrief != debrief]
    past = (_attempt(run.debrief, f"{run.at.astimezone(zone):%Y-%m-%d %H:%M}")
            for run in sorted(own, key=lambda run: run.at))  # fmt: skip
    return (*past, _attempt(debrief, THIS_RUN))


def _attempt(debrief: Debrief, when: str) -> Attempt:
    score = debrief.score
    first = next((each for each in score.alarms if each.high), next(iter(score.alarms), None))
    return Attempt(
        when=when, scenario=debrief.name, passed=score.passed, alarmed=first is not None,
        action_s=None if first is None else first.action_s, late=score.late_checks, checks=score.checks,
        recorded=score.recorded, to_record=score.to_record,
    )  # fmt: skip


def progress(runs: Iterable[Attempt]) -> Rows:
    """The runs as a table."""
    titles = ("No.", "When", "Scenario", "Verdict", "Alarm to action", "Late checks", "Documented")
    return Rows(titles=titles, rows=tuple(_progress(number, run) for number, run in enumerate(runs, 1)))


def _progress(number: int, run: Attempt) -> Row:
    acted = seconds(run.action_s) if run.action_s is not None else "nothing done"
    return Row(
        cells=(f"{number}", run.when, run.scenario, PASSED if run.passed else NOT_PASSED,
               acted if run.alarmed else "no alarm", f"{run.late} of {run.checks}",
               f"{run.recorded} of {run.to_record}"),
        tone=GOOD if run.passed else BAD,
    )  # fmt: skip

"""What the instructor's panel says of a lesson: its state, its timeline, what is expected, its log. No Qt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nurse_station.classroom.view import Bookmark, EventShown, LessonSnapshot, Stage, Waiting
from nurse_station.training.actions import DONE_KEYS
from nurse_station.training.log import Line, What
from nurse_station.training.scenario import Expected, Scenario
from nurse_station.training.score import Counted, Outcome, Result, score
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.instructor_words import condition_words, event_words
from nurse_station.ui.models.limit_words import condition_name

STAGES: Mapping[Stage, str] = MappingProxyType({
    Stage.PREPARING: "being prepared", Stage.RUNNING: "running", Stage.PAUSED: "PAUSED",
    Stage.OVER: "over", Stage.FAILED: "FAILED",
})  # fmt: skip
LIVE = frozenset({Stage.RUNNING, Stage.PAUSED})
"""Stages in which something can be done to the lesson."""


def stage_words(lesson: LessonSnapshot) -> str:
    """`running`; `being prepared, 43 %`."""
    said = STAGES[lesson.stage]
    return f"{said}, {lesson.share:.0%}" if lesson.stage is Stage.PREPARING else said


def time_words(lesson: LessonSnapshot) -> str:
    """`2:14 of 6:00`: how long it has lasted, and lasts at most."""
    return f"{words.minutes(lesson.at)} of {words.minutes(lesson.lasts_s)}"


def who_words(lesson: LessonSnapshot) -> str:
    """`Trainee Ana · seed 7 · patient SIMULATION Holm, Erik`."""
    patient = lesson.scenario.patient.name
    return words.joined(
        f"Trainee {lesson.trainee or 'without a name'}", f"seed {lesson.seed}",
        f"patient {texts.SIMULATION} {patient}",
    )  # fmt: skip


def speed_words(lesson: LessonSnapshot) -> str:
    """Why it goes slower than asked; empty: it does not."""
    if lesson.stage is not Stage.RUNNING or lesson.speed >= lesson.wanted:
        return ""
    return f"Goes at {lesson.speed:g}× while an alarm is there; {lesson.wanted:g}× after it"


def stage_sentence(lesson: LessonSnapshot) -> str:
    """What stands across the panel while nothing can be done; empty: the lesson is live."""
    match lesson.stage:
        case Stage.PREPARING:
            return f"The time before second 0 is being lived: {lesson.share:.0%}. It begins by itself."
        case Stage.OVER:
            debrief = lesson.debrief
            return f"The lesson is over. {debrief.score.verdict if debrief else 'The debrief is being made.'}"
        case Stage.FAILED:
            return f"The lesson cannot go on. {lesson.trouble}".strip()
        case Stage.RUNNING | Stage.PAUSED:
            return ""


# The timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event.

    Attributes:
        name: Its word, for a wish.
        title: The same, to read.
        does, when: What it does, and its condition in words.
        state: `waiting`, `kept back`, `happened 1:30`.
        waiting, withheld: What can be asked for.
    """

    name: str
    title: str
    does: str
    when: str
    state: str
    waiting: bool
    withheld: bool


def event_rows(events: Iterable[EventShown]) -> tuple[EventRow, ...]:
    """The timeline, in the order of the scenario."""
    return tuple(map(_event, events))


def _event(event: EventShown) -> EventRow:
    title = texts.own_words(event.name)
    states = {Waiting.WAITING: "waiting", Waiting.WITHHELD: "kept back"}
    happened = "happened" if event.at is None else f"happened {words.minutes(event.at)}"
    return EventRow(
        name=event.name, title=f"{title[:1].upper()}{title[1:]}", does=deed_sentence(event.words),
        when=condition_words(event.when), state=states.get(event.state, happened),
        waiting=event.state is not Waiting.HAPPENED, withheld=event.state is Waiting.WITHHELD,
    )  # fmt: skip


_NUMBERS = (
    (re.compile(r"\bto mL/h \(ml_h ([\d.]+)\)"), r"to \1 mL/h"),
    (re.compile(r"\blasts_s ([\d.]+)"), r"for \1 s"),
    (re.compile(r"\bml_h ([\d.]+)"), r"\1 mL/h"), (re.compile(r"\bevery_s ([\d.]+)"), r"every \1 s"),
    (re.compile(r"\bin_s ([\d.]+)"), r"in \1 s"), (re.compile(r"\bshare ([\d.]+)"), r"part \1"),
)  # fmt: skip
"""A number of a deed as the scenario's file has it -> as it is read."""


def deed_sentence(said: str) -> str:
    """What an event does, with the words of a ward for its numbers; one that only marks a moment says so."""
    for written, read in _NUMBERS:
        said = written.sub(read, said)
    return f"{said[:1].upper()}{said[1:]}" or "Marks a moment"


# What is expected of the nurse


class Became(StrEnum):
    """What has become of something expected, so far."""

    NOT_YET = "not yet"
    """What it is counted from has not happened."""
    OPEN = "open"
    OVERDUE = "overdue"
    """Not done in time; it may still be done late."""
    DONE = "done"
    LATE = "late"
    WRONG = "wrong"
    MISSED = "missed"
    STILL_TO_COME = "was still to come"
    """The lesson is over, and it was not done; its time was not up."""
    NOT_ASKED = "not asked"
    """The lesson is over, and what it is counted from never happened."""


GOOD, BAD = frozenset({Became.DONE}), frozenset({Became.OVERDUE, Became.LATE, Became.WRONG, Became.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """One expected action: what, its limit, and what became of it so far, each in words."""

    words: str
    limit: str
    became: Became
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The score as it stands: what is expected, and what counts against, in words."""

    expected: tuple[ExpectedRow, ...]
    against: tuple[str, ...]


def judged(scenario: Scenario, log: Sequence[Line], at: float, *, over: bool = False) -> Judged:
    """What became of everything expected until second `at`; `over`: nothing more can come of it."""
    # A line that is no action would end the score, and with it the panel.
    known = [line for line in log if line.what is not What.DONE or line.key in DONE_KEYS]
    so_far = score(scenario, known, checks=(), ended=at)
    rows = zip(scenario.expected, so_far.results, strict=True)
    return Judged(
        expected=tuple(_expected(row, result, _onset(row.after, log), at, over=over) for row, result in rows),
        against=tuple(map(_counted, so_far.against)),
    )


def _expected(row: Expected, result: Result, onset: float | None, at: float, *, over: bool) -> ExpectedRow:
    became = _became(row, result, onset, at)
    if over:
        became = _AT_THE_END.get(became, became)
    return ExpectedRow(words=row.words, limit=_limit(row), became=became,
                       state=_state(became, row, result, at - (onset or 0.0)))  # fmt: skip


_AT_THE_END: Mapping[Became, Became] = MappingProxyType({
    Became.NOT_YET: Became.NOT_ASKED, Became.OPEN: Became.STILL_TO_COME, Became.OVERDUE: Became.MISSED,
})  # fmt: skip


def _onset(event: str, log: Sequence[Line]) -> float | None:
    if not event:
        return 0.0
    return next((line.at for line in log if line.what is What.EVENT and line.key == event), None)


def _became(row: Expected, result: Result, onset: float | None, at: float) -> Became:
    match result.outcome:
        case Outcome.DONE:
            return Became.DONE
        case Outcome.LATE:
            return Became.LATE
        case Outcome.WRONG:
            return Became.WRONG
        case Outcome.MISSED:
            may_come = result.after_s is None and onset is not None and at - onset < row.late_s
            return Became.OVERDUE if may_come else Became.MISSED
        case Outcome.OPEN:
            return Became.OPEN
        case Outcome.NOT_ASKED:
            return Became.NOT_YET


def _state(became: Became, row: Expected, result: Result, since_s: float) -> str:
    done = "" if result.after_s is None else f" after {words.minutes(result.after_s)}"
    match became:
        case Became.NOT_YET:
            return f"waits for {event_words(row.after)}"
        case Became.OPEN:
            return f"{words.minutes(row.within_s - since_s)} left"
        case Became.OVERDUE:
            return f"overdue by {words.minutes(since_s - row.within_s)}"
        case Became.WRONG:
            return f"in the wrong order,{done}"
        case Became.DONE | Became.LATE | Became.MISSED | Became.STILL_TO_COME | Became.NOT_ASKED:
            return f"{became.value}{done}"


def _limit(row: Expected) -> str:
    since = f" of {event_words(row.after)}" if row.after else " of the beginning"
    return f"within {words.minutes(row.within_s)}{since}{'' if row.needed else ', not needed to pass'}"


def _counted(counted: Counted) -> str:
    often = "" if counted.times == 1 else f", {words.times(counted.times)}"
    fails = "" if counted.fails else " (does not fail the run)"
    return f"{words.minutes(counted.at)}  {counted.words or texts.own_words(counted.name)}{often}{fails}"


# The log


class Weight(StrEnum):
    """How a line of the log stands out."""

    PLAIN = "text"
    DIM = "dim"
    ALARM = "alarm"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """A line: when, of which kind, in words."""

    at: float
    what: What
    words: str
    weight: Weight

    @property
    def text(self) -> str:
        """As it is shown."""
        return f"{words.minutes(self.at)}  {self.words}"


FILTERS: Mapping[str, frozenset[What]] = MappingProxyType({
    "Everything": frozenset(What),
    "Events": frozenset({What.EVENT}),
    "Alarms": frozenset({What.ALARM, What.ALARM_ENDED, What.ACKNOWLEDGED}),
    "What the nurse did": frozenset({What.DONE, What.ENTERED, What.REFUSED, What.ACKNOWLEDGED}),
    "What was said and seen": frozenset({What.REPLY}),
    "Against, and hints": frozenset({What.AGAINST, What.HINT}),
})  # fmt: skip
"""What the list may be narrowed to."""
_NAMED: Mapping[What, tuple[str, Weight]] = MappingProxyType({
    What.EVENT: ("Event", Weight.PLAIN), What.ALARM: ("Alarm", Weight.ALARM),
    What.ALARM_ENDED: ("Alarm over", Weight.DIM), What.ACKNOWLEDGED: ("Acknowledged", Weight.DIM),
    What.DONE: ("Done", Weight.PLAIN), What.REPLY: ("Patient", Weight.PLAIN),
    What.ENTERED: ("Entered", Weight.DIM), What.REFUSED: ("Refused", Weight.BAD),
    What.AGAINST: ("Against", Weight.BAD), What.HINT: ("Hint", Weight.DIM),
})  # fmt: skip
_OF_ALARMS = FILTERS["Alarms"]


def log_row(line: Line) -> LogRow:
    """A line of the log in words."""
    name, weight = _NAMED[line.what]
    said = line.words or texts.own_words(line.key)
    if line.what in _OF_ALARMS:
        priority = f" ({line.words})" if line.what is What.ALARM and line.words else ""
        said = f"{condition_name(line.key)}{priority}"
    elif line.what is What.EVENT:
        said = deed_sentence(said)
    return LogRow(at=line.at, what=line.what, words=f"{name}: {said}", weight=weight)


def log_rows(lines: Iterable[Line], shown: frozenset[What]) -> tuple[LogRow, ...]:
    """Those of these kinds, the newest first."""
    return tuple(log_row(line) for line in lines if line.what in shown)[::-1]


def event_marks(lines: Iterable[Line]) -> tuple[float, ...]:
    """Seconds at which something happened to the patient or the line."""
    return tuple(line.at for line in lines if line.what is What.EVENT)


# Bookmarks


def bookmark_words(bookmark: Bookmark) -> str:
    """`1:30 · before it closes`."""
    said = bookmark.words.replace("_", " ")  # an event is bookmarked by its name
    return words.joined(words.minutes(bookmark.at), said or f"bookmark {bookmark.number}")


def rewind_question(bookmark: Bookmark, at: float) -> str:
    """What is asked before going back."""
    return (f"Go back to {bookmark_words(bookmark)}? What came after {words.minutes(bookmark.at)}, "
            f"until {words.minutes(at)}, never was.")  # fmt: skip


END_QUESTION = (
    "End the lesson now? It cannot go on after that; the debrief is made of what happened until now."
)

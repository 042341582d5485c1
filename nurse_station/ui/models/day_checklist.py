"""Lists that are answered by single keys: rows, what each key means, what stands. Enters nothing; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.assessments.scales import SCALES
from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.sessions.deeds import Reply
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.session import Session

REPLIES: Mapping[str, Reply] = MappingProxyType({"N": Reply.NO, "Y": Reply.YES, "U": Reply.UNKNOWN})
TEN = "X"
"""The key for 10, as no key has two digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One line.

    Attributes:
        key: Of the line, e.g. "liver", "aldrete.activity", "moaas".
        words: What is asked.
        answers: Key of the keyboard -> what it says, the usual one first.
        heading: Of the group that begins with this row; empty: none begins.
    """

    key: str
    words: str
    answers: Mapping[str, str]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What stands for a line.

    Attributes:
        answer: Key of the keyboard; empty: nothing yet.
        aside: What is said after it: a note, an age.
        doubtful: It needs a look.
    """

    answer: str = ""
    aside: str = ""
    doubtful: bool = False


def scale_row(scale: str, heading: str = "") -> CheckRow:
    """A scale as a line: its scores are the keys."""
    row = SCALES[scale]
    answers = {score_key(level.score): level.words for level in row.levels}
    return CheckRow(key=scale, words=f"{row.name}: {row.asks}", answers=answers, heading=heading)


def score_key(score: int) -> str:
    """The key of a score from 0 to 10."""
    return TEN if score == 10 else str(score)


def score_of(key: str) -> int:
    """The score of a key."""
    return 10 if key == TEN else int(key)


def screening_rows(day: int) -> tuple[CheckRow, ...]:
    """The questions before an infusion; nightmares from day 2 on."""
    said = {"N": "No", "Y": "YES", "U": "Not known"}
    asked = tuple(
        CheckRow(key=key, words=row.asks, answers=said, heading=_heading(key))
        for key, row in QUESTIONS.items()
    )
    return (*asked, scale_row("nightmare", "Since the last infusion")) if day > 1 else asked


_FIRST_ASK = next(key for key, row in QUESTIONS.items() if not row.absolute)


def _heading(key: str) -> str:
    if key == next(iter(QUESTIONS)):
        return "A yes needs the prescriber"
    return "A yes is told to the prescriber" if key == _FIRST_ASK else ""


def screening_marks(session: Session) -> dict[str, Marked]:
    """What stands for each question."""
    keys = {reply: key for key, reply in REPLIES.items()}
    marks = {
        key: Marked(answer=keys[given.reply], aside=given.note, doubtful=given.reply is not Reply.NO)
        for key, given in session.answers.items()
    }
    nights = session.last("nightmare")
    if nights is not None:
        marks["nightmare"] = Marked(answer=score_key(nights.score), doubtful=nights.score >= 3)
    return marks


SCORED_AT_HOME = ("moaas", "nausea", "hallucination", "pain")
DONE: Mapping[str, str] = MappingProxyType({"Y": "Yes"})
_HOME = (
    CheckRow(key="walked", words="Walks", answers=MappingProxyType({"Y": "Steadily", "N": "Not steadily"}),
             heading="Leaving"),
    CheckRow(key="line_out", words="IV taken out", answers=DONE),
    CheckRow(key="instructed", words="Written instructions given", answers=DONE),
    CheckRow(key="escort", words="Escort is here", answers=MappingProxyType({"Y": "Yes", "N": "Not yet"})),
)  # fmt: skip


def discharge_rows() -> tuple[CheckRow, ...]:
    """Everything that is looked at before going home."""
    scored = tuple(scale_row(key, "Now" if key == "moaas" else "") for key in SCORED_AT_HOME)
    sheets = tuple(
        CheckRow(key=f"{sheet.key}.{item.key}", words=item.name,
                 answers={str(points): said for points, said in item.answers.items()},
                 heading=sheet.name if item is sheet.items[0] else "")
        for sheet in QUESTIONNAIRES.values() for item in sheet.items
    )  # fmt: skip
    return (*scored, *sheets, *_HOME)

"""What may be asked of a moment: `alarm.apnoea and not done.jaw_thrust`. A small language; it runs no code.

    any of   A or B           both   A and B          not   not A
    a fact   alarm.apnoea     is so when it is known and not 0
    compared shown.spo2 < 90  one of < <= > >= ==; never so while the fact is not known

`and` binds before `or`; there are no brackets.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

Look = Callable[[str], float | None]
"""A fact by its name: what it is now; None: not known."""
Known = Mapping[str, Set[str]]
"""What may be asked: the word before the point -> the words after it; "": there is no point."""

_COMPARES: Mapping[str, Callable[[float, float], bool]] = MappingProxyType({
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
})  # fmt: skip
_CLAUSE = re.compile(
    r"(not\s+)?(?!(?:not|and|or)\b)([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)(?:\s*(<=|>=|==|<|>)\s*(-?\d+(?:\.\d+)?))?"
)

_MANY = 16
"""More words than that are listed by a command."""
_LISTED = {"done": "actions", "since": "actions"}
_NUMBER = r"-?\d+(?:\.\d+)?"
_INSTEAD = tuple((re.compile(pattern), words) for pattern, words in (
    (r"[()\[\]{}]", "there are no brackets: for (A or B) and C write A and C or B and C"),
    (r"&", "write the word and"),
    (r"\|", "write the word or"),
    (r"!=|<>|≠", "for A != 3 write not A == 3"),
    (r"!", "write the word not"),
    (r"=>|≥", "write >= for at least"),
    (r"=<|≤", "write <= for at most"),
    (r"(?<![<>=])=(?!=)", "write == for equal, or >= for at least"),
    (r"\b(?:AND|OR|NOT|And|Or|Not)\b", "write and, or, not in small letters"),
    (r"\d,\d", "write a point, not a comma, in a number"),
    (rf"[<>=]\s*{_NUMBER}\s*[^\s\d.]", "write the number alone, without a unit"),
    (r"[<>=]\s*(?![-\d])", "behind <, <=, >, >= or == stands a number"),
    (r"[A-Z]", "facts are written in small letters"),
))  # fmt: skip
"""What people write, and what they mean by it; the first that fits is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One question: a fact, or a comparison of it with a number; or that it is not so."""

    fact: str
    compares: str = ""
    number: float = 0.0
    negated: bool = False

    def holds(self, look: Look) -> bool:
        """Whether it is so now."""
        value = look(self.fact)
        if self.compares:
            so = value is not None and _COMPARES[self.compares](value, self.number)
        else:
            so = bool(value)
        return so != self.negated


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Any of several, each of which is all of its clauses. `text`: as it was written."""

    text: str
    anyof: tuple[tuple[Clause, ...], ...]

    def holds(self, look: Look) -> bool:
        """Whether it is so now."""
        return any(all(clause.holds(look) for clause in every) for every in self.anyof)

    @property
    def facts(self) -> frozenset[str]:
        """Everything that it asks for."""
        return frozenset(clause.fact for every in self.anyof for clause in every)


class ConditionError(ValueError):
    """A text that is no condition; its words say what to write."""


def parse(text: str) -> Condition:
    """The condition that a text says. Raises ConditionError."""
    anyof = tuple(tuple(_clauses(part)) for part in re.split(r"\s+or\s+", text.strip()))
    return Condition(text=text.strip(), anyof=anyof)


def _clauses(text: str) -> Iterator[Clause]:
    for part in re.split(r"\s+and\s+", text):
        found = _CLAUSE.fullmatch(part.strip())
        if found is None:
            raise ConditionError(f'"{part.strip()}" cannot be read; {_instead(part)}')
        negated, fact, compares, number = found.groups()
        yield Clause(fact=fact, compares=compares or "", number=float(number or 0), negated=bool(negated))


def _instead(part: str) -> str:
    """What to write instead of what cannot be read."""
    for pattern, words in _INSTEAD:
        if pattern.search(part):
            return words
    return "write a fact, as alarm.apnoea, or shown.spo2 < 90"


def unknown(condition: Condition, known: Known) -> Iterator[str]:
    """A sentence for every fact that there is not."""
    for fact in sorted(condition.facts):
        kind, _, word = fact.partition(".")
        if kind not in known:
            near = get_close_matches(kind, sorted(known), n=1)
            meant = f'did you mean "{near[0]}"?' if near else f"ask for {_listed(known)}"
            yield f'there is nothing called "{kind}"; {meant}'
        elif word not in known[kind] and (word or known[kind]):
            yield f'there is no "{fact}"{_near(word, known[kind], kind)}'


def _near(word: str, words: Set[str], kind: str) -> str:
    near = get_close_matches(word, sorted(words), n=1)
    if near:
        return f'; did you mean "{kind}.{near[0]}"?'
    if not words:
        return f'; write "{kind}" alone'
    listed = (
        _listed(words)
        if len(words) <= _MANY
        else f"what nurse-station scenario {_LISTED.get(kind, 'words')} lists"
    )
    return f"; after {kind}. may stand {listed}"


def _listed(words: Set[str] | Known) -> str:
    return ", ".join(sorted(words))

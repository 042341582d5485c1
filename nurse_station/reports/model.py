"""A report as paper shows it: sections of words and tables, every figure final. It calculates nothing.

What is not in here is not on paper, so whoever compares paper and record compares with this.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; `strong` where it must not be overlooked."""

    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Pairs of what and which, e.g. ("Weight", "70 kg")."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        title: Its heading.
        width: Its share of the line, in mm of a line of 180 mm.
        right: Numbers are set to the right.
        tall: The heading stands upright, for a narrow column.
    """

    title: str
    width: float
    right: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, whose heading is repeated on each page.

    Attributes:
        title: What it is, above it; may be empty under a section that says so.
        columns: At least one.
        rows: Each as long as `columns`.
        marked: Places of the rows that must not be overlooked, from 0.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing.

    Attributes:
        svg: The drawing.
        alt: What it shows, for who cannot see it.
        caption: Below it.
    """

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Lines to sign on: who."""

    lines: tuple[str, ...]


Block = Text | Facts | Table | Figure | Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it; never nothing.

    Attributes:
        own_page: It begins a page.
    """

    title: str
    blocks: tuple[Block, ...]
    own_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One paper.

    Attributes:
        title: Its title.
        header: At the left of each page's head: the clinic, or the program.
        identifiers: At the head of each page: name and date of birth, and the number where there is one; or
            that no patient was bound.
        subject: Beside them: session, date and place.
        footer: At the foot of each page.
        simulated: SIMULATION stands across each page.
        large: Letters for somebody who does not read forms.
        sections: In the order of paper.
    """

    title: str
    header: str
    identifiers: str
    subject: str
    footer: str
    simulated: bool
    large: bool = False
    sections: tuple[Section, ...]


_UNSAID = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that have no letter, or that turn the letters after them around: a name reads as it was written."""


def visible(words: str) -> str:
    """The words with � for each sign that cannot be seen."""
    return _UNSAID.sub("\ufffd", words)


def _seen(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _seen(each) for key, each in value.items()}
    return [_seen(each) for each in value] if isinstance(value, list | tuple) else value


def as_json(report: Report) -> dict[str, Any]:
    """Plain words for the template: each block with its kind."""
    body: dict[str, Any] = _seen(asdict(report))
    for section, plain in zip(report.sections, body["sections"], strict=True):
        for block, each in zip(section.blocks, plain["blocks"], strict=True):
            each["kind"] = type(block).__name__.lower()
    return body


def said(report: Report) -> tuple[str, ...]:
    """Every piece of the paper's words, in their order; not those of drawings."""
    pieces = [report.title]
    for section in report.sections:
        pieces.append(section.title)
        for block in section.blocks:
            pieces += _said(block)
    return tuple(map(visible, pieces))


def _said(block: Block) -> list[str]:
    match block:
        case Text(words=words):
            return [words]
        case Facts(rows=rows):
            return [word for row in rows for word in row]
        case Table(title=title, rows=rows):
            return [title, *("".join(row) for row in rows)]
        case Figure(caption=caption):
            return [caption]
        case Signatures(lines=lines):
            return list(lines)

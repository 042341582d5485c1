"""What a PDF says, for comparison: its pages' words without spaces, as line breaks fall anywhere."""

import re
from pathlib import Path

import pypdf

from nurse_station.reports.model import Report, Table, said

GAPS = re.compile(r"[\s\u200b]+")


def squeezed(words: str) -> str:
    return GAPS.sub("", words)


def pages(path: Path) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(path).pages]


def lost(report: Report, path: Path) -> list[str]:
    """The pieces of the report that the PDF does not say, in their order and each as often as the report."""
    own = pages(path)
    head = [
        squeezed(f"{report.identifiers}page{number}of{len(own)}{report.subject}")
        for number in range(1, len(own) + 1)
    ]
    assert all(each in page for each, page in zip(head, own, strict=True)), "a page has not both identifiers"
    whole = "".join(_body(page, each, report) for page, each in zip(own, head, strict=True))
    for titles in _headings(report):
        whole = whole.replace(titles, "")
    missing, at = [], 0
    for piece in map(squeezed, said(report)):
        place = whole.find(piece, at)
        if place < 0:
            missing.append(piece)
        else:
            at = place + len(piece)
    return missing


def _body(page: str, head: str, report: Report) -> str:
    body = page[page.index(head) + len(head) :]
    foot = squeezed(report.footer)
    assert body.endswith(foot), "a page has not its foot"
    mark = "SIMULATION" if report.simulated else squeezed(report.header)
    assert body.startswith(mark), "a page has not its head"
    return body[len(mark) : -len(foot)]


def _headings(report: Report) -> list[str]:
    """A table's heading is said again on each page; rows that run over are said without it."""
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    return sorted(
        {squeezed("".join(c.title for c in table.columns)) for table in tables}, key=len, reverse=True
    )

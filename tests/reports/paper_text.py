"""A session's paper, and what it says: its words without spaces, as line breaks fall anywhere."""

import re
from datetime import UTC, timedelta
from functools import cache
from pathlib import Path

import pypdf
from paper_days import START

from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.reports.model import Report, Table, said, visible
from nurse_station.reports.pdf import Paper, make_pdf
from nurse_station.reports.recorded import read_session
from nurse_station.reports.report import patient_summary, session_report

PRINTED = START + timedelta(hours=9)
PROTOCOLS = load_all(factory_folder())
GAPS = re.compile(r"[\s\u200b]+")


def reported(folder: Path, name: str, *, patient: bool = False) -> Report:
    recorded = read_session(folder, name, protocols=PROTOCOLS, printed=PRINTED, zone=UTC, clinic="Riverside")
    return patient_summary(recorded) if patient else session_report(recorded)


def printed(folder: Path, name: str, paper: Paper = Paper.A4, *, patient: bool = False) -> Path:
    """The PDF; made once, as tests only read it."""
    path = folder / f"{name}-{paper}-{patient}.pdf"
    if path.exists():
        return path
    return make_pdf(folder, name, path, paper, patient=patient, clinic="Riverside", printed=PRINTED, zone=UTC)


def squeezed(words: str) -> str:
    return GAPS.sub("", words)


@cache
def pages(path: Path) -> list[str]:
    """Its pages; read once, as no test writes one file twice."""
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(path).pages]


def lost(report: Report, path: Path) -> list[str]:
    """The pieces of the report that the PDF does not say, in their order and each as often as the report."""
    own = pages(path)
    head = [
        squeezed(f"{visible(report.identifiers)}page{number}of{len(own)}{report.subject}")
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

"""A paper to look at before it is printed: the PDF and a picture a page, of one report. Opens no window."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from nurse_station.infusion.protocol import Protocol
from nurse_station.reports.model import Report
from nurse_station.reports.pdf import Paper, pictures, read_report, rendered
from nurse_station.vitals.clock import SystemClock

SCREEN_PPI, PRINTER_PPI = 110.0, 300.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pages:
    """One paper.

    Attributes:
        report: What is on it.
        paper: The sheet.
        pdf: The file.
        pictures: A PNG a page, for a screen.
    """

    report: Report
    paper: Paper
    pdf: bytes
    pictures: tuple[bytes, ...]


def make_pages(
    folder: Path, session: str, paper: Paper = Paper.A4, *, patient: bool = False, clinic: str = "",
    protocols: Mapping[str, Protocol] | None = None, printed: datetime | None = None,
    zone: tzinfo | None = None,
) -> Pages:  # fmt: skip
    """Set a session's paper; arguments as `pdf.make_pdf`. Call it from any thread but a window's own.

    Raises:
        ReportError: The record or a protocol cannot be read, or the paper cannot be set.
    """
    now = SystemClock().wall() if printed is None else printed
    report = read_report(folder, session, now, patient=patient, clinic=clinic, protocols=protocols, zone=zone)
    return Pages(report=report, paper=paper, pdf=rendered(report, paper, now),
                 pictures=pictures(report, paper, SCREEN_PPI))  # fmt: skip


def for_printer(pages: Pages) -> tuple[bytes, ...]:
    """The same pages as PNGs that are legible on paper, 300 pixels an inch. Raises ReportError."""
    return pictures(pages.report, pages.paper, PRINTER_PPI)

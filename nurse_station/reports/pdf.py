"""A session as a tagged PDF, made with Typst. Slow enough for a thread of its own; opens no window.

Fonts are the bundled ones; only for letters that they have not the computer's are asked as well.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Literal

import typst

from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.protocol_files import ProtocolError, factory_folder, load_all
from nurse_station.records.state import RecordError
from nurse_station.reports.model import Report, as_json
from nurse_station.reports.recorded import read_session
from nurse_station.reports.report import patient_summary, session_report
from nurse_station.vitals.clock import SystemClock

PACKAGE = Path(__file__).resolve().parents[1]
STANDARD: Literal["ua-1"] = "ua-1"
"""The library holds its output to PDF/UA-1's rules as far as it knows them; nobody else assessed it."""
BOXES = "Some letters are in no font of this computer and stand as boxes."
TROUBLE = (typst.TypstError, RuntimeError, OSError)
LAST_BUNDLED = 0x058F
"""The bundled font is whole for Latin, Greek, Cyrillic and Armenian, which end here."""
ALSO_BUNDLED = range(0x1D00, 0x2C00)
"""More Latin and Greek, marks, arrows and signs."""


class Paper(StrEnum):
    """The sheet."""

    A4 = "a4"
    LETTER = "letter"


class ReportError(Exception):
    """The paper cannot be made. The text is one sentence: what is wrong and what to do."""


def make_pdf(
    folder: Path, session: str, output: Path, paper: Paper = Paper.A4, *, patient: bool = False,
    clinic: str = "", protocols: Mapping[str, Protocol] | None = None, printed: datetime | None = None,
    zone: tzinfo | None = None,
) -> Path:  # fmt: skip
    """Write a session as a PDF. Call it from any thread but a window's own.

    Args:
        folder: The data directory.
        session: Its name.
        output: Where to; a file that is there is replaced, whole or not at all.
        paper: The sheet.
        patient: The page to take home instead of the whole session.
        clinic: The clinic's name, for the head of each page.
        protocols: By key; None: those that the program comes with.
        printed: Now, aware; None: by the computer's clock.
        zone: Of all times; None: the computer's.

    Returns:
        `output`.

    Raises:
        ReportError: The record or a protocol cannot be read, or the file cannot be written.
    """
    now = SystemClock().wall() if printed is None else printed
    report = read_report(folder, session, now, patient=patient, clinic=clinic, protocols=protocols, zone=zone)
    _write(output, rendered(report, paper, now))
    return output


def read_report(
    folder: Path, session: str, printed: datetime, *, patient: bool = False, clinic: str = "",
    protocols: Mapping[str, Protocol] | None = None, zone: tzinfo | None = None,
) -> Report:  # fmt: skip
    """The report of a session, or the patient's page, as `make_pdf` sets it. Raises ReportError."""
    try:
        known = load_all(factory_folder()) if protocols is None else protocols
        recorded = read_session(folder, session, protocols=known, printed=printed, zone=zone, clinic=clinic)
    except (RecordError, ProtocolError) as error:
        raise ReportError(str(error)) from error
    return patient_summary(recorded) if patient else session_report(recorded)


def rendered(report: Report, paper: Paper, printed: datetime) -> bytes:
    """The report as a PDF. Raises ReportError.

    Where a letter is in no font, it stands as a box and the foot of each page says so: better than no paper.
    """
    try:
        return _pdf(report, paper, printed, ruled=True)
    except TROUBLE:
        boxes = _with_boxes(report)
    try:
        return _pdf(boxes, paper, printed, ruled=False)
    except TROUBLE as error:
        raise ReportError(_not_set(error)) from error


def pictures(report: Report, paper: Paper, ppi: float) -> tuple[bytes, ...]:
    """The same pages as PNGs, `ppi` pixels an inch. Raises ReportError."""
    try:
        try:
            _pdf(report, paper, datetime.fromtimestamp(0, UTC), ruled=True)
        except TROUBLE:  # only a PDF tells that a letter is in no font
            report = _with_boxes(report)
        made = _compiler(report).compile(format="png", ppi=ppi, sys_inputs=_inputs(report, paper))
    except TROUBLE as error:
        raise ReportError(_not_set(error)) from error
    if made is None:
        return ()
    return (made,) if isinstance(made, bytes) else tuple(made)


def _with_boxes(report: Report) -> Report:
    return replace(report, footer=f"{report.footer} {BOXES}")


def _not_set(error: Exception) -> str:
    return f"The paper could not be set ({error}); export the session as CSV meanwhile."


def _pdf(report: Report, paper: Paper, printed: datetime, *, ruled: bool) -> bytes:
    made = _compiler(report).compile(
        format="pdf", sys_inputs=_inputs(report, paper), pdf_standards=[STANDARD] if ruled else [],
        timestamp=int(printed.timestamp()),
    )  # fmt: skip
    assert isinstance(made, bytes)  # one PDF, not a picture a page
    return made


def _inputs(report: Report, paper: Paper) -> dict[str, str]:
    return {"report": json.dumps(as_json(report), ensure_ascii=False), "paper": paper.value}


def _compiler(report: Report) -> typst.Compiler:
    template = resources() / "reports" / "session.typ"
    more = _needs_more_letters(json.dumps(as_json(report), ensure_ascii=False))
    return typst.Compiler(
        str(template), root=str(template.parent), font_paths=[str(resources() / "fonts")],
        ignore_system_fonts=not more,
    )  # fmt: skip


def resources() -> Path:
    """Where the bundled files are: inside the package of a wheel, else at the top of the checkout."""
    inside = PACKAGE / "resources"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def _needs_more_letters(words: str) -> bool:
    return any(ord(letter) > LAST_BUNDLED and ord(letter) not in ALSO_BUNDLED for letter in set(words))


def _write(output: Path, content: bytes) -> None:
    """Whole or not at all."""
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, output)
    except OSError as error:
        part.unlink(missing_ok=True)
        msg = f"{output} cannot be written ({error.strerror or error})."
        raise ReportError(msg) from error

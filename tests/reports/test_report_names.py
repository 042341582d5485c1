"""Whatever a patient is called, the paper is made, and says the name as it was written or that it cannot."""

from datetime import date
from pathlib import Path

import pytest
from paper_days import PaperDay
from paper_text import lost, pages, printed, reported, squeezed

from nurse_station.reports.model import Report
from nurse_station.reports.pdf import Paper, pictures
from nurse_station.sessions import deeds


def named(folder: Path, name: str) -> tuple[Report, Path]:
    """The paper of a patient of that name."""
    day = PaperDay()
    patient = deeds.Patient(name=name, born=date(1980, 4, 2), weight_kg=70)
    day.do(1, deeds.PatientBound(patient=patient))
    session = day.write(folder)
    return reported(folder, session), printed(folder, session)


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Ψαρρά, Ελένη", "Łukasiewicz, Ż", "Berg\tLova\nAnna", ""])
def test_a_name_is_on_every_page_as_it_is_written(name: str, tmp_path: Path) -> None:
    assert lost(*named(tmp_path, name)) == []


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x85", "\u202e", "\u2067"])
def test_a_sign_that_cannot_be_seen_is_seen_to_be_there(sign: str, tmp_path: Path) -> None:
    report, path = named(tmp_path, f"Berg{sign}, Anna")
    assert lost(report, path) == []
    assert all("Berg\ufffd,Anna" in page for page in pages(path))


def test_a_letter_in_no_font_costs_no_paper_and_is_said(tmp_path: Path) -> None:
    report, path = named(tmp_path, "Berg\U000f0000, Anna")
    assert all(squeezed("stand as boxes") in page for page in pages(path))
    assert pictures(report, Paper.A4, 40.0)

"""`train --pdf` writes the debrief on paper, replaces nothing, and says the same code as without."""

from pathlib import Path

import pypdf
import pytest

from nurse_station.app import main

SHORT = ["train", "laryngospasm", "--policy", "laryngospasm_right", "--pdf"]


def test_the_debrief_is_on_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "debrief.pdf"
    assert main([*SHORT, str(path)]) == 0
    assert "Passed" in capsys.readouterr().out
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    assert pages
    assert all("SIMULATION" in page and "laryngospasm_right" in page for page in pages)


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "debrief.pdf"
    path.write_text("mine")
    assert main([*SHORT, str(path)]) == 2
    assert path.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SHORT, str(tmp_path / "nowhere" / "debrief.pdf")]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())

"""Paper set by another process: the same pages, the same sentences, and one for when that process fails."""

import io
import pickle
import sys
from datetime import UTC
from pathlib import Path

import pytest
from paper_days import chance_day

from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.reports.aside import FAILED, answer, make_pages_aside
from nurse_station.reports.pages import Pages
from nurse_station.reports.pdf import Paper, ReportError


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("record")
    return folder, chance_day(1).write(folder)


def test_another_process_sets_the_pages(
    record: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # wherever the program was started
    folder, session = record
    protocols = load_all(factory_folder())
    pages = make_pages_aside(folder, session, Paper.LETTER, clinic="Riverside", protocols=protocols, zone=UTC)
    assert pages.pdf.startswith(b"%PDF")
    assert pages.paper is Paper.LETTER
    assert all(picture.startswith(b"\x89PNG") for picture in pages.pictures)


def test_what_cannot_be_set_is_said_in_the_same_words(record: tuple[Path, str]) -> None:
    with pytest.raises(ReportError, match="1999-01-01-001"):
        make_pages_aside(record[0], "1999-01-01-001")


def test_a_process_that_ends_by_itself_is_told_in_a_sentence(
    record: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ReportError, match=FAILED.partition(":")[0]):
        make_pages_aside(*record)


def test_a_request_is_answered_with_pages_or_a_sentence(record: tuple[Path, str]) -> None:
    told = {}
    for session in (record[1], "none"):
        request = pickle.dumps((record[0], session, Paper.A4, {"zone": UTC}))
        out = io.BytesIO()
        answer(io.BytesIO(request), out)
        told[session] = pickle.loads(out.getvalue())  # noqa: S301 - made here
    assert isinstance(told[record[1]], Pages)
    assert "none" in str(told["none"])

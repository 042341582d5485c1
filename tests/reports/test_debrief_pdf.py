"""A debrief on paper says what its rows say, SIMULATION on every page, and whose practice it was."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from paper_text import lost, pages, squeezed

from nurse_station import __version__
from nurse_station.reports import debrief_rows
from nurse_station.reports.debrief import debrief_pdf, debrief_report, write_debrief
from nurse_station.reports.pdf import Paper, ReportError
from nurse_station.training.debrief import Debrief
from nurse_station.training.policy import Kind
from tests.training.wards_of_practice import practised

NOW = datetime(2026, 1, 5, 15, 30, tzinfo=UTC)
RUNS = [("laryngospasm", Kind.TEMPTING), ("airway_obstruction", Kind.RIGHT), ("vasovagal", Kind.RIGHT)]


@dataclass(frozen=True, kw_only=True)
class Kept:
    at: datetime
    debrief: Debrief


def run_of(scenario: str, kind: Kind) -> Debrief:
    return replace(practised(scenario, kind, 1), trainee="Lind, Anna")


def past_of(count: int) -> tuple[Kept, ...]:
    debrief = run_of("laryngospasm", Kind.RIGHT)
    return tuple(Kept(at=NOW - timedelta(days=count - number), debrief=replace(debrief, seed=number + 100))
                 for number in range(count))  # fmt: skip


def printed(path: Path, debrief: Debrief, earlier: tuple[Kept, ...] = (), paper: Paper = Paper.A4) -> Path:
    path.write_bytes(debrief_pdf(debrief, earlier, paper=paper, made_at=NOW, practised_at=NOW, zone=UTC))
    return path


def missing(
    folder: Path, debrief: Debrief, earlier: tuple[Kept, ...] = (), paper: Paper = Paper.A4,
) -> list[str]:  # fmt: skip
    report = debrief_report(debrief, earlier, made_at=NOW, practised_at=NOW, zone=UTC)
    return lost(report, printed(folder / "debrief.pdf", debrief, earlier, paper))


@pytest.mark.parametrize(("scenario", "kind", "paper"), [
    (*RUNS[0], Paper.LETTER), (*RUNS[1], Paper.A4), (*RUNS[2], Paper.LETTER),
])  # fmt: skip
def test_the_pdf_says_every_row(scenario: str, kind: Kind, paper: Paper, tmp_path: Path) -> None:
    debrief = run_of(scenario, kind)
    assert missing(tmp_path, debrief, past_of(3), paper) == []
    whole = "".join(pages(tmp_path / "debrief.pdf"))
    score = debrief.score
    tables = (debrief_rows.timeline(debrief), debrief_rows.expected(score), debrief_rows.alarms(debrief),
              debrief_rows.checks(debrief), debrief_rows.against(score))  # fmt: skip
    for row in (row for table in tables for row in table.rows):
        assert squeezed("".join(row.cells)) in whole
    for words in (*debrief_rows.margins(debrief), *debrief.learning, *debrief_rows.sums(debrief.score)):
        assert squeezed(words) in whole


def test_simulation_and_the_trainee_stand_on_every_page(tmp_path: Path) -> None:
    found = pages(printed(tmp_path / "debrief.pdf", run_of(*RUNS[0]), past_of(40)))
    assert len(found) > 2
    assert all(page.count("SIMULATION") >= 2 for page in found)
    assert all("TraineeLind,Anna" in page for page in found)
    assert all("Nopartofanypatient'srecord" in page for page in found)
    said = pypdf.PdfReader(tmp_path / "debrief.pdf").metadata
    assert said is not None
    assert str(said.title).startswith("SIMULATION: Debrief")


def test_the_first_page_says_which_run_and_which_program(tmp_path: Path) -> None:
    debrief = run_of(*RUNS[0])
    first = pages(printed(tmp_path / "debrief.pdf", debrief))[0]
    for words in (
        debrief.name,
        f"version{debrief.version},seed1",
        "2026-01-05",
        "✗Notpassed",
        f"nursestation{__version__}",
    ):
        assert squeezed(words) in first


def test_without_earlier_runs_there_is_no_progress(tmp_path: Path) -> None:
    debrief = run_of(*RUNS[0])
    others = (Kept(at=NOW, debrief=replace(debrief, trainee="Ek, Bo")), Kept(at=NOW, debrief=debrief))
    assert "RunsofLind" not in "".join(pages(printed(tmp_path / "debrief.pdf", debrief, others)))


def test_another_trainee_is_never_on_the_paper(tmp_path: Path) -> None:
    debrief = run_of(*RUNS[0])
    others = (*past_of(1), Kept(at=NOW, debrief=replace(debrief, trainee="Ek, Bo", name="Of another")))
    whole = "".join(pages(printed(tmp_path / "debrief.pdf", debrief, others)))
    assert "RunsofLind" in whole
    assert "Ofanother" not in whole
    assert "Ek,Bo" not in whole


def test_the_graph_is_lines_and_the_paper_is_tagged(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(printed(tmp_path / "debrief.pdf", run_of(*RUNS[1]), past_of(2)))
    assert not [image for page in reader.pages for image in page.images]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


@pytest.mark.parametrize("trainee", ["", "Ψαρρά, Ελένη", "A\u202eB", "\U000f0000", "Wort" * 60])
def test_whoever_practised_the_paper_is_made(trainee: str, tmp_path: Path) -> None:
    debrief = replace(run_of(*RUNS[0]), trainee=trainee)
    assert all("SIMULATION" in page for page in pages(printed(tmp_path / "debrief.pdf", debrief, past_of(1))))


def test_a_run_of_nothing_has_a_paper(tmp_path: Path) -> None:
    debrief = run_of(*RUNS[0])
    score = replace(debrief.score, results=(), against=(), alarms=(), checks=0, late_checks=0, recorded=0,
                    to_record=0, margin_s=None)  # fmt: skip
    empty = replace(debrief, log=(), checks=(), curve=(), learning=(), score=score, lasted_s=0.0)
    assert missing(tmp_path, empty) == []


def test_a_long_run_has_a_paper(tmp_path: Path) -> None:
    debrief = run_of(*RUNS[1])
    log = tuple(replace(line, at=line.at + 300.0 * round_) for round_ in range(6) for line in debrief.log)
    curve = tuple(replace(debrief.curve[0], at=5.0 * number) for number in range(1, 3600))
    assert missing(tmp_path, replace(debrief, log=log, curve=curve, lasted_s=18_000.0)) == []


def test_a_date_that_is_not_known_is_not_said() -> None:
    report = debrief_report(run_of(*RUNS[0]), made_at=NOW, zone=UTC)
    (facts,) = [block for block in report.sections[0].blocks if hasattr(block, "rows")]
    assert [what for what, _ in facts.rows if what in ("Practised", "Printed")] == ["Printed"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    debrief = run_of(*RUNS[0])
    path = write_debrief(tmp_path / "d.pdf", debrief, made_at=NOW)
    assert path.read_bytes().startswith(b"%PDF-")
    with pytest.raises(ReportError, match="cannot be written"):
        write_debrief(tmp_path / "nowhere" / "d.pdf", debrief, made_at=NOW)
    assert [each.name for each in tmp_path.iterdir()] == ["d.pdf"]


def test_the_same_paper_is_made_twice_the_same() -> None:
    made = [debrief_pdf(run_of(*RUNS[0]), past_of(2), made_at=NOW, zone=UTC) for _ in range(2)]
    assert made[0] == made[1]

"""What paper says is what the record holds, value by value; every page can be told from another patient's."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pypdf
import pytest
from paper_days import START, T0, PaperDay, chance_day
from paper_text import PRINTED, lost, pages, printed, reported, squeezed

from nurse_station.alarms.lifecycle import Event
from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.units import shown
from nurse_station.records.reader import RecordReader
from nurse_station.records.writer import RecordWriter
from nurse_station.reports.model import Facts, Report, Table, Text
from nurse_station.reports.patient import AT_HOME
from nurse_station.reports.pdf import Paper, ReportError, make_pdf, pictures, rendered, resources
from nurse_station.sessions import deeds
from nurse_station.sessions.session import fold
from nurse_station.vitals.clock import ManualClock

MANY = int(os.environ.get("NURSE_STATION_REPORTS", "10"))


def section(report: Report, title: str) -> list[object]:
    return list(next(each for each in report.sections if each.title == title).blocks)


def rows(report: Report, title: str) -> list[tuple[str, ...]]:
    return [row for block in section(report, title) if isinstance(block, Table) for row in block.rows]


def facts(report: Report, title: str) -> dict[str, str]:
    return dict(row for block in section(report, title) if isinstance(block, Facts) for row in block.rows)


def clock(at: float, form: str = "%H:%M:%S") -> str:
    return f"{datetime.fromtimestamp(at, UTC):{form}}"


@pytest.mark.parametrize("seed", range(MANY))
@pytest.mark.hazard("H-13")
def test_what_the_pdf_says_is_what_the_record_holds(seed: int, tmp_path: Path) -> None:
    day = chance_day(seed)
    name = day.write(tmp_path)
    report = reported(tmp_path, name)
    assert lost(report, printed(tmp_path, name, Paper.LETTER if seed % 2 else Paper.A4)) == []
    _holds_the_titration(day, report)
    _holds_the_scores(day, report)
    _holds_the_alarms(day, report)
    _holds_the_words(day, report)
    _holds_the_measurements(day, report)


def _holds_the_titration(day: PaperDay, report: Report) -> None:
    """Calculated here anew, with fractions, from the deeds as they were made."""
    log = rows(report, "Titration log")
    rate = strength = mg = ml = Fraction(0)
    last: float | None = None
    place = 0
    for entry in day.entries:
        deed = entry.deed
        if isinstance(deed, deeds.OrderWritten):
            strength = _exact(deed.order.concentration_mg_ml)
        if not isinstance(deed, _PUMP):
            continue
        if last is not None:
            ml += rate * (_exact(entry.at) - _exact(last)) / 3600
            mg += rate * strength * (_exact(entry.at) - _exact(last)) / 3600
        last = entry.at
        rate = (
            _exact(deed.pump_ml_h)
            if isinstance(deed, deeds.Started | deeds.RateSet | deeds.Resumed)
            else rate
        )
        rate = Fraction(0) if isinstance(deed, deeds.Paused | deeds.Stopped) else rate
        strength = _exact(deed.bag.mg_ml) if isinstance(deed, deeds.BagChanged) else strength
        weight = _exact(
            next(e.deed.patient.weight_kg for e in day.entries if isinstance(e.deed, deeds.PatientBound))
        )
        said = log[place]
        assert said[0] == clock(entry.at)
        assert said[2] == shown(rate * strength / weight, 3)
        assert said[3:8] == (shown(rate * strength / weight * 1000 / 60), shown(rate * strength), shown(rate),
                             shown(mg), shown(ml))  # fmt: skip
        place += 1
    assert place == len(log)


_PUMP = (deeds.Started, deeds.RateSet, deeds.Resumed, deeds.Paused, deeds.Stopped, deeds.Held, deeds.Released,
         deeds.BagChanged)  # fmt: skip


def _exact(number: float) -> Fraction:
    return Fraction(repr(number))


def _holds_the_scores(day: PaperDay, report: Report) -> None:
    """Every score that stands is in one cell of the grid, under its scale."""
    table = next((b for b in section(report, "Observations") if isinstance(b, Table) and not b.title), None)
    there: list[tuple[str, str]] = []
    if table is not None:
        titles = [column.title for column in table.columns]
        tall = [place for place, column in enumerate(table.columns) if column.tall]
        there = [(titles[place], row[place]) for row in table.rows for place in tall if row[place]]
    stand = [(SCALES[timed.deed.scale].name, str(timed.deed.score)) for timed in fold(day.entries).stands
             if isinstance(timed.deed, deeds.Scored)]  # fmt: skip
    assert sorted(there) == sorted(stand)


def _holds_the_alarms(day: PaperDay, report: Report) -> None:
    own = [each for each in day.alarms if getattr(each, "event", None) is Event.DELAY_ELAPSED]
    said = [row for row in rows(report, "Alarms") if len(row) == 8]
    starts: dict[str, list[float]] = {}
    for each in own:  # one that is not over yet does not begin again
        events = [e for e in day.alarms if getattr(e, "condition", "") == each.condition]
        ended = [e.at for e in events if getattr(e, "event", None) is Event.ENDED]
        before = starts.setdefault(each.condition, [])
        if not before or any(before[-1] < at <= each.at for at in ended):
            before.append(each.at)
    begun = [each for each in own if each.at in starts[each.condition]]
    assert len(said) == len(begun)
    for row, each in zip(said, begun, strict=True):
        assert row[0] == clock(START.timestamp() + each.at - 500.0)
        assert row[2].split(" ")[0] == f"{each.value:g}"
        assert row[3].split(" ")[0] == f"{each.limit:g}"


def _holds_the_words(day: PaperDay, report: Report) -> None:
    whole = json.dumps(
        [squeezed(str(block)) for each in report.sections for block in each.blocks], ensure_ascii=False
    )
    for entry in day.entries:
        for words in _free_words(entry.deed):
            assert squeezed(words) in whole.replace("\\\\", "\\"), words


def _free_words(deed: deeds.Deed) -> Iterator[str]:
    match deed:
        case deeds.Noted(text=text):
            yield text
        case deeds.Intervened(what=what, note=note):
            yield from (what, note)
        case deeds.OrderWritten(order=order):
            yield order.lot
            yield f"{order.expiry:%Y-%m-%d}"
        case deeds.WasteNoted(ml=ml, witness=witness):
            yield f"{shown(ml)} mL"
            yield witness
        case deeds.OutcomeNoted(plan=plan):
            yield plan
        case deeds.BagChanged(bag=bag):
            yield bag.lot
        case deeds.PatientBound(patient=patient):
            yield from (patient.allergies, f"{shown(patient.weight_kg)} kg", f"{patient.born:%Y-%m-%d}")
        case _:
            return


def _holds_the_measurements(day: PaperDay, report: Report) -> None:
    """Each row's value of the monitor is the newest that was sent before it, and not older than 15 s."""
    table = next((b for b in section(report, "Observations") if isinstance(b, Table) and not b.title), None)
    said = [row[6] for row in table.rows] if table is not None else []
    values = {f"{value:.0f}" for _, value in day.vitals.get("spo2", ()) if value is not None}
    assert set(said) <= values | {"---"}
    words = " ".join(block.words for block in section(report, "Observations") if isinstance(block, Text))
    for at, high, low, mean in day.cuffs:
        if table is not None:
            assert f"{clock(T0 + at, '%H:%M')} {high:.0f}/{low:.0f} ({mean:.0f})" in words


def test_one_digit_more_or_less_would_be_noticed(real: tuple[Path, str]) -> None:
    report = reported(*real)
    place, alarms = next((n, each) for n, each in enumerate(report.sections) if each.title == "Alarms")
    table = next(block for block in alarms.blocks if isinstance(block, Table))
    row = table.rows[20]
    wrong = (*row[:2], row[2].replace(row[2][0], "3" if row[2][0] != "3" else "4", 1), *row[3:])
    blocks = tuple(
        replace(each, rows=(*each.rows[:20], wrong, *each.rows[21:])) if each is table else each
        for each in alarms.blocks
    )
    sections = (*report.sections[:place], replace(alarms, blocks=blocks), *report.sections[place + 1 :])
    assert lost(replace(report, sections=sections), printed(*real)) == [squeezed("".join(wrong))]


def test_a_busy_day_of_six_hours_is_whole_on_both_papers(real: tuple[Path, str]) -> None:
    report = reported(*real)
    assert [lost(report, printed(*real, paper)) for paper in Paper] == [[], []]


def test_a_pdf_is_tagged_named_and_in_a_language(real: tuple[Path, str]) -> None:
    root = pypdf.PdfReader(printed(*real)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"


def test_only_bundled_letters_are_in_the_pdf(real: tuple[Path, str]) -> None:
    reader = pypdf.PdfReader(printed(*real))
    fonts = {str(font.get_object()["/BaseFont"]) for page in reader.pages
             for font in page["/Resources"].get("/Font", {}).values()}  # fmt: skip
    assert fonts
    assert all("DejaVuSans" in font for font in fonts)


def test_the_graph_is_lines_and_no_picture(real: tuple[Path, str]) -> None:
    assert not [image for page in pypdf.PdfReader(printed(*real)).pages for image in page.images]


def test_the_papers_have_their_sizes(real: tuple[Path, str]) -> None:
    sizes = {paper: pypdf.PdfReader(printed(*real, paper)).pages[0].mediabox for paper in Paper}
    assert [round(float(sizes[p].width)) for p in (Paper.A4, Paper.LETTER)] == [595, 612]


def test_a_one_second_dip_is_in_the_graph(real: tuple[Path, str]) -> None:
    """The drawing has a point at the height of SpO₂ 71, which was there for one second."""
    (figure,) = section(reported(*real), "Graph")
    lane = figure.svg.split("SpO₂ %")[1].split("RR /min")[0]
    heights = [float(point.split(" ")[1]) for path in lane.split('d="M')[1:]
               for point in path.split('"')[0].split("L")]  # fmt: skip
    frame = [float(part.split('"')[0]) for part in lane.split('<rect x="18.00" y="')[1:]]
    assert max(heights) > frame[0] + 22


@pytest.mark.hazard("H-13")
def test_simulation_stands_across_every_page(tmp_path: Path) -> None:
    day = chance_day(3)
    day.simulated = True
    name = day.write(tmp_path)
    for patient in (False, True):
        found = pages(printed(tmp_path, name, patient=patient))
        assert all(page.count("SIMULATION") >= 2 for page in found)
        assert title_of(printed(tmp_path, name, patient=patient)).startswith("SIMULATION: ")


def title_of(path: Path) -> str:
    """What a viewer writes above it."""
    said = pypdf.PdfReader(path).metadata
    return str(said.title) if said is not None else ""


def test_a_patients_paper_never_says_simulation(real: tuple[Path, str]) -> None:
    assert not any("SIMULATION" in page for page in pages(printed(*real)))
    assert "SIMULATION" not in title_of(printed(*real))


def test_a_session_of_vitals_alone_prints_and_says_that_nobody_was_bound(tmp_path: Path) -> None:
    day = PaperDay(vitals={"spo2": [(float(second), 97.0) for second in range(60)]})
    name = day.write(tmp_path)
    report = reported(tmp_path, name)
    assert report.identifiers == "NO PATIENT BOUND"
    assert lost(report, printed(tmp_path, name)) == []
    assert pages(printed(tmp_path, name, patient=True))


EMPTY = (
    "No patient was bound to this session.", "No time-out was recorded.", "No screening was recorded.",
    "No rule was let pass by name.", "No baseline was recorded.", "No scores were recorded before the start.",
    "No order was recorded.", "No discarded drug was recorded.", "No infusion was recorded.",
    "No vital signs and no infusion were recorded.", "No observations were recorded.",
    "No alarm was recorded.",
    "No sound was paused and no alarm was switched off.", "No intervention and no note was recorded.",
    "Nothing was given by this record.", "No recovery was recorded.", "No pain score was recorded.",
    "No outcome was recorded.", "No alarm limit was changed.", "No entry was corrected.",
    "No interruption was recorded.",
)  # fmt: skip


def test_an_empty_section_says_what_is_not_there(tmp_path: Path) -> None:
    name = PaperDay().write(tmp_path)
    whole = "".join(pages(printed(tmp_path, name)))
    assert [words for words in EMPTY if squeezed(words) not in whole] == []


def test_every_section_has_something_under_its_heading(tmp_path: Path) -> None:
    name = PaperDay().write(tmp_path)
    assert all(each.blocks for each in reported(tmp_path, name).sections)


ORDER = ("Patient and session", "Consent and time-out", "Screening", "Baseline", "Drug and order",
         "Titration log", "Graph", "Observations", "Alarms", "Interventions and notes",
         "Totals", "Recovery and discharge", "Outcome and next dates", "Record and signatures")  # fmt: skip


def test_the_sections_stand_in_the_order_of_a_chart(real: tuple[Path, str]) -> None:
    assert tuple(each.title for each in reported(*real).sections) == ORDER


JARGON = ("MOAA", "RASS", "mg/kg", "SpO", "EtCO", "NIBP", "titrat", "protocol", "Aldrete", "PADSS", "IV ",
          "mmHg", "alarm", "baseline", "adverse")  # fmt: skip


def test_the_patients_page_is_one_page_in_plain_words(real: tuple[Path, str]) -> None:
    report = reported(*real, patient=True)
    path = printed(*real, patient=True)
    assert lost(report, path) == []
    (page,) = pages(path)
    words = " ".join(str(section) for section in report.sections)
    assert [each for each in JARGON if each.casefold() in words.casefold()] == []
    assert all(squeezed(each) in page for each in AT_HOME)


def test_the_totals_are_those_of_the_log(real: tuple[Path, str]) -> None:
    report = reported(*real)
    last = rows(report, "Titration log")[-1]
    assert facts(report, "Totals")["Given"] == f"{last[6]} mg in {last[7]} mL"
    assert "witness Nurse Ek" in facts(report, "Totals")["Discarded"]


def test_a_corrected_entry_stays_readable_with_its_reason(real: tuple[Path, str]) -> None:
    (row,) = [
        row for row in rows(reported(*real), "Record and signatures") if "she said six, I wrote seven" in row
    ]
    assert "Pain 7" in row[1]
    assert "Pain 6" in row[2]


def test_the_chain_is_the_records_own(real: tuple[Path, str]) -> None:
    folder, name = real
    said = facts(reported(folder, name), "Record and signatures")["Chain digest"]
    with RecordReader(folder) as reader:
        assert f"journal entry {reader.journal(name)[-1].number})" in said
    assert len(said.split(" ")[0]) == 64


def test_an_entry_that_cannot_be_read_is_named_on_the_first_page(tmp_path: Path) -> None:
    day = PaperDay()
    day.journal.append((5.0, "session", {"deed": "Dreamt", "number": 1}, "Nurse Lind"))
    name = day.write(tmp_path)
    assert "couldnotbereadandarenotonthispaper:2" in pages(printed(tmp_path, name))[0]


def test_a_session_that_still_runs_says_so(tmp_path: Path) -> None:
    writer = RecordWriter(tmp_path, ManualClock(wall=START))
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    assert writer.flush()
    try:
        assert "Thissessionhasnotended" in pages(printed(tmp_path, name))[0]
    finally:
        writer.close()


def test_there_is_no_paper_of_a_session_that_is_not_there(real: tuple[Path, str], tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"There is no session 1999-01-01-001 in the record\."):
        make_pdf(real[0], "1999-01-01-001", tmp_path / "x.pdf")
    assert not list(tmp_path.iterdir())


def test_there_is_no_paper_where_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="There is no record"):
        make_pdf(tmp_path, "2026-01-05-001", tmp_path / "x.pdf")


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    record, there = tmp_path / "record", tmp_path / "there"
    name = PaperDay().write(record)
    (there / "folder.pdf").mkdir(parents=True)
    for path in (there / "nowhere" / "x.pdf", there / "folder.pdf"):
        with pytest.raises(ReportError, match="cannot be written"):
            make_pdf(record, name, path)
    assert [each.name for each in there.iterdir()] == ["folder.pdf"]


def test_the_same_paper_is_made_twice_the_same(real: tuple[Path, str]) -> None:
    report = reported(*real)
    assert rendered(report, Paper.A4, PRINTED) == rendered(report, Paper.A4, PRINTED)


def test_the_template_is_where_a_wheel_has_it() -> None:
    assert (resources() / "reports" / "session.typ").is_file()


def test_there_is_a_picture_for_each_page(real: tuple[Path, str]) -> None:
    made = pictures(reported(*real), Paper.A4, 20.0)
    assert len(made) == len(pages(printed(*real)))
    assert all(each.startswith(b"\x89PNG") for each in made)

"""A debrief of practice on paper: its rows in the order of paper, SIMULATION across every page. No record."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from nurse_station import __version__
from nurse_station.reports import debrief_graph, debrief_rows
from nurse_station.reports.debrief_rows import BAD, PastRun, Rows
from nurse_station.reports.debrief_words import clock
from nurse_station.reports.model import Block, Column, Facts, Figure, Report, Section, Table, Text
from nurse_station.reports.pdf import Paper, ReportError, rendered
from nurse_station.reports.words import lasting
from nurse_station.training.debrief import Debrief

FOOTER = f"Practice with a simulated patient. No part of any patient's record. nurse station {__version__}"
NOT_SAID = "Learning points were not given."
CAPTION = (
    "What is true of the body, and what was shown, every five seconds; dashed: all but a lane's first curve. "
    "Letters: events, with a line through all lanes. Numbers: what was done. The run's table names them. "
    "HIGH alarms: tall, black."
)
RUNS_CAPTION = (
    "Seconds from the first HIGH alarm (the first alarm, where none was HIGH) until something was done for "
    "the patient. Filled: passed. “none”: nothing was done; dash: nothing alarmed. Numbers: as in the table."
)
BELOW_GRAPH = 12
"""So many lines of a run surely stand below the graph; more begin a page, lest one of them be left over."""
_WIDTHS = {
    "timeline": (14, 10, 22, 134), "expected": (22, 84, 22, 20, 32), "against": (18, 112, 22, 28),
    "alarms": (14, 62, 20, 20, 42, 22), "checks": (80, 30, 30, 40), "progress": (9, 32, 56, 26, 26, 20, 21),
}  # fmt: skip
"""Of each table's columns, mm of a line of 180."""


def debrief_pdf(
    debrief: Debrief, earlier: Sequence[PastRun] = (), *, paper: Paper | str = Paper.A4, made_at: datetime,
    practised_at: datetime | None = None, zone: tzinfo | None = None,
) -> bytes:  # fmt: skip
    """The debrief as a tagged PDF. Takes up to two seconds: call it from any thread but a window's own.

    Args:
        debrief: What came of a run.
        earlier: Runs of before; those of other trainees are left out.
        paper: The sheet.
        made_at: Now, aware.
        practised_at: When the run was, aware; None: not known, and only `made_at` is said.
        zone: Of all dates; None: the computer's.

    Raises:
        ReportError: The paper cannot be set.
    """
    report = debrief_report(debrief, earlier, made_at=made_at, practised_at=practised_at, zone=zone)
    try:
        return rendered(report, Paper(paper), made_at)
    except ReportError as error:
        msg = f"The debrief could not be set on paper ({error.__cause__}); read it on the screen."
        raise ReportError(msg) from error


def write_debrief(
    output: Path, debrief: Debrief, earlier: Sequence[PastRun] = (), *, paper: Paper | str = Paper.A4,
    made_at: datetime, practised_at: datetime | None = None,
) -> Path:  # fmt: skip
    """The same in a file, whole or not at all. Raises ReportError."""
    made = debrief_pdf(debrief, earlier, paper=paper, made_at=made_at, practised_at=practised_at)
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(made)
        os.replace(part, output)
    except OSError as error:
        part.unlink(missing_ok=True)
        msg = f"{output} cannot be written ({error.strerror or error})."
        raise ReportError(msg) from error
    return output


def debrief_report(
    debrief: Debrief, earlier: Sequence[PastRun] = (), *, made_at: datetime,
    practised_at: datetime | None = None, zone: tzinfo | None = None,
) -> Report:  # fmt: skip
    """The words of the paper. It says SIMULATION on every page, whatever the debrief says."""
    day = (made_at if practised_at is None else practised_at).astimezone(zone)
    subject = f"{debrief.name} · version {debrief.version} · seed {debrief.seed} · {day:%Y-%m-%d}"
    sections = (
        _verdict(debrief, made_at, practised_at, zone), _expected(debrief), _learning(debrief),
        _alarms(debrief), _unseen(debrief), _timeline(debrief), *_progress(debrief, earlier, zone),
    )  # fmt: skip
    return Report(
        title="Debrief of a practice run", header="Practice", identifiers=f"Trainee {debrief.trainee}",
        subject=subject, footer=FOOTER, simulated=True, sections=sections,
    )  # fmt: skip


def _verdict(
    debrief: Debrief, made_at: datetime, practised_at: datetime | None, zone: tzinfo | None
) -> Section:
    said = debrief_rows.verdict(debrief.score)
    when = [("Practised", practised_at)] if practised_at is not None else []
    dates = [(what, f"{at.astimezone(zone):%Y-%m-%d %H:%M}") for what, at in (*when, ("Printed", made_at))]
    facts = Facts(rows=(
        ("Trainee", debrief.trainee), ("Scenario", f"{debrief.name} ({debrief.scenario})"),
        ("Version and seed", f"version {debrief.version}, seed {debrief.seed}"), *dates,
        ("Lasted", lasting(debrief.lasted_s)),
        ("Program", f"nurse station {__version__}"),
    ))  # fmt: skip
    words = [Text(words=said.headline, strong=True), *([Text(words=said.why)] if said.why else [])]
    return Section(title="Verdict", blocks=(*words, facts))


def _expected(debrief: Debrief) -> Section:
    score = debrief.score
    return Section(title="What was expected", blocks=(
        _or_said("", "expected", debrief_rows.expected(score), "Nothing was."),
        _or_said("", "against", debrief_rows.against(score), "Nothing counts against."),
    ))  # fmt: skip


def _unseen(debrief: Debrief) -> Section:
    said = [Text(words=words) for words in debrief_rows.margins(debrief)]
    if not debrief.curve:
        return Section(title="What could not be seen", blocks=(*said, Text(words="The run was too short.")))
    alt = (f"Graph of {clock(debrief.lasted_s)}: ketamine in plasma and at the effect site, oxygen store, "
           "true and shown saturation, ventilation, airway, heart rate, pressure, breaths and EtCO₂ as "
           "shown, and pump, with events, alarms and what was done. "
           "Their times are in the tables.")  # fmt: skip
    figure = Figure(svg=debrief_graph.run_svg(debrief), alt=alt, caption=CAPTION)
    return Section(title="What could not be seen", blocks=(*said, figure), own_page=True)


def _alarms(debrief: Debrief) -> Section:
    checked, noted = debrief_rows.sums(debrief.score)
    return Section(title="Alarms, checks, documentation", blocks=(
        _or_said("Alarms", "alarms", debrief_rows.alarms(debrief), "Nothing alarmed."),
        Text(words=checked, strong=debrief.score.late_checks > 0),
        *([_table("Checks", "checks", debrief_rows.checks(debrief))] if debrief.checks else []),
        Text(words=noted, strong=debrief.score.recorded < debrief.score.to_record),
    ))  # fmt: skip


def _learning(debrief: Debrief) -> Section:
    said = tuple(Text(words=f"• {point}") for point in debrief.learning)
    return Section(title="What to take along", blocks=said or (Text(words=NOT_SAID),))


def _timeline(debrief: Debrief) -> Section:
    lines = debrief_rows.timeline(debrief)
    run = _or_said("", "timeline", lines, "Nothing happened.")
    return Section(title="The run", blocks=(run,), own_page=len(lines.rows) > BELOW_GRAPH)


def _progress(debrief: Debrief, earlier: Sequence[PastRun], zone: tzinfo | None) -> Iterator[Section]:
    runs = debrief_rows.attempts(debrief, earlier, zone)
    if len(runs) == 1:
        return
    alt = "Plot of the seconds from alarm to action over the trainee's runs; they are in the table."
    figure = Figure(svg=debrief_graph.runs_svg(runs), alt=alt, caption=RUNS_CAPTION)
    rows = debrief_rows.progress(runs)
    yield Section(title=f"Runs of {debrief.trainee}", blocks=(figure, _table("", "progress", rows)))


def _or_said(title: str, widths: str, rows: Rows, otherwise: str) -> Block:
    return _table(title, widths, rows) if rows.rows else Text(words=otherwise)


def _table(title: str, widths: str, rows: Rows) -> Table:
    columns = tuple(Column(title=each, width=width)
                    for each, width in zip(rows.titles, _WIDTHS[widths], strict=True))  # fmt: skip
    marked = tuple(place for place, row in enumerate(rows.rows) if row.tone == BAD)
    return Table(title=title, columns=columns, rows=tuple(row.cells for row in rows.rows), marked=marked)

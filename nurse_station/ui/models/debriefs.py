"""Kept debriefs as a list shows them, newest first, of one trainee or of all. Formats; deletes nothing."""

from collections.abc import Sequence
from datetime import datetime

from nurse_station.classroom.view import KeptRun
from nurse_station.reports.debrief_rows import PLAIN, Row, Rows, attempts, progress
from nurse_station.training.debrief import folded
from nurse_station.ui.models.care_when import zone_name
from nurse_station.ui.models.practice import ended_early
from nurse_station.ui.models.words import joined

EVERYBODY = "Everybody"
TITLES = ("Practised", "Verdict", "Alarm to action", "Scenario and trainee")
SCENARIO = 3
"""The column that takes the room that is left."""
NOBODY_YET = (
    "Nobody has practised here yet. What came of a lesson is kept when it is over, and stands here then."
)
NOT_YET = "No debrief of {trainee} is kept here."
EARLY = "Ended early"


def practised(at: datetime) -> str:
    """`2026-01-05 11:14 CET`, in this computer's own time zone."""
    return f"{at.astimezone():%Y-%m-%d %H:%M} {zone_name(at.timestamp())}"


def newest_first(runs: Sequence[KeptRun], trainee: str = "") -> tuple[KeptRun, ...]:
    """Of one trainee, whatever the case of the letters, or of all; `runs` are oldest first."""
    wanted = folded(trainee)
    return tuple(run for run in reversed(runs) if not wanted or folded(run.debrief.trainee) == wanted)


def before(runs: Sequence[KeptRun], run: KeptRun) -> tuple[KeptRun, ...]:
    """This trainee's runs before one of them; `runs` are oldest first."""
    own = newest_first(runs, run.debrief.trainee)[::-1]
    return tuple(each for each in own if (each.at, each.name) < (run.at, run.name))


def listed(runs: Sequence[KeptRun]) -> Rows:
    """A row a run, in their order."""
    return Rows(titles=TITLES, rows=tuple(_row(run) for run in runs))


def _row(run: KeptRun) -> Row:
    debrief = run.debrief
    [row] = progress(attempts(debrief, ())).rows  # as the debrief's own table has it
    _, _, _, verdict, action, *_ = row.cells
    early = ended_early(debrief.score)
    who = joined(debrief.trainee, f"patient {debrief.seed}")
    return Row(
        cells=(practised(run.at), EARLY if early else verdict, action, f"{debrief.name}\n{who}"),
        tone=PLAIN if early else row.tone,
    )


def kept_count(shown: int, of: int) -> str:
    """`3 of 12 debriefs`."""
    return f"{shown} of {of} {'debrief' if of == 1 else 'debriefs'}"


def delete_question(run: KeptRun) -> str:
    """What is lost with it."""
    debrief = run.debrief
    return (
        f"Delete the debrief of {debrief.trainee}, {debrief.name}, practised {practised(run.at)}?\n\n"
        "Its verdict, graph and timeline are lost for good, and this run no longer counts in the progress of "
        f"{debrief.trainee}. No other debrief is touched; a PDF that was saved of it stays where it is."
    )

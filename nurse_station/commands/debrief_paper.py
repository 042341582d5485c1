"""A debrief on paper, for a verb of practice. Never replaces a file; opens no record."""

from pathlib import Path

from nurse_station.commands.trouble import UserError
from nurse_station.reports.debrief import write_debrief
from nurse_station.reports.pdf import ReportError
from nurse_station.training.debrief import Debrief
from nurse_station.vitals.clock import SystemClock


def write(path: Path, debrief: Debrief) -> None:
    """Set it now, as just practised. Raises UserError."""
    now = SystemClock().wall()
    try:
        write_debrief(path, debrief, made_at=now, practised_at=now)
    except ReportError as error:
        raise UserError(str(error)) from error

"""`report`: a session on paper, or the page that the patient takes home. Never replaces a file."""

import argparse
from pathlib import Path

from nurse_station.commands.choices import session_folder, settings_of
from nurse_station.commands.trouble import UserError
from nurse_station.reports.pdf import Paper, ReportError, make_pdf


def run(options: argparse.Namespace) -> int:
    """Write the PDF and say where it is."""
    path = Path(options.output)
    if path.exists():
        msg = f"{path} is there already: choose another name"
        raise UserError(msg)
    clinic = settings_of(options).clinic
    try:
        made = make_pdf(session_folder(options), options.session, path, Paper(options.paper.lower()),
                        patient=options.patient, clinic=clinic)  # fmt: skip
    except ReportError as error:
        raise UserError(str(error)) from error
    print(f"{made}: {made.stat().st_size / 1e3:.0f} kB")
    return 0

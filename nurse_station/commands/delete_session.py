"""`delete-session`: take a session out of the record for good. Asks twice; refuses what is to be kept."""

import argparse

from nurse_station.commands.choices import session_folder, settings_of
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.records.deletion import Deletion, deletable, delete_session
from nurse_station.records.reader import RecordReader
from nurse_station.vitals.clock import SystemClock

ASKED = 2
"""So often must a deletion be confirmed."""


def run(options: argparse.Namespace) -> int:
    """Delete it, or list what may be deleted."""
    folder, keep_years = session_folder(options), settings_of(options).keep_years
    if options.session is None:
        with in_one_sentence(), RecordReader(folder) as reader:
            names = [row.name for row in deletable(reader.sessions(), keep_years, SystemClock())]
        print("\n".join(names) or f"No session may be deleted: patients' are kept for {keep_years:g} years.")
        return 0
    if not options.who or not options.why:
        msg = "a deletion needs a name and a reason: --who NAME --why REASON"
        raise UserError(msg)
    if options.yes < ASKED:
        _ask_twice(options.session)
    asked = Deletion(session=options.session, who=options.who, why=options.why, keep_years=keep_years)
    with in_one_sentence():
        done = delete_session(folder, asked, SystemClock())
    rows, files = sum(done.rows.values()), done.files
    print(f"{options.session} is deleted: {rows} rows, {files} files, SHA-256 {done.digest}.")
    for file in done.left:
        print(f"It could not be deleted, do it by hand: {file}.")
    print("A copy of the record in another folder has it until it is copied again.")
    return 0


def _ask_twice(session: str) -> None:
    """Raises UserError unless both answers say so."""
    questions = (
        (f"Delete {session}, its vitals, waves and entries? They cannot be got back. (yes) ", "yes"),
        ("Once more, type the session's name: ", session),
    )
    for question, wanted in questions:
        try:
            answer = input(question)
        except EOFError:
            answer = ""
        if answer.strip() != wanted:
            msg = "nothing was deleted"
            raise UserError(msg)

"""From the station's window to practice: the words that start it as the station was. Starts nothing."""

import argparse
import sys
from pathlib import Path

from nurse_station.commands.choices import patients_folder
from nurse_station.commands.trouble import UserError
from nurse_station.records.lock import DirectoryLock

OPEN = "Practice is already open: look for its window."


def practice_command(options: argparse.Namespace, started_as: str) -> tuple[str, ...]:
    """The program and its words.

    Args:
        options: Of the station: the same folder and settings are named again.
        started_as: What Python was given to run (`sys.argv[0]`).
    """
    given = Path(started_as)
    own = (str(given.resolve()),) if given.name == "main.py" else ("-m", "nurse_station")
    words = [sys.executable, *own, "practise"]
    for option, named in (("--data-dir", options.data_dir), ("--settings", options.settings)):
        if named:
            words += [option, str(Path(named).resolve())]
    return tuple(words)


def practice_closed(options: argparse.Namespace) -> str:
    """Why practice cannot be opened now, e.g. it is open already, one sentence; empty: it can."""
    from nurse_station.commands.practise import DOOR, FOLDER, one_at_a_time

    folder = patients_folder(options) / FOLDER
    try:
        with one_at_a_time(folder):
            return ""
    except UserError as error:
        if DirectoryLock(folder / DOOR).held():
            return OPEN
        sentence = str(error)
        return sentence[:1].upper() + sentence[1:]

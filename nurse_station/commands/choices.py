"""What several verbs look up: a monitor family by its key, the folder of the record and whose it is."""

import argparse
import sys
from pathlib import Path

from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol_folder import Offered, offered
from nurse_station.records.copies import BackupPlan
from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RecordError
from nurse_station.settings.file import load
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import (
    backup_folder,
    data_folder,
    protocols_folder,
    settings_file,
    simulation_folder,
)


def driver_called(key: str) -> Driver:
    """The monitor family. Raises UserError, naming those there are."""
    driver = DRIVERS.get(key)
    if driver is None:
        msg = f"there is no monitor family {key!r}; there is: {', '.join(DRIVERS)}"
        raise UserError(msg)
    return driver


def file_called(name: str) -> Path:
    """An existing file. Raises UserError."""
    path = Path(name)
    if not path.is_file():
        msg = f"{name} is no file: check its name"
        raise UserError(msg)
    return path


def settings_path(options: argparse.Namespace) -> Path:
    """The settings file that was named, else the user's own."""
    named = getattr(options, "settings", None)
    return Path(named) if named else settings_file()


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings. Raises UserError for a file with a mistake."""
    with in_one_sentence():
        return load(settings_path(options))


def protocols_of(options: argparse.Namespace, settings: Settings) -> Offered:
    """The clinic's own protocols and the program's. What is wrong with one stands in its `troubles`."""
    folder = protocols_folder(settings, settings_path(options))
    return offered(folder, wanted=bool(settings.protocols_dir))


def protocols_told(options: argparse.Namespace) -> Offered:
    """The same where nothing else would show the troubles: each is a line on stderr."""
    found = protocols_of(options, settings_of(options))
    for trouble in found.troubles:
        print(f"nurse-station: {trouble}", file=sys.stderr)
    return found


def data_dir(options: argparse.Namespace) -> Path:
    """The folder of the record: named here, else set in the settings, else the user's own.

    What is simulated or replayed has a folder of its own in it, wherever it is.
    """
    folder = patients_folder(options)
    return simulation_folder(folder) if is_practice(options) else folder


def patients_folder(options: argparse.Namespace) -> Path:
    """The folder of the patients' record, whatever was asked for."""
    return Path(options.data_dir) if options.data_dir else data_folder(settings_of(options))


def is_practice(options: argparse.Namespace) -> bool:
    """Whether what is asked for is simulated or replayed, and so kept apart from patients."""
    return any(getattr(options, word, None) for word in ("simulate", "replay", "simulation"))


def session_folder(options: argparse.Namespace) -> Path:
    """The folder of the record that a session is read from. Raises UserError where only the other has it."""
    folder, patients = data_dir(options), patients_folder(options)
    other = patients if is_practice(options) else simulation_folder(patients)
    if options.session and not holds(folder, options.session) and holds(other, options.session):
        hint = "leave --simulation out" if is_practice(options) else "add --simulation"
        whose = "simulations; patients have" if is_practice(options) else "patients; the simulations have"
        msg = f"there is no session {options.session} in the record of {whose} one of that name: {hint}"
        raise UserError(msg)
    return folder


def holds(folder: Path, session: str) -> bool:
    """Whether the record in a folder has the session."""
    try:
        with RecordReader(folder) as reader:
            reader.number(session)
    except RecordError:
        return False
    return True


def backup_plan(settings: Settings) -> BackupPlan | None:
    """Where and how often the record is copied; None: the clinic set no second folder."""
    folder = backup_folder(settings)
    return None if folder is None else BackupPlan(folder=folder, every_s=settings.backup_minutes * 60)

"""What several verbs look up: a monitor family by its key, the folder of the record."""

import argparse
from pathlib import Path

from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.copies import BackupPlan
from nurse_station.settings.file import load
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import backup_folder, data_folder, settings_file


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


def data_dir(options: argparse.Namespace) -> Path:
    """The folder of the record: named here, else set in the settings, else the user's own."""
    return Path(options.data_dir) if options.data_dir else data_folder(settings_of(options))


def backup_plan(settings: Settings) -> BackupPlan | None:
    """Where and how often the record is copied; None: the clinic set no second folder."""
    folder = backup_folder(settings)
    return None if folder is None else BackupPlan(folder=folder, every_s=settings.backup_minutes * 60)

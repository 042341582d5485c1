"""Where settings, record and log are kept when nobody says otherwise. Makes no folder."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

from nurse_station.settings.model import Settings

_APP = "nurse-station"


def settings_file() -> Path:
    """The user's settings file; it need not exist."""
    return user_config_path(_APP, appauthor=False) / "settings.toml"


def data_folder(settings: Settings) -> Path:
    """The folder of the record: the one set, else the user's own."""
    if settings.data_dir:
        return Path(settings.data_dir).expanduser()
    return user_data_path(_APP, appauthor=False)


def simulation_folder(folder: Path) -> Path:
    """Where what is simulated or replayed is kept: apart, within the folder of the patients' record."""
    return folder / "simulation"


def limits_file(settings: Settings, beside: Path) -> Path:
    """The file of the clinic's alarm limits: the one set, else `limits.toml` beside the settings file."""
    if settings.limits_file:
        return Path(settings.limits_file).expanduser()
    return beside.with_name("limits.toml")


def protocols_folder(settings: Settings, beside: Path) -> Path:
    """The folder of the clinic's own protocols: the one set, else `protocols` beside the settings file."""
    if settings.protocols_dir:
        return Path(settings.protocols_dir).expanduser()
    return beside.with_name("protocols")


def backup_folder(settings: Settings) -> Path | None:
    """The second folder of the record; None: none is set."""
    return Path(settings.backup_dir).expanduser() if settings.backup_dir else None


def log_folder() -> Path:
    """The folder of the log file."""
    return user_log_path(_APP, appauthor=False)

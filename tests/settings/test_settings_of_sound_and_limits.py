"""Where the clinic's limits are, and how loud alarms are: kept, and never silent."""

from pathlib import Path

import pytest

from nurse_station.commands.settings_book import SettingsBook
from nurse_station.settings.errors import SettingsError
from nurse_station.settings.file import load, save
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import limits_file


def test_the_clinics_limits_are_beside_the_settings_unless_another_file_is_named(tmp_path: Path) -> None:
    assert limits_file(Settings(), tmp_path / "settings.toml") == tmp_path / "limits.toml"
    named = Settings(limits_file=str(tmp_path / "ours.toml"))
    assert limits_file(named, tmp_path / "settings.toml") == tmp_path / "ours.toml"


@pytest.mark.parametrize(("asked", "kept"), [(0.5, 0.5), (0.1, 0.25), (1.0, 1.0)])
def test_a_volume_that_was_set_is_kept(tmp_path: Path, asked: float, kept: float) -> None:
    book = SettingsBook(tmp_path / "settings.toml", Settings())
    book.set_volume(asked)
    assert load(tmp_path / "settings.toml").sound_volume == kept


def test_the_settings_dialog_does_not_bring_an_older_volume_back(tmp_path: Path) -> None:
    book = SettingsBook(tmp_path / "settings.toml", Settings())
    book.set_volume(0.5)
    book.save(Settings(theme="light"))
    assert (book.settings.sound_volume, book.settings.theme) == (0.5, "light")


def test_a_silent_volume_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        save(tmp_path / "settings.toml", Settings(sound_volume=0.0))

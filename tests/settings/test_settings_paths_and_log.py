"""Where things are kept by default, and the log file."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from nurse_station.settings.errors import SettingsError
from nurse_station.settings.log import FILE_BYTES, FILES, start_log, stop_log
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import data_folder, log_folder, settings_file

LOG = logging.getLogger("nurse_station.test")


@pytest.fixture(autouse=True)
def _closed_log() -> Iterator[None]:
    yield
    stop_log()
    logging.getLogger("nurse_station").setLevel(logging.NOTSET)


def test_the_settings_file_is_the_users_own() -> None:
    assert settings_file().parts[-2:] == ("nurse-station", "settings.toml")


def test_the_record_is_where_it_was_set() -> None:
    assert data_folder(Settings(data_dir="~/record")) == Path.home() / "record"


def test_the_record_is_the_users_own_when_nothing_was_set() -> None:
    assert data_folder(Settings()).is_absolute()
    assert "nurse-station" in log_folder().parts


def test_a_line_is_an_event_with_its_utc_time(tmp_path: Path) -> None:
    file = start_log(tmp_path / "logs", "info")
    record = LOG.makeRecord(LOG.name, logging.WARNING, "", 0, "port %s\nwent", ("COM4",), None)
    record.created, record.msecs = 0.25, 250.0
    LOG.handle(record)
    assert file.read_text() == "1970-01-01T00:00:00.250Z WARNING nurse_station.test: port COM4\\nwent\n"


def test_the_level_is_kept(tmp_path: Path) -> None:
    file = start_log(tmp_path, "warning")
    LOG.info("nothing to see")
    assert file.read_text() == ""


def test_starting_again_ends_the_former_file(tmp_path: Path) -> None:
    first = start_log(tmp_path / "a", "info")
    start_log(tmp_path / "b", "info")
    LOG.info("once")
    assert first.read_text() == ""


def test_the_log_never_outgrows_its_files(tmp_path: Path) -> None:
    start_log(tmp_path, "info")
    for _ in range(6 * FILE_BYTES // 100_000):
        LOG.info("x" * 100_000)
    files = list(tmp_path.iterdir())
    assert len(files) == FILES
    assert all(file.stat().st_size <= FILE_BYTES for file in files)


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        start_log(tmp_path / "file", "info")

"""The log file: what the program did, for whoever looks after it. Never a patient's name, number or value."""

import logging
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from nurse_station.settings.errors import SettingsError

FILES = 5
FILE_BYTES = 1_000_000
LOGGER = "nurse_station"


class _OneLine(logging.Formatter):
    """UTC times, and no line break inside a message: a line of the file is an event."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
        )
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


def start_log(folder: Path, level: str) -> Path:
    """Write the program's log to `folder`, in five files of a megabyte at most; the newest has no number.

    Args:
        level: "debug", "info", "warning" or "error".

    Returns:
        The file. Calling again ends the former file.

    Raises:
        SettingsError: the folder cannot be written to; the sentence says so. The station can go on without.
    """
    file = folder / "nurse-station.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")
    except OSError as error:
        msg = (
            f"{file} cannot be written ({error.strerror}); the station runs without a log file until it can."
        )
        raise SettingsError(msg) from error
    handler.setFormatter(_OneLine())
    stop_log()
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(level.upper())
    return file


def stop_log() -> None:
    """Close the log file, if one is open."""
    logger = logging.getLogger(LOGGER)
    for handler in [handler for handler in logger.handlers if isinstance(handler, RotatingFileHandler)]:
        logger.removeHandler(handler)
        handler.close()

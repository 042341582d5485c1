"""The clinic's alarm limits: the factory's, and the clinic's file over them. Overwrites no broken file.

A file that cannot be read, or has a mistake, does not keep anyone from monitoring: the factory's limits
count, `trouble` says so, and the file stays as it is until a person has mended it.
"""

import logging
from pathlib import Path

from nurse_station.alarms.limit_files import factory_file, load, save
from nurse_station.alarms.limits import Limits, LimitsError

log = logging.getLogger(__name__)


class LimitBook:
    """Holds the limits that a new patient starts with.

    Attributes:
        limits: Of the factory and the clinic.
        trouble: Why the clinic's file is not in use, one sentence; empty: it is, or there is none.
    """

    def __init__(self, path: Path | None = None, *, kept: bool = True) -> None:
        """Read the clinic's file at `path`; None: there is no such file.

        Changes last for this run where there is no file, and where they are not to be kept.
        """
        self._path = path if kept else None
        self.trouble = ""
        self.limits = Limits(factory=load(factory_file()))
        if path is not None:
            self._read(path)

    def keep(self, limits: Limits) -> None:
        """Write the clinic's limits, which count from now on. Raises LimitsError: then nothing changed."""
        if self.trouble:
            raise LimitsError(self.trouble)
        if self._path is not None:
            save(self._path, limits.clinic)
        self.limits = limits.for_new_patient()

    def _read(self, path: Path) -> None:
        try:
            self.limits = Limits(factory=self.limits.factory, clinic=load(path))
        except LimitsError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return  # the clinic has set nothing yet
            why = str(error) if str(path) in str(error) else f"{path}: {error}"
            self.trouble = f"The factory's alarm limits are in use, not the clinic's: {why}"
            log.error("%s", self.trouble)

"""The settings while the station runs: the window and the station both change them, one file holds them."""

import logging
import threading
from dataclasses import replace
from pathlib import Path

from nurse_station.audio.mixer import VOLUME_FLOOR
from nurse_station.settings.errors import SettingsError
from nurse_station.settings.file import save
from nurse_station.settings.model import MonitorSettings, Settings
from nurse_station.station.commands import ArrangeBeds, ConnectMonitor

log = logging.getLogger(__name__)


class SettingsBook:
    """Holds the settings and writes each change to their file. Any thread may call it."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.settings = settings
        self._path = path
        self._lock = threading.Lock()

    def save(self, settings: Settings) -> None:
        """Write what a person set; the monitors stay those that are connected, the volume as it was set last.

        Raises SettingsError.
        """
        with self._lock:
            monitors = {bed.key: bed.monitors for bed in self.settings.beds}
            beds = tuple(replace(bed, monitors=monitors.get(bed.key, bed.monitors)) for bed in settings.beds)
            self._write(replace(settings, beds=beds, sound_volume=self.settings.sound_volume))

    def set_volume(self, share: float) -> None:
        """Write how loud alarms are."""
        with self._lock:
            self._try_to_write(replace(self.settings, sound_volume=max(round(share, 2), VOLUME_FLOOR)))

    def remember(self, bed: str, connected: tuple[ConnectMonitor, ...]) -> None:
        """Write which monitors a bed has, so that they are connected when the program starts again."""
        monitors = tuple(
            MonitorSettings(driver=m.driver, kind=m.kind.value, port=m.port, serial_number=m.serial_number,
                            baud_rate=m.baud_rate or 0)
            for m in connected
        )  # fmt: skip
        with self._lock:
            beds = tuple(
                replace(each, monitors=monitors) if each.key == bed else each for each in self.settings.beds
            )
            self._try_to_write(replace(self.settings, beds=beds))

    def rename(self, bed: str, name: str) -> None:
        """Write the name that a bed was given."""
        with self._lock:
            beds = tuple(replace(each, name=name) if each.key == bed else each for each in self.settings.beds)
            self._try_to_write(replace(self.settings, beds=beds))

    def arrangement(self) -> ArrangeBeds:
        """The beds as the station is to have them."""
        beds = tuple((bed.key, bed.name) for bed in self.settings.beds)
        return ArrangeBeds(beds=beds, clinic=self.settings.clinic)

    def _try_to_write(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        try:
            self._write(settings)
        except SettingsError as error:  # it is in use all the same; only the next start will not know
            log.warning("not remembered: %s", error)

    def _write(self, settings: Settings) -> None:
        save(self._path, settings)
        self.settings = settings

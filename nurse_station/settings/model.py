"""The settings as frozen values, with the defaults of a new installation. Reads no file, checks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorSettings:
    """A monitor that belongs to a bed.

    Attributes:
        driver: Key of the monitor family.
        kind: "serial", "capture" or "simulator".
        port: Path of the port or file, or socket://host:port; for a simulator, empty.
        serial_number: Of the USB adaptor, so that a renumbered port is found; may be empty.
        baud_rate: Of a serial line, bit/s; 0: the usual one of the family.
    """

    driver: str
    kind: str = "serial"
    port: str = ""
    serial_number: str = ""
    baud_rate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BedSettings:
    """A place where a patient lies or sits.

    Attributes:
        key: The word in the record; never changes, even when the bed is renamed.
        name: What the clinic calls it.
        monitors: At most one of each family.
    """

    key: str
    name: str
    monitors: tuple[MonitorSettings, ...] = ()


NEW_BED = BedSettings(key="chair-1", name="Chair 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a clinic sets. `nurse_station.settings.fields` says what each may be.

    Attributes:
        clinic: The clinic's name; may be empty.
        theme: "dark", "light" or "contrast".
        text_scale: 1 to 2.
        sweep_mm_s: 6.25, 12.5, 25 or 50 mm of screen a second.
        co2_unit: "mmHg" or "kPa".
        temperature_unit: "Cel" or "degF" (UCUM).
        colours: Colour token of a parameter -> "#rrggbb", where the clinic's differs from the theme's.
        data_dir: Folder of the record; empty: the user's data folder.
        sound_volume: Of alarms, share of full amplitude: 0.25 to 1, never silent.
        sound_output: Name of the sound output; empty: the computer's own choice.
        limits_file: File of the clinic's alarm limits; empty: `limits.toml` beside the settings.
        protocols_dir: Folder of the clinic's own infusion protocols; empty: `protocols` beside the settings.
        sources: Parameter -> keys of monitor families in the clinic's order, where a bed has several monitors
            and the clinic's order differs from the station's.
        backup_dir: Second folder, where the record is copied to; empty: it is copied nowhere.
        backup_minutes: From one copy to the next, 5 to 1440.
        keep_years: A patient's session cannot be deleted earlier; 0 to 100.
        raw_days: So long the raw bytes of the monitors' lines are kept: 1 to 36500.
        beds: In the clinic's order; at least one.
        log_level: "debug", "info", "warning" or "error".
    """

    clinic: str = ""
    theme: str = "dark"
    text_scale: float = 1.0
    sweep_mm_s: float = 25.0
    co2_unit: str = "mmHg"
    temperature_unit: str = "Cel"
    data_dir: str = ""
    log_level: str = "info"
    sound_volume: float = 0.8
    sound_output: str = ""
    limits_file: str = ""
    protocols_dir: str = ""
    backup_dir: str = ""
    backup_minutes: float = 60.0
    keep_years: float = 10.0
    raw_days: float = 90.0
    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    beds: tuple[BedSettings, ...] = (NEW_BED,)

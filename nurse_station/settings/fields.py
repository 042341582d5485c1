"""The table of settings: what each is called and may be, and what a new file says of it. A row adds one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.settings.model import MonitorSettings, Settings
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.waves import WAVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One setting.

    Attributes:
        name: The word in the file.
        kind: str, int, or float (a whole number will do).
        wants: What to write, as the end of the sentence "write ...".
        among: All that is allowed; empty: not a choice.
        within: Lowest and highest number; None: not limited.
        pattern: What the whole text must match; None: any.
        default: Value where the file is silent; None: it must be written.
        comment: What a new file says above it.
    """

    name: str
    kind: type[str] | type[int] | type[float]
    wants: str
    default: str | float | None
    comment: str = ""
    among: tuple[str | float, ...] = ()
    within: tuple[float, float] | None = None
    pattern: re.Pattern[str] | None = None

    def accepts(self, value: object) -> bool:
        """Whether `value`, as TOML gave it, may stand here."""
        if isinstance(value, bool) or not isinstance(
            value, (int, float) if self.kind is float else self.kind
        ):
            return False
        if self.among:
            return value in self.among
        if self.within is not None and not isinstance(value, str):
            return self.within[0] <= value <= self.within[1]
        return self.pattern is None or self.pattern.fullmatch(str(value)) is not None


# One line: no control characters, nothing that turns the direction of writing, no halves of a surrogate pair.
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
LINE = re.compile(f"[^{_UNSEEN}]{{0,200}}")
NAME = re.compile(rf"(?=.{{1,40}}$)[^\s{_UNSEEN}]([^{_UNSEEN}]*[^\s{_UNSEEN}])?")
KEY = re.compile(r"(?=.{1,40}$)[a-z0-9]+([-_][a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
FULL_PATH = re.compile(rf"|(/|~|[A-Za-z]:[\\/]|\\\\)[^{_UNSEEN}]*")

_DEFAULT = Settings()
_MONITOR = MonitorSettings(driver="x")

TOP: tuple[Field, ...] = (
    Field(name="clinic", kind=str, pattern=LINE, default=_DEFAULT.clinic,
          wants="one line of text",
          comment="The clinic's name, shown at the top of the screen."),
    Field(name="theme", kind=str, among=("dark", "light", "contrast"), default=_DEFAULT.theme,
          wants='"dark", "light" or "contrast"', comment="dark, light or contrast."),
    Field(name="text_scale", kind=float, within=(1.0, 2.0), default=_DEFAULT.text_scale,
          wants="a number from 1 to 2", comment="Size of text: 1 to 2 times the usual."),
    Field(name="sweep_mm_s", kind=float, among=(6.25, 12.5, 25.0, 50.0), default=_DEFAULT.sweep_mm_s,
          wants="6.25, 12.5, 25 or 50",
          comment="Speed of ECG and pleth in mm/s: 6.25, 12.5, 25 or 50; breathing waves: 6.25 at most."),
    Field(name="co2_unit", kind=str, among=("mmHg", "kPa"), default=_DEFAULT.co2_unit,
          wants='"mmHg" or "kPa"', comment="Unit of CO2 on the screen: mmHg or kPa."),
    Field(name="temperature_unit", kind=str, among=("Cel", "degF"), default=_DEFAULT.temperature_unit,
          wants='"Cel" or "degF"', comment="Unit of temperatures on the screen: Cel or degF."),
    Field(name="data_dir", kind=str, pattern=FULL_PATH, default=_DEFAULT.data_dir,
          wants="a full path, or \"\" for the user's data folder",
          comment="Folder of the record, a full path. Empty: the user's data folder."),
    Field(name="log_level", kind=str, among=("debug", "info", "warning", "error"), default=_DEFAULT.log_level,
          wants='"debug", "info", "warning" or "error"',
          comment="How much the log file tells: debug, info, warning or error."),
    Field(name="sound_volume", kind=float, within=(0.25, 1.0), default=_DEFAULT.sound_volume,
          wants="a number from 0.25 to 1", comment="How loud alarms are: 0.25 to 1. They are never silent."),
    Field(name="sound_output", kind=str, pattern=LINE, default=_DEFAULT.sound_output,
          wants="the name of a sound output, or \"\" for the computer's own choice",
          comment="Name of the sound output. Empty: the one that the computer uses."),
    Field(name="limits_file", kind=str, pattern=FULL_PATH, default=_DEFAULT.limits_file,
          wants="a full path, or \"\" for limits.toml beside this file",
          comment="The clinic's alarm limits, a full path. Empty: limits.toml beside this file."),
    Field(name="protocols_dir", kind=str, pattern=FULL_PATH, default=_DEFAULT.protocols_dir,
          wants="a full path, or \"\" for the folder protocols beside this file",
          comment="The clinic's own infusion protocols, a full path. Empty: protocols beside this file."),
    Field(name="backup_dir", kind=str, pattern=FULL_PATH, default=_DEFAULT.backup_dir,
          wants="a full path, or \"\" for no copies",
          comment="Second folder, where the record is copied to while the station runs. Empty: no copies."),
    Field(name="backup_minutes", kind=float, within=(5.0, 1440.0), default=_DEFAULT.backup_minutes,
          wants="a number from 5 to 1440",
          comment="Minutes from one copy of the record to the next: 5 to 1440."),
    Field(name="keep_years", kind=float, within=(0.0, 100.0), default=_DEFAULT.keep_years,
          wants="a number from 0 to 100",
          comment="Years in which no patient's session can be deleted: 0 to 100. None is deleted by itself."),
    Field(name="raw_days", kind=float, within=(1.0, 36500.0), default=_DEFAULT.raw_days,
          wants="a number from 1 to 36500",
          comment="Days for which the raw bytes of the lines are kept: 1 to 36500. The record itself stays."),
)  # fmt: skip

BED: tuple[Field, ...] = (
    Field(name="key", kind=str, pattern=KEY, default=None,
          wants="up to 40 small letters and digits, with hyphens between them"),
    Field(name="name", kind=str, pattern=NAME, default=None, wants="a name of 1 to 40 characters"),
)  # fmt: skip

MONITOR: tuple[Field, ...] = (
    Field(name="driver", kind=str, pattern=KEY, default=None, wants="the key of a monitor family"),
    Field(name="kind", kind=str, among=("serial", "capture", "simulator"), default=_MONITOR.kind,
          wants='"serial", "capture" or "simulator"'),
    Field(name="port", kind=str, pattern=LINE, default=_MONITOR.port,
          wants="the path of a port or file, or socket://host:port"),
    Field(name="serial_number", kind=str, pattern=LINE, default=_MONITOR.serial_number,
          wants="the USB adaptor's serial number"),
    Field(name="baud_rate", kind=int, within=(0, 1_000_000), default=_MONITOR.baud_rate,
          wants="the monitor's speed in bit/s, or 0 for the usual one of its family"),
)  # fmt: skip

COLOUR_TOKENS: tuple[str, ...] = tuple(
    dict.fromkeys([row.colour for row in PARAMETERS.values()] + [row.colour for row in WAVES.values()])
)
COLOURS: tuple[Field, ...] = tuple(
    Field(name=token, kind=str, pattern=COLOUR, default=None,
          wants="a colour as #rrggbb")
    for token in COLOUR_TOKENS
)  # fmt: skip

BY_NAME: Mapping[str, Field] = MappingProxyType({row.name: row for row in TOP})

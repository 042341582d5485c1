"""What a station is built from. Values and callables only; opens nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nurse_station.audio.speaker import SilentSpeaker, Speaker
from nurse_station.devices.contract import Driver, Patient
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.records.copies import BackupPlan
from nurse_station.station.commands import ConnectMonitor
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.preferences import Preferences
from nurse_station.vitals.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What a station is built from.

    Attributes:
        clock: Passed to everything.
        drivers: The monitor families, by key.
        patient: Makes the simulated patient with a seed.
        data_dir: Where the record is.
        practice: What happens here is simulated, and the record one of practice: no serial port is connected.
            Else it is of patients, and nothing simulated or recorded is connected.
        backup: Where the record is copied to while the station runs; None: nowhere.
        raw_days: For so long the raw bytes of lines are kept beside the record.
        clinic: The clinic's name; may be empty.
        beds: (key, name) of each bed in the clinic's order.
        renamed: Told when a bed was given another name (key, name).
        remember: Told when the serial monitors of a bed changed, so that they are connected next time.
        speaker: What alarms are heard from; closed by the station. The silent one raises `no_audio`.
        limits: The limits that a new patient starts with.
        protocols: The infusion protocols, by key; the first is offered first.
        preferences: Which monitor is believed first where a bed has several.
        volume_set: Told when the volume was set, above 0 to 1.
        beat: Called after each step that was whole, so that a watchdog knows that the station goes on.
        unwatched: Why nothing would sound if the station stopped, one sentence; empty: nothing is known.
    """

    clock: Clock
    drivers: Mapping[str, Driver]
    patient: Callable[[int], Patient]
    data_dir: Path
    practice: bool = False
    backup: BackupPlan | None = None
    raw_days: float = 90.0
    clinic: str = ""
    beds: Sequence[tuple[str, str]] = (("chair-1", "Chair 1"),)
    remember: Callable[[str, tuple[ConnectMonitor, ...]], None] = lambda bed, monitors: None
    renamed: Callable[[str, str], None] = lambda bed, name: None
    speaker: Speaker = field(default_factory=SilentSpeaker)
    limits: LimitBook = field(default_factory=LimitBook)
    protocols: Mapping[str, Protocol] = field(default_factory=lambda: load_all(factory_folder()))
    preferences: Preferences = field(default_factory=Preferences)
    volume_set: Callable[[float], None] = lambda share: None
    beat: Callable[[], None] = lambda: None
    unwatched: Callable[[], str] = lambda: ""

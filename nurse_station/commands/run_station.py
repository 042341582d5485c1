"""The station itself, run where no verb is named: options and settings -> beds, record, window."""

import argparse
import logging
import math
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from nurse_station import __version__
from nurse_station.alarms.limits import LimitsError
from nurse_station.audio.player import MiniaudioSpeaker
from nurse_station.audio.speaker import SilentSpeaker, Speaker
from nurse_station.audio.vigil import SCREEN, STATION
from nurse_station.audio.watchdog import Watchdog
from nurse_station.commands.choices import (
    backup_plan,
    data_dir,
    driver_called,
    file_called,
    is_practice,
    protocols_of,
    settings_of,
    settings_path,
)
from nurse_station.commands.headless import run_headless, run_replay
from nurse_station.commands.patients import simulated_patient
from nurse_station.commands.practice_way import practice_closed, practice_command
from nurse_station.commands.screen import has_screen as _has_screen
from nurse_station.commands.settings_book import SettingsBook
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.commands.watch_mark import patients_watched
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol_folder import Offered
from nurse_station.settings.errors import SettingsError
from nurse_station.settings.log import start_log
from nurse_station.settings.model import BedSettings, Settings
from nurse_station.settings.paths import limits_file, log_folder
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.equipment import Equipment
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.preferences import Preferences
from nurse_station.station.station import Station
from nurse_station.vitals.clock import Clock, SystemClock

log = logging.getLogger(__name__)

SIMULATED_BEDS = 2
SWITCH_INTERVAL_S = 0.001
"""Python's own 5 ms would let a busy window hold an incoming frame up for tens of milliseconds."""


def run(options: argparse.Namespace) -> int:
    """Run until the window is closed, the replay has ended, or it is interrupted."""
    with nullcontext() if is_practice(options) else patients_watched():
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    settings = settings_of(options)
    monitors = _monitors(options, settings)
    folder = data_dir(options)
    beside = options.data_dir or is_practice(options)
    _start_log(folder / "log" if beside else log_folder(), settings.log_level)
    _tell_of_practice(options, settings)
    headless = options.headless or not _has_screen()
    if headless and not options.headless:
        print(
            "nurse-station: there is no screen here, so the station runs without a window.", file=sys.stderr
        )
    if headless and options.replay and math.isinf(options.speed):
        [replay] = monitors
        return run_replay(replay, folder, settings, _beds(options, settings))
    clock = SystemClock()
    book = SettingsBook(settings_path(options), settings)
    watchdog = Watchdog(folder / "watchdog")
    station = _opened_station(options, book, folder, clock, watchdog)
    for monitor in monitors:
        station.send(monitor)
    log.info("nurse-station %s starts with %d beds", __version__, len(station.snapshot().beds))
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    station.start()
    if not options.no_sound:
        watchdog.start()
    try:
        code = run_headless(station) if headless else _run_window(station, book, options, watchdog)
        watchdog.farewell()  # only here: a program that fails is no wanted end
    finally:
        station.stop()
    return code


def _opened_station(
    options: argparse.Namespace, book: SettingsBook, folder: Path, clock: Clock, watchdog: Watchdog
) -> Station:
    settings = book.settings
    own_monitors = not (options.simulate or options.replay or options.port)
    speaker = _speaker(options, settings, clock)
    station = Station(
        Equipment(
            clock=clock,
            drivers=DRIVERS,
            patient=simulated_patient,
            data_dir=folder,
            practice=is_practice(options),
            backup=None if is_practice(options) else backup_plan(settings),
            raw_days=settings.raw_days,
            clinic=settings.clinic,
            beds=[(bed.key, bed.name) for bed in _beds(options, settings)],
            speaker=speaker,
            limits=_limits(options, settings),
            protocols=_protocols(options, settings),
            preferences=_preferences(settings),
            beat=partial(watchdog.beat, STATION),
            unwatched=lambda: watchdog.trouble,
            # What is tried on the command line is not what the clinic has set.
            volume_set=(lambda share: None) if is_practice(options) else book.set_volume,
            remember=book.remember if own_monitors else lambda bed, monitors: None,
            renamed=book.rename if own_monitors else lambda bed, name: None,
        )
    )
    with in_one_sentence():
        station.open()
    if isinstance(speaker, MiniaudioSpeaker):
        speaker.open()
    return station


def _limits(options: argparse.Namespace, settings: Settings) -> LimitBook:
    try:
        return LimitBook(limits_file(settings, settings_path(options)), kept=not is_practice(options))
    except LimitsError as error:  # the factory's own: without any limit nothing can be watched
        raise UserError(str(error)) from error


def _protocols(options: argparse.Namespace, settings: Settings) -> Offered:
    """The clinic's own protocols and the program's. What is wrong with one is logged."""
    found = protocols_of(options, settings)
    for trouble in found.troubles:
        log.error("%s", trouble)
    return found


def _preferences(settings: Settings) -> Preferences:
    """The clinic's own orders of monitors. Raises UserError for a family that there is not."""
    for families in settings.sources.values():
        for family in families:
            driver_called(family)
    return Preferences(clinic=settings.sources)


def _speaker(options: argparse.Namespace, settings: Settings, clock: Clock) -> Speaker:
    """What alarms are heard from. Without sound the station says so: silence is never health."""
    if options.no_sound:
        return SilentSpeaker("The station was started with --no-sound: watch the screen.")
    return MiniaudioSpeaker(clock, volume=settings.sound_volume, output=settings.sound_output)


def _run_window(station: Station, book: SettingsBook, options: argparse.Namespace, watchdog: Watchdog) -> int:
    from nurse_station.ui.practice_door import PracticeDoor
    from nurse_station.ui.window import open_window

    def save(settings: Settings) -> None:
        kept = {bed.key for bed in settings.beds}
        left_out = [bed for bed in station.snapshot().beds if bed.bed not in kept]
        busy = [bed.name for bed in left_out if bed.lines or bed.session]
        if busy:
            msg = f"{', '.join(busy)} cannot be removed while in use: end the session there first."
            raise SettingsError(msg)
        book.save(settings)
        station.send(book.arrangement())

    door = PracticeDoor(command=practice_command(options, sys.argv[0]),
                        closed=partial(practice_closed, options))  # fmt: skip
    return open_window(station, book.settings, fullscreen=options.fullscreen, save=save, practice=door,
                       beat=partial(watchdog.beat, SCREEN), at_alarms=station.call_at_alarms)  # fmt: skip


def _beds(options: argparse.Namespace, settings: Settings) -> Sequence[BedSettings]:
    """The beds of the settings; as many as were asked for on the command line."""
    wanted = options.beds or (SIMULATED_BEDS if options.simulate else len(settings.beds))
    wanted = max(wanted, 1)
    keys = {bed.key for bed in settings.beds}
    new = (f"chair-{number}" for number in range(1, 65 + len(keys)))
    more = [BedSettings(key=key, name=key.replace("chair-", "Chair ")) for key in new if key not in keys]
    return [*settings.beds, *more][: wanted if options.beds or options.simulate else len(settings.beds)]


def _monitors(options: argparse.Namespace, settings: Settings) -> list[ConnectMonitor]:
    """What is to be connected at the start."""
    beds = _beds(options, settings)
    if options.simulate:
        driver = options.monitor or next(iter(DRIVERS))
        driver_called(driver)
        return [
            ConnectMonitor(bed=bed.key, driver=driver, kind=PortKind.SIMULATOR, seed=number)
            for number, bed in enumerate(beds, 1)
        ]
    if options.port or options.replay:
        return [_named(options, beds[0].key)]
    return [
        ConnectMonitor(bed=bed.key, driver=monitor.driver, kind=PortKind(monitor.kind), port=monitor.port,
                       serial_number=monitor.serial_number, baud_rate=monitor.baud_rate or None)
        for bed in beds
        for monitor in bed.monitors
    ]  # fmt: skip


def _tell_of_practice(options: argparse.Namespace, settings: Settings) -> None:
    """Say it of a bed whose settings give it what a station for patients does not connect."""
    if options.simulate or options.replay or options.port:
        return
    for bed in settings.beds:
        for kind in {monitor.kind for monitor in bed.monitors} - {PortKind.SERIAL.value}:
            msg = (f"{settings_path(options)} gives {bed.name} a {kind}, and a station for patients connects "
                   "none: take it out there, and practise with --simulate")  # fmt: skip
            log.warning("%s", msg)
            print(f"nurse-station: {msg}.", file=sys.stderr)


def _named(options: argparse.Namespace, bed: str) -> ConnectMonitor:
    what = "--port" if options.port else "--replay"
    if not options.monitor:
        msg = f"{what} needs --monitor KEY: which monitor it is; there is: {', '.join(DRIVERS)}"
        raise UserError(msg)
    driver_called(options.monitor)
    if options.port:
        return ConnectMonitor(bed=bed, driver=options.monitor, kind=PortKind.SERIAL, port=options.port,
                              baud_rate=options.baud)  # fmt: skip
    path = str(file_called(options.replay))
    return ConnectMonitor(bed=bed, driver=options.monitor, kind=PortKind.CAPTURE, port=path,
                          speed=options.speed)  # fmt: skip


def _start_log(folder: Path, level: str) -> None:
    try:
        with in_one_sentence():
            start_log(folder, level)
    except UserError as error:  # a station without a log file still monitors
        print(f"nurse-station: {error}", file=sys.stderr)

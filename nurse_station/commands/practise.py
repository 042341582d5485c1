"""`practise`: a patient to practise on, in windows of its own. Never opens the patients' record.

It lives in `practice` inside the data folder, and one at a time. While a station watches patients on the
computer, practice is not heard and holds no sound output: nobody shall mistake its alarms for theirs.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from nurse_station.alarms.limits import Limits, LimitsError
from nurse_station.audio.player import MiniaudioSpeaker
from nurse_station.audio.speaker import SilentSpeaker, Speaker
from nurse_station.audio.speech import Mute, Voice, found
from nurse_station.classroom.room import Classroom
from nurse_station.commands.choices import patients_folder, protocols_of, settings_of, settings_path
from nurse_station.commands.hushed import Ears, HushedSpeaker, HushedVoice
from nurse_station.commands.run_station import SWITCH_INTERVAL_S
from nurse_station.commands.screen import has_screen
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.commands.watch_mark import are_patients_watched
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.lock import LOCK_FILE, DirectoryLock
from nurse_station.records.state import RecordError
from nurse_station.settings.log import start_log
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import limits_file
from nurse_station.station.limit_book import LimitBook
from nurse_station.vitals.clock import Clock, SystemClock

FOLDER, DOOR = "practice", "door"
NICE = 10
"""How far practice steps back, 0 to 19: a station's alarms come first."""
NO_SCREEN = "practice needs a screen, and there is none here; `train` runs a scripted nurse without one"
NO_SOUND = "Practice was started with --no-sound: watch the screen."
NO_SPEECH = "Practice was started with --no-sound: the patient's words are text only."
LOOK_THERE = "Patients are watched on this computer: look there too."
WATCHED = f"{LOOK_THERE} Practice is not heard, lest its alarms be taken for theirs."
TWICE = "practice is open already{holder}: close that one, or choose another data directory with --data-dir."


def run(options: argparse.Namespace) -> int:
    """Practise until the chooser is closed."""
    settings = settings_of(options)
    folder = patients_folder(options)
    if not has_screen():
        raise UserError(NO_SCREEN)
    step_back()
    with one_at_a_time(folder / FOLDER), Ears(partial(silence, folder, no_sound=options.no_sound)) as ears:
        _start_log(folder / FOLDER / "log", settings.log_level)
        classroom = _classroom(options, settings, folder, ears)
        _check(classroom, options.scenario)
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        from nurse_station.ui.practice.openers import Choices, open_practice

        with closing(made_voice(ears, no_sound=options.no_sound)) as voice:
            choices = Choices(
                scenario=options.scenario or "", trainee=options.trainee, seed=options.seed,
                hints=not options.no_hints, instructor=options.instructor, fullscreen=options.fullscreen,
                speaks=not options.no_voice, voice=voice, notice=ears.ask,
                monitors={key: driver.name for key, driver in DRIVERS.items()},
            )  # fmt: skip
            return open_practice(classroom, settings, choices)


def step_back() -> None:
    """Leave the computer to a station beside it: each alarm of a patient comes first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), subprocess.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        with suppress(OSError):
            os.nice(NICE)


def _classroom(options: argparse.Namespace, settings: Settings, folder: Path, ears: Ears) -> Classroom:
    clock = SystemClock()
    beside = settings_path(options)
    return Classroom(
        folder=folder / FOLDER, clock=clock, limits=_limits(limits_file(settings, beside)),
        speaker=partial(made_speaker, settings, clock, ears, no_sound=options.no_sound),
        protocols=protocols_of(options, settings), drivers=DRIVERS,
        clinic_scenarios=beside.with_name("scenarios"),
    )  # fmt: skip


def _limits(path: Path) -> Limits:
    """The clinic's limits, which nothing in practice changes."""
    try:
        return LimitBook(path, kept=False).limits
    except LimitsError as error:  # the factory's own
        raise UserError(str(error)) from error


def _start_log(folder: Path, level: str) -> None:
    try:
        with in_one_sentence():
            start_log(folder, level)
    except UserError as error:  # practice goes on without a log file
        print(f"nurse-station: {error}", file=sys.stderr)


def _check(classroom: Classroom, scenario: str | None) -> None:
    known = [each.key for each in classroom.scenarios()]
    if scenario and scenario not in known:
        raise UserError(f"there is no scenario {scenario!r}; there is: {', '.join(known)}")


def silence(folder: Path, *, no_sound: bool) -> str:
    """Why practice is not heard now, and that patients are watched here; empty: it is heard."""
    if not watched(folder):
        return NO_SOUND if no_sound else ""
    return f"{LOOK_THERE} {NO_SOUND}" if no_sound else WATCHED


def made_speaker(settings: Settings, clock: Clock, ears: Ears, *, no_sound: bool) -> Speaker:
    """What a lesson's alarms are heard from, as long as no station watches beside it."""
    if no_sound:
        return SilentSpeaker(NO_SOUND)
    return HushedSpeaker(partial(_opened, settings, clock), ears, settings.sound_volume)


def _opened(settings: Settings, clock: Clock) -> Speaker:
    speaker = MiniaudioSpeaker(clock, volume=settings.sound_volume, output=settings.sound_output)
    speaker.open()
    return speaker


def made_voice(ears: Ears, *, no_sound: bool) -> Voice:
    """What the patient's words are spoken by, as long as no station watches beside it."""
    return Mute(NO_SPEECH) if no_sound else HushedVoice(found(), ears)


def watched(folder: Path) -> bool:
    """Whether a station watches patients: in this folder, or anywhere on this computer where that is told.

    What cannot be found out counts as watched: rather silent than mistaken. Makes and changes no file.
    """
    return DirectoryLock(folder).held() or are_patients_watched()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder of practice. Raises UserError when another practice has it, or it cannot be made."""
    door = folder / DOOR
    try:
        door.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{door} cannot be made ({error.strerror}).") from error
    lock = DirectoryLock(door)
    try:
        lock.acquire()
    except RecordError as error:
        taken = isinstance(error.__cause__, BlockingIOError) or sys.platform == "win32"
        raise UserError(TWICE.format(holder=_named(_holder(door))) if taken else str(error)) from error
    try:
        yield
    finally:
        lock.release()


def _holder(folder: Path) -> str:
    """Who signed the lock of a folder, a process number; empty: nobody has."""
    try:
        return (folder / LOCK_FILE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _named(holder: str) -> str:
    return f" (process {holder})" if holder.isdigit() else ""

"""`practise`: a patient to practise on, in windows of its own. Never opens the patients' record.

It lives in `practice` inside the data folder, and one at a time. While a station watches patients there,
practice is not heard: nobody shall mistake its alarms for theirs.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from nurse_station.alarms.limits import Limits, LimitsError
from nurse_station.audio.player import MiniaudioSpeaker
from nurse_station.audio.speaker import SilentSpeaker, Speaker
from nurse_station.audio.speech import Mute, Voice, found
from nurse_station.classroom.room import Classroom
from nurse_station.commands.choices import patients_folder, protocols_of, settings_of, settings_path
from nurse_station.commands.hushed import HushedSpeaker, HushedVoice
from nurse_station.commands.run_station import SWITCH_INTERVAL_S
from nurse_station.commands.screen import has_screen
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.lock import LOCK_FILE, DirectoryLock
from nurse_station.records.state import RecordError
from nurse_station.settings.log import start_log
from nurse_station.settings.model import Settings
from nurse_station.settings.paths import limits_file
from nurse_station.station.limit_book import LimitBook
from nurse_station.vitals.clock import Clock, SystemClock

FOLDER, DOOR = "practice", "door"
NO_SCREEN = "practice needs a screen, and there is none here; `train` runs a scripted nurse without one"
NO_SOUND = "Practice was started with --no-sound: watch the screen."
NO_SPEECH = "Practice was started with --no-sound: the patient's words are text only."
WATCHED = (
    "A station watches patients on this computer: practice is not heard, lest its alarms be taken for theirs."
)
TWICE = "practice is open already{holder}: close that one, or choose another data directory with --data-dir."


def run(options: argparse.Namespace) -> int:
    """Practise until the chooser is closed."""
    settings = settings_of(options)
    folder = patients_folder(options)
    if not has_screen():
        raise UserError(NO_SCREEN)
    with one_at_a_time(folder / FOLDER):
        _start_log(folder / FOLDER / "log", settings.log_level)
        classroom = _classroom(options, settings, folder)
        _check(classroom, options.scenario)
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        from nurse_station.ui.practice.openers import Choices, open_practice

        with closing(made_voice(folder, no_sound=options.no_sound)) as voice:
            choices = Choices(
                scenario=options.scenario or "", trainee=options.trainee, seed=options.seed,
                hints=not options.no_hints, instructor=options.instructor, fullscreen=options.fullscreen,
                speaks=not options.no_voice, voice=voice,
                notice=partial(silence, folder, no_sound=options.no_sound),
                monitors={key: driver.name for key, driver in DRIVERS.items()},
            )  # fmt: skip
            return open_practice(classroom, settings, choices)


def _classroom(options: argparse.Namespace, settings: Settings, folder: Path) -> Classroom:
    clock = SystemClock()
    beside = settings_path(options)
    return Classroom(
        folder=folder / FOLDER, clock=clock, limits=_limits(limits_file(settings, beside)),
        speaker=partial(made_speaker, settings, clock, folder, no_sound=options.no_sound),
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
    """Why practice is not heard now; empty: it is."""
    if no_sound:
        return NO_SOUND
    return WATCHED if watched(folder) else ""


def made_speaker(settings: Settings, clock: Clock, folder: Path, *, no_sound: bool) -> Speaker:
    """What a lesson's alarms are heard from, as long as no station watches beside it."""
    if no_sound:
        return SilentSpeaker(NO_SOUND)
    speaker = MiniaudioSpeaker(clock, volume=settings.sound_volume, output=settings.sound_output)
    speaker.open()
    return HushedSpeaker(speaker, clock, partial(silence, folder, no_sound=False))


def made_voice(folder: Path, *, no_sound: bool) -> Voice:
    """What the patient's words are spoken by, as long as no station watches beside it."""
    return Mute(NO_SPEECH) if no_sound else HushedVoice(found(), partial(silence, folder, no_sound=False))


def watched(folder: Path) -> bool:
    """Whether a station has the record of this folder open. Opens no record, and makes no file.

    The lock is only tried where whoever signed it still lives: a station that starts at that very moment
    is not to find it taken.
    """
    if not _lives(_holder(folder)):
        return False
    lock = DirectoryLock(folder)
    try:
        lock.acquire()
    except RecordError:
        return True  # also of a folder that cannot be read: rather silent than mistaken
    lock.release()
    return False


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
    except OSError:
        return ""


def _named(holder: str) -> str:
    return f" (process {holder})" if holder.isdigit() else ""


def _lives(holder: str) -> bool:
    """Whether the process may be alive; on Windows that cannot be asked without harm."""
    if not holder.isdigit() or sys.platform == "win32":
        return holder.isdigit()
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass  # another user's, or no number of a process
    return True

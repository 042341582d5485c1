"""`sound-test`: whether this computer's sound output takes the alarms. For the engineer, with ears."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.bursts import BURSTS
from nurse_station.audio.outputs import OutputError, Outputs
from nurse_station.audio.player import MiniaudioSpeaker, system_outputs
from nurse_station.audio.render import rendered, write_wav
from nurse_station.audio.speaker import Speaker, SpeakerStatus
from nurse_station.commands.trouble import UserError
from nurse_station.vitals.clock import Clock, SystemClock

EXIT_NO_SOUND = 1
OPENING_S = 5.0
"""An output that has not taken samples by then is none."""
PAUSE_S = 1.0
STEP_S = 0.05
# Upwards: a higher priority need not wait for a lower one.
ORDER = (Priority.LOW, Priority.MEDIUM, Priority.HIGH)

Sleep = Callable[[float], None]


def run(options: argparse.Namespace) -> int:
    """Play each priority once. Exit code 1 when no output took them."""
    if options.write is not None:
        return write(Path(options.write))
    if options.list:
        return list_outputs(system_outputs)
    clock = SystemClock()
    with MiniaudioSpeaker(clock, output=options.output or "", find=system_outputs) as speaker:
        return play(speaker, clock, time.sleep)


def write(folder: Path) -> int:
    """Write the bursts as WAV files, one a priority, at full volume."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for priority, burst in BURSTS.items():
            path = folder / f"{priority.name.lower()}.wav"
            write_wav(path, rendered(burst))
            print(path)
    except OSError as error:
        msg = f"the sounds cannot be written to {folder}: {error.strerror or error}"
        raise UserError(msg) from error
    return 0


def list_outputs(find: Callable[[], Outputs]) -> int:
    """Print the outputs, one a line, the default with a star."""
    try:
        outputs = find().listed()
    except OutputError as error:
        return _silent(str(error))
    for output in outputs:
        print(f"{'*' if output.is_default else ' '} {output.name}")
    return 0 if outputs else _silent("This computer has no sound output: connect a loudspeaker.")


def play(speaker: Speaker, clock: Clock, sleep: Sleep) -> int:
    """Play each priority once on a speaker that was opened, and say whether its samples were taken."""
    status = _opened(speaker, clock, sleep)
    if not status.usable:
        return _silent(status.trouble)
    print(f"output: {status.device}")
    if status.trouble:
        print(status.trouble)
    sleep(PAUSE_S)
    for priority in ORDER:
        if not _heard(speaker, priority, clock, sleep):
            trouble = speaker.status(clock.now()).trouble
            return _silent(f"The {priority.name} burst was not taken. {trouble}".strip())
        print(f"{priority.name}: {BURSTS[priority].pulses} pulses, taken")
    print("The output took them all. Only an ear knows whether they were heard.")
    return 0


def _opened(speaker: Speaker, clock: Clock, sleep: Sleep) -> SpeakerStatus:
    until = clock.now() + OPENING_S
    while not (status := speaker.status(clock.now())).usable and clock.now() < until:
        sleep(STEP_S)
    return status


def _heard(speaker: Speaker, priority: Priority, clock: Clock, sleep: Sleep) -> bool:
    began = clock.now()
    speaker.sound(AudioSignal(condition="sound_test", priority=priority, repeats=False, began=began))
    sleep(BURSTS[priority].length_s + PAUSE_S)
    speaker.sound(None)
    return speaker.first_sample_at is not None and speaker.status(clock.now()).usable


def _silent(sentence: str) -> int:
    print(f"nurse-station: {sentence}", file=sys.stderr)
    return EXIT_NO_SOUND

"""The watchdog's own sound, on an output of its own. It decides nothing.

It is no burst: long notes, so that nobody takes it for a patient's alarm, or an alarm for it. The output is
tried at the start, given back, and opened again to sound: a computer may have but one stream, and that is the
station's as long as it lives.
"""

import threading
from collections.abc import Callable
from itertools import cycle

import numpy as np

from nurse_station.audio.kept_output import KeptOutput
from nurse_station.audio.outputs import Outputs
from nurse_station.audio.render import RATE_HZ, Samples
from nurse_station.vitals.clock import Clock

NOTES_HZ = (622.25, 466.16)
NOTE_S = 0.75
NOTES = 4
PAUSE_S = 1.0
FADE_S = 0.03
PEAK = 0.8
HARMONICS = (1.0, 0.7, 0.5, 0.35, 0.25)
"""Amplitudes from the fundamental up: five partials below 4 kHz carry through a bad loudspeaker."""

READY = "ready on "
NO_SOUND = "not heard: "
SOUNDS = "It sounds."
TAKES_NONE = "the sound output takes no samples"
TRY_S = 6.0
"""An output that took no samples by then failed its trial."""
KEEP_S = 0.1


def siren(rate_hz: int = RATE_HZ) -> Samples:
    """One round: two notes in turn, and a pause. To be repeated."""
    notes = [_note(hz, rate_hz) for hz, _ in zip(cycle(NOTES_HZ), range(NOTES), strict=False)]
    return np.concatenate([*notes, np.zeros(round(PAUSE_S * rate_hz), dtype=np.float32)])


def _note(hz: float, rate_hz: int) -> Samples:
    seconds = np.arange(round(NOTE_S * rate_hz)) / rate_hz
    tone = sum(share * np.sin(2 * np.pi * n * hz * seconds) for n, share in enumerate(HARMONICS, 1))
    tone *= np.clip(np.minimum(seconds, NOTE_S - seconds) / FADE_S, 0.0, 1.0)
    return np.asarray(tone * (PEAK / np.abs(tone).max()), dtype=np.float32)


class Siren:
    """Sounds while it is wanted. A sound system that hangs holds up nobody but its own thread."""

    def __init__(self, clock: Clock, find: Callable[[], Outputs], say: Callable[[str], None]) -> None:
        """Store how it sounds; `open` acts.

        Args:
            clock: For whether samples are taken.
            find: Gives the sound system.
            say: Told how the trial went and when the sound is heard, from another thread.
        """
        self._clock, self._find, self._say = clock, find, say
        self._round = siren()
        self._at = 0
        self._sounding = False
        self._wanted, self._closed = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="siren", daemon=True)

    def open(self) -> None:
        """Try the output in silence. Returns at once; `say` is told."""
        self._thread.start()

    def want(self, wanted: bool) -> None:
        """Sound, or be silent, from now on."""
        if wanted:
            self._wanted.set()
        else:
            self._wanted.clear()

    def close(self) -> None:
        """Fall silent for good."""
        self._closed.set()
        self._wanted.set()
        self._thread.join(timeout=2.0)

    def _run(self) -> None:
        self._try()
        while not self._closed.is_set():
            self._wanted.wait()
            self._sound()

    def _try(self) -> None:
        until = self._clock.now() + TRY_S
        output = self._output(lambda frames: bytes(4 * frames))
        tried = self._keep(output, lambda: output.taken_at is None and self._clock.now() < until)
        heard = output.taken_at is not None
        self._say(f"{READY}{tried}" if heard else f"{NO_SOUND}{output.trouble or TAKES_NONE}")
        output.close()

    def _sound(self) -> None:
        self._at, self._sounding = 0, False
        output = self._output(self._next)
        self._keep(output, self._wanted.is_set)
        output.close()

    def _keep(self, output: KeptOutput, going: Callable[[], bool]) -> str:
        """Keep it open; the name of the output that was open last."""
        name = ""
        while going() and not self._closed.is_set():
            output.step(self._clock.now())
            name = output.device or name
            self._closed.wait(KEEP_S)
        return name

    def _output(self, give: Callable[[int], bytes]) -> KeptOutput:
        def take(frames: int) -> bytes:
            output.taken(self._clock.now())
            return give(frames)

        output = KeptOutput(self._find, take, lambda: None, "")
        return output

    def _next(self, frames: int) -> bytes:
        samples = self._round.take(range(self._at, self._at + frames), mode="wrap")
        self._at = (self._at + frames) % self._round.size
        if not self._sounding:
            self._sounding = True
            self._say(SOUNDS)
        return samples.tobytes()

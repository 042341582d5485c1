"""The speaker of a station: a mixer, an output that is kept open, and the thread that keeps it.

The stream is always open and takes silence too: only so is a dead output noticed before an alarm needs it.
What it cannot know: a muted mixer, an amplifier that is off. And it is gone with its process: that the
station itself died is for another process, or for the bedside monitor, to say.
"""

import importlib
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from nurse_station.alarms.signals import AudioSignal
from nurse_station.audio.kept_output import SILENT_S, KeptOutput
from nurse_station.audio.mixer import Mixer
from nurse_station.audio.outputs import OutputError, Outputs
from nurse_station.audio.speaker import SpeakerStatus
from nurse_station.vitals.clock import Clock

WATCH_S = 0.1
TEST_S = 3.0
"""A self-test that was not taken to its end by then has failed."""
CLOSE_S = 2.0
OLD_S = 10.0
"""After so long without sound a burst for a condition that has gone would call for nothing."""


def system_outputs(*, heard: bool = True) -> Outputs:
    """The outputs of this computer. Raises OutputError when the sound library is missing.

    Args:
        heard: False gives one output that takes samples and throws them away, for tests and benchmarks.
    """
    try:
        module = importlib.import_module("nurse_station.audio.miniaudio_outputs")
    except (ImportError, OSError) as error:
        msg = f"The sound library miniaudio cannot be loaded ({error}): install the station anew."
        raise OutputError(msg) from error
    outputs: Outputs = module.MiniaudioOutputs(*([] if heard else [module.NULL_BACKENDS]))
    return outputs


class MiniaudioSpeaker:
    """Plays the one sound of the station, and knows whether an output takes it."""

    def __init__(
        self,
        clock: Clock,
        *,
        volume: float = 0.8,
        output: str = "",
        find: Callable[[], Outputs] = system_outputs,
    ) -> None:
        """Store how it sounds; `open` acts.

        Args:
            clock: For every time it tells.
            volume: Share of full amplitude; a floor is kept.
            output: Name of the output; empty: the computer's default, followed when it changes.
            find: Gives the sound system.
        """
        self._clock = clock
        self._lock = threading.Lock()
        self._mixer = Mixer(volume)
        self._kept = KeptOutput(find, self._take, self._restart, output)
        self._first_sample_at: float | None = None
        self._tested_at: float | None = None
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._keep, name="sound", daemon=True)

    def open(self) -> None:
        """Start to keep an output open, with a self-test. Returns at once; `status` tells."""
        self.test()
        self._watch.start()

    @property
    def first_sample_at(self) -> float | None:
        return self._first_sample_at

    def sound(self, signal: AudioSignal | None) -> None:
        with self._lock:
            if self._mixer.sound(signal) and signal is not None:
                self._first_sample_at = None

    def status(self, now: float) -> SpeakerStatus:
        device, taken_at = self._kept.device, self._kept.taken_at
        taken = self._kept.is_open and taken_at is not None and now - taken_at <= SILENT_S
        usable = taken and not self._test_failed(now)
        return SpeakerStatus(
            usable=usable,
            trouble=self._kept.trouble or ("" if usable else _silence_of(device)),
            device=device,
            volume=self._mixer.volume,
            taken_at=taken_at,
        )

    def test(self) -> None:
        with self._lock:
            self._mixer.test()
            self._tested_at = self._clock.now()

    def set_volume(self, share: float) -> None:
        with self._lock:
            self._mixer.set_volume(share)

    def close(self) -> None:
        self._closed.set()
        if self._watch.is_alive():
            self._watch.join(timeout=CLOSE_S)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep(self) -> None:
        while not self._closed.is_set():
            self._kept.step(self._clock.now())
            self._closed.wait(WATCH_S)
        self._kept.close()

    def _take(self, frames: int) -> bytes:
        """The output asks: called by its thread."""
        with self._lock:
            samples = self._mixer.take(frames)
            now = self._clock.now()
            if self._first_sample_at is None and self._mixer.begun:
                self._first_sample_at = now
            self._kept.taken(now)
        return samples.tobytes()

    def _restart(self) -> None:
        taken_at = self._kept.taken_at
        after_long = taken_at is None or self._clock.now() - taken_at > OLD_S
        with self._lock:
            self._mixer.restart(after_long=after_long)

    def _test_failed(self, now: float) -> bool:
        asked_at = self._tested_at
        return self._mixer.testing and asked_at is not None and now - asked_at > TEST_S


def _silence_of(device: str) -> str:
    if not device:
        return "There is no sound."
    return f"The sound output {device} takes no samples: check its cable and the computer's sound settings."

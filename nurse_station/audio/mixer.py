"""Which sample comes next: one sound at a time, the most urgent first. No device, no thread, no clock.

Its time is the number of samples that were asked for, so that the rhythm that is heard is the rhythm that
was decided, however late a device asks. The rules:

* A higher priority replaces a lower one at once (within `FADE_S`); everything else lets a running burst end.
* A signal that began and went is heard in one whole burst all the same, unless one of at least its priority
  is heard instead.
* A signal of the same priority as the last burst waits for the shortest interburst interval, a repetition
  for its burst's own, and a lower one lets the shortest interval pass after the higher.
* A self-test is heard only where nothing else would be, between two bursts too: an alarm proves as much.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.bursts import BURSTS, SELF_TEST
from nurse_station.audio.render import RATE_HZ, Samples, rendered
from nurse_station.audio.windows import WINDOWS

VOLUME_FLOOR = 0.25
"""The softest share: -12 dB. A volume of zero would be an alarm switched off in silence."""
FADE_S = 0.005
REMEMBERED = 256
"""How many single bursts are remembered as heard, so that they are not heard twice."""

_Identity = tuple[str, Priority, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Playing:
    """A sound and how far it is.

    Attributes:
        once: The signal that needs no other burst after this one; None: none is settled by it.
        whole: It is not the faded end of a burst that was cut.
    """

    priority: Priority
    samples: Samples
    position: int = 0
    once: _Identity | None = None
    whole: bool = True

    @property
    def ended(self) -> bool:
        return self.position >= self.samples.size


class Mixer:
    """The samples of the one sound."""

    def __init__(self, volume: float = 1.0, rate_hz: int = RATE_HZ) -> None:
        """Render the bursts. `rate_hz`: samples a second that will be asked for."""
        self._rate_hz = rate_hz
        self._bursts: Mapping[Priority, Samples] = {
            burst.priority: rendered(burst, rate_hz) for burst in (*BURSTS.values(), SELF_TEST)
        }
        self._frame = 0
        self._signal: AudioSignal | None = None
        self._begun = False
        self._owed = Priority.NONE
        self._settled: deque[_Identity] = deque(maxlen=REMEMBERED)
        self._ended: dict[Priority, int] = {}
        self._playing: _Playing | None = None
        self._testing = False
        self.set_volume(volume)

    @property
    def volume(self) -> float:
        """The share of full amplitude, `VOLUME_FLOOR` to 1."""
        return self._volume

    @property
    def begun(self) -> bool:
        """The first sample of the present signal has been given."""
        return self._begun

    @property
    def testing(self) -> bool:
        """A self-test was asked for and has not been given to its end."""
        return self._testing

    @property
    def playing(self) -> Priority | None:
        """What sounds now (NONE: the self-test); None: silence."""
        return None if self._playing is None else self._playing.priority

    def set_volume(self, share: float) -> None:
        """Set the volume; what is below the floor or above 1 is taken as that, and no number as 1."""
        self._volume = max(VOLUME_FLOOR, min(1.0, share))

    def sound(self, signal: AudioSignal | None) -> bool:
        """Say what should be heard from now on; None: nothing.

        Returns:
            Whether it is another signal than before. That it repeats, or no more, makes no other.
        """
        if signal is not None and signal.priority is Priority.NONE:
            signal = None
        old, self._signal = self._signal, signal
        if _identity(old) == _identity(signal):
            return False
        if old is not None and not self._begun and self._wants(old):
            self._owed = max(self._owed, old.priority)
        if signal is not None and signal.priority >= self._owed:
            self._owed = Priority.NONE
        self._begun = False
        return True

    def test(self) -> None:
        """Play the self-test, unless an alarm is sounding now."""
        self._testing = self._playing is None or self._playing.priority is Priority.NONE

    def restart(self, *, after_long: bool) -> None:
        """Another output takes the samples now: what was not heard in full begins anew, at once.

        Args:
            after_long: Nothing was heard for so long that a condition which went meanwhile is no news.
        """
        cut, self._playing = self._playing, None
        self._ended.clear()
        if cut is not None and not self._begun:
            self._owed = max(self._owed, cut.priority)
        if after_long:
            self._owed = Priority.NONE
        self._begun = False

    def take(self, frames: int) -> Samples:
        """The next samples."""
        out = np.zeros(frames, dtype=np.float32)
        given = 0
        while given < frames:
            given += self._fill(out[given:])
        out *= self._volume
        return out

    def _fill(self, out: Samples) -> int:
        wanted = self._wanted()
        due = self._due(wanted) <= self._frame
        if self._playing is None and due:
            self._begin(wanted)
        elif self._playing is None and self._testing:
            self._begin(Priority.NONE)
        elif self._playing is not None and self._playing.whole and wanted > self._playing.priority and due:
            self._cut(self._playing)
        frames = self._pass(out.size, wanted) if self._playing is None else self._play(out, self._playing)
        self._frame += frames
        return frames

    def _wanted(self) -> Priority:
        """The most urgent that should be heard, or is due."""
        signal = self._signal
        present = signal.priority if signal is not None and self._wants(signal) else Priority.NONE
        return max(self._owed, present)

    def _wants(self, signal: AudioSignal) -> bool:
        return signal.repeats or _identity(signal) not in self._settled

    def _due(self, wanted: Priority) -> int:
        """The frame from which it may begin."""
        if wanted is Priority.NONE:
            return 0
        repeated = self._begun and self._owed is Priority.NONE
        wait_s = BURSTS[wanted].interburst_s if repeated else WINDOWS[wanted].interburst_s.low
        waits = [self._ended[wanted] + self._frames(wait_s)] if wanted in self._ended else []
        waits += [
            ended + self._frames(WINDOWS[higher].interburst_s.low)
            for higher, ended in self._ended.items() if higher > wanted
        ]  # fmt: skip
        return max(waits, default=0)

    def _begin(self, wanted: Priority) -> None:
        if wanted is Priority.NONE:
            if self._testing:
                self._playing = _Playing(priority=wanted, samples=self._bursts[wanted])
            return
        self._testing = False
        once = None
        if self._signal is not None and self._signal.priority is wanted:
            self._begun = True
            once = _identity(self._signal)
        self._owed = Priority.NONE
        self._playing = _Playing(priority=wanted, samples=self._bursts[wanted], once=once)

    def _cut(self, running: _Playing) -> None:
        rest = running.samples[running.position : running.position + self._frames(FADE_S)]
        faded = rest * np.linspace(1.0, 0.0, rest.size, dtype=np.float32)
        self._playing = _Playing(priority=running.priority, samples=faded, whole=False)
        self._testing = False

    def _play(self, out: Samples, running: _Playing) -> int:
        part = running.samples[running.position : running.position + out.size]
        out[: part.size] = part
        self._playing = replace(running, position=running.position + part.size)
        if self._playing.ended:
            self._end(running, self._frame + part.size)
        return part.size

    def _end(self, running: _Playing, frame: int) -> None:
        self._playing = None
        if running.priority is Priority.NONE:
            self._testing = False
            return
        self._ended[running.priority] = frame
        if running.once is not None:
            self._settled.append(running.once)

    def _pass(self, space: int, wanted: Priority) -> int:
        """How much silence there is now."""
        return space if wanted is Priority.NONE else min(space, self._due(wanted) - self._frame)

    def _frames(self, seconds: float) -> int:
        return round(seconds * self._rate_hz)


def _identity(signal: AudioSignal | None) -> _Identity | None:
    return None if signal is None else (signal.condition, signal.priority, signal.began)

"""Speaker and voice of practice that are silent while a station watches patients. They decide no alarm."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from nurse_station.alarms.signals import AudioSignal
from nurse_station.audio.speaker import Speaker, SpeakerStatus
from nurse_station.audio.speech import Voice

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""A station that begins to watch is not to share its patients' ears with practice for longer."""


class Ears:
    """Asks, in a thread of its own, whether practice may be heard, and tells whoever makes a sound.

    By itself, for a lesson that stands makes no call and may yet hold the output that a station needs.
    """

    def __init__(self, why_silent: Callable[[], str]) -> None:
        """`why_silent`: why nothing may be heard now, one sentence; empty: it may."""
        self._why_silent = why_silent
        self._asking, self._telling = threading.Lock(), threading.Lock()
        self._listeners: list[Callable[[str], None]] = []
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._live, name="ears", daemon=True)

    def ask(self) -> str:
        """Why nothing may be heard at this moment; empty: it may."""
        with self._asking:  # who asks at the same time would take the other for a station
            return self._why_silent()

    def look(self) -> None:
        """Ask, and tell what is so, changed or not."""
        why = self.ask()
        with self._telling:
            listeners = tuple(self._listeners)
        for told in listeners:
            told(why)

    def tell(self, told: Callable[[str], None]) -> None:
        """From now on `told` is given the answer each LOOK_S, from a thread."""
        with self._telling:
            self._listeners.append(told)

    def forget(self, told: Callable[[str], None]) -> None:
        """It is told no more; one that was never told is no error."""
        with self._telling:
            self._listeners = [each for each in self._listeners if each != told]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        self._thread.join()

    def _live(self) -> None:
        while not self._closed.wait(LOOK_S):
            try:
                self.look()
            except Exception:  # noqa: BLE001 - logged: deaf ears would let practice be heard beside patients
                log.exception("whether practice may be heard could not be told")


class HushedSpeaker:
    """Satisfies `audio.speaker.Speaker` over a real one, which there is only while it may be heard.

    A real one that is merely told nothing ends its burst, and keeps an output that may take one program only.
    """

    def __init__(self, made: Callable[[], Speaker], ears: Ears, volume: float) -> None:
        """`made`: makes a real one, opened; it returns at once. `volume`: share of full amplitude."""
        self._made, self._ears, self._volume = made, ears, volume
        self._change = threading.Lock()
        self._real: Speaker | None = None
        self._signal: AudioSignal | None = None
        self._why, self._closed = "", False
        self._told("")
        ears.tell(self._told)

    @property
    def first_sample_at(self) -> float | None:
        """See `Speaker.first_sample_at`."""
        real = self._real
        return None if real is None else real.first_sample_at

    def sound(self, signal: AudioSignal | None) -> None:
        """See `Speaker.sound`."""
        with self._change:
            self._signal = signal
            if self._real is not None:
                self._real.sound(signal)

    def status(self, now: float) -> SpeakerStatus:
        """See `Speaker.status`."""
        with self._change:
            if self._real is not None:
                return self._real.status(now)
            return SpeakerStatus(usable=False, trouble=self._why, device="", volume=0.0, taken_at=None)

    def test(self) -> None:
        """See `Speaker.test`."""
        why = self._ears.ask()
        with self._change:
            if self._real is not None and not why:
                self._real.test()

    def set_volume(self, share: float) -> None:
        """See `Speaker.set_volume`."""
        with self._change:
            self._volume = share
            if self._real is not None:
                self._real.set_volume(share)

    def close(self) -> None:
        """See `Speaker.close`."""
        self._ears.forget(self._told)
        with self._change:
            self._closed = True
        self._hush()

    def _told(self, why: str) -> None:
        if not why and self._real is None:
            why = self._ears.ask()  # the answer may be older than a station that began
        with self._change:
            self._why = why
            if not why and self._real is None and not self._closed:
                self._open()
        if why:
            self._hush()

    def _open(self) -> None:
        self._real = self._made()
        self._real.set_volume(self._volume)
        self._real.sound(self._signal)

    def _hush(self) -> None:
        """Let the real one go, in the middle of a burst. It may take seconds, which hold nobody else up."""
        with self._change:
            real, self._real = self._real, None
        if real is not None:
            real.close()


class HushedVoice:
    """Satisfies `audio.speech.Voice` over a real one: asked at each utterance, and silenced within it."""

    def __init__(self, real: Voice, ears: Ears) -> None:
        """Store what speaks, and who knows whether it may; `close` lets both go."""
        self._real, self._ears = real, ears
        ears.tell(self._told)

    @property
    def name(self) -> str:
        """See `Voice.name`."""
        return self._real.name

    @property
    def trouble(self) -> str:
        """See `Voice.trouble`; that a station watches passes, and is told elsewhere."""
        return self._real.trouble

    def say(self, text: str, *, woman: bool | None = None) -> None:
        """See `Voice.say`."""
        if self._ears.ask():
            self._real.hush()
        else:
            self._real.say(text, woman=woman)

    def hush(self) -> None:
        """See `Voice.hush`."""
        self._real.hush()

    def close(self) -> None:
        """See `Voice.close`."""
        self._ears.forget(self._told)
        self._real.close()

    def _told(self, why: str) -> None:
        if why:
            self._real.hush()

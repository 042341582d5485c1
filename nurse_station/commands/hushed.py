"""Speaker and voice of practice that are silent while a station watches patients. They decide no alarm."""

from collections.abc import Callable

from nurse_station.alarms.signals import AudioSignal
from nurse_station.audio.speaker import Speaker, SpeakerStatus
from nurse_station.audio.speech import Voice
from nurse_station.vitals.clock import Clock

LOOK_S = 5.0


class HushedSpeaker:
    """Satisfies `audio.speaker.Speaker` over a real one.

    Whether it may be heard is asked when it is to sound, at most every LOOK_S: a station that begins to
    watch later than practice began must not share its ears.
    """

    def __init__(self, real: Speaker, clock: Clock, why_silent: Callable[[], str]) -> None:
        """`why_silent`: why nothing may be heard now, one sentence; empty: it may."""
        self._real, self._clock, self._ask = real, clock, why_silent
        self._why, self._looked_at = why_silent(), clock.now()

    @property
    def first_sample_at(self) -> float | None:
        """See `Speaker.first_sample_at`."""
        return None if self._why else self._real.first_sample_at

    def sound(self, signal: AudioSignal | None) -> None:
        """See `Speaker.sound`."""
        self._look()
        self._real.sound(None if self._why else signal)

    def status(self, now: float) -> SpeakerStatus:
        """See `Speaker.status`."""
        if self._why:
            return SpeakerStatus(usable=False, trouble=self._why, device="", volume=0.0, taken_at=None)
        return self._real.status(now)

    def test(self) -> None:
        """See `Speaker.test`."""
        self._look()
        if not self._why:
            self._real.test()

    def set_volume(self, share: float) -> None:
        """See `Speaker.set_volume`."""
        self._real.set_volume(share)

    def close(self) -> None:
        """See `Speaker.close`."""
        self._real.close()

    def _look(self) -> None:
        now = self._clock.now()
        if now - self._looked_at >= LOOK_S:
            self._why, self._looked_at = self._ask(), now


class HushedVoice:
    """Satisfies `audio.speech.Voice` over a real one: asked at each utterance, as they are few."""

    def __init__(self, real: Voice, why_silent: Callable[[], str]) -> None:
        """`why_silent`: see `HushedSpeaker`."""
        self._real, self._ask = real, why_silent

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
        if self._ask():
            self._real.hush()
        else:
            self._real.say(text, woman=woman)

    def hush(self) -> None:
        """See `Voice.hush`."""
        self._real.hush()

    def close(self) -> None:
        """See `Voice.close`."""
        self._real.close()

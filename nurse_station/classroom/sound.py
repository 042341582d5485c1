"""The speaker of a lesson: the real one, asked with the real clock. Without sound it raises no alarm."""

from dataclasses import replace

from nurse_station.alarms.signals import AudioSignal
from nurse_station.audio.speaker import Speaker, SpeakerStatus
from nurse_station.station.snapshots import NOT_HEARD
from nurse_station.vitals.clock import Clock


class PracticeSpeaker:
    """Satisfies `audio.speaker.Speaker` for a station of a lesson; its seconds are not the real speaker's."""

    def __init__(self, real: Speaker, clock: Clock) -> None:
        """Store the real speaker, which is closed by the lesson, and the real clock."""
        self._real, self._clock = real, clock

    @property
    def first_sample_at(self) -> float | None:
        """None: it would be a second of another clock."""
        return None

    def sound(self, signal: AudioSignal | None) -> None:
        """See `Speaker.sound`."""
        self._real.sound(signal)

    def status(self, now: float) -> SpeakerStatus:
        """See `Speaker.status`; practice without sound is no fault, and says why there is none."""
        del now
        status = self._real.status(self._clock.now())
        if status.usable:
            return status
        return replace(status, usable=True, trouble=f"{NOT_HEARD} {status.trouble}".strip())

    def test(self) -> None:
        """See `Speaker.test`."""
        self._real.test()

    def set_volume(self, share: float) -> None:
        """See `Speaker.set_volume`."""
        self._real.set_volume(share)

    def close(self) -> None:
        """Fall silent: another station of the same lesson may speak next."""
        self._real.sound(None)

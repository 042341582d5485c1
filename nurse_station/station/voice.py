"""The one sound of the room: which bed's it is, and whether it can be heard. Never depends on a window."""

import logging
from collections.abc import Iterable

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.speaker import Speaker, SpeakerStatus
from nurse_station.station.snapshots import AudioSnapshot, BedSnapshot

log = logging.getLogger(__name__)

BROKEN = "The sound met a fault of the program: watch the screen, and start the station again."


def loudest(beds: Iterable[BedSnapshot]) -> tuple[str, AudioSignal | None]:
    """The key and the signal of the bed that is to sound: the highest priority, among equals the oldest."""
    sounding = [(bed.bed, bed.alarms.sound) for bed in beds if bed.alarms.sound is not None]
    return max(sounding, key=lambda found: (found[1].priority, -found[1].began), default=("", None))


class Voice:
    """Speaks through a speaker. A fault of it is said, and never blinds the room."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._broken = False
        self._cry: AudioSignal | None = None

    def status(self, now: float) -> SpeakerStatus:
        """Whether it is heard at monotonic second `now`."""
        try:
            return self._speaker.status(now)
        except Exception as error:  # noqa: BLE001 - logged, and said: the sound is not usable
            self._log(error)
            return SpeakerStatus(usable=False, trouble=BROKEN, device="", volume=0.0, taken_at=None)

    def picture(self, beds: Iterable[BedSnapshot], now: float) -> AudioSnapshot:
        """Whether alarms can be heard, and which one sounds."""
        status = self.status(now)
        bed, signal = loudest(beds)
        return AudioSnapshot(
            usable=status.usable, trouble=status.trouble, device=status.device, volume=status.volume,
            bed=bed, signal=signal,
        )  # fmt: skip

    def say(self, signal: AudioSignal | None) -> None:
        """Sound this from now on."""
        self._cry = None
        self._sound(signal)

    def _sound(self, signal: AudioSignal | None) -> None:
        try:
            self._speaker.sound(signal)
        except Exception as error:  # noqa: BLE001 - logged; `status` tells whether it is heard
            self._log(error)

    def cry(self, now: float) -> None:
        """The station itself fails: sound as for a lost bed, until a picture of the room says better."""
        if self._cry is None:
            self._cry = AudioSignal(condition="link_lost", priority=Priority.HIGH, repeats=True, began=now)
        self._sound(self._cry)

    def test(self) -> None:
        """Play the self-test."""
        self._speaker.test()

    def set_volume(self, share: float) -> None:
        """Set the volume, above 0 to 1."""
        self._speaker.set_volume(share)

    def close(self) -> None:
        """Fall silent for good."""
        self._speaker.close()

    def _log(self, error: Exception) -> None:
        if not self._broken:
            log.error("the speaker met a fault of the program", exc_info=error)
        self._broken = True

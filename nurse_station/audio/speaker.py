"""What the station knows of its speaker: what to say to it, and whether it is heard. It opens no output."""

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from nurse_station.alarms.signals import AudioSignal


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerStatus:
    """Whether an alarm would be heard, as far as software can know.

    Attributes:
        usable: An output takes samples, the last ones within a second. A muted or unplugged loudspeaker
            behind it cannot be seen: only an ear knows, hence the self-test.
        trouble: One sentence: what is wrong and what to do. It may be there with a usable speaker.
        device: Name of the output; empty: none is open.
        volume: Share of full amplitude, above 0 to 1.
        taken_at: When the output last took samples, monotonic seconds; None: never.
    """

    usable: bool
    trouble: str
    device: str
    volume: float
    taken_at: float | None


class Speaker(Protocol):
    """Plays the one sound of the station. Every call returns at once, from any thread."""

    @property
    def first_sample_at(self) -> float | None:
        """When the first sample of the newest signal was given to the output, monotonic seconds.

        None: not yet, or there was no signal, or its single burst had been heard before.
        """

    def sound(self, signal: AudioSignal | None) -> None:
        """Say what should be heard now; call it as often as you like, the same again changes nothing.

        None lets the running burst end and is silent then. A higher priority replaces a lower one at once.
        """

    def status(self, now: float) -> SpeakerStatus:
        """Whether it is heard, at monotonic second `now`."""

    def test(self) -> None:
        """Play the self-test. Ask `status` after `TEST_S`: it is unusable when the test was not taken."""

    def set_volume(self, share: float) -> None:
        """Set the volume, a share of full amplitude. There is no silence: a floor is kept."""

    def close(self) -> None:
        """Fall silent for good."""


class SilentSpeaker:
    """The speaker of a station that was started without sound. It never says that it is well."""

    def __init__(self, trouble: str = "This station was started without sound: watch the screen.") -> None:
        """Store the sentence that says why."""
        self._trouble = trouble

    @property
    def first_sample_at(self) -> float | None:
        return None

    def sound(self, signal: AudioSignal | None) -> None: ...

    def status(self, now: float) -> SpeakerStatus:
        return SpeakerStatus(usable=False, trouble=self._trouble, device="", volume=0.0, taken_at=None)

    def test(self) -> None: ...

    def set_volume(self, share: float) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Which family speaks on a line: recognition of bytes, and the plan of what to try. No port, no clock.

A guess is worse than no answer, because a wrong family shows wrong numbers. So a family is named only
when whole frames of it came with something to show in them, when a format without a checksum accounts
for nearly every byte, and when no other family fits as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nurse_station.devices.contract import Conversation, Driver, Event, LineSettings
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock

MOST_OF_A_LINE = 0.85
"""Share of the bytes that a format without a checksum must account for."""
SOME_OF_A_LINE = 0.2
"""The same for a format with one: a bad cable may damage most of its frames."""
SHORT_FRAME = 16
"""Bytes; so short a frame without a checksum can come by chance."""
SHORT_FRAMES = 6
"""So many of them in a row do not."""
CLEARLY_BETTER = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One thing to try on a line.

    Attributes:
        line: How the port is set; None: as it is (a serial server sets its own).
        families: Keys of the families that may be heard so.
        ask: Key of the family whose first request is sent; "": only listen.
    """

    line: LineSettings | None
    families: tuple[str, ...]
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well what was heard fits a family.

    Attributes:
        family: Its key.
        accepted: Whole frames.
        refused: Reason -> frames.
        share: Of the bytes since its first whole frame, how many belong to whole frames: 0 to 1.
        tells: Whether anything in them is to be shown: a reading, a wave, a condition.
        sure: Whether this is enough to name the family.
    """

    family: str
    accepted: int
    refused: dict[str, int]
    share: float
    tells: bool
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an attempt brought.

    Attributes:
        attempt: What was tried.
        data: The bytes that arrived.
        sent: The bytes that were sent.
        fits: One for each family of the attempt.
    """

    attempt: Attempt
    data: bytes
    sent: bytes
    fits: tuple[Fit, ...]

    @property
    def sure(self) -> tuple[Fit, ...]:
        """The families that fit, best first; more than one: none is clearly better."""
        fits = sorted((fit for fit in self.fits if fit.sure), key=lambda fit: -fit.share)
        return tuple(fit for fit in fits if fits[0].share - fit.share < CLEARLY_BETTER)


def lines_of(driver: Driver) -> tuple[LineSettings, ...]:
    """Every setting that a family's monitors use, the usual one first."""
    return (driver.line, *(replace(driver.line, baud_rate=rate) for rate in driver.other_baud_rates))


def asks(driver: Driver) -> bool:
    """Whether its monitors must be asked before they speak."""
    return bool(driver.conversation(driver.decoder()).opened(0.0))


def plan(drivers: Mapping[str, Driver], *, settable: bool = True) -> tuple[Attempt, ...]:
    """What to try, in order: listen at every setting, then ask each family that must be asked.

    Args:
        drivers: Key -> family.
        settable: Whether the line can be set; a serial server's cannot, so that one listening does.
    """
    if not settable:
        asked = (Attempt(line=None, families=(key,), ask=key) for key in drivers if asks(drivers[key]))
        return (Attempt(line=None, families=tuple(drivers)), *asked)
    settings = dict.fromkeys(line for driver in drivers.values() for line in lines_of(driver))
    common = Counter(line for driver in drivers.values() for line in lines_of(driver))
    listen = tuple(
        Attempt(line=line, families=tuple(key for key, driver in drivers.items() if line in lines_of(driver)))
        for line in sorted(settings, key=lambda line: -common[line])
    )
    return listen + tuple(
        Attempt(line=line, families=(key,), ask=key)
        for key, driver in drivers.items()
        if asks(driver)
        for line in lines_of(driver)
    )


class Hearing:
    """One attempt as it goes: bytes in, how well each family fits so far.

    Attributes:
        attempt: What is tried.
        last_frame_at: When the last whole frame of the family that is asked came, monotonic seconds.
    """

    def __init__(self, drivers: Mapping[str, Driver], attempt: Attempt) -> None:
        self.attempt = attempt
        self.last_frame_at: float | None = None
        self.words: Conversation | None = None
        self._ears = [_Ear(drivers[key]) for key in attempt.families]
        if attempt.ask:
            [ear] = self._ears
            self.words = drivers[attempt.ask].conversation(ear.decoder)
        self._data = b""
        self._sent = b""

    @property
    def size(self) -> int:
        """Bytes heard."""
        return len(self._data)

    @property
    def data(self) -> bytes:
        """The bytes heard."""
        return self._data

    @property
    def settled(self) -> bool:
        """Whether a family can be named already."""
        return len(self.heard().sure) == 1

    def feed(self, chunk: bytes, at: float) -> None:
        """Take bytes that arrived at monotonic second `at`."""
        self._data += chunk
        for ear in self._ears:
            if ear.feed(chunk, at) and self.attempt.ask:
                self.last_frame_at = at

    def said(self, data: bytes) -> None:
        """These bytes were sent."""
        self._sent += data

    def heard(self) -> Heard:
        """What came of it so far."""
        fits = tuple(ear.fit() for ear in self._ears)
        return Heard(attempt=self.attempt, data=self._data, sent=self._sent, fits=fits)


class _Ear:
    """One family's ear: counts what of the bytes it can read."""

    def __init__(self, driver: Driver) -> None:
        self.decoder = driver.decoder()
        self._driver = driver
        self._total = self._in_frames = self._first = self._last = 0
        self._accepted = 0
        self._refused: Counter[str] = Counter()
        self._tells = False

    def feed(self, chunk: bytes, at: float) -> bool:
        """Take bytes; whether a whole frame was among them."""
        before = self._accepted
        for byte in chunk:  # one at a time, so that it is known where each frame ends
            self._total += 1
            for event in self.decoder.feed(bytes((byte,)), at):
                self._take(event)
        return self._accepted > before

    def _take(self, event: Event) -> None:
        match event:
            case FrameAccepted():
                if not self._accepted:
                    self._first = self._total - event.size
                self._accepted += 1
                self._in_frames += event.size
                self._last = self._total
            case FrameRefused():
                self._refused[event.reason] += 1
            case Reading() | WaveBlock() | DeviceCondition():
                self._tells = True

    def fit(self) -> Fit:
        """How well it fits so far."""
        # What came after the last frame may be the next one, half received; beyond that it counts.
        rest = 2 * self._in_frames // max(1, self._accepted)
        since = max(self._last, self._total - rest) - self._first
        share = min(1.0, self._in_frames / since) if self._accepted and since > 0 else 0.0
        return Fit(
            family=self._driver.key,
            accepted=self._accepted,
            refused=dict(self._refused),
            share=share,
            tells=self._tells,
            sure=self._tells and self._enough(share),
        )

    def _enough(self, share: float) -> bool:
        if self._driver.checksum:
            return self._accepted >= 2 and share >= SOME_OF_A_LINE
        short = self._in_frames < SHORT_FRAME * self._accepted
        return self._accepted >= (SHORT_FRAMES if short else 2) and share >= MOST_OF_A_LINE


def recognise(
    drivers: Mapping[str, Driver], attempt: Attempt, chunks: Sequence[tuple[float, bytes]]
) -> Heard:
    """What the bytes of an attempt are. `chunks`: (monotonic seconds, bytes) in their order."""
    hearing = Hearing(drivers, attempt)
    for at, data in chunks:
        hearing.feed(data, at)
    return hearing.heard()

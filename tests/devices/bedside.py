"""A monitor and the station at one bed, connected by a line that can be cut. For tests of any family."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nurse_station.devices.contract import (
    Conversation,
    Decoder,
    Driver,
    Emulator,
    Event,
    Patient,
)
from nurse_station.vitals.readings import FrameAccepted, Reading

STEP_S = 0.25

Values = dict[str, float | None]

STEADY: Values = {
    "hr": 71, "pr": 71, "spo2": 97, "rr_co2": 14, "rr_imp": 14, "etco2": 38, "fico2": 0,
    "nibp_sys": 124, "nibp_dia": 78, "nibp_mean": 93, "temp1": 36.7,
}  # fmt: skip
# Numbers that need every bit that a format has for them.
ALARMING: Values = {
    "hr": 187, "pr": 187, "spo2": 62, "rr_co2": 41, "rr_imp": 41, "etco2": 81, "fico2": 9,
    "nibp_sys": 231, "nibp_dia": 133, "nibp_mean": 166, "temp1": 40.9,
}  # fmt: skip
NOT_ATTACHED: Values = dict.fromkeys(STEADY)


class SteadyPatient:
    """A body whose values stand still, so that what a monitor makes of them is known."""

    VALUES = STEADY

    def __init__(self, values: Values = STEADY) -> None:
        self._values = values

    def numerics(self, at: float) -> Values:
        return dict(self._values)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        if self._values.get("hr") is None:
            return np.full(count, np.nan, dtype=np.float32)
        seconds = start + np.arange(count) / rate_hz
        return (1.0 + np.sin(2 * np.pi * seconds)).astype(np.float32)


class Bedside:
    """The two ends and the time between them.

    Attributes:
        events: All that the decoder gave.
        heard: What the monitor sent, as far as it arrived: (monotonic seconds, bytes).
        sent: What the station sent: one item for each time it spoke.
        plugged: Whether the cable carries anything.
    """

    def __init__(self, driver: Driver, patient: Patient | None = None, start: float = 100.0) -> None:
        self.driver, self.now = driver, start
        self.patient: Patient = patient or SteadyPatient()
        self.monitor: Emulator = driver.emulator(self.patient, 1)
        self.decoder: Decoder = driver.decoder()
        self.conversation: Conversation = driver.conversation(self.decoder)
        self.events: list[Event] = []
        self.heard: list[tuple[float, bytes]] = []
        self.sent: list[bytes] = []
        self.plugged = True
        self._last: float | None = None

    def open(self) -> "Bedside":
        """The station opens the line, anew if it was open."""
        self.events += self.decoder.finish(self.now)
        self._last = None
        self._say(self.conversation.opened(self.now))
        return self

    def run(self, seconds: float, step: float = STEP_S) -> list[Event]:
        """Let time pass; returns what came in it."""
        before = len(self.events)
        for _ in range(round(seconds / step)):
            self.now += step
            self._hear(self.monitor.emit(self.now))
            self._say(self.conversation.tick(self.now, self._last))
        return self.events[before:]

    def restart_monitor(self) -> None:
        """The monitor is switched off and on: it knows nothing of what was asked of it."""
        self.monitor = self.driver.emulator(self.patient, 2)

    def close(self) -> None:
        self._say(self.conversation.closing())

    def _say(self, data: bytes) -> None:
        if data:
            self.sent.append(data)
            if self.plugged:
                self.monitor.receive(data, self.now)

    def _hear(self, data: bytes) -> None:
        if not data or not self.plugged:
            return
        self.heard.append((self.now, data))
        new = self.decoder.feed(data, self.now)
        self._last = max((e.at for e in new if isinstance(e, FrameAccepted)), default=self._last)
        self.events += new


def talk(driver: Driver, seconds: float, step: float = STEP_S, patient: Patient | None = None) -> list[Event]:
    """All that a monitor of the family says over a perfect line."""
    bedside = Bedside(driver, patient).open()
    bedside.run(seconds, step)
    return bedside.events + bedside.decoder.finish(bedside.now)


def stream_of(driver: Driver, seconds: float = 8.0) -> bytes:
    """What a monitor of the family sends in that time."""
    return _stream(driver.emulator, driver.decoder, driver.conversation, seconds)


@cache
def _stream(
    emulator: Callable[[Patient, int], Emulator],
    decoder: Callable[[], Decoder],
    conversation: Callable[[Decoder], Conversation],
    seconds: float,
) -> bytes:
    monitor, listener = emulator(SteadyPatient(), 1), decoder()
    speaker = conversation(listener)
    monitor.receive(speaker.opened(0.0), 0.0)
    stream, last = b"", None
    for quarter in range(round(seconds * 4)):
        sent, now = monitor.emit(quarter / 4), quarter / 4
        stream += sent
        events = listener.feed(sent, now)
        last = max((e.at for e in events if isinstance(e, FrameAccepted)), default=last)
        monitor.receive(speaker.tick(now, last), now)
    return stream


def decoded(driver: Driver, *chunks: bytes) -> list[Event]:
    """The events of bytes that came as these chunks, all at one time, to a fresh decoder."""
    decoder = driver.decoder()
    return [e for chunk in chunks for e in decoder.feed(chunk, 5.0)] + decoder.finish(5.0)


def values(events: list[Event]) -> dict[str, float]:
    """The last value of each parameter that had one."""
    return {e.parameter: e.value for e in events if isinstance(e, Reading) and e.value is not None}

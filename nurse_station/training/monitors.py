"""Monitors of a headless run: requests and bytes through the real decoders, and what they show. No port."""

from dataclasses import dataclass, field, replace

from nurse_station.devices.contract import Conversation, Driver, Event
from nurse_station.devices.ge_s5_dri.requests import ask_values
from nurse_station.sessions.seen import Pressure, Vital
from nurse_station.simulator.disturbances import DisturbedEmulator
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import FrameAccepted, Quality, Reading

CURRENT_S = 10.0
"""A continuous value is shown for so long after it was heard."""
PRESSURES_S = 1800.0
VITAL = ("hr", "pr", "spo2", "rr_co2", "rr_imp")
"""With one of these a patient is monitored."""
VALUES_ALONE = {"ge-s5-dri": ask_values(1)}
"""Families that can be asked for values without waves, and how: a run at full speed needs no waves."""
_ASK_AGAIN_S = 3.5


class ValuesAlone:
    """Asks for values only, and again when they fall silent; a `devices.contract.Conversation`."""

    def __init__(self, question: bytes) -> None:
        self._question, self._asked = question, 0.0

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        self._asked = now
        return self._question

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        silent = now - max(last_frame_at or 0.0, self._asked) >= _ASK_AGAIN_S
        return self.opened(now) if silent else b""

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return ask_values(0)


class Monitor:
    """What listens to one monitor at the bed.

    Attributes:
        driver: Its family.
    """

    def __init__(self, driver: Driver, line: DisturbedEmulator, *, waves: bool) -> None:
        self.driver = driver
        self._line = line
        self._decoder = driver.decoder()
        alone = None if waves else VALUES_ALONE.get(driver.key)
        self._talk: Conversation = driver.conversation(self._decoder) if alone is None else ValuesAlone(alone)
        self._last_frame_at: float | None = None
        self._opened = False

    def heard(self, now: float) -> list[Event]:
        """Everything that arrived until `now`; what the station says goes back at once."""
        if not self._opened:
            self._opened = True
            self._line.receive(self._talk.opened(now), now)
        events = self._decoder.feed(self._line.emit(now), now)
        if any(isinstance(event, FrameAccepted) for event in events):
            self._last_frame_at = now
        self._line.receive(self._talk.tick(now, self._last_frame_at), now)
        return events


@dataclass(slots=True)
class Shown:
    """What the screen shows of the monitors.

    Attributes:
        pressures: Cuff measurements of the last half hour, oldest first, seconds of the run.
        known_at: When a vital sign was last known.
    """

    pressures: list[Pressure] = field(default_factory=list)
    known_at: float = 0.0
    _readings: dict[str, Reading] = field(default_factory=dict)
    _measured: float | None = None

    def hear(self, events: list[Event], now: float) -> None:
        """Take what the decoders gave."""
        for event in events:
            if isinstance(event, Reading) and event.quality is not Quality.STALE:
                self._readings[event.parameter] = event
        self._take_pressure(now)
        if any(self.value(key, now) is not None for key in VITAL):
            self.known_at = now

    def value(self, parameter: str, now: float) -> float | None:
        """What is shown now; None: `---`. A cuff's value stands until the next."""
        reading = self._readings.get(parameter)
        if reading is None or reading.value is None:
            return None
        current = PARAMETERS[parameter].episodic or now - reading.at <= CURRENT_S
        return reading.value if current else None

    def vitals(self, now: float, ahead_s: float) -> dict[str, Vital]:
        """Everything current, in the session's clock."""
        found = {}
        for key, reading in self._readings.items():
            value = self.value(key, now)
            if value is not None:
                at = reading.at if reading.measured_at is None else reading.measured_at
                found[key] = Vital(value=value, at=at + ahead_s)
        return found

    def pressures_of(self, now: float, ahead_s: float) -> tuple[Pressure, ...]:
        """The cuff's measurements of the last half hour, in the session's clock."""
        recent = (each for each in self.pressures if now - each.at <= PRESSURES_S)
        return tuple(replace(each, at=each.at + ahead_s) for each in recent)

    def _take_pressure(self, now: float) -> None:
        systolic, diastolic = self._readings.get("nibp_sys"), self._readings.get("nibp_dia")
        if systolic is None or diastolic is None or systolic.value is None or diastolic.value is None:
            return
        # A family that does not say when it measured is taken to measure when its value changes.
        measured = systolic.value if systolic.measured_at is None else systolic.measured_at
        if measured != self._measured:
            self._measured = measured
            at = now if systolic.measured_at is None else systolic.measured_at
            self.pressures.append(Pressure(at=at, sys=systolic.value, dia=diastolic.value))
            self.pressures = [each for each in self.pressures if now - each.at <= PRESSURES_S]

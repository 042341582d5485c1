"""What is known of one bed: the patient's values, the sensors, the line, the care. Decides no alarm."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from nurse_station.alarms.limits import Numbers
from nurse_station.alarms.trace import Trace
from nurse_station.alarms.words import Fault, Phase
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock

Heard = Reading | DeviceCondition | FrameAccepted | FrameRefused | WaveBlock

SILENT_AFTER_S = 5.0
"""With no valid frame for so long nothing is known of the patient any more."""
UNHEARD = "not heard any more"
"""Detail of a device condition whose monitor is lost: it was so, and nobody knows whether it still is."""
LINE_WINDOW_S = 30.0
BEATING_WAVES = ("ecg1", "ecg2", "ecg3", "pleth")
"""Waves that are never flat while a sensor is on a living patient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """What one sensor gives and how its absence is told.

    Attributes:
        main: Without this value the sensor is off, unless one of `on_by` still has a value, be it 0.
        others: Without one of these it is searching.
        off, searching: Device conditions that say so.
    """

    main: str
    others: tuple[str, ...] = ()
    on_by: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    searching: tuple[str, ...] = ()


SENSORS: MappingProxyType[str, Sensor] = MappingProxyType({
    "spo2": Sensor(main="spo2", others=("pr",), off=("spo2_off", "spo2_no_sensor"),
                   searching=("spo2_searching",)),
    "ecg": Sensor(main="hr", off=("ecg_leads_off",)),
    "co2": Sensor(main="etco2", others=("rr_co2",), on_by=("rr_co2",),
                  off=("co2_cannula_off",)),
    "resp": Sensor(main="rr_imp"),
})  # fmt: skip
_SENSOR_OF = MappingProxyType({
    parameter: sensor for sensor in SENSORS.values() for parameter in (sensor.main, *sensor.others)
})  # fmt: skip


@dataclass(slots=True)
class Care:
    """What nurses said. `moaas`: 0 to 5, `rass`: -5 to 4; None: not assessed. Times are monotonic seconds."""

    phase: Phase = Phase.IDLE
    moaas: int | None = None
    rass: int | None = None
    check_due_at: float | None = None
    cuff_interval_s: float | None = None
    cuff_since: float = 0.0


@dataclass(slots=True)
class Bedside:
    """The inputs of the rules.

    Attributes:
        limits: Limit key -> the number that counts now.
        traces: Parameter key -> what is known of it; cleared for a new patient.
        device: Active device conditions -> since when.
        unheard: Those of them of which nobody knows any more: their monitor is lost, others are heard.
        told: Device conditions that the monitor ever spoke of.
        faults: Active faults of the station -> what each is about.
        parts: Condition -> (priority, until): when it was last active, for rules over conditions.
        last_frame_at: Monotonic seconds; None: none since a monitor was expected.
        expected_since: Since when a monitor should be heard; None: none is expected.
        gap: The program was not watching since its last step.
    """

    limits: Numbers
    traces: dict[str, Trace] = field(default_factory=dict)
    device: dict[str, float] = field(default_factory=dict)
    unheard: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    faults: dict[Fault, tuple[str, ...]] = field(default_factory=dict)
    parts: dict[str, tuple[int, float]] = field(default_factory=dict)
    care: Care = field(default_factory=Care)
    last_frame_at: float | None = None
    expected_since: float | None = None
    silent_after_s: float = SILENT_AFTER_S
    gap: bool = False
    flat_since: dict[str, float] = field(default_factory=dict)
    wave_at: dict[str, float] = field(default_factory=dict)
    _frames: deque[tuple[float, bool]] = field(default_factory=deque)
    _refused: int = 0
    _held: dict[str, float | None] | None = None

    def hold(self) -> None:
        """Until `let_go` nothing is heard and no time passes: nothing is looked up twice."""
        self._held = {}

    def let_go(self) -> None:
        """See `hold`."""
        self._held = None

    def hear(self, heard: Iterable[Heard]) -> None:
        """Take what the monitors said."""
        for each in heard:
            match each:
                case Reading():
                    self.trace(each.parameter).add(each)
                case DeviceCondition():
                    self._device_says(each)
                case WaveBlock():
                    self._wave(each)
                case _:
                    self._frame(each)

    def trace(self, parameter: str) -> Trace:
        """What is known of a parameter."""
        return self.traces.setdefault(parameter, Trace(parameter))

    def value(self, parameter: str, now: float) -> float | None:
        """The patient's value now; None: not known (none yet, expired, sensor off, line silent)."""
        held = self._held
        if held is None:
            return self._value(parameter, now)
        if parameter not in held:
            held[parameter] = self._value(parameter, now)
        return held[parameter]

    def _value(self, parameter: str, now: float) -> float | None:
        trace = self.traces.get(parameter)
        if trace is None or self.silent(now):
            return None
        sensor = _SENSOR_OF.get(parameter)
        if sensor is not None and not self.device.keys().isdisjoint(sensor.off):
            return None
        return trace.current(now)

    def first(self, parameters: Iterable[str], now: float) -> tuple[str, float] | None:
        """The first of the parameters that has a value now; None: none has."""
        for parameter in parameters:
            value = self.value(parameter, now)
            if value is not None:
                return parameter, value
        return None

    def silence(self, now: float) -> float:
        """Seconds since the last valid frame, or since one was expected; 0: none is expected."""
        if self.expected_since is None:
            return 0.0
        return now - max(self.expected_since, self.last_frame_at or self.expected_since)

    def silent(self, now: float) -> bool:
        """No valid frame for so long that nothing is current."""
        return self.silence(now) > self.silent_after_s

    def refused_share(self, now: float) -> float:
        """Percent of the frames of the last 30 s that were refused; 0: too few to say."""
        while self._frames and now - self._frames[0][0] > LINE_WINDOW_S:
            self._refused -= self._frames.popleft()[1]
        # One bad frame in a handful is chance, not a bad line.
        return 100.0 * self._refused / len(self._frames) if self._refused > 1 else 0.0

    def new_patient(self) -> None:
        """Forget the patient and the care; the monitor, the line and the station are the same."""
        self.traces.clear()
        self.parts.clear()
        self.care = Care()
        self.gap = False

    def expect(self, expected: bool, now: float, keeps: frozenset[str] | None = None) -> None:
        """A monitor is to be heard from now on, or was disconnected: then nothing it said is left.

        Of several, one may have been disconnected: `keeps` are the parameters of the others.
        """
        for parameter in self.traces.keys() - (self.traces.keys() if keeps is None else keeps):
            del self.traces[parameter]
        self.last_frame_at = None
        self.expected_since = now if expected else None
        if not expected:
            for kept in (self.traces, self.device, self.unheard, self.told, self.flat_since, self._frames):
                kept.clear()
            self._refused = 0

    def _device_says(self, condition: DeviceCondition) -> None:
        self.told.add(condition.key)
        known = not condition.active or condition.detail != UNHEARD
        (self.unheard.discard if known else self.unheard.add)(condition.key)
        if condition.active:
            self.device.setdefault(condition.key, condition.at)
        else:
            self.device.pop(condition.key, None)

    def _frame(self, frame: FrameAccepted | FrameRefused) -> None:
        refused = isinstance(frame, FrameRefused)
        self._frames.append((frame.at, refused))
        self._refused += refused
        if not refused:
            self.last_frame_at = frame.at
            if self.expected_since is None:
                self.expected_since = frame.at

    def _wave(self, block: WaveBlock) -> None:
        if block.wave not in BEATING_WAVES:
            return
        flat = not block.leads_off and block.samples.size > 0 and float(np.ptp(block.samples)) == 0.0
        self.wave_at[block.wave] = block.at
        if flat:
            self.flat_since.setdefault(block.wave, block.at)
        else:
            self.flat_since.pop(block.wave, None)

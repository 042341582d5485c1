"""Ivy 450C: bytes in, readings, waves and conditions out. No port, no clock, no thread."""

import numpy as np

from nurse_station.devices.contract import Event
from nurse_station.devices.ivy_450c import layout
from nurse_station.devices.ivy_450c.framing import MessageSplitter, RawMessage
from nurse_station.devices.ivy_450c.values import (
    Lines,
    Value,
    alarms_of,
    named_alarms_of,
    states_of,
    values_of,
)
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock

KEY = "ivy-450c"
WATCHED_S = 15.0


class Ivy450cDecoder:
    """Decoder of `devices.contract.Decoder` for the Ivy 450C."""

    def __init__(self) -> None:
        self._messages = MessageSplitter()
        # Kept over a loss of the line: the same pressures after it were not measured anew.
        self._cuff = _CuffTime()
        self._begin()

    def _begin(self) -> None:
        self._conditions: dict[str, tuple[bool, str]] = {}
        self._shown: set[str] = set()

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        return [event for message in self._messages.feed(chunk) for event in self._message(message, at)]

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. Nothing is ever held back."""
        self._messages.forget()
        self._begin()
        return []

    def _message(self, message: RawMessage, at: float) -> list[Event]:
        if message.refused:
            return [FrameRefused(reason=message.refused, frame=message.head, at=at, size=message.size)]
        events: list[Event] = [FrameAccepted(at=at, size=message.size)]
        values = values_of(message.lines)
        events += self._readings(values, at)
        events += _waves(message, values, at)
        events += self._changed_conditions(message.lines, at)
        return events

    def _readings(self, values: list[Value], at: float) -> list[Event]:
        cuff = tuple(value.value for value in values if value.parameter.startswith("nibp"))
        measured_at = self._cuff.update(cuff, at)
        now = {value.parameter for value in values}
        gone = sorted(self._shown - now)  # told once, so that a last value does not stand
        self._shown = now
        values = [*values, *(Value(parameter, None, Missing.OFF, "") for parameter in gone)]
        return [_reading(value, at, measured_at) for value in values]

    def _changed_conditions(self, lines: Lines, at: float) -> list[Event]:
        named, alarms, states = named_alarms_of(lines), alarms_of(lines), states_of(lines)
        now = {condition: (condition in named, "") for _, _, condition in layout.ALARM_WORDS}
        now |= {"monitor_alarm": (bool(alarms), alarms), "monitor_status": (True, states)}
        changed = [key for key, said in now.items() if self._conditions.get(key) != said]
        self._conditions = now
        return [
            DeviceCondition(key=key, active=now[key][0], at=at, source=KEY, detail=now[key][1])
            for key in changed
        ]


class _CuffTime:
    """When the pressures that are shown were measured: as they change before our eyes, else unknown."""

    def __init__(self) -> None:
        self._shown: tuple[float | None, ...] | None = None
        self._at = 0.0
        self._measured_at: float | None = None

    def update(self, shown: tuple[float | None, ...], at: float) -> float | None:
        """Take what a message says of the cuff; return the time, monotonic seconds."""
        if shown != self._shown:
            watched = self._shown is not None and at - self._at <= WATCHED_S
            self._measured_at = at if watched else None
        self._shown, self._at = shown, at
        return self._measured_at


def _reading(value: Value, at: float, measured_at: float | None) -> Reading:
    cuff = value.parameter.startswith("nibp") and value.value is not None
    return Reading(
        parameter=value.parameter,
        value=value.value,
        at=at,
        source=KEY,
        quality=Quality.GOOD if value.value is not None else Quality.MISSING,
        why=value.why,
        origin=value.origin,
        measured_at=measured_at if cuff else None,
    )


def _waves(message: RawMessage, values: list[Value], at: float) -> list[Event]:
    # With CO2 the respiration wave may be the capnogram, of a scale that is not documented.
    with_co2 = any(value.parameter == "rr_co2" for value in values)
    rows = [row for row in layout.WAVES if not (row.wave == "resp" and with_co2)]
    off = "ecg_leads_off" in named_alarms_of(message.lines)
    return [_block(row, message.data, at, leads_off=off and row.wave == "ecg1") for row in rows]


def _block(row: layout.WaveRow, data: bytes, at: float, *, leads_off: bool) -> WaveBlock:
    raw = np.frombuffer(data, np.uint8, row.count, row.at).astype(np.int16) - row.zero
    samples = (raw * row.step).astype(np.float32)
    return WaveBlock(wave=row.wave, samples=samples, rate_hz=float(row.count), resolution=row.step,
                     at=at, source=KEY, leads_off=leads_off)  # fmt: skip
